#include "base/show.h"

#include <assert.h>

#include "base/utf8.h"

#define DOTS "..."

/* Writes the character at the front as it is shown; `taken` says how many bytes it has. */
static size_t show_character(ctfi_bytes rest, unsigned char glyph[4], size_t *taken)
{
    uint32_t point;
    *taken = ctfi_utf8_read(rest.data, rest.length, &point);
    bool control = *taken != 0 && (point < 0x20 || (point >= 0x7F && point < 0xA0));
    if (*taken != 0 && !control)
        return ctfi_utf8_write(point, glyph);
    *glyph = control ? ' ' : '?';
    *taken += *taken == 0;
    return 1;
}

void ctfi_show(ctfi_bytes text, char *out, size_t size)
{
    size_t at = 0, cut = 0; /* dots fit behind the first `cut` bytes */
    assert(size >= sizeof DOTS);
    while (text.length > 0) {
        unsigned char glyph[4];
        size_t taken, n = show_character(text, glyph, &taken);
        if (at + n >= size) {
            memcpy(out + cut, DOTS, sizeof DOTS);
            return;
        }
        memcpy(out + at, glyph, n);
        at += n;
        cut = at + sizeof DOTS <= size ? at : cut;
        text = (ctfi_bytes){text.data + taken, text.length - taken};
    }
    out[at] = '\0';
}

ctfi_said ctfi_quote(const char *before, ctfi_bytes value, const char *after)
{
    ctfi_said said;
    size_t head = strlen(before), tail = strlen(after) + 1;
    assert(head + sizeof DOTS + tail <= sizeof said.text);
    memcpy(said.text, before, head);
    ctfi_show(value, said.text + head, sizeof said.text - head - tail + 1);
    memcpy(said.text + head + strlen(said.text + head), after, tail);
    return said;
}
