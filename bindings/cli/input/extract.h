/* Values taken out of JSON objects by the library itself: what envelopes carry and what users ask for.
 *
 * The extractor is a filter of one pattern that every JSON object matches, so that ctf_match or
 * ctf_scan with it reads any object and leaves the values in the scratch. */
#ifndef CLI_EXTRACT_H
#define CLI_EXTRACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ctfilter/match.h>

/* The values of every extractor; the user's follow. */
enum {
    EXTRACT_MESSAGE,
    EXTRACT_TIMESTAMP,
    EXTRACT_DATA,
    EXTRACT_MESSAGE_TYPE,
    EXTRACT_TIME,
    EXTRACT_EVENT_TIME,
    EXTRACT_USER
};

/* Compiles an extractor with n selectors of the user's. Returns NULL after it has told the user which
 * selector is none. */
ctf_filter *extract_compile(const char *const *selectors, size_t n);

/* The k-th value of the last object read with the scratch; type CTF_VALUE_MISSING when it has none. */
ctf_value extract_value(const ctf_scratch *scratch, size_t k);

/* The same when it is a string; false otherwise. */
bool extract_text(const ctf_scratch *scratch, size_t k, ctf_text *out);

/* The same when it is a whole number that fits. */
bool extract_whole(const ctf_scratch *scratch, size_t k, int64_t *out);

#endif
