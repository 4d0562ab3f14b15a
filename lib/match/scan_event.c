/* The scan reader: walks the selectors in use over a message in one piece and passes over the rest by its
 * brackets and quotes. It proves nothing: where the text is no JSON it stops, and the check will refuse
 * the message. */
#include "base/room.h"
#include "match/match.h"
#include "match/scratch.h"
#include "match/unescape.h"

typedef const unsigned char *place;

typedef struct reader {
    ctf_scratch *scratch;
    const ctfi_kernel *kernel;
    ctfi_walk *walk;
    place end;
    size_t depth; /* containers open in the walk */
} reader;

static place skip_blanks(place p, place end)
{
    while (p < end && ctfi_is_blank(*p))
        p++;
    return p;
}

/* From behind an opening quote to the closing one, or NULL; *escaped when a backslash lies between. */
static place closing_quote(const reader *r, place p, bool *escaped)
{
    *escaped = false;
    for (;;) {
        p = r->kernel->string_stop(p, r->end);
        if (p == r->end)
            return NULL;
        if (*p == '"')
            return p;
        *escaped = true;
        if (r->end - p < 2)
            return NULL;
        p += 2;
    }
}

/* The characters between the quotes: those of the message where nothing is escaped. */
static ctfi_bytes string_text(reader *r, place start, place quote, bool escaped)
{
    ctfi_bytes raw = {start, (size_t)(quote - start)};
    if (!escaped)
        return raw;
    ctf_scratch *scratch = r->scratch;
    void *room = ctfi_room(&scratch->allocator, scratch->decoded, &scratch->decoded_capacity, raw.length, 1);
    if (room == NULL) {
        r->walk->status = CTF_E_NOMEM;
        return raw;
    }
    scratch->decoded = room;
    ctfi_bytes decoded = {scratch->decoded, ctfi_unescape(raw, scratch->decoded)};
    return decoded;
}

/* Behind a number or word. */
static place scalar_end(place p, place end)
{
    while (p < end && *p != ',' && *p != '}' && *p != ']' && !ctfi_is_blank(*p))
        p++;
    return p;
}

static place pass_over(const reader *r, place p)
{
    if (*p == '"') {
        bool escaped;
        place quote = closing_quote(r, p + 1, &escaped);
        return quote == NULL ? NULL : quote + 1;
    }
    if (*p != '{' && *p != '[')
        return scalar_end(p, r->end);
    ctfi_skip inside = {.depth = 1};
    return r->kernel->skip_brackets(&inside, p + 1, r->end);
}

static place tell_string(reader *r, place p)
{
    bool escaped;
    place quote = closing_quote(r, p + 1, &escaped);
    if (quote == NULL)
        return NULL;
    ctfi_walk_string(r->walk, string_text(r, p + 1, quote, escaped), !escaped);
    return quote + 1;
}

static place tell_scalar(reader *r, place p)
{
    place end = scalar_end(p, r->end);
    ctfi_bytes text = {p, (size_t)(end - p)};
    if (*p == '-' || ctfi_is_digit(*p))
        ctfi_walk_number(r->walk, text, true);
    else
        ctfi_walk_word(r->walk, *p == 't' ? CTFI_TRUE : *p == 'f' ? CTFI_FALSE : CTFI_NULL);
    return end;
}

/* Tells a value of interest; an opened container is left open, the place is then behind its bracket. */
static place tell_value(reader *r, place p)
{
    if (*p == '"')
        return tell_string(r, p);
    if (*p != '{' && *p != '[')
        return tell_scalar(r, p);
    if (!ctfi_walk_open(r->walk, *p == '{' ? CTFI_OBJECT : CTFI_ARRAY))
        return pass_over(r, p);
    r->depth++;
    return p + 1;
}

/* Reads a key and its colon; *wanted says whether its value is of interest. */
static place read_key(reader *r, place p, bool *wanted)
{
    bool escaped;
    if (*p != '"')
        return NULL;
    place quote = closing_quote(r, p + 1, &escaped);
    if (quote == NULL)
        return NULL;
    *wanted = ctfi_walk_key(r->walk, string_text(r, p + 1, quote, escaped), !escaped);
    p = skip_blanks(quote + 1, r->end);
    return p < r->end && *p == ':' ? skip_blanks(p + 1, r->end) : NULL;
}

/* The next thing in the innermost open container: a member, an element, or its end. */
static place read_next(reader *r, place p)
{
    bool wanted;
    if (*p == '}' || *p == ']') {
        ctfi_walk_close(r->walk);
        r->depth--;
        return p + 1;
    }
    if (ctfi_walk_container(r->walk) == CTFI_OBJECT)
        p = read_key(r, p, &wanted);
    else
        wanted = ctfi_walk_element(r->walk);
    if (p == NULL || p == r->end)
        return NULL;
    return wanted ? tell_value(r, p) : pass_over(r, p);
}

/* One pass over the event whose first bracket is at p. */
static void read_event(reader *r, place p)
{
    ctfi_walk_begin(r->walk);
    r->depth = ctfi_walk_open(r->walk, CTFI_OBJECT) ? 1 : 0;
    p++;
    while (r->depth > 0) {
        p = skip_blanks(p, r->end);
        if (p < r->end && *p == ',')
            p = skip_blanks(p + 1, r->end);
        if (p == r->end || (p = read_next(r, p)) == NULL)
            return;
    }
}

ctf_status ctfi_scan_event(ctf_scratch *scratch, ctfi_bytes message)
{
    if (message.length == 0)
        return CTF_OK;
    reader r = {scratch, scratch->tester.kernel, &scratch->walk, message.data + message.length, 0};
    place start = skip_blanks(message.data, r.end);
    bool again = true;
    ctf_status status = CTF_OK;
    while (again && status == CTF_OK && start < r.end && *start == '{') {
        read_event(&r, start);
        status = ctfi_walk_end(r.walk, &again);
    }
    return status;
}
