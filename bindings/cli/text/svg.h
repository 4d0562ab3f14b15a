/* Elements of an SVG drawing. Classes and anchors are words of ours; coordinates are made fit. */
#ifndef CLI_SVG_H
#define CLI_SVG_H

#include "blob.h"

void svg_rect(blob *out, const char *class, double x, double y, double width, double height);

/* Opens a text, whose end is "</text>"; anchor is "start", "middle" or "end". */
void svg_label(blob *out, const char *class, double x, double y, const char *anchor);

/* A whole one. */
void svg_words(blob *out, const char *class, double x, double y, const char *anchor, const char *words);

#endif
