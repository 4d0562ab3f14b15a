/* Puts the sections together: every one aligned, no byte left to chance, a checksum over all. */
#include "program/seal.h"

#include <string.h>

#include "program/verify.h"

#define ALIGNMENT 8

/* Padding inside a struct would be bytes that nobody decides. */
_Static_assert(sizeof(ctfi_image) == 56 + 8 * CTFI_SECTION_COUNT, "no padding");
_Static_assert(sizeof(ctfi_image) % ALIGNMENT == 0, "sections begin aligned");
_Static_assert(sizeof(ctfi_image_pattern) == 48, "no padding");
_Static_assert(sizeof(ctfi_image_node) == 64, "no padding");
_Static_assert(sizeof(ctfi_image_entry) == 16, "no padding");
_Static_assert(sizeof(ctfi_image_leaf) == 48, "no padding");
_Static_assert(sizeof(ctfi_image_regex) == 20, "no padding");
_Static_assert(sizeof(ctfi_image_number) == 40, "no padding");

/* What one section holds. */
typedef struct part {
    const void *data;
    size_t count;
    size_t size; /* of an element */
} part;

static int by_tokens(const void *a, const void *b)
{
    uint32_t x = ((const ctfi_image_count *)a)->tokens;
    uint32_t y = ((const ctfi_image_count *)b)->tokens;
    return (x > y) - (x < y);
}

/* All sections but the slots of the hash tables. */
static void collect(ctfi_draft *draft, part parts[CTFI_SECTION_COUNT])
{
    const ctfi_plan *plan = draft->plan;
#define PART(id, list) parts[CTFI_SECTION_##id] = (part){(list).at, (list).n, sizeof *(list).at}
    PART(PATTERNS, draft->patterns);
    PART(CODE, draft->code);
    PART(TRIGGER_STARTS, draft->triggers.starts);
    PART(TRIGGERS, draft->triggers.patterns);
    PART(ALWAYS, draft->triggers.always);
    PART(NODES, draft->nodes);
    PART(KEYS, draft->keys);
    PART(INDEXES, draft->indexes);
    PART(LEAVES, draft->leaves);
    PART(TEXTS, draft->texts);
    PART(TEXT_FACTS, draft->text_facts);
    PART(GLOBS, draft->globs);
    PART(GLOB_NEEDS, draft->glob_needs);
    PART(NEEDLES, draft->needles);
    PART(REGEXES, draft->regexes);
    PART(REGEX_NEEDS, draft->regex_needs);
    PART(NUMBERS, draft->numbers);
    PART(ACCESSORS, plan->accessors);
    PART(COUNTS, plan->counts);
    PART(VALUES, plan->values);
    PART(FIELDS, draft->fields);
    PART(AUTOMATON_STARTS, draft->automaton_starts);
    PART(AUTOMATA, draft->automata);
    PART(BYTES, draft->bytes);
#undef PART
}

static void build_tables(ctfi_draft *draft, part parts[CTFI_SECTION_COUNT])
{
    ctfi_table keys = {draft->keys.at, (uint32_t)draft->keys.n, NULL, 0};
    ctfi_table texts = {draft->texts.at, (uint32_t)draft->texts.n, NULL, 0};
    draft->head.seed = ctfi_tables_build(draft->job, &keys, &texts, draft->bytes.at);
    parts[CTFI_SECTION_KEY_SLOTS] = (part){keys.slots, keys.n_slots, sizeof *keys.slots};
    parts[CTFI_SECTION_TEXT_SLOTS] = (part){texts.slots, texts.n_slots, sizeof *texts.slots};
}

/* Fills the header's places and size. */
static void lay_out(ctfi_draft *draft, const part parts[CTFI_SECTION_COUNT])
{
    uint64_t at = sizeof(ctfi_image);
    for (size_t i = 0; i < CTFI_SECTION_COUNT; i++) {
        uint64_t length = (uint64_t)parts[i].count * parts[i].size;
        if (at + length > UINT32_MAX - ALIGNMENT)
            ctfi_job_fail(draft->job, CTF_E_LIMIT, CTF_ERROR_LIMIT, "the sealed program would pass 4 GiB");
        draft->head.sections[i] = (ctfi_section){(uint32_t)at, (uint32_t)parts[i].count};
        at = (at + length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
    draft->head.size = (uint32_t)at;
}

static const ctfi_image *write_image(const ctfi_draft *draft, const part parts[CTFI_SECTION_COUNT])
{
    unsigned char *image = ctfi_job_zero(draft->job, draft->head.size, 1);
    memcpy(image, &draft->head, sizeof draft->head);
    for (size_t i = 0; i < CTFI_SECTION_COUNT; i++)
        if (parts[i].count > 0)
            memcpy(image + draft->head.sections[i].offset, parts[i].data, parts[i].count * parts[i].size);
    ((ctfi_image *)(void *)image)->checksum = ctfi_image_checksum(image, draft->head.size);
    return (const ctfi_image *)(const void *)image;
}

static void draft_head(ctfi_draft *draft)
{
    memcpy(draft->head.magic, CTFI_IMAGE_MAGIC, sizeof draft->head.magic);
    draft->head.order = CTFI_IMAGE_ORDER;
    draft->head.format = CTFI_IMAGE_FORMAT;
    draft->head.n_facts = (uint32_t)draft->plan->facts.n;
    draft->head.message = draft->plan->message;
}

const ctfi_image *ctfi_seal(ctfi_plan *plan)
{
    part parts[CTFI_SECTION_COUNT];
    ctfi_draft *draft = ctfi_job_zero(plan->job, 1, sizeof *draft);
    draft->plan = plan;
    draft->job = plan->job;
    draft_head(draft);
    ctfi_draft_nodes(draft);
    ctfi_draft_leaves(draft);
    ctfi_draft_patterns(draft);
    ctfi_sort(plan->job, plan->counts.at, plan->counts.n, sizeof *plan->counts.at, by_tokens);
    ctfi_plan_triggers(plan, &draft->triggers);
    collect(draft, parts);
    build_tables(draft, parts);
    lay_out(draft, parts);
    return write_image(draft, parts);
}
