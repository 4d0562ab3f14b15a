/* Arrays outside any arena that grow with what they meet and are then reused. */
#ifndef CTFI_BASE_ROOM_H
#define CTFI_BASE_ROOM_H

#include "base/arena.h"

/* Makes room for `need` elements of `size` bytes in an array of *capacity elements (NULL and 0 at first),
 * keeping the content; grows geometrically. Returns the array, or NULL with the old one untouched when
 * memory is out. need is at least 1. */
static inline void *ctfi_room(const ctf_allocator *allocator, void *array, size_t *capacity, size_t need,
                              size_t size)
{
    if (need <= *capacity)
        return array;
    size_t wider = *capacity > SIZE_MAX / 2 || *capacity * 2 < need ? need : *capacity * 2;
    if (wider > SIZE_MAX / size)
        return NULL;
    void *grown = ctfi_resize(allocator, array, wider * size);
    if (grown != NULL)
        *capacity = wider;
    return grown;
}

#endif
