/* A compiled AlarmRule: postfix code over the states of its children. */
#ifndef CTFI_ALARM_RULE_H
#define CTFI_ALARM_RULE_H

#include <ctfilter/composite.h>

#include "base/arena.h"
#include "base/bytes.h"

typedef enum ctfi_rule_op {
    CTFI_RULE_CONSTANT, /* pushes need != 0 */
    CTFI_RULE_STATE,    /* pushes: child `first` is in `state` */
    CTFI_RULE_AT_LEAST, /* pushes: of listed[first .. first + count) at least `need` are (negated: are not) in
                           `state`; percent: need * count <= 100 * those */
    CTFI_RULE_NOT,
    CTFI_RULE_AND,
    CTFI_RULE_OR
} ctfi_rule_op;

typedef struct ctfi_rule_code {
    ctfi_rule_op op;
    ctf_state state;
    bool negated;
    bool percent;
    uint32_t first, count, need;
} ctfi_rule_code;

/* Lies in its own arena. The stack of an evaluation is never deeper than CTF_RULE_MAX_ELEMENTS. */
struct ctf_rule {
    ctfi_arena arena;
    const ctfi_rule_code *code;
    size_t n_code;
    const ctfi_bytes *children;
    size_t n_children;
    const uint32_t *listed; /* children named in AT_LEAST lists */
};

#endif
