#include "alarm/text.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/number.h"
#include "base/utf8.h"

#define REPLACEMENT "\xEF\xBF\xBD"

void ctfi_write(ctfi_writer *out, const void *bytes, size_t length)
{
    if (out->length < out->size && length > 0) {
        size_t room = out->size - out->length;
        memcpy(out->buffer + out->length, bytes, length < room ? length : room);
    }
    out->length += length;
}

void ctfi_write_words(ctfi_writer *out, const char *text)
{
    ctfi_write(out, text, strlen(text));
}

void ctfi_write_unsigned(ctfi_writer *out, uint64_t value)
{
    char digits[24];
    ctfi_write(out, digits, (size_t)snprintf(digits, sizeof digits, "%" PRIu64, value));
}

void ctfi_write_double(ctfi_writer *out, double value)
{
    unsigned char text[CTFI_DOUBLE_TEXT];
    ctfi_write(out, text, ctfi_double_print_java(value, text));
}

static void write_escaped(ctfi_writer *out, unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    char escape[] = {'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]};
    if (c == '"' || c == '\\') {
        escape[1] = (char)c;
        ctfi_write(out, escape, 2);
    } else {
        ctfi_write(out, escape, sizeof escape);
    }
}

void ctfi_write_json(ctfi_writer *out, ctf_text text)
{
    ctfi_write_words(out, "\"");
    for (size_t at = 0; at < text.length;) {
        const unsigned char *p = (const unsigned char *)text.data + at;
        uint32_t point;
        size_t n = ctfi_utf8_read(p, text.length - at, &point);
        if (n == 0)
            ctfi_write_words(out, REPLACEMENT);
        else if (point < 0x20 || point == '"' || point == '\\')
            write_escaped(out, *p);
        else
            ctfi_write(out, p, n);
        at += n + (n == 0);
    }
    ctfi_write_words(out, "\"");
}

/* The longest whole prefix of code points of at most `length` bytes. */
static size_t whole_points(const char *text, size_t length)
{
    size_t start = length;
    uint32_t point;
    while (start > 0 && length - start < 3 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0 || (unsigned char)text[start - 1] < 0xC0)
        return length;
    start--;
    return ctfi_utf8_read((const unsigned char *)text + start, length - start, &point) == 0 ? start : length;
}

size_t ctfi_write_end(ctfi_writer *out)
{
    if (out->size > 0 && out->length < out->size)
        out->buffer[out->length] = '\0';
    else if (out->size > 0)
        out->buffer[whole_points(out->buffer, out->size - 1)] = '\0';
    return out->length;
}
