/* A literal is put together byte by byte. Where something may stand that is not known, or a character that
 * JSON text spells in more ways than an escape of its code, it is cut; the longest piece is kept.
 *
 * JSON texts are matched decoded, and a number by its printed form, which has many spellings: so a quoted
 * literal says something of strings alone, and `numberly` whether numbers have to be thought of. */
#include "program/probe_literal.h"

#include "base/bits.h"
#include "pattern/regex.h"
#include "program/automaton.h"

typedef struct builder {
    ctfi_writing writing;
    bool foreign; /* some piece can be no part of a number's text */
    ctfi_needle now;
    ctfi_needle best;
} builder;

/* ASCII that is itself between quotes; an escape can name it by its code, and '/' by a backslash. */
static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

/* Can these bytes stand in what ctfi_json_number_text yields? "-12", "4.9E-324", "-Infinity". */
static bool fits_number(ctfi_bytes part)
{
    static const char infinity[] = "-Infinity";
    size_t i = 0;
    while (i < part.length && (ctfi_is_digit(part.data[i]) || strchr("-.E", part.data[i]) != NULL))
        i++;
    if (i == part.length)
        return true;
    for (size_t at = 0; at + part.length < sizeof infinity; at++)
        if (memcmp(infinity + at, part.data, part.length) == 0)
            return true;
    return false;
}

static void cut(builder *b)
{
    ctfi_bytes inner = {b->now.text, b->now.length};
    if (inner.length > 0 && inner.data[inner.length - 1] == '"')
        inner.length--;
    if (inner.length > 0 && inner.data[0] == '"') {
        inner.data++;
        inner.length--;
    }
    b->foreign |= !fits_number(inner);
    if (b->now.length > b->best.length)
        b->best = b->now;
    b->now.length = 0;
}

static void put(builder *b, unsigned char c)
{
    if (b->now.length < CTFI_NEEDLE_TEXT)
        b->now.text[b->now.length++] = c;
}

static void add(builder *b, unsigned char c)
{
    if (b->writing == CTFI_QUOTED && !is_plain(c))
        cut(b);
    else
        put(b, c);
}

/* The text begins or ends here. */
static void add_quote(builder *b)
{
    if (b->writing == CTFI_QUOTED)
        put(b, '"');
}

static void add_all(builder *b, ctfi_bytes text)
{
    for (size_t i = 0; i < text.length; i++)
        add(b, text.data[i]);
}

static ctfi_required finish(builder *b)
{
    cut(b);
    b->best.json = b->writing == CTFI_QUOTED;
    b->best.type = CTFI_NEEDLE_LITERAL;
    return (ctfi_required){b->best.length >= 2, !b->foreign, b->best};
}

ctfi_required ctfi_require_text(ctfi_bytes text, ctfi_writing writing)
{
    builder b = {.writing = writing, .foreign = text.length == 0};
    add_quote(&b);
    add_all(&b, text);
    add_quote(&b);
    return finish(&b);
}

ctfi_required ctfi_require_part(ctfi_bytes part, ctfi_writing writing)
{
    builder b = {.writing = writing};
    add_all(&b, part);
    return finish(&b);
}

ctfi_required ctfi_require_glob(ctfi_bytes pattern, ctfi_writing writing)
{
    builder b = {.writing = writing};
    add_quote(&b);
    for (size_t i = 0; i < pattern.length; i++)
        if (pattern.data[i] == '*')
            cut(&b);
        else
            add(&b, pattern.data[i]);
    add_quote(&b);
    return finish(&b);
}

/* The one character of a set, if it is ASCII; else -1. */
static int only_character(const ctfi_charset *set)
{
    if (set->high || (set->low[2] | set->low[3]) != 0)
        return -1;
    if (ctfi_popcount(set->low[0]) + ctfi_popcount(set->low[1]) != 1)
        return -1;
    return (int)(set->low[0] != 0 ? ctfi_lowest(set->low[0]) : 64 + ctfi_lowest(set->low[1]));
}

static void add_times(builder *b, int c, uint32_t times)
{
    for (uint32_t i = 0; i < times && i < CTFI_NEEDLE_TEXT; i++)
        add(b, (unsigned char)c);
}

/* a{2,} is aa, then anything, then aa. */
static void add_atom(builder *b, const ctfi_atom *atom)
{
    int c = only_character(&atom->set);
    if (c < 0) {
        cut(b);
        return;
    }
    add_times(b, c, atom->min);
    if (atom->max > atom->min) {
        cut(b);
        add_times(b, c, atom->min);
    }
}

static ctfi_required require_branch(const ctfi_branch *branch, ctfi_writing writing)
{
    builder b = {.writing = writing};
    if (branch->at_start)
        add_quote(&b);
    for (uint32_t i = 0; i < branch->n_atoms; i++)
        add_atom(&b, &branch->atoms[i]);
    if (branch->at_end)
        add_quote(&b);
    return finish(&b);
}

uint32_t ctfi_require_regex(ctfi_job *job, ctfi_bytes source, ctfi_writing writing, ctfi_required *out,
                            uint32_t room)
{
    const ctfi_regex *regex = ctfi_regex_parse(job, source, 0);
    if (regex->n_branches > room)
        return 0;
    for (uint32_t i = 0; i < regex->n_branches; i++) {
        out[i] = require_branch(&regex->branches[i], writing);
        if (!out[i].known)
            return 0;
    }
    return regex->n_branches;
}

bool ctfi_is_source(ctfi_job *job, ctfi_bytes source, const uint64_t *words, uint32_t n_words)
{
    ctfi_automaton built = ctfi_automaton_build(job, ctfi_regex_parse(job, source, 0));
    return built.count == n_words && memcmp(built.words, words, n_words * sizeof *words) == 0;
}

bool ctfi_is_numberly(ctfi_bytes text)
{
    return text.length > 0 && fits_number(text);
}
