/* The entry points of filters: misuse, errors, memory that runs out, saving and loading, size. */
#include "meter.h"
#include "program.h"

typedef ctf_status (*attempt)(const ctf_options *options, ctf_error *error, void *context);

/* Lets every allocation of an attempt fail, once and for good; it must say so and leave nothing. */
static void fail_each_allocation(attempt try_it, void *context, bool for_good)
{
    for (size_t fail_at = 1;; fail_at++) {
        meter m = {.fail_at = fail_at, .for_good = for_good};
        ctf_allocator allocator = {metered, &m};
        ctf_options options = {sizeof options, &allocator};
        ctf_error error;
        ctf_status status = try_it(&options, &error, context);
        assert_int_equal(m.live, 0);
        if (m.calls < fail_at) {
            assert_int_equal(status, CTF_OK);
            assert_true(fail_at > 1);
            return;
        }
        assert_int_equal(status, CTF_E_NOMEM);
        assert_int_equal(error.kind, CTF_ERROR_MEMORY);
        assert_true(error.message[0] != '\0');
    }
}

static ctf_status compile_some(const ctf_options *options, ctf_error *error, void *context)
{
    ctf_text json[] = {view("$.a.b"), view("$.x[3]")};
    ctf_text fields[] = {view("$a"), view("$3")};
    ctf_pattern patterns[] = {
        {view("{ $.a = x && ($.b[*] != 3 || $.c > 1.50 || $.d[2] IS NULL) && $.e = %x+y% }"), view("n"),
         json, 2},
        {view("[a = 1, ..., b = \"q*\"]"), view(""), fields, 2},
        pattern_of("ERROR -warn"),
        pattern_of("{ $.p = 1 || $.q = 2 || $.r = 3 || $.s = 4 || $.t = 5 || $.u = 6 || $.v = 7 || $.w = 8 }"),
        {view(""), view(""), NULL, 0},
    };
    ctf_filter *filter;
    (void)context;
    ctf_status status = ctf_filter_compile(patterns, COUNT_OF(patterns), options, &filter, error);
    assert_true((status == CTF_OK) == (filter != NULL));
    ctf_filter_free(filter);
    return status;
}

static void compile_survives_every_failing_allocation(void **state)
{
    (void)state;
    fail_each_allocation(compile_some, NULL, false);
    fail_each_allocation(compile_some, NULL, true);
}

static ctf_status load_some(const ctf_options *options, ctf_error *error, void *context)
{
    ctf_text image = ctf_filter_image(context);
    ctf_filter *filter;
    ctf_status status = ctf_filter_load(image.data, image.length, options, &filter, error);
    assert_true((status == CTF_OK) == (filter != NULL));
    ctf_filter_free(filter);
    return status;
}

static void load_survives_every_failing_allocation(void **state)
{
    (void)state;
    ctf_filter *filter = COMPILE("{ $.a = x }", "ERROR");
    fail_each_allocation(load_some, filter, false);
    fail_each_allocation(load_some, filter, true);
    ctf_filter_free(filter);
}

static ctf_status print_some(const ctf_options *options, ctf_error *error, void *context)
{
    growing text = {NULL, 0};
    (void)context;
    ctf_text pattern = view("{($.a=1)&&$.b!=\"x\"||$.c is null}");
    ctf_status status = ctf_pattern_print(pattern, options, grow, &text, error);
    free(text.data);
    return status;
}

static void print_survives_every_failing_allocation(void **state)
{
    (void)state;
    fail_each_allocation(print_some, NULL, false);
    fail_each_allocation(print_some, NULL, true);
}

