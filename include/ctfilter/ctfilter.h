/* libctfilter: CloudWatch Logs filter patterns over CloudTrail events. This header includes all others. */
#ifndef CTFILTER_CTFILTER_H
#define CTFILTER_CTFILTER_H

#include <ctfilter/alarm.h>
#include <ctfilter/check.h>
#include <ctfilter/composite.h>
#include <ctfilter/error.h>
#include <ctfilter/explain.h>
#include <ctfilter/filter.h>
#include <ctfilter/match.h>
#include <ctfilter/metric.h>
#include <ctfilter/prove.h>
#include <ctfilter/replay.h>
#include <ctfilter/scan.h>
#include <ctfilter/types.h>

#endif
