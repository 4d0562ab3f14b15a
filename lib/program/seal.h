/* From the plan to the sealed image, in steps: order, tables, layout, sections, checksum. */
#ifndef CTFI_PROGRAM_SEAL_H
#define CTFI_PROGRAM_SEAL_H

#include "program/plan.h"

/* emit.c: the code of a formula, appended. At most two words more than three for each fact. */
typedef CTFI_LIST(uint32_t) ctfi_words;
void ctfi_emit(ctfi_job *job, ctfi_words *code, const ctfi_formula *formula, uint32_t n);

/* plan_trigger.c: TRIGGER_STARTS, TRIGGERS and ALWAYS of all patterns. */
typedef struct ctfi_triggers {
    ctfi_words starts;
    ctfi_words patterns;
    ctfi_words always;
} ctfi_triggers;
void ctfi_plan_triggers(const ctfi_plan *plan, ctfi_triggers *out);

/* table_build.c: slots of a hash table. false when a chain passes CTFI_PROBE_MAX. `slots` has n_slots
 * (a power of two above n) elements, which are overwritten. */
bool ctfi_table_fill(uint32_t *slots, uint32_t n_slots, uint64_t seed, const ctfi_image_entry *entries,
                     uint32_t n, const unsigned char *bytes);

/* The two tables of an image under one seed; entries' keys are strings in `bytes`. */
typedef struct ctfi_table {
    const ctfi_image_entry *entries;
    uint32_t n;
    uint32_t *slots;
    uint32_t n_slots;
} ctfi_table;
uint64_t ctfi_tables_build(ctfi_job *job, ctfi_table *keys, ctfi_table *texts, const unsigned char *bytes);

/* What the sections will hold; filled by the steps, each list an array of the section's struct. */
typedef struct ctfi_draft {
    ctfi_plan *plan;
    ctfi_job *job;
    ctfi_image head;
    CTFI_LIST(ctfi_image_pattern) patterns;
    ctfi_words code;
    ctfi_triggers triggers;
    CTFI_LIST(ctfi_image_node) nodes;
    CTFI_LIST(ctfi_image_entry) keys;
    CTFI_LIST(ctfi_image_index) indexes;
    CTFI_LIST(ctfi_image_leaf) leaves;
    CTFI_LIST(ctfi_image_entry) texts;
    CTFI_LIST(ctfi_image_text) text_facts;
    CTFI_LIST(ctfi_image_search) globs;
    CTFI_LIST(uint64_t) glob_needs;
    CTFI_LIST(ctfi_image_search) needles;
    CTFI_LIST(ctfi_image_regex) regexes;
    CTFI_LIST(uint64_t) regex_needs;
    CTFI_LIST(ctfi_image_number) numbers;
    CTFI_LIST(ctfi_string) fields;
    ctfi_words automaton_starts;
    CTFI_LIST(uint64_t) automata;
    CTFI_LIST(unsigned char) bytes;
    uint32_t *new_node; /* the image's number by the plan's */
    uint32_t *new_leaf;
} ctfi_draft;

/* draft_string.c: a string of BYTES; equal ones are one. */
ctfi_string ctfi_draft_string(ctfi_draft *draft, ctfi_bytes bytes);

/* draft_nodes.c: nodes breadth first with KEYS and INDEXES; the numbers of slots and leaves. */
void ctfi_draft_nodes(ctfi_draft *draft);

/* draft_leaves.c: leaves and what is tested there. */
void ctfi_draft_leaves(ctfi_draft *draft);

/* draft_patterns.c: patterns with their code, values and fields. */
void ctfi_draft_patterns(ctfi_draft *draft);

/* seal.c: all of it; the image lies in the job's arena. */
const ctfi_image *ctfi_seal(ctfi_plan *plan);

#endif
