/* The search: breadth first over the states that all machines come to together, each once, so that its end without a
 * find is a proof. Where texts are judged by more than their properties, texts are then tried in order of length. */
#include "reason/language.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "match/glob.h"
#include "program/automaton.h"
#include "reason/machine.h"
#include "reason/place.h"

#define MOST_STATES 20000u
#define MOST_TRIED 2000u
#define MOST_LETTERS 512u

/* A state of all machines, and how the shortest text comes to it. */
typedef struct node {
    uint32_t parent;
    uint32_t point;
} node;

typedef struct search {
    ctfi_job *job;
    const ctfi_language *language;
    ctfi_machine *machines;
    uint32_t letters[MOST_LETTERS]; /* one for each class, the plainest first */
    size_t n_letters;
    CTFI_LIST(node) nodes;
    CTFI_LIST(uint32_t) states; /* language->n a node */
    uint32_t *slots;            /* hash table of nodes, n_slots a power of two; 0: free, else number + 1 */
    uint32_t n_slots;
    uint32_t *room;             /* for the states that are being looked at */
    bool lost;                  /* something was too large to follow */
} search;

/* ---- letters ---- */

/* Does any property tell the two characters apart? */
static bool told_apart(const search *s, uint32_t a, uint32_t b)
{
    for (size_t i = 0; i < s->language->n; i++) {
        const ctfi_machine *m = &s->machines[i];
        for (size_t k = 0; k < m->stands.n; k++)
            if (m->stands.at[k].set != NULL &&
                ctfi_charset_has(m->stands.at[k].set, a) != ctfi_charset_has(m->stands.at[k].set, b))
                return true;
    }
    return false;
}

static bool is_letter_of(const search *s, uint32_t point)
{
    for (size_t i = 0; i < s->n_letters; i++)
        if (s->letters[i] == point)
            return true;
    return false;
}

static void add_letter(search *s, uint32_t point)
{
    bool banned = point < 0x80 && point != 0 && strchr(s->language->without, (int)point) != NULL;
    if (banned || is_letter_of(s, point))
        return;
    if (s->n_letters == MOST_LETTERS)
        s->lost = true;
    else
        s->letters[s->n_letters++] = point;
}

/* Every character of a literal is a class of its own. */
static void add_literals(search *s)
{
    for (size_t i = 0; i < s->language->n; i++)
        for (uint32_t k = 0; k < s->machines[i].n_pieces; k++)
            for (uint32_t j = 0; j < s->machines[i].pieces[k].n; j++)
                add_letter(s, s->machines[i].pieces[k].points[j]);
}

/* A character stands for all that nobody tells from it and that no literal has. */
static void add_class(search *s, uint32_t point, size_t from)
{
    for (size_t i = from; i < s->n_letters; i++)
        if (!told_apart(s, s->letters[i], point))
            return;
    add_letter(s, point);
}

/* Puts the first n letters behind the others. */
static void rotate(search *s, size_t n)
{
    uint32_t first[MOST_LETTERS];
    memcpy(first, s->letters, n * sizeof *first);
    memmove(s->letters, s->letters + n, (s->n_letters - n) * sizeof *first);
    memcpy(s->letters + s->n_letters - n, first, n * sizeof *first);
}

/* The order in which characters are tried: those that no literal has, and that people read best, first. */
static void add_classes(search *s)
{
    static const char plain[] = "xabcdefghijklmnopqrstuvwyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ _.,:;/-";
    size_t literals = s->n_letters;
    for (const char *c = plain; *c != '\0'; c++)
        if (!is_letter_of(s, (unsigned char)*c))
            add_class(s, (unsigned char)*c, literals);
    for (uint32_t point = 0x20; point < 0x300; point++)
        if (!is_letter_of(s, point))
            add_class(s, point, literals);
    for (uint32_t point = 0; point < 0x20; point++)
        if (!is_letter_of(s, point))
            add_class(s, point, literals);
    rotate(s, literals);
}

/* ---- nodes ---- */

static const uint32_t *states_of(const search *s, uint32_t i)
{
    return s->states.at + (size_t)i * s->language->n;
}

