/* Lists side by side, both in the order of time. */
#include <math.h>
#include <string.h>

#include "replay_model.h"
#include "replay_time.h"
#include "replay_words.h"
#include "report_words.h"
#include "suite_replay.h"

#define LINES 200 /* shown of a list */

typedef struct diff {
    blob *out;
    size_t lines;
    bool actions;
    bool differs;
} diff;

/* Begins a line; false where there are enough. */
static bool begin(diff *d, char mark, int64_t time)
{
    d->differs = d->differs || mark != ' ';
    if (d->lines++ >= LINES) {
        if (d->lines == LINES + 1)
            blob_append_words(d->out, "  ...\n");
        return false;
    }
    blob_append_byte(d->out, mark);
    blob_append_byte(d->out, ' ');
    replay_time_append(d->out, time);
    return true;
}

/* ---- changes of state ---- */

static void states(diff *d, const char *from, ctf_state to)
{
    report_words(d->out, "  %s%s%s", d->actions ? "" : from, d->actions ? "" : " -> ", ctf_state_name(to));
}

static void reason(diff *d, const char *before, ctf_text text)
{
    if (text.length == 0)
        return;
    blob_append_words(d->out, before);
    report_words_safe(d->out, text);
}

static void expected_line(diff *d, const suite_change *c)
{
    if (!begin(d, '-', c->time))
        return;
    states(d, c->has_from ? ctf_state_name(c->from) : "...", c->to);
    reason(d, "  ", c->reason);
    reason(d, "  ... ", c->part);
    blob_append_words(d->out, c->part.length > 0 ? " ...\n" : "\n");
}

/* What is there is told with its reason, ours too, where it is not what is expected. */
static void got_line(diff *d, const replay_transition *t, bool agrees)
{
    if (!begin(d, agrees ? ' ' : '+', t->time))
        return;
    states(d, ctf_state_name(t->from), t->to);
    if (!agrees && !d->actions) {
        reason(d, "  ", (ctf_text){t->reason, strlen(t->reason)});
        reason(d, "\n    ", (ctf_text){t->decision, strlen(t->decision)});
    }
    blob_append_words(d->out, "\n");
}

static bool has_part(const char *text, ctf_text part)
{
    size_t n = strlen(text);
    for (size_t i = 0; i + part.length <= n; i++)
        if (memcmp(text + i, part.data, part.length) == 0)
            return true;
    return false;
}

static bool agree(const suite_change *c, const replay_transition *t)
{
    bool reasons = c->reason.length == 0 || text_is(c->reason, t->reason);
    bool parts = c->part.length == 0 || has_part(t->reason, c->part);
    return c->time == t->time && c->to == t->to && (!c->has_from || c->from == t->from) && reasons && parts;
}

bool suite_diff(const suite_changes *expected, const replay_transition *got, size_t n, bool actions, blob *out)
{
    diff d = {.out = out, .actions = actions};
    size_t e = 0, g = 0;
    while (e < expected->n || g < n) {
        bool both = e < expected->n && g < n && agree(&expected->list[e], &got[g]);
        if (both)
            got_line(&d, &got[g++], true), e++;
        else if (g == n || (e < expected->n && expected->list[e].time <= got[g].time))
            expected_line(&d, &expected->list[e++]);
        else
            got_line(&d, &got[g++], false);
    }
    return !d.differs;
}

/* ---- values ---- */

static void value_line(diff *d, char mark, int64_t time, double value)
{
    if (!begin(d, mark, time))
        return;
    blob_append_words(d->out, "  ");
    replay_words_number(value, d->out);
    blob_append_words(d->out, "\n");
}

/* Equal up to what is lost where decimals are added. */
static bool is_close(double a, double b)
{
    double larger = fabs(a) > fabs(b) ? fabs(a) : fabs(b);
    return a == b || fabs(a - b) <= 1e-9 * larger || (isnan(a) && isnan(b));
}

bool suite_diff_values(const suite_values *expected, const double *got, blob *out)
{
    diff d = {.out = out};
    for (size_t i = 0; i < expected->n; i++) {
        int64_t time = expected->start + (int64_t)i * expected->period;
        if (is_close(expected->values[i], got[i]))
            continue;
        d.differs = true;
        if (!isnan(expected->values[i]))
            value_line(&d, '-', time, expected->values[i]);
        if (!isnan(got[i]))
            value_line(&d, '+', time, got[i]);
    }
    return !d.differs;
}
