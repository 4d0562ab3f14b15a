/* AlarmRule text to code (spec: metrics-alarms 8.1 to 8.4).
 *
 * Decisions ([open] in the specification): NOT binds tighter than AND, AND tighter than OR (D14); keywords
 * are upper case (D15); a blank may stand between a function and its bracket; AT_LEAST of 0, of more than
 * the list, or above 100 % is refused, and P % are met by count * 100 >= P * listed; an escape other than
 * \" in quotes keeps its backslash.
 *
 * Recursion goes one level a grouping bracket, of which the service allows CTF_RULE_MAX_ELEMENTS. */
#include <stdio.h>

#include "alarm/limits.h"
#include "alarm/rule.h"
#include "alarm/rule_lexer.h"
#include "base/error.h"
#include "base/job.h"
#include "base/utf8.h"
#include "metric/constraint.h"

#define MUST_BEGIN "'(', 'NOT', AT_LEAST, TRUE or FALSE, ALARM, OK, or INSUFFICIENT_DATA"

typedef struct parser {
    ctfi_job *job;
    ctfi_bytes text;
    ctfi_bytes own_name;
    const unsigned char *at, *end;
    ctfi_rule_token token; /* not taken yet */
    ctfi_rule_code *code;
    size_t n_code, code_capacity;
    ctfi_bytes *children;
    size_t n_children, children_capacity;
    uint32_t *listed;
    size_t n_listed, listed_capacity;
    uint32_t elements;
} parser;

static void advance(parser *p)
{
    p->token = ctfi_rule_lex(&p->at, p->end);
}

static ctfi_span span_of(const parser *p, const ctfi_rule_token *token)
{
    return (ctfi_span){(uint32_t)(token->text - (p->end - p->text.length)), (uint32_t)token->length};
}

/* The service counts characters. */
static size_t position_of(const parser *p, const ctfi_rule_token *token)
{
    return ctfi_utf8_count(p->end - p->text.length, span_of(p, token).offset);
}

/* Refuses the token at hand: `must` is what the service lists where that is known, else NULL. */
static _Noreturn void refuse(parser *p, const char *expected, const char *must)
{
    char after[256];
    const ctfi_rule_token *token = &p->token;
    snprintf(after, sizeof after, "' at char %zu%s%s]", position_of(p, token), must == NULL ? "" : ", must be: ",
             must == NULL ? "" : must);
    ctfi_said service = ctfi_quote("Error in AlarmRule [Unsupported token '", (ctfi_bytes){token->text, token->length}, after);
    if (token->type == CTFI_RULE_UNCLOSED)
        expected = "this quote is not closed";
    ctfi_job_refuse(p->job, CTF_ERROR_RULE, span_of(p, token), token->type == CTFI_RULE_END ? NULL : service.text,
                    "%s", expected);
}

static bool is_word(const parser *p, const char *word)
{
    return p->token.type == CTFI_RULE_WORD && p->token.length == strlen(word) &&
           memcmp(p->token.text, word, p->token.length) == 0;
}

static void take(parser *p, ctfi_rule_token_type type, const char *expected)
{
    if (p->token.type != type)
        refuse(p, expected, NULL);
    advance(p);
}

static void count_element(parser *p)
{
    if (++p->elements > CTF_RULE_MAX_ELEMENTS)
        ctfi_job_refuse(p->job, CTF_ERROR_LIMIT, span_of(p, &p->token), NULL,
                        "a rule has at most %u elements (alarms, constants and pairs of brackets)",
                        CTF_RULE_MAX_ELEMENTS);
}

static void emit(parser *p, ctfi_rule_code code)
{
    p->code = ctfi_job_grow(p->job, p->code, &p->code_capacity, p->n_code + 1, sizeof code);
    p->code[p->n_code++] = code;
}

/* The characters of a name: quotes and \" taken away. */
static ctfi_bytes name_of(parser *p)
{
    ctfi_bytes name = {p->token.text, p->token.length};
    if (p->token.type != CTFI_RULE_QUOTED)
        return name;
    unsigned char *plain = ctfi_job_alloc(p->job, name.length, 1);
    size_t n = 0;
    for (size_t i = 1; i + 1 < name.length; i++)
        if (name.data[i] != '\\' || name.data[i + 1] != '"' || i + 2 == name.length)
            plain[n++] = name.data[i];
    return (ctfi_bytes){plain, n};
}

static ctf_text as_text(ctfi_bytes bytes)
{
    return (ctf_text){(const char *)bytes.data, bytes.length};
}

