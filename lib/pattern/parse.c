/* What kind of pattern it is, by its first and last character (spec: filter-patterns 1). */
#include "pattern/parse.h"

#include <stdio.h>

#include "base/utf8.h"
#include "pattern/decisions.h"
#include "pattern/parser.h"
#include "pattern/refuse.h"

/* Where the code point number n begins, or the end. */
static size_t find_character(ctfi_bytes text, size_t n)
{
    size_t at = 0;
    while (n-- > 0 && at < text.length) {
        uint32_t point;
        size_t length = ctfi_utf8_read(text.data + at, text.length - at, &point);
        at += length == 0 ? 1 : length;
    }
    return at;
}

/* The span from..end of a text of any length. */
static ctfi_span rest(ctfi_bytes text, size_t from)
{
    size_t length = text.length - from;
    return (ctfi_span){(uint32_t)from, length > UINT32_MAX ? UINT32_MAX : (uint32_t)length};
}

static void check_length(ctfi_job *job, ctfi_bytes text)
{
    size_t end = find_character(text, CTFI_MAX_CHARACTERS);
    if (end == text.length)
        return;
    char after[128];
    snprintf(after, sizeof after,
             "' at 'filterPattern' failed to satisfy constraint: Member must have length less than or equal to %u",
             CTFI_MAX_CHARACTERS);
    ctfi_said service = ctfi_quote("1 validation error detected: Value '", text, after);
    ctfi_job_refuse(job, CTF_ERROR_LIMIT, rest(text, end), service.text,
                    "the pattern has %zu characters, the limit is %u; split it into several patterns",
                    ctfi_utf8_count(text.data, text.length), CTFI_MAX_CHARACTERS);
}

static void check_encoding(ctfi_job *job, ctfi_bytes text)
{
    for (size_t at = 0; at < text.length;) {
        uint32_t point;
        size_t n = ctfi_utf8_read(text.data + at, text.length - at, &point);
        if (n == 0)
            ctfi_job_refuse(job, CTF_ERROR_LEXICAL, (ctfi_span){(uint32_t)at, 1}, NULL,
                            "this byte (0x%c%c) begins no UTF-8 character: save the pattern as UTF-8",
                            "0123456789ABCDEF"[text.data[at] >> 4], "0123456789ABCDEF"[text.data[at] & 15]);
        at += n;
    }
}

static bool is_empty(ctfi_bytes text)
{
    size_t i = 0;
    while (i < text.length && ctfi_is_blank(text.data[i]))
        i++;
    return i == text.length;
}

/* Behind the last `close` of the text, or 0 when only the first character is one. */
static size_t find_close(ctfi_bytes text, unsigned char close)
{
    size_t end = text.length;
    while (end > 1 && text.data[end - 1] != close)
        end--;
    return end > 1 ? end : 0;
}

/* The text starts with `open` and does not end with `close`. */
static _Noreturn void complain_unbalanced(ctfi_job *job, ctfi_bytes text, char open, char close)
{
    size_t end = find_close(text, (unsigned char)close);
    char service[96];
    snprintf(service, sizeof service,
             "If a filter pattern starts with '%c' it must end with '%c'", open, close);
    const ctf_error_kind kind = CTF_ERROR_UNBALANCED;
    if (end == 0)
        ctfi_job_refuse(job, kind, rest(text, text.length), service,
                        "the pattern starts with %c and must end with %c; to search for text that starts "
                        "with %c put it in double quotes", open, close, open);
    if (is_empty((ctfi_bytes){text.data + end, text.length - end}))
        ctfi_job_refuse(job, kind, rest(text, end), service, "delete the blanks behind the closing %c", close);
    if (open == '%')
        ctfi_job_refuse(job, kind, rest(text, end), service,
                        "nothing may follow the closing %%: no flags (for either case write [Ee][Rr][Rr]) "
                        "and no terms");
    ctfi_job_refuse(job, kind, rest(text, end), service,
                    "nothing may follow the closing %c; to search for text that starts with %c put it in "
                    "double quotes", close, open);
}

static void expect_close(ctfi_job *job, ctfi_bytes text, char close)
{
    if (text.length < 2 || text.data[text.length - 1] != (unsigned char)close)
        complain_unbalanced(job, text, (char)text.data[0], close);
}

static ctf_kind choose_kind(ctfi_job *job, ctfi_bytes text)
{
    if (is_empty(text))
        return CTF_KIND_ALL;
    switch (text.data[0]) {
    case '{':
        expect_close(job, text, '}');
        return CTF_KIND_JSON;
    case '[':
        expect_close(job, text, ']');
        return CTF_KIND_FIELDS;
    case '%':
        expect_close(job, text, '%');
        return CTF_KIND_REGEX;
    default:
        return CTF_KIND_TEXT;
    }
}

/* %regex%: the whole text is one regex token. */
void ctfi_parse_regex(ctfi_job *job, ctfi_tree *tree)
{
    ctfi_parser parser = {.job = job, .lexer = ctfi_lexer_open(job, tree->text, 0, tree->text.length)};
    ctfi_parser_next(&parser);
    const ctfi_span span = parser.token.span;
    if (span.length != tree->text.length) {
        const unsigned char *behind = parser.lexer.base + span.length;
        const unsigned char *end = ctfi_lexer_past(&parser.lexer, behind);
        ctfi_refuse_term(&parser.lexer, ctfi_lexer_span(&parser.lexer, behind, end),
                         "the regular expression ends at the second %%, and nothing may follow it; join "
                         "several with |");
    }
    ctfi_node *root = ctfi_job_zero(job, 1, sizeof *root);
    root->type = CTFI_TEST;
    root->span = span;
    root->test.op = CTFI_CONTAINS;
    ctfi_parser_regex(&parser, &root->test.literal);
    tree->root = root;
}

const ctfi_tree *ctfi_pattern_parse(ctfi_job *job, ctfi_bytes text)
{
    check_length(job, text);
    check_encoding(job, text);
    ctfi_tree *tree = ctfi_job_zero(job, 1, sizeof *tree);
    tree->text = text;
    tree->kind = choose_kind(job, text);
    switch (tree->kind) {
    case CTF_KIND_ALL:
        break;
    case CTF_KIND_TEXT:
        ctfi_parse_terms(job, tree);
        break;
    case CTF_KIND_REGEX:
        ctfi_parse_regex(job, tree);
        break;
    case CTF_KIND_FIELDS:
        ctfi_parse_fields(job, tree);
        break;
    case CTF_KIND_JSON:
        ctfi_parse_json(job, tree);
        break;
    }
    return tree;
}
