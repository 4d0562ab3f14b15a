/* `ctfilter check`: what is wrong with patterns and configurations, or likely to be. */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "diag.h"

/* ---- problems ---- */

static ctf_severity severity_of(const char *id)
{
    ctf_check_rule rule;
    for (size_t i = 0; ctf_check_rule_at(i, &rule) == CTF_OK; i++)
        if (strcmp(rule.id, id) == 0)
            return rule.severity;
    return CTF_SEVERITY_WARNING;
}

/* The command line comes first, then files in the order in which they were met. */
static size_t rank_of(check_work *work, const char *file)
{
    size_t i = 0;
    if (file == NULL)
        return 0;
    while (i < work->n_files && strcmp(work->files[i], file) != 0)
        i++;
    if (i == work->n_files) {
        work->files = need_more(work->files, &work->room_files, i + 1, sizeof *work->files);
        work->files[work->n_files++] = file;
    }
    return i + 1;
}

check_problem *check_add(check_work *work, size_t item, const char *id, cli_place place, const char *words)
{
    work->problems = need_more(work->problems, &work->room_problems, work->n_problems + 1, sizeof *work->problems);
    check_problem *problem = &work->problems[work->n_problems];
    *problem = (check_problem){.item = item, .id = id, .severity = severity_of(id), .place = place,
                               .words = need_copy(words, strlen(words)), .rank = rank_of(work, place.file),
                               .order = work->n_problems++};
    return problem;
}

/* Where a byte of a pattern stands; the place of what holds it where that is all that is known. */
static cli_place place_in(const check_item *item, size_t offset)
{
    cli_place place = item->place;
    for (size_t i = 0; i < offset && item->exact; i++) {
        unsigned char c = (unsigned char)item->pattern.data[i];
        place.line += c == '\n';
        place.column = c == '\n' ? 1 : place.column + ((c & 0xC0) != 0x80);
    }
    return place;
}

/* The line of the pattern with the place marked. */
static char *excerpt(const check_item *item, size_t offset, size_t length)
{
    char lines[2048];
    const ctf_error error = {.status = CTF_E_PATTERN, .kind = CTF_ERROR_GRAMMAR, .offset = offset, .length = length, .message = "."};
    ctf_error_render(&error, item->pattern, "", lines, sizeof lines);
    const char *end = strchr(lines, '\n');
    const char *shown = end == NULL ? "" : end + 1;
    return need_copy(shown, strlen(shown));
}

check_problem *check_point(check_work *work, size_t index, const char *id, size_t offset, size_t length,
                           const char *words)
{
    const check_item *item = &work->items[index];
    check_problem *problem = check_add(work, index, id, place_in(item, offset), words);
    problem->excerpt = excerpt(item, offset, length);
    if (item->exact) {
        cli_place end = place_in(item, offset + length);
        problem->end_line = end.line;
        problem->end_column = end.column;
    }
    return problem;
}

static char *copy(ctf_text text)
{
    return need_copy(text.data, text.length);
}

static void add_finding(check_work *work, size_t index, const ctf_finding *finding)
{
    char *words = copy(finding->words);
    check_problem *problem = check_point(work, index, finding->id, finding->offset, finding->length, words);
    problem->severity = finding->severity;
    problem->sure = finding->sure != 0;
    if (finding->service.length > 0)
        problem->service = copy(finding->service);
    if (finding->proposes)
        problem->instead = copy(finding->instead);
    free(words);
}

static void check_one(check_work *work, size_t index)
{
    check_item *item = &work->items[index];
    ctf_check_options options = {.size = sizeof options, .cloudtrail = options_has(work->options, OPT_CLOUDTRAIL)};
    ctf_check_info info;
    if (ctf_check_pattern(item->pattern, &options, &item->check) != CTF_OK)
        need_failed();
    ctf_check_describe(item->check, &info);
    item->refused = info.refused != 0;
    for (size_t i = 0; i < info.n_findings; i++) {
        ctf_finding finding;
        ctf_check_finding(item->check, i, &finding);
        add_finding(work, index, &finding);
    }
}

