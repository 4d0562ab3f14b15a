/* One filter of many patterns against the oracle. */
#include "random/crowd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TEXT 256

static void *need(void *block)
{
    if (block == NULL)
        abort();
    return block;
}

void crowd_begin(crowd *c, const char *topic)
{
    memset(c, 0, sizeof *c);
    c->topic = topic;
}

static void fail(crowd *c, ctf_text pattern, const char *what)
{
    if (c->failures++ >= 10)
        return;
    printf("%s: %s %.*s", c->topic, c->path == NULL ? "compile" : c->path, (int)pattern.length, pattern.data);
    if (c->path != NULL)
        printf(" | %.*s", (int)c->message.length, c->message.data);
    printf(" | %s\n", what);
}

static void keep(crowd *c, oracle_pattern *oracle, ctf_text text)
{
    if (c->n == c->room) {
        c->room = c->room == 0 ? 64 : 2 * c->room;
        c->patterns = need(realloc(c->patterns, c->room * sizeof *c->patterns));
        c->oracles = need(realloc(c->oracles, c->room * sizeof(oracle_pattern *)));
        c->expected = need(realloc(c->expected, c->room * sizeof *c->expected));
    }
    c->oracles[c->n] = oracle;
    c->patterns[c->n++] = (ctf_pattern){.text = text};
}

void crowd_add(crowd *c, const unsigned char *text, size_t length)
{
    unsigned char *copy = need(malloc(length + 1));
    memcpy(copy, text, length);
    ctf_pattern pattern = {.text = {(const char *)copy, length}};
    ctf_filter *filter = NULL;
    ctf_status status = ctf_filter_compile(&pattern, 1, NULL, &filter, NULL);
    oracle_pattern *oracle = oracle_pattern_new((oracle_text){copy, length});
    ctf_filter_free(filter);
    c->offered++;
    if ((status == CTF_OK) != (oracle != NULL))
        fail(c, pattern.text, status == CTF_OK ? "is accepted" : "is refused");
    if (status == CTF_OK && oracle != NULL) {
        keep(c, oracle, pattern.text);
        return;
    }
    oracle_pattern_free(oracle);
    free(copy);
}

static bool same(oracle_text a, ctf_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static bool same_fields(const crowd *c, const ctf_scratch *scratch, size_t i)
{
    oracle_pool pool = {NULL};
    oracle_text message = {(const unsigned char *)c->message.data, c->message.length};
    const oracle_field *expected;
    size_t n, wanted = oracle_fields(c->oracles[i], message, &pool, &expected);
    bool good = ctf_scratch_field(scratch, i, 0, NULL, &n) == CTF_OK && n == wanted;
    ctf_field field;
    for (size_t k = 0; good && k < n; k++)
        good = ctf_scratch_field(scratch, i, k, &field, &n) == CTF_OK &&
               field.position == expected[k].position && same(expected[k].name, field.name) &&
               same(expected[k].text, field.text);
    oracle_pool_free(&pool);
    return good;
}

static void see(void *context, const ctf_scratch *scratch, const ctf_hits *hits)
{
    crowd *c = context;
    size_t next = 0;
    for (size_t i = 0; i < c->n; i++) {
        bool hit = next < hits->n && hits->patterns[next] == i;
        next += hit;
        c->verdicts++;
        c->matches += hit;
        if (hit != c->expected[i])
            fail(c, c->patterns[i].text, hit ? "matches" : "does not match");
        else if (hit && !same_fields(c, scratch, i))
            fail(c, c->patterns[i].text, "fields are extracted otherwise");
    }
}

static void open_driver(crowd *c)
{
    ctf_error error;
    if (c->n == 0 || engine_open(&c->driver, c->patterns, c->n, &error) != CTF_OK) {
        printf("%s: no filter of %zu patterns\n", c->topic, c->n);
        exit(1);
    }
    c->open = true;
}

void crowd_try(crowd *c, const unsigned char *text, size_t length)
{
    if (!c->open)
        open_driver(c);
    c->message = (ctf_text){(const char *)text, length};
    c->messages++;
    for (size_t i = 0; i < c->n; i++)
        c->expected[i] = oracle_pattern_match(c->oracles[i], (oracle_text){text, length});
    bool plain = oracle_is_plain((oracle_text){text, length});
    for (size_t k = 0; k < c->driver.n_paths; k++) {
        const engine_path *path = &c->driver.paths[k];
        if ((path->trusts && !plain) || path->how == ENGINE_SCAN || (path->how == ENGINE_STREAM && path->piece != 1))
            continue;
        c->path = path->name;
        engine_run(&c->driver, path, c->message, see, c);
    }
    c->path = NULL;
}

size_t crowd_end(crowd *c)
{
    printf("%s: %zu patterns (%zu accepted), %zu messages, %zu verdicts (%zu matches), %zu failures\n",
           c->topic, c->offered, c->n, c->messages, c->verdicts, c->matches, c->failures);
    if (c->open)
        engine_close(&c->driver);
    for (size_t i = 0; i < c->n; i++) {
        oracle_pattern_free(c->oracles[i]);
        free((void *)(uintptr_t)c->patterns[i].text.data);
    }
    free(c->patterns);
    free(c->oracles);
    free(c->expected);
    return c->failures;
}

void crowd_each(const char *const *words, size_t n, size_t max,
                void (*visit)(void *context, const unsigned char *text, size_t length), void *context)
{
    size_t chosen[16];
    unsigned char text[MAX_TEXT];
    for (size_t count = 0; count <= max; count++) {
        memset(chosen, 0, sizeof chosen);
        for (size_t i = 0; i < count || count == 0;) {
            size_t length = 0;
            for (size_t k = 0; k < count; k++) {
                size_t word = strlen(words[chosen[k]]);
                memcpy(text + length, words[chosen[k]], word);
                length += word;
            }
            visit(context, text, length);
            for (i = 0; i < count && ++chosen[i] == n; i++)
                chosen[i] = 0;
            if (count == 0)
                break;
        }
    }
}
