/* The scan reader: walks the selectors in use over a message's masks (match/index.h) and passes over the
 * rest from mark to mark. It proves nothing: where the text is no JSON it stops, or tells what is not there,
 * and the check will refuse the message. It goes forward only, so it ends.
 *
 * Every function takes a place in the message and returns the one to go on from; CTFI_NOWHERE when the event has
 * ended or the text is no JSON. */
#include "base/room.h"
#include "match/match.h"
#include "match/scratch.h"
#include "match/unescape.h"

typedef struct reader {
    ctf_scratch *scratch;
    ctfi_walk *walk;
    ctfi_index *index;
    ctfi_bytes text;
    size_t depth; /* containers open in the walk */
} reader;

static size_t skip_blanks(const reader *r, size_t at)
{
    while (at < r->text.length && ctfi_is_blank(r->text.data[at]))
        at++;
    return at;
}

/* The container that ends at this bracket. */
static size_t close_container(reader *r, size_t at)
{
    ctfi_walk_close(r->walk);
    return --r->depth == 0 ? CTFI_NOWHERE : at + 1;
}

/* Where nothing more is wanted of the open container: its end. The event's own is not looked for. */
static size_t pass_over_rest(reader *r, size_t at)
{
    size_t closing = r->depth == 1 ? CTFI_NOWHERE : ctfi_index_closing(r->index, at);
    return closing == CTFI_NOWHERE ? closing : close_container(r, closing);
}

/* The characters of a string in which something is escaped. */
static ctfi_bytes decode(reader *r, ctfi_bytes raw)
{
    ctf_scratch *scratch = r->scratch;
    void *room = ctfi_room(&scratch->allocator, scratch->decoded, &scratch->decoded_capacity, raw.length, 1);
    if (room == NULL) {
        r->walk->status = CTF_E_NOMEM;
        return raw;
    }
    scratch->decoded = room;
    ctfi_bytes decoded = {scratch->decoded, ctfi_unescape(raw, scratch->decoded)};
    return decoded;
}

/* The characters of a string: those of the message where nothing is escaped. */
static inline ctfi_bytes characters(reader *r, ctfi_quoted string)
{
    ctfi_bytes raw = {r->text.data + string.start, string.end - string.start};
    return string.escaped ? decode(r, raw) : raw;
}

static size_t tell_string(reader *r, size_t at)
{
    ctfi_quoted string = ctfi_index_string(r->index, at + 1);
    if (string.end == CTFI_NOWHERE)
        return CTFI_NOWHERE;
    ctfi_walk_string(r->walk, characters(r, string), !string.escaped);
    return string.end + 1;
}

static size_t tell_scalar(reader *r, size_t at)
{
    size_t end = ctfi_index_end(r->index, at);
    ctfi_bytes text = {r->text.data + at, end - at};
    unsigned char c = *text.data;
    if (c == '-' || ctfi_is_digit(c))
        ctfi_walk_number(r->walk, text, true);
    else
        ctfi_walk_word(r->walk, c == 't' ? CTFI_TRUE : c == 'f' ? CTFI_FALSE : CTFI_NULL);
    return end;
}

/* Tells the value of interest that begins here; a container in which something is of interest is left open. */
static size_t tell_value(reader *r, size_t at)
{
    unsigned char c = r->text.data[at];
    if (c == '"')
        return tell_string(r, at);
    if (c != '{' && c != '[')
        return tell_scalar(r, at);
    if (ctfi_walk_open(r->walk, c == '{' ? CTFI_OBJECT : CTFI_ARRAY)) {
        r->depth++;
        return at + 1;
    }
    at = ctfi_index_closing(r->index, at + 1);
    return at == CTFI_NOWHERE ? at : at + 1;
}

/* The next member of interest, or the end of the object. */
static size_t read_member(reader *r, size_t at)
{
    size_t mark = ctfi_index_member(r->index, at, ctfi_walk_frame(r->walk)->classes);
    if (mark == CTFI_NOWHERE)
        return mark;
    if (r->text.data[mark] != ':')
        return close_container(r, mark);
    ctfi_quoted key = ctfi_index_key(r->index, at, mark);
    if (key.end == CTFI_NOWHERE)
        return CTFI_NOWHERE;
    if (!ctfi_walk_key(r->walk, characters(r, key), !key.escaped))
        return mark + 1;
    at = skip_blanks(r, mark + 1);
    return at == r->text.length ? CTFI_NOWHERE : tell_value(r, at);
}

/* The next element, or the end of the array. */
static size_t read_element(reader *r, size_t at)
{
    at = skip_blanks(r, at);
    if (at < r->text.length && r->text.data[at] == ',')
        at = skip_blanks(r, at + 1);
    if (at == r->text.length)
        return CTFI_NOWHERE;
    if (r->text.data[at] == ']' || r->text.data[at] == '}')
        return close_container(r, at);
    if (ctfi_walk_element(r->walk))
        return tell_value(r, at);
    at = ctfi_index_stop(r->index, at);
    if (at == CTFI_NOWHERE || (r->text.data[at] != '{' && r->text.data[at] != '['))
        return at;
    at = ctfi_index_closing(r->index, at + 1);
    return at == CTFI_NOWHERE ? at : at + 1;
}

/* One pass over the event whose first bracket is at `at`. */
static void read_event(reader *r, size_t at)
{
    ctfi_walk_begin(r->walk);
    if (!ctfi_index_is_whole(r->index))
        ctfi_index_begin(r->index, r->index->kernel, r->text);
    r->depth = ctfi_walk_open(r->walk, CTFI_OBJECT) ? 1 : 0;
    at = r->depth == 0 ? CTFI_NOWHERE : at + 1;
    while (at != CTFI_NOWHERE) {
        if (ctfi_walk_is_done(r->walk))
            at = pass_over_rest(r, at);
        else if (ctfi_walk_frame(r->walk)->container == CTFI_OBJECT)
            at = read_member(r, at);
        else
            at = read_element(r, at);
    }
}

ctf_status ctfi_scan_event(ctf_scratch *scratch, ctfi_bytes message)
{
    reader r = {scratch, &scratch->walk, &scratch->index, message, 0};
    size_t start = skip_blanks(&r, 0);
    bool again = true;
    ctf_status status = CTF_OK;
    ctfi_index_begin(&scratch->index, scratch->tester.kernel, message);
    if (scratch->walk.trusting)
        scratch->index.step = CTFI_STRIDE;
    while (again && status == CTF_OK && start < message.length && message.data[start] == '{') {
        read_event(&r, start);
        status = ctfi_walk_end(r.walk, &again);
    }
    return status;
}
