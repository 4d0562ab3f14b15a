/* Which tests settle the verdict: a smallest set, chosen from the leaves up.
 *
 * For a match, what one true alternative takes, or all members of an AND; without a match the same of what is false,
 * with AND and OR exchanged. Of alternatives that cost the same, the one with more true tests in it is the one the
 * message came nearest to; then the first. */
#include "reason/explanation.h"

typedef struct price {
    uint32_t tests;  /* that settle it */
    uint32_t holds;  /* true tests below */
    uint32_t choice; /* the member chosen where one is enough */
} price;

/* Does one member settle the clause: of OR when it is true, of AND when it is false? Here false members are priced
 * by what would make them true, so that the question is the same for both. */
static bool one_is_enough(const ctf_explanation *e, size_t i)
{
    return e->clauses.at[i].node->type == CTFI_OR;
}

static bool is_true(const ctf_explanation *e, size_t i)
{
    return e->findings[i].shown.outcome == CTF_OUTCOME_TRUE;
}

static bool ignored(const ctf_explanation *e, size_t i)
{
    return e->findings[i].shown.outcome == CTF_OUTCOME_IGNORED;
}

/* Can the member be part of what settles the clause? What is true already costs nothing without a match. */
static bool concerns(const ctf_explanation *e, size_t i, bool matches)
{
    return !ignored(e, i) && is_true(e, i) == matches;
}

static bool better(const price *a, const price *b)
{
    return a->tests != b->tests ? a->tests < b->tests : a->holds > b->holds;
}

static void price_joint(const ctf_explanation *e, price *prices, uint32_t i, bool matches)
{
    price *sum = &prices[i];
    const ctfi_clause *clauses = e->clauses.at;
    *sum = (price){0, 0, CTFI_NO_TERM};
    for (uint32_t k = i + 1; k < clauses[i].end; k = clauses[k].end) {
        sum->holds += prices[k].holds;
        if (!concerns(e, k, matches))
            continue;
        if (!one_is_enough(e, i))
            sum->tests += prices[k].tests;
        else if (sum->choice == CTFI_NO_TERM || better(&prices[k], &prices[sum->choice]))
            sum->choice = k;
    }
    if (sum->choice != CTFI_NO_TERM)
        sum->tests = prices[sum->choice].tests;
}

/* Marks what settles the clauses that are marked, from the root down. */
static void choose(ctf_explanation *e, const price *prices, bool *chosen, bool matches)
{
    const ctfi_clause *clauses = e->clauses.at;
    for (uint32_t i = 0; i < e->clauses.n; i++) {
        e->findings[i].shown.decisive = chosen[i] && clauses[i].node->type == CTFI_TEST;
        for (uint32_t k = i + 1; chosen[i] && k < clauses[i].end; k = clauses[k].end)
            chosen[k] = concerns(e, k, matches) && (!one_is_enough(e, i) || prices[i].choice == k);
    }
}

void ctfi_explanation_decide(ctf_explanation *e)
{
    size_t n = e->clauses.n;
    bool matches = e->info.matches != 0;
    if (n == 0 || e->info.fault.length != 0)
        return;
    price *prices = ctfi_job_zero(e->job, n, sizeof *prices);
    bool *chosen = ctfi_job_zero(e->job, n, sizeof *chosen);
    for (uint32_t i = (uint32_t)n; i-- > 0;)
        if (e->clauses.at[i].node->type == CTFI_TEST)
            prices[i] = (price){1, is_true(e, i), CTFI_NO_TERM};
        else
            price_joint(e, prices, i, matches);
    chosen[0] = true;
    choose(e, prices, chosen, matches);
}
