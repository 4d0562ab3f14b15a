#include "html.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/time.h"
#include "base/utf8.h"
#include "invisible.h"

#define FARTHEST 1e6

static bool is_control(uint32_t point)
{
    return (point < 0x20 && point != '\t' && point != '\n') || (point >= 0x7f && point < 0xa0);
}

static void put_point(blob *out, uint32_t point)
{
    unsigned char bytes[4];
    blob_append(out, bytes, ctfi_utf8_write(point, bytes));
}

static void put_control(blob *out, uint32_t point)
{
    put_point(out, point < 0x20 ? 0x2400 + point : point == 0x7f ? 0x2421 : 0xfffd);
}

static void put_spelled(blob *out, uint32_t point)
{
    char name[16];
    snprintf(name, sizeof name, "[U+%04" PRIX32 "]", point);
    blob_append_words(out, name);
}

static const char *entity(uint32_t point)
{
    switch (point) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

static void put(blob *out, uint32_t point)
{
    const char *name = entity(point);
    if (name != NULL)
        blob_append_words(out, name);
    else if (is_control(point))
        put_control(out, point);
    else if (is_invisible(point))
        put_spelled(out, point);
    else
        put_point(out, point);
}

void html_clip(blob *out, ctf_text text, size_t most)
{
    const unsigned char *p = (const unsigned char *)text.data;
    size_t at = 0;
    for (; at < text.length && most > 0; most--) {
        uint32_t point = 0xfffd;
        size_t length = ctfi_utf8_read(p + at, text.length - at, &point);
        put(out, length == 0 ? 0xfffd : point);
        at += length == 0 ? 1 : length;
    }
    if (at < text.length)
        put_point(out, 0x2026);
}

void html_text(blob *out, ctf_text text)
{
    html_clip(out, text, SIZE_MAX);
}

void html_words(blob *out, const char *text)
{
    html_text(out, (ctf_text){text, strlen(text)});
}

void html_unsigned(blob *out, uint64_t value)
{
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%" PRIu64, value);
    blob_append(out, digits, (size_t)n);
}

void html_count(blob *out, uint64_t value)
{
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%" PRIu64, value);
    for (int i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            blob_append_byte(out, ',');
        blob_append_byte(out, digits[i]);
    }
}

void html_plural(blob *out, uint64_t count, const char *one, const char *many)
{
    html_count(out, count);
    blob_append_byte(out, ' ');
    blob_append_words(out, count == 1 ? one : many);
}

void html_double(blob *out, double value)
{
    unsigned char digits[CTFI_DOUBLE_TEXT];
    size_t n = isfinite(value) ? ctfi_double_print_json(value, digits) : ctfi_double_print_java(value, digits);
    blob_append(out, digits, n);
}

void html_double_short(blob *out, double value)
{
    char digits[40];
    if (isfinite(value) && value != 0.0) {
        int n = snprintf(digits, sizeof digits, "%.6g", value);
        blob_append(out, digits, (size_t)n);
    } else {
        html_double(out, value);
    }
}

void html_coordinate(blob *out, double value)
{
    char digits[40];
    double held = isnan(value) ? 0.0 : value > FARTHEST ? FARTHEST : value < -FARTHEST ? -FARTHEST : value;
    int64_t tenths = (int64_t)(held * 10.0 + (held < 0.0 ? -0.5 : 0.5));
    uint64_t size = (uint64_t)(tenths < 0 ? -tenths : tenths);
    int n = snprintf(digits, sizeof digits, "%s%" PRIu64, tenths < 0 ? "-" : "", size / 10);
    blob_append(out, digits, (size_t)n);
    if (size % 10 != 0) {
        blob_append_byte(out, '.');
        blob_append_byte(out, (char)('0' + size % 10));
    }
}

void html_moment(blob *out, int64_t time)
{
    unsigned char text[CTFI_TIME_TEXT];
    size_t length = ctfi_time_print(time, text) - 1; /* without the Z */
    unsigned char *between = memchr(text, 'T', length);
    if (between != NULL)
        *between = ' ';
    if (ctfi_floor_to(time, CTFI_MINUTE) == time)
        length -= 3;
    blob_append(out, text, length);
}

void html_time(blob *out, int64_t time)
{
    unsigned char text[CTFI_TIME_TEXT];
    blob_append_words(out, "<time datetime=\"");
    blob_append(out, text, ctfi_time_print(time, text));
    blob_append_words(out, "\">");
    html_moment(out, time);
    blob_append_words(out, "</time>");
}

void html_duration(blob *out, int64_t from, int64_t to)
{
    static const struct {
        uint64_t length;
        const char *unit;
    } units[] = {{86400000, " d"}, {3600000, " h"}, {60000, " min"}, {1000, " s"}, {1, " ms"}};
    uint64_t rest = to > from ? (uint64_t)to - (uint64_t)from : 0;
    if (rest == 0)
        blob_append_byte(out, '0');
    const char *before = "";
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (rest < units[i].length)
            continue;
        blob_append_words(out, before);
        html_count(out, rest / units[i].length);
        blob_append_words(out, units[i].unit);
        rest %= units[i].length;
        before = " ";
    }
}
