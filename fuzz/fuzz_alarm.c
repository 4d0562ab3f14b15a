/* Alarms. The first bytes are the settings, then come slots, then samples:
 *
 *   0 period  1 N  2 M (0: not given)  3 statistic  4 comparison  5 treatment  6 low samples
 *   7 threshold's scale  8-9 threshold  10 state before  11 how many slots, then a byte for each (below 64:
 *   missing), a byte for where the second half begins, and samples of 5 bytes: time (16 bits), arrival, value,
 *   count
 *
 * Claims. Settings are read or refused in words. The verdict on the slots is that of the naive evaluator; a
 * state that is kept stays; reason, reason data and history keep to their lengths, are UTF-8 and, where they
 * are to be, JSON. A replay of the samples tells what looking at every tick tells, in one run and in two. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "kit.h"
#include "match/check.h"
#include "oracle/alarm.h"

#define MAX_SLOTS 63
#define MINUTE INT64_C(60000)
#define BASE (INT64_C(29000000) * MINUTE)
#define PICK(array, byte) ((array)[(byte) % (sizeof(array) / sizeof *(array))])

typedef struct input {
    const uint8_t *data;
    size_t size, at;
} input;

static unsigned next(input *in)
{
    return in->at < in->size ? in->data[in->at++] : 0;
}

static int next_word(input *in)
{
    unsigned low = next(in);
    return (int16_t)(low | next(in) << 8);
}

static ctf_text text_of(const char *text)
{
    return (ctf_text){text, strlen(text)};
}

/* ---- settings --------------------------------------------------------------------------------------- */

static void set_statistic(ctf_alarm_input *out, unsigned choice)
{
    static const char *const words[] = {"Sum",  "Average", "SampleCount", "Minimum",    "Maximum", "p90",
                                        "p100", "p0.5",    "TM(10%:90%)", "PR(:3)", "tc50",    "Median"};
    const char *word = PICK(words, choice);
    if (choice % 12 < 5 || choice >= 240)
        out->statistic = text_of(word);
    else
        out->extended_statistic = text_of(word);
}

static double threshold(int scale, int digits)
{
    static const double scales[] = {1, 0.5, 0.1, 1e300, 1e-300, 1e20};
    return digits * PICK(scales, (unsigned)scale);
}

static ctf_alarm_input read_settings(input *in)
{
    static const int64_t periods[] = {60, 60, 60, 300, 10, 30, 120, 3600, 86400, 45, 0};
    static const char *const comparisons[] = {
        "GreaterThanOrEqualToThreshold", "GreaterThanThreshold",  "LessThanThreshold",
        "LessThanOrEqualToThreshold",    "GreaterThanThreshold",  "LessThanLowerOrGreaterThanUpperThreshold",
        "LessThanLowerThreshold",        "GreaterThanUpperThreshold", "greaterThanThreshold"};
    static const char *const treatments[] = {"", "missing", "ignore", "breaching", "notBreaching", "none"};
    static const char *const low[] = {"", "", "evaluate", "ignore", "never"};
    ctf_alarm_input out = {.alarm_name = text_of("logins"), .name_space = text_of("CloudTrail"),
                           .metric_name = text_of("Logins"), .has_period = 1, .has_evaluation_periods = 1};
    out.period = PICK(periods, next(in));
    out.evaluation_periods = next(in) % 16;
    out.datapoints_to_alarm = next(in) % 18;
    out.has_datapoints_to_alarm = out.datapoints_to_alarm != 0;
    set_statistic(&out, next(in));
    out.comparison_operator = text_of(PICK(comparisons, next(in)));
    out.treat_missing_data = text_of(PICK(treatments, next(in)));
    out.evaluate_low_sample_count_percentile = text_of(PICK(low, next(in)));
    int scale = (int)next(in);
    out.threshold = threshold(scale, next_word(in));
    out.has_threshold = scale != 255;
    if (strstr(out.comparison_operator.data, "erThreshold") != NULL)
        out.threshold_metric_id = text_of("band");
    return out;
}

/* ---- one evaluation --------------------------------------------------------------------------------- */

typedef struct window {
    ctf_slot slots[MAX_SLOTS];
    char pictures[MAX_SLOTS + 1]; /* as the oracle sees them */
    size_t n;
} window;

static bool breaches(const ctf_alarm *a, const ctf_slot *s)
{
    switch (a->comparison) {
    case CTF_GREATER_OR_EQUAL:
        return s->value >= a->threshold;
    case CTF_GREATER:
        return s->value > a->threshold;
    case CTF_LESS:
        return s->value < a->threshold;
    case CTF_LESS_OR_EQUAL:
        return s->value <= a->threshold;
    case CTF_OUTSIDE_BAND:
        return s->value < s->lower || s->value > s->upper;
    case CTF_BELOW_BAND:
        return s->value < s->lower;
    default:
        return s->value > s->upper;
    }
}

