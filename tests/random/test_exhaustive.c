/* Everything small: all patterns from a little alphabet on all messages from another, the library against
 * the oracle. What fails here fails in the shortest way there is. */
#include "random/crowd.h"

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* What stands around the text that is tried, and the crowd it is for. */
typedef struct frame {
    crowd c;
    const char *before, *behind;
} frame;

static size_t wrap(const frame *f, const unsigned char *text, size_t length, unsigned char out[512])
{
    size_t before = strlen(f->before), behind = strlen(f->behind);
    memcpy(out, f->before, before);
    memcpy(out + before, text, length);
    memcpy(out + before + length, f->behind, behind);
    return before + length + behind;
}

static void add(void *context, const unsigned char *text, size_t length)
{
    frame *f = context;
    unsigned char out[512];
    crowd_add(&f->c, out, wrap(f, text, length, out));
}

static void try(void *context, const unsigned char *text, size_t length)
{
    frame *f = context;
    unsigned char out[512];
    crowd_try(&f->c, out, wrap(f, text, length, out));
}

static void begin(frame *f, const char *topic)
{
    crowd_begin(&f->c, topic);
    f->before = f->behind = "";
}

static void around(frame *f, const char *before, const char *behind)
{
    f->before = before;
    f->behind = behind;
}

static void add_string(frame *f, const char *text)
{
    crowd_add(&f->c, (const unsigned char *)text, strlen(text));
}

static size_t globs(void)
{
    static const char *const letters[] = {"a", "b", "*"};
    frame f;
    begin(&f, "wildcards");
    around(&f, "{$.v=\"", "\"}");
    crowd_each(letters, 3, 5, add, &f);
    around(&f, "{\"v\":\"", "\"}");
    crowd_each(letters, 2, 6, try, &f);
    return crowd_end(&f.c);
}

static size_t regexes(const char *topic, const char *const *letters, size_t n, size_t max)
{
    static const char *const texts[] = {"a", "b", "\n", "1"};
    frame f;
    begin(&f, topic);
    around(&f, "%", "%");
    crowd_each(letters, n, max, add, &f);
    around(&f, "", "");
    crowd_each(texts, COUNT(texts), 3, try, &f);
    return crowd_end(&f.c);
}

static size_t all_regexes(void)
{
    static const char *const wide[] = {
        "a", ".", "*", "+", "?", "|", "^", "$", "[", "]", "-", "\\", "{", "1", ",", "}", "d"};
    static const char *const deep[] = {"a", "b", ".", "*", "|", "^", "$"};
    static const char *const counts[] = {"a", "{", "1", "2", ",", "}", "?"};
    return regexes("regular expressions", wide, COUNT(wide), 3) + regexes("branches", deep, COUNT(deep), 4) +
           regexes("counts", counts, COUNT(counts), 4);
}

static size_t terms(void)
{
    static const char *const letters[] = {"a", "b", "-", "?", "\"", " ", "\\", "*"};
    frame f;
    begin(&f, "terms");
    crowd_each(letters, COUNT(letters), 4, add, &f);
    static const char *const texts[] = {"a", "b", "\\", " "};
    crowd_each(texts, COUNT(texts), 3, try, &f);
    return crowd_end(&f.c);
}

static size_t field_lists(void)
{
    static const char *const entries[] = {",", "p", "q", "...", "p=a", "q!=1", " "};
    static const char *const letters[] = {"a", "1", " ", "\"", "[", "]"};
    frame f;
    begin(&f, "fields");
    around(&f, "[", "]");
    crowd_each(entries, COUNT(entries), 4, add, &f);
    around(&f, "", "");
    crowd_each(letters, COUNT(letters), 4, try, &f);
    return crowd_end(&f.c);
}

static size_t field_numbers(void)
{
    static const char *const letters[] = {"0", "1", "-", "+", ".", "e"};
    static const char *const tests[] = {
        "[p=1]", "[p!=1]", "[p=0]", "[p<1]", "[p>=0.1]", "[p>-1]", "[p=10]", "[p=+1]", "[p=01]",
        "[p=\"1\"]", "[p=1.]", "[p=.1]", "[p=1e1]"};
    frame f;
    begin(&f, "numbers in fields");
    for (size_t i = 0; i < COUNT(tests); i++)
        add_string(&f, tests[i]);
    crowd_each(letters, COUNT(letters), 5, try, &f);
    return crowd_end(&f.c);
}

