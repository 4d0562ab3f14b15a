/* Driving the library along every path. */
#include "support/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void must(ctf_status status, const char *what)
{
    if (status == CTF_OK)
        return;
    fprintf(stderr, "%s: %s\n", what, ctf_status_name(status));
    abort();
}

static void add_path_with(engine *e, const ctf_filter *filter, const char *name, const char *kernel,
                          unsigned flags, engine_how how, size_t piece)
{
    engine_path *path = &e->paths[e->n_paths++];
    ctf_scratch_options options = {.size = sizeof options, .kernel = kernel, .flags = flags};
    *path = (engine_path){.how = how, .piece = piece, .trusts = (flags & CTF_TRUSTED_JSON) != 0};
    snprintf(path->name, sizeof path->name, "%s%s%s%s", name, kernel == NULL ? "" : kernel,
             (flags & CTF_NO_PROBE) != 0 ? ", no probe" : "", path->trusts ? ", trusting" : "");
    must(ctf_scratch_new(filter, &options, &path->scratch), "ctf_scratch_new");
}

static void add_path(engine *e, const ctf_filter *filter, const char *name, const char *kernel, engine_how how,
                     size_t piece)
{
    add_path_with(e, filter, name, kernel, 0, how, piece);
}

static void add_scans(engine *e)
{
    add_path(e, e->filter, "scan whole", NULL, ENGINE_SCAN, 0);
    for (size_t i = 0; ctf_kernel_name(i) != NULL; i++)
        add_path(e, e->filter, "scan for hits, kernel ", ctf_kernel_name(i), ENGINE_HITS, 0);
    add_path(e, e->loaded, "scan for hits, loaded program", NULL, ENGINE_HITS, 0);
    add_path_with(e, e->filter, "scan for hits", NULL, CTF_NO_PROBE, ENGINE_HITS, 0);
}

static void add_trusting(engine *e)
{
    for (size_t i = 0; ctf_kernel_name(i) != NULL; i++)
        add_path_with(e, e->filter, "match, kernel ", ctf_kernel_name(i), CTF_TRUSTED_JSON, ENGINE_MATCH, 0);
    add_path_with(e, e->filter, "scan for hits", NULL, CTF_TRUSTED_JSON, ENGINE_HITS, 0);
}

static void add_streams(engine *e)
{
    static const struct {
        const char *name;
        size_t piece;
    } streams[] = {{"stream by 1", 1},
                   {"stream by 7", 7},
                   {"stream by 64", 64},
                   {"stream in random pieces", SIZE_MAX},
                   {"stream whole", 0}};
    for (size_t i = 0; i < sizeof streams / sizeof streams[0]; i++)
        add_path(e, e->filter, streams[i].name, NULL, ENGINE_STREAM, streams[i].piece);
}

static int pass(void *context, const ctf_message *message, const ctf_hits *hits)
{
    (void)context, (void)message, (void)hits;
    return 0;
}

static bool has_streams(const engine *e)
{
    ctf_scratch *scratch;
    ctf_stream *stream;
    must(ctf_scratch_new(e->filter, NULL, &scratch), "ctf_scratch_new");
    ctf_status status = ctf_stream_new(scratch, NULL, pass, NULL, &stream);
    if (status == CTF_OK)
        ctf_stream_free(stream);
    ctf_scratch_free(scratch);
    return status != CTF_E_ABSENT;
}

static void load(engine *e)
{
    ctf_text image = ctf_filter_image(e->filter);
    ctf_error error;
    char *copy = malloc(image.length);
    if (copy == NULL)
        abort();
    memcpy(copy, image.data, image.length);
    must(ctf_filter_load(copy, image.length, NULL, &e->loaded, &error), "ctf_filter_load");
    free(copy);
}

