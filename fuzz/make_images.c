/* Seals what seeds/program holds, so that the inputs of fuzz_program are always images of today's format:
 *
 *   make_images DIRECTORY FILE...
 *
 * Parts of a FILE (kit.h): patterns, each followed by the selectors that are extracted from it (a part that begins with
 * a dollar sign is no pattern), and a message. DIRECTORY/NAME becomes the image and the message behind it. Ends
 * with 1 when a file cannot be read or written, or its patterns are refused. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit.h"

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static kit_bytes read_file(const char *path)
{
    kit_bytes bytes = {NULL, 0, 0};
    char piece[4096];
    FILE *file = fopen(path, "rb");
    for (size_t n = 1; file != NULL && n > 0;) {
        n = fread(piece, 1, sizeof piece, file);
        kit_write(&bytes, piece, n);
    }
    if (file == NULL || ferror(file) || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
    return bytes;
}

static void write_file(const char *directory, const char *name, ctf_text image, ctf_text message)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "wb");
    bool written = file != NULL && fwrite(image.data, 1, image.length, file) == image.length &&
                   fwrite(message.data, 1, message.length, file) == message.length;
    if (file == NULL || fclose(file) != 0 || !written) {
        perror(path);
        exit(1);
    }
}

/* The patterns among the parts but the last; returns how many. */
static size_t gather(const kit_parts *parts, ctf_pattern *patterns)
{
    size_t n = 0;
    for (size_t i = 0; i + 1 < parts->n; i++) {
        bool selector = n > 0 && parts->part[i].length > 0 && parts->part[i].data[0] == '$';
        if (!selector)
            patterns[n++] = (ctf_pattern){.text = parts->part[i], .extract = &parts->part[i + 1]};
        else
            patterns[n - 1].n_extract++;
    }
    return n;
}

static void seal(const char *directory, const char *path)
{
    kit_bytes bytes = read_file(path);
    kit_parts parts;
    ctf_pattern patterns[KIT_PARTS];
    ctf_filter *filter;
    ctf_error error;
    kit_cut((const uint8_t *)bytes.data, bytes.length, &parts);
    size_t n = gather(&parts, patterns);
    if (ctf_filter_compile(patterns, n, NULL, &filter, &error) != CTF_OK) {
        fprintf(stderr, "%s: %s\n", path, error.message);
        exit(1);
    }
    write_file(directory, name_of(path), ctf_filter_image(filter), parts.part[parts.n - 1]);
    ctf_filter_free(filter);
    kit_free(&parts);
    free(bytes.data);
}

int main(int argc, char **argv)
{
    for (int i = 2; i < argc; i++)
        seal(argv[1], argv[i]);
    return argc < 3;
}
