/* The library against the cases of metric filters and statistics (tests/cases/README.md tells their form).
 *
 *   test_metric_cases FILE.cases ...
 *
 * Reads a file line by line. A metric filter is gathered up to its first event or refusal, then compiled; what
 * it gave is compared point by point, and nothing may be left when the next filter begins. */
#include <ctfilter/metric.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

#define START INT64_C(1768471200000) /* 2026-01-15T10:00:00Z */
#define MINUTE INT64_C(60000)
#define MAX_DIMENSIONS 8
#define MAX_SAMPLES 512
#define MAX_LINES 4096

static struct {
    const char *path;
    size_t line;
    ctf_metric_filter filter;
    bool gathering; /* members of the filter may follow */
    ctf_dimension dimensions[MAX_DIMENSIONS];
    ctf_text account, region;
    ctf_metrics *metrics;
    ctf_scratch *scratch;
    ctf_series *series;
    size_t points;  /* told of the series */
    bool told;      /* a point was told and waits for its dimensions */
    int64_t start;
    double numbers[4];
    ctf_dimension under[MAX_DIMENSIONS];
    size_t n_under;
    ctf_value_count samples[MAX_SAMPLES];
    ctf_statistic_set sets[MAX_SAMPLES];
    size_t n_samples, n_sets;
    char *blocks[MAX_LINES]; /* of lines with escapes */
    size_t n_blocks;
} now;

static size_t checks, failures;

static void check(bool good, const char *what, const char *got)
{
    checks++;
    if (good)
        return;
    failures++;
    printf("%s:%zu: %s: %s\n", now.path, now.line, what, got);
}

static _Noreturn void broken(const char *why)
{
    printf("%s:%zu: no such case: %s\n", now.path, now.line, why);
    exit(2);
}

/* ---- words -------------------------------------------------------------------------------------- */

static ctf_text text_of(const char *word)
{
    return (ctf_text){word, strlen(word)};
}

/* Cuts the next word off; "" at the end. */
static char *next_word(char **rest)
{
    char *word = *rest, *blank = strchr(word, ' ');
    if (blank == NULL) {
        *rest = word + strlen(word);
    } else {
        *blank = '\0';
        *rest = blank + 1;
    }
    return word;
}

static double number(const char *word)
{
    ctfi_decimal decimal;
    if (!ctfi_decimal_read((const unsigned char *)word, strlen(word), false, &decimal))
        broken(word);
    return ctfi_decimal_to_double(&decimal);
}

static int64_t whole(const char *word)
{
    char *end;
    long long value = strtoll(word, &end, 10);
    if (end == word || *end != '\0')
        broken(word);
    return value;
}

/* ---- what the filter gave ----------------------------------------------------------------------- */

static double ask(size_t index, const char *name, int64_t start, int64_t length)
{
    ctf_statistic statistic;
    ctf_datapoint point;
    ctf_statistic_parse(text_of(name), &statistic, NULL);
    ctf_status status = ctf_series_statistic(now.series, index, &statistic, start, start + length, INT64_MAX, &point);
    check(status == CTF_OK, "statistic", name);
    return point.availability == CTF_AVAILABLE ? point.value : 0;
}

static bool same(double a, double b)
{
    return !(a < b) && !(a > b);
}

static void compare(size_t index, int64_t start, int64_t length, size_t n)
{
    static const char *const names[4] = {"SampleCount", "Sum", "Minimum", "Maximum"};
    for (size_t i = 0; i < n; i++)
        check(same(ask(index, names[i], start, length), now.numbers[i]), "differs", names[i]);
}

static ctf_metric metric_of(const ctf_dimension *dimensions, size_t n)
{
    return (ctf_metric){now.filter.metric_namespace, now.filter.metric_name, dimensions, n, now.filter.unit};
}

/* The point that waits is complete. */
static void finish_point(void)
{
    size_t index;
    if (!now.told)
        return;
    now.told = false;
    now.points++;
    ctf_metric metric = metric_of(now.under, now.n_under);
    bool found = ctf_series_find(now.series, &metric, &index) == CTF_OK;
    check(found, "no such series", "");
    if (found)
        compare(index, now.start, MINUTE, 4);
}

