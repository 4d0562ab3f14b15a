#include "match/nesting.h"

#include "base/room.h"

/* nesting->open holds this many containers at most, and the bit above them. */
#define HELD 62

void ctfi_depth_free(ctfi_depth *depth)
{
    ctfi_resize(&depth->allocator, depth->bits, 0);
    depth->bits = NULL;
    depth->words = 0;
}

static bool fail(ctfi_nesting *nesting, ctf_status status)
{
    nesting->state = CTFI_MISFIT;
    nesting->status = status;
    return false;
}

/* Keeps the containers held, and holds none. */
static bool store(ctfi_nesting *nesting)
{
    ctfi_depth *depth = nesting->depth;
    void *bits = ctfi_room(&depth->allocator, depth->bits, &depth->words, nesting->stored + 1, sizeof *depth->bits);
    if (bits == NULL)
        return fail(nesting, CTF_E_NOMEM);
    depth->bits = bits;
    depth->bits[nesting->stored++] = nesting->open;
    nesting->open = 1;
    return true;
}

static bool enter(ctfi_nesting *nesting, bool object)
{
    if (nesting->open >> HELD != 0 && !store(nesting))
        return false;
    nesting->open = nesting->open << 1 | object;
    return true;
}

/* `behind` is what else than blanks stands behind the bracket in its block. */
static bool leave(ctfi_nesting *nesting, bool object, uint64_t behind)
{
    if ((nesting->open & 1) != object)
        return fail(nesting, CTF_OK);
    nesting->open >>= 1;
    if (nesting->open != 1)
        return true;
    if (nesting->stored > 0) {
        nesting->open = nesting->depth->bits[--nesting->stored];
        return true;
    }
    nesting->state = behind == 0 ? CTFI_CLOSED : CTFI_MISFIT;
    return false;
}

static uint64_t read_carefully(ctfi_nesting *nesting, const ctfi_block *block)
{
    uint64_t in_object = ctfi_nesting_here(nesting);
    for (uint64_t left = block->open | block->close; left != 0; left &= left - 1) {
        uint64_t at = left & (0 - left), above = left ^ (0 - left), before = nesting->open;
        bool object = (block->curly & at) != 0;
        bool inside = (block->open & at) != 0 ? enter(nesting, object) : leave(nesting, object, ~block->blank & above);
        if (!inside)
            break;
        in_object ^= (0 - ((before ^ nesting->open) & 1)) & above;
    }
    return in_object;
}

/* The common case: as many containers are open as can be held, and one at least. Whatever else comes begins
 * the block again. */
uint64_t ctfi_nesting_read(ctfi_nesting *nesting, const ctfi_block *block)
{
    uint64_t opening = block->open, curly = block->curly, open = nesting->open, in_object = 0 - (open & 1);
    for (uint64_t left = opening | block->close; left != 0; left &= left - 1) {
        uint64_t at = left & (0 - left), object = (curly & at) != 0, next = open << 1 | object;
        if ((opening & at) == 0) {
            if (((open ^ object) & 1) != 0)
                return read_carefully(nesting, block);
            next = open >> 1;
        }
        if (next == 1 || next >> (HELD + 1) != 0)
            return read_carefully(nesting, block);
        if (((open ^ next) & 1) != 0)
            in_object ^= left ^ (0 - left);
        open = next;
    }
    nesting->open = open;
    return in_object;
}
