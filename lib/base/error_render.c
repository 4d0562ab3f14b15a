/* An error as people read it: place, message, the line at fault and carets under the fault.
 *
 * Whatever bytes the text holds, the output is well-formed UTF-8 without control characters but its own
 * newlines, also where the buffer cuts it. Everything is counted in columns, one a code point; a byte that
 * begins no code point is shown as U+FFFD. */
#include <stdio.h>

#include <ctfilter/error.h>

#include "base/utf8.h"

#define INDENT "  "
#define ELLIPSIS "..."
#define WINDOW 90u       /* columns of a long line that are shown */
#define WINDOW_LEAD 30u  /* of these before a fault that stands far right */

typedef struct sink {
    char *buffer;
    size_t size;
    size_t length; /* of the whole text */
    size_t kept;   /* of what stands in the buffer; stops for good at the first glyph that does not fit */
} sink;

/* The line at fault and the fault in it, in columns from 0. */
typedef struct place {
    ctfi_bytes line;
    size_t number; /* of the line, from 0 */
    size_t width;
    size_t first;
    size_t end;
} place;

/* One glyph, whole or not at all. */
static void put(sink *s, const void *glyph, size_t n)
{
    if (s->kept == s->length && n < s->size - s->kept) {
        memcpy(s->buffer + s->kept, glyph, n);
        s->kept += n;
    }
    s->length += n;
}

static void put_ascii(sink *s, const char *text)
{
    for (; *text != '\0'; text++)
        put(s, text, 1);
}

static bool is_control(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0);
}

/* Length of the glyph at p. */
static size_t step(const unsigned char *p, size_t length, uint32_t *point)
{
    size_t n = ctfi_utf8_read(p, length, point);
    if (n == 0)
        *point = 0xFFFD;
    return n + (n == 0);
}

/* The glyphs of a text from column `from` on, at most `columns`. */
static void put_text(sink *s, ctfi_bytes text, size_t from, size_t columns)
{
    uint32_t point;
    unsigned char glyph[4];
    size_t column = 0;
    for (size_t at = 0; at < text.length && column < from + columns; column++) {
        at += step(text.data + at, text.length - at, &point);
        if (column >= from)
            put(s, glyph, ctfi_utf8_write(is_control(point) ? ' ' : point, glyph));
    }
}

static void put_string(sink *s, const char *text)
{
    put_text(s, (ctfi_bytes){(const unsigned char *)text, strlen(text)}, 0, SIZE_MAX);
}

static void put_repeated(sink *s, char c, size_t n)
{
    for (; n > 0; n--)
        put(s, &c, 1);
}

static void find_line(ctf_text text, size_t offset, place *out)
{
    const unsigned char *data = (const unsigned char *)text.data;
    size_t start = 0;
    size_t end = offset;
    out->number = 0;
    for (size_t at = 0; at < offset; at++) {
        if (data[at] != '\n')
            continue;
        out->number++;
        start = at + 1;
    }
    while (end < text.length && data[end] != '\n')
        end++;
    out->line = (ctfi_bytes){text.length == 0 ? NULL : data + start, end - start};
}

/* Counts columns: of the line, before byte `from`, and before byte `to`. */
static void find_columns(place *out, size_t from, size_t to)
{
    uint32_t point;
    out->width = 0;
    out->first = 0;
    out->end = 0;
    for (size_t at = 0; at < out->line.length; out->width++) {
        out->end += at < to;
        at += step(out->line.data + at, out->line.length - at, &point);
        out->first += at <= from;
    }
    if (out->end <= out->first)
        out->end = out->first + 1;
}

static place find_place(const ctf_error *error, ctf_text text)
{
    place out;
    size_t offset = error->offset < text.length ? error->offset : text.length;
    size_t length = error->length < text.length - offset ? error->length : text.length - offset;
    find_line(text, offset, &out);
    size_t start = text.length == 0 ? 0 : (size_t)((const char *)out.line.data - text.data);
    find_columns(&out, offset - start, offset - start + length);
    return out;
}

/* First column shown: 0, or so that the fault stands in the window with something before it. */
static size_t window_start(const place *p)
{
    if (p->width <= WINDOW || p->first < WINDOW - WINDOW_LEAD)
        return 0;
    size_t start = p->first - WINDOW_LEAD;
    return start < p->width - WINDOW ? start : p->width - WINDOW;
}

static void put_line(sink *s, const place *p)
{
    size_t start = window_start(p);
    size_t columns = p->width - start < WINDOW ? p->width - start : WINDOW;
    const char *before = start > 0 ? ELLIPSIS : "";
    size_t end = p->end < start + columns ? p->end : start + columns;
    if (end <= p->first)
        end = p->first + 1;
    put_ascii(s, INDENT);
    put_ascii(s, before);
    put_text(s, p->line, start, columns);
    put_ascii(s, start + columns < p->width ? ELLIPSIS : "");
    put_ascii(s, "\n" INDENT);
    put_repeated(s, ' ', strlen(before) + p->first - start);
    put_repeated(s, '^', end - p->first);
    put_ascii(s, "\n");
}

/* Misuse and lack of memory stand nowhere; an image has bytes but no lines. */
static bool has_line(const ctf_error *error)
{
    return error->kind != CTF_ERROR_NONE && error->kind != CTF_ERROR_PROGRAM &&
           error->kind != CTF_ERROR_ARGUMENT && error->kind != CTF_ERROR_MEMORY;
}

size_t ctf_error_render(const ctf_error *error, ctf_text text, const char *name, char *buffer, size_t size)
{
    sink s = {buffer, size, 0, 0};
    char numbers[64] = ": ";
    place p = {.width = 0};
    if (has_line(error)) {
        p = find_place(error, text);
        snprintf(numbers, sizeof numbers, ":%zu:%zu: ", p.number + 1, p.first + 1);
    } else if (error->kind == CTF_ERROR_PROGRAM) {
        snprintf(numbers, sizeof numbers, ": byte %zu: ", error->offset);
    }
    put_string(&s, name);
    put_ascii(&s, numbers);
    put_string(&s, error->message);
    put_ascii(&s, "\n");
    if (has_line(error))
        put_line(&s, &p);
    if (size > 0)
        buffer[s.kept] = '\0';
    return s.length;
}
