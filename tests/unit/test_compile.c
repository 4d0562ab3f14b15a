/* Trees to programs: what is shared, what each test asks for, what triggers it; the order of code. */
#include "program.h"

#include "base/hash.h"
#include "program/seal.h"
#include "program/table.h"

static const ctfi_image_node *node_at(const ctf_filter *filter, const char *path)
{
    const ctfi_image *image = filter->image;
    const ctfi_image_node *nodes = ctfi_image_NODES(image);
    uint32_t node = 0;
    while (*path != '\0') {
        size_t length = strcspn(path, ".");
        ctfi_bytes key = {(const unsigned char *)path, length};
        node = length == 1 && *path == '*'
                   ? nodes[node].any
                   : ctfi_table_find(image, CTFI_SECTION_KEY_SLOTS, ctfi_image_KEYS(image), node, key);
        assert_true(node < ctfi_image_count_of(image, CTFI_SECTION_NODES));
        path += length + (path[length] == '.');
    }
    return &nodes[node];
}

static const ctfi_image_leaf *leaf_at(const ctf_filter *filter, const char *path)
{
    uint32_t leaf = node_at(filter, path)->leaf;
    assert_int_not_equal(leaf, CTFI_NONE);
    return ctfi_image_LEAVES(filter->image) + leaf;
}

static ctfi_image_text text_at(const ctf_filter *filter, uint32_t leaf, const char *text)
{
    const ctfi_image *image = filter->image;
    ctfi_bytes key = {(const unsigned char *)text, strlen(text)};
    uint32_t index = ctfi_table_find(image, CTFI_SECTION_TEXT_SLOTS, ctfi_image_TEXTS(image), leaf, key);
    assert_int_not_equal(index, CTFI_NONE);
    return ctfi_image_TEXT_FACTS(image)[index];
}

/* Asserts a pattern's code, `n` words. */
static void assert_code(const ctf_filter *filter, size_t pattern, const uint32_t *words, uint32_t n)
{
    ctfi_range code = ctfi_image_PATTERNS(filter->image)[pattern].code;
    assert_int_equal(code.count, n);
    assert_memory_equal(ctfi_image_CODE(filter->image) + code.first, words, n * sizeof *words);
}

#define ASSERT_CODE(filter, pattern, ...)                                  \
    assert_code((filter), (pattern), (const uint32_t[]){__VA_ARGS__},      \
                (uint32_t)COUNT_OF(((const uint32_t[]){__VA_ARGS__})))

enum { MATCH = CTFI_OP_MATCH, HALT = CTFI_OP_HALT, UNLESS = CTFI_OP_UNLESS, WHEN = CTFI_OP_WHEN };

static void compile_gives_match_all_no_condition(void **state)
{
    (void)state;
    ctf_filter *filter = COMPILE("", "[]", "[...]");
    for (size_t i = 0; i < 3; i++)
        ASSERT_CODE(filter, i, MATCH, HALT);
    assert_int_equal(ctfi_image_count_of(filter->image, CTFI_SECTION_ALWAYS), 3);
    assert_int_equal(filter->image->n_facts, 0);
    assert_int_equal(filter->image->has_json, 0);
    assert_int_equal(filter->image->has_fields, 1);
    ctf_filter_free(filter);
}

static void compile_shares_what_patterns_have_in_common(void **state)
{
    (void)state;
    ctf_filter *filter = COMPILE("{ $.a.b = x }", "{ $.a.b = \"x\" && $.a.c = %y% }",
                                 "{ $.a.['b'] = x || $.d = %y% }");
    const ctfi_image *image = filter->image;
    assert_int_equal(ctfi_image_count_of(image, CTFI_SECTION_NODES), 5);
    assert_int_equal(ctfi_image_count_of(image, CTFI_SECTION_TEXTS), 1);
    assert_int_equal(ctfi_image_count_of(image, CTFI_SECTION_REGEXES), 2);
    assert_int_equal(ctfi_image_count_of(image, CTFI_SECTION_AUTOMATON_STARTS), 2);
    assert_int_equal(image->n_facts, 3);
    ctf_filter_free(filter);
}

