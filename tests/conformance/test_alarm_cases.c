/* The library against the cases of alarms (tests/cases/README.md tells their form).
 *
 *   test_alarm_cases FILE.cases ...
 *
 * Reads a file line by line; what stays in force (alarm, table, base, the reason being told) is in `now`. */
#include <ctfilter/alarm.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conformance/alarm_requests.h"
#include "conformance/alarm_words.h"
#include "oracle/alarm.h"

#define MAX_WORDS 32
#define MAX_SLOTS 64
#define MAX_BASE 16

typedef struct sentence {
    char *words[MAX_WORDS];
    size_t n;
} sentence;

static struct {
    ctf_alarm alarm;
    ctf_state state;         /* of a sequence */
    ctf_verdict verdict;     /* of a reason */
    ctf_slot slots[MAX_SLOTS];
    size_t n_slots;
    char *base[MAX_BASE];
    size_t n_base;
    ctf_error refusal;
} now;

static size_t checks, failures;

static void check(bool good, const char *what, const char *got)
{
    checks++;
    if (good)
        return;
    failures++;
    printf("%s:%zu: %s: %s\n", place.path, place.line, what, got);
}

/* ---- verdicts ----------------------------------------------------------------------------------- */

static void read_slots(char *list)
{
    now.n_slots = 0;
    for (char *word = list; word != NULL && now.n_slots < MAX_SLOTS;) {
        char *comma = strchr(word, ',');
        if (comma != NULL)
            *comma++ = '\0';
        now.slots[now.n_slots++] = word_slot(word);
        word = comma;
    }
}

static void check_with_oracle(ctf_state previous, const ctf_verdict *verdict)
{
    char slots[MAX_SLOTS + 1];
    for (size_t i = 0; i < now.n_slots; i++)
        slots[i] = !now.slots[i].present ? '-' : ctf_alarm_breaches(&now.alarm, &now.slots[i]) ? 'X' : '0';
    slots[now.n_slots] = '\0';
    oracle_verdict expected = oracle_alarm_evaluate(&(oracle_alarm){
        slots, (int)now.alarm.evaluation_periods, (int)now.alarm.datapoints_to_alarm,
        *ctf_treat_missing_name(now.alarm.treat_missing), *ctf_state_name(previous)});
    check(expected.state == *ctf_state_name(verdict->state), "the oracle disagrees", slots);
}

static ctf_verdict evaluate(ctf_state previous, const char *expected)
{
    ctf_verdict v = ctf_alarm_evaluate(&now.alarm, now.slots, now.n_slots, previous);
    check(v.state == word_state(expected), expected, ctf_state_name(v.state));
    check_with_oracle(previous, &v);
    return v;
}

/* alarm M/N COMPARISON THRESHOLD PERIOD */
static void on_alarm(sentence *s)
{
    now.alarm = (ctf_alarm){.comparison = word_comparison(s->words[2]), .period = (uint32_t)word_whole(s->words[4])};
    now.alarm.threshold = strcmp(s->words[3], "-") == 0 ? 0 : word_number(s->words[3]);
    word_m_of_n(s->words[1], &now.alarm);
}

/* verdict NAME TREAT PREVIOUS SLOTS STATE RULE */
static void on_verdict(sentence *s)
{
    now.alarm.treat_missing = word_treatment(s->words[2]);
    read_slots(s->words[4]);
    ctf_verdict v = evaluate(word_state(s->words[3]), s->words[5]);
    check(strcmp(ctf_rule_used_name(v.rule), s->words[6]) == 0, s->words[6], ctf_rule_used_name(v.rule));
}

/* sequence NAME TREAT INITIAL */
static void on_sequence(sentence *s)
{
    now.alarm.treat_missing = word_treatment(s->words[2]);
    now.state = word_state(s->words[3]);
}

/* step SLOTS STATE */
static void on_step(sentence *s)
{
    read_slots(s->words[1]);
    now.state = evaluate(now.state, s->words[2]).state;
}

/* table M/N */
static void on_table(sentence *s)
{
    now.alarm = (ctf_alarm){.comparison = CTF_GREATER, .threshold = 5, .period = 300};
    word_m_of_n(s->words[1], &now.alarm);
}

