/* The oracle's entry points: which kind a pattern is, and what its kind says of a message. */
#include "tree.h"

#include <stdlib.h>

#define MAX_CHARACTERS 1024

static bool only_blanks(oracle_text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!oracle_blank(text.data[i]))
            return false;
    return true;
}

/* Code points of valid UTF-8. */
static size_t characters(oracle_text text)
{
    size_t n = 0;
    for (size_t at = 0; at < text.length; n++) {
        unsigned point;
        at += oracle_utf8(text.data + at, text.length - at, &point);
    }
    return n;
}

static bool parse_regex(oracle_pattern *pattern, oracle_text text)
{
    if (text.length < 2)
        return false;
    pattern->regex = oracle_regex_parse(&pattern->pool, (oracle_text){text.data + 1, text.length - 2});
    return pattern->regex != NULL;
}

/* Section 1: the first character decides, the last must be its partner. A pattern is text: bytes that
 * are no UTF-8 could not be sent to the service. */
static bool parse(oracle_pattern *pattern, oracle_text text)
{
    if (!oracle_utf8_valid(text) || characters(text) > MAX_CHARACTERS)
        return false;
    if (only_blanks(text)) {
        pattern->kind = ORACLE_ALL;
        return true;
    }
    unsigned char first = text.data[0], last = text.data[text.length - 1];
    switch (first) {
    case '{':
        pattern->kind = ORACLE_JSON;
        return last == '}' && oracle_parse_json(pattern, text);
    case '[':
        pattern->kind = ORACLE_FIELDS;
        return last == ']' && oracle_parse_fields(pattern, text);
    case '%':
        pattern->kind = ORACLE_REGEX;
        return last == '%' && parse_regex(pattern, text);
    default:
        pattern->kind = ORACLE_TERMS;
        return oracle_parse_terms(pattern, text);
    }
}

oracle_pattern *oracle_pattern_new(oracle_text text)
{
    oracle_pool pool = {NULL};
    oracle_pattern *pattern = oracle_alloc(&pool, 1, sizeof *pattern);
    pattern->pool = pool;
    if (parse(pattern, text))
        return pattern;
    oracle_pattern_free(pattern);
    return NULL;
}

void oracle_pattern_free(oracle_pattern *pattern)
{
    if (pattern == NULL)
        return;
    oracle_pool pool = pattern->pool;
    oracle_pool_free(&pool);
}

oracle_kind oracle_pattern_kind(const oracle_pattern *pattern)
{
    return pattern->kind;
}

/* Optional terms count only where there are no others. */
static bool terms_hold(const oracle_pattern *pattern, oracle_text message)
{
    bool found_optional = false, others = false;
    for (size_t i = 0; i < pattern->n_terms; i++) {
        const oracle_term *term = &pattern->terms[i];
        bool found = oracle_contains(message, term->text);
        if (term->sign == '?')
            found_optional = found_optional || found;
        else if (found != (term->sign == '+'))
            return false;
        others = others || term->sign != '?';
    }
    return others || found_optional;
}

static bool event_holds(const oracle_pattern *pattern, oracle_text message)
{
    oracle_pool pool = {NULL};
    const oracle_json *event = oracle_json_read(&pool, message);
    bool yes = event != NULL && oracle_json_holds(pattern->root, event);
    oracle_pool_free(&pool);
    return yes;
}

bool oracle_pattern_match(const oracle_pattern *pattern, oracle_text message)
{
    switch (pattern->kind) {
    case ORACLE_TERMS:
        return terms_hold(pattern, message);
    case ORACLE_REGEX:
        return oracle_regex_search(pattern->regex, message);
    case ORACLE_FIELDS:
        return oracle_fields_hold(pattern, message);
    case ORACLE_JSON:
        return event_holds(pattern, message);
    default:
        return true;
    }
}

oracle_verdict oracle_match(oracle_text text, oracle_text message)
{
    oracle_pattern *pattern = oracle_pattern_new(text);
    if (pattern == NULL)
        return ORACLE_REFUSED;
    bool yes = oracle_pattern_match(pattern, message);
    oracle_pattern_free(pattern);
    return yes ? ORACLE_MATCH : ORACLE_NO_MATCH;
}

bool oracle_extract(oracle_text selector, oracle_text message, oracle_pool *pool, oracle_value *out)
{
    oracle_parser parser = {.pool = pool, .text = selector};
    oracle_selector steps;
    const oracle_json *event = oracle_json_read(pool, message);
    if (event == NULL || !oracle_take_selector(&parser, &steps))
        return false;
    if (parser.at < selector.length || steps.wildcards > 0)
        return false;
    const oracle_json *value = oracle_json_at(event, steps.steps, steps.n);
    *out = (oracle_value){.type = ORACLE_MISSING};
    if (value != NULL)
        *out = (oracle_value){value->type, value->text};
    return true;
}
