/* Replay (spec: metrics-alarms 4.4). Windows end at ticks; each is judged once, kept as bits (recent.h) and
 * seen by the evaluations of the next range periods. Samples that arrive late change windows of the past:
 * those are judged again when they arrive, never before. Where periods are no multiple of ticks (more than
 * a day in all, not in whole hours) every evaluation looks at all its windows anew. */
#include <ctfilter/replay.h>

#include "alarm/recent.h"
#include "alarm/rolling.h"
#include "base/arena.h"
#include "base/room.h"
#include "base/time.h"

/* A bucket that arrived behind its end. */
typedef struct late {
    int64_t arrival;
    int64_t start;
} late;

typedef struct replay {
    const ctf_alarm *alarm;
    const ctf_series *series;
    size_t metric;
    bool has_metric;
    ctf_allocator allocator;
    int64_t tick, width; /* ms between evaluations; of a window */
    ctfi_recent recent;
    ctfi_rolling rolling;
    late *lates; /* by arrival */
    size_t n_lates, lates_capacity, next_late;
    ctf_slot *slots; /* for a transition */
    uint32_t range;
    ctf_state *state;
    ctf_transition_fn transition;
    void *context;
} replay;

static bool resolution_serves(const ctf_alarm *alarm, const ctf_series *series)
{
    int64_t resolution = ctfi_series_resolution(series);
    return (int64_t)alarm->period * 1000 % resolution == 0 && ctf_alarm_tick(alarm) % resolution == 0;
}

static bool in_range(int64_t time)
{
    return time >= -CTF_REPLAY_TIME_MAX && time <= CTF_REPLAY_TIME_MAX;
}

static ctf_status look(const replay *r, int64_t now, ctf_slot *slots, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int64_t end = now - (int64_t)(n - 1 - i) * r->width;
        ctf_datapoint point = {.start = end - r->width};
        if (r->has_metric) {
            ctf_status status = ctf_series_statistic(r->series, r->metric, &r->alarm->statistic, end - r->width, end,
                                                     now, &point);
            if (status != CTF_OK)
                return status;
        }
        slots[i] = (ctf_slot){.start = end - r->width,
                              .present = point.availability == CTF_AVAILABLE,
                              .value = point.value,
                              .sample_count = point.sample_count};
    }
    return CTF_OK;
}

ctf_status ctf_alarm_look(const ctf_alarm *alarm, const ctf_series *series, int64_t now, ctf_slot *slots, size_t n)
{
    if (alarm == NULL || alarm->period == 0 || series == NULL || (slots == NULL && n != 0) || !in_range(now) ||
        !resolution_serves(alarm, series) || n > UINT32_MAX)
        return CTF_E_ARGUMENT;
    replay r = {.alarm = alarm, .series = series, .width = (int64_t)alarm->period * 1000};
    r.has_metric = ctf_series_find(series, &alarm->metric, &r.metric) == CTF_OK;
    return look(&r, ctf_alarm_window_end(alarm, now), slots, n);
}

static ctfi_mark mark_of(const replay *r, const ctf_datapoint *point)
{
    ctf_slot slot = {.present = point->availability == CTF_AVAILABLE, .value = point->value};
    ctfi_mark mark = {.present = slot.present != 0};
    if (mark.present) {
        mark.breaching = ctf_alarm_breaches(r->alarm, &slot) != 0;
        mark.low = r->alarm->keep_low_samples && ctf_statistic_is_low(&r->alarm->statistic, point->sample_count);
    }
    return mark;
}

/* Reports a change of state with what the evaluation saw. */
static ctf_status change(replay *r, int64_t now, const ctf_verdict *verdict)
{
    ctf_status status = look(r, now, r->slots, r->range);
    if (status != CTF_OK)
        return status;
    ctf_transition transition = {now, *r->state, verdict->state, *verdict, r->slots, r->range};
    *r->state = verdict->state;
    return r->transition != NULL && r->transition(r->context, &transition) != 0 ? CTF_E_STOPPED : CTF_OK;
}

static ctf_status evaluate(replay *r, int64_t now)
{
    ctfi_tally tally = ctfi_recent_count(&r->recent);
    ctf_verdict verdict = ctfi_alarm_judge(r->alarm, &tally, *r->state);
    return verdict.state == *r->state ? CTF_OK : change(r, now, &verdict);
}

