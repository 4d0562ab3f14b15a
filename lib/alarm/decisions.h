/* Decisions about alarms that no evidence settles ([open] in spec: metrics-alarms), each made in one place.
 *
 *   range             N + max(2, ceil(300 / period)) slots, high-resolution periods too            (4.3, D1)
 *   window end        the tick at or before the evaluation, not a minute or two earlier             (4.2, D2)
 *   too young         INSUFFICIENT_DATA, or kept under ignore                                       (5.4, D3)
 *   healthy point     any in the evaluated set switches the premature rule off                      (5.4, D4)
 *   b >= M            is ALARM under missing and ignore with fewer than N points                    (5.3, D5)
 *   low samples       of any deciding point keep the state; p0 and p100 are never low               (3.4, D18)
 *   low-sample option is refused with tm, wm, tc, ts, PR and IQM as with the plain statistics       (7)
 *   list of points    inline up to four, in its own sentence from five                              (6.1)
 *   that sentence     says "crossed the threshold" for OK too                                       (6.1)
 *   a fill clause     stands before the sentence of the list                                        (6.1)
 *   unknown points    N less the real ones: a verdict that is too young names fewer than N          (6.1)
 *   kept state        has no new reason                                                             (6.1)
 *   reason data       drops the oldest points of its lists to stay within its limit                 (6.2)
 *   deciding points   the newest that argue for the state, and the newest missing ones where fill
 *                     had to help                                                                   (6.2)
 *   threshold         of an evaluated datapoint is the bound it was judged by: with both, the lower
 *                     for a value below it, else the upper                                          (6.2)
 *   history data      drops reason data, the old state's first, to stay within its limit            (6.3)
 *   AWS/DynamoDB      ignores missing data where nothing is said; what is said is done            (5.5)
 *   characters        count code points                                                             (7)
 *   enumerations      are matched exactly, treat missing data too                                   (7)
 *   Metrics           not one element that returns data besides the band: "Exactly one element of the metrics
 *                     list should return data."; an empty list, an Id that is missing, malformed or repeated,
 *                     neither MetricStat nor Expression: "Invalid metrics list"; both have a text of their own,
 *                     which was observed, as has a metric's member beside the list; more than ten of a kind and a
 *                     ThresholdMetricId that is no Id are refused without one                       (5.8, 7)
 *   Metrics' periods  are not looked at: N is bounded as with the shortest, 10 s, and the low-sample option
 *                     is accepted                                                                  (silent)
 *   ThresholdMetricId beside a static comparison is refused; a Threshold beside a band is ignored   (silent) */
#ifndef CTFI_ALARM_DECISIONS_H
#define CTFI_ALARM_DECISIONS_H

#include <stdint.h>

#define CTFI_EXTRA_SLOTS 2u     /* of the range, at least */
#define CTFI_EXTRA_SECONDS 300u /* of the range, at least */
#define CTFI_DAY INT64_C(86400)
#define CTFI_INLINE_POINTS 4u   /* that a reason lists within its sentence */
#define CTFI_LISTED_POINTS 5u   /* that the long form lists */

#endif
