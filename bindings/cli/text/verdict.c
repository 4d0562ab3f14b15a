#include "verdict.h"

#include <stdio.h>
#include <string.h>

#include <ctfilter/scan.h>

#include "commands.h"

/* Fills in an error that the library had no words for. */
static ctf_status plain_error(ctf_status status, ctf_error *error)
{
    *error = (ctf_error){.status = status};
    error->kind = status == CTF_E_NOMEM ? CTF_ERROR_MEMORY : CTF_ERROR_ARGUMENT;
    snprintf(error->message, sizeof error->message, "the reader answers %s", ctf_status_name(status));
    return status;
}

static ctf_status ask_scan(ctf_scratch *scratch, ctf_text message, verdict *out)
{
    ctf_hits hits;
    ctf_status status = ctf_match(scratch, message.data, message.length, &hits);
    if (status != CTF_OK)
        return plain_error(status, &out->error);
    out->match = hits.n > 0;
    return CTF_OK;
}

static int note_hit(void *context, const ctf_message *message, const ctf_hits *hits)
{
    (void)message;
    *(bool *)context = hits->n > 0;
    return 0;
}

static ctf_status feed(ctf_stream *stream, ctf_text message, size_t chunk, ctf_error *error)
{
    ctf_status status = CTF_OK;
    for (size_t i = 0; i < message.length && status == CTF_OK; i += chunk) {
        size_t rest = message.length - i;
        status = ctf_stream_feed(stream, message.data + i, rest < chunk ? rest : chunk, error);
    }
    return status == CTF_OK ? ctf_stream_finish(stream, error) : status;
}

static ctf_status ask_stream(ctf_scratch *scratch, ctf_text message, size_t chunk, verdict *out)
{
    ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_WHOLE};
    ctf_stream *stream;
    ctf_status status = ctf_stream_new(scratch, &options, note_hit, &out->match, &stream);
    if (status != CTF_OK)
        return plain_error(status, &out->error);
    status = feed(stream, message, chunk, &out->error);
    ctf_stream_free(stream);
    return status;
}

static ctf_status ask(const verdict_reader *reader, const ctf_filter *filter, ctf_text message, verdict *out)
{
    ctf_scratch_options options = {.size = sizeof options, .kernel = reader->kernel};
    ctf_scratch *scratch;
    ctf_status status = ctf_scratch_new(filter, &options, &scratch);
    if (status != CTF_OK)
        return plain_error(status, &out->error);
    if (reader->reader == READER_STREAM)
        status = ask_stream(scratch, message, reader->chunk, out);
    else
        status = ask_scan(scratch, message, out);
    ctf_scratch_free(scratch);
    return status;
}

static ctf_status ask_loaded(const verdict_reader *reader, const ctf_filter *filter, ctf_text message,
                             verdict *out)
{
    ctf_text image = ctf_filter_image(filter);
    ctf_filter *loaded;
    ctf_status status = ctf_filter_load(image.data, image.length, NULL, &loaded, &out->error);
    if (status != CTF_OK)
        return status;
    status = ask(reader, loaded, message, out);
    ctf_filter_free(loaded);
    return status;
}

static void find_one(const verdict_reader *reader, ctf_text pattern, ctf_text message, verdict *out)
{
    ctf_pattern source = {.text = pattern};
    ctf_filter *filter;
    *out = (verdict){.match = false};
    out->status = ctf_filter_compile(&source, 1, NULL, &filter, &out->error);
    if (out->status != CTF_OK)
        return;
    if (reader->reader == READER_LOADED)
        out->status = ask_loaded(reader, filter, message, out);
    else
        out->status = ask(reader, filter, message, out);
    ctf_filter_free(filter);
}

static const char *words(const verdict *v)
{
    return v->status != CTF_OK ? ctf_status_name(v->status) : v->match ? "match" : "no match";
}

static bool differ(const verdict *a, const verdict *b)
{
    return a->status != b->status || (a->status == CTF_OK && a->match != b->match);
}

static void find_all(const verdict_reader *reader, ctf_text pattern, ctf_text message, verdict *out)
{
    verdict v[READER_ALL];
    bool same = true;
    for (int i = 0; i < READER_ALL; i++) {
        find_one(&(verdict_reader){i, reader->chunk, reader->kernel}, pattern, message, &v[i]);
        same = same && !differ(&v[0], &v[i]);
    }
    *out = v[0];
    if (same)
        return;
    *out = (verdict){.status = CTF_E_ARGUMENT, .error.status = CTF_E_ARGUMENT};
    snprintf(out->error.message, sizeof out->error.message, "scan: %s, stream: %s, loaded: %s",
             words(&v[READER_SCAN]), words(&v[READER_STREAM]), words(&v[READER_LOADED]));
}

void verdict_find(const verdict_reader *reader, ctf_text pattern, ctf_text message, verdict *out)
{
    if (reader->reader == READER_ALL)
        find_all(reader, pattern, message, out);
    else
        find_one(reader, pattern, message, out);
}
