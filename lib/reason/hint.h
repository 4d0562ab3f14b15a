/* Hints: one file for each way in which a test fails. Whatever is proposed has been tried on the message, and the
 * hint says with which result. */
#ifndef CTFI_REASON_HINT_H
#define CTFI_REASON_HINT_H

#include "reason/explanation.h"
#include "reason/say.h"

/* A test that is being looked at. */
typedef struct ctfi_hinting {
    ctf_explanation *e;
    size_t clause;
    const ctfi_test *test;
    const ctfi_finding *finding;
} ctfi_hinting;

/* Adds a hint without a proposal. */
void ctfi_hint_tell(const ctfi_hinting *h, const char *id, ctfi_bytes words);

/* Adds a hint that proposes another text for the test, or (_over) for any part of the pattern. */
void ctfi_hint_propose(const ctfi_hinting *h, const char *id, ctfi_bytes words, ctfi_bytes instead);
void ctfi_hint_propose_over(const ctfi_hinting *h, const char *id, ctfi_bytes words, ctfi_span span,
                            ctfi_bytes instead);

/* Would the test be true of the message if it were written so? */
bool ctfi_hint_holds(const ctfi_hinting *h, ctfi_bytes instead);

/* The test with another selector, with something else behind its selector or field's name, with another value. */
ctfi_bytes ctfi_hint_with_selector(const ctfi_hinting *h, const ctfi_selector *selector);
ctfi_bytes ctfi_hint_with_rest(const ctfi_hinting *h, ctfi_bytes rest);
ctfi_bytes ctfi_hint_with_value(const ctfi_hinting *h, ctfi_bytes value);

/* Proposes another value, if the test would be true with it. */
bool ctfi_hint_try_value(const ctfi_hinting *h, const char *id, ctfi_bytes words, ctfi_bytes value);

/* A literal with stars at its ends as asked. */
ctfi_bytes ctfi_hint_starred(ctfi_job *job, ctfi_bytes core, bool before, bool behind);

/* "text" as a pattern writes it. */
ctfi_bytes ctfi_hint_quote(ctfi_job *job, ctfi_bytes text);

/* hint_absent.c: nothing is at the selector. */
void ctfi_hint_absent(const ctfi_hinting *h);

/* hint_type.c: the value's type is not the one that was meant. */
void ctfi_hint_type(const ctfi_hinting *h, const ctfi_value *value);

/* hint_text.c: a text that is not as the literal says. */
void ctfi_hint_text(const ctfi_hinting *h, ctfi_bytes text);
void ctfi_hint_term(const ctfi_hinting *h);
void ctfi_hint_quoted_regex(const ctfi_hinting *h);

/* hint_stars.c: what * makes of it. False: it is not that a star stops too early. */
bool ctfi_hint_first_occurrence(const ctfi_hinting *h, ctfi_bytes text);
void ctfi_hint_stars(const ctfi_hinting *h, ctfi_bytes text);

#endif
