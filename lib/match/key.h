/* Comparing the key of a member with a text while its bytes come by, escapes decoded, so that a key of
 * any length in any pieces needs no memory. The key's end is found as in every string: a backslash takes
 * the byte behind it. A key that is no JSON string (an unknown escape, a lone surrogate) equals nothing. */
#ifndef CTFI_MATCH_KEY_H
#define CTFI_MATCH_KEY_H

#include "base/bytes.h"

typedef enum ctfi_key_state { CTFI_KEY_PLAIN, CTFI_KEY_ESCAPE, CTFI_KEY_HEX } ctfi_key_state;

typedef struct ctfi_key {
    ctfi_bytes want;
    size_t matched; /* bytes of want that came by */
    bool same;      /* so far */
    ctfi_key_state state;
    uint32_t digits; /* of a \u escape read */
    uint32_t unit;   /* their value */
    uint32_t high;   /* a high surrogate that waits for its partner, or 0 */
} ctfi_key;

/* Right behind the opening quote. want must stay until the key ends. */
void ctfi_key_begin(ctfi_key *key, ctfi_bytes want);

/* The next byte; returns whether it is the closing quote. */
bool ctfi_key_byte(ctfi_key *key, unsigned char c);

/* After the closing quote: was it the wanted key? */
bool ctfi_key_is_wanted(const ctfi_key *key);

#endif
