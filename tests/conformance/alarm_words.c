#include "conformance/alarm_words.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/time.h"

alarm_place place;

_Noreturn void word_broken(const char *why)
{
    printf("%s:%zu: no such case: %s\n", place.path, place.line, why);
    exit(2);
}

ctf_text word_text(const char *word)
{
    return (ctf_text){word, strlen(word)};
}

double word_number(const char *word)
{
    ctfi_decimal decimal;
    if (!ctfi_decimal_read((const unsigned char *)word, strlen(word), false, &decimal))
        word_broken(word);
    return ctfi_decimal_to_double(&decimal);
}

int64_t word_whole(const char *word)
{
    char *end;
    long long value = strtoll(word, &end, 10);
    if (end == word || *end != '\0')
        word_broken(word);
    return value;
}

int64_t word_time(const char *word)
{
    int64_t time;
    if (!ctfi_time_read((ctfi_bytes){(const unsigned char *)word, strlen(word)}, &time))
        word_broken(word);
    return time;
}

ctf_state word_state(const char *word)
{
    for (int s = CTF_STATE_INSUFFICIENT_DATA; s <= CTF_STATE_ALARM; s++)
        if (strcmp(word, ctf_state_name((ctf_state)s)) == 0)
            return (ctf_state)s;
    word_broken(word);
}

ctf_treat_missing word_treatment(const char *word)
{
    for (int t = CTF_TREAT_MISSING; t <= CTF_TREAT_NOT_BREACHING; t++)
        if (strcmp(word, ctf_treat_missing_name((ctf_treat_missing)t)) == 0)
            return (ctf_treat_missing)t;
    word_broken(word);
}

ctf_comparison word_comparison(const char *word)
{
    for (int c = CTF_GREATER_OR_EQUAL; c <= CTF_ABOVE_BAND; c++)
        if (strcmp(word, ctf_comparison_name((ctf_comparison)c)) == 0)
            return (ctf_comparison)c;
    word_broken(word);
}

void word_m_of_n(char *word, ctf_alarm *alarm)
{
    char *slash = strchr(word, '/');
    if (slash == NULL)
        word_broken(word);
    *slash = '\0';
    alarm->evaluation_periods = (uint32_t)word_whole(slash + 1);
    alarm->m_is_set = strcmp(word, "-") != 0;
    alarm->datapoints_to_alarm = alarm->m_is_set ? (uint32_t)word_whole(word) : alarm->evaluation_periods;
}

ctf_slot word_slot(char *word)
{
    ctf_slot slot = {.present = strcmp(word, "-") != 0, .sample_count = 1};
    char *band = strchr(word, '['), *colon = strchr(word, ':');
    if (!slot.present)
        return slot;
    if (band != NULL && colon != NULL) {
        *band = *colon = '\0';
        colon[strlen(colon + 1)] = '\0';
        slot.lower = word_number(band + 1);
        slot.upper = word_number(colon + 1);
    }
    slot.value = word_number(word);
    return slot;
}
