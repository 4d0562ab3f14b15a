#include "match/key.h"

#include "base/utf8.h"

void ctfi_key_begin(ctfi_key *key, ctfi_bytes want)
{
    *key = (ctfi_key){.want = want, .same = true};
}

static void put(ctfi_key *key, const unsigned char *bytes, size_t n)
{
    if (!key->same || n > key->want.length - key->matched ||
        memcmp(key->want.data + key->matched, bytes, n) != 0) {
        key->same = false;
        return;
    }
    key->matched += n;
}

static void put_point(ctfi_key *key, uint32_t point)
{
    unsigned char bytes[4];
    put(key, bytes, ctfi_utf8_write(point, bytes));
}

/* A byte that stands for itself. */
static void put_byte(ctfi_key *key, unsigned char c)
{
    if (key->high != 0)
        key->same = false;
    put(key, &c, 1);
}

/* The value of a complete \u escape. */
static void put_unit(ctfi_key *key)
{
    uint32_t unit = key->unit;
    uint32_t high = key->high;
    bool low = (unit & 0xFC00) == 0xDC00;
    key->high = 0;
    if ((high != 0) != low)
        key->same = false;
    else if (low)
        put_point(key, 0x10000 + ((high & 0x3FF) << 10) + (unit & 0x3FF));
    else if ((unit & 0xFC00) == 0xD800)
        key->high = unit;
    else
        put_point(key, unit);
}

static void escape(ctfi_key *key, unsigned char c)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";
    key->state = c == 'u' ? CTFI_KEY_HEX : CTFI_KEY_PLAIN;
    key->digits = 0;
    key->unit = 0;
    if (c == 'u')
        return;
    const char *at = c != '\0' ? strchr(letters, c) : NULL;
    if (at == NULL)
        key->same = false;
    else
        put_byte(key, (unsigned char)meanings[at - letters]);
}

static bool plain(ctfi_key *key, unsigned char c)
{
    key->state = c == '\\' ? CTFI_KEY_ESCAPE : CTFI_KEY_PLAIN;
    if (c == '"' || c == '\\')
        return c == '"';
    put_byte(key, c);
    return false;
}

/* The value of a hexadecimal digit, or 16. */
static uint32_t digit_value(unsigned char c)
{
    if (ctfi_is_digit(c))
        return (uint32_t)(c - '0');
    unsigned char lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? (uint32_t)(lower - 'a') + 10 : 16;
}

/* A byte where a digit of a \u escape is due; what is none goes on as if there had been no escape. */
static bool hex(ctfi_key *key, unsigned char c)
{
    uint32_t value = digit_value(c);
    if (value == 16) {
        key->same = false;
        return plain(key, c);
    }
    key->unit = key->unit << 4 | value;
    if (++key->digits == 4) {
        key->state = CTFI_KEY_PLAIN;
        put_unit(key);
    }
    return false;
}

bool ctfi_key_byte(ctfi_key *key, unsigned char c)
{
    if (key->state == CTFI_KEY_PLAIN)
        return plain(key, c);
    if (key->state == CTFI_KEY_HEX)
        return hex(key, c);
    escape(key, c);
    return false;
}

bool ctfi_key_is_wanted(const ctfi_key *key)
{
    return key->same && key->high == 0 && key->matched == key->want.length;
}
