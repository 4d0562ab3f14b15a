#include "match_stream.h"

#include <inttypes.h>
#include <stdlib.h>

#include "commands.h"
#include "diag.h"

struct match_stream {
    match_worker *worker;
    ctf_stream *stream;
    uint64_t base;
};

bool match_stream_can(int kind)
{
    return kind == INPUT_CLOUDTRAIL || kind == INPUT_ARRAY;
}

static int on_message(void *context, const ctf_message *found, const ctf_hits *hits)
{
    match_stream *stream = context;
    match_message message = {.text = found->text};
    return !stream->worker->run->sink->message(stream->worker, &message, hits);
}

/* Takes what a call answered. */
static void settle(match_stream *stream, ctf_status status, const ctf_error *error)
{
    if (status == CTF_OK)
        return;
    if (status == CTF_E_DOCUMENT)
        match_complain(stream->worker, "byte %" PRIu64 ": %s", stream->base + error->offset, error->message);
    else if (status != CTF_E_STOPPED)
        match_complain(stream->worker, "%s", error->message);
    stream->worker->enough = true;
}

match_stream *match_stream_open(match_worker *worker, int kind, uint64_t base)
{
    match_stream *stream = need(1, sizeof *stream);
    ctf_scan_options options = {.size = sizeof options, .all = worker->plan->sees_all};
    options.framing = kind == INPUT_ARRAY ? CTF_FRAME_ARRAY : CTF_FRAME_MEMBER;
    *stream = (match_stream){.worker = worker, .base = base};
    ctf_error error = {.message = "the chunked reader cannot be had"};
    settle(stream, ctf_stream_new(worker->filter, &options, on_message, stream, &stream->stream), &error);
    return stream;
}

void match_stream_feed(match_stream *stream, const unsigned char *data, size_t length)
{
    ctf_error error;
    if (!stream->worker->enough)
        settle(stream, ctf_stream_feed(stream->stream, data, length, &error), &error);
}

void match_stream_close(match_stream *stream)
{
    ctf_error error;
    if (stream == NULL)
        return;
    if (!stream->worker->enough)
        settle(stream, ctf_stream_finish(stream->stream, &error), &error);
    ctf_stream_free(stream->stream);
    free(stream);
}
