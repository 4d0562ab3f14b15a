/* Rules of composite alarms. Parts: the rule, and the alarm's own name where there is one.
 *
 * Claims. The library accepts what a plain reading of the grammar accepts (spec: metrics-alarms 8.1), the
 * service's limits aside. Its children are the alarms mentioned, each once, in order; its verdict is that of
 * reading the rule aloud with the children's states put in, for many states of up to all children. A refusal
 * points inside the rule. Any failing allocation gives CTF_E_NOMEM and leaves nothing behind. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "kit.h"

/* ---- reading a rule aloud --------------------------------------------------------------------------- */

typedef struct reading {
    const char *at, *end;
    ctf_text own_name;
    const ctf_rule *rule;    /* NULL: its children are not known, states are all OK */
    const ctf_state *states; /* of the rule's children */
    size_t mentioned;        /* children met so far */
    bool failed;
} reading;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void skip_blanks(reading *r)
{
    while (r->at < r->end && is_blank(*r->at))
        r->at++;
}

static void need(reading *r, bool holds)
{
    r->failed = r->failed || !holds;
}

static bool take_mark(reading *r, char mark)
{
    skip_blanks(r);
    bool there = r->at < r->end && *r->at == mark;
    r->at += there;
    return there;
}

/* The run of characters here that a bare word is made of. */
static ctf_text next_word(reading *r)
{
    skip_blanks(r);
    const char *p = r->at;
    while (p < r->end && !is_blank(*p) && *p != '\0' && strchr("(),\"", *p) == NULL)
        p++;
    return (ctf_text){r->at, (size_t)(p - r->at)};
}

static bool take_word(reading *r, const char *word)
{
    ctf_text there = next_word(r);
    bool same = kit_same(there, (ctf_text){word, strlen(word)});
    r->at += same ? there.length : 0;
    return same;
}

/* A name in quotes, into `name`. */
static size_t take_quoted(reading *r, char *name)
{
    size_t n = 0;
    for (r->at++; r->at < r->end && *r->at != '"'; r->at++) {
        bool escape = *r->at == '\\' && r->at + 1 < r->end;
        if (escape && r->at[1] != '"')
            name[n++] = '\\';
        r->at += escape;
        name[n++] = *r->at;
    }
    need(r, r->at < r->end);
    r->at += r->at < r->end;
    return n;
}

static ctf_state state_of(reading *r, ctf_text name)
{
    size_t i = 0, n = ctf_rule_count(r->rule);
    if (r->rule == NULL)
        return CTF_STATE_OK;
    while (i < n && !kit_same(ctf_rule_child(r->rule, i), name))
        i++;
    CLAIM(i < n && i <= r->mentioned);
    r->mentioned += i == r->mentioned;
    return r->states[i];
}

/* The state of the alarm that is named here. */
static ctf_state child(reading *r)
{
    skip_blanks(r);
    char *quoted = malloc((size_t)(r->end - r->at) + 1);
    ctf_text name = {quoted, 0};
    CLAIM(quoted != NULL);
    if (r->at < r->end && *r->at == '"') {
        name.length = take_quoted(r, quoted);
    } else {
        name = next_word(r);
        r->at += name.length;
    }
    need(r, name.length > 0);
    need(r, r->own_name.length == 0 || !ctf_alarm_name_equal(name, r->own_name));
    ctf_state state = r->failed ? CTF_STATE_OK : state_of(r, name);
    free(quoted);
    return state;
}

static bool take_state(reading *r, ctf_state *state)
{
    static const char *const words[] = {"INSUFFICIENT_DATA", "OK", "ALARM"};
    for (int i = 0; i < 3; i++) {
        *state = (ctf_state)i;
        if (take_word(r, words[i]))
            return true;
    }
    return false;
}

static bool at_least(reading *r)
{
    need(r, take_mark(r, '('));
    ctf_text count = next_word(r);
    size_t digits = 0;
    double wanted = 0, listed = 0, holding = 0;
    for (; digits < count.length && count.data[digits] >= '0' && count.data[digits] <= '9'; digits++)
        wanted = wanted * 10 + (count.data[digits] - '0');
    bool percent = digits + 1 == count.length && count.data[digits] == '%';
    need(r, digits > 0 && digits + percent == count.length && wanted >= 1);
    r->at += count.length;
    need(r, take_mark(r, ','));
    bool negated = take_word(r, "NOT");
    ctf_state state;
    need(r, take_state(r, &state));
    need(r, take_mark(r, ','));
    need(r, take_mark(r, '('));
    do {
        holding += (child(r) == state) != negated;
        listed++;
    } while (!r->failed && take_mark(r, ','));
    need(r, take_mark(r, ')'));
    need(r, take_mark(r, ')'));
    need(r, percent ? wanted <= 100 : wanted <= listed);
    return percent ? holding * 100 >= wanted * listed : holding >= wanted;
}

