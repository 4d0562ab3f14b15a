/* Patterns and a message through explanations, checks and proofs. Parts: a pattern, and a message or nothing; or two
 * patterns and a message.
 *
 * Claims. Nothing contradicts the matcher. A check refuses what does not compile and nothing else; what it mends compiles.
 * An explanation's verdict is ctf_match's, and so is the one it promises for what a hint proposes. A sample matches, a near
 * miss does not; what can never match does not match the message. A "no" has a witness; no message at hand speaks against
 * a "yes"; equality is implication both ways. Everything points inside its text. A failing allocation gives CTF_E_NOMEM
 * and leaves nothing behind. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "kit.h"

static bool compiles(ctf_text text)
{
    const ctf_pattern pattern = {.text = text};
    ctf_filter *filter;
    ctf_status status = ctf_filter_compile(&pattern, 1, NULL, &filter, NULL);
    ctf_filter_free(filter);
    return status == CTF_OK;
}

static bool matches(ctf_text text, ctf_text message)
{
    const ctf_pattern pattern = {.text = text};
    ctf_filter *filter;
    ctf_scratch *scratch;
    ctf_hits hits;
    CLAIM(ctf_filter_compile(&pattern, 1, NULL, &filter, NULL) == CTF_OK);
    CLAIM(ctf_scratch_new(filter, NULL, &scratch) == CTF_OK);
    CLAIM(ctf_match(scratch, message.data, message.length, &hits) == CTF_OK);
    bool result = hits.n == 1;
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
    return result;
}

static void claim_inside(ctf_text text, size_t offset, size_t length)
{
    CLAIM(offset <= text.length && length <= text.length - offset);
}

/* Sentences for people, whatever bytes they are about. */
static void claim_words(ctf_text words)
{
    CLAIM(words.length > 0 && ctfi_utf8_valid((const unsigned char *)words.data, words.length));
}

/* The text with some of its bytes replaced; the caller frees its data. */
static ctf_text replaced(ctf_text text, size_t offset, size_t length, ctf_text by)
{
    kit_bytes out = {NULL, 0, 0};
    kit_write(&out, text.data, offset);
    kit_write(&out, by.data, by.length);
    kit_write(&out, text.data + offset + length, text.length - offset - length);
    return kit_text(&out);
}

/* ---- checks ---- */

static size_t claim_finding(const ctf_check *check, size_t index, ctf_text pattern, size_t from)
{
    ctf_finding found;
    CLAIM(ctf_check_finding(check, index, &found) == CTF_OK);
    claim_inside(pattern, found.offset, found.length);
    claim_words(found.words);
    CLAIM(found.offset >= from);
    if (found.proposes)
        claim_inside(pattern, found.instead_offset, found.instead_length);
    CLAIM(found.proposes || !found.sure);
    return found.offset;
}

static void try_check(ctf_text pattern, bool good)
{
    ctf_check *check;
    ctf_check_info info;
    size_t from = 0;
    CLAIM(ctf_check_pattern(pattern, NULL, &check) == CTF_OK);
    CLAIM(ctf_check_describe(check, &info) == CTF_OK);
    CLAIM(info.refused == !good);
    for (size_t i = 0; i < info.n_findings; i++)
        from = claim_finding(check, i, pattern, from);
    CLAIM(good || info.n_findings > 0);
    CLAIM(info.fixed.length == 0 || compiles(info.fixed));
    ctf_check_free(check);
}

/* ---- explanations ---- */

static void claim_hint(const ctf_explanation *e, size_t index, ctf_text pattern, ctf_text message)
{
    ctf_hint hint;
    CLAIM(ctf_explanation_hint(e, index, &hint) == CTF_OK);
    claim_inside(pattern, hint.offset, hint.length);
    claim_words(hint.words);
    if (hint.instead.length == 0)
        return;
    ctf_text written = replaced(pattern, hint.offset, hint.length, hint.instead);
    if (compiles(written))
        CLAIM(matches(written, message) == (hint.pattern_matches != 0));
    else
        CLAIM(!hint.pattern_matches);
    free((void *)(uintptr_t)written.data);
}

static void claim_clause(const ctf_explanation *e, size_t index, ctf_text pattern, ctf_text message)
{
    ctf_clause clause;
    CLAIM(ctf_explanation_clause(e, index, &clause) == CTF_OK);
    claim_inside(pattern, clause.offset, clause.length);
    for (size_t i = 0; i < clause.n_seen; i++) {
        ctf_seen seen;
        CLAIM(ctf_explanation_seen(e, index, i, &seen) == CTF_OK);
        claim_inside(message, seen.offset, seen.length);
    }
    if (clause.type == CTF_CLAUSE_TEST && clause.outcome != CTF_OUTCOME_NONE && clause.outcome != CTF_OUTCOME_IGNORED)
        CLAIM(matches(clause.alone, message) == (clause.outcome == CTF_OUTCOME_TRUE));
}

