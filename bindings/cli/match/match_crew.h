/* Threads over inputs. */
#ifndef CLI_MATCH_CREW_H
#define CLI_MATCH_CREW_H

#include "match_worker.h"

/* Works on all inputs of the run, of which plan, paths, sink and context are set, with as many threads as the
 * plan says at most; shows progress where the plan wants it. Then every worker leaves, one after another,
 * in this thread. Returns false when something was complained of. */
bool match_crew_run(match_run *run);

#endif
