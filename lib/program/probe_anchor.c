/* Where a needle is looked for: at two of its bytes that are rarely so far apart. */
#include "program/probe_parts.h"
#include "program/probe_rarity.h"

#define RARE 7u /* bytes of a needle that are tried as anchors */

static unsigned rarity_at(const ctfi_needle *needle, uint8_t place)
{
    return ctfi_rarity_byte(needle->text[place]);
}

/* Takes the commonest of n places away, the last of equals. */
static void drop_commonest(const ctfi_needle *needle, uint8_t *places, uint8_t n)
{
    uint8_t worst = 0;
    for (uint8_t i = 1; i < n; i++)
        if (rarity_at(needle, places[i]) >= rarity_at(needle, places[worst]))
            worst = i;
    memmove(places + worst, places + worst + 1, (size_t)(n - worst - 1));
}

/* Places of the rarest bytes, ascending. Returns how many. */
static uint8_t rare_places(const ctfi_needle *needle, uint8_t places[RARE + 1])
{
    uint8_t n = 0;
    for (uint8_t i = 0; i < needle->length; i++) {
        places[n++] = i;
        if (n > RARE)
            drop_commonest(needle, places, n--);
    }
    return n;
}

/* How good two places are: the smaller the better. The sample tells words that are everywhere, the bytes
 * tell what the sample does not have. */
static uint64_t price(const ctfi_needle *needle, uint8_t first, uint8_t second)
{
    unsigned char a = needle->text[first], b = needle->text[second];
    uint64_t seen = ctfi_rarity_pair(a, b, (size_t)(second - first));
    return seen << 32 | (rarity_at(needle, first) + 1ull) * (rarity_at(needle, second) + 1);
}

void ctfi_needle_anchor(ctfi_needle *needle)
{
    uint8_t places[RARE + 1], n = rare_places(needle, places);
    uint64_t best = UINT64_MAX;
    for (uint8_t i = 0; i < n; i++)
        for (uint8_t k = (uint8_t)(i + 1); k < n; k++) {
            uint64_t now = price(needle, places[i], places[k]);
            if (now >= best)
                continue;
            best = now;
            needle->first = places[i];
            needle->second = places[k];
        }
}
