/* Is an answer what a vector expects? One row a kind. */
#ifndef CLI_COMPARE_H
#define CLI_COMPARE_H

#include "vectors.h"

typedef enum cli_score {
    SCORE_AGREES,
    SCORE_DIFFERS,
    SCORE_NONE /* nothing can be said: the engine takes the request for none, or the kind has no row */
} cli_score;

#define SCORES 3

/* answer: an object with the vector's id. */
cli_score compare(const cli_vector *vector, const json_value *answer);

#endif
