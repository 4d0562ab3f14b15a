/* A configuration's memory, from its beginning to its end. */
#include "config_store.h"

#include <stdlib.h>
#include <string.h>

#include "diag.h"

void cli_config_init(cli_config *config, const cli_config_options *options)
{
    *config = (cli_config){.store = need(1, sizeof *config->store)};
    ctfi_arena_init(&config->store->arena, NULL);
    config->store->options = *options;
    if (options->report == NULL)
        config->store->options.report = cli_message_print;
}

void cli_config_free(cli_config *config)
{
    if (config->store == NULL)
        return;
    for (size_t i = 0; i < config->n_composites; i++)
        ctf_rule_free(config->composites[i].rule);
    free(config->filters);
    free(config->filter_origins);
    free(config->alarms);
    free(config->composites);
    names_free(&config->store->texts);
    names_free(&config->store->alarms);
    names_free(&config->store->arns);
    names_free(&config->store->filters);
    ctfi_arena_free(&config->store->arena);
    free(config->store);
    *config = (cli_config){0};
}

void *config_take(cli_config *config, size_t n, size_t size)
{
    void *block = ctfi_arena_alloc(&config->store->arena, n, size);
    if (block == NULL)
        need_failed();
    return block;
}

ctf_text config_keep(cli_config *config, ctf_text text)
{
    const config_name *known = names_find(&config->store->texts, text);
    if (known != NULL)
        return known->name;
    char *copy = config_take(config, text.length + 1, 1);
    if (text.length > 0)
        memcpy(copy, text.data, text.length);
    copy[text.length] = '\0';
    names_add(&config->store->texts, (ctf_text){copy, text.length}, 0);
    return (ctf_text){copy, text.length};
}
