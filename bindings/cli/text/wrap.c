#include "wrap.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "report_words.h"

void wrap_blanks(blob *out, size_t n)
{
    while (n-- > 0)
        blob_append_byte(out, ' ');
}

size_t wrap_columns(ctf_text text)
{
    return ctfi_utf8_count((const unsigned char *)text.data, text.length);
}

static ctf_text first_word(ctf_text text)
{
    const char *end = memchr(text.data, ' ', text.length);
    return (ctf_text){text.data, end == NULL ? text.length : (size_t)(end - text.data)};
}

void wrap(blob *out, ctf_text text, size_t indent)
{
    size_t column = 0;
    while (text.length > 0) {
        ctf_text word = first_word(text);
        size_t width = wrap_columns(word);
        if (column > 0 && column + 1 + width > WRAP_WIDTH) {
            blob_append_byte(out, '\n');
            column = 0;
        }
        wrap_blanks(out, column == 0 ? indent : 1);
        column += (column == 0 ? indent : 1) + width;
        report_words_safe(out, word);
        size_t passed = word.length + (word.length < text.length);
        text = (ctf_text){text.data + passed, text.length - passed};
    }
    blob_append_byte(out, '\n');
}

/* The escape of a byte that needs one; NULL else. */
static const char *escape(unsigned char c, char room[8])
{
    static const char hex[] = "0123456789abcdef", plain[] = "\n\t\r\"\\", letters[] = "ntr\"\\";
    const char *found = c != '\0' ? strchr(plain, c) : NULL;
    if (found == NULL && c >= 0x20)
        return NULL;
    memcpy(room, found == NULL ? "\\u00??" : "\\?", found == NULL ? 7 : 3);
    if (found != NULL)
        room[1] = letters[found - plain];
    else
        room[4] = hex[c >> 4], room[5] = hex[c & 15];
    return room;
}

void wrap_quoted(blob *out, ctf_text text, size_t most)
{
    const unsigned char *data = (const unsigned char *)text.data;
    char room[8];
    size_t at = 0;
    blob_append_byte(out, '"');
    for (size_t shown = 0; at < text.length && shown < most; shown++) {
        uint32_t point;
        size_t n = ctfi_utf8_read(data + at, text.length - at, &point);
        const char *escaped = escape(data[at], room);
        n = n == 0 ? 1 : n;
        if (escaped != NULL)
            blob_append_words(out, escaped);
        else
            report_words_safe(out, (ctf_text){text.data + at, n});
        at += n;
    }
    blob_append_words(out, at < text.length ? "\"..." : "\"");
}
