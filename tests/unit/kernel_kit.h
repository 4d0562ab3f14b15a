/* What the tests of kernels share: every kernel of this machine, chance, and texts that stand between
 * walls, so that a byte read too far is seen without a sanitizer too. */
#ifndef CTFI_TESTS_KERNEL_KIT_H
#define CTFI_TESTS_KERNEL_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>
#include <ctfilter/match.h>

#include "simd/kernel.h"

typedef const unsigned char *place;

static uint64_t random_state = 0x9E3779B97F4A7C15u;

static inline unsigned below(unsigned n)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(random_state >> 33) % n;
}

/* The i-th kernel that runs here, or NULL. */
static inline const ctfi_kernel *kernel_at(size_t i)
{
    const char *name = ctf_kernel_name(i);
    return name == NULL ? NULL : ctfi_kernel_named(name);
}

#define EACH_KERNEL(kernel) const ctfi_kernel *kernel; for (size_t k = 0; (kernel = kernel_at(k)) != NULL; k++)

/* How often chance is tried; an emulated machine has less time. */
#ifdef EMULATED
#define ROUNDS(n) ((n) / 10)
#else
#define ROUNDS(n) (n)
#endif

/* n characters of an alphabet; in one text of two most of them are 'a'. */
static inline void fill(unsigned char *text, size_t n, const char *alphabet, size_t letters)
{
    unsigned plain = below(2) == 0 ? 0 : 1 + below(40);
    for (size_t i = 0; i < n; i++)
        text[i] = below(plain + 1) == 0 ? (unsigned char)alphabet[below((unsigned)letters)] : 'a';
}

#define ROOM ((size_t)1 << 18)
#define SPOTS 3

/* ROOM bytes of noise with a wall before and behind them. */
static inline unsigned char *walled_room(void)
{
    static unsigned char *room;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    if (room != NULL)
        return room;
    void *all = mmap(NULL, ROOM + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(all != MAP_FAILED);
    room = (unsigned char *)all + page;
    assert_int_equal(mprotect(room, ROOM, PROT_READ | PROT_WRITE), 0);
    for (size_t i = 0; i < ROOM; i++)
        room[i] = (unsigned char)below(256);
    return room;
}

/* Copies of a text of at most a page: before the far wall, behind the near one, and amid noise at any
 * alignment. */
static inline void lay(const unsigned char *text, size_t n, place spot[SPOTS])
{
    unsigned char *room = walled_room();
    unsigned char *copy[SPOTS] = {room + ROOM - n, room, room + ROOM / 2 + below(64)};
    for (size_t i = 0; i < SPOTS; i++) {
        if (n != 0)
            memcpy(copy[i], text, n);
        spot[i] = copy[i];
    }
}

#endif
