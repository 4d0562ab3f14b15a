/* The second pass over the events: those behind what breached. */
#ifndef CLI_REPLAY_WHY_H
#define CLI_REPLAY_WHY_H

#include "replay_read.h"

/* Reads the files again that have events in a breach of the model, and gives each breach its events: the
 * messages whose samples went to the alarm's metric. `paths` and `read` are those of the first pass.
 * Returns false when something was complained of. */
bool replay_why(const replay_source *source, const match_plan *reading, const path_list *paths,
                const replay_events *read, replay_model *model);

/* Makes inputs that can be read once, such as pipes, readable twice: their bytes go to a file without a
 * name. Returns false after it has told the user. */
bool replay_spool(path_list *paths);

/* Back to the first byte of the spooled ones. */
void replay_rewind(const path_list *paths);

#endif
