#include "match/vm.h"

bool ctfi_vm_run(const uint32_t *code, const ctfi_facts *facts)
{
    const uint32_t *at = code;
    for (;;) {
        switch (*at) {
        case CTFI_OP_MATCH:
            return true;
        case CTFI_OP_UNLESS:
            at = ctfi_fact_is(facts, at[1]) ? at + 3 : code + at[2];
            break;
        case CTFI_OP_WHEN:
            at = ctfi_fact_is(facts, at[1]) ? code + at[2] : at + 3;
            break;
        default: /* CTFI_OP_HALT: the verifier lets nothing else through */
            return false;
        }
    }
}
