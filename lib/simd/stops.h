/* Where a string stops to be plain. Such places are close by, so a step is short:
 *
 *   SLIM                    bytes that a step looks at: 8 to 32
 *   slim_load(p)            those at p
 *   slim_part(p, n, room)   n of them, fewer than SLIM, and zeros behind; `room` is 64 bytes to copy to
 *   slim_stops(v)           mask of quotes and backslashes
 *   slim_odds(v)            mask of quotes, backslashes, bytes below 0x20 and from 0x80 on */

/* Behind the steps less than SLIM bytes are left, and a last step ends where the text does: what it sees
 * for the second time is of no interest. */
ON_KERNEL static place string_stop(place p, place end)
{
    uint64_t found;
    place start = p;
    for (; end - p >= SLIM; p += SLIM)
        if ((found = slim_stops(slim_load(p))) != 0)
            return p + ctfi_lowest(found);
    if (p == end)
        return end;
    if (p != start) {
        p = end - SLIM;
        found = slim_stops(slim_load(p));
    } else {
        unsigned char room[CTFI_BLOCK];
        found = slim_stops(slim_part(p, (size_t)(end - p), room));
    }
    return found == 0 ? end : p + ctfi_lowest(found);
}

/* The same; but the zeros behind a short text are odd. */
ON_KERNEL static place plain_end(place p, place end)
{
    uint64_t found;
    place start = p;
    for (; end - p >= SLIM; p += SLIM)
        if ((found = slim_odds(slim_load(p))) != 0)
            return p + ctfi_lowest(found);
    if (p == end)
        return end;
    if (p != start) {
        p = end - SLIM;
        found = slim_odds(slim_load(p));
        return found == 0 ? end : p + ctfi_lowest(found);
    }
    unsigned char room[CTFI_BLOCK];
    return p + ctfi_lowest(slim_odds(slim_part(p, (size_t)(end - p), room)));
}
