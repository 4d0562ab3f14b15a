#include "reason/cloudtrail.h"

#include <assert.h>

#include "program/list.h"
#include "reason/place.h"
#include "reason/say.h"

ctfi_selector ctfi_cloudtrail_composed(ctfi_job *job, const ctfi_selector *head, uint32_t n, const ctfi_step *middle,
                                       const ctfi_selector *tail, uint32_t from)
{
    uint32_t extra = middle != NULL, count = n + extra + tail->n_steps - from;
    ctfi_step *steps = ctfi_job_alloc(job, count + (size_t)1, sizeof *steps);
    for (uint32_t i = 0; i < n; i++)
        steps[i] = head->steps[i];
    if (middle != NULL)
        steps[n] = *middle;
    for (uint32_t i = from; i < tail->n_steps; i++)
        steps[n + extra + i - from] = tail->steps[i];
    return (ctfi_selector){.steps = steps, .n_steps = count, .wildcard = count};
}

/* Characters of a path's first key. */
static size_t key_length(const char *path)
{
    size_t n = 0;
    while (path[n] != '\0' && path[n] != '.' && path[n] != '[')
        n++;
    return n;
}

/* A selector of the fields of a path of the table. */
static ctfi_selector selector_of(ctfi_job *job, const char *path)
{
    CTFI_LIST(ctfi_step) steps = {NULL, 0, 0};
    while (*path != '\0') {
        bool any = *path == '[';
        size_t n = any ? 2 : key_length(path);
        *CTFI_APPEND(job, &steps) = (ctfi_step){.type = any ? CTFI_STEP_ANY : CTFI_STEP_KEY,
                                                .key = {(const unsigned char *)path, any ? 0 : n}};
        path += n;
        path += *path == '.';
    }
    assert(steps.at != NULL); /* no path is empty */
    return (ctfi_selector){.steps = steps.at, .n_steps = (uint32_t)steps.n, .wildcard = (uint32_t)steps.n};
}

/* The last key of a path. */
static ctfi_bytes last_of(const char *path)
{
    for (const char *dot; (dot = strchr(path, '.')) != NULL; path = dot + 1)
        continue;
    return ctfi_bytes_of(path);
}

/* Does the path of the other selector lead to a field beside the one at step `at`? */
static bool is_beside(const ctfi_selector *other, const ctfi_selector *selector, uint32_t at)
{
    bool beside = other->n_steps == at + 1 && other->steps[at].type == CTFI_STEP_KEY;
    for (uint32_t k = 0; beside && k < at; k++)
        beside = other->steps[k].type == CTFI_STEP_KEY
                     ? ctfi_bytes_equal(other->steps[k].key, selector->steps[k].key)
                     : selector->steps[k].type != CTFI_STEP_KEY;
    return beside;
}

/* A field beside the one that is missing, spelled almost so. */
static bool find_beside(ctfi_job *job, const ctfi_selector *selector, uint32_t at, ctfi_near *out)
{
    ctfi_cloudtrail_field field;
    for (size_t i = 0; ctfi_cloudtrail_field_at(i, &field); i++) {
        ctfi_selector other = selector_of(job, field.path);
        if (!is_beside(&other, selector, at) || !ctfi_place_alike(other.steps[at].key, selector->steps[at].key))
            continue;
        out->selector = ctfi_cloudtrail_composed(job, selector, at, &other.steps[at], selector, at + 1);
        out->sure = ctfi_place_same_letters(other.steps[at].key, selector->steps[at].key);
        return true;
    }
    return false;
}

/* The only field of that name elsewhere. */
static bool find_elsewhere(ctfi_job *job, const ctfi_selector *selector, ctfi_near *out)
{
    const ctfi_step *last = &selector->steps[selector->n_steps - 1];
    ctfi_cloudtrail_field field;
    const char *only = NULL;
    size_t n = 0;
    for (size_t i = 0; last->type == CTFI_STEP_KEY && ctfi_cloudtrail_field_at(i, &field); i++)
        if (ctfi_place_same_letters(last_of(field.path), last->key)) {
            only = field.path;
            n++;
        }
    if (n == 1)
        *out = (ctfi_near){selector_of(job, only), false};
    return n == 1;
}

bool ctfi_cloudtrail_near(ctfi_job *job, const ctfi_selector *selector, uint32_t at, ctfi_near *out)
{
    return selector->steps[at].type == CTFI_STEP_KEY &&
           (find_beside(job, selector, at, out) || find_elsewhere(job, selector, out));
}
