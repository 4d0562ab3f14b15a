/* The entry points of proving. */
#include "reason/prove.h"

#include "base/error.h"
#include "reason/say.h"

struct ctf_proof {
    ctf_allocator allocator;
    ctfi_arena arena;
    ctf_proof_info info;
    ctfi_misses misses;
};

const char *ctf_answer_name(ctf_answer answer)
{
    static const char *const names[] = {"no", "yes", "undecided"};
    return (unsigned)answer < 3 ? names[answer] : "unknown";
}

/* What is asked. */
typedef enum asked { ASKED_IMPLIES, ASKED_EQUAL, ASKED_MATCHES } asked;

typedef struct request {
    ctf_proof *proof;
    asked what;
    ctf_text patterns[2];
    size_t n;
} request;

static ctfi_bytes keep(ctfi_job *job, ctf_text text)
{
    unsigned char *copy = ctfi_job_alloc(job, text.length + 1, 1);
    if (text.length != 0)
        memcpy(copy, text.data, text.length);
    return (ctfi_bytes){copy, text.length};
}

/* Sets what is known: `found` is whether there is a message that speaks against a yes. */
static void conclude(ctf_proof *proof, ctfi_answer found, ctfi_bytes message, size_t matching, const char *why)
{
    static const ctf_answer answers[] = {
        [CTFI_NO] = CTF_ANSWER_YES, [CTFI_YES] = CTF_ANSWER_NO, [CTFI_UNDECIDED] = CTF_ANSWER_UNDECIDED};
    proof->info.answer = answers[found];
    proof->info.matching = matching;
    proof->info.confirmed = found == CTFI_YES;
    if (found == CTFI_YES)
        proof->info.message = ctfi_text_of(message);
    if (found == CTFI_UNDECIDED)
        proof->info.why = ctfi_text_of(ctfi_bytes_of(why));
}

static void compare(ctfi_job *job, const request *r, const ctfi_subject *subjects)
{
    ctfi_bytes message = {NULL, 0};
    const char *why = "", *why_back = "";
    ctfi_answer found = ctfi_prove_between(job, &subjects[0], &subjects[1], &message, &why), back = CTFI_NO;
    size_t matching = 0;
    if (r->what == ASKED_EQUAL && found != CTFI_YES) {
        back = ctfi_prove_between(job, &subjects[1], &subjects[0], &message, &why_back);
        matching = back == CTFI_YES;
    }
    if (back == CTFI_YES || (back == CTFI_UNDECIDED && found == CTFI_NO)) {
        found = back;
        why = why_back;
    }
    conclude(r->proof, found, message, matching, why);
}

static void sample(ctfi_job *job, const request *r, const ctfi_subject *subject)
{
    ctfi_bytes message = {NULL, 0};
    const char *why = "";
    ctfi_answer found = ctfi_prove_some(job, subject, &message, &why);
    conclude(r->proof, found, message, 0, why);
    if (found == CTFI_UNDECIDED)
        return;
    r->proof->info.answer = found == CTFI_YES ? CTF_ANSWER_YES : CTF_ANSWER_NO;
    if (found == CTFI_YES)
        ctfi_prove_misses(job, subject, message, &r->proof->misses);
    r->proof->info.n_misses = r->proof->misses.n;
}

static void prove(ctfi_job *job, void *context)
{
    const request *r = context;
    ctfi_subject subjects[2];
    for (size_t i = 0; i < r->n; i++) {
        job->pattern = i;
        subjects[i].text = keep(job, r->patterns[i]);
        subjects[i].tree = ctfi_pattern_parse(job, subjects[i].text);
    }
    job->pattern = 0;
    if (r->what == ASKED_MATCHES)
        sample(job, r, subjects);
    else
        compare(job, r, subjects);
}

static ctf_status misuse(ctf_error *error, const char *why)
{
    return ctfi_error_set(error, CTF_E_ARGUMENT, CTF_ERROR_ARGUMENT, 0, 0, NULL, "%s", why);
}

static ctf_status check(const request *r, const ctf_options *options, ctf_error *error)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->patterns[i].data == NULL && r->patterns[i].length != 0)
            return misuse(error, "a text without data");
    if (options != NULL && (options->size < sizeof options->size || options->size > sizeof *options))
        return misuse(error, "options of an unknown size");
    return CTF_OK;
}

static ctf_status run(request *r, ctf_error *error)
{
    ctfi_job job;
    ctf_status status = ctfi_job_run(&job, &r->proof->allocator, prove, r);
    r->proof->arena = job.arena;
    if (status != CTF_OK && error != NULL)
        *error = job.error;
    return status;
}

static ctf_status start(request r, const ctf_options *options, ctf_proof **out, ctf_error *error)
{
    if (out == NULL)
        return misuse(error, "nowhere to store the proof");
    *out = NULL;
    ctf_status status = check(&r, options, error);
    if (status != CTF_OK)
        return status;
    const ctf_allocator allocator =
        ctfi_allocator_or_default(options == NULL || options->size < sizeof *options ? NULL : options->allocator);
    r.proof = ctfi_resize(&allocator, NULL, sizeof *r.proof);
    if (r.proof == NULL)
        return ctfi_error_set(error, CTF_E_NOMEM, CTF_ERROR_MEMORY, 0, 0, NULL, "out of memory");
    *r.proof = (ctf_proof){.allocator = allocator};
    status = run(&r, error);
    if (status == CTF_OK)
        *out = r.proof;
    else
        ctf_proof_free(r.proof);
    return status;
}

ctf_status ctf_prove_implies(ctf_text first, ctf_text second, const ctf_options *options, ctf_proof **out,
                             ctf_error *error)
{
    return start((request){.what = ASKED_IMPLIES, .patterns = {first, second}, .n = 2}, options, out, error);
}

ctf_status ctf_prove_equal(ctf_text first, ctf_text second, const ctf_options *options, ctf_proof **out,
                           ctf_error *error)
{
    return start((request){.what = ASKED_EQUAL, .patterns = {first, second}, .n = 2}, options, out, error);
}

ctf_status ctf_prove_matches(ctf_text pattern, const ctf_options *options, ctf_proof **out, ctf_error *error)
{
    return start((request){.what = ASKED_MATCHES, .patterns = {pattern}, .n = 1}, options, out, error);
}

void ctf_proof_free(ctf_proof *proof)
{
    if (proof == NULL)
        return;
    const ctf_allocator allocator = proof->allocator;
    ctfi_arena_free(&proof->arena);
    ctfi_resize(&allocator, proof, 0);
}

ctf_status ctf_proof_describe(const ctf_proof *proof, ctf_proof_info *out)
{
    if (proof == NULL || out == NULL)
        return CTF_E_ARGUMENT;
    *out = proof->info;
    return CTF_OK;
}

ctf_status ctf_proof_miss(const ctf_proof *proof, size_t index, ctf_miss *out)
{
    if (proof == NULL || out == NULL || index >= proof->misses.n)
        return CTF_E_ARGUMENT;
    *out = proof->misses.at[index];
    return CTF_OK;
}
