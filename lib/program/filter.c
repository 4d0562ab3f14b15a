/* The entry points: arguments are checked here, and here alone a job is run and its arena freed. */
#include <ctfilter/filter.h>

#include <string.h>

#include "base/error.h"
#include "base/job.h"
#include "pattern/tree.h"
#include "program/compile.h"
#include "program/verify.h"

static ctf_status misuse(ctf_error *error, const char *why)
{
    return ctfi_error_set(error, CTF_E_ARGUMENT, CTF_ERROR_ARGUMENT, 0, 0, NULL, "%s", why);
}

/* A caller built with a newer header may know options that this library does not. */
static bool good_options(const ctf_options *options)
{
    return options == NULL || (options->size >= sizeof options->size && options->size <= sizeof *options);
}

static const ctf_allocator *allocator_of(const ctf_options *options)
{
    return options == NULL || options->size < sizeof *options ? NULL : options->allocator;
}

static bool good_text(ctf_text text)
{
    return text.data != NULL || text.length == 0;
}

static bool good_pattern(const ctf_pattern *pattern)
{
    if (!good_text(pattern->text) || !good_text(pattern->name))
        return false;
    if (pattern->extract == NULL)
        return pattern->n_extract == 0;
    for (size_t i = 0; i < pattern->n_extract; i++)
        if (!good_text(pattern->extract[i]))
            return false;
    return true;
}

static ctf_status check_patterns(const ctf_pattern *patterns, size_t n, ctf_error *error)
{
    if (patterns == NULL || n == 0)
        return misuse(error, "no patterns");
    if (n > CTF_MAX_PATTERNS)
        return ctfi_error_set(error, CTF_E_LIMIT, CTF_ERROR_LIMIT, 0, 0, NULL,
                              "more than %u patterns in one filter", CTF_MAX_PATTERNS);
    for (size_t i = 0; i < n; i++)
        if (!good_pattern(&patterns[i])) {
            misuse(error, "a text without data");
            if (error != NULL)
                error->pattern = i;
            return CTF_E_ARGUMENT;
        }
    return CTF_OK;
}

/* A filter with room for an image of `size` bytes, or NULL. */
static ctf_filter *new_filter(const ctf_allocator *allocator, size_t size, unsigned char **image)
{
    const ctf_allocator chosen = ctfi_allocator_or_default(allocator);
    ctf_filter *filter = ctfi_resize(&chosen, NULL, sizeof *filter);
    *image = filter == NULL ? NULL : ctfi_resize(&chosen, NULL, size);
    if (*image == NULL) {
        if (filter != NULL)
            ctfi_resize(&chosen, filter, 0);
        return NULL;
    }
    filter->allocator = chosen;
    filter->image = (const ctfi_image *)(const void *)*image;
    return filter;
}

static ctf_status out_of_memory(ctf_error *error)
{
    return ctfi_error_set(error, CTF_E_NOMEM, CTF_ERROR_MEMORY, 0, 0, NULL, "out of memory");
}

static ctf_status copy_image(const void *from, size_t size, const ctf_options *options, ctf_filter **out,
                             ctf_error *error)
{
    unsigned char *image;
    *out = new_filter(allocator_of(options), size, &image);
    if (*out == NULL)
        return out_of_memory(error);
    memcpy(image, from, size);
    return CTF_OK;
}

/* Completes a filter whose image is verified or fresh; on failure there is none. */
static ctf_status add_probe(ctf_filter **filter, ctf_error *error)
{
    ctf_status status = ctfi_probe_plan((*filter)->image, &(*filter)->allocator, &(*filter)->probe);
    if (status == CTF_OK)
        return CTF_OK;
    ctf_filter_free(*filter);
    *filter = NULL;
    return out_of_memory(error);
}

typedef struct compilation {
    const ctf_pattern *patterns;
    size_t n;
    const ctfi_image *image;
} compilation;

static void compile(ctfi_job *job, void *context)
{
    compilation *work = context;
    work->image = ctfi_compile(job, work->patterns, work->n);
}

/* Hands the job's error on; the arena goes either way. */
static ctf_status finish(ctfi_job *job, ctf_status status, ctf_error *error)
{
    if (error != NULL && status == job->error.status)
        *error = job->error;
    ctfi_arena_free(&job->arena);
    return status;
}

