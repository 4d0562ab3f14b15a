/* make_trail: writes a generated trail to a directory.
 *
 * The format aws lays files out as CloudTrail delivers them, one gzip member each:
 * AWSLogs/ACCOUNT/CloudTrail/REGION/YYYY/MM/DD/ACCOUNT_CloudTrail_REGION_STAMPZ_RANDOM.json.gz; the
 * others write one document, trail.EXTENSION. What is inside is a function of the options; the bytes of
 * the gzip also depend on the version of libdeflate. */
#include "trail_form.h"

#include <errno.h>
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LEVEL 9

typedef struct order {
    trail_options options;
    const trail_form *form;
    const char *out;
    unsigned window; /* minutes of events in one delivery file */
    struct libdeflate_compressor *gzip;
} order;

static const char usage[] =
    "usage: make_trail --out DIR [--seed N] [--start YYYY-MM-DD] [--days D] [--events N]\n"
    "                  [--accounts 1..3] [--regions 1..4] [--window MINUTES] [--format FORM]\n"
    "forms: ";

static int complain(const char *what, const char *name)
{
    fprintf(stderr, "make_trail: %s: %s\n", what, name);
    return -1;
}

static void help(FILE *to)
{
    fputs(usage, to);
    for (size_t i = 0; trail_form_at(i); i++)
        fprintf(to, "%s%s", i ? ", " : "", trail_form_at(i)->name);
    fputs("\n", to);
}

/* Makes every directory on the way to a file. */
static int make_way(const char *path)
{
    char *copy = malloc(strlen(path) + 1);
    int failed = !copy;
    if (copy)
        strcpy(copy, path);
    for (char *slash = copy ? strchr(copy + 1, '/') : NULL; slash && !failed; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        failed = mkdir(copy, 0777) && errno != EEXIST;
        *slash = '/';
    }
    free(copy);
    return failed ? complain("cannot make the directories of", path) : 0;
}

static int write_file(const char *path, const void *data, size_t n)
{
    FILE *file = make_way(path) ? NULL : fopen(path, "wb");
    if (!file)
        return complain("cannot write", path);
    int failed = fwrite(data, 1, n, file) != n;
    failed |= fclose(file) != 0;
    return failed ? complain("cannot write", path) : 0;
}

static int write_gzip(const order *job, const char *path, const trail_text *text)
{
    size_t bound = libdeflate_gzip_compress_bound(job->gzip, text->length);
    void *packed = malloc(bound);
    size_t n = packed ? libdeflate_gzip_compress(job->gzip, text->data, text->length, packed, bound) : 0;
    int result = n ? write_file(path, packed, n) : complain("out of memory at", path);
    free(packed);
    return result;
}

/* The path of a delivery file; a view that ends in NUL. */
static void put_path(const order *job, const trail_entry *first, int64_t stamp, trail_text *path)
{
    const char *account = trail_account(first->account), *region = trail_region(first->region);
    trail_date day = trail_date_of(first->time), at = trail_date_of(stamp);
    trail_random random = {trail_mix(first->seed, 3)};
    char part[128];
    trail_put(path, job->out);
    snprintf(part, sizeof part, "/AWSLogs/%s/CloudTrail/%s/%04d/%02d/%02d/", account, region, day.year, day.month,
             day.day);
    trail_put(path, part);
    snprintf(part, sizeof part, "%s_CloudTrail_%s_%04d%02d%02dT%02d%02dZ_", account, region, at.year, at.month, at.day,
             at.hour, at.minute);
    trail_put(path, part);
    trail_put_drawn(path, &random, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 16);
    trail_put(path, job->form->extension);
    trail_put_bytes(path, "", 1);
}

/* One delivery file of n entries that share account, region and window. */
static int deliver(const order *job, const trail_entry *entries, size_t n)
{
    int64_t span = (int64_t)job->window * 60;
    trail_text path = {0}, text = {0};
    put_path(job, entries, (entries->time / span + 1) * span, &path);
    int result = trail_document(job->form, entries, n, &text) || path.failed ? complain("out of memory at", job->out)
                                                                             : write_gzip(job, path.data, &text);
    trail_text_free(&path);
    trail_text_free(&text);
    return result;
}

static int same_file(const order *job, const trail_entry *a, const trail_entry *b)
{
    int64_t span = (int64_t)job->window * 60;
    return a->account == b->account && a->region == b->region && a->time / span == b->time / span;
}

