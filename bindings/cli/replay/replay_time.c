#include "replay_time.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/time.h"

#define SECOND INT64_C(1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define LONGEST (3650 * DAY)

bool replay_time_read(const char *text, int64_t *time)
{
    return ctfi_time_read((ctfi_bytes){(const unsigned char *)text, strlen(text)}, time) &&
           *time >= REPLAY_EARLIEST && *time < REPLAY_LATEST;
}

/* What a unit of a duration is; 0: it is none. */
static int64_t unit_of(const char *unit)
{
    static const struct {
        char name[4];
        int64_t length;
    } units[] = {{"", SECOND}, {"s", SECOND}, {"m", MINUTE}, {"h", HOUR}, {"d", DAY}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(unit, units[i].name) == 0)
            return units[i].length;
    return 0;
}

bool replay_duration_read(const char *text, int64_t *milliseconds)
{
    int64_t number = 0;
    size_t digits = strspn(text, "0123456789");
    int64_t unit = unit_of(text + digits);
    if (digits == 0 || digits > 12 || unit == 0)
        return false;
    for (size_t i = 0; i < digits; i++)
        number = number * 10 + (text[i] - '0');
    if (number > LONGEST / unit)
        return false;
    *milliseconds = number * unit;
    return true;
}

void replay_time_append(blob *out, int64_t time)
{
    unsigned char text[CTFI_TIME_TEXT];
    blob_append(out, text, ctfi_time_print(time, text));
}

void replay_duration_append(blob *out, int64_t milliseconds)
{
    static const struct {
        const char *name;
        int64_t length;
    } units[] = {{"d", DAY}, {"h", HOUR}, {"min", MINUTE}, {"s", SECOND}, {"ms", 1}};
    char text[40];
    size_t i = 0;
    while (milliseconds % units[i].length != 0 || milliseconds < units[i].length) {
        if (units[i].length == 1)
            break;
        i++;
    }
    snprintf(text, sizeof text, "%" PRId64 " %s", milliseconds / units[i].length, units[i].name);
    blob_append_words(out, text);
}
