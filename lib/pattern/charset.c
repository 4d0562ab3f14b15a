#include "pattern/charset.h"

_Noreturn void ctfi_charset_refuse(ctfi_job *job, ctfi_span span, const char *what)
{
    ctfi_job_refuse(job, CTF_ERROR_REGEX, span, CTFI_REGEX_REFUSED, "%s", what);
}

void ctfi_charset_add(ctfi_charset *set, unsigned first, unsigned last)
{
    for (unsigned point = first; point <= last; point++)
        set->low[point / 64] |= UINT64_C(1) << (point % 64);
}

static void add_text(ctfi_charset *set, const char *characters)
{
    for (const char *p = characters; *p != '\0'; p++)
        ctfi_charset_add(set, (unsigned char)*p, (unsigned char)*p);
}

static ctfi_charset invert(ctfi_charset set)
{
    for (size_t i = 0; i < 4; i++)
        set.low[i] = ~set.low[i];
    set.high = !set.high;
    return set;
}

static void join(ctfi_charset *to, const ctfi_charset *from)
{
    for (size_t i = 0; i < 4; i++)
        to->low[i] |= from->low[i];
    to->high |= from->high;
}

ctfi_charset ctfi_charset_dot(void)
{
    ctfi_charset newline = {0};
    ctfi_charset_add(&newline, '\n', '\n');
    return invert(newline);
}

/* \d \s \w, and upper case for the others; false for any other letter. */
static bool named_set(unsigned char letter, ctfi_charset *out)
{
    *out = (ctfi_charset){0};
    switch (letter | 0x20) {
    case 'd':
        ctfi_charset_add(out, '0', '9');
        break;
    case 's':
        add_text(out, " \t\n\f\r");
        break;
    case 'w':
        ctfi_charset_add(out, '0', '9');
        ctfi_charset_add(out, 'A', 'Z');
        ctfi_charset_add(out, 'a', 'z');
        add_text(out, "_");
        break;
    default:
        return false;
    }
    if ((letter & 0x20) == 0)
        *out = invert(*out);
    return true;
}

static int hex_value(unsigned char c)
{
    if (ctfi_is_digit(c))
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_alphanumeric(unsigned char c)
{
    return ctfi_is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* What a letter or digit behind a backslash stands for, but the sets and \x; -1 for no such escape. */
static int control_letter(unsigned char letter)
{
    switch (letter) {
    case 't':
        return '\t';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 'f':
        return '\f';
    case 'v':
        return '\v';
    default:
        return -1;
    }
}

/* Two hexadecimal digits at text[at], or -1. */
static int read_hex(ctfi_bytes text, size_t at)
{
    int high = at < text.length ? hex_value(text.data[at]) : -1;
    int low = at + 1 < text.length ? hex_value(text.data[at + 1]) : -1;
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* The one code point an escape with `letter` stands for; *next is behind the letter. */
static int read_single(ctfi_job *job, ctfi_bytes text, uint32_t at, size_t *next, unsigned char letter)
{
    ctfi_span span = {at + (uint32_t)*next - 2, 2};
    int point = is_alphanumeric(letter) ? control_letter(letter) : letter;
    if (letter == 'x') {
        point = read_hex(text, *next);
        if (point < 0)
            ctfi_charset_refuse(job, span, "expected two hexadecimal digits after \\x, as in \\x28");
        *next += 2;
    }
    if (point < 0)
        ctfi_charset_refuse(job, span,
                            "no such escape: there are \\d \\D \\s \\S \\w \\W \\t \\n \\r \\f \\v \\xHH, "
                            "and \\ before punctuation");
    return point;
}

ctfi_charset ctfi_charset_escape(ctfi_job *job, ctfi_bytes text, uint32_t at, size_t *next, int *single)
{
    ctfi_charset set = {0};
    int point = -1;
    if (*next + 1 == text.length)
        ctfi_charset_refuse(job, (ctfi_span){at + (uint32_t)*next, 1},
                            "a backslash at the end: for the character itself write two");
    unsigned char letter = text.data[*next + 1];
    *next += 2;
    if (!named_set(letter, &set)) {
        point = read_single(job, text, at, next, letter);
        ctfi_charset_add(&set, (unsigned)point, (unsigned)point);
    }
    if (single != NULL)
        *single = point;
    return set;
}

/* One member of a class at text[*next]: *single as for escapes. */
static ctfi_charset read_member(ctfi_job *job, ctfi_bytes text, uint32_t at, size_t *next, int *single)
{
    ctfi_charset set = {0};
    if (text.data[*next] == '\\')
        return ctfi_charset_escape(job, text, at, next, single);
    *single = text.data[(*next)++];
    ctfi_charset_add(&set, (unsigned)*single, (unsigned)*single);
    return set;
}

/* A - with a member on its right; a - first, last or behind a set is itself. */
static bool is_range(ctfi_bytes text, size_t next, int first)
{
    return first >= 0 && next + 1 < text.length && text.data[next] == '-' && text.data[next + 1] != ']';
}

/* A member, or the range that it begins. */
static void read_range(ctfi_job *job, ctfi_bytes text, uint32_t at, size_t *next, ctfi_charset *set)
{
    size_t start = *next;
    int first;
    int last;
    ctfi_charset member = read_member(job, text, at, next, &first);
    join(set, &member);
    if (!is_range(text, *next, first))
        return;
    ++*next;
    read_member(job, text, at, next, &last);
    ctfi_span span = {at + (uint32_t)start, (uint32_t)(*next - start)};
    if (last < 0)
        ctfi_charset_refuse(job, span,
                            "a range ends with a character, not with a set: put a backslash before the -");
    if (last < first)
        ctfi_charset_refuse(job, span, "the range runs backwards: the smaller character stands first");
    ctfi_charset_add(set, (unsigned)first, (unsigned)last);
}

/* [: with :] behind it is a class by name in some engines and not in others. */
static void refuse_named_class(ctfi_job *job, ctfi_bytes text, uint32_t at, size_t start)
{
    if (start + 1 >= text.length || text.data[start] != '[' || text.data[start + 1] != ':')
        return;
    for (size_t end = start + 2; end + 1 < text.length; end++) {
        if (text.data[end] == ':' && text.data[end + 1] == ']')
            ctfi_charset_refuse(job, (ctfi_span){at + (uint32_t)start, (uint32_t)(end + 2 - start)},
                                "classes by name are not known: write \\d, \\s, \\w or ranges such as a-zA-Z");
    }
}

ctfi_charset ctfi_charset_class(ctfi_job *job, ctfi_bytes text, uint32_t at, size_t *next)
{
    ctfi_charset set = {0};
    size_t start = (*next)++;
    bool negated = *next < text.length && text.data[*next] == '^';
    *next += negated;
    for (size_t first = *next; *next < text.length && (text.data[*next] != ']' || *next == first);) {
        refuse_named_class(job, text, at, *next);
        read_range(job, text, at, next, &set);
    }
    if (*next == text.length)
        ctfi_charset_refuse(job, (ctfi_span){at + (uint32_t)start, (uint32_t)(*next - start)},
                            "this [ is never closed with ]: for the character itself write \\[");
    ++*next;
    return negated ? invert(set) : set;
}