static void check_cell(ctf_treat_missing treat, const char *expected, const char *fill)
{
    now.alarm.treat_missing = treat;
    for (int s = CTF_STATE_INSUFFICIENT_DATA; s <= CTF_STATE_ALARM; s++) {
        ctf_state previous = (ctf_state)s;
        ctf_verdict v = evaluate(previous, strcmp(expected, "keep") == 0 ? ctf_state_name(previous) : expected);
        check(v.missing == word_whole(fill), "missing points", fill);
        check(v.kept == (strcmp(expected, "keep") == 0), "kept", expected);
    }
}

/* row SLOTS FILL MISSING IGNORE BREACHING NOTBREACHING */
static void on_row(sentence *s)
{
    now.n_slots = 0;
    for (const char *p = s->words[1]; *p != '\0' && now.n_slots < MAX_SLOTS; p++)
        now.slots[now.n_slots++] = (ctf_slot){.present = *p != '-', .value = *p == 'X' ? 10 : 1, .sample_count = 1};
    check_cell(CTF_TREAT_MISSING, s->words[3], s->words[2]);
    check_cell(CTF_TREAT_IGNORE, s->words[4], s->words[2]);
    check_cell(CTF_TREAT_BREACHING, s->words[5], s->words[2]);
    check_cell(CTF_TREAT_NOT_BREACHING, s->words[6], s->words[2]);
}

/* ---- windows and samples ------------------------------------------------------------------------ */

/* range NAME PERIOD N SLOTS */
static void on_range(sentence *s)
{
    ctf_alarm alarm = {.period = (uint32_t)word_whole(s->words[2]), .evaluation_periods = (uint32_t)word_whole(s->words[3])};
    check(ctf_alarm_range(&alarm) == word_whole(s->words[4]), "range", s->words[4]);
}

/* window NAME NOW PERIOD N START... */
static void on_window(sentence *s)
{
    ctf_alarm alarm = {.period = (uint32_t)word_whole(s->words[3]), .evaluation_periods = (uint32_t)word_whole(s->words[4])};
    int64_t end = ctf_alarm_window_end(&alarm, word_time(s->words[2]));
    for (size_t i = 5; i < s->n; i++)
        check(end - (int64_t)(i - 4) * alarm.period * 1000 == word_time(s->words[i]), "window", s->words[i]);
}

static ctf_statistic statistic_of(const char *word)
{
    ctf_statistic statistic;
    if (ctf_statistic_parse(word_text(word), &statistic, NULL) != CTF_OK)
        word_broken(word);
    return statistic;
}

/* samples NAME STATISTIC COUNT low|enough */
static void on_samples(sentence *s)
{
    ctf_statistic statistic = statistic_of(s->words[2]);
    int low = ctf_statistic_is_low(&statistic, (uint64_t)word_whole(s->words[3]));
    check(low == (strcmp(s->words[4], "low") == 0), s->words[4], low ? "low" : "enough");
}

/* percentile NAME STATISTIC COUNT OPTION COMPARISON THRESHOLD PREVIOUS VALUE STATE */
static void on_percentile(sentence *s)
{
    ctf_alarm alarm = {.statistic = statistic_of(s->words[2]),
                       .period = 60,
                       .evaluation_periods = 1,
                       .datapoints_to_alarm = 1,
                       .comparison = word_comparison(s->words[5]),
                       .threshold = word_number(s->words[6]),
                       .keep_low_samples = strcmp(s->words[4], "ignore") == 0};
    ctf_slot slot = {.present = 1, .value = word_number(s->words[8]), .sample_count = (uint64_t)word_whole(s->words[3])};
    ctf_verdict v = ctf_alarm_evaluate(&alarm, &slot, 1, word_state(s->words[7]));
    check(v.state == word_state(s->words[9]), s->words[9], ctf_state_name(v.state));
}

/* ---- reasons ------------------------------------------------------------------------------------ */

/* reason NAME TREAT PREVIOUS STATE */
static void on_reason(sentence *s)
{
    now.alarm.treat_missing = word_treatment(s->words[2]);
    now.verdict = (ctf_verdict){.state = word_state(s->words[4])};
    now.n_slots = 0;
}

/* point TIME VALUE, the newest first */
static void on_point(sentence *s)
{
    if (now.n_slots == MAX_SLOTS)
        word_broken("too many points");
    memmove(now.slots + 1, now.slots, now.n_slots++ * sizeof *now.slots);
    now.slots[0] = word_slot(s->words[2]);
    now.slots[0].start = word_time(s->words[1]);
}

