/* Sentences: text that grows in the job's arena.
 *
 * What comes out is well-formed UTF-8 whatever goes in: values are shown as JSON writes them, a byte that begins
 * no sequence as U+FFFD, and long ones are cut. */
#ifndef CTFI_REASON_SAY_H
#define CTFI_REASON_SAY_H

#include <ctfilter/types.h>

#include "base/bytes.h"
#include "base/job.h"

typedef struct ctfi_say {
    ctfi_job *job;
    unsigned char *data;
    size_t length;
    size_t capacity;
} ctfi_say;

/* Characters of a value that a sentence shows. */
#define CTFI_SAY_MOST 60

static inline ctfi_say ctfi_say_begin(ctfi_job *job)
{
    return (ctfi_say){.job = job};
}

void ctfi_say_words(ctfi_say *say, const char *words);
void ctfi_say_number(ctfi_say *say, size_t number);

/* As it stands. */
void ctfi_say_bytes(ctfi_say *say, ctfi_bytes bytes);

/* "text" with JSON's escapes; beyond `most` characters "text"... */
void ctfi_say_quoted(ctfi_say *say, ctfi_bytes text, size_t most);

/* The words with `%s` taken by the texts in their order; a text for each, and no other use of `%`. */
void ctfi_say_filled(ctfi_say *say, const char *words, const ctfi_bytes *texts);

/* What has been said. */
static inline ctfi_bytes ctfi_said(const ctfi_say *say)
{
    return (ctfi_bytes){say->data, say->length};
}

static inline ctf_text ctfi_text_of(ctfi_bytes bytes)
{
    return (ctf_text){(const char *)bytes.data, bytes.length};
}

static inline ctfi_bytes ctfi_bytes_of(const char *words)
{
    return (ctfi_bytes){(const unsigned char *)words, strlen(words)};
}

#endif
