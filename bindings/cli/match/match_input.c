/* An input from its name to its last document: telling its kind, taking what is complete. Inputs are worked on
 * as they arrive, in memory bounded by what is small, the largest message, or the largest document of a kind that
 * match_large cannot take. */
#include <errno.h>
#include <string.h>

#include "commands.h"
#include "detect.h"
#include "match_documents.h"
#include "match_large.h"
#include "match_worker.h"

#define LARGE ((size_t)8 << 20) /* a document beyond this is taken by the windowful where it can be */

/* An input being read. */
typedef struct reading {
    match_worker *worker;
    input_source source;
    int kind; /* INPUT_AUTO: not known yet */
    detector detector;
    values values;     /* of a kind that is JSON values */
    size_t searched;   /* bytes of a kind that is lines that hold no line end */
    uint64_t base;     /* bytes taken before those at hand */
    match_large large; /* the large document at hand */
} reading;

static bool is_lines(const reading *r)
{
    return r->kind == INPUT_LINES || r->kind == INPUT_NDJSON;
}

/* More than a document may take in memory where it can be taken in windows. */
static size_t large(const reading *r)
{
    return source_limit(&r->worker->tools, r->worker->plan->most_bytes < LARGE ? r->worker->plan->most_bytes : LARGE);
}

static bool was_cut(const reading *r)
{
    return r->source.error != 0 || r->source.fault[0] != '\0';
}

/* ---- the text ---- */

static void read_some(reading *r)
{
    match_worker *worker = r->worker;
    uint64_t before = r->source.read;
    source_more(&r->source, &worker->text);
    worker->stats.bytes += r->source.read - before;
    if (r->source.regular)
        progress_add(&worker->run->bar, r->source.read - before);
}

/* Reads on: a piece of a file, or whatever a pipe has. */
static void read_piece(reading *r)
{
    const blob *text = &r->worker->text;
    bool in_pieces = is_lines(r) || r->kind == INPUT_AUTO || r->large.worker != NULL;
    size_t before = text->length, goal = in_pieces ? source_limit(&r->worker->tools, SOURCE_PIECE) : large(r);
    do
        read_some(r);
    while (!r->source.end && r->source.regular && text->length - before < goal);
}

/* ---- what of it is complete ---- */

/* How many of the bytes at hand are whole lines. */
static size_t whole_lines(reading *r, const unsigned char *data, size_t length)
{
    for (size_t at = length; at > r->searched; at--)
        if (data[at - 1] == '\n') {
            r->searched = length - at;
            return at;
        }
    r->searched = length;
    return 0;
}

static size_t whole_values(reading *r, const unsigned char *data, size_t length)
{
    r->values.skip.to_blank = r->kind == INPUT_EVENT; /* as CTF_FRAME_VALUES has it */
    values_find(&r->values, data, length);
    size_t whole = r->values.complete;
    r->values.at -= whole;
    r->values.complete = 0;
    return whole;
}

/* How many of the bytes at hand can be worked on. A file of JSON documents is best worked on whole: then
 * nobody need look for the ends of the documents first. Of what is cut short lines and events count as far as
 * they are complete, other documents as far as they go. */
static size_t whole(reading *r, const unsigned char *data, size_t length, bool final)
{
    bool cut = final && was_cut(r);
    if (is_lines(r))
        return final && !cut ? length : whole_lines(r, data, length);
    if (final && !(cut && r->kind == INPUT_EVENT))
        return length;
    return r->source.regular && length < large(r) && !cut ? 0 : whole_values(r, data, length);
}

/* ---- taking it ---- */

/* The kind of the document at hand, as far as its beginning tells; INPUT_AUTO where it does not. */
static int kind_of_next(const reading *r, const unsigned char *data, size_t length)
{
    detector fresh = {0};
    int kind = r->worker->plan->input;
    if (kind == INPUT_AUTO)
        detect(&fresh, data, length, false, &kind);
    return kind;
}

/* Does a document that is better taken in windows begin at the bytes at hand? */
static bool begin_large(reading *r, const unsigned char *data, size_t length)
{
    size_t at = 0;
    if (is_lines(r) || r->kind == INPUT_EVENT || length < large(r) || !skip_blanks(data, length, &at))
        return false;
    int kind = kind_of_next(r, data + at, length - at);
    if (!match_large_can(kind, data[at]))
        return false;
    r->values = (values){0};
    match_large_begin(&r->large, r->worker, kind);
    return true;
}

