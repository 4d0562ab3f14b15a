#include "json_out.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "diag.h"

#define REPLACEMENT "\xef\xbf\xbd"

static void add(json_out *out, const char *data, size_t length)
{
    if (length == 0)
        return;
    out->data = need_more(out->data, &out->capacity, out->length + length, 1);
    memcpy(out->data + out->length, data, length);
    out->length += length;
}

static void add_char(json_out *out, char c)
{
    add(out, &c, 1);
}

void json_out_free(json_out *out)
{
    free(out->data);
    *out = (json_out){0};
}

void json_out_clear(json_out *out)
{
    out->length = 0;
    out->follows = false;
}

/* What stands before a value. */
static void begin(json_out *out)
{
    if (out->follows)
        add_char(out, ',');
    out->follows = true;
}

void json_open(json_out *out, char bracket)
{
    begin(out);
    add_char(out, bracket);
    out->follows = false;
}

void json_close(json_out *out, char bracket)
{
    add_char(out, bracket);
    out->follows = true;
}

/* The two-character escape of a character, NULL when it has none. */
static const char *short_escape(unsigned char c)
{
    switch (c) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return NULL;
    }
}

static void add_escaped(json_out *out, unsigned char c)
{
    const char *escape = short_escape(c);
    char hex[8];
    if (escape != NULL) {
        add(out, escape, 2);
        return;
    }
    snprintf(hex, sizeof hex, "\\u%04x", (unsigned)c);
    add(out, hex, 6);
}

/* Length of what stands at p and needs no escape, 0 when p[0] needs one or begins no UTF-8. */
static size_t plain_length(const unsigned char *p, size_t length)
{
    uint32_t point;
    if (p[0] >= 0x80)
        return ctfi_utf8_read(p, length, &point);
    return p[0] >= ' ' && p[0] != '"' && p[0] != '\\';
}

static void add_quoted(json_out *out, ctf_text text)
{
    const unsigned char *p = (const unsigned char *)text.data;
    add_char(out, '"');
    for (size_t i = 0, from = 0; from < text.length; from = i) {
        size_t step = 0;
        while (i < text.length && (step = plain_length(p + i, text.length - i)) > 0)
            i += step;
        add(out, text.data + from, i - from);
        if (i == text.length)
            break;
        if (p[i] >= 0x80)
            add(out, REPLACEMENT, sizeof REPLACEMENT - 1);
        else
            add_escaped(out, p[i]);
        i++;
    }
    add_char(out, '"');
}

void json_key_text(json_out *out, ctf_text key)
{
    begin(out);
    add_quoted(out, key);
    add_char(out, ':');
    out->follows = false;
}

void json_key(json_out *out, const char *key)
{
    json_key_text(out, (ctf_text){key, strlen(key)});
}

void json_string(json_out *out, ctf_text text)
{
    begin(out);
    add_quoted(out, text);
}

void json_words(json_out *out, const char *text)
{
    json_string(out, (ctf_text){text, strlen(text)});
}

void json_raw(json_out *out, ctf_text text)
{
    begin(out);
    add(out, text.data, text.length);
}

static void add_words(json_out *out, const char *text)
{
    json_raw(out, (ctf_text){text, strlen(text)});
}

void json_unsigned(json_out *out, uint64_t value)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRIu64, value);
    add_words(out, digits);
}

void json_signed(json_out *out, int64_t value)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, value);
    add_words(out, digits);
}

void json_boolean(json_out *out, bool value)
{
    add_words(out, value ? "true" : "false");
}

void json_null(json_out *out)
{
    add_words(out, "null");
}

static void add_scalar(json_out *out, const json_value *value)
{
    if (value->type == JSON_STRING)
        json_string(out, value->text);
    else if (value->type == JSON_NUMBER)
        json_raw(out, value->text);
    else if (value->type == JSON_NULL)
        json_null(out);
    else
        json_boolean(out, value->type == JSON_TRUE);
}

/* Writes a value as far as its first child; returns that child, NULL when there is none. */
static const json_value *enter(json_out *out, const json_value *value)
{
    if (value->type < JSON_ARRAY) {
        add_scalar(out, value);
        return NULL;
    }
    json_open(out, value->type == JSON_ARRAY ? '[' : '{');
    if (value->first == NULL)
        json_close(out, value->type == JSON_ARRAY ? ']' : '}');
    return value->first;
}

/* Behind a value that is done: its sibling, or that of the nearest of its parents below `root`. */
static const json_value *leave(json_out *out, const json_value *value, const json_value *root)
{
    while (value != root && value->next == NULL) {
        value = value->parent;
        json_close(out, value->type == JSON_ARRAY ? ']' : '}');
    }
    return value == root ? NULL : value->next;
}

void json_tree(json_out *out, const json_value *root)
{
    for (const json_value *value = root; value != NULL;) {
        if (value != root && value->parent->type == JSON_OBJECT)
            json_key_text(out, value->key);
        const json_value *child = enter(out, value);
        value = child != NULL ? child : leave(out, value, root);
    }
}

void json_line(json_out *out, FILE *stream)
{
    add_char(out, '\n');
    fwrite(out->data, 1, out->length, stream);
    json_out_clear(out);
}
