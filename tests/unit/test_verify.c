/* Each bound of the verifier, broken by hand in a real image whose checksum is then made good; and
 * every byte of real images damaged, with the program run where the verifier lets it pass. */
#include "program.h"

#include "base/hash.h"
#include "program/verify.h"

/* A writable image. */
typedef struct copy {
    unsigned char *bytes;
    size_t length;
} copy;

/* One of everything: the places below are found by what they hold. */
static ctf_filter *everything(void)
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

static copy copy_of(ctf_filter *filter)
{
    ctf_text image = ctf_filter_image(filter);
    copy c = {malloc(image.length), image.length};
    assert_non_null(c.bytes);
    memcpy(c.bytes, image.data, image.length);
    return c;
}

static ctfi_image *head_of(copy c)
{
    return (ctfi_image *)(void *)c.bytes;
}

static void *section(copy c, ctfi_section_id id)
{
    return c.bytes + head_of(c)->sections[id].offset;
}

static uint32_t count(copy c, ctfi_section_id id)
{
    return head_of(c)->sections[id].count;
}

static void make_good(copy c)
{
    head_of(c)->checksum = ctfi_image_checksum(c.bytes, c.length);
}

/* The damage must be refused for that reason, and pointed at inside the image: the place is returned. */
static size_t assert_refused(copy c, const char *reason)
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

static void assert_accepted(copy c)
{
    ctf_error error;
    make_good(c);
    if (ctfi_image_verify(c.bytes, c.length, &error) != CTF_OK)
        fail_msg("refused: %s", error.message);
}

/* Sets a word for the length of one check; the place of the complaint is returned. */
static size_t refuse_word(copy c, uint32_t *word, uint32_t value, const char *reason)
{
    uint32_t before = *word;
    assert_int_not_equal(before, value);
    *word = value;
    size_t place = assert_refused(c, reason);
    *word = before;
    return place;
}

/* The complaint is about that word. */
static void refuse_word_there(copy c, uint32_t *word, uint32_t value, const char *reason)
{
    assert_int_equal(refuse_word(c, word, value, reason), (const unsigned char *)word - c.bytes);
}

static copy subject;

static int set_up(void **state)
{
    (void)state;
    ctf_filter *filter = everything();
    subject = copy_of(filter);
    ctf_filter_free(filter);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    ctf_error error;
    make_good(subject);
    assert_int_equal(ctfi_image_verify(subject.bytes, subject.length, &error), CTF_OK);
    free(subject.bytes);
    return 0;
}

/* Another subject. */
static void make_of(const char *const *patterns, size_t n)
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

static void verify_accepts_what_compile_makes(void **state)
{
    (void)state;
    ctf_error error;
    assert_int_equal(ctfi_image_verify(subject.bytes, subject.length, &error), CTF_OK);
#define X(id, type) assert_true(CTFI_SECTION_##id == CTFI_SECTION_INDEXES || COUNT(id) > 0);
    CTFI_SECTIONS(X)
#undef X
    assert_int_equal(COUNT(INDEXES), 2);
}

static void verify_rejects_every_truncation(void **state)
{
    (void)state;
    ctf_error error;
    for (size_t length = 0; length < subject.length; length++) {
        assert_int_equal(ctfi_image_verify(subject.bytes, length, &error), CTF_E_PROGRAM);
        assert_int_equal(error.length, 0);
        if (length < sizeof(ctfi_image))
            assert_int_equal(error.offset, length);
    }
}

static void verify_rejects_a_foreign_header(void **state)
{
    (void)state;
    ctfi_image *head = head_of(subject);
    head->magic[3] ^= 1;
    assert_refused(subject, "the bytes are no sealed program");
    head->magic[3] ^= 1;
    refuse_word(subject, &head->order, 0x04030201, "sealed on a machine of another byte order");
    refuse_word(subject, &head->format, CTFI_IMAGE_FORMAT + 1, "sealed by another version of the format");
    refuse_word(subject, &head->size, head->size + 8, "the size is not that of the bytes");
}

static void verify_rejects_a_wrong_checksum(void **state)
{
    (void)state;
    ctf_error error;
    for (size_t i = 0; i < subject.length; i++) {
        subject.bytes[i] ^= 0x10;
        assert_int_equal(ctfi_image_verify(subject.bytes, subject.length, &error), CTF_E_PROGRAM);
        subject.bytes[i] ^= 0x10;
    }
}

/* Programs saved by another build of this format carry the checksum that image.h writes down. */
static void the_checksum_is_that_of_the_format(void **state)
{
    (void)state;
    const size_t before = offsetof(ctfi_image, checksum), behind = before + 8;
    uint64_t front = ctfi_hash(0, 0, subject.bytes, before);
    assert_true(head_of(subject)->checksum == ctfi_hash(front, 0, subject.bytes + behind, subject.length - behind));
}

static void verify_rejects_sections_out_of_place(void **state)
{
    (void)state;
    ctfi_section *sections = head_of(subject)->sections;
    for (size_t i = 0; i < CTFI_SECTION_COUNT; i++) {
        refuse_word(subject, &sections[i].offset, sections[i].offset + 8, "a section is out of its place");
        refuse_word(subject, &sections[i].offset, sections[i].offset - 8, "a section is out of its place");
        refuse_word(subject, &sections[i].count, UINT32_MAX, "a section ends behind the image");
    }
    refuse_word(subject, &sections[CTFI_SECTION_BYTES].count, 0, "bytes behind the last section");
}

static const uint32_t element_sizes[] = {
#define X(id, type) sizeof(type),
    CTFI_SECTIONS(X)
#undef X
};

/* The first gap between two sections. */
static unsigned char *first_gap(void)
{
    const ctfi_section *sections = head_of(subject)->sections;
    for (size_t i = 0; i + 1 < CTFI_SECTION_COUNT; i++)
        if ((sections[i].count * element_sizes[i]) % 8 != 0)
            return subject.bytes + sections[i].offset + sections[i].count * element_sizes[i];
    fail_msg("no gap");
    return NULL;
}

/* The subject with so many elements in one section: the first ones, or all and the last one again. */
static copy counted(size_t id, uint32_t wanted)
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
static copy resized(size_t id, uint32_t times)
{
    return counted(id, head_of(subject)->sections[id].count - 1 + times);
}

