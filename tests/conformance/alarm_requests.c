#include "conformance/alarm_requests.h"

#include <stdbool.h>
#include <string.h>

#include "conformance/alarm_words.h"

#define LONGEST 2048

static char expanded[REQUEST_MAX_MEMBERS][LONGEST];

/* "d*1025" stands for 1025 times d. */
static ctf_text value_of(const char *word, size_t index)
{
    size_t times = word[0] != '\0' && word[1] == '*' ? (size_t)word_whole(word + 2) : 0;
    if (times == 0)
        return word_text(word);
    if (times >= sizeof *expanded)
        word_broken(word);
    memset(expanded[index], word[0], times);
    return (ctf_text){expanded[index], times};
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
            *members[i].value = *value == '\0' ? 0 : word_whole(value);
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
            *members[i].value = (size_t)word_whole(value);
            for (size_t d = 0; d < sizeof many / sizeof *many; d++)
                many[d] = (ctf_dimension){word_text("d"), word_text("v")};
            in->dimensions = many;
            return true;
        }
    return false;
}

/* "m1:stat:false": an Id, then stat, expression, both or neither, then what ReturnData is. */
static ctf_metric_query query_of(const char *word, size_t length)
{
    const char *kind = memchr(word, ':', length), *returned;
    if (kind == NULL)
        word_broken(word);
    ctf_metric_query query = {.id = {word, (size_t)(kind - word)}};
    size_t rest = length - query.id.length - 1;
    returned = memchr(++kind, ':', rest);
    size_t named = returned == NULL ? rest : (size_t)(returned - kind);
    bool both = named == 4 && memcmp(kind, "both", 4) == 0;
    query.has_metric_stat = both || (named == 4 && memcmp(kind, "stat", 4) == 0);
    if (both || (named == 10 && memcmp(kind, "expression", 10) == 0))
        query.expression = word_text("m1 * 2");
    query.has_return_data = returned != NULL;
    query.return_data = returned != NULL && returned[1] == 't';
    return query;
}

/* Elements by commas; "[]" is a list without any. */
static void set_metrics(ctf_alarm_input *in, const char *value)
{
    static ctf_metric_query many[64];
    in->has_metrics = *value != '\0';
    in->metrics = many;
    in->n_metrics = 0;
    for (const char *at = strcmp(value, "[]") == 0 ? "" : value; *at != '\0'; at += *at == ',') {
        size_t length = strcspn(at, ",");
        if (in->n_metrics == sizeof many / sizeof *many)
            word_broken(value);
        many[in->n_metrics++] = query_of(at, length);
        at += length;
    }
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
    word_broken(name);
}

void request_set(ctf_alarm_input *in, const char *word, size_t index)
{
    const char *equals = strchr(word, '=');
    char name[64];
    if (equals == NULL || (size_t)(equals - word) >= sizeof name)
        word_broken(word);
    memcpy(name, word, (size_t)(equals - word));
    name[equals - word] = '\0';
    if (strcmp(name, "Threshold") == 0) {
        in->has_threshold = equals[1] != '\0';
        in->threshold = in->has_threshold ? word_number(equals + 1) : 0;
    } else if (strcmp(name, "Metrics") == 0) {
        set_metrics(in, equals + 1);
    } else if (!set_number(in, name, equals + 1) && !set_count(in, name, equals + 1)) {
        set_text(in, name, value_of(equals + 1, index));
    }
}
