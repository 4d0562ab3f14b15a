#include "match/frame.h"

#include "base/error.h"

typedef ctfi_frame_event (*step)(ctfi_framer *frame);

static const unsigned char byte_order_mark[3] = {0xEF, 0xBB, 0xBF};

void ctfi_frame_init(ctfi_framer *frame, const ctfi_kernel *kernel, ctf_framing framing, ctfi_bytes member,
                     size_t max_message)
{
    *frame = (ctfi_framer){.kernel = kernel, .framing = framing, .member = member};
    frame->max_message = max_message != 0 ? max_message : UINT64_MAX;
    frame->state = framing == CTF_FRAME_WHOLE ? CTFI_IN_WHOLE : CTFI_AT_MARK;
    frame->open = framing == CTF_FRAME_WHOLE;
}

void ctfi_frame_piece(ctfi_framer *frame, ctfi_bytes piece)
{
    frame->base += frame->piece.length;
    frame->piece = piece;
    frame->at = 0;
}

static uint64_t here(const ctfi_framer *frame)
{
    return frame->base + frame->at;
}

static const unsigned char *piece_end(const ctfi_framer *frame)
{
    return frame->piece.data + frame->piece.length;
}

static unsigned char due(const ctfi_framer *frame)
{
    return frame->piece.data[frame->at];
}

static ctfi_frame_event fail(ctfi_framer *frame, ctf_status status, uint64_t offset, uint64_t length)
{
    frame->status = status;
    frame->offset = offset;
    frame->length = length;
    return CTFI_FRAME_FAILED;
}

/* The byte that is due has no place here. */
static ctfi_frame_event refuse(ctfi_framer *frame)
{
    return fail(frame, CTF_E_DOCUMENT, here(frame), 1);
}

static ctfi_frame_event too_long(ctfi_framer *frame)
{
    return fail(frame, CTF_E_LIMIT, frame->start, frame->max_message);
}

static void open_message(ctfi_framer *frame)
{
    frame->open = true;
    frame->start = here(frame);
}

static ctfi_frame_event close_message(ctfi_framer *frame, uint64_t end)
{
    frame->open = false;
    frame->end = end;
    return end - frame->start > frame->max_message ? too_long(frame) : CTFI_FRAME_MESSAGE;
}

/* Uses the byte that is due. */
static ctfi_frame_event go(ctfi_framer *frame, ctfi_frame_state state)
{
    frame->at++;
    frame->state = state;
    return CTFI_FRAME_MORE;
}

/* The state behind the mark, or where there is none. */
static ctfi_frame_state first_state(ctf_framing framing)
{
    if (framing == CTF_FRAME_LINES)
        return CTFI_IN_LINE;
    return framing == CTF_FRAME_VALUES ? CTFI_AT_VALUE : CTFI_AT_ROOT;
}

/* What looked like a mark and is none belongs to the document's first message, or is a bad root. */
static ctfi_frame_event no_mark(ctfi_framer *frame)
{
    frame->state = first_state(frame->framing);
    frame->open = false;
    if (frame->mark == 0)
        return CTFI_FRAME_MORE;
    if (frame->state == CTFI_AT_ROOT)
        return fail(frame, CTF_E_DOCUMENT, 0, 1);
    if (frame->state == CTFI_AT_VALUE)
        frame->state = CTFI_IN_SCALAR;
    frame->after = CTFI_AT_VALUE;
    frame->open = true;
    return CTFI_FRAME_MORE;
}

static ctfi_frame_event at_mark(ctfi_framer *frame)
{
    if (due(frame) != byte_order_mark[frame->mark])
        return no_mark(frame);
    frame->mark++;
    frame->open = frame->mark < sizeof byte_order_mark;
    return go(frame, frame->open ? CTFI_AT_MARK : first_state(frame->framing));
}

static ctfi_frame_event in_whole(ctfi_framer *frame)
{
    frame->at = frame->piece.length;
    return CTFI_FRAME_MORE;
}

static ctfi_frame_event in_line(ctfi_framer *frame)
{
    const unsigned char *rest = frame->piece.data + frame->at;
    const unsigned char *newline = frame->kernel->line_end(rest, piece_end(frame));
    if (!frame->open)
        open_message(frame);
    if (newline != rest)
        frame->carriage = newline[-1] == '\r';
    frame->at += (size_t)(newline - rest);
    if (newline == piece_end(frame))
        return CTFI_FRAME_MORE;
    uint64_t end = here(frame) - frame->carriage;
    frame->carriage = false;
    frame->open = false;
    frame->at++;
    return end == frame->start ? CTFI_FRAME_MORE : close_message(frame, end);
}

/* A value stands behind the last byte used: it was a message or was passed over. */
static ctfi_frame_event end_value(ctfi_framer *frame)
{
    frame->state = frame->after;
    return frame->open ? close_message(frame, here(frame)) : CTFI_FRAME_MORE;
}

