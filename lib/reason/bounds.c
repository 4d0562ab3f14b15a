#include "reason/bounds.h"

static void raise_low(ctfi_bounds *b, const ctfi_decimal *value, bool above)
{
    int order = b->low == NULL ? 1 : ctfi_decimal_compare(value, b->low);
    if (order > 0 || (order == 0 && above)) {
        b->low = value;
        b->above = above;
    }
}

static void lower_high(ctfi_bounds *b, const ctfi_decimal *value, bool below)
{
    int order = b->high == NULL ? -1 : ctfi_decimal_compare(value, b->high);
    if (order < 0 || (order == 0 && below)) {
        b->high = value;
        b->below = below;
    }
}

/* Takes a wish in: what is not less is at least, and so on. */
static void narrow(ctfi_bounds *b, const ctfi_wish *wish)
{
    const ctfi_decimal *value = &wish->trait->literal.number;
    switch (wish->trait->type) {
    case CTFI_TRAIT_NUMBER:
        if (wish->want) {
            raise_low(b, value, false);
            lower_high(b, value, false);
        }
        return;
    case CTFI_TRAIT_LT:
        wish->want ? lower_high(b, value, true) : raise_low(b, value, false);
        return;
    case CTFI_TRAIT_LE:
        wish->want ? lower_high(b, value, false) : raise_low(b, value, true);
        return;
    case CTFI_TRAIT_GT:
        wish->want ? raise_low(b, value, true) : lower_high(b, value, false);
        return;
    case CTFI_TRAIT_GE:
        wish->want ? raise_low(b, value, false) : lower_high(b, value, true);
        return;
    default:
        return;
    }
}

/* Is the value that is left one that is not wanted? */
static bool excludes(const ctfi_bounds *b, ctfi_wishes wishes)
{
    for (size_t i = 0; i < wishes.n; i++)
        if (!wishes.at[i].want && wishes.at[i].trait->type == CTFI_TRAIT_NUMBER &&
            ctfi_decimal_compare(b->low, &wishes.at[i].trait->literal.number) == 0)
            return true;
    return false;
}

ctfi_bounds ctfi_bounds_of(ctfi_wishes wishes)
{
    ctfi_bounds b = {.low = NULL};
    for (size_t i = 0; i < wishes.n; i++)
        narrow(&b, &wishes.at[i]);
    int order = b.low == NULL || b.high == NULL ? -1 : ctfi_decimal_compare(b.low, b.high);
    b.empty = order > 0 || (order == 0 && (b.above || b.below || excludes(&b, wishes)));
    return b;
}
