#include "report_words.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include "base/utf8.h"
#include "invisible.h"

static bool is_control(uint32_t point)
{
    return point < 0x20 || (point >= 0x7f && point < 0xa0);
}

void report_words_safe(blob *out, ctf_text text)
{
    const unsigned char *data = (const unsigned char *)text.data;
    for (size_t at = 0; at < text.length;) {
        uint32_t point = 0;
        size_t n = ctfi_utf8_read(data + at, text.length - at, &point);
        if (n == 0 || is_control(point) || is_invisible(point))
            blob_append_words(out, "\xef\xbf\xbd");
        else
            blob_append(out, data + at, n);
        at += n == 0 ? 1 : n;
    }
}

void report_words(blob *out, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    blob_append_words(out, text);
}

void report_words_count(blob *out, uint64_t n, const char *noun)
{
    report_words(out, "%" PRIu64 " %s%s", n, noun, n == 1 ? "" : "s");
}