static void compile_keeps_the_order_of_the_text_in_code(void **state)
{
    (void)state;
    ctf_filter *filter = COMPILE("{ ($.a = x || $.b = x) && $.c = x || $.d = x && $.e = x }");
    ASSERT_CODE(filter, 0, WHEN, 0, 6, UNLESS, 1, 9, WHEN, 2, 15, UNLESS, 3, 16, UNLESS, 4, 16, MATCH, HALT);
    ctf_filter_free(filter);
}

static void compile_guards_an_inequality(void **state)
{
    (void)state;
    ctf_filter *filter = COMPILE("{ $.a != x }", "{ $.b != 1 }", "{ $.c[*].d != x }", "{ $.* != 1 }");
    uint32_t x = text_at(filter, node_at(filter, "a")->leaf, "x").always;
    ASSERT_CODE(filter, 0, UNLESS, node_at(filter, "a")->textual, 7, WHEN, x, 7, MATCH, HALT);
    uint32_t one = text_at(filter, node_at(filter, "b")->leaf, "1").strings;
    ASSERT_CODE(filter, 1, UNLESS, node_at(filter, "b")->comparable, 7, WHEN, one, 7, MATCH, HALT);
    x = text_at(filter, node_at(filter, "c.*.d")->leaf, "x").always;
    ASSERT_CODE(filter, 2, UNLESS, node_at(filter, "c")->present, 7, WHEN, x, 7, MATCH, HALT);
    one = text_at(filter, node_at(filter, "*")->leaf, "1").strings;
    ASSERT_CODE(filter, 3, UNLESS, node_at(filter, "")->present, 7, WHEN, one, 7, MATCH, HALT);
    ctf_filter_free(filter);
}

static void compile_compares_a_bare_number_by_text_and_by_value(void **state)
{
    (void)state;
    ctf_filter *filter = COMPILE("{ $.a = 7 }", "{ $.a = \"7\" }", "{ $.a = 7.0 }", "{ $.a < 7 }");
    uint32_t leaf = node_at(filter, "a")->leaf;
    const ctfi_image_number *numbers = ctfi_image_NUMBERS(filter->image);
    assert_int_equal(leaf_at(filter, "a")->numbers.count, 2);
    assert_int_equal(text_at(filter, leaf, "7").strings, numbers[0].equal);
    assert_int_equal(text_at(filter, leaf, "7.0").strings, numbers[1].equal);
    assert_int_not_equal(numbers[0].equal, numbers[1].equal);
    assert_int_not_equal(text_at(filter, leaf, "7").always, numbers[0].equal);
    assert_int_equal(text_at(filter, leaf, "7.0").always, CTFI_NONE);
    assert_int_not_equal(numbers[0].less, CTFI_NONE);
    ctf_filter_free(filter);
}

static void compile_sorts_numbers_by_value(void **state)
{
    (void)state;
    ctf_filter *filter = COMPILE("{ $.a > 10 || $.a > 9.5 || $.a > -3 || $.a > 0 || $.a > -0.0 || $.a > 1e3 }");
    const ctfi_image_number *numbers = ctfi_image_NUMBERS(filter->image);
    static const uint32_t order[] = {2, 3, 4, 1, 0, 5}; /* facts in the order of the text */
    assert_int_equal(leaf_at(filter, "a")->numbers.count, 6);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(numbers[i].greater, order[i]);
    assert_int_equal(numbers[1].digits.length, 0);
    assert_int_equal(numbers[2].negative, 0);
    assert_int_equal(numbers[3].digits.length, 2);
    ctf_filter_free(filter);
}

static void compile_reads_stars_alone_as_any_text(void **state)
{
    (void)state;
    ctf_filter *filter = COMPILE("{ $.a = * }", "{ $.b = \"**\" }", "{ $.c = *x }");
    ASSERT_CODE(filter, 0, UNLESS, node_at(filter, "a")->textual, 4, MATCH, HALT);
    ASSERT_CODE(filter, 1, UNLESS, node_at(filter, "b")->textual, 4, MATCH, HALT);
    assert_int_equal(node_at(filter, "a")->leaf, CTFI_NONE);
    assert_int_equal(leaf_at(filter, "c")->globs.count, 1);
    ctf_filter_free(filter);
}

