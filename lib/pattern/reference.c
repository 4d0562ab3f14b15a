/* A selector standing alone, whose value is wanted: $.a.b[0], $name, $3. */
#include "pattern/tree.h"

#include "base/utf8.h"
#include "pattern/decisions.h"
#include "pattern/lexer.h"
#include "pattern/refuse.h"

static _Noreturn void complain(const ctfi_lexer *lexer, const unsigned char *from, const char *what)
{
    ctfi_refuse(lexer, CTF_ERROR_SELECTOR, ctfi_lexer_span(lexer, from, lexer->limit), NULL, "%s", what);
}

static void read_json(ctfi_lexer *lexer, ctfi_reference *out)
{
    out->type = CTFI_REFERENCE_JSON;
    out->selector = ctfi_lexer_selector(lexer);
    if (lexer->cursor != lexer->limit)
        complain(lexer, lexer->cursor,
                 "expected the end of the selector; a key with other characters than letters, digits, _ "
                 "and - is written .['...']");
}

static void read_position(ctfi_lexer *lexer, const unsigned char *digits, ctfi_reference *out)
{
    uint64_t position = 0;
    const unsigned char *p = digits;
    for (; p < lexer->limit && ctfi_is_digit(*p); p++) {
        if (position < UINT32_MAX)
            position = position * 10 + (uint64_t)(*p - '0');
    }
    if (p != lexer->limit)
        complain(lexer, p, "a field's position is digits alone, as in $3; a name does not begin with a digit");
    if (position == 0)
        complain(lexer, digits, "positions count from 1");
    out->type = CTFI_REFERENCE_POSITION;
    out->position = position < UINT32_MAX ? (uint32_t)position : UINT32_MAX;
}

static void read_name(ctfi_lexer *lexer, const unsigned char *name, ctfi_reference *out)
{
    ctfi_bytes text = {name, (size_t)(lexer->limit - name)};
    if (*name == '-' || !ctfi_lexer_is_name(text))
        complain(lexer, name,
                 "expected $.field for a JSON pattern, or $name or $3 for a space-delimited one (a name is "
                 "letters, digits, _ and -, beginning with a letter or _)");
    out->type = CTFI_REFERENCE_NAME;
    out->name = text;
}

/* As for patterns: UTF-8, and no more than a pattern may have. */
static void check_text(ctfi_job *job, ctfi_bytes text)
{
    if (text.length > CTFI_MAX_CHARACTERS)
        ctfi_job_refuse(job, CTF_ERROR_SELECTOR, (ctfi_span){CTFI_MAX_CHARACTERS, 0}, NULL,
                        "a selector may have %u bytes", CTFI_MAX_CHARACTERS);
    if (!ctfi_utf8_valid(text.data, text.length))
        ctfi_job_refuse(job, CTF_ERROR_SELECTOR, (ctfi_span){0, (uint32_t)text.length}, NULL,
                        "the selector is not UTF-8");
}

const ctfi_reference *ctfi_reference_parse(ctfi_job *job, ctfi_bytes text)
{
    check_text(job, text);
    ctfi_lexer lexer = ctfi_lexer_open(job, text, 0, text.length);
    lexer.reference = true;
    ctfi_reference *reference = ctfi_job_zero(job, 1, sizeof *reference);
    const unsigned char *behind = lexer.base + 1;
    if (text.length == 0 || *lexer.base != '$')
        complain(&lexer, lexer.base, "a selector begins with $: $.field for a JSON pattern, $name or $3 for a "
                                     "space-delimited one");
    if (text.length == 1)
        complain(&lexer, lexer.base, "$ alone selects nothing: write $.field, $name or $3");
    if (*behind == '.')
        read_json(&lexer, reference);
    else if (ctfi_is_digit(*behind))
        read_position(&lexer, behind, reference);
    else
        read_name(&lexer, behind, reference);
    return reference;
}
