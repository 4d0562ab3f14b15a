/* One spelling for every pattern:
 *
 *   match-all   nothing
 *   terms       "a" -"b" ?"c"              every term quoted, one blank between; ignored ones are kept
 *   regex       %re%                       as it stands
 *   JSON        { $.a = "x" && ($.b > 1e3 || $.c IS NULL) }
 *   fields      [a, b = "x" || b = 2, , ...]
 *
 * One blank around operators and inside braces, none inside brackets. Brackets stand only where an || is
 * part of an &&. Keywords are upper case. Words are quoted, for bare or quoted they mean the same; numbers
 * stay bare and as typed, for both of it matters (spec: filter-patterns 5.4, 6.3). In quotes " and \ are
 * escaped. A key is .name where the grammar allows it, else .['...']; a wildcard is [*], and .* where
 * brackets cannot stand, right behind the $.
 *
 * The text parses to an equal tree but for spans and quotes, and its canonical form is itself. Quotes can
 * carry it beyond the 1024 code points of a pattern; it is written all the same.
 *
 * The tree is walked by recursion: every level of it is an operator between tests, never brackets alone,
 * so that a pattern within the limits nests less than two hundred deep. */
#include "pattern/tree.h"

#include "pattern/lexer.h"

typedef struct writer {
    ctfi_job *job;
    unsigned char *data;
    size_t length;
    size_t capacity;
} writer;

static void put(writer *to, const void *data, size_t length)
{
    to->data = ctfi_job_grow(to->job, to->data, &to->capacity, to->length + length + 1, 1);
    if (length != 0)
        memcpy(to->data + to->length, data, length);
    to->length += length;
}

static void put_text(writer *to, const char *text)
{
    put(to, text, strlen(text));
}

static void put_quoted(writer *to, ctfi_bytes text)
{
    put_text(to, "\"");
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\')
            put_text(to, "\\");
        put(to, &text.data[i], 1);
    }
    put_text(to, "\"");
}

static void put_number(writer *to, uint32_t number)
{
    unsigned char digits[10];
    size_t n = sizeof digits;
    do {
        digits[--n] = (unsigned char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    put(to, digits + n, sizeof digits - n);
}

static void put_key(writer *to, ctfi_bytes key)
{
    bool plain = ctfi_lexer_is_name(key);
    put_text(to, plain ? "." : ".['");
    put(to, key.data, key.length);
    put_text(to, plain ? "" : "']");
}

static void put_selector(writer *to, const ctfi_selector *selector)
{
    put_text(to, "$");
    for (uint32_t i = 0; i < selector->n_steps; i++) {
        const ctfi_step *step = &selector->steps[i];
        switch (step->type) {
        case CTFI_STEP_KEY:
            put_key(to, step->key);
            break;
        case CTFI_STEP_INDEX:
            put_text(to, "[");
            put_number(to, step->index);
            put_text(to, "]");
            break;
        case CTFI_STEP_ANY:
            put_text(to, i == 0 ? ".*" : "[*]");
            break;
        }
    }
}

static void put_literal(writer *to, const ctfi_literal *literal)
{
    switch (literal->type) {
    case CTFI_LITERAL_NONE:
        break;
    case CTFI_LITERAL_NUMBER:
        put(to, literal->text.data, literal->text.length);
        break;
    case CTFI_LITERAL_WORD:
    case CTFI_LITERAL_QUOTED:
        put_quoted(to, literal->text);
        break;
    case CTFI_LITERAL_REGEX:
        put_text(to, "%");
        put(to, literal->text.data, literal->text.length);
        put_text(to, "%");
        break;
    }
}

static const char *const operators[] = {
    [CTFI_EQ] = " = ",           [CTFI_NE] = " != ",          [CTFI_LT] = " < ",
    [CTFI_LE] = " <= ",          [CTFI_GT] = " > ",           [CTFI_GE] = " >= ",
    [CTFI_IS_NULL] = " IS NULL", [CTFI_IS_TRUE] = " IS TRUE", [CTFI_IS_FALSE] = " IS FALSE",
    [CTFI_NOT_EXISTS] = " NOT EXISTS", [CTFI_CONTAINS] = "",
};

static const char *const signs[] = {[CTFI_PLAIN] = "", [CTFI_EXCLUDED] = "-", [CTFI_OPTIONAL] = "?"};

static void put_test(writer *to, const ctfi_test *test)
{
    put_text(to, signs[test->sign]);
    if (test->selector != NULL)
        put_selector(to, test->selector);
    if (test->field != NULL)
        put(to, test->field->name.data, test->field->name.length);
    put_text(to, operators[test->op]);
    put_literal(to, &test->literal);
}

static void put_node(writer *to, const ctfi_node *node)
{
    if (node->type == CTFI_TEST) {
        put_test(to, &node->test);
        return;
    }
    for (const ctfi_node *child = node->first; child != NULL; child = child->next) {
        bool brackets = node->type == CTFI_AND && child->type == CTFI_OR;
        if (child != node->first)
            put_text(to, node->type == CTFI_AND ? " && " : " || ");
        put_text(to, brackets ? "(" : "");
        put_node(to, child);
        put_text(to, brackets ? ")" : "");
    }
}

static void put_terms(writer *to, const ctfi_node *root)
{
    const ctfi_node *first = root->type == CTFI_TEST ? root : root->first;
    for (const ctfi_node *term = first; term != NULL; term = term->next) {
        put_test(to, &term->test);
        put_text(to, term->next == NULL ? "" : " ");
    }
}

static void put_field(writer *to, const ctfi_field *field)
{
    if (field->ellipsis)
        put_text(to, "...");
    else if (field->condition != NULL)
        put_node(to, field->condition);
    else
        put(to, field->name.data, field->name.length);
}

static void put_fields(writer *to, const ctfi_tree *tree)
{
    put_text(to, "[");
    for (uint32_t i = 0; i < tree->n_fields; i++) {
        put_text(to, i == 0 ? "" : ", ");
        put_field(to, &tree->fields[i]);
    }
    put_text(to, "]");
}

ctfi_bytes ctfi_pattern_canonical(ctfi_job *job, const ctfi_tree *tree)
{
    writer to = {.job = job};
    switch (tree->kind) {
    case CTF_KIND_ALL:
        break;
    case CTF_KIND_TEXT:
        put_terms(&to, tree->root);
        break;
    case CTF_KIND_REGEX:
        put_node(&to, tree->root);
        break;
    case CTF_KIND_FIELDS:
        put_fields(&to, tree);
        break;
    case CTF_KIND_JSON:
        put_text(&to, "{ ");
        put_node(&to, tree->root);
        put_text(&to, " }");
        break;
    }
    return (ctfi_bytes){to.data, to.length};
}

ctfi_bytes ctfi_selector_canonical(ctfi_job *job, const ctfi_selector *selector)
{
    writer to = {.job = job};
    put_selector(&to, selector);
    return (ctfi_bytes){to.data, to.length};
}

ctfi_bytes ctfi_literal_canonical(ctfi_job *job, const ctfi_literal *literal)
{
    writer to = {.job = job};
    put_literal(&to, literal);
    return (ctfi_bytes){to.data, to.length};
}
