/* What a metric filter publishes, ready for use. */
#ifndef CTFI_METRIC_TRANSFORM_H
#define CTFI_METRIC_TRANSFORM_H

#include "base/arena.h"
#include "metric/decisions.h"
#include "metric/identity.h"

typedef enum ctfi_origin { CTFI_FROM_EVENT, CTFI_FROM_ACCOUNT, CTFI_FROM_REGION } ctfi_origin;

/* A dimension and where its value comes from. */
typedef struct ctfi_wanted {
    ctf_text name;
    ctfi_origin origin;
    size_t request; /* CTFI_FROM_EVENT: which of the pattern's extracted values */
} ctfi_wanted;

typedef struct ctfi_transform {
    ctfi_identity bare;    /* the metric without dimensions */
    bool selects;          /* the value is the pattern's extracted value 0, else `value` */
    double value;
    bool has_default;
    double default_value;
    size_t n_dimensions;   /* ascending by name */
    ctfi_wanted dimensions[CTFI_MAX_TRANSFORM_DIMENSIONS];
} ctfi_transform;

struct ctf_metrics {
    ctfi_arena arena; /* owns all but the filter and this struct */
    ctf_filter *filter;
    ctfi_transform *transforms; /* n, one a pattern */
    size_t n;
    uint32_t *defaults; /* ascending: those that have a default value */
    size_t n_defaults;
};

extern const ctf_text ctfi_account_name, ctfi_region_name; /* @aws.account, @aws.region */

/* Everything that PutMetricFilter checks without reading the pattern: CTF_OK, or CTF_E_ARGUMENT. */
ctf_status ctfi_transform_check(const ctf_metric_filter *filter, ctf_error *error);

/* Is it a selector rather than a number? */
static inline bool ctfi_is_selector(ctf_text text)
{
    return text.length != 0 && text.data[0] == '$';
}

/* The number a text is, as samples read it: false when it is none or no metric can hold it. */
bool ctfi_number_of(ctf_text text, double *value);

/* Says in the service's words why the pattern or its selectors do not go with the transformation, after the
 * compilation of the pattern with them has failed as `error` says. */
ctf_status ctfi_transform_explain(const ctf_metric_filter *filter, const ctf_options *options,
                                  ctf_error *error);

#endif
