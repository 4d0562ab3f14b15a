/* What the tests of the verifier share: a real image with one of everything, broken by hand, its checksum then made
 * good. Each test has an image of its own, and leaves it as it was. */
#ifndef UNIT_VERIFY_KIT_H
#define UNIT_VERIFY_KIT_H

#include "program.h"

#include "base/hash.h"
#include "program/verify.h"

/* A writable image. */
typedef struct copy {
    unsigned char *bytes;
    size_t length;
} copy;

/* One of everything: the places below are found by what they hold. */
static inline ctf_filter *everything(void)
{
    ctf_text json[] = {view("$.x.y"), view("$.a")};
    ctf_text fields[] = {view("$a"), view("$b"), view("$3")};
    ctf_pattern patterns[] = {
        {view("{ $.a = x && $.a != yy && ($.b[3] < 2.5 || $.b[1] > -7 || $.b[*].c = *z) }"), view("first"),
         json, 2},
        {view("[a = 1, ..., b = \"q*\"]"), view(""), fields, 3},
        {view("[a, b = %x+%, c > 0]"), view(""), NULL, 0},
        {view("ERROR -warn"), view("terms"), NULL, 0},
        {view("%x+%"), view(""), NULL, 0},
        {view(""), view(""), NULL, 0},
        {view("{ $.a IS NULL || $.d IS TRUE || $.d IS FALSE || $.e NOT EXISTS }"), view(""), NULL, 0},
        {view("{ $.a = x || $.f = 12 || $.f != 1e3 }"), view(""), NULL, 0},
    };
    ctf_filter *filter;
    ctf_error error;
    assert_int_equal(ctf_filter_compile(patterns, COUNT_OF(patterns), NULL, &filter, &error), CTF_OK);
    return filter;
}

static inline copy copy_of(ctf_filter *filter)
{
    ctf_text image = ctf_filter_image(filter);
    copy c = {malloc(image.length), image.length};
    assert_non_null(c.bytes);
    memcpy(c.bytes, image.data, image.length);
    return c;
}

static inline ctfi_image *head_of(copy c)
{
    return (ctfi_image *)(void *)c.bytes;
}

static inline void *section(copy c, ctfi_section_id id)
{
    return c.bytes + head_of(c)->sections[id].offset;
}

static inline uint32_t count(copy c, ctfi_section_id id)
{
    return head_of(c)->sections[id].count;
}

static inline void make_good(copy c)
{
    head_of(c)->checksum = ctfi_image_checksum(c.bytes, c.length);
}

/* The damage must be refused for that reason, and pointed at inside the image: the place is returned. */
static inline size_t assert_refused(copy c, const char *reason)
{
    ctf_error error;
    make_good(c);
    if (ctfi_image_verify(c.bytes, c.length, &error) != CTF_E_PROGRAM)
        fail_msg("accepted: %s", reason);
    if (strcmp(error.message, reason) != 0)
        fail_msg("expected '%s', got '%s'", reason, error.message);
    assert_int_equal(error.kind, CTF_ERROR_PROGRAM);
    assert_true(error.offset < c.length);
    assert_int_equal(error.length, 0);
    return error.offset;
}

static inline void assert_accepted(copy c)
{
    ctf_error error;
    make_good(c);
    if (ctfi_image_verify(c.bytes, c.length, &error) != CTF_OK)
        fail_msg("refused: %s", error.message);
}

/* Sets a word for the length of one check; the place of the complaint is returned. */
static inline size_t refuse_word(copy c, uint32_t *word, uint32_t value, const char *reason)
{
    uint32_t before = *word;
    assert_int_not_equal(before, value);
    *word = value;
    size_t place = assert_refused(c, reason);
    *word = before;
    return place;
}

/* The complaint is about that word. */
static inline void refuse_word_there(copy c, uint32_t *word, uint32_t value, const char *reason)
{
    assert_int_equal(refuse_word(c, word, value, reason), (const unsigned char *)word - c.bytes);
}

static copy subject;

static inline int set_up(void **state)
{
    (void)state;
    ctf_filter *filter = everything();
    subject = copy_of(filter);
    ctf_filter_free(filter);
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    ctf_error error;
    make_good(subject);
    assert_int_equal(ctfi_image_verify(subject.bytes, subject.length, &error), CTF_OK);
    free(subject.bytes);
    return 0;
}

/* Another subject. */
static inline void make_of(const char *const *patterns, size_t n)
{
    ctf_filter *filter = compile_list(patterns, n);
    free(subject.bytes);
    subject = copy_of(filter);
    ctf_filter_free(filter);
}

#define MAKE_OF(...) make_of((const char *const[]){__VA_ARGS__}, COUNT_OF(((const char *const[]){__VA_ARGS__})))

#define SECTION(type, id) ((type *)section(subject, CTFI_SECTION_##id))
#define COUNT(id) count(subject, CTFI_SECTION_##id)
#define N_FACTS (head_of(subject)->n_facts)

static const uint32_t element_sizes[] = {
#define X(id, type) sizeof(type),
    CTFI_SECTIONS(X)
#undef X
};

/* The subject with so many elements in one section: the first ones, or all and the last one again. */
static inline copy counted(size_t id, uint32_t wanted)
{
    const ctfi_section *from = head_of(subject)->sections;
    copy c = {calloc(1, subject.length + 256), 0};
    assert_true(wanted <= from[id].count + 1);
    assert_non_null(c.bytes);
    memcpy(c.bytes, subject.bytes, sizeof(ctfi_image));
    size_t at = sizeof(ctfi_image);
    for (size_t i = 0; i < CTFI_SECTION_COUNT; i++) {
        size_t size = element_sizes[i];
        size_t length = from[i].count * size;
        const unsigned char *data = subject.bytes + from[i].offset;
        uint32_t n = i == id ? wanted : from[i].count;
        head_of(c)->sections[i] = (ctfi_section){(uint32_t)at, n};
        memcpy(c.bytes + at, data, n * size < length ? n * size : length);
        if (n * size > length)
            memcpy(c.bytes + at + length, data + length - size, size);
        at = (at + n * size + 7) / 8 * 8;
    }
    c.length = at;
    head_of(c)->size = (uint32_t)at;
    return c;
}

/* The last element of one section is there `times` times (0: not at all, 2: twice). */
static inline copy resized(size_t id, uint32_t times)
{
    return counted(id, head_of(subject)->sections[id].count - 1 + times);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
