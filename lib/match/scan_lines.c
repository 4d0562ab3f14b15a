/* The lines of a buffer, for a prober: what lies between two places of needles is only counted, and the line
 * around a place is matched. Same lines, same order, same failures as the framer's (frame.h).
 *
 * The buffer is gone through in pieces that stay in the second cache, for a piece is read twice: searched, and
 * counted. Smaller ones keep the memory waiting. */
#include "match/scan_lines.h"

#ifdef CTFI_CHUNK
#define PIECE 61 /* stress: places and lines across the edges of pieces */
#else
#define PIECE 131072
#endif
#define BACK 512 /* bytes that are searched backwards at once */

typedef const unsigned char *place;

typedef struct lines {
    ctfi_report *report;
    ctfi_framer *frame; /* for its limit and its words */
    ctfi_prober *prober;
    const ctfi_kernel *kernel;
    ctfi_bytes buffer;
    place end;
    place line;     /* the start of the first line that is neither told nor counted */
    place searched; /* no place lies in [line, searched) */
    ctf_error *error;
} lines;

/* Behind the last newline in [from, to), or NULL. */
static place last_line(const lines *l, place from, place to)
{
    place found = NULL;
    while (found == NULL && to > from) {
        place back = to - from > BACK ? to - BACK : from;
        for (place p = back; (p = l->kernel->line_end(p, to)) < to; p++)
            found = p + 1;
        to = back;
    }
    return found;
}

/* Behind the line at `line` and its end; *message is what it holds. */
static place cut_line(const lines *l, place line, ctfi_bytes *message)
{
    place newline = l->kernel->line_end(line, l->end);
    *message = (ctfi_bytes){line, (size_t)(newline - line)};
    if (newline == l->end)
        return l->end;
    if (newline > line && newline[-1] == '\r')
        message->length--;
    return newline + 1;
}

static ctf_status too_long(const lines *l, place line)
{
    l->frame->status = CTF_E_LIMIT;
    l->frame->offset = (uint64_t)(line - l->buffer.data);
    l->frame->length = l->frame->max_message;
    return ctfi_frame_error(l->frame, l->error);
}

/* Counts the lines up to `to`, where a line starts. */
static ctf_status pass_over(lines *l, place to)
{
    uint64_t before = l->report->index;
    ctfi_bytes message;
    if ((uint64_t)(to - l->line) <= l->frame->max_message)
        l->report->index += l->kernel->count_lines(l->line, to);
    else
        for (place line = l->line, next; line < to; line = next) {
            next = cut_line(l, line, &message);
            if (message.length > l->frame->max_message)
                return too_long(l, line);
            l->report->index += message.length > 0;
        }
    l->line = to;
    ctfi_prober_note(l->prober, l->report->index - before, 0);
    return CTF_OK;
}

/* Matches the next line. */
static ctf_status tell_line(lines *l)
{
    ctfi_bytes message;
    place line = l->line;
    l->line = l->searched = cut_line(l, line, &message);
    if (message.length > l->frame->max_message)
        return too_long(l, line);
    if (message.length == 0)
        return CTF_OK;
    ctfi_prober_note(l->prober, 1, 1);
    return ctfi_report_message(l->report, message, (uint64_t)(line - l->buffer.data), l->error);
}

/* Searches the next piece; the lines before a place are passed over, the one around it is matched. */
static ctf_status search(lines *l)
{
    place from = l->searched;
    place stop = l->end - from > PIECE ? from + PIECE : l->end;
    place found = ctfi_prober_find(l->prober, l->buffer, from, stop);
    place line = last_line(l, from, found);
    ctf_status status = line == NULL ? CTF_OK : pass_over(l, line);
    l->searched = found;
    return status == CTF_OK && found < stop ? tell_line(l) : status;
}

static size_t mark_length(ctfi_bytes buffer)
{
    return buffer.length >= 3 && memcmp(buffer.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

ctf_status ctfi_scan_lines(ctfi_report *report, ctfi_framer *frame, ctfi_prober *prober, ctfi_bytes buffer,
                           ctf_error *error)
{
    place start = buffer.data + mark_length(buffer), end = buffer.data + buffer.length;
    lines l = {report, frame, prober, frame->kernel, buffer, end, start, start, error};
    ctf_status status = CTF_OK;
    while (status == CTF_OK && l.searched < end)
        status = ctfi_prober_works(prober) ? search(&l) : tell_line(&l);
    if (status == CTF_OK && (uint64_t)(end - l.line) > frame->max_message)
        return too_long(&l, l.line);
    return status;
}
