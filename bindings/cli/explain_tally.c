#include <stdlib.h>
#include <string.h>

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

static bool compile(explain_work *work)
{
    size_t n = work->info.n_clauses + 2;
    ctf_pattern *patterns = need(n, sizeof *patterns);
    for (size_t i = 0; i < work->info.n_clauses; i++)
        patterns[i].text = work->clauses[i].alone;
    patterns[reads(work)].text = work->info.reads;
    patterns[whole(work)].text = work->pattern;
    ctf_error error;
    ctf_status status = ctf_filter_compile(patterns, n, NULL, &work->filter, &error);
    if (status != CTF_OK)
        diag_print("explain: %s", error.message);
    free(patterns);
    return status == CTF_OK;
}

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

static void keep(explain_work *work, const message_seen *message)
{
    explain_message *chosen = &work->chosen;
    free(chosen->label);
    chosen->label = need_copy(message->label, strlen(message->label));
    chosen->there = true;
    chosen->index = message->index;
    chosen->number = work->messages;
    chosen->text.length = 0;
    blob_append(&chosen->text, message->text.data, message->text.length);
}

/* Messages that cannot be asked stand behind all that can. */
static void consider(explain_work *work, const message_seen *message, bool read, bool matches)
{
    if (matches && work->matches > 1)
        return;
    uint64_t price = matches ? 0 : read ? price_of(work, work->prices) : UINT64_MAX;
    if (work->chosen.there && price >= work->price)
        return;
    work->price = price;
    keep(work, message);
}

static bool take(void *context, const message_seen *message)
{
    explain_work *work = context;
    const ctf_hits *hits = message->hits;
    bool matches = is_hit(hits, whole(work)), read = is_hit(hits, reads(work));
    work->messages++;
    work->matches += matches;
    work->read += read;
    for (size_t i = 0; i < work->info.n_clauses; i++)
        work->prices[i] = 1;
    for (size_t i = 0; i < hits->n && hits->patterns[i] < work->info.n_clauses; i++) {
        work->holds[hits->patterns[i]]++;
        work->prices[hits->patterns[i]] = 0;
    }
    if (work->wanted == 0)
        consider(work, message, read, matches);
    else if (work->wanted == work->messages)
        keep(work, message);
    return work->wanted == 0 || work->messages < work->wanted;
}

bool explain_tally(explain_work *work, const char *const *paths, size_t n)
{
    work->holds = need(work->info.n_clauses, sizeof *work->holds);
    work->prices = need(work->info.n_clauses, sizeof *work->prices);
    return compile(work) && messages_read(work->options, work->filter, paths, n, take, work);
}
