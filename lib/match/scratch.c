#include "match/scratch.h"

#include "base/arena.h"
#include "match/match.h"
#include "program/automaton.h"

/* n elements of `size` bytes, cleared; one is made where none is needed, so that NULL is always a failure. */
static void *make(ctf_scratch *scratch, size_t n, size_t size)
{
    size_t bytes = (n + 1) * size;
    void *block = ctfi_resize(&scratch->allocator, NULL, bytes);
    return block == NULL ? NULL : memset(block, 0, bytes);
}

static bool make_set(ctf_scratch *scratch, ctfi_bitset *set, uint32_t bound)
{
    uint64_t *memory = make(scratch, ctfi_bitset_size(bound), sizeof *memory);
    if (memory != NULL)
        *set = ctfi_bitset_in(memory, bound);
    return memory != NULL;
}

/* 64-bit words that the largest automaton of the image works in. */
static size_t automaton_memory(const ctfi_image *image)
{
    size_t most = 0;
    for (uint32_t i = 0; i < ctfi_image_count_of(image, CTFI_SECTION_REGEXES); i++) {
        uint32_t first = ctfi_image_REGEXES(image)[i].automaton.first;
        size_t words = ctfi_automaton_memory(ctfi_image_AUTOMATA(image) + first);
        most = words > most ? words : most;
    }
    return most;
}

static ctf_status make_parts(ctf_scratch *scratch)
{
    const ctfi_image *image = scratch->image;
    uint32_t n_patterns = ctfi_image_count_of(image, CTFI_SECTION_PATTERNS);
    ctfi_tester *tester = &scratch->tester;
    tester->leaves = ctfi_image_LEAVES(image);
    tester->texts = ctfi_lookup_in(image, CTFI_SECTION_TEXT_SLOTS, ctfi_image_TEXTS(image));
    tester->memory = make(scratch, automaton_memory(image), sizeof *tester->memory);
    if (tester->memory == NULL || !make_set(scratch, &tester->facts, image->n_facts) ||
        !make_set(scratch, &scratch->candidates, n_patterns) || !make_set(scratch, &scratch->matched, n_patterns))
        return CTF_E_NOMEM;
    return ctfi_walk_init(&scratch->walk, tester, &scratch->allocator, (scratch->flags & CTF_TRUSTED_JSON) != 0);
}

/* A field that an older caller's shorter struct does not have counts as 0. */
static ctf_scratch_options options_or_default(const ctf_scratch_options *options)
{
    ctf_scratch_options known = {.size = sizeof known};
    if (options != NULL)
        memcpy(&known, options, options->size < sizeof known ? options->size : sizeof known);
    return known;
}

ctf_status ctf_scratch_new(const ctf_filter *filter, const ctf_scratch_options *options, ctf_scratch **out)
{
    if (out == NULL)
        return CTF_E_ARGUMENT;
    *out = NULL;
    ctf_scratch_options known = options_or_default(options);
    const ctfi_kernel *kernel = ctfi_kernel_named(known.kernel);
    if (filter == NULL || kernel == NULL || (known.flags & ~(CTF_TRUSTED_JSON | CTF_NO_PROBE)) != 0)
        return CTF_E_ARGUMENT;
    ctf_allocator allocator = ctfi_allocator_or_default(known.allocator);
    ctf_scratch *scratch = ctfi_resize(&allocator, NULL, sizeof *scratch);
    if (scratch == NULL)
        return CTF_E_NOMEM;
    memset(scratch, 0, sizeof *scratch);
    scratch->allocator = scratch->walk.allocator = scratch->depth.allocator = scratch->tokens.allocator = allocator;
    scratch->filter = filter;
    scratch->image = scratch->tester.image = filter->image;
    scratch->tester.kernel = kernel;
    scratch->flags = known.flags;
    ctfi_prober_init(&scratch->prober, filter, kernel, known.flags);
    ctf_status status = make_parts(scratch);
    if (status != CTF_OK) {
        ctf_scratch_free(scratch);
        return status;
    }
    *out = scratch;
    return CTF_OK;
}

void ctf_scratch_free(ctf_scratch *scratch)
{
    if (scratch == NULL)
        return;
    ctf_allocator allocator = scratch->allocator;
    ctfi_walk_free(&scratch->walk);
    ctfi_depth_free(&scratch->depth);
    ctfi_tokens_free(&scratch->tokens);
    void *const blocks[] = {scratch->tester.facts.words, scratch->tester.memory, scratch->hits,
                            scratch->candidates.words,   scratch->matched.words, scratch->decoded, scratch};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        ctfi_resize(&allocator, blocks[i], 0);
}

ctf_status ctfi_scratch_take(ctf_scratch *scratch)
{
    if (scratch->taken)
        return CTF_E_BUSY;
    scratch->taken = true;
    return CTF_OK;
}

void ctfi_scratch_release(ctf_scratch *scratch)
{
    scratch->taken = false;
}

ctfi_walk *ctfi_scratch_walk(ctf_scratch *scratch)
{
    return &scratch->walk;
}

bool ctfi_scratch_reads_json(const ctf_scratch *scratch)
{
    return scratch->image->has_json != 0;
}

const ctf_allocator *ctfi_scratch_allocator(const ctf_scratch *scratch)
{
    return &scratch->allocator;
}

ctfi_prober *ctfi_scratch_prober(ctf_scratch *scratch)
{
    return &scratch->prober;
}

const ctfi_kernel *ctfi_scratch_kernel(const ctf_scratch *scratch)
{
    return scratch->tester.kernel;
}