ctf_status ctf_filter_compile(const ctf_pattern *patterns, size_t n, const ctf_options *options,
                              ctf_filter **out, ctf_error *error)
{
    ctfi_job job;
    compilation work = {patterns, n, NULL};
    if (out == NULL)
        return misuse(error, "nowhere to store the filter");
    *out = NULL;
    if (!good_options(options))
        return misuse(error, "options of an unknown size");
    ctf_status status = check_patterns(patterns, n, error);
    if (status != CTF_OK)
        return status;
    status = ctfi_job_run(&job, allocator_of(options), compile, &work);
    if (status == CTF_OK)
        status = copy_image(work.image, work.image->size, options, out, error);
    if (status == CTF_OK)
        status = add_probe(out, error);
    return finish(&job, status, error);
}

void ctf_filter_free(ctf_filter *filter)
{
    if (filter == NULL)
        return;
    const ctf_allocator allocator = filter->allocator;
    ctfi_resize(&allocator, (void *)(uintptr_t)filter->image, 0);
    ctfi_resize(&allocator, filter, 0);
}

size_t ctf_filter_count(const ctf_filter *filter)
{
    return filter == NULL ? 0 : ctfi_image_count_of(filter->image, CTFI_SECTION_PATTERNS);
}

static ctf_text text_of(const ctf_filter *filter, ctfi_string string)
{
    ctfi_bytes bytes = ctfi_image_bytes(filter->image, string);
    return (ctf_text){(const char *)bytes.data, bytes.length};
}

ctf_status ctf_filter_pattern(const ctf_filter *filter, size_t index, ctf_pattern_info *out)
{
    if (out == NULL)
        return CTF_E_ARGUMENT;
    memset(out, 0, sizeof *out);
    if (filter == NULL || index >= ctf_filter_count(filter))
        return CTF_E_ARGUMENT;
    const ctfi_image_pattern *pattern = ctfi_image_PATTERNS(filter->image) + index;
    out->kind = (ctf_kind)pattern->kind;
    out->name = text_of(filter, pattern->name);
    out->text = text_of(filter, pattern->text);
    out->n_extract = pattern->values.count;
    return CTF_OK;
}

ctf_text ctf_filter_image(const ctf_filter *filter)
{
    if (filter == NULL)
        return (ctf_text){NULL, 0};
    return (ctf_text){(const char *)filter->image, filter->image->size};
}

ctf_status ctf_filter_load(const void *image, size_t length, const ctf_options *options, ctf_filter **out,
                           ctf_error *error)
{
    if (out == NULL)
        return misuse(error, "nowhere to store the filter");
    *out = NULL;
    if (image == NULL || !good_options(options))
        return misuse(error, image == NULL ? "no image" : "options of an unknown size");
    if (length == 0)
        return ctfi_image_verify(image, 0, error);
    ctf_filter *filter;
    ctf_status status = copy_image(image, length, options, &filter, error);
    if (status != CTF_OK)
        return status;
    status = ctfi_image_verify((const unsigned char *)filter->image, length, error);
    if (status != CTF_OK) {
        ctf_filter_free(filter);
        return status;
    }
    status = add_probe(&filter, error);
    if (status != CTF_OK)
        return status;
    ctfi_error_clear(error);
    *out = filter;
    return CTF_OK;
}

typedef struct printing {
    ctfi_bytes pattern;
    ctfi_bytes canonical;
} printing;

static void canonicalise(ctfi_job *job, void *context)
{
    printing *work = context;
    work->canonical = ctfi_pattern_canonical(job, ctfi_pattern_parse(job, work->pattern));
}

/* Nothing is written of an empty text. */
static ctf_status hand_out(ctfi_bytes text, ctf_write_fn write, void *context, ctf_error *error)
{
    if (text.length == 0 || write(context, (const char *)text.data, text.length) == 0)
        return CTF_OK;
    return ctfi_error_set(error, CTF_E_STOPPED, CTF_ERROR_NONE, 0, 0, NULL, "the writer stopped");
}

ctf_status ctf_pattern_print(ctf_text pattern, const ctf_options *options, ctf_write_fn write, void *context,
                             ctf_error *error)
{
    ctfi_job job;
    printing work = {{(const unsigned char *)pattern.data, pattern.length}, {NULL, 0}};
    if (write == NULL || !good_text(pattern))
        return misuse(error, write == NULL ? "nowhere to write" : "a text without data");
    if (!good_options(options))
        return misuse(error, "options of an unknown size");
    ctf_status status = ctfi_job_run(&job, allocator_of(options), canonicalise, &work);
    if (status == CTF_OK)
        status = hand_out(work.canonical, write, context, error);
    return finish(&job, status, error);
}