static void compile_looks_for_null_inside_arrays_only_without_a_wildcard(void **state)
{
    (void)state;
    ctf_filter *filter = COMPILE("{ $.a IS NULL }", "{ $.b[*] IS NULL }",
                                 "{ $.c IS TRUE || $.c IS FALSE || $.d NOT EXISTS }");
    assert_int_equal(node_at(filter, "a")->null, node_at(filter, "a")->null_inside);
    assert_int_not_equal(node_at(filter, "b.*")->null, CTFI_NONE);
    assert_int_equal(node_at(filter, "b.*")->null_inside, CTFI_NONE);
    const ctfi_image_node *c = node_at(filter, "c");
    ASSERT_CODE(filter, 2, WHEN, c->is_true, 9, WHEN, c->is_false, 9, WHEN, node_at(filter, "d")->present, 10,
                MATCH, HALT);
    ctf_filter_free(filter);
}

static void compile_numbers_nodes_breadth_first(void **state)
{
    (void)state;
    ctf_filter *filter = COMPILE("{ $.a.b[7] = 1 && $.c = 1 && $.a.b[2] = 1 && $.a.b[*] = 1 }");
    const ctfi_image *image = filter->image;
    const ctfi_image_node *nodes = ctfi_image_NODES(image);
    static const uint32_t parents[] = {CTFI_NONE, 0, 0, 1, 3, 3, 3};
    assert_int_equal(ctfi_image_count_of(image, CTFI_SECTION_NODES), COUNT_OF(parents));
    for (size_t i = 0; i < COUNT_OF(parents); i++)
        assert_int_equal(nodes[i].parent, parents[i]);
    assert_int_equal(nodes[3].any, 4);
    assert_int_equal(ctfi_image_INDEXES(image)[0].index, 2);
    assert_int_equal(ctfi_image_INDEXES(image)[1].index, 7);
    assert_true(nodes[0].key_classes == UINT64_MAX); /* keys of one byte */
    ctf_filter_free(filter);
}

static void compile_searches_the_message_for_text_terms(void **state)
{
    (void)state;
    ctf_filter *filter = COMPILE("a -b", "?a ?c", "?a -b", "%a+%", "-b");
    ASSERT_CODE(filter, 0, UNLESS, 0, 7, WHEN, 1, 7, MATCH, HALT);
    ASSERT_CODE(filter, 1, WHEN, 0, 6, UNLESS, 2, 7, MATCH, HALT);
    ASSERT_CODE(filter, 2, WHEN, 1, 4, MATCH, HALT);
    ASSERT_CODE(filter, 3, UNLESS, 3, 4, MATCH, HALT);
    const ctfi_image_leaf *leaf = ctfi_image_LEAVES(filter->image) + filter->image->message;
    assert_int_equal(leaf->needles.count, 3);
    assert_int_equal(leaf->regexes.count, 1);
    static const uint32_t always[] = {2, 4};
    assert_int_equal(ctfi_image_count_of(filter->image, CTFI_SECTION_ALWAYS), 2);
    assert_memory_equal(ctfi_image_ALWAYS(filter->image), always, sizeof always);
    ctf_filter_free(filter);
}

static void assert_accessor(const ctf_filter *filter, size_t at, uint32_t type, uint32_t index)
{
    const ctfi_image_accessor *accessor = ctfi_image_ACCESSORS(filter->image) + at;
    assert_int_equal(accessor->type, type);
    assert_int_equal(accessor->index, index);
    assert_int_equal(ctfi_image_LEAVES(filter->image)[accessor->leaf].numeric, 1);
}

