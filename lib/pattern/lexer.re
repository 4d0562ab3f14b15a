/* The term lexer and the structured lexer (spec: filter-patterns 1, 3, 4, 5.1, 6).
 *
 * Every read is bounded by re2c's end-of-input rule: the byte at `limit` is NUL, and a NUL is the end
 * only there. Bytes from 0x80 count as letters in the rules; ctfi_lexer_foreign
 * then asks whether they are. */
#include "pattern/lexer.h"

#include "base/utf8.h"

ctfi_lexer ctfi_lexer_open(ctfi_job *job, ctfi_bytes text, size_t from, size_t to)
{
    unsigned char *copy = ctfi_job_alloc(job, to + 1, 1);
    if (to != 0)
        memcpy(copy, text.data, to);
    copy[to] = '\0';
    return (ctfi_lexer){job, copy, copy + from, copy + to, false};
}

/* The token from `from` to `to`; its text is what stands there but for `trim` bytes at either end. */
static ctfi_token make(ctfi_lexer *lexer, ctfi_token_type type, const unsigned char *from,
                       const unsigned char *to, size_t trim)
{
    lexer->cursor = to;
    return (ctfi_token){.type = type,
                        .span = ctfi_lexer_span(lexer, from, to),
                        .text = {from + trim, (size_t)(to - from) - 2 * trim}};
}

static ctfi_token bad(ctfi_lexer *lexer, ctfi_flaw flaw, const unsigned char *from, const unsigned char *to)
{
    ctfi_token token = make(lexer, CTFI_TOKEN_BAD, from, to, 0);
    token.flaw = flaw;
    return token;
}

static ctfi_token compare(ctfi_lexer *lexer, ctfi_operator op, const unsigned char *from,
                          const unsigned char *to)
{
    ctfi_token token = make(lexer, CTFI_TOKEN_COMPARE, from, to, 0);
    token.op = op;
    return token;
}

const unsigned char *ctfi_lexer_past(const ctfi_lexer *lexer, const unsigned char *p)
{
    uint32_t point;
    if (p == lexer->limit)
        return p;
    size_t n = ctfi_utf8_read(p, (size_t)(lexer->limit - p), &point);
    return p + (n == 0 ? 1 : n);
}

const unsigned char *ctfi_lexer_foreign(const unsigned char *from, const unsigned char *to)
{
    const unsigned char *p = from;
    while (p < to) {
        uint32_t point = *p;
        size_t n = point < 0x80 ? 1 : ctfi_utf8_read(p, (size_t)(to - p), &point);
        if (n == 0 || (point >= 0x80 && !ctfi_utf8_is_letter(point)))
            break;
        p += n;
    }
    return p;
}

static bool is_name_byte(unsigned char c)
{
    return c >= 0x80 || ctfi_is_digit(c) || c == '_' || c == '-' || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

bool ctfi_lexer_is_name(ctfi_bytes text)
{
    size_t n = 0;
    while (n < text.length && is_name_byte(text.data[n]))
        n++;
    return n != 0 && n == text.length && ctfi_lexer_foreign(text.data, text.data + n) == text.data + n;
}

/* A word, or the first of its characters that may not stand in one. */
static ctfi_token word(ctfi_lexer *lexer, const unsigned char *from, const unsigned char *to)
{
    const unsigned char *foreign = ctfi_lexer_foreign(from, to);
    if (foreign != to)
        return bad(lexer, CTFI_FLAW_CHARACTER, foreign, ctfi_lexer_past(lexer, foreign));
    return make(lexer, CTFI_TOKEN_WORD, from, to, 0);
}

/* Takes the backslash off \" and \\ ; before anything else it stays (spec 3). */
static ctfi_bytes unescape(ctfi_lexer *lexer, ctfi_bytes text)
{
    if (memchr(text.data, '\\', text.length) == NULL)
        return text;
    unsigned char *out = ctfi_job_alloc(lexer->job, text.length, 1);
    size_t n = 0;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char next = i + 1 < text.length ? text.data[i + 1] : 0;
        if (text.data[i] == '\\' && (next == '"' || next == '\\'))
            i++;
        out[n++] = text.data[i];
    }
    return (ctfi_bytes){out, n};
}

static ctfi_token quoted(ctfi_lexer *lexer, const unsigned char *from, const unsigned char *to)
{
    ctfi_token token = make(lexer, CTFI_TOKEN_QUOTED, from, to, 1);
    token.text = unescape(lexer, token.text);
    return token;
}

/*!re2c
    re2c:define:YYCTYPE = "unsigned char";
    re2c:define:YYCURSOR = cursor;
    re2c:define:YYMARKER = marker;
    re2c:define:YYLIMIT = limit;
    re2c:yyfill:enable = 0;
    re2c:eof = 0;

    blank     = [ \t\r\n];
    digit     = [0-9];
    letter    = [A-Za-z\x80-\xff];
    open      = ["] ([^"\\] | [\\] [^])*;
    termchar  = letter | digit | [_.];
    wordchar  = termchar | [*\-];
    number    = [+\-]? digit+ ("." digit+)? ([eE] [+\-]? digit+)?;
    regexchar = letter | digit | blank | [:_#=@/;,\-^$?\x5b\x5d{}|\\*+.];
*/

