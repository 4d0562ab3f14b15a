/* Patterns of all kinds; a part of them damaged. */
#include "random/make.h"

static void blanks(maker *m)
{
    static const char *const some[] = {
        " ", " ", " ", "  ", "\t", "\n", " \r\n"};
    if (make_chance(m, 70))
        make_put(m, make_one_of(m, some));
}

static void quoted(maker *m)
{
    static const char *const parts[] = {
        "*", " ", "\\\"", "\\\\", "\\n", "%", "}", "]", "'", "é", "\xf0\x9f\x98\x80", "\\*", ",",
        "\\u0061", "a", "b", "\n", "7", "|"};
    make_put(m, "\"");
    for (unsigned n = make_below(m, 4); n > 0; n--)
        make_put(m, make_chance(m, 60) ? make_word(m) : make_one_of(m, parts));
    make_put(m, "\"");
}

/* A word with stars. */
static void glob(maker *m)
{
    static const char *const parts[] = {
        "*", "a", "b", "ab", "*", "1", "0", ".", "aab"};
    bool quote = make_chance(m, 50);
    make_put(m, quote ? "\"" : "");
    for (unsigned n = 1 + make_below(m, 5); n > 0; n--)
        make_put(m, make_one_of(m, parts));
    make_put(m, quote ? "\"" : "");
}

static void literal_number(maker *m)
{
    static const char *const odd[] = {
        "+7", "007", "+0", "7e00", "+1e3", "1e2147483647", "1e-2147483648", "-00.10"};
    make_put(m, make_chance(m, 85) ? make_number(m) : make_one_of(m, odd));
}

static void literal(maker *m)
{
    static const char *const bad[] = {
        "null", "NOT", "is", "a:b", "-x", "'a'", "+x", "1e2147483648", "", "[a]", ".5", "5.", "a/b", "\"a",
        "%a", "-", "1-2", "1e", "1e+5x", "7up", "*", "**"};
    switch (make_below(m, 10)) {
    case 0:
    case 1:
    case 2:
        literal_number(m);
        break;
    case 3:
    case 4:
        make_put(m, make_word(m));
        break;
    case 5:
        quoted(m);
        break;
    case 6:
        if (make_chance(m, 60))
            make_regex(m);
        else
            make_put(m, make_word(m));
        break;
    case 7:
    case 8:
        glob(m);
        break;
    default:
        make_put(m, make_chance(m, 30) ? make_one_of(m, bad) : "*");
        break;
    }
}

/* An operator and its right-hand side. */
static void comparison(maker *m)
{
    static const char *const orders[] = {
        "<", "<=", ">", ">="};
    if (make_chance(m, 25)) {
        make_put(m, make_one_of(m, orders));
        blanks(m);
        literal_number(m);
        return;
    }
    make_put(m, make_chance(m, 65) ? "=" : make_chance(m, 97) ? "!=" : "==");
    blanks(m);
    literal(m);
}

static void step(maker *m)
{
    static const char *const keys[] = {
        "['a']", "['a.b']", "['x y']", "['*']", "['é']", "['a\"b']", "['b']"};
    if (make_chance(m, 15)) {
        make_byte(m, '[');
        make_byte(m, (unsigned char)('0' + make_below(m, 3)));
        make_byte(m, ']');
        return;
    }
    make_put(m, ".");
    make_put(m, make_chance(m, 12) ? make_one_of(m, keys) : make_key(m));
}

void make_selector(maker *m, bool wildcard)
{
    unsigned n = 1 + make_below(m, make_chance(m, 20) ? 4 : 2);
    unsigned at = wildcard ? make_below(m, n) : n;
    make_put(m, "$");
    for (unsigned i = 0; i < n; i++) {
        if (i == at)
            make_put(m, i > 0 && make_chance(m, 60) ? "[*]" : ".*");
        else if (i == 0)
            make_put(m, "."), make_put(m, make_key(m));
        else
            step(m);
    }
}

static void json_test(maker *m)
{
    static const char *const words[] = {
        "IS NULL", "IS TRUE", "IS FALSE", "NOT EXISTS", "NOT EXISTS", "is null", "Is True", "not\texists",
        "IS NOT NULL", "EXISTS"};
    make_selector(m, make_chance(m, 20));
    if (make_chance(m, 30)) {
        make_put(m, " ");
        make_put(m, words[make_below(m, make_chance(m, 3) ? 10 : 8)]);
        return;
    }
    blanks(m);
    comparison(m);
}

static const char field_names[][3] = {"p", "q", "r", "s", "t1", "u-", "_v"};

/* Tests joined by && and ||; on a field's name, or on selectors where it is NULL. */
static void expression(maker *m, const char *name, unsigned depth)
{
    unsigned n = 1 + (make_chance(m, 35) ? make_below(m, 3) : 0);
    for (unsigned i = 0; i < n; i++) {
        if (i > 0) {
            blanks(m);
            make_put(m, make_chance(m, 50) ? "&&" : "||");
            blanks(m);
        }
        if (depth > 0 && make_chance(m, 25)) {
            make_put(m, "(");
            blanks(m);
            expression(m, name, depth - 1);
            blanks(m);
            make_put(m, ")");
        } else if (name == NULL) {
            json_test(m);
        } else {
            make_put(m, make_chance(m, 99) ? name : "other");
            blanks(m);
            comparison(m);
        }
    }
}

static void json(maker *m)
{
    make_put(m, "{");
    blanks(m);
    expression(m, NULL, 3);
    blanks(m);
    make_put(m, "}");
}

static void field(maker *m, unsigned i)
{
    if (make_chance(m, 20))
        return;
    const char *name = field_names[make_chance(m, 98) ? i : 0];
    if (make_chance(m, 45))
        expression(m, name, 2);
    else
        make_put(m, name);
}

static void fields(maker *m)
{
    unsigned n = make_below(m, 5), ellipsis = make_chance(m, 35) ? make_below(m, n + 1) : n + 1;
    make_put(m, "[");
    for (unsigned i = 0; i < n + (ellipsis <= n); i++) {
        if (i > 0)
            make_put(m, ",");
        blanks(m);
        if (i == ellipsis || make_chance(m, 1))
            make_put(m, "...");
        else
            field(m, i);
        blanks(m);
    }
    make_put(m, "]");
}

static void terms(maker *m)
{
    for (unsigned n = 1 + make_below(m, 4), i = 0; i < n; i++) {
        bool sign = make_chance(m, 50);
        if (i > 0 && (!sign || make_chance(m, 90)))
            make_put(m, make_chance(m, 99) ? " " : "");
        if (sign)
            make_put(m, make_chance(m, 50) ? "?" : make_chance(m, 80) ? "-" : "- ");
        if (make_chance(m, 30))
            quoted(m);
        else
            make_put(m, make_word(m));
    }
}

void make_pattern(maker *m)
{
    unsigned kind = make_below(m, 100);
    if (kind < 1)
        make_put(m, make_chance(m, 50) ? "" : " \t");
    else if (kind < 12)
        terms(m);
    else if (kind < 24)
        make_regex(m);
    else if (kind < 44)
        fields(m);
    else
        json(m);
    if (make_chance(m, 8))
        make_damage(m);
}
