/* The lines of a buffer, for a prober: what lies between two places of needles is only counted, and the line
 * around a place is matched. Same lines, same order, same failures as the framer's (frame.h). */
#include "match/scan_lines.h"

#define BACK 512 /* bytes that are searched backwards at once */

typedef const unsigned char *place;

typedef struct lines {
    ctfi_report *report;
    ctfi_framer *frame; /* for its limit and its words */
    ctfi_prober *prober;
    const ctfi_kernel *kernel;
    ctfi_bytes buffer;
    place end;
    place line; /* the start of the first line that was neither told nor passed over */
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

/* Is a line in [line, to) too long? Several that are no longer than the limit together need no look. */
static ctf_status check_limit(const lines *l, place to)
{
    ctfi_bytes message;
    uint64_t limit = l->frame->max_message;
    for (place line = l->line, next; (uint64_t)(to - line) > limit; line = next) {
        next = last_line(l, line, line + limit);
        if (next != NULL)
            continue;
        next = cut_line(l, line, &message);
        if (message.length > limit)
            return too_long(l, line);
    }
    return CTF_OK;
}

/* Matches the next line. */
static ctf_status tell_line(lines *l)
{
    ctfi_bytes message;
    place line = l->line;
    l->line = cut_line(l, line, &message);
    if (message.length > l->frame->max_message)
        return too_long(l, line);
    if (message.length == 0)
        return CTF_OK;
    ctfi_prober_note(l->prober, 1, 1);
    return ctfi_report_message(l->report, message, (uint64_t)(line - l->buffer.data), l->error);
}

/* Passes over the lines before the next place and matches the one around it. */
static ctf_status search(lines *l)
{
    ctfi_lines counted = {0};
    place found = ctfi_prober_find_lines(l->prober, l->buffer, &counted, l->line);
    place behind = last_line(l, l->line, found);
    place line = found == l->end ? l->end : behind != NULL ? behind : l->line;
    ctf_status status = check_limit(l, line);
    ctfi_prober_note(l->prober, counted.count, 0);
    l->report->index += counted.count;
    l->line = line;
    return status == CTF_OK && line != l->end ? tell_line(l) : status;
}

static size_t mark_length(ctfi_bytes buffer)
{
    return buffer.length >= 3 && memcmp(buffer.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

ctf_status ctfi_scan_lines(ctfi_report *report, ctfi_framer *frame, ctfi_prober *prober, ctfi_bytes buffer,
                           ctf_error *error)
{
    place start = buffer.data + mark_length(buffer), end = buffer.data + buffer.length;
    lines l = {report, frame, prober, frame->kernel, buffer, end, start, error};
    ctf_status status = CTF_OK;
    while (status == CTF_OK && l.line < end)
        status = ctfi_prober_works(prober) ? search(&l) : tell_line(&l);
    return status;
}
