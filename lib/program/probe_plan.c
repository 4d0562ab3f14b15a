/* Which needles a filter's messages are searched for, and why no match is lost.
 *
 * A message on which pattern P matches sets one of P's trigger facts (plan_trigger.c); a filter with a
 * pattern that has none gets no probe. So it is enough that a message passes whenever it sets a trigger
 * fact. A fact is set by tests: of the message's own text, of a field of it, of a value at a node of the
 * selector tree. For each test that can set a trigger fact, needles are chosen one of which stands in
 * every message on which the test succeeds:
 *
 *   raw      The message and its fields are bytes of the message as they are. A substring, an exact text,
 *            each piece of a wildcard, and each run of single characters that a branch of a regular
 *            expression cannot do without, stands there literally. How many tokens there are, and numbers,
 *            which have many spellings, need nothing: no probe.
 *   literal  A JSON string's text stands between quotes, if no character of it is written as an escape. The
 *            same literals, with the quotes where the test is anchored, hence stand in the message, as long
 *            as they consist of plain ASCII (neither quote nor backslash). But a test of a text also sees a
 *            number, by its printed form: a node whose tests a number could pass has no literals.
 *   key      A value at a node whose last step is a key stands behind that key in quotes, if no character of
 *            it is an escape, blanks, a colon and blanks. Wherever the key stands in the message, whatever
 *            it means there, what follows is looked at: the member that counts is among these places. Its
 *            value's first byte tells its kind. Kinds that could set a trigger fact pass. Of a string
 *            without a backslash the text is known, and it passes if it sets a trigger fact by the leaf's
 *            own texts and wildcards; where there are regular expressions, or too many tests, all strings
 *            pass; so does a string with a backslash.
 *   above    A value at a node stands inside the value of every key on its selector: an object where the
 *            next step is a key, an array where it is an index, either where it is a wildcard.
 *   escape   The rules for JSON suppose that a character of the needle is not written as an escape. It can
 *            be written so in two ways, since needles are plain ASCII: \u00XX, and \/. Both are needles as
 *            well, the former for the characters that stand in JSON needles only.
 *
 * All that holds for well-formed JSON; on other messages JSON patterns do not match, and the raw rules need
 * no form. Facts are monotone, and duplicate keys only take some of them away. Where the image comes from
 * does not matter: it is verified, and a regular expression's literals are taken from its source only if
 * that builds the very automaton that runs. A literal of more than CTFI_NEEDLE_TEXT bytes is cut off.
 *
 * Which of several ways is taken is a matter of cost alone, in 64ths of the search for one needle (SEARCH):
 * a look at a key, times the share of events that have it; reading a message that passes, times the share
 * estimated to pass (probe_rarity.h). Two rounds: in the second, needles that the first one chose for any test,
 * and the looks at them, are free. If more than CTFI_PROBE_NEEDLES come out, once more with needles dear; and
 * if there are still too many, no probe. */
#include "program/probe_parts.h"
#include "program/probe_rarity.h"

#define SEARCH 64u
#define DEAR (64 * SEARCH)
#define LOOK 128u
#define READ 1280u
#define SELECTIVE 64u /* one in so many values is expected to equal a text */

/* The key of a node's last step in quotes; behind one that a needle does not hold whole nothing is looked
 * at. No needle when the key has no plain characters. */
static ctfi_needles key_way(const ctfi_planner *p, uint32_t node, unsigned kinds)
{
    ctfi_needles out = {0};
    ctfi_bytes key = ctfi_image_bytes(p->image, ctfi_image_KEYS(p->image)[p->key_of[node]].key);
    ctfi_required required = ctfi_require_text(key, CTFI_QUOTED);
    if (!required.known)
        return out;
    out.n = 1;
    out.at[0] = required.needle;
    if (required.needle.length == key.length + 2) {
        out.at[0].type = CTFI_NEEDLE_KEY;
        out.at[0].kinds = (uint8_t)kinds;
    }
    return out;
}

/* The node's own key, and the looks at its value. */
static ctfi_needles own_way(const ctfi_planner *p, uint32_t node, unsigned kinds, const ctfi_asked *a)
{
    if (p->key_of[node] == CTFI_NONE)
        return (ctfi_needles){0};
    kinds |= a->numbers || a->numberly ? CTFI_SEES_NUMBER : 0u;
    kinds |= a->regexes > 0 || a->searches > CTFI_PROBE_SEARCHES ? CTFI_SEES_STRING : 0u;
    ctfi_needles out = key_way(p, node, kinds);
    if (out.n > 0 && a->texts + a->searches > 0)
        ctfi_needle_add_asked(&out.at[0], a);
    return out;
}

