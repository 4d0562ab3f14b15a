/* What the service checks of any request's members, in its words (spec: metrics-alarms 1.1, 7): "1
 * validation error detected: Value 'X' at 'alarmName' failed to satisfy constraint: ...".
 *
 * `member` is the name as the interface spells it (AlarmName, metricName); in its texts the service begins
 * it with a small letter. Each function answers CTF_OK, or CTF_E_ARGUMENT with kind CTF_ERROR_VALIDATION. */
#ifndef CTFI_METRIC_CONSTRAINT_H
#define CTFI_METRIC_CONSTRAINT_H

#include "base/error.h"
#include "base/show.h"

/* Between `least` and `most` characters (code points), and well-formed UTF-8. */
ctf_status ctfi_check_length(const char *member, ctf_text value, size_t least, size_t most, ctf_error *error);

/* At most `most` elements. */
ctf_status ctfi_check_count(const char *member, size_t count, size_t most, ctf_error *error);

/* At least `least`. */
ctf_status ctfi_check_minimum(const char *member, int64_t value, int64_t least, ctf_error *error);

/* One of `n` words, exactly; *index says which. */
ctf_status ctfi_check_choice(const char *member, ctf_text value, const char *const *choices, size_t n,
                             size_t *index, ctf_error *error);

/* Refuses a member that must be there and is not. */
ctf_status ctfi_refuse_missing(const char *member, ctf_error *error);

/* Refuses with other words; service may be NULL. */
ctf_status ctfi_refuse_request(ctf_error *error, const char *service, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A text of the request as messages show it, cut when it is long (base/show.h). */
typedef struct ctfi_excerpt {
    char text[80];
} ctfi_excerpt;
ctfi_excerpt ctfi_excerpt_of(ctf_text text);

/* A text of the service that quotes one of the request. */
ctfi_said ctfi_quote_text(const char *before, ctf_text value, const char *after);

#endif
