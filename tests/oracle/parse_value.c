/* What the structured kinds share: blanks, runs of characters, quoted texts, right-hand sides. */
#include "tree.h"

#include <string.h>

void oracle_skip_blanks(oracle_parser *parser)
{
    while (parser->at < parser->text.length && oracle_blank(parser->text.data[parser->at]))
        parser->at++;
}

static oracle_text rest(const oracle_parser *parser)
{
    return (oracle_text){parser->text.data + parser->at, parser->text.length - parser->at};
}

bool oracle_take(oracle_parser *parser, const char *word)
{
    size_t n = strlen(word);
    if (rest(parser).length < n || memcmp(rest(parser).data, word, n) != 0)
        return false;
    parser->at += n;
    return true;
}

oracle_text oracle_take_run(oracle_parser *parser, const char *others)
{
    size_t start = parser->at, n;
    unsigned point;
    while ((n = oracle_utf8(rest(parser).data, rest(parser).length, &point)) > 0) {
        bool other = n == 1 && point != 0 && strchr(others, (int)point) != NULL;
        if (!other && !oracle_letter(point) && !(n == 1 && oracle_digit((unsigned char)point)))
            break;
        parser->at += n;
    }
    return (oracle_text){parser->text.data + start, parser->at - start};
}

bool oracle_take_quoted(oracle_parser *parser, oracle_text *out)
{
    if (!oracle_take(parser, "\""))
        return false;
    unsigned char *text = oracle_alloc(parser->pool, rest(parser).length, 1);
    for (size_t n = 0; parser->at < parser->text.length;) {
        unsigned char c = parser->text.data[parser->at++];
        if (c == '"') {
            *out = (oracle_text){text, n};
            return true;
        }
        bool more = parser->at < parser->text.length;
        if (c == '\\' && more && (*rest(parser).data == '"' || *rest(parser).data == '\\'))
            c = parser->text.data[parser->at++];
        text[n++] = c;
    }
    return false;
}

static bool take_regex(oracle_parser *parser, oracle_literal *out)
{
    const unsigned char *start = rest(parser).data + 1;
    const unsigned char *end = memchr(start, '%', rest(parser).length - 1);
    if (end == NULL || ++parser->regexes > 2)
        return false;
    out->type = LITERAL_REGEX;
    out->text = (oracle_text){start, (size_t)(end - start)};
    out->regex = oracle_regex_parse(parser->pool, out->text);
    parser->at += out->text.length + 2;
    return out->regex != NULL;
}

static bool reserved(oracle_text word)
{
    return oracle_same_word(word, "NULL") || oracle_same_word(word, "IS") || oracle_same_word(word, "NOT") ||
           oracle_same_word(word, "EXISTS");
}

/* A bare number or a bare word, whichever is longer. */
static bool take_bare(oracle_parser *parser, oracle_literal *out)
{
    size_t start = parser->at, number = oracle_number_length(rest(parser));
    oracle_text word = {rest(parser).data, 0};
    if (!oracle_take(parser, "-"))
        word = oracle_take_run(parser, "_.*-");
    parser->at = start + (word.length > number ? word.length : number);
    out->type = word.length > number ? LITERAL_TEXT : LITERAL_NUMBER;
    out->text = (oracle_text){word.data, parser->at - start};
    if (out->type == LITERAL_TEXT)
        return !reserved(word);
    out->number = oracle_decimal_read(parser->pool, out->text);
    return number > 0 && oracle_exponent_fits(out->text);
}

bool oracle_take_literal(oracle_parser *parser, oracle_literal *out)
{
    *out = (oracle_literal){.type = LITERAL_TEXT};
    if (parser->at == parser->text.length)
        return false;
    if (*rest(parser).data == '"')
        return oracle_take_quoted(parser, &out->text);
    if (*rest(parser).data == '%')
        return take_regex(parser, out);
    return take_bare(parser, out);
}
