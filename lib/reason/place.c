/* All walks along the stands of an expression go in step over the text; each stand remembers where the leftmost walk that
 * is there began. */
#include "reason/place.h"

#include "base/utf8.h"
#include "reason/stands.h"

#define MOST_STEPS (UINT64_C(1) << 28)
#define NOWHERE SIZE_MAX

static unsigned char lower(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : c;
}

static bool same_letters(const unsigned char *a, const unsigned char *b, size_t n)
{
    size_t i = 0;
    while (i < n && lower(a[i]) == lower(b[i]))
        i++;
    return i == n;
}

bool ctfi_place_same_letters(ctfi_bytes a, ctfi_bytes b)
{
    return a.length == b.length && same_letters(a.data, b.data, a.length);
}

#define LONGEST 64u

/* Letters to change, add or drop to make one key of the other; more than 2 is 3. */
static unsigned distance(ctfi_bytes a, ctfi_bytes b)
{
    unsigned row[LONGEST + 1];
    if (a.length > LONGEST || b.length > LONGEST || a.length + 2 < b.length || b.length + 2 < a.length)
        return 3;
    for (unsigned k = 0; k <= b.length; k++)
        row[k] = k;
    for (size_t i = 0; i < a.length; i++) {
        unsigned diagonal = row[0];
        row[0] = (unsigned)i + 1;
        for (size_t k = 0; k < b.length; k++) {
            unsigned change = diagonal + (a.data[i] != b.data[k]);
            unsigned step = (row[k] < row[k + 1] ? row[k] : row[k + 1]) + 1;
            diagonal = row[k + 1];
            row[k + 1] = change < step ? change : step;
        }
    }
    return row[b.length] < 3 ? row[b.length] : 3;
}

/* Is one the other with two neighbours exchanged? */
static bool is_swapped(ctfi_bytes a, ctfi_bytes b)
{
    size_t i = 0;
    if (a.length != b.length)
        return false;
    while (i < a.length && a.data[i] == b.data[i])
        i++;
    return i + 1 < a.length && a.data[i] == b.data[i + 1] && a.data[i + 1] == b.data[i] &&
           memcmp(a.data + i + 2, b.data + i + 2, a.length - i - 2) == 0;
}

bool ctfi_place_alike(ctfi_bytes a, ctfi_bytes b)
{
    unsigned d = distance(a, b);
    return ctfi_place_same_letters(a, b) || is_swapped(a, b) || (d < 3 && d * 3 <= (a.length < b.length ? a.length : b.length));
}

bool ctfi_place_text(ctfi_bytes text, ctfi_bytes word, size_t *at)
{
    for (size_t i = *at; i + word.length <= text.length; i++) {
        const unsigned char *first = memchr(text.data + i, word.data[0], text.length - word.length + 1 - i);
        if (first == NULL)
            return false;
        i = (size_t)(first - text.data);
        if (memcmp(first, word.data, word.length) == 0) {
            *at = i;
            return true;
        }
    }
    return false;
}

bool ctfi_place_text_any_case(ctfi_bytes text, ctfi_bytes word, size_t *at)
{
    for (size_t i = *at; i + word.length <= text.length; i++)
        if (same_letters(text.data + i, word.data, word.length)) {
            *at = i;
            return true;
        }
    return false;
}

typedef struct search {
    ctfi_bytes text;
    ctfi_stands stands;
    size_t *here, *next;            /* where the walk at each stand began */
    size_t from, to;                /* the best match so far; from NOWHERE: none */
} search;

static void accept(search *s, size_t from, size_t at)
{
    if (s->from == NOWHERE || from < s->from || (from == s->from && at > s->to)) {
        s->from = from;
        s->to = at;
    }
}

/* A walk that began at `from` reaches a stand, and what follows it without a character. */
static void reach(search *s, size_t *walks, size_t i, size_t from, size_t at)
{
    for (;; i++) {
        const ctfi_stand *here = &s->stands.at[i];
        if (here->set == NULL && (!here->at_end || at == s->text.length))
            accept(s, from, at);
        if (from < walks[i])
            walks[i] = from;
        if (here->set == NULL || !here->optional)
            return;
    }
}

static void start_walks(search *s, size_t at)
{
    for (size_t i = 0; i < s->stands.n_starts; i++)
        reach(s, s->here, s->stands.starts[i], at, at);
    for (size_t i = 0; i < s->stands.n_first && at == 0; i++)
        reach(s, s->here, s->stands.first[i], at, at);
}

/* Takes one character; returns whether any walk is left that could still make the match better. */
static bool step(search *s, uint32_t point, size_t behind)
{
    bool alive = false;
    for (size_t i = 0; i < s->stands.n; i++)
        s->next[i] = NOWHERE;
    for (size_t i = 0; i < s->stands.n; i++) {
        const ctfi_stand *here = &s->stands.at[i];
        if (s->here[i] == NOWHERE || here->set == NULL || s->here[i] > s->from || !ctfi_charset_has(here->set, point))
            continue;
        alive = true;
        if (here->repeats)
            reach(s, s->next, i, s->here[i], behind);
        reach(s, s->next, i + 1, s->here[i], behind);
    }
    size_t *swapped = s->here;
    s->here = s->next;
    s->next = swapped;
    return alive;
}

static void walk_text(search *s)
{
    for (size_t at = 0;;) {
        uint32_t point;
        if (s->from == NOWHERE)
            start_walks(s, at);
        if (at == s->text.length)
            return;
        size_t n = ctfi_utf8_read(s->text.data + at, s->text.length - at, &point);
        at += n + (n == 0);
        if (!step(s, n == 0 ? UINT32_MAX : point, at) && s->from != NOWHERE)
            return;
    }
}

bool ctfi_place_regex(ctfi_job *job, const ctfi_regex *regex, ctfi_bytes text, ctfi_bytes *out)
{
    search s = {.text = text, .stands = ctfi_stands_of(job, regex), .from = NOWHERE};
    if (s.stands.n == 0 || text.length > MOST_STEPS / s.stands.n)
        return false;
    s.here = ctfi_job_alloc(job, s.stands.n, sizeof *s.here);
    s.next = ctfi_job_alloc(job, s.stands.n, sizeof *s.next);
    for (size_t i = 0; i < s.stands.n; i++)
        s.here[i] = NOWHERE;
    walk_text(&s);
    if (s.from == NOWHERE)
        return false;
    *out = (ctfi_bytes){text.data + s.from, s.to - s.from};
    return true;
}
