/* Metric filters compiled together: checked, copied, their patterns and selectors in one filter. */
#include "metric/transform.h"

#include <string.h>

#include "base/error.h"

const ctf_text ctfi_account_name = {"@aws.account", 12}, ctfi_region_name = {"@aws.region", 11};

static ctf_status out_of_memory(ctf_error *error)
{
    return ctfi_error_set(error, CTF_E_NOMEM, CTF_ERROR_MEMORY, 0, 0, NULL, "out of memory");
}

static ctf_status misuse(ctf_error *error, const char *why)
{
    return ctfi_error_set(error, CTF_E_ARGUMENT, CTF_ERROR_ARGUMENT, 0, 0, NULL, "%s", why);
}

/* One compilation. */
typedef struct work {
    ctf_metrics *metrics;
    const ctf_metric_filter *filters;
    size_t n;
    const ctf_options *options;
    ctf_error *error;
    ctfi_arena arena; /* of what ends with it */
    ctf_pattern *patterns;
} work;

/* The error is about filter i. */
static ctf_status at_filter(const work *w, size_t i, ctf_status status)
{
    if (status != CTF_OK && status != CTF_E_NOMEM && w->error != NULL)
        w->error->pattern = i;
    return status;
}

/* ---- transformations ----------------------------------------------------------------------------------- */

/* Copies a text; false when memory is out. */
static bool keep(ctfi_arena *arena, ctf_text text, ctf_text *out)
{
    char *copy = ctfi_arena_alloc(arena, text.length, 1);
    if (copy != NULL && text.length != 0)
        memcpy(copy, text.data, text.length);
    *out = (ctf_text){copy, text.length};
    return copy != NULL;
}

static bool keep_identity(ctfi_arena *arena, const ctf_metric_filter *f, ctfi_identity *out)
{
    *out = (ctfi_identity){.unit = ctfi_unit_of(f->unit)};
    if (!keep(arena, f->metric_namespace, &out->name_space) || !keep(arena, f->metric_name, &out->name))
        return false;
    ctfi_identity_hash(out);
    return true;
}

static void want(ctfi_transform *t, ctf_text name, ctfi_origin origin, size_t request)
{
    size_t at = t->n_dimensions++;
    for (; at > 0 && ctfi_text_compare(t->dimensions[at - 1].name, name) > 0; at--)
        t->dimensions[at] = t->dimensions[at - 1];
    t->dimensions[at] = (ctfi_wanted){name, origin, request};
}

static bool keep_dimensions(ctfi_arena *arena, const ctf_metric_filter *f, ctfi_transform *t)
{
    for (size_t i = 0; i < f->n_dimensions; i++) {
        ctf_text name;
        if (!keep(arena, f->dimensions[i].name, &name))
            return false;
        want(t, name, CTFI_FROM_EVENT, i + t->selects);
    }
    if (f->emit_system_dimensions & CTF_EMIT_ACCOUNT)
        want(t, ctfi_account_name, CTFI_FROM_ACCOUNT, 0);
    if (f->emit_system_dimensions & CTF_EMIT_REGION)
        want(t, ctfi_region_name, CTFI_FROM_REGION, 0);
    return true;
}

static bool keep_transform(ctfi_arena *arena, const ctf_metric_filter *f, ctfi_transform *t)
{
    *t = (ctfi_transform){.selects = ctfi_is_selector(f->metric_value), .has_default = f->has_default != 0,
                          .default_value = f->default_value};
    if (!t->selects)
        ctfi_number_of(f->metric_value, &t->value);
    return keep_identity(arena, f, &t->bare) && keep_dimensions(arena, f, t);
}

static ctf_status keep_all(work *w)
{
    ctf_metrics *m = w->metrics;
    m->transforms = ctfi_arena_alloc(&m->arena, w->n, sizeof *m->transforms);
    m->defaults = ctfi_arena_alloc(&m->arena, w->n, sizeof *m->defaults);
    if (m->transforms == NULL || m->defaults == NULL)
        return out_of_memory(w->error);
    m->n = w->n;
    for (size_t i = 0; i < w->n; i++) {
        ctf_status status = at_filter(w, i, ctfi_transform_check(&w->filters[i], w->error));
        if (status != CTF_OK)
            return status;
        if (!keep_transform(&m->arena, &w->filters[i], &m->transforms[i]))
            return out_of_memory(w->error);
        if (m->transforms[i].has_default)
            m->defaults[m->n_defaults++] = (uint32_t)i;
    }
    return CTF_OK;
}

