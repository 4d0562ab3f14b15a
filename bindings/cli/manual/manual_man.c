/* The manual page, ctfilter(1), in the man(7) macros. */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include <ctfilter/types.h>

#include "commands.h"
#include "generate.h"
#include "manual_text.h"

/* Writes text so that roff shows it as it is: dashes that can be copied, no macro at a line's start. */
static void put(FILE *out, const char *text)
{
    bool start = true;
    for (; *text != '\0'; text++) {
        if (start && (*text == '.' || *text == '\''))
            fputs("\\&", out);
        start = *text == '\n';
        if (*text == '\\')
            fputs("\\e", out);
        else if (*text == '-')
            fputs("\\-", out);
        else if (*text == '\'')
            fputs("\\(aq", out);
        else if (*text == '^')
            fputs("\\(ha", out);
        else
            fputc(*text, out);
    }
}

/* The argument of a macro, quoted. */
static void put_quoted(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text != '\0'; text++) {
        char one[2] = {*text, '\0'};
        if (*text == '"')
            fputs("\\(dq", out);
        else
            put(out, one);
    }
    fputc('"', out);
}

static void put_heading(FILE *out, const char *macro, const char *title)
{
    fprintf(out, ".%s \"", macro);
    for (; *title != '\0'; title++)
        fputc(strcmp(macro, "SH") == 0 ? toupper((unsigned char)*title) : *title, out);
    fputs("\"\n", out);
}

static void put_synopsis(FILE *out, const cli_command *command)
{
    for (size_t i = 0; command->synopses[i] != NULL; i++) {
        if (i > 0 || command != command_table)
            fputs(".br\n", out);
        fprintf(out, ".B ctfilter %s\n", command->name);
        put(out, *command->synopses[i] != '\0' ? "[OPTION...] " : "[OPTION...]");
        put(out, command->synopses[i]);
        fputc('\n', out);
    }
}

static void put_forms(FILE *out, const cli_option *option)
{
    fputs("\\fB", out);
    if (option->letter != '\0')
        fprintf(out, "\\-%c\\fR, \\fB", option->letter);
    fputs("\\-\\-", out);
    put(out, option->name);
    fputs("\\fR", out);
    if (option->argument != NULL)
        fprintf(out, "=\\fI%s\\fR", option->argument);
    fputc('\n', out);
}

static void put_options(FILE *out, const cli_command *command)
{
    for (size_t i = 0; i < command->n_options; i++) {
        if (command->options[i].help == NULL)
            continue;
        fputs(".TP\n", out);
        put_forms(out, &command->options[i]);
        put(out, command->options[i].help);
        fputs(".\n", out);
    }
}

static void put_command(FILE *out, const cli_command *command)
{
    put_heading(out, "SS", command->name);
    put(out, command->about);
    fputc('\n', out);
    put_options(out, command);
}

static void put_piece(FILE *out, const manual_piece *piece)
{
    if (piece->kind == MANUAL_ITEM) {
        fputs(".TP\n.B ", out);
        put_quoted(out, piece->tag);
        fputc('\n', out);
    } else {
        fputs(piece->kind == MANUAL_CODE ? ".IP\n.nf\n" : ".PP\n", out);
    }
    put(out, piece->text);
    fputs(piece->kind == MANUAL_CODE ? "\n.fi\n" : "\n", out);
}

static void put_section(FILE *out, const manual_section *section)
{
    put_heading(out, "SH", section->title);
    for (size_t i = 0; i < section->n; i++)
        if (i == 0 && section->pieces[i].kind == MANUAL_PARAGRAPH) {
            put(out, section->pieces[i].text);
            fputc('\n', out);
        } else {
            put_piece(out, &section->pieces[i]);
        }
    manual_room room;
    manual_piece piece;
    for (size_t i = 0; section->more != NULL && section->more(i, &room, &piece); i++)
        put_piece(out, &piece);
}

void manual_man(FILE *out)
{
    fprintf(out, ".TH CTFILTER 1 \"\" \"ctfilter %s\" \"User commands\"\n", ctf_library_release());
    fputs(".SH NAME\nctfilter \\- ", out);
    put(out, command_program.summary);
    fputs("\n.SH SYNOPSIS\n.nh\n.ad l\n", out);
    for (size_t i = 0; i < command_count; i++)
        put_synopsis(out, &command_table[i]);
    fputs(".ad b\n.hy\n.SH DESCRIPTION\n", out);
    put(out, command_program.about);
    fputc('\n', out);
    put_options(out, &command_program);
    put_heading(out, "SH", "Commands");
    for (size_t i = 0; i < command_count; i++)
        put_command(out, &command_table[i]);
    for (size_t i = 0; i < manual_section_count; i++)
        put_section(out, &manual_sections[i]);
}
