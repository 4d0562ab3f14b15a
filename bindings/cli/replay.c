/* `ctfilter replay`: configuration and events in, a report out. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/time.h"
#include "diag.h"
#include "extract.h"
#include "replay_alarm.h"
#include "replay_composite.h"
#include "replay_needs.h"
#include "replay_plan.h"
#include "replay_record.h"
#include "replay_time.h"
#include "replay_why.h"
#include "report.h"
#include "save_file.h"

/* A replay at work. */
typedef struct work {
    const replay_plan *plan;
    cli_config config;
    match_plan reading;
    path_list paths;
    replay_source source;
    replay_events events;
    replay_model model;
    const char **warnings;
    size_t n_warnings, warning_room;
    bool failed; /* something was complained of that need not stop the rest */
} work;

/* ---- warnings ---- */

static void warn(work *w, const char *text)
{
    w->warnings = need_more(w->warnings, &w->warning_room, w->n_warnings + 1, sizeof *w->warnings);
    w->warnings[w->n_warnings++] = replay_keep_words(&w->model, text, strlen(text));
}

/* Takes what the configuration tells: warnings are also the report's. */
static void on_message(void *context, const cli_message *message)
{
    work *w = context;
    char text[1024];
    if (message->severity == CLI_ERROR || !w->plan->quiet)
        cli_message_print(NULL, message);
    if (message->severity == CLI_ERROR)
        return;
    if (message->place.file != NULL && message->place.line > 0)
        snprintf(text, sizeof text, "%s:%" PRIu32 ":%" PRIu32 ": %s", message->place.file, message->place.line,
                 message->place.column, message->text);
    else
        snprintf(text, sizeof text, "%s", message->text);
    warn(w, text);
}

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
    warn(w, text);
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

static bool load_config(work *w)
{
    cli_config_options options = {.lenient = w->plan->lenient,
                                  .parameters = w->plan->parameters,
                                  .n_parameters = w->plan->n_parameters,
                                  .report = on_message,
                                  .context = w};
    bool good = true;
    cli_config_init(&w->config, &options);
    for (size_t i = 0; i < w->plan->n_configs; i++)
        good = cli_config_load(&w->config, w->plan->configs[i]) && good;
    return cli_config_check_links(&w->config) && good;
}

static bool prepare(work *w)
{
    if (!match_plan_read_reading(w->plan->options, &w->reading))
        return false;
    ctf_metrics *metrics = replay_record_compile(&w->config);
    if (metrics == NULL)
        return false;
    w->source = (replay_source){w->plan, metrics, w->config.n_filters, replay_series_options(&w->config)};
    w->reading.filter = ctf_metrics_filter(metrics);
    w->reading.n_patterns = w->config.n_filters + 1;
    w->reading.extractor = extract_compile(NULL, 0);
    w->reading.sees_all = w->reading.times = true;
    w->reading.most_matches = UINT64_MAX;
    for (size_t i = 0; i < w->plan->n_events; i++)
        paths_add(&w->paths, w->plan->events[i]);
    return w->reading.extractor != NULL && (!w->plan->why || replay_spool(&w->paths));
}

/* ---- evaluating ---- */

/* The interval to replay; false after it has told the user that there is none. */
static bool find_interval(work *w)
{
    const replay_plan *plan = w->plan;
    const replay_span *span = &w->events.span;
    if ((!plan->has_from || !plan->has_to) && span->first > span->last) {
        diag_print("no event has a time: --from and --to must say what to replay");
        return false;
    }
    w->model.from = plan->has_from ? plan->from : ctfi_floor_to(span->first, CTFI_MINUTE);
    w->model.to = plan->has_to ? plan->to : ctfi_floor_to(span->last, CTFI_MINUTE) + CTFI_MINUTE + replay_drain(&w->config) + plan->delay;
    if (w->model.from < w->model.to)
        return true;
    diag_print("there is nothing to replay: all events are %s", plan->has_from ? "before --from" : "after --to");
    return false;
}

