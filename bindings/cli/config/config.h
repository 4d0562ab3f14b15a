/* Configuration: metric filters and alarms as AWS, templates or people write them down.
 *
 * A configuration is read from one or more files, each recognised by its content: what
 * describe-metric-filters and describe-alarms print (a document, or JSON lines), CloudFormation
 * templates, what terraform show -json prints, and YAML with the API's own field names (the manual's
 * section on configuration files describes it). Every field is known, ignored on purpose, or an error
 * with its place.
 *
 * What is wrong is told through the report function, all of a file rather than the first thing. Errors
 * make the loading fail; with `lenient`, unknown fields are warnings, and what cannot be replayed or
 * resolved is left out with a warning. What the service would refuse is left out likewise.
 *
 * Filters and alarms keep the order of the files. Everything belongs to the configuration and lives
 * until cli_config_free. */
#ifndef CLI_CONFIG_H
#define CLI_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ctfilter/alarm.h>
#include <ctfilter/composite.h>
#include <ctfilter/metric.h>

/* Where something stood. Lines and columns count from 1, columns in characters; line 0: the whole file. */
typedef struct cli_place {
    const char *file;
    uint32_t line;
    uint32_t column;
} cli_place;

typedef enum cli_severity { CLI_WARNING, CLI_ERROR } cli_severity;

/* One thing to tell. */
typedef struct cli_message {
    cli_severity severity;
    cli_place place;
    const char *text;    /* one line, without place and newline */
    const char *excerpt; /* lines that show the place, each ended by a newline; "" where there is nothing to show */
    const char *service; /* the service's own text; "" where it is not known */
} cli_message;

/* Takes a message; its texts live during the call. */
typedef void (*cli_report_fn)(void *context, const cli_message *message);

/* Prints a message on standard error, as every command does: "ctfilter: file:line:column: text". */
void cli_message_print(void *context, const cli_message *message);

/* A template's parameter as the user gives it, "Name=value". */
typedef struct cli_parameter {
    const char *text;
    bool used; /* set when a template asked for it */
} cli_parameter;

typedef struct cli_config_options {
    bool lenient;
    cli_parameter *parameters;
    size_t n_parameters;
    cli_report_fn report; /* NULL: cli_message_print */
    void *context;        /* of report */
} cli_config_options;

/* Where a metric filter came from; what ctf_metric_filter does not hold. */
typedef struct cli_filter_origin {
    ctf_text log_group;  /* may be empty */
    ctf_text logical_id; /* the name in its template, the address in Terraform; empty elsewhere */
    cli_place place;     /* of the filter */
    cli_place pattern;   /* of its pattern's text */
    int lead;            /* columns from there to the pattern's first character; -1: it is not spelled as it reads */
} cli_filter_origin;

/* What an alarm would do: names or ARNs. */
typedef struct cli_actions {
    bool enabled;
    const ctf_text *ok, *alarm, *insufficient_data;
    size_t n_ok, n_alarm, n_insufficient_data;
} cli_actions;

/* A metric alarm. */
typedef struct cli_metric_alarm {
    ctf_alarm_input input; /* as given; alarm_name is its identity */
    ctf_alarm alarm;       /* as read; its views are of this configuration */
    ctf_text arn;          /* empty where it is not known */
    ctf_text logical_id;   /* as cli_filter_origin's */
    cli_actions actions;
    cli_place place;
} cli_metric_alarm;

/* A composite alarm. */
typedef struct cli_composite_alarm {
    ctf_text name;
    ctf_text arn;        /* empty where it is not known */
    ctf_text logical_id; /* as cli_filter_origin's */
    ctf_text description;
    ctf_text rule_text;
    ctf_rule *rule;      /* its compiled form; the configuration frees it */
    ctf_text suppressor; /* name or ARN; empty: none */
    int64_t wait;        /* seconds; 0 without a suppressor */
    int64_t extension;
    cli_actions actions;
    cli_place place;
    cli_place rule_place;
    int rule_lead; /* as cli_filter_origin's */
    bool cyclic;   /* set by cli_config_check_links: it depends on itself */
} cli_composite_alarm;

/* All that was loaded. */
typedef struct cli_config {
    ctf_metric_filter *filters;       /* as ctf_metrics_compile takes them */
    cli_filter_origin *filter_origins; /* one each */
    size_t n_filters;
    cli_metric_alarm *alarms;
    size_t n_alarms;
    cli_composite_alarm *composites;
    size_t n_composites;
    struct config_store *store; /* the memory of it all */
} cli_config;

/* Starts an empty configuration. The parameters of the options must live as long as it. */
void cli_config_init(cli_config *config, const cli_config_options *options);
void cli_config_free(cli_config *config);

/* Adds what a file ("-": standard input) holds. Returns false when an error was reported. */
bool cli_config_load(cli_config *config, const char *path);

/* After the last file: reports parameters that no template asked for (errors), and what does not fit
 * together: an alarm whose metric no filter publishes, or only under another namespace, with other
 * dimensions or in another unit (warnings: such an alarm has no data); children and suppressors of
 * composites that do not exist, composites that depend on themselves (errors, warnings when lenient: a
 * child that does not exist has insufficient data for ever, and a cyclic composite is never evaluated).
 * An alarm that names no unit gets the unit that the filters of its metric publish, if it is one.
 * Looks at nothing when loading reported an error, which would only bring on others. Returns false when an error
 * was reported. */
bool cli_config_check_links(cli_config *config);

/* Compiles all filters together; filter i is config->filters[i]. Returns NULL when an error was
 * reported; a configuration without filters is none. */
ctf_metrics *cli_config_metrics(const cli_config *config);

/* Which alarm a name or ARN means. */
typedef enum cli_alarm_kind { CLI_NO_ALARM, CLI_METRIC_ALARM, CLI_COMPOSITE_ALARM } cli_alarm_kind;
typedef struct cli_alarm_ref {
    cli_alarm_kind kind;
    size_t index; /* into alarms or composites */
} cli_alarm_ref;
cli_alarm_ref cli_config_find(const cli_config *config, ctf_text name_or_arn);

#endif
