/* Reads a message as a machine with one bit of memory for each open bracket: iterative, so depth costs no
 * stack. Every function takes the place to read from and returns the place behind what it proved, or
 * NULL. */
#include "match/check.h"

#include "base/room.h"
#include "base/utf8.h"

typedef const unsigned char *place;

void ctfi_depth_free(ctfi_depth *depth)
{
    ctfi_resize(&depth->allocator, depth->bits, 0);
    depth->bits = NULL;
    depth->words = 0;
}

static place skip_blanks(place p, place end)
{
    while (p < end && ctfi_is_blank(*p))
        p++;
    return p;
}

static place read_digits(place p, place end)
{
    place start = p;
    while (p < end && ctfi_is_digit(*p))
        p++;
    return p == start ? NULL : p;
}

/* -?(0|[1-9]digits)(.digits)?([eE][+-]?digits)? */
static place read_number(place p, place end)
{
    p += *p == '-';
    if (p == end || !ctfi_is_digit(*p))
        return NULL;
    p = *p == '0' ? p + 1 : read_digits(p, end);
    if (p < end && *p == '.' && (p = read_digits(p + 1, end)) == NULL)
        return NULL;
    if (p < end && (*p == 'e' || *p == 'E')) {
        p++;
        p += p < end && (*p == '+' || *p == '-');
        return read_digits(p, end);
    }
    return p;
}

static place read_word(place p, place end, const char *word)
{
    size_t n = strlen(word);
    return (size_t)(end - p) >= n && memcmp(p, word, n) == 0 ? p + n : NULL;
}

/* Four hexadecimal digits; -1 when they are not. */
static int32_t read_hex4(place p, place end)
{
    int32_t value = 0;
    if (end - p < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        unsigned char c = p[i];
        int digit = ctfi_is_digit(c) ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* What follows "\u": a code unit, with its partner when it is the first of a surrogate pair. */
static place read_unicode(place p, place end)
{
    int32_t unit = read_hex4(p, end);
    if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF))
        return NULL;
    p += 4;
    if (unit < 0xD800 || unit > 0xDBFF)
        return p;
    if (end - p < 2 || p[0] != '\\' || p[1] != 'u')
        return NULL;
    int32_t partner = read_hex4(p + 2, end);
    return partner >= 0xDC00 && partner <= 0xDFFF ? p + 6 : NULL;
}

static place read_escape(place p, place end)
{
    if (p == end)
        return NULL;
    switch (*p) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        return p + 1;
    case 'u':
        return read_unicode(p + 1, end);
    default:
        return NULL;
    }
}

/* From behind the opening quote to behind the closing one. */
static place read_string(const ctfi_kernel *kernel, place p, place end)
{
    uint32_t point;
    for (;;) {
        p = kernel->plain_end(p, end);
        if (p == end || *p < 0x20)
            return NULL;
        if (*p == '"')
            return p + 1;
        if (*p == '\\') {
            if ((p = read_escape(p + 1, end)) == NULL)
                return NULL;
        } else {
            size_t n = ctfi_utf8_read(p, (size_t)(end - p), &point);
            if (n == 0)
                return NULL;
            p += n;
        }
    }
}

/* A string, number or word. */
static place read_scalar(const ctfi_kernel *kernel, place p, place end)
{
    switch (*p) {
    case '"':
        return read_string(kernel, p + 1, end);
    case 't':
        return read_word(p, end, "true");
    case 'f':
        return read_word(p, end, "false");
    case 'n':
        return read_word(p, end, "null");
    default:
        return read_number(p, end);
    }
}

/* A key and its colon; p stands at the quote. */
static place read_key(const ctfi_kernel *kernel, place p, place end)
{
    if (p == end || *p != '"' || (p = read_string(kernel, p + 1, end)) == NULL)
        return NULL;
    p = skip_blanks(p, end);
    return p < end && *p == ':' ? skip_blanks(p + 1, end) : NULL;
}

/* The open brackets, innermost last: 1 an object, 0 an array. */
typedef struct nesting {
    const ctfi_kernel *kernel;
    ctfi_depth *depth;
    size_t n;
    bool no_memory;
} nesting;

static bool in_object(const nesting *open)
{
    return (open->depth->bits[(open->n - 1) / 64] >> ((open->n - 1) % 64) & 1) != 0;
}

static bool push(nesting *open, bool object)
{
    ctfi_depth *depth = open->depth;
    void *bits = ctfi_room(&depth->allocator, depth->bits, &depth->words, open->n / 64 + 1, sizeof *depth->bits);
    if (bits == NULL) {
        open->no_memory = true;
        return false;
    }
    depth->bits = bits;
    uint64_t bit = UINT64_C(1) << (open->n % 64);
    uint64_t *word = &depth->bits[open->n / 64];
    *word = object ? *word | bit : *word & ~bit;
    open->n++;
    return true;
}

/* Opens the container at p and returns the place of its first value, or behind it when it is empty (it is
 * closed then). */
static place open_container(nesting *open, place p, place end, bool *closed)
{
    bool object = *p == '{';
    p = skip_blanks(p + 1, end);
    *closed = p < end && *p == (object ? '}' : ']');
    if (*closed)
        return p + 1;
    if (!push(open, object))
        return NULL;
    return object ? read_key(open->kernel, p, end) : p;
}

/* Behind a value: closes what ends here; then the place of the next value, or of what follows when
 * nothing is open any more. */
static place leave_value(nesting *open, place p, place end)
{
    while (open->n > 0) {
        p = skip_blanks(p, end);
        if (p == end)
            return NULL;
        bool object = in_object(open);
        if (*p == ',') {
            p = skip_blanks(p + 1, end);
            return object ? read_key(open->kernel, p, end) : p;
        }
        if (*p != (object ? '}' : ']'))
            return NULL;
        open->n--;
        p++;
    }
    return p;
}

/* The value that begins at p, whatever it holds. */
static place read_value(nesting *open, place p, place end)
{
    do {
        bool closed = true;
        if (p == end)
            return NULL;
        p = *p == '{' || *p == '[' ? open_container(open, p, end, &closed) : read_scalar(open->kernel, p, end);
        if (p != NULL && closed)
            p = leave_value(open, p, end);
    } while (p != NULL && open->n > 0);
    return p;
}

ctf_status ctfi_check_event(const ctfi_kernel *kernel, ctfi_depth *depth, ctfi_bytes message, bool *proved)
{
    nesting open = {kernel, depth, 0, false};
    *proved = false;
    if (message.length == 0)
        return CTF_OK;
    place end = message.data + message.length;
    place p = skip_blanks(message.data, end);
    if (p < end && *p == '{' && (p = read_value(&open, p, end)) != NULL)
        *proved = skip_blanks(p, end) == end;
    return open.no_memory ? CTF_E_NOMEM : CTF_OK;
}

bool ctfi_check_lone_surrogate(ctfi_bytes text)
{
    place p = text.data, end = p + text.length;
    while (p < end && (p = memchr(p, '\\', (size_t)(end - p))) != NULL) {
        place behind = read_escape(p + 1, end);
        if (behind == NULL)
            return true;
        p = behind;
    }
    return false;
}
