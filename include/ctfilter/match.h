/* Matching: one message, or a buffer of many, against a filter. */
#ifndef CTFILTER_MATCH_H
#define CTFILTER_MATCH_H

#include <ctfilter/error.h>
#include <ctfilter/filter.h>
#include <ctfilter/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Working memory for matching with one filter. A scratch belongs to one thread at a time; make one a
 * thread. It grows to what the largest message needs and is then reused: once warm, matching calls no
 * allocator. The filter must outlive it. */
typedef struct ctf_scratch ctf_scratch;

/* Scratch options; size = sizeof(ctf_scratch_options), 0 or NULL means the default. */
typedef struct ctf_scratch_options {
    size_t size;
    const ctf_allocator *allocator;
    const char *kernel; /* "scalar" and what ctf_kernel_name lists; default: the best of this machine */
    unsigned flags;     /* CTF_TRUSTED_JSON, CTF_NO_PROBE; an unknown one is CTF_E_ARGUMENT */
} ctf_scratch_options;

/* The caller knows that every message is one well-formed JSON object in UTF-8 without duplicate keys in one
 * object: then matching proves nothing and stops where all selectors in use are decided. On other
 * messages the verdict for a JSON pattern may differ from the service's; nothing worse happens. */
#define CTF_TRUSTED_JSON 1u
/* Every message is read, none is passed over for lack of a literal that a match must hold. Same verdicts,
 * only slower: for tests and measurements. */
#define CTF_NO_PROBE 2u

CTF_API ctf_status ctf_scratch_new(const ctf_filter *filter, const ctf_scratch_options *options, ctf_scratch **out);
CTF_API void ctf_scratch_free(ctf_scratch *scratch);

/* Names of the kernels this build and machine can run, best first; NULL behind the last. */
CTF_API const char *ctf_kernel_name(size_t index);

/* Which patterns matched: n indices in ascending order, owned by the scratch, valid until its next
 * use. */
typedef struct ctf_hits {
    size_t n;
    const uint32_t *patterns;
} ctf_hits;

/* Matches one message. `out` gets the hits (n = 0: no pattern matches, which is no error). The verdict
 * is the service's (spec: filter-patterns.md): JSON patterns match only a message that is one
 * well-formed JSON object in valid UTF-8. Time is linear in the message. message may be NULL when
 * length is 0. CTF_E_NOMEM, CTF_E_BUSY (called from a callback of the same scratch), CTF_E_ARGUMENT. */
CTF_API ctf_status ctf_match(ctf_scratch *scratch, const void *message, size_t length, ctf_hits *out);

/* What stood at an extracted selector of the last message. */
typedef enum ctf_value_type {
    CTF_VALUE_MISSING = 0,
    CTF_VALUE_NULL,
    CTF_VALUE_BOOLEAN,
    CTF_VALUE_NUMBER,
    CTF_VALUE_STRING,
    CTF_VALUE_ARRAY,
    CTF_VALUE_OBJECT
} ctf_value_type;

/* text: a string's characters (escapes decoded), a number as it is spelled in the message, "true" or
 * "false", a field of a space-delimited message; empty for the other types. The view points into the
 * message or the scratch and is valid while both are unchanged. */
typedef struct ctf_value {
    ctf_value_type type;
    ctf_text text;
} ctf_value;

/* The k-th wanted value of a pattern for the last message matched. The last of duplicate keys counts. A JSON
 * pattern has its values also when it did not match; but unless some JSON pattern matched, nothing has
 * proved the message to be JSON, and the value is what stood there as far as it could be read. For patterns
 * of the other kinds the value is meaningful when they matched. CTF_E_ARGUMENT when there is no such
 * request. */
CTF_API ctf_status ctf_scratch_value(const ctf_scratch *scratch, size_t pattern, size_t k, ctf_value *out);

/* One entry of what the service's TestMetricFilter calls extractedValues: the key without its dollar
 * sign is a field's name or a position counted from 1 among all tokens. */
typedef struct ctf_field {
    ctf_text name;   /* empty for an unnamed field */
    size_t position; /* from 1 */
    ctf_text text;
} ctf_field;

/* The k-th extracted field of a space-delimited pattern that matched the last message (spec:
 * filter-patterns 6.2): the message's tokens by the names the pattern gives them, the last one raw;
 * [] gives every token. Sets *n to how many there are (0 for the other kinds); `out` may be NULL to
 * ask for n alone; CTF_E_ARGUMENT when k >= n and out is not NULL. */
CTF_API ctf_status ctf_scratch_field(const ctf_scratch *scratch, size_t pattern, size_t k, ctf_field *out,
                                     size_t *n);

#ifdef __cplusplus
}
#endif

#endif
