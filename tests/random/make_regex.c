/* Regular expressions: mostly good ones over a and b, so that they find something. */
#include "random/make.h"

static void quantifier(maker *m)
{
    static const char *const marks[] = {
        "*", "+", "?", "{2}", "{0,1}", "{1,}", "{,2}", "{2,3}", "*?", "+?", "{0,2}?", "{0}", "{1,3}",
        "{3}", "??", "{0,}", "{", "{a", "{,}"};
    static const char *const bad[] = {
        "**", "++", "{3,2}", "{1001}", "{2}{2}", "+*", "{70}"};
    if (make_chance(m, 30))
        make_put(m, make_one_of(m, marks));
    else if (make_chance(m, 1))
        make_put(m, make_one_of(m, bad));
}

static void set(maker *m)
{
    static const char *const items[] = {
        "a", "b", "ab", "a-b", "\\d", "\\w", "\\s", "\\D", "\\W", "\\S", "0-9", "\\-", "-", "\\]", "\\x61",
        "A-Z", "_", "^", "$", ".", "*", "\\n", "[", ":", "[:", ":]", " ", "\\ ", "\\\\", "é", "{",
        "\\x80-\\xff", "+--"};
    make_put(m, make_chance(m, 25) ? "[^" : "[");
    if (make_chance(m, 5))
        make_put(m, "]");
    for (unsigned n = 1 + make_below(m, 3); n > 0; n--) {
        const char *item = make_one_of(m, items);
        if (*item != '[' || make_chance(m, 10))
            make_put(m, (unsigned char)*item < 0x80 || make_chance(m, 3) ? item : "b");
    }
    make_put(m, make_chance(m, 1) ? "" : "]");
}

static void atom(maker *m)
{
    static const char *const plain[] = {
        "a", "b", "a", "b", "ab", "ba", "x", "1", "0", "7", "e", " ", "_", ":", "/", "-"};
    static const char *const escapes[] = {
        "\\d", "\\w", "\\s", "\\D", "\\S", "\\W", "\\.", "\\-", "\\n", "\\x61", "\\xe9", "\\\\", "\\x0a",
        "\\t", "\\/", "\\{", "\\]", "\\*"};
    static const char *const bad[] = {
        "\\p", "\\b", "\\", "(", "\\x6", "é", "\\1", "!", "&", "[b-a]", "[a-\\d]"};
    switch (make_below(m, 10)) {
    case 0:
    case 1:
        make_put(m, ".");
        break;
    case 2:
        set(m);
        break;
    case 3:
        make_put(m, make_one_of(m, escapes));
        break;
    case 4:
        make_put(m, make_chance(m, 8) ? make_one_of(m, bad) : "b");
        break;
    default:
        make_put(m, make_one_of(m, plain));
        break;
    }
    quantifier(m);
}

static void branch(maker *m)
{
    if (make_chance(m, 25))
        make_put(m, "^");
    for (unsigned n = make_below(m, 5); n > 0; n--) {
        atom(m);
        if (make_chance(m, 2))
            make_put(m, make_chance(m, 50) ? "^" : "$");
    }
    if (make_chance(m, 25))
        make_put(m, "$");
}

void make_regex(maker *m)
{
    make_put(m, "%");
    branch(m);
    while (make_chance(m, 25)) {
        make_put(m, "|");
        branch(m);
    }
    make_put(m, "%");
}
