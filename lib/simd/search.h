/* Searching 64 bytes a step, for the vector kernels; the scalar one searches with the C library, which is
 * vectorised itself. With the primitives of pairs.h and:
 *
 *   equal(w, c)  which bytes are c */

ON_KERNEL static place line_end(place p, place end)
{
    uint64_t found;
    place start = p;
    for (; end - p >= CTFI_BLOCK; p += CTFI_BLOCK) {
        hits lines = equal(wide_load(p), '\n');
        if (any(lines))
            return p + ctfi_lowest(mask(lines));
    }
    if (p == end)
        return end;
    if (p != start) {
        p = end - CTFI_BLOCK;
        found = mask(equal(wide_load(p), '\n'));
    } else {
        unsigned char room[CTFI_BLOCK];
        found = mask(equal(wide_part(p, (size_t)(end - p), 0, room), '\n'));
    }
    return found == 0 ? end : p + ctfi_lowest(found);
}

/* The first place of a mask at which the needle stands; its first and last byte are known to. */
INLINED place confirm(place p, uint64_t candidates, ctfi_bytes needle)
{
    for (; candidates != 0; candidates &= candidates - 1) {
        place at = p + ctfi_lowest(candidates);
        if (memcmp(at, needle.data, needle.length) == 0)
            return at;
    }
    return NULL;
}

/* Looks for the needle's first and last byte at their distance. */
ON_KERNEL static place find(ctfi_bytes text, ctfi_bytes needle)
{
    if (text.length < needle.length)
        return NULL;
    size_t distance = needle.length - 1, places = text.length - distance;
    unsigned char first = needle.data[0], last = needle.data[distance];
    place p = text.data, found;
    for (; places >= CTFI_BLOCK; p += CTFI_BLOCK, places -= CTFI_BLOCK) {
        hits both = pair(wide_load(p), first, wide_load(p + distance), last);
        if (any(both) && (found = confirm(p, mask(both), needle)) != NULL)
            return found;
    }
    if (places == 0)
        return NULL;
    if (p != text.data) {
        p = p + places - CTFI_BLOCK;
        return confirm(p, mask(pair(wide_load(p), first, wide_load(p + distance), last)), needle);
    }
    unsigned char room[CTFI_BLOCK], far_room[CTFI_BLOCK];
    wide near = wide_part(p, places, 0, room), far = wide_part(p + distance, places, 0, far_room);
    uint64_t inside = (UINT64_C(1) << places) - 1;
    return confirm(p, mask(pair(near, first, far, last)) & inside, needle);
}