/* The window that ends at `end`, as far as it had arrived by `seen_at`. */
static ctf_status judge_window(const replay *r, int64_t end, int64_t seen_at, ctfi_mark *mark)
{
    ctf_datapoint point;
    ctf_status status =
        ctf_series_statistic(r->series, r->metric, &r->alarm->statistic, end - r->width, end, seen_at, &point);
    if (status == CTF_OK)
        *mark = mark_of(r, &point);
    return status;
}

static bool arrives_before(const late *a, const late *b)
{
    return a->arrival < b->arrival || (a->arrival == b->arrival && a->start < b->start);
}

static void sink(late *heap, size_t at, size_t n)
{
    for (size_t child; (child = 2 * at + 1) < n; at = child) {
        child += child + 1 < n && arrives_before(&heap[child], &heap[child + 1]);
        if (!arrives_before(&heap[at], &heap[child]))
            return;
        late moved = heap[at];
        heap[at] = heap[child];
        heap[child] = moved;
    }
}

static void sort_lates(late *lates, size_t n)
{
    for (size_t i = n / 2; i-- > 0;)
        sink(lates, i, n);
    for (; n > 1; n--) {
        late last = lates[n - 1];
        lates[n - 1] = lates[0];
        lates[0] = last;
        sink(lates, 0, n - 1);
    }
}

/* Lists the late buckets that windows from `from` on can hold. */
static ctf_status list_lates(replay *r, int64_t from)
{
    ctfi_cursor cursor;
    ctfi_bucket bucket;
    int64_t resolution = ctfi_series_resolution(r->series);
    if (!ctfi_series_has_late(r->series, r->metric))
        return CTF_OK;
    ctfi_cursor_open(&cursor, r->series, r->metric, from);
    while (ctfi_cursor_next(&cursor, &bucket)) {
        if (bucket.arrival <= bucket.start + resolution)
            continue;
        void *lates = ctfi_room(&r->allocator, r->lates, &r->lates_capacity, r->n_lates + 1, sizeof *r->lates);
        if (lates == NULL)
            return CTF_E_NOMEM;
        r->lates = lates;
        r->lates[r->n_lates++] = (late){bucket.arrival, bucket.start};
    }
    sort_lates(r->lates, r->n_lates);
    return CTF_OK;
}

/* Judges again the windows that hold a bucket which has just arrived. */
static ctf_status revise(replay *r, int64_t start, int64_t now)
{
    int64_t oldest = now - (int64_t)r->range * r->width;
    int64_t first = ctfi_floor_to(start, r->tick) + r->tick;
    int64_t last = start + r->width < now ? start + r->width : now;
    for (int64_t end = first > oldest ? first : oldest + r->tick; end <= last; end += r->tick) {
        ctfi_mark mark;
        ctf_status status = judge_window(r, end, now, &mark);
        if (status != CTF_OK)
            return status;
        ctfi_recent_set(&r->recent, (uint64_t)((now - end) / r->tick), mark);
    }
    return CTF_OK;
}

static ctf_status revise_arrived(replay *r, int64_t now)
{
    ctf_status status = CTF_OK;
    while (status == CTF_OK && r->next_late < r->n_lates && r->lates[r->next_late].arrival <= now)
        status = revise(r, r->lates[r->next_late++].start, now);
    return status;
}

/* Takes in the window that ends at `now`; *news is false when no evaluation can count anything new. */
static ctf_status push_window(replay *r, int64_t now, int64_t seen_at, bool *news)
{
    ctfi_mark mark;
    ctf_status status;
    if (r->n_lates == 0) {
        ctf_datapoint point;
        status = ctfi_rolling_move(&r->rolling, now, &point);
        mark = mark_of(r, &point);
    } else {
        status = judge_window(r, now, seen_at, &mark);
    }
    if (status == CTF_OK)
        *news = ctfi_recent_push(&r->recent, mark);
    return status;
}

/* The first tick from `now` on whose window holds a bucket, or at which one arrives late. */
static int64_t next_news(const replay *r, int64_t now, int64_t stop)
{
    int64_t start, news = stop;
    if (!r->has_metric)
        return stop;
    if (ctf_series_next(r->series, r->metric, now - r->width, &start) == CTF_OK && start < stop)
        news = ctfi_floor_to(start, r->tick) + r->tick;
    if (r->next_late < r->n_lates && r->lates[r->next_late].arrival < news)
        news = ctfi_floor_to(r->lates[r->next_late].arrival + r->tick - 1, r->tick);
    return news < now ? now : news > stop ? stop : news;
}

/* Every evaluation from a state without any datapoint on gives the same until there is news: one is made,
 * the others are passed over. Returns the tick to go on at. */
