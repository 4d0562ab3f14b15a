/* Events of files, one a line. The library's own framing finds them; what it frames is what every engine then
 * reads. */
#include "corpus.h"
#include "files.h"
#include "trail.h"

#include <ctfilter/ctfilter.h>
#include <stdio.h>
#include <string.h>

/* A line ends an event; inside one it can only be a blank between tokens. */
static int add_event(void *context, const ctf_message *message, const ctf_hits *hits)
{
    trail_text *text = context;
    size_t from = text->length;
    (void)hits;
    trail_put_bytes(text, message->text.data, message->text.length);
    if (text->failed)
        return 1;
    for (char *p = text->data + from; p < text->data + text->length; p++)
        if (*p == '\n' || *p == '\r')
            *p = ' ';
    trail_put(text, "\n");
    return text->failed;
}

/* Delivery files by what they begin with; else one array, or values one after another. */
static ctf_scan_options framing_of(const unsigned char *data, size_t length)
{
    ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_VALUES, .all = 1};
    size_t at = 0;
    while (at < length && strchr(" \t\r\n", data[at]) != NULL)
        at++;
    if (at < length && data[at] == '[')
        options.framing = CTF_FRAME_ARRAY;
    if (length - at > 11 && memcmp(data + at, "{\"Records\":", 11) == 0)
        options.framing = CTF_FRAME_MEMBER;
    return options;
}

static int add_files(ctf_scratch *scratch, const bench_files *files, trail_text *text)
{
    bench_reader reader = {0};
    int failed = 0;
    for (size_t i = 0; i < files->n && !failed; i++) {
        const unsigned char *data;
        size_t length;
        failed = bench_read(&reader, files->paths[i], &data, &length) != 0;
        ctf_scan_options options = failed ? (ctf_scan_options){0} : framing_of(data, length);
        if (!failed && ctf_scan(scratch, data, length, &options, add_event, text, NULL) != CTF_OK)
            fprintf(stderr, "bench: %s is no JSON; what stands before the fault is used\n", files->paths[i]);
    }
    bench_reader_free(&reader);
    return failed;
}

/* Appends copies of the text until it has so many lines. */
static void repeat(trail_text *text, size_t events)
{
    trail_text once = *text;
    size_t n = 0;
    for (size_t i = 0; i < once.length; i++)
        n += once.data[i] == '\n';
    *text = (trail_text){.failed = once.failed};
    for (size_t have = 0; n > 0 && (have == 0 || have < events); have += n)
        trail_put_bytes(text, once.data, once.length);
    trail_text_free(&once);
}

int bench_corpus_load(const char *directory, size_t events, bench_corpus *out)
{
    bench_files files;
    trail_text text = {0};
    ctf_pattern all = {0};
    ctf_filter *filter = NULL;
    ctf_scratch *scratch = NULL;
    *out = (bench_corpus){0};
    if (bench_files_list(directory, &files))
        return -1;
    int failed = ctf_filter_compile(&all, 1, NULL, &filter, NULL) != CTF_OK ||
                 ctf_scratch_new(filter, NULL, &scratch) != CTF_OK || add_files(scratch, &files, &text);
    repeat(&text, events);
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
    bench_files_free(&files);
    if (!failed && !text.failed)
        return bench_corpus_take(text.data, text.length, out);
    trail_text_free(&text);
    return -1;
}
