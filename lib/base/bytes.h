/* Small facts about bytes that every room needs. */
#ifndef CTFI_BASE_BYTES_H
#define CTFI_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A view of bytes inside the library. Internal code never sees `char` input. */
typedef struct ctfi_bytes {
    const unsigned char *data;
    size_t length;
} ctfi_bytes;

static inline bool ctfi_bytes_equal(ctfi_bytes a, ctfi_bytes b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static inline bool ctfi_is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

/* A blank of the pattern language (spec: filter-patterns 1) and of JSON: space, tab, CR, LF. */
static inline bool ctfi_is_blank(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

#endif