static void widen(search *s)
{
    uint32_t n = s->n_slots == 0 ? 256 : s->n_slots * 2;
    uint32_t *slots = ctfi_job_zero(s->job, n, sizeof *slots);
    size_t size = s->language->n * sizeof(uint32_t);
    for (uint32_t i = 0; i < s->nodes.n; i++) {
        uint32_t at = (uint32_t)ctfi_hash(1, 0, (const unsigned char *)states_of(s, i), size) & (n - 1);
        while (slots[at] != 0)
            at = (at + 1) & (n - 1);
        slots[at] = i + 1;
    }
    s->slots = slots;
    s->n_slots = n;
}

/* The node of these states, made when it is new. Returns whether it was. */
static bool intern(search *s, const uint32_t *states, uint32_t parent, uint32_t point)
{
    size_t n = s->language->n, size = n * sizeof(uint32_t);
    if (s->nodes.n * 2 >= s->n_slots)
        widen(s);
    uint32_t at = (uint32_t)ctfi_hash(1, 0, (const unsigned char *)states, size) & (s->n_slots - 1);
    for (; s->slots[at] != 0; at = (at + 1) & (s->n_slots - 1))
        if (size == 0 || memcmp(states_of(s, s->slots[at] - 1), states, size) == 0)
            return false;
    for (size_t i = 0; i < n; i++)
        *CTFI_APPEND(s->job, &s->states) = states[i];
    *CTFI_APPEND(s->job, &s->nodes) = (node){parent, point};
    s->slots[at] = (uint32_t)s->nodes.n;
    return true;
}

/* Can a text that came to these states still become one that is asked for? */
static bool is_alive(search *s, const uint32_t *states)
{
    for (size_t i = 0; i < s->language->n; i++) {
        bool want = s->language->properties[i].want;
        s->lost = s->lost || states[i] == CTFI_MACHINE_LOST;
        if (states[i] == CTFI_MACHINE_LOST || (want && states[i] == CTFI_MACHINE_DEAD) ||
            (!want && states[i] == CTFI_MACHINE_FULL))
            return false;
    }
    return true;
}

static bool is_asked_for(const search *s, const uint32_t *states)
{
    for (size_t i = 0; i < s->language->n; i++)
        if (ctfi_machine_holds(&s->machines[i], states[i]) != s->language->properties[i].want)
            return false;
    return true;
}

static void start_states(search *s, uint32_t *states)
{
    for (size_t i = 0; i < s->language->n; i++)
        states[i] = ctfi_machine_start(&s->machines[i]);
}

static void step_states(search *s, const uint32_t *from, uint32_t point, uint32_t *to)
{
    for (size_t i = 0; i < s->language->n; i++)
        to[i] = ctfi_machine_step(&s->machines[i], from[i], point);
}

/* ---- texts ---- */

static void append_point(ctfi_job *job, unsigned char **text, size_t *length, size_t *room, uint32_t point)
{
    *text = ctfi_job_grow(job, *text, room, *length + 4, 1);
    *length += ctfi_utf8_write(point, *text + *length);
}

/* The text that comes to a node. */
static ctfi_bytes text_of(search *s, uint32_t i)
{
    CTFI_LIST(uint32_t) points = {NULL, 0, 0};
    unsigned char *text = NULL;
    size_t length = 0, room = 0;
    for (; i != 0; i = s->nodes.at[i].parent)
        *CTFI_APPEND(s->job, &points) = s->nodes.at[i].point;
    text = ctfi_job_grow(s->job, text, &room, 1, 1);
    while (points.n > 0)
        append_point(s->job, &text, &length, &room, points.at[--points.n]);
    return (ctfi_bytes){text, length};
}

/* Goes on from node i; returns whether a state that is asked for was met, which stands last then. */
static bool expand(search *s, uint32_t i)
{
    for (size_t k = 0; k < s->n_letters; k++) {
        step_states(s, states_of(s, i), s->letters[k], s->room);
        if (is_alive(s, s->room) && intern(s, s->room, i, s->letters[k]) && is_asked_for(s, s->room))
            return true;
    }
    return false;
}

/* The shortest text that has what is asked for. */
static ctfi_answer find_shortest(search *s, ctfi_bytes *out)
{
    start_states(s, s->room);
    if (!is_alive(s, s->room))
        return s->lost ? CTFI_UNDECIDED : CTFI_NO;
    intern(s, s->room, 0, 0);
    bool found = is_asked_for(s, s->room);
    for (uint32_t i = 0; !found && i < s->nodes.n; i++) {
        if (s->nodes.n > MOST_STATES)
            return CTFI_UNDECIDED;
        found = expand(s, i);
    }
    if (!found)
        return s->lost ? CTFI_UNDECIDED : CTFI_NO;
    *out = text_of(s, (uint32_t)s->nodes.n - 1);
    return CTFI_YES;
}

