/* Loading a configuration from bytes in a test, and what it tells: a line a message, "line:column: text" or
 * "line:column: warning: text". */
#ifndef TEST_CONFIG_TOLD_H
#define TEST_CONFIG_TOLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "config_load.h"

#define TOLD_PARAMETERS 4

typedef struct told {
    cli_config config;
    cli_parameter parameters[TOLD_PARAMETERS];
    char text[16384];
    size_t length;
} told;

static void told_take(void *context, const cli_message *message)
{
    told *t = context;
    char place[32] = "";
    if (message->place.line > 0)
        snprintf(place, sizeof place, "%u:%u: ", message->place.line, message->place.column);
    int n = snprintf(t->text + t->length, sizeof t->text - t->length, "%s%s%s\n", place,
                     message->severity == CLI_WARNING ? "warning: " : "", message->text);
    assert_true(n >= 0);
    t->length += (size_t)n < sizeof t->text - t->length ? (size_t)n : sizeof t->text - t->length - 1;
}

/* Parameters are separated by NULL at the end. */
static void told_begin(told *t, bool lenient, const char *const *parameters)
{
    cli_config_options options = {.lenient = lenient, .parameters = t->parameters, .report = told_take, .context = t};
    t->length = 0;
    t->text[0] = '\0';
    for (; parameters != NULL && parameters[options.n_parameters] != NULL; options.n_parameters++)
        t->parameters[options.n_parameters] = (cli_parameter){parameters[options.n_parameters], false};
    cli_config_init(&t->config, &options);
}

static void told_end(told *t)
{
    cli_config_free(&t->config);
}

/* Loads one source; the caller ends. */
static inline void told_load(told *t, const char *source, bool lenient, const char *const *parameters)
{
    told_begin(t, lenient, parameters);
    config_load_bytes(&t->config, "c", source, strlen(source));
}

static inline void assert_text(const char *found, const char *expected)
{
    if (strcmp(found, expected) != 0)
        print_message("told:\n%sand not:\n%s", found, expected);
    assert_string_equal(found, expected);
}

/* Loading the source tells exactly this. */
static inline void assert_told(const char *source, const char *expected)
{
    told t;
    told_load(&t, source, false, NULL);
    assert_text(t.text, expected);
    told_end(&t);
}

/* The same when lenient. */
static inline void assert_told_leniently(const char *source, const char *expected)
{
    told t;
    told_load(&t, source, true, NULL);
    assert_text(t.text, expected);
    told_end(&t);
}

/* Loading tells nothing, checking links tells exactly this. */
static inline void assert_links(const char *source, bool lenient, const char *expected)
{
    told t;
    told_load(&t, source, lenient, NULL);
    assert_text(t.text, "");
    cli_config_check_links(&t.config);
    assert_text(t.text, expected);
    told_end(&t);
}

#endif
