/* A message that one pattern matches and another does not. */
#include "reason/prove.h"

#include "reason/ask.h"
#include "reason/json.h"
#include "reason/say.h"

static const char too_many[] = "no answer was found within the bounds of the search";
static const char unlike[] = "the patterns are of different kinds, and every message that was tried matches both or neither";
static const char unconfirmed[] = "a message was found that the matcher judges otherwise";

static bool is_text(const ctfi_tree *tree)
{
    return tree->kind == CTF_KIND_TEXT || tree->kind == CTF_KIND_REGEX || tree->kind == CTF_KIND_ALL;
}

static bool same_shape(const ctfi_tree *a, const ctfi_tree *b)
{
    return a->n_fields == b->n_fields && a->ellipsis == b->ellipsis;
}

/* The world in which both patterns can be reasoned about together; false where there is none. */
static bool common_world(const ctfi_tree *a, const ctfi_tree *b, ctfi_world *out)
{
    *out = CTFI_WORLD_JSON;
    if (a->kind == CTF_KIND_JSON && b->kind == CTF_KIND_JSON)
        return true;
    *out = CTFI_WORLD_TEXT;
    if (is_text(a) && is_text(b))
        return true;
    *out = CTFI_WORLD_LINES;
    return a->kind == CTF_KIND_FIELDS && b->kind == CTF_KIND_FIELDS && same_shape(a, b);
}

static bool confirms(ctfi_job *job, const ctfi_subject *first, const ctfi_subject *second, ctfi_bytes message)
{
    const ctfi_bytes patterns[] = {first->text, second->text};
    const bool *answers = ctfi_ask(job, patterns, 2, message);
    return answers[0] && !answers[1];
}

/* An answer that claims a message needs the matcher's word for it. */
static ctfi_answer checked(ctfi_answer answer, bool confirmed, const char **why)
{
    *why = answer == CTFI_YES ? unconfirmed : too_many;
    return answer == CTFI_YES && !confirmed ? CTFI_UNDECIDED : answer;
}

/* ---- patterns of one kind ---- */

static ctfi_answer between_alike(ctfi_job *job, ctfi_world world, const ctfi_subject *first, const ctfi_subject *second,
                                 ctfi_bytes *message, const char **why)
{
    ctfi_traits traits = {.job = job};
    const ctfi_goal goals[] = {{ctfi_claim_of(&traits, first->tree), true}, {ctfi_claim_of(&traits, second->tree), false}};
    ctfi_answer answer = ctfi_search(&traits, world, goals, 2, message);
    return checked(answer, answer == CTFI_YES && confirms(job, first, second, *message), why);
}

/* ---- of different kinds: messages are tried ---- */

static void disguise_string(ctfi_say *say, ctfi_bytes text)
{
    static const char hex[] = "0123456789abcdef";
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = text.data[i];
        const unsigned char escape[6] = {'\\', 'u', '0', '0', (unsigned char)hex[c >> 4], (unsigned char)hex[c & 15]};
        if (c < 0x80)
            ctfi_say_bytes(say, (ctfi_bytes){escape, sizeof escape});
        else
            ctfi_say_bytes(say, (ctfi_bytes){&c, 1});
    }
}

/* Behind a string's opening quote: says it in escapes and returns the place behind its end. */
static size_t disguise_from(ctfi_job *job, ctfi_say *say, ctfi_bytes message, size_t at)
{
    size_t end = at;
    while (message.data[end] != '"')
        end += message.data[end] == '\\' ? 2 : 1;
    ctfi_say object = ctfi_say_begin(job);
    ctfi_json_fault fault;
    const ctfi_bytes raw = {message.data + at, end - at};
    ctfi_say_words(&object, "{\"\":\"");
    ctfi_say_bytes(&object, raw);
    ctfi_say_words(&object, "\"}");
    const ctfi_value *root = ctfi_json_read(job, ctfi_said(&object), &fault);
    ctfi_say_words(say, "\"");
    if (root != NULL)
        disguise_string(say, root->first->text);
    ctfi_say_words(say, "\"");
    return end + 1;
}

ctfi_bytes ctfi_prove_disguise(ctfi_job *job, ctfi_bytes message, const char *blank)
{
    ctfi_say say = ctfi_say_begin(job);
    for (size_t at = 0; at < message.length;) {
        unsigned char c = message.data[at++];
        if (c == '"')
            at = disguise_from(job, &say, message, at);
        else
            ctfi_say_bytes(&say, (ctfi_bytes){&c, 1});
        ctfi_say_words(&say, strchr("{}[]:,\"", c) != NULL && c != 0 ? blank : "");
    }
    return ctfi_said(&say);
}

