/* Reading one filter or alarm out of a tree, whatever words its source uses.
 *
 * A dialect is a source's words: a table a type of object, which says of each field whether it is read (and
 * into which slot), read as far as it can be known (what decides nothing in a replay: actions, log groups),
 * ignored on purpose, or refused because a replay could not honour it. Readers of values tell what is wrong
 * with the place of the value, mark the object as broken and go on, so that all of it is told. A value that is
 * not there (NULL, null) reads as absent. */
#ifndef CLI_CONFIG_OBJECT_H
#define CLI_CONFIG_OBJECT_H

#include "config_store.h"

struct config_template;

typedef enum config_use { USE_READ, USE_LOOSE, USE_IGNORED, USE_REFUSED } config_use;

typedef struct config_field {
    const char *name;
    config_use use;
    int slot; /* USE_READ, USE_LOOSE */
} config_field;

typedef struct config_table {
    const config_field *fields;
    size_t n;
} config_table;

enum { FILTER_NAME, FILTER_PATTERN, FILTER_GROUP, FILTER_TRANSFORMATIONS, FILTER_EMIT, FILTER_SLOTS };
enum { METRIC_NAME, METRIC_NAMESPACE, METRIC_VALUE, METRIC_DEFAULT, METRIC_DIMENSIONS, METRIC_UNIT, METRIC_SLOTS };
/* What metric and composite alarms share comes first. */
enum {
    ALARM_NAME,
    ALARM_DESCRIPTION,
    ALARM_ARN,
    ALARM_ENABLED,
    ALARM_OK_ACTIONS,
    ALARM_ALARM_ACTIONS,
    ALARM_NO_DATA_ACTIONS,
    ALARM_SHARED,
    ALARM_METRIC = ALARM_SHARED,
    ALARM_NAMESPACE,
    ALARM_DIMENSIONS,
    ALARM_STATISTIC,
    ALARM_EXTENDED,
    ALARM_UNIT,
    ALARM_PERIOD,
    ALARM_PERIODS,
    ALARM_DATAPOINTS,
    ALARM_THRESHOLD,
    ALARM_COMPARISON,
    ALARM_MISSING,
    ALARM_LOW_SAMPLES,
    ALARM_BAND,
    ALARM_SLOTS
};
enum { RULE_TEXT = ALARM_SHARED, RULE_SUPPRESSOR, RULE_WAIT, RULE_EXTENSION, RULE_SLOTS };

typedef struct config_dialect {
    config_table filter, metric, alarm, composite;
    config_table suppressor;   /* of the block that stands for a suppressor; none: its fields are the composite's */
    const char *dimension_key; /* what names a dimension in a filter's list: "Key" */
    bool words_for_numbers;    /* "5" does where a number is asked for */
    bool numbers_for_words;    /* 5 does where a text is asked for */
    bool empty_is_absent;      /* "" and lists of nothing, and unknown fields that hold no more */
} config_dialect;

extern const config_dialect config_api_json;  /* the API's names, its types to the letter */
extern const config_dialect config_api_yaml;  /* the same, written by hand */
extern const config_dialect config_template_words;
extern const config_dialect config_terraform_words;

/* One object while it is read. */
typedef struct config_object {
    cli_config *config;
    const config_dialect *dialect;
    const char *file;
    const json_value *value;
    ctf_text logical_id;
    struct config_template *template; /* resolves values; NULL elsewhere */
    const json_value *unknown;        /* Terraform's after_unknown; NULL elsewhere */
    bool broken;
    bool silent; /* refusals are not told, and break nothing */
} config_object;

/* Adds what the object describes to the configuration, or tells why not. */
void config_add_filter(config_object *o);
void config_add_alarm(config_object *o);
void config_add_composite(config_object *o);

cli_place config_place(const config_object *o, json_place place);

/* Tells a refusal; the object is broken. Nothing of it where refusals are silent. */
void config_refuse(config_object *o, json_place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Tells the service's refusal; the place is that of the field that the message names first, of its words in
 * `table`, whose values are `found`. */
void config_refuse_service(config_object *o, const ctf_error *error, const config_table *table,
                           const json_value *const found[]);

/* Does an error point into the text that it is about, rather than name a setting? */
bool config_error_points(const ctf_error *error);

/* Says that a broken object is left out, where that is no error. */
void config_leave_out(config_object *o, ctf_text name);

/* Tells a refusal when there is an alarm of that name and ARN already. */
void config_refuse_repeated(config_object *o, ctf_text name, ctf_text arn);

/* Sorts the members of an object into found[slots]; NULL where there is none. Returns false after a refusal when it
 * is no object at all. */
bool config_fields(config_object *o, const json_value *object, const config_table *table,
                   const json_value *found[], size_t slots);

/* Tells a member of an object that nothing is known of, with the nearest of the names: an error, or a warning
 * when lenient. */
void config_unknown(cli_config *config, const char *file, const json_value *member, const char *const *names,
                    size_t n);

/* Is it absent, or as good as that in the object's dialect? */
bool config_absent(const config_object *o, const json_value *value);

/* Values. Each returns whether there is one; *out is unchanged where not. */
bool config_text(config_object *o, const json_value *value, ctf_text *out);
bool config_whole(config_object *o, const json_value *value, int64_t *out);
bool config_number(config_object *o, const json_value *value, double *out);
bool config_truth(config_object *o, const json_value *value, bool *out);
size_t config_texts(config_object *o, const json_value *value, const ctf_text **out);
void config_actions(config_object *o, const json_value *const found[], cli_actions *out);
size_t config_dimensions(config_object *o, const json_value *value, const char *key, const ctf_dimension **out);

#endif
