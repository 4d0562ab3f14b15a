/* An input from its name to its last document: reading, inflating, telling its kind, taking what is
 * complete. Plain inputs are worked on as they arrive, in memory bounded by their largest document or
 * line, and where documents are arrays of messages by their largest message; gzip is inflated whole. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands.h"
#include "detect.h"
#include "gunzip.h"
#include "match_documents.h"
#include "match_stream.h"
#include "match_worker.h"

#define PIECE ((size_t)1 << 20)
#define LARGE ((size_t)64 << 20) /* a document beyond this is read in chunks where it can be */

/* An input being read. */
typedef struct reading {
    match_worker *worker;
    int fd;
    bool regular;
    bool end;
    int kind; /* INPUT_AUTO: not known yet */
    detector detector;
    values values;   /* of a kind that is JSON values */
    size_t searched; /* bytes of a kind that is lines that hold no line end */
    uint64_t base;   /* bytes taken before those at hand */
    match_stream *stream; /* of the large document at hand; all its bytes so far are taken */
} reading;

/* Reads once. Returns false when that failed, after complaining. */
static bool read_some(reading *r, blob *out)
{
    if (!blob_reserve(out, PIECE)) {
        match_complain(r->worker, "out of memory");
        return false;
    }
    ssize_t n;
    do
        n = read(r->fd, out->data + out->length, out->capacity - out->length);
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        match_complain_system(r->worker, errno);
        return false;
    }
    out->length += (size_t)n;
    r->end = n == 0;
    r->worker->stats.bytes += (uint64_t)n;
    if (r->regular)
        progress_add(&r->worker->run->bar, (uint64_t)n);
    return true;
}

static bool is_lines(const reading *r)
{
    return r->kind == INPUT_LINES || r->kind == INPUT_NDJSON;
}

/* More than a document may take in memory where it can be read in chunks. */
static size_t large(const reading *r)
{
    return r->worker->plan->most_bytes < LARGE ? r->worker->plan->most_bytes : LARGE;
}

/* Reads on: a piece of a file, or whatever a pipe has. */
static bool read_piece(reading *r, blob *out)
{
    size_t before = out->length;
    size_t goal = is_lines(r) || r->kind == INPUT_AUTO || r->stream != NULL ? PIECE : large(r);
    do
        if (!read_some(r, out))
            return false;
    while (!r->end && r->regular && out->length - before < goal);
    return true;
}

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
    values_find(&r->values, data, length);
    size_t whole = r->values.complete;
    r->values.at -= whole;
    r->values.complete = 0;
    return whole;
}

/* How many of the bytes at hand can be worked on. A file of JSON documents is best worked on whole: then
 * nobody need look for the ends of the documents first. */
static size_t whole(reading *r, const unsigned char *data, size_t length, bool final)
{
    if (r->kind == INPUT_AUTO && !detect(&r->detector, data, length, final, &r->kind))
        return 0;
    if (final)
        return length;
    if (is_lines(r))
        return whole_lines(r, data, length);
    return r->regular && length < large(r) ? 0 : whole_values(r, data, length);
}

/* Is an incomplete document at hand that is to be read in chunks? */
static bool is_large(const reading *r, const unsigned char *data, size_t length)
{
    unsigned char first = r->kind == INPUT_ARRAY ? '[' : '{';
    size_t at = 0;
    return match_stream_can(r->kind) && length >= large(r) &&
           skip_blanks(data, length, &at) && data[at] == first;
}

/* Starts on a large document with all the bytes at hand, which values_find has passed over. */
static size_t take_large(reading *r, const unsigned char *data, size_t length)
{
    r->stream = match_stream_open(r->worker, r->kind, r->base);
    match_stream_feed(r->stream, data, length);
    r->values.at = 0;
    r->base += length;
    return length;
}