static bool ends_scalar(const ctfi_framer *frame, unsigned char c)
{
    if (frame->framing == CTF_FRAME_VALUES)
        return ctfi_is_blank(c);
    return ctfi_is_blank(c) || (c != '\0' && strchr(",:\"[]{}", c) != NULL);
}

static ctfi_frame_event in_scalar(ctfi_framer *frame)
{
    while (frame->at < frame->piece.length && !ends_scalar(frame, due(frame)))
        frame->at++;
    return frame->at < frame->piece.length ? end_value(frame) : CTFI_FRAME_MORE;
}

static ctfi_frame_event in_string(ctfi_framer *frame)
{
    const unsigned char *end = piece_end(frame);
    if (frame->escaped)
        frame->at++;
    frame->escaped = false;
    frame->at = (size_t)(frame->kernel->string_stop(frame->piece.data + frame->at, end) - frame->piece.data);
    if (frame->at == frame->piece.length)
        return CTFI_FRAME_MORE;
    frame->escaped = frame->piece.data[frame->at++] == '\\';
    return frame->escaped ? CTFI_FRAME_MORE : end_value(frame);
}

static ctfi_frame_event in_body(ctfi_framer *frame)
{
    const unsigned char *end = piece_end(frame);
    const unsigned char *behind =
        frame->kernel->skip_brackets(&frame->skip, frame->piece.data + frame->at, end);
    frame->at = (size_t)((behind != NULL ? behind : end) - frame->piece.data);
    return behind != NULL ? end_value(frame) : CTFI_FRAME_MORE;
}

/* A value begins at the byte that is due. */
static ctfi_frame_event begin_value(ctfi_framer *frame, bool message, ctfi_frame_state after)
{
    unsigned char c = due(frame);
    frame->after = after;
    if (message)
        open_message(frame);
    frame->skip = (ctfi_skip){.depth = 1};
    if (c == '"')
        return go(frame, CTFI_IN_STRING);
    if (c == '{' || c == '[')
        return go(frame, CTFI_IN_BODY);
    frame->state = CTFI_IN_SCALAR;
    return CTFI_FRAME_MORE;
}

/* Where a value has to begin: is this a byte that begins none? */
static bool begins_nothing(unsigned char c)
{
    return c == ',' || c == ':' || c == ']' || c == '}';
}

static ctfi_frame_event at_value(ctfi_framer *frame)
{
    return begin_value(frame, true, CTFI_AT_VALUE);
}

static ctfi_frame_event at_root(ctfi_framer *frame)
{
    bool array = frame->framing == CTF_FRAME_ARRAY;
    if (due(frame) != (array ? '[' : '{'))
        return refuse(frame);
    return go(frame, array ? CTFI_AT_FIRST_ELEMENT : CTFI_AT_FIRST_KEY);
}

/* The array of messages is closed. */
static ctfi_frame_event close_array(ctfi_framer *frame)
{
    return go(frame, frame->framing == CTF_FRAME_ARRAY ? CTFI_BEHIND_ROOT : CTFI_BEHIND_MEMBER);
}

static ctfi_frame_event at_element(ctfi_framer *frame)
{
    if (begins_nothing(due(frame)))
        return refuse(frame);
    return begin_value(frame, true, CTFI_BEHIND_ELEMENT);
}

static ctfi_frame_event at_first_element(ctfi_framer *frame)
{
    return due(frame) == ']' ? close_array(frame) : at_element(frame);
}

static ctfi_frame_event behind_element(ctfi_framer *frame)
{
    if (due(frame) == ',')
        return go(frame, CTFI_AT_ELEMENT);
    return due(frame) == ']' ? close_array(frame) : refuse(frame);
}

static ctfi_frame_event at_key(ctfi_framer *frame)
{
    if (due(frame) != '"')
        return refuse(frame);
    ctfi_key_begin(&frame->key, frame->member);
    return go(frame, CTFI_IN_KEY);
}

static ctfi_frame_event at_first_key(ctfi_framer *frame)
{
    return due(frame) == '}' ? go(frame, CTFI_BEHIND_ROOT) : at_key(frame);
}

static ctfi_frame_event in_key(ctfi_framer *frame)
{
    while (frame->at < frame->piece.length)
        if (ctfi_key_byte(&frame->key, frame->piece.data[frame->at++])) {
            frame->state = CTFI_BEHIND_KEY;
            break;
        }
    return CTFI_FRAME_MORE;
}

static ctfi_frame_event behind_key(ctfi_framer *frame)
{
    return due(frame) == ':' ? go(frame, CTFI_AT_MEMBER) : refuse(frame);
}

static ctfi_frame_event at_member(ctfi_framer *frame)
{
    bool wanted = ctfi_key_is_wanted(&frame->key);
    if (begins_nothing(due(frame)))
        return refuse(frame);
    if (wanted && due(frame) == '[')
        return go(frame, CTFI_AT_FIRST_ELEMENT);
    return begin_value(frame, wanted, CTFI_BEHIND_MEMBER);
}

