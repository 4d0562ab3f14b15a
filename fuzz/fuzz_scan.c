/* Documents in pieces. Parts: a line of settings, patterns, and the document at last. The settings are
 *
 *   FRAMING LIMIT PIECES    framing: w, l, v, a or m (whole, lines, values, array, member), any other byte one
 *                           of these; limit: a blank for none, else the byte's value is max_message; pieces:
 *                           bytes whose values give the sizes, in turn
 *
 * Claims. ctf_scan by every kernel and ctf_stream in pieces of any size, of one byte, and with every byte a
 * block of its own find the same messages with the same hits, and fail alike at the same place. Messages
 * stand in order, apart, and are what ctf_match says of each. Without `all` exactly those with hits are
 * reported, with the probe and without. A callback that stops is not called again. LINES are the lines. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "kit.h"

/* What one run found: the end of the last message, how it went, and all of it as a number. */
typedef struct found {
    const ctf_scratch *scratch;
    ctf_scratch *alone; /* to match each message by itself; NULL: not */
    ctf_text document;
    bool lines;
    uint64_t digest;        /* of every message and its hits */
    uint64_t hits_digest;   /* of the messages with hits */
    uint64_t messages, with_hits, behind;
    uint64_t stop_at; /* messages after which the callback stops */
    ctf_status status;
    ctf_error error;
} found;

typedef struct subject {
    ctf_filter *filter;
    ctf_scan_options options;
    ctf_text document;
    ctf_text sizes;
} subject;

static uint64_t mix(uint64_t digest, const void *data, size_t n)
{
    return ctfi_hash(digest, (uint32_t)n, data, n);
}

static uint64_t mix_message(uint64_t digest, const ctf_message *message, const ctf_hits *hits)
{
    digest = mix(digest, &message->offset, sizeof message->offset);
    digest = mix(digest, &message->index, sizeof message->index);
    digest = mix(digest, message->text.data, message->text.length);
    for (size_t i = 0; i < hits->n; i++)
        digest = mix(digest, &hits->patterns[i], sizeof hits->patterns[i]);
    return digest;
}

static void claim_alone(ctf_scratch *alone, const ctf_message *message, const ctf_hits *hits)
{
    ctf_hits out;
    CLAIM(ctf_match(alone, message->text.data, message->text.length, &out) == CTF_OK);
    CLAIM(out.n == hits->n);
    for (size_t i = 0; i < out.n; i++)
        CLAIM(out.patterns[i] == hits->patterns[i]);
}

static bool has_mark(ctf_text document)
{
    return document.length >= 3 && memcmp(document.data, "\xef\xbb\xbf", 3) == 0;
}

/* A line starts behind a newline or where the document does, and ends before \n, \r\n or its end. */
static void claim_line(ctf_text document, const ctf_message *message)
{
    size_t start = (size_t)message->offset, end = start + message->text.length;
    CLAIM(message->text.length > 0 && memchr(message->text.data, '\n', message->text.length) == NULL);
    CLAIM(start == (has_mark(document) ? 3 : 0) || document.data[start - 1] == '\n');
    if (end == document.length)
        return;
    CLAIM(document.data[end] == '\n' ? document.data[end - 1] != '\r' : document.data[end] == '\r');
    CLAIM(document.data[end] == '\n' || document.data[end + 1] == '\n');
}

static int see(void *context, const ctf_message *message, const ctf_hits *hits)
{
    found *f = context;
    CLAIM(f->messages < f->stop_at);
    CLAIM(message->offset >= f->behind || (message->offset == 0 && message->text.length == 0));
    CLAIM(message->offset <= f->document.length);
    ctf_text there = {f->document.data + message->offset, message->text.length};
    CLAIM(message->text.length <= f->document.length - message->offset && kit_same(there, message->text));
    f->behind = message->offset + message->text.length;
    f->digest = mix_message(f->digest, message, hits);
    if (hits->n > 0)
        f->hits_digest = mix_message(f->hits_digest, message, hits);
    f->with_hits += hits->n > 0;
    if (f->lines)
        claim_line(f->document, message);
    if (f->alone != NULL)
        claim_alone(f->alone, message, hits);
    return ++f->messages == f->stop_at;
}