/* The index of the child named by the token at hand, which is taken. */
static uint32_t read_child(parser *p)
{
    if (p->token.type != CTFI_RULE_WORD && p->token.type != CTFI_RULE_QUOTED)
        refuse(p, "expected the name or ARN of an alarm", NULL);
    ctfi_bytes name = name_of(p);
    if (name.length == 0)
        refuse(p, "the name of an alarm has at least one character", NULL);
    if (p->own_name.length != 0 && ctf_alarm_name_equal(as_text(name), as_text(p->own_name)))
        ctfi_job_refuse(p->job, CTF_ERROR_RULE, span_of(p, &p->token),
                        "A composite alarm cannot have a child relation with itself via its AlarmRule",
                        "the rule names its own alarm");
    count_element(p);
    uint32_t index = 0;
    while (index < p->n_children && !ctfi_bytes_equal(p->children[index], name))
        index++;
    if (index == CTF_RULE_MAX_CHILDREN)
        ctfi_job_refuse(p->job, CTF_ERROR_LIMIT, span_of(p, &p->token), NULL,
                        "a rule has at most %u different child alarms", CTF_RULE_MAX_CHILDREN);
    if (index == p->n_children) {
        p->children = ctfi_job_grow(p->job, p->children, &p->children_capacity, index + 1u, sizeof name);
        p->children[p->n_children++] = name;
    }
    advance(p);
    return index;
}

/* ALARM, OK or INSUFFICIENT_DATA; false leaves the token. */
static bool read_state(parser *p, ctf_state *state)
{
    static const struct {
        const char *word;
        ctf_state state;
    } states[] = {{"ALARM", CTF_STATE_ALARM}, {"OK", CTF_STATE_OK}, {"INSUFFICIENT_DATA", CTF_STATE_INSUFFICIENT_DATA}};
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (is_word(p, states[i].word)) {
            *state = states[i].state;
            advance(p);
            return true;
        }
    }
    return false;
}

/* INT or INT% of an AT_LEAST. */
static void read_need(parser *p, ctfi_rule_code *code)
{
    const ctfi_rule_token *token = &p->token;
    size_t digits = 0;
    for (; digits < token->length && ctfi_is_digit(token->text[digits]); digits++)
        code->need = code->need > CTF_RULE_MAX_CHARACTERS ? code->need : code->need * 10 + token->text[digits] - '0';
    code->percent = digits + 1 == token->length && token->text[digits] == '%';
    if (token->type != CTFI_RULE_WORD || digits == 0 || digits + code->percent != token->length)
        refuse(p, "expected how many, as 2 or 50%", NULL);
    if (code->need == 0 || (code->percent && code->need > 100))
        refuse(p, code->percent ? "the percentage lies between 1 and 100" : "at least 1 alarm is asked for", NULL);
}

/* name {, name} up to the closing bracket. */
static void read_list(parser *p, ctfi_rule_code *code)
{
    take(p, CTFI_RULE_OPEN, "expected '(' and the list of alarms");
    code->first = (uint32_t)p->n_listed;
    for (;;) {
        p->listed = ctfi_job_grow(p->job, p->listed, &p->listed_capacity, p->n_listed + 1, sizeof *p->listed);
        p->listed[p->n_listed++] = read_child(p);
        if (p->token.type != CTFI_RULE_COMMA)
            break;
        advance(p);
    }
    code->count = (uint32_t)p->n_listed - code->first;
    take(p, CTFI_RULE_CLOSE, "expected ',' or ')' in the list of alarms");
}

static void read_at_least(parser *p)
{
    ctfi_rule_code code = {.op = CTFI_RULE_AT_LEAST};
    take(p, CTFI_RULE_OPEN, "expected '(' behind AT_LEAST");
    ctfi_rule_token need = p->token;
    read_need(p, &code);
    advance(p);
    take(p, CTFI_RULE_COMMA, "expected ',' behind the count");
    code.negated = is_word(p, "NOT");
    if (code.negated)
        advance(p);
    if (!read_state(p, &code.state))
        refuse(p, "expected ALARM, OK or INSUFFICIENT_DATA", NULL);
    take(p, CTFI_RULE_COMMA, "expected ',' behind the state");
    read_list(p, &code);
    if (!code.percent && code.need > code.count) {
        p->token = need;
        refuse(p, "more alarms are asked for than the list has", NULL);
    }
    take(p, CTFI_RULE_CLOSE, "expected ')' at the end of AT_LEAST");
    emit(p, code);
}

static void read_function(parser *p, ctf_state state)
{
    take(p, CTFI_RULE_OPEN, "expected '(' and the name of an alarm");
    ctfi_rule_code code = {.op = CTFI_RULE_STATE, .state = state, .first = read_child(p)};
    take(p, CTFI_RULE_CLOSE, "expected ')' behind the name of the alarm (a name with blanks goes in quotes)");
    emit(p, code);
}

static void read_or(parser *p);

static void read_group(parser *p)
{
    count_element(p);
    advance(p);
    read_or(p);
    if (p->token.type != CTFI_RULE_CLOSE)
        refuse(p, "expected AND, OR or ')'", "')'");
    advance(p);
}