static void verify_rejects_an_element_too_many(void **state)
{
    (void)state;
    static const char nobody[] = "elements of a section belong to nobody";
    static const char slots[] = "a hash table has a wrong number of slots";
    static const char *const reasons[CTFI_SECTION_COUNT] = {
        [CTFI_SECTION_PATTERNS] = "a range does not follow the one before it, or is too long",
        [CTFI_SECTION_CODE] = nobody,
        [CTFI_SECTION_TRIGGER_STARTS] = "facts and the starts of their triggers differ in number",
        [CTFI_SECTION_TRIGGERS] = nobody,
        [CTFI_SECTION_ALWAYS] = "patterns do not ascend",
        [CTFI_SECTION_NODES] = "a node that no edge leads to",
        [CTFI_SECTION_KEYS] = nobody,
        [CTFI_SECTION_KEY_SLOTS] = slots,
        [CTFI_SECTION_INDEXES] = nobody,
        [CTFI_SECTION_LEAVES] = nobody,
        [CTFI_SECTION_TEXTS] = "texts and their facts differ in number",
        [CTFI_SECTION_TEXT_SLOTS] = slots,
        [CTFI_SECTION_TEXT_FACTS] = "texts and their facts differ in number",
        [CTFI_SECTION_GLOBS] = nobody,
        [CTFI_SECTION_GLOB_NEEDS] = "globs and what they need differ in number",
        [CTFI_SECTION_NEEDLES] = nobody,
        [CTFI_SECTION_REGEXES] = nobody,
        [CTFI_SECTION_REGEX_NEEDS] = "regexes and what they need differ in number",
        [CTFI_SECTION_NUMBERS] = nobody,
        [CTFI_SECTION_ACCESSORS] = "not the next leaf",
        [CTFI_SECTION_COUNTS] = "numbers of tokens do not ascend",
        [CTFI_SECTION_VALUES] = nobody,
        [CTFI_SECTION_FIELDS] = nobody,
        [CTFI_SECTION_AUTOMATON_STARTS] = "starts of automata do not ascend within the words",
        [CTFI_SECTION_AUTOMATA] = nobody,
    };
    for (size_t i = 0; i < CTFI_SECTION_COUNT; i++) {
        copy c = resized(i, 2);
        ctf_error error;
        make_good(c);
        if (reasons[i] != NULL)
            assert_refused(c, reasons[i]);
        else
            assert_int_equal(ctfi_image_verify(c.bytes, c.length, &error), CTF_OK); /* BYTES */
        free(c.bytes);
    }
}

static void verify_rejects_an_element_too_few(void **state)
{
    (void)state;
    for (size_t i = 0; i < CTFI_SECTION_COUNT; i++) {
        /* A pattern that nothing runs and a fact that nothing sets are no danger. */
        bool harmless = i == CTFI_SECTION_ALWAYS || i == CTFI_SECTION_COUNTS;
        copy c = resized(i, 0);
        ctf_error error;
        make_good(c);
        assert_int_equal(ctfi_image_verify(c.bytes, c.length, &error), harmless ? CTF_OK : CTF_E_PROGRAM);
        free(c.bytes);
    }
}

static void verify_rejects_texts_without_an_owner(void **state)
{
    (void)state;
    /* One text and its facts more, so that only the leaves can tell. */
    copy once = subject;
    copy twice = resized(CTFI_SECTION_TEXTS, 2);
    subject = twice;
    copy both = resized(CTFI_SECTION_TEXT_FACTS, 2);
    subject = once;
    assert_refused(both, "elements of a section belong to nobody");
    free(twice.bytes);
    free(both.bytes);
}

static void verify_rejects_bytes_in_a_gap(void **state)
{
    (void)state;
    unsigned char *gap = first_gap();
    *gap = 1;
    assert_refused(subject, "bytes between two sections");
    *gap = 0;
}

static void verify_rejects_strings_outside_the_bytes(void **state)
{
    (void)state;
    static const char outside[] = "a string lies outside the bytes";
    ctfi_string *strings[] = {
        &SECTION(ctfi_image_pattern, PATTERNS)->name, &SECTION(ctfi_image_pattern, PATTERNS)->text,
        &SECTION(ctfi_image_entry, KEYS)->key,        &SECTION(ctfi_image_entry, TEXTS)->key,
        &SECTION(ctfi_image_search, GLOBS)->text,     &SECTION(ctfi_image_search, NEEDLES)->text,
        &SECTION(ctfi_image_regex, REGEXES)->source,  &SECTION(ctfi_image_number, NUMBERS)->digits,
        SECTION(ctfi_string, FIELDS),
    };
    for (size_t i = 0; i < COUNT_OF(strings); i++) {
        refuse_word(subject, &strings[i]->offset, COUNT(BYTES) + 1, outside);
        refuse_word(subject, &strings[i]->length, COUNT(BYTES) - strings[i]->offset + 1, outside);
        refuse_word(subject, &strings[i]->offset, UINT32_MAX, outside);
    }
}

static void verify_accepts_an_empty_string_behind_the_last_byte(void **state)
{
    (void)state;
    ctfi_string *name = &SECTION(ctfi_image_pattern, PATTERNS)->name, before = *name;
    *name = (ctfi_string){COUNT(BYTES), 0};
    assert_accepted(subject);
    *name = before;
}

static void verify_rejects_facts_that_do_not_exist(void **state)
{
    (void)state;
    static const char no_fact[] = "no such fact";
    ctfi_image_node *node = SECTION(ctfi_image_node, NODES) + 1;
    ctfi_image_text *text = SECTION(ctfi_image_text, TEXT_FACTS) + COUNT(TEXT_FACTS) - 1;
    ctfi_image_number *number = SECTION(ctfi_image_number, NUMBERS);
    uint32_t *optional[] = {&node->present,   &node->textual,  &node->comparable, &node->null,
                            &node->null_inside, &node->is_true, &node->is_false,  &text->always,
                            &text->strings,   &number->equal,  &number->less,     &number->less_equal,
                            &number->greater, &number->greater_equal};
    uint32_t *needed[] = {&SECTION(ctfi_image_search, GLOBS)->fact, &SECTION(ctfi_image_search, NEEDLES)->fact,
                          &SECTION(ctfi_image_regex, REGEXES)->fact, &SECTION(ctfi_image_count, COUNTS)->fact};
    for (size_t i = 0; i < COUNT_OF(optional); i++)
        refuse_word(subject, optional[i], N_FACTS, no_fact);
    for (size_t i = 0; i < COUNT_OF(needed); i++) {
        refuse_word(subject, needed[i], N_FACTS, no_fact);
        refuse_word(subject, needed[i], CTFI_NONE, no_fact);
    }
}

static void verify_rejects_bad_patterns(void **state)
{
    (void)state;
    ctfi_image_pattern *p = SECTION(ctfi_image_pattern, PATTERNS);
    refuse_word(subject, &p[0].kind, CTF_KIND_JSON + 1, "no such kind of pattern");
    refuse_word(subject, &p[0].kind, CTF_KIND_FIELDS, "a value that patterns of this kind cannot have");
    refuse_word(subject, &p[1].kind, CTF_KIND_TEXT, "a value that patterns of this kind cannot have");
    refuse_word(subject, &p[2].kind, CTF_KIND_ALL, "fields of a pattern that is not space-delimited");
}

static void verify_rejects_a_header_that_is_wrong_about_kinds(void **state)
{
    (void)state;
    ctfi_image *head = head_of(subject);
    refuse_word(subject, &head->has_json, 0, "the header is wrong about JSON patterns");
    refuse_word(subject, &head->has_json, 2, "the header is wrong about JSON patterns");
    refuse_word(subject, &head->has_fields, 0, "the header is wrong about space-delimited patterns");
}