static void compile_places_fields_among_the_tokens(void **state)
{
    (void)state;
    ctf_filter *filter = COMPILE("[a=1, b=1, c=1]", "[a=1, ..., b=1, c=1]", "[a=1]", "[..., a=1]");
    assert_int_equal(ctfi_image_count_of(filter->image, CTFI_SECTION_ACCESSORS), 6);
    assert_accessor(filter, 0, CTFI_FROM_START, 0);
    assert_accessor(filter, 1, CTFI_FROM_START, 1);
    assert_accessor(filter, 2, CTFI_REST, 2);
    assert_accessor(filter, 3, CTFI_FROM_END, 1);
    assert_accessor(filter, 4, CTFI_FROM_END, 0);
    assert_accessor(filter, 5, CTFI_REST, 0);
    static const ctfi_image_count counts[] = {{1, 6}, {3, 0}};
    assert_int_equal(ctfi_image_count_of(filter->image, CTFI_SECTION_COUNTS), 2);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(ctfi_image_COUNTS(filter->image)[i].tokens, counts[i].tokens);
    ctf_filter_free(filter);
}

static void compile_counts_tokens_before_it_tests_fields(void **state)
{
    (void)state;
    ctf_filter *filter = COMPILE("[a, b != x || b = 2]", "[, ]");
    uint32_t two = ctfi_image_COUNTS(filter->image)[0].fact;
    const ctfi_image_pattern *pattern = ctfi_image_PATTERNS(filter->image);
    const uint32_t *code = ctfi_image_CODE(filter->image) + pattern->code.first;
    assert_int_equal(code[0], UNLESS);
    assert_int_equal(code[1], two);
    assert_int_equal(code[3], UNLESS);
    assert_int_equal(code[5], 9);
    ASSERT_CODE(filter, 1, UNLESS, two, 4, MATCH, HALT);
    assert_int_equal(pattern->fields.count, 2);
    assert_int_equal(ctfi_image_count_of(filter->image, CTFI_SECTION_TEXTS), 1);
    ctf_filter_free(filter);
}

static void assert_value(const ctf_filter *filter, size_t at, uint32_t source, uint32_t index)
{
    assert_int_equal(ctfi_image_VALUES(filter->image)[at].source, source);
    assert_int_equal(ctfi_image_VALUES(filter->image)[at].index, index);
}

static void compile_extracts_json_values_into_slots(void **state)
{
    (void)state;
    const char *const selectors[] = {"$.x.y", "$.a", "$.x.y"};
    ctf_filter *filter = compile_with("{ $.a = 1 }", selectors, 3);
    assert_int_equal(filter->image->n_slots, 2);
    assert_value(filter, 0, CTFI_VALUE_SLOT, node_at(filter, "x.y")->slot);
    assert_value(filter, 1, CTFI_VALUE_SLOT, node_at(filter, "a")->slot);
    assert_value(filter, 2, CTFI_VALUE_SLOT, node_at(filter, "x.y")->slot);
    ctf_filter_free(filter);
}

static void compile_extracts_fields_by_name_and_number(void **state)
{
    (void)state;
    const char *const selectors[] = {"$a", "$c", "$2", "$3", "$4"};
    ctf_filter *filter = compile_with("[a, b, c]", selectors, 5);
    assert_value(filter, 0, CTFI_VALUE_FROM_START, 0);
    assert_value(filter, 1, CTFI_VALUE_REST, 2);
    assert_value(filter, 2, CTFI_VALUE_FROM_START, 1);
    assert_value(filter, 3, CTFI_VALUE_REST, 2);
    assert_value(filter, 4, CTFI_VALUE_FROM_START, CTFI_NONE);
    ctf_filter_free(filter);
    filter = compile_with("[a, ..., c]", selectors, 5);
    assert_value(filter, 1, CTFI_VALUE_FROM_END, 0);
    assert_value(filter, 3, CTFI_VALUE_FROM_START, 2);
    assert_value(filter, 4, CTFI_VALUE_FROM_START, 3);
    ctf_filter_free(filter);
    filter = compile_with("[]", selectors + 2, 1);
    assert_value(filter, 0, CTFI_VALUE_FROM_START, 1);
    ctf_filter_free(filter);
}

