/* All filters of a configuration, compiled together. */
#include "config_store.h"
#include "diag.h"

ctf_metrics *cli_config_metrics(const cli_config *config)
{
    ctf_metrics *metrics = NULL;
    ctf_error error;
    ctf_status status = ctf_metrics_compile(config->filters, config->n_filters, NULL, &metrics, &error);
    if (status == CTF_OK)
        return metrics;
    if (status == CTF_E_NOMEM)
        need_failed();
    const cli_config_options *options = &config->store->options;
    cli_message message = {CLI_ERROR, {0}, error.message, "", error.service};
    if (config->n_filters == 0)
        message.text = "there is no metric filter";
    else if (error.kind != CTF_ERROR_LIMIT && error.pattern < config->n_filters)
        message.place = config->filter_origins[error.pattern].place;
    options->report(options->context, &message);
    return NULL;
}
