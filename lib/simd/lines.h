/* Looking for pairs and counting lines in one pass over memory. With the primitives of pairs.h and search.h. */

/* Where counting stands: masks of the block before. */
typedef struct counting {
    uint64_t feeds;  /* its line feeds */
    uint64_t starts; /* its bytes at the start of a line */
    size_t count;
} counting;

INLINED counting counting_from(const ctfi_lines *lines)
{
    return (counting){(uint64_t)(lines->open == 0) << 63, (uint64_t)(lines->open == 1) << 63, lines->count};
}

INLINED ctfi_lines counting_end(counting state)
{
    return (ctfi_lines){state.count, (state.feeds >> 63) != 0 ? 0u : (state.starts >> 63) != 0 ? 1u : 2u};
}

/* Lines without bytes end in a line feed at their start, or in one behind a carriage return there. The
 * returns are looked for only where a line feed stands at either place. `feeds` are those of the bytes at p. */
INLINED void count_feeds(counting *state, uint64_t feeds, wide bytes, place p)
{
    uint64_t starts = feeds << 1 | state->feeds >> 63;
    uint64_t seconds = starts << 1 | state->starts >> 63, empty = 0;
    if ((feeds & (starts | seconds)) != 0) {
        uint64_t returns = mask(equal(bytes, '\r')) << 1;
        returns |= (state->starts >> 63) != 0 && p[-1] == '\r';
        empty = feeds & (starts | (seconds & returns));
    }
    *state = (counting){feeds, starts, state->count + ctfi_popcount(feeds & ~empty)};
}

/* The first n of 64 bytes at p; n may be 0. */
INLINED void count_part(counting *state, wide bytes, place p, unsigned n)
{
    if (n == 0)
        return;
    count_feeds(state, mask(equal(bytes, '\n')) & UINT64_MAX >> (64 - n), bytes, p);
    state->feeds <<= 64 - n;
    state->starts <<= 64 - n;
}

INLINED place pairs_lines_steps(const ctfi_pair *set, unsigned n, counting *state, place *p, place end)
{
    size_t reach = 0;
    for (unsigned i = 0; i < n; i++)
        reach = set[i].distance > reach ? set[i].distance : reach;
    for (; (size_t)(end - *p) >= reach + CTFI_BLOCK; *p += CTFI_BLOCK) {
        wide bytes = wide_load(*p);
        hits found = pairs_step(set, n, *p);
        if (any(found)) {
            unsigned at = ctfi_lowest(mask(found));
            count_part(state, bytes, *p, at);
            return *p + at;
        }
        count_feeds(state, mask(equal(bytes, '\n')), bytes, *p);
    }
    return NULL;
}

ON_KERNEL static place pairs_lines_end(const ctfi_pairs *set, place start, counting *state, place p, place end)
{
    unsigned char room[CTFI_BLOCK];
    place found = pairs_rest(set, start, p, end);
    for (; found - p >= CTFI_BLOCK; p += CTFI_BLOCK)
        count_part(state, wide_load(p), p, CTFI_BLOCK);
    if (p != found)
        count_part(state, wide_part(p, (size_t)(found - p), 0, room), p, (unsigned)(found - p));
    return found;
}

ON_KERNEL static place pairs_lines(const ctfi_pairs *set, ctfi_lines *lines, place p, place end)
{
    counting state = counting_from(lines);
    place start = p, found;
    switch (set->n) { /* each with its own code */
    case 1:
        found = pairs_lines_steps(set->pair, 1, &state, &p, end);
        break;
    case 2:
        found = pairs_lines_steps(set->pair, 2, &state, &p, end);
        break;
    case 3:
        found = pairs_lines_steps(set->pair, 3, &state, &p, end);
        break;
    case 4:
        found = pairs_lines_steps(set->pair, 4, &state, &p, end);
        break;
    default:
        found = pairs_lines_steps(set->pair, set->n, &state, &p, end);
    }
    if (found == NULL)
        found = pairs_lines_end(set, start, &state, p, end);
    *lines = counting_end(state);
    return found;
}
