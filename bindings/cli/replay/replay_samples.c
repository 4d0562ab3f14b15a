#include "replay_samples.h"

#include "base/time.h"
#include "diag.h"

#define STEP 10000 /* ms; steps of both resolutions begin at its multiples */

void replay_samples_begin(replay_samples *samples, const ctf_metrics *metrics, const ctf_series_options *options)
{
    *samples = (replay_samples){.metrics = metrics};
    if (ctf_series_new(options, &samples->series) != CTF_OK)
        need_failed();
}

static ctf_status publish_missed(replay_samples *own)
{
    uint64_t n = own->n_missed;
    own->n_missed = 0;
    return n == 0 ? CTF_OK : ctf_metrics_record_misses(own->metrics, &own->missed, n, own->series);
}

/* Events that match nothing publish default values only: those that are seen from one step on are published at once. */
static ctf_status miss(replay_samples *own, const ctf_log_event *event)
{
    int64_t step = ctfi_floor_to(event->timestamp, STEP), seen = ctfi_floor_to(event->timestamp + STEP - 1, STEP);
    ctf_status status = CTF_OK;
    if (own->n_missed != 0 && (own->missed.timestamp != step || own->missed.arrival != seen))
        status = publish_missed(own);
    own->missed = (ctf_log_event){.timestamp = step, .arrival = seen};
    own->n_missed++;
    return status;
}

ctf_status replay_samples_add(replay_samples *samples, const ctf_scratch *scratch, const ctf_hits *hits,
                              const ctf_log_event *event)
{
    if (hits->n == 0 && event->arrival == CTF_ON_TIME)
        return miss(samples, event);
    return ctf_metrics_record(samples->metrics, scratch, hits, event, samples->series);
}

ctf_status replay_samples_end(replay_samples *samples, ctf_series *into)
{
    ctf_status status = publish_missed(samples);
    if (status == CTF_OK)
        status = ctf_series_merge(into, samples->series);
    if (status == CTF_E_NOMEM)
        need_failed();
    ctf_series_free(samples->series);
    return status;
}
