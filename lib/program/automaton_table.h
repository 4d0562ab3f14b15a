/* The table form, made from the positions form by following its sets. */
#ifndef CTFI_PROGRAM_AUTOMATON_TABLE_H
#define CTFI_PROGRAM_AUTOMATON_TABLE_H

#include "program/automaton.h"

/* Stores the table form of the positions form `words`; false when that takes more than
 * CTFI_DFA_MAX_STATES states, CTFI_AUTOMATON_ENTRIES entries or a bounded amount of work. */
bool ctfi_automaton_tabulate(ctfi_job *job, const uint64_t *words, ctfi_automaton *out);

#endif