/* How many minutes of all series hold samples. */
static size_t count_points(void)
{
    ctf_series_info info;
    size_t n = 0;
    ctf_series_describe(now.series, &info);
    for (size_t i = 0; i < info.n_metrics; i++) {
        int64_t start = INT64_MIN;
        for (; ctf_series_next(now.series, i, start, &start) == CTF_OK; start += MINUTE)
            n++;
    }
    return n;
}

static void finish_filter(void)
{
    finish_point();
    if (now.series != NULL)
        check(count_points() == now.points, "points were told", "not as many as there are");
    ctf_series_free(now.series);
    ctf_scratch_free(now.scratch);
    ctf_metrics_free(now.metrics);
    now.series = NULL;
    now.scratch = NULL;
    now.metrics = NULL;
    now.points = 0;
}

/* ---- lines about metric filters ------------------------------------------------------------------ */

static void read_filter(char *rest)
{
    finish_filter();
    next_word(&rest);
    now.filter = (ctf_metric_filter){.filter_name = text_of("name"), .filter_pattern = text_of(rest),
                                     .metric_namespace = text_of("CloudTrailMetrics"), .metric_name = text_of("M"),
                                     .metric_value = text_of("1"), .dimensions = now.dimensions};
    now.account = now.region = text_of("");
    now.gathering = true;
}

static void read_dimension(char *rest)
{
    char *name = next_word(&rest);
    if (now.filter.n_dimensions == MAX_DIMENSIONS)
        broken("too many dimensions");
    now.dimensions[now.filter.n_dimensions++] = (ctf_dimension){text_of(name), text_of(rest)};
}

static void read_emit(const char *rest)
{
    if (strcmp(rest, "@aws.account") != 0 && strcmp(rest, "@aws.region") != 0)
        broken(rest);
    now.filter.emit_system_dimensions |= strcmp(rest, "@aws.account") == 0 ? CTF_EMIT_ACCOUNT : CTF_EMIT_REGION;
}

static void start_filter(void)
{
    ctf_error error;
    if (!now.gathering)
        return;
    now.gathering = false;
    ctf_status status = ctf_metrics_compile(&now.filter, 1, NULL, &now.metrics, &error);
    check(status == CTF_OK, "refused", error.message);
    if (status != CTF_OK)
        return;
    if (ctf_scratch_new(ctf_metrics_filter(now.metrics), NULL, &now.scratch) != CTF_OK ||
        ctf_series_new(NULL, &now.series) != CTF_OK)
        broken("no memory");
}

static void read_event(char *rest)
{
    ctf_hits hits;
    start_filter();
    if (now.series == NULL)
        return;
    ctf_log_event event = {START + whole(next_word(&rest)), CTF_ON_TIME, now.account, now.region};
    check(ctf_match(now.scratch, rest, strlen(rest), &hits) == CTF_OK, "match", rest);
    check(ctf_metrics_record(now.metrics, now.scratch, &hits, &event, now.series) == CTF_OK, "record", rest);
}

static void read_point(char *rest)
{
    finish_point();
    if (now.series == NULL)
        broken("a point without an event");
    now.start = START + whole(next_word(&rest));
    for (size_t i = 0; i < 4; i++)
        now.numbers[i] = number(next_word(&rest));
    now.n_under = 0;
    now.told = true;
}

static void read_under(char *rest)
{
    char *name = next_word(&rest);
    if (!now.told || now.n_under == MAX_DIMENSIONS)
        broken("a dimension of no point");
    now.under[now.n_under++] = (ctf_dimension){text_of(name), text_of(rest)};
}

static void read_period(char *rest)
{
    size_t index;
    ctf_metric metric = metric_of(NULL, 0);
    finish_point();
    int64_t length = whole(next_word(&rest)) * 1000, start = START + whole(next_word(&rest));
    now.numbers[0] = number(next_word(&rest));
    now.numbers[1] = number(next_word(&rest));
    if (ctf_series_find(now.series, &metric, &index) != CTF_OK)
        broken("a period of no series");
    compare(index, start, length, 2);
}

