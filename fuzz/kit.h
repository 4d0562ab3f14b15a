/* What the fuzz targets share: the entry point, claims that end the process, inputs of several parts, memory
 * that is counted.
 *
 * An input is text where the target reads text: its parts are separated by a line of two hyphens, so that
 * seeds can be read and written by hand. Every part lies in a block of its own size, so that the sanitizer
 * sees a look behind its end. */
#ifndef FUZZ_KIT_H
#define FUZZ_KIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ctfilter/ctfilter.h>

/* What libFuzzer, AFL++ and replay_main.c call; 0 always. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the process when the claim does not hold, saying which. */
#define CLAIM(claim) ((claim) ? (void)0 : kit_fail(#claim, __FILE__, __LINE__))
_Noreturn void kit_fail(const char *claim, const char *file, int line);

/* As malloc of exactly n bytes, with a copy of the data; never NULL. */
void *kit_copy(const void *data, size_t n);

#define KIT_PARTS 8

typedef struct kit_parts {
    ctf_text part[KIT_PARTS]; /* the last one takes what is left */
    size_t n;                 /* at least 1 */
} kit_parts;

void kit_cut(const uint8_t *data, size_t size, kit_parts *out);
void kit_free(kit_parts *parts);

bool kit_same(ctf_text a, ctf_text b);

/* Bytes that grow. */
typedef struct kit_bytes {
    char *data;
    size_t length, capacity;
} kit_bytes;

/* A ctf_write_fn; the context is kit_bytes. */
int kit_write(void *context, const char *data, size_t length);
ctf_text kit_text(const kit_bytes *bytes);

/* An allocator that counts, and fails from the `fail_at`-th request on (0: never), once or for good. */
typedef struct kit_meter {
    size_t requests, live;
    size_t fail_at;
    bool for_good;
} kit_meter;

ctf_allocator kit_metered(kit_meter *meter);

/* The claims about an error that a call with status `status` left, pointing into a text of that length. */
void kit_claim_error(const ctf_error *error, ctf_status status, ctf_text text);

#endif
