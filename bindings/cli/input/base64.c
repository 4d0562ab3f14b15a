#include "base64.h"

#include <stdint.h>

enum { BLANK = 64, PAD, OTHER };

static unsigned value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (unsigned)(c - 'A');
    if (c >= 'a' && c <= 'z')
        return (unsigned)(c - 'a') + 26;
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0') + 52;
    if (c == '+' || c == '/')
        return c == '+' ? 62 : 63;
    if (c == '=')
        return PAD;
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' ? BLANK : OTHER;
}

size_t base64_room(size_t length)
{
    return length / 4 * 3 + 3;
}

/* Does the text end well: a last group of two or three characters, with all its padding or none? */
static bool good_end(size_t characters, size_t pads)
{
    size_t rest = characters % 4;
    return rest != 1 && (pads == 0 || (rest != 0 && rest + pads == 4));
}

bool base64_decode(const char *text, size_t length, unsigned char *out, size_t *written)
{
    uint32_t bits = 0;
    size_t characters = 0, pads = 0, n = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned v = value(text[i]);
        if (v == BLANK)
            continue;
        if (v == OTHER || (v < BLANK && pads > 0))
            return false;
        if (v == PAD) {
            pads++;
            continue;
        }
        bits = bits << 6 | v;
        if (characters++ % 4 != 0) {
            unsigned left = (unsigned)(6 - 2 * ((characters - 1) % 4));
            out[n++] = (unsigned char)(bits >> left);
        }
    }
    *written = n;
    return good_end(characters, pads);
}
