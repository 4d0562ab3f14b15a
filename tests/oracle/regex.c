/* Regular expressions of the service's subset: no groups, so branches of atoms (spec: filter-patterns 4). */
#include "tree.h"

#include <limits.h>
#include <string.h>

#define MAX_REPEAT 1000u /* of RE2, whose profile the service shows */
#define ABOVE 256        /* index of all characters above U+00FF */

static const char punctuation[] = ":_#=@/;,-^$?[]{}|\\*+.";

static bool allowed(unsigned char c)
{
    return oracle_digit(c) || (c < 0x80 && oracle_letter(c)) || oracle_blank(c) ||
           (c != 0 && strchr(punctuation, c) != NULL);
}

static oracle_text rest(const oracle_parser *p)
{
    return (oracle_text){p->text.data + p->at, p->text.length - p->at};
}

static int peek(const oracle_parser *p)
{
    return p->at < p->text.length ? p->text.data[p->at] : -1;
}

static void fill(bool set[257], int from, int to)
{
    for (int c = from; c <= to; c++)
        set[c] = true;
}

static void invert(bool set[257])
{
    for (int c = 0; c <= ABOVE; c++)
        set[c] = !set[c];
}

/* \d \s \w, and \D \S \W: the others. */
static bool class_escape(int letter, bool set[257])
{
    bool named[257] = {false};
    switch (letter | 0x20) {
    case 'd':
        fill(named, '0', '9');
        break;
    case 's':
        named['\t'] = named['\n'] = named['\f'] = named['\r'] = named[' '] = true;
        break;
    case 'w':
        fill(named, '0', '9');
        fill(named, 'A', 'Z');
        fill(named, 'a', 'z');
        named['_'] = true;
        break;
    default:
        return false;
    }
    if (letter < 'a')
        invert(named);
    for (int c = 0; c <= ABOVE; c++)
        set[c] = set[c] || named[c];
    return true;
}

static int hex(int c)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    const char *digit = c > 0 ? strchr(digits, c) : NULL;
    if (digit == NULL)
        return -1;
    return (int)(digit - digits > 15 ? digit - digits - 6 : digit - digits);
}

/* Behind a backslash: the one character it stands for, or -1. */
static int character_escape(oracle_parser *p)
{
    static const char letters[] = "tnrfv", meant[] = "\t\n\r\f\v";
    int c = peek(p);
    p->at++;
    if (c == 'x') {
        oracle_text digits = rest(p);
        if (digits.length < 2 || hex(digits.data[0]) < 0 || hex(digits.data[1]) < 0)
            return -1;
        p->at += 2;
        return hex(digits.data[0]) * 16 + hex(digits.data[1]);
    }
    if (c > 0 && strchr(letters, c) != NULL)
        return meant[strchr(letters, c) - letters];
    return c > 0 && (strchr(punctuation, c) != NULL || oracle_blank((unsigned char)c)) ? c : -1;
}

/* One end of a range in brackets, or -1. */
static int class_character(oracle_parser *p)
{
    int c = peek(p);
    if (c < 0)
        return -1;
    p->at++;
    return c == '\\' ? character_escape(p) : c;
}

/* A class by name within a class, as [:alpha:]: engines read it differently, so it is refused. */
static bool class_name(const oracle_parser *p)
{
    oracle_text text = rest(p);
    return text.length > 2 && oracle_equal((oracle_text){text.data, 2}, ORACLE_TEXT("[:")) &&
           oracle_contains((oracle_text){text.data + 2, text.length - 2}, ORACLE_TEXT(":]"));
}

/* One item of a class: \d, a range, a character. */
static bool class_item(oracle_parser *p, bool set[257])
{
    if (class_name(p))
        return false;
    if (peek(p) == '\\' && p->at + 1 < p->text.length && class_escape(p->text.data[p->at + 1], set)) {
        p->at += 2;
        return true;
    }
    int from = class_character(p), to = from;
    if (peek(p) == '-' && p->at + 1 < p->text.length && p->text.data[p->at + 1] != ']') {
        p->at++;
        to = class_character(p);
    }
    if (from < 0 || to < from)
        return false;
    fill(set, from, to);
    return true;
}

