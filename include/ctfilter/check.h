/* What is wrong with a pattern, or likely to be: the service's refusals, and traps that it accepts in silence.
 *
 * A check looks at the pattern alone; it needs no message. Rules have ids that do not change. */
#ifndef CTFILTER_CHECK_H
#define CTFILTER_CHECK_H

#include <ctfilter/error.h>
#include <ctfilter/filter.h>
#include <ctfilter/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ctf_severity {
    CTF_SEVERITY_NOTE = 0, /* worth knowing */
    CTF_SEVERITY_WARNING,  /* accepted, and probably not what was meant */
    CTF_SEVERITY_ERROR     /* refused by the service */
} ctf_severity;

/* "note", "warning", "error". */
CTF_API const char *ctf_severity_name(ctf_severity severity);

/* A rule: what is looked for, and why. Texts are constants. */
typedef struct ctf_check_rule {
    const char *id;      /* "optional-ignored" */
    ctf_severity severity;
    const char *title;   /* a phrase */
    const char *help;    /* sentences */
} ctf_check_rule;

/* The rule of an index, in the order of the manual; CTF_E_ARGUMENT behind the last. */
CTF_API ctf_status ctf_check_rule_at(size_t index, ctf_check_rule *out);

/* Options; size = sizeof(ctf_check_options), 0 or NULL in a field means its default. */
typedef struct ctf_check_options {
    size_t size;
    const ctf_allocator *allocator;
    int cloudtrail; /* 1: messages are CloudTrail's records; -1: they are not; 0: they are if the pattern speaks of
                       fields that only these have */
} ctf_check_options;

/* What a check found; the views below live as long as it. */
typedef struct ctf_check ctf_check;

/* Checks a pattern. A refused pattern is no failure but a finding. CTF_E_ARGUMENT, CTF_E_NOMEM. */
CTF_API ctf_status ctf_check_pattern(ctf_text pattern, const ctf_check_options *options, ctf_check **out);
CTF_API void ctf_check_free(ctf_check *check);

typedef struct ctf_check_info {
    size_t n_findings;  /* in the order of the text */
    int refused;        /* the pattern does not compile */
    ctf_text fixed;     /* the pattern with everything mended of which the meaning is sure; empty: there is nothing
                           to mend so, or it would not compile */
} ctf_check_info;

CTF_API ctf_status ctf_check_describe(const ctf_check *check, ctf_check_info *out);

typedef struct ctf_finding {
    const char *id;     /* of its rule */
    ctf_severity severity;
    size_t offset;      /* in the pattern, in bytes */
    size_t length;
    ctf_text words;     /* sentences */
    ctf_text service;   /* the service's own text of a refusal, where it is known */
    int proposes;       /* there is something to write: */
    ctf_text instead;
    size_t instead_offset; /* in place of these bytes */
    size_t instead_length;
    int sure;           /* it is what was meant: `fixed` has it */
} ctf_finding;

CTF_API ctf_status ctf_check_finding(const ctf_check *check, size_t index, ctf_finding *out);

#ifdef __cplusplus
}
#endif

#endif