static void compile_refuses_to_extract_what_the_kind_cannot_have(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"ERROR", "$.a"},       {"%x%", "$1"},        {"", "$.a"},
        {"{ $.a = 1 }", "$a"},  {"{ $.a = 1 }", "$1"}, {"{ $.a = 1 }", "$.a[*]"},
        {"{ $.a = 1 }", "$.*"}, {"{ $.a = 1 }", "x"},  {"[a, b]", "$.a"},
        {"[a, b]", "$c"},       {"[a, ...]", "$..."}, {"[a, b]", ""}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        ctf_text extract = view(cases[i][1]);
        ctf_pattern patterns[2] = {pattern_of("x"), {view(cases[i][0]), view(""), &extract, 1}};
        ctf_filter *filter;
        ctf_error error;
        assert_int_equal(ctf_filter_compile(patterns, 2, NULL, &filter, &error), CTF_E_PATTERN);
        assert_null(filter);
        assert_int_equal(error.kind, CTF_ERROR_SELECTOR);
        assert_int_equal(error.pattern, 1);
        assert_true(error.offset + error.length <= extract.length);
        assert_true(error.message[0] != '\0');
    }
}

static void compile_triggers_on_the_rarest_fact(void **state)
{
    (void)state;
    ctf_filter *filter = COMPILE("{ $.source = s && $.name = a && $.x = * }", "{ $.source = s && $.name = b }",
                                 "{ $.source = s && ($.name = a || $.name = b) && $.name != c }",
                                 "{ $.z = *y && $.source = t }", "{ $.x = * && $.y IS TRUE }",
                                 "{ $.x = 1 || $.y NOT EXISTS }");
    const ctfi_image *image = filter->image;
    const uint32_t *starts = ctfi_image_TRIGGER_STARTS(image);
    const uint32_t *triggers = ctfi_image_TRIGGERS(image);
    uint32_t names = node_at(filter, "name")->leaf;
    uint32_t a = text_at(filter, names, "a").always;
    uint32_t b = text_at(filter, names, "b").always;
    uint32_t s = text_at(filter, node_at(filter, "source")->leaf, "s").always;
    uint32_t t = text_at(filter, node_at(filter, "source")->leaf, "t").always;
    uint32_t is_true = node_at(filter, "y")->is_true;
    assert_int_equal(starts[a + 1] - starts[a], 1);
    assert_int_equal(triggers[starts[a]], 0);
    assert_int_equal(starts[b + 1] - starts[b], 1);
    assert_int_equal(triggers[starts[b]], 1);
    assert_int_equal(starts[s + 1] - starts[s], 1); /* two of three names are likelier than one of two sources */
    assert_int_equal(triggers[starts[s]], 2);
    assert_int_equal(triggers[starts[t]], 3);
    assert_int_equal(triggers[starts[is_true]], 4);
    assert_int_equal(ctfi_image_count_of(image, CTFI_SECTION_ALWAYS), 1);
    assert_int_equal(ctfi_image_ALWAYS(image)[0], 5);
    ctf_filter_free(filter);
}

/* ---- formulas: the code and the triggers against plain evaluation ---- */

#define N_FACTS 7

static uint32_t random_state = 1;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % n;
}

/* Appends a random formula of at most `depth` levels. */
static void random_formula(ctfi_plan *plan, int depth)
{
    uint32_t n = 1 + random_below(4);
    if (depth == 0 || random_below(3) == 0) {
        bool negated = random_below(3) == 0;
        ctfi_plan_push(plan, negated ? CTFI_FORMULA_NOT : CTFI_FORMULA_FACT, random_below(N_FACTS));
        return;
    }
    for (uint32_t i = 0; i < n; i++)
        random_formula(plan, depth - 1);
    ctfi_plan_push(plan, random_below(2) == 0 ? CTFI_FORMULA_ALL : CTFI_FORMULA_ANY, n);
}

