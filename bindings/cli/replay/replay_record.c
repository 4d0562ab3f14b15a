#include "replay_record.h"

#include <string.h>
#include <stdlib.h>

#include "diag.h"

#define WORDS(text) {text, sizeof(text) - 1}

static const ctf_dimension dimensions[] = {
    {WORDS("account"), WORDS("$.recipientAccountId")},
    {WORDS("region"), WORDS("$.awsRegion")},
};

/* The values of a pattern are that of the metric value, then those of the dimensions (metric.h). */
enum { GET_TIME, GET_ACCOUNT, GET_REGION };

static ctf_metric_filter record_filter(void)
{
    return (ctf_metric_filter){.filter_name = WORDS("records"),
                               .filter_pattern = WORDS("{ $.eventTime IS TRUE }"),
                               .metric_namespace = WORDS("ctfilter"),
                               .metric_name = WORDS("records"),
                               .metric_value = WORDS("$.eventTime"),
                               .dimensions = dimensions,
                               .n_dimensions = sizeof dimensions / sizeof *dimensions};
}

static ctf_metrics *compile(const cli_config *config, bool defaults)
{
    ctf_error error;
    ctf_metrics *metrics = cli_config_metrics(config); /* tells what is wrong with them */
    if (metrics == NULL)
        return NULL;
    ctf_metrics_free(metrics);
    ctf_metric_filter *filters = need(config->n_filters + 1, sizeof *filters);
    memcpy(filters, config->filters, config->n_filters * sizeof *filters);
    filters[config->n_filters] = record_filter();
    for (size_t i = 0; i < config->n_filters && !defaults; i++)
        filters[i].has_default = 0;
    if (ctf_metrics_compile(filters, config->n_filters + 1, NULL, &metrics, &error) != CTF_OK)
        diag_print("%s", error.message);
    free(filters);
    return metrics;
}

ctf_metrics *replay_record_compile(const cli_config *config)
{
    return compile(config, true);
}

ctf_metrics *replay_record_compile_bare(const cli_config *config)
{
    return compile(config, false);
}

static ctf_text value(const ctf_scratch *scratch, size_t pattern, size_t k)
{
    ctf_value found;
    bool text = ctf_scratch_value(scratch, pattern, k, &found) == CTF_OK && found.type == CTF_VALUE_STRING;
    return text ? found.text : (ctf_text){"", 0};
}

replay_record replay_record_read(const ctf_scratch *scratch, size_t n, ctf_hits *hits)
{
    if (hits->n > 0 && hits->patterns[hits->n - 1] == n)
        hits->n--;
    return (replay_record){value(scratch, n, GET_TIME), value(scratch, n, GET_ACCOUNT), value(scratch, n, GET_REGION)};
}
