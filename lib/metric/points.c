/* Sorted runs of points: where a value belongs, how room is made there, how a bucket becomes a summary. */
#include "metric/points.h"

#include "base/room.h"

/* Below every value a metric holds. */
#define LEAST (-0x1p361)

/* Does the point stand before a value of the bucket `key`? The only point of a summary never stands before
 * another value of its bucket. */
static bool stands_before(const ctfi_point *point, uint64_t key, double value)
{
    return point->key < key || (point->key == key && point->count != 0 && point->of.value < value);
}

static bool is_same(const ctfi_point *point, uint64_t key, double value)
{
    return point->key == key && point->count != 0 && !(point->of.value < value) && !(value < point->of.value);
}


/* The last run whose first point stands before the value, or run 0. */
static size_t find_run(const ctfi_points *points, uint64_t key, double value)
{
    size_t low = 0, high = points->n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (stands_before(&points->runs[middle].points[0], key, value))
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Where the value is, or would be inserted: at the end of a run rather than the beginning of the next. */
static ctfi_place search(const ctfi_points *points, uint64_t key, double value)
{
    if (points->n == 0)
        return (ctfi_place){0, 0};
    ctfi_place place = {find_run(points, key, value), 0};
    const ctfi_run *run = &points->runs[place.run];
    for (uint32_t high = run->n; place.at < high;) {
        uint32_t middle = place.at + (high - place.at) / 2;
        if (stands_before(&run->points[middle], key, value))
            place.at = middle + 1;
        else
            high = middle;
    }
    return place;
}

ctfi_place ctfi_points_find(const ctfi_points *points, uint64_t key)
{
    return search(points, key, LEAST);
}

/* Tries the places around the last sample, for samples mostly come in the order of time. */
static bool guess(const ctfi_points *points, uint64_t key, double value, ctfi_place *place)
{
    ctfi_place last = points->last;
    if (last.run >= points->n || last.at >= points->runs[last.run].n)
        return false;
    *place = last;
    const ctfi_run *run = &points->runs[last.run];
    const ctfi_point *point = &run->points[last.at];
    if (is_same(point, key, value))
        return true;
    if (!stands_before(point, key, value)) {
        place->at--;
        return last.at > 0 && is_same(point - 1, key, value);
    }
    place->at++;
    return last.at + 1 < run->n ? !stands_before(point + 1, key, value) : last.run + 1 == points->n;
}

/* ---- making room --------------------------------------------------------------------------------------- */

/* An empty run at index `at` with room for `capacity` points. */
static ctfi_run *insert_run(ctfi_points *points, const ctf_allocator *allocator, size_t at, uint32_t capacity)
{
    ctfi_run *runs = ctfi_room(allocator, points->runs, &points->capacity, points->n + 1, sizeof *runs);
    if (runs == NULL)
        return NULL;
    points->runs = runs;
    ctfi_point *room = ctfi_resize(allocator, NULL, capacity * sizeof *room);
    if (room == NULL)
        return NULL;
    memmove(runs + at + 1, runs + at, (points->n - at) * sizeof *runs);
    points->n++;
    runs[at] = (ctfi_run){room, 0, capacity};
    return &runs[at];
}

/* Moves the upper half of a full run to a new one behind it; a full last run that grows at its end keeps
 * all. Leaves the place where it belongs then. */
static ctf_status split(ctfi_points *points, const ctf_allocator *allocator, ctfi_place *place)
{
    bool appends = place->run + 1 == points->n && place->at == CTFI_RUN;
    uint32_t kept = appends ? CTFI_RUN : CTFI_RUN / 2;
    ctfi_run *upper = insert_run(points, allocator, place->run + 1, appends ? 4 : CTFI_RUN);
    if (upper == NULL)
        return CTF_E_NOMEM;
    ctfi_run *lower = upper - 1;
    upper->n = lower->n - kept;
    memcpy(upper->points, lower->points + kept, upper->n * sizeof *upper->points);
    lower->n = kept;
    if (appends || place->at > kept)
        *place = (ctfi_place){place->run + 1, place->at - kept};
    return CTF_OK;
}

static ctf_status widen(ctfi_run *run, const ctf_allocator *allocator)
{
    uint32_t capacity = run->capacity * 2 < CTFI_RUN ? run->capacity * 2 : CTFI_RUN;
    ctfi_point *wider = ctfi_resize(allocator, run->points, capacity * sizeof *wider);
    if (wider == NULL)
        return CTF_E_NOMEM;
    run->points = wider;
    run->capacity = capacity;
    return CTF_OK;
}

/* Opens a gap at the place; nothing fails once something has changed. */
static ctf_status make_room(ctfi_points *points, const ctf_allocator *allocator, ctfi_place *place)
{
    if (points->n == 0 && insert_run(points, allocator, 0, 1) == NULL)
        return CTF_E_NOMEM;
    if (points->runs[place->run].n == CTFI_RUN && split(points, allocator, place) != CTF_OK)
        return CTF_E_NOMEM;
    ctfi_run *run = &points->runs[place->run];
    if (run->n == run->capacity && widen(run, allocator) != CTF_OK)
        return CTF_E_NOMEM;
    memmove(run->points + place->at + 1, run->points + place->at, (run->n - place->at) * sizeof *run->points);
    run->n++;
    return CTF_OK;
}

static ctf_status insert(ctfi_points *points, const ctf_allocator *allocator, ctfi_place place,
                         ctfi_point point)
{
    if (make_room(points, allocator, &place) != CTF_OK)
        return CTF_E_NOMEM;
    points->runs[place.run].points[place.at] = point;
    points->last = place;
    return CTF_OK;
}

/* Takes the point at the place out; the place then stands at what followed it. */
static void take_out(ctfi_points *points, const ctf_allocator *allocator, ctfi_place place)
{
    ctfi_run *run = &points->runs[place.run];
    run->n--;
    memmove(run->points + place.at, run->points + place.at + 1, (run->n - place.at) * sizeof *run->points);
    if (run->n != 0)
        return;
    ctfi_resize(allocator, run->points, 0);
    points->n--;
    memmove(run, run + 1, (points->n - place.run) * sizeof *run);
}

/* ---- summaries ----------------------------------------------------------------------------------------- */

void ctfi_point_summarize(const ctfi_point *point, ctfi_summary *summary)
{
    if (point->count == 0)
        ctfi_summary_merge(summary, point->of.summary);
    else
        ctfi_summary_add(summary, point->of.value, point->count);
}

/* Are `limit` values of the bucket kept already? */
static bool is_full(const ctfi_points *points, uint64_t key, uint32_t limit)
{
    ctfi_place place = ctfi_points_find(points, key);
    const ctfi_point *point = ctfi_points_at(points, &place);
    uint32_t n = 0;
    for (; n < limit && point != NULL && point->key == key; n++) {
        place.at++;
        point = ctfi_points_at(points, &place);
    }
    return n == limit;
}

/* The summary that a point of its own holds; a copy of `start`. */
static ctfi_summary *new_summary(const ctf_allocator *allocator, const ctfi_summary *start)
{
    ctfi_summary *summary = ctfi_resize(allocator, NULL, sizeof *summary);
    if (summary != NULL)
        *summary = *start;
    return summary;
}

/* Puts the summary in the place of the bucket's values, which are at least one, and takes these in. */
static void collapse(ctfi_points *points, const ctf_allocator *allocator, uint64_t key, ctfi_summary *summary)
{
    ctfi_place first = ctfi_points_find(points, key);
    ctfi_points_at(points, &first);
    ctfi_point *point = &points->runs[first.run].points[first.at];
    ctfi_point_summarize(point, summary);
    *point = (ctfi_point){key, {.summary = summary}, 0};
    points->last = first;
    for (;;) {
        ctfi_place next = {first.run, first.at + 1};
        const ctfi_point *other = ctfi_points_at(points, &next);
        if (other == NULL || other->key != key)
            return;
        ctfi_point_summarize(other, summary);
        take_out(points, allocator, next);
    }
}

static ctf_status insert_value(ctfi_points *points, const ctf_allocator *allocator, uint32_t limit,
                               ctfi_place place, ctfi_point point)
{
    ctfi_summary one = {.count = 0};
    if (limit == 0 || !is_full(points, point.key, limit))
        return insert(points, allocator, place, point);
    ctfi_summary_add(&one, point.of.value, point.count);
    one.unusable = 1;
    ctfi_summary *summary = new_summary(allocator, &one);
    if (summary == NULL)
        return CTF_E_NOMEM;
    collapse(points, allocator, point.key, summary);
    return CTF_OK;
}

ctf_status ctfi_points_add(ctfi_points *points, const ctf_allocator *allocator, uint32_t limit, uint64_t key,
                           double value, uint64_t count)
{
    ctfi_place place;
    if (!guess(points, key, value, &place))
        place = search(points, key, value);
    ctfi_place found = place;
    const ctfi_point *point = ctfi_points_at(points, &found);
    if (point == NULL || point->key != key || !(point->count == 0 || is_same(point, key, value)))
        return insert_value(points, allocator, limit, place, (ctfi_point){key, {.value = value}, count});
    if (point->count == 0)
        ctfi_summary_add(point->of.summary, value, count);
    else
        points->runs[found.run].points[found.at].count += count;
    points->last = found;
    return CTF_OK;
}

ctf_status ctfi_points_add_summary(ctfi_points *points, const ctf_allocator *allocator, uint64_t key,
                                   const ctfi_summary *summary)
{
    ctfi_place place = ctfi_points_find(points, key), found = place;
    const ctfi_point *point = ctfi_points_at(points, &found);
    bool meets = point != NULL && point->key == key;
    if (meets && point->count == 0) {
        ctfi_summary_merge(point->of.summary, summary);
        return CTF_OK;
    }
    ctfi_summary *copy = new_summary(allocator, summary);
    if (copy == NULL)
        return CTF_E_NOMEM;
    if (meets) {
        collapse(points, allocator, key, copy);
        return CTF_OK;
    }
    ctf_status status = insert(points, allocator, place, (ctfi_point){key, {.summary = copy}, 0});
    if (status != CTF_OK)
        ctfi_resize(allocator, copy, 0);
    return status;
}

void ctfi_points_free(ctfi_points *points, const ctf_allocator *allocator)
{
    for (size_t i = 0; i < points->n; i++) {
        ctfi_run *run = &points->runs[i];
        for (uint32_t k = 0; k < run->n; k++)
            if (run->points[k].count == 0)
                ctfi_resize(allocator, run->points[k].of.summary, 0);
        ctfi_resize(allocator, run->points, 0);
    }
    if (points->runs != NULL)
        ctfi_resize(allocator, points->runs, 0);
    *points = (ctfi_points){0};
}