static void read_skipped(const char *rest)
{
    ctf_series_info info;
    ctf_series_describe(now.series, &info);
    check(info.skipped == (uint64_t)whole(rest), "differs", "skipped");
}

static void read_refused(const char *rest)
{
    ctf_error error;
    if (!now.gathering)
        broken("a refusal behind events");
    now.gathering = false;
    ctf_status status = ctf_metrics_compile(&now.filter, 1, NULL, &now.metrics, &error);
    check(status == CTF_E_ARGUMENT && error.kind == CTF_ERROR_VALIDATION, "not refused", rest);
    if (status != CTF_OK)
        check(strstr(error.service, rest) != NULL || strstr(error.message, rest) != NULL, "other words",
              error.message);
}

/* ---- lines about statistics ---------------------------------------------------------------------- */

static void read_set(const char *word)
{
    double parts[4];
    char copy[128];
    snprintf(copy, sizeof copy, "%s", word);
    char *at = copy;
    for (size_t i = 0; i < 4; i++) {
        char *slash = strchr(at, '/');
        if (slash != NULL)
            *slash = '\0';
        parts[i] = number(at);
        at = slash == NULL ? at : slash + 1;
    }
    now.sets[now.n_sets++] = (ctf_statistic_set){(uint64_t)parts[0], parts[1], parts[2], parts[3]};
}

static void read_range(const char *word)
{
    char *dots;
    for (long value = strtol(word, &dots, 10), end = strtol(dots + 2, NULL, 10); value <= end; value++)
        now.samples[now.n_samples++] = (ctf_value_count){(double)value, 1};
}

static void read_value(char *word)
{
    char *times = strchr(word, '*');
    uint64_t count = times == NULL ? 1 : (uint64_t)whole(times + 1);
    if (times != NULL)
        *times = '\0';
    now.samples[now.n_samples++] = (ctf_value_count){number(word), count};
}

static void read_samples(char *rest)
{
    now.n_samples = now.n_sets = 0;
    while (*rest != '\0') {
        char *word = next_word(&rest);
        if (now.n_samples + 200 > MAX_SAMPLES)
            broken("too many samples");
        if (strchr(word, '/') != NULL)
            read_set(word);
        else if (strstr(word, "..") != NULL)
            read_range(word);
        else
            read_value(word);
    }
}

static bool is_close(double value, double expected)
{
    double difference = value < expected ? expected - value : value - expected;
    return difference <= 1e-9 * (expected < 0 ? -expected : expected);
}

static void read_statistic(char *rest)
{
    ctf_value_count values[2 * MAX_SAMPLES];
    ctf_statistic statistic;
    ctf_datapoint point;
    next_word(&rest);
    char *name = next_word(&rest);
    ctf_status status = ctf_statistic_parse(text_of(name), &statistic, NULL);
    check((status != CTF_OK) == (strcmp(rest, "refused") == 0), "refused or not", name);
    if (status != CTF_OK)
        return;
    memcpy(values, now.samples, now.n_samples * sizeof *values);
    status = ctf_statistic_compute(&statistic, values, now.n_samples, now.sets, now.n_sets, &point);
    check(status == CTF_OK, "statistic", name);
    if (strcmp(rest, "none") == 0)
        check(point.availability == CTF_NO_DATAPOINT, "has a datapoint", name);
    else if (strcmp(rest, "unavailable") == 0)
        check(point.availability == CTF_UNAVAILABLE, "is available", name);
    else
        check(point.availability == CTF_AVAILABLE && is_close(point.value, number(rest)), "differs", name);
}

/* ---- files ---------------------------------------------------------------------------------------- */

