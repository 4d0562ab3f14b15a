/* Patterns through the compile side. Parts: one to eight patterns.
 *
 * Claims. A refusal points inside the pattern and has words. What compiles verifies, loads as the same
 * bytes, dumps, and prints in a canonical form that is its own canonical form and compiles to the same
 * program. Patterns that compile alone compile together. Compiling is a function of the patterns; any
 * failing allocation gives CTF_E_NOMEM and leaves nothing behind. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "kit.h"
#include "pattern/decisions.h"

static ctf_filter *compiled(const ctf_pattern *patterns, size_t n)
{
    ctf_filter *filter;
    CLAIM(ctf_filter_compile(patterns, n, NULL, &filter, NULL) == CTF_OK);
    return filter;
}

static kit_bytes dumped(const ctf_filter *filter)
{
    kit_bytes out = {NULL, 0, 0};
    CLAIM(ctf_filter_dump(filter, kit_write, &out) == CTF_OK);
    return out;
}

/* The dump without the texts of the patterns, which are its lines that begin with "pattern". */
static kit_bytes program_of(const ctf_filter *filter)
{
    kit_bytes dump = dumped(filter), out = {NULL, 0, 0};
    for (size_t at = 0; at < dump.length;) {
        const char *line = dump.data + at;
        const char *end = memchr(line, '\n', dump.length - at);
        size_t length = end == NULL ? dump.length - at : (size_t)(end - line) + 1;
        if (length < 8 || memcmp(line, "pattern ", 8) != 0)
            kit_write(&out, line, length);
        at += length;
    }
    free(dump.data);
    return out;
}

static void claim_same_program(const ctf_filter *a, const ctf_filter *b)
{
    kit_bytes x = program_of(a), y = program_of(b);
    CLAIM(kit_same(kit_text(&x), kit_text(&y)));
    free(x.data);
    free(y.data);
}

/* What is saved is what is loaded. */
static void claim_loads(const ctf_filter *filter)
{
    ctf_text image = ctf_filter_image(filter);
    void *copy = kit_copy(image.data, image.length);
    ctf_filter *loaded;
    CLAIM(ctf_filter_load(copy, image.length, NULL, &loaded, NULL) == CTF_OK);
    free(copy);
    CLAIM(kit_same(ctf_filter_image(loaded), image));
    claim_same_program(filter, loaded);
    ctf_filter_free(loaded);
}

/* A canonical form may be longer than a pattern is allowed to be: blanks are free. */
static bool too_long(ctf_text text)
{
    return ctfi_utf8_count((const unsigned char *)text.data, text.length) > CTFI_MAX_CHARACTERS;
}

static void claim_canonical(ctf_text text, const ctf_filter *filter)
{
    kit_bytes once = {NULL, 0, 0}, twice = {NULL, 0, 0};
    CLAIM(ctf_pattern_print(text, NULL, kit_write, &once, NULL) == CTF_OK);
    ctf_pattern canonical = {.text = kit_text(&once)};
    if (!too_long(canonical.text)) {
        CLAIM(ctf_pattern_print(canonical.text, NULL, kit_write, &twice, NULL) == CTF_OK);
        CLAIM(kit_same(canonical.text, kit_text(&twice)));
        ctf_filter *again = compiled(&canonical, 1);
        claim_same_program(filter, again);
        ctf_filter_free(again);
    }
    free(once.data);
    free(twice.data);
}

/* One allocation fails, chosen by the pattern's bytes; sometimes all after it do. */
static void claim_survives_no_memory(const ctf_pattern *pattern, ctf_status usual)
{
    uint64_t choice = ctfi_hash(0, 0, (const unsigned char *)pattern->text.data, pattern->text.length);
    kit_meter meter = {.fail_at = 1 + (size_t)(choice >> 8) % 64, .for_good = choice % 2 == 0};
    ctf_allocator allocator = kit_metered(&meter);
    const ctf_options options = {sizeof options, &allocator};
    ctf_filter *filter;
    ctf_status status = ctf_filter_compile(pattern, 1, &options, &filter, NULL);
    CLAIM(status == (meter.requests < meter.fail_at ? usual : CTF_E_NOMEM));
    CLAIM((status == CTF_OK) == (filter != NULL));
    ctf_filter_free(filter);
    CLAIM(meter.live == 0);
}

static void claim_refused(ctf_text text, ctf_status status, const ctf_error *error)
{
    ctf_error printing;
    kit_bytes nothing = {NULL, 0, 0};
    CLAIM(status == CTF_E_PATTERN || status == CTF_E_LIMIT);
    kit_claim_error(error, status, text);
    CLAIM(ctf_pattern_print(text, NULL, kit_write, &nothing, &printing) == status && nothing.length == 0);
    CLAIM(printing.offset == error->offset && printing.length == error->length &&
          strcmp(printing.message, error->message) == 0);
}

/* True when the pattern compiles. */
static bool try_one(ctf_text text)
{
    ctf_pattern pattern = {.text = text};
    ctf_filter *filter;
    ctf_error error;
    ctf_status status = ctf_filter_compile(&pattern, 1, NULL, &filter, &error);
    CLAIM((status == CTF_OK) == (filter != NULL));
    claim_survives_no_memory(&pattern, status);
    if (status != CTF_OK) {
        claim_refused(text, status, &error);
        return false;
    }
    claim_loads(filter);
    claim_canonical(text, filter);
    ctf_filter_free(filter);
    return true;
}

static void try_together(const ctf_pattern *patterns, size_t n)
{
    ctf_filter *a = compiled(patterns, n), *b = compiled(patterns, n);
    CLAIM(kit_same(ctf_filter_image(a), ctf_filter_image(b)));
    claim_loads(a);
    ctf_filter_free(a);
    ctf_filter_free(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kit_parts parts;
    ctf_pattern patterns[KIT_PARTS];
    size_t n = 0;
    kit_cut(data, size, &parts);
    for (size_t i = 0; i < parts.n; i++)
        if (try_one(parts.part[i]))
            patterns[n++] = (ctf_pattern){.text = parts.part[i]};
    if (n > 1)
        try_together(patterns, n);
    kit_free(&parts);
    return 0;
}
