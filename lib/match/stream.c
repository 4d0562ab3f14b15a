/* A document in pieces. A message that lies within one piece is matched there; the bytes of one that
 * spans pieces are put together first, so memory is bounded by the largest message. */
#include <ctfilter/scan.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/room.h"
#include "match/report.h"
#include "match/stream_yajl.h"

struct ctf_stream {
    ctf_allocator allocator;
    ctfi_report report;
    ctfi_framer frame;
    ctfi_yajl *reader;
    unsigned char *member; /* our copy of the option */
    unsigned char *kept;   /* the open message as far as earlier pieces had it */
    size_t n_kept;
    size_t capacity;
    uint64_t kept_from; /* offset of kept[0] in the document */
    bool done;          /* failed or finished */
};

/* The room for `more` bytes behind those kept. Both are in memory now, so their sum does not wrap. */
static ctf_status reserve(ctf_stream *stream, size_t more)
{
    void *kept = ctfi_room(&stream->allocator, stream->kept, &stream->capacity, stream->n_kept + more + 1, 1);
    if (kept == NULL)
        return CTF_E_NOMEM;
    stream->kept = kept;
    return CTF_OK;
}

/* Keeps the open message's bytes of this piece, up to `end` in the document. */
static ctf_status keep(ctf_stream *stream, uint64_t end)
{
    const ctfi_framer *frame = &stream->frame;
    uint64_t from = frame->start > frame->base ? frame->start : frame->base;
    if (frame->start >= frame->base) {
        stream->n_kept = 0;
        stream->kept_from = frame->start;
    }
    if (end <= from)
        return CTF_OK;
    size_t length = (size_t)(end - from);
    if (reserve(stream, length) != CTF_OK)
        return CTF_E_NOMEM;
    memcpy(stream->kept + stream->n_kept, frame->piece.data + (from - frame->base), length);
    stream->n_kept += length;
    return CTF_OK;
}

/* The message that the framer has found. */
static ctf_status found(ctf_stream *stream, ctf_error *error)
{
    const ctfi_framer *frame = &stream->frame;
    ctfi_bytes message = {(const unsigned char *)"", (size_t)(frame->end - frame->start)};
    if (frame->start < frame->base) {
        ctf_status status = keep(stream, frame->end);
        if (status != CTF_OK)
            return ctfi_report_failure(status, frame->start, error);
        message.data = stream->kept + (frame->start - stream->kept_from);
    } else if (message.length > 0) {
        message.data = frame->piece.data + (frame->start - frame->base);
    }
    return ctfi_report_message(&stream->report, message, frame->start, error);
}

/* The piece is used up. */
static ctf_status put_by(ctf_stream *stream, ctf_error *error)
{
    const ctfi_framer *frame = &stream->frame;
    if (!frame->open || keep(stream, frame->base + frame->piece.length) == CTF_OK)
        return CTF_OK;
    return ctfi_report_failure(CTF_E_NOMEM, frame->start, error);
}

/* Asks the framer until it wants another piece or the document is complete. */
static ctf_status run(ctf_stream *stream, ctfi_frame_event (*next)(ctfi_framer *), ctf_error *error)
{
    ctf_status status = CTF_OK;
    while (status == CTF_OK) {
        ctfi_frame_event event = next(&stream->frame);
        if (event == CTFI_FRAME_END)
            return CTF_OK;
        if (event == CTFI_FRAME_MORE)
            return put_by(stream, error);
        status = event == CTFI_FRAME_FAILED ? ctfi_frame_error(&stream->frame, error) : found(stream, error);
    }
    return status;
}

/* Takes the scratch, gives the framer a piece (NULL: the document ends) and runs. A failure is the end of
 * the stream. */
static ctf_status run_taken(ctf_stream *stream, const ctfi_bytes *piece, ctf_error *error)
{
    ctf_status status = ctfi_scratch_take(stream->report.scratch);
    if (status == CTF_OK) {
        if (piece != NULL)
            ctfi_frame_piece(&stream->frame, *piece);
        status = run(stream, piece != NULL ? ctfi_frame_next : ctfi_frame_finish, error);
        ctfi_scratch_release(stream->report.scratch);
    } else {
        ctfi_report_failure(status, 0, error);
    }
    stream->done = stream->done || status != CTF_OK;
    return status;
}

ctf_status ctf_stream_feed(ctf_stream *stream, const void *piece, size_t length, ctf_error *error)
{
    ctfi_error_clear(error);
    if (stream == NULL || stream->done || (piece == NULL && length != 0))
        return ctfi_report_failure(CTF_E_ARGUMENT, 0, error);
    ctfi_bytes bytes = {piece != NULL ? piece : "", length};
    return run_taken(stream, &bytes, error);
}

ctf_status ctf_stream_finish(ctf_stream *stream, ctf_error *error)
{
    ctfi_error_clear(error);
    if (stream == NULL || stream->done)
        return ctfi_report_failure(CTF_E_ARGUMENT, 0, error);
    ctf_status status = run_taken(stream, NULL, error);
    stream->done = true;
    return status;
}

/* The member must outlive the caller's options. */
static ctf_status copy_member(ctf_stream *stream, ctf_text *member)
{
    stream->member = ctfi_resize(&stream->allocator, NULL, member->length);
    if (stream->member == NULL)
        return CTF_E_NOMEM;
    memcpy(stream->member, member->data, member->length);
    member->data = (const char *)stream->member;
    return CTF_OK;
}

/* Fills a zeroed stream. */
static ctf_status set_up(ctf_stream *stream, ctf_scratch *scratch, ctf_scan_options options, ctf_hit_fn hit,
                         void *context)
{
    ctf_status status = ctfi_yajl_new(scratch, &stream->reader);
    if (status == CTF_OK)
        status = copy_member(stream, &options.member);
    if (status != CTF_OK)
        return status;
    stream->report =
        (ctfi_report){scratch, ctfi_yajl_read, stream->reader, hit, context, options.all != 0, 0};
    ctfi_report_frame(&stream->report, &options, &stream->frame);
    return CTF_OK;
}

ctf_status ctf_stream_new(ctf_scratch *scratch, const ctf_scan_options *options, ctf_hit_fn hit, void *context,
                          ctf_stream **out)
{
    ctf_scan_options chosen;
    if (out == NULL)
        return CTF_E_ARGUMENT;
    *out = NULL;
    if (scratch == NULL || hit == NULL || ctfi_report_options(options, &chosen, NULL) != CTF_OK)
        return CTF_E_ARGUMENT;
    const ctf_allocator *allocator = ctfi_scratch_allocator(scratch);
    ctf_stream *stream = ctfi_resize(allocator, NULL, sizeof *stream);
    if (stream == NULL)
        return CTF_E_NOMEM;
    *stream = (ctf_stream){.allocator = *allocator};
    ctf_status status = set_up(stream, scratch, chosen, hit, context);
    if (status == CTF_OK)
        *out = stream;
    else
        ctf_stream_free(stream);
    return status;
}

void ctf_stream_free(ctf_stream *stream)
{
    if (stream == NULL)
        return;
    ctf_allocator allocator = stream->allocator;
    ctfi_yajl_free(stream->reader);
    if (stream->member != NULL)
        ctfi_resize(&allocator, stream->member, 0);
    if (stream->kept != NULL)
        ctfi_resize(&allocator, stream->kept, 0);
    ctfi_resize(&allocator, stream, 0);
}