static void read_member(const char *word, char *rest)
{
    ctf_metric_filter *f = &now.filter;
    if (!now.gathering)
        broken(word);
    if (strcmp(word, "value") == 0)
        f->metric_value = text_of(rest);
    else if (strcmp(word, "default") == 0) {
        f->has_default = 1;
        f->default_value = number(rest);
    } else if (strcmp(word, "namespace") == 0)
        f->metric_namespace = text_of(rest);
    else if (strcmp(word, "metric") == 0)
        f->metric_name = text_of(rest);
    else if (strcmp(word, "name") == 0)
        f->filter_name = text_of(rest);
    else if (strcmp(word, "unit") == 0)
        f->unit = text_of(rest);
    else if (strcmp(word, "dimension") == 0)
        read_dimension(rest);
    else if (strcmp(word, "emit") == 0)
        read_emit(rest);
    else if (strcmp(word, "account") == 0)
        now.account = text_of(rest);
    else if (strcmp(word, "region") == 0)
        now.region = text_of(rest);
    else
        broken(word);
}

/* ~HH is a byte, ~<N> repeats the character or escape behind it. Returns what follows. */
static const char *decode_one(const char *from, char **to)
{
    if (*from != '~') {
        do
            *(*to)++ = *from++;
        while (((unsigned char)*from & 0xC0) == 0x80);
        return from;
    }
    char *end;
    if (from[1] == '<') {
        char *first = *to;
        unsigned long n = strtoul(from + 2, &end, 10);
        const char *behind = decode_one(end + 1, to);
        size_t length = (size_t)(*to - first);
        for (; n > 1; n--, *to += length)
            memcpy(*to, first, length);
        return behind;
    }
    const char digits[3] = {from[1], from[2], '\0'};
    *(*to)++ = (char)strtoul(digits, &end, 16);
    if (*end != '\0')
        broken(from);
    return from + 3;
}

/* The line with its escapes decoded, in a block that lives as long as the file. */
static char *decode(const char *line)
{
    char *block = malloc(strlen(line) + 8192);
    if (block == NULL || now.n_blocks == MAX_LINES)
        broken("too many lines");
    now.blocks[now.n_blocks++] = block;
    char *to = block;
    while (*line != '\0')
        line = decode_one(line, &to);
    *to = '\0';
    return block;
}

static void read_line(char *line)
{
    char *rest = line, *word = next_word(&rest);
    if (strcmp(word, "filter") == 0)
        read_filter(rest);
    else if (strcmp(word, "event") == 0)
        read_event(rest);
    else if (strcmp(word, "point") == 0)
        read_point(rest);
    else if (strcmp(word, "under") == 0)
        read_under(rest);
    else if (strcmp(word, "period") == 0)
        read_period(rest);
    else if (strcmp(word, "skipped") == 0)
        read_skipped(rest);
    else if (strcmp(word, "refused") == 0)
        read_refused(rest);
    else if (strcmp(word, "samples") == 0)
        read_samples(rest);
    else if (strcmp(word, "statistic") == 0)
        read_statistic(rest);
    else if (strcmp(word, "nothing") != 0)
        read_member(word, rest);
}

/* The texts of the lines stay until the end of the file, for filters show them. */
static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t length = 0, n = 1;
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    while (n != 0) {
        text = realloc(text, length + 65536);
        if (text == NULL)
            exit(2);
        n = fread(text + length, 1, 65535, file);
        length += n;
    }
    text[length] = '\0';
    fclose(file);
    return text;
}

static void run(const char *path)
{
    char *text = read_file(path);
    now.path = path;
    now.line = 0;
    for (char *line = text, *end; *line != '\0'; line = end) {
        end = line + strcspn(line, "\n");
        if (*end != '\0')
            *end++ = '\0';
        now.line++;
        if (*line != '\0' && *line != '#')
            read_line(strchr(line, '~') == NULL ? line : decode(line));
    }
    finish_filter();
    now.gathering = false;
    while (now.n_blocks > 0)
        free(now.blocks[--now.n_blocks]);
    free(text);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        run(argv[i]);
    printf("%zu checks, %zu failures\n", checks, failures);
    return failures != 0 || checks < 100;
}
