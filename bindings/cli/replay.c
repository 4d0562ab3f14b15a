/* `ctfilter replay`: configuration and events in, a report out. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/time.h"
#include "diag.h"
#include "extract.h"
#include "replay_against.h"
#include "replay_event.h"
#include "replay_needs.h"
#include "replay_side.h"
#include "replay_twin.h"
#include "replay_why.h"
#include "report.h"
#include "save_file.h"

/* A replay at work. */
typedef struct work {
    const replay_plan *plan;
    replay_side side, other; /* the other: --against */
    match_plan reading;
    path_list paths;
    replay_events events;
    replay_twin twin;
    replay_difference difference;
    bool failed; /* something was complained of that need not stop the rest */
} work;

static bool compares(const work *w)
{
    return w->plan->n_against > 0;
}

/* ---- warnings ---- */

/* The first by name of the files of which messages were left out. */
static const char *left_out_of(const work *w)
{
    const char *first = NULL;
    for (size_t i = 0; i < w->paths.n; i++) {
        const char *label = w->paths.paths[i].label;
        if (label == NULL)
            label = path_label(w->paths.paths[i].name);
        if (w->events.files[i].left_out > 0 && (first == NULL || strcmp(label, first) < 0))
            first = label;
    }
    return first;
}

static void warn_count(work *w, uint64_t n, const char *one, const char *many, const char *file)
{
    char text[1024];
    if (n == 0)
        return;
    snprintf(text, sizeof text, "%" PRIu64 " %s%s%s", n, n == 1 ? one : many, file != NULL ? "; see " : "",
             file != NULL ? file : "");
    replay_side_warn(&w->side, text);
    if (!w->plan->quiet)
        diag_print("warning: %s", text);
}

static void warn_of_events(work *w)
{
    const replay_totals *totals = &w->events.totals;
    const char *file = left_out_of(w);
    warn_count(w, totals->timeless, "message without a time is left out", "messages without a time are left out", file);
    warn_count(w, totals->outside, "message of a time before 1970 or after 9999 is left out",
               "messages of a time before 1970 or after 9999 are left out", file);
    warn_count(w, totals->skipped, "match without a usable value published nothing",
               "matches without a usable value published nothing", NULL);
    warn_count(w, totals->dropped, "sample is left out: there are too many metrics",
               "samples are left out: there are too many metrics", NULL);
}

/* ---- reading ---- */

static bool load(work *w)
{
    const replay_plan *plan = w->plan;
    bool good = replay_side_load(&w->side, plan, plan->configs, plan->n_configs);
    good = replay_side_load(&w->other, plan, plan->against, plan->n_against) && good;
    return good && replay_side_compile(&w->side) && (!compares(w) || replay_side_compile(&w->other));
}

static bool prepare_twin(work *w)
{
    w->twin.ways[0] = (replay_way){.source = &w->side.source, .config = &w->side.config};
    w->twin.ways[1] = (replay_way){.source = &w->other.source, .config = &w->other.config};
    return !compares(w) || replay_twin_init(&w->twin, w->plan->most_events);
}

static bool prepare(work *w)
{
    if (!match_plan_read_reading(w->plan->options, &w->reading) || !prepare_twin(w))
        return false;
    w->reading.filter = ctf_metrics_filter(w->side.metrics);
    w->reading.n_patterns = w->side.config.n_filters + 1;
    w->reading.extractor = compares(w) ? replay_event_extractor() : extract_compile(NULL, 0);
    w->reading.sees_all = w->reading.times = true;
    w->reading.most_matches = UINT64_MAX;
    for (size_t i = 0; i < w->plan->n_events; i++)
        paths_add(&w->paths, w->plan->events[i]);
    return w->reading.extractor != NULL && (!w->plan->why || replay_spool(&w->paths));
}

/* ---- evaluating ---- */

static int64_t drain(const work *w)
{
    int64_t one = replay_drain(&w->side.config), other = replay_drain(&w->other.config);
    return one > other ? one : other;
}

