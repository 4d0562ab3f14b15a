/* What text reports share. */
#ifndef CLI_REPORT_WORDS_H
#define CLI_REPORT_WORDS_H

#include "blob.h"

#define REPORT_RED "\033[31m"
#define REPORT_GREEN "\033[32m"
#define REPORT_YELLOW "\033[33m"
#define REPORT_BOLD "\033[1m"
#define REPORT_PLAIN "\033[0m"

/* Appends anybody's text for a terminal: control and invisible characters and bytes that are no UTF-8 become
 * U+FFFD. */
void report_words_safe(blob *out, ctf_text text);

/* Appends formatted words; at most 1 KB of them. */
void report_words(blob *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends "1 file" or "3 files". */
void report_words_count(blob *out, uint64_t n, const char *noun);

#endif
