#include "svg.h"

#include "html.h"

static void put_attribute(blob *out, const char *name, double value)
{
    blob_append_byte(out, ' ');
    blob_append_words(out, name);
    blob_append_words(out, "=\"");
    html_coordinate(out, value);
    blob_append_byte(out, '"');
}

void svg_rect(blob *out, const char *class, double x, double y, double width, double height)
{
    blob_append_words(out, "<rect class=\"");
    blob_append_words(out, class);
    blob_append_byte(out, '"');
    put_attribute(out, "x", x);
    put_attribute(out, "y", y);
    put_attribute(out, "width", width);
    put_attribute(out, "height", height);
    blob_append_words(out, "/>");
}

void svg_label(blob *out, const char *class, double x, double y, const char *anchor)
{
    blob_append_words(out, "<text class=\"");
    blob_append_words(out, class);
    blob_append_byte(out, '"');
    put_attribute(out, "x", x);
    put_attribute(out, "y", y);
    blob_append_words(out, " text-anchor=\"");
    blob_append_words(out, anchor);
    blob_append_words(out, "\">");
}

void svg_words(blob *out, const char *class, double x, double y, const char *anchor, const char *words)
{
    svg_label(out, class, x, y, anchor);
    html_words(out, words);
    blob_append_words(out, "</text>\n");
}
