/* The library against the cases of alarms (tests/cases/README.md tells their form).
 *
 *   test_alarm_cases FILE.cases ...
 *
 * Reads a file line by line; what stays in force (alarm, table, base, the reason being told) is in `now`. */
#include <ctfilter/alarm.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/time.h"
#include "oracle/alarm.h"

#define MAX_WORDS 32
#define MAX_SLOTS 64
#define MAX_BASE 16

typedef struct sentence {
    char *words[MAX_WORDS];
    size_t n;
} sentence;

static struct {
    const char *path;
    size_t line;
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
    printf("%s:%zu: %s: %s\n", now.path, now.line, what, got);
}

static _Noreturn void broken(const char *why)
{
    printf("%s:%zu: no such case: %s\n", now.path, now.line, why);
    exit(2);
}

/* ---- words -------------------------------------------------------------------------------------- */

static ctf_text text_of(const char *word)
{
    return (ctf_text){word, strlen(word)};
}

static double number(const char *word)
{
    ctfi_decimal decimal;
    if (!ctfi_decimal_read((const unsigned char *)word, strlen(word), false, &decimal))
        broken(word);
    return ctfi_decimal_to_double(&decimal);
}

static int64_t whole(const char *word)
{
    char *end;
    long long value = strtoll(word, &end, 10);
    if (end == word || *end != '\0')
        broken(word);
    return value;
}

static int64_t moment(const char *word)
{
    int64_t time;
    if (!ctfi_time_read((ctfi_bytes){(const unsigned char *)word, strlen(word)}, &time))
        broken(word);
    return time;
}

static ctf_state state_of(const char *word)
{
    for (int s = CTF_STATE_INSUFFICIENT_DATA; s <= CTF_STATE_ALARM; s++)
        if (strcmp(word, ctf_state_name((ctf_state)s)) == 0)
            return (ctf_state)s;
    broken(word);
}

static ctf_treat_missing treatment_of(const char *word)
{
    for (int t = CTF_TREAT_MISSING; t <= CTF_TREAT_NOT_BREACHING; t++)
        if (strcmp(word, ctf_treat_missing_name((ctf_treat_missing)t)) == 0)
            return (ctf_treat_missing)t;
    broken(word);
}

static ctf_comparison comparison_of(const char *word)
{
    for (int c = CTF_GREATER_OR_EQUAL; c <= CTF_ABOVE_BAND; c++)
        if (strcmp(word, ctf_comparison_name((ctf_comparison)c)) == 0)
            return (ctf_comparison)c;
    broken(word);
}

/* "2/3", or "-/3" when M was not given. */
static void read_m_of_n(char *word, ctf_alarm *alarm)
{
    char *slash = strchr(word, '/');
    if (slash == NULL)
        broken(word);
    *slash = '\0';
    alarm->evaluation_periods = (uint32_t)whole(slash + 1);
    alarm->m_is_set = strcmp(word, "-") != 0;
    alarm->datapoints_to_alarm = alarm->m_is_set ? (uint32_t)whole(word) : alarm->evaluation_periods;
}

/* "10", "-" or, with a band, "10[5:20]". */
static ctf_slot read_slot(char *word)
{
    ctf_slot slot = {.present = strcmp(word, "-") != 0, .sample_count = 1};
    char *band = strchr(word, '['), *colon = strchr(word, ':');
    if (!slot.present)
        return slot;
    if (band != NULL && colon != NULL) {
        *band = *colon = '\0';
        colon[strlen(colon + 1)] = '\0';
        slot.lower = number(band + 1);
        slot.upper = number(colon + 1);
    }
    slot.value = number(word);
    return slot;
}

static void read_slots(char *list)
{
    now.n_slots = 0;
    for (char *word = list; word != NULL && now.n_slots < MAX_SLOTS;) {
        char *comma = strchr(word, ',');
        if (comma != NULL)
            *comma++ = '\0';
        now.slots[now.n_slots++] = read_slot(word);
        word = comma;
    }
}

/* ---- verdicts ----------------------------------------------------------------------------------- */

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
    check(v.state == state_of(expected), expected, ctf_state_name(v.state));
    check_with_oracle(previous, &v);
    return v;
}

