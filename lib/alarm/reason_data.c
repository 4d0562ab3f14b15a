/* StateReasonData, the same as JSON for machines (spec: metrics-alarms 6.2). */
#include "alarm/points.h"
#include "alarm/text.h"
#include "base/time.h"

#define SHORTEST_POINT 4u /* "0.0," */

/* A text whose lists have at most `most` points, the newest. */
typedef struct data {
    ctfi_writer out;
    ctfi_told told;
    size_t most;
} data;

static void words(data *d, const char *text)
{
    ctfi_write_words(&d->out, text);
}

static void write_date(data *d, int64_t time)
{
    unsigned char text[CTFI_TIME_TEXT];
    words(d, "\"");
    ctfi_write(&d->out, text, ctfi_time_print_query(time, text));
    words(d, "\"");
}

static double value_of(const ctf_slot *slot)
{
    return slot->value;
}

static double lower_of(const ctf_slot *slot)
{
    return slot->lower;
}

static double upper_of(const ctf_slot *slot)
{
    return slot->upper;
}

/* One number of each deciding point, oldest first. */
static void write_recent(data *d, const char *key, double (*number)(const ctf_slot *))
{
    size_t passed_over = d->told.verdict->real > d->most ? d->told.verdict->real - d->most : 0;
    const char *separator = "";
    words(d, key);
    words(d, "[");
    for (size_t i = ctfi_told_oldest(&d->told); i < d->told.n_slots; i++) {
        if (!d->told.slots[i].present || (passed_over > 0 && passed_over-- > 0))
            continue;
        words(d, separator);
        ctfi_write_double(&d->out, number(&d->told.slots[i]));
        separator = ",";
    }
    words(d, "]");
}

/* The bound that the point was judged by. */
static double bound_of(const data *d, const ctf_slot *slot)
{
    ctf_comparison comparison = d->told.alarm->comparison;
    bool lower = comparison == CTF_BELOW_BAND || (comparison == CTF_OUTSIDE_BAND && slot->value < slot->lower);
    return lower ? slot->lower : slot->upper;
}

static void write_point(data *d, const ctf_slot *slot)
{
    words(d, "{\"timestamp\":");
    write_date(d, slot->start);
    if (slot->present) {
        words(d, ",\"sampleCount\":");
        ctfi_write_double(&d->out, (double)slot->sample_count);
        words(d, ",\"value\":");
        ctfi_write_double(&d->out, slot->value);
    }
    if (slot->present && ctfi_told_has_band(&d->told)) {
        words(d, ",\"threshold\":");
        ctfi_write_double(&d->out, bound_of(d, slot));
    }
    words(d, "}");
}

/* The points that decided, newest first: real ones that argue for the state, and where they are too few
 * missing ones. */
static void write_evaluated(data *d)
{
    uint32_t needed = ctfi_told_needed(&d->told), arguments = ctfi_told_arguments(&d->told);
    uint32_t real = arguments < needed ? arguments : needed, missing = needed - real;
    size_t written = 0;
    words(d, ",\"evaluatedDatapoints\":[");
    for (size_t i = d->told.n_slots; i-- > 0 && written < d->most;) {
        const ctf_slot *slot = &d->told.slots[i];
        bool argues = slot->present && ctfi_told_argues(&d->told, slot);
        uint32_t *left = argues ? &real : &missing;
        if ((slot->present && !argues) || *left == 0)
            continue;
        --*left;
        words(d, written++ == 0 ? "" : ",");
        write_point(d, slot);
    }
    words(d, "]");
}

static void write_settings(data *d)
{
    const ctf_alarm *alarm = d->told.alarm;
    if (alarm->metric.unit.length > 0) {
        words(d, ",\"unit\":");
        ctfi_write_json(&d->out, alarm->metric.unit);
    }
    words(d, ",\"statistic\":");
    ctfi_write_json(&d->out, alarm->statistic_name);
    words(d, ",\"period\":");
    ctfi_write_unsigned(&d->out, alarm->period);
}

static void write_thresholds(data *d)
{
    if (ctfi_told_has_band(&d->told)) {
        write_recent(d, ",\"recentLowerThresholds\":", lower_of);
        write_recent(d, ",\"recentUpperThresholds\":", upper_of);
    } else {
        words(d, ",\"threshold\":");
        ctfi_write_double(&d->out, d->told.alarm->threshold);
    }
}

/* Everything with lists of at most `most` points; returns the length. */
static size_t write_all(data *d, int64_t query_date, size_t most)
{
    size_t oldest = ctfi_told_oldest(&d->told);
    d->out.length = 0;
    d->most = most;
    words(d, "{\"version\":\"1.0\",\"queryDate\":");
    write_date(d, query_date);
    if (oldest < d->told.n_slots) {
        words(d, ",\"startDate\":");
        write_date(d, d->told.slots[oldest].start);
    }
    write_settings(d);
    write_recent(d, ",\"recentDatapoints\":", value_of);
    write_thresholds(d);
    write_evaluated(d);
    words(d, "}");
    return ctfi_write_end(&d->out);
}

/* The longest lists with which all of it stays within the limit. */
static size_t longest_lists(const ctfi_told *told, int64_t query_date)
{
    data d = {.told = *told};
    size_t fits = 0, beyond = CTF_MAX_REASON_DATA / SHORTEST_POINT;
    while (beyond - fits > 1) {
        size_t middle = fits + (beyond - fits) / 2;
        if (write_all(&d, query_date, middle) <= CTF_MAX_REASON_DATA)
            fits = middle;
        else
            beyond = middle;
    }
    return fits;
}

size_t ctf_alarm_reason_data(const ctf_alarm *alarm, const ctf_slot *slots, size_t n_slots,
                             const ctf_verdict *verdict, int64_t query_date, char *buffer, size_t size)
{
    data d = {.out = {buffer, size, 0}, .told = {alarm, slots, n_slots, verdict}};
    if (alarm == NULL || verdict == NULL || verdict->kept)
        return ctfi_write_end(&d.out);
    size_t length = write_all(&d, query_date, n_slots);
    if (length > CTF_MAX_REASON_DATA)
        length = write_all(&d, query_date, longest_lists(&d.told, query_date));
    return length;
}
