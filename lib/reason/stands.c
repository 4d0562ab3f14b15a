#include "reason/stands.h"

#include "program/list.h"

typedef struct layout {
    CTFI_LIST(ctfi_stand) stands;
    CTFI_LIST(uint32_t) starts;
    CTFI_LIST(uint32_t) first;
} layout;

static void lay_atom(ctfi_job *job, layout *to, const ctfi_atom *atom)
{
    bool forever = atom->max == CTFI_REGEX_FOREVER;
    uint32_t copies = !forever ? atom->max : atom->min > 0 ? atom->min : 1;
    for (uint32_t i = 0; i < copies; i++)
        *CTFI_APPEND(job, &to->stands) =
            (ctfi_stand){.set = &atom->set, .optional = i >= atom->min, .repeats = forever && i + 1 == copies};
}

static void lay_branch(ctfi_job *job, layout *to, const ctfi_branch *branch)
{
    uint32_t start = (uint32_t)to->stands.n;
    if (branch->at_start)
        *CTFI_APPEND(job, &to->first) = start;
    else
        *CTFI_APPEND(job, &to->starts) = start;
    for (uint32_t i = 0; i < branch->n_atoms; i++)
        lay_atom(job, to, &branch->atoms[i]);
    *CTFI_APPEND(job, &to->stands) = (ctfi_stand){.at_end = branch->at_end};
}

ctfi_stands ctfi_stands_of(ctfi_job *job, const ctfi_regex *regex)
{
    layout to = {.stands = {NULL, 0, 0}};
    for (uint32_t i = 0; i < regex->n_branches; i++)
        lay_branch(job, &to, &regex->branches[i]);
    return (ctfi_stands){.at = to.stands.at, .n = to.stands.n, .starts = to.starts.at, .n_starts = to.starts.n,
                         .first = to.first.at, .n_first = to.first.n};
}
