/* When a sample is stamped and when it arrived, as one number in whose order points are kept: the step of the
 * resolution it is stamped in, then how many steps after the end of that one it arrived. */
#ifndef CTFI_METRIC_KEY_H
#define CTFI_METRIC_KEY_H

#include <ctfilter/metric.h>

#include "base/time.h"

#define CTFI_LATE_BITS 27
#define CTFI_LATE_MAX ((UINT64_C(1) << CTFI_LATE_BITS) - 1)
#define CTFI_STEP_BIAS (INT64_C(1) << 36) /* steps of 10 s within CTF_TIME_MAX fit in 37 bits */

/* The key of what is on time in a step; saturates. */
static inline uint64_t ctfi_key_of_step(int64_t step)
{
    if (step < -CTFI_STEP_BIAS)
        return 0;
    return step >= CTFI_STEP_BIAS ? UINT64_MAX : (uint64_t)(step + CTFI_STEP_BIAS) << CTFI_LATE_BITS;
}

static inline int64_t ctfi_key_step(uint64_t key)
{
    return (int64_t)(key >> CTFI_LATE_BITS) - CTFI_STEP_BIAS;
}

/* Steps between the end of the step and the arrival, rounded up; 0 is on time. */
static inline uint64_t ctfi_lateness(int64_t step, int64_t arrival, int64_t resolution)
{
    int64_t end = (step + 1) * resolution;
    if (arrival <= end)
        return 0;
    uint64_t delay = (uint64_t)arrival - (uint64_t)end, unit = (uint64_t)resolution;
    uint64_t late = delay / unit + (delay % unit != 0);
    return late < CTFI_LATE_MAX ? late : CTFI_LATE_MAX;
}

static inline uint64_t ctfi_key_of(int64_t timestamp, int64_t arrival, int64_t resolution)
{
    int64_t step = ctfi_floor_div(timestamp, resolution);
    return ctfi_key_of_step(step) | ctfi_lateness(step, arrival, resolution);
}

static inline int64_t ctfi_key_start(uint64_t key, int64_t resolution)
{
    return ctfi_key_step(key) * resolution;
}

/* When the samples became visible: the end of their step at the earliest. */
static inline int64_t ctfi_key_arrival(uint64_t key, int64_t resolution)
{
    return (ctfi_key_step(key) + 1 + (int64_t)(key & CTFI_LATE_MAX)) * resolution;
}

#endif
