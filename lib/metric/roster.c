/* Shelves in canonical order, a heap for who goes first, a table for quick answers. */
#include "metric/roster.h"

#include "base/room.h"

ctfi_metric *ctfi_metric_new(const ctf_allocator *allocator, const ctfi_identity *identity)
{
    ctfi_metric *metric = ctfi_resize(allocator, NULL, sizeof *metric + ctfi_identity_size(identity));
    if (metric != NULL) {
        *metric = (ctfi_metric){.samples = 0};
        metric->identity = ctfi_identity_copy(identity, metric + 1);
    }
    return metric;
}

void ctfi_metric_free(ctfi_metric *metric, const ctf_allocator *allocator)
{
    ctfi_points_free(&metric->points, allocator);
    ctfi_resize(allocator, metric, 0);
}

static void drop(const ctf_allocator *allocator, void *block)
{
    if (block != NULL)
        ctfi_resize(allocator, block, 0);
}

void ctfi_roster_free(ctfi_roster *roster, const ctf_allocator *allocator)
{
    for (size_t i = 0; i < roster->n_shelves; i++) {
        for (size_t k = 0; k < roster->shelves[i].n; k++)
            ctfi_metric_free(roster->shelves[i].metrics[k], allocator);
        ctfi_resize(allocator, roster->shelves[i].metrics, 0);
    }
    drop(allocator, roster->shelves);
    drop(allocator, roster->heap);
    drop(allocator, roster->table);
    *roster = (ctfi_roster){0};
}

/* ---- shelves ------------------------------------------------------------------------------------------- */

typedef struct spot {
    size_t shelf, at;
    bool found;
} spot;

