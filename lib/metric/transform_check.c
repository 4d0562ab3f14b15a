/* PutMetricFilter's validation (spec: metrics-alarms 1.1). */
#include "metric/transform.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "metric/constraint.h"
#include "metric/statistic.h"
#include "metric/unit.h"

#define SERVICE(text) "Invalid metric transformation: " text

bool ctfi_number_of(ctf_text text, double *value)
{
    ctfi_decimal decimal;
    if (!ctfi_decimal_read((const unsigned char *)text.data, text.length, false, &decimal))
        return false;
    *value = ctfi_decimal_to_double(&decimal);
    return ctfi_value_is_valid(*value);
}

static bool is_readable(ctf_text text)
{
    return text.data != NULL || text.length == 0;
}

/* Can all texts be read at all? */
static bool texts_are_readable(const ctf_metric_filter *f)
{
    if (!is_readable(f->filter_name) || !is_readable(f->filter_pattern) || !is_readable(f->metric_namespace) ||
        !is_readable(f->metric_name) || !is_readable(f->metric_value) || !is_readable(f->unit) ||
        (f->dimensions == NULL && f->n_dimensions != 0))
        return false;
    for (size_t i = 0; i < f->n_dimensions; i++)
        if (!is_readable(f->dimensions[i].name) || !is_readable(f->dimensions[i].value))
            return false;
    return true;
}

/* None of the `banned` characters. */
static ctf_status check_characters(const char *member, ctf_text text, const char *banned, ctf_error *error)
{
    for (size_t i = 0; i < text.length; i++)
        if (strchr(banned, text.data[i]) != NULL && text.data[i] != '\0')
            return ctfi_refuse_request(error, NULL, "%s must not contain '%c': '%s'", member, text.data[i],
                                       ctfi_excerpt_of(text).text);
    return CTF_OK;
}

static ctf_status check_name(const char *member, ctf_text text, size_t most, const char *banned,
                             ctf_error *error)
{
    ctf_status status = ctfi_check_length(member, text, 1, most, error);
    return status == CTF_OK ? check_characters(member, text, banned, error) : status;
}

static bool is_reserved(ctf_text name_space)
{
    return name_space.length >= 4 && memcmp(name_space.data, "AWS/", 4) == 0;
}

static ctf_status check_names(const ctf_metric_filter *f, ctf_error *error)
{
    ctf_status status = check_name("filterName", f->filter_name, CTFI_MAX_FILTER_NAME, ":*", error);
    if (status == CTF_OK)
        status = check_name("metricNamespace", f->metric_namespace, CTFI_MAX_METRIC_NAME, "*$", error);
    if (status == CTF_OK)
        status = check_name("metricName", f->metric_name, CTFI_MAX_METRIC_NAME, ":*$", error);
    if (status == CTF_OK && is_reserved(f->metric_namespace))
        return ctfi_refuse_request(error, "Metric namespaces starting with AWS/ are reserved for AWS.",
                                   "metricNamespace begins with AWS/, which only AWS may use");
    return status;
}

static ctfi_said bad_value(const ctf_metric_filter *f)
{
    return ctfi_quote_text(SERVICE("metric value "), f->metric_value, " must be a valid number");
}

static ctf_status check_value(const ctf_metric_filter *f, ctf_error *error)
{
    double number;
    ctf_status status = ctfi_check_length("metricValue", f->metric_value, 1, CTFI_MAX_METRIC_VALUE, error);
    if (status != CTF_OK || ctfi_is_selector(f->metric_value) || ctfi_number_of(f->metric_value, &number))
        return status;
    return ctfi_refuse_request(error, bad_value(f).text,
                               "metricValue is a number up to 2^360 or a selector ($.field, $name, $3): '%s'",
                               ctfi_excerpt_of(f->metric_value).text);
}

static ctf_status check_default(const ctf_metric_filter *f, ctf_error *error)
{
    if (f->has_default && !ctfi_value_is_valid(f->default_value))
        return ctfi_refuse_request(error, NULL, "defaultValue lies beyond 2^360 or is no number");
    if (f->has_default && f->n_dimensions != 0)
        return ctfi_refuse_request(error,
                                   SERVICE("dimensions and default value are mutually exclusive properties"),
                                   "a metric filter with dimensions has no defaultValue");
    return CTF_OK;
}

static ctf_status check_dimension(const ctf_dimension *dimension, ctf_error *error)
{
    ctf_status status = ctfi_check_length("dimensions (name)", dimension->name, 1, CTFI_MAX_METRIC_NAME, error);
    if (status == CTF_OK)
        status = ctfi_check_length("dimensions (value)", dimension->value, 1, CTFI_MAX_METRIC_NAME, error);
    if (status != CTF_OK || ctfi_is_selector(dimension->value))
        return status;
    return ctfi_refuse_request(error, SERVICE("dimension value must be valid selector"),
                               "dimension %s takes its value from a selector ($.field, $name, $3), not '%s'",
                               ctfi_excerpt_of(dimension->name).text, ctfi_excerpt_of(dimension->value).text);
}

/* How often the name stands among the dimensions, system ones included. */
static size_t count_name(const ctf_metric_filter *f, ctf_text name)
{
    size_t n = 0;
    for (size_t i = 0; i < f->n_dimensions; i++)
        n += ctfi_text_compare(f->dimensions[i].name, name) == 0;
    n += (f->emit_system_dimensions & CTF_EMIT_ACCOUNT) && ctfi_text_compare(name, ctfi_account_name) == 0;
    n += (f->emit_system_dimensions & CTF_EMIT_REGION) && ctfi_text_compare(name, ctfi_region_name) == 0;
    return n;
}