static void read_window(input *in, const ctf_alarm *alarm, size_t n, window *w)
{
    w->n = n;
    for (size_t i = 0; i < n; i++) {
        unsigned byte = next(in);
        double value = byte >= 250 ? alarm->threshold : ((int)byte - 160) / 3.0;
        ctf_slot slot = {.start = BASE + (int64_t)i * alarm->period * 1000,
                         .present = byte >= 64,
                         .value = value,
                         .lower = -10,
                         .upper = 10,
                         .sample_count = UINT64_C(1) << 40};
        w->slots[i] = slot;
        w->pictures[i] = !slot.present ? '-' : breaches(alarm, &slot) ? 'X' : '0';
        CLAIM(!slot.present || ctf_alarm_breaches(alarm, &slot) == breaches(alarm, &slot));
    }
    w->pictures[n] = '\0';
}

static void claim_state(const ctf_alarm *alarm, const window *w, ctf_state previous, const ctf_verdict *verdict)
{
    static const char states[] = "IOA";
    static const char treatments[] = "mibn";
    oracle_alarm naive = {w->pictures, (int)alarm->evaluation_periods, (int)alarm->datapoints_to_alarm,
                          treatments[alarm->treat_missing], states[previous]};
    oracle_verdict expected = oracle_alarm_evaluate(&naive);
    CLAIM(states[verdict->state] == expected.state);
    CLAIM(!verdict->kept || verdict->state == previous);
    CLAIM(verdict->real + verdict->missing == alarm->evaluation_periods && verdict->breaching <= verdict->real);
}

/* A text that somebody writes as snprintf does. */
typedef struct telling {
    const ctf_alarm *alarm;
    const window *window;
    const ctf_verdict *verdict;
    const ctf_state_told *from, *to;
} telling;
typedef size_t (*tell_fn)(const telling *t, char *buffer, size_t size);

static size_t reason(const telling *t, char *buffer, size_t size)
{
    return ctf_alarm_reason(t->alarm, t->window->slots, t->window->n, t->verdict, buffer, size);
}

static size_t reason_data(const telling *t, char *buffer, size_t size)
{
    return ctf_alarm_reason_data(t->alarm, t->window->slots, t->window->n, t->verdict, BASE, buffer, size);
}

static size_t history(const telling *t, char *buffer, size_t size)
{
    return ctf_alarm_history_data(t->from, t->to, buffer, size);
}

/* The text, for free(): the same when there is no room for it, half of it, or just enough. */
static ctf_text told(tell_fn tell, const telling *t, size_t most)
{
    size_t length = tell(t, NULL, 0), half = length / 2 + 1;
    char *whole = malloc(length + 1), *part = malloc(half);
    CLAIM(whole != NULL && tell(t, whole, length + 1) == length);
    CLAIM(part != NULL && tell(t, part, half) == length);
    CLAIM(whole[length] == '\0' && strlen(whole) == length && strncmp(whole, part, half - 1) == 0);
    CLAIM(part[half - 1] == '\0');
    CLAIM(ctfi_utf8_valid((const unsigned char *)whole, length));
    CLAIM(ctfi_utf8_count((const unsigned char *)whole, length) <= most);
    free(part);
    return (ctf_text){whole, length};
}

static void claim_json(ctf_text text)
{
    ctfi_depth depth = {.allocator = ctfi_allocator_or_default(NULL)};
    bool proved = false;
    ctfi_index index;
    ctfi_index_begin(&index, &ctfi_kernel_scalar, (ctfi_bytes){(const unsigned char *)text.data, text.length});
    CLAIM(ctfi_check_event(&index, &depth, &proved) == CTF_OK && proved);
    ctfi_depth_free(&depth);
}

static void claim_texts(const ctf_alarm *alarm, const window *w, ctf_state previous, const ctf_verdict *verdict)
{
    telling t = {.alarm = alarm, .window = w, .verdict = verdict};
    ctf_text why = told(reason, &t, CTF_MAX_REASON), data = told(reason_data, &t, CTF_MAX_REASON_DATA);
    CLAIM((why.length == 0) == (verdict->kept != 0));
    if (data.length > 0)
        claim_json(data);
    ctf_state_told from = {previous, text_of(CTF_INITIAL_REASON), {NULL, 0}}, to = {verdict->state, why, data};
    t.from = &from;
    t.to = &to;
    ctf_text changes = told(history, &t, CTF_MAX_HISTORY_DATA);
    claim_json(changes);
    free((void *)(uintptr_t)changes.data);
    free((void *)(uintptr_t)data.data);
    free((void *)(uintptr_t)why.data);
}