static ctf_scratch *scratch_of(const subject *s, const char *kernel, unsigned flags)
{
    const ctf_scratch_options options = {.size = sizeof options, .kernel = kernel, .flags = flags};
    ctf_scratch *scratch;
    CLAIM(ctf_scratch_new(s->filter, &options, &scratch) == CTF_OK);
    return scratch;
}

static found scanned(const subject *s, const char *kernel, unsigned flags, bool all, bool alone, uint64_t stop_at)
{
    ctf_scratch *scratch = scratch_of(s, kernel, flags);
    ctf_scan_options options = s->options;
    found f = {.document = s->document, .stop_at = stop_at, .alone = alone ? scratch_of(s, NULL, 0) : NULL};
    options.all = all;
    f.lines = options.framing == CTF_FRAME_LINES;
    f.status = ctf_scan(scratch, s->document.data, s->document.length, &options, see, &f, &f.error);
    ctf_scratch_free(scratch);
    ctf_scratch_free(f.alone);
    f.alone = NULL;
    return f;
}

/* The size of the next piece: by the settings, or `fixed`. */
static size_t next_size(const subject *s, size_t turn, size_t fixed, size_t left)
{
    size_t size = fixed;
    if (fixed == 0)
        size = s->sizes.length == 0 ? 3 : 1 + (unsigned char)s->sizes.data[turn % s->sizes.length] % 96;
    return size < left ? size : left;
}

static void feed(const subject *s, ctf_stream *stream, size_t fixed, found *f)
{
    size_t turn = 0;
    for (size_t at = 0; at < s->document.length && f->status == CTF_OK; turn++) {
        size_t size = next_size(s, turn, fixed, s->document.length - at);
        char *piece = kit_copy(s->document.data + at, size);
        f->status = ctf_stream_feed(stream, piece, size, &f->error);
        free(piece);
        at += size;
    }
    if (f->status == CTF_OK)
        f->status = ctf_stream_finish(stream, &f->error);
    CLAIM(ctf_stream_feed(stream, "x", 1, NULL) != CTF_OK);
}

/* false where the build has no stream reader. */
static bool streamed(const subject *s, size_t fixed, uint64_t stop_at, found *f)
{
    ctf_scratch *scratch = scratch_of(s, NULL, 0);
    ctf_scan_options options = s->options;
    ctf_stream *stream;
    options.all = 1;
    *f = (found){.document = s->document, .stop_at = stop_at};
    ctf_status status = ctf_stream_new(scratch, &options, see, f, &stream);
    CLAIM(status == CTF_OK || status == CTF_E_ABSENT);
    if (status == CTF_OK)
        feed(s, stream, fixed, f);
    ctf_stream_free(stream);
    ctf_scratch_free(scratch);
    return status == CTF_OK;
}

static void claim_same(const found *a, const found *b)
{
    CLAIM(a->status == b->status);
    CLAIM(a->messages == b->messages);
    CLAIM(a->digest == b->digest);
    CLAIM(a->status == CTF_OK || strcmp(a->error.message, b->error.message) == 0);
    CLAIM(a->status == CTF_OK || a->error.offset == b->error.offset);
}

static void claim_streams(const subject *s, const found *whole)
{
    static const size_t fixed[] = {0, 1, 64};
    found f;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (streamed(s, fixed[i], UINT64_MAX, &f))
            claim_same(whole, &f);
}

static void claim_stops(const subject *s, const found *whole)
{
    found f = scanned(s, NULL, 0, true, false, 1 + whole->messages / 2);
    CLAIM(whole->messages == 0 || f.status == CTF_E_STOPPED);
    if (streamed(s, 0, 1 + whole->messages / 2, &f))
        CLAIM(whole->messages == 0 || f.status == CTF_E_STOPPED);
}

