#include "match/walk_state.h"

#include "base/number.h"
#include "program/table.h"

/* A place in `places` is a node; with this bit it is an element of an array of which only nulls matter. */
#define INSIDE UINT32_C(0x80000000)

static const ctfi_image_node *node_at(const ctfi_walk *walk, uint32_t place)
{
    return &walk->nodes[place & ~INSIDE];
}

static void set_fact(ctfi_walk *walk, uint32_t fact)
{
    if (!walk->muted)
        ctfi_fact_set(&walk->tester->facts, fact);
}

/* Everything but the message's memory goes back to the start of a pass. */
static void rewind_pass(ctfi_walk *walk, ctfi_pass pass)
{
    walk->pass = pass;
    walk->n_frames = 0;
    walk->duplicate = false;
    walk->muted = false;
    walk->ordinal = 0;
    walk->next_dead = 0;
}

static void clear_slots(ctfi_walk *walk)
{
    for (uint32_t i = 0; i < walk->image->n_slots; i++)
        walk->slots[i] = (ctfi_slot){.type = CTF_VALUE_MISSING};
}

void ctfi_walk_reset(ctfi_walk *walk)
{
    walk->status = CTF_OK;
    walk->n_kept = 0;
    walk->n_members = 0;
    walk->n_dead = 0;
    clear_slots(walk);
    rewind_pass(walk, CTFI_PASS_FIRST);
}

void ctfi_walk_begin(ctfi_walk *walk)
{
    walk->n_seen = walk->seen_size = 0;
    walk->pending = 0;
    walk->n_places = 1;
    walk->places[0] = 0;
}

static void push_place(ctfi_walk *walk, uint32_t place)
{
    if (walk->n_places < walk->max_places)
        walk->places[walk->n_places++] = place;
}

/* How many children a container at this node can have: each at most once, or without end. */
static uint32_t children(const ctfi_image_node *node, ctfi_container container)
{
    if (node->any != CTFI_NONE || (container == CTFI_ARRAY && node->null_inside != CTFI_NONE))
        return UINT32_MAX;
    return container == CTFI_OBJECT ? node->n_keys : node->indexes.count;
}

/* Adds a node to the places of a container that opens, if anything inside is of interest. */
static void join_frame(ctfi_walk *walk, ctfi_frame *frame, uint32_t place)
{
    const ctfi_image_node *node = node_at(walk, place);
    uint32_t n = children(node, frame->container);
    if (n == 0)
        return;
    walk->places[frame->first + frame->count++] = place;
    frame->left = n == UINT32_MAX || frame->left == UINT32_MAX ? UINT32_MAX : frame->left + n;
    if (frame->container == CTFI_OBJECT) {
        frame->has_any |= node->any != CTFI_NONE;
        frame->classes |= node->any != CTFI_NONE ? UINT64_MAX : node->key_classes;
    }
}

static void set_slot(ctfi_walk *walk, const ctfi_image_node *node, ctf_value_type type)
{
    if (node->slot != CTFI_NONE && !walk->muted)
        walk->slots[node->slot] = (ctfi_slot){.type = type};
}

bool ctfi_walk_open(ctfi_walk *walk, ctfi_container container)
{
    ctfi_frame *frame = &walk->frames[walk->n_frames];
    *frame = (ctfi_frame){.first = walk->pending, .container = container, .serial = ++walk->serial};
    for (uint32_t i = walk->pending; i < walk->n_places; i++) {
        uint32_t place = walk->places[i];
        const ctfi_image_node *node = node_at(walk, place);
        if (place & INSIDE)
            continue;
        set_fact(walk, node->present);
        set_slot(walk, node, container == CTFI_OBJECT ? CTF_VALUE_OBJECT : CTF_VALUE_ARRAY);
        join_frame(walk, frame, place);
    }
    walk->n_places = walk->pending = frame->first + frame->count;
    if (frame->count == 0 || walk->n_frames == walk->max_frames)
        return false;
    walk->n_frames++;
    return true;
}

ctfi_container ctfi_walk_container(const ctfi_walk *walk)
{
    return walk->frames[walk->n_frames - 1].container;
}

/* A replaced member stays muted until its object goes on. */
static void unmute_at(ctfi_walk *walk, uint32_t frame)
{
    if (walk->muted && walk->mute_frame == frame)
        walk->muted = false;
}

