/* Messages: JSON events with what patterns speak of, space-delimited lines, words; a part of them
 * damaged. */
#include "random/make.h"

#include <stdio.h>

static void blanks(maker *m)
{
    static const char *const some[] = {
        " ", "  ", "\n", "\t", "\r\n  ", "                                        "};
    if (make_chance(m, 12))
        make_put(m, make_one_of(m, some));
}

/* One character of a string, now and then as an escape; `c` is ASCII. */
static void character(maker *m, unsigned char c)
{
    char escape[8];
    if (make_chance(m, 3)) {
        snprintf(escape, sizeof escape, make_chance(m, 50) ? "\\u%04x" : "\\u%04X", c);
        make_put(m, escape);
        return;
    }
    if (c == '"' || c == '\\')
        make_byte(m, '\\');
    make_byte(m, c);
}

static void characters(maker *m, const char *text)
{
    for (; *text != 0; text++)
        if ((unsigned char)*text < 0x80)
            character(m, (unsigned char)*text);
        else
            make_byte(m, (unsigned char)*text);
}

static void filler(maker *m)
{
    for (unsigned n = make_below(m, 140); n > 0; n--)
        make_byte(m, (unsigned char)"x{}[],: "[make_chance(m, 85) ? 0 : make_below(m, 8)]);
}

static void string(maker *m)
{
    static const char *const odd[] = {
        "\\n", "\\t", "\\/", "\\\"", "\\\\", "\\u00e9", "\\u0000", "é", "\\u0061", "\xe2\x82\xac", " ",
        "\\ud83d\\ude00", "'", "%", "{", "}", "[", "]", "*", "\\b", "\\f\\r"};
    static const char *const bad[] = {
        "\\ud800", "\\udc00", "\\x", "\\u12", "\xff", "\xc3", "\x01", "\n", "\\"};
    make_put(m, "\"");
    for (unsigned n = make_chance(m, 70) ? 1 : make_below(m, 4); n > 0; n--)
        if (make_chance(m, 85))
            characters(m, make_chance(m, 50) ? make_word(m) : make_number(m));
        else
            make_put(m, make_one_of(m, odd));
    if (make_chance(m, 3))
        filler(m);
    if (make_chance(m, 1))
        make_put(m, make_one_of(m, bad));
    make_put(m, "\"");
}

static void key(maker *m)
{
    char numbered[8];
    static const char *const odd[] = {
        "a.b", "x y", "*", "a\"b", "", "A", "$.a", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"};
    snprintf(numbered, sizeof numbered, "k%u", make_below(m, 99));
    make_put(m, "\"");
    characters(m, make_chance(m, 75) ? make_key(m) : make_chance(m, 50) ? make_one_of(m, odd) : numbered);
    make_put(m, "\"");
}

static void value(maker *m, unsigned depth);

static void object(maker *m, unsigned depth)
{
    make_put(m, "{");
    blanks(m);
    for (unsigned n = make_below(m, make_chance(m, 5) ? 90 : 5), i = 0; i < n; i++) {
        if (i > 0)
            make_put(m, ",");
        blanks(m);
        key(m);
        blanks(m);
        make_put(m, ":");
        blanks(m);
        value(m, depth);
        blanks(m);
    }
    make_put(m, "}");
}

static void array(maker *m, unsigned depth)
{
    make_put(m, "[");
    blanks(m);
    for (unsigned n = make_below(m, 4), i = 0; i < n; i++) {
        if (i > 0)
            make_put(m, ",");
        blanks(m);
        value(m, depth);
        blanks(m);
    }
    make_put(m, "]");
}

/* A string of escapes and brackets, and a comma. */
static void backslashes(maker *m)
{
    static const char *const parts[] = {"\\\\", "\\\\", "\\\"", "]", "}", "[", "x"};
    make_put(m, "\"");
    for (unsigned n = make_below(m, 40); n > 0; n--)
        make_put(m, make_one_of(m, parts));
    make_put(m, "\",");
}

/* Brackets in brackets, for those who pass over them: as deep as they come in some blocks of a kernel. */
static void nest(maker *m)
{
    unsigned char closers[64];
    unsigned depth = 0;
    for (unsigned n = make_below(m, 160); n > 0 && m->length < MAKE_ROOM / 2; n--) {
        bool down = depth > 0 && (depth == sizeof closers || make_chance(m, 45));
        if (down) {
            make_byte(m, closers[--depth]);
            if (depth == 0)
                return;
            make_put(m, closers[depth - 1] == ']' ? "," : ",\"k\":");
        } else {
            closers[depth++] = make_chance(m, 60) ? ']' : '}';
            make_put(m, closers[depth - 1] == ']' ? "[" : "{\"a\":");
            if (closers[depth - 1] == ']' && make_chance(m, 30))
                backslashes(m);
        }
    }
    string(m);
    while (depth > 0)
        make_byte(m, closers[--depth]);
}

static void value(maker *m, unsigned depth)
{
    static const char *const words[] = {
        "true", "false", "null", "null"};
    static const char *const bad[] = {
        "01", "+1", "1.", ".5", "NaN", "tru", "nulll", "1e", "'a'", "", "-", "0x1", "]"};
    unsigned kind = make_below(m, 100);
    if (kind < 2)
        nest(m);
    else if (depth > 0 && kind < 18)
        object(m, depth - 1);
    else if (depth > 0 && kind < 32)
        array(m, depth - 1);
    else if (kind < 60)
        string(m);
    else if (kind < 85)
        make_put(m, make_number(m));
    else if (kind < 99 || make_chance(m, 60))
        make_put(m, make_one_of(m, words));
    else
        make_put(m, make_one_of(m, bad));
}

static void event(maker *m)
{
    static const char *const outside[] = {
        "x", "{}", ",", "\xff", "]", "}", "\"", "\\", "//"};
    blanks(m);
    object(m, 4);
    blanks(m);
    if (make_chance(m, 2))
        make_put(m, make_one_of(m, outside));
}

static void token(maker *m)
{
    static const char *const odd[] = {
        "\"", "[", "]", "\"\"", "[]", "\"a b\"", "[a b]", "\"a", "[b", "a\"b", "\"b\"c", "+7", "7.", ".7",
        "1e99999999999", "-", "\xff", "\r", "é", "[7]", "\"7.0\"", "0x7"};
    if (make_chance(m, 25))
        make_put(m, make_one_of(m, odd));
    else
        make_put(m, make_chance(m, 50) ? make_word(m) : make_number(m));
}

static void line(maker *m)
{
    static const char *const separators[] = {
        " ", " ", " ", "  ", "\t", "\n", " \t ", ""};
    if (make_chance(m, 15))
        make_put(m, make_one_of(m, separators));
    for (unsigned n = make_below(m, 7); n > 0; n--) {
        token(m);
        if (n > 1 || make_chance(m, 20))
            make_put(m, make_one_of(m, separators));
    }
}

void make_message(maker *m)
{
    if (make_chance(m, 65))
        event(m);
    else
        line(m);
    if (make_chance(m, 12))
        make_damage(m);
}