/* The last shelf whose first metric is not above the identity, or shelf 0. */
static size_t find_shelf(const ctfi_roster *roster, const ctfi_identity *identity)
{
    size_t low = 0, high = roster->n_shelves;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (ctfi_identity_compare(&roster->shelves[middle].metrics[0]->identity, identity) <= 0)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static spot search(const ctfi_roster *roster, const ctfi_identity *identity)
{
    spot s = {0, 0, false};
    if (roster->n_shelves == 0)
        return s;
    s.shelf = find_shelf(roster, identity);
    const ctfi_shelf *shelf = &roster->shelves[s.shelf];
    for (size_t high = shelf->n; s.at < high;) {
        size_t middle = s.at + (high - s.at) / 2;
        int order = ctfi_identity_compare(&shelf->metrics[middle]->identity, identity);
        s.found |= order == 0;
        if (order < 0)
            s.at = middle + 1;
        else
            high = middle;
    }
    return s;
}

static ctfi_shelf *insert_shelf(ctfi_roster *roster, const ctf_allocator *allocator, size_t at)
{
    ctfi_shelf *shelves =
        ctfi_room(allocator, roster->shelves, &roster->shelf_capacity, roster->n_shelves + 1, sizeof *shelves);
    if (shelves == NULL)
        return NULL;
    roster->shelves = shelves;
    ctfi_metric **metrics = ctfi_resize(allocator, NULL, CTFI_SHELF * sizeof *metrics);
    if (metrics == NULL)
        return NULL;
    memmove(shelves + at + 1, shelves + at, (roster->n_shelves - at) * sizeof *shelves);
    roster->n_shelves++;
    shelves[at] = (ctfi_shelf){metrics, 0};
    return &shelves[at];
}

/* Moves the upper half of a full shelf to a new one. */
static ctf_status split(ctfi_roster *roster, const ctf_allocator *allocator, spot *s)
{
    ctfi_shelf *upper = insert_shelf(roster, allocator, s->shelf + 1);
    if (upper == NULL)
        return CTF_E_NOMEM;
    ctfi_shelf *lower = upper - 1;
    lower->n = CTFI_SHELF / 2;
    upper->n = CTFI_SHELF - lower->n;
    memcpy(upper->metrics, lower->metrics + lower->n, upper->n * sizeof(ctfi_metric *));
    if (s->at > lower->n)
        *s = (spot){s->shelf + 1, s->at - lower->n, false};
    return CTF_OK;
}

static ctf_status shelve(ctfi_roster *roster, const ctf_allocator *allocator, ctfi_metric *metric)
{
    spot s = search(roster, &metric->identity);
    if (roster->n_shelves == 0 && insert_shelf(roster, allocator, 0) == NULL)
        return CTF_E_NOMEM;
    if (roster->shelves[s.shelf].n == CTFI_SHELF && split(roster, allocator, &s) != CTF_OK)
        return CTF_E_NOMEM;
    ctfi_shelf *shelf = &roster->shelves[s.shelf];
    memmove(shelf->metrics + s.at + 1, shelf->metrics + s.at, (shelf->n - s.at) * sizeof(ctfi_metric *));
    shelf->metrics[s.at] = metric;
    shelf->n++;
    return CTF_OK;
}

static void unshelve(ctfi_roster *roster, const ctf_allocator *allocator, const ctfi_metric *metric)
{
    spot s = search(roster, &metric->identity);
    ctfi_shelf *shelf = &roster->shelves[s.shelf];
    shelf->n--;
    memmove(shelf->metrics + s.at, shelf->metrics + s.at + 1, (shelf->n - s.at) * sizeof(ctfi_metric *));
    if (shelf->n != 0)
        return;
    ctfi_resize(allocator, shelf->metrics, 0);
    roster->n_shelves--;
    memmove(shelf, shelf + 1, (roster->n_shelves - s.shelf) * sizeof *shelf);
}

ctfi_metric *ctfi_roster_at(const ctfi_roster *roster, size_t index)
{
    const ctfi_shelf *shelf = roster->shelves;
    for (; index >= shelf->n; shelf++)
        index -= shelf->n;
    return shelf->metrics[index];
}

bool ctfi_roster_index(const ctfi_roster *roster, const ctfi_identity *identity, size_t *index)
{
    spot s = search(roster, identity);
    *index = s.at;
    for (size_t i = 0; i < s.shelf; i++)
        *index += roster->shelves[i].n;
    return s.found;
}

/* ---- who goes first ------------------------------------------------------------------------------------ */

bool ctfi_identity_goes_before(const ctfi_identity *identity, const ctfi_identity *top)
{
    if ((identity->n_dimensions != 0) != (top->n_dimensions != 0))
        return identity->n_dimensions != 0;
    if (identity->hash != top->hash)
        return identity->hash > top->hash;
    return ctfi_identity_compare(identity, top) > 0;
}

static bool goes_before(const ctfi_metric *a, const ctfi_metric *b)
{
    return ctfi_identity_goes_before(&a->identity, &b->identity);
}

/* There is room behind the n metrics of the heap. */
static void push(ctfi_roster *roster, ctfi_metric *metric)
{
    size_t at = roster->n++;
    for (; at > 0 && goes_before(metric, roster->heap[(at - 1) / 2]); at = (at - 1) / 2)
        roster->heap[at] = roster->heap[(at - 1) / 2];
    roster->heap[at] = metric;
}

static void pop(ctfi_roster *roster)
{
    ctfi_metric *moved = roster->heap[--roster->n];
    size_t at = 0;
    for (size_t child; (child = 2 * at + 1) < roster->n; at = child) {
        child += child + 1 < roster->n && goes_before(roster->heap[child + 1], roster->heap[child]);
        if (!goes_before(roster->heap[child], moved))
            break;
        roster->heap[at] = roster->heap[child];
    }
    roster->heap[at] = moved;
}

ctfi_metric *ctfi_roster_top(const ctfi_roster *roster)
{
    return roster->heap[0];
}

/* ---- the table ----------------------------------------------------------------------------------------- */

static ctfi_metric **cell(const ctfi_roster *roster, uint64_t hash)
{
    return &roster->table[hash & (roster->n_table - 1)];
}

/* Twice as many cells as metrics, where memory allows; a smaller table only answers less often. */
static void widen_table(ctfi_roster *roster, const ctf_allocator *allocator)
{
    size_t n = roster->n_table == 0 ? 64 : roster->n_table * 4;
    if (roster->n < roster->n_table / 2 || n > SIZE_MAX / sizeof(ctfi_metric *))
        return;
    ctfi_metric **wider = ctfi_resize(allocator, NULL, n * sizeof *wider);
    if (wider == NULL)
        return;
    drop(allocator, roster->table);
    memset(wider, 0, n * sizeof *wider);
    roster->table = wider;
    roster->n_table = n;
}

ctfi_metric *ctfi_roster_guess(const ctfi_roster *roster, const ctfi_identity *identity)
{
    ctfi_metric *guess = roster->n_table == 0 ? NULL : *cell(roster, identity->hash);
    return guess != NULL && ctfi_identity_equal(&guess->identity, identity) ? guess : NULL;
}

ctfi_metric *ctfi_roster_find(ctfi_roster *roster, const ctfi_identity *identity)
{
    spot s = search(roster, identity);
    ctfi_metric *found = s.found ? roster->shelves[s.shelf].metrics[s.at] : NULL;
    if (found != NULL && roster->n_table != 0)
        *cell(roster, identity->hash) = found;
    return found;
}

ctf_status ctfi_roster_add(ctfi_roster *roster, const ctf_allocator *allocator, ctfi_metric *metric)
{
    ctfi_metric **heap =
        ctfi_room(allocator, roster->heap, &roster->heap_capacity, roster->n + 1, sizeof *heap);
    if (heap == NULL)
        return CTF_E_NOMEM;
    roster->heap = heap;
    if (shelve(roster, allocator, metric) != CTF_OK)
        return CTF_E_NOMEM;
    push(roster, metric);
    widen_table(roster, allocator);
    if (roster->n_table != 0)
        *cell(roster, metric->identity.hash) = metric;
    return CTF_OK;
}

ctfi_metric *ctfi_roster_take_top(ctfi_roster *roster, const ctf_allocator *allocator)
{
    ctfi_metric *top = roster->heap[0];
    if (roster->n_table != 0 && *cell(roster, top->identity.hash) == top)
        *cell(roster, top->identity.hash) = NULL;
    unshelve(roster, allocator, top);
    pop(roster);
    return top;
}
