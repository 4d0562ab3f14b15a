/* The style of the HTML report: report.css as the build embeds it. */
#ifndef CLI_REPORT_STYLE_H
#define CLI_REPORT_STYLE_H

#include <stddef.h>

extern const unsigned char report_style[];
extern const size_t report_style_length;

/* Of a Content-Security-Policy that allows these bytes and no others: "sha256-..." */
extern const char report_style_hash[];

#endif
