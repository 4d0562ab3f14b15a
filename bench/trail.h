/* A seeded generator of believable CloudTrail, for the sample in the repository, the tests and the
 * benchmark.
 *
 * Everything is a function of the options: integers only, an own random generator, no locale and no
 * clock, so the same seed gives the same bytes on every machine. Accounts, addresses and names are
 * those that are set aside for documentation. A plan says what happens when, where and by whom; a
 * record is written from its entry alone, in any order. */
#ifndef TRAIL_H
#define TRAIL_H

#include <stddef.h>
#include <stdint.h>

/* splitmix64: any state is a good one. */
typedef struct trail_random {
    uint64_t state;
} trail_random;

uint64_t trail_next(trail_random *random);
/* Evenly from 0 to n - 1; n > 0. */
uint32_t trail_below(trail_random *random, uint32_t n);
/* A well-mixed number from two others: what stays the same for one account, actor or day. */
uint64_t trail_mix(uint64_t a, uint64_t b);

/* Text that grows. `failed` is set when memory ran out; then everything appended is dropped. Start
 * with zeros, release with trail_text_free. */
typedef struct trail_text {
    char *data;
    size_t length, capacity;
    int failed;
} trail_text;

void trail_put(trail_text *text, const char *string);
void trail_put_bytes(trail_text *text, const char *bytes, size_t n);
/* Decimal, filled with zeros to `width` digits. */
void trail_put_number(trail_text *text, uint64_t value, int width);
/* n characters drawn from the alphabet. */
void trail_put_drawn(trail_text *text, trail_random *random, const char *alphabet, size_t n);
void trail_put_uuid(trail_text *text, trail_random *random);
void trail_text_free(trail_text *text);

/* A moment of UTC by its parts; seconds count from 1970. */
typedef struct trail_date {
    int year, month, day, hour, minute, second, weekday; /* weekday 0 is Monday */
} trail_date;

trail_date trail_date_of(int64_t seconds);
int64_t trail_midnight(int year, int month, int day);
/* 2026-01-12T09:05:11Z */
void trail_put_time(trail_text *text, int64_t seconds);

#define TRAIL_ACCOUNTS 3u
#define TRAIL_REGIONS 4u
/* NULL behind the last. */
const char *trail_account(unsigned index);
const char *trail_region(unsigned index);

typedef struct trail_options {
    uint64_t seed;
    int64_t start; /* midnight of the first day */
    unsigned days, accounts, regions;
    size_t events;
} trail_options;

/* One thing that happens. */
typedef struct trail_entry {
    int64_t time;
    uint64_t seed; /* of everything in the record that varies */
    uint16_t event, actor;
    uint8_t account, region, outcome;
} trail_entry;

typedef struct trail_plan {
    trail_entry *entries;
    size_t n;
} trail_plan;

/* Plans options->events things over the days, in the order of time. Offices work by day and less at
 * weekends, machines always. Every kind of change that a monitoring baseline asks about happens now
 * and then; each three days tell the login story of tests/trail/README.md. Returns 0, or -1 when memory
 * ran out or an option is out of range. */
int trail_plan_make(const trail_options *options, trail_plan *out);
void trail_plan_free(trail_plan *plan);

/* Appends the record of one entry: one JSON object without blanks. */
void trail_record(const trail_entry *entry, trail_text *out);

#endif
