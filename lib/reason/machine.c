/* Texts and wildcards are read as Knuth, Morris and Pratt do; regular expressions as sets of stands, made as they are
 * met. */
#include "reason/machine.h"

#include "base/utf8.h"

#define MOST_STANDS 4096u
#define MOST_SETS 4096u

/* ---- pieces ---- */

static void fill_fallback(ctfi_piece *piece)
{
    uint32_t k = 0;
    piece->fallback[0] = 0;
    for (uint32_t i = 1; i < piece->n; i++) {
        while (k > 0 && piece->points[i] != piece->points[k])
            k = piece->fallback[k - 1];
        k += piece->points[i] == piece->points[k];
        piece->fallback[i] = k;
    }
}

static ctfi_piece piece_of(ctfi_job *job, ctfi_bytes text)
{
    uint32_t *points = ctfi_job_alloc(job, text.length + 1, sizeof *points);
    ctfi_piece piece = {points, ctfi_job_zero(job, text.length + 1, sizeof *points), 0};
    for (size_t at = 0; at < text.length;)
        at += ctfi_utf8_read(text.data + at, text.length - at, &points[piece.n++]);
    fill_fallback(&piece);
    return piece;
}

/* How much of the piece stands at the end of what was read, one character later. k < n. */
static uint32_t advance(const ctfi_piece *piece, uint32_t k, uint32_t point)
{
    while (k > 0 && piece->points[k] != point)
        k = piece->fallback[k - 1];
    return k + (piece->points[k] == point);
}

/* Pieces between stars; empty ones between two stars ask nothing. The first is a prefix and may be empty. */
static void cut_glob(ctfi_machine *m)
{
    ctfi_bytes text = m->property->text;
    CTFI_LIST(ctfi_piece) pieces = {NULL, 0, 0};
    CTFI_LIST(uint32_t) base = {NULL, 0, 0};
    uint32_t states = 0;
    for (size_t from = 0, to = 0; to <= text.length; to++) {
        if (to < text.length && text.data[to] != '*')
            continue;
        if (to > from || pieces.n == 0) {
            *CTFI_APPEND(m->job, &pieces) = piece_of(m->job, (ctfi_bytes){text.data + from, to - from});
            *CTFI_APPEND(m->job, &base) = states;
            states += pieces.at[pieces.n - 1].n + 1;
        }
        from = to + 1;
    }
    m->pieces = pieces.at;
    m->n_pieces = (uint32_t)pieces.n;
    m->base = base.at;
    m->open = text.length > 0 && text.data[text.length - 1] == '*';
}

void ctfi_machine_init(ctfi_machine *m, ctfi_job *job, const ctfi_property *property)
{
    *m = (ctfi_machine){.job = job, .property = property};
    if (property->type == CTFI_PROPERTY_REGEX) {
        m->stands = ctfi_stands_of(job, property->regex);
        m->words = m->stands.n / 64 + 1;
        m->room.bits = ctfi_job_alloc(job, m->words, sizeof *m->room.bits);
        return;
    }
    if (property->type == CTFI_PROPERTY_GLOB) {
        cut_glob(m);
        return;
    }
    m->pieces = ctfi_job_alloc(job, 1, sizeof *m->pieces);
    m->pieces[0] = piece_of(job, property->text);
    m->n_pieces = 1;
}

/* ---- wildcards ---- */

static uint32_t piece_at(const ctfi_machine *m, uint32_t state)
{
    uint32_t i = m->n_pieces - 1;
    while (m->base[i] > state)
        i--;
    return i;
}

/* A state that has all of its piece goes on to the next one; behind the last it is full, if a star stands there. A
 * pattern of one piece has a star at its end at most. */
static uint32_t settle(const ctfi_machine *m, uint32_t piece, uint32_t k)
{
    if (k < m->pieces[piece].n)
        return m->base[piece] + k;
    if (piece + 1 < m->n_pieces)
        return m->base[piece + 1];
    return m->open ? CTFI_MACHINE_FULL : m->base[piece] + k;
}

static uint32_t step_glob(const ctfi_machine *m, uint32_t state, uint32_t point)
{
    uint32_t i = piece_at(m, state), k = state - m->base[i];
    const ctfi_piece *piece = &m->pieces[i];
    if (k == piece->n)
        return CTFI_MACHINE_DEAD; /* its first occurrence was not the end */
    if (i > 0)
        return settle(m, i, advance(piece, k, point));
    return piece->points[k] == point ? settle(m, 0, k + 1) : CTFI_MACHINE_DEAD;
}

/* ---- regular expressions ---- */