static size_t json_numbers(void)
{
    static const char *const letters[] = {"0", "1", "-", "+", ".", "e", "9"};
    static const char *const tests[] = {
        "{$.v=1}", "{$.v!=1}", "{$.v=\"1\"}", "{$.v=\"1.0\"}", "{$.v=\"0\"}", "{$.v=0}", "{$.v<1}",
        "{$.v<=-1}", "{$.v>0.1}", "{$.v=*}", "{$.v=*.0}", "{$.v=%E%}", "{$.v=1e9}", "{$.v=-0.0}",
        "{$.v=\"0.01\"}", "{$.v>=1e-9}", "{$.v=1.0E9}", "{$.v=1e99}", "{$.v=\"1.0E9\"}"};
    frame f;
    begin(&f, "numbers in events");
    for (size_t i = 0; i < COUNT(tests); i++)
        add_string(&f, tests[i]);
    around(&f, "{\"v\":", "}");
    crowd_each(letters, COUNT(letters), 5, try, &f);
    return crowd_end(&f.c);
}

static size_t json_literals(void)
{
    static const char *const letters[] = {"0", "1", "-", "+", ".", "e", "*", "a", " "};
    static const char *const values[] = {"0", "1", "-", ".", "e", "\""};
    frame f;
    begin(&f, "literals");
    around(&f, "{$.v=", "}");
    crowd_each(letters, COUNT(letters), 3, add, &f);
    around(&f, "{\"v\":", "}");
    crowd_each(values, COUNT(values), 4, try, &f);
    return crowd_end(&f.c);
}

static size_t json_documents(void)
{
    static const char *const tokens[] = {"{", "}", "[", "]", ",", ":", "\"a\"", "1", "null", " "};
    frame f;
    begin(&f, "documents");
    add_string(&f, "{$.a NOT EXISTS}");
    add_string(&f, "{$.a=1||$.a.a=1||$.a[0]=1}");
    add_string(&f, "{$.*!=1}");
    add_string(&f, "{$.a IS NULL}");
    around(&f, "{\"a\":", "");
    crowd_each(tokens, COUNT(tokens), 5, try, &f);
    around(&f, "{", "");
    crowd_each(tokens, COUNT(tokens), 4, try, &f);
    around(&f, "", "");
    crowd_each(tokens, COUNT(tokens), 4, try, &f);
    return crowd_end(&f.c);
}

static size_t json_strings(void)
{
    static const char *const pieces[] = {
        "\\", "\"", "u", "d800", "dc00", "0041", "A", "/", "\xc3", "\xa9", "\n"};
    frame f;
    begin(&f, "strings");
    add_string(&f, "{$.a=*}");
    add_string(&f, "{$.a=\"A\"}");
    add_string(&f, "{$.a=\"\xc3\xa9*\"}");
    add_string(&f, "{$.A=1}");
    add_string(&f, "{$.a=%^.$%}");
    around(&f, "{\"a\":\"", "\"}");
    crowd_each(pieces, COUNT(pieces), 4, try, &f);
    around(&f, "{\"", "\":1}");
    crowd_each(pieces, COUNT(pieces), 3, try, &f);
    return crowd_end(&f.c);
}

/* Every selector with every test on every value of two levels, alone, twice under one key, under two. */
static void add_tests(frame *f)
{
    static const char *const selectors[] = {
        "$.a", "$.b", "$.a.b", "$.a[0]", "$.a[1]", "$.a[*]", "$.*", "$.a[*].b", "$.*.b"};
    static const char *const tests[] = {
        "=1", "=\"1\"", "=x", "=*", "=1*", "=%1%", "!=1", "!=\"1\"", "!=x", "!=*", "!=%1%", "<2", ">=1",
        " IS NULL", " IS TRUE", " IS FALSE", "!=1*", "=1.0", "=\"1.0\"", " NOT EXISTS"};
    char text[64];
    for (size_t i = 0; i < COUNT(selectors); i++)
        for (size_t k = 0; k < COUNT(tests); k++) {
            snprintf(text, sizeof text, "{%s%s}", selectors[i], tests[k]);
            add_string(f, text);
        }
}