static void evaluate(work *w)
{
    replay_model *model = &w->model;
    replay_alarm *alarms = replay_keep(model, need(w->config.n_alarms, sizeof *alarms));
    for (size_t i = 0; i < w->config.n_alarms; i++) {
        replay_alarm_run(model, &w->config.alarms[i], w->events.series, &alarms[i]);
        if (model->why)
            replay_alarm_explain(model, &alarms[i], w->events.series);
        model->entered_alarm = model->entered_alarm || alarms[i].entered_alarm;
    }
    model->alarms = alarms;
    model->n_alarms = w->config.n_alarms;
    replay_composites(model);
    for (size_t i = 0; i < model->n_composites; i++)
        model->entered_alarm = model->entered_alarm || model->composites[i].entered_alarm;
}

/* The samples of a metric over all time. */
static uint64_t samples_of(const ctf_series *series, size_t index)
{
    static const ctf_statistic count = {.type = CTF_SAMPLE_COUNT};
    ctf_series_info info;
    ctf_datapoint point;
    ctf_series_describe(series, &info);
    int64_t end = info.last + (int64_t)info.resolution * 1000;
    if (ctf_series_statistic(series, index, &count, info.first, end, INT64_MAX, &point) != CTF_OK)
        need_failed();
    return point.sample_count;
}

static void list_metrics(work *w)
{
    ctf_series_info info;
    ctf_series_describe(w->events.series, &info);
    replay_metric *metrics = replay_keep(&w->model, need(info.n_metrics, sizeof *metrics));
    for (size_t i = 0; i < info.n_metrics; i++) {
        ctf_series_metric(w->events.series, i, &metrics[i].metric);
        metrics[i].samples = samples_of(w->events.series, i);
    }
    w->model.metrics = metrics;
    w->model.n_metrics = info.n_metrics;
}

/* From events to the model. */
static bool replay(work *w)
{
    w->failed = !replay_read(&w->source, &w->reading, &w->paths, &w->events);
    replay_rewind(&w->paths);
    warn_of_events(w);
    if (!find_interval(w))
        return false;
    w->model.config = &w->config;
    w->model.delay = w->plan->delay;
    w->model.why = w->plan->why;
    w->model.totals = w->events.totals;
    evaluate(w);
    list_metrics(w);
    w->reading.progress = false;
    if (w->plan->why && !replay_why(&w->source, &w->reading, &w->paths, &w->events, &w->model))
        w->failed = true;
    w->model.warnings = w->warnings;
    w->model.n_warnings = w->n_warnings;
    return true;
}

/* ---- reporting ---- */

static bool wants_colour(const replay_plan *plan)
{
    const char *no = getenv("NO_COLOR");
    return plan->output == NULL && (no == NULL || *no == '\0') && isatty(STDOUT_FILENO);
}

static void write_report(const work *w, blob *out)
{
    switch (w->plan->format) {
    case REPORT_JSON:
        report_json(&w->model, out);
        break;
    case REPORT_CSV:
        report_csv(&w->model, out);
        break;
    case REPORT_HTML:
        report_html(&w->model, out);
        break;
    default:
        report_text(&w->model, wants_colour(w->plan), w->plan->output != NULL, out);
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
    write_report(w, &out);
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
    if (!load_config(w) || !prepare(w) || !replay(w) || !report(w) || w->failed)
        return EXIT_ERROR;
    return w->model.entered_alarm ? 1 : 0;
}

static void free_work(work *w)
{
    replay_model_free(&w->model);
    free(w->warnings);
    replay_events_free(&w->events);
    ctf_filter_free(w->reading.extractor);
    ctf_metrics *metrics = (ctf_metrics *)(uintptr_t)w->source.metrics;
    ctf_metrics_free(metrics);
    paths_free(&w->paths);
    cli_config_free(&w->config);
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