static void compile_refuses_misuse(void **state)
{
    (void)state;
    ctf_pattern good = pattern_of("x");
    ctf_filter *filter = (ctf_filter *)(void *)&good;
    ctf_error error;
    ctf_options options = {0, NULL};
    assert_int_equal(ctf_filter_compile(&good, 1, NULL, NULL, &error), CTF_E_ARGUMENT);
    assert_int_equal(error.kind, CTF_ERROR_ARGUMENT);
    assert_int_equal(ctf_filter_compile(NULL, 1, NULL, &filter, &error), CTF_E_ARGUMENT);
    assert_null(filter);
    assert_int_equal(ctf_filter_compile(&good, 0, NULL, &filter, &error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_filter_compile(&good, 1, &options, &filter, &error), CTF_E_ARGUMENT);
    options.size = sizeof options + 1;
    assert_int_equal(ctf_filter_compile(&good, 1, &options, &filter, &error), CTF_E_ARGUMENT);
    assert_true(error.message[0] != '\0');
    options.size = sizeof options.size;
    assert_int_equal(ctf_filter_compile(&good, 1, &options, &filter, NULL), CTF_OK);
    ctf_filter_free(filter);
}

static void compile_refuses_views_of_nothing(void **state)
{
    (void)state;
    const ctf_text nothing = {NULL, 3};
    ctf_pattern patterns[2] = {pattern_of("x"), pattern_of("{ $.a = 1 }")};
    const ctf_pattern bad[] = {{nothing, view(""), NULL, 0},
                               {view("x"), nothing, NULL, 0},
                               {view("{ $.a = 1 }"), view(""), NULL, 1},
                               {view("{ $.a = 1 }"), view(""), &nothing, 1}};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        ctf_filter *filter;
        ctf_error error;
        patterns[1] = bad[i];
        assert_int_equal(ctf_filter_compile(patterns, 2, NULL, &filter, &error), CTF_E_ARGUMENT);
        assert_int_equal(error.pattern, 1);
        assert_null(filter);
        assert_int_equal(ctf_filter_compile(patterns, 2, NULL, &filter, NULL), CTF_E_ARGUMENT);
    }
}

static void compile_takes_empty_views_without_data(void **state)
{
    (void)state;
    const ctf_pattern pattern = {{NULL, 0}, {NULL, 0}, NULL, 0};
    ctf_pattern_info info;
    ctf_filter *filter;
    assert_int_equal(ctf_filter_compile(&pattern, 1, NULL, &filter, NULL), CTF_OK);
    assert_int_equal(ctf_filter_pattern(filter, 0, &info), CTF_OK);
    assert_int_equal(info.kind, CTF_KIND_ALL);
    assert_int_equal(info.text.length, 0);
    ctf_filter_free(filter);
}

static void compile_limits_the_number_of_patterns(void **state)
{
    (void)state;
    ctf_pattern *patterns = calloc(CTF_MAX_PATTERNS + 1, sizeof *patterns);
    ctf_filter *filter;
    ctf_error error;
    assert_non_null(patterns);
    assert_int_equal(ctf_filter_compile(patterns, CTF_MAX_PATTERNS + 1, NULL, &filter, &error), CTF_E_LIMIT);
    assert_int_equal(error.kind, CTF_ERROR_LIMIT);
    assert_int_equal(ctf_filter_compile(patterns, CTF_MAX_PATTERNS, NULL, &filter, &error), CTF_OK);
    assert_int_equal(ctf_filter_count(filter), CTF_MAX_PATTERNS);
    ctf_filter_free(filter);
    free(patterns);
}

static void compile_limits_the_length_of_selectors_to_extract(void **state)
{
    (void)state;
    static char selector[1025];
    ctf_text extract = {selector, sizeof selector - 1};
    ctf_pattern pattern = {view("{ $.a = 1 }"), view(""), &extract, 1};
    ctf_filter *filter;
    ctf_filter *loaded;
    ctf_error error;
    memset(selector, 'k', sizeof selector);
    memcpy(selector, "$.", 2);
    assert_int_equal(ctf_filter_compile(&pattern, 1, NULL, &filter, &error), CTF_OK);
    ctf_text image = ctf_filter_image(filter);
    assert_int_equal(ctf_filter_load(image.data, image.length, NULL, &loaded, NULL), CTF_OK);
    ctf_filter_free(loaded);
    ctf_filter_free(filter);
    extract.length++;
    assert_int_equal(ctf_filter_compile(&pattern, 1, NULL, &filter, &error), CTF_E_PATTERN);
    assert_int_equal(error.kind, CTF_ERROR_SELECTOR);
}

