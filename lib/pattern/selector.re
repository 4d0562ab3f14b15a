/* The selector, one lexeme of steps without blanks (spec: filter-patterns 5.1).
 *
 *   $.name  $.*  $.['any key']  then  .name  .*  .['any key']  [3]  [*]
 *
 * What begins a step and is none is refused here, with the form that would do. Reading is bounded as in
 * lexer.re. */
#include "pattern/lexer.h"

#include "pattern/refuse.h"

typedef struct steps {
    ctfi_step *list;
    size_t capacity;
    uint32_t n;
    uint32_t wildcards;
} steps;

static ctfi_step *add_step(ctfi_lexer *lexer, steps *all, ctfi_step_type type, const unsigned char *from,
                           const unsigned char *to)
{
    all->list = ctfi_job_grow(lexer->job, all->list, &all->capacity, all->n + 1u, sizeof *all->list);
    ctfi_step *step = &all->list[all->n++];
    *step = (ctfi_step){.type = type, .span = ctfi_lexer_span(lexer, from, to)};
    lexer->cursor = to;
    return step;
}

static void add_any(ctfi_lexer *lexer, steps *all, const unsigned char *from, const unsigned char *to)
{
    add_step(lexer, all, CTFI_STEP_ANY, from, to);
    if (++all->wildcards > 1)
        ctfi_refuse(lexer, CTF_ERROR_LIMIT, ctfi_lexer_span(lexer, from, to),
                    "Your filter pattern has a JSON path selector that exceeds the maximum of 1 wildcard "
                    "allowed per json selector.",
                    "a selector may have one wildcard, and this is its second");
}

static void add_index(ctfi_lexer *lexer, steps *all, const unsigned char *from, const unsigned char *to)
{
    ctfi_step *step = add_step(lexer, all, CTFI_STEP_INDEX, from, to);
    uint64_t index = 0;
    for (const unsigned char *p = from + 1; p < to - 1 && index < UINT32_MAX; p++)
        index = index * 10 + (*p - '0');
    step->index = index < UINT32_MAX ? (uint32_t)index : UINT32_MAX;
}

/* The bytes from..to and the code point at `to`, if there is one. */
static ctfi_span with_next(const ctfi_lexer *lexer, const unsigned char *from, const unsigned char *to)
{
    return ctfi_lexer_span(lexer, from, ctfi_lexer_past(lexer, to));
}

/* The character at `at` may not stand in a dotted name. */
static _Noreturn void refuse_name(const ctfi_lexer *lexer, const unsigned char *from, const unsigned char *at)
{
    ctfi_shown shown = ctfi_shown_lexeme(ctfi_lexer_bytes(lexer, with_next(lexer, at, at)));
    ctfi_refuse_term(lexer, with_next(lexer, from, at),
                     "'%s' may not stand in a dotted name: write the key as .['...']", shown.text);
}

/* A dotted name: the characters from 0x80 on must be letters. */
static void add_name(ctfi_lexer *lexer, steps *all, const unsigned char *from, const unsigned char *to)
{
    const unsigned char *foreign = ctfi_lexer_foreign(from + 1, to);
    if (foreign != to)
        refuse_name(lexer, foreign, foreign);
    add_step(lexer, all, CTFI_STEP_KEY, from, to)->key = (ctfi_bytes){from + 1, (size_t)(to - from) - 1};
}

/* A step in .['...'] that does not get to its end; `at` is where reading stopped, no quote between. */
static _Noreturn void refuse_key(const ctfi_lexer *lexer, const unsigned char *from, const unsigned char *at)
{
    ctfi_span span = with_next(lexer, from, at);
    if (at == lexer->limit)
        ctfi_refuse_term(lexer, span, "this key is never closed with ']");
    if (at[-1] == '\'')
        ctfi_refuse_term(lexer, span, "the key between the quotes is empty");
    ctfi_refuse_term(lexer, span,
                     "expected ] behind the key's closing quote (a key cannot hold a single quote)");
}

/* What begins like an index; `at` is where reading stopped. */
static _Noreturn void refuse_index(const ctfi_lexer *lexer, const unsigned char *from, const unsigned char *at)
{
    ctfi_span span = with_next(lexer, from, at);
    unsigned char c = *at; /* the NUL at the limit at worst */
    if (c == '\'' || c == '"')
        ctfi_refuse_term(lexer, span,
                         "a key in brackets is written with a dot before and in single quotes: .['key']");
    if (c == '-')
        ctfi_refuse_term(lexer, span, "an index counts from 0 at the front; there are no negative ones");
    if (at == lexer->limit)
        ctfi_refuse_term(lexer, span, "this index is never closed with ]");
    ctfi_refuse_term(lexer, span,
                     "expected an index: [ digits ] or [*], without blanks; a key is .name or .['key']");
}

