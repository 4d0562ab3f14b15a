/* Parts of `ctfilter explain`. */
#ifndef CLI_EXPLAIN_H
#define CLI_EXPLAIN_H

#include <stdbool.h>
#include <stdint.h>

#include <ctfilter/explain.h>

#include "blob.h"
#include "json_out.h"
#include "options.h"

/* A message that is kept. */
typedef struct explain_message {
    bool there;
    char *label;
    uint64_t index;  /* in its input, from 0 */
    uint64_t number; /* among all, from 1 */
    blob text;
    uint64_t price;  /* how far it is from a match */
} explain_message;

/* What was asked, and what all messages came to. */
typedef struct explain_work {
    const cli_options *options;
    ctf_text pattern;
    ctf_explanation *words; /* of the pattern alone */
    ctf_explanation_info info;
    ctf_clause *clauses;
    ctf_filter *filter;     /* each clause alone (what is no test matches all), what `reads` matches, the pattern, and
                               what was perhaps meant by it */
    uint64_t messages, read, matches;
    uint64_t *holds;        /* messages of which each clause's test is true */
    uint64_t wanted;        /* the number of the message to explain; 0: chosen */
    explain_message chosen;
    explain_message *near;  /* the nearest to a match: of all for which each test is true, and behind them of all */
    uint64_t *prices;       /* room for a message's clauses */
    bool failed;
} explain_work;

/* explain_tally.c: reads all messages, counts, and chooses the one to explain: the first that matches; else the first that
 * would if the pattern were written as a check proposes; else one in whose way the fewest tests stand, of these the first
 * for which the test is true that is true of the fewest messages. Returns false when something was complained of. */
bool explain_tally(explain_work *work, const char *const *paths, size_t n);

/* explain_text.c, explain_json.c */
void explain_print_words(const explain_work *work, blob *out);
void explain_print_counts(const explain_work *work, blob *out);
void explain_print(const explain_work *work, const explain_message *message, const ctf_explanation *e, blob *out);
/* Of a message: why its tests were not asked, or those that decide, and the hints; nothing where nothing is tested. */
void explain_print_why(const ctf_explanation *e, ctf_text message, blob *out);
void explain_json_words(const explain_work *work, json_out *out);
void explain_json_counts(const explain_work *work, json_out *out);
void explain_json(const explain_work *work, const explain_message *message, const ctf_explanation *e, json_out *out);

/* The word for a kind of pattern, and for what became of a test. */
const char *explain_kind(ctf_kind kind);
const char *explain_outcome(ctf_outcome outcome);
const char *explain_type(ctf_value_type type);

/* Members of an explanation; indices are good. */
ctf_clause explain_clause(const ctf_explanation *e, size_t index);
ctf_seen explain_seen(const ctf_explanation *e, size_t clause, size_t index);
ctf_hint explain_hint(const ctf_explanation *e, size_t index);
ctf_split explain_token(const ctf_explanation *e, size_t index);
ctf_explanation_info explain_info(const ctf_explanation *e);

#endif