/* Is it searched for anyway? */
static bool is_free(const ctfi_planner *p, const ctfi_needle *needle)
{
    return ctfi_needle_is_known(p->before.needles, p->before.n, needle);
}

static uint64_t cost_of_literals(const ctfi_planner *p, const ctfi_needles *way)
{
    uint64_t cost = 0;
    for (uint32_t i = 0; i < way->n; i++)
        cost += (is_free(p, &way->at[i]) ? 0 : p->search) + READ / SELECTIVE;
    return cost;
}

/* `tests` are made of strings. */
static uint64_t cost_of_key(const ctfi_planner *p, const ctfi_needles *way, uint32_t node, uint32_t tests)
{
    const ctfi_image_entry *entry = &ctfi_image_KEYS(p->image)[p->key_of[node]];
    uint64_t percent = ctfi_rarity_key(ctfi_image_bytes(p->image, entry->key));
    bool selective = way->at[0].type == CTFI_NEEDLE_KEY && way->at[0].kinds == 0;
    uint64_t share = selective && tests < SELECTIVE ? tests : SELECTIVE;
    uint64_t search = is_free(p, &way->at[0]) ? 0 : p->search + LOOK * percent / 100;
    return search + READ * percent * share / SELECTIVE / 100;
}

static bool is_member(const ctfi_planner *p, uint32_t node)
{
    return p->key_of[node] != CTFI_NONE;
}

/* What kind of value holds a child of that node. */
static unsigned container_of(const ctfi_planner *p, uint32_t parent, uint32_t child)
{
    if (ctfi_image_NODES(p->image)[parent].any == child)
        return CTFI_SEES_OBJECT | CTFI_SEES_ARRAY;
    return is_member(p, child) ? CTFI_SEES_OBJECT : CTFI_SEES_ARRAY;
}

typedef struct choice {
    uint64_t cost;
    ctfi_needles way;
} choice;

static void offer(choice *best, const ctfi_needles *way, uint64_t cost)
{
    if (best->way.n == 0 || cost < best->cost)
        *best = (choice){cost, *way};
}

static void offer_key(const ctfi_planner *p, const ctfi_needles *way, uint32_t node, uint32_t tests, choice *best)
{
    if (way->n > 0)
        offer(best, way, cost_of_key(p, way, node, tests));
}

static void offer_above(const ctfi_planner *p, uint32_t node, choice *best)
{
    const ctfi_image_node *nodes = ctfi_image_NODES(p->image);
    for (uint32_t child = node, at = nodes[node].parent; at != CTFI_NONE; child = at, at = nodes[at].parent)
        if (is_member(p, at)) {
            ctfi_needles above = key_way(p, at, container_of(p, at, child));
            offer_key(p, &above, at, SELECTIVE, best);
        }
}

/* ---- the needles of all tests ---- */

static const char too_many[] = "more than eight needles";

static bool fail(ctfi_planner *p, const char *why)
{
    p->probe.absent = why;
    return false;
}

static bool take(ctfi_planner *p, const ctfi_needles *way)
{
    for (uint32_t i = 0; i < way->n; i++)
        if (!ctfi_needle_add(p->probe.needles, &p->probe.n, &way->at[i]))
            return fail(p, too_many);
    return true;
}

static bool cover_node(ctfi_planner *p, uint32_t index)
{
    const ctfi_image_node *node = &ctfi_image_NODES(p->image)[index];
    unsigned kinds = ctfi_probe_kinds(p, node);
    choice best = {0};
    ctfi_asked a;
    ctfi_probe_ask(p, node->leaf, CTFI_QUOTED, &a);
    if (kinds == 0 && !a.numbers && a.texts + a.searches + a.regexes == 0)
        return true;
    ctfi_needles own = own_way(p, index, kinds, &a);
    offer_key(p, &own, index, a.texts + a.searches, &best);
    if (kinds == 0 && !a.numbers && !a.numberly && a.literal)
        offer(&best, &a.literals, cost_of_literals(p, &a.literals));
    offer_above(p, index, &best);
    return best.way.n > 0 ? take(p, &best.way) : fail(p, "a value is asked for that no key and no literal stands for");
}

static bool cover_raw(ctfi_planner *p, uint32_t leaf)
{
    ctfi_asked a;
    ctfi_probe_ask(p, leaf, CTFI_RAW, &a);
    if (a.numbers || !a.literal)
        return fail(p, a.literals.n == CTFI_PROBE_NEEDLES ? too_many : "a text is asked for that needs no literal");
    return take(p, &a.literals);
}