ctfi_token ctfi_lexer_term(ctfi_lexer *lexer)
{
    const unsigned char *cursor = lexer->cursor;
    const unsigned char *limit = lexer->limit;
    const unsigned char *marker = cursor;
    while (cursor < limit && ctfi_is_blank(*cursor))
        cursor++;
    const unsigned char *start = cursor;
    /*!re2c
        $           { return make(lexer, CTFI_TOKEN_END, start, start, 0); }
        termchar+   { return word(lexer, start, cursor); }
        "-"         { return make(lexer, CTFI_TOKEN_EXCLUDE, start, cursor, 0); }
        "?"         { return make(lexer, CTFI_TOKEN_OPTION, start, cursor, 0); }
        ["]["]      { return bad(lexer, CTFI_FLAW_EMPTY_QUOTES, start, cursor); }
        open ["]    { return quoted(lexer, start, cursor); }
        ["]         { return bad(lexer, CTFI_FLAW_QUOTE, start, limit); }
        *           { return bad(lexer, CTFI_FLAW_CHARACTER, start, ctfi_lexer_past(lexer, start)); }
    */
}

/* A regex whose characters are all allowed, or why it is none; `to` is behind the last allowed one. */
static ctfi_token regex(ctfi_lexer *lexer, const unsigned char *from, const unsigned char *to)
{
    for (const unsigned char *p = from + 1; p < to; p++) {
        if (*p >= 0x80)
            return bad(lexer, CTFI_FLAW_REGEX_CHARACTER, from, ctfi_lexer_past(lexer, p));
    }
    if (to == lexer->limit)
        return bad(lexer, CTFI_FLAW_REGEX_OPEN, from, to);
    if (*to != '%')
        return bad(lexer, CTFI_FLAW_REGEX_CHARACTER, from, ctfi_lexer_past(lexer, to));
    if (to == from + 1)
        return bad(lexer, CTFI_FLAW_REGEX_EMPTY, from, to + 1);
    return make(lexer, CTFI_TOKEN_REGEX, from, to + 1, 1);
}

/* A $: in JSON the start of a selector. */
static ctfi_token dollar(ctfi_lexer *lexer, const unsigned char *from, bool selectors)
{
    if (!selectors)
        return bad(lexer, CTFI_FLAW_CHARACTER, from, from + 1);
    lexer->cursor = from;
    const ctfi_selector *selector = ctfi_lexer_selector(lexer);
    ctfi_token token = make(lexer, CTFI_TOKEN_SELECTOR, from, lexer->cursor, 0);
    token.selector = selector;
    return token;
}

ctfi_token ctfi_lexer_structured(ctfi_lexer *lexer, bool selectors)
{
    const unsigned char *cursor = lexer->cursor;
    const unsigned char *limit = lexer->limit;
    const unsigned char *marker = cursor;
    while (cursor < limit && ctfi_is_blank(*cursor))
        cursor++;
    const unsigned char *start = cursor;
    /*!re2c
        $                    { return make(lexer, CTFI_TOKEN_END, start, start, 0); }
        number               { return make(lexer, CTFI_TOKEN_NUMBER, start, cursor, 0); }
        (wordchar \ [\-]) wordchar*
                             { return word(lexer, start, cursor); }
        [+\-] wordchar* | number wordchar+
                             { return bad(lexer, CTFI_FLAW_SIGN, start, cursor); }
        open ["]             { return quoted(lexer, start, cursor); }
        ["]                  { return bad(lexer, CTFI_FLAW_QUOTE, start, limit); }
        "%" regexchar*       { return regex(lexer, start, cursor); }
        "$"                  { return dollar(lexer, start, selectors); }
        "="                  { return compare(lexer, CTFI_EQ, start, cursor); }
        "!="                 { return compare(lexer, CTFI_NE, start, cursor); }
        "<"                  { return compare(lexer, CTFI_LT, start, cursor); }
        "<="                 { return compare(lexer, CTFI_LE, start, cursor); }
        ">"                  { return compare(lexer, CTFI_GT, start, cursor); }
        ">="                 { return compare(lexer, CTFI_GE, start, cursor); }
        [=!<>~]{2,}          { return bad(lexer, CTFI_FLAW_OPERATOR, start, cursor); }
        "&&"                 { return make(lexer, CTFI_TOKEN_AND, start, cursor, 0); }
        "||"                 { return make(lexer, CTFI_TOKEN_OR, start, cursor, 0); }
        "("                  { return make(lexer, CTFI_TOKEN_OPEN, start, cursor, 0); }
        ")"                  { return make(lexer, CTFI_TOKEN_CLOSE, start, cursor, 0); }
        ","                  { return make(lexer, CTFI_TOKEN_COMMA, start, cursor, 0); }
        *                    { return bad(lexer, CTFI_FLAW_CHARACTER, start, ctfi_lexer_past(lexer, start)); }
    */
}
