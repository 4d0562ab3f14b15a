#include "match_large.h"

#include <string.h>

#include "commands.h"
#include "match_documents.h"

/* How a kind is framed, and the shortest beginnings of a document up to a message in an array and to one that is
 * the value of the member itself. */
typedef struct form {
    int kind;
    unsigned char first;
    ctf_framing framing;
    const char *member;
    const char *in_array;
    const char *alone;
} form;

static const form forms[] = {
    {INPUT_CLOUDTRAIL, '{', CTF_FRAME_MEMBER, "Records", "{\"Records\":[", "{\"Records\":"},
    {INPUT_LOG_EVENTS, '{', CTF_FRAME_MEMBER, "events", "{\"events\":[", "{\"events\":"},
    {INPUT_ARRAY, '[', CTF_FRAME_ARRAY, NULL, "[", NULL},
};

static const form *form_of(int kind)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (forms[i].kind == kind)
            return &forms[i];
    return NULL;
}

bool match_large_can(int kind, unsigned char first)
{
    const form *shape = form_of(kind);
    return shape != NULL && shape->first == first;
}

void match_large_begin(match_large *large, match_worker *worker, int kind)
{
    *large = (match_large){.worker = worker, .kind = kind};
}

void match_large_drop(match_large *large)
{
    ctf_stream_free(large->stream);
    *large = (match_large){0};
}

/* Messages of log events are strings within what the extractor finds. */
static ctf_scratch *scratch_of(const match_large *large)
{
    return large->kind == INPUT_LOG_EVENTS ? large->worker->events : large->worker->filter;
}

static ctf_scan_options options_of(const match_large *large, bool all)
{
    const form *shape = form_of(large->kind);
    ctf_scan_options options = {.size = sizeof options, .framing = shape->framing};
    options.member = (ctf_text){shape->member, shape->member == NULL ? 0 : strlen(shape->member)};
    options.all = all || large->kind == INPUT_LOG_EVENTS || large->worker->plan->sees_all;
    return options;
}

/* Hands a message over; the one that stands for those before is none. */
static bool hand_over(const match_large *large, uint64_t base, const ctf_message *found, const ctf_hits *hits)
{
    match_worker *worker = large->worker;
    match_message message = {.text = found->text};
    if (large->continued && found->index == 0)
        return true;
    if (large->kind == INPUT_LOG_EVENTS)
        return match_log_event(worker, base, found, hits);
    if (hits->n == 0 && !worker->plan->sees_all)
        return true;
    return worker->run->sink->message(worker, &message, hits);
}

/* ---- windows ---- */

typedef struct window {
    match_large *large;
    unsigned char *data;
    size_t length;
    uint64_t base;
    size_t start; /* of the last complete message */
    size_t end;   /* ... and behind it; 0: there is none */
    ctf_error error;
} window;

static int on_message(void *context, const ctf_message *found, const ctf_hits *hits)
{
    window *w = context;
    if (!w->large->continued || found->index > 0) {
        w->start = (size_t)found->offset;
        w->end = w->start + found->text.length;
    }
    return !hand_over(w->large, w->base, found, hits);
}

static bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Is the last message the value of the member, and no element of an array there? */
static bool is_alone(const window *w)
{
    size_t at = w->start;
    while (at > 0 && is_blank(w->data[at - 1]))
        at--;
    return at > 0 && w->data[at - 1] == ':';
}

/* A message that ends wherever the last one does: by itself, or with what follows it. No shorter one does. */
static const char *shortest_message(const window *w)
{
    unsigned char first = w->data[w->start];
    return first == '{' || first == '[' || first == '"' ? "[]" : "0";
}

/* Lets a beginning and a message end where the last message does, which there is always room for. Returns where
 * they begin. */
static size_t shorten(const window *w)
{
    const form *shape = form_of(w->large->kind);
    const char *beginning = is_alone(w) ? shape->alone : shape->in_array, *message = shortest_message(w);
    size_t n = strlen(beginning), m = strlen(message);
    memcpy(w->data + w->end - m, message, m);
    memcpy(w->data + w->end - m - n, beginning, n);
    w->large->continued = true;
    return w->end - m - n;
}

/* Passes over what is left of the document. */
static size_t pass_over(match_large *large, const unsigned char *data, size_t length, bool last)
{
    size_t n = 0;
    if (!large->skip.begun)
        skip_blanks(data, length, &n);
    if (skip_value(&large->skip, data, length, &n) || last)
        match_large_drop(large);
    return n;
}

/* The document has come to its end, or to a fault. Returns how many bytes of the window were its own. */
static size_t finish(window *w, ctf_status status, bool last)
{
    skip s = {0};
    size_t at = 0;
    skip_blanks(w->data, w->length, &at);
    bool over = skip_value(&s, w->data, w->length, &at);
    if (status != CTF_E_DOCUMENT || !over || at > w->error.offset)
        match_complain_scan(w->large->worker, w->base, status, &w->error);
    w->large->faulty = true;
    return pass_over(w->large, w->data, w->length, last);
}

/* ---- the chunked reader ---- */

static int on_streamed(void *context, const ctf_message *found, const ctf_hits *hits)
{
    const match_large *large = context;
    return !hand_over(large, large->base, found, hits);
}

/* Takes what a call answered. */
static void settle(match_large *large, ctf_status status, const ctf_error *error)
{
    match_complain_scan(large->worker, large->base, status, error);
    if (status == CTF_OK)
        return;
    ctf_stream_free(large->stream);
    large->stream = NULL;
    large->faulty = true;
}

static void open_stream(match_large *large, uint64_t base)
{
    ctf_scan_options options = options_of(large, false);
    ctf_error error = {.message = "the chunked reader cannot be had"};
    large->base = base;
    settle(large, ctf_stream_new(scratch_of(large), &options, on_streamed, large, &large->stream), &error);
}

static size_t feed(match_large *large, const unsigned char *data, size_t length, bool last, bool cut)
{
    ctf_error error;
    size_t n = 0;
    if (!large->skip.begun)
        skip_blanks(data, length, &n);
    bool over = skip_value(&large->skip, data, length, &n);
    settle(large, ctf_stream_feed(large->stream, data, n, &error), &error);
    if (large->stream != NULL && (over || (last && !cut)))
        settle(large, ctf_stream_finish(large->stream, &error), &error);
    if (over || last)
        match_large_drop(large);
    return n;
}

/* ---- both ---- */

/* The window ends within the document. */
static size_t go_on(window *w, bool full)
{
    if (w->end > 0)
        return shorten(w);
    if (!full)
        return 0;
    open_stream(w->large, w->base);
    return w->large->faulty ? pass_over(w->large, w->data, w->length, false)
                            : feed(w->large, w->data, w->length, false, false);
}

size_t match_large_take(match_large *large, unsigned char *data, size_t length, uint64_t base, bool full, bool last,
                        bool cut)
{
    window w = {.large = large, .data = data, .length = length, .base = base};
    if (large->faulty)
        return pass_over(large, data, length, last);
    if (large->stream != NULL)
        return feed(large, data, length, last, cut);
    ctf_scan_options options = options_of(large, true);
    ctf_status status = ctf_scan(scratch_of(large), data, length, &options, on_message, &w, &w.error);
    if (status != CTF_E_DOCUMENT || w.error.offset < length || (last && !cut))
        return finish(&w, status, last);
    if (!last)
        return go_on(&w, full);
    match_large_drop(large);
    return length;
}
