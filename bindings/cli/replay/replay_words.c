#include "replay_words.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/number.h"
#include "replay_time.h"

static void append(blob *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void append(blob *out, const char *format, ...)
{
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    blob_append_words(out, text);
}

static void append_text(blob *out, ctf_text text)
{
    blob_append(out, text.data, text.length);
}

void replay_words_number(double value, blob *out)
{
    unsigned char text[CTFI_DOUBLE_TEXT];
    blob_append(out, text, ctfi_double_print_java(value, text));
}

static void append_dimensions(blob *out, const ctf_metric *metric)
{
    for (size_t i = 0; i < metric->n_dimensions; i++) {
        blob_append_words(out, i == 0 ? " {" : ", ");
        append_text(out, metric->dimensions[i].name);
        blob_append_words(out, ": ");
        append_text(out, metric->dimensions[i].value);
    }
    if (metric->n_dimensions > 0)
        blob_append_byte(out, '}');
}

void replay_words_settings(const cli_metric_alarm *settings, blob *out)
{
    static const char *const signs[] = {
        [CTF_GREATER_OR_EQUAL] = ">=",       [CTF_GREATER] = ">",         [CTF_LESS] = "<",
        [CTF_LESS_OR_EQUAL] = "<=",          [CTF_OUTSIDE_BAND] = "outside", [CTF_BELOW_BAND] = "below",
        [CTF_ABOVE_BAND] = "above",
    };
    const ctf_alarm *alarm = &settings->alarm;
    append_text(out, alarm->statistic_name);
    blob_append_words(out, " of ");
    append_text(out, alarm->metric.name_space);
    blob_append_words(out, " / ");
    append_text(out, alarm->metric.name);
    append_dimensions(out, &alarm->metric);
    blob_append_words(out, " over ");
    replay_duration_append(out, (int64_t)alarm->period * 1000);
    append(out, " %s ", signs[alarm->comparison]);
    replay_words_number(alarm->threshold, out);
    append(out, ", %" PRIu32 " of %" PRIu32 ", missing data: %s", alarm->datapoints_to_alarm,
           alarm->evaluation_periods, ctf_treat_missing_name(alarm->treat_missing));
    if (alarm->keep_low_samples)
        blob_append_words(out, ", low sample counts: ignore");
}

/* How many slots old the oldest real one is; 1 for the newest. */
static size_t oldest_age(const ctf_slot *slots, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (slots[i].present)
            return n - i;
    return 0;
}

static const char *ending(uint32_t n)
{
    return n == 1 ? "" : "s";
}

static void append_filled(blob *out, const ctf_alarm *alarm, const ctf_verdict *verdict, const char *how)
{
    append(out, "Filled: %" PRIu32 " real point%s, %" PRIu32 " of them breaching, and %" PRIu32
                " missing counted as %s; %" PRIu32 " breaching make%s an alarm.",
           verdict->real, ending(verdict->real), verdict->breaching, verdict->missing, how, alarm->datapoints_to_alarm,
           alarm->datapoints_to_alarm == 1 ? "s" : "");
}

/* What only breaching points, fewer than M, come to. */
static void append_premature(blob *out, const ctf_alarm *alarm, const ctf_verdict *verdict, size_t age)
{
    bool old = verdict->rule == CTF_RULE_PREMATURE;
    if (verdict->real == 1)
        append(out, "Premature rule: the one real point in sight breaches. It is %zu period%s old ", age,
               age == 1 ? "" : "s");
    else
        append(out, "Premature rule: all %" PRIu32 " real points in sight breach. The oldest is %zu periods old ",
               verdict->real, age);
    append(out, "and %" PRIu32 " make%s an alarm: %s.", alarm->datapoints_to_alarm,
           alarm->datapoints_to_alarm == 1 ? "s" : "",
           old ? "the missing ones are not waited for" : "too early to tell");
}

void replay_words_decision(const ctf_alarm *alarm, const ctf_slot *slots, size_t n_slots,
                           const ctf_verdict *verdict, blob *out)
{
    uint32_t wanted = alarm->datapoints_to_alarm;
    switch (verdict->rule) {
    case CTF_RULE_ENOUGH_REAL:
        append(out, "Enough real points: %" PRIu32 " of the newest %" PRIu32 " breach%s, and %" PRIu32
                    " make%s an alarm; missing ones play no part.",
               verdict->breaching, verdict->real, verdict->breaching == 1 ? "es" : "", wanted, wanted == 1 ? "s" : "");
        break;
    case CTF_RULE_FILL_BREACHING:
        append_filled(out, alarm, verdict, "breaching");
        break;
    case CTF_RULE_FILL_NOT_BREACHING:
        append_filled(out, alarm, verdict, "not breaching");
        break;
    case CTF_RULE_ENOUGH_BREACHING:
        append(out, "Enough breaching points: %" PRIu32 " of %" PRIu32 " real ones breach, and %" PRIu32
                    " make an alarm, whatever the missing ones would be.",
               verdict->breaching, verdict->real, wanted);
        break;
    case CTF_RULE_NO_DATA:
        append(out, "No data: none of the %zu periods in sight has a point.", n_slots);
        break;
    case CTF_RULE_HEALTHY_POINT:
        append(out, "A healthy point: %" PRIu32 " real point%s in sight, %" PRIu32 " breaching, fewer than the %" PRIu32
                    " that make an alarm.",
               verdict->real, ending(verdict->real), verdict->breaching, wanted);
        break;
    case CTF_RULE_PREMATURE:
    case CTF_RULE_TOO_YOUNG:
        append_premature(out, alarm, verdict, oldest_age(slots, n_slots));
        break;
    case CTF_RULE_LOW_SAMPLES:
        append(out, "Too few samples for the percentile: the state is kept.");
        break;
    }
}
