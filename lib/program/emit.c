/* Short-circuit code for a formula (opcodes.def).
 *
 * Every fact becomes one branch of three words, in the order of the text, and MATCH and HALT follow. Where
 * a branch does not jump it falls into the next one. For each fact, one of its two ways (set, not set)
 * leads to what follows: inside ALL a fact that holds leads on, inside ANY one that fails, and the last
 * member inherits both ways of the group, whose one way leads to what follows it, MATCH at the end.
 * So a single jump a fact is enough, and it goes forward. The postfix formula is read backwards: what
 * follows is then always known and nothing needs patching. */
#include <assert.h>

#include "program/seal.h"

#define BRANCH_WORDS 3

/* Where to go when a formula holds and when it does not. */
typedef struct ways {
    uint32_t yes;
    uint32_t no;
} ways;

/* An ALL or ANY whose members are being emitted, last first. */
typedef struct group {
    ctfi_formula_type type;
    ways ways;
    uint32_t left; /* members still to come */
    bool fresh;    /* the last member is due */
} group;

typedef struct emitter {
    ctfi_job *job;
    uint32_t *words; /* of this formula */
    uint32_t next;   /* what follows the fact to be emitted: a word index */
    CTFI_LIST(group) groups;
    ways outer;
} emitter;

/* The ways of the member that is due. */
static ways due(emitter *e)
{
    while (e->groups.n > 0 && e->groups.at[e->groups.n - 1].left == 0)
        e->groups.n--;
    if (e->groups.n == 0)
        return e->outer;
    group *top = &e->groups.at[e->groups.n - 1];
    ways to = top->ways;
    if (!top->fresh && top->type == CTFI_FORMULA_ALL)
        to.yes = e->next;
    if (!top->fresh && top->type == CTFI_FORMULA_ANY)
        to.no = e->next;
    top->fresh = false;
    top->left--;
    return to;
}

/* The one branch of a fact, placed before `next`. */
static void branch(emitter *e, const ctfi_formula *formula, ways to)
{
    bool jump_on_yes = to.yes != e->next;
    assert(!jump_on_yes || to.no == e->next);
    bool jump_when_set = jump_on_yes == (formula->type == CTFI_FORMULA_FACT);
    uint32_t *word = &e->words[e->next - BRANCH_WORDS];
    word[0] = jump_when_set ? CTFI_OP_WHEN : CTFI_OP_UNLESS;
    word[1] = formula->operand;
    word[2] = jump_on_yes ? to.yes : to.no;
    e->next -= BRANCH_WORDS;
}

static void element(emitter *e, const ctfi_formula *formula)
{
    ways to = due(e);
    if (formula->type == CTFI_FORMULA_FACT || formula->type == CTFI_FORMULA_NOT)
        branch(e, formula, to);
    else
        *CTFI_APPEND(e->job, &e->groups) = (group){formula->type, to, formula->operand, true};
}

static uint32_t count_facts(const ctfi_formula *formula, uint32_t n)
{
    uint32_t facts = 0;
    for (uint32_t i = 0; i < n; i++)
        facts += formula[i].type == CTFI_FORMULA_FACT || formula[i].type == CTFI_FORMULA_NOT;
    return facts;
}

void ctfi_emit(ctfi_job *job, ctfi_words *code, const ctfi_formula *formula, uint32_t n)
{
    uint32_t match = count_facts(formula, n) * BRANCH_WORDS;
    assert(match + 2 <= CTFI_CODE_MAX);
    code->at = ctfi_job_grow(job, code->at, &code->capacity, code->n + match + 2, sizeof *code->at);
    emitter e = {job, &code->at[code->n], match, {NULL, 0, 0}, {match, match + 1}};
    for (uint32_t i = n; i-- > 0;)
        element(&e, &formula[i]);
    assert(e.next == 0);
    e.words[match] = CTFI_OP_MATCH;
    e.words[match + 1] = CTFI_OP_HALT;
    code->n += match + 2;
}
