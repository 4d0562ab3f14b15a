/* A reader with the open containers as its stack, so that depth costs no recursion. */
#include "reason/json.h"

#include "base/utf8.h"
#include "match/unescape.h"
#include "program/list.h"

typedef struct reader {
    ctfi_job *job;
    ctfi_bytes message;
    size_t at;
    ctfi_value *open; /* the innermost container that is not closed */
    ctfi_value *root;
    ctfi_json_fault *fault;
} reader;

static bool refuse(reader *r, size_t offset, const char *words)
{
    *r->fault = (ctfi_json_fault){words, offset};
    return false;
}

static bool at_end(const reader *r)
{
    return r->at == r->message.length;
}

static unsigned char here(const reader *r)
{
    return at_end(r) ? 0 : r->message.data[r->at];
}

static void skip_blanks(reader *r)
{
    while (!at_end(r) && ctfi_is_blank(here(r)))
        r->at++;
}

static int hex_digit(unsigned char c)
{
    if (ctfi_is_digit(c))
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The unit of four hexadecimal digits, which it passes; -1 where they are not. */
static int32_t read_unit(reader *r)
{
    int32_t unit = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(here(r));
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
        r->at++;
    }
    return unit;
}

/* What follows \u; a surrogate needs its partner. */
static bool read_unicode(reader *r, size_t start)
{
    int32_t unit = read_unit(r);
    if (unit < 0)
        return refuse(r, start, "\\u needs four hexadecimal digits");
    if (unit < 0xD800 || unit > 0xDFFF)
        return true;
    bool paired = unit < 0xDC00 && here(r) == '\\' && r->at + 1 < r->message.length &&
                  r->message.data[r->at + 1] == 'u';
    r->at += paired ? 2 : 0;
    int32_t partner = paired ? read_unit(r) : -1;
    return (partner >= 0xDC00 && partner <= 0xDFFF) || refuse(r, start, "half of a surrogate pair");
}

static bool read_escape(reader *r)
{
    size_t start = r->at++;
    unsigned char c = here(r);
    if (at_end(r) || c == 0 || strchr("\"\\/bfnrtu", c) == NULL)
        return refuse(r, start, "an escape that JSON does not have");
    r->at++;
    return c != 'u' || read_unicode(r, start);
}

static bool read_character(reader *r)
{
    uint32_t point;
    size_t n = ctfi_utf8_read(r->message.data + r->at, r->message.length - r->at, &point);
    if (n == 0)
        return refuse(r, r->at, "bytes that are no UTF-8");
    if (point < 0x20)
        return refuse(r, r->at, "a control character that a string may hold as an escape only");
    r->at += n;
    return true;
}

/* A string from its opening quote on; *text gets its characters. */
static bool read_string(reader *r, ctfi_bytes *text)
{
    size_t start = r->at++;
    while (!at_end(r) && here(r) != '"')
        if (!(here(r) == '\\' ? read_escape(r) : read_character(r)))
            return false;
    if (at_end(r))
        return refuse(r, start, "a string that is never closed");
    ctfi_bytes raw = {r->message.data + start + 1, r->at++ - start - 1};
    *text = raw;
    if (raw.length == 0 || memchr(raw.data, '\\', raw.length) == NULL)
        return true;
    unsigned char *decoded = ctfi_job_alloc(r->job, raw.length, 1);
    *text = (ctfi_bytes){decoded, ctfi_unescape(raw, decoded)};
    return true;
}

static bool pass_digits(reader *r)
{
    size_t start = r->at;
    while (ctfi_is_digit(here(r)))
        r->at++;
    return r->at > start;
}

static bool pass_exponent(reader *r)
{
    if (here(r) != 'e' && here(r) != 'E')
        return true;
    r->at++;
    if (here(r) == '+' || here(r) == '-')
        r->at++;
    return pass_digits(r);
}

static bool read_number(reader *r)
{
    size_t start = r->at;
    if (here(r) == '-')
        r->at++;
    size_t whole = r->at;
    bool good = pass_digits(r) && (r->message.data[whole] != '0' || r->at == whole + 1);
    if (good && here(r) == '.') {
        r->at++;
        good = pass_digits(r);
    }
    return (good && pass_exponent(r)) || refuse(r, start, "neither a value of JSON nor a number as JSON writes it");
}

static bool is_word(const reader *r, const char *word)
{
    size_t n = strlen(word);
    return r->message.length - r->at >= n && memcmp(r->message.data + r->at, word, n) == 0;
}

static bool read_word(reader *r, ctfi_value *value, const char *word, ctf_value_type type)
{
    if (!is_word(r, word))
        return refuse(r, r->at, "no value of JSON");
    r->at += strlen(word);
    value->type = type;
    value->truth = word[0] == 't';
    return true;
}

/* Appends a value to the open container. */
static ctfi_value *append(reader *r, ctfi_bytes key)
{
    ctfi_value *value = ctfi_job_zero(r->job, 1, sizeof *value);
    ctfi_value *parent = r->open;
    value->key = key;
    value->parent = parent;
    if (parent == NULL) {
        r->root = value;
        return value;
    }
    value->depth = parent->depth + 1;
    value->index = parent->n < UINT32_MAX ? (uint32_t)parent->n : UINT32_MAX;
    parent->n++;
    if (parent->last != NULL)
        parent->last->next = value;
    else
        parent->first = value;
    parent->last = value;
    return value;
}