static void verify_rejects_ranges_that_are_not_in_order(void **state)
{
    (void)state;
    static const char wrong[] = "a range does not follow the one before it, or is too long";
    ctfi_image_pattern *p = SECTION(ctfi_image_pattern, PATTERNS);
    ctfi_image_leaf *leaf = SECTION(ctfi_image_leaf, LEAVES);
    const struct {
        ctfi_range *range;
        uint32_t elements;
    } of[] = {{&p[2].code, COUNT(CODE)},         {&p[1].values, COUNT(VALUES)},      {&p[2].fields, COUNT(FIELDS)},
              {&leaf[1].globs, COUNT(GLOBS)},    {&leaf[1].needles, COUNT(NEEDLES)}, {&leaf[1].regexes, COUNT(REGEXES)},
              {&leaf[1].numbers, COUNT(NUMBERS)}, {&SECTION(ctfi_image_node, NODES)[1].indexes, COUNT(INDEXES)}};
    for (size_t i = 0; i < COUNT_OF(of); i++) {
        ctfi_range *range = of[i].range;
        refuse_word_there(subject, &range->first, range->first + 1, wrong);
        refuse_word_there(subject, &range->first, range->first - 1, wrong);
        refuse_word(subject, &range->count, of[i].elements - range->first + 1, wrong);
        refuse_word(subject, &range->count, UINT32_MAX, wrong);
    }
}

static void verify_rejects_elements_of_nobody(void **state)
{
    (void)state;
    static const char nobody[] = "elements of a section belong to nobody";
    ctfi_image_pattern *p = SECTION(ctfi_image_pattern, PATTERNS);
    ctfi_image_pattern *last = &p[2]; /* the last with fields */
    ctfi_range before = last->fields;
    last->fields.count--;
    last->ellipsis--;
    for (size_t i = 3; i < COUNT(PATTERNS); i++)
        p[i].fields.first--;
    assert_refused(subject, nobody);
    last->fields = before;
    last->ellipsis++;
    for (size_t i = 3; i < COUNT(PATTERNS); i++)
        p[i].fields.first++;
}

static void verify_rejects_a_misplaced_ellipsis(void **state)
{
    (void)state;
    ctfi_image_pattern *p = SECTION(ctfi_image_pattern, PATTERNS);
    refuse_word(subject, &p[1].ellipsis, 4, "the ellipsis is none of the fields");
    refuse_word(subject, &p[0].ellipsis, 1, "the ellipsis is none of the fields");
}

static void one_value_or_field_is_too_many_for_a_kind_without(void **state)
{
    (void)state;
    ctf_filter *filter = compile_with("[a]", (const char *const[]){"$a"}, 1);
    free(subject.bytes);
    subject = copy_of(filter);
    ctf_filter_free(filter);
    refuse_word(subject, &SECTION(ctfi_image_pattern, PATTERNS)->kind, CTF_KIND_TEXT,
                "a value that patterns of this kind cannot have");
    MAKE_OF("[a]");
    refuse_word(subject, &SECTION(ctfi_image_pattern, PATTERNS)->kind, CTF_KIND_TEXT,
                "fields of a pattern that is not space-delimited");
}

/* Behind the last field stands what is no string of the image. */
static void verify_looks_at_no_field_behind_the_last(void **state)
{
    (void)state;
    MAKE_OF("[a = %x{1000}%]");
    assert_true(COUNT(AUTOMATA) > COUNT(BYTES));
    assert_accepted(subject);
}

static void verify_rejects_bad_values(void **state)
{
    (void)state;
    ctfi_image_value *values = SECTION(ctfi_image_value, VALUES);
    refuse_word(subject, &values[0].source, CTFI_VALUE_SOURCES, "no such source of a value");
    refuse_word(subject, &values[0].source, CTFI_VALUE_REST, "a value that patterns of this kind cannot have");
    refuse_word(subject, &values[2].source, CTFI_VALUE_SLOT, "a value that patterns of this kind cannot have");
    refuse_word(subject, &values[0].index, head_of(subject)->n_slots, "no such slot");
}

/* The code of the first pattern; its first instruction is a branch. */
static uint32_t *first_code(uint32_t *n)
{
    *n = SECTION(ctfi_image_pattern, PATTERNS)->code.count;
    return SECTION(uint32_t, CODE);
}

static void verify_rejects_a_backward_jump(void **state)
{
    (void)state;
    uint32_t n;
    uint32_t *code = first_code(&n);
    static const char wrong[] = "a jump goes backward or leaves the code";
    refuse_word(subject, &code[3 + 2], 0, wrong);
    refuse_word(subject, &code[3 + 2], 3, wrong);
    refuse_word(subject, &code[2], n, wrong);
    refuse_word(subject, &code[2], UINT32_MAX, wrong);
}

static void verify_rejects_a_jump_into_an_instruction(void **state)
{
    (void)state;
    uint32_t n;
    uint32_t *code = first_code(&n);
    refuse_word(subject, &code[2], 1, "a jump goes into the middle of an instruction");
    refuse_word(subject, &code[2], 4, "a jump goes into the middle of an instruction");
}

static void verify_rejects_bad_instructions(void **state)
{
    (void)state;
    uint32_t n;
    uint32_t *code = first_code(&n);
    refuse_word(subject, &code[0], CTFI_OP_COUNT, "no such opcode");
    refuse_word(subject, &code[1], N_FACTS, "no such fact");
    refuse_word(subject, &code[1], CTFI_NONE, "no such fact");
    refuse_word_there(subject, &code[n - 1], CTFI_OP_MATCH, "the code does not end with HALT");
    refuse_word_there(subject, &code[n - 1], CTFI_OP_WHEN, "an instruction ends behind the code");
}

/* Of an instruction of the code. */
static uint32_t width_of(uint32_t opcode)
{
    return opcode == CTFI_OP_WHEN || opcode == CTFI_OP_UNLESS ? 3 : 1;
}

/* A filter of one pattern whose code is far longer than a word has bits. */
static void make_long_code(void)
{
    char text[700] = "{ $.a = k0";
    for (int i = 1; i < 50; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), " %s $.a = k%d", i % 2 == 0 ? "&&" : "||", i);
    strcat(text, " }");
    MAKE_OF(text);
}

static void verify_lets_a_jump_go_to_instructions_alone(void **state)
{
    (void)state;
    uint32_t n;
    make_long_code();
    uint32_t *code = first_code(&n);
    bool begins[CTFI_CODE_MAX] = {false};
    assert_true(n > 128);
    for (uint32_t at = 0; at < n; at += width_of(code[at]))
        begins[at] = true;
    for (uint32_t at = 0; at < n; at += width_of(code[at]))
        for (uint32_t to = at + 1; width_of(code[at]) == 3 && to < n; to++) {
            uint32_t before = code[at + 2];
            code[at + 2] = to;
            if (begins[to])
                assert_accepted(subject);
            else
                assert_refused(subject, "a jump goes into the middle of an instruction");
            code[at + 2] = before;
        }
}

