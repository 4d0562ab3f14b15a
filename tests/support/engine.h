/* One filter, every way the library has to answer for a message. */
#ifndef SUPPORT_ENGINE_H
#define SUPPORT_ENGINE_H

#include <ctfilter/ctfilter.h>

#include <stdbool.h>

#define ENGINE_MAX_PATHS 24

typedef enum engine_how {
    ENGINE_MATCH, /* ctf_match */
    ENGINE_SCAN,  /* ctf_scan, the buffer being one message */
    ENGINE_HITS,  /* the same, asked for messages with hits alone, so that others may be passed over */
    ENGINE_STREAM /* ctf_stream in pieces of `piece` bytes */
} engine_how;

typedef struct engine_path {
    char name[48];
    engine_how how;
    size_t piece; /* 0: all at once; SIZE_MAX: pieces of random sizes */
    bool trusts;  /* CTF_TRUSTED_JSON: ask it only for messages that oracle_is_plain says yes to */
    ctf_scratch *scratch;
} engine_path;

typedef struct engine {
    ctf_filter *filter;
    ctf_filter *loaded; /* the same, saved and loaded */
    engine_path paths[ENGINE_MAX_PATHS];
    size_t n_paths;
    unsigned long long random; /* state of the piece sizes */
} engine;

/* Compiles, saves, loads, and makes a scratch for each path: ctf_match by every kernel, by the loaded program and
 * with CTF_NO_PROBE, ctf_scan for all messages, ctf_scan for hits by every kernel, by the loaded program and with
 * CTF_NO_PROBE, and streams of pieces of 1, 7, 64, random and all bytes; with CTF_TRUSTED_JSON, ctf_match by every
 * kernel and ctf_scan for hits. Answers what ctf_filter_compile answers; anything else going wrong ends the
 * process. */
ctf_status engine_open(engine *e, const ctf_pattern *patterns, size_t n, ctf_error *error);
void engine_close(engine *e);

/* What is done while the hits and the values are valid. */
typedef void (*engine_visit)(void *context, const ctf_scratch *scratch, const ctf_hits *hits);

/* Matches one message on one path; the visitor is called exactly once. Ends the process on any status
 * but CTF_OK. */
void engine_run(engine *e, const engine_path *path, ctf_text message, engine_visit visit, void *context);

/* Is the pattern among the hits? */
bool engine_hit(const ctf_hits *hits, size_t pattern);

#endif
