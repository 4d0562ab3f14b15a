/* The verifier's bounds on sections, strings, patterns and code, each broken by hand. */
#include "verify_kit.h"

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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