static ctf_status pass_over(replay *r, int64_t *now, int64_t stop)
{
    int64_t news = next_news(r, *now, stop);
    if (news <= *now)
        return CTF_OK;
    ctf_status status = evaluate(r, *now);
    int64_t ticks = (news - *now + r->tick - 1) / r->tick;
    ctfi_recent_pass(&r->recent);
    *now += ticks * r->tick;
    return status;
}

/* Ticks from `now` to before `stop`; the windows before `now` are in. */
static ctf_status run(replay *r, int64_t now, int64_t stop)
{
    ctf_status status = CTF_OK;
    while (now < stop && status == CTF_OK) {
        if (r->recent.filled == 0) {
            int64_t before = now;
            status = pass_over(r, &now, stop);
            if (now != before)
                continue;
        }
        bool news = true;
        if (status == CTF_OK && r->has_metric)
            status = push_window(r, now, now, &news);
        if (status == CTF_OK && r->next_late < r->n_lates && r->lates[r->next_late].arrival <= now) {
            status = revise_arrived(r, now);
            news = true;
        }
        if (status == CTF_OK && news)
            status = evaluate(r, now);
        now += r->tick;
    }
    return status;
}

/* Looks at all windows at every tick. */
static ctf_status run_slowly(replay *r, int64_t now, int64_t stop)
{
    ctf_status status = CTF_OK;
    for (; now < stop && status == CTF_OK; now += r->tick) {
        status = look(r, now, r->slots, r->range);
        ctf_verdict verdict = ctf_alarm_evaluate(r->alarm, r->slots, r->range, *r->state);
        if (status == CTF_OK && verdict.state != *r->state)
            status = change(r, now, &verdict);
    }
    return status;
}

/* Fills in the windows that the evaluation at `now` sees besides its newest. */
static ctf_status warm_up(replay *r, int64_t now)
{
    int64_t span = (int64_t)r->range * r->width, from = now - span - r->width;
    ctf_status status = list_lates(r, from);
    if (status != CTF_OK)
        return status;
    status = ctfi_rolling_open(&r->rolling, r->series, r->metric, &r->alarm->statistic, r->width, from, &r->allocator);
    if (status != CTF_OK)
        return status;
    while (r->next_late < r->n_lates && r->lates[r->next_late].arrival < now)
        r->next_late++;
    int64_t start;
    bool news;
    if (ctf_series_next(r->series, r->metric, from, &start) != CTF_OK || start >= now)
        return CTF_OK;
    for (int64_t end = now - span + r->tick; end < now && status == CTF_OK; end += r->tick)
        status = push_window(r, end, now - 1, &news);
    return status;
}

static ctf_status replay_in(replay *r, int64_t start, int64_t stop)
{
    int64_t now = ctfi_floor_to(start + r->tick - 1, r->tick);
    r->slots = ctfi_resize(&r->allocator, NULL, r->range * sizeof *r->slots);
    if (r->slots == NULL)
        return CTF_E_NOMEM;
    if (r->width % r->tick != 0)
        return run_slowly(r, now, stop);
    ctf_status status = ctfi_recent_init(&r->recent, r->alarm, (size_t)(r->width / r->tick), &r->allocator);
    if (status == CTF_OK && r->has_metric)
        status = warm_up(r, now);
    return status == CTF_OK ? run(r, now, stop) : status;
}

ctf_status ctf_alarm_replay(const ctf_alarm *alarm, const ctf_series *series, int64_t start, int64_t stop,
                            ctf_state *state, ctf_transition_fn transition, void *context,
                            const ctf_allocator *allocator)
{
    if (alarm == NULL || series == NULL || state == NULL || alarm->period == 0 || !in_range(start) ||
        !in_range(stop) || !resolution_serves(alarm, series))
        return CTF_E_ARGUMENT;
    replay r = {.alarm = alarm,
                .series = series,
                .allocator = ctfi_allocator_or_default(allocator),
                .tick = ctf_alarm_tick(alarm),
                .width = (int64_t)alarm->period * 1000,
                .range = ctf_alarm_range(alarm),
                .state = state,
                .transition = transition,
                .context = context};
    r.recent.allocator = r.rolling.allocator = r.allocator;
    r.has_metric = ctf_series_find(series, &alarm->metric, &r.metric) == CTF_OK;
    ctf_status status = replay_in(&r, start, stop);
    ctfi_recent_free(&r.recent);
    ctfi_rolling_free(&r.rolling);
    ctfi_resize(&r.allocator, r.slots, 0);
    ctfi_resize(&r.allocator, r.lates, 0);
    return status;
}
