/* A filter and a message on every path. Parts: patterns, each followed by the selectors that are extracted
 * from it (a part that begins with a dollar sign is no pattern); the last part is the message.
 *
 * Claims. The oracle and the library accept the same patterns. Every kernel, the loaded program, ctf_scan with
 * and without probes and ctf_stream in pieces of any size give the oracle's verdicts, fields and values; so does
 * CTF_TRUSTED_JSON where it may be used. JSON patterns have their values without a match, too. A second match of
 * the same message calls no allocator. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "kit.h"
#include "oracle/oracle.h"
#include "support/engine.h"

/* Declared inside the oracle; tells which letters it knows. */
#include "oracle/tree.h"

typedef struct subject {
    oracle_pattern *oracle;
    ctf_text extract[KIT_PARTS];
    size_t n_extract;
    bool expected;
} subject;

typedef struct trial {
    subject subjects[KIT_PARTS];
    ctf_pattern patterns[KIT_PARTS];
    size_t n;
    ctf_text message;
} trial;

static oracle_text view(ctf_text text)
{
    return (oracle_text){(const unsigned char *)text.data, text.length};
}

/* The oracle knows the letters of some scripts only. */
static bool has_foreign_letters(ctf_text text)
{
    oracle_text rest = view(text);
    while (rest.length > 0) {
        unsigned point = 0;
        size_t n = oracle_utf8(rest.data, rest.length, &point);
        if (n > 1 && !oracle_letter(point))
            return true;
        n = n == 0 ? 1 : n;
        rest = (oracle_text){rest.data + n, rest.length - n};
    }
    return false;
}

/* The library has limits of its own on the size of regular expressions. */
static bool own_limit(ctf_status status, const ctf_error *error)
{
    return status == CTF_E_LIMIT && error->service[0] == '\0';
}

static ctf_status compile(const ctf_pattern *pattern, ctf_error *error)
{
    ctf_filter *filter;
    ctf_status status = ctf_filter_compile(pattern, 1, NULL, &filter, error);
    ctf_filter_free(filter);
    return status;
}

static void add_pattern(trial *t, ctf_text text)
{
    ctf_pattern pattern = {.text = text};
    ctf_error error;
    ctf_status status = compile(&pattern, &error);
    oracle_pattern *oracle = oracle_pattern_new(view(text));
    CLAIM(status != CTF_OK || oracle != NULL || has_foreign_letters(text));
    CLAIM(status == CTF_OK || oracle == NULL || own_limit(status, &error));
    if (status == CTF_OK && oracle != NULL) {
        t->subjects[t->n] = (subject){.oracle = oracle};
        t->patterns[t->n++] = pattern;
    } else {
        oracle_pattern_free(oracle);
    }
}

/* Keeps the selector where the pattern before takes it. The oracle looks at nothing but its form. */
static void add_selector(trial *t, ctf_text text)
{
    subject *s = &t->subjects[t->n - 1];
    ctf_pattern *pattern = &t->patterns[t->n - 1];
    const ctf_pattern alone = {.text = pattern->text, .extract = &text, .n_extract = 1};
    ctf_error error;
    ctf_status status = compile(&alone, &error);
    oracle_pool pool = {NULL};
    oracle_value value;
    bool comparable = oracle_utf8_valid(view(text)) && text.length <= 1024 && !has_foreign_letters(text);
    if (oracle_pattern_kind(s->oracle) == ORACLE_JSON && comparable)
        CLAIM((status == CTF_OK) == oracle_extract(view(text), ORACLE_TEXT("{}"), &pool, &value));
    oracle_pool_free(&pool);
    if (status != CTF_OK) {
        kit_claim_error(&error, status, text);
        return;
    }
    s->extract[s->n_extract++] = text;
    pattern->extract = s->extract;
    pattern->n_extract = s->n_extract;
}

static void claim_values(const trial *t, const ctf_scratch *scratch, size_t i)
{
    static const ctf_value_type types[] = {
        [ORACLE_MISSING] = CTF_VALUE_MISSING, [ORACLE_NULL] = CTF_VALUE_NULL,
        [ORACLE_BOOLEAN] = CTF_VALUE_BOOLEAN, [ORACLE_NUMBER] = CTF_VALUE_NUMBER,
        [ORACLE_STRING] = CTF_VALUE_STRING,   [ORACLE_ARRAY] = CTF_VALUE_ARRAY,
        [ORACLE_OBJECT] = CTF_VALUE_OBJECT};
    const subject *s = &t->subjects[i];
    bool json = oracle_pattern_kind(s->oracle) == ORACLE_JSON;
    for (size_t k = 0; k < s->n_extract; k++) {
        oracle_pool pool = {NULL};
        oracle_value expected = {ORACLE_MISSING, {NULL, 0}};
        ctf_value value;
        CLAIM(ctf_scratch_value(scratch, i, k, &value) == CTF_OK);
        if (json && oracle_extract(view(s->extract[k]), view(t->message), &pool, &expected)) {
            CLAIM(types[expected.type] == value.type);
            CLAIM(oracle_equal(expected.text, view(value.text)));
        }
        CLAIM(json || value.type == CTF_VALUE_MISSING || value.type == CTF_VALUE_STRING);
        oracle_pool_free(&pool);
    }
}

static void claim_fields(const trial *t, const ctf_scratch *scratch, size_t i)
{
    oracle_pool pool = {NULL};
    const oracle_field *expected;
    size_t n, wanted = oracle_fields(t->subjects[i].oracle, view(t->message), &pool, &expected);
    CLAIM(ctf_scratch_field(scratch, i, 0, NULL, &n) == CTF_OK && n == wanted);
    for (size_t k = 0; k < n; k++) {
        ctf_field field;
        CLAIM(ctf_scratch_field(scratch, i, k, &field, NULL) == CTF_OK);
        CLAIM(field.position == expected[k].position);
        CLAIM(oracle_equal(expected[k].name, view(field.name)));
        CLAIM(oracle_equal(expected[k].text, view(field.text)));
    }
    oracle_pool_free(&pool);
}