/* Goes on with it to its end. */
static size_t take_more(reading *r, const unsigned char *data, size_t length, bool final)
{
    size_t n = 0;
    bool complete = skip_value(&r->values.skip, data, length, &n);
    match_stream_feed(r->stream, data, n);
    if (complete || final) {
        match_stream_close(r->stream);
        r->stream = NULL;
        r->values = (values){0};
    }
    r->base += n;
    return n;
}

/* Works on what is complete of the bytes at hand; returns how many they were. */
static size_t take(reading *r, const unsigned char *data, size_t length, bool final)
{
    if (r->stream != NULL)
        return take_more(r, data, length, final);
    size_t mark = r->base == 0 ? detect_mark(data, length) : 0;
    size_t n = whole(r, data, length, final);
    if (n == 0 && is_large(r, data, length))
        return take_large(r, data, length);
    if (n > mark)
        match_documents(r->worker, r->kind, data + mark, n - mark, r->base + mark);
    r->base += n;
    return n;
}

static void take_gzip(reading *r)
{
    match_worker *worker = r->worker;
    while (!r->end && worker->bytes.length <= worker->plan->most_bytes)
        if (!read_some(r, &worker->bytes))
            return;
    if (!r->end) {
        match_complain(worker, "compressed it is longer than --max-inflated allows");
        return;
    }
    const char *reason =
        gunzip(worker->inflater, worker->bytes.data, worker->bytes.length, worker->plan->most_bytes, &worker->inflated);
    worker->stats.inflated += worker->inflated.length;
    if (worker->inflated.length > 0)
        take(r, worker->inflated.data, worker->inflated.length, true);
    if (reason != NULL)
        match_complain(worker, "%s", reason);
}

/* Is what is left of the input of no interest, or too much to hold? */
static bool give_up(reading *r)
{
    match_worker *worker = r->worker;
    if (!worker->enough && worker->bytes.length > worker->plan->most_bytes) {
        match_complain(worker, "a line or document is longer than --max-inflated allows");
        worker->enough = true;
    }
    return worker->enough;
}

static void take_plain(reading *r)
{
    match_worker *worker = r->worker;
    for (;;) {
        size_t n;
        do {
            n = take(r, worker->bytes.data, worker->bytes.length, r->end);
            blob_drop(&worker->bytes, n);
        } while (n > 0 && worker->bytes.length > 0 && !worker->enough);
        if (!r->regular)
            ordered_more(&worker->run->ordered, worker->order, &worker->output, true);
        if (r->end || give_up(r) || !read_piece(r, &worker->bytes))
            return;
    }
}

/* Two bytes tell gzip; a pipe may bring them one by one. */
static void take_input(reading *r)
{
    blob *bytes = &r->worker->bytes;
    while (!r->end && bytes->length < 2)
        if (!read_piece(r, bytes))
            return;
    if (gunzip_is(bytes->data, bytes->length))
        take_gzip(r);
    else
        take_plain(r);
}

static bool is_regular(int fd)
{
    struct stat file;
    return fstat(fd, &file) == 0 && S_ISREG(file.st_mode);
}

static void open_and_take(match_worker *worker, const char *name)
{
    bool input = path_is_input(name);
    int fd = input ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        match_complain_system(worker, errno);
        return;
    }
    reading r = {.worker = worker, .fd = fd, .regular = is_regular(fd), .kind = worker->plan->input};
    take_input(&r);
    match_stream_close(r.stream);
    if (!input)
        close(fd);
}

void match_input(match_worker *worker, size_t order)
{
    const input_path *path = &worker->run->paths->paths[order];
    worker->order = order;
    worker->label = path->label != NULL ? path->label : path_label(path->name);
    worker->index = 0;
    worker->matches = 0;
    worker->enough = worker->plan->most_matches == 0;
    worker->zeros_told = false;
    worker->stats.inputs++;
    worker->run->sink->begin(worker);
    if (!worker->enough)
        open_and_take(worker, path->name);
    worker->run->sink->end(worker);
    blob_reuse(&worker->bytes, WORKER_KEEPS);
    blob_reuse(&worker->inflated, WORKER_KEEPS);
    ordered_end(&worker->run->ordered, order, &worker->output);
}
