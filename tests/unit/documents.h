/* What the tests of scan and stream share: a log of everything a callback is told, and an allocator that
 * counts and fails on request. */
#ifndef TESTS_UNIT_DOCUMENTS_H
#define TESTS_UNIT_DOCUMENTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <ctfilter/ctfilter.h>

#include "meter.h"

/* A filter of the given patterns; extracts of the first are `selectors`. */
static inline ctf_filter *compile(const char *const *texts, size_t n, const char *const *selectors, size_t n_selectors)
{
    ctf_pattern patterns[16];
    ctf_text extract[8];
    ctf_filter *filter;
    ctf_error error;
    assert_true(n <= 16 && n_selectors <= 8);
    for (size_t i = 0; i < n_selectors; i++)
        extract[i] = (ctf_text){selectors[i], strlen(selectors[i])};
    for (size_t i = 0; i < n; i++)
        patterns[i] = (ctf_pattern){{texts[i], strlen(texts[i])}, {"", 0}, extract, i == 0 ? n_selectors : 0};
    if (ctf_filter_compile(patterns, n, NULL, &filter, &error) != CTF_OK)
        fail_msg("pattern %zu: %s", error.pattern, error.message);
    return filter;
}

static inline ctf_filter *compile_one(const char *pattern)
{
    return compile(&pattern, 1, NULL, 0);
}

static inline ctf_scratch *new_scratch(const ctf_filter *filter, const ctf_allocator *allocator)
{
    ctf_scratch_options options = {.size = sizeof options, .allocator = allocator};
    ctf_scratch *scratch;
    assert_int_equal(ctf_scratch_new(filter, &options, &scratch), CTF_OK);
    return scratch;
}

/* Everything told so far, as text. */
typedef struct test_story {
    ctf_scratch *scratch;
    size_t n_values;       /* asked of pattern 0 */
    const char *document;  /* to compare the messages with; may be NULL */
    char *text;
    size_t length;
    size_t capacity;
    unsigned stop_at; /* tells to stop at this message, counted from 1; 0: never */
    unsigned n_told;
} test_story;

__attribute__((format(printf, 2, 3))) static inline void add(test_story *story, const char *format, ...)
{
    va_list arguments;
    if (story->capacity - story->length < 1024) {
        story->capacity = story->capacity * 2 + 2048;
        story->text = realloc(story->text, story->capacity);
    }
    va_start(arguments, format);
    story->length += (size_t)vsnprintf(story->text + story->length, 1024, format, arguments);
    va_end(arguments);
}

/* At most 100 bytes; what is not printable ASCII as <hexadecimal>. */
static inline void add_text(test_story *story, ctf_text text)
{
    add(story, "(%zu)", text.length);
    for (size_t i = 0; i < text.length && i < 100; i++) {
        unsigned char c = (unsigned char)text.data[i];
        add(story, c >= ' ' && c <= '~' ? "%c" : "<%02X>", c);
    }
}

static inline void add_hits(test_story *story, const ctf_hits *hits)
{
    for (size_t i = 0; i < hits->n; i++)
        add(story, " %u", (unsigned)hits->patterns[i]);
    for (size_t k = 0; hits->n > 0 && hits->patterns[0] == 0 && k < story->n_values; k++) {
        ctf_value value;
        assert_int_equal(ctf_scratch_value(story->scratch, 0, k, &value), CTF_OK);
        add(story, " %d", (int)value.type);
        add_text(story, value.text);
    }
    add(story, "\n");
}

static inline int tell(void *context, const ctf_message *message, const ctf_hits *hits)
{
    test_story *story = context;
    add(story, "#%u %u+%zu:", (unsigned)message->index, (unsigned)message->offset, message->text.length);
    add_hits(story, hits);
    if (story->document != NULL && message->text.length > 0)
        assert_memory_equal(message->text.data, story->document + message->offset, message->text.length);
    return ++story->n_told == story->stop_at;
}

static inline void assert_told(const test_story *story, const char *expected)
{
    assert_string_equal(story->text != NULL ? story->text : "", expected);
}

static inline void forget(test_story *story)
{
    free(story->text);
    story->text = NULL;
    story->length = story->capacity = 0;
    story->n_told = 0;
    story->document = NULL;
}

#endif
