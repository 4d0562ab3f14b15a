#include "replay_model.h"

#include <stdlib.h>

#include "diag.h"

struct replay_block {
    struct replay_block *next;
    void *memory;
};

void *replay_keep(replay_model *model, void *block)
{
    struct replay_block *kept = need(1, sizeof *kept);
    *kept = (struct replay_block){model->blocks, block};
    model->blocks = kept;
    return block;
}

const char *replay_keep_words(replay_model *model, const char *words, size_t length)
{
    return replay_keep(model, need_copy(words, length));
}

ctf_text replay_keep_text(replay_model *model, ctf_text text)
{
    if (text.length == 0)
        return (ctf_text){"", 0};
    return (ctf_text){replay_keep_words(model, text.data, text.length), text.length};
}

void replay_model_free(replay_model *model)
{
    while (model->blocks != NULL) {
        struct replay_block *block = model->blocks;
        model->blocks = block->next;
        free(block->memory);
        free(block);
    }
}
