/* A strict reader of the HTML that we write: what it does not know is a failure.
 *
 * Every tag is of a known element, lower case, closed in order; attributes are known, quoted and there
 * once; `&` begins a known entity; no `<`, NUL, control character or broken UTF-8 stands in a text; ids are
 * unique and links within the page have their aim. Numbers of drawings are numbers. */
#ifndef TESTS_HTML_CHECK_H
#define TESTS_HTML_CHECK_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

typedef struct html_span {
    const char *data;
    size_t length;
} html_span;

typedef struct html_check {
    const char *at, *end;
    html_span open[64];
    size_t depth;
    html_span *ids, *aims;
    size_t n_ids, n_aims, room_ids, room_aims;
} html_check;

static void check_fail(const html_check *check, const char *what)
{
    size_t rest = (size_t)(check->end - check->at);
    print_message("%s at: %.*s\n", what, (int)(rest < 80 ? rest : 80), check->at);
    fail();
}

static bool span_is(html_span span, const char *word)
{
    return span.length == strlen(word) && memcmp(span.data, word, span.length) == 0;
}

static bool span_among(html_span span, const char *const *words)
{
    while (*words != NULL && !span_is(span, *words))
        words++;
    return *words != NULL;
}

static const char *const check_elements[] = {
    "html", "head",    "meta",    "title",  "style", "body",       "main", "header", "footer", "section", "h1",
    "h2",   "h3",      "p",       "a",      "span",  "bdi",        "ul",   "ol",     "li",     "dl",      "div",
    "dt",   "dd",      "code",    "pre",    "br",    "time",       "table", "thead", "tbody",  "caption", "tr",
    "th",   "td",      "details", "summary", "figure", "figcaption", "svg", "g",      "defs",   "pattern", "path",
    "rect", "text",    "desc",    NULL};
static const char *const check_attributes[] = {
    "lang", "charset", "http-equiv", "content", "name", "id", "class", "href", "tabindex", "role", "aria-label",
    "aria-labelledby", "aria-describedby", "aria-hidden", "focusable", "datetime", "scope", "title", "open", "viewBox",
    "preserveAspectRatio", "transform", "width", "height", "x", "y", "d", "text-anchor", "patternUnits", NULL};
static const char *const check_drawing[] = {"viewBox", "transform", "width", "height", "x", "y", "d", NULL};
static const char *const check_entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;", NULL};

static void check_entity(html_check *check)
{
    for (size_t i = 0; check_entities[i] != NULL; i++) {
        size_t n = strlen(check_entities[i]);
        if ((size_t)(check->end - check->at) >= n && memcmp(check->at, check_entities[i], n) == 0) {
            check->at += n;
            return;
        }
    }
    check_fail(check, "a bare &");
}

/* Passes over text up to `stop`. */
static void check_text(html_check *check, char stop)
{
    while (check->at < check->end && *check->at != stop) {
        uint32_t point;
        size_t n = ctfi_utf8_read((const unsigned char *)check->at, (size_t)(check->end - check->at), &point);
        if (n == 0 || (point < 0x20 && point != '\n' && point != '\t') || (point >= 0x7f && point < 0xa0))
            check_fail(check, "a byte that may not be there");
        if (point == '<')
            check_fail(check, "markup in a text");
        if ((point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069))
            check_fail(check, "a text that reorders");
        if (point == '&')
            check_entity(check);
        else
            check->at += n;
    }
}

static html_span check_name(html_check *check)
{
    const char *from = check->at;
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    while (check->at < check->end && *check->at != '\0' && strchr(letters, *check->at) != NULL)
        check->at++;
    return (html_span){from, (size_t)(check->at - from)};
}

static void check_keep(html_span **list, size_t *n, size_t *room, html_span span)
{
    if (*n == *room) {
        *room = *room * 2 + 64;
        *list = realloc(*list, *room * sizeof **list);
        assert_non_null(*list);
    }
    (*list)[(*n)++] = span;
}

