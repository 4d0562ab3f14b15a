/* What the tests of the pattern parsers share: a pattern parsed or refused, a tree as text, tables of
 * refusals. */
#ifndef TESTS_UNIT_PATTERNS_H
#define TESTS_UNIT_PATTERNS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pattern/tree.h"

/* A text in a block of its own size, so that the sanitizers see a read beyond it. */
static inline ctfi_bytes exact(const void *text, size_t length)
{
    unsigned char *copy = malloc(length + (length == 0));
    assert_non_null(copy);
    memcpy(copy, text, length);
    return (ctfi_bytes){copy, length};
}

typedef struct outcome {
    ctfi_job job;
    ctfi_bytes text;
    ctf_status status;
    const ctfi_tree *tree; /* NULL when refused */
    ctfi_bytes canonical;
} outcome;

static inline void outcome_body(ctfi_job *job, void *context)
{
    outcome *o = context;
    o->tree = ctfi_pattern_parse(job, o->text);
    o->canonical = ctfi_pattern_canonical(job, o->tree);
}

/* Parses; the caller ends with outcome_free. */
static inline void outcome_of(outcome *o, const void *text, size_t length)
{
    memset(o, 0, sizeof *o);
    o->text = exact(text, length);
    o->status = ctfi_job_run(&o->job, NULL, outcome_body, o);
    if (o->status != CTF_OK)
        o->tree = NULL;
}

static inline void outcome_free(outcome *o)
{
    ctfi_arena_free(&o->job.arena);
    free((void *)(uintptr_t)o->text.data);
}

/* ---- a tree as text ---- */

typedef struct sheet {
    char text[8192];
    size_t length;
} sheet;

static inline void sheet_bytes(sheet *to, ctfi_bytes bytes)
{
    assert_true(bytes.length < sizeof to->text - to->length);
    if (bytes.length != 0)
        memcpy(to->text + to->length, bytes.data, bytes.length);
    to->length += bytes.length;
    to->text[to->length] = '\0';
}

static inline void sheet_text(sheet *to, const char *text)
{
    sheet_bytes(to, (ctfi_bytes){(const unsigned char *)text, strlen(text)});
}

static inline void sheet_selector(sheet *to, const ctfi_selector *selector)
{
    char number[16];
    for (uint32_t i = 0; i < selector->n_steps; i++) {
        const ctfi_step *step = &selector->steps[i];
        snprintf(number, sizeof number, "[%lu]", (unsigned long)step->index);
        sheet_text(to, step->type == CTFI_STEP_KEY ? "/" : step->type == CTFI_STEP_INDEX ? number : "/*");
        if (step->type == CTFI_STEP_KEY)
            sheet_bytes(to, step->key);
    }
}

static inline void sheet_literal(sheet *to, const ctfi_literal *literal)
{
    static const char *const types[] = {[CTFI_LITERAL_NONE] = "", [CTFI_LITERAL_NUMBER] = "number ",
                                        [CTFI_LITERAL_WORD] = "word ", [CTFI_LITERAL_QUOTED] = "quoted ",
                                        [CTFI_LITERAL_REGEX] = "regex "};
    sheet_text(to, types[literal->type]);
    sheet_text(to, literal->glob ? "glob " : "");
    sheet_bytes(to, literal->text);
}

static inline void sheet_test(sheet *to, const ctfi_test *test)
{
    static const char *const operators[] = {" = ", " != ", " < ", " <= ", " > ", " >= ",
                                            " null", " true", " false", " missing", ""};
    static const char *const signs[] = {"", "-", "?"};
    sheet_text(to, test->ignored ? "ignored " : "");
    sheet_text(to, signs[test->sign]);
    if (test->selector != NULL)
        sheet_selector(to, test->selector);
    if (test->field != NULL)
        sheet_bytes(to, test->field->name);
    sheet_text(to, operators[test->op]);
    sheet_literal(to, &test->literal);
}

