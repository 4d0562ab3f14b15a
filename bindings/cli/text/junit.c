#include "junit.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "report_words.h"

/* XML has no way to write most control characters: they become U+FFFD. In attributes an end of line is spelled out. */
static void xml(blob *out, ctf_text text, bool attribute)
{
    const unsigned char *data = (const unsigned char *)text.data;
    for (size_t at = 0; at < text.length;) {
        uint32_t point = 0;
        size_t n = ctfi_utf8_read(data + at, text.length - at, &point);
        const char *code = point == '<' ? "&lt;" : point == '>' ? "&gt;" : point == '&' ? "&amp;" : point == '"' ? "&quot;"
                           : point == '\n' && attribute ? "&#10;" : point == '\t' ? "&#9;" : NULL;
        if (n == 0 || (point < 0x20 && point != '\n' && code == NULL) || point == 0xFFFE || point == 0xFFFF)
            code = "\xEF\xBF\xBD";
        if (code != NULL)
            blob_append_words(out, code);
        else
            blob_append(out, data + at, n);
        at += n == 0 ? 1 : n;
    }
}

static void xml_words(blob *out, const char *text)
{
    xml(out, (ctf_text){text, strlen(text)}, true);
}

void junit_begin(blob *out)
{
    blob_append_words(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
}

void junit_end(blob *out)
{
    blob_append_words(out, "</testsuites>\n");
}

void junit_suite_begin(blob *out, ctf_text name, size_t tests, size_t failures, size_t errors)
{
    blob_append_words(out, "  <testsuite name=\"");
    xml(out, name, true);
    report_words(out, "\" tests=\"%zu\" failures=\"%zu\"", tests, failures);
    if (errors > 0)
        report_words(out, " errors=\"%zu\"", errors);
    blob_append_words(out, ">\n");
}

void junit_suite_end(blob *out)
{
    blob_append_words(out, "  </testsuite>\n");
}

void junit_case_begin(blob *out, ctf_text class_name, ctf_text name)
{
    blob_append_words(out, "    <testcase classname=\"");
    xml(out, class_name, true);
    blob_append_words(out, "\" name=\"");
    xml(out, name, true);
    blob_append_words(out, "\">\n");
}

void junit_case_end(blob *out)
{
    blob_append_words(out, "    </testcase>\n");
}

void junit_failure(blob *out, const char *type, const char *message, ctf_text body)
{
    blob_append_words(out, "      <failure type=\"");
    xml_words(out, type);
    blob_append_words(out, "\" message=\"");
    xml_words(out, message);
    blob_append_words(out, "\">");
    xml(out, body, false);
    blob_append_words(out, "</failure>\n");
}

void junit_error(blob *out, const char *message)
{
    blob_append_words(out, "      <error message=\"");
    xml_words(out, message);
    blob_append_words(out, "\"/>\n");
}
