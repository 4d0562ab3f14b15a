#include <ctfilter/composite.h>

#define NOT_RUNNING INT64_MAX

void ctf_suppression_init(ctf_suppression *suppression, int64_t wait, int64_t extension)
{
    *suppression = (ctf_suppression){.wait = wait,
                                     .extension = extension,
                                     .composite = CTF_STATE_INSUFFICIENT_DATA,
                                     .suppressor = CTF_STATE_INSUFFICIENT_DATA,
                                     .wait_until = NOT_RUNNING,
                                     .extension_until = NOT_RUNNING};
}

/* time + period, never NOT_RUNNING. */
static int64_t end_of(int64_t time, int64_t period)
{
    return time > NOT_RUNNING - 1 - period ? NOT_RUNNING - 1 : time + period;
}

int ctf_suppression_due(ctf_suppression *suppression, int64_t until, ctf_action *out)
{
    ctf_suppression *s = suppression;
    while (s->wait_until <= until || s->extension_until <= until) {
        int64_t *first = s->wait_until <= s->extension_until ? &s->wait_until : &s->extension_until;
        if (*first == NOT_RUNNING)
            break;
        *out = (ctf_action){*first, s->composite};
        *first = NOT_RUNNING;
        if (s->pending && s->suppressor != CTF_STATE_ALARM) {
            s->pending = 0;
            return 1;
        }
    }
    return 0;
}

void ctf_suppression_composite(ctf_suppression *suppression, int64_t time, ctf_state state)
{
    if (suppression->composite == state)
        return;
    suppression->composite = state;
    suppression->pending = 1;
    if (suppression->suppressor == CTF_STATE_ALARM)
        return;
    suppression->extension_until = NOT_RUNNING;
    suppression->wait_until = end_of(time, suppression->wait);
}

void ctf_suppression_suppressor(ctf_suppression *suppression, int64_t time, ctf_state state)
{
    ctf_state before = suppression->suppressor;
    suppression->suppressor = state;
    if (before != CTF_STATE_ALARM && state == CTF_STATE_ALARM)
        suppression->wait_until = NOT_RUNNING;
    if (before == CTF_STATE_ALARM && state != CTF_STATE_ALARM)
        suppression->extension_until = end_of(time, suppression->extension);
}
