/* Every place in the library that asks for memory, known by name.
 *
 * The library's rooms above base/ are compiled once more with this header in front of each file: a call of an
 * allocating function then leaves its file and line in a section of the executable, where all of them can be
 * listed whether they were ever reached or not, and says when it is reached. Calls that only give memory back
 * are told apart by their constant size of 0.
 *
 * One thread at a time. */
#ifndef FAULTS_SITES_H
#define FAULTS_SITES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/job.h"
#include "base/room.h"

typedef struct site {
    const char *file;
    int line;
    const char *function; /* once reached */
    bool gives_back;
    bool failed; /* a request made here was refused, and the library was told so */
} site;

/* The place that asks now. */
extern site *site_now;

#define SITE(call, back)                                                                               \
    __extension__({                                                                                    \
        static site site_here = {__FILE__, __LINE__, NULL, back, false};                               \
        static site *const site_known __attribute__((section("ctf_sites"), used)) = &site_here;        \
        (void)site_known;                                                                              \
        site_here.function = __func__;                                                                 \
        site_now = &site_here;                                                                         \
        call;                                                                                          \
    })

#define IS_ZERO(size) __builtin_choose_expr(__builtin_constant_p(size), (size) == 0, 0)

#define ctfi_resize(allocator, block, size) SITE((ctfi_resize)(allocator, block, size), IS_ZERO(size))
#define ctfi_room(allocator, array, capacity, need, size) \
    SITE((ctfi_room)(allocator, array, capacity, need, size), false)
#define ctfi_arena_alloc(arena, n, size) SITE((ctfi_arena_alloc)(arena, n, size), false)
#define ctfi_job_alloc(job, n, size) SITE((ctfi_job_alloc)(job, n, size), false)
#define ctfi_job_zero(job, n, size) SITE((ctfi_job_zero)(job, n, size), false)
#define ctfi_job_grow(job, array, capacity, need, size) \
    SITE((ctfi_job_grow)(job, array, capacity, need, size), false)

#endif