/* The interval to replay; false after it has told the user that there is none. */
static bool find_interval(work *w)
{
    const replay_plan *plan = w->plan;
    const replay_span *span = &w->events.span;
    replay_model *model = &w->side.model;
    if ((!plan->has_from || !plan->has_to) && span->first > span->last) {
        diag_print("no event has a time: --from and --to must say what to replay");
        return false;
    }
    model->from = plan->has_from ? plan->from : ctfi_floor_to(span->first, CTFI_MINUTE);
    model->to = plan->has_to ? plan->to : ctfi_floor_to(span->last, CTFI_MINUTE) + CTFI_MINUTE + drain(w) + plan->delay;
    if (model->from < model->to)
        return true;
    diag_print("there is nothing to replay: all events are %s", plan->has_from ? "before --from" : "after --to");
    return false;
}

static void compare(work *w)
{
    w->other.model.from = w->side.model.from;
    w->other.model.to = w->side.model.to;
    replay_side_evaluate(&w->other, w->twin.series);
    replay_against(&w->side, w->events.series, &w->other, &w->twin, &w->difference);
}

/* From events to the model. */
static bool replay(work *w)
{
    const replay_source *source = &w->side.source;
    replay_model *model = &w->side.model;
    w->failed = !replay_read(source, compares(w) ? &w->twin : NULL, &w->reading, &w->paths, &w->events);
    replay_rewind(&w->paths);
    warn_of_events(w);
    if (!find_interval(w))
        return false;
    model->totals = w->events.totals;
    replay_side_evaluate(&w->side, w->events.series);
    if (compares(w))
        compare(w);
    w->reading.progress = false;
    if (w->plan->why && !replay_why(source, &w->reading, &w->paths, &w->events, model))
        w->failed = true;
    model->warnings = w->side.warnings;
    model->n_warnings = w->side.n_warnings;
    return true;
}

/* ---- reporting ---- */

static bool wants_colour(const replay_plan *plan)
{
    const char *no = getenv("NO_COLOR");
    return plan->output == NULL && (no == NULL || *no == '\0') && isatty(STDOUT_FILENO);
}

static void write_difference(const work *w, blob *out)
{
    if (w->plan->format == REPORT_JSON)
        report_against_json(&w->difference, out);
    else
        report_against_text(&w->difference, wants_colour(w->plan), w->plan->output != NULL, out);
}

static void write_report(const work *w, blob *out)
{
    const replay_model *model = &w->side.model;
    switch (w->plan->format) {
    case REPORT_JSON:
        report_json(model, out);
        break;
    case REPORT_CSV:
        report_csv(model, out);
        break;
    case REPORT_HTML:
        report_html(model, out);
        break;
    default:
        report_text(model, wants_colour(w->plan), w->plan->output != NULL, out);
    }
}

/* Returns false when the report could not be written. */
static bool report(const work *w)
{
    const char *output = w->plan->output;
    bool to_file = output != NULL && strcmp(output, "-") != 0, good = true;
    blob out = {0};
    if (w->plan->quiet && !to_file)
        return true;
    (compares(w) ? write_difference : write_report)(w, &out);
    if (to_file)
        good = save_file(output, out.data, out.length);
    else
        fwrite(out.data, 1, out.length, stdout);
    blob_free(&out);
    return good;
}

/* ---- the command ---- */

static int run(work *w)
{
    if (!load(w) || !prepare(w) || !replay(w) || !report(w) || w->failed)
        return EXIT_ERROR;
    return compares(w) ? w->difference.any : w->side.model.entered_alarm;
}

static void free_work(work *w)
{
    replay_events_free(&w->events);
    replay_twin_free(&w->twin);
    ctf_filter_free(w->reading.extractor);
    paths_free(&w->paths);
    replay_side_free(&w->other);
    replay_side_free(&w->side);
}

int run_replay(const cli_options *options)
{
    replay_plan plan;
    int status = EXIT_ERROR;
    if (replay_plan_read(options, &plan)) {
        work w = {.plan = &plan};
        status = run(&w);
        free_work(&w);
    }
    replay_plan_free(&plan);
    return status;
}
