/* An engine in a process of its own: lines in, lines out, without deadlock and without end. */
#ifndef CLI_CHILD_H
#define CLI_CHILD_H

#include <stdbool.h>
#include <stddef.h>

#include <ctfilter/types.h>

/* Receives each line of an answer (without its newline) in order; false ends the exchange. */
typedef bool (*child_line_fn)(void *context, const char *line, size_t length);

/* The i-th line (with its newline) to put to the engine. */
typedef ctf_text (*child_request_fn)(void *context, size_t i);

/* Runs /bin/sh -c command in a process group of its own, puts n lines to it as fast as it takes them
 * and hands on its answers as they come; its stderr is ours. Returns true when there were exactly n
 * answers and the engine then ended. Otherwise tells the user (unless on_line ended it) and returns
 * false: it ended early, answered nothing for `timeout` seconds, said more than it was asked, or did
 * not end when its input did. No process of the group is left either way, nor when a signal ends us. */
bool child_exchange(const char *command, size_t n, unsigned timeout, child_request_fn request,
                    child_line_fn on_line, void *context);

#endif
