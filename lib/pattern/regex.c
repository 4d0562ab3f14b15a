/* Regular expressions: branches of counted sets (spec: filter-patterns 4). Anchors are resolved as they
 * are met, see regex.h. Sets of characters are in charset.c. */
#include "pattern/regex.h"

#include "pattern/charset.h"

typedef struct parser {
    ctfi_job *job;
    ctfi_bytes text;
    uint32_t at;        /* place of the text in the pattern */
    size_t next;        /* byte to read */
    ctfi_atom *atoms;   /* room for as many as the text has bytes */
    ctfi_branch branch; /* being read; its atoms are the last n_atoms */
    bool dead;          /* the branch cannot match */
    uint64_t n_positions;
} parser;

typedef struct count {
    ctfi_span span;
    uint32_t min;
    uint32_t max;
} count;

static ctfi_span span_from(const parser *in, size_t from)
{
    return (ctfi_span){in->at + (uint32_t)from, (uint32_t)(in->next - from)};
}

static bool more(const parser *in)
{
    return in->next < in->text.length;
}

/* The byte to read, or 0, which no regex holds. */
static unsigned char peek(const parser *in)
{
    return more(in) ? in->text.data[in->next] : 0;
}

/* Digits at `at`: their value, saturated above CTFI_REGEX_MAX_REPEAT, and how many bytes they are. */
static size_t read_digits(const parser *in, size_t at, uint32_t *value)
{
    size_t start = at;
    *value = 0;
    for (; at < in->text.length && ctfi_is_digit(in->text.data[at]); at++) {
        if (*value <= CTFI_REGEX_MAX_REPEAT)
            *value = *value * 10 + (uint32_t)(in->text.data[at] - '0');
    }
    return at - start;
}

/* {m} {m,} {m,n} {,n} at the next byte: its length, or 0 when the brace is itself. */
static size_t measure_braces(const parser *in, count *out)
{
    size_t at = in->next + 1;
    size_t low = read_digits(in, at, &out->min);
    at += low;
    out->max = out->min;
    if (at < in->text.length && in->text.data[at] == ',') {
        size_t high = read_digits(in, ++at, &out->max);
        at += high;
        if (high == 0)
            out->max = CTFI_REGEX_FOREVER;
        low += high;
    }
    bool closed = at < in->text.length && in->text.data[at] == '}';
    return closed && low != 0 ? at + 1 - in->next : 0;
}

/* Does a quantifier begin here? Then its bytes are taken. */
static bool take_quantifier(parser *in, count *out)
{
    size_t start = in->next;
    size_t length = 1;
    switch (peek(in)) {
    case '*':
        *out = (count){.min = 0, .max = CTFI_REGEX_FOREVER};
        break;
    case '+':
        *out = (count){.min = 1, .max = CTFI_REGEX_FOREVER};
        break;
    case '?':
        *out = (count){.min = 0, .max = 1};
        break;
    case '{':
        length = measure_braces(in, out);
        break;
    default:
        return false;
    }
    in->next += length;
    out->span = span_from(in, start);
    return length != 0;
}

static void check_count(const parser *in, const count *c)
{
    if (c->min > CTFI_REGEX_MAX_REPEAT || (c->max > CTFI_REGEX_MAX_REPEAT && c->max != CTFI_REGEX_FOREVER))
        ctfi_job_refuse(in->job, CTF_ERROR_LIMIT, c->span, CTFI_REGEX_REFUSED,
                        "a repetition may count to %u at most", CTFI_REGEX_MAX_REPEAT);
    if (c->max < c->min)
        ctfi_charset_refuse(in->job, c->span, "the repetition counts down: the smaller number stands first");
}

/* What stands behind an atom; once when nothing does. A ? behind makes it lazy, which changes no verdict. */
static count read_count(parser *in)
{
    count c = {.min = 1, .max = 1};
    count second;
    if (!take_quantifier(in, &c))
        return (count){.min = 1, .max = 1};
    check_count(in, &c);
    if (peek(in) == '?')
        in->next++;
    if (take_quantifier(in, &second))
        ctfi_charset_refuse(in->job, second.span,
                            "a second repetition of the same thing (possessive ones are not known): to "
                            "mean the character put a backslash before it");
    return c;
}