static void check_numbers(html_check *check, html_span value)
{
    for (size_t i = 0; i < value.length; i++)
        if (strchr("0123456789.- MLHVhvlztranslate()", value.data[i]) == NULL)
            check_fail(check, "a coordinate that is no number");
    for (size_t i = 0; i + 2 < value.length; i++)
        if (memcmp(value.data + i, "nan", 3) == 0)
            check_fail(check, "a coordinate that is no number");
}

static void check_value(html_check *check, html_span name, html_span value)
{
    if (span_is(name, "id"))
        check_keep(&check->ids, &check->n_ids, &check->room_ids, value);
    if (span_is(name, "href")) {
        if (value.length < 2 || value.data[0] != '#')
            check_fail(check, "a link that leaves the page");
        check_keep(&check->aims, &check->n_aims, &check->room_aims, (html_span){value.data + 1, value.length - 1});
    }
    if (span_among(name, check_drawing))
        check_numbers(check, value);
}

static void check_attribute(html_check *check)
{
    check->at++; /* the blank */
    html_span name = check_name(check);
    if (!span_among(name, check_attributes))
        check_fail(check, "an attribute that is not known");
    if (span_is(name, "open"))
        return;
    if (check->end - check->at < 2 || memcmp(check->at, "=\"", 2) != 0)
        check_fail(check, "an attribute without quotes");
    check->at += 2;
    html_span value = {check->at, 0};
    check_text(check, '"');
    value.length = (size_t)(check->at - value.data);
    check->at++;
    check_value(check, name, value);
}

static void check_close(html_check *check)
{
    check->at += 2;
    html_span name = check_name(check);
    if (check->depth == 0 || name.length != check->open[check->depth - 1].length ||
        memcmp(name.data, check->open[check->depth - 1].data, name.length) != 0)
        check_fail(check, "an end of what is not open");
    check->depth--;
    if (*check->at++ != '>')
        check_fail(check, "an end tag with more than a name");
}

static void check_style(html_check *check)
{
    const char *end = strstr(check->at, "</style>");
    if (end == NULL || memchr(check->at, '<', (size_t)(end - check->at)) != NULL)
        check_fail(check, "a style with markup");
    check->at = end;
}

static void check_open(html_check *check)
{
    check->at++;
    html_span name = check_name(check);
    if (!span_among(name, check_elements))
        check_fail(check, "an element that is not known");
    while (check->at < check->end && *check->at == ' ')
        check_attribute(check);
    bool empty = check->at < check->end && *check->at == '/';
    check->at += empty;
    if (check->at >= check->end || *check->at++ != '>')
        check_fail(check, "a tag without an end");
    if (empty || span_is(name, "meta") || span_is(name, "br"))
        return;
    assert_true(check->depth < sizeof check->open / sizeof check->open[0]);
    check->open[check->depth++] = name;
    if (span_is(name, "style"))
        check_style(check);
}

static int check_compare(const void *a, const void *b)
{
    const html_span *x = a, *y = b;
    size_t n = x->length < y->length ? x->length : y->length;
    int order = memcmp(x->data, y->data, n);
    return order != 0 ? order : (x->length > y->length) - (x->length < y->length);
}

static void check_links(html_check *check)
{
    qsort(check->ids, check->n_ids, sizeof *check->ids, check_compare);
    for (size_t i = 1; i < check->n_ids; i++)
        assert_int_not_equal(check_compare(&check->ids[i - 1], &check->ids[i]), 0);
    for (size_t i = 0; i < check->n_aims; i++)
        assert_non_null(bsearch(&check->aims[i], check->ids, check->n_ids, sizeof *check->ids, check_compare));
}

/* The page is NUL-terminated behind its length. */
static void html_check_page(const char *page, size_t length)
{
    static const char begin[] = "<!DOCTYPE html>\n";
    html_check check = {.at = page + sizeof begin - 1, .end = page + length};
    assert_true(length > sizeof begin && memcmp(page, begin, sizeof begin - 1) == 0);
    while (check.at < check.end) {
        if (*check.at != '<')
            check_text(&check, '<');
        else if (check.end - check.at > 1 && check.at[1] == '/')
            check_close(&check);
        else
            check_open(&check);
    }
    assert_int_equal(check.depth, 0);
    check_links(&check);
    free(check.ids);
    free(check.aims);
}

#endif
