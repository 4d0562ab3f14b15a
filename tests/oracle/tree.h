/* Inside the oracle: the tree of a pattern and the helpers its files share. */
#ifndef ORACLE_TREE_H
#define ORACLE_TREE_H

#include "oracle.h"

/* ---- memory and bytes (pool.c) ---- */

/* Zeroed; ends the process when memory is out. */
void *oracle_alloc(oracle_pool *pool, size_t n, size_t size);
/* A copy with a NUL behind it. */
char *oracle_copy(oracle_pool *pool, oracle_text text);

bool oracle_equal(oracle_text a, oracle_text b);
bool oracle_same_word(oracle_text text, const char *word); /* ASCII letters in any case */
bool oracle_contains(oracle_text text, oracle_text part);
bool oracle_blank(unsigned char c);
bool oracle_digit(unsigned char c);

/* Length of the well-formed UTF-8 sequence at p (RFC 3629), its code point in *point; 0 if none. */
size_t oracle_utf8(const unsigned char *p, size_t length, unsigned *point);
bool oracle_utf8_valid(oracle_text text);
/* Is it a letter? Knows the scripts that tests use (the whole of Unicode is the business of the UTF-8
 * module's own test). */
bool oracle_letter(unsigned point);

/* ---- regular expressions (regex.c, backtrack.c) ---- */

typedef enum oracle_atom_type { ATOM_SET, ATOM_START, ATOM_END } oracle_atom_type;

typedef struct oracle_atom {
    oracle_atom_type type;
    bool set[257]; /* U+0000..U+00FF, and everything else together */
    unsigned min;
    unsigned max; /* UINT_MAX: no bound */
} oracle_atom;

typedef struct oracle_branch {
    oracle_atom *atoms;
    size_t n;
} oracle_branch;

typedef struct oracle_regex {
    oracle_branch *branches;
    size_t n;
} oracle_regex;

/* Parses what stands between two percent signs; NULL when it is refused. */
oracle_regex *oracle_regex_parse(oracle_pool *pool, oracle_text text);
bool oracle_regex_search(const oracle_regex *regex, oracle_text text);

/* ---- numbers (number.c, shortest.c) ---- */

/* (-1)^negative * 0.d1d2d3... * 10^exponent; no digits: zero. */
typedef struct oracle_decimal {
    bool negative;
    oracle_text digits;
    long long exponent;
} oracle_decimal;

/* Length of the longest `number` of spec 5.1 at the start of the text; 0 if none. */
size_t oracle_number_length(oracle_text text);
/* The value of a text that is a number (either grammar: 5.1's or JSON's). */
oracle_decimal oracle_decimal_read(oracle_pool *pool, oracle_text text);
int oracle_decimal_compare(const oracle_decimal *a, const oracle_decimal *b);
/* Does the exponent part of the number text fit 32 bits? */
bool oracle_exponent_fits(oracle_text text);
/* A JSON number as it is compared; false when it overflows a double. */
bool oracle_number_value(oracle_pool *pool, oracle_text text, oracle_decimal *out);
/* A JSON number as text (spec 5.4). */
oracle_text oracle_number_text(oracle_pool *pool, oracle_text text);
/* The shortest decimal that reads back as the (finite, non-zero) double: 1 to 17 digits, the value being
 * d1.d2d3... * 10^*exponent. Two digits where one would do but another second digit is nearer, as
 * Java has it. */
void oracle_shortest(double value, char digits[18], int *exponent);

/* ---- patterns (parse*.c) ---- */

typedef enum oracle_op {
    OP_EQ,
    OP_NE,
    OP_LT,
    OP_LE,
    OP_GT,
    OP_GE,
    OP_IS_NULL,
    OP_IS_TRUE,
    OP_IS_FALSE,
    OP_NOT_EXISTS
} oracle_op;

typedef enum oracle_literal_type { LITERAL_NUMBER, LITERAL_TEXT, LITERAL_REGEX } oracle_literal_type;