static void on_text(const char *expected)
{
    char got[CTF_MAX_REASON + 1];
    now.verdict.real = (uint32_t)now.n_slots;
    now.verdict.missing = now.alarm.evaluation_periods - now.verdict.real;
    size_t length = ctf_alarm_reason(&now.alarm, now.slots, now.n_slots, &now.verdict, got, sizeof got);
    check(length == strlen(got) && strcmp(got, expected) == 0, expected, got);
}

/* ---- requests ----------------------------------------------------------------------------------- */

static ctf_status request(const sentence *s)
{
    ctf_alarm_input in = {0};
    ctf_alarm alarm;
    for (size_t i = 0; i < now.n_base; i++)
        request_set(&in, now.base[i], 0);
    for (size_t i = 2; i < s->n; i++)
        request_set(&in, s->words[i], i);
    return ctf_alarm_read(&in, &alarm, &now.refusal);
}

/* base MEMBER=VALUE... */
static void on_base(sentence *s)
{
    for (size_t i = 0; i < now.n_base; i++)
        free(now.base[i]);
    now.n_base = 0;
    for (size_t i = 1; i < s->n && now.n_base < MAX_BASE; i++) {
        now.base[now.n_base] = malloc(strlen(s->words[i]) + 1);
        if (now.base[now.n_base] == NULL)
            word_broken("out of memory");
        strcpy(now.base[now.n_base++], s->words[i]);
    }
}

/* accepted NAME MEMBER=VALUE... */
static void on_accepted(sentence *s)
{
    check(request(s) == CTF_OK, "accepted", now.refusal.message);
}

/* refused NAME MEMBER=VALUE... */
static void on_refused(sentence *s)
{
    check(request(s) == CTF_E_ARGUMENT && now.refusal.kind == CTF_ERROR_VALIDATION, "refused", "it is accepted");
}

/* naming WORD: the last refusal's message or the service's text has it. */
static void on_naming(sentence *s)
{
    check(strstr(now.refusal.message, s->words[1]) != NULL || strstr(now.refusal.service, s->words[1]) != NULL,
          s->words[1], now.refusal.message);
}

static void on_service(const char *expected)
{
    check(strcmp(now.refusal.service, expected) == 0, expected, now.refusal.service);
}

/* ---- files -------------------------------------------------------------------------------------- */

static const struct {
    const char *word;
    size_t least, most; /* words of the line */
    void (*take)(sentence *s);
} lines[] = {
    {"alarm", 5, 5, on_alarm},         {"verdict", 7, 7, on_verdict},    {"sequence", 4, 4, on_sequence},
    {"step", 3, 3, on_step},           {"table", 2, 2, on_table},        {"row", 7, 7, on_row},
    {"range", 5, 5, on_range},         {"window", 6, 16, on_window},     {"samples", 5, 5, on_samples},
    {"percentile", 10, 10, on_percentile}, {"reason", 5, 5, on_reason},  {"point", 3, 3, on_point},
    {"base", 2, MAX_BASE, on_base},    {"accepted", 2, 16, on_accepted}, {"refused", 2, 16, on_refused},
    {"naming", 2, 2, on_naming},
};

static sentence split(char *line)
{
    sentence s = {.n = 0};
    for (char *word = strtok(line, " "); word != NULL && s.n < MAX_WORDS; word = strtok(NULL, " "))
        s.words[s.n++] = word;
    return s;
}

static void take_line(char *line)
{
    if (strncmp(line, "text ", 5) == 0) {
        on_text(line + 5);
        return;
    }
    if (strncmp(line, "service ", 8) == 0) {
        on_service(line + 8);
        return;
    }
    sentence s = split(line);
    for (size_t i = 0; s.n > 0 && i < sizeof lines / sizeof *lines; i++)
        if (strcmp(s.words[0], lines[i].word) == 0 && s.n >= lines[i].least && s.n <= lines[i].most) {
            lines[i].take(&s);
            return;
        }
    if (s.n > 0)
        word_broken(s.words[0]);
}

static void take_file(const char *path)
{
    static char line[4096];
    FILE *in = fopen(path, "r");
    place.path = path;
    place.line = 0;
    if (in == NULL)
        word_broken("the file cannot be read");
    while (fgets(line, sizeof line, in) != NULL) {
        place.line++;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] != '#')
            take_line(line);
    }
    fclose(in);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        take_file(argv[i]);
    for (size_t i = 0; i < now.n_base; i++)
        free(now.base[i]);
    printf("%zu checks, %zu failed\n", checks, failures);
    return checks == 0 || failures > 0;
}
