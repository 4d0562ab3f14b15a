/* What CloudTrail records say of themselves, read in the same pass as the metric filters.
 *
 * Behind a configuration's metric filters stands one more, whose values are the record's time, account and
 * region. It hardly ever matches, for a match costs a proof that the message is JSON and values are there
 * without (match.h); and it publishes nothing. */
#ifndef CLI_REPLAY_RECORD_H
#define CLI_REPLAY_RECORD_H

#include <ctfilter/metric.h>

#include "config.h"

/* Compiles the filters of a configuration and the one behind them; bare: without their default values. Returns NULL
 * after it has told the user. */
ctf_metrics *replay_record_compile(const cli_config *config);
ctf_metrics *replay_record_compile_bare(const cli_config *config);

/* Texts of the last message, empty where it has none. */
typedef struct replay_record {
    ctf_text time, account, region;
} replay_record;

/* Reads the values of the one behind the n filters, and takes it out of the hits should it be there. */
replay_record replay_record_read(const ctf_scratch *scratch, size_t n, ctf_hits *hits);

#endif
