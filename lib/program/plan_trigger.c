/* Triggers: which patterns a fact can make match.
 *
 * For each pattern a set of positive facts is chosen such that a message on which the pattern matches
 * sets at least one of them:
 *   - a fact f: {f}, for the formula holds only where f is set;
 *   - NOT f: none;
 *   - ALL: the set of any one member that has one, since every member holds; the cheapest is taken, the
 *     first of equals;
 *   - ANY: the union, since some member holds and sets a fact of its own set; none if a member has none.
 * By induction no match is lost. Patterns without a set, and those without a formula, are ALWAYS run.
 *
 * The cost of a set estimates how often it makes a pattern run in vain: the sum over its facts. An exact
 * text counts less the more other texts stand at its leaf (of ten thousand event names each is rare,
 * of two event sources none is): by their number squared, so that fourteen of seventy names are better than
 * one of five sources. Then come needles, searches, null and booleans, mere presence. Among equals the fact
 * that fewer terms share is better. */
#include <assert.h>

#include "program/seal.h"

#define NO_SET UINT64_MAX

/* A chosen fact in a list. */
typedef struct link {
    uint32_t fact;
    struct link *next;
} link;

typedef struct set {
    uint64_t cost; /* NO_SET: the formula has none */
    link *first;
    link *last;
} set;

typedef CTFI_LIST(set) sets;

/* A pattern under one of its triggers. */
typedef struct pair {
    uint32_t fact;
    uint32_t pattern;
} pair;

typedef CTFI_LIST(pair) pairs;

static uint64_t cost_of(const ctfi_plan *plan, uint32_t index)
{
    static const uint64_t costs[] = {
        [CTFI_FACT_EXACT] = UINT64_C(1) << 48,    [CTFI_FACT_NEEDLE] = UINT64_C(1) << 48,
        [CTFI_FACT_SEARCH] = UINT64_C(1) << 49,   [CTFI_FACT_LITERAL] = UINT64_C(1) << 50,
        [CTFI_FACT_PRESENCE] = UINT64_C(1) << 52,
    };
    const ctfi_plan_fact *fact = &plan->facts.at[index];
    if (fact->class != CTFI_FACT_EXACT)
        return costs[fact->class] + fact->uses;
    uint64_t texts = (uint64_t)plan->leaves.at[fact->leaf].n_exact + 1;
    return costs[fact->class] / (texts * texts) + fact->uses;
}

static set single(const ctfi_plan *plan, uint32_t fact)
{
    link *only = ctfi_job_alloc(plan->job, 1, sizeof *only);
    *only = (link){fact, NULL};
    return (set){cost_of(plan, fact), only, only};
}

static set cheapest(const set *members, uint32_t n)
{
    assert(n > 0 && members != NULL);
    set best = members[0];
    for (uint32_t i = 1; i < n; i++)
        if (members[i].cost < best.cost)
            best = members[i];
    return best;
}

static set joined(const set *members, uint32_t n)
{
    assert(n > 0 && members != NULL);
    set all = members[0];
    for (uint32_t i = 1; i < n && all.cost != NO_SET; i++) {
        if (members[i].cost == NO_SET)
            return members[i];
        all.cost += members[i].cost;
        all.last->next = members[i].first;
        all.last = members[i].last;
    }
    return all;
}

static set of_element(const ctfi_plan *plan, const ctfi_formula *formula, const set *members)
{
    const set none = {NO_SET, NULL, NULL};
    switch (formula->type) {
    case CTFI_FORMULA_FACT:
        return single(plan, formula->operand);
    case CTFI_FORMULA_ALL:
        return cheapest(members, formula->operand);
    case CTFI_FORMULA_ANY:
        return joined(members, formula->operand);
    default:
        return none;
    }
}

static set choose(const ctfi_plan *plan, ctfi_range range, sets *stack)
{
    const set none = {NO_SET, NULL, NULL};
    stack->n = 0;
    for (uint32_t i = 0; i < range.count; i++) {
        const ctfi_formula *formula = &plan->formulas.at[range.first + i];
        bool group = formula->type == CTFI_FORMULA_ALL || formula->type == CTFI_FORMULA_ANY;
        if (group)
            stack->n -= formula->operand;
        set result = of_element(plan, formula, stack->at == NULL ? NULL : &stack->at[stack->n]);
        *CTFI_APPEND(plan->job, stack) = result;
    }
    return stack->n == 0 ? none : stack->at[0];
}

/* Patterns by fact: a counting sort, which keeps them ascending. */
static void arrange(const ctfi_plan *plan, const pairs *chosen, ctfi_triggers *out)
{
    ctfi_job *job = plan->job;
    size_t n = plan->facts.n;
    uint32_t *ends = ctfi_job_zero(job, n + 1, sizeof *ends);
    out->starts.at = ctfi_job_zero(job, n + 1, sizeof *out->starts.at);
    out->starts.n = n + 1;
    for (size_t i = 0; i < chosen->n; i++)
        out->starts.at[chosen->at[i].fact + 1]++;
    for (size_t i = 0; i < n; i++)
        ends[i + 1] = out->starts.at[i + 1] += out->starts.at[i];
    out->patterns.at = ctfi_job_alloc(job, chosen->n, sizeof *out->patterns.at);
    out->patterns.n = chosen->n;
    for (size_t i = 0; i < chosen->n; i++)
        out->patterns.at[ends[chosen->at[i].fact]++] = chosen->at[i].pattern;
}

void ctfi_plan_triggers(const ctfi_plan *plan, ctfi_triggers *out)
{
    sets stack = {NULL, 0, 0};
    pairs all = {NULL, 0, 0};
    uint32_t *latest = ctfi_job_zero(plan->job, plan->facts.n, sizeof *latest); /* pattern + 1 */
    for (uint32_t i = 0; i < plan->patterns.n; i++) {
        set chosen = choose(plan, plan->patterns.at[i].formula, &stack);
        if (chosen.cost == NO_SET)
            *CTFI_APPEND(plan->job, &out->always) = i;
        for (const link *at = chosen.first; at != NULL; at = at->next) {
            if (latest[at->fact] != i + 1)
                *CTFI_APPEND(plan->job, &all) = (pair){at->fact, i};
            latest[at->fact] = i + 1;
        }
    }
    arrange(plan, &all, out);
}
