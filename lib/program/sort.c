/* Bottom-up merge sort between the array and a copy in the arena. */
#include <string.h>

#include "program/list.h"

typedef struct run {
    const unsigned char *at;
    const unsigned char *end;
} run;

typedef struct sorter {
    size_t size;
    int (*compare)(const void *a, const void *b);
} sorter;

/* Merges two neighbouring runs to `to`. */
static void merge(const sorter *s, run left, run right, unsigned char *to)
{
    while (left.at < left.end && right.at < right.end) {
        run *from = s->compare(right.at, left.at) < 0 ? &right : &left;
        memcpy(to, from->at, s->size);
        from->at += s->size;
        to += s->size;
    }
    memcpy(to, left.at, (size_t)(left.end - left.at));
    to += left.end - left.at;
    memcpy(to, right.at, (size_t)(right.end - right.at));
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Merges runs of `width` bytes pairwise. */
static void pass(const sorter *s, const unsigned char *from, unsigned char *to, size_t bytes, size_t width)
{
    for (size_t start = 0; start < bytes; start += 2 * width) {
        size_t middle = least(start + width, bytes);
        run left = {from + start, from + middle};
        run right = {from + middle, from + least(start + 2 * width, bytes)};
        merge(s, left, right, to + start);
    }
}

static bool sorted(const sorter *s, const unsigned char *array, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (s->compare(array + (i - 1) * s->size, array + i * s->size) > 0)
            return false;
    return true;
}

void ctfi_sort(ctfi_job *job, void *array, size_t n, size_t size, int (*compare)(const void *a, const void *b))
{
    sorter s = {size, compare};
    if (n < 2 || sorted(&s, array, n))
        return;
    unsigned char *from = array;
    unsigned char *to = ctfi_job_alloc(job, n, size);
    for (size_t width = size; width < n * size; width *= 2) {
        pass(&s, from, to, n * size, width);
        unsigned char *other = from;
        from = to;
        to = other;
    }
    if (from != (unsigned char *)array)
        memcpy(array, from, n * size);
}