/* Forgets the branch's atoms, which can match nothing but the empty text; a branch in which one must
 * match something is dead. */
static void forget_atoms(parser *in)
{
    for (uint32_t i = 0; i < in->branch.n_atoms; i++)
        in->dead |= in->branch.atoms[i].min != 0;
    in->branch.n_atoms = 0;
}

/* A quantifier on an anchor: none of it is no anchor, many are one. */
static void read_anchor(parser *in)
{
    bool start = in->text.data[in->next++] == '^';
    count c = read_count(in);
    if (c.min == 0)
        return;
    if (start)
        forget_atoms(in);
    in->branch.at_start |= start;
    in->branch.at_end |= !start;
}

/* One set of characters at the next byte. */
static ctfi_charset read_set(parser *in)
{
    ctfi_charset set = {0};
    unsigned char c = in->text.data[in->next];
    if (c == '[')
        return ctfi_charset_class(in->job, in->text, in->at, &in->next);
    if (c == '\\')
        return ctfi_charset_escape(in->job, in->text, in->at, &in->next, NULL);
    in->next++;
    if (c == '.')
        return ctfi_charset_dot();
    ctfi_charset_add(&set, c, c);
    return set;
}

/* Keeps an atom unless it can match nothing only: {0}, or behind a $. */
static void add_atom(parser *in, const ctfi_atom *atom)
{
    if (atom->max == 0)
        return;
    if (in->branch.at_end) {
        in->dead |= atom->min != 0;
        return;
    }
    ctfi_atom *end = in->atoms + in->branch.n_atoms++;
    *end = *atom;
}

static void read_atom(parser *in)
{
    size_t start = in->next;
    ctfi_atom atom = {.set = read_set(in)};
    count c = read_count(in);
    atom.span = span_from(in, start);
    atom.min = c.min;
    atom.max = c.max;
    add_atom(in, &atom);
}

static uint32_t positions(const ctfi_atom *atom)
{
    if (atom->max != CTFI_REGEX_FOREVER)
        return atom->max;
    return atom->min == 0 ? 1 : atom->min;
}

/* Reads up to a | or the end; false for a branch that never matches. */
static bool read_branch(parser *in)
{
    count c;
    size_t start = in->next;
    in->branch = (ctfi_branch){.atoms = in->atoms};
    in->dead = false;
    if (take_quantifier(in, &c))
        ctfi_charset_refuse(in->job, c.span,
                            "nothing stands before this repetition: to mean the character put a backslash "
                            "before it");
    in->next = start;
    while (more(in) && peek(in) != '|') {
        if (peek(in) == '^' || peek(in) == '$')
            read_anchor(in);
        else
            read_atom(in);
    }
    return !in->dead;
}

/* Keeps the branch: its atoms' room is taken, its positions count. */
static void count_positions(parser *in)
{
    for (uint32_t i = 0; i < in->branch.n_atoms; i++)
        in->n_positions += positions(&in->branch.atoms[i]);
    in->atoms += in->branch.n_atoms;
    if (in->n_positions > CTFI_REGEX_MAX_POSITIONS)
        ctfi_job_refuse(in->job, CTF_ERROR_LIMIT, span_from(in, 0), CTFI_REGEX_REFUSED,
                        "with its repetitions written out the regular expression has more than %u characters",
                        CTFI_REGEX_MAX_POSITIONS);
}

static size_t count_bars(ctfi_bytes text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.length; i++)
        n += text.data[i] == '|';
    return n;
}

const ctfi_regex *ctfi_regex_parse(ctfi_job *job, ctfi_bytes text, uint32_t at)
{
    parser in = {.job = job, .text = text, .at = at};
    ctfi_regex *regex = ctfi_job_zero(job, 1, sizeof *regex);
    ctfi_branch *branches = ctfi_job_alloc(job, count_bars(text) + 1, sizeof *branches);
    in.atoms = ctfi_job_alloc(job, text.length, sizeof *in.atoms);
    for (;; in.next++) {
        if (read_branch(&in)) {
            branches[regex->n_branches++] = in.branch;
            count_positions(&in);
        }
        if (!more(&in))
            break;
    }
    regex->branches = branches;
    regex->n_positions = (uint32_t)in.n_positions;
    return regex;
}