static void read_primary(parser *p)
{
    ctf_state state;
    if (p->token.type == CTFI_RULE_OPEN) {
        read_group(p);
    } else if (is_word(p, "TRUE") || is_word(p, "FALSE")) {
        count_element(p);
        emit(p, (ctfi_rule_code){.op = CTFI_RULE_CONSTANT, .need = is_word(p, "TRUE")});
        advance(p);
    } else if (is_word(p, "AT_LEAST")) {
        advance(p);
        read_at_least(p);
    } else if (read_state(p, &state)) {
        read_function(p, state);
    } else {
        refuse(p, "expected ALARM(...), OK(...), INSUFFICIENT_DATA(...), AT_LEAST(...), TRUE, FALSE, NOT or '('",
               p->token.type == CTFI_RULE_CLOSE ? NULL : MUST_BEGIN);
    }
}

static void read_not(parser *p)
{
    bool negated = false;
    for (; is_word(p, "NOT"); advance(p))
        negated = !negated;
    read_primary(p);
    if (negated)
        emit(p, (ctfi_rule_code){.op = CTFI_RULE_NOT});
}

static void read_and(parser *p)
{
    read_not(p);
    while (is_word(p, "AND")) {
        advance(p);
        read_not(p);
        emit(p, (ctfi_rule_code){.op = CTFI_RULE_AND});
    }
}

static void read_or(parser *p)
{
    read_and(p);
    while (is_word(p, "OR")) {
        advance(p);
        read_and(p);
        emit(p, (ctfi_rule_code){.op = CTFI_RULE_OR});
    }
}

/* What holds of the text as a whole. */
static void check_text(ctfi_job *job, ctfi_bytes text)
{
    const unsigned char *nul = text.length == 0 ? NULL : memchr(text.data, '\0', text.length);
    uint32_t last = text.length == 0 ? 0 : (uint32_t)(text.length - 1);
    if (ctfi_utf8_count(text.data, text.length) > CTF_RULE_MAX_CHARACTERS)
        ctfi_job_refuse(job, CTF_ERROR_LIMIT, (ctfi_span){0, (uint32_t)text.length}, NULL,
                        "a rule has at most %u characters", CTF_RULE_MAX_CHARACTERS);
    if (text.length == 0)
        ctfi_job_refuse(job, CTF_ERROR_RULE, (ctfi_span){0, 0}, CTFI_RULE_UNTRIMMED, "the rule is empty");
    if (ctfi_is_blank(text.data[0]) || ctfi_is_blank(text.data[last]))
        ctfi_job_refuse(job, CTF_ERROR_RULE, (ctfi_span){ctfi_is_blank(text.data[0]) ? 0 : last, 1}, CTFI_RULE_UNTRIMMED,
                        "blanks at the ends of the rule are not allowed: trim it");
    if (nul != NULL)
        ctfi_job_refuse(job, CTF_ERROR_RULE, (ctfi_span){(uint32_t)(nul - text.data), 1}, NULL,
                        "a NUL byte is no part of a rule");
}

typedef struct request {
    ctfi_bytes text;
    ctfi_bytes own_name;
    ctf_rule *rule;
} request;

static void compile(ctfi_job *job, void *context)
{
    request *wanted = context;
    check_text(job, wanted->text);
    unsigned char *copy = ctfi_job_zero(job, wanted->text.length + 1, 1);
    memcpy(copy, wanted->text.data, wanted->text.length);
    parser p = {.job = job, .text = wanted->text, .own_name = wanted->own_name, .at = copy};
    p.end = copy + wanted->text.length;
    advance(&p);
    read_or(&p);
    if (p.token.type != CTFI_RULE_END)
        refuse(&p, "expected AND, OR or the end of the rule", NULL);
    ctf_rule *rule = ctfi_job_zero(job, 1, sizeof *rule);
    *rule = (ctf_rule){.code = p.code,
                       .n_code = p.n_code,
                       .children = p.children,
                       .n_children = p.n_children,
                       .listed = p.listed};
    wanted->rule = rule;
}

ctf_status ctf_rule_compile(ctf_text rule, ctf_text own_name, const ctf_allocator *allocator, ctf_rule **out,
                            ctf_error *error)
{
    ctfi_job job;
    if (out != NULL)
        *out = NULL;
    if (out == NULL || (rule.data == NULL && rule.length != 0) || rule.length > UINT32_MAX / 2)
        return ctfi_error_set(error, CTF_E_ARGUMENT, CTF_ERROR_ARGUMENT, 0, 0, NULL, "no rule, or no place for it");
    request wanted = {{(const unsigned char *)rule.data, rule.length},
                      {(const unsigned char *)own_name.data, own_name.length},
                      NULL};
    ctf_status status = ctfi_job_run(&job, allocator, compile, &wanted);
    if (error != NULL)
        *error = job.error;
    if (status != CTF_OK) {
        ctfi_arena_free(&job.arena);
        return status;
    }
    wanted.rule->arena = job.arena;
    *out = wanted.rule;
    return CTF_OK;
}
