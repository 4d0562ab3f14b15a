/* Many patterns in one filter, and what the oracle says of each: for tests that try everything small. */
#ifndef RANDOM_CROWD_H
#define RANDOM_CROWD_H

#include "oracle/oracle.h"
#include "support/engine.h"

typedef struct crowd {
    const char *topic;
    ctf_pattern *patterns;
    oracle_pattern **oracles;
    size_t n, room;
    engine driver;
    bool open;
    bool *expected;
    ctf_text message; /* at hand */
    const char *path;
    size_t offered, messages, verdicts, matches, failures;
} crowd;

void crowd_begin(crowd *c, const char *topic);
/* Compares whether the library and the oracle accept the pattern; keeps it if both do. */
void crowd_add(crowd *c, const unsigned char *text, size_t length);
/* The verdicts of all patterns on a message, by ctf_match and as a stream in pieces of one byte; fields too. */
void crowd_try(crowd *c, const unsigned char *text, size_t length);
/* Prints the counts; returns the number of failures. */
size_t crowd_end(crowd *c);

/* Calls visit(context, text) with every row of at most `max` of the n words, shortest first. */
void crowd_each(const char *const *words, size_t n, size_t max,
                void (*visit)(void *context, const unsigned char *text, size_t length), void *context);

#endif
