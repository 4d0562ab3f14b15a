#include "generate.h"

#include "commands.h"

void generate(int what, FILE *out)
{
    static void (*const writers[])(FILE *) = {
        [GENERATE_MAN] = manual_man,           [GENERATE_MARKDOWN] = manual_markdown,
        [GENERATE_BASH] = completion_bash,     [GENERATE_ZSH] = completion_zsh,
        [GENERATE_FISH] = completion_fish,
    };
    writers[what](out);
}