static bool holds(const ctfi_formula *formula, size_t n, uint32_t facts)
{
    bool stack[512];
    size_t depth = 0;
    for (size_t i = 0; i < n; i++) {
        bool all = formula[i].type == CTFI_FORMULA_ALL;
        bool result = all;
        switch (formula[i].type) {
        case CTFI_FORMULA_FACT:
        case CTFI_FORMULA_NOT:
            result = (facts >> formula[i].operand & 1) == (formula[i].type == CTFI_FORMULA_FACT);
            break;
        default:
            for (uint32_t k = 0; k < formula[i].operand; k++)
                result = all ? result & stack[--depth] : result | stack[--depth];
        }
        stack[depth++] = result;
    }
    assert_int_equal(depth, 1);
    return stack[0];
}

static bool run(const uint32_t *code, uint32_t facts)
{
    for (uint32_t at = 0;;) {
        if (code[at] == MATCH || code[at] == HALT)
            return code[at] == MATCH;
        bool set = (facts >> code[at + 1] & 1) != 0;
        assert_true(code[at + 2] > at);
        at = set == (code[at] == WHEN) ? code[at + 2] : at + 3;
    }
}

static bool triggered(const ctfi_triggers *triggers, uint32_t pattern, uint32_t facts)
{
    for (size_t i = 0; i < triggers->always.n; i++)
        if (triggers->always.at[i] == pattern)
            return true;
    for (uint32_t fact = 0; fact < N_FACTS; fact++)
        for (uint32_t i = triggers->starts.at[fact]; i < triggers->starts.at[fact + 1]; i++)
            if ((facts >> fact & 1) != 0 && triggers->patterns.at[i] == pattern)
                return true;
    return false;
}

#define N_FORMULAS 300

static void check_formulas(ctfi_job *job, void *context)
{
    ctfi_plan plan;
    ctfi_triggers triggers;
    (void)context;
    memset(&triggers, 0, sizeof triggers);
    ctfi_plan_init(&plan, job);
    for (uint32_t i = 0; i < N_FACTS; i++)
        ctfi_plan_fact_new(&plan, (ctfi_fact_class)(1 + i % 4), CTFI_NONE);
    for (uint32_t i = 0; i < N_FORMULAS; i++) {
        ctfi_plan_pattern *pattern = CTFI_APPEND(job, &plan.patterns);
        memset(pattern, 0, sizeof *pattern);
        pattern->formula.first = (uint32_t)plan.formulas.n;
        random_formula(&plan, 4);
        pattern->formula.count = (uint32_t)plan.formulas.n - pattern->formula.first;
    }
    ctfi_plan_triggers(&plan, &triggers);
    for (uint32_t i = 0; i < N_FORMULAS; i++) {
        const ctfi_formula *formula = plan.formulas.at + plan.patterns.at[i].formula.first;
        ctfi_words code = {NULL, 0, 0};
        ctfi_emit(job, &code, formula, plan.patterns.at[i].formula.count);
        for (uint32_t facts = 0; facts < 1u << N_FACTS; facts++) {
            bool expected = holds(formula, plan.patterns.at[i].formula.count, facts);
            assert_int_equal(run(code.at, facts), expected);
            assert_true(!expected || triggered(&triggers, i, facts));
        }
    }
}

static void in_a_job(void (*body)(ctfi_job *job, void *context))
{
    ctfi_job job;
    assert_int_equal(ctfi_job_run(&job, NULL, body, NULL), CTF_OK);
    ctfi_arena_free(&job.arena);
}

static void code_and_triggers_agree_with_the_formula(void **state)
{
    (void)state;
    in_a_job(check_formulas);
}

/* ---- tables and sorting ---- */

#define COLLIDING 40

static void check_collisions(ctfi_job *job, void *context)
{
    ctfi_image_entry entries[COLLIDING];
    unsigned char bytes[COLLIDING * 4];
    ctfi_table keys = {entries, COLLIDING, NULL, 0};
    ctfi_table none = {NULL, 0, NULL, 0};
    uint32_t n = 0;
    (void)context;
    for (uint32_t word = 0; n < COLLIDING; word++) {
        memcpy(bytes + 4 * n, &word, 4);
        entries[n] = (ctfi_image_entry){0, {4 * n, 4}, n};
        n += (ctfi_key_hash(0, 0, (ctfi_bytes){bytes + 4 * n, 4}) & 127) == 5;
    }
    uint32_t slots[128];
    assert_false(ctfi_table_fill(slots, 128, 0, entries, COLLIDING, bytes));
    assert_true(ctfi_table_fill(slots, 128, 0, entries, CTFI_PROBE_MAX, bytes));
    assert_int_not_equal(ctfi_tables_build(job, &keys, &none, bytes), 0);
    assert_true(keys.n_slots >= 128);
    assert_int_equal(none.n_slots, 1);
    assert_int_equal(none.slots[0], CTFI_NONE);
}

