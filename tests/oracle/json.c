/* A message as one JSON object (RFC 8259, spec: filter-patterns 5.2): strict, valid UTF-8, no lone
 * surrogate, the last of equal keys. */
#include "tree.h"

#include <string.h>

typedef struct reader {
    oracle_pool *pool;
    oracle_text text;
    size_t at;
    bool repeated; /* an object had a key twice */
} reader;

static oracle_json *read_value(reader *r);

static int peek(const reader *r)
{
    return r->at < r->text.length ? r->text.data[r->at] : -1;
}

static bool take(reader *r, const char *word)
{
    size_t n = strlen(word);
    if (r->text.length - r->at < n || memcmp(r->text.data + r->at, word, n) != 0)
        return false;
    r->at += n;
    return true;
}

static void skip_blanks(reader *r)
{
    while (peek(r) >= 0 && oracle_blank((unsigned char)peek(r)))
        r->at++;
}

/* Four hexadecimal digits; -1 when they are not. */
static int read_hex(reader *r)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    int value = 0;
    for (int i = 0; i < 4; i++, r->at++) {
        const char *digit = peek(r) > 0 ? strchr(digits, peek(r)) : NULL;
        if (digit == NULL)
            return -1;
        value = value * 16 + (int)(digit - digits > 15 ? digit - digits - 6 : digit - digits);
    }
    return value;
}

static size_t write_utf8(int point, unsigned char *out)
{
    if (point < 0x80) {
        out[0] = (unsigned char)point;
        return 1;
    }
    size_t n = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, point >>= 6)
        out[i] = (unsigned char)(0x80 | (point & 0x3f));
    out[0] = (unsigned char)((0xf00 >> n & 0xff) | point);
    return n;
}

/* Behind \u; 0 bytes when it is a surrogate without its partner or no number. */
static size_t read_unicode(reader *r, unsigned char *out)
{
    int point = read_hex(r);
    if (point >= 0xd800 && point <= 0xdbff && take(r, "\\u")) {
        int low = read_hex(r);
        if (low < 0xdc00 || low > 0xdfff)
            return 0;
        point = 0x10000 + (point - 0xd800) * 0x400 + (low - 0xdc00);
    }
    if (point < 0 || (point >= 0xd800 && point <= 0xdfff))
        return 0;
    return write_utf8(point, out);
}

static size_t read_escape(reader *r, unsigned char *out)
{
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    int c = peek(r);
    r->at++;
    if (c == 'u')
        return read_unicode(r, out);
    if (c <= 0 || strchr(letters, c) == NULL)
        return 0;
    *out = (unsigned char)meant[strchr(letters, c) - letters];
    return 1;
}

static bool read_string(reader *r, oracle_text *out)
{
    if (!take(r, "\""))
        return false;
    unsigned char *text = oracle_alloc(r->pool, r->text.length - r->at + 4, 1);
    for (size_t n = 0; peek(r) >= 0x20; r->at++) {
        if (take(r, "\"")) {
            *out = (oracle_text){text, n};
            return true;
        }
        if (take(r, "\\")) {
            size_t written = read_escape(r, text + n);
            if (written == 0)
                return false;
            n += written;
            r->at--;
        } else {
            text[n++] = (unsigned char)peek(r);
        }
    }
    return false;
}

static bool take_digits(reader *r)
{
    size_t start = r->at;
    while (peek(r) >= 0 && oracle_digit((unsigned char)peek(r)))
        r->at++;
    return r->at > start;
}

static bool read_number(reader *r, oracle_text *out)
{
    size_t start = r->at;
    take(r, "-");
    if (!take(r, "0") && !take_digits(r))
        return false;
    if (take(r, ".") && !take_digits(r))
        return false;
    if (take(r, "e") || take(r, "E")) {
        if (!take(r, "+"))
            take(r, "-");
        if (!take_digits(r))
            return false;
    }
    *out = (oracle_text){r->text.data + start, r->at - start};
    return true;
}

/* Appends an item, or replaces that of an equal key. */
static void add(reader *r, oracle_json *to, const oracle_text *key, oracle_json *item)
{
    for (size_t i = 0; key != NULL && i < to->n; i++)
        if (oracle_equal(to->keys[i], *key)) {
            to->items[i] = item;
            r->repeated = true;
            return;
        }
    if ((to->n & (to->n - 1)) == 0) { /* 0 and powers of two: full */
        size_t room = to->n == 0 ? 1 : 2 * to->n;
        oracle_json **items = oracle_alloc(r->pool, room, sizeof *items);
        oracle_text *keys = oracle_alloc(r->pool, room, sizeof *keys);
        for (size_t i = 0; i < to->n; i++) {
            items[i] = to->items[i];
            keys[i] = to->keys[i];
        }
        to->items = items;
        to->keys = keys;
    }
    to->items[to->n] = item;
    to->keys[to->n++] = key == NULL ? (oracle_text){NULL, 0} : *key;
}

static bool read_item(reader *r, oracle_json *to)
{
    oracle_text key;
    skip_blanks(r);
    if (to->type == ORACLE_OBJECT) {
        if (!read_string(r, &key))
            return false;
        skip_blanks(r);
        if (!take(r, ":"))
            return false;
    }
    oracle_json *item = read_value(r);
    if (item == NULL)
        return false;
    add(r, to, to->type == ORACLE_OBJECT ? &key : NULL, item);
    skip_blanks(r);
    return true;
}

/* Behind the opening bracket. */
static bool read_items(reader *r, oracle_json *to)
{
    const char *close = to->type == ORACLE_OBJECT ? "}" : "]";
    skip_blanks(r);
    if (take(r, close))
        return true;
    do {
        if (!read_item(r, to))
            return false;
    } while (take(r, ","));
    return take(r, close);
}

static bool read_content(reader *r, oracle_json *value)
{
    size_t start = r->at;
    if (take(r, "{") || take(r, "[")) {
        value->type = r->text.data[start] == '{' ? ORACLE_OBJECT : ORACLE_ARRAY;
        return read_items(r, value);
    }
    if (peek(r) == '"') {
        value->type = ORACLE_STRING;
        return read_string(r, &value->text);
    }
    if (take(r, "null")) {
        value->type = ORACLE_NULL;
        return true;
    }
    if (take(r, "true") || take(r, "false")) {
        value->type = ORACLE_BOOLEAN;
        value->text = (oracle_text){r->text.data + start, r->at - start};
        return true;
    }
    value->type = ORACLE_NUMBER;
    return read_number(r, &value->text);
}

static oracle_json *read_value(reader *r)
{
    oracle_json *value = oracle_alloc(r->pool, 1, sizeof *value);
    skip_blanks(r);
    return read_content(r, value) ? value : NULL;
}

static oracle_json *read_event(reader *r)
{
    if (!oracle_utf8_valid(r->text))
        return NULL;
    oracle_json *value = read_value(r);
    skip_blanks(r);
    return value != NULL && value->type == ORACLE_OBJECT && r->at == r->text.length ? value : NULL;
}

oracle_json *oracle_json_read(oracle_pool *pool, oracle_text message)
{
    reader r = {pool, message, 0, false};
    return read_event(&r);
}

bool oracle_is_plain(oracle_text message)
{
    oracle_pool pool = {NULL};
    reader r = {&pool, message, 0, false};
    bool plain = read_event(&r) != NULL && !r.repeated;
    oracle_pool_free(&pool);
    return plain;
}
