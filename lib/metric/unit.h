/* The units that the service knows (spec: metrics-alarms 1.1). */
#ifndef CTFI_METRIC_UNIT_H
#define CTFI_METRIC_UNIT_H

#define CTFI_UNITS 27u

extern const char *const ctfi_units[CTFI_UNITS];

#endif