static size_t json_values(void)
{
    static const char *const scalars[] = {"1", "1.0", "\"1\"", "\"x\"", "null", "true", "false", "1e309"};
    static char values[256][64];
    size_t n = 0;
    frame f;
    begin(&f, "events");
    add_tests(&f);
    for (size_t i = 0; i < COUNT(scalars); i++) {
        snprintf(values[n++], sizeof *values, "%s", scalars[i]);
        snprintf(values[n++], sizeof *values, "[%s]", scalars[i]);
        snprintf(values[n++], sizeof *values, "{\"b\":%s}", scalars[i]);
        snprintf(values[n++], sizeof *values, "{\"b\":[%s]}", scalars[i]);
        snprintf(values[n++], sizeof *values, "[[%s]]", scalars[i]);
        snprintf(values[n++], sizeof *values, "[{\"b\":%s}]", scalars[i]);
        snprintf(values[n++], sizeof *values, "[1,{\"c\":%s}]", scalars[i]);
        snprintf(values[n++], sizeof *values, "[%s,null]", scalars[i]);
        snprintf(values[n++], sizeof *values, "{\"b\":1,\"b\":%s}", scalars[i]);
        snprintf(values[n++], sizeof *values, "{\"b\":%s,\"\\u0062\":\"x\"}", scalars[i]);
    }
    snprintf(values[n++], sizeof *values, "{}");
    snprintf(values[n++], sizeof *values, "[]");
    try(&f, (const unsigned char *)"{}", 2);
    for (size_t i = 0; i < n; i++) {
        char text[160];
        int length = snprintf(text, sizeof text, "{\"a\":%s}", values[i]);
        try(&f, (const unsigned char *)text, (size_t)length);
        for (size_t k = i % 3; k < n; k += 3) {
            length = snprintf(text, sizeof text, "{\"a\":%s,\"%s\":%s}", values[i], k % 2 ? "a" : "b",
                              values[k]);
            try(&f, (const unsigned char *)text, (size_t)length);
        }
    }
    return crowd_end(&f.c);
}

static size_t json_grammar(void)
{
    static const char *const tokens[] = {
        "$.a", "=", "!=", ">", "1", "x", "&&", "||", "(", ")", " IS ", " NULL ", " NOT ", " EXISTS ",
        "%x%", "\"x\""};
    frame f;
    begin(&f, "grammar");
    around(&f, "{", "}");
    crowd_each(tokens, COUNT(tokens), 4, add, &f);
    around(&f, "{$.b=1 ", "}");
    crowd_each(tokens, COUNT(tokens), 4, add, &f);
    around(&f, "", "");
    add_string(&f, "{$.a=1}");
    try(&f, (const unsigned char *)"{\"a\":1,\"b\":1}", 13);
    try(&f, (const unsigned char *)"{\"a\":null,\"b\":1}", 16);
    try(&f, (const unsigned char *)"{\"a\":\"x\"}", 9);
    return crowd_end(&f.c);
}

static size_t selector_grammar(void)
{
    static const char *const pieces[] = {"$", ".", "a", "[", "]", "*", "0", "'", "-", " ", "['a']", "[0]"};
    frame f;
    begin(&f, "selectors");
    around(&f, "{", "=1}");
    crowd_each(pieces, COUNT(pieces), 4, add, &f);
    around(&f, "{$.a", "=1}");
    crowd_each(pieces, COUNT(pieces), 4, add, &f);
    around(&f, "", "");
    try(&f, (const unsigned char *)"{\"a\":1}", 7);
    try(&f, (const unsigned char *)"{\"a\":[1,[1]],\"0\":1}", 20);
    try(&f, (const unsigned char *)"{\"a\":{\"a\":1,\"0\":[1]},\"a0\":1,\"-\":1}", 35);
    return crowd_end(&f.c);
}

int main(void)
{
    size_t failures = globs() + all_regexes() + terms() + field_lists() + field_numbers() + json_numbers() +
                      json_literals() + json_documents() + json_strings() + json_values() + json_grammar() +
                      selector_grammar();
    return failures > 0;
}
