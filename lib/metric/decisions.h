/* Limits of metric filters, and the decisions about samples and statistics that no evidence settles.
 *
 * Decisions ([open] in spec: metrics-alarms; each is made in one place only):
 *   numeric string     a JSON string that is a number counts as that number                       (1.2.8, D12)
 *   number             [+-]digits[.digits][exponent] and nothing around it                        (1.2.8)
 *   out of range       beyond +-2^360: nothing, not even the default                              (1.2.8)
 *   boolean, array, object   as value: nothing, not even the default                              (1.2, D11)
 *   $N                 beyond the fields of the message: missing                                  (1.2.8)
 *   default            for a missing value: without dimensions, system ones included              (1.2)
 *   dimension field    null, "", array, object: missing; number and boolean as their JSON text    (1.2.6, D13)
 *   a missing one      no dimensions at all, system ones included                                 (1.2.7, D19)
 *   unknown account    or region, where it is asked for: as a missing dimension field             (silent)
 *   a wildcard         in the selector of a dimension: refused, as in that of the value           (1.1)
 *   long dimension     a value of more than 255 characters: missing, for its series would be as
 *                      large as an attacker likes                                                 (silent)
 *   undeclared $name   and a selector beside a text or regex pattern: the filter is refused       (1.2.8)
 *   dimension twice    or with the name of a system one that is asked for: refused                (silent)
 *   percentile         nearest rank                                                               (3.2, D6)
 *   trimmed ranks      floor below, ceiling above                                                 (3.2, D7)
 *   winsorized, low    replaced by the lowest kept value                                          (3.2, D8)
 *   winsorized, value  bounds: each value is clamped into them, none is left out                  (3.2)
 *   nothing kept       TC, TS and PR are 0, TM and WM by percent have no datapoint                (3.2, D17)
 *   a negative value   makes percentile-type statistics unavailable in its period                 (3.3)
 *   an unusable set    likewise                                                                   (3.3)
 *   more than 100 %    is refused                                                                 (3.1, D16)
 *   mixed bounds       a percentage and a value: refused                                          (3.1)
 *   a range that       begins above its end: refused                                              (silent)
 *   units              part of a metric's identity                                                (2.2) */
#ifndef CTFI_METRIC_DECISIONS_H
#define CTFI_METRIC_DECISIONS_H

#define CTFI_MAX_FILTER_NAME 512u         /* characters [AWS-doc] */
#define CTFI_MAX_METRIC_NAME 255u         /* of a name, a namespace, a dimension's name and value [AWS-doc] */
#define CTFI_MAX_METRIC_VALUE 100u        /* characters [AWS-doc] */
#define CTFI_MAX_TRANSFORM_DIMENSIONS 3u  /* system ones included [AWS-recorded] */

#endif
