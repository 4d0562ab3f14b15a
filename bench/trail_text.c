/* The generator's ground: random numbers, growing text, dates. Nothing here knows CloudTrail. */
#include "trail.h"

#include <stdlib.h>
#include <string.h>

uint64_t trail_mix(uint64_t a, uint64_t b)
{
    uint64_t x = a + 0x9E3779B97F4A7C15u * (b + 1);
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

uint64_t trail_next(trail_random *random)
{
    random->state += 0x9E3779B97F4A7C15u;
    return trail_mix(random->state, 0);
}

uint32_t trail_below(trail_random *random, uint32_t n)
{
    return (uint32_t)(((trail_next(random) >> 32) * n) >> 32);
}

static int grow(trail_text *text, size_t n)
{
    size_t capacity = text->capacity ? text->capacity : 4096;
    while (capacity - text->length < n)
        capacity *= 2;
    char *data = realloc(text->data, capacity);
    if (!data)
        return -1;
    text->data = data;
    text->capacity = capacity;
    return 0;
}

void trail_put_bytes(trail_text *text, const char *bytes, size_t n)
{
    if (n == 0 || text->failed)
        return;
    if (text->capacity - text->length < n && grow(text, n)) {
        text->failed = 1;
        return;
    }
    memcpy(text->data + text->length, bytes, n);
    text->length += n;
}

void trail_put(trail_text *text, const char *string)
{
    trail_put_bytes(text, string, strlen(string));
}

void trail_put_number(trail_text *text, uint64_t value, int width)
{
    char digits[24];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
        width--;
    } while (value || width > 0);
    trail_put_bytes(text, digits + at, sizeof digits - at);
}

void trail_put_drawn(trail_text *text, trail_random *random, const char *alphabet, size_t n)
{
    uint32_t letters = (uint32_t)strlen(alphabet);
    while (n--)
        trail_put_bytes(text, alphabet + trail_below(random, letters), 1);
}

void trail_put_uuid(trail_text *text, trail_random *random)
{
    static const char hex[] = "0123456789abcdef";
    trail_put_drawn(text, random, hex, 8);
    trail_put(text, "-");
    trail_put_drawn(text, random, hex, 4);
    trail_put(text, "-4");
    trail_put_drawn(text, random, hex, 3);
    trail_put(text, "-");
    trail_put_drawn(text, random, "89ab", 1);
    trail_put_drawn(text, random, hex, 3);
    trail_put(text, "-");
    trail_put_drawn(text, random, hex, 12);
}

void trail_text_free(trail_text *text)
{
    free(text->data);
    *text = (trail_text){0};
}

/* Days since 1970 of a date of the Gregorian calendar, by eras of 400 years that begin in March. */
static int64_t days_of(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = y / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

int64_t trail_midnight(int year, int month, int day)
{
    return days_of(year, month, day) * 86400;
}

trail_date trail_date_of(int64_t seconds)
{
    int64_t days = seconds / 86400, rest = seconds % 86400;
    trail_date date = {1970, 1, 1, (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60), (int)((days + 3) % 7)};
    while (days_of(date.year + 1, 1, 1) <= days)
        date.year++;
    while (date.month < 12 && days_of(date.year, date.month + 1, 1) <= days)
        date.month++;
    date.day = (int)(days - days_of(date.year, date.month, 1)) + 1;
    return date;
}

void trail_put_time(trail_text *text, int64_t seconds)
{
    trail_date date = trail_date_of(seconds);
    const int parts[] = {date.year, date.month, date.day, date.hour, date.minute, date.second};
    static const char after[] = "--T::Z";
    for (size_t i = 0; i < 6; i++) {
        trail_put_number(text, (uint64_t)parts[i], i ? 2 : 4);
        trail_put_bytes(text, after + i, 1);
    }
}
