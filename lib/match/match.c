/* ctf_match: one message through the tiers, and what can be asked about it afterwards. */
#include "match/match.h"

#include "base/room.h"
#include "match/scratch.h"
#include "match/vm.h"

#define FEW_HITS 16 /* room that the first one makes */

void ctfi_match_begin(ctf_scratch *scratch)
{
    ctfi_bitset_clear(&scratch->tester.facts);
    ctfi_bitset_clear(&scratch->candidates);
    ctfi_bitset_clear(&scratch->matched);
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
    if (ctfi_bitset_has(&scratch->candidates, index))
        return;
    ctfi_bitset_add(&scratch->candidates, index);
    if (ctfi_vm_run(ctfi_image_CODE(scratch->image) + pattern->code.first, &scratch->tester.facts))
        ctfi_bitset_add(&scratch->matched, index);
}

/* The patterns whose triggers are set, and those that have none. */
static void run_candidates(ctf_scratch *scratch)
{
    const ctfi_image *image = scratch->image;
    const uint32_t *starts = ctfi_image_TRIGGER_STARTS(image), *triggers = ctfi_image_TRIGGERS(image);
    ctfi_bitset_way facts = ctfi_bitset_enter(&scratch->tester.facts);
    uint32_t fact;
    while (ctfi_bitset_go(&facts, &fact))
        for (uint32_t k = starts[fact]; k < starts[fact + 1]; k++)
            run_pattern(scratch, triggers[k]);
    const uint32_t *always = ctfi_image_ALWAYS(image);
    for (uint32_t i = 0; i < ctfi_image_count_of(image, CTFI_SECTION_ALWAYS); i++)
        run_pattern(scratch, always[i]);
}

static bool begins_object(ctfi_bytes message)
{
    size_t at = 0;
    while (at < message.length && ctfi_is_blank(message.data[at]))
        at++;
    return at < message.length && message.data[at] == '{';
}

/* Is the message known to be one JSON object? Looks at it at most once, and hardly where it is trusted. */
static ctf_status prove(ctf_scratch *scratch, ctfi_bytes message, ctfi_proof *proof)
{
    bool proved;
    ctf_status status = CTF_OK;
    if (*proof != CTFI_UNKNOWN)
        return CTF_OK;
    if ((scratch->flags & CTF_TRUSTED_JSON) != 0)
        proved = begins_object(message);
    else
        status = ctfi_check_event(&scratch->index, &scratch->depth, &proved);
    *proof = proved ? CTFI_PROVED : CTFI_REFUTED;
    return status;
}

/* Appends a hit. */
static ctf_status add_hit(ctf_scratch *scratch, size_t *n, uint32_t index)
{
    size_t need = *n < FEW_HITS ? FEW_HITS : *n + 1;
    void *hits = ctfi_room(&scratch->allocator, scratch->hits, &scratch->hits_capacity, need, sizeof *scratch->hits);
    if (hits == NULL)
        return CTF_E_NOMEM;
    scratch->hits = hits;
    scratch->hits[(*n)++] = index;
    return CTF_OK;
}

/* Lists the patterns that held, ascending; the JSON ones only if the message is proved. */
static ctf_status list_hits(ctf_scratch *scratch, ctfi_bytes message, ctfi_proof proof, ctf_hits *out)
{
    const ctfi_image_pattern *patterns = ctfi_image_PATTERNS(scratch->image);
    ctfi_bitset_way matched = ctfi_bitset_enter(&scratch->matched);
    ctf_status status = CTF_OK;
    size_t n = 0;
    uint32_t i;
    while (ctfi_bitset_go(&matched, &i)) {
        bool json = patterns[i].kind == CTF_KIND_JSON;
        if (json)
            status = prove(scratch, message, &proof);
        if (status == CTF_OK && (!json || proof == CTFI_PROVED))
            status = add_hit(scratch, &n, i);
        if (status != CTF_OK)
            return status;
    }
    *out = (ctf_hits){n, scratch->hits};
    return CTF_OK;
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
