#include "match_value.h"

#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "extract.h"

/* Reads the message with the extractor; a message that is no JSON object has no values. */
static bool read_record(match_worker *worker, const match_message *message)
{
    ctf_hits hits;
    return ctf_match(worker->record, message->text.data, message->text.length, &hits) == CTF_OK && hits.n > 0;
}

static bool read_time(ctf_text text, int64_t *out)
{
    return ctfi_time_read((ctfi_bytes){(const unsigned char *)text.data, text.length}, out);
}

static bool find_time(match_worker *worker, const match_message *message, int64_t *out)
{
    ctf_text text;
    *out = message->timestamp;
    if (message->timed)
        return true;
    if (read_record(worker, message) && extract_text(worker->record, EXTRACT_EVENT_TIME, &text) && read_time(text, out))
        return true;
    return read_time(message->time, out);
}

void match_value_time(match_worker *worker, const match_message *message)
{
    int64_t milliseconds;
    if (find_time(worker, message, &milliseconds))
        json_signed(&worker->json, milliseconds);
    else
        json_null(&worker->json);
}

/* The k-th field of a pattern; false behind the last. */
static bool field_at(const match_worker *worker, size_t pattern, size_t k, ctf_field *out)
{
    size_t n;
    return ctf_scratch_field(worker->filter, pattern, k, out, &n) == CTF_OK && k < n;
}

/* What a selector calls the field: its name or its position, behind the dollar sign. */
static void field_key(const ctf_field *field, char *number, size_t size, ctf_text *out)
{
    *out = field->name;
    if (field->name.length == 0)
        *out = (ctf_text){number, (size_t)snprintf(number, size, "%zu", field->position)};
}

static bool same(ctf_text a, ctf_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* Finds a field among the hits' patterns before the `until`-th of pattern number `last`. */
static bool find_field(const match_worker *worker, const ctf_hits *hits, size_t last, size_t until, ctf_text key,
                       ctf_field *out)
{
    char number[24];
    ctf_text called;
    for (size_t i = 0; i < hits->n && i <= last; i++)
        for (size_t k = 0; (i < last || k < until) && field_at(worker, hits->patterns[i], k, out); k++) {
            field_key(out, number, sizeof number, &called);
            if (same(called, key))
                return true;
        }
    return false;
}

static void write_field(match_worker *worker, const ctf_field *field, ctf_text key)
{
    char dollar[256] = "$";
    size_t n = key.length < sizeof dollar - 1 ? key.length : sizeof dollar - 1;
    memcpy(dollar + 1, key.data, n);
    json_key_text(&worker->json, (ctf_text){dollar, n + 1});
    json_string(&worker->json, field->text);
}

void match_value_fields(match_worker *worker, const ctf_hits *hits)
{
    json_open(&worker->json, '{');
    for (size_t i = 0; i < hits->n; i++) {
        ctf_field field, earlier;
        for (size_t k = 0; field_at(worker, hits->patterns[i], k, &field); k++) {
            char number[24];
            ctf_text key;
            field_key(&field, number, sizeof number, &key);
            if (i == 0 || !find_field(worker, hits, i, 0, key, &earlier))
                write_field(worker, &field, key);
        }
    }
    json_close(&worker->json, '}');
}

/* The value of one selector. `k` counts the ones that the extractor knows. */
static ctf_value value_of(const match_worker *worker, const char *selector, bool object, const ctf_hits *hits,
                          size_t *k)
{
    ctf_value value = {.type = CTF_VALUE_MISSING};
    ctf_field field;
    if (selector[1] == '.') {
        size_t index = EXTRACT_USER + (*k)++;
        return object ? extract_value(worker->record, index) : value;
    }
    ctf_text key = {selector + 1, strlen(selector + 1)};
    if (find_field(worker, hits, hits->n, 0, key, &field))
        value = (ctf_value){CTF_VALUE_STRING, field.text};
    return value;
}

static void write_value(match_worker *worker, const char *selector, const ctf_value *value)
{
    if (value->type == CTF_VALUE_MISSING || value->type == CTF_VALUE_ARRAY || value->type == CTF_VALUE_OBJECT)
        return;
    json_key(&worker->json, selector);
    if (value->type == CTF_VALUE_STRING)
        json_string(&worker->json, value->text);
    else if (value->type == CTF_VALUE_NULL)
        json_null(&worker->json);
    else
        json_raw(&worker->json, value->text);
}

void match_value_object(match_worker *worker, const match_message *message, const ctf_hits *hits)
{
    bool object = read_record(worker, message);
    size_t k = 0;
    json_key(&worker->json, "values");
    json_open(&worker->json, '{');
    for (size_t i = 0; i < worker->plan->n_values; i++) {
        ctf_value value = value_of(worker, worker->plan->values[i], object, hits, &k);
        write_value(worker, worker->plan->values[i], &value);
    }
    json_close(&worker->json, '}');
}

static void append_escaped(blob *out, ctf_text text)
{
    static const char plain[] = "\t\n\r\\", letters[] = "tnr\\";
    for (size_t i = 0; i < text.length; i++) {
        const char *found = text.data[i] != '\0' ? strchr(plain, text.data[i]) : NULL;
        if (found == NULL) {
            blob_append_byte(out, text.data[i]);
        } else {
            blob_append_byte(out, '\\');
            blob_append_byte(out, letters[found - plain]);
        }
    }
}

static void append_value(blob *out, const ctf_value *value)
{
    if (value->type == CTF_VALUE_NULL)
        blob_append_words(out, "null");
    else if (value->type == CTF_VALUE_MISSING || value->type == CTF_VALUE_ARRAY || value->type == CTF_VALUE_OBJECT)
        blob_append_byte(out, '-');
    else
        append_escaped(out, value->text);
}

void match_value_columns(match_worker *worker, const match_message *message, const ctf_hits *hits)
{
    bool object = read_record(worker, message);
    size_t k = 0;
    for (size_t i = 0; i < worker->plan->n_values; i++) {
        ctf_value value = value_of(worker, worker->plan->values[i], object, hits, &k);
        if (i > 0)
            blob_append_byte(&worker->output.results, '\t');
        append_value(&worker->output.results, &value);
    }
}
