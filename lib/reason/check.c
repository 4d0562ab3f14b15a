/* The entry points of checking. */
#include "reason/check.h"

#include "base/error.h"

#define MOST_ROUNDS 64 /* of mending: each mends one place */

static const ctf_check_rule rules[] = {
#define RULE(name, id, severity, title, help) {id, CTF_SEVERITY_##severity, title, help},
#include "reason/rules.def"
#undef RULE
};

struct ctf_check {
    ctf_allocator allocator;
    ctfi_arena arena;
    ctf_check_info info;
    ctfi_findings findings;
};

const char *ctf_severity_name(ctf_severity severity)
{
    static const char *const names[] = {"note", "warning", "error"};
    return (unsigned)severity < 3 ? names[severity] : "unknown";
}

ctf_status ctf_check_rule_at(size_t index, ctf_check_rule *out)
{
    if (out == NULL || index >= CTFI_RULES)
        return CTF_E_ARGUMENT;
    *out = rules[index];
    return CTF_OK;
}

ctf_finding *ctfi_check_add(ctfi_checking *c, ctfi_rule rule, ctfi_span span, ctfi_bytes words)
{
    ctf_finding *finding = CTFI_APPEND(c->job, &c->findings);
    *finding = (ctf_finding){.id = rules[rule].id, .severity = rules[rule].severity, .offset = span.offset,
                             .length = span.length, .words = ctfi_text_of(words)};
    return finding;
}

void ctfi_check_propose(ctf_finding *finding, ctfi_bytes instead, bool sure)
{
    ctfi_span span = {(uint32_t)finding->offset, (uint32_t)finding->length};
    ctfi_check_propose_over(finding, span, instead, sure);
}

void ctfi_check_propose_over(ctf_finding *finding, ctfi_span span, ctfi_bytes instead, bool sure)
{
    finding->proposes = 1;
    finding->instead = ctfi_text_of(instead);
    finding->instead_offset = span.offset;
    finding->instead_length = span.length;
    finding->sure = sure;
}

/* ---- one look at a pattern ---- */

static void parse(ctfi_job *job, void *context)
{
    ctfi_checking *c = context;
    c->job = job;
    c->tree = ctfi_pattern_parse(job, c->pattern);
    c->clauses = ctfi_clauses_of(job, c->tree);
}

static int by_offset(const void *a, const void *b)
{
    const ctf_finding *one = a, *other = b;
    return (one->offset > other->offset) - (one->offset < other->offset);
}

static void look(ctfi_checking *c)
{
    if (c->tree->kind == CTF_KIND_TEXT)
        ctfi_check_terms(c);
    if (c->tree->kind == CTF_KIND_FIELDS)
        ctfi_check_fields(c);
    ctfi_check_values(c);
    if (c->tree->kind == CTF_KIND_JSON)
        ctfi_check_cloudtrail(c);
    ctfi_check_logic(c);
    ctfi_sort(c->job, c->findings.at, c->findings.n, sizeof *c->findings.at, by_offset);
}

typedef struct request {
    ctf_check *check;
    ctfi_bytes pattern;
    int cloudtrail;
} request;

/* Parses in a job of its own, for a refusal ends it; what is kept of it is the error. */
static bool compiles(ctfi_job *job, ctfi_bytes pattern, ctf_error *error)
{
    ctfi_job inner;
    ctfi_checking c = {.pattern = pattern};
    ctf_status status = ctfi_job_run(&inner, &job->arena.allocator, parse, &c);
    *error = inner.error;
    ctfi_arena_free(&inner.arena);
    if (status == CTF_E_NOMEM)
        ctfi_job_fail(job, CTF_E_NOMEM, CTF_ERROR_MEMORY, "out of memory");
    return status == CTF_OK;
}

/* All findings of a pattern, in the job's memory. */
static ctfi_checking look_at(ctfi_job *job, ctfi_bytes pattern, int cloudtrail)
{
    ctfi_checking c = {.job = job, .pattern = pattern, .cloudtrail = cloudtrail};
    ctf_error error;
    if (!compiles(job, pattern, &error)) {
        ctfi_check_refused(&c, &error);
        return c;
    }
    parse(job, &c);
    look(&c);
    return c;
}

/* ---- mending ---- */

static const ctf_finding *first_sure(const ctfi_checking *c)
{
    for (size_t i = 0; i < c->findings.n; i++)
        if (c->findings.at[i].sure)
            return &c->findings.at[i];
    return NULL;
}

