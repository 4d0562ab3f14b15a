#include "replay_side.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "replay_alarm.h"
#include "replay_composite.h"
#include "replay_needs.h"
#include "replay_record.h"

void replay_side_warn(replay_side *side, const char *text)
{
    side->warnings = need_more(side->warnings, &side->warning_room, side->n_warnings + 1, sizeof *side->warnings);
    side->warnings[side->n_warnings++] = replay_keep_words(&side->model, text, strlen(text));
}

/* Takes what the configuration tells: warnings are also the report's. */
static void on_message(void *context, const cli_message *message)
{
    replay_side *side = context;
    char text[1024];
    if (message->severity == CLI_ERROR || !side->plan->quiet)
        cli_message_print(NULL, message);
    if (message->severity == CLI_ERROR)
        return;
    if (message->place.file != NULL && message->place.line > 0)
        snprintf(text, sizeof text, "%s:%" PRIu32 ":%" PRIu32 ": %s", message->place.file, message->place.line,
                 message->place.column, message->text);
    else
        snprintf(text, sizeof text, "%s", message->text);
    replay_side_warn(side, text);
}

bool replay_side_load(replay_side *side, const replay_plan *plan, const char *const *files, size_t n)
{
    cli_config_options options = {.lenient = plan->lenient,
                                  .parameters = plan->parameters,
                                  .n_parameters = plan->n_parameters,
                                  .report = on_message,
                                  .context = side};
    bool good = true;
    side->plan = plan;
    cli_config_init(&side->config, &options);
    for (size_t i = 0; i < n; i++)
        good = cli_config_load(&side->config, files[i]) && good;
    return good;
}

bool replay_side_compile(replay_side *side)
{
    if (!cli_config_check_links(&side->config))
        return false;
    side->metrics = replay_record_compile(&side->config);
    side->source = (replay_source){side->plan, side->metrics, side->config.n_filters,
                                   replay_series_options(&side->config)};
    side->model.config = &side->config;
    side->model.delay = side->plan->delay;
    side->model.why = side->plan->why;
    return side->metrics != NULL;
}

/* ---- evaluating ---- */

static void evaluate(replay_side *side, const ctf_series *series)
{
    replay_model *model = &side->model;
    replay_alarm *alarms = replay_keep(model, need(side->config.n_alarms, sizeof *alarms));
    for (size_t i = 0; i < side->config.n_alarms; i++) {
        replay_alarm_run(model, &side->config.alarms[i], series, &alarms[i]);
        if (model->why)
            replay_alarm_explain(model, &alarms[i], series);
        model->entered_alarm = model->entered_alarm || alarms[i].entered_alarm;
    }
    model->alarms = alarms;
    model->n_alarms = side->config.n_alarms;
    replay_composites(model);
    for (size_t i = 0; i < model->n_composites; i++)
        model->entered_alarm = model->entered_alarm || model->composites[i].entered_alarm;
}

ctf_datapoint replay_all_time(const ctf_series *series, size_t metric, ctf_statistic_type type)
{
    const ctf_statistic statistic = {.type = type};
    ctf_series_info info;
    ctf_datapoint point;
    ctf_series_describe(series, &info);
    int64_t end = info.last + (int64_t)info.resolution * 1000;
    if (ctf_series_statistic(series, metric, &statistic, info.first, end, INT64_MAX, &point) != CTF_OK)
        need_failed();
    return point;
}

static void list_metrics(replay_side *side, const ctf_series *series)
{
    ctf_series_info info;
    ctf_series_describe(series, &info);
    replay_metric *metrics = replay_keep(&side->model, need(info.n_metrics, sizeof *metrics));
    for (size_t i = 0; i < info.n_metrics; i++) {
        ctf_series_metric(series, i, &metrics[i].metric);
        metrics[i].samples = replay_all_time(series, i, CTF_SAMPLE_COUNT).sample_count;
    }
    side->model.metrics = metrics;
    side->model.n_metrics = info.n_metrics;
}

void replay_side_evaluate(replay_side *side, const ctf_series *series)
{
    evaluate(side, series);
    list_metrics(side, series);
}

void replay_side_free(replay_side *side)
{
    replay_model_free(&side->model);
    free(side->warnings);
    ctf_metrics_free(side->metrics);
    cli_config_free(&side->config);
}