/* The JSON object with a member more, a text. */
static ctfi_bytes with_text(ctfi_job *job, ctfi_bytes object, ctfi_bytes text)
{
    ctfi_say say = ctfi_say_begin(job);
    bool empty = memchr(object.data, '"', object.length) == NULL;
    ctfi_say_words(&say, "{\"more\":");
    ctfi_say_quoted(&say, text, SIZE_MAX);
    ctfi_say_words(&say, empty ? "" : ",");
    ctfi_say_bytes(&say, (ctfi_bytes){object.data + 1, object.length - 1});
    return ctfi_said(&say);
}

static bool try_message(ctfi_job *job, const ctfi_subject *first, const ctfi_subject *second, ctfi_bytes candidate,
                        ctfi_bytes *message)
{
    if (!confirms(job, first, second, candidate))
        return false;
    *message = candidate;
    return true;
}

static bool try_usual(ctfi_job *job, const ctfi_subject *first, const ctfi_subject *second, ctfi_bytes *message)
{
    static const char *const usual[] = {"x", "x x", "x x x x x x x x", "{}", "", "[]", "0"};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (try_message(job, first, second, ctfi_bytes_of(usual[i]), message))
            return true;
    return false;
}

static ctfi_bytes followed_by(ctfi_job *job, ctfi_bytes line, ctfi_bytes text)
{
    ctfi_say say = ctfi_say_begin(job);
    ctfi_say_bytes(&say, line);
    ctfi_say_words(&say, " ");
    ctfi_say_bytes(&say, text);
    return ctfi_said(&say);
}

/* The same object in other spellings, and with the text in it. */
static bool try_spellings(ctfi_job *job, const ctfi_subject *first, const ctfi_subject *second, ctfi_bytes object,
                          ctfi_bytes text, ctfi_bytes *message)
{
    const ctfi_bytes spellings[] = {object, ctfi_prove_disguise(job, object, " "), ctfi_prove_disguise(job, object, "")};
    for (size_t i = 0; i < 3; i++)
        if (try_message(job, first, second, spellings[i], message) ||
            try_message(job, first, second, with_text(job, spellings[i], text), message))
            return true;
    return false;
}

/* What all messages that the first matches have, as far as can be said in the second's world. */
static const ctfi_claim *known(ctfi_traits *traits, ctfi_world world, const ctfi_tree *first)
{
    static const char brackets[] = "\"{\" \"}\"", token[] = "[x]";
    if (first->kind == CTF_KIND_JSON)
        first = ctfi_pattern_parse(traits->job, ctfi_bytes_of(world == CTFI_WORLD_TEXT ? brackets : token));
    else if (ctfi_world_of(first) != world)
        return NULL;
    return ctfi_claim_of(traits, first);
}

/* Looks for what the second does not match among more messages than the first matches: only a no is certain. Without
 * one, *message is what was found. */
static bool none_among_more(ctfi_job *job, const ctfi_tree *first, const ctfi_tree *second, ctfi_bytes *message)
{
    ctfi_traits traits = {.job = job, .apart = first->kind == CTF_KIND_FIELDS};
    ctfi_world world = ctfi_world_of(second);
    if (world == CTFI_WORLD_JSON)
        return false;
    const ctfi_claim *claim = known(&traits, world, first);
    const ctfi_goal goals[] = {{ctfi_claim_of(&traits, second), false}, {claim, true}};
    return ctfi_search(&traits, world, goals, claim == NULL ? 1 : 2, message) == CTFI_NO;
}

static ctfi_answer between_unlike(ctfi_job *job, const ctfi_subject *first, const ctfi_subject *second,
                                  ctfi_bytes *message, const char **why)
{
    ctfi_bytes sample, other = {NULL, 0};
    if (none_among_more(job, first->tree, second->tree, &other))
        return CTFI_NO;
    if (try_usual(job, first, second, message) || try_message(job, first, second, other, message))
        return CTFI_YES;
    ctfi_answer some = ctfi_prove_some(job, first, &sample, why);
    if (some != CTFI_YES)
        return some;
    if (try_message(job, first, second, sample, message) ||
        try_message(job, first, second, followed_by(job, sample, other), message))
        return CTFI_YES;
    if (first->tree->kind == CTF_KIND_JSON && try_spellings(job, first, second, sample, other, message))
        return CTFI_YES;
    *why = unlike;
    return CTFI_UNDECIDED;
}

ctfi_answer ctfi_prove_between(ctfi_job *job, const ctfi_subject *first, const ctfi_subject *second, ctfi_bytes *message,
                               const char **why)
{
    ctfi_world world;
    if (common_world(first->tree, second->tree, &world))
        return between_alike(job, world, first, second, message, why);
    return between_unlike(job, first, second, message, why);
}

/* ---- one pattern ---- */

ctfi_answer ctfi_prove_some(ctfi_job *job, const ctfi_subject *subject, ctfi_bytes *message, const char **why)
{
    ctfi_traits traits = {.job = job};
    const ctfi_goal goal = {ctfi_claim_of(&traits, subject->tree), true};
    ctfi_answer answer = ctfi_search(&traits, ctfi_world_of(subject->tree), &goal, 1, message);
    if (answer == CTFI_YES && message->length == 0 && ctfi_ask_one(job, subject->text, ctfi_bytes_of("x")))
        *message = ctfi_bytes_of("x"); /* a log event is never empty */
    return checked(answer, answer == CTFI_YES && ctfi_ask_one(job, subject->text, *message), why);
}

