#include "options.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "nearest.h"

/* Where the reading stands. */
typedef struct reading {
    cli_options *out;
    size_t room; /* of out->given */
    int count;
    int at; /* the next word */
    char **words;
} reading;

int options_misuse(const cli_command *command, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    bool whole = command == &command_program;
    diag_print("%s%s%s", whole ? "" : command->name, whole ? "" : ": ", text);
    fprintf(stderr, "Try 'ctfilter %s%s--help'.\n", whole ? "" : command->name, whole ? "" : " ");
    return EXIT_ERROR;
}

static bool unknown_option(const cli_command *command, const char *name, size_t length)
{
    const char *names[64];
    size_t n = 0;
    for (size_t i = 0; i < command->n_options && n < sizeof names / sizeof names[0]; i++)
        if (command->options[i].help != NULL)
            names[n++] = command->options[i].name;
    char *word = need_copy(name, length);
    const char *near = nearest(word, names, n);
    if (near != NULL)
        options_misuse(command, "unknown option --%s; did you mean --%s?", word, near);
    else
        options_misuse(command, "unknown option --%s", word);
    free(word);
    return false;
}

static const cli_option *find_long(const cli_command *command, const char *name, size_t length)
{
    for (size_t i = 0; i < command->n_options; i++) {
        const cli_option *option = &command->options[i];
        if (strlen(option->name) == length && memcmp(option->name, name, length) == 0)
            return option;
    }
    return NULL;
}

static const cli_option *find_letter(const cli_command *command, char letter)
{
    for (size_t i = 0; i < command->n_options; i++)
        if (command->options[i].letter == letter)
            return &command->options[i];
    return NULL;
}

/* Reads decimal digits; returns what follows them, NULL where there are none or too many. */
static const char *read_digits(const char *text, uint64_t *value)
{
    char *end;
    if (*text < '0' || *text > '9')
        return NULL;
    errno = 0;
    *value = strtoull(text, &end, 10);
    return errno == 0 ? end : NULL;
}

/* The power of two that a size's unit stands for, -1 for no unit. */
static int unit_shift(const char *unit)
{
    static const char letters[] = "KMGT";
    if (*unit == '\0')
        return 0;
    const char *letter = strchr(letters, *unit >= 'a' ? *unit - 'a' + 'A' : *unit);
    if (letter == NULL || *letter == '\0')
        return -1;
    bool plain = unit[1] == '\0' || strcmp(unit + 1, "iB") == 0 || strcmp(unit + 1, "B") == 0;
    return plain ? (int)(letter - letters + 1) * 10 : -1;
}

static bool read_number(const cli_option *option, const char *text, uint64_t *value)
{
    const char *rest = read_digits(text, value);
    int shift = rest == NULL ? -1 : option->kind == OPTION_SIZE ? unit_shift(rest) : *rest == '\0' ? 0 : -1;
    if (shift < 0 || *value > UINT64_MAX >> shift)
        return false;
    *value <<= shift;
    return *value >= option->least;
}

static bool bad_number(const cli_command *command, const cli_option *option, const char *text)
{
    const char *what = option->kind == OPTION_SIZE ? "a size such as 512M or 1G" : "a whole number";
    if (option->least > 0)
        options_misuse(command, "--%s needs %s of at least %llu, not '%s'", option->name, what,
                       (unsigned long long)option->least, text);
    else
        options_misuse(command, "--%s needs %s, not '%s'", option->name, what, text);
    return false;
}

static bool bad_choice(const cli_command *command, const cli_option *option, const char *text)
{
    char all[256] = "";
    for (size_t i = 0; option->choices[i] != NULL; i++) {
        size_t used = strlen(all);
        snprintf(all + used, sizeof all - used, "%s%s", i > 0 ? ", " : "", option->choices[i]);
    }
    options_misuse(command, "--%s: '%s' is none of %s", option->name, text, all);
    return false;
}

static bool read_choice(const cli_option *option, const char *text, uint64_t *value)
{
    for (*value = 0; option->choices[*value] != NULL; ++*value)
        if (strcmp(option->choices[*value], text) == 0)
            return true;
    return false;
}