static void try_explain(ctf_text pattern, const ctf_text *message)
{
    ctf_explanation *e;
    ctf_explanation_info info;
    ctf_text said = message == NULL ? (ctf_text){"", 0} : *message;
    CLAIM(ctf_explain(pattern, message, NULL, &e, NULL) == CTF_OK);
    CLAIM(ctf_explanation_describe(e, &info) == CTF_OK);
    CLAIM(info.judged == (message != NULL));
    if (message != NULL)
        CLAIM(matches(pattern, said) == (info.matches != 0));
    CLAIM(info.fault_offset <= said.length);
    for (size_t i = 0; i < info.n_clauses; i++)
        claim_clause(e, i, pattern, said);
    for (size_t i = 0; i < info.n_hints && message != NULL; i++)
        claim_hint(e, i, pattern, said);
    ctf_explanation_free(e);
}

/* ---- proofs ---- */

static void claim_miss(const ctf_proof *proof, size_t index, ctf_text pattern)
{
    ctf_miss miss;
    CLAIM(ctf_proof_miss(proof, index, &miss) == CTF_OK);
    claim_inside(pattern, miss.offset, miss.length);
    CLAIM(!matches(pattern, miss.message));
}

static void try_sample(ctf_text pattern, const ctf_text *message)
{
    ctf_proof *proof;
    ctf_proof_info info;
    CLAIM(ctf_prove_matches(pattern, NULL, &proof, NULL) == CTF_OK);
    CLAIM(ctf_proof_describe(proof, &info) == CTF_OK);
    if (info.answer == CTF_ANSWER_YES)
        CLAIM(matches(pattern, info.message));
    if (info.answer == CTF_ANSWER_NO && message != NULL)
        CLAIM(!matches(pattern, *message));
    if (info.answer == CTF_ANSWER_UNDECIDED)
        claim_words(info.why);
    for (size_t i = 0; i < info.n_misses; i++)
        claim_miss(proof, i, pattern);
    ctf_proof_free(proof);
}

static ctf_answer implies(ctf_text first, ctf_text second, ctf_text message)
{
    ctf_proof *proof;
    ctf_proof_info info;
    CLAIM(ctf_prove_implies(first, second, NULL, &proof, NULL) == CTF_OK);
    CLAIM(ctf_proof_describe(proof, &info) == CTF_OK);
    if (info.answer == CTF_ANSWER_NO)
        CLAIM(matches(first, info.message) && !matches(second, info.message));
    if (info.answer == CTF_ANSWER_YES)
        CLAIM(!matches(first, message) || matches(second, message));
    ctf_answer answer = info.answer;
    ctf_proof_free(proof);
    return answer;
}

static void try_compare(ctf_text first, ctf_text second, ctf_text message)
{
    ctf_proof *proof;
    ctf_proof_info info;
    ctf_answer there = implies(first, second, message), back = implies(second, first, message);
    CLAIM(ctf_prove_equal(first, second, NULL, &proof, NULL) == CTF_OK);
    CLAIM(ctf_proof_describe(proof, &info) == CTF_OK);
    if (info.answer == CTF_ANSWER_YES)
        CLAIM(there == CTF_ANSWER_YES && back == CTF_ANSWER_YES);
    if (info.answer == CTF_ANSWER_NO)
        CLAIM(there == CTF_ANSWER_NO || back == CTF_ANSWER_NO);
    ctf_proof_free(proof);
}

/* ---- memory ---- */

static ctf_status use_all(ctf_text pattern, const ctf_text *message, const ctf_allocator *allocator)
{
    const ctf_options options = {sizeof options, allocator};
    const ctf_check_options checking = {.size = sizeof checking, .allocator = allocator};
    ctf_check *check = NULL;
    ctf_explanation *explanation = NULL;
    ctf_proof *proof = NULL;
    ctf_status status = ctf_check_pattern(pattern, &checking, &check);
    if (status == CTF_OK)
        status = ctf_explain(pattern, message, &options, &explanation, NULL);
    if (status == CTF_OK)
        status = ctf_prove_matches(pattern, &options, &proof, NULL);
    ctf_proof_free(proof);
    ctf_explanation_free(explanation);
    ctf_check_free(check);
    return status;
}

/* One allocation fails, chosen by the pattern's bytes; sometimes all after it do. */
static void claim_survives_no_memory(ctf_text pattern, const ctf_text *message)
{
    uint64_t choice = ctfi_hash(0, 0, (const unsigned char *)pattern.data, pattern.length);
    kit_meter meter = {.fail_at = 1 + (size_t)(choice >> 8) % 512, .for_good = choice % 2 == 0};
    ctf_allocator allocator = kit_metered(&meter);
    ctf_status status = use_all(pattern, message, &allocator);
    CLAIM(status == (meter.requests < meter.fail_at ? CTF_OK : CTF_E_NOMEM));
    CLAIM(meter.live == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kit_parts parts;
    kit_cut(data, size, &parts);
    const ctf_text *message = parts.n > 1 ? &parts.part[parts.n - 1] : NULL;
    size_t n = parts.n > 2 ? 2 : 1;
    bool good[2] = {false, false};
    for (size_t i = 0; i < n; i++) {
        good[i] = compiles(parts.part[i]);
        try_check(parts.part[i], good[i]);
        if (!good[i])
            continue;
        try_explain(parts.part[i], message);
        try_sample(parts.part[i], message);
        claim_survives_no_memory(parts.part[i], message);
    }
    if (good[0] && good[1])
        try_compare(parts.part[0], parts.part[1], *message);
    kit_free(&parts);
    return 0;
}