static void compile_says_which_pattern_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"{ $.a = }", "[a, a]", "%a", "a:b", "{ $.a[*].b[*] = 1 }"};
    ctf_pattern patterns[8];
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        for (size_t at = 0; at < 8; at++) {
            ctf_filter *filter;
            ctf_error error;
            for (size_t k = 0; k < 8; k++)
                patterns[k] = pattern_of(k >= at ? bad[i] : "good");
            ctf_status status = ctf_filter_compile(patterns, 8, NULL, &filter, &error);
            assert_true(status == CTF_E_PATTERN || status == CTF_E_LIMIT);
            assert_int_equal(error.status, status);
            assert_int_equal(error.pattern, at);
            assert_true(error.offset + error.length <= strlen(bad[i]));
            assert_null(filter);
        }
}

static void compile_clears_the_error_of_an_earlier_call(void **state)
{
    (void)state;
    ctf_pattern pattern = pattern_of("x");
    ctf_filter *filter;
    ctf_error error;
    memset(&error, 0xA5, sizeof error);
    assert_int_equal(ctf_filter_compile(&pattern, 1, NULL, &filter, &error), CTF_OK);
    assert_int_equal(error.status, CTF_OK);
    assert_int_equal(error.kind, CTF_ERROR_NONE);
    ctf_filter_free(filter);
}

static void filter_tells_about_its_patterns(void **state)
{
    (void)state;
    static const ctf_kind kinds[] = {CTF_KIND_ALL, CTF_KIND_TEXT, CTF_KIND_REGEX, CTF_KIND_FIELDS,
                                     CTF_KIND_JSON};
    static const char *const texts[] = {"", "x y", "%x%", "[a, b]", "{ $.a = 1 }"};
    ctf_text extract[] = {view("$.b"), view("$.c")};
    ctf_pattern patterns[5];
    ctf_pattern_info info;
    ctf_filter *filter;
    for (size_t i = 0; i < 5; i++)
        patterns[i] = (ctf_pattern){view(texts[i]), view(i == 2 ? "" : "name"), extract, i == 4 ? 2 : 0};
    assert_int_equal(ctf_filter_compile(patterns, 5, NULL, &filter, NULL), CTF_OK);
    assert_int_equal(ctf_filter_count(filter), 5);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(ctf_filter_pattern(filter, i, &info), CTF_OK);
        assert_int_equal(info.kind, kinds[i]);
        assert_int_equal(info.text.length, strlen(texts[i]));
        assert_memory_equal(info.text.data, texts[i], info.text.length);
        assert_int_equal(info.name.length, i == 2 ? 0 : 4);
        assert_int_equal(info.n_extract, i == 4 ? 2 : 0);
    }
    assert_int_equal(ctf_filter_pattern(filter, 5, &info), CTF_E_ARGUMENT);
    assert_int_equal(info.text.length, 0);
    assert_int_equal(ctf_filter_pattern(NULL, 0, &info), CTF_E_ARGUMENT);
    assert_int_equal(ctf_filter_pattern(filter, 0, NULL), CTF_E_ARGUMENT);
    ctf_filter_free(filter);
}

static void no_filter_is_harmless(void **state)
{
    (void)state;
    ctf_filter_free(NULL);
    assert_int_equal(ctf_filter_count(NULL), 0);
    assert_int_equal(ctf_filter_image(NULL).length, 0);
    assert_null(ctf_filter_image(NULL).data);
}

static void assert_same_programs(const ctf_filter *a, const ctf_filter *b)
{
    ctf_text x = ctf_filter_image(a);
    ctf_text y = ctf_filter_image(b);
    assert_int_equal(x.length, y.length);
    assert_memory_equal(x.data, y.data, x.length);
    growing left = dump_of(a);
    growing right = dump_of(b);
    assert_string_equal(left.data, right.data);
    free(left.data);
    free(right.data);
}

static const char *const samples[] = {
    "", "[]", "ERROR -x", "?a ?b", "%a.b[c-e]+%", "[a, b = 1, ..., c != \"x*\"]", "{ $.a = 1 }",
    "{ $.a.b[2] != x && ($.c[*].d IS NULL || $.e NOT EXISTS) || $.f = %x% }"};

