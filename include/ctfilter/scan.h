/* Many messages: a whole buffer at once, or a document that arrives in pieces. */
#ifndef CTFILTER_SCAN_H
#define CTFILTER_SCAN_H

#include <ctfilter/match.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Where the messages of a buffer are. Framing goes by brackets, quotes and newlines alone and never
 * validates a message. A UTF-8 byte order mark at the start is passed over, except for WHOLE. */
typedef enum ctf_framing {
    CTF_FRAME_WHOLE = 0, /* the buffer is one message */
    CTF_FRAME_LINES,     /* one message a line, ended by \n or \r\n; lines without bytes are none */
    CTF_FRAME_VALUES,    /* JSON values one after another, blanks between them: NDJSON, pretty-printed
                            events, one event; each is a message */
    CTF_FRAME_ARRAY,     /* one JSON array; each element is a message */
    CTF_FRAME_MEMBER     /* one JSON object; the elements of the array under `member` are the messages,
                            or the value itself where it is no array. CloudTrail's delivery files are
                            this with "Records" */
} ctf_framing;

/* Options; size = sizeof(ctf_scan_options). */
typedef struct ctf_scan_options {
    size_t size;
    ctf_framing framing;
    ctf_text member;    /* CTF_FRAME_MEMBER: the key; default "Records". Every member of that name counts */
    size_t max_message; /* a longer message is CTF_E_LIMIT; default: no limit */
    int all;            /* non-zero: the callback sees every message, hits->n = 0 included */
} ctf_scan_options;

/* One message. Views are valid during the callback; ctf_scratch_value and ctf_scratch_field answer for
 * it. */
typedef struct ctf_message {
    ctf_text text;
    uint64_t offset; /* of its first byte in the buffer or stream */
    uint64_t index;  /* from 0, counting every message of the document */
} ctf_message;

/* Called for each message that at least one pattern matches, in the order of the document. Return 0 to
 * go on, anything else to stop. */
typedef int (*ctf_hit_fn)(void *context, const ctf_message *message, const ctf_hits *hits);

/* Matches every message of a buffer. Messages are matched in place, nothing is copied. CTF_OK at the
 * end; CTF_E_STOPPED when the callback stopped; CTF_E_DOCUMENT when the buffer is not framed as told
 * (what was found before that has been reported); CTF_E_LIMIT, CTF_E_NOMEM, CTF_E_BUSY. `error` may be
 * NULL. A message that is malformed inside its frame is simply no match for JSON patterns. */
CTF_API ctf_status ctf_scan(ctf_scratch *scratch, const void *buffer, size_t length,
                            const ctf_scan_options *options, ctf_hit_fn hit, void *context, ctf_error *error);

/* The same for a document that arrives in pieces of any size: memory is bounded by the largest
 * message. Same messages, same order, same verdicts as ctf_scan over the pieces put together. */
typedef struct ctf_stream ctf_stream;

/* The scratch serves the stream until ctf_stream_free; between two calls it may serve others too. The
 * options are copied. CTF_E_ABSENT where the build has no yajl. */
CTF_API ctf_status ctf_stream_new(ctf_scratch *scratch, const ctf_scan_options *options, ctf_hit_fn hit,
                                  void *context, ctf_stream **out);
/* After any answer but CTF_OK the stream only takes ctf_stream_free. */
CTF_API ctf_status ctf_stream_feed(ctf_stream *stream, const void *piece, size_t length, ctf_error *error);
/* The document ends here: what is still open is CTF_E_DOCUMENT; a last line needs no newline. */
CTF_API ctf_status ctf_stream_finish(ctf_stream *stream, ctf_error *error);
CTF_API void ctf_stream_free(ctf_stream *stream);

#ifdef __cplusplus
}
#endif

#endif