/* ---- patterns ------------------------------------------------------------------------------------------ */

/* The selectors of a filter, the value's first. */
static bool list_selectors(ctfi_arena *arena, const ctf_metric_filter *f, ctf_pattern *pattern)
{
    bool selects = ctfi_is_selector(f->metric_value);
    ctf_text *list = ctfi_arena_alloc(arena, f->n_dimensions + selects, sizeof *list);
    if (list == NULL)
        return false;
    if (selects)
        list[0] = f->metric_value;
    for (size_t i = 0; i < f->n_dimensions; i++)
        list[i + selects] = f->dimensions[i].value;
    *pattern = (ctf_pattern){f->filter_pattern, f->filter_name, list, f->n_dimensions + selects};
    return true;
}

static ctf_status compile(work *w)
{
    ctf_error why;
    w->patterns = ctfi_arena_alloc(&w->arena, w->n, sizeof *w->patterns);
    if (w->patterns == NULL)
        return out_of_memory(w->error);
    for (size_t i = 0; i < w->n; i++)
        if (!list_selectors(&w->arena, &w->filters[i], &w->patterns[i]))
            return out_of_memory(w->error);
    ctf_status status = ctf_filter_compile(w->patterns, w->n, w->options, &w->metrics->filter, &why);
    if (status != CTF_OK && w->error != NULL)
        *w->error = why;
    if (status != CTF_E_PATTERN || why.kind != CTF_ERROR_SELECTOR)
        return status;
    status = ctfi_transform_explain(&w->filters[why.pattern], w->options, w->error);
    return at_filter(w, why.pattern, status);
}

static ctf_status make(work *w)
{
    ctf_status status = keep_all(w);
    return status == CTF_OK ? compile(w) : status;
}

/* ---- entry points -------------------------------------------------------------------------------------- */

static const ctf_allocator *allocator_of(const ctf_options *options)
{
    return options == NULL || options->size < sizeof *options ? NULL : options->allocator;
}

ctf_status ctf_metrics_compile(const ctf_metric_filter *filters, size_t n, const ctf_options *options,
                               ctf_metrics **out, ctf_error *error)
{
    ctfi_error_clear(error);
    if (out == NULL)
        return misuse(error, "nowhere to store the metric filters");
    *out = NULL;
    if (filters == NULL || n == 0)
        return misuse(error, "no metric filters");
    if (options != NULL && (options->size < sizeof options->size || options->size > sizeof *options))
        return misuse(error, "options of an unknown size");
    if (n > CTF_MAX_PATTERNS)
        return ctfi_error_set(error, CTF_E_LIMIT, CTF_ERROR_LIMIT, 0, 0, NULL, "more than %u metric filters",
                              CTF_MAX_PATTERNS);
    const ctf_allocator allocator = ctfi_allocator_or_default(allocator_of(options));
    ctf_metrics *metrics = ctfi_resize(&allocator, NULL, sizeof *metrics);
    if (metrics == NULL)
        return out_of_memory(error);
    *metrics = (ctf_metrics){.n = 0};
    ctfi_arena_init(&metrics->arena, &allocator);
    work w = {.metrics = metrics, .filters = filters, .n = n, .options = options, .error = error};
    ctfi_arena_init(&w.arena, &allocator);
    ctf_status status = make(&w);
    ctfi_arena_free(&w.arena);
    if (status != CTF_OK)
        ctf_metrics_free(metrics);
    else
        *out = metrics;
    return status;
}

void ctf_metrics_free(ctf_metrics *metrics)
{
    if (metrics == NULL)
        return;
    const ctf_allocator allocator = metrics->arena.allocator;
    ctf_filter_free(metrics->filter);
    ctfi_arena_free(&metrics->arena);
    ctfi_resize(&allocator, metrics, 0);
}

const ctf_filter *ctf_metrics_filter(const ctf_metrics *metrics)
{
    return metrics == NULL ? NULL : metrics->filter;
}
