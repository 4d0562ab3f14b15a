/* Goals are taken apart until traits are left: what must hold in all cases at once, alternatives one after another. What
 * has been settled so far is put to the model at every choice, so that what cannot be is not followed further.
 *
 * Recursion is as deep as there are alternatives open, which the length of the patterns bounds. */
#include "reason/search.h"

#include "reason/model.h"

#define MOST_QUESTIONS 3000u /* to the model, unless the caller says otherwise */

/* A choice that is to be made: one of the claim's members must come out as wanted. */
typedef struct choice {
    const ctfi_claim *claim;
    bool want;
    const struct choice *next;
} choice;

typedef struct search {
    ctfi_traits *traits;
    ctfi_world world;
    signed char *settled; /* of each trait: 1 wanted, -1 not wanted, 0 open */
    CTFI_LIST(uint32_t) trail;
    unsigned questions, most;
    bool gave_up;
    ctfi_bytes message;
} search;

/* ---- the model ---- */

typedef struct question {
    const search *s;
    ctfi_answer answer;
    ctfi_bytes message;
} question;

static void ask(ctfi_job *job, void *context)
{
    question *q = context;
    CTFI_LIST(ctfi_wish) wishes = {NULL, 0, 0};
    for (size_t i = 0; i < q->s->traits->list.n; i++)
        if (q->s->settled[i] != 0)
            *CTFI_APPEND(job, &wishes) = (ctfi_wish){&q->s->traits->list.at[i], 0, q->s->settled[i] > 0};
    static ctfi_answer (*const models[])(ctfi_job *, ctfi_wishes, ctfi_bytes *) = {
        [CTFI_WORLD_JSON] = ctfi_model_json, [CTFI_WORLD_TEXT] = ctfi_wish_message, [CTFI_WORLD_LINES] = ctfi_model_line};
    q->answer = models[q->s->world](job, (ctfi_wishes){wishes.at, wishes.n}, &q->message);
}

/* Asks in a job of its own, whose memory goes at once. */
static ctfi_answer ask_model(search *s)
{
    ctfi_job inner;
    ctfi_job *outer = s->traits->job;
    question q = {.s = s, .answer = CTFI_UNDECIDED};
    if (++s->questions > s->most)
        return CTFI_UNDECIDED;
    ctf_status status = ctfi_job_run(&inner, &outer->arena.allocator, ask, &q);
    unsigned char *copy = NULL;
    if (status == CTF_OK && q.answer == CTFI_YES) {
        copy = ctfi_arena_alloc(&outer->arena, q.message.length + 1, 1);
        if (copy != NULL && q.message.length > 0)
            memcpy(copy, q.message.data, q.message.length);
        s->message = (ctfi_bytes){copy, q.message.length};
    }
    ctfi_arena_free(&inner.arena);
    if (status != CTF_OK || (q.answer == CTFI_YES && copy == NULL))
        ctfi_job_fail(outer, CTF_E_NOMEM, CTF_ERROR_MEMORY, "out of memory");
    return q.answer;
}

/* ---- taking goals apart ---- */

static bool settle(search *s, uint32_t trait, bool want)
{
    signed char value = want ? 1 : -1;
    if (s->settled[trait] != 0)
        return s->settled[trait] == value;
    s->settled[trait] = value;
    *CTFI_APPEND(s->traits->job, &s->trail) = trait;
    return true;
}

static void undo(search *s, size_t mark)
{
    while (s->trail.n > mark)
        s->settled[s->trail.at[--s->trail.n]] = 0;
}

/* Is the claim settled already? 1 holds, -1 does not, 0 open. */
static int value_of(const search *s, const ctfi_claim *claim)
{
    if (claim->type == CTFI_CLAIM_TRAIT)
        return claim->denied ? -s->settled[claim->trait] : s->settled[claim->trait];
    bool open = false, all = claim->type == CTFI_CLAIM_ALL;
    for (const ctfi_claim *c = claim->first; c != NULL; c = c->next) {
        int value = value_of(s, c);
        if (value == (all ? -1 : 1))
            return value;
        open = open || value == 0;
    }
    return open ? 0 : all ? 1 : -1;
}

/* Must all members come out so, or does one suffice? */
static bool needs_all(const ctfi_claim *claim, bool want)
{
    return (claim->type == CTFI_CLAIM_ALL) == want;
}

/* Settles all that follows at once; choices are put before `open`. False where it contradicts what is settled. */
static bool take(search *s, const ctfi_claim *claim, bool want, const choice **open)
{
    if (claim->type == CTFI_CLAIM_TRAIT)
        return settle(s, claim->trait, want != claim->denied);
    if (!needs_all(claim, want)) {
        choice *c = ctfi_job_alloc(s->traits->job, 1, sizeof *c);
        *c = (choice){claim, want, *open};
        *open = c;
        return value_of(s, claim) != (want ? -1 : 1);
    }
    for (const ctfi_claim *c = claim->first; c != NULL; c = c->next)
        if (!take(s, c, want, open))
            return false;
    return true;
}

/* Drops choices that are made already. */
static const choice *first_open(const search *s, const choice *open)
{
    while (open != NULL && value_of(s, open->claim) == (open->want ? 1 : -1))
        open = open->next;
    return open;
}

static ctfi_answer follow(search *s, const choice *open);

/* Puts what is settled to the model, then makes the choices that are left, if it may be. */
static ctfi_answer go_on(search *s, const choice *open)
{
    ctfi_answer answer = ask_model(s);
    open = first_open(s, open);
    return answer == CTFI_NO || open == NULL ? answer : follow(s, open);
}

/* One of the ways to make a choice. */
static ctfi_answer try_member(search *s, const choice *open, const ctfi_claim *member)
{
    size_t mark = s->trail.n;
    const choice *rest = open->next;
    ctfi_answer answer = CTFI_NO;
    if (take(s, member, open->want, &rest))
        answer = go_on(s, rest);
    if (answer != CTFI_YES)
        undo(s, mark);
    return answer;
}

static ctfi_answer follow(search *s, const choice *open)
{
    ctfi_answer best = CTFI_NO;
    for (const ctfi_claim *c = open->claim->first; c != NULL; c = c->next) {
        if (s->questions > s->most)
            return CTFI_UNDECIDED;
        ctfi_answer answer = try_member(s, open, c);
        if (answer == CTFI_YES)
            return answer;
        best = answer == CTFI_UNDECIDED ? answer : best;
    }
    return best;
}

ctfi_answer ctfi_search(ctfi_traits *traits, ctfi_world world, const ctfi_goal *goals, size_t n, ctfi_bytes *message)
{
    search s = {.traits = traits, .world = world, .most = traits->most != 0 ? traits->most : MOST_QUESTIONS};
    const choice *open = NULL;
    s.settled = ctfi_job_zero(traits->job, traits->list.n + 1, 1);
    for (size_t i = 0; i < n; i++)
        if (!take(&s, goals[i].claim, goals[i].want, &open))
            return CTFI_NO;
    ctfi_answer answer = go_on(&s, open);
    *message = s.message;
    return answer;
}

ctfi_world ctfi_world_of(const ctfi_tree *tree)
{
    return tree->kind == CTF_KIND_JSON ? CTFI_WORLD_JSON
           : tree->kind == CTF_KIND_FIELDS ? CTFI_WORLD_LINES : CTFI_WORLD_TEXT;
}