static void loading_an_image_gives_the_same_program(void **state)
{
    (void)state;
    ctf_filter *filter = compile_list(samples, COUNT_OF(samples));
    ctf_text image = ctf_filter_image(filter);
    for (size_t shift = 0; shift < 9; shift++) {
        /* From any address: the library aligns its own copy. */
        char *moved = malloc(image.length + shift);
        ctf_filter *loaded;
        ctf_error error;
        assert_non_null(moved);
        memcpy(moved + shift, image.data, image.length);
        assert_int_equal(ctf_filter_load(moved + shift, image.length, NULL, &loaded, &error), CTF_OK);
        assert_int_equal(error.status, CTF_OK);
        free(moved);
        assert_same_programs(filter, loaded);
        ctf_filter_free(loaded);
    }
    ctf_filter_free(filter);
}

static void compiling_twice_gives_the_same_bytes(void **state)
{
    (void)state;
    ctf_filter *first = compile_list(samples, COUNT_OF(samples));
    meter m = {.fail_at = 0};
    ctf_allocator allocator = {metered, &m};
    ctf_options options = {sizeof options, &allocator};
    ctf_pattern patterns[COUNT_OF(samples)];
    ctf_filter *second;
    for (size_t i = 0; i < COUNT_OF(samples); i++)
        patterns[i] = pattern_of(samples[i]);
    assert_int_equal(ctf_filter_compile(patterns, COUNT_OF(samples), &options, &second, NULL), CTF_OK);
    assert_same_programs(first, second);
    ctf_filter_free(first);
    ctf_filter_free(second);
    assert_int_equal(m.live, 0);
}

static void load_refuses_foreign_bytes(void **state)
{
    (void)state;
    static const char junk[400] = "ctfilter";
    ctf_filter *filter;
    ctf_error error;
    for (size_t length = 0; length <= sizeof junk; length += 8) {
        assert_int_equal(ctf_filter_load(junk, length, NULL, &filter, &error), CTF_E_PROGRAM);
        assert_null(filter);
        assert_int_equal(error.kind, CTF_ERROR_PROGRAM);
        assert_true(error.offset <= length);
    }
    assert_int_equal(ctf_filter_load(junk, 8, NULL, &filter, NULL), CTF_E_PROGRAM);
}

