#include "detect.h"

#include <string.h>

#include "commands.h"

/* What is expected next. */
enum { START, ELEMENT, MEMBER, KEY, COLON, FIRST, VALUE, EVENTS_ELEMENT, EVENTS_KEY, BEHIND };

/* What a step found: go on, more bytes are needed, or a kind of commands.h. */
enum { GO_ON = -1, MORE = -2 };

typedef struct piece {
    const unsigned char *data;
    size_t length;
} piece;

size_t detect_mark(const unsigned char *data, size_t length)
{
    return length >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

/* The next byte that is no blank, or MORE. */
static int peek(detector *d, piece in)
{
    return skip_blanks(in.data, in.length, &d->at) ? in.data[d->at] : MORE;
}

static int open_object(detector *d)
{
    d->object = d->at++;
    d->stage = MEMBER;
    return GO_ON;
}

static int start(detector *d, piece in)
{
    if (d->at == 0 && in.length < 3 && in.length > 0 && in.data[0] == 0xef)
        return MORE;
    if (d->at == 0)
        d->at = detect_mark(in.data, in.length);
    int c = peek(d, in);
    if (c == '{')
        return open_object(d);
    if (c != '[')
        return c == MORE ? MORE : INPUT_LINES;
    d->at++;
    d->stage = ELEMENT;
    return GO_ON;
}

static int element(detector *d, piece in)
{
    int c = peek(d, in);
    if (c == '{') {
        d->in_array = true;
        return open_object(d);
    }
    if (c == MORE)
        return MORE;
    return c == ']' ? INPUT_ARRAY : INPUT_LINES;
}

static int member(detector *d, piece in)
{
    int c = peek(d, in);
    if (c == MORE)
        return MORE;
    if (c == '}') {
        d->at++;
        d->stage = BEHIND;
    } else if (c == ',') {
        d->at++;
    } else if (c == '"') {
        d->key = d->at;
        d->skip = (skip){0};
        d->stage = KEY;
    } else {
        return INPUT_LINES;
    }
    return GO_ON;
}

static int key(detector *d, piece in)
{
    if (!skip_value(&d->skip, in.data, in.length, &d->at))
        return MORE;
    d->key_end = d->at;
    d->stage = COLON;
    return GO_ON;
}

static bool is_key(const detector *d, piece in, const char *name)
{
    size_t n = strlen(name);
    return d->key_end - d->key == n + 2 && memcmp(in.data + d->key + 1, name, n) == 0;
}

/* What a member's key and the first byte of its value tell. */
static int judge(detector *d, piece in, int first)
{
    if (first == '[' && is_key(d, in, "Records"))
        return INPUT_CLOUDTRAIL;
    if ((first == '[' && is_key(d, in, "logEvents")) || (first == '{' && is_key(d, in, "awslogs")))
        return INPUT_SUBSCRIPTION;
    d->detail |= first == '{' && is_key(d, in, "detail");
    d->detail_type |= first == '"' && is_key(d, in, "detail-type");
    return d->detail && d->detail_type ? INPUT_EVENTBRIDGE : GO_ON;
}

static int colon(detector *d, piece in)
{
    int c = peek(d, in);
    if (c != ':')
        return c == MORE ? MORE : INPUT_LINES;
    d->at++;
    d->stage = FIRST;
    return GO_ON;
}

/* The first byte of a member's value. */
static int first(detector *d, piece in)
{
    int c = peek(d, in);
    if (c == MORE)
        return MORE;
    d->skip = (skip){0};
    d->stage = VALUE;
    if (c == '[' && is_key(d, in, "events")) {
        d->skip = (skip){.begun = true, .depth = 1};
        d->at++;
        d->stage = EVENTS_ELEMENT;
    }
    return judge(d, in, c);
}

/* The first element of "events": the answer of filter-log-events or get-log-events when it is an
 * object that begins as theirs do, in whatever order their keys are. */
static int events_element(detector *d, piece in)
{
    int c = peek(d, in);
    if (c == MORE)
        return MORE;
    if (c == ']')
        return INPUT_LOG_EVENTS;
    d->stage = VALUE;
    if (c == '{') {
        d->skip.depth++;
        d->at++;
        d->stage = EVENTS_KEY;
    }
    return GO_ON;
}

static int events_key(detector *d, piece in)
{
    static const char *const keys[] = {"\"message\"", "\"timestamp\"", "\"ingestionTime\"", "\"logStreamName\"",
                                       "\"eventId\""};
    if (peek(d, in) == MORE)
        return MORE;
    size_t left = in.length - d->at;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        size_t n = strlen(keys[i]);
        if (memcmp(in.data + d->at, keys[i], left < n ? left : n) == 0)
            return left < n ? MORE : INPUT_LOG_EVENTS;
    }
    d->stage = VALUE;
    return GO_ON;
}

static int value(detector *d, piece in)
{
    if (!skip_value(&d->skip, in.data, in.length, &d->at))
        return MORE;
    d->stage = MEMBER;
    return GO_ON;
}

static bool on_one_line(const detector *d, piece in)
{
    return memchr(in.data + d->object, '\n', d->at - d->object) == NULL;
}

/* Behind the first object, which is an event. Alone on its line it makes the input NDJSON; text behind
 * it makes it a line of text. */
static int behind(detector *d, piece in, bool final)
{
    if (d->in_array)
        return INPUT_ARRAY;
    if (!on_one_line(d, in))
        return INPUT_EVENT;
    size_t at = d->at;
    while (at < in.length && (in.data[at] == ' ' || in.data[at] == '\t' || in.data[at] == '\r'))
        at++;
    if (at == in.length)
        return final ? INPUT_NDJSON : MORE;
    if (in.data[at] == '\n')
        return INPUT_NDJSON;
    return in.data[at] == '{' ? INPUT_EVENT : INPUT_LINES;
}

static int step(detector *d, piece in, bool final)
{
    switch (d->stage) {
    case START:
        return start(d, in);
    case ELEMENT:
        return element(d, in);
    case MEMBER:
        return member(d, in);
    case KEY:
        return key(d, in);
    case COLON:
        return colon(d, in);
    case FIRST:
        return first(d, in);
    case VALUE:
        return value(d, in);
    case EVENTS_ELEMENT:
        return events_element(d, in);
    case EVENTS_KEY:
        return events_key(d, in);
    default:
        return behind(d, in, final);
    }
}

/* What an input is that ends before it is clear. An event cut short over several lines is one that its
 * reader will complain of; on a single line it may as well be text. */
static int cut_short(const detector *d, piece in)
{
    if (d->stage <= ELEMENT)
        return INPUT_LINES;
    if (d->in_array)
        return INPUT_ARRAY;
    return memchr(in.data + d->object, '\n', in.length - d->object) == NULL ? INPUT_LINES : INPUT_EVENT;
}

bool detect(detector *d, const unsigned char *data, size_t length, bool final, int *kind)
{
    piece in = {data, length};
    int found;
    do
        found = step(d, in, final);
    while (found == GO_ON);
    if (found == MORE && !final)
        return false;
    *kind = found == MORE ? cut_short(d, in) : found;
    return true;
}
