/* What explain prints to be read. */
#include <inttypes.h>
#include <string.h>

#include "explain.h"
#include "report_words.h"
#include "wrap.h"

#define SHOWN 60   /* characters of a value */
#define WIDEST 64  /* columns of a test before its values stand elsewhere */
#define OUTCOME 10 /* columns of the mark and the outcome */

static void words(blob *out, const char *text)
{
    blob_append_words(out, text);
}

/* ---- values ---- */

static void value(blob *out, const ctf_seen *seen)
{
    bool text = seen->type == CTF_VALUE_STRING;
    if (text) {
        wrap_quoted(out, seen->text, SHOWN);
        return;
    }
    size_t cut = wrap_columns(seen->text) > SHOWN ? SHOWN : seen->text.length;
    report_words_safe(out, (ctf_text){seen->text.data, cut});
    words(out, cut < seen->text.length ? "..." : "");
    if (seen->type == CTF_VALUE_BOOLEAN || seen->type == CTF_VALUE_ARRAY || seen->type == CTF_VALUE_OBJECT)
        report_words(out, " (%s)", explain_type(seen->type));
}

static void place(blob *out, const ctf_seen *seen)
{
    report_words(out, "at byte %zu: ", seen->offset);
    value(out, seen);
}

/* The first values that a test saw, or places where it found something. */
static void seen(blob *out, const ctf_explanation *e, ctf_kind kind, size_t index, const ctf_clause *clause)
{
    size_t most = clause->n_seen < 2 ? clause->n_seen : 2;
    for (size_t i = 0; i < most; i++) {
        ctf_seen one = explain_seen(e, index, i);
        words(out, i == 0 ? "" : ", ");
        if (clause->n_seen > 1 && one.path.length > 0) {
            report_words_safe(out, one.path);
            words(out, " ");
        }
        (kind == CTF_KIND_TEXT || kind == CTF_KIND_REGEX ? place : value)(out, &one);
    }
    if (most < clause->n_seen)
        report_words(out, " and %zu more", clause->n_seen - most);
}

/* ---- the tree ---- */

static size_t widest(const ctf_explanation *e, size_t n)
{
    size_t most = 0;
    for (size_t i = 0; i < n; i++) {
        ctf_clause clause = explain_clause(e, i);
        size_t columns = 2 * clause.depth + wrap_columns(clause.text);
        if (clause.type == CTF_CLAUSE_TEST && columns > most && columns <= WIDEST)
            most = columns;
    }
    return most;
}

static const char *joint(const ctf_clause *clause)
{
    return clause->type == CTF_CLAUSE_ALL ? "all of" : "any of";
}

/* "> absent    $.a.b = x        value" */
static void clause_line(blob *out, const ctf_explanation *e, ctf_kind kind, size_t index, size_t column)
{
    ctf_clause clause = explain_clause(e, index);
    report_words(out, "%s%-8s", clause.decisive ? "> " : "  ", explain_outcome(clause.outcome));
    wrap_blanks(out, 2 * clause.depth);
    if (clause.type != CTF_CLAUSE_TEST) {
        report_words(out, "%s\n", joint(&clause));
        return;
    }
    size_t used = 2 * clause.depth + wrap_columns(clause.text);
    report_words_safe(out, clause.text);
    if (clause.n_seen > 0 && used <= column)
        wrap_blanks(out, column - used + 2);
    else if (clause.n_seen > 0)
        report_words(out, "\n%*s", OUTCOME + 2 * (int)clause.depth + 4, "");
    seen(out, e, kind, index, &clause);
    words(out, "\n");
}

static void tokens(blob *out, const ctf_explanation *e, size_t n)
{
    report_words(out, "\nThe line is split into %zu token%s:\n", n, n == 1 ? "" : "s");
    for (size_t i = 0; i < n; i++) {
        ctf_split token = explain_token(e, i);
        report_words(out, "  %3zu  ", token.position);
        wrap_quoted(out, token.text, SHOWN);
        if (token.name.length > 0) {
            words(out, "  ");
            report_words_safe(out, token.name);
        }
        words(out, token.rest ? " (the last field: all from here to the end of the line)\n" : "\n");
    }
}

/* ---- hints ---- */

static const char *result(const ctf_hint *hint)
{
    return hint->pattern_matches ? "with it the pattern matches"
           : hint->test_holds    ? "with it this test is true"
                                 : "not true of this message either";
}

static void hint_lines(blob *out, const ctf_hint *hint)
{
    wrap(out, hint->words, 4);
    if (hint->instead.length == 0)
        return;
    words(out, "      ");
    report_words_safe(out, hint->instead);
    report_words(out, "    (%s)\n", result(hint));
}

