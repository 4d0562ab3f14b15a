#include "replay_plan.h"

#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "replay_time.h"

#define MOST_DIFFERENCES 20 /* unless --differences says otherwise */

static const cli_given *first(const cli_options *options, option_id id)
{
    for (size_t i = 0; i < options->n_given; i++)
        if (options->given[i].option->id == id)
            return &options->given[i];
    return NULL;
}

/* Puts the texts of all times that an option was given into `out`; returns how many they are. */
static size_t take_all(const cli_options *options, option_id id, const char **out)
{
    size_t n = 0;
    for (size_t i = 0; i < options->n_given; i++)
        if (options->given[i].option->id == id)
            out[n++] = options->given[i].text;
    return n;
}

/* Operands before the first --events are configurations, those behind it are events as well. */
static bool read_operands(const cli_options *options, replay_plan *plan)
{
    const cli_given *events = first(options, OPT_EVENTS);
    if (events == NULL || events->operands == 0) {
        options_misuse(options->command, "needs %s",
                       events == NULL ? "--events PATH: the events to replay" : "a CONFIG before --events");
        return false;
    }
    plan->configs = options->operands;
    plan->n_configs = events->operands;
    plan->events = need(options->n_given + options->n_operands, sizeof *plan->events);
    plan->n_events = take_all(options, OPT_EVENTS, plan->events);
    for (size_t i = plan->n_configs; i < options->n_operands; i++)
        plan->events[plan->n_events++] = options->operands[i];
    return true;
}

static bool read_time(const cli_options *options, option_id id, bool *has, int64_t *out)
{
    const cli_given *given = options_last(options, id);
    *has = given != NULL;
    if (given == NULL || replay_time_read(given->text, out))
        return true;
    options_misuse(options->command,
                   "--%s needs a time such as 2026-01-13T09:00:00Z or a date, of the years 1970 to 9999, not '%s'",
                   given->option->name, given->text);
    return false;
}

static bool read_times(const cli_options *options, replay_plan *plan)
{
    const char *delay = options_text(options, OPT_DELAY, "0");
    if (!read_time(options, OPT_FROM, &plan->has_from, &plan->from) ||
        !read_time(options, OPT_TO, &plan->has_to, &plan->to))
        return false;
    if (plan->has_from && plan->has_to && plan->from >= plan->to) {
        options_misuse(options->command, "--from is not before --to");
        return false;
    }
    if (replay_duration_read(delay, &plan->delay))
        return true;
    options_misuse(options->command, "--delivery-delay needs a duration such as 90s, 5m or 1h, not '%s'", delay);
    return false;
}

static ctf_text text_of(const cli_options *options, option_id id)
{
    const char *text = options_text(options, id, "");
    return (ctf_text){text, strlen(text)};
}

static void read_parameters(const cli_options *options, replay_plan *plan)
{
    plan->parameters = need(options->n_given, sizeof *plan->parameters);
    for (size_t i = 0; i < options->n_given; i++)
        if (options->given[i].option->id == OPT_PARAMETER)
            plan->parameters[plan->n_parameters++].text = options->given[i].text;
}

/* What is compared is no single replay: it has its own report, in the forms that it has. */
static bool read_against(const cli_options *options, replay_plan *plan)
{
    plan->against = need(options->n_given, sizeof *plan->against);
    plan->n_against = take_all(options, OPT_AGAINST, plan->against);
    plan->most_events = (size_t)options_number(options, OPT_DIFFERENCES, MOST_DIFFERENCES);
    bool forms = plan->format == REPORT_TEXT || plan->format == REPORT_JSON;
    if (plan->n_against == 0 && options_has(options, OPT_DIFFERENCES))
        options_misuse(options->command, "--differences goes with --against");
    else if (plan->n_against > 0 && (plan->why || !forms))
        options_misuse(options->command, "--against does not go with %s", plan->why ? "--why" : "--format csv or html");
    else
        return true;
    return false;
}

bool replay_plan_read(const cli_options *options, replay_plan *plan)
{
    *plan = (replay_plan){.options = options};
    plan->why = options_has(options, OPT_WHY);
    plan->quiet = options_has(options, OPT_QUIET);
    plan->lenient = options_has(options, OPT_LENIENT);
    plan->format = (int)options_number(options, OPT_FORMAT, REPORT_TEXT);
    plan->output = options_text(options, OPT_OUTPUT, NULL);
    plan->account = text_of(options, OPT_ACCOUNT);
    plan->region = text_of(options, OPT_REGION);
    read_parameters(options, plan);
    return options_input_once(options, 0, false) && read_operands(options, plan) && read_against(options, plan) && read_times(options, plan);
}

void replay_plan_free(replay_plan *plan)
{
    free(plan->events);
    free(plan->against);
    free(plan->parameters);
    *plan = (replay_plan){0};
}