typedef struct oracle_literal {
    oracle_literal_type type;
    oracle_text text; /* NUMBER: as typed; TEXT: escapes decoded, '*' is the wildcard */
    oracle_decimal number;
    oracle_regex *regex;
} oracle_literal;

typedef enum oracle_step_type { STEP_KEY, STEP_INDEX, STEP_ANY } oracle_step_type;

typedef struct oracle_step {
    oracle_step_type type;
    oracle_text key;
    size_t index;
} oracle_step;

typedef struct oracle_selector {
    oracle_step *steps;
    size_t n;
    size_t wildcard; /* index of the step, n without */
    size_t wildcards;
} oracle_selector;

typedef enum oracle_node_type { NODE_TEST, NODE_AND, NODE_OR } oracle_node_type;

typedef struct oracle_node {
    oracle_node_type type;
    struct oracle_node *left, *right;
    oracle_op op;
    oracle_selector selector; /* JSON */
    oracle_text name;         /* space-delimited */
    oracle_literal literal;
} oracle_node;

typedef struct oracle_term {
    char sign; /* '+', '-' or '?' */
    oracle_text text;
} oracle_term;

typedef struct oracle_slot { /* a field of a space-delimited pattern */
    oracle_text name;
    bool ellipsis;
    oracle_node *condition; /* NULL without */
} oracle_slot;

struct oracle_pattern {
    oracle_pool pool;
    oracle_kind kind;
    oracle_term *terms;
    size_t n_terms;
    oracle_regex *regex;
    oracle_node *root;
    oracle_slot *slots;
    size_t n_slots;
    size_t ellipsis; /* n_slots without */
};

/* A place in a pattern text, and what is counted over all of it. */
typedef struct oracle_parser {
    oracle_pool *pool;
    oracle_text text;
    size_t at;
    unsigned regexes;
    unsigned wildcards;
    bool fields; /* a space-delimited pattern: tests are on names */
} oracle_parser;

void oracle_skip_blanks(oracle_parser *parser);
/* Takes `word` if it stands here. */
bool oracle_take(oracle_parser *parser, const char *word);
/* The longest run of letters, digits and the characters of `others` here; may be empty. */
oracle_text oracle_take_run(oracle_parser *parser, const char *others);
/* A quoted text with its escapes decoded; false when it is not closed. */
bool oracle_take_quoted(oracle_parser *parser, oracle_text *out);
/* $.a.b[0], the dollar sign included. */
bool oracle_take_selector(oracle_parser *parser, oracle_selector *out);
/* A right-hand side. */
bool oracle_take_literal(oracle_parser *parser, oracle_literal *out);
/* Tests joined by && and ||, with parentheses; NULL when refused. */
oracle_node *oracle_take_expression(oracle_parser *parser);

/* Each fills its part of the pattern from the whole text; false when refused. */
bool oracle_parse_terms(oracle_pattern *pattern, oracle_text text);
bool oracle_parse_fields(oracle_pattern *pattern, oracle_text text);
bool oracle_parse_json(oracle_pattern *pattern, oracle_text text);

/* ---- events (json.c) ---- */

typedef struct oracle_json {
    oracle_type type;
    oracle_text text;           /* STRING: decoded; NUMBER: as spelled; BOOLEAN: true or false */
    struct oracle_json **items; /* ARRAY: elements; OBJECT: member values, the last of equal keys */
    oracle_text *keys;          /* OBJECT */
    size_t n;
} oracle_json;

/* The message as one JSON object, or NULL. */
oracle_json *oracle_json_read(oracle_pool *pool, oracle_text message);

/* ---- evaluation (evaluate.c, split.c, glob.c) ---- */

bool oracle_glob(oracle_text pattern, oracle_text text);
bool oracle_text_equals(const oracle_literal *literal, oracle_text text); /* TEXT and REGEX */
bool oracle_json_holds(const oracle_node *node, const oracle_json *event);
const oracle_json *oracle_json_at(const oracle_json *event, const oracle_step *steps, size_t n);
bool oracle_fields_hold(const oracle_pattern *pattern, oracle_text message);

#endif
