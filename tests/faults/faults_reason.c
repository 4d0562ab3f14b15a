/* explain.h: explaining patterns of every kind on messages that bring out every hint. */
#include "faults.h"

typedef struct asked {
    const char *pattern;
    const char *message; /* NULL: none */
} asked;

static const asked json[] = {
    {"{ $.a = x && ($.b != yy || $.c[*] < 5) }", NULL},
    {"{ ($.usr.id = 1 || $.l.x = 2) && $.s.k = 3 && $.deep != 1 && $.deep IS NULL && $.* = 7 && $.l != 3 }",
     "{\"user\":{\"id\":1},\"l\":[{\"x\":2},[]],\"s\":\"{\\\"k\\\":3}\",\"m\":{\"deep\":1,\"\\u0064\":[{\"deep\":2}]},"
     "\"m\":{\"deep\":3}}"},
    {"{ $.t = true && $.n = \"null\" && $.n != x && $.o = 1 && $.e != 2 && $.w IS TRUE && $.n NOT EXISTS && $.w > 3 }",
     "{\"t\":true,\"n\":null,\"o\":{\"a\":1,\"b\":2},\"e\":[1],\"w\":\"true\"}"},
    {"{ $.q = \"%x+%\" && $.c = \"ABC*\" && $.p = bc && $.f = \"*1.1\" && $.s = x && $.d = 7 }",
     "{\"q\":\"xx\",\"c\":\"abcd\",\"p\":\"abcd\",\"f\":\"1.1.1\",\"s\":\" x\",\"d\":\"07\"}"},
    {"{ $.a[*].b != 1 }", "{}"},
    {"{ $.a = 1 }", "INFO {\"a\":1}"},
};

static const asked texts[] = {
    {"[a, b = 7, ..., c > 3]", "x y z w"},
    {"[a, b = y]", "x y z"},
    {"[a, b]", "x"},
    {"%b+c{1,2}|^x%", "aabbc"},
    {"%abcdefgh%", "abcdefgh"},
    {"\"%b+%\"", "abb"},
    {"ERROR -b \"war*\" ?c", "error a-b warn"},
    {"a-b", "a-b"},
};

/* Asks everything of it, which needs no memory. */
static void look(const ctf_explanation *e)
{
    ctf_explanation_info info;
    ctf_clause clause;
    ctf_seen seen;
    ctf_hint hint;
    ctf_split token;
    assert_int_equal(ctf_explanation_describe(e, &info), CTF_OK);
    for (size_t i = 0; i < info.n_clauses; i++) {
        assert_int_equal(ctf_explanation_clause(e, i, &clause), CTF_OK);
        for (size_t k = 0; k < clause.n_seen; k++)
            assert_int_equal(ctf_explanation_seen(e, i, k, &seen), CTF_OK);
    }
    for (size_t i = 0; i < info.n_hints; i++)
        assert_int_equal(ctf_explanation_hint(e, i, &hint), CTF_OK);
    for (size_t i = 0; i < info.n_tokens; i++)
        assert_int_equal(ctf_explanation_token(e, i, &token), CTF_OK);
}

static ctf_status explain(const asked *all, size_t n, const ctf_allocator *allocator)
{
    ctf_options options = {sizeof options, allocator};
    for (size_t i = 0; i < n; i++) {
        ctf_explanation *e;
        ctf_error error;
        ctf_text message = view(all[i].message != NULL ? all[i].message : "");
        ctf_status status =
            ctf_explain(view(all[i].pattern), all[i].message != NULL ? &message : NULL, &options, &e, &error);
        if (status == CTF_E_PATTERN)
            fail_msg("%s: %s", all[i].pattern, error.message);
        assert_true((e != NULL) == (status == CTF_OK));
        if (status != CTF_OK)
            return fault_told(status, &error);
        look(e);
        ctf_explanation_free(e);
    }
    return CTF_OK;
}

static ctf_status explain_json(void *subject, const ctf_allocator *allocator)
{
    (void)subject;
    return explain(json, COUNT_OF(json), allocator);
}

static ctf_status explain_texts(void *subject, const ctf_allocator *allocator)
{
    (void)subject;
    return explain(texts, COUNT_OF(texts), allocator);
}

const fault faults_reason[] = {
    {"ctf_explain", NULL, explain_json, NULL, NULL},
    {"ctf_explain", NULL, explain_texts, NULL, NULL},
};
const size_t n_faults_reason = COUNT_OF(faults_reason);
