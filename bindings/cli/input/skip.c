#include "skip.h"

static bool blank(unsigned char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static bool ends_scalar(unsigned char c)
{
    return blank(c) || c == ',' || c == ':' || c == '"' || c == '{' || c == '}' || c == '[' || c == ']';
}

/* Through the rest of a string; true behind its closing quote. */
static bool string_end(skip *s, const unsigned char *data, size_t length, size_t *at)
{
    size_t i = *at;
    for (; i < length; i++) {
        if (s->escape)
            s->escape = false;
        else if (data[i] == '\\')
            s->escape = true;
        else if (data[i] == '"')
            break;
    }
    s->string = i == length;
    *at = i + !s->string;
    return !s->string;
}

static bool scalar_end(const skip *s, const unsigned char *data, size_t length, size_t *at)
{
    while (*at < length && !(s->to_blank ? blank(data[*at]) : ends_scalar(data[*at])))
        ++*at;
    return *at < length;
}

/* Through brackets and strings until the depth is zero again. A backslash has no place outside strings, but
 * where there is one it hides a quote, as the library has it. */
static bool bracket_end(skip *s, const unsigned char *data, size_t length, size_t *at)
{
    while (*at < length) {
        unsigned char c = data[(*at)++];
        bool hidden = s->escape;
        s->escape = c == '\\' && !hidden;
        if (c == '"' && !hidden) {
            s->string = true;
            if (!string_end(s, data, length, at))
                return false;
        } else if (c == '{' || c == '[') {
            s->depth++;
        } else if ((c == '}' || c == ']') && --s->depth == 0) {
            return true;
        }
    }
    return false;
}

/* Takes the first byte. Returns true when it is a value by itself. */
static bool begin(skip *s, unsigned char c)
{
    s->begun = true;
    s->string = c == '"';
    s->depth = c == '{' || c == '[';
    s->scalar = !s->string && s->depth == 0 && (s->to_blank || !ends_scalar(c));
    return !s->string && s->depth == 0 && !s->scalar;
}

bool skip_value(skip *s, const unsigned char *data, size_t length, size_t *at)
{
    if (*at == length)
        return false;
    if (!s->begun) {
        if (begin(s, data[(*at)++]))
            return true;
    }
    if (s->scalar)
        return scalar_end(s, data, length, at);
    if (s->string && !string_end(s, data, length, at))
        return false;
    return s->depth == 0 || bracket_end(s, data, length, at);
}

bool skip_blanks(const unsigned char *data, size_t length, size_t *at)
{
    while (*at < length && blank(data[*at]))
        ++*at;
    return *at < length;
}

void values_find(values *v, const unsigned char *data, size_t length)
{
    for (;;) {
        if (!v->skip.begun && !skip_blanks(data, length, &v->at))
            break;
        if (!skip_value(&v->skip, data, length, &v->at))
            return;
        v->skip = (skip){.to_blank = v->skip.to_blank};
        v->complete = v->at;
    }
    v->complete = v->at;
}
