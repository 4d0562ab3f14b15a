/* explain.h, check.h, prove.h: patterns of every kind, with messages that bring out every hint, and every trap. */
#include "faults.h"

typedef struct asked {
    const char *pattern;
    const char *message; /* NULL: none */
} asked;

static const asked all[] = {
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
    {"[a, b = 7, ..., c > 3]", "x y z w"},
    {"[a, b = y]", "x y z"},
    {"[a, b]", "x"},
    {"%b+c{1,2}|^x%", "aabbc"},
    {"%abcdefgh%", "abcdefgh"},
    {"\"%b+%\"", "abb"},
    {"ERROR -b \"war*\" ?c", "error a-b warn"},
    {"a-b", "a-b"},
    {"{ $.userIdentity.invokedby = x && $.invokedBy != y && $.b = \"*.amazon.com\" && $.b = \"*.amazonaws\" }",
     "{\"eventVersion\":\"1\",\"eventSource\":\"s\",\"b\":\"iam.amazonaws.com\"}"},
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

static ctf_status explain(void *subject, const ctf_allocator *allocator)
{
    const asked *row = subject;
    ctf_options options = {sizeof options, allocator};
    ctf_explanation *e;
    ctf_error error;
    ctf_text message = view(row->message != NULL ? row->message : "");
    ctf_status status = ctf_explain(view(row->pattern), row->message != NULL ? &message : NULL, &options, &e, &error);
    if (status == CTF_E_PATTERN)
        fail_msg("%s: %s", row->pattern, error.message);
    assert_true((e != NULL) == (status == CTF_OK));
    if (status == CTF_OK)
        look(e);
    ctf_explanation_free(e);
    return fault_told(status, &error);
}

#define ROW(i) {"ctf_explain", NULL, explain, NULL, NULL, &all[i]}

static const char *const traps[] = {
    "us-east-1 \"ERR*\" ?x ERROR ERR",
    "\"a\" OR b",
    "a AND b c",
    "[ERROR]",
    "[a = 5,]",
    "[a = x]",
    "[a, b = \"%x%\", c != *]",
    "{ $.EventName = true && $.resources.ARN = x && $.readOnly = true && $.userName = x && $.foo = \"%x%\" && $.t = true }",
    "{ $.detail.eventName != * && $.userIdentity.tpye = x && $.invokedBy IS NULL && $.eventSource = \"%y%\" }",
    "{ a == 'x' AND $.b IN (1, 2) && $.c =~ /x/ || $.d = null & $.e = a:b }",
    " { $.a = 1 } ",
    "x:y 'z'",
    "{ $.a = 1 && ($.a = 2 || $.b = 1 || $.b = 1) && ($.* = x || $.* != x) && $.a < 2 }",
};

static ctf_status check(void *subject, const ctf_allocator *allocator)
{
    const char *const *pattern = subject;
    ctf_check_options options = {.size = sizeof options, .allocator = allocator, .cloudtrail = 1};
    ctf_check *result;
    ctf_check_info info;
    ctf_finding finding;
    ctf_status status = ctf_check_pattern(view(*pattern), &options, &result);
    assert_true((result != NULL) == (status == CTF_OK));
    if (status != CTF_OK)
        return status;
    assert_int_equal(ctf_check_describe(result, &info), CTF_OK);
    assert_true(info.n_findings > 0);
    for (size_t k = 0; k < info.n_findings; k++)
        assert_int_equal(ctf_check_finding(result, k, &finding), CTF_OK);
    ctf_check_free(result);
    return CTF_OK;
}

typedef struct pair {
    const char *first, *second; /* second NULL: a sample of the first */
} pair;

static const pair pairs[] = {
    {"{ $.a = xy* && $.a != *z && $.b > 5 && $.b != 7.50 }", "{ ($.a = %^xy[0-9]+$% || $.a = \"\" || $.b < 1e3) && $.l[1] IS NULL }"},
    {"{ $.l[*] = 1 && $.l[1] NOT EXISTS && $.l[0] != y && $.o.* = 1 && $.o.k1 != 1 && $.n IS NULL && $.n[0] = x }", NULL},
    {"{ $.a > 1 && $.a < 2 && $.a = 1.5 && $.b IS TRUE && $.c IS FALSE && $.d != 123456789012345678901234567890 }", NULL},
    {"{ $.a = %[0-9]{3}% && $.a > 5 }", "{ $.a = 1E5 || $.a >= 1e-7 }"},
    {"?abc ?abd", "%ab[cd]|x{3}$%"},
    {"a b c d -e", "a"},
    {"[a = 1, b = \"x y\", ..., c > 5 && c != 6]", "[a = \"1\", b = x*, ..., c < 9]"},
    {"[a = *1 && a != 1 && a != *bb* && a != *cc* && a != *dd* && a != *ee* && a != *ff* && a != *gg* && a != *hh*, b]", "[a, b, ...]"},
    {"{ $.a = \"x\" }", "x"},
    {"abcdefghijklmnopq -abcdefghijklmnopqr", "%^[a-f]{3,9}z$%"},
    {"{ $.a = \"b c\" }", "\"b c\" -END"},
    {"[a = x, b, c]", "[a = x*, b]"},
};

static ctf_status prove(void *subject, const ctf_allocator *allocator)
{
    const pair *both = subject;
    ctf_options options = {sizeof options, allocator};
    ctf_proof *proof;
    ctf_proof_info info;
    ctf_error error;
    ctf_miss miss;
    ctf_status status = both->second == NULL
                            ? ctf_prove_matches(view(both->first), &options, &proof, &error)
                            : ctf_prove_equal(view(both->first), view(both->second), &options, &proof, &error);
    assert_true((proof != NULL) == (status == CTF_OK));
    if (status == CTF_E_PATTERN)
        fail_msg("%s: %s", both->first, error.message);
    if (status != CTF_OK)
        return fault_told(status, &error);
    assert_int_equal(ctf_proof_describe(proof, &info), CTF_OK);
    for (size_t i = 0; i < info.n_misses; i++)
        assert_int_equal(ctf_proof_miss(proof, i, &miss), CTF_OK);
    ctf_proof_free(proof);
    return CTF_OK;
}

static ctf_status implies(void *subject, const ctf_allocator *allocator)
{
    ctf_options options = {sizeof options, allocator};
    ctf_proof *proof;
    ctf_error error;
    (void)subject;
    ctf_status status = ctf_prove_implies(view("x"), view("xy"), &options, &proof, &error);
    ctf_proof_free(proof);
    return fault_told(status, &error);
}

#define PROOF_OF(entry, i) {entry, NULL, prove, NULL, NULL, &pairs[i]}

#define TRAP(i) {"ctf_check_pattern", NULL, check, NULL, NULL, &traps[i]}

const fault faults_reason[] = {ROW(0), ROW(1), ROW(2), ROW(3),  ROW(4),  ROW(5),  ROW(6),
                               ROW(7), ROW(8), ROW(9), ROW(10), ROW(11), ROW(12), ROW(13), ROW(14),
                               TRAP(0), TRAP(1), TRAP(2), TRAP(3), TRAP(4), TRAP(5),
                               TRAP(6), TRAP(7), TRAP(8), TRAP(9), TRAP(10), TRAP(11), TRAP(12),
                               {"ctf_prove_implies", NULL, implies, NULL, NULL, NULL},
                               PROOF_OF("ctf_prove_equal", 0), PROOF_OF("ctf_prove_matches", 1),
                               PROOF_OF("ctf_prove_matches", 2), PROOF_OF("ctf_prove_equal", 3),
                               PROOF_OF("ctf_prove_equal", 4), PROOF_OF("ctf_prove_equal", 5),
                               PROOF_OF("ctf_prove_equal", 6), PROOF_OF("ctf_prove_equal", 7),
                               PROOF_OF("ctf_prove_equal", 8), PROOF_OF("ctf_prove_equal", 9),
                               PROOF_OF("ctf_prove_equal", 10), PROOF_OF("ctf_prove_equal", 11)};
const size_t n_faults_reason = COUNT_OF(faults_reason);

_Static_assert(COUNT_OF(all) + COUNT_OF(traps) + COUNT_OF(pairs) + 1 == COUNT_OF(faults_reason), "each row is a fault");
