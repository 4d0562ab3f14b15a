/* Parts of a pattern that can never hold, always hold, or say nothing beside the others: proved over all messages.
 *
 * What is not decided soon is passed over in silence; a check is no proof that there is nothing. */
#include "reason/check.h"

#include "reason/search.h"

#define MOST_QUESTIONS 60u /* of one search */
#define MOST_OPEN 3u       /* searches without an answer; then the check stops asking */
#define MOST_CLAUSES 100u

typedef struct logic {
    ctfi_checking *c;
    ctfi_traits traits;
    const ctfi_claim *whole;
    ctfi_goal *goals; /* room for one a clause, and one more */
    size_t n_goals;
    size_t *parts;    /* room for one a clause */
    bool *dropped;    /* clauses that were told to say nothing, or never to hold */
    unsigned open;
} logic;

/* ---- asking ---- */

static void aim(logic *l, size_t i, bool want)
{
    l->goals[l->n_goals++] = (ctfi_goal){ctfi_claim_of_node(l->whole, l->c->clauses.at[i].node), want};
}

/* Is there no message with all that was aimed at? Begins anew. */
static bool impossible(logic *l)
{
    ctfi_bytes message;
    size_t n = l->n_goals;
    l->n_goals = 0;
    for (size_t i = 0; i < n; i++)
        if (l->goals[i].claim == NULL)
            return false;
    if (l->open >= MOST_OPEN)
        return false;
    ctfi_answer answer = ctfi_search(&l->traits, ctfi_world_of(l->c->tree), l->goals, n, &message);
    l->open += answer == CTFI_UNDECIDED;
    return answer == CTFI_NO;
}

static bool never(logic *l, size_t i)
{
    aim(l, i, true);
    return impossible(l);
}

static bool always(logic *l, size_t i)
{
    aim(l, i, false);
    return impossible(l);
}

/* ---- the parts of a joint ---- */

static size_t next_of(const logic *l, size_t part)
{
    return l->c->clauses.at[part].end;
}

static bool is_joint(const logic *l, size_t i, ctfi_node_type type)
{
    return l->c->clauses.at[i].node->type == type;
}

/* ---- telling ---- */

static ctfi_bytes text_of(const logic *l, size_t i)
{
    return ctfi_clause_text(l->c->tree, l->c->clauses.at[i].span);
}

static void tell(logic *l, ctfi_rule rule, size_t i, ctfi_bytes words)
{
    ctfi_check_add(l->c, rule, l->c->clauses.at[i].span, words);
    for (size_t k = i; k < l->c->clauses.at[i].end; k++)
        l->dropped[k] = true;
}

static ctfi_bytes naming(const logic *l, const char *words, size_t i)
{
    ctfi_say say = ctfi_say_begin(l->c->job);
    const ctfi_bytes texts[] = {text_of(l, i)};
    ctfi_say_filled(&say, words, texts);
    return ctfi_said(&say);
}

/* ---- what can never hold ---- */

/* Two parts of an AND that exclude each other; false where it takes more of them. */
static bool tell_pair(logic *l, size_t joint)
{
    size_t end = l->c->clauses.at[joint].end;
    for (size_t k = joint + 1; k < end; k = next_of(l, k))
        for (size_t i = joint + 1; i < k; i = next_of(l, i)) {
            aim(l, i, true);
            if (!never(l, k))
                continue;
            tell(l, CTFI_RULE_CONTRADICTION, k, naming(l, "This and %s can never both hold.", i));
            return true;
        }
    return false;
}

static void find_contradiction(logic *l, size_t i)
{
    if (l->dropped[i] || !never(l, i))
        return;
    bool test = is_joint(l, i, CTFI_TEST);
    if (!is_joint(l, i, CTFI_AND) || !tell_pair(l, i))
        tell(l, CTFI_RULE_CONTRADICTION, i,
             ctfi_bytes_of(test ? "This test is never true." : "These tests can never hold together."));
    for (size_t k = i; k < l->c->clauses.at[i].end; k++)
        l->dropped[k] = true;
}