static void table_takes_another_seed_when_keys_collide(void **state)
{
    (void)state;
    in_a_job(check_collisions);
}

static void build_one_hash(ctfi_job *job, void *context)
{
    ctfi_image_entry entries[COLLIDING];
    ctfi_table keys = {entries, COLLIDING, NULL, 0};
    ctfi_table none = {NULL, 0, NULL, 0};
    (void)context;
    for (uint32_t i = 0; i < COLLIDING; i++)
        entries[i] = (ctfi_image_entry){0, {0, 4}, i};
    ctfi_tables_build(job, &keys, &none, (const unsigned char *)"same");
}

static void table_gives_up_where_no_seed_helps(void **state)
{
    (void)state;
    ctfi_job job;
    assert_int_equal(ctfi_job_run(&job, NULL, build_one_hash, NULL), CTF_E_LIMIT);
    assert_int_equal(job.error.kind, CTF_ERROR_LIMIT);
    ctfi_arena_free(&job.arena);
}

static void check_intern(ctfi_job *job, void *context)
{
    static unsigned char names[20000][2];
    ctfi_intern table = {.n_slots = 0};
    (void)context;
    for (uint32_t round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 20000; i++) {
            names[i][0] = (unsigned char)(i & 0xFF);
            names[i][1] = (unsigned char)(i >> 8);
            ctfi_bytes key = {names[i], 2};
            uint32_t *value = ctfi_intern_find(job, &table, CTFI_SPACE_KEY, i % 3, key);
            assert_int_equal(*value, round == 0 ? UINT32_MAX : i);
            *value = i;
        }
    ctfi_bytes key = {names[7], 2};
    assert_int_equal(*ctfi_intern_find(job, &table, CTFI_SPACE_TEXT, 1, key), UINT32_MAX);
    assert_int_equal(*ctfi_intern_find(job, &table, CTFI_SPACE_KEY, 2, key), UINT32_MAX);
    assert_int_equal(*ctfi_intern_find(job, &table, CTFI_SPACE_KEY, 1, key), 7);
}

/* The hash under which the table files a key. */
static uint64_t intern_hash(const ctfi_intern *table, ctfi_bytes key)
{
    return ctfi_hash(table->seed + (uint64_t)CTFI_SPACE_KEY, 0, key.data, key.length);
}

static void collide_while_interning(ctfi_job *job, void *context)
{
    enum { N = 130 };
    static uint32_t words[N];
    ctfi_intern table = {.n_slots = 0};
    (void)context;
    for (uint32_t i = 0; i < N; i++) /* so many slots that the next ones need no more */
        words[i] = i, *ctfi_intern_find(job, &table, CTFI_SPACE_KEY, 1, (ctfi_bytes){(unsigned char *)&words[i], 4}) = i;
    uint64_t seed = table.seed;
    uint32_t *keys = ctfi_job_alloc(job, N, sizeof *keys), n = 0;
    for (uint32_t word = 0; table.seed == seed && n < N; word++) {
        keys[n] = word;
        ctfi_bytes key = {(unsigned char *)&keys[n], 4};
        if ((intern_hash(&table, key) & (table.n_slots - 1)) == 9)
            *ctfi_intern_find(job, &table, CTFI_SPACE_KEY, 0, key) = word, n++;
    }
    assert_true(table.seed != seed);
    assert_true(n < N);
    for (uint32_t i = 0; i < n; i++)
        assert_int_equal(*ctfi_intern_find(job, &table, CTFI_SPACE_KEY, 0, (ctfi_bytes){(unsigned char *)&keys[i], 4}),
                         keys[i]);
}