/* Groups by account and region, keeping the order of time within. */
static void group(const trail_plan *plan, trail_entry *sorted)
{
    for (unsigned place = 0; place < TRAIL_ACCOUNTS * TRAIL_REGIONS; place++)
        for (size_t i = 0; i < plan->n; i++)
            if (plan->entries[i].account * TRAIL_REGIONS + plan->entries[i].region == place)
                *sorted++ = plan->entries[i];
}

static int deliver_all(const order *job, const trail_plan *plan)
{
    trail_entry *sorted = malloc(plan->n * sizeof *sorted);
    if (!sorted)
        return complain("out of memory at", job->out);
    group(plan, sorted);
    int result = 0;
    for (size_t i = 0, n; i < plan->n && !result; i += n) {
        for (n = 1; i + n < plan->n && same_file(job, sorted + i, sorted + i + n);)
            n++;
        result = deliver(job, sorted + i, n);
    }
    free(sorted);
    return result;
}

static int write_document(const order *job, const trail_plan *plan)
{
    trail_text path = {0}, text = {0};
    trail_put(&path, job->out);
    trail_put(&path, "/trail");
    trail_put(&path, job->form->extension);
    trail_put_bytes(&path, "", 1);
    int result = trail_document(job->form, plan->entries, plan->n, &text) || path.failed
                     ? complain("out of memory at", job->out)
                     : write_file(path.data, text.data, text.length);
    trail_text_free(&path);
    trail_text_free(&text);
    return result;
}

static int read_number(const char *text, uint64_t *out)
{
    char *end;
    errno = 0;
    *out = strtoull(text, &end, 10);
    return *text < '0' || *text > '9' || *end || errno ? complain("not a number", text) : 0;
}

static int read_start(const char *text, int64_t *out)
{
    int year, month, day, end = 0;
    if (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3 || text[end] || year < 1970 || month < 1 ||
        month > 12 || day < 1 || day > 31)
        return complain("not a date", text);
    *out = trail_midnight(year, month, day);
    return 0;
}

static int read_option(order *job, const char *name, const char *value)
{
    uint64_t number = 0;
    if (!strcmp(name, "--out"))
        return job->out = value, 0;
    if (!strcmp(name, "--start"))
        return read_start(value, &job->options.start);
    if (!strcmp(name, "--format"))
        return (job->form = trail_form_find(value)) ? 0 : complain("no such form", value);
    if (read_number(value, &number))
        return -1;
    if (!strcmp(name, "--seed"))
        return job->options.seed = number, 0;
    if (!strcmp(name, "--events"))
        return job->options.events = (size_t)number, 0;
    unsigned *small = !strcmp(name, "--days")       ? &job->options.days
                      : !strcmp(name, "--accounts") ? &job->options.accounts
                      : !strcmp(name, "--regions")  ? &job->options.regions
                      : !strcmp(name, "--window")   ? &job->window
                                                    : NULL;
    if (!small || number == 0 || number > 100000)
        return complain(small ? "out of range" : "no such option", name);
    *small = (unsigned)number;
    return 0;
}

static int read_options(order *job, int argc, char **argv)
{
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 == argc)
            return complain("needs a value", argv[i]);
        if (read_option(job, argv[i], argv[i + 1]))
            return -1;
    }
    return job->out ? 0 : complain("needs", "--out DIR");
}

static int run(order *job)
{
    trail_plan plan;
    if (trail_plan_make(&job->options, &plan))
        return complain("cannot plan", "an option is out of range, or memory ran out");
    job->gzip = libdeflate_alloc_compressor(LEVEL);
    int result = !job->gzip                       ? complain("out of memory at", job->out)
                 : job->form == trail_form_at(0) ? deliver_all(job, &plan)
                                                  : write_document(job, &plan);
    libdeflate_free_compressor(job->gzip);
    trail_plan_free(&plan);
    return result;
}

int main(int argc, char **argv)
{
    order job = {.options = {1, trail_midnight(2026, 1, 12), 3, 2, 2, 800}, .form = trail_form_at(0), .window = 5};
    if (argc == 2 && !strcmp(argv[1], "--help"))
        return help(stdout), 0;
    if (read_options(&job, argc, argv))
        return help(stderr), 2;
    return run(&job) ? 1 : 0;
}
