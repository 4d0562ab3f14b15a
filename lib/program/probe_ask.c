/* What is asked of a leaf by facts that are triggers, and the literals that each needs. */
#include "program/probe_parts.h"

static bool same_text(const ctfi_needle *a, const ctfi_needle *b)
{
    return a->type == b->type && a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

static uint32_t find(const ctfi_needle *needles, uint32_t n, const ctfi_needle *wanted)
{
    uint32_t i = 0;
    while (i < n && !same_text(&needles[i], wanted))
        i++;
    return i;
}

bool ctfi_needle_is_known(const ctfi_needle *needles, uint32_t n, const ctfi_needle *wanted)
{
    return find(needles, n, wanted) < n;
}

/* All strings pass when there is no room for the leaf. No leaf comes twice: each belongs to one node. */
static void add_leaf(ctfi_needle *needle, uint32_t leaf)
{
    if (needle->n_leaves == CTFI_PROBE_LEAVES)
        needle->kinds |= CTFI_SEES_STRING;
    else
        needle->leaves[needle->n_leaves++] = leaf;
}

static void add_classes(uint64_t *to, const uint64_t *from)
{
    for (size_t i = 0; i < 4; i++)
        to[i] |= from[i];
}

void ctfi_needle_add_asked(ctfi_needle *needle, const ctfi_asked *asked)
{
    add_leaf(needle, asked->index);
    add_classes(needle->classes, asked->classes);
    needle->wildcards |= asked->searches > 0;
}

/* The same text is one needle, which lets pass what either would. */
static void join(ctfi_needle *to, const ctfi_needle *from)
{
    to->json |= from->json;
    to->kinds |= from->kinds;
    to->wildcards |= from->wildcards;
    add_classes(to->classes, from->classes);
    for (uint32_t i = 0; i < from->n_leaves; i++)
        add_leaf(to, from->leaves[i]);
}

bool ctfi_needle_add(ctfi_needle *needles, uint32_t *n, const ctfi_needle *needle)
{
    uint32_t same = find(needles, *n, needle);
    if (same == CTFI_PROBE_NEEDLES)
        return false;
    if (same < *n)
        join(&needles[same], needle);
    else
        needles[(*n)++] = *needle;
    return true;
}

static void need(ctfi_asked *a, const ctfi_required *required)
{
    a->numberly |= required->numberly;
    a->literal = a->literal && required->known && ctfi_needle_add(a->literals.at, &a->literals.n, &required->needle);
}

/* `always`: a number may equal it too. So many texts are asked for that a literal for each is out of question
 * long before the last. */
static void ask_text(ctfi_asked *a, ctfi_bytes text, bool always, ctfi_writing writing)
{
    unsigned class = ctfi_probe_class(text);
    a->classes[class / 64] |= UINT64_C(1) << (class % 64);
    a->numberly |= always && ctfi_is_numberly(text);
    a->literal = a->literal && a->texts < CTFI_PROBE_NEEDLES;
    a->texts++;
    if (!a->literal)
        return;
    ctfi_required required = ctfi_require_text(text, writing);
    required.numberly = false;
    need(a, &required);
}

static void ask_texts(const ctfi_planner *p, ctfi_asked *a, ctfi_writing writing)
{
    const ctfi_image_entry *texts = ctfi_image_TEXTS(p->image) + p->first_text[a->index];
    for (uint32_t i = 0; i < a->leaf->n_texts; i++) {
        const ctfi_image_text *facts = &ctfi_image_TEXT_FACTS(p->image)[texts[i].value];
        bool always = ctfi_probe_asks(p->image, facts->always);
        if (!always && !ctfi_probe_asks(p->image, facts->strings))
            continue;
        ask_text(a, ctfi_image_bytes(p->image, texts[i].key), always, writing);
    }
}

static void ask_searches(const ctfi_planner *p, ctfi_asked *a, const ctfi_image_search *search, uint32_t n,
                         ctfi_required (*require)(ctfi_bytes, ctfi_writing), ctfi_writing writing)
{
    for (uint32_t i = 0; i < n; i++) {
        if (!ctfi_probe_asks(p->image, search[i].fact))
            continue;
        ctfi_required required = require(ctfi_image_bytes(p->image, search[i].text), writing);
        a->searches++;
        need(a, &required);
    }
}

/* An image may say anything of the source. */
static bool is_genuine(const ctfi_planner *p, const ctfi_image_regex *regex)
{
    uint8_t *source = &p->sources[regex - ctfi_image_REGEXES(p->image)];
    const uint64_t *words = ctfi_image_AUTOMATA(p->image) + regex->automaton.first;
    if (*source == CTFI_SOURCE_UNKNOWN)
        *source = ctfi_is_source(p->job, ctfi_image_bytes(p->image, regex->source), words, regex->automaton.count)
                      ? CTFI_SOURCE_TRUE
                      : CTFI_SOURCE_FALSE;
    return *source == CTFI_SOURCE_TRUE;
}

static void ask_regex(const ctfi_planner *p, ctfi_asked *a, const ctfi_image_regex *regex, ctfi_writing writing)
{
    ctfi_required branches[CTFI_PROBE_NEEDLES];
    uint32_t n = 0;
    if (is_genuine(p, regex))
        n = ctfi_require_regex(p->job, ctfi_image_bytes(p->image, regex->source), writing, branches,
                               CTFI_PROBE_NEEDLES);
    for (uint32_t i = 0; i < n; i++)
        need(a, &branches[i]);
    a->literal = a->literal && n != 0;
    a->numberly |= n == 0;
}

static void ask_regexes(const ctfi_planner *p, ctfi_asked *a, ctfi_writing writing)
{
    const ctfi_image_regex *regexes = ctfi_image_REGEXES(p->image) + a->leaf->regexes.first;
    for (uint32_t i = 0; i < a->leaf->regexes.count; i++) {
        if (!ctfi_probe_asks(p->image, regexes[i].fact))
            continue;
        if (a->regexes++ < CTFI_PROBE_SEARCHES)
            ask_regex(p, a, &regexes[i], writing);
        else
            a->literal = !(a->numberly = true);
    }
}

static void ask_numbers(const ctfi_planner *p, ctfi_asked *a)
{
    const ctfi_image_number *number = ctfi_image_NUMBERS(p->image) + a->leaf->numbers.first;
    for (uint32_t i = 0; i < a->leaf->numbers.count; i++, number++)
        a->numbers |= ctfi_probe_asks(p->image, number->equal) || ctfi_probe_asks(p->image, number->less) ||
                      ctfi_probe_asks(p->image, number->less_equal) || ctfi_probe_asks(p->image, number->greater) ||
                      ctfi_probe_asks(p->image, number->greater_equal);
}

void ctfi_probe_ask(const ctfi_planner *p, uint32_t leaf, ctfi_writing writing, ctfi_asked *a)
{
    memset(a, 0, sizeof *a);
    a->literal = true;
    if (leaf == CTFI_NONE)
        return;
    a->index = leaf;
    a->leaf = &ctfi_image_LEAVES(p->image)[leaf];
    ask_texts(p, a, writing);
    ask_searches(p, a, ctfi_image_GLOBS(p->image) + a->leaf->globs.first, a->leaf->globs.count,
                 ctfi_require_glob, writing);
    ask_searches(p, a, ctfi_image_NEEDLES(p->image) + a->leaf->needles.first, a->leaf->needles.count,
                 ctfi_require_part, writing);
    ask_regexes(p, a, writing);
    ask_numbers(p, a);
}

unsigned ctfi_probe_kinds(const ctfi_planner *p, const ctfi_image_node *node)
{
    unsigned kinds = 0;
    if (ctfi_probe_asks(p->image, node->present))
        kinds = CTFI_SEES_ALL;
    if (ctfi_probe_asks(p->image, node->textual) || ctfi_probe_asks(p->image, node->comparable))
        kinds |= CTFI_SEES_STRING | CTFI_SEES_NUMBER;
    kinds |= ctfi_probe_asks(p->image, node->null) ? CTFI_SEES_NULL : 0u;
    kinds |= ctfi_probe_asks(p->image, node->null_inside) ? CTFI_SEES_ARRAY : 0u;
    kinds |= ctfi_probe_asks(p->image, node->is_true) ? CTFI_SEES_TRUE : 0u;
    kinds |= ctfi_probe_asks(p->image, node->is_false) ? CTFI_SEES_FALSE : 0u;
    return kinds;
}
