/* The entry points of explaining. */
#include "reason/explanation.h"

#include "base/error.h"
#include "reason/say.h"
#include "reason/words.h"

typedef struct request {
    ctf_explanation *explanation;
    ctf_text pattern;
    const ctf_text *message;
} request;

static ctf_operation operation_of(ctfi_operator op)
{
    switch (op) {
    case CTFI_EQ:
    case CTFI_NE:
        return CTF_OPERATION_COMPARE;
    case CTFI_IS_NULL:
        return CTF_OPERATION_NULL;
    case CTFI_IS_TRUE:
    case CTFI_IS_FALSE:
        return CTF_OPERATION_BOOLEAN;
    case CTFI_NOT_EXISTS:
        return CTF_OPERATION_ABSENCE;
    case CTFI_CONTAINS:
        return CTF_OPERATION_CONTAINS;
    default:
        return CTF_OPERATION_ORDER;
    }
}

static ctf_text subject_of(ctfi_job *job, const ctfi_test *test)
{
    if (test->selector != NULL)
        return ctfi_text_of(ctfi_selector_canonical(job, test->selector));
    return test->field != NULL ? ctfi_text_of(test->field->name) : (ctf_text){NULL, 0};
}

static void describe_clauses(ctf_explanation *e)
{
    static const ctf_clause_type types[] = {
        [CTFI_AND] = CTF_CLAUSE_ALL, [CTFI_OR] = CTF_CLAUSE_ANY, [CTFI_TEST] = CTF_CLAUSE_TEST};
    for (size_t i = 0; i < e->clauses.n; i++) {
        const ctfi_clause *from = &e->clauses.at[i];
        ctf_clause *to = &e->findings[i].shown;
        *to = (ctf_clause){.type = types[from->node->type], .parent = from->parent, .depth = from->depth,
                           .offset = from->span.offset, .length = from->span.length};
        if (from->node->type != CTFI_TEST)
            continue;
        to->text = ctfi_text_of(ctfi_clause_text(e->tree, from->span));
        to->words = ctfi_text_of(ctfi_words_test(e->job, e->tree, &from->node->test));
        to->operation = operation_of(from->node->test.op);
        to->subject = subject_of(e->job, &from->node->test);
        to->alone = ctfi_text_of(from->alone);
        to->position = from->node->test.field == NULL ? 0 : from->node->test.field->position + (size_t)1;
        if (from->node->test.ignored)
            to->outcome = CTF_OUTCOME_IGNORED;
    }
}

/* The text is copied: the explanation outlives the caller's. */
static ctfi_bytes keep(ctfi_job *job, ctf_text text)
{
    unsigned char *copy = ctfi_job_alloc(job, text.length + 1, 1);
    if (text.length != 0)
        memcpy(copy, text.data, text.length);
    return (ctfi_bytes){copy, text.length};
}

static void explain(ctfi_job *job, void *context)
{
    request *asked = context;
    ctf_explanation *e = asked->explanation;
    e->job = job;
    e->tree = ctfi_pattern_parse(job, keep(job, asked->pattern));
    e->clauses = ctfi_clauses_of(job, e->tree);
    e->findings = ctfi_job_zero(job, e->clauses.n, sizeof *e->findings);
    describe_clauses(e);
    if (asked->message != NULL) {
        e->judged = true;
        e->message = keep(job, *asked->message);
        ctfi_explanation_judge(e);
        ctfi_explanation_decide(e);
        ctfi_explanation_hint(e);
    }
    e->info.words = ctfi_text_of(ctfi_words_kind(job, e->tree));
    e->info.reads = ctfi_text_of(ctfi_clause_reads(job, e->tree));
}

static void count(ctf_explanation *e)
{
    e->info.kind = e->tree->kind;
    e->info.judged = e->judged;
    e->info.n_clauses = e->clauses.n;
    e->info.n_tests = e->clauses.n_terms;
    e->info.n_hints = e->hints.n;
    e->info.n_tokens = e->tokens.n;
    for (size_t i = 0; i < e->clauses.n; i++) {
        e->info.n_decisive += e->findings[i].shown.decisive != 0;
        e->findings[i].shown.n_seen = e->findings[i].seen.n;
    }
}