static size_t take_large(reading *r, unsigned char *data, size_t length, bool final)
{
    return match_large_take(&r->large, data, length, r->base, length >= large(r), final, was_cut(r));
}

/* The library passes over a byte order mark where a piece begins, also where the input has text before it: then
 * the piece is made to begin with a line end, which lines and values may. */
static void guard_mark(reading *r)
{
    blob *text = &r->worker->text;
    bool pieces = is_lines(r) || r->kind == INPUT_EVENT;
    if (r->base == 0 || !pieces || text->length == 0 || text->data[0] != 0xef)
        return;
    blob_append_byte(text, '\n');
    memmove(text->data + 1, text->data, text->length - 1);
    text->data[0] = '\n';
    r->base--;
    r->values.at += r->values.at > 0;
}

/* Works on what is complete of the bytes at hand; returns how many they were. */
static size_t take(reading *r, unsigned char *data, size_t length, bool final)
{
    if (r->base == 0 && detect_mark(data, length) > 0)
        return detect_mark(data, length);
    if (r->kind == INPUT_AUTO && !detect(&r->detector, data, length, final, &r->kind))
        return 0;
    if (r->large.worker != NULL)
        return take_large(r, data, length, final);
    size_t n = whole(r, data, length, final);
    if (n > 0)
        match_documents(r->worker, r->kind, data, n, r->base, final && was_cut(r));
    else if (!final && begin_large(r, data, length))
        n = take_large(r, data, length, final);
    return n;
}

/* Three bytes tell a byte order mark; a pipe may bring them one by one. */
static bool mark_is_open(const reading *r)
{
    const blob *text = &r->worker->text;
    return r->base == 0 && !r->source.end && text->length > 0 && text->length < 3 && text->data[0] == 0xef;
}

/* Is what is left of the input of no interest, or too much to hold? */
static bool give_up(reading *r)
{
    match_worker *worker = r->worker;
    if (!worker->enough && worker->text.length > worker->plan->most_bytes) {
        match_complain(worker, "a line or document is longer than --max-inflated allows");
        worker->enough = true;
    }
    return worker->enough;
}

static void take_all(reading *r)
{
    match_worker *worker = r->worker;
    blob *text = &worker->text;
    do {
        size_t n;
        do
            read_piece(r);
        while (mark_is_open(r));
        do {
            guard_mark(r);
            n = take(r, text->data, text->length, r->source.end);
            r->base += n;
            blob_drop(text, n);
        } while (n > 0 && text->length > 0 && !worker->enough);
        if (!r->source.regular)
            ordered_more(&worker->run->ordered, worker->order, &worker->output, true);
    } while (!r->source.end && !give_up(r));
}

/* What could not be read is told once what could be has been worked on, if more was wanted. */
static void tell(reading *r)
{
    r->worker->stats.inflated += r->source.inflated;
    if (r->worker->enough)
        return;
    if (r->source.error != 0)
        match_complain_system(r->worker, r->source.error);
    else if (r->source.fault[0] != '\0')
        match_complain(r->worker, "%s", r->source.fault);
}

static void work_on(match_worker *worker, reading *r)
{
    worker->index = 0;
    worker->matches = 0;
    worker->enough = worker->plan->most_matches == 0;
    worker->zeros_told = false;
    worker->stats.inputs++;
    worker->run->sink->begin(worker);
    if (!worker->enough)
        take_all(r);
    match_large_drop(&r->large);
    tell(r);
    worker->run->sink->end(worker);
}

void match_input(match_worker *worker, int error)
{
    reading r = {.worker = worker, .kind = worker->plan->input};
    if (error == 0)
        error = source_open(&r.source, &worker->tools, (const char *)worker->name.data);
    if (error == 0) {
        work_on(worker, &r);
        source_close(&r.source);
    } else {
        match_complain_system(worker, error);
    }
    blob_reuse(&worker->text, WORKER_KEEPS);
    ordered_end(&worker->run->ordered, worker->order, &worker->output);
}
