/* What the events of --corpus say: of each test that is never true, what stands at its selector; of each pattern
 * whether it matches at all. Everything is asked of the matcher, as patterns of its own. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "diag.h"
#include "explain.h"
#include "messages.h"

/* What is asked of a test. */
enum { ASK_TEST, ASK_ABSENT, ASK_COMPARABLE, ASK_BOOLEAN, ASK_NULL, ASKS };

/* One test of a pattern and the numbers of its questions. */
typedef struct question {
    size_t item;
    ctf_clause clause;
    char *asked[ASKS]; /* owned, but for ASK_TEST */
    uint64_t counts[ASKS];
} question;

typedef struct corpus {
    check_work *work;
    question *questions;
    size_t n, room;
    ctf_explanation **explanations; /* one an item; NULL where it is refused */
    ctf_filter *filter; /* the questions' patterns, ASKS each, then the items' */
    uint64_t *matches;  /* of each item */
    uint64_t messages;
} corpus;

static char *about(ctf_text subject, const char *format_head, const char *format_tail)
{
    size_t head = strlen(format_head), tail = strlen(format_tail);
    char *text = need(head + subject.length + tail + 1, 1);
    memcpy(text, format_head, head);
    memcpy(text + head, subject.data, subject.length);
    memcpy(text + head + subject.length, format_tail, tail);
    return text;
}

/* "{$.a IS TRUE||$.a IS FALSE}" */
static char *about_twice(ctf_text subject, const char *between, const char *tail)
{
    char *first = about(subject, "{", between);
    char *both = about(subject, first, tail);
    free(first);
    return both;
}

static void add_question(corpus *c, size_t item, const ctf_clause *clause)
{
    c->questions = need_more(c->questions, &c->room, c->n + 1, sizeof *c->questions);
    question *q = &c->questions[c->n++];
    *q = (question){.item = item, .clause = *clause};
    if (clause->subject.length == 0 || clause->position != 0)
        return;
    q->asked[ASK_ABSENT] = about(clause->subject, "{", " NOT EXISTS}");
    q->asked[ASK_COMPARABLE] = about(clause->subject, "{", "=*}");
    q->asked[ASK_BOOLEAN] = about_twice(clause->subject, " IS TRUE||", " IS FALSE}");
    q->asked[ASK_NULL] = about(clause->subject, "{", " IS NULL}");
}

static void read_item(corpus *c, size_t item)
{
    const check_item *from = &c->work->items[item];
    if (from->refused)
        return;
    if (ctf_explain(from->pattern, NULL, NULL, &c->explanations[item], NULL) != CTF_OK)
        need_failed();
    ctf_explanation_info info = explain_info(c->explanations[item]);
    for (size_t i = 0; i < info.n_clauses; i++) {
        ctf_clause clause = explain_clause(c->explanations[item], i);
        if (clause.type == CTF_CLAUSE_TEST && clause.outcome != CTF_OUTCOME_IGNORED)
            add_question(c, item, &clause);
    }
}

/* A question that is not asked, and a refused pattern, get one that compiles. */
static ctf_text text_or_all(const char *text)
{
    return text == NULL ? (ctf_text){"", 0} : (ctf_text){text, strlen(text)};
}

static bool compile(corpus *c)
{
    size_t n = c->n * ASKS + c->work->n_items;
    ctf_pattern *patterns = need(n, sizeof *patterns);
    for (size_t i = 0; i < c->n; i++) {
        patterns[i * ASKS].text = c->questions[i].clause.alone;
        for (size_t k = 1; k < ASKS; k++)
            patterns[i * ASKS + k].text = text_or_all(c->questions[i].asked[k]);
    }
    for (size_t i = 0; i < c->work->n_items; i++)
        if (!c->work->items[i].refused)
            patterns[c->n * ASKS + i].text = c->work->items[i].pattern;
    ctf_error error;
    bool good = n > 0 && ctf_filter_compile(patterns, n, NULL, &c->filter, &error) == CTF_OK;
    if (n > 0 && !good)
        diag_print("check: --corpus: %s", error.message);
    free(patterns);
    return good;
}

static bool take(void *context, const message_seen *message)
{
    corpus *c = context;
    c->messages++;
    for (size_t i = 0; i < message->hits->n; i++) {
        size_t at = message->hits->patterns[i];
        if (at < c->n * ASKS)
            c->questions[at / ASKS].counts[at % ASKS]++;
        else
            c->matches[at - c->n * ASKS]++;
    }
    return true;
}

