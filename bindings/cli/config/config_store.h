/* What a configuration keeps beside its lists, and what everything that fills it speaks through.
 *
 * A thing told is an error, a warning, or a refusal: what keeps one filter or alarm out. A refusal is an error,
 * and a warning when the configuration is lenient. */
#ifndef CLI_CONFIG_STORE_H
#define CLI_CONFIG_STORE_H

#include "base/arena.h"
#include "config.h"
#include "config_names.h"
#include "json_in.h"

/* More than so many messages of one kind are counted, not told. */
#define CONFIG_MESSAGES 100

struct config_store {
    ctfi_arena arena; /* every text and array of the configuration */
    cli_config_options options;
    size_t room_filters;
    size_t room_origins;
    size_t room_alarms;
    size_t room_composites;
    config_names texts;   /* every text that is kept, once */
    config_names alarms;  /* by name: twice the index, and 1 more for a composite */
    config_names arns;    /* the same by name, a NUL and ARN, which may be empty */
    config_names filters; /* by log group, a NUL and name: the index */
    size_t errors;   /* told or counted since the configuration began */
    size_t warnings;
};

/* Memory of the configuration. */
void *config_take(cli_config *config, size_t n, size_t size);

/* A text that lives as long as the configuration; equal ones are one, so that text which a document repeats by
 * reference costs its memory once. */
ctf_text config_keep(cli_config *config, ctf_text text);

/* Tells an error or a warning. */
void config_error(cli_config *config, cli_place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void config_warn(cli_config *config, cli_place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Tells a whole message; counts what is too many. */
void config_tell(cli_config *config, const cli_message *message);

/* Will one more message of a severity still be told? What is not told need not be made up either. */
bool config_heard(const cli_config *config, cli_severity severity);

/* The severity of a refusal. */
cli_severity config_refusal(const cli_config *config);

/* Moves a place that begins `text`, which is spelled with `lead` (json_value), to a byte of it, where that is known. */
cli_place config_place_in(cli_place place, int lead, ctf_text text, size_t offset);

/* Tells a refusal that points into a text of the configuration, which begins at `place` and is spelled with
 * `lead` (json_value). */
void config_point(cli_config *config, cli_place place, int lead, ctf_text text, const ctf_error *error);

/* As much of a text as a message shows: a format's "%.*s" takes TEXT_SHOWN(text). */
#define CONFIG_SHOWN 120
#define TEXT_SHOWN(text) ((text).length > CONFIG_SHOWN ? CONFIG_SHOWN : (int)(text).length), \
                         ((text).data != NULL ? (text).data : "")

/* Adds an alarm to the index of names; it stands in its list already. */
void config_index(cli_config *config, cli_alarm_ref alarm);

/* Another alarm that is the same one: of that name, and not of another account or Region. */
cli_alarm_ref config_same_alarm(const cli_config *config, ctf_text name, ctf_text arn);

/* The name in an alarm's ARN, or the text itself. */
ctf_text config_alarm_name(ctf_text name_or_arn);

cli_place config_alarm_place(const cli_config *config, cli_alarm_ref alarm);

#endif