static bool read_scalar(reader *r, ctfi_value *value)
{
    switch (here(r)) {
    case '"':
        value->type = CTF_VALUE_STRING;
        return read_string(r, &value->text);
    case 't':
        return read_word(r, value, "true", CTF_VALUE_BOOLEAN);
    case 'f':
        return read_word(r, value, "false", CTF_VALUE_BOOLEAN);
    case 'n':
        return read_word(r, value, "null", CTF_VALUE_NULL);
    default:
        value->type = CTF_VALUE_NUMBER;
        return read_number(r);
    }
}

/* A scalar, or the opening bracket of a container, which is open then. */
static bool read_value(reader *r, ctfi_bytes key)
{
    size_t start = r->at;
    unsigned char c = here(r);
    if (at_end(r))
        return refuse(r, start, "its end where a value is due");
    ctfi_value *value = append(r, key);
    value->source = (ctfi_bytes){r->message.data + start, 1};
    if (c == '{' || c == '[') {
        value->type = c == '{' ? CTF_VALUE_OBJECT : CTF_VALUE_ARRAY;
        r->open = value;
        r->at++;
        return true;
    }
    if (!read_scalar(r, value))
        return false;
    value->source.length = r->at - start;
    if (value->type != CTF_VALUE_STRING)
        value->text = value->source;
    return true;
}

static int by_key(const void *a, const void *b)
{
    ctfi_bytes one = (*(ctfi_value *const *)a)->key, other = (*(ctfi_value *const *)b)->key;
    size_t n = one.length < other.length ? one.length : other.length;
    int order = n == 0 ? 0 : memcmp(one.data, other.data, n);
    return order != 0 ? order : (one.length > other.length) - (one.length < other.length);
}

/* Marks all but the last of the members with one key. */
static void mark_replaced(reader *r, const ctfi_value *object)
{
    ctfi_value **members = ctfi_job_alloc(r->job, object->n, sizeof *members);
    size_t n = 0;
    for (ctfi_value *member = object->first; member != NULL; member = member->next)
        members[n++] = member;
    ctfi_sort(r->job, members, n, sizeof *members, by_key);
    for (size_t i = 1; i < n; i++)
        members[i - 1]->replaced = ctfi_bytes_equal(members[i - 1]->key, members[i]->key);
}

static void close_container(reader *r)
{
    ctfi_value *value = r->open;
    r->at++;
    value->source.length = (size_t)(r->message.data + r->at - value->source.data);
    value->text = value->source;
    if (value->type == CTF_VALUE_OBJECT && value->n > 1)
        mark_replaced(r, value);
    r->open = value->parent;
}

/* An element, or a key, its colon and value. */
static bool read_child(reader *r)
{
    ctfi_bytes key = {NULL, 0};
    skip_blanks(r);
    if (r->open->type == CTF_VALUE_OBJECT) {
        if (here(r) != '"')
            return refuse(r, r->at, "no quoted key where one is due");
        if (!read_string(r, &key))
            return false;
        skip_blanks(r);
        if (here(r) != ':')
            return refuse(r, r->at, "no colon behind a key");
        r->at++;
        skip_blanks(r);
    }
    return read_value(r, key);
}

static unsigned char closer_of(const ctfi_value *container)
{
    return container->type == CTF_VALUE_OBJECT ? '}' : ']';
}

/* Behind a child, or behind an opening bracket: goes on with the next child or closes. */
static bool read_on(reader *r)
{
    bool first = r->open->n == 0;
    skip_blanks(r);
    if (here(r) == closer_of(r->open)) {
        close_container(r);
        return true;
    }
    if (!first && here(r) != ',')
        return refuse(r, r->at, at_end(r) ? "its end inside an object or array" : "neither a comma nor a "
                                                                                  "closing bracket");
    r->at += !first;
    return read_child(r);
}

static bool read_all(reader *r)
{
    skip_blanks(r);
    if (at_end(r))
        return refuse(r, 0, "nothing but blanks");
    if (here(r) != '{')
        return refuse(r, r->at, here(r) == '[' ? "an array, not an object" : "text that does not begin with a "
                                                                             "brace {");
    read_value(r, (ctfi_bytes){NULL, 0}); /* opens it */
    while (r->open != NULL)
        if (!read_on(r))
            return false;
    skip_blanks(r);
    return at_end(r) || refuse(r, r->at, "more behind the object");
}

const ctfi_value *ctfi_json_read(ctfi_job *job, ctfi_bytes message, ctfi_json_fault *fault)
{
    reader r = {.job = job, .message = message, .fault = fault};
    *fault = (ctfi_json_fault){NULL, 0};
    return read_all(&r) ? r.root : NULL;
}

const ctfi_value *ctfi_json_next(const ctfi_value *root, const ctfi_value *value)
{
    if (value->first != NULL)
        return value->first;
    while (value != root && value->next == NULL)
        value = value->parent;
    return value == root ? NULL : value->next;
}
