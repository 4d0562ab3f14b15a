#include "match/glob.h"

/* Where the piece first occurs in the text; false when nowhere. */
static bool find_piece(ctfi_bytes text, ctfi_bytes piece, size_t *at)
{
    for (size_t i = 0; i + piece.length <= text.length; i++) {
        if (memcmp(text.data + i, piece.data, piece.length) == 0) {
            *at = i;
            return true;
        }
    }
    return false;
}

static bool starts_with(ctfi_bytes text, ctfi_bytes piece)
{
    return text.length >= piece.length && (piece.length == 0 || memcmp(text.data, piece.data, piece.length) == 0);
}

/* Cuts the piece before the next '*', or all that is left, off the pattern; *last when no '*' followed. */
static ctfi_bytes cut_piece(ctfi_bytes *pattern, bool *last)
{
    const unsigned char *star = pattern->length == 0 ? NULL : memchr(pattern->data, '*', pattern->length);
    ctfi_bytes piece = *pattern;
    *last = star == NULL;
    if (star != NULL) {
        piece.length = (size_t)(star - pattern->data);
        pattern->data = star + 1;
        pattern->length -= piece.length + 1;
    }
    return piece;
}

bool ctfi_glob_match(ctfi_bytes pattern, ctfi_bytes text)
{
    bool last;
    ctfi_bytes piece = cut_piece(&pattern, &last);
    if (!starts_with(text, piece))
        return false;
    if (last)
        return text.length == piece.length;
    text.data += piece.length;
    text.length -= piece.length;
    for (;;) {
        size_t at;
        piece = cut_piece(&pattern, &last);
        if (piece.length == 0) {
            if (last)
                return true; /* a star at the end takes the rest */
            continue;
        }
        if (!find_piece(text, piece, &at))
            return false;
        text.data += at + piece.length;
        text.length -= at + piece.length;
        if (last)
            return text.length == 0;
    }
}
