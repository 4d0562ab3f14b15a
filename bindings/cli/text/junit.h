/* JUnit's XML, as test runners and their dashboards read it. Texts may hold anything: what XML cannot say becomes
 * U+FFFD. */
#ifndef CLI_JUNIT_H
#define CLI_JUNIT_H

#include <stddef.h>

#include <ctfilter/types.h>

#include "blob.h"

/* The document, within it suites, within these cases, within these failures. */
void junit_begin(blob *out);
void junit_end(blob *out);
void junit_suite_begin(blob *out, ctf_text name, size_t tests, size_t failures, size_t errors);
void junit_suite_end(blob *out);
void junit_case_begin(blob *out, ctf_text class_name, ctf_text name);
void junit_case_end(blob *out);

/* What failed in the case: a word for its kind, a line, and all there is to say. */
void junit_failure(blob *out, const char *type, const char *message, ctf_text body);

/* The case could not be run. */
void junit_error(blob *out, const char *message);

#endif