/* So few are compared faster than one is looked up. */
#define FEW_KEYS 4

static uint32_t child_by_key(const ctfi_walk *walk, uint32_t place, ctfi_bytes key)
{
    uint32_t n = node_at(walk, place)->n_keys;
    if (n > FEW_KEYS)
        return ctfi_lookup_find(&walk->keys, place, key);
    const ctfi_image_entry *entry = walk->keys.entries + walk->first_keys[place];
    for (; n > 0; entry++, n--)
        if (entry->key.length == key.length && ctfi_same(walk->keys.bytes + entry->key.offset, key.data, key.length))
            return entry->value;
    return CTFI_NONE;
}

/* One child less to come. */
static void count_child(ctfi_frame *frame)
{
    if (frame->left != UINT32_MAX)
        frame->left--;
}

/* Pushes the children that a member's value stands at. */
static void push_members(ctfi_walk *walk, ctfi_frame *frame, ctfi_bytes key)
{
    for (uint32_t i = 0; i < frame->count; i++) {
        uint32_t place = walk->places[frame->first + i];
        uint32_t child = child_by_key(walk, place, key);
        if (child != CTFI_NONE) {
            push_place(walk, child);
            count_child(frame);
            walk->duplicate |= walk->stamps[child] == frame->serial;
            walk->stamps[child] = frame->serial;
        }
        if (node_at(walk, place)->any != CTFI_NONE)
            push_place(walk, node_at(walk, place)->any);
    }
}

/* Gives a member of interest its ordinal and does what the pass is for. */
static void count_member(ctfi_walk *walk, const ctfi_frame *frame, ctfi_bytes key, bool lasting)
{
    if (walk->pass == CTFI_PASS_FIRST) {
        if (frame->has_any && ctfi_walk_seen(walk, frame->serial, key))
            walk->duplicate = true;
        return;
    }
    if (walk->pass == CTFI_PASS_COLLECT)
        ctfi_walk_collect(walk, key, lasting);
    else if (walk->next_dead < walk->n_dead && walk->dead[walk->next_dead] == walk->ordinal) {
        walk->next_dead++;
        if (!walk->muted) {
            walk->muted = true;
            walk->mute_frame = walk->n_frames;
        }
    }
    walk->ordinal++;
}

bool ctfi_walk_key(ctfi_walk *walk, ctfi_bytes key, bool lasting)
{
    ctfi_frame *frame = &walk->frames[walk->n_frames - 1];
    unmute_at(walk, walk->n_frames);
    walk->n_places = walk->pending = frame->first + frame->count;
    push_members(walk, frame, key);
    if (walk->n_places == walk->pending)
        return false;
    count_member(walk, frame, key, lasting);
    return true;
}

static uint32_t child_by_index(const ctfi_walk *walk, const ctfi_image_node *node, uint32_t index)
{
    const ctfi_image_index *indexes = ctfi_image_INDEXES(walk->image) + node->indexes.first;
    uint32_t low = 0, high = node->indexes.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (indexes[middle].index < index)
            low = middle + 1;
        else
            high = middle;
    }
    return low < node->indexes.count && indexes[low].index == index ? indexes[low].child : CTFI_NONE;
}

bool ctfi_walk_element(ctfi_walk *walk)
{
    ctfi_frame *frame = &walk->frames[walk->n_frames - 1];
    walk->n_places = walk->pending = frame->first + frame->count;
    for (uint32_t i = 0; i < frame->count; i++) {
        uint32_t place = walk->places[frame->first + i];
        const ctfi_image_node *node = node_at(walk, place);
        uint32_t child = child_by_index(walk, node, frame->index);
        if (child != CTFI_NONE) {
            push_place(walk, child);
            count_child(frame);
        }
        if (node->any != CTFI_NONE)
            push_place(walk, node->any);
        if (node->null_inside != CTFI_NONE)
            push_place(walk, place | INSIDE);
    }
    frame->index += frame->index != UINT32_MAX;
    return walk->n_places > walk->pending;
}

void ctfi_walk_close(ctfi_walk *walk)
{
    unmute_at(walk, walk->n_frames);
    walk->n_frames--;
    walk->n_places = walk->pending = walk->frames[walk->n_frames].first;
}

