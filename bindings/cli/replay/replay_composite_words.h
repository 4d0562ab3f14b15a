/* The service's words for a composite alarm's change (spec: metrics-alarms 8.5), and ours. */
#ifndef CLI_REPLAY_COMPOSITE_WORDS_H
#define CLI_REPLAY_COMPOSITE_WORDS_H

#include <ctfilter/composite.h>

#include "blob.h"

/* An alarm of either kind and where it stands. */
typedef struct replay_member {
    ctf_text called; /* its ARN, its name where that is not known */
    ctf_state state;
    int64_t since;
    bool changed; /* at the time at hand */
} replay_member;

/* A composite and its children. */
typedef struct replay_family {
    const replay_member *own;
    const ctf_rule *rule;
    replay_member *const *children; /* one for each of the rule's; NULL: there is no such alarm */
    size_t n;
    const replay_member *cause; /* the child whose change it was; NULL: the composite was created */
} replay_family;

/* Each appends. `to` is the new state. */
void replay_composite_reason(const replay_family *family, ctf_state to, blob *out);
void replay_composite_data(const replay_family *family, blob *out); /* JSON */
void replay_composite_decision(const replay_family *family, ctf_state to, blob *out);

#endif
