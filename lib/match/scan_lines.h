/* The lines of a buffer through the probe: see scan_lines.c. */
#ifndef CTFI_MATCH_SCAN_LINES_H
#define CTFI_MATCH_SCAN_LINES_H

#include "match/probe.h"
#include "match/report.h"

/* Matches the lines that the prober lets pass and reports them; the others count as messages too. The frame is
 * fresh, of CTF_FRAME_LINES; the prober has needles. Statuses and error as ctf_scan's. */
ctf_status ctfi_scan_lines(ctfi_report *report, ctfi_framer *frame, ctfi_prober *prober, ctfi_bytes buffer,
                           ctf_error *error);

#endif
