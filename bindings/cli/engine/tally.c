#include "tally.h"

#include <stdlib.h>
#include <string.h>

#include "diag.h"

static const char *const groups[] = {"kind", "family", "confidence"};

static tally_row *find(const cli_tally *tally, const char *group, ctf_text name)
{
    for (size_t i = 0; i < tally->n; i++) {
        tally_row *row = &tally->rows[i];
        if (strcmp(row->group, group) == 0 && row->name.length == name.length &&
            memcmp(row->name.data, name.data, name.length) == 0)
            return row;
    }
    return NULL;
}

static void add(cli_tally *tally, const char *group, ctf_text name, cli_score score)
{
    tally_row *row = find(tally, group, name);
    if (row == NULL) {
        tally->rows = need_more(tally->rows, &tally->room, tally->n + 1, sizeof *tally->rows);
        row = &tally->rows[tally->n++];
        *row = (tally_row){.group = group, .name = name};
    }
    row->counts[score]++;
}

void tally_add(cli_tally *tally, const cli_vector *vector, cli_score score)
{
    add(tally, groups[0], vector_kind(vector), score);
    add(tally, groups[1], vector_family(vector), score);
    add(tally, groups[2], vector_confidence(vector), score);
    tally->counts[score]++;
}

size_t tally_kind(const cli_tally *tally, ctf_text kind, cli_score score)
{
    const tally_row *row = find(tally, groups[0], kind);
    return row != NULL ? row->counts[score] : 0;
}

static void print_row(FILE *out, const char *group, ctf_text name, const size_t counts[SCORES])
{
    size_t all = counts[SCORE_AGREES] + counts[SCORE_DIFFERS] + counts[SCORE_NONE];
    fprintf(out, "%-10s %-14.*s %8zu %8zu %8zu %9zu\n", group, (int)name.length, name.data, all,
            counts[SCORE_AGREES], counts[SCORE_DIFFERS], counts[SCORE_NONE]);
}

void tally_print(const cli_tally *tally, FILE *out)
{
    fprintf(out, "%-10s %-14s %8s %8s %8s %9s\n", "", "", "vectors", "agree", "differ", "unscored");
    for (size_t g = 0; g < sizeof groups / sizeof groups[0]; g++)
        for (size_t i = 0; i < tally->n; i++)
            if (strcmp(tally->rows[i].group, groups[g]) == 0)
                print_row(out, groups[g], tally->rows[i].name, tally->rows[i].counts);
    print_row(out, "all", (ctf_text){"", 0}, tally->counts);
}

void tally_free(cli_tally *tally)
{
    free(tally->rows);
}
