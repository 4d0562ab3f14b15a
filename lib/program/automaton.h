/* The sealed form of a regular expression: 64-bit words inside the image's AUTOMATA section.
 *
 * Built by program/automaton.c from a ctfi_regex, bounded by program/verify_automaton.c, run by
 * match/automaton.c: one step a code point, no backtracking, no recursion. A byte that begins no
 * well-formed UTF-8 sequence counts as one character of the "high" class (only messages of the text
 * kinds can hold such).
 *
 * Two forms: a table (deterministic) while the expression needs at most CTFI_DFA_MAX_STATES states,
 * else the bit-parallel simulation of its positions, whose cost a character is the number of 64-bit words
 * the positions fill. */
#ifndef CTFI_PROGRAM_AUTOMATON_H
#define CTFI_PROGRAM_AUTOMATON_H

#include "base/bytes.h"
#include "base/job.h"

/* pattern/regex.h; for the compile side alone. */
struct ctfi_regex;

#define CTFI_DFA_MAX_STATES 256u

/* Words of an automaton, in the job's arena. */
typedef struct ctfi_automaton {
    const uint64_t *words;
    uint32_t count;
} ctfi_automaton;

/* The first form where it fits. The words are a function of the expression alone. Time and memory are
 * bounded: linear in the positions times the characters told apart, and a fixed amount for the table. */
ctfi_automaton ctfi_automaton_build(ctfi_job *job, const struct ctfi_regex *regex);

/* The second form always: what build falls back to, and its oracle in tests. */
ctfi_automaton ctfi_automaton_build_positions(ctfi_job *job, const struct ctfi_regex *regex);

/* NULL when running these words stays inside them for every text; else the reason, a constant. */
const char *ctfi_automaton_verify(const uint64_t *words, uint32_t count);

/* 64-bit words of working memory a run needs (0 for a table); verified words only. */
uint32_t ctfi_automaton_memory(const uint64_t *words);

/* Does the expression match anywhere in the text? `memory` has ctfi_automaton_memory words. */
bool ctfi_automaton_search(const uint64_t *words, ctfi_bytes text, uint64_t *memory);

#endif