static void verify_rejects_code_of_no_words(void **state)
{
    (void)state;
    ctfi_image_pattern *p = SECTION(ctfi_image_pattern, PATTERNS);
    uint32_t n = p[0].code.count;
    refuse_word(subject, &p[0].code.count, 0, "code of no or too many words");
    p[0].code.count = n;
}

/* Images large enough for a range to pass a limit: many patterns, the first one with a long name. */
static void make_large(void)
{
    enum { N = 3000 };
    static ctf_pattern patterns[N];
    static char name[CTFI_STRING_MAX + 1];
    ctf_filter *filter;
    memset(name, 'x', sizeof name);
    for (size_t i = 0; i < N; i++)
        patterns[i] = pattern_of("");
    patterns[0] = (ctf_pattern){view("[a = b, c = %d%]"), {name, sizeof name}, NULL, 0};
    patterns[1] = pattern_of("{ $.a = b }");
    patterns[2] = pattern_of("t");
    assert_int_equal(ctf_filter_compile(patterns, N, NULL, &filter, NULL), CTF_OK);
    free(subject.bytes);
    subject = copy_of(filter);
    ctf_filter_free(filter);
}

static void verify_rejects_code_that_is_too_long(void **state)
{
    (void)state;
    make_large();
    assert_true(COUNT(CODE) > CTFI_CODE_MAX);
    uint32_t *count = &SECTION(ctfi_image_pattern, PATTERNS)->code.count;
    refuse_word(subject, count, CTFI_CODE_MAX + 1, "code of no or too many words");
    /* So much code is looked at: the jumps in it are those of other patterns. */
    uint32_t *code = SECTION(uint32_t, CODE), last = code[CTFI_CODE_MAX - 1];
    code[CTFI_CODE_MAX - 1] = CTFI_OP_HALT;
    refuse_word(subject, count, CTFI_CODE_MAX, "a jump goes backward or leaves the code");
    code[CTFI_CODE_MAX - 1] = last;
}

static void verify_rejects_strings_that_are_too_long(void **state)
{
    (void)state;
    make_large();
    ctfi_string *strings[] = {
        &SECTION(ctfi_image_pattern, PATTERNS)->text, &SECTION(ctfi_image_entry, KEYS)->key,
        &SECTION(ctfi_image_entry, TEXTS)->key,       &SECTION(ctfi_image_search, NEEDLES)->text,
        &SECTION(ctfi_image_regex, REGEXES)->source,  SECTION(ctfi_string, FIELDS),
    };
    for (size_t i = 0; i < COUNT_OF(strings); i++) {
        ctfi_string before = *strings[i];
        *strings[i] = (ctfi_string){0, CTFI_STRING_MAX + 1};
        assert_refused(subject, "a string is too long");
        *strings[i] = before;
    }
    ctfi_string before = *strings[0]; /* a pattern's text may hold any bytes */
    *strings[0] = (ctfi_string){0, CTFI_STRING_MAX};
    assert_accepted(subject);
    *strings[0] = before;
}

static void verify_rejects_no_patterns(void **state)
{
    (void)state;
    /* A header alone, every section empty in its place. */
    copy c = {calloc(1, sizeof(ctfi_image)), sizeof(ctfi_image)};
    assert_non_null(c.bytes);
    memcpy(c.bytes, subject.bytes, sizeof(ctfi_image));
    for (size_t i = 0; i < CTFI_SECTION_COUNT; i++)
        head_of(c)->sections[i] = (ctfi_section){sizeof(ctfi_image), 0};
    head_of(c)->size = sizeof(ctfi_image);
    make_good(c);
    ctf_error error;
    assert_int_equal(ctfi_image_verify(c.bytes, c.length, &error), CTF_E_PROGRAM);
    assert_string_equal(error.message, "no patterns, or too many");
    free(c.bytes);
}

/* A pattern that nothing triggers is never run: no danger, and nothing to look for. */
static void a_program_that_runs_no_pattern_has_no_probe(void **state)
{
    (void)state;
    MAKE_OF("");
    copy idle = resized(CTFI_SECTION_ALWAYS, 0);
    make_good(idle);
    ctf_filter *filter;
    assert_int_equal(ctf_filter_load(idle.bytes, idle.length, NULL, &filter, NULL), CTF_OK);
    assert_string_equal(filter->probe.absent, "no test");
    ctf_filter_free(filter);
    free(idle.bytes);
}

static void verify_bounds_the_number_of_patterns(void **state)
{
    (void)state;
    ctf_pattern *patterns = calloc(CTF_MAX_PATTERNS, sizeof *patterns);
    ctf_filter *filter;
    for (size_t i = 0; i < CTF_MAX_PATTERNS; i++)
        patterns[i] = pattern_of("");
    assert_int_equal(ctf_filter_compile(patterns, CTF_MAX_PATTERNS, NULL, &filter, NULL), CTF_OK);
    free(patterns);
    free(subject.bytes);
    subject = copy_of(filter);
    ctf_filter_free(filter);
    assert_accepted(subject);
    copy more = resized(CTFI_SECTION_PATTERNS, 2);
    assert_refused(more, "no patterns, or too many");
    free(more.bytes);
}

static void verify_rejects_bad_triggers(void **state)
{
    (void)state;
    uint32_t *starts = SECTION(uint32_t, TRIGGER_STARTS);
    uint32_t *triggers = SECTION(uint32_t, TRIGGERS);
    uint32_t *always = SECTION(uint32_t, ALWAYS);
    refuse_word(subject, &head_of(subject)->n_facts, N_FACTS + 1,
                "facts and the starts of their triggers differ in number");
    refuse_word(subject, &starts[0], 1, "triggers do not start at 0");
    refuse_word(subject, &starts[1], UINT32_MAX, "starts of triggers do not ascend");
    refuse_word(subject, &starts[N_FACTS], COUNT(TRIGGERS) + 1, "elements of a section belong to nobody");
    refuse_word(subject, &triggers[0], COUNT(PATTERNS), "no such pattern");
    refuse_word(subject, &always[0], COUNT(PATTERNS), "no such pattern");
    refuse_word(subject, &always[1], always[0], "patterns do not ascend");
}

static void verify_rejects_triggers_that_repeat_a_pattern(void **state)
{
    (void)state;
    uint32_t *starts = SECTION(uint32_t, TRIGGER_STARTS);
    uint32_t *triggers = SECTION(uint32_t, TRIGGERS);
    for (uint32_t i = 0; i < N_FACTS; i++)
        if (starts[i + 1] - starts[i] > 1) {
            refuse_word(subject, &triggers[starts[i] + 1], triggers[starts[i]], "patterns do not ascend");
            return;
        }
    fail_msg("no fact triggers two patterns");
}