static ctf_status check_dimensions(const ctf_metric_filter *f, ctf_error *error)
{
    const bool account = f->emit_system_dimensions & CTF_EMIT_ACCOUNT;
    const bool region = f->emit_system_dimensions & CTF_EMIT_REGION;
    const size_t system = (size_t)account + (size_t)region;
    if ((f->emit_system_dimensions & ~(CTF_EMIT_ACCOUNT | CTF_EMIT_REGION)) != 0)
        return ctfi_refuse_request(error, NULL, "emitSystemFieldDimensions knows @aws.account and @aws.region");
    if (f->n_dimensions > CTFI_MAX_TRANSFORM_DIMENSIONS - system)
        return ctfi_refuse_request(error, NULL, "at most %u dimensions, system ones included",
                                   CTFI_MAX_TRANSFORM_DIMENSIONS);
    for (size_t i = 0; i < f->n_dimensions; i++) {
        ctf_status status = check_dimension(&f->dimensions[i], error);
        if (status == CTF_OK && count_name(f, f->dimensions[i].name) > 1)
            status = ctfi_refuse_request(error, NULL, "dimension %s stands twice",
                                         ctfi_excerpt_of(f->dimensions[i].name).text);
        if (status != CTF_OK)
            return status;
    }
    return CTF_OK;
}

ctf_status ctfi_transform_check(const ctf_metric_filter *filter, ctf_error *error)
{
    size_t unit;
    if (!texts_are_readable(filter))
        return ctfi_error_set(error, CTF_E_ARGUMENT, CTF_ERROR_ARGUMENT, 0, 0, NULL, "a text without data");
    ctf_status status = check_names(filter, error);
    if (status == CTF_OK)
        status = check_value(filter, error);
    if (status == CTF_OK)
        status = check_default(filter, error);
    if (status == CTF_OK)
        status = check_dimensions(filter, error);
    if (status == CTF_OK && filter->unit.length != 0)
        status = ctfi_check_choice("unit", filter->unit, ctfi_units, CTFI_UNITS, &unit, error);
    return status;
}

/* ---- after the pattern has been read ------------------------------------------------------------------- */

/* Compiles the pattern with at most one selector; what it says. */
static ctf_status probe(const ctf_metric_filter *f, const ctf_options *options, const ctf_text *selector,
                        ctf_pattern_info *info, ctf_error *error)
{
    const ctf_pattern pattern = {.text = f->filter_pattern, .extract = selector, .n_extract = selector != NULL};
    ctf_filter *filter;
    ctf_status status = ctf_filter_compile(&pattern, 1, options, &filter, error);
    if (status == CTF_OK)
        ctf_filter_pattern(filter, 0, info);
    ctf_filter_free(filter);
    return status;
}

/* Does the pattern refuse this selector? CTF_E_NOMEM otherwise stands for itself. */
static ctf_status refuses(const ctf_metric_filter *f, const ctf_options *options, const ctf_text *selector,
                          bool *refused, ctf_error *why)
{
    ctf_pattern_info info;
    ctf_status status = probe(f, options, selector, &info, why);
    *refused = status != CTF_OK && status != CTF_E_NOMEM;
    return status == CTF_E_NOMEM ? CTF_E_NOMEM : CTF_OK;
}

static ctf_status refuse_value(const ctf_metric_filter *f, const ctf_error *why, ctf_error *error)
{
    return ctfi_refuse_request(error, bad_value(f).text, "metricValue %s: %s",
                               ctfi_excerpt_of(f->metric_value).text, why->message);
}

static ctf_status refuse_dimension(const ctf_dimension *dimension, const ctf_error *why, ctf_error *error)
{
    return ctfi_refuse_request(error, SERVICE("dimension value must be valid selector"), "dimension %s, %s: %s",
                               ctfi_excerpt_of(dimension->name).text, ctfi_excerpt_of(dimension->value).text,
                               why->message);
}

/* The first selector that the pattern refuses. */
static ctf_status find_selector(const ctf_metric_filter *f, const ctf_options *options, ctf_error *error)
{
    ctf_error why;
    bool refused = false;
    ctf_status status = CTF_OK;
    if (ctfi_is_selector(f->metric_value))
        status = refuses(f, options, &f->metric_value, &refused, &why);
    if (refused)
        return refuse_value(f, &why, error);
    for (size_t i = 0; i < f->n_dimensions && status == CTF_OK; i++) {
        status = refuses(f, options, &f->dimensions[i].value, &refused, &why);
        if (refused)
            return refuse_dimension(&f->dimensions[i], &why, error);
    }
    if (status == CTF_E_NOMEM && error != NULL)
        *error = why;
    return status == CTF_OK ? CTF_E_PATTERN : status;
}

ctf_status ctfi_transform_explain(const ctf_metric_filter *filter, const ctf_options *options,
                                  ctf_error *error)
{
    ctf_pattern_info info;
    ctf_error why;
    ctf_status status = probe(filter, options, NULL, &info, &why);
    if (status != CTF_OK) {
        if (error != NULL)
            *error = why;
        return status;
    }
    if (info.kind != CTF_KIND_JSON && info.kind != CTF_KIND_FIELDS && filter->n_dimensions != 0)
        return ctfi_refuse_request(error, "The specified filter pattern does not support dimensions",
                                   "dimensions need a JSON pattern {...} or a space-delimited one [...]");
    return find_selector(filter, options, error);
}
