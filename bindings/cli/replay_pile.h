/* The earliest events of a breach, and how many there are; whoever adds them in whatever order, they are
 * the same. */
#ifndef CLI_REPLAY_PILE_H
#define CLI_REPLAY_PILE_H

#include "replay_model.h"

/* Starts as {0}. At most REPLAY_MOST_EVENTS events, a heap with the latest on top; owns their texts. */
typedef struct replay_pile {
    replay_event *events;
    size_t n, room;
    uint64_t n_all;
} replay_pile;

/* Counts an event, and keeps a copy where it is among the earliest. */
void replay_pile_add(replay_pile *pile, const replay_event *event);

/* Empties one pile into another. */
void replay_pile_merge(replay_pile *into, replay_pile *from);

/* Hands the events over to a breach of the model, in order. */
void replay_pile_settle(replay_pile *pile, replay_model *model, replay_breach *breach);

#endif