/* A dot behind which no step stands; `at` is behind the dot. */
static _Noreturn void refuse_dot(const ctfi_lexer *lexer, const unsigned char *from, const unsigned char *at)
{
    ctfi_span span = with_next(lexer, from, at);
    if (*at == '"')
        ctfi_refuse_term(lexer, span, "a quoted key is written .['key'], in brackets and single quotes");
    if (*at == '.')
        ctfi_refuse_term(lexer, span, "two dots: every level is named, there is no search through all levels");
    if (*at == '[' && at + 1 < lexer->limit && (at[1] == '*' || ctfi_is_digit(at[1])))
        ctfi_refuse_term(lexer, span, "no dot before an index: write $.list[0] or $.list[*]");
    if (*at == '[')
        ctfi_refuse_term(lexer, with_next(lexer, from, at + (at + 1 < lexer->limit)),
                         "expected a key in single quotes: .['key']");
    if (at == lexer->limit || ctfi_is_blank(*at) || *at == '=' || *at == '!' || *at == '<' || *at == '>')
        ctfi_refuse_term(lexer, span, "the selector ends with a dot: a name is missing");
    refuse_name(lexer, from, at);
}

/* A $ without a dot behind it. */
static _Noreturn void refuse_start(const ctfi_lexer *lexer, const unsigned char *from)
{
    const unsigned char *at = from + 1;
    ctfi_span span = with_next(lexer, from, at);
    if (*at == '[' && at + 1 < lexer->limit && (at[1] == '\'' || at[1] == '"'))
        ctfi_refuse_term(lexer, span,
                         "a key in brackets is written with a dot before and in single quotes: $.['key']");
    if (*at == '[')
        ctfi_refuse_term(lexer, span, "the event is an object and has no elements: write $.name or $.*");
    if (at == lexer->limit || ctfi_is_blank(*at))
        ctfi_refuse_term(lexer, span, "$ alone selects nothing: write $.name");
    ctfi_refuse_term(lexer, span, "a selector begins with $. and a name: $.name");
}

/*!re2c
    re2c:define:YYCTYPE = "unsigned char";
    re2c:define:YYCURSOR = cursor;
    re2c:define:YYMARKER = marker;
    re2c:define:YYLIMIT = limit;
    re2c:yyfill:enable = 0;
    re2c:eof = 0;

    name = [A-Za-z0-9_\-\x80-\xff]+;
*/

/* Reads one step; false where the selector ends. The service has no lexeme $ alone: to it a flaw in the
 * first step begins there. */
static bool step(ctfi_lexer *lexer, steps *all)
{
    const unsigned char *start = lexer->cursor;
    const unsigned char *lexeme = all->n == 0 ? start - 1 : start;
    const unsigned char *cursor = start;
    const unsigned char *limit = lexer->limit;
    const unsigned char *marker = cursor;
    /*!re2c
        $                    { return false; }
        *                    { return false; }
        "." name             { add_name(lexer, all, start, cursor); return true; }
        ".*" | "[*]"         { add_any(lexer, all, start, cursor); return true; }
        "[" [0-9]+ "]"       { add_index(lexer, all, start, cursor); return true; }
        ".['" [^']+ "']"     { add_step(lexer, all, CTFI_STEP_KEY, start, cursor)->key =
                                   (ctfi_bytes){start + 3, (size_t)(cursor - start) - 5};
                               return true; }
        "."                  { refuse_dot(lexer, lexeme, cursor); }
        ".['" [^']*          { refuse_key(lexer, lexeme, cursor); }
        "[" [0-9]*           { refuse_index(lexer, start, cursor); }
    */
}

static uint32_t find_wildcard(const steps *all)
{
    uint32_t at = 0;
    while (at < all->n && all->list[at].type != CTFI_STEP_ANY)
        at++;
    return at;
}

const ctfi_selector *ctfi_lexer_selector(ctfi_lexer *lexer)
{
    const unsigned char *start = lexer->cursor;
    if (lexer->limit - start < 2 || start[1] != '.')
        refuse_start(lexer, start);
    lexer->cursor = start + 1;
    steps all = {0};
    while (step(lexer, &all))
        continue;
    ctfi_selector *selector = ctfi_job_alloc(lexer->job, 1, sizeof *selector);
    *selector = (ctfi_selector){.span = ctfi_lexer_span(lexer, start, lexer->cursor),
                                .steps = all.list,
                                .n_steps = all.n,
                                .wildcard = find_wildcard(&all)};
    return selector;
}
