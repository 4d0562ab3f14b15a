#include "alarm/recent.h"

#include <string.h>

#include "base/arena.h"
#include "simd/kernel.h"

enum { PRESENT, BREACHING, LOW, KINDS };

ctf_status ctfi_recent_init(ctfi_recent *recent, const ctf_alarm *alarm, size_t stride,
                            const ctf_allocator *allocator)
{
    uint32_t range = ctf_alarm_range(alarm);
    *recent = (ctfi_recent){.allocator = *allocator,
                            .words = (range + 63) / 64,
                            .stride = stride,
                            .range = range,
                            .n = alarm->evaluation_periods,
                            .last = range % 64 == 0 ? UINT64_MAX : (UINT64_C(1) << range % 64) - 1};
    size_t bytes = stride * KINDS * recent->words * sizeof *recent->bits;
    recent->bits = ctfi_resize(allocator, NULL, bytes);
    if (recent->bits == NULL)
        return CTF_E_NOMEM;
    memset(recent->bits, 0, bytes);
    return CTF_OK;
}

void ctfi_recent_free(ctfi_recent *recent)
{
    ctfi_resize(&recent->allocator, recent->bits, 0);
    recent->bits = NULL;
}

static uint64_t *words_of(const ctfi_recent *recent, size_t phase, int kind)
{
    return recent->bits + (phase * KINDS + (size_t)kind) * recent->words;
}

/* Makes everything one slot older and puts the newest in front; returns what fell out of the range. */
static bool shift_in(const ctfi_recent *recent, uint64_t *words, bool newest)
{
    uint64_t carry = newest;
    for (size_t i = 0; i < recent->words; i++) {
        uint64_t out = words[i] >> 63;
        words[i] = words[i] << 1 | carry;
        carry = out;
    }
    uint64_t *top = &words[recent->words - 1];
    bool lost = recent->last == UINT64_MAX ? carry != 0 : (*top & ~recent->last) != 0;
    *top &= recent->last;
    return lost;
}

void ctfi_recent_push(ctfi_recent *recent, ctfi_mark mark)
{
    recent->phase = recent->phase + 1 == recent->stride ? 0 : recent->phase + 1;
    recent->filled += mark.present;
    recent->filled -= shift_in(recent, words_of(recent, recent->phase, PRESENT), mark.present);
    shift_in(recent, words_of(recent, recent->phase, BREACHING), mark.breaching);
    shift_in(recent, words_of(recent, recent->phase, LOW), mark.low);
}

static void set_bit(uint64_t *words, uint64_t at, bool value)
{
    uint64_t bit = UINT64_C(1) << at % 64;
    words[at / 64] = value ? words[at / 64] | bit : words[at / 64] & ~bit;
}

void ctfi_recent_set(ctfi_recent *recent, uint64_t ago, ctfi_mark mark)
{
    uint64_t age = ago / recent->stride; /* in its register */
    size_t back = (size_t)(ago % recent->stride);
    size_t phase = (recent->phase + recent->stride - back) % recent->stride;
    if (age >= recent->range)
        return;
    uint64_t *present = words_of(recent, phase, PRESENT);
    recent->filled -= present[age / 64] >> age % 64 & 1;
    recent->filled += mark.present;
    set_bit(present, age, mark.present);
    set_bit(words_of(recent, phase, BREACHING), age, mark.breaching);
    set_bit(words_of(recent, phase, LOW), age, mark.low);
}

void ctfi_recent_pass(ctfi_recent *recent, uint64_t ticks)
{
    recent->phase = (recent->phase + (size_t)(ticks % recent->stride)) % recent->stride;
}

/* The lowest `most` set bits. */
static uint64_t lowest_bits(uint64_t bits, uint32_t most)
{
    uint64_t rest = bits;
    if (ctfi_popcount(bits) <= most)
        return bits;
    while (most-- > 0)
        rest &= rest - 1;
    return bits ^ rest;
}

static uint32_t highest_bit(uint64_t bits)
{
    uint32_t at = 0;
    for (uint32_t step = 32; step > 0; step /= 2) {
        if (bits >> step != 0) {
            bits >>= step;
            at += step;
        }
    }
    return at;
}

ctfi_tally ctfi_recent_count(const ctfi_recent *recent)
{
    const uint64_t *present = words_of(recent, recent->phase, PRESENT);
    const uint64_t *breaching = words_of(recent, recent->phase, BREACHING);
    const uint64_t *low = words_of(recent, recent->phase, LOW);
    ctfi_tally tally = {0};
    for (size_t i = 0; i < recent->words && tally.real < recent->n; i++) {
        uint64_t deciding = lowest_bits(present[i], recent->n - tally.real);
        if (deciding == 0)
            continue;
        tally.real += ctfi_popcount(deciding);
        tally.breaching += ctfi_popcount(deciding & breaching[i]);
        tally.low = tally.low || (deciding & low[i]) != 0;
        tally.oldest = i * 64 + highest_bit(deciding) + 1;
    }
    return tally;
}