/* ---- findings ---- */

static bool compares(const question *q)
{
    return q->clause.operation == CTF_OPERATION_COMPARE || q->clause.operation == CTF_OPERATION_ORDER;
}

/* Begins what is said of all messages; returns its length. */
static size_t begin(const corpus *c, char *out, size_t size)
{
    return (size_t)snprintf(out, size, "in %" PRIu64 " message%s ", c->messages, c->messages == 1 ? "" : "s");
}

/* What the events have at the selector of a test that is never true. */
static void describe(const corpus *c, const question *q, char *out, size_t size, bool *field)
{
    size_t begun = begin(c, out, size);
    int n = (int)q->clause.subject.length;
    const char *subject = q->clause.subject.data;
    out += begun;
    size -= begun;
    uint64_t there = c->messages - q->counts[ASK_ABSENT];
    *field = true;
    if (q->asked[ASK_ABSENT] == NULL) {
        snprintf(out, size, "the test is never true");
        *field = false;
    } else if (there == 0) {
        snprintf(out, size, "%.*s is never there", n, subject);
    } else if (compares(q) && q->counts[ASK_COMPARABLE] == 0 && q->counts[ASK_BOOLEAN] == there) {
        snprintf(out, size, "%.*s is always a boolean, if it is there", n, subject);
    } else if (compares(q) && q->counts[ASK_COMPARABLE] == 0) {
        snprintf(out, size, "%.*s is never text or a number", n, subject);
    } else if (q->clause.operation == CTF_OPERATION_BOOLEAN && q->counts[ASK_BOOLEAN] == 0) {
        snprintf(out, size, "%.*s is never a boolean", n, subject);
    } else {
        snprintf(out, size, "the test is never true; %.*s is there in %" PRIu64, n, subject, there);
        *field = false;
    }
}

static void tell(corpus *c, const question *q)
{
    char words[512];
    bool field;
    describe(c, q, words, sizeof words, &field);
    check_point(c->work, q->item, field ? "corpus-field" : "corpus-test", q->clause.offset, q->clause.length, words);
}

static void tell_all(corpus *c)
{
    bool *told = need(c->work->n_items, sizeof *told);
    char words[128];
    for (size_t i = 0; i < c->n; i++)
        if (c->questions[i].counts[ASK_TEST] == 0 && c->questions[i].clause.operation != CTF_OPERATION_ABSENCE) {
            tell(c, &c->questions[i]);
            told[c->questions[i].item] = true;
        }
    size_t begun = begin(c, words, sizeof words);
    snprintf(words + begun, sizeof words - begun, "the pattern matches none");
    for (size_t i = 0; i < c->work->n_items; i++)
        if (!c->work->items[i].refused && c->matches[i] == 0 && !told[i])
            check_point(c->work, i, "corpus-pattern", 0, c->work->items[i].pattern.length, words);
    free(told);
}

static void free_corpus(corpus *c)
{
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < ASKS; k++)
            free(c->questions[i].asked[k]);
    for (size_t i = 0; i < c->work->n_items; i++)
        ctf_explanation_free(c->explanations[i]);
    free(c->explanations);
    free(c->questions);
    free(c->matches);
    ctf_filter_free(c->filter);
}

static size_t corpus_paths(const cli_options *options, const char **paths)
{
    size_t n = 0;
    for (size_t i = 0; i < options->n_given; i++)
        if (options->given[i].option->id == OPT_CORPUS)
            paths[n++] = options->given[i].text;
    return n;
}

void check_corpus(check_work *work)
{
    corpus c = {.work = work, .explanations = need(work->n_items, sizeof(ctf_explanation *)),
                .matches = need(work->n_items, sizeof(uint64_t))};
    const char **paths = need(work->options->n_given, sizeof *paths);
    size_t n = corpus_paths(work->options, paths);
    for (size_t i = 0; i < work->n_items; i++)
        read_item(&c, i);
    if (compile(&c)) {
        if (!messages_read(work->options, c.filter, paths, n, take, &c))
            work->failed = true;
        if (c.messages > 0)
            tell_all(&c);
    }
    free_corpus(&c);
    free(paths);
}
