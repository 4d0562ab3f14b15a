/* Configurations. Parts: parameters of templates, a line each ("Name=value"), then files; where there is one part
 * only, it is a file.
 *
 * Claims. What is told is one line, about a place inside a file. Loading again gives the same and tells the same;
 * lenient loading takes no less, and takes a file without an error as the strict one does. A pattern or a rule of
 * which it is known how it is spelled stands where it is said to stand. What loads, written down in the API's
 * words, loads again as the same. What loads and fits together can be replayed: its filters compile together,
 * its alarms run, composites after them, and the report is JSON. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "config_load.h"
#include "json_out.h"
#include "kit.h"
#include "replay_alarm.h"
#include "replay_composite.h"
#include "replay_record.h"
#include "report.h"

#define MINUTE INT64_C(60000)
#define BASE (INT64_C(29000000) * MINUTE)

/* The files of an input. */
typedef struct sources {
    ctf_text file[KIT_PARTS];
    char name[KIT_PARTS][2];
    size_t n;
    cli_parameter parameters[KIT_PARTS];
    size_t n_parameters;
} sources;

/* One loading of them, and all that it told. */
typedef struct loading {
    const sources *from;
    cli_config config;
    cli_parameter parameters[KIT_PARTS];
    json_out told;
    size_t errors;
} loading;

/* ---- places ----------------------------------------------------------------------------------------- */

/* Ends a line: "\n", for YAML also what Unicode calls a line break. The length of it, 0 where none is. */
static size_t break_at(ctf_text text, size_t at)
{
    static const char *const breaks[] = {"\r\n", "\n", "\r", "\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9"};
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++) {
        size_t n = strlen(breaks[i]);
        if (n <= text.length - at && memcmp(text.data + at, breaks[i], n) == 0)
            return n;
    }
    return 0;
}

static bool only_newlines(ctf_text text)
{
    for (size_t at = 0; at < text.length; at++)
        if (break_at(text, at) > 0 && text.data[at] != '\n')
            return false;
    return true;
}

/* Where a line begins (from 1); the text's end behind the last one, which YAML's end of a file is too. */
static size_t line_start(ctf_text text, size_t line)
{
    size_t at = 0;
    for (; line > 1 && at < text.length; at++)
        line -= text.data[at] == '\n';
    CLAIM(line == 1 || (line == 2 && text.data[at - 1] != '\n'));
    return at;
}

static ctf_text source_of(const sources *s, const cli_place *place)
{
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(place->file, s->name[i]) == 0)
            return s->file[i];
    kit_fail("a message names a file", __FILE__, __LINE__);
}

static ctf_text behind_mark(ctf_text text)
{
    bool mark = text.length >= 3 && memcmp(text.data, "\xef\xbb\xbf", 3) == 0;
    return (ctf_text){text.data + 3 * mark, text.length - 3 * mark};
}

/* Line and column are of the file; a line has a column behind its last character. */
static void claim_place(const sources *s, const cli_place *place)
{
    if (place->file == NULL || place->line == 0)
        return;
    ctf_text text = behind_mark(source_of(s, place));
    CLAIM(place->column > 0 && place->line <= text.length + 1 && place->column <= text.length + 1);
    if (!only_newlines(text))
        return;
    size_t start = line_start(text, place->line);
    const char *end = start < text.length ? memchr(text.data + start, '\n', text.length - start) : NULL;
    size_t length = end == NULL ? text.length - start : (size_t)(end - text.data) - start;
    CLAIM(place->column <= length + 1);
}

/* ---- loading ---------------------------------------------------------------------------------------- */

static void hear(void *context, const cli_message *message)
{
    loading *l = context;
    CLAIM(message->text[0] != '\0' && strchr(message->text, '\n') == NULL);
    CLAIM(message->service != NULL && strchr(message->service, '\n') == NULL);
    CLAIM(message->excerpt[0] == '\0' || message->excerpt[strlen(message->excerpt) - 1] == '\n');
    claim_place(l->from, &message->place);
    l->errors += message->severity == CLI_ERROR;
    json_words(&l->told, message->text);
    json_words(&l->told, message->excerpt);
    json_unsigned(&l->told, message->place.line);
    json_unsigned(&l->told, message->place.column);
}

static void load(loading *l, const sources *s, bool lenient)
{
    *l = (loading){.from = s};
    memcpy(l->parameters, s->parameters, sizeof l->parameters);
    cli_config_options options = {.lenient = lenient, .parameters = l->parameters, .n_parameters = s->n_parameters,
                                  .report = hear, .context = l};
    cli_config_init(&l->config, &options);
    for (size_t i = 0; i < s->n; i++)
        config_load_bytes(&l->config, s->name[i], s->file[i].data, s->file[i].length);
}

