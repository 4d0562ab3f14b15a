/* What a walk keeps. Only walk*.c, scratch.c and the functions below look inside. */
#ifndef CTFI_MATCH_WALK_STATE_H
#define CTFI_MATCH_WALK_STATE_H

#include "match/leaf.h"
#include "match/walk.h"
#include "program/table.h"

/* An open container that something inside is wanted of. Its nodes are places[first .. first + count). */
typedef struct ctfi_frame {
    uint32_t first;
    uint32_t count;
    ctfi_container container;
    uint32_t index;  /* of the next array element, saturated */
    bool has_any;    /* an object of which every member is wanted */
    uint32_t left;   /* children that can still come; UINT32_MAX when there is no end to them */
    uint64_t classes; /* of keys that may be wanted (base/hash.h) */
    uint64_t serial; /* tells this object from every other one the walk has seen */
} ctfi_frame;

/* A value that was asked for. */
typedef struct ctfi_slot {
    ctf_value_type type;
    bool kept;                 /* the text lies in `kept` from `offset` on, else at `data` */
    const unsigned char *data;
    size_t offset;
    size_t length;
} ctfi_slot;

/* A member of interest, as the collecting pass notes it. */
typedef struct ctfi_member {
    uint64_t serial; /* of its object */
    size_t ordinal;  /* among all members of interest of the message */
    bool kept;
    const unsigned char *data;
    size_t offset;
    size_t length;
} ctfi_member;

typedef enum ctfi_pass {
    CTFI_PASS_FIRST,  /* sets facts; notices duplicate keys */
    CTFI_PASS_COLLECT, /* notes members */
    CTFI_PASS_REPLAY  /* sets facts, but not below members that a later one replaces */
} ctfi_pass;

struct ctfi_walk {
    ctf_allocator allocator;
    const ctfi_image *image;
    const ctfi_image_node *nodes;
    ctfi_lookup keys;
    uint32_t *first_keys; /* a node: where its KEYS begin */
    bool trusting;     /* no object has two members of one key */
    ctfi_tester *tester;
    ctf_status status; /* CTF_E_NOMEM sticks until the next message */
    ctfi_pass pass;

    uint32_t *places;  /* nodes of the open frames, then those where the value now due stands */
    uint32_t pending;  /* where the latter begin */
    uint32_t n_places;
    ctfi_frame *frames;
    uint32_t n_frames;
    uint32_t max_places, max_frames; /* fixed by the image */

    uint64_t serial;
    uint64_t *stamps;  /* a node: serial of the object in which its key was last met */
    bool duplicate;

    size_t ordinal;
    bool muted;        /* below a replaced member, until frame number mute_frame goes on */
    uint32_t mute_frame;

    ctfi_slot *slots;  /* n_slots of the image */

    /* The rest grows with messages and is reused. */
    unsigned char *kept; /* texts that do not last */
    size_t n_kept, kept_capacity;
    uint64_t *seen;      /* open addressing: hashes of (object, key) where every member is wanted; 0 free */
    size_t n_seen, seen_size, seen_capacity; /* entries; places in use, a power of two; places allocated */
    ctfi_member *members;
    size_t n_members, members_capacity;
    size_t *dead;        /* ordinals of replaced members, ascending */
    size_t n_dead, dead_capacity, next_dead;
};

/* Sets up a walk over an image; CTF_E_NOMEM leaves it ready for ctfi_walk_free. */
ctf_status ctfi_walk_init(ctfi_walk *walk, ctfi_tester *tester, const ctf_allocator *allocator, bool trusting);
void ctfi_walk_free(ctfi_walk *walk);

/* The innermost open container. */
static inline const ctfi_frame *ctfi_walk_frame(const ctfi_walk *walk)
{
    return &walk->frames[walk->n_frames - 1];
}

/* Is nothing that may still come there of interest? Then the reader may pass over it to its end. */
static inline bool ctfi_walk_is_done(const ctfi_walk *walk)
{
    const ctfi_frame *frame = ctfi_walk_frame(walk);
    return frame->left == 0 && (frame->container == CTFI_ARRAY || walk->trusting);
}

/* Forgets the last message. */
void ctfi_walk_reset(ctfi_walk *walk);

/* The value in a slot of the last message. */
ctf_value ctfi_walk_value(const ctfi_walk *walk, uint32_t slot);

/* Finds the members that a later one of the same object and key replaces (walk_members.c). */
void ctfi_walk_settle(ctfi_walk *walk);

/* Notes a member while collecting; notes its key among those of an object of which all members are wanted
 * and says whether it may have been there before (walk_members.c). */
void ctfi_walk_collect(ctfi_walk *walk, ctfi_bytes key, bool lasting);
bool ctfi_walk_seen(ctfi_walk *walk, uint64_t serial, ctfi_bytes key);

/* Copies a text into `kept` and sets where; false when memory is out (walk->status tells). */
bool ctfi_walk_keep(ctfi_walk *walk, ctfi_bytes text, size_t *offset);

#endif
