/* The door for those who know a metric's identity already: no checking, no hashing a sample. */
#ifndef CTFI_METRIC_RECORD_H
#define CTFI_METRIC_RECORD_H

#include "metric/identity.h"

/* ctf_series_add of one sample; the identity is complete, its hash set. */
ctf_status ctfi_series_record(ctf_series *series, const ctfi_identity *identity, int64_t timestamp, int64_t arrival,
                              double value);

/* Counts a match without a usable value. */
ctf_status ctfi_series_skip(ctf_series *series);

#endif
