/* Times as text and back: no locale, no clock, no time zone data. A time is milliseconds since
 * 1970-01-01T00:00:00Z in the proleptic Gregorian calendar, negative before. */
#ifndef CTFI_BASE_TIME_H
#define CTFI_BASE_TIME_H

#include "base/bytes.h"

#define CTFI_MINUTE INT64_C(60000)

/* Quotient and multiple rounded towards minus infinity; step > 0. */
static inline int64_t ctfi_floor_div(int64_t value, int64_t step)
{
    return value / step - (value % step < 0);
}

/* Saturates at the range of int64_t. */
static inline int64_t ctfi_floor_to(int64_t value, int64_t step)
{
    int64_t over = value % step < 0 ? value % step + step : value % step;
    return value < INT64_MIN + over ? INT64_MIN : value - over;
}

typedef struct ctfi_date {
    int64_t year;
    unsigned month, day;                          /* from 1 */
    unsigned hour, minute, second, millisecond;
} ctfi_date;

ctfi_date ctfi_date_of(int64_t time);

/* Reads RFC 3339, as CloudTrail's eventTime is written: 2024-01-15T10:00:00Z, with an optional fraction
 * (digits beyond milliseconds are cut) and Z, +hh:mm, +hhmm or -...; 'T' may be a blank or lower case.
 * A date alone (2024-01-15) is its midnight in UTC. Years 0000 to 9999; a leap second reads as the
 * second after. False for anything else. */
bool ctfi_time_read(ctfi_bytes text, int64_t *time);

/* Room for each text below. */
#define CTFI_TIME_TEXT 40

/* Each returns the length; no NUL. Years outside 0000..9999 print with their sign and all digits. */
size_t ctfi_time_print(int64_t time, unsigned char out[CTFI_TIME_TEXT]);       /* 2024-01-15T10:00:00Z, with .123 if any */
size_t ctfi_time_print_query(int64_t time, unsigned char out[CTFI_TIME_TEXT]); /* 2026-02-27T19:53:39.810+0000 */
size_t ctfi_time_print_reason(int64_t time, unsigned char out[CTFI_TIME_TEXT]); /* 27/02/26 19:53:39 */

#endif
