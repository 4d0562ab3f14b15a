/* What holds of patterns over all messages there could be: whether one implies another, whether two are equal, what a
 * matching message looks like, or that there is none.
 *
 * Yes and no are certain: a yes is proved from the rules of the language, with its three-valued tests and its types; a no
 * comes with a message that the matcher has confirmed. Where neither is found within bounds, the answer is that it is
 * undecided. Time is bounded, though not by the length of the patterns. */
#ifndef CTFILTER_PROVE_H
#define CTFILTER_PROVE_H

#include <ctfilter/error.h>
#include <ctfilter/filter.h>
#include <ctfilter/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ctf_answer { CTF_ANSWER_NO = 0, CTF_ANSWER_YES, CTF_ANSWER_UNDECIDED } ctf_answer;

/* "no", "yes", "undecided". */
CTF_API const char *ctf_answer_name(ctf_answer answer);

/* A proof owns its texts. */
typedef struct ctf_proof ctf_proof;

/* Does every message that matches the first pattern match the second? */
CTF_API ctf_status ctf_prove_implies(ctf_text first, ctf_text second, const ctf_options *options, ctf_proof **out,
                                     ctf_error *error);

/* Do both match the same messages? error->pattern is 0 or 1. */
CTF_API ctf_status ctf_prove_equal(ctf_text first, ctf_text second, const ctf_options *options, ctf_proof **out,
                                   ctf_error *error);

/* Is there a message that the pattern matches? */
CTF_API ctf_status ctf_prove_matches(ctf_text pattern, const ctf_options *options, ctf_proof **out, ctf_error *error);

CTF_API void ctf_proof_free(ctf_proof *proof);

typedef struct ctf_proof_info {
    ctf_answer answer;
    int confirmed;       /* there is a message below, and the matcher says of it what is claimed */
    ctf_text message;    /* implies, equal: one that the pattern `matching` matches and the other does not, where the
                            answer is no. matches: one that does, where the answer is yes */
    size_t matching;     /* equal: 0 or 1 */
    ctf_text why;        /* where it is undecided, a sentence without its full stop */
    size_t n_misses;     /* matches: messages that just fail to match, see below */
} ctf_proof_info;

CTF_API ctf_status ctf_proof_describe(const ctf_proof *proof, ctf_proof_info *out);

/* A message that does not match for the sake of one test: it is turned, and as many of the others as can be are as they
 * are in the message that matches. Confirmed by the matcher. */
typedef struct ctf_miss {
    ctf_text test;    /* as it stands in the pattern */
    size_t offset;    /* there */
    size_t length;
    ctf_text message;
} ctf_miss;

CTF_API ctf_status ctf_proof_miss(const ctf_proof *proof, size_t index, ctf_miss *out);

#ifdef __cplusplus
}
#endif

#endif
