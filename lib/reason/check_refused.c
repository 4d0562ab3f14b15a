/* Refused patterns: the parser's words, and what to write where the place shows what was meant. Mending is local; what
 * comes out is parsed again. */
#include "reason/check.h"

#include "base/utf8.h"
#include "reason/hint.h"
#include "reason/place.h"

/* A refusal being looked at. */
typedef struct refusal {
    ctfi_checking *c;
    ctf_finding *finding;
    ctfi_bytes text; /* the pattern */
    size_t at;       /* where it is refused */
    size_t length;
    bool structured; /* in braces or brackets */
} refusal;

static void propose(const refusal *r, size_t from, size_t to, ctfi_bytes instead, bool sure)
{
    ctfi_check_propose_over(r->finding, (ctfi_span){(uint32_t)from, (uint32_t)(to - from)}, instead, sure);
}

static bool starts(const refusal *r, size_t at, const char *word)
{
    size_t n = strlen(word);
    return at + n <= r->text.length && memcmp(r->text.data + at, word, n) == 0;
}

static size_t skip_blanks(const refusal *r, size_t at)
{
    while (at < r->text.length && ctfi_is_blank(r->text.data[at]))
        at++;
    return at;
}

/* Back over blanks: the place behind the last character that is none. */
static size_t back(const refusal *r, size_t at)
{
    while (at > 0 && ctfi_is_blank(r->text.data[at - 1]))
        at--;
    return at;
}

static bool is_one_of(unsigned char c, const char *set)
{
    return c != 0 && strchr(set, c) != NULL;
}

