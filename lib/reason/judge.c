/* Outcomes: true or not as the matcher says, and if not, whether there was anything to test (spec: filter-patterns
 * 5.4, 5.5). */
#include "reason/explanation.h"

#include "reason/ask.h"
#include "reason/say.h"

void ctfi_explanation_see(ctf_explanation *e, ctfi_finding *finding, ctf_seen seen, ctfi_bytes source)
{
    seen.offset = (size_t)(source.data - e->message.data);
    seen.length = source.length;
    *CTFI_APPEND(e->job, &finding->seen) = seen;
}

static void see_values(ctf_explanation *e, ctfi_finding *finding, const ctfi_test *test)
{
    finding->selection = ctfi_json_select(e->job, e->root, test->selector);
    for (size_t i = 0; i < finding->selection.n; i++) {
        const ctfi_value *value = finding->selection.found[i];
        ctf_seen seen = {.type = value->type, .text = ctfi_text_of(value->text),
                         .path = ctfi_text_of(ctfi_json_path(e->job, value))};
        ctfi_explanation_see(e, finding, seen, value->source);
    }
}

/* Can the test be true of a value of this type? */
static bool fits(const ctfi_test *test, ctf_value_type type)
{
    switch (test->op) {
    case CTFI_EQ:
    case CTFI_NE:
        return type == CTF_VALUE_STRING || type == CTF_VALUE_NUMBER;
    case CTFI_LT:
    case CTFI_LE:
    case CTFI_GT:
    case CTFI_GE:
        return type == CTF_VALUE_NUMBER;
    case CTFI_IS_TRUE:
    case CTFI_IS_FALSE:
        return type == CTF_VALUE_BOOLEAN;
    default:
        return true;
    }
}

/* Why a test of a JSON pattern is false. */
static ctf_outcome why_false(const ctfi_finding *finding, const ctfi_test *test)
{
    if (finding->selection.n == 0)
        return CTF_OUTCOME_ABSENT;
    for (size_t i = 0; i < finding->selection.n; i++)
        if (fits(test, finding->selection.found[i]->type))
            return CTF_OUTCOME_FALSE;
    return CTF_OUTCOME_UNFIT;
}

static void judge_test(ctf_explanation *e, size_t i, bool holds)
{
    const ctfi_test *test = ctfi_explanation_test(e, i);
    ctfi_finding *finding = &e->findings[i];
    if (finding->shown.outcome == CTF_OUTCOME_IGNORED)
        return;
    finding->shown.outcome = holds ? CTF_OUTCOME_TRUE : CTF_OUTCOME_FALSE;
    if (test->selector != NULL)
        see_values(e, finding, test);
    else if (test->field != NULL)
        ctfi_explanation_see_field(e, finding, test);
    else
        ctfi_explanation_see_text(e, finding, test);
    if (!holds && test->selector != NULL)
        finding->shown.outcome = why_false(finding, test);
}

/* ANDs and ORs from the innermost out. */
static void judge_joints(ctf_explanation *e)
{
    for (size_t i = e->clauses.n; i-- > 0;) {
        const ctfi_clause *clause = &e->clauses.at[i];
        if (clause->node->type == CTFI_TEST)
            continue;
        bool all = true, any = false;
        for (uint32_t k = (uint32_t)i + 1; k < clause->end; k = e->clauses.at[k].end) {
            ctf_outcome outcome = e->findings[k].shown.outcome;
            all = all && (outcome == CTF_OUTCOME_TRUE || outcome == CTF_OUTCOME_IGNORED);
            any = any || outcome == CTF_OUTCOME_TRUE;
        }
        bool holds = clause->node->type == CTFI_AND ? all : any;
        e->findings[i].shown.outcome = holds ? CTF_OUTCOME_TRUE : CTF_OUTCOME_FALSE;
    }
}

/* Asks the whole pattern, the last question, and each of its tests. */
static const bool *ask(ctf_explanation *e)
{
    uint32_t n = 0;
    ctfi_bytes *patterns = ctfi_job_alloc(e->job, e->clauses.n_terms + (size_t)1, sizeof *patterns);
    for (size_t i = 0; i < e->clauses.n; i++)
        if (e->clauses.at[i].term != CTFI_NO_TERM)
            patterns[n++] = e->clauses.at[i].alone;
    patterns[n] = e->tree->text;
    return ctfi_ask(e->job, patterns, n + (size_t)1, e->message);
}

static void tell_json_fault(ctf_explanation *e, const ctfi_json_fault *fault)
{
    ctfi_say say = ctfi_say_begin(e->job);
    ctfi_say_words(&say, "the message is not one JSON object: ");
    ctfi_say_words(&say, fault->words);
    e->info.fault = ctfi_text_of(ctfi_said(&say));
    e->info.fault_offset = fault->offset;
}

static void read_message(ctf_explanation *e)
{
    ctfi_json_fault fault;
    if (e->tree->kind == CTF_KIND_FIELDS)
        ctfi_explanation_split(e);
    if (e->tree->kind != CTF_KIND_JSON)
        return;
    e->root = ctfi_json_read(e->job, e->message, &fault);
    if (e->root == NULL)
        tell_json_fault(e, &fault);
}

void ctfi_explanation_judge(ctf_explanation *e)
{
    const bool *holds = ask(e);
    e->info.matches = holds[e->clauses.n_terms];
    read_message(e);
    if (e->info.fault.length != 0)
        return;
    for (size_t i = 0; i < e->clauses.n; i++)
        if (e->clauses.at[i].term != CTFI_NO_TERM)
            judge_test(e, i, holds[e->clauses.at[i].term]);
    judge_joints(e);
}
