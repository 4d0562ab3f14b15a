/* When an alarm runs, what it sees then, and when that is too little for a percentile. */
#include <ctfilter/alarm.h>

#include "alarm/decisions.h"
#include "base/time.h"

#define SECOND INT64_C(1000)
#define WHOLE UINT64_C(1000000000000) /* 100 % in units of 1e-10 % */
#define LOW_SAMPLES UINT64_C(10)

uint32_t ctf_alarm_range(const ctf_alarm *alarm)
{
    if (alarm == NULL || alarm->period == 0)
        return 0;
    uint32_t extra = (CTFI_EXTRA_SECONDS + alarm->period - 1) / alarm->period;
    return alarm->evaluation_periods + (extra > CTFI_EXTRA_SLOTS ? extra : CTFI_EXTRA_SLOTS);
}

int64_t ctf_alarm_tick(const ctf_alarm *alarm)
{
    if (alarm != NULL && (int64_t)alarm->evaluation_periods * alarm->period > CTFI_DAY)
        return 3600 * SECOND;
    return (alarm != NULL && alarm->period < 60 ? 10 : 60) * SECOND;
}

int64_t ctf_alarm_window_end(const ctf_alarm *alarm, int64_t now)
{
    return ctfi_floor_to(now, ctf_alarm_tick(alarm));
}

/* samples < 10 / share, with the smaller of p and 1 - p as the share, in integers. */
int ctf_statistic_is_low(const ctf_statistic *statistic, uint64_t sample_count)
{
    uint64_t p = statistic == NULL ? 0 : statistic->high_percent;
    if (p == 0 || p >= WHOLE || statistic->type != CTF_PERCENTILE)
        return 0;
    uint64_t share = p < WHOLE / 2 ? p : WHOLE - p;
    return sample_count < (LOW_SAMPLES * WHOLE + share - 1) / share;
}
