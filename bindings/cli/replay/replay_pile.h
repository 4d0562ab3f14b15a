/* The earliest of some events, and how many there are; whoever adds them in whatever order, they are the same. */
#ifndef CLI_REPLAY_PILE_H
#define CLI_REPLAY_PILE_H

#include "replay_model.h"

/* Starts as {0}. A heap with the latest event on top; owns their texts. */
typedef struct replay_pile {
    replay_event *events;
    size_t n, room;
    size_t most; /* events that are kept; 0: REPLAY_MOST_EVENTS */
    uint64_t n_all;
} replay_pile;

/* Counts an event, and keeps a copy where it is among the earliest. */
void replay_pile_add(replay_pile *pile, const replay_event *event);

/* Empties one pile into another. */
void replay_pile_merge(replay_pile *into, replay_pile *from);

/* Hands the events over to the model, and returns them in order. */
const replay_event *replay_pile_sort(replay_pile *pile, replay_model *model);

#endif
