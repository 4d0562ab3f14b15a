/* From where to where wishes let a number be. */
#ifndef CTFI_REASON_BOUNDS_H
#define CTFI_REASON_BOUNDS_H

#include "base/number.h"
#include "reason/wish.h"

typedef struct ctfi_bounds {
    const ctfi_decimal *low, *high; /* NULL: none */
    bool above, below;              /* the bound itself is out */
    bool empty;
} ctfi_bounds;

ctfi_bounds ctfi_bounds_of(ctfi_wishes wishes);

/* Is one value left? */
static inline bool ctfi_bounds_is_point(const ctfi_bounds *b)
{
    return b->low != NULL && b->high != NULL && ctfi_decimal_compare(b->low, b->high) == 0;
}

#endif
