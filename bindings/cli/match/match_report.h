/* What is printed for the messages of an input. */
#ifndef CLI_MATCH_REPORT_H
#define CLI_MATCH_REPORT_H

#include "match_worker.h"

/* At the start and the end of an input. */
void match_report_begin(match_worker *worker);
void match_report_end(match_worker *worker);

/* One message was looked at, with the patterns that match it: counts it and, where it is selected,
 * prints it. Returns whether more of the input is wanted. */
bool match_report_message(match_worker *worker, const match_message *message, const ctf_hits *hits);

#endif
