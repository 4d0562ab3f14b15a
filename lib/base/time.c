#include "base/time.h"

#define DAY INT64_C(86400000)
#define CYCLE_DAYS 146097 /* days of 400 years, after which the calendar repeats */

/* Days from 1970-01-01 to the first of March of year 0. */
#define MARCH_OF_YEAR_0 INT64_C(-719468)

/* Years are counted from March, so that the leap day is the last of its year. */
static int64_t days_of(int64_t year, unsigned month, unsigned day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t cycle = ctfi_floor_div(y, 400);
    int64_t of_cycle = y - cycle * 400;
    int64_t of_year = (153 * (int64_t)((month + 9) % 12) + 2) / 5 + day - 1;
    return cycle * CYCLE_DAYS + of_cycle * 365 + of_cycle / 4 - of_cycle / 100 + of_year + MARCH_OF_YEAR_0;
}

static void set_day(ctfi_date *date, int64_t days)
{
    int64_t from_zero = days - MARCH_OF_YEAR_0;
    int64_t cycle = ctfi_floor_div(from_zero, CYCLE_DAYS);
    int64_t of_cycle = from_zero - cycle * CYCLE_DAYS;
    int64_t year = (of_cycle - of_cycle / 1460 + of_cycle / 36524 - of_cycle / 146096) / 365;
    int64_t of_year = of_cycle - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    date->day = (unsigned)(of_year - (153 * month + 2) / 5 + 1);
    date->month = (unsigned)(month < 10 ? month + 3 : month - 9);
    date->year = cycle * 400 + year + (date->month <= 2);
}

ctfi_date ctfi_date_of(int64_t time)
{
    ctfi_date date;
    int64_t days = ctfi_floor_div(time, DAY);
    unsigned of_day = (unsigned)(time % DAY < 0 ? time % DAY + DAY : time % DAY);
    set_day(&date, days);
    date.hour = of_day / 3600000;
    date.minute = of_day / 60000 % 60;
    date.second = of_day / 1000 % 60;
    date.millisecond = of_day % 1000;
    return date;
}

/* A cursor over the text; reads nothing past its end. */
typedef struct reader {
    const unsigned char *at;
    const unsigned char *end;
} reader;

static bool take(reader *r, const char *any_of)
{
    if (r->at == r->end || *r->at == '\0' || strchr(any_of, *r->at) == NULL)
        return false;
    r->at++;
    return true;
}

/* Exactly n digits, at most `most`. */
static bool take_digits(reader *r, unsigned n, unsigned most, unsigned *out)
{
    *out = 0;
    for (unsigned i = 0; i < n; i++, r->at++) {
        if (r->at == r->end || !ctfi_is_digit(*r->at))
            return false;
        *out = *out * 10 + (unsigned)(*r->at - '0');
    }
    return *out <= most;
}