static void unload(loading *l)
{
    cli_config_free(&l->config);
    json_out_free(&l->told);
}

/* ---- in the API's words ----------------------------------------------------------------------------- */

static void put_text(json_out *out, const char *key, ctf_text text)
{
    if (text.length == 0)
        return;
    CLAIM(ctfi_utf8_valid((const unsigned char *)text.data, text.length));
    json_key(out, key);
    json_string(out, text);
}

static void put_whole(json_out *out, const char *key, int present, int64_t value)
{
    if (!present)
        return;
    json_key(out, key);
    json_signed(out, value);
}

static void put_number(json_out *out, const char *key, int present, double value)
{
    char digits[40];
    int n = snprintf(digits, sizeof digits, "%.17g", value);
    if (!present)
        return;
    json_key(out, key);
    json_raw(out, (ctf_text){digits, (size_t)n});
}

static void put_list(json_out *out, const char *key, const ctf_text *texts, size_t n)
{
    json_key(out, key);
    json_open(out, '[');
    for (size_t i = 0; i < n; i++)
        json_string(out, texts[i]);
    json_close(out, ']');
}

static void put_emitted(json_out *out, uint32_t flags)
{
    json_key(out, "emitSystemFieldDimensions");
    json_open(out, '[');
    if ((flags & CTF_EMIT_ACCOUNT) != 0)
        json_words(out, "@aws.account");
    if ((flags & CTF_EMIT_REGION) != 0)
        json_words(out, "@aws.region");
    json_close(out, ']');
}

static void put_transformation(json_out *out, const ctf_metric_filter *filter)
{
    json_open(out, '{');
    put_text(out, "metricName", filter->metric_name);
    put_text(out, "metricNamespace", filter->metric_namespace);
    put_text(out, "metricValue", filter->metric_value);
    put_text(out, "unit", filter->unit);
    put_number(out, "defaultValue", filter->has_default, filter->default_value);
    json_key(out, "dimensions");
    json_open(out, '{');
    for (size_t i = 0; i < filter->n_dimensions; i++) {
        json_key_text(out, filter->dimensions[i].name);
        json_string(out, filter->dimensions[i].value);
    }
    json_close(out, '}');
    json_close(out, '}');
}

static void put_filter(json_out *out, const ctf_metric_filter *filter, const cli_filter_origin *origin)
{
    json_open(out, '{');
    put_text(out, "filterName", filter->filter_name);
    put_text(out, "logGroupName", origin->log_group);
    json_key(out, "filterPattern");
    json_string(out, filter->filter_pattern);
    put_emitted(out, filter->emit_system_dimensions);
    json_key(out, "metricTransformations");
    json_open(out, '[');
    put_transformation(out, filter);
    json_close(out, ']');
    json_close(out, '}');
}

static void put_actions(json_out *out, const cli_actions *actions)
{
    json_key(out, "ActionsEnabled");
    json_boolean(out, actions->enabled);
    put_list(out, "OKActions", actions->ok, actions->n_ok);
    put_list(out, "AlarmActions", actions->alarm, actions->n_alarm);
    put_list(out, "InsufficientDataActions", actions->insufficient_data, actions->n_insufficient_data);
}

