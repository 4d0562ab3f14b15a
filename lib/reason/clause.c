#include "reason/clause.h"

#include "program/list.h"
#include "reason/say.h"

typedef CTFI_LIST(ctfi_clause) clauses;

/* A test's span without the brackets and blanks around it; no test begins with a bracket. */
static ctfi_span bare(const ctfi_tree *tree, ctfi_span span)
{
    const unsigned char *text = tree->text.data;
    while (span.length > 1 && text[span.offset] == '(') {
        span = (ctfi_span){span.offset + 1, span.length - 2};
        for (; span.length > 0 && ctfi_is_blank(text[span.offset]); span.length--)
            span.offset++;
        while (span.length > 0 && ctfi_is_blank(text[span.offset + span.length - 1]))
            span.length--;
    }
    return span;
}

/* The fields by their names, `text` in the place of one of them (or of none). */
static ctfi_bytes alone_in_fields(ctfi_job *job, const ctfi_tree *tree, const ctfi_field *field, ctfi_bytes text)
{
    ctfi_say say = ctfi_say_begin(job);
    ctfi_say_words(&say, "[");
    for (uint32_t i = 0; i < tree->n_fields; i++) {
        const ctfi_field *other = &tree->fields[i];
        ctfi_say_words(&say, i == 0 ? "" : ",");
        ctfi_say_bytes(&say, other == field ? text : other->name);
        ctfi_say_words(&say, other->ellipsis ? "..." : "");
    }
    ctfi_say_words(&say, "]");
    return ctfi_said(&say);
}

ctfi_bytes ctfi_clause_alone(ctfi_job *job, const ctfi_tree *tree, const ctfi_test *test, ctfi_bytes text)
{
    ctfi_say say = ctfi_say_begin(job);
    if (tree->kind == CTF_KIND_FIELDS)
        return alone_in_fields(job, tree, test->field, text);
    if (tree->kind != CTF_KIND_JSON)
        return text;
    ctfi_say_words(&say, "{");
    ctfi_say_bytes(&say, text);
    ctfi_say_words(&say, "}");
    return ctfi_said(&say);
}

ctfi_bytes ctfi_clause_reads(ctfi_job *job, const ctfi_tree *tree)
{
    if (tree->kind == CTF_KIND_JSON)
        return ctfi_bytes_of("{$.*=x||$.*!=x}");
    if (tree->kind == CTF_KIND_FIELDS)
        return alone_in_fields(job, tree, NULL, (ctfi_bytes){NULL, 0});
    return ctfi_bytes_of("");
}

ctfi_bytes ctfi_clause_splice(ctfi_job *job, ctfi_bytes pattern, ctfi_span span, ctfi_bytes text)
{
    ctfi_say say = ctfi_say_begin(job);
    ctfi_say_bytes(&say, (ctfi_bytes){pattern.data, span.offset});
    ctfi_say_bytes(&say, text);
    uint32_t behind = span.offset + span.length;
    ctfi_say_bytes(&say, (ctfi_bytes){pattern.data + behind, pattern.length - behind});
    return ctfi_said(&say);
}

/* Appends a node below `parent`; a test is complete then. */
static void enter(ctfi_job *job, clauses *out, const ctfi_tree *tree, const ctfi_node *node, uint32_t parent)
{
    uint32_t own = (uint32_t)out->n;
    ctfi_clause *clause = CTFI_APPEND(job, out);
    *clause = (ctfi_clause){.node = node, .parent = own == 0 ? 0 : parent, .end = own + 1, .term = CTFI_NO_TERM,
                            .span = node->span};
    clause->depth = own == 0 ? 0 : out->at[parent].depth + 1;
    if (node->type != CTFI_TEST)
        return;
    clause->span = bare(tree, node->span);
    clause->alone = ctfi_clause_alone(job, tree, &node->test, ctfi_clause_text(tree, clause->span));
}

static void number_terms(ctfi_clauses *out)
{
    for (size_t i = 0; i < out->n; i++)
        if (out->at[i].node->type == CTFI_TEST)
            out->at[i].term = out->n_terms++;
}

/* What stands behind a clause of which all below has been entered: the next of it or of those above. */
static const ctfi_node *behind(clauses *list, uint32_t *at)
{
    for (;;) {
        ctfi_clause *clause = &list->at[*at];
        clause->end = (uint32_t)list->n;
        if (*at == 0)
            return NULL;
        *at = clause->parent;
        if (clause->node->next != NULL)
            return clause->node->next;
    }
}

ctfi_clauses ctfi_clauses_of(ctfi_job *job, const ctfi_tree *tree)
{
    clauses list = {NULL, 0, 0};
    uint32_t parent = 0;
    for (const ctfi_node *node = tree->root; node != NULL;) {
        uint32_t own = (uint32_t)list.n;
        enter(job, &list, tree, node, parent);
        if (node->type != CTFI_TEST) {
            parent = own;
            node = node->first;
            continue;
        }
        parent = own;
        node = behind(&list, &parent);
    }
    ctfi_clauses out = {list.at, list.n, 0};
    number_terms(&out);
    return out;
}