/* Adds a stand and those that follow without a character. Returns whether the expression has matched. */
static bool reach(const ctfi_machine *m, ctfi_met *set, size_t i)
{
    for (;; i++) {
        const ctfi_stand *here = &m->stands.at[i];
        if (here->set == NULL) {
            set->at_end = set->at_end || here->at_end;
            return !here->at_end;
        }
        set->bits[i / 64] |= UINT64_C(1) << i % 64;
        if (!here->optional)
            return false;
    }
}

static bool reach_starts(const ctfi_machine *m, ctfi_met *set)
{
    bool matched = false;
    for (size_t i = 0; i < m->stands.n_starts; i++)
        matched = reach(m, set, m->stands.starts[i]) || matched;
    return matched;
}

/* The number of a set, which is kept if it is new. */
static uint32_t number_of(ctfi_machine *m, const ctfi_met *set)
{
    for (size_t i = 0; i < m->met.n; i++)
        if (m->met.at[i].at_end == set->at_end && memcmp(m->met.at[i].bits, set->bits, m->words * sizeof *set->bits) == 0)
            return (uint32_t)i;
    if (m->met.n == MOST_SETS)
        return CTFI_MACHINE_LOST;
    ctfi_met *kept = CTFI_APPEND(m->job, &m->met);
    *kept = (ctfi_met){NULL, set->at_end};
    kept->bits = ctfi_job_alloc(m->job, m->words, sizeof *kept->bits);
    memcpy(kept->bits, set->bits, m->words * sizeof *kept->bits);
    return (uint32_t)m->met.n - 1;
}

static ctfi_met *empty_set(ctfi_machine *m)
{
    memset(m->room.bits, 0, m->words * sizeof *m->room.bits);
    m->room.at_end = false;
    return &m->room;
}

static uint32_t start_regex(ctfi_machine *m)
{
    ctfi_met *set = empty_set(m);
    if (m->stands.n > MOST_STANDS)
        return CTFI_MACHINE_LOST;
    bool matched = reach_starts(m, set);
    for (size_t i = 0; i < m->stands.n_first; i++)
        matched = reach(m, set, m->stands.first[i]) || matched;
    return matched ? CTFI_MACHINE_FULL : number_of(m, set);
}

static uint32_t step_regex(ctfi_machine *m, uint32_t state, uint32_t point)
{
    ctfi_met *set = empty_set(m);
    bool matched = reach_starts(m, set);
    for (size_t i = 0; i < m->stands.n; i++) {
        const ctfi_stand *here = &m->stands.at[i];
        if ((m->met.at[state].bits[i / 64] >> i % 64 & 1) == 0 || !ctfi_charset_has(here->set, point))
            continue;
        if (here->repeats)
            matched = reach(m, set, i) || matched;
        matched = reach(m, set, i + 1) || matched;
    }
    return matched ? CTFI_MACHINE_FULL : number_of(m, set);
}

/* ---- all ---- */

uint32_t ctfi_machine_start(ctfi_machine *m)
{
    switch (m->property->type) {
    case CTFI_PROPERTY_REGEX:
        return start_regex(m);
    case CTFI_PROPERTY_GLOB:
        return settle(m, 0, 0);
    case CTFI_PROPERTY_CONTAINS:
        return m->pieces[0].n == 0 ? CTFI_MACHINE_FULL : 0;
    default:
        return 0;
    }
}

static uint32_t step_contains(const ctfi_machine *m, uint32_t state, uint32_t point)
{
    uint32_t k = advance(&m->pieces[0], state, point);
    return k == m->pieces[0].n ? CTFI_MACHINE_FULL : k;
}

static uint32_t step_text(const ctfi_machine *m, uint32_t state, uint32_t point)
{
    const ctfi_piece *piece = &m->pieces[0];
    return state < piece->n && piece->points[state] == point ? state + 1 : CTFI_MACHINE_DEAD;
}

uint32_t ctfi_machine_step(ctfi_machine *m, uint32_t state, uint32_t point)
{
    if (state >= CTFI_MACHINE_LOST)
        return state;
    switch (m->property->type) {
    case CTFI_PROPERTY_REGEX:
        return step_regex(m, state, point);
    case CTFI_PROPERTY_GLOB:
        return step_glob(m, state, point);
    case CTFI_PROPERTY_CONTAINS:
        return step_contains(m, state, point);
    default:
        return step_text(m, state, point);
    }
}

bool ctfi_machine_holds(const ctfi_machine *m, uint32_t state)
{
    if (state >= CTFI_MACHINE_LOST)
        return state == CTFI_MACHINE_FULL;
    switch (m->property->type) {
    case CTFI_PROPERTY_REGEX:
        return m->met.at[state].at_end;
    case CTFI_PROPERTY_GLOB:
        return state == m->base[m->n_pieces - 1] + m->pieces[m->n_pieces - 1].n && !m->open;
    case CTFI_PROPERTY_CONTAINS:
        return false;
    default:
        return state == m->pieces[0].n;
    }
}