static void load_refuses_misuse(void **state)
{
    (void)state;
    ctf_filter *filter;
    ctf_error error;
    ctf_options options = {sizeof options + 8, NULL};
    assert_int_equal(ctf_filter_load("x", 1, NULL, NULL, &error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_filter_load(NULL, 1, NULL, &filter, &error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_filter_load(NULL, 0, NULL, &filter, &error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_filter_load("x", 1, &options, &filter, &error), CTF_E_ARGUMENT);
    assert_null(filter);
}

/* The canonical form of a pattern; the caller frees .data. */
static growing printed(const char *pattern)
{
    growing text = {NULL, 0};
    ctf_error error;
    if (ctf_pattern_print(view(pattern), NULL, grow, &text, &error) != CTF_OK)
        fail_msg("%s: %s", pattern, error.message);
    grow(&text, "", 0);
    return text;
}

/* The dump without its pattern's text, which is the one difference allowed. */
static const char *program_of(growing dump)
{
    const char *line = strstr(dump.data, "pattern 0");
    assert_non_null(line);
    return strchr(line, '\n');
}

static void canonical_form_compiles_to_the_same_program(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(samples); i++) {
        growing once = printed(samples[i]);
        growing twice = printed(once.data);
        assert_string_equal(once.data, twice.data);
        ctf_filter *before = COMPILE(samples[i]);
        ctf_filter *after = COMPILE(once.data);
        growing left = dump_of(before);
        growing right = dump_of(after);
        assert_string_equal(program_of(left), program_of(right));
        free(left.data);
        free(right.data);
        free(once.data);
        free(twice.data);
        ctf_filter_free(before);
        ctf_filter_free(after);
    }
}

static int stop(void *context, const char *data, size_t length)
{
    (void)context;
    (void)data;
    (void)length;
    return 1;
}

static void print_refuses_bad_patterns_and_misuse(void **state)
{
    (void)state;
    ctf_error error;
    const ctf_text nothing = {NULL, 2};
    growing text = {NULL, 0};
    assert_int_equal(ctf_pattern_print(view("{ $.a = }"), NULL, grow, &text, &error), CTF_E_PATTERN);
    assert_int_equal(error.pattern, 0);
    assert_null(text.data);
    assert_int_equal(ctf_pattern_print(view("x"), NULL, NULL, NULL, &error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_pattern_print(nothing, NULL, grow, &text, &error), CTF_E_ARGUMENT);
    const ctf_options unknown = {.size = 4000};
    assert_int_equal(ctf_pattern_print(view("x"), &unknown, grow, &text, &error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_pattern_print(view("x"), NULL, stop, NULL, &error), CTF_E_STOPPED);
    assert_int_equal(ctf_pattern_print(view("x"), NULL, stop, NULL, NULL), CTF_E_STOPPED);
}

/* Patterns of the usual size, each with a name of its own. */
static ctf_filter *compile_many(size_t n, meter *m)
{
    ctf_pattern *patterns = calloc(n, sizeof *patterns);
    char(*texts)[80] = calloc(n, sizeof *texts);
    ctf_allocator allocator = {metered, m};
    ctf_options options = {sizeof options, &allocator};
    ctf_filter *filter;
    assert_true(patterns != NULL && texts != NULL);
    for (size_t i = 0; i < n; i++) {
        snprintf(texts[i], sizeof texts[i],
                 "{ $.eventName = \"X%05zu\" && $.eventSource = \"s3.amazonaws.com\" }", i);
        patterns[i] = pattern_of(texts[i]);
    }
    assert_int_equal(ctf_filter_compile(patterns, n, &options, &filter, NULL), CTF_OK);
    free(patterns);
    free(texts);
    return filter;
}

static void ten_thousand_patterns_stay_small(void **state)
{
    (void)state;
    meter m = {.fail_at = 0};
    ctf_filter *filter = compile_many(10000, &m);
    ctf_filter *loaded;
    ctf_text image = ctf_filter_image(filter);
    assert_true(image.length < 4u << 20);
    assert_int_equal(ctf_filter_load(image.data, image.length, NULL, &loaded, NULL), CTF_OK);
    assert_same_programs(filter, loaded);
    ctf_filter_free(loaded);
    ctf_filter_free(filter);
    assert_int_equal(m.live, 0);
}

static void each_of_ten_thousand_names_triggers_its_own_pattern(void **state)
{
    (void)state;
    meter m = {.fail_at = 0};
    ctf_filter *filter = compile_many(10000, &m);
    const uint32_t *starts = ctfi_image_TRIGGER_STARTS(filter->image);
    assert_int_equal(ctfi_image_count_of(filter->image, CTFI_SECTION_TRIGGERS), 10000);
    for (uint32_t i = 0; i < filter->image->n_facts; i++)
        assert_true(starts[i + 1] - starts[i] <= 1);
    ctf_filter_free(filter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compile_survives_every_failing_allocation),
        cmocka_unit_test(load_survives_every_failing_allocation),
        cmocka_unit_test(print_survives_every_failing_allocation),
        cmocka_unit_test(compile_refuses_misuse),
        cmocka_unit_test(compile_refuses_views_of_nothing),
        cmocka_unit_test(compile_takes_empty_views_without_data),
        cmocka_unit_test(compile_limits_the_number_of_patterns),
        cmocka_unit_test(compile_limits_the_length_of_selectors_to_extract),
        cmocka_unit_test(compile_says_which_pattern_is_refused),
        cmocka_unit_test(compile_clears_the_error_of_an_earlier_call),
        cmocka_unit_test(filter_tells_about_its_patterns),
        cmocka_unit_test(no_filter_is_harmless),
        cmocka_unit_test(loading_an_image_gives_the_same_program),
        cmocka_unit_test(compiling_twice_gives_the_same_bytes),
        cmocka_unit_test(load_refuses_foreign_bytes),
        cmocka_unit_test(load_refuses_misuse),
        cmocka_unit_test(canonical_form_compiles_to_the_same_program),
        cmocka_unit_test(print_refuses_bad_patterns_and_misuse),
        cmocka_unit_test(ten_thousand_patterns_stay_small),
        cmocka_unit_test(each_of_ten_thousand_names_triggers_its_own_pattern),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