/* Notes one option with its argument (NULL for a flag). */
static bool take(reading *r, const cli_option *option, const char *text)
{
    const cli_command *command = r->out->command;
    uint64_t number = 0;
    if ((option->kind == OPTION_NUMBER || option->kind == OPTION_SIZE) && !read_number(option, text, &number))
        return bad_number(command, option, text);
    if (option->kind == OPTION_CHOICE && !read_choice(option, text, &number))
        return bad_choice(command, option, text);
    r->out->given = need_more(r->out->given, &r->room, r->out->n_given + 1, sizeof *r->out->given);
    r->out->given[r->out->n_given++] = (cli_given){option, text, number, r->out->n_operands};
    return true;
}

/* Takes an option whose argument is the next word. */
static bool take_next(reading *r, const cli_option *option)
{
    if (r->at < r->count)
        return take(r, option, r->words[r->at++]);
    options_misuse(r->out->command, "--%s needs an argument: %s", option->name, option->argument);
    return false;
}

/* --name, --name=argument or --name argument; word points behind the dashes. */
static bool read_long(reading *r, const char *word)
{
    const char *equals = strchr(word, '=');
    size_t length = equals != NULL ? (size_t)(equals - word) : strlen(word);
    const cli_option *option = find_long(r->out->command, word, length);
    if (option == NULL)
        return unknown_option(r->out->command, word, length);
    if (option->kind != OPTION_FLAG)
        return equals != NULL ? take(r, option, equals + 1) : take_next(r, option);
    if (equals == NULL)
        return take(r, option, NULL);
    options_misuse(r->out->command, "--%s takes no argument", option->name);
    return false;
}

/* -c, -cv, -m3 or -m 3; word points behind the dash. */
static bool read_letters(reading *r, const char *word)
{
    for (; *word != '\0'; word++) {
        const cli_option *option = find_letter(r->out->command, *word);
        if (option == NULL) {
            options_misuse(r->out->command, "unknown option -%.*s", (unsigned char)*word < 0x80 ? 1 : 4, word);
            return false;
        }
        if (option->kind != OPTION_FLAG)
            return word[1] != '\0' ? take(r, option, word + 1) : take_next(r, option);
        if (!take(r, option, NULL))
            return false;
    }
    return true;
}

static void take_operand(cli_options *out, const char *word)
{
    out->operands[out->n_operands++] = word;
}

bool options_parse(const cli_command *command, int count, char **words, cli_options *out)
{
    reading r = {.out = out, .count = count, .words = words};
    *out = (cli_options){.command = command, .operands = need((size_t)count, sizeof *out->operands)};
    while (r.at < r.count) {
        const char *word = words[r.at++];
        if (strcmp(word, "--") == 0)
            break;
        if (word[0] != '-' || word[1] == '\0')
            take_operand(out, word);
        else if (!(word[1] == '-' ? read_long(&r, word + 2) : read_letters(&r, word + 1)))
            return false;
    }
    while (r.at < r.count)
        take_operand(out, words[r.at++]);
    return true;
}

void options_free(cli_options *options)
{
    free(options->given);
    free(options->operands);
}

const cli_given *options_last(const cli_options *options, option_id id)
{
    for (size_t i = options->n_given; i-- > 0;)
        if (options->given[i].option->id == id)
            return &options->given[i];
    return NULL;
}

bool options_has(const cli_options *options, option_id id)
{
    return options_last(options, id) != NULL;
}

const char *options_text(const cli_options *options, option_id id, const char *otherwise)
{
    const cli_given *last = options_last(options, id);
    return last != NULL ? last->text : otherwise;
}

uint64_t options_number(const cli_options *options, option_id id, uint64_t otherwise)
{
    const cli_given *last = options_last(options, id);
    return last != NULL ? last->number : otherwise;
}

/* Does the option name something that is read? */
static bool is_read(const cli_given *given)
{
    static const option_id ids[] = {OPT_FILE, OPT_PROGRAM, OPT_CORPUS, OPT_EVENTS, OPT_AGAINST};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        if (given->option->id == ids[i])
            return true;
    return false;
}

bool options_input_once(const cli_options *options, size_t first, bool implied)
{
    size_t n = implied && options->n_operands <= first;
    for (size_t i = 0; i < options->n_given; i++)
        n += is_read(&options->given[i]) && strcmp(options->given[i].text, "-") == 0;
    for (size_t i = first; i < options->n_operands; i++)
        n += strcmp(options->operands[i], "-") == 0;
    if (n > 1)
        options_misuse(options->command, "standard input can be read only once");
    return n <= 1;
}
