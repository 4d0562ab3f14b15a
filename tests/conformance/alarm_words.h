/* The words of alarm cases (tests/cases/README.md). A word that is none ends the process with its place. */
#ifndef CONFORMANCE_ALARM_WORDS_H
#define CONFORMANCE_ALARM_WORDS_H

#include <ctfilter/alarm.h>

typedef struct alarm_place {
    const char *path;
    size_t line;
} alarm_place;

/* The line that is being read. */
extern alarm_place place;

_Noreturn void word_broken(const char *why);

ctf_text word_text(const char *word);
double word_number(const char *word);
int64_t word_whole(const char *word);
int64_t word_time(const char *word);
ctf_state word_state(const char *word);
ctf_treat_missing word_treatment(const char *word);
ctf_comparison word_comparison(const char *word);

/* "2/3", or "-/3" when M was not given. Changes the word. */
void word_m_of_n(char *word, ctf_alarm *alarm);

/* "10", "-" or, with a band, "10[5:20]". Changes the word. */
ctf_slot word_slot(char *word);

#endif