static uint64_t count_lines(ctf_text document)
{
    uint64_t lines = 0;
    for (size_t at = has_mark(document) ? 3 : 0; at < document.length;) {
        const char *start = document.data + at, *end = memchr(start, '\n', document.length - at);
        size_t length = end == NULL ? document.length - at : (size_t)(end - start);
        lines += length > 1 || (length == 1 && (*start != '\r' || end == NULL));
        at += length + 1;
    }
    return lines;
}

/* Only the messages with hits, by the probe of every kernel and without one. */
static void claim_hits(const subject *s, const found *whole)
{
    found plain = scanned(s, NULL, CTF_NO_PROBE, false, false, UINT64_MAX);
    CLAIM(plain.status == whole->status && plain.messages == whole->with_hits && plain.digest == whole->hits_digest);
    for (size_t i = 0; ctf_kernel_name(i) != NULL; i++) {
        found f = scanned(s, ctf_kernel_name(i), 0, false, false, UINT64_MAX);
        claim_same(&plain, &f);
    }
}

static void run(const subject *s)
{
    found whole = scanned(s, NULL, CTF_NO_PROBE, true, true, UINT64_MAX);
    if (whole.status != CTF_OK)
        kit_claim_error(&whole.error, whole.status, s->document);
    CLAIM(whole.status == CTF_OK || whole.status == CTF_E_DOCUMENT || whole.status == CTF_E_LIMIT);
    for (size_t i = 0; ctf_kernel_name(i) != NULL; i++) {
        found f = scanned(s, ctf_kernel_name(i), 0, true, false, UINT64_MAX);
        claim_same(&whole, &f);
    }
    claim_hits(s, &whole);
    if (s->options.framing == CTF_FRAME_LINES && s->options.max_message == 0)
        CLAIM(whole.status == CTF_OK && whole.messages == count_lines(s->document));
    claim_streams(s, &whole);
    claim_stops(s, &whole);
}

static ctf_framing framing_of(ctf_text settings)
{
    static const char letters[] = "wlvam";
    unsigned char c = settings.length == 0 ? 'v' : (unsigned char)settings.data[0];
    const char *at = memchr(letters, c, sizeof letters - 1);
    return at == NULL ? (ctf_framing)(c % 5) : (ctf_framing)(at - letters);
}

static void set_up(subject *s, const kit_parts *parts)
{
    ctf_text settings = parts->part[0];
    size_t skip = settings.length < 2 ? settings.length : 2;
    s->document = parts->part[parts->n - 1];
    s->sizes = (ctf_text){settings.data + skip, settings.length - skip};
    s->options = (ctf_scan_options){.size = sizeof s->options, .framing = framing_of(settings)};
    if (settings.length > 1 && settings.data[1] != ' ')
        s->options.max_message = (unsigned char)settings.data[1];
    s->filter = NULL;
}

/* The patterns that compile; where none does, one that matches all. */
static void compile(subject *s, const kit_parts *parts)
{
    ctf_pattern patterns[KIT_PARTS];
    size_t n = 0;
    for (size_t i = 1; i + 1 < parts->n; i++) {
        patterns[n] = (ctf_pattern){.text = parts->part[i]};
        if (ctf_filter_compile(&patterns[n], 1, NULL, &s->filter, NULL) == CTF_OK)
            n++;
        ctf_filter_free(s->filter);
    }
    if (n == 0)
        patterns[n++] = (ctf_pattern){.text = {"", 0}};
    CLAIM(ctf_filter_compile(patterns, n, NULL, &s->filter, NULL) == CTF_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kit_parts parts;
    subject s;
    kit_cut(data, size, &parts);
    set_up(&s, &parts);
    compile(&s, &parts);
    run(&s);
    ctf_filter_free(s.filter);
    kit_free(&parts);
    return 0;
}