/* An alternative that no matching message meets. */
static void find_unreachable(logic *l, size_t joint)
{
    if (joint == 0 || !is_joint(l, joint, CTFI_OR))
        return;
    for (size_t k = joint + 1; k < l->c->clauses.at[joint].end; k = next_of(l, k)) {
        if (l->dropped[k])
            continue;
        aim(l, 0, true);
        if (never(l, k))
            tell(l, CTFI_RULE_CONTRADICTION, k,
                 ctfi_bytes_of("Where the rest of the pattern holds, this alternative never does."));
    }
}

/* ---- what says nothing ---- */

static void find_always(logic *l, size_t i)
{
    if (is_joint(l, i, CTFI_AND) || l->dropped[i] || !always(l, i))
        return;
    bool test = is_joint(l, i, CTFI_TEST);
    tell(l, CTFI_RULE_ALWAYS, i,
         ctfi_bytes_of(test ? "This test is true of every message that the pattern reads."
                            : "One of these alternatives holds for every message that the pattern reads."));
}

/* A part that is decided by the others: needed where these hold (AND), or never alone (OR). The later of two goes. */
static bool is_redundant(logic *l, size_t joint, size_t part)
{
    bool all = is_joint(l, joint, CTFI_AND);
    size_t others = 0;
    for (size_t k = joint + 1; k < l->c->clauses.at[joint].end; k = next_of(l, k)) {
        if (k == part || l->dropped[k])
            continue;
        aim(l, k, all);
        others++;
    }
    aim(l, part, !all);
    return impossible(l) && others > 0;
}

static void find_redundant(logic *l, size_t joint)
{
    size_t n = 0;
    for (size_t k = joint + 1; k < l->c->clauses.at[joint].end; k = next_of(l, k))
        l->parts[n++] = k;
    while (n-- > 0 && !l->dropped[joint])
        if (!l->dropped[l->parts[n]] && is_redundant(l, joint, l->parts[n]))
            tell(l, CTFI_RULE_REDUNDANT, l->parts[n],
                 ctfi_bytes_of(is_joint(l, joint, CTFI_AND) ? "The tests joined to this one say so already."
                                                            : "Where this holds, another alternative holds already."));
}

/* What another rule has told of a place need not be told again. */
static void drop_known(logic *l)
{
    for (size_t i = 0; i < l->c->clauses.n; i++)
        for (size_t k = 0; k < l->c->findings.n; k++) {
            const ctf_finding *f = &l->c->findings.at[k];
            const ctfi_span span = l->c->clauses.at[i].span;
            bool inside = f->offset >= span.offset && f->offset + f->length <= span.offset + span.length;
            l->dropped[i] = l->dropped[i] || (inside && is_joint(l, i, CTFI_TEST));
        }
}

void ctfi_check_logic(ctfi_checking *c)
{
    logic l = {.c = c, .traits = {.job = c->job, .most = MOST_QUESTIONS}};
    size_t n = c->clauses.n;
    if (n == 0 || n > MOST_CLAUSES)
        return;
    l.whole = ctfi_claim_of(&l.traits, c->tree);
    l.goals = ctfi_job_alloc(c->job, n + 2, sizeof *l.goals);
    l.parts = ctfi_job_alloc(c->job, n, sizeof *l.parts);
    l.dropped = ctfi_job_zero(c->job, n, sizeof *l.dropped);
    drop_known(&l);
    for (size_t i = 0; i < n; i++)
        find_contradiction(&l, i);
    for (size_t i = 0; i < n; i++)
        find_unreachable(&l, i);
    for (size_t i = 0; i < n; i++)
        find_always(&l, i);
    for (size_t i = 0; i < n && c->tree->kind != CTF_KIND_TEXT; i++)
        find_redundant(&l, i);
}