static bool cover_message(ctfi_planner *p)
{
    const ctfi_image_accessor *accessors = ctfi_image_ACCESSORS(p->image);
    const ctfi_image_count *counts = ctfi_image_COUNTS(p->image);
    for (uint32_t i = 0; i < ctfi_image_count_of(p->image, CTFI_SECTION_COUNTS); i++)
        if (ctfi_probe_asks(p->image, counts[i].fact))
            return fail(p, "the number of fields decides");
    for (uint32_t i = 0; i < ctfi_image_count_of(p->image, CTFI_SECTION_ACCESSORS); i++)
        if (!cover_raw(p, accessors[i].leaf))
            return false;
    return cover_raw(p, p->image->message);
}

static void add_characters(ctfi_probe *probe)
{
    for (uint32_t i = 0; i < probe->n; i++)
        for (uint32_t k = 0; probe->needles[i].json && k < probe->needles[i].length; k++) {
            unsigned char c = probe->needles[i].text[k];
            if (c != '"' && c < 128)
                probe->characters[c / 64] |= UINT64_C(1) << (c % 64);
        }
}

static bool add_escape(ctfi_planner *p, ctfi_needle_type type, const char *text)
{
    ctfi_needle needle = {.type = (uint8_t)type, .length = (uint8_t)strlen(text)};
    memcpy(needle.text, text, needle.length);
    return ctfi_needle_add(p->probe.needles, &p->probe.n, &needle) || fail(p, too_many);
}

static bool cover_escapes(ctfi_planner *p)
{
    add_characters(&p->probe);
    if ((p->probe.characters[0] | p->probe.characters[1]) == 0)
        return true;
    return add_escape(p, CTFI_NEEDLE_ESCAPE, "\\u00") &&
           (!ctfi_probe_has(&p->probe, '/') || add_escape(p, CTFI_NEEDLE_LITERAL, "\\/"));
}

static bool cover_all(ctfi_planner *p)
{
    memset(&p->probe, 0, sizeof p->probe);
    for (uint32_t i = 0; i < ctfi_image_count_of(p->image, CTFI_SECTION_NODES); i++)
        if (!cover_node(p, i))
            return false;
    return cover_message(p) && cover_escapes(p);
}

/* Two rounds at one price of a needle. */
static bool try_at(ctfi_planner *p, uint64_t search)
{
    p->search = search;
    p->before.n = 0;
    if (!cover_all(p) && p->probe.absent != too_many)
        return false;
    p->before = p->probe;
    return cover_all(p);
}

/* ---- the whole ---- */

static void index_owners(ctfi_planner *p)
{
    uint32_t n_nodes = ctfi_image_count_of(p->image, CTFI_SECTION_NODES);
    uint32_t n_leaves = ctfi_image_count_of(p->image, CTFI_SECTION_LEAVES), text = 0;
    const ctfi_image_entry *keys = ctfi_image_KEYS(p->image);
    p->key_of = ctfi_job_alloc(p->job, n_nodes, sizeof *p->key_of);
    p->first_text = ctfi_job_alloc(p->job, n_leaves, sizeof *p->first_text);
    p->sources = ctfi_job_zero(p->job, ctfi_image_count_of(p->image, CTFI_SECTION_REGEXES), sizeof *p->sources);
    for (uint32_t i = 0; i < n_nodes; i++)
        p->key_of[i] = CTFI_NONE;
    for (uint32_t i = 0; i < ctfi_image_count_of(p->image, CTFI_SECTION_KEYS); i++)
        p->key_of[keys[i].value] = i;
    for (uint32_t i = 0; i < n_leaves; i++) {
        p->first_text[i] = text;
        text += ctfi_image_LEAVES(p->image)[i].n_texts;
    }
}

static void plan(ctfi_job *job, void *context)
{
    ctfi_planner *p = context;
    p->job = job;
    if (ctfi_image_count_of(p->image, CTFI_SECTION_ALWAYS) > 0) {
        fail(p, "some pattern is run on every message");
        return;
    }
    index_owners(p);
    if (!try_at(p, SEARCH) && p->probe.absent == too_many)
        try_at(p, DEAR);
    if (p->probe.absent == NULL && p->probe.n == 0)
        fail(p, "no test");
    for (uint32_t i = 0; i < p->probe.n; i++)
        ctfi_needle_anchor(&p->probe.needles[i]);
}

ctf_status ctfi_probe_plan(const ctfi_image *image, const ctf_allocator *allocator, ctfi_probe *out)
{
    ctfi_job job;
    ctfi_planner p = {.image = image};
    ctf_status status = ctfi_job_run(&job, allocator, plan, &p);
    ctfi_arena_free(&job.arena);
    *out = (ctfi_probe){0};
    if (status == CTF_OK && p.probe.absent == NULL)
        *out = p.probe;
    else
        out->absent = status == CTF_OK ? p.probe.absent : "a regular expression that is none";
    return status == CTF_E_NOMEM ? CTF_E_NOMEM : CTF_OK;
}
