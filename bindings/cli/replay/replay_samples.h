/* What one thread publishes under one configuration. */
#ifndef CLI_REPLAY_SAMPLES_H
#define CLI_REPLAY_SAMPLES_H

#include <ctfilter/metric.h>

typedef struct replay_samples {
    const ctf_metrics *metrics;
    ctf_series *series;
    ctf_log_event missed; /* the step in which the last events came that matched nothing, */
    uint64_t n_missed;    /* and how many they were, not published yet */
} replay_samples;

/* The metrics must live as long as the samples. */
void replay_samples_begin(replay_samples *samples, const ctf_metrics *metrics, const ctf_series_options *options);

/* Publishes what the last message of the scratch does (ctf_metrics_record). */
ctf_status replay_samples_add(replay_samples *samples, const ctf_scratch *scratch, const ctf_hits *hits,
                              const ctf_log_event *event);

/* Hands all over to a series. */
ctf_status replay_samples_end(replay_samples *samples, ctf_series *into);

#endif