static void try_slots(input *in, const ctf_alarm *alarm, ctf_state previous)
{
    static window w;
    read_window(in, alarm, next(in) % (MAX_SLOTS + 1), &w);
    ctf_slot *slots = kit_copy(w.slots, w.n * sizeof *slots);
    ctf_verdict verdict = ctf_alarm_evaluate(alarm, slots, w.n, previous);
    claim_state(alarm, &w, previous, &verdict);
    claim_texts(alarm, &w, previous, &verdict);
    free(slots);
}

/* ---- replay ----------------------------------------------------------------------------------------- */

static ctf_series *read_samples(input *in, const ctf_alarm *alarm)
{
    ctf_series *series;
    ctf_series_options options = {.size = sizeof options};
    options.resolution = alarm->period % 60 == 0 ? 60 : 10;
    CLAIM(ctf_series_new(&options, &series) == CTF_OK);
    while (in->size - in->at >= 5) {
        int64_t time = BASE + next_word(in) * INT64_C(151);
        unsigned late = next(in), value = next(in), count = next(in);
        int64_t arrival = late == 0 ? CTF_ON_TIME : time + (int64_t)late * 7001;
        double half = ((int)value - 128) / 2.0;
        CLAIM(ctf_series_add(series, &alarm->metric, time, arrival, half, 1 + count) == CTF_OK);
    }
    return series;
}

typedef struct story {
    uint64_t digest;
    size_t changes;
    ctf_state state;
} story;

static int hear(void *context, const ctf_transition *t)
{
    story *s = context;
    const int64_t words[] = {t->time, t->from, t->to, t->verdict.rule, t->verdict.real};
    CLAIM(t->from != t->to && t->from == s->state);
    s->state = t->to;
    s->digest = ctfi_hash(s->digest, 0, (const unsigned char *)words, sizeof words);
    s->changes++;
    void *slots = kit_copy(t->slots, t->n_slots * sizeof *t->slots);
    free(slots);
    return 0;
}

static void replay(const ctf_alarm *alarm, const ctf_series *series, int64_t start, int64_t stop, story *s)
{
    ctf_state state = s->state;
    CLAIM(ctf_alarm_replay(alarm, series, start, stop, &state, hear, s, NULL) == CTF_OK);
    CLAIM(state == s->state);
}

/* By its definition. */
static void replay_slowly(const ctf_alarm *alarm, const ctf_series *series, int64_t start, int64_t stop,
                          story *s)
{
    size_t n = ctf_alarm_range(alarm);
    ctf_slot *slots = calloc(n, sizeof *slots);
    int64_t tick = ctf_alarm_tick(alarm);
    CLAIM(slots != NULL);
    for (int64_t now = (start + tick - 1) / tick * tick; now < stop; now += tick) {
        CLAIM(ctf_alarm_look(alarm, series, now, slots, n) == CTF_OK);
        ctf_verdict verdict = ctf_alarm_evaluate(alarm, slots, n, s->state);
        ctf_transition t = {now, s->state, verdict.state, verdict, slots, n};
        if (verdict.state != s->state)
            hear(s, &t);
    }
    free(slots);
}

static void claim_same(const story *a, const story *b)
{
    CLAIM(a->changes == b->changes && a->digest == b->digest && a->state == b->state);
}

static void try_replay(input *in, const ctf_alarm *alarm, ctf_state previous)
{
    int64_t reach = ctf_alarm_tick(alarm) < MINUTE ? 10 * MINUTE : 60 * MINUTE;
    int64_t start = BASE - reach / 2, stop = BASE + reach;
    int64_t split = start + (stop - start) / 256 * (int64_t)next(in);
    ctf_series *series = read_samples(in, alarm);
    story slow = {.state = previous}, whole = slow, halves = slow;
    replay_slowly(alarm, series, start, stop, &slow);
    replay(alarm, series, start, stop, &whole);
    replay(alarm, series, start, split, &halves);
    replay(alarm, series, split, stop, &halves);
    claim_same(&slow, &whole);
    claim_same(&slow, &halves);
    ctf_series_free(series);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = {data, size, 0};
    ctf_alarm_input settings = read_settings(&in);
    ctf_state previous = (ctf_state)(next(&in) % 3);
    ctf_alarm alarm;
    ctf_error error;
    ctf_status status = ctf_alarm_read(&settings, &alarm, &error);
    if (status == CTF_OK) {
        try_slots(&in, &alarm, previous);
        if (alarm.comparison < CTF_OUTSIDE_BAND)
            try_replay(&in, &alarm, previous);
    } else {
        CLAIM(status == CTF_E_ARGUMENT);
        kit_claim_error(&error, status, (ctf_text){NULL, 0});
    }
    return 0;
}