static void put_dimensions(json_out *out, const ctf_dimension *dimensions, size_t n)
{
    json_key(out, "Dimensions");
    json_open(out, '[');
    for (size_t i = 0; i < n; i++) {
        json_open(out, '{');
        json_key(out, "Name");
        json_string(out, dimensions[i].name);
        json_key(out, "Value");
        json_string(out, dimensions[i].value);
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void put_alarm(json_out *out, const cli_metric_alarm *alarm)
{
    const ctf_alarm_input *in = &alarm->input;
    json_open(out, '{');
    put_text(out, "AlarmName", in->alarm_name);
    put_text(out, "AlarmDescription", in->alarm_description);
    put_text(out, "AlarmArn", alarm->arn);
    put_actions(out, &alarm->actions);
    put_text(out, "Namespace", in->name_space);
    put_text(out, "MetricName", in->metric_name);
    put_dimensions(out, in->dimensions, in->n_dimensions);
    put_text(out, "Statistic", in->statistic);
    put_text(out, "ExtendedStatistic", in->extended_statistic);
    put_text(out, "Unit", in->unit);
    put_whole(out, "Period", in->has_period, in->period);
    put_whole(out, "EvaluationPeriods", in->has_evaluation_periods, in->evaluation_periods);
    put_whole(out, "DatapointsToAlarm", in->has_datapoints_to_alarm, in->datapoints_to_alarm);
    put_number(out, "Threshold", in->has_threshold, in->threshold);
    put_text(out, "ComparisonOperator", in->comparison_operator);
    put_text(out, "TreatMissingData", in->treat_missing_data);
    put_text(out, "EvaluateLowSampleCountPercentile", in->evaluate_low_sample_count_percentile);
    json_close(out, '}');
}

static void put_composite(json_out *out, const cli_composite_alarm *alarm)
{
    json_open(out, '{');
    put_text(out, "AlarmName", alarm->name);
    put_text(out, "AlarmDescription", alarm->description);
    put_text(out, "AlarmArn", alarm->arn);
    put_actions(out, &alarm->actions);
    put_text(out, "AlarmRule", alarm->rule_text);
    put_text(out, "ActionsSuppressor", alarm->suppressor);
    put_whole(out, "ActionsSuppressorWaitPeriod", alarm->suppressor.length > 0, alarm->wait);
    put_whole(out, "ActionsSuppressorExtensionPeriod", alarm->suppressor.length > 0, alarm->extension);
    json_close(out, '}');
}

/* All of a configuration that does not say where it stood; for json_out_free. */
static json_out written(const cli_config *config)
{
    json_out out = {0};
    json_open(&out, '{');
    json_key(&out, "metricFilters");
    json_open(&out, '[');
    for (size_t i = 0; i < config->n_filters; i++)
        put_filter(&out, &config->filters[i], &config->filter_origins[i]);
    json_close(&out, ']');
    json_key(&out, "MetricAlarms");
    json_open(&out, '[');
    for (size_t i = 0; i < config->n_alarms; i++)
        put_alarm(&out, &config->alarms[i]);
    json_close(&out, ']');
    json_key(&out, "CompositeAlarms");
    json_open(&out, '[');
    for (size_t i = 0; i < config->n_composites; i++)
        put_composite(&out, &config->composites[i]);
    json_close(&out, ']');
    json_close(&out, '}');
    return out;
}

static bool same(const json_out *a, const json_out *b)
{
    return kit_same((ctf_text){a->data, a->length}, (ctf_text){b->data, b->length});
}

static void claim_same(const cli_config *a, const cli_config *b)
{
    json_out x = written(a), y = written(b);
    CLAIM(same(&x, &y));
    json_out_free(&x);
    json_out_free(&y);
}

/* ---- what a configuration holds --------------------------------------------------------------------- */

/* The text is what stands `lead` characters behind its place. */
static void claim_spelled(const sources *s, const cli_place *place, int lead, ctf_text text)
{
    ctf_text source = behind_mark(source_of(s, place));
    if (lead < 0 || !only_newlines(source))
        return;
    size_t at = line_start(source, place->line), column = 1;
    for (; column < place->column + (uint32_t)lead; column++) {
        CLAIM(at < source.length && source.data[at] != '\n');
        uint32_t point;
        at += ctfi_utf8_read((const unsigned char *)source.data + at, source.length - at, &point);
    }
    CLAIM(text.length <= source.length - at && kit_same((ctf_text){source.data + at, text.length}, text));
}

static void claim_held(const sources *s, const cli_config *config)
{
    for (size_t i = 0; i < config->n_filters; i++) {
        const cli_filter_origin *origin = &config->filter_origins[i];
        claim_place(s, &origin->place);
        claim_place(s, &origin->pattern);
        claim_spelled(s, &origin->pattern, origin->lead, config->filters[i].filter_pattern);
    }
    for (size_t i = 0; i < config->n_alarms; i++) {
        claim_place(s, &config->alarms[i].place);
        CLAIM(ctf_alarm_range(&config->alarms[i].alarm) > 0 && ctf_alarm_tick(&config->alarms[i].alarm) > 0);
        CLAIM(cli_config_find(config, config->alarms[i].input.alarm_name).kind != CLI_NO_ALARM);
    }
    for (size_t i = 0; i < config->n_composites; i++) {
        const cli_composite_alarm *composite = &config->composites[i];
        claim_place(s, &composite->place);
        claim_spelled(s, &composite->rule_place, composite->rule_lead, composite->rule_text);
        CLAIM(cli_config_find(config, composite->name).kind != CLI_NO_ALARM);
    }
}

static void claim_written(const cli_config *config)
{
    json_out words = written(config);
    sources s = {.file[0] = {kit_copy(words.data, words.length), words.length}, .name[0] = "w", .n = 1};
    loading again;
    load(&again, &s, false);
    CLAIM(again.errors == 0);
    claim_same(config, &again.config);
    unload(&again);
    free((void *)(uintptr_t)s.file[0].data);
    json_out_free(&words);
}

/* ---- replay ----------------------------------------------------------------------------------------- */

/* A few samples of each alarm's metric. */
static ctf_series *samples(const cli_config *config)
{
    ctf_series_options options = {.size = sizeof options, .resolution = 60};
    ctf_series *series;
    for (size_t i = 0; i < config->n_alarms; i++)
        options.resolution = config->alarms[i].alarm.period < 60 ? 10 : options.resolution;
    CLAIM(ctf_series_new(&options, &series) == CTF_OK);
    for (size_t i = 0; i < config->n_alarms; i++)
        for (int64_t k = 0; k < 12; k++) {
            const ctf_metric *metric = &config->alarms[i].alarm.metric;
            int64_t time = BASE + k * k * MINUTE;
            CLAIM(ctf_series_add(series, metric, time, CTF_ON_TIME, (double)(k % 5), 1) == CTF_OK);
        }
    return series;
}

static void claim_report(const replay_model *model)
{
    blob json = {0}, other = {0};
    json_error error;
    report_json(model, &json);
    json_document *document = json_read(json.data, json.length, &error);
    CLAIM(document != NULL);
    json_free(document);
    report_text(model, false, true, &other);
    report_csv(model, &other);
    report_html(model, &other);
    CLAIM(ctfi_utf8_valid(other.data, other.length));
    blob_free(&other);
    blob_free(&json);
}

static void replay(const cli_config *config)
{
    replay_model model = {.config = config, .from = BASE, .to = BASE + 180 * MINUTE};
    ctf_series *series = samples(config);
    replay_alarm *alarms = calloc(config->n_alarms + 1, sizeof *alarms);
    CLAIM(alarms != NULL);
    for (size_t i = 0; i < config->n_alarms; i++)
        replay_alarm_run(&model, &config->alarms[i], series, &alarms[i]);
    model.alarms = alarms;
    model.n_alarms = config->n_alarms;
    replay_composites(&model);
    claim_report(&model);
    replay_model_free(&model);
    ctf_series_free(series);
    free(alarms);
}

/* What fits together is planned and run. */
static void try_replay(loading *l)
{
    bool good = cli_config_check_links(&l->config);
    CLAIM(good == (l->errors == 0));
    if (!good || l->config.n_filters == 0)
        return;
    ctf_metrics *metrics = replay_record_compile(&l->config);
    CLAIM(metrics != NULL && ctf_filter_count(ctf_metrics_filter(metrics)) == l->config.n_filters + 1);
    ctf_metrics_free(metrics);
    replay(&l->config);
}

/* ---- inputs ----------------------------------------------------------------------------------------- */

static void run(const sources *s)
{
    loading strict, again, lenient;
    load(&strict, s, false);
    load(&again, s, false);
    load(&lenient, s, true);
    claim_held(s, &strict.config);
    claim_held(s, &lenient.config);
    claim_same(&strict.config, &again.config);
    CLAIM(same(&strict.told, &again.told) && strict.errors == again.errors);
    CLAIM(lenient.errors <= strict.errors);
    if (strict.errors == 0) {
        claim_same(&strict.config, &lenient.config);
        CLAIM(same(&strict.told, &lenient.told));
    }
    claim_written(&strict.config);
    claim_written(&lenient.config);
    try_replay(&strict);
    try_replay(&lenient);
    unload(&strict);
    unload(&again);
    unload(&lenient);
}

/* The lines of the first part; for free(). */
static char *read_parameters(sources *s, ctf_text part)
{
    char *lines = malloc(part.length + 1);
    CLAIM(lines != NULL);
    memcpy(lines, part.data, part.length);
    lines[part.length] = '\0';
    for (char *at = strtok(lines, "\n"); at != NULL && s->n_parameters < KIT_PARTS; at = strtok(NULL, "\n"))
        s->parameters[s->n_parameters++].text = at;
    return lines;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kit_parts parts;
    sources s = {.n = 0};
    kit_cut(data, size, &parts);
    size_t first = parts.n > 1;
    char *lines = first ? read_parameters(&s, parts.part[0]) : NULL;
    for (size_t i = first; i < parts.n; i++, s.n++) {
        s.file[s.n] = parts.part[i];
        s.name[s.n][0] = (char)('a' + s.n);
    }
    run(&s);
    free(lines);
    kit_free(&parts);
    return 0;
}
