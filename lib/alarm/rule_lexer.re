#include "alarm/rule_lexer.h"

ctfi_rule_token ctfi_rule_lex(const unsigned char **at, const unsigned char *end)
{
    const unsigned char *cursor = *at, *marker = cursor, *start;
    ctfi_rule_token_type type;
    for (;;) {
        start = cursor;
        /*!re2c
        re2c:define:YYCTYPE = "unsigned char";
        re2c:define:YYCURSOR = cursor;
        re2c:define:YYMARKER = marker;
        re2c:yyfill:enable = 0;

        blank  = [ \t\r\n];
        inside = [^"\\\x00] | "\\" [^\x00];

        blank+                 { continue; }
        "("                    { type = CTFI_RULE_OPEN; break; }
        ")"                    { type = CTFI_RULE_CLOSE; break; }
        ","                    { type = CTFI_RULE_COMMA; break; }
        "\"" inside* "\""      { type = CTFI_RULE_QUOTED; break; }
        "\""                   { type = CTFI_RULE_UNCLOSED; cursor = end; break; }
        [^ \t\r\n(),"\x00]+    { type = CTFI_RULE_WORD; break; }
        *                      { type = CTFI_RULE_END; cursor = end; break; }
        */
    }
    *at = cursor;
    ctfi_rule_token token = {type, type == CTFI_RULE_END ? end : start, (size_t)(cursor - start)};
    if (type == CTFI_RULE_END)
        token.length = 0;
    return token;
}
