#include <stdlib.h>
#include <string.h>

#include <ctfilter/check.h>

#include "diag.h"
#include "explain.h"
#include "messages.h"

/* The filter's patterns behind the clauses. */
static size_t reads(const explain_work *work)
{
    return work->info.n_clauses;
}

static size_t whole(const explain_work *work)
{
    return work->info.n_clauses + 1;
}

/* ---- what was perhaps meant ---- */

#define MOST_MEANT 8u

/* The pattern with the proposal of a finding, where that compiles; the blob is the text's. */
static bool take_proposal(ctf_text pattern, const ctf_finding *f, blob *text)
{
    ctf_check *check;
    ctf_check_info info;
    text->length = 0;
    blob_append(text, pattern.data, f->instead_offset);
    blob_append(text, f->instead.data, f->instead.length);
    size_t behind = f->instead_offset + f->instead_length;
    blob_append(text, pattern.data + behind, pattern.length - behind);
    const ctf_text proposed = {(const char *)text->data, text->length};
    if (ctf_check_pattern(proposed, NULL, &check) != CTF_OK)
        need_failed();
    bool good = ctf_check_describe(check, &info) == CTF_OK && !info.refused;
    ctf_check_free(check);
    return good;
}

/* Fills `texts` with what a check proposes; returns how many. */
static size_t find_meant(ctf_text pattern, blob texts[MOST_MEANT])
{
    ctf_check *check;
    ctf_check_info info = {0};
    size_t n = 0;
    if (ctf_check_pattern(pattern, NULL, &check) != CTF_OK || ctf_check_describe(check, &info) != CTF_OK)
        need_failed();
    for (size_t i = 0; i < info.n_findings && n < MOST_MEANT; i++) {
        ctf_finding finding;
        if (ctf_check_finding(check, i, &finding) == CTF_OK && finding.proposes)
            n += take_proposal(pattern, &finding, &texts[n]);
    }
    ctf_check_free(check);
    return n;
}

static bool compile(explain_work *work)
{
    blob meant[MOST_MEANT] = {{0}};
    size_t n = work->info.n_clauses + 2, n_meant = find_meant(work->pattern, meant);
    ctf_pattern *patterns = need(n + n_meant, sizeof *patterns);
    for (size_t i = 0; i < work->info.n_clauses; i++)
        patterns[i].text = work->clauses[i].alone;
    patterns[reads(work)].text = work->info.reads;
    patterns[whole(work)].text = work->pattern;
    for (size_t i = 0; i < n_meant; i++)
        patterns[n + i].text = (ctf_text){(const char *)meant[i].data, meant[i].length};
    ctf_error error;
    ctf_status status = ctf_filter_compile(patterns, n + n_meant, NULL, &work->filter, &error);
    if (status != CTF_OK)
        diag_print("explain: %s", error.message);
    for (size_t i = 0; i < MOST_MEANT; i++)
        blob_free(&meant[i]);
    free(patterns);
    return status == CTF_OK;
}

/* ---- messages ---- */

static bool is_hit(const ctf_hits *hits, size_t pattern)
{
    for (size_t i = 0; i < hits->n; i++)
        if (hits->patterns[i] == pattern)
            return true;
    return false;
}

/* Tests that stand in the way below each clause, from the last to the first; 0: it holds. */
static uint64_t price_of(const explain_work *work, uint64_t *prices)
{
    for (size_t i = work->info.n_clauses; i-- > 0;) {
        const ctf_clause *clause = &work->clauses[i];
        bool any = clause->type == CTF_CLAUSE_ANY, first = true;
        if (clause->type == CTF_CLAUSE_TEST)
            continue;
        prices[i] = 0;
        for (size_t k = i + 1; k < work->info.n_clauses && work->clauses[k].depth > clause->depth; k++) {
            if (work->clauses[k].parent != i || work->clauses[k].outcome == CTF_OUTCOME_IGNORED)
                continue;
            if (!any)
                prices[i] += prices[k];
            else if (first || prices[k] < prices[i])
                prices[i] = prices[k];
            first = false;
        }
    }
    return work->info.n_clauses == 0 ? 0 : prices[0];
}

static void keep(const explain_work *work, const message_seen *message, uint64_t price, explain_message *out)
{
    free(out->label);
    out->label = need_copy(message->label, strlen(message->label));
    out->there = true;
    out->index = message->index;
    out->number = work->messages;
    out->price = price;
    out->text.length = 0;
    blob_append(&out->text, message->text.data, message->text.length);
}

static void keep_nearer(const explain_work *work, const message_seen *message, uint64_t price, explain_message *out)
{
    if (!out->there || price < out->price)
        keep(work, message, price, out);
}

/* Behind what matches stands what would if the pattern were meant otherwise; behind all, what cannot be asked. */
static uint64_t price_message(const explain_work *work, const ctf_hits *hits)
{
    bool meant = hits->n > 0 && hits->patterns[hits->n - 1] > whole(work);
    if (is_hit(hits, whole(work)))
        return 0;
    return meant ? 1 : is_hit(hits, reads(work)) ? 1 + price_of(work, work->prices) : UINT64_MAX;
}

static void consider(explain_work *work, const message_seen *message)
{
    uint64_t price = price_message(work, message->hits);
    if (work->matches > (price == 0))
        return;
    for (size_t i = 0; i < work->info.n_clauses; i++)
        if (work->clauses[i].type == CTF_CLAUSE_TEST && work->prices[i] == 0)
            keep_nearer(work, message, price, &work->near[i]);
    keep_nearer(work, message, price, &work->near[work->info.n_clauses]);
}

/* Is the nearest message of test i rarer than that of test k, or as rare and earlier? */
static bool is_rarer(const explain_work *work, size_t i, size_t k)
{
    if (work->holds[i] != work->holds[k])
        return work->holds[i] < work->holds[k];
    return work->near[i].number < work->near[k].number;
}

/* Of the nearest messages the one whose test is true of the fewest. */
static void choose(explain_work *work)
{
    size_t n = work->info.n_clauses, best = n;
    const explain_message *near = work->near;
    for (size_t i = 0; i < n && near[n].price != UINT64_MAX; i++)
        if (near[i].there && near[i].price == near[n].price && (best == n || is_rarer(work, i, best)))
            best = i;
    explain_message none = work->chosen;
    work->chosen = work->near[best];
    work->near[best] = none;
}

static bool take(void *context, const message_seen *message)
{
    explain_work *work = context;
    const ctf_hits *hits = message->hits;
    work->messages++;
    work->matches += is_hit(hits, whole(work));
    work->read += is_hit(hits, reads(work));
    for (size_t i = 0; i < work->info.n_clauses; i++)
        work->prices[i] = 1;
    for (size_t i = 0; i < hits->n && hits->patterns[i] < work->info.n_clauses; i++) {
        work->holds[hits->patterns[i]]++;
        work->prices[hits->patterns[i]] = 0;
    }
    if (work->wanted == 0)
        consider(work, message);
    else if (work->wanted == work->messages)
        keep(work, message, 0, &work->chosen);
    return work->wanted == 0 || work->messages < work->wanted;
}

bool explain_tally(explain_work *work, const char *const *paths, size_t n)
{
    work->holds = need(work->info.n_clauses, sizeof *work->holds);
    work->prices = need(work->info.n_clauses, sizeof *work->prices);
    work->near = need(work->info.n_clauses + 1, sizeof *work->near);
    bool good = compile(work) && messages_read(work->options, work->filter, paths, n, take, work);
    if (work->wanted == 0)
        choose(work);
    return good;
}
