/* Duplicate keys: the last one counts (spec: filter-patterns 5.2). What a walk needs only for messages
 * that have them, or for objects of which every member is wanted. */
#include "match/walk_state.h"

#include "base/hash.h"
#include "base/room.h"

#define SEEN_START 64
#define SEEN_STEPS 64 /* of a search; where it is that crowded, somebody chose the keys */

/* ctfi_room, with the failure noted in the walk. */
static void *room(ctfi_walk *walk, void *array, size_t *capacity, size_t need, size_t size)
{
    void *grown = ctfi_room(&walk->allocator, array, capacity, need, size);
    if (grown == NULL)
        walk->status = CTF_E_NOMEM;
    return grown;
}

/* The text and those kept are in memory now, so their sum does not wrap. */
bool ctfi_walk_keep(ctfi_walk *walk, ctfi_bytes text, size_t *offset)
{
    void *kept = room(walk, walk->kept, &walk->kept_capacity, walk->n_kept + text.length + 1, 1);
    if (kept == NULL)
        return false;
    walk->kept = kept;
    if (text.length != 0)
        memcpy(walk->kept + walk->n_kept, text.data, text.length);
    *offset = walk->n_kept;
    walk->n_kept += text.length;
    return true;
}

void ctfi_walk_collect(ctfi_walk *walk, ctfi_bytes key, bool lasting)
{
    ctfi_member member = {.serial = walk->frames[walk->n_frames - 1].serial,
                          .ordinal = walk->ordinal,
                          .kept = !lasting,
                          .data = key.data,
                          .length = key.length};
    if (!lasting && !ctfi_walk_keep(walk, key, &member.offset))
        return;
    void *members = room(walk, walk->members, &walk->members_capacity, walk->n_members + 1, sizeof member);
    if (members == NULL)
        return;
    walk->members = members;
    walk->members[walk->n_members++] = member;
}

/* Puts a hash into the table of `size` places; false when it was there, or might be but for SEEN_STEPS. */
static bool insert(uint64_t *table, size_t size, uint64_t hash)
{
    size_t at = (size_t)hash & (size - 1);
    for (size_t step = 0; table[at] != 0; at = (at + 1) & (size - 1))
        if (table[at] == hash || ++step == SEEN_STEPS)
            return false;
    table[at] = hash;
    return true;
}

/* Doubles the part of the table in use, which stays at most half full. Sets *lost when it lost a hash. */
static bool widen_seen(ctfi_walk *walk, bool *lost)
{
    size_t old = walk->seen_size, size = old == 0 ? SEEN_START : old * 2;
    void *seen = room(walk, walk->seen, &walk->seen_capacity, size + old, sizeof(uint64_t));
    if (seen == NULL)
        return false;
    walk->seen = seen;
    uint64_t *held = walk->seen + size;
    if (old != 0)
        memcpy(held, walk->seen, old * sizeof *held);
    memset(walk->seen, 0, size * sizeof *held);
    for (size_t i = 0; i < old; i++)
        if (held[i] != 0 && !insert(walk->seen, size, held[i]))
            *lost = true;
    walk->seen_size = size;
    return true;
}

/* Two keys of one hash, or in too crowded a place, count as the same here: that costs two more passes and changes
 * no verdict. Once some key has come twice it does not matter what the table lost. */
bool ctfi_walk_seen(ctfi_walk *walk, uint64_t serial, ctfi_bytes key)
{
    bool lost = false;
    if (walk->n_seen * 2 >= walk->seen_size && !widen_seen(walk, &lost))
        return false;
    uint64_t hash = ctfi_hash(serial, 0, key.data, key.length);
    walk->n_seen++;
    return !insert(walk->seen, walk->seen_size, hash | (hash == 0)) || lost;
}

static ctfi_bytes key_of(const ctfi_walk *walk, const ctfi_member *member)
{
    ctfi_bytes key = {member->kept ? walk->kept + member->offset : member->data, member->length};
    return key;
}

/* By object, then key. */
static int compare_keys(const ctfi_walk *walk, const ctfi_member *a, const ctfi_member *b)
{
    if (a->serial != b->serial)
        return a->serial < b->serial ? -1 : 1;
    ctfi_bytes x = key_of(walk, a), y = key_of(walk, b);
    size_t common = x.length < y.length ? x.length : y.length;
    int order = common == 0 ? 0 : memcmp(x.data, y.data, common);
    return order != 0 ? order : (x.length > y.length) - (x.length < y.length);
}

static bool goes_before(const ctfi_walk *walk, const ctfi_member *a, const ctfi_member *b)
{
    int order = compare_keys(walk, a, b);
    return order != 0 ? order < 0 : a->ordinal < b->ordinal;
}

/* Lets members[at] sink in the heap members[0 .. n). */
static void sink(ctfi_walk *walk, size_t at, size_t n)
{
    ctfi_member *heap = walk->members;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= n)
            return;
        child += child + 1 < n && goes_before(walk, &heap[child], &heap[child + 1]);
        if (!goes_before(walk, &heap[at], &heap[child]))
            return;
        ctfi_member moved = heap[at];
        heap[at] = heap[child];
        heap[child] = moved;
        at = child;
    }
}

/* Heapsort: in place, and never quadratic whatever the keys are. */
static void sort_members(ctfi_walk *walk)
{
    for (size_t i = walk->n_members / 2; i-- > 0;)
        sink(walk, i, walk->n_members);
    for (size_t n = walk->n_members; n > 1; n--) {
        ctfi_member last = walk->members[n - 1];
        walk->members[n - 1] = walk->members[0];
        walk->members[0] = last;
        sink(walk, 0, n - 1);
    }
}

/* Marks the ordinals of replaced members, then lists them: ascending without another sort. */
void ctfi_walk_settle(ctfi_walk *walk)
{
    size_t n = walk->n_members;
    sort_members(walk);
    void *dead = room(walk, walk->dead, &walk->dead_capacity, n + 1, sizeof *walk->dead);
    if (dead == NULL)
        return;
    walk->dead = dead;
    for (size_t i = 0; i < n; i++) {
        bool replaced = i + 1 < n && compare_keys(walk, &walk->members[i], &walk->members[i + 1]) == 0;
        walk->dead[walk->members[i].ordinal] = replaced;
    }
    walk->n_dead = 0;
    for (size_t ordinal = 0; ordinal < n; ordinal++)
        if (walk->dead[ordinal] != 0)
            walk->dead[walk->n_dead++] = ordinal;
}