static int by_place(const void *a, const void *b)
{
    const check_problem *one = a, *other = b;
    if (one->rank != other->rank)
        return one->rank < other->rank ? -1 : 1;
    if (one->rank == 0 && one->item != other->item)
        return one->item < other->item ? -1 : 1;
    if (one->place.line != other->place.line)
        return one->place.line < other->place.line ? -1 : 1;
    if (one->place.column != other->place.column)
        return one->place.column < other->place.column ? -1 : 1;
    return one->order < other->order ? -1 : 1;
}

/* ---- --fix ---- */

/* Prints every pattern, mended where that is sure. */
static void print_fixed(const check_work *work)
{
    for (size_t i = 0; i < work->n_items; i++) {
        ctf_check_info info;
        ctf_check_describe(work->items[i].check, &info);
        ctf_text text = info.fixed.length > 0 ? info.fixed : work->items[i].pattern;
        printf("%.*s\n", (int)text.length, text.data);
    }
}

/* Takes what --fix has mended out of the problems. */
static void drop_fixed(check_work *work)
{
    size_t kept = 0;
    for (size_t i = 0; i < work->n_problems; i++) {
        check_problem *problem = &work->problems[i];
        ctf_check_info info = {0};
        if (problem->item != CHECK_NO_ITEM)
            ctf_check_describe(work->items[problem->item].check, &info);
        if (!problem->sure || info.fixed.length == 0)
            work->problems[kept++] = *problem;
        else
            free(problem->words), free(problem->service), free(problem->excerpt), free(problem->instead);
    }
    work->n_problems = kept;
}

/* ---- the command ---- */

static void count(check_work *work)
{
    for (size_t i = 0; i < work->n_problems; i++)
        work->counts[work->problems[i].severity]++;
}

static void report(const check_work *work)
{
    static void (*const formats[])(const check_work *, blob *) = {
        check_report_text, check_report_json, check_report_sarif, check_report_github, check_report_junit};
    bool fix = options_has(work->options, OPT_FIX);
    blob out = {0};
    if (options_has(work->options, OPT_QUIET))
        return;
    formats[fix ? CHECK_TEXT : options_number(work->options, OPT_FORMAT, CHECK_TEXT)](work, &out);
    if (out.length > 0)
        fwrite(out.data, 1, out.length, fix ? stderr : stdout);
    blob_free(&out);
}

void check_free(check_work *work)
{
    for (size_t i = 0; i < work->n_problems; i++) {
        const check_problem *problem = &work->problems[i];
        free(problem->words);
        free(problem->service);
        free(problem->excerpt);
        free(problem->instead);
    }
    for (size_t i = 0; i < work->n_items; i++)
        ctf_check_free(work->items[i].check);
    free(work->problems);
    free(work->files);
    free(work->items);
    free(work->parameters);
    patterns_free(&work->patterns);
    cli_config_free(&work->config);
}

void check_patterns(check_work *work)
{
    check_read(work);
    for (size_t i = 0; i < work->n_items; i++)
        check_one(work, i);
}

static void check(check_work *work)
{
    check_patterns(work);
    check_config(work);
    if (options_has(work->options, OPT_CORPUS) && !work->failed)
        check_corpus(work);
    if (work->n_problems > 1)
        qsort(work->problems, work->n_problems, sizeof *work->problems, by_place);
    if (options_has(work->options, OPT_FIX)) {
        print_fixed(work);
        drop_fixed(work);
    }
    count(work);
    report(work);
}

int run_check(const cli_options *options)
{
    check_work work = {.options = options};
    if (options->n_operands == 0 && !options_has(options, OPT_FILE))
        return options_misuse(options->command, "needs a pattern or a file");
    if (options_has(options, OPT_FIX) && options_has(options, OPT_FORMAT))
        return options_misuse(options->command, "--fix prints patterns and takes no --format");
    if (!options_input_once(options, 0, false))
        return EXIT_ERROR;
    check(&work);
    bool found = work.counts[CTF_SEVERITY_ERROR] + work.counts[CTF_SEVERITY_WARNING] > 0, failed = work.failed;
    check_free(&work);
    return failed ? EXIT_ERROR : found;
}
