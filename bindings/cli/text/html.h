/* HTML as bytes in a blob. Markup is appended as it stands; everything else goes through here.
 *
 * A text comes out fit for element content, for attributes in double quotes and for SVG inside HTML, and
 * cannot lie to the eye: bytes that are no UTF-8 become U+FFFD, control characters their pictures (tab and
 * newline excepted, which stay), and what would reorder or hide its neighbours is spelled out, "[U+202E]". */
#ifndef CLI_HTML_H
#define CLI_HTML_H

#include <stddef.h>
#include <stdint.h>

#include <ctfilter/types.h>

#include "blob.h"

void html_text(blob *out, ctf_text text);
void html_words(blob *out, const char *text); /* a NUL-terminated string */

/* The beginning: at most `most` characters, with an ellipsis where more follow. */
void html_clip(blob *out, ctf_text text, size_t most);

void html_unsigned(blob *out, uint64_t value); /* digits alone */
void html_count(blob *out, uint64_t value);    /* 1,234,567 */

/* "1 event", "2 events". */
void html_plural(blob *out, uint64_t count, const char *one, const char *many);

/* All digits that tell the value from others; and about six of them. */
void html_double(blob *out, double value);
void html_double_short(blob *out, double value);

/* A coordinate with at most one decimal; what is no number is 0, what is far outside a page its edge. */
void html_coordinate(blob *out, double value);

/* UTC, to the minute unless there are seconds: "2026-01-15 10:05"; html_time inside its element. */
void html_moment(blob *out, int64_t time);
void html_time(blob *out, int64_t time);

/* "1 d 2 h 5 min"; times may stand in the wrong order, which is no duration. */
void html_duration(blob *out, int64_t from, int64_t to);

#endif