static void see(void *context, const ctf_scratch *scratch, const ctf_hits *hits)
{
    const trial *t = context;
    size_t next = 0;
    for (size_t i = 0; i < t->n; i++) {
        bool hit = next < hits->n && hits->patterns[next] == i;
        next += hit;
        CLAIM(hit == t->subjects[i].expected);
        if (hit) {
            claim_values(t, scratch, i);
            claim_fields(t, scratch, i);
        }
    }
    CLAIM(next == hits->n);
}

/* Values of JSON patterns, whether they matched or not. */
static void claim_unmatched(const trial *t, const ctf_filter *filter)
{
    ctf_scratch *scratch;
    ctf_hits hits;
    CLAIM(ctf_scratch_new(filter, NULL, &scratch) == CTF_OK);
    CLAIM(ctf_match(scratch, t->message.data, t->message.length, &hits) == CTF_OK);
    for (size_t i = 0; i < t->n; i++)
        if (oracle_pattern_kind(t->subjects[i].oracle) == ORACLE_JSON)
            claim_values(t, scratch, i);
    ctf_scratch_free(scratch);
}

/* Where the caller may say that messages can be trusted, verdicts are the same. */
static void claim_trusted(const trial *t, const ctf_filter *filter)
{
    const ctf_scratch_options options = {.size = sizeof options, .flags = CTF_TRUSTED_JSON};
    ctf_scratch *scratch;
    ctf_hits hits;
    CLAIM(ctf_scratch_new(filter, &options, &scratch) == CTF_OK);
    CLAIM(ctf_match(scratch, t->message.data, t->message.length, &hits) == CTF_OK);
    if (oracle_is_plain(view(t->message)))
        for (size_t i = 0; i < t->n; i++)
            CLAIM(engine_hit(&hits, i) == t->subjects[i].expected);
    ctf_scratch_free(scratch);
}

static void claim_quiet(const ctf_filter *filter, ctf_text message)
{
    kit_meter meter = {0};
    ctf_allocator allocator = kit_metered(&meter);
    const ctf_scratch_options options = {.size = sizeof options, .allocator = &allocator};
    ctf_scratch *scratch;
    ctf_hits first, second;
    CLAIM(ctf_scratch_new(filter, &options, &scratch) == CTF_OK);
    CLAIM(ctf_match(scratch, message.data, message.length, &first) == CTF_OK);
    size_t n = first.n, requests = meter.requests;
    CLAIM(ctf_match(scratch, message.data, message.length, &second) == CTF_OK);
    CLAIM(second.n == n && meter.requests == requests);
    ctf_scratch_free(scratch);
    CLAIM(meter.live == 0);
}

/* The first allocation of a match fails: it says so, and the scratch goes on. */
static void claim_survives_no_memory(const ctf_filter *filter, ctf_text message, size_t hits)
{
    kit_meter meter = {0};
    ctf_allocator allocator = kit_metered(&meter);
    const ctf_scratch_options options = {.size = sizeof options, .allocator = &allocator};
    ctf_scratch *scratch;
    ctf_hits out;
    CLAIM(ctf_scratch_new(filter, &options, &scratch) == CTF_OK);
    for (size_t tries = 0;; tries++) {
        meter.fail_at = meter.requests + 1;
        ctf_status status = ctf_match(scratch, message.data, message.length, &out);
        CLAIM(status == (meter.requests < meter.fail_at ? CTF_OK : CTF_E_NOMEM));
        if (status == CTF_OK || tries == 20)
            break;
        meter.fail_at = 0;
        CLAIM(ctf_match(scratch, message.data, message.length, &out) == CTF_OK);
    }
    CLAIM(out.n == hits);
    ctf_scratch_free(scratch);
    CLAIM(meter.live == 0);
}

static void run(trial *t)
{
    engine e;
    ctf_error error;
    size_t hits = 0;
    CLAIM(engine_open(&e, t->patterns, t->n, &error) == CTF_OK);
    e.random = ctfi_hash(1, 0, (const unsigned char *)t->message.data, t->message.length);
    for (size_t i = 0; i < t->n; i++)
        hits += t->subjects[i].expected = oracle_pattern_match(t->subjects[i].oracle, view(t->message));
    bool plain = oracle_is_plain(view(t->message));
    for (size_t k = 0; k < e.n_paths; k++)
        if (plain || !e.paths[k].trusts)
            engine_run(&e, &e.paths[k], t->message, see, t);
    claim_unmatched(t, e.filter);
    claim_trusted(t, e.filter);
    claim_quiet(e.filter, t->message);
    claim_survives_no_memory(e.filter, t->message, hits);
    engine_close(&e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static trial t;
    kit_parts parts;
    kit_cut(data, size, &parts);
    t.n = 0;
    for (size_t i = 0; i + 1 < parts.n; i++) {
        bool selector = parts.part[i].length > 0 && parts.part[i].data[0] == '$';
        if (!selector)
            add_pattern(&t, parts.part[i]);
        else if (t.n > 0)
            add_selector(&t, parts.part[i]);
    }
    t.message = parts.part[parts.n - 1];
    if (t.n > 0)
        run(&t);
    for (size_t i = 0; i < t.n; i++)
        oracle_pattern_free(t.subjects[i].oracle);
    kit_free(&parts);
    return 0;
}