static void verify_rejects_nodes_that_form_no_tree(void **state)
{
    (void)state;
    ctfi_image_node *nodes = SECTION(ctfi_image_node, NODES);
    ctfi_image_entry *keys = SECTION(ctfi_image_entry, KEYS);
    ctfi_image_index *indexes = SECTION(ctfi_image_index, INDEXES);
    static const char not_next[] = "an edge does not lead to the next node";
    refuse_word(subject, &nodes[0].parent, 0, "no root");
    refuse_word(subject, &nodes[1].parent, 1, "a node names a wrong parent");
    refuse_word(subject, &keys[0].value, 0, not_next);
    refuse_word(subject, &keys[1].value, keys[0].value, not_next);
    refuse_word(subject, &keys[COUNT(KEYS) - 1].value, COUNT(NODES), not_next);
    refuse_word(subject, &indexes[1].child, indexes[0].child, not_next);
    refuse_word(subject, &nodes[1].any, 1, not_next);
    refuse_word(subject, &nodes[1].any, 0, not_next);
}

static void verify_asks_for_a_root_and_no_more(void **state)
{
    (void)state;
    MAKE_OF("t");
    assert_int_equal(COUNT(NODES), 1);
    assert_accepted(subject);
    copy none = resized(CTFI_SECTION_NODES, 0);
    assert_refused(none, "no root");
    free(none.bytes);
}

static void verify_rejects_an_edge_behind_the_last_node(void **state)
{
    (void)state;
    MAKE_OF("{ $.a = x }");
    uint32_t *any = &SECTION(ctfi_image_node, NODES)[1].any;
    assert_int_equal(*any, CTFI_NONE);
    refuse_word_there(subject, any, COUNT(NODES), "an edge does not lead to the next node");
}

static void verify_rejects_a_leaf_behind_the_last(void **state)
{
    (void)state;
    MAKE_OF("{ $.a = x && $.b NOT EXISTS }");
    ctfi_image_node *nodes = SECTION(ctfi_image_node, NODES);
    assert_int_equal(nodes[2].leaf, CTFI_NONE);
    refuse_word_there(subject, &nodes[2].leaf, COUNT(LEAVES), "not the next leaf");
}

static void verify_rejects_bad_edges(void **state)
{
    (void)state;
    ctfi_image_node *nodes = SECTION(ctfi_image_node, NODES);
    ctfi_image_entry *keys = SECTION(ctfi_image_entry, KEYS);
    ctfi_image_index *indexes = SECTION(ctfi_image_index, INDEXES);
    refuse_word(subject, &keys[0].owner, 1, "a key has another owner");
    refuse_word(subject, &nodes[0].n_keys, COUNT(KEYS) + 1, "a node has more keys than there are");
    refuse_word(subject, &indexes[1].index, indexes[0].index, "array indexes do not ascend");
    nodes[0].key_classes ^= 1;
    assert_refused(subject, "classes of keys are wrong");
    nodes[0].key_classes ^= 1;
}

static void verify_rejects_bad_edges_of_later_nodes(void **state)
{
    (void)state;
    MAKE_OF("{ $.a[1] = x && $.a[2] = x && $.b[3] = x && $.b[4] = x && $.c.d = x && $.c.e = x }");
    ctfi_image_node *nodes = SECTION(ctfi_image_node, NODES);
    ctfi_image_index *indexes = SECTION(ctfi_image_index, INDEXES);
    assert_int_equal(COUNT(INDEXES), 4);
    assert_accepted(subject);
    for (uint32_t i = 0; i < 4; i += 2) {
        refuse_word_there(subject, &indexes[i + 1].index, indexes[i].index, "array indexes do not ascend");
        refuse_word(subject, &indexes[i].index, indexes[i + 1].index, "array indexes do not ascend");
    }
    assert_int_equal(nodes[3].n_keys, 2);
    refuse_word_there(subject, &nodes[3].n_keys, 3, "a node has more keys than there are");
}

static void verify_rejects_a_node_that_no_edge_leads_to(void **state)
{
    (void)state;
    /* Node 0 loses its keys, so node 1 hangs in the air. */
    ctfi_image_node *nodes = SECTION(ctfi_image_node, NODES);
    uint64_t classes = nodes[0].key_classes;
    uint32_t n = nodes[0].n_keys;
    nodes[0].key_classes = 0;
    nodes[0].n_keys = 0;
    assert_refused(subject, "a node that no edge leads to");
    nodes[0].key_classes = classes;
    nodes[0].n_keys = n;
}

static void verify_rejects_leaves_and_slots_of_two_owners(void **state)
{
    (void)state;
    ctfi_image *head = head_of(subject);
    ctfi_image_node *nodes = SECTION(ctfi_image_node, NODES);
    ctfi_image_accessor *accessors = SECTION(ctfi_image_accessor, ACCESSORS);
    refuse_word(subject, &head->message, 1, "not the next leaf");
    refuse_word(subject, &nodes[1].leaf, 0, "not the next leaf");
    refuse_word(subject, &nodes[1].leaf, COUNT(LEAVES), "not the next leaf");
    refuse_word(subject, &accessors[1].leaf, accessors[0].leaf, "not the next leaf");
    refuse_word(subject, &accessors[0].leaf, CTFI_NONE, "not the next leaf");
    refuse_word(subject, &nodes[1].slot, 1, "not the next slot");
    refuse_word(subject, &head->n_slots, head->n_slots + 1, "slots that belong to nobody");
    refuse_word(subject, &SECTION(ctfi_image_leaf, LEAVES)[1].numeric, 1, "a leaf reads numbers as others do");
    refuse_word(subject, &SECTION(ctfi_image_leaf, LEAVES)[accessors[0].leaf].numeric, 2,
                "a leaf reads numbers as others do");
}

static void verify_rejects_bad_accessors_and_counts(void **state)
{
    (void)state;
    ctfi_image_count *counts = SECTION(ctfi_image_count, COUNTS);
    refuse_word(subject, &SECTION(ctfi_image_accessor, ACCESSORS)->type, CTFI_ACCESSOR_TYPES,
                "no such type of accessor");
    refuse_word(subject, &counts[1].tokens, counts[0].tokens, "numbers of tokens do not ascend");
}

static void verify_rejects_bad_texts(void **state)
{
    (void)state;
    ctfi_image_entry *texts = SECTION(ctfi_image_entry, TEXTS);
    ctfi_image_leaf *leaf = SECTION(ctfi_image_leaf, LEAVES) + texts[0].owner;
    refuse_word(subject, &texts[0].owner, COUNT(LEAVES), "a text has another owner");
    refuse_word(subject, &texts[0].value, 1, "a text has another one's facts");
    refuse_word(subject, &leaf->n_texts, COUNT(TEXTS) + 1, "a leaf has more texts than there are");
    leaf = SECTION(ctfi_image_leaf, LEAVES) + texts[COUNT(TEXTS) - 1].owner;
    refuse_word(subject, &leaf->n_texts, leaf->n_texts + 1, "a leaf has more texts than there are");
    leaf = SECTION(ctfi_image_leaf, LEAVES) + texts[0].owner;
    leaf->text_classes ^= 1;
    assert_refused(subject, "classes of texts are wrong");
    leaf->text_classes ^= 1;
}

