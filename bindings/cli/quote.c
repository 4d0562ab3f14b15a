/* `ctfilter quote`: patterns ready to paste. */
#include "quote.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "diag.h"
#include "options.h"
#include "patterns.h"
#include "report_words.h"

/* Appends the text with each `c` of it as `instead`. */
static void replace(blob *out, ctf_text text, char c, const char *instead)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] == c)
            blob_append_words(out, instead);
        else
            blob_append_byte(out, text.data[i]);
}

void quote_sh(blob *out, ctf_text text)
{
    blob_append_byte(out, '\'');
    replace(out, text, '\'', "'\\''");
    blob_append_byte(out, '\'');
}

/* Must a string of any of these languages write the character as an escape? Line separators break lines there. */
static bool is_unseen(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029 || point == 0xFEFF;
}

static void escape(blob *out, uint32_t point)
{
    const char *known = point == '\n' ? "\\n" : point == '\r' ? "\\r" : point == '\t' ? "\\t" : NULL;
    if (known != NULL)
        blob_append_words(out, known);
    else
        report_words(out, "\\u%04x", (unsigned)point);
}

/* Appends the text between quotes, with backslashes before quotes and backslashes; `twice` are characters that are
 * doubled before a brace. */
static void quoted(blob *out, ctf_text text, char quote, const char *twice)
{
    const unsigned char *data = (const unsigned char *)text.data;
    blob_append_byte(out, quote);
    for (size_t at = 0; at < text.length;) {
        uint32_t point = 0;
        size_t n = ctfi_utf8_read(data + at, text.length - at, &point);
        char c = text.data[at];
        if (c == quote || c == '\\')
            blob_append_byte(out, '\\');
        if (c != '\0' && strchr(twice, c) != NULL && at + 1 < text.length && data[at + 1] == '{')
            blob_append_byte(out, c);
        if (is_unseen(point))
            escape(out, point);
        else
            blob_append(out, data + at, n == 0 ? 1 : n);
        at += n == 0 ? 1 : n;
    }
    blob_append_byte(out, quote);
}

void quote_json(blob *out, ctf_text text)
{
    quoted(out, text, '"', "");
}

void quote_hcl(blob *out, ctf_text text)
{
    quoted(out, text, '"', "$%");
}

void quote_cdk(blob *out, ctf_text text)
{
    blob_append_words(out, "logs.FilterPattern.literal(");
    quoted(out, text, '\'', "");
    blob_append_byte(out, ')');
}

static bool has_unseen(ctf_text text)
{
    const unsigned char *data = (const unsigned char *)text.data;
    for (size_t at = 0; at < text.length;) {
        uint32_t point = 0;
        size_t n = ctfi_utf8_read(data + at, text.length - at, &point);
        if (is_unseen(point))
            return true;
        at += n == 0 ? 1 : n;
    }
    return false;
}

/* Between single quotes all is itself but the quote; what cannot be seen stands between double ones. */
void quote_yaml(blob *out, ctf_text text)
{
    if (has_unseen(text)) {
        quote_json(out, text);
        return;
    }
    blob_append_byte(out, '\'');
    replace(out, text, '\'', "''");
    blob_append_byte(out, '\'');
}

static void print(const pattern_list *list, uint64_t language)
{
    static void (*const quotes[])(blob *, ctf_text) = {quote_sh, quote_yaml, quote_json, quote_hcl, quote_cdk};
    blob out = {0};
    for (size_t i = 0; i < list->n; i++) {
        quotes[language](&out, list->patterns[i].text);
        blob_append_byte(&out, '\n');
    }
    fwrite(out.data, 1, out.length, stdout);
    blob_free(&out);
}

int run_quote(const cli_options *options)
{
    pattern_list list = {0};
    size_t taken;
    ctf_filter *filter = NULL;
    if (patterns_list_from_options(options, options->n_operands, &list, &taken))
        filter = patterns_compile(&list);
    if (filter != NULL)
        print(&list, options_number(options, OPT_FOR, QUOTE_SH));
    bool good = filter != NULL;
    ctf_filter_free(filter);
    patterns_free(&list);
    return good ? 0 : EXIT_ERROR;
}
