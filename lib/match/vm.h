/* Runs a pattern's code over the facts of a message. */
#ifndef CTFI_MATCH_VM_H
#define CTFI_MATCH_VM_H

#include "match/facts.h"

/* Verified code only. Does the pattern hold? */
bool ctfi_vm_run(const uint32_t *code, const ctfi_facts *facts);

#endif