static ctfi_frame_event behind_member(ctfi_framer *frame)
{
    if (due(frame) == ',')
        return go(frame, CTFI_AT_KEY);
    return due(frame) == '}' ? go(frame, CTFI_BEHIND_ROOT) : refuse(frame);
}

/* What each state does with the bytes that are due, of which there is at least one, and what it expects
 * where it refuses them. */
static const struct {
    step take;
    const char *expected;
} states[CTFI_FRAME_STATES] = {
    [CTFI_AT_MARK] = {at_mark, "a document"},
    [CTFI_IN_WHOLE] = {in_whole, "a message"},
    [CTFI_IN_LINE] = {in_line, "a line"},
    [CTFI_IN_SCALAR] = {in_scalar, "the end of a value"},
    [CTFI_IN_STRING] = {in_string, "the end of a value"},
    [CTFI_IN_BODY] = {in_body, "the end of a value"},
    [CTFI_IN_KEY] = {in_key, "the end of a key"},
    [CTFI_AT_VALUE] = {at_value, "a message"},
    [CTFI_AT_ROOT] = {at_root, NULL},
    [CTFI_AT_FIRST_ELEMENT] = {at_first_element, "a message or ]"},
    [CTFI_AT_ELEMENT] = {at_element, "a message"},
    [CTFI_BEHIND_ELEMENT] = {behind_element, ", or ] behind the message"},
    [CTFI_AT_FIRST_KEY] = {at_first_key, "a key or }"},
    [CTFI_AT_KEY] = {at_key, "a key"},
    [CTFI_BEHIND_KEY] = {behind_key, ": behind the key"},
    [CTFI_AT_MEMBER] = {at_member, "a value"},
    [CTFI_BEHIND_MEMBER] = {behind_member, ", or } behind the member"},
    [CTFI_BEHIND_ROOT] = {refuse, "the end of the document"},
};

/* Passes over the blanks that the state allows; is a byte due? */
static bool skip_blanks(ctfi_framer *frame)
{
    if (frame->state >= CTFI_AT_VALUE)
        while (frame->at < frame->piece.length && ctfi_is_blank(due(frame)))
            frame->at++;
    return frame->at < frame->piece.length;
}

ctfi_frame_event ctfi_frame_next(ctfi_framer *frame)
{
    while (skip_blanks(frame)) {
        ctfi_frame_event event = states[frame->state].take(frame);
        if (event != CTFI_FRAME_MORE)
            return event;
    }
    /* A \r that may turn out to end the line does not count yet. */
    bool counts = frame->open && frame->state != CTFI_AT_MARK;
    if (counts && here(frame) - frame->start - frame->carriage > frame->max_message)
        return too_long(frame);
    return CTFI_FRAME_MORE;
}

/* May the document end in this state? The open message, if any, then ends with it. */
static bool may_end(const ctfi_framer *frame)
{
    switch (frame->state) {
    case CTFI_IN_WHOLE:
    case CTFI_IN_LINE:
    case CTFI_AT_VALUE:
    case CTFI_BEHIND_ROOT:
        return true;
    default:
        return frame->state == CTFI_IN_SCALAR && frame->framing == CTF_FRAME_VALUES;
    }
}

ctfi_frame_event ctfi_frame_finish(ctfi_framer *frame)
{
    ctfi_frame_piece(frame, (ctfi_bytes){(const unsigned char *)"", 0});
    if (frame->state == CTFI_AT_MARK && no_mark(frame) != CTFI_FRAME_MORE)
        return CTFI_FRAME_FAILED;
    if (!may_end(frame))
        return fail(frame, CTF_E_DOCUMENT, here(frame), 0);
    return frame->open ? close_message(frame, here(frame)) : CTFI_FRAME_END;
}

static const char *expected(const ctfi_framer *frame)
{
    if (frame->state != CTFI_AT_ROOT)
        return states[frame->state].expected;
    return frame->framing == CTF_FRAME_ARRAY ? "[: the document is to be one JSON array"
                                             : "{: the document is to be one JSON object";
}

ctf_status ctfi_frame_error(const ctfi_framer *frame, ctf_error *error)
{
    size_t offset = (size_t)frame->offset;
    size_t length = (size_t)frame->length;
    if (frame->status == CTF_E_LIMIT)
        return ctfi_error_set(error, CTF_E_LIMIT, CTF_ERROR_LIMIT, offset, length, NULL,
                              "a message is longer than max_message, %zu bytes", length);
    if (frame->open)
        return ctfi_error_set(error, CTF_E_DOCUMENT, CTF_ERROR_DOCUMENT, offset, length, NULL,
                              "the document ends inside the message that begins at byte %zu",
                              (size_t)frame->start);
    return ctfi_error_set(error, CTF_E_DOCUMENT, CTF_ERROR_DOCUMENT, offset, length, NULL,
                          length != 0 ? "expected %s" : "expected %s, but the document ends",
                          expected(frame));
}
