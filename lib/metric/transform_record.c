/* What an event publishes (spec: metrics-alarms 1.2): by the table there, row by row. */
#include "metric/transform.h"

#include "base/utf8.h"
#include "metric/record.h"

/* One event on its way. */
typedef struct publication {
    const ctf_metrics *metrics;
    const ctf_scratch *scratch;
    const ctf_log_event *event;
    ctf_series *into;
    uint64_t key;
} publication;

static ctf_status record(const publication *p, const ctfi_identity *identity, double value)
{
    return ctfi_series_record(p->into, identity, p->key, value, 1);
}

/* ---- the value ----------------------------------------------------------------------------------------- */

typedef enum reading { NUMBER, MISSING, UNUSABLE } reading;

static reading read_selected(const publication *p, size_t pattern, double *value)
{
    ctf_value selected;
    if (ctf_scratch_value(p->scratch, pattern, 0, &selected) != CTF_OK || selected.type == CTF_VALUE_MISSING ||
        selected.type == CTF_VALUE_NULL)
        return MISSING;
    if (selected.type != CTF_VALUE_NUMBER && selected.type != CTF_VALUE_STRING)
        return UNUSABLE;
    return ctfi_number_of(selected.text, value) ? NUMBER : UNUSABLE;
}

/* ---- dimensions ---------------------------------------------------------------------------------------- */

static bool is_usable(ctf_text text)
{
    return text.length != 0 && text.data != NULL &&
           (text.length <= CTFI_MAX_METRIC_NAME ||
            ctfi_utf8_count((const unsigned char *)text.data, text.length) <= CTFI_MAX_METRIC_NAME);
}

/* The text of a dimension; false when the event has none. */
static bool read_dimension(const publication *p, size_t pattern, const ctfi_wanted *wanted, ctf_text *text)
{
    ctf_value selected = {CTF_VALUE_MISSING, {NULL, 0}};
    switch (wanted->origin) {
    case CTFI_FROM_ACCOUNT:
        *text = p->event->account;
        break;
    case CTFI_FROM_REGION:
        *text = p->event->region;
        break;
    case CTFI_FROM_EVENT:
        ctf_scratch_value(p->scratch, pattern, wanted->request, &selected);
        *text = selected.text; /* empty for null, arrays and objects */
        break;
    }
    return is_usable(*text);
}

/* Records under all dimensions, or, when the event lacks one, under none. */
static ctf_status record_under_dimensions(const publication *p, size_t pattern, double value)
{
    const ctfi_transform *t = &p->metrics->transforms[pattern];
    ctf_dimension dimensions[CTFI_MAX_TRANSFORM_DIMENSIONS];
    for (size_t i = 0; i < t->n_dimensions; i++) {
        dimensions[i].name = t->dimensions[i].name;
        if (!read_dimension(p, pattern, &t->dimensions[i], &dimensions[i].value))
            return record(p, &t->bare, value);
    }
    ctfi_identity identity = t->bare;
    identity.dimensions = dimensions;
    identity.n_dimensions = t->n_dimensions;
    ctfi_identity_hash(&identity);
    return record(p, &identity, value);
}

/* ---- the table ----------------------------------------------------------------------------------------- */

static ctf_status publish_match(const publication *p, size_t pattern)
{
    const ctfi_transform *t = &p->metrics->transforms[pattern];
    double value = t->value;
    reading got = t->selects ? read_selected(p, pattern, &value) : NUMBER;
    if (got == NUMBER)
        return t->n_dimensions == 0 ? record(p, &t->bare, value) : record_under_dimensions(p, pattern, value);
    if (got == MISSING && t->has_default)
        return record(p, &t->bare, t->default_value);
    return ctfi_series_skip(p->into);
}

/* The defaults of the filters that are not among the hits; both ascend. */
static ctf_status publish_defaults(const publication *p, const ctf_hits *hits)
{
    const ctf_metrics *m = p->metrics;
    ctf_status status = CTF_OK;
    for (size_t i = 0, k = 0; i < m->n_defaults && status == CTF_OK; i++) {
        const ctfi_transform *t = &m->transforms[m->defaults[i]];
        while (k < hits->n && hits->patterns[k] < m->defaults[i])
            k++;
        if (k == hits->n || hits->patterns[k] != m->defaults[i])
            status = record(p, &t->bare, t->default_value);
    }
    return status;
}

ctf_status ctf_metrics_record(const ctf_metrics *metrics, const ctf_scratch *scratch, const ctf_hits *hits,
                              const ctf_log_event *event, ctf_series *into)
{
    publication p = {metrics, scratch, event, into, 0};
    if (metrics == NULL || scratch == NULL || hits == NULL || event == NULL || into == NULL ||
        (hits->n != 0 && (hits->patterns == NULL || hits->patterns[hits->n - 1] >= metrics->n)) ||
        !ctfi_series_event_key(into, event, &p.key))
        return CTF_E_ARGUMENT;
    ctf_status status = publish_defaults(&p, hits);
    for (size_t i = 0; i < hits->n && status == CTF_OK; i++)
        status = publish_match(&p, hits->patterns[i]);
    return status;
}

ctf_status ctf_metrics_record_misses(const ctf_metrics *metrics, const ctf_log_event *event, uint64_t count,
                                     ctf_series *into)
{
    uint64_t key;
    if (metrics == NULL || event == NULL || into == NULL || count == 0 ||
        !ctfi_series_event_key(into, event, &key))
        return CTF_E_ARGUMENT;
    ctf_status status = CTF_OK;
    for (size_t i = 0; i < metrics->n_defaults && status == CTF_OK; i++) {
        const ctfi_transform *t = &metrics->transforms[metrics->defaults[i]];
        status = ctfi_series_record(into, &t->bare, key, t->default_value, count);
    }
    return status;
}
