/* Which terms of a pattern decided a verdict.
 *
 * A term decided a message when the pattern without it would have given the other verdict: of terms joined by && one
 * that is false where all others are true, of terms joined by || one that is true where all others are false, where
 * what is joined so matters for the whole in turn. Of a pattern of one term every message that it reads is decided. A
 * term that no case decides could be taken out, or be wrong, and no case would tell. */
#include <inttypes.h>
#include <stdlib.h>

#include "diag.h"
#include "explain.h"
#include "report_words.h"
#include "suite.h"

/* One clause of an explanation: itself and what is joined in it. */
typedef struct branch {
    ctf_clause clause;
    bool holds;
    bool matters;       /* with the other truth the whole would have it too */
    size_t n;           /* clauses that it joins */
    size_t n_true;
} branch;

static bool joins(const branch *b)
{
    return b->clause.type != CTF_CLAUSE_TEST;
}

/* Reads the clauses and settles the joints, each behind what it joins. */
static branch *read_branches(const ctf_explanation *e, size_t n)
{
    branch *all = need(n, sizeof *all);
    for (size_t i = 0; i < n; i++)
        all[i].clause = explain_clause(e, i);
    for (size_t i = n; i-- > 0;) {
        branch *b = &all[i], *parent = &all[b->clause.parent];
        b->holds = b->clause.type == CTF_CLAUSE_ALL   ? b->n_true == b->n
                   : b->clause.type == CTF_CLAUSE_ANY ? b->n_true > 0
                                                      : b->clause.outcome == CTF_OUTCOME_TRUE;
        if (i > 0 && b->clause.outcome != CTF_OUTCOME_IGNORED) {
            parent->n++;
            parent->n_true += b->holds;
        }
    }
    return all;
}

/* Would the joint have the other truth if this one of its clauses had? */
static bool is_pivot(const branch *joint, const branch *b)
{
    size_t others = joint->n_true - b->holds;
    return joint->clause.type == CTF_CLAUSE_ALL ? others == joint->n - 1 : others == 0;
}

/* Taken out of && a false clause changes something, taken out of || a true one. */
static bool decides(const branch *all, size_t i)
{
    const branch *b = &all[i];
    bool told_by = i == 0 || b->holds == (all[b->clause.parent].clause.type == CTF_CLAUSE_ANY);
    return b->matters && told_by && b->clause.outcome != CTF_OUTCOME_NONE;
}

static void settle(branch *all, size_t n, suite_pattern *pattern)
{
    size_t term = 0;
    for (size_t i = 0; i < n; i++) {
        const branch *parent = &all[all[i].clause.parent];
        bool counts = all[i].clause.outcome != CTF_OUTCOME_IGNORED;
        all[i].matters = i == 0 || (parent->matters && counts && is_pivot(parent, &all[i]));
        if (joins(&all[i]))
            continue;
        if (decides(all, i))
            pattern->terms[term].decided = true;
        term++;
    }
}

static void read_terms(const branch *all, size_t n, suite_pattern *pattern)
{
    pattern->terms = need(n, sizeof *pattern->terms);
    for (size_t i = 0; i < n; i++)
        if (!joins(&all[i]))
            pattern->terms[pattern->n_terms++] =
                (suite_term){.offset = all[i].clause.offset, .length = all[i].clause.length};
}

static void look(suite_pattern *pattern, const ctf_text *message)
{
    ctf_explanation *e;
    if (ctf_explain(pattern->text, message, NULL, &e, NULL) != CTF_OK)
        need_failed();
    ctf_explanation_info info = explain_info(e);
    branch *all = read_branches(e, info.n_clauses);
    if (pattern->terms == NULL)
        read_terms(all, info.n_clauses, pattern);
    if (message != NULL && info.fault.length == 0)
        settle(all, info.n_clauses, pattern);
    free(all);
    ctf_explanation_free(e);
}

static size_t decided(const suite_pattern *pattern)
{
    size_t n = 0;
    for (size_t i = 0; i < pattern->n_terms; i++)
        n += pattern->terms[i].decided;
    return n;
}

void suite_cover(suite_pattern *pattern, ctf_text message)
{
    if (pattern->terms == NULL || decided(pattern) < pattern->n_terms)
        look(pattern, &message);
}

/* ---- the report ---- */

static void print_undecided(const suite_pattern *pattern, const suite_term *term, blob *out)
{
    cli_place place = config_place_in(pattern->place, pattern->lead, pattern->text, term->offset);
    blob_append_words(out, "  ");
    if (place.line > 0) {
        suite_place(place, out);
        blob_append_words(out, ": ");
    }
    blob_append_words(out, "this term was never the one that decided: ");
    report_words_safe(out, (ctf_text){pattern->text.data + term->offset, term->length});
    blob_append_words(out, "\n");
}

static void print_pattern(const suite *all, size_t index, blob *out)
{
    const suite_pattern *pattern = &all->patterns[index];
    report_words_safe(out, suite_pattern_label(all, index));
    report_words(out, ": %zu of ", decided(pattern));
    report_words_count(out, pattern->n_terms, "term");
    blob_append_words(out, " decided\n");
    for (size_t i = 0; i < pattern->n_terms; i++)
        if (!pattern->terms[i].decided)
            print_undecided(pattern, &pattern->terms[i], out);
}

bool suite_coverage(suite *all, uint64_t percent, blob *out)
{
    uint64_t n = 0, good = 0;
    for (size_t i = 0; i < all->n_patterns; i++) {
        if (!all->patterns[i].used)
            continue;
        if (all->patterns[i].terms == NULL)
            look(&all->patterns[i], NULL);
        print_pattern(all, i, out);
        n += all->patterns[i].n_terms;
        good += decided(&all->patterns[i]);
    }
    bool enough = good * 100 >= percent * n;
    report_words(out, "coverage: %" PRIu64 " of %" PRIu64 " terms decided, %" PRIu64 " %%", good, n,
                 n == 0 ? 100 : good * 100 / n);
    report_words(out, enough ? "\n\n" : "; at least %" PRIu64 " %% are asked for\n\n", percent);
    return enough;
}
