/* Seeded patterns and messages for the differential test: the same seed gives the same bytes on every
 * machine. Both draw from one small vocabulary, so that patterns meet what they speak of. */
#ifndef RANDOM_MAKE_H
#define RANDOM_MAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAKE_ROOM 8192

/* A generator and the text it is writing. Text that does not fit is dropped. */
typedef struct maker {
    uint64_t state;
    unsigned char text[MAKE_ROOM];
    size_t length;
} maker;

/* ---- make.c ---- */

/* How many rounds, from which seed: as said in digits, else as the environment's variable has it, else `otherwise`. */
uint64_t make_setting(const char *said, const char *variable, uint64_t otherwise);

void make_begin(maker *m, uint64_t seed); /* an empty text */
unsigned make_below(maker *m, unsigned n); /* 0 .. n-1 */
bool make_chance(maker *m, unsigned percent);
void make_put(maker *m, const char *string);
void make_byte(maker *m, unsigned char c);
/* One of the strings of an array. */
#define make_one_of(m, array) ((array)[make_below((m), sizeof(array) / sizeof *(array))])
/* A few edits that make near misses of what was written. */
void make_damage(maker *m);

const char *make_key(maker *m);
const char *make_word(maker *m);
const char *make_number(maker *m); /* of the grammar that JSON and patterns share */

/* ---- make_regex.c, make_pattern.c, make_message.c ---- */

void make_regex(maker *m);
void make_selector(maker *m, bool wildcard);
void make_pattern(maker *m);
void make_message(maker *m);

#endif
