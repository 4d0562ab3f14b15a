/* Replaying composite alarms on the changes of their children. */
#ifndef CLI_REPLAY_COMPOSITE_H
#define CLI_REPLAY_COMPOSITE_H

#include "replay_model.h"

/* Fills model->composites from what model->alarms did: each composite is evaluated when the replay begins
 * and when one of its children changes, children before parents; what changes at the same time is seen
 * together. Cyclic ones (config.h) stay in INSUFFICIENT_DATA. Ends the program when memory is out. */
void replay_composites(replay_model *model);

#endif
