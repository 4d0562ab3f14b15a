/* Bytes as a sealed program, and a message: as many bytes as the header's size says are the image, the rest
 * is the message.
 *
 * So that damage reaches behind the first checks, the input is loaded twice: as it is, and repaired, with
 * magic, format, size and checksum set right and the sections laid out by their counts.
 *
 * Claims. Bytes that load are what the filter holds, dump, and run: by every kernel, loaded again, and as a
 * stream, to their end, inside their bounds, with hits in order among the patterns; the kernels agree, and the
 * probe made of the image passes no message over that would match. Bytes that do not load get an error that
 * points into them. */
#include <stdlib.h>
#include <string.h>

#include "image_kit.h"
#include "kit.h"

static const char *const messages[] = {
    "",
    "a b c",
    "127.0.0.1 - frank [10/Oct/2000:13:35:36 -0700] \"GET /x HTTP/1.0\" 200 1534 ",
    "ERROR something failed: password=x 7 -1.5e3",
    "{}",
    "{\"a\":{\"b\":[1,{\"c\":null},\"x\",true]},\"eventName\":\"ConsoleLogin\",\"n\":7.0,"
    "\"a\":{\"b\":[{\"c\":\"y\"}]}}",
    "{\"eventName\":\"ConsoleLogin\",\"errorMessage\":\"Failed authentication\",\"n\":[null,12,\"12\"],"
    "\"s\":\"\\u0041\"}",
};

static void claim_hits(const ctf_filter *filter, const ctf_scratch *scratch, const ctf_hits *hits)
{
    for (size_t i = 0; i < hits->n; i++) {
        ctf_pattern_info info;
        ctf_value value;
        ctf_field field;
        size_t n;
        CLAIM(hits->patterns[i] < ctf_filter_count(filter));
        CLAIM(i == 0 || hits->patterns[i - 1] < hits->patterns[i]);
        CLAIM(ctf_filter_pattern(filter, hits->patterns[i], &info) == CTF_OK);
        for (size_t k = 0; k < info.n_extract; k++)
            CLAIM(ctf_scratch_value(scratch, hits->patterns[i], k, &value) == CTF_OK);
        CLAIM(ctf_scratch_field(scratch, hits->patterns[i], 0, NULL, &n) == CTF_OK);
        for (size_t k = 0; k < n; k++)
            CLAIM(ctf_scratch_field(scratch, hits->patterns[i], k, &field, NULL) == CTF_OK);
    }
}

static size_t matched(const ctf_filter *filter, const char *kernel, unsigned flags, ctf_text message)
{
    const ctf_scratch_options options = {.size = sizeof options, .kernel = kernel, .flags = flags};
    ctf_scratch *scratch;
    ctf_hits hits;
    CLAIM(ctf_scratch_new(filter, &options, &scratch) == CTF_OK);
    CLAIM(ctf_match(scratch, message.data, message.length, &hits) == CTF_OK);
    claim_hits(filter, scratch, &hits);
    size_t sum = hits.n;
    for (size_t i = 0; i < hits.n; i++)
        sum = sum * 31 + hits.patterns[i];
    ctf_scratch_free(scratch);
    return sum;
}

typedef struct streamed {
    const ctf_filter *filter;
    const ctf_scratch *scratch;
} streamed;

static int see(void *context, const ctf_message *message, const ctf_hits *hits)
{
    const streamed *s = context;
    (void)message;
    claim_hits(s->filter, s->scratch, hits);
    return 0;
}

static void stream(const ctf_filter *filter, ctf_text message)
{
    ctf_scratch *scratch;
    ctf_stream *stream;
    CLAIM(ctf_scratch_new(filter, NULL, &scratch) == CTF_OK);
    streamed seen = {filter, scratch};
    if (ctf_stream_new(scratch, NULL, see, &seen, &stream) == CTF_OK) {
        for (size_t at = 0; at < message.length; at++)
            CLAIM(ctf_stream_feed(stream, message.data + at, 1, NULL) == CTF_OK);
        CLAIM(ctf_stream_finish(stream, NULL) == CTF_OK);
        ctf_stream_free(stream);
    }
    ctf_scratch_free(scratch);
}

static void try_message(const ctf_filter *filter, ctf_text message)
{
    size_t first = matched(filter, NULL, CTF_NO_PROBE, message);
    for (size_t i = 0; ctf_kernel_name(i) != NULL; i++)
        CLAIM(matched(filter, ctf_kernel_name(i), 0, message) == first);
    matched(filter, NULL, CTF_TRUSTED_JSON, message);
    stream(filter, message);
}

static void dump(const ctf_filter *filter)
{
    kit_bytes text = {NULL, 0, 0};
    CLAIM(ctf_filter_dump(filter, kit_write, &text) == CTF_OK);
    free(text.data);
}

static void try_filter(const ctf_filter *filter, ctf_text image, ctf_text message)
{
    CLAIM(kit_same(ctf_filter_image(filter), image));
    dump(filter);
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
        char *copy = kit_copy(messages[i], strlen(messages[i]));
        try_message(filter, (ctf_text){copy, strlen(messages[i])});
        free(copy);
    }
    try_message(filter, message);
}

static void try_image(ctf_text image, ctf_text message)
{
    ctf_filter *filter;
    ctf_error error;
    ctf_status status = ctf_filter_load(image.data, image.length, NULL, &filter, &error);
    CLAIM((status == CTF_OK) == (filter != NULL));
    if (status == CTF_OK)
        try_filter(filter, image, message);
    else
        kit_claim_error(&error, CTF_E_PROGRAM, image);
    ctf_filter_free(filter);
}

/* What the header says, where the input holds so much. */
static size_t told_size(const unsigned char *bytes, size_t length)
{
    uint32_t size;
    if (length < sizeof(ctfi_image))
        return length;
    memcpy(&size, bytes + offsetof(ctfi_image, size), sizeof size);
    return size < length ? size : length;
}

static void try_parts(const unsigned char *bytes, size_t length, size_t image_length)
{
    char *image = kit_copy(bytes, image_length);
    char *message = kit_copy(bytes + image_length, length - image_length);
    try_image((ctf_text){image, image_length}, (ctf_text){message, length - image_length});
    free(image);
    free(message);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned char *bytes = kit_copy(data, size);
    try_parts(bytes, size, told_size(bytes, size));
    size_t repaired = image_repair(bytes, size);
    if (repaired > 0)
        try_parts(bytes, size, repaired);
    free(bytes);
    return 0;
}
