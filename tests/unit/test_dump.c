/* Golden dumps: tests/golden/X.txt holds patterns and, behind a line of dashes, the program they compile
 * to. With CTFILTER_GOLDEN=write in the environment the programs are written anew; read the difference
 * before you keep it.
 *
 * Above the dashes a line is "pattern <text>", "name <name>" or "extract <selector>" of the pattern before
 * it, or begins with '#'. */
#include "program.h"

#define MAX_PATTERNS 32
#define MAX_EXTRACT 8

typedef struct golden {
    char path[512];
    growing text;          /* the whole file */
    const char *program;   /* behind the dashes */
    ctf_pattern patterns[MAX_PATTERNS];
    ctf_text extract[MAX_PATTERNS][MAX_EXTRACT];
    size_t n;
} golden;

static const char *const names[] = {
    "all",       "and_or",   "array_index", "brackets", "cis",       "exists",  "extract_fields",
    "extract_json", "fields", "fields_ellipsis", "globs", "inequality", "interned", "is",  "keys",
    "numbers",   "regex",    "text_terms",  "triggers", "wildcard_selectors",
};

static void find(golden *g, const char *name)
{
    static const char here[] = __FILE__;
    size_t folder = strlen(here) - strlen("unit/test_dump.c");
    assert_true(strcmp(here + folder, "unit/test_dump.c") == 0);
    snprintf(g->path, sizeof g->path, "%.*sgolden/%s.txt", (int)folder, here, name);
}

static void slurp(golden *g)
{
    char piece[4096];
    size_t n;
    FILE *file = fopen(g->path, "rb");
    if (file == NULL)
        fail_msg("no %s", g->path);
    while ((n = fread(piece, 1, sizeof piece, file)) > 0)
        grow(&g->text, piece, n);
    fclose(file);
}

static void read_line(golden *g, const char *line, size_t length)
{
    static const char *const words[] = {"pattern ", "name ", "extract ", "#"};
    size_t which = 0;
    while (which < COUNT_OF(words) && strncmp(line, words[which], strlen(words[which])) != 0)
        which++;
    assert_true(which < COUNT_OF(words));
    ctf_text rest = {line + strlen(words[which]), length - strlen(words[which])};
    ctf_pattern *last = &g->patterns[g->n - (which != 0 && g->n > 0)];
    if (which == 0) {
        assert_true(g->n < MAX_PATTERNS);
        *last = (ctf_pattern){.text = rest, .extract = g->extract[g->n]};
        g->n++;
    } else if (which == 1) {
        last->name = rest;
    } else if (which == 2) {
        assert_true(last->n_extract < MAX_EXTRACT);
        g->extract[g->n - 1][last->n_extract++] = rest;
    }
}

static void read_golden(golden *g, const char *name)
{
    memset(g, 0, sizeof *g);
    find(g, name);
    slurp(g);
    const char *line = g->text.data;
    while (strncmp(line, "----\n", 5) != 0) {
        const char *end = strchr(line, '\n');
        assert_non_null(end);
        read_line(g, line, (size_t)(end - line));
        line = end + 1;
    }
    g->program = line + 5;
}

static void write_golden(const golden *g, growing dump)
{
    FILE *file = fopen(g->path, "wb");
    assert_non_null(file);
    fwrite(g->text.data, 1, (size_t)(g->program - g->text.data), file);
    fwrite(dump.data, 1, dump.length, file);
    fclose(file);
}

static void program_is_as_written_down(void **state)
{
    golden *g = malloc(sizeof *g);
    ctf_filter *filter;
    ctf_error error;
    assert_non_null(g);
    read_golden(g, *state);
    if (ctf_filter_compile(g->patterns, g->n, NULL, &filter, &error) != CTF_OK)
        fail_msg("%s: pattern %zu: %s", g->path, error.pattern, error.message);
    growing dump = dump_of(filter);
    const char *wanted = getenv("CTFILTER_GOLDEN");
    if (wanted != NULL && strcmp(wanted, "write") == 0)
        write_golden(g, dump);
    else
        assert_string_equal(dump.data, g->program);
    free(dump.data);
    ctf_filter_free(filter);
    free(g->text.data);
    free(g);
}

/* Takes `calls` pieces and then stops. */
typedef struct stopper {
    size_t calls;
    size_t seen;
} stopper;

static int stop_after(void *context, const char *data, size_t length)
{
    stopper *s = context;
    assert_non_null(data);
    assert_true(length > 0);
    s->seen++;
    return s->seen > s->calls;
}

static void dump_stops_when_told(void **state)
{
    (void)state;
    char pattern[900] = "";
    for (int i = 0; i < 120; i++)
        strcat(pattern, "word ");
    ctf_filter *filter = COMPILE(pattern, "{ $.a = 1 || $.b = 2 || $.c = 3 }", pattern, pattern);
    stopper all = {SIZE_MAX, 0};
    assert_int_equal(ctf_filter_dump(filter, stop_after, &all), CTF_OK);
    assert_true(all.seen > 2);
    for (size_t calls = 0; calls < all.seen; calls++) {
        stopper s = {calls, 0};
        assert_int_equal(ctf_filter_dump(filter, stop_after, &s), CTF_E_STOPPED);
        assert_int_equal(s.seen, calls + 1);
    }
    ctf_filter_free(filter);
}

static void dump_writes_printable_ascii_only(void **state)
{
    (void)state;
    static const char name[] = "tab\t, \"quote\", back\\slash, \xC3\xA9, \xFF, \x7F";
    ctf_pattern pattern = {view("\"caf\xC3\xA9\\\"\""), {name, sizeof name}, NULL, 0};
    ctf_filter *filter;
    assert_int_equal(ctf_filter_compile(&pattern, 1, NULL, &filter, NULL), CTF_OK);
    growing dump = dump_of(filter);
    for (size_t i = 0; i < dump.length; i++)
        assert_true(dump.data[i] == '\n' || (dump.data[i] >= ' ' && dump.data[i] <= '~'));
    assert_non_null(strstr(dump.data, "tab\\x09, \\\"quote\\\", back\\\\slash, \\xC3\\xA9, "
                                      "\\xFF, \\x7F\\x00\""));
    assert_non_null(strstr(dump.data, "needle \"caf\\xC3\\xA9\\\"\" f0"));
    free(dump.data);
    ctf_filter_free(filter);
}

static void dump_wants_a_filter_and_a_writer(void **state)
{
    (void)state;
    ctf_filter *filter = COMPILE("x");
    assert_int_equal(ctf_filter_dump(NULL, grow, NULL), CTF_E_ARGUMENT);
    assert_int_equal(ctf_filter_dump(filter, NULL, NULL), CTF_E_ARGUMENT);
    ctf_filter_free(filter);
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(names) + 3] = {
        cmocka_unit_test(dump_stops_when_told),
        cmocka_unit_test(dump_writes_printable_ascii_only),
        cmocka_unit_test(dump_wants_a_filter_and_a_writer),
    };
    static char titles[COUNT_OF(names)][64];
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        snprintf(titles[i], sizeof titles[i], "program_is_as_written_down: %s", names[i]);
        tests[3 + i] = (struct CMUnitTest){titles[i], program_is_as_written_down, NULL, NULL,
                                           (void *)(uintptr_t)names[i]};
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