static void verify_rejects_a_glob_that_needs_what_it_does_not_say(void **state)
{
    (void)state;
    uint64_t *needs = SECTION(uint64_t, GLOB_NEEDS);
    needs[0] ^= 1;
    assert_refused(subject, "a glob needs something else");
    needs[0] ^= 1;
}

static void verify_rejects_needles_away_from_the_message(void **state)
{
    (void)state;
    ctfi_image_leaf *leaves = SECTION(ctfi_image_leaf, LEAVES);
    uint32_t n = leaves[0].needles.count;
    leaves[0].needles.count = n - 1;
    leaves[1].needles.first = n - 1;
    leaves[1].needles.count = 1;
    assert_refused(subject, "needles away from the message");
    leaves[0].needles.count = n;
    leaves[1].needles.first = n;
    leaves[1].needles.count = 0;
}

static void verify_rejects_an_empty_needle(void **state)
{
    (void)state;
    refuse_word(subject, &SECTION(ctfi_image_search, NEEDLES)->text.length, 0, "an empty needle");
}

static void verify_rejects_tables_of_wrong_sizes(void **state)
{
    (void)state;
    ctfi_section *keys = &head_of(subject)->sections[CTFI_SECTION_KEY_SLOTS];
    assert_true(keys->count % 2 == 0);
    /* One slot less leaves the layout as it is: it becomes part of the gap, which is zero then. */
    uint32_t *slots = SECTION(uint32_t, KEY_SLOTS);
    uint32_t last = slots[keys->count - 1];
    slots[keys->count - 1] = 0;
    refuse_word(subject, &keys->count, keys->count - 1, "a hash table has a wrong number of slots");
    slots[keys->count - 1] = last;
}

static void verify_asks_for_a_free_slot(void **state)
{
    (void)state;
    MAKE_OF("{ $.a IS TRUE }");
    assert_int_equal(COUNT(KEYS), 1);
    copy full = counted(CTFI_SECTION_KEY_SLOTS, 1);
    *(uint32_t *)section(full, CTFI_SECTION_KEY_SLOTS) = 0;
    assert_refused(full, "a hash table has a wrong number of slots");
    free(full.bytes);
}

static void verify_rejects_an_entry_behind_a_free_slot(void **state)
{
    (void)state;
    MAKE_OF("{ $.a IS TRUE }");
    uint32_t *slots = SECTION(uint32_t, KEY_SLOTS), home = slots[0] == CTFI_NONE;
    assert_int_equal(slots[home], 0);
    slots[home] = CTFI_NONE;
    slots[(home + 1) % COUNT(KEY_SLOTS)] = 0;
    assert_refused(subject, "an entry is not where its hash leads");
    slots[(home + 1) % COUNT(KEY_SLOTS)] = CTFI_NONE;
    slots[home] = 0;
}

/* The keys of the subject under another seed, each where linear probing leads. */
static void lay_out_keys(uint64_t seed)
{
    const ctfi_image_entry *keys = SECTION(ctfi_image_entry, KEYS);
    uint32_t *slots = SECTION(uint32_t, KEY_SLOTS), mask = COUNT(KEY_SLOTS) - 1;
    head_of(subject)->seed = seed;
    memset(slots, 0xFF, COUNT(KEY_SLOTS) * sizeof *slots);
    for (uint32_t i = 0; i < COUNT(KEYS); i++) {
        uint32_t at = (uint32_t)ctfi_key_hash(seed, keys[i].owner, ctfi_image_bytes(head_of(subject), keys[i].key)) & mask;
        while (slots[at] != CTFI_NONE)
            at = (at + 1) & mask;
        slots[at] = i;
    }
}

/* A subject of `n` keys that the seed 0 sends to one slot of 128 or less. */
static void make_colliding(uint32_t n)
{
    char text[CTFI_PROBE_MAX + 1][32];
    const char *patterns[CTFI_PROBE_MAX + 1];
    uint32_t found = 0;
    for (uint32_t i = 0; found < n; i++) {
        snprintf(text[found], sizeof text[found], "{ $.k%u IS TRUE }", i);
        ctfi_bytes key = {(const unsigned char *)text[found] + 4, strcspn(text[found] + 4, " ")};
        patterns[found] = text[found];
        found += (ctfi_key_hash(0, 0, key) & 127) == 100;
    }
    make_of(patterns, n);
    assert_true(COUNT(KEYS) == n && COUNT(KEY_SLOTS) <= 128);
    lay_out_keys(0);
}

static void verify_bounds_the_steps_of_a_search(void **state)
{
    (void)state;
    make_colliding(CTFI_PROBE_MAX);
    assert_accepted(subject);
    make_colliding(CTFI_PROBE_MAX + 1);
    assert_refused(subject, "an entry is not where its hash leads");
    make_colliding(1);
}

/* The first taken slot, and a free one. */
static void find_slots(uint32_t *slots, uint32_t n, uint32_t **taken, uint32_t **free_one)
{
    *taken = *free_one = NULL;
    for (uint32_t i = 0; i < n; i++)
        *(slots[i] == CTFI_NONE ? free_one : taken) = &slots[i];
    assert_non_null(*taken);
    assert_non_null(*free_one);
}

static void check_slots(ctfi_section_id slots, ctfi_section_id entries)
{
    uint32_t *taken;
    uint32_t *free_one;
    find_slots(section(subject, slots), count(subject, slots), &taken, &free_one);
    refuse_word(subject, taken, count(subject, entries), "a slot names no entry");
    refuse_word(subject, taken, CTFI_NONE, "slots and entries differ in number");
    refuse_word(subject, free_one, *taken, "slots and entries differ in number");
    uint32_t entry = *taken;
    *taken = entry == 0 ? 1 : 0; /* twice, and `entry` not at all */
    assert_refused(subject, "an entry is not where its hash leads");
    *taken = entry;
}

static void verify_rejects_entries_that_a_search_would_miss(void **state)
{
    (void)state;
    check_slots(CTFI_SECTION_KEY_SLOTS, CTFI_SECTION_KEYS);
    check_slots(CTFI_SECTION_TEXT_SLOTS, CTFI_SECTION_TEXTS);
}

/* The first number of some digits. */
static ctfi_image_number *a_number(void)
{
    ctfi_image_number *numbers = SECTION(ctfi_image_number, NUMBERS);
    while (numbers->digits.length == 0)
        numbers++;
    return numbers;
}