static ctf_status misuse(ctf_error *error, const char *why)
{
    return ctfi_error_set(error, CTF_E_ARGUMENT, CTF_ERROR_ARGUMENT, 0, 0, NULL, "%s", why);
}

static bool good(ctf_text text)
{
    return text.data != NULL || text.length == 0;
}

static ctf_status check(const request *asked, const ctf_options *options, ctf_error *error)
{
    if (!good(asked->pattern) || (asked->message != NULL && !good(*asked->message)))
        return misuse(error, "a text without data");
    if (options != NULL && (options->size < sizeof options->size || options->size > sizeof *options))
        return misuse(error, "options of an unknown size");
    return CTF_OK;
}

/* Runs the job and hands its arena to the explanation. */
static ctf_status make(request *asked, ctf_error *error)
{
    ctfi_job job;
    ctf_explanation *e = asked->explanation;
    ctf_status status = ctfi_job_run(&job, &e->allocator, explain, asked);
    e->arena = job.arena;
    e->job = NULL;
    if (status == CTF_OK)
        count(e);
    else if (error != NULL)
        *error = job.error;
    return status;
}

ctf_status ctf_explain(ctf_text pattern, const ctf_text *message, const ctf_options *options,
                       ctf_explanation **out, ctf_error *error)
{
    request asked = {NULL, pattern, message};
    if (out == NULL)
        return misuse(error, "nowhere to store the explanation");
    *out = NULL;
    ctf_status status = check(&asked, options, error);
    if (status != CTF_OK)
        return status;
    const ctf_allocator allocator =
        ctfi_allocator_or_default(options == NULL || options->size < sizeof *options ? NULL : options->allocator);
    asked.explanation = ctfi_resize(&allocator, NULL, sizeof *asked.explanation);
    if (asked.explanation == NULL)
        return ctfi_error_set(error, CTF_E_NOMEM, CTF_ERROR_MEMORY, 0, 0, NULL, "out of memory");
    *asked.explanation = (ctf_explanation){.allocator = allocator};
    status = make(&asked, error);
    if (status != CTF_OK)
        ctf_explanation_free(asked.explanation);
    else
        *out = asked.explanation;
    return status;
}

void ctf_explanation_free(ctf_explanation *explanation)
{
    if (explanation == NULL)
        return;
    const ctf_allocator allocator = explanation->allocator;
    ctfi_arena_free(&explanation->arena);
    ctfi_resize(&allocator, explanation, 0);
}

/* ---- what it shows ---- */

ctf_status ctf_explanation_describe(const ctf_explanation *explanation, ctf_explanation_info *out)
{
    if (explanation == NULL || out == NULL)
        return CTF_E_ARGUMENT;
    *out = explanation->info;
    return CTF_OK;
}

ctf_status ctf_explanation_clause(const ctf_explanation *explanation, size_t index, ctf_clause *out)
{
    if (explanation == NULL || out == NULL || index >= explanation->clauses.n)
        return CTF_E_ARGUMENT;
    *out = explanation->findings[index].shown;
    return CTF_OK;
}

ctf_status ctf_explanation_seen(const ctf_explanation *explanation, size_t clause, size_t index, ctf_seen *out)
{
    if (explanation == NULL || out == NULL || clause >= explanation->clauses.n ||
        index >= explanation->findings[clause].seen.n)
        return CTF_E_ARGUMENT;
    *out = explanation->findings[clause].seen.at[index];
    return CTF_OK;
}

ctf_status ctf_explanation_hint(const ctf_explanation *explanation, size_t index, ctf_hint *out)
{
    if (explanation == NULL || out == NULL || index >= explanation->hints.n)
        return CTF_E_ARGUMENT;
    *out = explanation->hints.at[index];
    return CTF_OK;
}

ctf_status ctf_explanation_token(const ctf_explanation *explanation, size_t index, ctf_split *out)
{
    if (explanation == NULL || out == NULL || index >= explanation->tokens.n)
        return CTF_E_ARGUMENT;
    *out = explanation->tokens.at[index];
    return CTF_OK;
}