/* ---- near misses ---- */

/* What tells of a pattern's tests how they come out on the message that matches. */
typedef struct turning {
    ctfi_job *job;
    const ctfi_subject *subject;
    ctfi_clauses clauses;
    ctfi_traits traits;
    const ctfi_claim *whole;
    const bool *holds; /* of each test */
} turning;

/* What is turned stays there with another value, where it may. */
static const ctfi_claim *still_there(turning *t, const ctfi_test *test)
{
    if (test->selector == NULL || test->op == CTFI_NOT_EXISTS)
        return NULL;
    if (test->op == CTFI_IS_TRUE || test->op == CTFI_IS_FALSE)
        return ctfi_claim_at(&t->traits, test->selector, test->op == CTFI_IS_TRUE ? CTFI_TRAIT_FALSE : CTFI_TRAIT_TRUE);
    return ctfi_claim_at(&t->traits, test->selector, CTFI_TRAIT_TEXTUAL);
}

/* How much is kept of the message that matches. */
typedef enum keeping { KEEP_NOTHING, KEEP_TESTS, KEEP_FIELD } keeping;

/* A message on which test i is turned: the field still there, all other tests as they are, as far as is asked. */
static bool turn(turning *t, size_t i, keeping how, ctfi_bytes *message)
{
    ctfi_goal *goals = ctfi_job_alloc(t->job, t->clauses.n + 3, sizeof *goals);
    size_t n = 0;
    const ctfi_claim *there = how == KEEP_FIELD ? still_there(t, &t->clauses.at[i].node->test) : NULL;
    if (how == KEEP_FIELD && there == NULL)
        return false;
    goals[n++] = (ctfi_goal){t->whole, false};
    if (there != NULL)
        goals[n++] = (ctfi_goal){there, true};
    if (how >= KEEP_TESTS && t->subject->tree->kind == CTF_KIND_FIELDS && t->whole->first != NULL)
        goals[n++] = (ctfi_goal){t->whole->first, true}; /* as many tokens */
    for (size_t k = 0; k < t->clauses.n; k++) {
        uint32_t term = t->clauses.at[k].term;
        const ctfi_claim *claim = term == CTFI_NO_TERM ? NULL : ctfi_claim_of_node(t->whole, t->clauses.at[k].node);
        if (claim != NULL && (k == i || how >= KEEP_TESTS))
            goals[n++] = (ctfi_goal){claim, t->holds[term] != (k == i)};
    }
    return ctfi_search(&t->traits, ctfi_world_of(t->subject->tree), goals, n, message) == CTFI_YES &&
           !ctfi_ask_one(t->job, t->subject->text, *message);
}

static void add_miss(turning *t, size_t i, ctfi_bytes message, ctfi_misses *out)
{
    const ctfi_clause *clause = &t->clauses.at[i];
    *CTFI_APPEND(t->job, out) =
        (ctf_miss){.test = ctfi_text_of(ctfi_clause_text(t->subject->tree, clause->span)), .offset = clause->span.offset,
                   .length = clause->span.length, .message = ctfi_text_of(message)};
}

static const bool *tests_of(turning *t, ctfi_bytes message)
{
    ctfi_bytes *patterns = ctfi_job_alloc(t->job, t->clauses.n_terms + (size_t)1, sizeof *patterns);
    for (size_t i = 0; i < t->clauses.n; i++)
        if (t->clauses.at[i].term != CTFI_NO_TERM)
            patterns[t->clauses.at[i].term] = t->clauses.at[i].alone;
    return t->clauses.n_terms == 0 ? NULL : ctfi_ask(t->job, patterns, t->clauses.n_terms, message);
}

/* Tests that hold are turned; those that do not hold had no part in the match. */
void ctfi_prove_misses(ctfi_job *job, const ctfi_subject *subject, ctfi_bytes message, ctfi_misses *out)
{
    turning t = {.job = job, .subject = subject, .clauses = ctfi_clauses_of(job, subject->tree), .traits = {.job = job}};
    t.whole = ctfi_claim_of(&t.traits, subject->tree);
    t.holds = tests_of(&t, message);
    for (size_t i = 0; i < t.clauses.n; i++) {
        const ctfi_clause *clause = &t.clauses.at[i];
        ctfi_bytes miss;
        if (clause->term == CTFI_NO_TERM || clause->node->test.ignored || !t.holds[clause->term])
            continue;
        if (turn(&t, i, KEEP_FIELD, &miss) || turn(&t, i, KEEP_TESTS, &miss) || turn(&t, i, KEEP_NOTHING, &miss))
            add_miss(&t, i, miss, out);
    }
}
