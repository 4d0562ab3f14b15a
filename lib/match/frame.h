/* Where the messages of a document are: one state machine for a whole buffer and for pieces of any
 * size, so that both find the same messages.
 *
 * Framing is structural. It counts brackets outside strings without pairing up their kinds and never
 * validates a message; what stands between messages is strict. The rules of each framing:
 *
 *   WHOLE   the document, empty or not, is the message
 *   LINES   \n or \r\n ends a line; lines without bytes are none, a line of blanks is a message; a \r
 *           without \n is an ordinary byte
 *   VALUES  an object or array ends with its bracket, a string with its quote, anything else before the
 *           next blank
 *   ARRAY   blanks, [, values with commas between them, ], blanks; a value that is no object, array or
 *           string ends before the next blank or structural byte
 *   MEMBER  blanks, {, members with commas between them, }, blanks; the messages are the elements of
 *           the array under each member whose decoded key is wanted, or its value itself
 *
 * A UTF-8 byte order mark at the start of a document is passed over, except for WHOLE.
 *
 * Use: ctfi_frame_piece, then ctfi_frame_next until it says MORE, and so on; at last ctfi_frame_finish
 * until it says END. Bytes of an open message (`open`) from `start` on are the caller's to keep. */
#ifndef CTFI_MATCH_FRAME_H
#define CTFI_MATCH_FRAME_H

#include <ctfilter/scan.h>

#include "match/key.h"
#include "simd/kernel.h"

typedef enum ctfi_frame_event {
    CTFI_FRAME_MORE,    /* the piece is used up */
    CTFI_FRAME_MESSAGE, /* one message stands at [start, end) */
    CTFI_FRAME_END,     /* the document is complete; only ctfi_frame_finish says so */
    CTFI_FRAME_FAILED   /* ctfi_frame_error says why; nothing may follow */
} ctfi_frame_event;

typedef enum ctfi_frame_state {
    CTFI_AT_MARK, /* at the document's start, within a byte order mark */
    CTFI_IN_WHOLE,
    CTFI_IN_LINE,
    CTFI_IN_SCALAR,
    CTFI_IN_STRING,
    CTFI_IN_BODY, /* of an object or array */
    CTFI_IN_KEY,
    CTFI_AT_VALUE, /* from here on blanks are passed over first */
    CTFI_AT_ROOT,
    CTFI_AT_FIRST_ELEMENT,
    CTFI_AT_ELEMENT,
    CTFI_BEHIND_ELEMENT,
    CTFI_AT_FIRST_KEY,
    CTFI_AT_KEY,
    CTFI_BEHIND_KEY,
    CTFI_AT_MEMBER,
    CTFI_BEHIND_MEMBER,
    CTFI_BEHIND_ROOT,
    CTFI_FRAME_STATES
} ctfi_frame_state;

/* Offsets count bytes of the document. */
typedef struct ctfi_framer {
    uint64_t start; /* of the message that is open, or was found last */
    uint64_t end;   /* of the message found last; may lie before this piece (\r | \n) */
    bool open;

    ctfi_bytes piece;
    uint64_t base; /* offset of its first byte */
    size_t at;     /* what was used of it */

    const ctfi_kernel *kernel;
    ctf_framing framing;
    ctfi_bytes member;
    uint64_t max_message;
    ctfi_frame_state state;
    ctfi_frame_state after; /* the value that is being passed over */
    size_t mark;            /* bytes of the byte order mark seen */
    bool carriage;          /* the byte before this one is a \r of the open line */
    bool escaped;           /* the byte before this one is a backslash that escapes it */
    ctfi_skip skip;         /* in the body */
    ctfi_key key;

    ctf_status status; /* of the failure; it lies at offset, length */
    uint64_t offset;
    uint64_t length;
} ctfi_framer;

/* max_message 0: no limit. The member's bytes must outlive the framer. */
void ctfi_frame_init(ctfi_framer *frame, const ctfi_kernel *kernel, ctf_framing framing, ctfi_bytes member,
                     size_t max_message);

/* The next piece of the document; the last one must be used up. */
void ctfi_frame_piece(ctfi_framer *frame, ctfi_bytes piece);

/* Goes on in the piece. A message longer than max_message fails no later than at the piece's end. */
ctfi_frame_event ctfi_frame_next(ctfi_framer *frame);

/* The document ends behind the last piece. */
ctfi_frame_event ctfi_frame_finish(ctfi_framer *frame);

/* Puts the failure into words; returns its status, CTF_E_DOCUMENT or CTF_E_LIMIT. */
ctf_status ctfi_frame_error(const ctfi_framer *frame, ctf_error *error);

#endif