static void verify_rejects_digits_that_are_none(void **state)
{
    (void)state;
    ctfi_image_number *number = a_number();
    unsigned char *digit = SECTION(unsigned char, BYTES) + number->digits.offset;
    unsigned char before = *digit;
    static const struct {
        unsigned char digit;
        const char *reason;
    } cases[] = {{'a', "no digit"}, {'.', "no digit"}, {0, "no digit"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        /* The byte may serve a key, too: whatever notices it first is right. */
        ctf_error error;
        *digit = cases[i].digit;
        make_good(subject);
        assert_int_equal(ctfi_image_verify(subject.bytes, subject.length, &error), CTF_E_PROGRAM);
    }
    *digit = before;
}

static void verify_rejects_numbers_spelled_otherwise(void **state)
{
    (void)state;
    /* 10, as in the pattern's text "... 12 ... 1e3": digits that begin or end with zero. */
    const unsigned char *bytes = SECTION(unsigned char, BYTES);
    ctfi_image_number *number = a_number();
    ctfi_string before = number->digits;
    uint32_t zero = 0;
    while (memcmp(bytes + zero, "c > 0]", 6) != 0)
        zero++;
    number->digits = (ctfi_string){zero + 4, 1};
    assert_refused(subject, "a number with zeros around its digits");
    number->digits = (ctfi_string){zero, 1};
    assert_refused(subject, "no digit");
    number->digits = before;
    refuse_word(subject, &number->digits.length, 0, "a zero with a sign or exponent");
    unsigned char *text = SECTION(unsigned char, BYTES) + zero; /* of a pattern: any bytes will do there */
    number->digits = (ctfi_string){zero, 2};
    memcpy(text, "10", 2);
    assert_refused(subject, "a number with zeros around its digits");
    memcpy(text, "01", 2);
    assert_refused(subject, "a number with zeros around its digits");
    memcpy(text, "c ", 2);
    number->digits = before;
    refuse_word(subject, &number->negative, 2, "neither positive nor negative");
}

static void verify_rejects_exponents_out_of_range(void **state)
{
    (void)state;
    static const int64_t wrong[] = {INT64_MAX, INT64_MIN, (INT64_C(1) << 62) + 1, -(INT64_C(1) << 62) - 1};
    ctfi_image_number *number = a_number();
    int64_t before = number->exponent;
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        number->exponent = wrong[i];
        assert_refused(subject, "an exponent out of range");
    }
    number->exponent = before;
}

static void verify_accepts_exponents_at_their_bounds(void **state)
{
    (void)state;
    MAKE_OF("{ $.a = 7 }");
    int64_t *exponent = &SECTION(ctfi_image_number, NUMBERS)->exponent, before = *exponent;
    *exponent = INT64_C(1) << 62;
    assert_accepted(subject);
    *exponent = -*exponent;
    assert_accepted(subject);
    *exponent = before;
}

static void verify_accepts_numbers_that_ascend_or_are_equal(void **state)
{
    (void)state;
    MAKE_OF("{ $.a = 11 || $.a = 22 || $.a = 33 || $.a = 44 }");
    ctfi_image_number *numbers = SECTION(ctfi_image_number, NUMBERS);
    assert_int_equal(COUNT(NUMBERS), 4);
    assert_accepted(subject);
    ctfi_string second = numbers[1].digits;
    numbers[1].digits = numbers[0].digits;
    assert_accepted(subject);
    numbers[1].digits = numbers[3].digits;
    assert_int_equal(assert_refused(subject, "numbers do not ascend"), (unsigned char *)&numbers[2] - subject.bytes);
    numbers[1].digits = second;
}

static void verify_points_at_the_byte_that_is_no_digit(void **state)
{
    (void)state;
    MAKE_OF("{ $.a = 7 }");
    ctfi_string *digits = &SECTION(ctfi_image_number, NUMBERS)->digits, before = *digits;
    ctfi_string text = SECTION(ctfi_image_pattern, PATTERNS)->text;
    unsigned char *bytes = SECTION(unsigned char, BYTES) + text.offset; /* any will do there */
    memcpy(bytes, "12x4", 4);
    *digits = (ctfi_string){text.offset, 4};
    assert_int_equal(assert_refused(subject, "no digit"), bytes + 2 - subject.bytes);
    *digits = before;
}

static void verify_rejects_numbers_that_do_not_ascend(void **state)
{
    (void)state;
    ctfi_image_leaf *leaves = SECTION(ctfi_image_leaf, LEAVES);
    for (uint32_t i = 0; i < COUNT(LEAVES); i++)
        if (leaves[i].numbers.count >= 2) {
            ctfi_image_number *number = SECTION(ctfi_image_number, NUMBERS) + leaves[i].numbers.first + 1;
            refuse_word(subject, &number->negative, !number->negative, "numbers do not ascend");
            return;
        }
    fail_msg("no leaf with two numbers");
}

static void verify_rejects_bad_automata(void **state)
{
    (void)state;
    uint32_t *starts = SECTION(uint32_t, AUTOMATON_STARTS);
    ctfi_image_regex *regex = SECTION(ctfi_image_regex, REGEXES);
    assert_int_equal(COUNT(AUTOMATON_STARTS), 2);
    refuse_word(subject, &starts[0], 1, "automata do not start at 0");
    refuse_word(subject, &starts[1], 0, "starts of automata do not ascend within the words");
    refuse_word(subject, &starts[1], COUNT(AUTOMATA) + 1, "starts of automata do not ascend within the words");
    refuse_word(subject, &regex->automaton.first, 1, "words that are no automaton");
    refuse_word(subject, &regex->automaton.first, UINT32_MAX, "words that are no automaton");
    refuse_word(subject, &regex->automaton.first, COUNT(AUTOMATA), "words that are no automaton");
    refuse_word(subject, &regex->automaton.count, COUNT(AUTOMATA) - 1, "words that are no automaton");
    ctfi_range before = regex->automaton; /* as if the word behind the starts were one of them */
    regex->automaton = (ctfi_range){starts[1], starts[2] - starts[1]};
    assert_refused(subject, "words that are no automaton");
    regex->automaton = before;
}

static void verify_finds_each_of_many_automata(void **state)
{
    (void)state;
    static const char *const patterns[] = {"{ $.a = %[a-d]% }", "{ $.a = %[b-e]% || $.a = %[c-f]% }", "{ $.b = %[d-g]% }",
                                           "%[e-h]%", "[a = %[f-i]%]", "{ $.b = %[g-j]% || $.c = %[h-k]% }"};
    for (size_t n = 1; n <= COUNT_OF(patterns); n++) {
        make_of(patterns, n);
        assert_accepted(subject);
        ctfi_image_regex *regexes = SECTION(ctfi_image_regex, REGEXES);
        for (uint32_t i = 0; i < COUNT(REGEXES); i++) {
            refuse_word_there(subject, &regexes[i].automaton.first, regexes[i].automaton.first + 1, "words that are no automaton");
            refuse_word(subject, &regexes[i].automaton.count, regexes[i].automaton.count + 1, "words that are no automaton");
        }
    }
}

/* ---- damage everywhere ---- */

static int ignore(void *context, const char *data, size_t length)
{
    (void)context;
    (void)data;
    (void)length;
    return 0;
}