/* Behind the opening bracket. */
static bool class_set(oracle_parser *p, bool set[257])
{
    bool negated = peek(p) == '^';
    p->at += negated;
    for (bool first = true; first || peek(p) != ']'; first = false)
        if (!class_item(p, set))
            return false;
    p->at++;
    if (negated)
        invert(set);
    return true;
}

static bool take_atom(oracle_parser *p, oracle_atom *atom)
{
    int c = peek(p);
    p->at++;
    *atom = (oracle_atom){.min = 1, .max = 1};
    switch (c) {
    case '^':
        atom->type = ATOM_START;
        return true;
    case '$':
        atom->type = ATOM_END;
        return true;
    case '.':
        atom->set['\n'] = true;
        invert(atom->set);
        return true;
    case '[':
        return class_set(p, atom->set);
    case '\\':
        if (peek(p) >= 0 && class_escape(peek(p), atom->set)) {
            p->at++;
            return true;
        }
        c = character_escape(p);
        break;
    default:
        break;
    }
    if (c >= 0)
        atom->set[c] = true;
    return c >= 0;
}

static bool take_count(oracle_parser *p, unsigned *value)
{
    size_t start = p->at;
    for (*value = 0; peek(p) >= 0 && oracle_digit((unsigned char)peek(p)); p->at++)
        *value = *value > MAX_REPEAT ? *value : *value * 10 + (unsigned)(peek(p) - '0');
    return p->at > start;
}

/* {n} {m,} {m,n} {,n}; anything else is no quantifier and takes nothing. */
static bool take_braces(oracle_parser *p, unsigned *min, unsigned *max)
{
    size_t start = p->at++;
    bool low = take_count(p, min), high = low;
    *max = *min;
    if (peek(p) == ',') {
        p->at++;
        high = take_count(p, max);
        if (!high)
            *max = UINT_MAX;
    }
    if (peek(p) == '}' && (low || high)) {
        p->at++;
        return true;
    }
    p->at = start;
    return false;
}

static bool take_quantifier(oracle_parser *p, unsigned *min, unsigned *max)
{
    int c = peek(p);
    if (c == '{')
        return take_braces(p, min, max);
    if (c != '*' && c != '+' && c != '?')
        return false;
    p->at++;
    *min = c == '+';
    *max = c == '?' ? 1 : UINT_MAX;
    return true;
}

/* An atom with its quantifier, a lazy mark included; refuses a second quantifier and one with nothing
 * before it. */
static bool take_piece(oracle_parser *p, oracle_atom *atom)
{
    unsigned min, max;
    if (take_quantifier(p, &min, &max) || !take_atom(p, atom))
        return false;
    if (!take_quantifier(p, &min, &max))
        return true;
    atom->min = min;
    atom->max = max;
    if (max < min || min > MAX_REPEAT || (max != UINT_MAX && max > MAX_REPEAT))
        return false;
    p->at += peek(p) == '?';
    return !take_quantifier(p, &min, &max);
}

static bool take_branch(oracle_parser *p, oracle_branch *branch)
{
    branch->atoms = oracle_alloc(p->pool, p->text.length - p->at + 1, sizeof *branch->atoms);
    while (p->at < p->text.length && peek(p) != '|')
        if (!take_piece(p, &branch->atoms[branch->n++]))
            return false;
    return true;
}

oracle_regex *oracle_regex_parse(oracle_pool *pool, oracle_text text)
{
    oracle_parser p = {.pool = pool, .text = text};
    oracle_regex *regex = oracle_alloc(pool, 1, sizeof *regex);
    regex->branches = oracle_alloc(pool, text.length + 1, sizeof *regex->branches);
    if (text.length == 0)
        return NULL;
    for (size_t i = 0; i < text.length; i++)
        if (!allowed(text.data[i]))
            return NULL;
    for (;; p.at++) {
        if (!take_branch(&p, &regex->branches[regex->n++]))
            return NULL;
        if (p.at == text.length)
            return regex;
    }
}
