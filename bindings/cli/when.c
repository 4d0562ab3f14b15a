#include "when.h"

#include <stddef.h>

/* Reads exactly n digits into *out and moves on. */
static bool digits(ctf_text *t, size_t n, int64_t *out)
{
    if (t->length < n)
        return false;
    *out = 0;
    for (size_t i = 0; i < n; i++) {
        if (t->data[i] < '0' || t->data[i] > '9')
            return false;
        *out = *out * 10 + (t->data[i] - '0');
    }
    t->data += n;
    t->length -= n;
    return true;
}

static bool byte(ctf_text *t, char c)
{
    if (t->length == 0 || t->data[0] != c)
        return false;
    t->data++;
    t->length--;
    return true;
}

/* Days from 1970-01-01 to a day of the proleptic Gregorian calendar; years count from March. */
static int64_t day_number(int64_t year, int64_t month, int64_t day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t m = month <= 2 ? month + 9 : month - 3;
    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

static bool leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static bool real_day(int64_t year, int64_t month, int64_t day)
{
    static const int64_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1)
        return false;
    return day <= lengths[month - 1] + (month == 2 && leap(year));
}

static bool date(ctf_text *t, int64_t *days)
{
    int64_t year, month, day;
    if (!digits(t, 4, &year) || !byte(t, '-') || !digits(t, 2, &month) || !byte(t, '-') || !digits(t, 2, &day))
        return false;
    if (!real_day(year, month, day))
        return false;
    *days = day_number(year, month, day);
    return true;
}

static bool clock_time(ctf_text *t, int64_t *seconds)
{
    int64_t hour, minute, second;
    if (!digits(t, 2, &hour) || !byte(t, ':') || !digits(t, 2, &minute) || !byte(t, ':') || !digits(t, 2, &second))
        return false;
    *seconds = (hour * 60 + minute) * 60 + second;
    return hour < 24 && minute < 60 && second <= 60;
}

static bool fraction(ctf_text *t, int64_t *milliseconds)
{
    *milliseconds = 0;
    if (!byte(t, '.'))
        return true;
    int64_t digit, weight = 100;
    if (!digits(t, 1, &digit))
        return false;
    do {
        *milliseconds += digit * weight;
        weight /= 10;
    } while (digits(t, 1, &digit));
    return true;
}

static bool zone(ctf_text *t, int64_t *seconds)
{
    *seconds = 0;
    if (byte(t, 'Z'))
        return true;
    int64_t sign = byte(t, '+') ? 1 : byte(t, '-') ? -1 : 0;
    int64_t hours, minutes;
    if (sign == 0 || !digits(t, 2, &hours) || !byte(t, ':') || !digits(t, 2, &minutes))
        return false;
    *seconds = sign * (hours * 60 + minutes) * 60;
    return hours < 24 && minutes < 60;
}

bool when_read(ctf_text text, int64_t *milliseconds)
{
    int64_t days, seconds, rest, offset;
    if (!date(&text, &days) || !byte(&text, 'T') || !clock_time(&text, &seconds) || !fraction(&text, &rest) ||
        !zone(&text, &offset) || text.length != 0)
        return false;
    *milliseconds = (days * 86400 + seconds - offset) * 1000 + rest;
    return true;
}