static void hints(blob *out, const ctf_explanation *e, const ctf_explanation_info *info)
{
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < info->n_hints; i++) {
        ctf_hint hint = explain_hint(e, i);
        if (hint.clause != last)
            words(out, "\n");
        if (hint.clause != last && hint.clause < info->n_clauses) {
            words(out, "  ");
            report_words_safe(out, explain_clause(e, hint.clause).text);
            words(out, "\n");
        }
        last = hint.clause;
        hint_lines(out, &hint);
    }
}

/* ---- a message ---- */

static void fault(blob *out, ctf_text message, const ctf_explanation_info *info)
{
    words(out, "  ");
    report_words_safe(out, info->fault);
    if (info->fault_offset < message.length) {
        report_words(out, ", at byte %zu: ", info->fault_offset);
        wrap_quoted(out, (ctf_text){message.data + info->fault_offset, message.length - info->fault_offset}, 30);
    }
    words(out, "\n");
}

static void what_is_missing(blob *out, const ctf_explanation_info *info)
{
    if (info->matches || info->n_decisive == 0 || info->n_tests == 1)
        return;
    if (info->n_decisive == 1)
        words(out, "\nTo match, the test marked > would have to be true as well.\n");
    else
        report_words(out, "\nTo match, the %zu tests marked > would have to be true as well.\n", info->n_decisive);
}

void explain_print(const explain_work *work, const explain_message *message, const ctf_explanation *e, blob *out)
{
    ctf_explanation_info info = explain_info(e);
    report_words_safe(out, (ctf_text){message->label, strlen(message->label)});
    if (work->messages > 1)
        report_words(out, ", message %" PRIu64, message->index + 1);
    words(out, info.matches ? ": match\n" : ": no match\n");
    if (info.fault.length > 0) {
        words(out, "\n");
        fault(out, (ctf_text){(const char *)message->text.data, message->text.length}, &info);
    }
    if (info.kind == CTF_KIND_FIELDS)
        tokens(out, e, info.n_tokens);
    if (info.n_clauses > 0 && info.fault.length == 0) {
        size_t column = widest(e, info.n_clauses);
        words(out, "\n");
        for (size_t i = 0; i < info.n_clauses; i++)
            clause_line(out, e, info.kind, i, column);
    }
    what_is_missing(out, &info);
    hints(out, e, &info);
}

void explain_print_why(const ctf_explanation *e, ctf_text message, blob *out)
{
    ctf_explanation_info info = explain_info(e);
    size_t column = widest(e, info.n_clauses);
    if (info.fault.length > 0)
        fault(out, message, &info);
    for (size_t i = 0; i < info.n_clauses; i++)
        if (explain_clause(e, i).decisive)
            clause_line(out, e, info.kind, i, column);
    hints(out, e, &info);
}

/* ---- all messages, and none ---- */

void explain_print_counts(const explain_work *work, blob *out)
{
    uint64_t unread = work->messages - work->read;
    report_words_count(out, work->messages, "message");
    if (work->matches == 0)
        words(out, ", none matches.");
    else
        report_words(out, ", %" PRIu64 " match%s.", work->matches, work->matches == 1 ? "es" : "");
    if (unread > 0) {
        report_words(out, " %" PRIu64 " %s not looked into, for none is ", unread, unread == 1 ? "was" : "were");
        report_words_safe(out, work->info.words);
        words(out, ".");
    }
    words(out, "\n\n   true of\n");
    for (size_t i = 0; i < work->info.n_clauses; i++) {
        if (work->clauses[i].type != CTF_CLAUSE_TEST)
            continue;
        report_words(out, "%10" PRIu64 "  ", work->holds[i]);
        report_words_safe(out, work->clauses[i].text);
        words(out, "\n");
    }
    words(out, work->matches > 0 ? "\nThe first that matches:\n" : "\nThe one that comes nearest to a match:\n");
}

void explain_print_words(const explain_work *work, blob *out)
{
    words(out, "Matches ");
    report_words_safe(out, work->info.words);
    words(out, work->info.n_clauses > 0 ? ", where\n" : "\n");
    for (size_t i = 0; i < work->info.n_clauses; i++) {
        const ctf_clause *clause = &work->clauses[i];
        wrap_blanks(out, 2 + 2 * clause->depth);
        if (clause->type == CTF_CLAUSE_TEST)
            report_words_safe(out, clause->words);
        else
            words(out, joint(clause));
        words(out, clause->outcome == CTF_OUTCOME_IGNORED ? " (ignored, for there are other terms)\n" : "\n");
    }
}