static inline void sheet_node(sheet *to, const ctfi_node *node)
{
    if (node->type == CTFI_TEST) {
        sheet_test(to, &node->test);
        return;
    }
    sheet_text(to, node->type == CTFI_AND ? "and(" : "or(");
    for (const ctfi_node *child = node->first; child != NULL; child = child->next) {
        sheet_node(to, child);
        sheet_text(to, child->next == NULL ? ")" : ", ");
    }
}

/* and(/a = number 1, /b[0] null); fields: a; b: b = word x; ... */
static inline void sheet_tree(sheet *to, const ctfi_tree *tree)
{
    to->length = 0;
    to->text[0] = '\0';
    if (tree->kind != CTF_KIND_FIELDS && tree->root != NULL)
        sheet_node(to, tree->root);
    for (uint32_t i = 0; i < tree->n_fields; i++) {
        const ctfi_field *field = &tree->fields[i];
        assert_int_equal(field->position, i);
        assert_true(field->ellipsis == (i == tree->ellipsis));
        sheet_text(to, i == 0 ? "" : "; ");
        sheet_bytes(to, field->name);
        sheet_text(to, field->ellipsis ? "..." : "");
        sheet_text(to, field->condition == NULL ? "" : ": ");
        if (field->condition != NULL)
            sheet_node(to, field->condition);
    }
}

/* The pattern parses to the tree that the text describes. */
static inline void assert_tree_of(const char *pattern, size_t length, ctf_kind kind, const char *tree)
{
    outcome o;
    sheet s;
    outcome_of(&o, pattern, length);
    if (o.tree == NULL)
        fail_msg("%s is refused: %s", pattern, o.job.error.message);
    assert_int_equal(o.tree->kind, kind);
    assert_true(ctfi_bytes_equal(o.tree->text, o.text));
    sheet_tree(&s, o.tree);
    assert_string_equal(s.text, tree);
    outcome_free(&o);
}

static inline void assert_tree(const char *pattern, ctf_kind kind, const char *tree)
{
    assert_tree_of(pattern, strlen(pattern), kind, tree);
}

/* ---- refusals ---- */

typedef struct refusal {
    const char *pattern;
    ctf_error_kind kind;
    const char *lexeme;  /* the bytes the span shows; "" at the end */
    const char *words;   /* stand in the message */
    const char *service; /* NULL: the text of the kind, with the lexeme for LEXICAL */
} refusal;

static inline const char *service_text(const refusal *r, char *room, size_t size)
{
    if (r->service != NULL)
        return r->service;
    snprintf(room, size, "Invalid character(s) in term '%s'", r->lexeme);
    return r->kind == CTF_ERROR_LEXICAL ? room
           : r->kind == CTF_ERROR_GRAMMAR ? "Invalid metric filter pattern"
           : r->kind == CTF_ERROR_REGEX ? "Failed to compile regular expression." : "";
}

static inline void assert_error(const ctf_error *error, ctfi_bytes text, const refusal *r)
{
    char room[300];
    assert_true(error->offset + error->length <= text.length);
    bool same = error->length == strlen(r->lexeme) &&
                memcmp(text.data + error->offset, r->lexeme, error->length) == 0;
    if (error->kind != r->kind || !same || strstr(error->message, r->words) == NULL)
        fail_msg("%s: %s at %zu+%zu: %s", r->pattern, ctf_error_kind_name(error->kind), error->offset,
                 error->length, error->message);
    assert_int_equal(error->status, r->kind == CTF_ERROR_LIMIT ? CTF_E_LIMIT : CTF_E_PATTERN);
    assert_string_equal(error->service, service_text(r, room, sizeof room));
}

static inline void assert_refused(const refusal *refusals, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        outcome o;
        outcome_of(&o, refusals[i].pattern, strlen(refusals[i].pattern));
        if (o.tree != NULL)
            fail_msg("%s is accepted", refusals[i].pattern);
        assert_error(&o.job.error, o.text, &refusals[i]);
        outcome_free(&o);
    }
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

#endif
