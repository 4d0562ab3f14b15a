/* The command line of bench. */
#ifndef BENCH_OPTIONS_H
#define BENCH_OPTIONS_H

#include <stddef.h>
#include <stdint.h>

typedef struct bench_options {
    const char *corpus;                         /* directory; NULL: made from the seed */
    const char *json, *markdown, *svg, *export; /* where to write; NULL: not */
    const char *engines, *queries;              /* lists with commas; NULL: all */
    const char *command;                        /* the ctfilter command, for whole processes and archives */
    const char *only;                           /* "queries", "costs", "processes", "archives"; NULL: all */
    uint64_t seed;
    size_t events;
    double seconds;  /* for each engine and query */
    unsigned passes; /* fixed number, for counting instructions; 0: by seconds */
    int list;
} bench_options;

/* 0; 1 where help was asked for and given; 2 after saying on stderr what is wrong. */
int bench_options_read(int argc, char **argv, bench_options *out);

/* Is the word in the list? A NULL list holds every word. */
int bench_listed(const char *list, const char *word);

#endif