ctf_status engine_open(engine *e, const ctf_pattern *patterns, size_t n, ctf_error *error)
{
    memset(e, 0, sizeof *e);
    ctf_status status = ctf_filter_compile(patterns, n, NULL, &e->filter, error);
    if (status != CTF_OK)
        return status;
    load(e);
    for (size_t i = 0; ctf_kernel_name(i) != NULL; i++)
        add_path(e, e->filter, "match, kernel ", ctf_kernel_name(i), ENGINE_MATCH, 0);
    add_path(e, e->loaded, "match, loaded program", NULL, ENGINE_MATCH, 0);
    add_path_with(e, e->filter, "match", NULL, CTF_NO_PROBE, ENGINE_MATCH, 0);
    add_scans(e);
    add_trusting(e);
    if (has_streams(e))
        add_streams(e);
    return CTF_OK;
}

void engine_close(engine *e)
{
    for (size_t i = 0; i < e->n_paths; i++)
        ctf_scratch_free(e->paths[i].scratch);
    ctf_filter_free(e->loaded);
    ctf_filter_free(e->filter);
}

typedef struct seen {
    const engine_path *path;
    engine_visit visit;
    void *context;
    ctf_text message;
    unsigned calls;
} seen;

static int see(void *context, const ctf_message *message, const ctf_hits *hits)
{
    seen *s = context;
    s->calls++;
    if (message->text.length != s->message.length ||
        (s->message.length > 0 && memcmp(message->text.data, s->message.data, s->message.length) != 0)) {
        fprintf(stderr, "%s: shows another message than it was given\n", s->path->name);
        abort();
    }
    s->visit(s->context, s->path->scratch, hits);
    return 0;
}

static size_t piece_size(engine *e, const engine_path *path, size_t left)
{
    size_t size = path->piece == 0 ? left : path->piece;
    if (path->piece == SIZE_MAX) {
        e->random = e->random * 6364136223846793005ULL + 1442695040888963407ULL;
        size = 1 + (size_t)(e->random >> 33) % (1 + (e->random >> 60) * 4);
    }
    return size < left ? size : left;
}

/* Every piece in a block of its own, so that the sanitizer sees a look behind its end. */
static void feed(engine *e, seen *s, const ctf_scan_options *options)
{
    ctf_stream *stream;
    must(ctf_stream_new(s->path->scratch, options, see, s, &stream), "ctf_stream_new");
    for (size_t at = 0; at < s->message.length;) {
        size_t size = piece_size(e, s->path, s->message.length - at);
        char *piece = malloc(size);
        if (piece == NULL)
            abort();
        memcpy(piece, s->message.data + at, size);
        must(ctf_stream_feed(stream, piece, size, NULL), "ctf_stream_feed");
        free(piece);
        at += size;
    }
    must(ctf_stream_finish(stream, NULL), "ctf_stream_finish");
    ctf_stream_free(stream);
}

void engine_run(engine *e, const engine_path *path, ctf_text message, engine_visit visit, void *context)
{
    ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_WHOLE, .all = path->how != ENGINE_HITS};
    seen s = {path, visit, context, message, 0};
    ctf_hits hits = {0, NULL};
    switch (path->how) {
    case ENGINE_MATCH:
        must(ctf_match(path->scratch, message.data, message.length, &hits), "ctf_match");
        visit(context, path->scratch, &hits);
        return;
    case ENGINE_SCAN:
    case ENGINE_HITS:
        must(ctf_scan(path->scratch, message.data, message.length, &options, see, &s, NULL), "ctf_scan");
        break;
    case ENGINE_STREAM:
        feed(e, &s, &options);
        break;
    }
    if (s.calls == 0 && path->how == ENGINE_HITS) {
        visit(context, path->scratch, &hits);
        return;
    }
    if (s.calls != 1) {
        fprintf(stderr, "%s: a whole message was reported %u times\n", path->name, s.calls);
        abort();
    }
}

bool engine_hit(const ctf_hits *hits, size_t pattern)
{
    for (size_t i = 0; i < hits->n; i++)
        if (hits->patterns[i] == pattern)
            return true;
    return false;
}
