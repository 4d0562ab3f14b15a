/* Looking for pairs of bytes, 64 places a step. With the primitives of body.h and:
 *
 *   hits                     which of 64 bytes do: in whatever form is cheap to make
 *   pair(x, first, y, second) where x has the one byte and y has the other
 *   either(a, b)             union
 *   any(a), mask(a)          is there one, and which */

/* Which of the 64 places from p on begin a pair of the first n. Text is read as far as the pairs reach. */
INLINED hits pairs_step(const ctfi_pair *set, unsigned n, place p)
{
    wide near = wide_load(p);
    hits found = pair(near, set[0].first, wide_load(p + set[0].distance), set[0].second);
    UNROLL
    for (unsigned i = 1; i < n; i++)
        found = either(found, pair(near, set[i].first, wide_load(p + set[i].distance), set[i].second));
    return found;
}

/* Steps as long as all second bytes are before `end`; returns the place found, or NULL, with *p moved on. */
INLINED place pairs_steps(const ctfi_pair *set, unsigned n, place *p, place end)
{
    size_t reach = 0;
    for (unsigned i = 0; i < n; i++)
        reach = set[i].distance > reach ? set[i].distance : reach;
    for (; (size_t)(end - *p) >= reach + CTFI_BLOCK; *p += CTFI_BLOCK) {
        hits found = pairs_step(set, n, *p);
        if (any(found))
            return *p + ctfi_lowest(mask(found));
    }
    return NULL;
}

/* One pair at the n places from p on, of which those from `start` to p are known not to begin it. */
INLINED place pair_rest(const ctfi_pair *one, place start, place p, size_t n)
{
    for (; n >= CTFI_BLOCK; p += CTFI_BLOCK, n -= CTFI_BLOCK) {
        hits found = pairs_step(one, 1, p);
        if (any(found))
            return p + ctfi_lowest(mask(found));
    }
    if (n == 0)
        return NULL;
    uint64_t found;
    if ((size_t)(p - start) + n >= CTFI_BLOCK) {
        p = p + n - CTFI_BLOCK;
        found = mask(pairs_step(one, 1, p));
    } else {
        unsigned char room[CTFI_BLOCK], far_room[CTFI_BLOCK];
        wide near = wide_part(p, n, 0, room), far = wide_part(p + one->distance, n, 0, far_room);
        found = mask(pair(near, one->first, far, one->second)) & ((UINT64_C(1) << n) - 1);
    }
    return found == 0 ? NULL : p + ctfi_lowest(found);
}

/* The last places, whose pairs may reach behind the end: each pair by itself. */
ON_KERNEL static place pairs_rest(const ctfi_pairs *set, place start, place p, place end)
{
    place first = end;
    for (unsigned i = 0; i < set->n; i++) {
        const ctfi_pair *one = &set->pair[i];
        size_t left = (size_t)(end - p);
        size_t places = left < one->distance ? 0 : left - one->distance;
        place found = pair_rest(one, start, p, places);
        if (found != NULL && found < first)
            first = found;
    }
    return first;
}

ON_KERNEL static place pairs(const ctfi_pairs *set, place p, place end)
{
    place start = p, found;
    switch (set->n) { /* each with its own code */
    case 1:
        found = pairs_steps(set->pair, 1, &p, end);
        break;
    case 2:
        found = pairs_steps(set->pair, 2, &p, end);
        break;
    case 3:
        found = pairs_steps(set->pair, 3, &p, end);
        break;
    case 4:
        found = pairs_steps(set->pair, 4, &p, end);
        break;
    default:
        found = pairs_steps(set->pair, set->n, &p, end);
    }
    return found != NULL ? found : pairs_rest(set, start, p, end);
}
