/* The same as JSON. Values longer than MOST bytes are cut and say so. */
#include "explain.h"

#define MOST 4096

static void cut_text(json_out *out, ctf_text text)
{
    bool cut = text.length > MOST;
    if (cut)
        text.length = MOST;
    json_key(out, "text");
    json_string(out, text);
    if (cut) {
        json_key(out, "cut");
        json_boolean(out, true);
    }
}

static void place(json_out *out, size_t offset, size_t length)
{
    json_key(out, "offset");
    json_unsigned(out, offset);
    json_key(out, "length");
    json_unsigned(out, length);
}

static void seen(json_out *out, const ctf_explanation *e, size_t clause, size_t n)
{
    json_key(out, "seen");
    json_open(out, '[');
    for (size_t i = 0; i < n; i++) {
        ctf_seen one = explain_seen(e, clause, i);
        json_open(out, '{');
        if (one.path.length > 0) {
            json_key(out, "path");
            json_string(out, one.path);
        }
        json_key(out, "type");
        json_words(out, explain_type(one.type));
        cut_text(out, one.text);
        place(out, one.offset, one.length);
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void test(json_out *out, const ctf_explanation *e, size_t index, const ctf_clause *clause, bool judged)
{
    json_key(out, "test");
    json_string(out, clause->text);
    json_key(out, "words");
    json_string(out, clause->words);
    place(out, clause->offset, clause->length);
    if (!judged)
        return;
    json_key(out, "decisive");
    json_boolean(out, clause->decisive != 0);
    seen(out, e, index, clause->n_seen);
}

/* Opens a clause; one that joins others stays open for them. */
static void open_clause(json_out *out, const ctf_explanation *e, size_t index, const ctf_clause *clause, bool judged)
{
    json_open(out, '{');
    if (clause->outcome != CTF_OUTCOME_NONE) {
        json_key(out, "outcome");
        json_words(out, explain_outcome(clause->outcome));
    }
    if (clause->type == CTF_CLAUSE_TEST) {
        test(out, e, index, clause, judged);
        json_close(out, '}');
        return;
    }
    json_key(out, clause->type == CTF_CLAUSE_ALL ? "all" : "any");
    json_open(out, '[');
}

static void close_joints(json_out *out, size_t n)
{
    for (; n > 0; n--) {
        json_close(out, ']');
        json_close(out, '}');
    }
}

static void tree(json_out *out, const ctf_explanation *e, const ctf_explanation_info *info)
{
    size_t open = 0;
    if (info->n_clauses == 0)
        return;
    json_key(out, "tree");
    for (size_t i = 0; i < info->n_clauses; i++) {
        ctf_clause clause = explain_clause(e, i);
        close_joints(out, open - clause.depth);
        open = clause.depth + (clause.type != CTF_CLAUSE_TEST);
        open_clause(out, e, i, &clause, info->judged != 0);
    }
    close_joints(out, open);
}

static void hints(json_out *out, const ctf_explanation *e, const ctf_explanation_info *info)
{
    json_key(out, "hints");
    json_open(out, '[');
    for (size_t i = 0; i < info->n_hints; i++) {
        ctf_hint hint = explain_hint(e, i);
        json_open(out, '{');
        json_key(out, "id");
        json_words(out, hint.id);
        if (hint.clause < info->n_clauses) {
            json_key(out, "test");
            json_string(out, explain_clause(e, hint.clause).text);
        }
        json_key(out, "text");
        json_string(out, hint.words);
        if (hint.instead.length > 0) {
            place(out, hint.offset, hint.length);
            json_key(out, "instead");
            json_string(out, hint.instead);
            json_key(out, "testHolds");
            json_boolean(out, hint.test_holds != 0);
            json_key(out, "patternMatches");
            json_boolean(out, hint.pattern_matches != 0);
        }
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void tokens(json_out *out, const ctf_explanation *e, const ctf_explanation_info *info)
{
    if (info->kind != CTF_KIND_FIELDS)
        return;
    json_key(out, "tokens");
    json_open(out, '[');
    for (size_t i = 0; i < info->n_tokens; i++) {
        ctf_split token = explain_token(e, i);
        json_open(out, '{');
        json_key(out, "position");
        json_unsigned(out, token.position);
        if (token.name.length > 0) {
            json_key(out, "field");
            json_string(out, token.name);
        }
        cut_text(out, token.text);
        place(out, token.offset, token.text.length);
        if (token.rest) {
            json_key(out, "rest");
            json_boolean(out, true);
        }
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void head(const explain_work *work, json_out *out)
{
    json_key(out, "pattern");
    json_string(out, work->pattern);
    json_key(out, "kind");
    json_words(out, explain_kind(work->info.kind));
    json_key(out, "reads");
    json_string(out, work->info.words);
}

void explain_json_words(const explain_work *work, json_out *out)
{
    json_open(out, '{');
    head(work, out);
    tree(out, work->words, &work->info);
    json_close(out, '}');
}

void explain_json_counts(const explain_work *work, json_out *out)
{
    json_open(out, '{');
    head(work, out);
    json_key(out, "messages");
    json_unsigned(out, work->messages);
    json_key(out, "matches");
    json_unsigned(out, work->matches);
    json_key(out, "unread");
    json_unsigned(out, work->messages - work->read);
    json_key(out, "tests");
    json_open(out, '[');
    for (size_t i = 0; i < work->info.n_clauses; i++) {
        if (work->clauses[i].type != CTF_CLAUSE_TEST)
            continue;
        json_open(out, '{');
        json_key(out, "test");
        json_string(out, work->clauses[i].text);
        json_key(out, "true");
        json_unsigned(out, work->holds[i]);
        json_close(out, '}');
    }
    json_close(out, ']');
    json_close(out, '}');
}

void explain_json(const explain_work *work, const explain_message *message, const ctf_explanation *e, json_out *out)
{
    ctf_explanation_info info = explain_info(e);
    json_open(out, '{');
    head(work, out);
    json_key(out, "file");
    json_words(out, message->label);
    json_key(out, "index");
    json_unsigned(out, message->index);
    json_key(out, "match");
    json_boolean(out, info.matches != 0);
    if (info.fault.length > 0) {
        json_key(out, "fault");
        json_open(out, '{');
        json_key(out, "text");
        json_string(out, info.fault);
        json_key(out, "offset");
        json_unsigned(out, info.fault_offset);
        json_close(out, '}');
    }
    tokens(out, e, &info);
    tree(out, e, &info);
    hints(out, e, &info);
    json_close(out, '}');
}
