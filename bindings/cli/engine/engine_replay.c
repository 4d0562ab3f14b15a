#include "engine_replay.h"

#include <ctfilter/replay.h>

#include "base/time.h"
#include "engine_alarm.h"
#include "engine_request.h"

static const ctf_metric metric = {{"replay", 6}, {"samples", 7}, NULL, 0, {NULL, 0}};

/* What stands in the request, read. */
typedef struct wanted {
    ctf_alarm alarm;
    ctf_state initial;
    int64_t start, stop;
    ctf_series *series;
} wanted;

static bool refuse(json_out *out, const char *message)
{
    engine_refuse(out, message);
    return false;
}

/* A status that no request should lead to. */
static void fail(json_out *out, ctf_status status)
{
    ctf_error error = {.status = status, .kind = status == CTF_E_NOMEM ? CTF_ERROR_MEMORY : CTF_ERROR_ARGUMENT};
    const char *name = ctf_status_name(status);
    for (size_t i = 0; name[i] != '\0' && i + 1 < sizeof error.message; i++)
        error.message[i] = name[i];
    engine_fail(out, &error);
}

static bool read_settings(const json_value *alarm, wanted *w, json_out *out)
{
    ctf_text statistic;
    ctf_error error;
    const json_value *initial = json_get(alarm, "initial_state");
    if (!json_is(alarm, JSON_OBJECT) || json_get(alarm, "period") == NULL)
        return refuse(out, "alarm is an object with a period");
    if (!engine_read_alarm(alarm, &w->alarm, out))
        return false;
    if (w->alarm.comparison >= CTF_OUTSIDE_BAND)
        return refuse(out, "an alarm on a band is not replayed");
    if (!request_text(json_get(alarm, "statistic"), &statistic))
        return refuse(out, "statistic is a string");
    if (request_has(initial) && !request_state(initial, &w->initial))
        return refuse(out, "initial_state is OK, ALARM or INSUFFICIENT_DATA");
    w->alarm.metric = metric;
    w->alarm.statistic_name = statistic;
    if (ctf_statistic_parse(statistic, &w->alarm.statistic, &error) == CTF_OK)
        return true;
    engine_fail(out, &error);
    return false;
}

static bool add_sample(ctf_series *series, const json_value *sample)
{
    const json_value *arrives = json_get(sample, "arrival");
    int64_t timestamp, arrival = CTF_ON_TIME;
    double value;
    return request_whole(json_get(sample, "timestamp"), -CTF_REPLAY_TIME_MAX, CTF_REPLAY_TIME_MAX, &timestamp) &&
           request_number(json_get(sample, "value"), &value) &&
           (!request_has(arrives) ||
            request_whole(arrives, -CTF_REPLAY_TIME_MAX, CTF_REPLAY_TIME_MAX, &arrival)) &&
           ctf_series_add(series, &metric, timestamp, arrival, value, 1) == CTF_OK;
}

static bool read_samples(const json_value *samples, wanted *w, json_out *out)
{
    ctf_series_options options = {.size = sizeof options, .resolution = w->alarm.period < 60 ? 10 : 60};
    if (ctf_series_new(&options, &w->series) != CTF_OK)
        return refuse(out, "out of memory");
    if (!json_is(samples, JSON_ARRAY))
        return refuse(out, "samples is an array");
    for (const json_value *sample = samples->first; sample != NULL; sample = sample->next)
        if (!add_sample(w->series, sample))
            return refuse(out, "a sample is {timestamp, value, arrival} in milliseconds, its value at most 2^360");
    return true;
}

static bool read_request(const json_value *request, wanted *w, json_out *out)
{
    if (!request_whole(json_get(request, "start"), -CTF_REPLAY_TIME_MAX, CTF_REPLAY_TIME_MAX, &w->start) ||
        !request_whole(json_get(request, "stop"), -CTF_REPLAY_TIME_MAX, CTF_REPLAY_TIME_MAX - 1, &w->stop))
        return refuse(out, "start and stop are times in milliseconds");
    return read_settings(json_get(request, "alarm"), w, out) && read_samples(json_get(request, "samples"), w, out);
}

static void print_datapoint(const ctf_datapoint *point, json_out *out)
{
    json_open(out, '{');
    json_key(out, "start");
    json_signed(out, point->start);
    json_key(out, "value");
    if (point->availability == CTF_AVAILABLE)
        engine_number(out, point->value);
    else
        json_null(out);
    json_close(out, '}');
}

/* One for each period of the clock that holds samples. */
static ctf_status print_datapoints(const wanted *w, json_out *out)
{
    int64_t width = (int64_t)w->alarm.period * 1000, at;
    size_t index;
    ctf_status status = ctf_series_find(w->series, &metric, &index);
    if (status != CTF_OK)
        return CTF_OK; /* no sample at all */
    for (int64_t from = INT64_MIN; ctf_series_next(w->series, index, from, &at) == CTF_OK;) {
        ctf_datapoint point;
        int64_t start = ctfi_floor_to(at, width);
        from = start + width;
        status = ctf_series_statistic(w->series, index, &w->alarm.statistic, start, from, INT64_MAX, &point);
        if (status != CTF_OK)
            return status;
        print_datapoint(&point, out);
    }
    return CTF_OK;
}

/* What the callback of a replay writes to. */
typedef struct transition_printer {
    const ctf_alarm *alarm;
    json_out *out;
} transition_printer;

static int print_transition(void *context, const ctf_transition *transition)
{
    const transition_printer *printer = context;
    char reason[CTF_MAX_REASON + 1];
    ctf_alarm_reason(printer->alarm, transition->slots, transition->n_slots, &transition->verdict, reason,
                     sizeof reason);
    json_open(printer->out, '{');
    json_key(printer->out, "time");
    json_signed(printer->out, transition->time);
    json_key(printer->out, "from");
    engine_state(printer->out, transition->from);
    json_key(printer->out, "to");
    engine_state(printer->out, transition->to);
    json_key(printer->out, "reason");
    json_words(printer->out, reason);
    json_close(printer->out, '}');
    return 0;
}

static ctf_status print_replay(const wanted *w, json_out *out)
{
    transition_printer printer = {&w->alarm, out};
    ctf_state state = w->initial;
    json_key(out, "datapoints");
    json_open(out, '[');
    ctf_status status = print_datapoints(w, out);
    json_close(out, ']');
    json_key(out, "transitions");
    json_open(out, '[');
    if (status == CTF_OK)
        status = ctf_alarm_replay(&w->alarm, w->series, w->start, w->stop + 1, &state, print_transition, &printer, NULL);
    json_close(out, ']');
    return status;
}

void engine_replay(const cli_engine *engine, const json_value *request, json_out *out)
{
    wanted w = {.initial = CTF_STATE_INSUFFICIENT_DATA};
    (void)engine;
    if (read_request(request, &w, out)) {
        ctf_status status = print_replay(&w, out);
        if (status != CTF_OK)
            fail(out, status);
    }
    ctf_series_free(w.series);
}
