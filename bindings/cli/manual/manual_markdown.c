/* The manual as Markdown, for readers of the repository and the web. */
#include <stdbool.h>

#include "commands.h"
#include "generate.h"
#include "help.h"
#include "manual_text.h"

/* Writes text so that Markdown shows it as it is. */
static void put(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '*' || *text == '_' || *text == '<' || *text == '[' || *text == '`' || *text == '\\')
            fputc('\\', out);
        fputc(*text, out);
    }
}

static void put_item(FILE *out, const char *tag, const char *text, bool sentence)
{
    fprintf(out, "- `%s`: ", tag);
    put(out, text);
    fputs(sentence ? ".\n" : "\n", out);
}

static void put_command(FILE *out, const cli_command *command)
{
    char forms[64];
    fprintf(out, "\n## ctfilter %s\n\n```\n", command->name);
    for (size_t i = 0; command->synopses[i] != NULL; i++)
        fprintf(out, "ctfilter %s [OPTION...]%s%s\n", command->name, *command->synopses[i] != '\0' ? " " : "",
                command->synopses[i]);
    fputs("```\n\n", out);
    put(out, command->about);
    fputs("\n\n", out);
    for (size_t i = 0; i < command->n_options; i++) {
        help_forms(&command->options[i], forms, sizeof forms);
        if (command->options[i].help != NULL)
            put_item(out, forms, command->options[i].help, true);
    }
}

static void put_piece(FILE *out, const manual_piece *piece)
{
    if (piece->kind == MANUAL_ITEM) {
        put_item(out, piece->tag, piece->text, false);
    } else if (piece->kind == MANUAL_CODE) {
        fprintf(out, "\n```\n%s\n```\n", piece->text);
    } else {
        fputc('\n', out);
        put(out, piece->text);
        fputc('\n', out);
    }
}

static void put_section(FILE *out, const manual_section *section)
{
    fprintf(out, "\n## %s\n", section->title);
    for (size_t i = 0; i < section->n; i++) {
        bool item = section->pieces[i].kind == MANUAL_ITEM;
        if (item && (i == 0 || section->pieces[i - 1].kind != MANUAL_ITEM))
            fputc('\n', out);
        put_piece(out, &section->pieces[i]);
    }
    manual_room room;
    manual_piece piece;
    for (size_t i = 0; section->more != NULL && section->more(i, &room, &piece); i++) {
        if (i == 0)
            fputc('\n', out);
        put_piece(out, &piece);
    }
}

void manual_markdown(FILE *out)
{
    fprintf(out, "# ctfilter: %s\n\n", command_program.summary);
    put(out, command_program.about);
    fputc('\n', out);
    for (size_t i = 0; i < command_count; i++)
        put_command(out, &command_table[i]);
    for (size_t i = 0; i < manual_section_count; i++)
        put_section(out, &manual_sections[i]);
}
