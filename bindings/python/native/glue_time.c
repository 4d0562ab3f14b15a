/* RFC 3339 to milliseconds: 2024-01-15T10:00:00Z, with an optional fraction and an offset instead of Z. */
#include "glue.h"

typedef struct cursor {
    const char *at, *end;
} cursor;

/* Reads exactly n digits. */
static int digits(cursor *c, int n, int64_t *out)
{
    *out = 0;
    for (; n > 0; n--, c->at++) {
        if (c->at == c->end || *c->at < '0' || *c->at > '9')
            return 0;
        *out = *out * 10 + (*c->at - '0');
    }
    return 1;
}

static int one_of(cursor *c, const char *set)
{
    for (; *set != '\0'; set++)
        if (c->at < c->end && *c->at == *set) {
            c->at++;
            return 1;
        }
    return 0;
}

static int64_t days_in(int64_t year, int64_t month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return lengths[month - 1] + (month == 2 && leap);
}

/* Days from 1970-01-01, counting years from March so that the leap day ends them. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    int64_t y = year - (month <= 2), era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int date(cursor *c, int64_t *days)
{
    int64_t year, month, day;
    if (!digits(c, 4, &year) || !one_of(c, "-") || !digits(c, 2, &month) || !one_of(c, "-") || !digits(c, 2, &day) ||
        month < 1 || month > 12 || day < 1 || day > days_in(year, month))
        return 0;
    *days = days_of(year, month, day);
    return 1;
}

static int clock(cursor *c, int64_t *ms)
{
    int64_t hour, minute, second, digit, unit = 100;
    if (!digits(c, 2, &hour) || !one_of(c, ":") || !digits(c, 2, &minute) || !one_of(c, ":") ||
        !digits(c, 2, &second) || hour > 23 || minute > 59 || second > 60)
        return 0;
    *ms = ((hour * 60 + minute) * 60 + second) * 1000;
    if (!one_of(c, "."))
        return 1;
    if (!digits(c, 1, &digit))
        return 0;
    do {
        *ms += digit * unit;
        unit /= 10;
    } while (digits(c, 1, &digit));
    return 1;
}

/* Z, or what UTC is behind. */
static int zone(cursor *c, int64_t *ms)
{
    int64_t hour, minute;
    *ms = 0;
    if (one_of(c, "Zz"))
        return 1;
    int negative = c->at < c->end && *c->at == '-';
    if (!one_of(c, "+-") || !digits(c, 2, &hour))
        return 0;
    one_of(c, ":");
    if (!digits(c, 2, &minute) || hour > 23 || minute > 59)
        return 0;
    *ms = (hour * 60 + minute) * (negative ? -60000 : 60000);
    return 1;
}

int ctfpy_time_read(const char *text, size_t length, int64_t *time)
{
    cursor c = {text, text == NULL ? text : text + length};
    int64_t days, ms, behind;
    if (text == NULL || !date(&c, &days))
        return 0;
    *time = days * 86400000;
    if (c.at == c.end)
        return 1;
    if (!one_of(&c, "Tt ") || !clock(&c, &ms) || !zone(&c, &behind) || c.at != c.end)
        return 0;
    *time += ms - behind;
    return 1;
}