static void intern_takes_another_seed_when_keys_collide(void **state)
{
    (void)state;
    in_a_job(collide_while_interning);
}

/* A table that holds one key many times, as no seed can help. */
static void intern_one_hash(ctfi_job *job, void *context)
{
    ctfi_intern table = {.n_slots = 0};
    const ctfi_bytes same = {(const unsigned char *)"same", 4};
    (void)context;
    for (uint32_t i = 0; i < 100; i++)
        *CTFI_APPEND(job, &table.entries) = (ctfi_interned){0, same, 0, CTFI_SPACE_KEY, i};
    ctfi_intern_find(job, &table, CTFI_SPACE_KEY, 0, (ctfi_bytes){(const unsigned char *)"x", 1});
}

static void intern_gives_up_where_no_seed_helps(void **state)
{
    (void)state;
    ctfi_job job;
    assert_int_equal(ctfi_job_run(&job, NULL, intern_one_hash, NULL), CTF_E_LIMIT);
    assert_int_equal(job.error.kind, CTF_ERROR_LIMIT);
    ctfi_arena_free(&job.arena);
}

static void intern_tells_spaces_owners_and_bytes_apart(void **state)
{
    (void)state;
    in_a_job(check_intern);
}

typedef struct ranked {
    uint32_t rank;
    uint32_t place;
} ranked;

static int by_rank(const void *a, const void *b)
{
    uint32_t x = ((const ranked *)a)->rank;
    uint32_t y = ((const ranked *)b)->rank;
    return (x > y) - (x < y);
}

static void check_sort(ctfi_job *job, void *context)
{
    ranked all[200];
    (void)context;
    for (uint32_t n = 0; n <= 200; n++) {
        for (uint32_t i = 0; i < n; i++)
            all[i] = (ranked){random_below(20), i};
        ctfi_sort(job, all, n, sizeof *all, by_rank);
        for (uint32_t i = 1; i < n; i++)
            assert_true(all[i - 1].rank < all[i].rank ||
                        (all[i - 1].rank == all[i].rank && all[i - 1].place < all[i].place));
    }
}

static void sort_keeps_equal_elements_in_order(void **state)
{
    (void)state;
    in_a_job(check_sort);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compile_gives_match_all_no_condition),
        cmocka_unit_test(compile_shares_what_patterns_have_in_common),
        cmocka_unit_test(compile_keeps_the_order_of_the_text_in_code),
        cmocka_unit_test(compile_guards_an_inequality),
        cmocka_unit_test(compile_compares_a_bare_number_by_text_and_by_value),
        cmocka_unit_test(compile_sorts_numbers_by_value),
        cmocka_unit_test(compile_reads_stars_alone_as_any_text),
        cmocka_unit_test(compile_looks_for_null_inside_arrays_only_without_a_wildcard),
        cmocka_unit_test(compile_numbers_nodes_breadth_first),
        cmocka_unit_test(compile_searches_the_message_for_text_terms),
        cmocka_unit_test(compile_places_fields_among_the_tokens),
        cmocka_unit_test(compile_counts_tokens_before_it_tests_fields),
        cmocka_unit_test(compile_extracts_json_values_into_slots),
        cmocka_unit_test(compile_extracts_fields_by_name_and_number),
        cmocka_unit_test(compile_refuses_to_extract_what_the_kind_cannot_have),
        cmocka_unit_test(compile_triggers_on_the_rarest_fact),
        cmocka_unit_test(code_and_triggers_agree_with_the_formula),
        cmocka_unit_test(table_takes_another_seed_when_keys_collide),
        cmocka_unit_test(table_gives_up_where_no_seed_helps),
        cmocka_unit_test(intern_takes_another_seed_when_keys_collide),
        cmocka_unit_test(intern_gives_up_where_no_seed_helps),
        cmocka_unit_test(intern_tells_spaces_owners_and_bytes_apart),
        cmocka_unit_test(sort_keeps_equal_elements_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
