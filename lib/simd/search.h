/* Searching, written once for the vector kernels; the scalar one searches with the C library, which is
 * vectorised itself. Included behind body.h, with one more primitive:
 *
 *   equal_step(p, c)  mask over STEP bytes: equal to c */

ON_KERNEL static place line_end(place p, place end)
{
    unsigned char tail[CTFI_BLOCK];
    uint64_t found;
    for (; end - p >= STEP; p += STEP)
        if ((found = equal_step(p, '\n')) != 0)
            return p + ctfi_lowest(found);
    copy_tail(tail, p, (size_t)(end - p));
    found = equal_step(tail, '\n');
    return found == 0 ? end : p + ctfi_lowest(found);
}

/* The first place of a mask at which the needle stands; its first and last byte are known to. */
ON_KERNEL static inline place confirm(place p, uint64_t candidates, ctfi_bytes needle)
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
    unsigned char tail[CTFI_BLOCK], far_tail[CTFI_BLOCK];
    for (; places >= STEP; p += STEP, places -= STEP)
        if ((found = confirm(p, equal_step(p, first) & equal_step(p + distance, last), needle)) != NULL)
            return found;
    copy_tail(tail, p, places);
    copy_tail(far_tail, p + distance, places);
    uint64_t inside = (UINT64_C(1) << places) - 1;
    return confirm(p, equal_step(tail, first) & equal_step(far_tail, last) & inside, needle);
}