static unsigned days_in(unsigned year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

static bool take_date(reader *r, int64_t *days)
{
    unsigned year, month, day;
    if (!take_digits(r, 4, 9999, &year) || !take(r, "-") || !take_digits(r, 2, 12, &month) || month == 0 ||
        !take(r, "-") || !take_digits(r, 2, 31, &day) || day == 0 || day > days_in(year, month))
        return false;
    *days = days_of(year, month, day);
    return true;
}

/* ".digits": the first three count. */
static bool take_fraction(reader *r, unsigned *milliseconds)
{
    unsigned scale = 100, digit;
    *milliseconds = 0;
    if (!take(r, "."))
        return true;
    if (!take_digits(r, 1, 9, &digit))
        return false;
    do {
        *milliseconds += digit * scale;
        scale /= 10;
    } while (r->at < r->end && ctfi_is_digit(*r->at) && take_digits(r, 1, 9, &digit));
    return true;
}

static bool take_offset(reader *r, int64_t *offset)
{
    unsigned hours, minutes;
    *offset = 0;
    if (take(r, "Zz"))
        return true;
    bool west = r->at < r->end && *r->at == '-';
    if (!take(r, "+-") || !take_digits(r, 2, 23, &hours))
        return false;
    take(r, ":");
    if (!take_digits(r, 2, 59, &minutes))
        return false;
    *offset = (int64_t)(hours * 60 + minutes) * CTFI_MINUTE * (west ? -1 : 1);
    return true;
}

static bool take_clock(reader *r, int64_t *of_day)
{
    unsigned hour, minute, second, milliseconds;
    int64_t offset;
    if (!take_digits(r, 2, 23, &hour) || !take(r, ":") || !take_digits(r, 2, 59, &minute) || !take(r, ":") ||
        !take_digits(r, 2, 60, &second) || !take_fraction(r, &milliseconds) || !take_offset(r, &offset))
        return false;
    *of_day = ((int64_t)(hour * 60 + minute) * 60 + second) * 1000 + milliseconds - offset;
    return true;
}

bool ctfi_time_read(ctfi_bytes text, int64_t *time)
{
    int64_t days, of_day = 0;
    if (text.length == 0)
        return false;
    reader r = {text.data, text.data + text.length};
    if (!take_date(&r, &days))
        return false;
    if (r.at != r.end && (!take(&r, "Tt ") || !take_clock(&r, &of_day) || r.at != r.end))
        return false;
    *time = days * DAY + of_day;
    return true;
}

/* A number with at least `width` digits. */
static size_t put(unsigned char *out, uint64_t value, size_t width)
{
    unsigned char digits[20];
    size_t n = 0, length = 0;
    do {
        digits[n++] = (unsigned char)('0' + value % 10);
        value /= 10;
    } while (value != 0 || n < width);
    while (n > 0)
        out[length++] = digits[--n];
    return length;
}

static size_t put_year(unsigned char *out, int64_t year)
{
    if (year >= 0 && year <= 9999)
        return put(out, (uint64_t)year, 4);
    *out = year < 0 ? '-' : '+';
    return 1 + put(out + 1, year < 0 ? (uint64_t)-year : (uint64_t)year, 4);
}

/* Two digits and what follows them. */
static size_t put_pair(unsigned char *out, unsigned value, char behind)
{
    put(out, value, 2);
    out[2] = (unsigned char)behind;
    return 3;
}

static size_t put_clock(unsigned char *out, const ctfi_date *date)
{
    size_t n = put_pair(out, date->hour, ':');
    n += put_pair(out + n, date->minute, ':');
    return n + put(out + n, date->second, 2);
}

static size_t put_iso(unsigned char *out, const ctfi_date *date)
{
    size_t n = put_year(out, date->year);
    out[n++] = '-';
    n += put_pair(out + n, date->month, '-');
    n += put_pair(out + n, date->day, 'T');
    return n + put_clock(out + n, date);
}

size_t ctfi_time_print(int64_t time, unsigned char out[CTFI_TIME_TEXT])
{
    ctfi_date date = ctfi_date_of(time);
    size_t n = put_iso(out, &date);
    if (date.millisecond != 0) {
        out[n++] = '.';
        n += put(out + n, date.millisecond, 3);
    }
    out[n++] = 'Z';
    return n;
}

size_t ctfi_time_print_query(int64_t time, unsigned char out[CTFI_TIME_TEXT])
{
    ctfi_date date = ctfi_date_of(time);
    size_t n = put_iso(out, &date);
    out[n++] = '.';
    n += put(out + n, date.millisecond, 3);
    memcpy(out + n, "+0000", 5);
    return n + 5;
}

size_t ctfi_time_print_reason(int64_t time, unsigned char out[CTFI_TIME_TEXT])
{
    ctfi_date date = ctfi_date_of(time);
    size_t n = put_pair(out, date.day, '/');
    n += put_pair(out + n, date.month, '/');
    n += put_pair(out + n, (unsigned)((date.year % 100 + 100) % 100), ' ');
    return n + put_clock(out + n, &date);
}