/* The pattern with one place after another mended, until nothing is left of which the meaning is sure. */
static ctfi_bytes mend(ctfi_job *job, const request *asked, ctfi_checking first)
{
    ctfi_checking now = first;
    const ctf_finding *one = first_sure(&now);
    for (unsigned i = 0; one != NULL && i < MOST_ROUNDS; i++) {
        ctfi_span span = {(uint32_t)one->instead_offset, (uint32_t)one->instead_length};
        ctfi_bytes instead = {(const unsigned char *)one->instead.data, one->instead.length};
        ctfi_bytes better = ctfi_clause_splice(job, now.pattern, span, instead);
        now = look_at(job, better, asked->cloudtrail);
        one = first_sure(&now);
    }
    bool changed = now.pattern.data != first.pattern.data;
    return changed && now.tree != NULL && one == NULL ? now.pattern : (ctfi_bytes){NULL, 0};
}

/* Nothing is sure of which no pattern comes out. */
static void doubt(ctfi_checking *c)
{
    for (size_t i = 0; i < c->findings.n; i++)
        c->findings.at[i].sure = 0;
}

static void check(ctfi_job *job, void *context)
{
    request *asked = context;
    unsigned char *copy = ctfi_job_alloc(job, asked->pattern.length + 1, 1);
    if (asked->pattern.length != 0)
        memcpy(copy, asked->pattern.data, asked->pattern.length);
    ctfi_checking c = look_at(job, (ctfi_bytes){copy, asked->pattern.length}, asked->cloudtrail);
    ctfi_bytes fixed = mend(job, asked, c);
    if (fixed.data == NULL)
        doubt(&c);
    asked->check->findings = c.findings;
    asked->check->info = (ctf_check_info){
        .n_findings = c.findings.n, .refused = c.tree == NULL, .fixed = ctfi_text_of(fixed)};
}

/* ---- entry points ---- */

/* What the caller asks for, as far as its structure goes; false where it asks for what there is not. */
static bool read_options(const ctf_check_options *options, ctf_check_options *out)
{
    *out = (ctf_check_options){.size = sizeof *out};
    if (options == NULL)
        return true;
    if (options->size < sizeof options->size || options->size > sizeof *options)
        return false;
    memcpy(out, options, options->size);
    return out->cloudtrail >= -1 && out->cloudtrail <= 1;
}

static ctf_status run(request *asked)
{
    ctfi_job job;
    ctf_status status = ctfi_job_run(&job, &asked->check->allocator, check, asked);
    asked->check->arena = job.arena;
    return status;
}

ctf_status ctf_check_pattern(ctf_text pattern, const ctf_check_options *options, ctf_check **out)
{
    request asked = {NULL, {(const unsigned char *)pattern.data, pattern.length}, 0};
    ctf_check_options read;
    if (out == NULL)
        return CTF_E_ARGUMENT;
    *out = NULL;
    if (!read_options(options, &read) || (pattern.data == NULL && pattern.length != 0))
        return CTF_E_ARGUMENT;
    const ctf_allocator allocator = ctfi_allocator_or_default(read.allocator);
    asked.cloudtrail = read.cloudtrail;
    asked.check = ctfi_resize(&allocator, NULL, sizeof *asked.check);
    if (asked.check == NULL)
        return CTF_E_NOMEM;
    *asked.check = (ctf_check){.allocator = allocator};
    ctf_status status = run(&asked);
    if (status == CTF_OK)
        *out = asked.check;
    else
        ctf_check_free(asked.check);
    return status;
}

void ctf_check_free(ctf_check *checked)
{
    if (checked == NULL)
        return;
    const ctf_allocator allocator = checked->allocator;
    ctfi_arena_free(&checked->arena);
    ctfi_resize(&allocator, checked, 0);
}

ctf_status ctf_check_describe(const ctf_check *checked, ctf_check_info *out)
{
    if (checked == NULL || out == NULL)
        return CTF_E_ARGUMENT;
    *out = checked->info;
    return CTF_OK;
}

ctf_status ctf_check_finding(const ctf_check *checked, size_t index, ctf_finding *out)
{
    if (checked == NULL || out == NULL || index >= checked->findings.n)
        return CTF_E_ARGUMENT;
    *out = checked->findings.at[index];
    return CTF_OK;
}
