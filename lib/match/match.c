/* ctf_match: one message through the tiers, and what can be asked about it afterwards. */
#include "match/match.h"

#include "match/scratch.h"
#include "match/vm.h"

static void set_bit(uint64_t *bits, uint32_t at)
{
    bits[at / 64] |= UINT64_C(1) << (at % 64);
}

static bool has_bit(const uint64_t *bits, uint32_t at)
{
    return (bits[at / 64] >> (at % 64) & 1) != 0;
}

void ctfi_match_begin(ctf_scratch *scratch)
{
    ctfi_facts_clear(&scratch->tester.facts);
    ctfi_walk_reset(&scratch->walk);
    scratch->tokens.n = 0;
}

/* How many tokens there are, and the tests on the fields that patterns look at. */
static ctf_status test_fields(ctf_scratch *scratch, ctfi_bytes message)
{
    const ctfi_image *image = scratch->image;
    if (image->has_fields == 0)
        return CTF_OK;
    if (ctfi_tokens_split(&scratch->tokens, message) != CTF_OK)
        return CTF_E_NOMEM;
    const ctfi_image_count *counts = ctfi_image_COUNTS(image);
    for (uint32_t i = 0; i < ctfi_image_count_of(image, CTFI_SECTION_COUNTS); i++)
        if (scratch->tokens.n >= counts[i].tokens)
            ctfi_fact_set(&scratch->tester.facts, counts[i].fact);
    const ctfi_image_accessor *accessors = ctfi_image_ACCESSORS(image);
    for (uint32_t i = 0; i < ctfi_image_count_of(image, CTFI_SECTION_ACCESSORS); i++) {
        ctfi_bytes text;
        if (ctfi_tokens_piece(&scratch->tokens, (ctfi_accessor_type)accessors[i].type, accessors[i].index, &text))
            ctfi_leaf_field(&scratch->tester, accessors[i].leaf, text);
    }
    return CTF_OK;
}

/* Runs a pattern once a message. */
static void run_pattern(ctf_scratch *scratch, uint32_t index)
{
    const ctfi_image_pattern *pattern = &ctfi_image_PATTERNS(scratch->image)[index];
    if (has_bit(scratch->candidates, index))
        return;
    set_bit(scratch->candidates, index);
    if (ctfi_vm_run(ctfi_image_CODE(scratch->image) + pattern->code.first, &scratch->tester.facts))
        set_bit(scratch->matched, index);
}

/* The patterns whose triggers are set, and those that have none. */
static void run_candidates(ctf_scratch *scratch)
{
    const ctfi_image *image = scratch->image;
    const uint32_t *starts = ctfi_image_TRIGGER_STARTS(image), *triggers = ctfi_image_TRIGGERS(image);
    const ctfi_facts *facts = &scratch->tester.facts;
    for (uint32_t i = 0; i < facts->n_set; i++)
        for (uint32_t k = starts[facts->set[i]]; k < starts[facts->set[i] + 1]; k++)
            run_pattern(scratch, triggers[k]);
    const uint32_t *always = ctfi_image_ALWAYS(image);
    for (uint32_t i = 0; i < ctfi_image_count_of(image, CTFI_SECTION_ALWAYS); i++)
        run_pattern(scratch, always[i]);
}

/* Is the message known to be one JSON object? Looks at it at most once. */
static ctf_status prove(ctf_scratch *scratch, ctfi_bytes message, ctfi_proof *proof)
{
    bool proved;
    if (*proof != CTFI_UNKNOWN)
        return CTF_OK;
    ctfi_index_begin(&scratch->index, scratch->tester.kernel, message);
    ctf_status status = ctfi_check_event(&scratch->index, &scratch->depth, &proved);
    *proof = proved ? CTFI_PROVED : CTFI_REFUTED;
    return status;
}

/* Lists the patterns that held, ascending; the JSON ones only if the message is proved. Clears the bits. */
static ctf_status list_hits(ctf_scratch *scratch, ctfi_bytes message, ctfi_proof proof, ctf_hits *out)
{
    const ctfi_image_pattern *patterns = ctfi_image_PATTERNS(scratch->image);
    size_t words = ctfi_image_count_of(scratch->image, CTFI_SECTION_PATTERNS) / 64 + 1, n = 0;
    ctf_status status = CTF_OK;
    for (size_t w = 0; w < words; w++) {
        uint64_t bits = scratch->matched[w];
        scratch->matched[w] = scratch->candidates[w] = 0;
        for (; bits != 0 && status == CTF_OK; bits &= bits - 1) {
            uint32_t index = (uint32_t)(w * 64 + ctfi_lowest(bits));
            if (patterns[index].kind == CTF_KIND_JSON)
                status = prove(scratch, message, &proof);
            if (status == CTF_OK && (patterns[index].kind != CTF_KIND_JSON || proof == CTFI_PROVED))
                scratch->hits[n++] = index;
        }
    }
    *out = (ctf_hits){status == CTF_OK ? n : 0, scratch->hits};
    return status;
}

ctf_status ctfi_match_finish(ctf_scratch *scratch, ctfi_bytes message, ctfi_proof proof, ctf_hits *out)
{
    const ctfi_image *image = scratch->image;
    *out = (ctf_hits){0, scratch->hits};
    if (test_fields(scratch, message) != CTF_OK)
        return CTF_E_NOMEM;
    if (image->message != CTFI_NONE)
        ctfi_leaf_message(&scratch->tester, image->message, message);
    run_candidates(scratch);
    return list_hits(scratch, message, proof, out);
}

static ctf_status match_message(ctf_scratch *scratch, ctfi_bytes message, ctf_hits *out)
{
    ctf_status status = CTF_OK;
    ctfi_match_begin(scratch);
    if (ctfi_scratch_reads_json(scratch))
        status = ctfi_scan_event(scratch, message);
    return status == CTF_OK ? ctfi_match_finish(scratch, message, CTFI_UNKNOWN, out) : status;
}

/* Does the probe say that no pattern matches? Where values of JSON selectors are wanted, the message is read
 * all the same. */
static bool is_passed_over(ctf_scratch *scratch, ctfi_bytes message, ctf_hits *out)
{
    if (scratch->image->n_slots != 0 || ctfi_prober_passes(&scratch->prober, message))
        return false;
    scratch->tokens.n = 0; /* the last message's */
    *out = (ctf_hits){0, scratch->hits};
    return true;
}

ctf_status ctf_match(ctf_scratch *scratch, const void *message, size_t length, ctf_hits *out)
{
    if (out != NULL)
        *out = (ctf_hits){0, NULL};
    if (scratch == NULL || out == NULL || (message == NULL && length != 0))
        return CTF_E_ARGUMENT;
    ctf_status status = ctfi_scratch_take(scratch);
    if (status != CTF_OK)
        return status;
    ctfi_bytes bytes = {length == 0 ? (const unsigned char *)"" : message, length};
    if (!is_passed_over(scratch, bytes, out))
        status = match_message(scratch, bytes, out);
    ctfi_scratch_release(scratch);
    return status;
}