static bool is_letter(unsigned char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_name(unsigned char c)
{
    return is_letter(c) || ctfi_is_digit(c) || c == '_' || c == '-' || c == '.';
}

/* ---- quotes ---- */

/* Bytes of a quote of any kind at a place; 0 where there is none. */
static size_t quote_at(const refusal *r, size_t at)
{
    static const char *const smart[] = {"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E", "\xE2\x80\x98",
                                        "\xE2\x80\x99", "\xE2\x80\x9A", "\"", "'"};
    for (size_t i = 0; i < sizeof smart / sizeof *smart; i++)
        if (starts(r, at, smart[i]))
            return strlen(smart[i]);
    return 0;
}

/* Does a term begin here? */
static bool is_edge(const refusal *r, size_t at)
{
    return at == 0 || ctfi_is_blank(r->text.data[at - 1]) || is_one_of(r->text.data[at - 1], "-?");
}

/* Text in quotes that are none here, as far as the next quote. A straight one closes only what it opened. */
static bool mend_quotes(const refusal *r)
{
    size_t opener = quote_at(r, r->at), from = r->at + opener, to = from;
    bool straight = starts(r, r->at, "'");
    if (opener == 0 || starts(r, r->at, "\""))
        return false;
    while (to < r->text.length && (straight ? r->text.data[to] != '\'' : quote_at(r, to) == 0))
        to++;
    if (to >= r->text.length || to == from)
        return false;
    size_t end = to + quote_at(r, to);
    bool whole = r->structured || (is_edge(r, r->at) && (end == r->text.length || ctfi_is_blank(r->text.data[end])));
    if (whole)
        propose(r, r->at, end, ctfi_hint_quote(r->c->job, (ctfi_bytes){r->text.data + from, to - from}), true);
    else
        propose(r, 0, r->text.length, ctfi_hint_quote(r->c->job, r->text), false);
    return true;
}

/* ---- operators of other languages ---- */

typedef struct spelling {
    const char *theirs;
    const char *ours;
} spelling;

static bool mend_operator(const refusal *r)
{
    static const spelling spellings[] = {{"===", "="}, {"!==", "!="}, {"==", "="}, {"<>", "!="}, {"=>", ">="}, {"=<", "<="}};
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        if (starts(r, r->at, spellings[i].theirs) && r->structured) {
            propose(r, r->at, r->at + strlen(spellings[i].theirs), ctfi_bytes_of(spellings[i].ours), true);
            return true;
        }
    return false;
}

/* =~ "x", =~ /x/: a regular expression. */
static bool mend_regex_operator(const refusal *r)
{
    bool not = starts(r, r->at, "!~");
    if (!r->structured || (!not && !starts(r, r->at, "=~")))
        return false;
    size_t from = skip_blanks(r, r->at + 2);
    unsigned char quote = from < r->text.length ? r->text.data[from] : 0;
    const unsigned char *close = quote == '"' || quote == '/'
                                     ? memchr(r->text.data + from + 1, quote, r->text.length - from - 1)
                                     : NULL;
    if (close == NULL)
        return false;
    ctfi_say say = ctfi_say_begin(r->c->job);
    ctfi_say_words(&say, not ? "!= %" : "= %");
    ctfi_say_bytes(&say, (ctfi_bytes){r->text.data + from + 1, (size_t)(close - r->text.data) - from - 1});
    ctfi_say_words(&say, "%");
    propose(r, r->at, (size_t)(close - r->text.data) + 1, ctfi_said(&say), true);
    return true;
}

/* AND, OR, &, |. */
static bool mend_junction(const refusal *r)
{
    static const spelling words[] = {{"and", "&&"}, {"or", "||"}, {"&", "&&"}, {"|", "||"}};
    ctfi_bytes word = {r->text.data + r->at, r->length};
    for (size_t i = 0; i < sizeof words / sizeof *words && r->structured; i++)
        if (ctfi_place_same_letters(word, ctfi_bytes_of(words[i].theirs))) {
            propose(r, r->at, r->at + r->length, ctfi_bytes_of(words[i].ours), true);
            return true;
        }
    return false;
}

/* = null. */
static bool mend_null(const refusal *r)
{
    size_t before = back(r, r->at);
    ctfi_bytes word = {r->text.data + r->at, r->length};
    if (r->text.data[0] != '{' || !ctfi_place_same_letters(word, ctfi_bytes_of("null")) || before == 0 ||
        r->text.data[before - 1] != '=')
        return false;
    bool not = before > 1 && r->text.data[before - 2] == '!';
    if (not)
        propose(r, before - 2, r->at + r->length, ctfi_bytes_of("= *"), false);
    else
        propose(r, before - 1, r->at + r->length, ctfi_bytes_of("IS NULL"), true);
    return true;
}

/* $.a IN ("x", "y"). */
static bool mend_in(const refusal *r)
{
    ctfi_bytes word = {r->text.data + r->at, r->length};
    size_t name = back(r, r->at), from = name;
    if (!r->structured || !ctfi_place_same_letters(word, ctfi_bytes_of("in")))
        return false;
    while (from > 0 && (is_name(r->text.data[from - 1]) || is_one_of(r->text.data[from - 1], "$[]*'")))
        from--;
    size_t at = skip_blanks(r, r->at + r->length);
    if (at == r->text.length || from == name || (r->text.data[at] != '(' && r->text.data[at] != '['))
        return false;
    unsigned char close = r->text.data[at] == '(' ? ')' : ']';
    const ctfi_bytes subject = {r->text.data + from, name - from};
    ctfi_say say = ctfi_say_begin(r->c->job);
    ctfi_say_words(&say, "(");
    for (bool first = true;; first = false) {
        size_t start = skip_blanks(r, at + 1);
        size_t end = start;
        while (end < r->text.length && r->text.data[end] != ',' && r->text.data[end] != close)
            end++;
        size_t behind = back(r, end);
        if (end == r->text.length || behind <= start)
            return false;
        ctfi_say_words(&say, first ? "" : " || ");
        ctfi_say_bytes(&say, subject);
        ctfi_say_words(&say, " = ");
        ctfi_say_bytes(&say, (ctfi_bytes){r->text.data + start, behind - start});
        at = end;
        if (r->text.data[end] == close)
            break;
    }
    ctfi_say_words(&say, ")");
    propose(r, from, at + 1, ctfi_said(&say), true);
    return true;
}

/* ---- selectors, blanks, values ---- */

/* A word where a selector is due, with an operator behind it. */
static bool mend_selector(const refusal *r)
{
    size_t before = back(r, r->at), end = r->at;
    if (r->text.data[0] != '{' || before == 0 || !is_one_of(r->text.data[before - 1], "{(&|") || r->length == 0 ||
        !is_letter(r->text.data[r->at]))
        return false;
    while (end < r->text.length && is_name(r->text.data[end]))
        end++;
    size_t next = skip_blanks(r, end);
    bool operator = next < r->text.length && is_one_of(r->text.data[next], "=!<>");
    if (!operator && !starts(r, next, "IS ") && !starts(r, next, "NOT "))
        return false;
    propose(r, r->at, r->at, ctfi_bytes_of("$."), true);
    return true;
}

/* Blanks around the brackets of a kind. */
static bool mend_blanks(const refusal *r)
{
    size_t from = skip_blanks(r, 0), to = back(r, r->text.length);
    if (from >= to || (from == 0 && to == r->text.length) || !is_one_of(r->text.data[from], "{[%"))
        return false;
    unsigned char close = r->text.data[from] == '{' ? '}' : r->text.data[from] == '[' ? ']' : '%';
    if (r->text.data[to - 1] != close)
        return false;
    propose(r, 0, r->text.length, (ctfi_bytes){r->text.data + from, to - from}, true);
    return true;
}

/* Has the word nothing that was perhaps meant as more than text? */
static bool is_plain(ctfi_bytes word)
{
    for (size_t i = 0; i < word.length; i++)
        if (is_one_of(word.data[i], "*%[](){}|$\\"))
            return false;
    return true;
}

/* Text that goes in quotes, in a value or a term: from one blank or bracket to the next. */
static bool mend_value(const refusal *r)
{
    const char *ends = r->structured ? " \t\r\n()&|,}]\"" : " \t\r\n\"";
    size_t from = r->at, to = r->at;
    if (r->at >= r->text.length || !is_one_of(r->text.data[r->at], ":/@,=+#;."))
        return false;
    while (from > 0 && !is_one_of(r->text.data[from - 1], ends) && (!r->structured || r->text.data[from - 1] != '='))
        from--;
    size_t before = back(r, from);
    if (r->structured && (before == 0 || r->text.data[before - 1] != '='))
        return false;
    size_t close = r->structured ? r->text.length - 1 : r->text.length;
    while (to < close && !is_one_of(r->text.data[to], ends))
        to++;
    if ((to < r->text.length && r->text.data[to] == '"') || (from > 0 && r->text.data[from - 1] == '"'))
        return false;
    bool sign = !r->structured && (r->text.data[from] == '-' || r->text.data[from] == '?');
    if (from + sign >= to)
        return false;
    ctfi_bytes word = {r->text.data + from + sign, to - from - sign};
    propose(r, from + sign, to, ctfi_hint_quote(r->c->job, word), r->structured || is_plain(word));
    return true;
}

void ctfi_check_refused(ctfi_checking *c, const ctf_error *error)
{
    static bool (*const ways[])(const refusal *) = {mend_blanks,   mend_quotes, mend_regex_operator, mend_operator,
                                                    mend_junction, mend_null,   mend_in,             mend_selector,
                                                    mend_value};
    ctfi_say words = ctfi_say_begin(c->job), service = ctfi_say_begin(c->job);
    ctfi_say_words(&words, error->message);
    ctfi_say_words(&service, error->service);
    ctf_finding *finding = ctfi_check_add(c, CTFI_RULE_REFUSED, (ctfi_span){(uint32_t)error->offset, (uint32_t)error->length},
                                          ctfi_said(&words));
    finding->service = ctfi_text_of(ctfi_said(&service));
    refusal r = {c, finding, c->pattern, error->offset, error->length, false};
    if (c->pattern.length == 0 || !ctfi_utf8_valid(c->pattern.data, c->pattern.length))
        return;
    r.structured = c->pattern.data[0] == '{' || c->pattern.data[0] == '[';
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (ways[i](&r))
            return;
}