/* Puts a value's text where it stays: the reader's bytes if they last, else a copy. */
static void fill_slot(ctfi_walk *walk, const ctfi_image_node *node, ctf_value_type type, ctfi_bytes text,
                      bool lasting)
{
    if (node->slot == CTFI_NONE || walk->muted)
        return;
    ctfi_slot slot = {.type = type, .kept = !lasting, .data = text.data, .length = text.length};
    if (lasting || ctfi_walk_keep(walk, text, &slot.offset))
        walk->slots[node->slot] = slot;
}

void ctfi_walk_string(ctfi_walk *walk, ctfi_bytes text, bool lasting)
{
    for (uint32_t i = walk->pending; i < walk->n_places; i++) {
        const ctfi_image_node *node = node_at(walk, walk->places[i]);
        if (walk->places[i] & INSIDE)
            continue;
        set_fact(walk, node->present);
        set_fact(walk, node->textual);
        set_fact(walk, node->comparable);
        fill_slot(walk, node, CTF_VALUE_STRING, text, lasting);
        if (node->leaf != CTFI_NONE && !walk->muted)
            ctfi_leaf_string(walk->tester, node->leaf, text);
    }
    walk->n_places = walk->pending;
}

static bool is_comparable(ctfi_bytes spelled)
{
    unsigned char room[CTFI_DOUBLE_TEXT];
    ctfi_decimal value;
    return ctfi_json_number(spelled.data, spelled.length, room, &value);
}

void ctfi_walk_number(ctfi_walk *walk, ctfi_bytes text, bool lasting)
{
    for (uint32_t i = walk->pending; i < walk->n_places; i++) {
        const ctfi_image_node *node = node_at(walk, walk->places[i]);
        if (walk->places[i] & INSIDE)
            continue;
        set_fact(walk, node->present);
        set_fact(walk, node->textual);
        if (node->comparable != CTFI_NONE && is_comparable(text))
            set_fact(walk, node->comparable);
        fill_slot(walk, node, CTF_VALUE_NUMBER, text, lasting);
        if (node->leaf != CTFI_NONE && !walk->muted)
            ctfi_leaf_number(walk->tester, node->leaf, text);
    }
    walk->n_places = walk->pending;
}

static uint32_t word_fact(const ctfi_image_node *node, ctfi_word word)
{
    return word == CTFI_NULL ? node->null : word == CTFI_TRUE ? node->is_true : node->is_false;
}

void ctfi_walk_word(ctfi_walk *walk, ctfi_word word)
{
    static const char *const spelled[] = {[CTFI_TRUE] = "true", [CTFI_FALSE] = "false", [CTFI_NULL] = ""};
    ctfi_bytes text = {(const unsigned char *)spelled[word], strlen(spelled[word])};
    for (uint32_t i = walk->pending; i < walk->n_places; i++) {
        const ctfi_image_node *node = node_at(walk, walk->places[i]);
        if (walk->places[i] & INSIDE) {
            if (word == CTFI_NULL)
                set_fact(walk, node->null_inside);
            continue;
        }
        set_fact(walk, node->present);
        set_fact(walk, word_fact(node, word));
        fill_slot(walk, node, word == CTFI_NULL ? CTF_VALUE_NULL : CTF_VALUE_BOOLEAN, text, true);
    }
    walk->n_places = walk->pending;
}

/* Another pass sets what it sets from nothing. */
static void forget_results(ctfi_walk *walk, ctfi_pass next)
{
    ctfi_bitset_clear(&walk->tester->facts);
    clear_slots(walk);
    rewind_pass(walk, next);
}

ctf_status ctfi_walk_end(ctfi_walk *walk, bool *again)
{
    *again = false;
    if (walk->status == CTF_OK && walk->pass == CTFI_PASS_COLLECT)
        ctfi_walk_settle(walk);
    if (walk->status != CTF_OK)
        return walk->status;
    *again = walk->pass == CTFI_PASS_COLLECT || (walk->pass == CTFI_PASS_FIRST && walk->duplicate);
    if (*again)
        forget_results(walk, walk->pass == CTFI_PASS_FIRST ? CTFI_PASS_COLLECT : CTFI_PASS_REPLAY);
    return CTF_OK;
}

ctf_value ctfi_walk_value(const ctfi_walk *walk, uint32_t slot)
{
    const ctfi_slot *value = &walk->slots[slot];
    const unsigned char *data = value->kept ? walk->kept + value->offset : value->data;
    ctf_value out = {value->type, {(const char *)data, value->length}};
    return out;
}