static bool any_of(reading *r);

static bool primary(reading *r)
{
    ctf_state state;
    bool holds;
    if (r->failed)
        return false;
    if (take_mark(r, '(')) {
        holds = any_of(r);
        need(r, take_mark(r, ')'));
    } else if (take_word(r, "TRUE")) {
        holds = true;
    } else if (take_word(r, "FALSE")) {
        holds = false;
    } else if (take_word(r, "AT_LEAST")) {
        holds = at_least(r);
    } else {
        need(r, take_state(r, &state) && take_mark(r, '('));
        holds = !r->failed && child(r) == state;
        need(r, take_mark(r, ')'));
    }
    return holds;
}

static bool maybe_not(reading *r)
{
    return take_word(r, "NOT") ? !maybe_not(r) : primary(r);
}

static bool all_of(reading *r)
{
    bool holds = maybe_not(r);
    while (!r->failed && take_word(r, "AND"))
        holds &= maybe_not(r);
    return holds;
}

static bool any_of(reading *r)
{
    bool holds = all_of(r);
    while (!r->failed && take_word(r, "OR"))
        holds |= all_of(r);
    return holds;
}

/* Not empty, no NUL anywhere, no blank at its ends. */
static bool is_text(ctf_text text)
{
    return text.length > 0 && memchr(text.data, '\0', text.length) == NULL && !is_blank(text.data[0]) &&
           !is_blank(text.data[text.length - 1]);
}

/* ---- the library against it ------------------------------------------------------------------------- */

static reading read_aloud(ctf_text text, ctf_text own_name, const ctf_rule *rule, const ctf_state *states,
                          bool *holds)
{
    reading r = {.at = text.data, .end = text.data + text.length, .own_name = own_name, .rule = rule,
                 .states = states};
    need(&r, is_text(text));
    *holds = any_of(&r);
    skip_blanks(&r);
    need(&r, r.at == r.end);
    return r;
}

static void claim_verdicts(ctf_text text, ctf_text own_name, const ctf_rule *rule)
{
    ctf_state states[CTF_RULE_MAX_CHILDREN];
    bool holds;
    size_t n = ctf_rule_count(rule);
    uint64_t dice = ctfi_hash(3, 0, (const unsigned char *)text.data, text.length);
    CLAIM(n <= CTF_RULE_MAX_CHILDREN);
    for (unsigned round = 0; round < 27; round++) {
        uint64_t digits = round;
        for (size_t i = 0; i < n; i++, digits /= 3) {
            dice = dice * 6364136223846793005u + 1442695040888963407u;
            states[i] = (ctf_state)(i < 3 ? digits % 3 : (dice >> 33) % 3);
        }
        reading r = read_aloud(text, own_name, rule, states, &holds);
        CLAIM(!r.failed && r.mentioned == n);
        CLAIM(ctf_rule_evaluate(rule, states) == (holds ? CTF_STATE_ALARM : CTF_STATE_OK));
    }
}

static void claim_survives_no_memory(ctf_text text, ctf_text own_name, ctf_status usual)
{
    uint64_t choice = ctfi_hash(4, 0, (const unsigned char *)text.data, text.length);
    kit_meter meter = {.fail_at = 1 + (size_t)(choice >> 8) % 16, .for_good = choice % 2 == 0};
    ctf_allocator allocator = kit_metered(&meter);
    ctf_rule *rule;
    ctf_status status = ctf_rule_compile(text, own_name, &allocator, &rule, NULL);
    CLAIM(status == (meter.requests < meter.fail_at ? usual : CTF_E_NOMEM));
    ctf_rule_free(rule);
    CLAIM(meter.live == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kit_parts parts;
    kit_cut(data, size, &parts);
    ctf_text text = parts.part[0], own_name = parts.n > 1 ? parts.part[1] : (ctf_text){NULL, 0};
    bool holds;
    ctf_rule *rule;
    ctf_error error;
    bool good = !read_aloud(text, own_name, NULL, NULL, &holds).failed;
    ctf_status status = ctf_rule_compile(text, own_name, NULL, &rule, &error);
    CLAIM((status == CTF_OK) == (rule != NULL));
    CLAIM(good ? status == CTF_OK || status == CTF_E_LIMIT : status == CTF_E_PATTERN || status == CTF_E_LIMIT);
    if (status == CTF_OK)
        claim_verdicts(text, own_name, rule);
    else
        kit_claim_error(&error, status, text);
    claim_survives_no_memory(text, own_name, status);
    ctf_rule_free(rule);
    kit_free(&parts);
    return 0;
}
