/* What a configuration tells. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "config_store.h"
#include "diag.h"

#define LONGEST 1024

/* "file:line:column: " or "file: ". */
static void print_place(cli_place place, char *out, size_t size)
{
    if (place.file == NULL)
        out[0] = '\0';
    else if (place.line == 0)
        snprintf(out, size, "%s: ", place.file);
    else
        snprintf(out, size, "%s:%u:%u: ", place.file, place.line, place.column);
}

void cli_message_print(void *context, const cli_message *message)
{
    char place[LONGEST];
    (void)context;
    print_place(message->place, place, sizeof place);
    bool shown = message->excerpt[0] != '\0', service = message->service[0] != '\0';
    int excerpt = (int)strlen(message->excerpt) - (shown && !service); /* diag_lines ends the last line */
    diag_lines("%s%s%s%s%.*s%s%s", place, message->severity == CLI_WARNING ? "warning: " : "", message->text,
               shown || service ? "\n" : "", excerpt, message->excerpt, service ? "  the service says: " : "",
               message->service);
}

static const char *in_one_line(const char *text, char *out, size_t size)
{
    snprintf(out, size, "%s", text);
    for (char *at = out; *at != '\0'; at++)
        if (*at == '\n' || *at == '\r')
            *at = ' ';
    return out;
}

bool config_heard(const cli_config *config, cli_severity severity)
{
    return (severity == CLI_ERROR ? config->store->errors : config->store->warnings) < CONFIG_MESSAGES;
}

cli_severity config_refusal(const cli_config *config)
{
    return config->store->options.lenient ? CLI_WARNING : CLI_ERROR;
}

/* Hands the message over; names in it may hold line ends, which must not look like another message. */
static void hand_over(const struct config_store *store, const cli_message *message)
{
    char text[LONGEST], service[sizeof((ctf_error *)NULL)->service];
    cli_message shown = *message;
    shown.text = in_one_line(message->text, text, sizeof text);
    shown.service = in_one_line(message->service, service, sizeof service);
    store->options.report(store->options.context, &shown);
}

void config_tell(cli_config *config, const cli_message *message)
{
    struct config_store *store = config->store;
    size_t *count = message->severity == CLI_ERROR ? &store->errors : &store->warnings;
    cli_message last = {.severity = message->severity, .place = message->place, .excerpt = "", .service = ""};
    ++*count;
    last.text = message->severity == CLI_ERROR ? "more errors follow that are not shown"
                                               : "more warnings follow that are not shown";
    if (*count <= CONFIG_MESSAGES)
        hand_over(store, message);
    else if (*count == CONFIG_MESSAGES + 1)
        store->options.report(store->options.context, &last);
}

__attribute__((format(printf, 4, 0)))
static void tell(cli_config *config, cli_severity severity, cli_place place, const char *format, va_list arguments)
{
    char text[LONGEST];
    vsnprintf(text, sizeof text, format, arguments);
    config_tell(config, &(cli_message){severity, place, text, "", ""});
}

void config_error(cli_config *config, cli_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    tell(config, CLI_ERROR, place, format, arguments);
    va_end(arguments);
}

void config_warn(cli_config *config, cli_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    tell(config, CLI_WARNING, place, format, arguments);
    va_end(arguments);
}

cli_place config_place_in(cli_place place, int lead, ctf_text text, size_t offset)
{
    if (lead >= 0 && offset <= text.length)
        place.column += (uint32_t)lead + (uint32_t)ctfi_utf8_count((const unsigned char *)text.data, offset);
    return place;
}

void config_point(cli_config *config, cli_place place, int lead, ctf_text text, const ctf_error *error)
{
    char lines[LONGEST * 2];
    ctf_error_render(error, text, "", lines, sizeof lines);
    const char *end = strchr(lines, '\n');
    cli_message message = {config_refusal(config), config_place_in(place, lead, text, error->offset), error->message,
                           end != NULL ? end + 1 : "", error->service};
    config_tell(config, &message);
}