/* alarm M/N COMPARISON THRESHOLD PERIOD */
static void on_alarm(sentence *s)
{
    now.alarm = (ctf_alarm){.comparison = comparison_of(s->words[2]), .period = (uint32_t)whole(s->words[4])};
    now.alarm.threshold = strcmp(s->words[3], "-") == 0 ? 0 : number(s->words[3]);
    read_m_of_n(s->words[1], &now.alarm);
}

/* verdict NAME TREAT PREVIOUS SLOTS STATE RULE */
static void on_verdict(sentence *s)
{
    now.alarm.treat_missing = treatment_of(s->words[2]);
    read_slots(s->words[4]);
    ctf_verdict v = evaluate(state_of(s->words[3]), s->words[5]);
    check(strcmp(ctf_rule_used_name(v.rule), s->words[6]) == 0, s->words[6], ctf_rule_used_name(v.rule));
}

/* sequence NAME TREAT INITIAL */
static void on_sequence(sentence *s)
{
    now.alarm.treat_missing = treatment_of(s->words[2]);
    now.state = state_of(s->words[3]);
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
    read_m_of_n(s->words[1], &now.alarm);
}

static void check_cell(ctf_treat_missing treat, const char *expected, const char *fill)
{
    now.alarm.treat_missing = treat;
    for (int s = CTF_STATE_INSUFFICIENT_DATA; s <= CTF_STATE_ALARM; s++) {
        ctf_state previous = (ctf_state)s;
        ctf_verdict v = evaluate(previous, strcmp(expected, "keep") == 0 ? ctf_state_name(previous) : expected);
        check(v.missing == whole(fill), "missing points", fill);
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
    ctf_alarm alarm = {.period = (uint32_t)whole(s->words[2]), .evaluation_periods = (uint32_t)whole(s->words[3])};
    check(ctf_alarm_range(&alarm) == whole(s->words[4]), "range", s->words[4]);
}

/* window NAME NOW PERIOD N START... */
static void on_window(sentence *s)
{
    ctf_alarm alarm = {.period = (uint32_t)whole(s->words[3]), .evaluation_periods = (uint32_t)whole(s->words[4])};
    int64_t end = ctf_alarm_window_end(&alarm, moment(s->words[2]));
    for (size_t i = 5; i < s->n; i++)
        check(end - (int64_t)(i - 4) * alarm.period * 1000 == moment(s->words[i]), "window", s->words[i]);
}

static ctf_statistic statistic_of(const char *word)
{
    ctf_statistic statistic;
    if (ctf_statistic_parse(text_of(word), &statistic, NULL) != CTF_OK)
        broken(word);
    return statistic;
}

/* samples NAME STATISTIC COUNT low|enough */
static void on_samples(sentence *s)
{
    ctf_statistic statistic = statistic_of(s->words[2]);
    int low = ctf_statistic_is_low(&statistic, (uint64_t)whole(s->words[3]));
    check(low == (strcmp(s->words[4], "low") == 0), s->words[4], low ? "low" : "enough");
}

/* percentile NAME STATISTIC COUNT OPTION COMPARISON THRESHOLD PREVIOUS VALUE STATE */
static void on_percentile(sentence *s)
{
    ctf_alarm alarm = {.statistic = statistic_of(s->words[2]),
                       .period = 60,
                       .evaluation_periods = 1,
                       .datapoints_to_alarm = 1,
                       .comparison = comparison_of(s->words[5]),
                       .threshold = number(s->words[6]),
                       .keep_low_samples = strcmp(s->words[4], "ignore") == 0};
    ctf_slot slot = {.present = 1, .value = number(s->words[8]), .sample_count = (uint64_t)whole(s->words[3])};
    ctf_verdict v = ctf_alarm_evaluate(&alarm, &slot, 1, state_of(s->words[7]));
    check(v.state == state_of(s->words[9]), s->words[9], ctf_state_name(v.state));
}

/* ---- reasons ------------------------------------------------------------------------------------ */

/* reason NAME TREAT PREVIOUS STATE */
static void on_reason(sentence *s)
{
    now.alarm.treat_missing = treatment_of(s->words[2]);
    now.verdict = (ctf_verdict){.state = state_of(s->words[4])};
    now.n_slots = 0;
}

/* point TIME VALUE, the newest first */
static void on_point(sentence *s)
{
    if (now.n_slots == MAX_SLOTS)
        broken("too many points");
    memmove(now.slots + 1, now.slots, now.n_slots++ * sizeof *now.slots);
    now.slots[0] = read_slot(s->words[2]);
    now.slots[0].start = moment(s->words[1]);
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

static char expanded[MAX_WORDS][2048];

/* "d*1025" stands for 1025 times d. */
static ctf_text value_of(const char *word, size_t place)
{
    size_t times = word[0] != '\0' && word[1] == '*' ? (size_t)whole(word + 2) : 0;
    if (times == 0)
        return text_of(word);
    if (times >= sizeof *expanded)
        broken(word);
    memset(expanded[place], word[0], times);
    return (ctf_text){expanded[place], times};
}

static bool set_number(ctf_alarm_input *in, const char *name, const char *value)
{
    const struct {
        const char *name;
        int *given;
        int64_t *value;
    } members[] = {{"Period", &in->has_period, &in->period},
                   {"EvaluationPeriods", &in->has_evaluation_periods, &in->evaluation_periods},
                   {"DatapointsToAlarm", &in->has_datapoints_to_alarm, &in->datapoints_to_alarm}};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (strcmp(name, members[i].name) == 0) {
            *members[i].given = *value != '\0';
            *members[i].value = *value == '\0' ? 0 : whole(value);
            return true;
        }
    return false;
}

static bool set_count(ctf_alarm_input *in, const char *name, const char *value)
{
    static ctf_dimension many[64];
    const struct {
        const char *name;
        size_t *value;
    } members[] = {{"OKActions", &in->n_ok_actions},
                   {"AlarmActions", &in->n_alarm_actions},
                   {"InsufficientDataActions", &in->n_insufficient_data_actions},
                   {"Dimensions", &in->n_dimensions}};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (strcmp(name, members[i].name) == 0) {
            *members[i].value = (size_t)whole(value);
            for (size_t d = 0; d < sizeof many / sizeof *many; d++)
                many[d] = (ctf_dimension){text_of("d"), text_of("v")};
            in->dimensions = many;
            return true;
        }
    return false;
}

static void set_text(ctf_alarm_input *in, const char *name, ctf_text value)
{
    const struct {
        const char *name;
        ctf_text *value;
    } members[] = {{"AlarmName", &in->alarm_name},
                   {"AlarmDescription", &in->alarm_description},
                   {"Namespace", &in->name_space},
                   {"MetricName", &in->metric_name},
                   {"Statistic", &in->statistic},
                   {"ExtendedStatistic", &in->extended_statistic},
                   {"Unit", &in->unit},
                   {"ComparisonOperator", &in->comparison_operator},
                   {"TreatMissingData", &in->treat_missing_data},
                   {"EvaluateLowSampleCountPercentile", &in->evaluate_low_sample_count_percentile},
                   {"ThresholdMetricId", &in->threshold_metric_id}};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (strcmp(name, members[i].name) == 0) {
            *members[i].value = value;
            return;
        }
    broken(name);
}

static void set_member(ctf_alarm_input *in, const char *word, size_t place)
{
    const char *equals = strchr(word, '=');
    char name[64];
    if (equals == NULL || (size_t)(equals - word) >= sizeof name)
        broken(word);
    memcpy(name, word, (size_t)(equals - word));
    name[equals - word] = '\0';
    if (strcmp(name, "Threshold") == 0) {
        in->has_threshold = equals[1] != '\0';
        in->threshold = in->has_threshold ? number(equals + 1) : 0;
    } else if (!set_number(in, name, equals + 1) && !set_count(in, name, equals + 1)) {
        set_text(in, name, value_of(equals + 1, place));
    }
}

static ctf_status request(const sentence *s)
{
    ctf_alarm_input in = {0};
    ctf_alarm alarm;
    for (size_t i = 0; i < now.n_base; i++)
        set_member(&in, now.base[i], 0);
    for (size_t i = 2; i < s->n; i++)
        set_member(&in, s->words[i], i);
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
            broken("out of memory");
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
        broken(s.words[0]);
}

static void take_file(const char *path)
{
    static char line[4096];
    FILE *in = fopen(path, "r");
    now.path = path;
    now.line = 0;
    if (in == NULL)
        broken("the file cannot be read");
    while (fgets(line, sizeof line, in) != NULL) {
        now.line++;
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
