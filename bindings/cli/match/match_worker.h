/* One thread of a command that reads messages (match, replay), and what the threads share. */
#ifndef CLI_MATCH_WORKER_H
#define CLI_MATCH_WORKER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ctfilter/scan.h>

#include "blob.h"
#include "json_out.h"
#include "match_plan.h"
#include "match_stats.h"
#include "ordered.h"
#include "paths.h"
#include "progress.h"
#include "source.h"

#define WORKER_KEEPS SOURCE_INFLATED /* memory that a buffer keeps for the next input */

struct match_worker;
struct match_message;

/* What becomes of the messages of an input. */
typedef struct match_sink {
    /* At the start and the end of an input that could be opened. */
    void (*begin)(struct match_worker *worker);
    void (*end)(struct match_worker *worker);

    /* One message was looked at (every one where the plan sees all), with the patterns that match it.
     * Returns whether more of the input is wanted. */
    bool (*message)(struct match_worker *worker, const struct match_message *message, const ctf_hits *hits);

    /* The worker has done its share and nobody else works any more; NULL: nothing is left to do. */
    void (*leave)(struct match_worker *worker);
} match_sink;

/* What all threads share. */
typedef struct match_run {
    const match_plan *plan;
    const match_sink *sink;
    void *context; /* the sink's */
    const path_list *paths; /* the inputs; NULL: what the plan's stand for */
    path_walk walk;
    size_t next; /* the input to take up */
    pthread_mutex_t taking;
    ordered ordered;
    progress bar;
    atomic_bool stop;    /* take up no more */
    atomic_bool matched; /* a message was selected */
    atomic_bool failed;  /* something was complained of */
} match_run;

/* A message on its way to the results. */
typedef struct match_message {
    ctf_text text;
    bool timed; /* the envelope says when it was */
    int64_t timestamp;
    ctf_text time; /* the envelope's words for it, where `timed` is false; may be empty */
} match_message;

typedef struct match_worker {
    match_run *run;
    const match_plan *plan;
    void *context; /* the sink's, of this worker */
    match_stats stats;

    /* `filter` matches messages; the others, of the extractor, read what is around them and within. */
    ctf_scratch *filter;
    ctf_scratch *list;
    ctf_scratch *envelope;
    ctf_scratch *events;
    ctf_scratch *record;
    source_tools tools;
    blob text;    /* of the input, as far as it is at hand */
    blob decoded; /* a subscription's payload */
    blob payload; /* the same inflated */

    /* The input at hand. */
    size_t order;
    blob name; /* NUL-terminated */
    const char *label;
    ordered_output output;
    json_out json;
    uint64_t index;   /* of the next message; counts all where the plan sees all */
    uint64_t matches; /* selected */
    bool enough;      /* no more of it is wanted */
    bool zeros_told;
} match_worker;

/* Makes a worker. Returns false after it has told the user; the worker needs match_worker_free either
 * way. */
bool match_worker_init(match_worker *worker, match_run *run);
void match_worker_free(match_worker *worker);

/* Complains of the input at hand: "LABEL: <formatted>", in its turn; the exit status becomes 2. */
void match_complain(match_worker *worker, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same of a scan or stream of what begins at byte `base` of the input; nothing where there is nothing to
 * complain of. What cannot be mended ends the work on the input. */
void match_complain_scan(match_worker *worker, uint64_t base, ctf_status status, const ctf_error *error);

/* The same in the system's words. */
void match_complain_system(match_worker *worker, int error);

/* Says something about the input at hand that is no failure. */
void match_note(match_worker *worker, const char *words);

/* Reads input number `order`, whose name and label are set, and hands its messages to the sink; what that prints
 * appears in order. `error`: why it cannot be read at all, or 0. Never fails; complains. */
void match_input(match_worker *worker, int error);

#endif
