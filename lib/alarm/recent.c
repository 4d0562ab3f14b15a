#include "alarm/recent.h"

#include <string.h>

#include "base/arena.h"
#include "base/bits.h"

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
static inline bool shift_in(const ctfi_recent *recent, uint64_t *words, bool newest)
{
    uint64_t carry = newest;
    size_t top = recent->words - 1;
    for (size_t i = 0; i < top; i++) {
        uint64_t out = words[i] >> 63;
        words[i] = words[i] << 1 | carry;
        carry = out;
    }
    bool lost = (words[top] & (recent->last ^ recent->last >> 1)) != 0;
    words[top] = (words[top] << 1 | carry) & recent->last;
    return lost;
}

bool ctfi_recent_push(ctfi_recent *recent, ctfi_mark mark)
{
    bool alike = mark.present == recent->newest.present && mark.breaching == recent->newest.breaching &&
                 mark.low == recent->newest.low;
    recent->newest = mark;
    recent->same = alike ? recent->same + 1 : 0;
    if (recent->same > recent->stride * recent->range)
        return false;
    recent->phase = recent->phase + 1 == recent->stride ? 0 : recent->phase + 1;
    recent->filled += mark.present;
    recent->filled -= shift_in(recent, words_of(recent, recent->phase, PRESENT), mark.present);
    shift_in(recent, words_of(recent, recent->phase, BREACHING), mark.breaching);
    shift_in(recent, words_of(recent, recent->phase, LOW), mark.low);
    return true;
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
    recent->same = 0;
    uint64_t *present = words_of(recent, phase, PRESENT);
    recent->filled -= present[age / 64] >> age % 64 & 1;
    recent->filled += mark.present;
    set_bit(present, age, mark.present);
    set_bit(words_of(recent, phase, BREACHING), age, mark.breaching);
    set_bit(words_of(recent, phase, LOW), age, mark.low);
}

void ctfi_recent_pass(ctfi_recent *recent)
{
    recent->same = 0;
}

/* The deciding points of one word: its lowest set bits, as many as are still wanted. */
static void count_word(ctfi_tally *tally, uint64_t present, uint64_t breaching, uint64_t low, uint32_t n,
                       size_t before)
{
    for (; present != 0 && tally->real < n; present &= present - 1) {
        unsigned at = ctfi_lowest(present);
        tally->real++;
        tally->breaching += (uint32_t)(breaching >> at & 1);
        tally->low = tally->low || (low >> at & 1) != 0;
        tally->oldest = before + at + 1;
    }
}

/* All of a word decides. */
static void count_full_word(ctfi_tally *tally, uint64_t present, uint64_t breaching, uint64_t low, size_t before)
{
    tally->real += ctfi_popcount(present);
    tally->breaching += ctfi_popcount(present & breaching);
    tally->low = tally->low || (present & low) != 0;
    tally->oldest = before + 64;
}

ctfi_tally ctfi_recent_count(const ctfi_recent *recent)
{
    const uint64_t *present = words_of(recent, recent->phase, PRESENT);
    const uint64_t *breaching = words_of(recent, recent->phase, BREACHING);
    const uint64_t *low = words_of(recent, recent->phase, LOW);
    ctfi_tally tally = {0};
    for (size_t i = 0; i < recent->words && tally.real < recent->n; i++) {
        if (present[i] >> 63 != 0 && recent->n - tally.real >= 64)
            count_full_word(&tally, present[i], breaching[i], low[i], i * 64);
        else
            count_word(&tally, present[i], breaching[i], low[i], recent->n, i * 64);
    }
    return tally;
}
