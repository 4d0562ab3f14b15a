/* Why a message matches a pattern, or does not; and what a pattern asks, in words.
 *
 * The verdict of every test is the matcher's own, so an explanation never contradicts ctf_match. It is made for
 * people: it takes its time, allocates, and is meant for one message at a time. */
#ifndef CTFILTER_EXPLAIN_H
#define CTFILTER_EXPLAIN_H

#include <ctfilter/error.h>
#include <ctfilter/filter.h>
#include <ctfilter/match.h>
#include <ctfilter/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An explanation owns all that it shows; the views below live as long as it. */
typedef struct ctf_explanation ctf_explanation;

/* Explains a pattern, on a message unless `message` is NULL. Errors are those of ctf_filter_compile. */
CTF_API ctf_status ctf_explain(ctf_text pattern, const ctf_text *message, const ctf_options *options,
                               ctf_explanation **out, ctf_error *error);
CTF_API void ctf_explanation_free(ctf_explanation *explanation);

typedef struct ctf_explanation_info {
    ctf_kind kind;
    int judged;          /* there was a message */
    int matches;
    ctf_text words;      /* what messages must be for the tests to be asked: "a message that is one JSON object" */
    ctf_text reads;      /* a pattern that matches just these messages */
    size_t n_clauses;    /* 0: nothing is tested */
    size_t n_tests;      /* of these */
    size_t n_decisive;   /* tests that are, see below */
    size_t n_hints;
    size_t n_tokens;     /* space-delimited patterns: of the message */
    ctf_text fault;      /* why the tests were not asked: the message is no JSON object, the line has too few
                            fields; empty where they were */
    size_t fault_offset; /* in the message */
} ctf_explanation_info;

CTF_API ctf_status ctf_explanation_describe(const ctf_explanation *explanation, ctf_explanation_info *out);

/* What became of a test or of tests joined. */
typedef enum ctf_outcome {
    CTF_OUTCOME_NONE = 0, /* not asked: no message, or one that the pattern's kind does not read */
    CTF_OUTCOME_TRUE,
    CTF_OUTCOME_FALSE,    /* by the value that is there */
    CTF_OUTCOME_ABSENT,   /* false: nothing is at the selector */
    CTF_OUTCOME_UNFIT,    /* false: what is there is of a type for which the test is false whatever the value */
    CTF_OUTCOME_IGNORED   /* an optional term beside others, which has no part in the verdict */
} ctf_outcome;

/* What kind of question a test is. */
typedef enum ctf_operation {
    CTF_OPERATION_CONTAINS = 0, /* terms and whole regular expressions */
    CTF_OPERATION_COMPARE,      /* =, != */
    CTF_OPERATION_ORDER,        /* <, <=, >, >= */
    CTF_OPERATION_NULL,         /* IS NULL */
    CTF_OPERATION_BOOLEAN,      /* IS TRUE, IS FALSE */
    CTF_OPERATION_ABSENCE       /* NOT EXISTS */
} ctf_operation;

typedef enum ctf_clause_type { CTF_CLAUSE_ALL, CTF_CLAUSE_ANY, CTF_CLAUSE_TEST } ctf_clause_type;

/* One test, or tests joined by && (ALL) or || (ANY; for optional terms, too). Clauses are numbered in the order of
 * the text, a joint before what it joins; 0 is the whole condition. */
typedef struct ctf_clause {
    ctf_clause_type type;
    size_t parent;   /* its own number at the root */
    size_t depth;    /* 0 at the root */
    size_t offset;   /* in the pattern, in bytes */
    size_t length;
    ctf_text text;   /* TEST: as it stands there */
    ctf_text words;  /* TEST: what it asks, as a sentence without its full stop */
    ctf_text alone;  /* TEST: a pattern of this test alone: what the matcher says of that holds of the test */
    ctf_operation operation; /* TEST */
    ctf_text subject; /* TEST: its selector, or its field's name; empty for terms */
    ctf_outcome outcome;
    int decisive;    /* TEST: among a smallest set that settles the verdict: true tests that suffice for a
                        match, or false ones whose truth would make it one (a test written twice counts twice) */
    size_t n_seen;   /* values that the test looked at */
    size_t position; /* space-delimited: of its field, from 1; 0 elsewhere */
} ctf_clause;

CTF_API ctf_status ctf_explanation_clause(const ctf_explanation *explanation, size_t index, ctf_clause *out);

/* A value that a test looked at. JSON patterns: what its selector found. Space-delimited: its field. Terms and
 * regular expressions: each place where the text occurs; nothing where it does not. */
typedef struct ctf_seen {
    ctf_value_type type; /* CTF_VALUE_STRING in other kinds than JSON */
    ctf_text text;       /* a string's characters; of other types how the message spells it */
    ctf_text path;       /* JSON: where it is, $.a[2].b; else empty */
    size_t offset;       /* in the message: of the value as it is spelled there */
    size_t length;
} ctf_seen;

CTF_API ctf_status ctf_explanation_seen(const ctf_explanation *explanation, size_t clause, size_t index,
                                        ctf_seen *out);

/* Where a message meets what people stumble over. Ids are stable. */
typedef struct ctf_hint {
    const char *id;       /* "absent-inequality" */
    size_t clause;        /* the test it is about; the number of clauses: the message or all of the pattern */
    ctf_text words;       /* sentences */
    ctf_text instead;     /* what to write in place of the bytes below; empty: there is no such proposal */
    size_t offset;        /* in the pattern */
    size_t length;
    int test_holds;       /* the test written so is true of this message */
    int pattern_matches;  /* the pattern written so matches this message */
} ctf_hint;

CTF_API ctf_status ctf_explanation_hint(const ctf_explanation *explanation, size_t index, ctf_hint *out);

/* How a line was split for a space-delimited pattern. */
typedef struct ctf_split {
    size_t position; /* from 1 */
    ctf_text name;   /* of the field that is this token, or begins with it; empty without one */
    ctf_text text;   /* of the token */
    int rest;        /* the field is all the line from here to its end */
    size_t offset;   /* in the message, of the text */
} ctf_split;

CTF_API ctf_status ctf_explanation_token(const ctf_explanation *explanation, size_t index, ctf_split *out);

#ifdef __cplusplus
}
#endif

#endif
