/* What the tests of lib/program share: patterns from C strings, dumps in memory. */
#ifndef UNIT_PROGRAM_H
#define UNIT_PROGRAM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <ctfilter/ctfilter.h>

#include "program/image.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static inline ctf_text view(const char *text)
{
    return (ctf_text){text, strlen(text)};
}

static inline ctf_pattern pattern_of(const char *text)
{
    return (ctf_pattern){.text = view(text)};
}

/* Compiles up to 64 patterns, which must be good. */
static inline ctf_filter *compile_list(const char *const *texts, size_t n)
{
    ctf_pattern patterns[64];
    ctf_filter *filter;
    ctf_error error;
    assert_true(n <= COUNT_OF(patterns));
    for (size_t i = 0; i < n; i++)
        patterns[i] = pattern_of(texts[i]);
    if (ctf_filter_compile(patterns, n, NULL, &filter, &error) != CTF_OK)
        fail_msg("%s: %s", texts[error.pattern], error.message);
    return filter;
}

#define COMPILE(...)                                     \
    compile_list((const char *const[]){__VA_ARGS__},     \
                 COUNT_OF(((const char *const[]){__VA_ARGS__})))

/* One pattern with selectors to extract. */
static inline ctf_filter *compile_with(const char *text, const char *const *selectors, size_t n)
{
    ctf_text extract[8];
    ctf_filter *filter;
    ctf_error error;
    assert_true(n <= COUNT_OF(extract));
    for (size_t i = 0; i < n; i++)
        extract[i] = view(selectors[i]);
    ctf_pattern pattern = {view(text), view(""), extract, n};
    if (ctf_filter_compile(&pattern, 1, NULL, &filter, &error) != CTF_OK)
        fail_msg("%s: %s", text, error.message);
    return filter;
}

/* Text that grows. */
typedef struct growing {
    char *data;
    size_t length;
} growing;

static inline int grow(void *context, const char *data, size_t length)
{
    growing *text = context;
    text->data = realloc(text->data, text->length + length + 1);
    assert_non_null(text->data);
    memcpy(text->data + text->length, data, length);
    text->length += length;
    text->data[text->length] = '\0';
    return 0;
}

/* The dump of a filter; the caller frees .data. */
static inline growing dump_of(const ctf_filter *filter)
{
    growing text = {NULL, 0};
    assert_int_equal(ctf_filter_dump(filter, grow, &text), CTF_OK);
    return text;
}

#endif
