#include "reason/say.h"

#include "base/utf8.h"

void ctfi_say_bytes(ctfi_say *say, ctfi_bytes bytes)
{
    say->data = ctfi_job_grow(say->job, say->data, &say->capacity, say->length + bytes.length + 1, 1);
    if (bytes.length != 0)
        memcpy(say->data + say->length, bytes.data, bytes.length);
    say->length += bytes.length;
}

void ctfi_say_words(ctfi_say *say, const char *words)
{
    ctfi_say_bytes(say, ctfi_bytes_of(words));
}

void ctfi_say_number(ctfi_say *say, size_t number)
{
    unsigned char digits[20];
    size_t n = sizeof digits;
    do {
        digits[--n] = (unsigned char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    ctfi_say_bytes(say, (ctfi_bytes){digits + n, sizeof digits - n});
}

static void say_control(ctfi_say *say, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    const char *known = c == '\n' ? "\\n" : c == '\t' ? "\\t" : c == '\r' ? "\\r" : NULL;
    const unsigned char code[6] = {'\\', 'u', '0', '0', (unsigned char)hex[c >> 4], (unsigned char)hex[c & 15]};
    if (known != NULL)
        ctfi_say_words(say, known);
    else
        ctfi_say_bytes(say, (ctfi_bytes){code, sizeof code});
}

/* Says the character at the start of the bytes; returns its length. */
static size_t say_character(ctfi_say *say, const unsigned char *p, size_t length)
{
    uint32_t point;
    size_t n = ctfi_utf8_read(p, length, &point);
    if (n == 0) {
        ctfi_say_words(say, "\xEF\xBF\xBD");
        return 1;
    }
    if (point < 0x20 || point == 0x7F) {
        say_control(say, *p);
        return 1;
    }
    if (*p == '"' || *p == '\\')
        ctfi_say_words(say, "\\");
    ctfi_say_bytes(say, (ctfi_bytes){p, n});
    return n;
}

void ctfi_say_quoted(ctfi_say *say, ctfi_bytes text, size_t most)
{
    size_t at = 0;
    ctfi_say_words(say, "\"");
    for (size_t shown = 0; at < text.length && shown < most; shown++)
        at += say_character(say, text.data + at, text.length - at);
    ctfi_say_words(say, at < text.length ? "\"..." : "\"");
}

void ctfi_say_filled(ctfi_say *say, const char *words, const ctfi_bytes *texts)
{
    for (const char *hole; (hole = strchr(words, '%')) != NULL; words = hole + 2) {
        ctfi_say_bytes(say, (ctfi_bytes){(const unsigned char *)words, (size_t)(hole - words)});
        ctfi_say_bytes(say, *texts++);
    }
    ctfi_say_words(say, words);
}
