#include "pattern/refuse.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"

/* Longer than what an error keeps, so that it is the error that cuts, at a code point. */
typedef struct message {
    char text[512];
} message;

static message written(const char *format, va_list arguments) __attribute__((format(printf, 1, 0)));
static message written(const char *format, va_list arguments)
{
    message m;
    vsnprintf(m.text, sizeof m.text, format, arguments);
    return m;
}

static _Noreturn void leave(const ctfi_lexer *lexer, ctf_error_kind kind, ctfi_span span, const char *service,
                            const message *m)
{
    if (lexer->reference)
        ctfi_job_refuse(lexer->job, CTF_ERROR_SELECTOR, span, NULL, "%s", m->text);
    ctfi_job_refuse(lexer->job, kind, span, service, "%s", m->text);
}

_Noreturn void ctfi_refuse_term(const ctfi_lexer *lexer, ctfi_span span, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    message m = written(format, arguments);
    va_end(arguments);
    ctfi_said service = ctfi_quote("Invalid character(s) in term '", ctfi_lexer_bytes(lexer, span), "'");
    leave(lexer, CTF_ERROR_LEXICAL, span, service.text, &m);
}

_Noreturn void ctfi_refuse_grammar(const ctfi_lexer *lexer, ctfi_span span, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    message m = written(format, arguments);
    va_end(arguments);
    leave(lexer, CTF_ERROR_GRAMMAR, span, "Invalid metric filter pattern", &m);
}

_Noreturn void ctfi_refuse(const ctfi_lexer *lexer, ctf_error_kind kind, ctfi_span span, const char *service,
                           const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    message m = written(format, arguments);
    va_end(arguments);
    leave(lexer, kind, span, service, &m);
}

static bool is_control(unsigned char c)
{
    return c < 0x20 || c == 0x7F;
}

ctfi_shown ctfi_shown_lexeme(ctfi_bytes lexeme)
{
    ctfi_shown shown;
    ctfi_show(lexeme, shown.text, sizeof shown.text);
    return shown;
}

#define STRAIGHT "write the straight quote \""
#define ORDINARY "type an ordinary blank"
#define DELETE "delete it"
#define MINUS "type an ordinary -, or put the text in double quotes"

static const ctfi_stumble stumbles[] = {
    {0x27, "a single quote", "text goes in double quotes"},
    {0x60, "a back-tick", "text goes in double quotes"},
    {0x5C, "a backslash", "it may stand in double quotes only; is it left over from a shell or a template?"},
    {0x00A0, "a no-break space (U+00A0)", ORDINARY},
    {0x00AB, "a typographic quote (U+00AB)", STRAIGHT},
    {0x00BB, "a typographic quote (U+00BB)", STRAIGHT},
    {0x200B, "a zero-width space (U+200B)", DELETE},
    {0x2010, "a typographic hyphen (U+2010)", MINUS},
    {0x2011, "a typographic hyphen (U+2011)", MINUS},
    {0x2013, "a typographic dash (U+2013)", MINUS},
    {0x2014, "a typographic dash (U+2014)", MINUS},
    {0x2018, "a typographic quote (U+2018)", STRAIGHT},
    {0x2019, "a typographic quote (U+2019)", STRAIGHT},
    {0x201C, "a typographic quote (U+201C)", STRAIGHT},
    {0x201D, "a typographic quote (U+201D)", STRAIGHT},
    {0x201E, "a typographic quote (U+201E)", STRAIGHT},
    {0x2026, "a typographic ellipsis (U+2026)", "type three dots"},
    {0x202F, "a narrow no-break space (U+202F)", ORDINARY},
    {0x2212, "a minus sign (U+2212)", MINUS},
    {0x3000, "a wide blank (U+3000)", ORDINARY},
    {0xFEFF, "a byte order mark (U+FEFF)", DELETE},
    {0xFF02, "a wide quote (U+FF02)", STRAIGHT},
};

const ctfi_stumble *ctfi_stumble_find(ctfi_bytes character)
{
    uint32_t point = 0;
    ctfi_utf8_read(character.data, character.length, &point);
    for (size_t i = 0; i < sizeof stumbles / sizeof *stumbles; i++) {
        if (stumbles[i].point == point)
            return &stumbles[i];
    }
    return NULL;
}

/* Refuses a character of the list, a control character, or returns. */
static void refuse_character(const ctfi_lexer *lexer, ctfi_span span)
{
    ctfi_bytes character = ctfi_lexer_bytes(lexer, span);
    const ctfi_stumble *stumble = ctfi_stumble_find(character);
    if (stumble != NULL)
        ctfi_refuse_term(lexer, span, "%s has no meaning here: %s", stumble->name, stumble->advice);
    if (is_control(character.data[0]))
        ctfi_refuse_term(lexer, span, "a control character (0x%c%c) may stand in double quotes only",
                         "01234567"[character.data[0] >> 4], "0123456789ABCDEF"[character.data[0] & 15]);
}

static _Noreturn void refuse_regex_character(const ctfi_lexer *lexer, ctfi_span span)
{
    const unsigned char *end = lexer->base + span.offset + span.length;
    const unsigned char *bad = end - 1;
    while ((*bad & 0xC0) == 0x80)
        bad--;
    ctfi_shown shown = ctfi_shown_lexeme((ctfi_bytes){bad, (size_t)(end - bad)});
    if (*bad == '(' || *bad == ')')
        ctfi_refuse_term(lexer, span,
                         "a regular expression here has no groups, and '%c' is refused even behind a "
                         "backslash: write \\x28 for ( and \\x29 for ), or spell out the alternatives with "
                         "|", *bad);
    if (*bad < 0x80 && !is_control(*bad))
        ctfi_refuse_term(lexer, span, "'%s' may not stand in a regular expression: write \\x%c%c instead",
                         shown.text, "01234567"[*bad >> 4], "0123456789ABCDEF"[*bad & 15]);
    ctfi_refuse_term(lexer, span,
                     "'%s' may not stand in a regular expression (only ASCII letters, digits, blanks and "
                     ": _ # = @ / ; , - ^ $ ? [ ] { } | \\ * + .); . stands for any one character", shown.text);
}

void ctfi_refuse_flaw(const ctfi_lexer *lexer, const ctfi_token *token)
{
    switch (token->flaw) {
    case CTFI_FLAW_CHARACTER:
        refuse_character(lexer, token->span);
        return;
    case CTFI_FLAW_QUOTE:
        ctfi_refuse_term(lexer, token->span,
                         "this double quote is never closed (inside, a quote is written \\\")");
    case CTFI_FLAW_REGEX_EMPTY:
        ctfi_refuse_term(lexer, token->span, "the regular expression between the percent signs is empty");
    case CTFI_FLAW_REGEX_OPEN:
        ctfi_refuse_term(lexer, token->span,
                         "this regular expression is never closed with %%; for a percent sign use double "
                         "quotes");
    case CTFI_FLAW_REGEX_CHARACTER:
        refuse_regex_character(lexer, token->span);
    case CTFI_FLAW_EMPTY_QUOTES:
    case CTFI_FLAW_SIGN:
    case CTFI_FLAW_OPERATOR:
        return;
    }
}
