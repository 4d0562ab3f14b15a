/* Events into series: with times of their own, or with those that the records tell. */
#include "glue.h"

/* What the clock extracts (metric.h: its value, then its dimensions in their order). */
enum { GET_TIME, GET_ACCOUNT, GET_REGION };

static ctf_text record_text(const ctfpy_recorder *r, const ctfpy_worker *worker, size_t k)
{
    ctf_value value;
    if (!r->has_clock || ctf_scratch_value(worker->scratch, r->n_filters, k, &value) != CTF_OK ||
        value.type != CTF_VALUE_STRING)
        return (ctf_text){NULL, 0};
    return value.text;
}

static int time_of(const ctfpy_recorder *r, const ctfpy_worker *worker, int64_t *time)
{
    ctf_text text = record_text(r, worker, GET_TIME);
    return ctfpy_time_read(text.data, text.length, time);
}

static void count(ctfpy_recorder *r, const ctf_hits *hits, int64_t time)
{
    if (r->events == r->untimed || time < r->first)
        r->first = time;
    if (r->events == r->untimed || time > r->last)
        r->last = time;
    r->events++;
    r->matched += hits->n > 0;
}

/* Records the worker's last message. Where the clock's own pattern is among the hits, the event's time is a boolean, so
 * it has none. */
static ctf_status record(ctfpy_recorder *r, ctfpy_worker *worker, int64_t timestamp, int64_t arrival)
{
    ctf_log_event event = {timestamp, arrival, r->account, r->region};
    if (r->has_clock && !time_of(r, worker, &event.timestamp)) {
        r->events++;
        r->untimed++;
        return CTF_OK;
    }
    if (event.arrival == CTF_ON_TIME && r->delay != 0)
        event.arrival = event.timestamp + r->delay;
    if (event.account.length == 0)
        event.account = record_text(r, worker, GET_ACCOUNT);
    if (event.region.length == 0)
        event.region = record_text(r, worker, GET_REGION);
    ctf_status status = ctf_metrics_record(r->metrics, worker->scratch, &worker->hits, &event, r->series);
    if (status == CTF_OK)
        count(r, &worker->hits, event.timestamp);
    return status;
}

ctf_status ctfpy_record(ctfpy_recorder *r, ctfpy_worker *worker, const char *message, size_t length, int64_t timestamp,
                        int64_t arrival)
{
    ctf_status status = ctf_match(worker->scratch, message, length, &worker->hits);
    return status == CTF_OK ? record(r, worker, timestamp, arrival) : status;
}

/* A buffer on its way. */
typedef struct recording {
    ctfpy_recorder *recorder;
    ctfpy_worker *worker;
    ctfpy_tick_fn tick;
    void *context;
    uint64_t every, next;
    ctf_status failed;
} recording;

static int take(void *context, const ctf_message *message, const ctf_hits *hits)
{
    recording *r = context;
    r->worker->hits = *hits;
    r->failed = record(r->recorder, r->worker, 0, CTF_ON_TIME);
    if (r->failed != CTF_OK)
        return 1;
    if (r->tick == NULL || message->offset < r->next)
        return 0;
    r->next = message->offset + r->every;
    return r->tick(r->context, message->offset);
}

ctf_status ctfpy_record_scan(ctfpy_recorder *recorder, ctfpy_worker *worker, const char *buffer, size_t length,
                             const ctf_scan_options *options, ctfpy_tick_fn tick, void *context, uint64_t every,
                             ctf_error *error)
{
    recording r = {recorder, worker, tick, context, every, every, CTF_OK};
    ctf_scan_options all = *options;
    all.all = 1;
    ctf_status status = ctf_scan(worker->scratch, buffer, length, &all, take, &r, error);
    return r.failed != CTF_OK ? r.failed : status;
}

static int64_t floor_div(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

/* The time of row i in milliseconds; 0 for a null, -1 where no sample may be stamped so. */
static int row_time(const ctfpy_times *times, int64_t i, int64_t *time)
{
    int64_t at = times->offset + i;
    if (times->validity != NULL && !(times->validity[at >> 3] >> (at & 7) & 1))
        return 0;
    int64_t value = times->values[at], unit = times->per_second >= 1000 ? 1 : 1000;
    if (unit == 1)
        value = floor_div(value, times->per_second / 1000);
    if (value > CTF_TIME_MAX / unit || value < -CTF_TIME_MAX / unit)
        return -1;
    *time = value * unit;
    return 1;
}

static ctf_status record_row(ctfpy_recorder *r, ctfpy_worker *worker, ctf_text text, const ctfpy_times *times, int64_t i)
{
    int64_t time = 0;
    int timed = r->has_clock ? 1 : row_time(times, i, &time);
    if (timed < 0)
        return CTF_E_ARGUMENT;
    if (timed > 0)
        return ctfpy_record(r, worker, text.data, text.length, time, CTF_ON_TIME);
    r->events++;
    r->untimed++;
    return CTF_OK;
}

ctf_status ctfpy_record_column(ctfpy_recorder *recorder, ctfpy_worker *worker, const ctfpy_column *column,
                               const ctfpy_times *times, int64_t from, int64_t to, int64_t *bad)
{
    for (*bad = from; *bad < to; ++*bad) {
        ctf_text text;
        int found = ctfpy_column_row(column, *bad, &text);
        if (found < 0)
            return CTF_E_DOCUMENT;
        ctf_status status = found == 0 ? CTF_OK : record_row(recorder, worker, text, times, *bad);
        if (status != CTF_OK)
            return status;
    }
    return CTF_OK;
}
