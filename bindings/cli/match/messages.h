/* Every message of some inputs, one after another in their order, for commands that look at each. */
#ifndef CLI_MESSAGES_H
#define CLI_MESSAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ctfilter/match.h>

#include "options.h"

/* One message; all of it is valid during the call. */
typedef struct message_seen {
    const char *label; /* its input */
    uint64_t index;    /* in its input, from 0 */
    ctf_text text;
    const ctf_hits *hits;
} message_seen;

/* Takes a message; returns whether more are wanted. */
typedef bool (*message_fn)(void *context, const message_seen *message);

/* Reads the paths (directories with all below them, "-" for standard input) as match does, by the options that are
 * about reading, and matches every message with the filter. Returns false when something was complained of; the rest
 * has been read. */
bool messages_read(const cli_options *options, const ctf_filter *filter, const char *const *paths, size_t n,
                   message_fn take, void *context);

#endif
