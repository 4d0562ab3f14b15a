/* Which flaw of a list has which of the service's texts is decided in alarm/decisions.h. */
#include "alarm/metric_list.h"

#include <stdio.h>

#include "alarm/limits.h"
#include "metric/constraint.h"

#define MAX_ID 255u
#define MAX_EACH 10u /* metrics, and as many expressions */
#define INVALID "Invalid metrics list"

bool ctfi_metric_list_is_readable(const ctf_alarm_input *in)
{
    bool good = in->metrics != NULL || in->n_metrics == 0;
    for (size_t i = 0; i < in->n_metrics && good; i++) {
        const ctf_text *const texts[] = {&in->metrics[i].id, &in->metrics[i].expression};
        good = ctfi_texts_are_views(texts, 2);
    }
    return good;
}

/* Members that describe the one metric of an alarm without a list. */
static ctf_status check_alone(const ctf_alarm_input *in, ctf_error *error)
{
    const struct {
        const char *name;
        bool given;
    } members[] = {{"MetricName", in->metric_name.length > 0},
                   {"Namespace", in->name_space.length > 0},
                   {"Dimensions", in->n_dimensions > 0},
                   {"Period", in->has_period != 0},
                   {"Unit", in->unit.length > 0},
                   {"Statistic", in->statistic.length > 0},
                   {"ExtendedStatistic", in->extended_statistic.length > 0}};
    char service[80];
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (members[i].given) {
            snprintf(service, sizeof service, "%s should not be set if list of Metrics is set.", members[i].name);
            return ctfi_refuse_request(error, service, "%s stands beside Metrics, whose elements have their own",
                                       members[i].name);
        }
    return CTF_OK;
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/* A lower-case letter, then letters, digits and underscores. */
static bool is_id(ctf_text id)
{
    bool good = id.length > 0 && id.length <= MAX_ID && is_lower(id.data[0]);
    for (size_t i = 1; i < id.length && good; i++) {
        char c = id.data[i];
        good = is_lower(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
    return good;
}

static bool is_same(ctf_text a, ctf_text b)
{
    return a.length == b.length && memcmp(a.data, b.data, a.length) == 0;
}

/* The element of that Id among the first n; n when there is none. */
static size_t find(const ctf_metric_query *metrics, size_t n, ctf_text id)
{
    size_t i = 0;
    while (i < n && !is_same(metrics[i].id, id))
        i++;
    return i;
}

static ctf_status check_id(const ctf_alarm_input *in, size_t i, ctf_error *error)
{
    ctf_text id = in->metrics[i].id;
    if (id.length == 0)
        return ctfi_refuse_request(error, INVALID, "element %zu of Metrics has no Id", i + 1);
    if (!is_id(id))
        return ctfi_refuse_request(error, INVALID,
                                   "element %zu of Metrics: an Id is a lower-case letter, then letters, digits and _, at "
                                   "most %u in all: '%s'", i + 1, MAX_ID, ctfi_excerpt_of(id).text);
    if (find(in->metrics, i, id) < i)
        return ctfi_refuse_request(error, INVALID, "element %zu of Metrics repeats the Id %s", i + 1,
                                   ctfi_excerpt_of(id).text);
    return CTF_OK;
}

static ctf_status check_element(const ctf_alarm_input *in, size_t i, ctf_error *error)
{
    bool stat = in->metrics[i].has_metric_stat != 0, expression = in->metrics[i].expression.length > 0;
    if (stat && expression)
        return ctfi_refuse_request(error, "The parameters MetricDataQuery Expression and MetricStat are mutually "
                                          "exclusive and you have specified both.",
                                   "element %zu of Metrics has both MetricStat and Expression", i + 1);
    if (!stat && !expression)
        return ctfi_refuse_request(error, INVALID, "element %zu of Metrics has neither MetricStat nor Expression", i + 1);
    return check_id(in, i, error);
}

/* Every element, and how many there are of each kind; the first too many ends it. */
static ctf_status check_elements(const ctf_alarm_input *in, ctf_error *error)
{
    size_t stats = 0, expressions = 0;
    ctf_status status = CTF_OK;
    for (size_t i = 0; i < in->n_metrics && status == CTF_OK; i++) {
        status = check_element(in, i, error);
        stats += in->metrics[i].has_metric_stat != 0;
        expressions += in->metrics[i].has_metric_stat == 0;
        if (status == CTF_OK && (stats > MAX_EACH || expressions > MAX_EACH))
            status = ctfi_refuse_request(error, NULL, "Metrics has more than %u %s", MAX_EACH,
                                         stats > MAX_EACH ? "metrics" : "expressions");
    }
    return status;
}

static bool returns_data(const ctf_metric_query *query)
{
    return !query->has_return_data || query->return_data;
}

/* One element returns what the alarm watches; a band, which ThresholdMetricId names, returns its bounds besides. */
static ctf_status check_returned(const ctf_alarm_input *in, ctf_error *error)
{
    size_t band = in->n_metrics, returned = 0;
    if (in->threshold_metric_id.length > 0) {
        band = find(in->metrics, in->n_metrics, in->threshold_metric_id);
        if (band == in->n_metrics)
            return ctfi_refuse_request(error, NULL, "ThresholdMetricId is no Id of Metrics: '%s'",
                                       ctfi_excerpt_of(in->threshold_metric_id).text);
    }
    for (size_t i = 0; i < in->n_metrics; i++)
        returned += i != band && returns_data(&in->metrics[i]);
    if (returned == 1)
        return CTF_OK;
    return ctfi_refuse_request(error, "Exactly one element of the metrics list should return data.",
                               "%zu elements of Metrics return data%s; exactly one must", returned,
                               band < in->n_metrics ? " beside the band" : "");
}

ctf_status ctfi_check_metric_list(const ctf_alarm_input *in, ctf_error *error)
{
    ctf_status status = check_alone(in, error);
    if (status == CTF_OK && in->n_metrics == 0)
        status = ctfi_refuse_request(error, INVALID, "Metrics is empty");
    if (status == CTF_OK)
        status = check_elements(in, error);
    return status == CTF_OK ? check_returned(in, error) : status;
}
