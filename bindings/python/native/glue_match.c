/* One message, and a buffer of messages. */
#include "glue_lists.h"

int64_t ctfpy_match(ctfpy_worker *worker, const char *message, size_t length)
{
    ctf_status status = ctf_match(worker->scratch, message, length, &worker->hits);
    return status == CTF_OK ? (int64_t)worker->hits.n : -(int64_t)status;
}

/* A scan on its way. */
typedef struct scanning {
    ctfpy_worker *worker;
    ctfpy_found *found;
    size_t most;
    ctfpy_tick_fn tick;
    void *context;
    uint64_t every, next;
    ctf_status failed;
} scanning;

static int is_stopped(scanning *s, uint64_t offset)
{
    if (s->tick == NULL || offset < s->next)
        return 0;
    s->next = offset + s->every;
    return s->tick(s->context, offset);
}

static int take(void *context, const ctf_message *message, const ctf_hits *hits)
{
    scanning *s = context;
    s->worker->hits = *hits;
    if (hits->n > 0) {
        s->failed = ctfpy_found_add(s->found, s->worker, message->offset, message->text.length);
        if (s->failed != CTF_OK || s->found->n_hits == s->most)
            return 1;
    }
    return is_stopped(s, message->offset);
}

ctf_status ctfpy_scan(ctfpy_worker *worker, const char *buffer, size_t length, const ctf_scan_options *options,
                      size_t most, ctfpy_tick_fn tick, void *context, uint64_t every, ctfpy_found *found,
                      ctf_error *error)
{
    scanning s = {worker, found, most, tick, context, every, every, CTF_OK};
    ctf_status status = ctf_scan(worker->scratch, buffer, length, options, take, &s, error);
    return s.failed != CTF_OK ? s.failed : status;
}