/* ---- texts that are judged by somebody else, too ---- */

/* A text that is being tried. */
typedef struct trial {
    uint32_t parent;
    uint32_t point;
    uint32_t *states;
} trial;

typedef CTFI_LIST(trial) trials;

static ctfi_bytes text_of_trial(search *s, const trials *all, size_t i)
{
    CTFI_LIST(uint32_t) points = {NULL, 0, 0};
    unsigned char *text = NULL;
    size_t length = 0, room = 0;
    for (; i != 0; i = all->at[i].parent)
        *CTFI_APPEND(s->job, &points) = all->at[i].point;
    text = ctfi_job_grow(s->job, text, &room, 1, 1);
    while (points.n > 0)
        append_point(s->job, &text, &length, &room, points.at[--points.n]);
    return (ctfi_bytes){text, length};
}

static bool try_one(search *s, const trials *all, size_t i, ctfi_bytes *out)
{
    if (!is_asked_for(s, all->at[i].states))
        return false;
    *out = text_of_trial(s, all, i);
    return s->language->take(s->language->context, *out);
}

static bool grow(search *s, trials *all, uint32_t i, ctfi_bytes *out)
{
    size_t n = s->language->n + 1;
    for (size_t k = 0; k < s->n_letters && all->n < MOST_TRIED; k++) {
        step_states(s, all->at[i].states, s->letters[k], s->room);
        if (!is_alive(s, s->room))
            continue;
        uint32_t *states = ctfi_job_alloc(s->job, n, sizeof *states);
        memcpy(states, s->room, n * sizeof *states);
        *CTFI_APPEND(s->job, all) = (trial){i, s->letters[k], states};
        if (try_one(s, all, all->n - 1, out))
            return true;
    }
    return false;
}

static ctfi_answer find_taken(search *s, ctfi_bytes *out)
{
    trials all = {NULL, 0, 0};
    uint32_t *states = ctfi_job_alloc(s->job, s->language->n + 1, sizeof *states);
    start_states(s, states);
    *CTFI_APPEND(s->job, &all) = (trial){0, 0, states};
    bool found = try_one(s, &all, 0, out);
    for (uint32_t i = 0; !found && i < all.n && all.n < MOST_TRIED; i++)
        found = grow(s, &all, i, out);
    if (found)
        return CTFI_YES;
    return all.n < MOST_TRIED && !s->lost ? CTFI_NO : CTFI_UNDECIDED; /* few texts: all of them were tried */
}

ctfi_answer ctfi_language_find(ctfi_job *job, const ctfi_language *language, ctfi_bytes *out)
{
    search *s = ctfi_job_zero(job, 1, sizeof *s);
    s->job = job;
    s->language = language;
    s->room = ctfi_job_zero(job, language->n + 1, sizeof *s->room);
    s->machines = ctfi_job_alloc(job, language->n + 1, sizeof *s->machines);
    for (size_t i = 0; i < language->n; i++)
        ctfi_machine_init(&s->machines[i], job, &language->properties[i]);
    add_literals(s);
    add_classes(s);
    ctfi_answer answer = find_shortest(s, out);
    if (answer != CTFI_YES || language->take == NULL || language->take(language->context, *out))
        return answer;
    return find_taken(s, out);
}

bool ctfi_property_holds(ctfi_job *job, const ctfi_property *property, ctfi_bytes text)
{
    size_t at = 0;
    switch (property->type) {
    case CTFI_PROPERTY_GLOB:
        return ctfi_glob_match(property->text, text);
    case CTFI_PROPERTY_CONTAINS:
        return property->text.length == 0 || ctfi_place_text(text, property->text, &at);
    case CTFI_PROPERTY_REGEX: {
        ctfi_automaton automaton = ctfi_automaton_build(job, property->regex);
        uint64_t *memory = ctfi_job_alloc(job, ctfi_automaton_memory(automaton.words) + (size_t)1, sizeof *memory);
        return ctfi_automaton_search(automaton.words, text, memory);
    }
    default:
        return ctfi_bytes_equal(text, property->text);
    }
}