/* Runs a program that was accepted: the sanitizers watch. */
static void exercise(const ctf_filter *filter)
{
    static const char *const messages[] = {
        "{\"a\":\"x\",\"b\":[null,-8,{\"c\":\"yz\"},1],\"x\":{\"y\":3},\"f\":12.0,\"d\":true}",
        "{\"a\":[null],\"e\":\"\",\"f\":1e3,\"b\":{\"c\":{\"c\":\"z\"}},\"\":0}", "1 xx 3 qq", "ERROR x", ""};
    ctf_scratch *scratch;
    ctf_hits hits;
    ctf_value value;
    assert_int_equal(ctf_filter_dump(filter, ignore, NULL), CTF_OK);
    assert_int_equal(ctf_scratch_new(filter, NULL, &scratch), CTF_OK);
    for (size_t i = 0; i < COUNT_OF(messages); i++) {
        assert_int_equal(ctf_match(scratch, messages[i], strlen(messages[i]), &hits), CTF_OK);
        for (size_t p = 0; p < ctf_filter_count(filter); p++)
            for (size_t k = 0; ctf_scratch_value(scratch, p, k, &value) == CTF_OK; k++)
                assert_true(value.text.length <= strlen(messages[i]));
    }
    ctf_scratch_free(scratch);
}

/* Refused, or good to run. */
static bool survives(copy c)
{
    ctf_filter *filter;
    ctf_error error;
    make_good(c);
    ctf_status status = ctf_filter_load(c.bytes, c.length, NULL, &filter, &error);
    if (status == CTF_OK) {
        exercise(filter);
        ctf_filter_free(filter);
        return true;
    }
    assert_int_equal(status, CTF_E_PROGRAM);
    assert_true(error.offset <= c.length);
    return false;
}

static void verify_bounds_every_byte(void **state)
{
    (void)state;
    static const unsigned char masks[] = {0x01, 0x02, 0x80, 0xFF};
    size_t accepted = 0;
    assert_true(survives(subject));
    for (size_t i = 0; i < subject.length; i++)
        for (size_t k = 0; k < COUNT_OF(masks); k++) {
            subject.bytes[i] ^= masks[k];
            accepted += survives(subject);
            subject.bytes[i] ^= masks[k];
        }
    /* Texts and names may hold any bytes, facts may be others. */
    assert_true(accepted > 0 && accepted < subject.length * COUNT_OF(masks) / 2);
}

static uint32_t random_state = 7;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)random_state * n) >> 32);
}

static void verify_bounds_random_words(void **state)
{
    (void)state;
    uint32_t *words = (uint32_t *)(void *)subject.bytes;
    copy intact = {malloc(subject.length), subject.length};
    assert_non_null(intact.bytes);
    memcpy(intact.bytes, subject.bytes, subject.length);
    for (int round = 0; round < 20000; round++) {
        for (uint32_t n = 1 + random_below(3); n > 0; n--) {
            uint32_t at = random_below((uint32_t)(subject.length / 4));
            words[at] = random_below(4) == 0 ? random_below(UINT32_MAX) : random_below(40);
        }
        survives(subject);
        memcpy(subject.bytes, intact.bytes, subject.length);
    }
    free(intact.bytes);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(verify_accepts_what_compile_makes),
        TEST(verify_rejects_every_truncation),
        TEST(verify_rejects_a_foreign_header),
        TEST(verify_rejects_a_wrong_checksum),
        TEST(the_checksum_is_that_of_the_format),
        TEST(verify_rejects_sections_out_of_place),
        TEST(verify_rejects_an_element_too_many),
        TEST(verify_rejects_an_element_too_few),
        TEST(verify_rejects_texts_without_an_owner),
        TEST(verify_rejects_bytes_in_a_gap),
        TEST(verify_rejects_strings_outside_the_bytes),
        TEST(verify_accepts_an_empty_string_behind_the_last_byte),
        TEST(verify_rejects_facts_that_do_not_exist),
        TEST(verify_rejects_bad_patterns),
        TEST(verify_rejects_a_header_that_is_wrong_about_kinds),
        TEST(verify_rejects_ranges_that_are_not_in_order),
        TEST(verify_rejects_elements_of_nobody),
        TEST(verify_rejects_a_misplaced_ellipsis),
        TEST(one_value_or_field_is_too_many_for_a_kind_without),
        TEST(verify_looks_at_no_field_behind_the_last),
        TEST(verify_rejects_bad_values),
        TEST(verify_rejects_a_backward_jump),
        TEST(verify_rejects_a_jump_into_an_instruction),
        TEST(verify_rejects_bad_instructions),
        TEST(verify_lets_a_jump_go_to_instructions_alone),
        TEST(verify_rejects_code_of_no_words),
        TEST(verify_rejects_code_that_is_too_long),
        TEST(verify_rejects_strings_that_are_too_long),
        TEST(verify_rejects_no_patterns),
        TEST(a_program_that_runs_no_pattern_has_no_probe),
        TEST(verify_bounds_the_number_of_patterns),
        TEST(verify_rejects_bad_triggers),
        TEST(verify_rejects_triggers_that_repeat_a_pattern),
        TEST(verify_rejects_nodes_that_form_no_tree),
        TEST(verify_asks_for_a_root_and_no_more),
        TEST(verify_rejects_an_edge_behind_the_last_node),
        TEST(verify_rejects_a_leaf_behind_the_last),
        TEST(verify_rejects_bad_edges),
        TEST(verify_rejects_bad_edges_of_later_nodes),
        TEST(verify_rejects_a_node_that_no_edge_leads_to),
        TEST(verify_rejects_leaves_and_slots_of_two_owners),
        TEST(verify_rejects_bad_accessors_and_counts),
        TEST(verify_rejects_bad_texts),
        TEST(verify_rejects_a_glob_that_needs_what_it_does_not_say),
        TEST(verify_rejects_needles_away_from_the_message),
        TEST(verify_rejects_an_empty_needle),
        TEST(verify_rejects_tables_of_wrong_sizes),
        TEST(verify_asks_for_a_free_slot),
        TEST(verify_rejects_an_entry_behind_a_free_slot),
        TEST(verify_bounds_the_steps_of_a_search),
        TEST(verify_rejects_entries_that_a_search_would_miss),
        TEST(verify_rejects_digits_that_are_none),
        TEST(verify_rejects_numbers_spelled_otherwise),
        TEST(verify_rejects_exponents_out_of_range),
        TEST(verify_accepts_exponents_at_their_bounds),
        TEST(verify_accepts_numbers_that_ascend_or_are_equal),
        TEST(verify_points_at_the_byte_that_is_no_digit),
        TEST(verify_rejects_numbers_that_do_not_ascend),
        TEST(verify_rejects_bad_automata),
        TEST(verify_finds_each_of_many_automata),
        TEST(verify_bounds_every_byte),
        TEST(verify_bounds_random_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
