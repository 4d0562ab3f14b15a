/* Bytes as an input of the command: what it is, where its values end, gzip, base64. One input serves all.
 *
 * Claims. What an input is, and how much of it is whole values, does not depend on the pieces it arrives in.
 * Inflating gives back what was deflated, in one member or two, never more than allowed, never from a file cut
 * short, and ends whatever the bytes. Decoding base64 gives back what was encoded, with blanks between, and
 * agrees with a slow decoder on any bytes. */
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base64.h"
#include "commands.h"
#include "detect.h"
#include "gunzip.h"
#include "kit.h"

/* ---- framing ---------------------------------------------------------------------------------------- */

static int kind_of(const uint8_t *data, size_t size)
{
    detector d = {0};
    int kind = INPUT_AUTO;
    CLAIM(detect(&d, data, size, true, &kind));
    CLAIM(kind >= INPUT_CLOUDTRAIL && kind <= INPUT_LINES);
    return kind;
}

static int kind_in_pieces(const uint8_t *data, size_t size, size_t step)
{
    detector d = {0};
    int kind = INPUT_AUTO;
    for (size_t n = 0;; n = size - n < step ? size : n + step) {
        uint8_t *copy = kit_copy(data, n);
        bool known = detect(&d, copy, n, n == size, &kind);
        free(copy);
        CLAIM(known || n < size);
        if (known)
            return kind;
    }
}

static bool contains(const uint8_t *data, size_t size, const char *word)
{
    size_t n = strlen(word);
    for (size_t at = 0; at + n <= size; at++)
        if (memcmp(data + at, word, n) == 0)
            return true;
    return false;
}

/* What the kinds say of the bytes. */
static void claim_kind(const uint8_t *data, size_t size, int kind)
{
    size_t at = detect_mark(data, size);
    while (at < size && memchr(" \t\r\n", data[at], 4) != NULL)
        at++;
    CLAIM(kind == INPUT_LINES || (at < size && (data[at] == '{' || data[at] == '[')));
    CLAIM(kind != INPUT_CLOUDTRAIL || contains(data, size, "\"Records\""));
    CLAIM(kind != INPUT_EVENTBRIDGE || contains(data, size, "\"detail-type\""));
    CLAIM(kind != INPUT_LOG_EVENTS || contains(data, size, "\"events\""));
}

static size_t complete_in_pieces(const uint8_t *data, size_t size, size_t step)
{
    values v = {0};
    size_t before = 0;
    for (size_t n = 0;; n = size - n < step ? size : n + step) {
        uint8_t *copy = kit_copy(data, n);
        values_find(&v, copy, n);
        free(copy);
        CLAIM(v.complete <= n && v.complete >= before);
        before = v.complete;
        if (n == size)
            return v.complete;
    }
}

/* Where a document that begins with a bracket ends: behind the bracket that closes it; 0 when none does. A backslash
 * hides a quote in strings and outside. */
static size_t slow_end(const uint8_t *data, size_t size)
{
    size_t depth = 0;
    bool quoted = false, hidden = false;
    for (size_t at = 0; at < size; at++) {
        quoted ^= data[at] == '"' && !hidden;
        hidden = data[at] == '\\' && !hidden;
        depth += !quoted && (data[at] == '{' || data[at] == '[');
        depth -= !quoted && (data[at] == '}' || data[at] == ']');
        if (depth == 0)
            return at + 1;
    }
    return 0;
}

static void claim_first_value(const uint8_t *data, size_t size)
{
    skip s = {0};
    size_t at = 0;
    bool bracket = size > 0 && (data[0] == '{' || data[0] == '[');
    if (!bracket)
        return;
    size_t end = slow_end(data, size);
    CLAIM(skip_value(&s, data, size, &at) == (end != 0));
    CLAIM(at == (end == 0 ? size : end));
}

/* Blanks before a value that is not complete may count or not. */
static bool same_but_for_blanks(const uint8_t *data, size_t a, size_t b)
{
    for (size_t at = a < b ? a : b; at < a || at < b; at++)
        if (memchr(" \t\r\n", data[at], 4) == NULL)
            return false;
    return true;
}

static void try_framing(const uint8_t *data, size_t size)
{
    int kind = kind_of(data, size);
    size_t step = 1 + size / 64;
    claim_kind(data, size, kind);
    claim_first_value(data, size);
    CLAIM(kind_in_pieces(data, size, 1 + size / 512) == kind);
    CLAIM(kind_in_pieces(data, size, step) == kind);
    size_t complete = complete_in_pieces(data, size, size + 1);
    CLAIM(same_but_for_blanks(data, complete_in_pieces(data, size, 1 + size / 512), complete));
    CLAIM(same_but_for_blanks(data, complete_in_pieces(data, size, step), complete));
}

/* ---- gzip ------------------------------------------------------------------------------------------- */

#define MOST (1u << 20)

static const char *inflate(const uint8_t *data, size_t size, size_t most, blob *out)
{
    static struct libdeflate_decompressor *inflater; /* for good */
    if (inflater == NULL)
        inflater = libdeflate_alloc_decompressor();
    CLAIM(inflater != NULL);
    uint8_t *copy = kit_copy(data, size);
    const char *reason = gunzip(inflater, copy, size, most, out);
    CLAIM(out->length <= most);
    free(copy);
    return reason;
}

static void claim_refused(const uint8_t *data, size_t size, size_t most)
{
    blob out = {0};
    CLAIM(inflate(data, size, most, &out) != NULL);
    blob_free(&out);
}

static size_t deflate(const uint8_t *data, size_t size, uint8_t *out, size_t room)
{
    static struct libdeflate_compressor *deflater;
    if (deflater == NULL)
        deflater = libdeflate_alloc_compressor(1);
    CLAIM(deflater != NULL);
    size_t n = libdeflate_gzip_compress(deflater, data, size, out, room);
    CLAIM(n > 0);
    return n;
}

/* The data in two members cut at a place of its choice, zero bytes behind. */
static void try_deflated(const uint8_t *data, size_t size)
{
    uint64_t choice = ctfi_hash(2, 0, data, size);
    size_t room = 2 * size + 512, first = choice % (size + 1);
    uint8_t *packed = calloc(room, 1);
    CLAIM(packed != NULL);
    size_t behind_first = deflate(data, first, packed, room);
    size_t end = behind_first;
    end += deflate(data + first, size - first, packed + behind_first, room - behind_first);
    blob out = {0};
    CLAIM(gunzip_is(packed, end));
    CLAIM(inflate(packed, end + (choice >> 40) % 8, MOST, &out) == NULL);
    CLAIM(out.length == size && (size == 0 || memcmp(out.data, data, size) == 0));
    blob_free(&out);
    claim_refused(packed, behind_first - 1, MOST);
    claim_refused(packed, end - 1, MOST);
    if (size > 0)
        claim_refused(packed, end, size - 1);
    if (first > 0)
        claim_refused(packed, end, first - 1);
    packed[end] = 'x';
    claim_refused(packed, end + 1, MOST);
    free(packed);
}

/* The bytes as a file. */
static void try_inflating(const uint8_t *data, size_t size)
{
    blob out = {0}, again = {0};
    const char *reason = inflate(data, size, MOST, &out);
    if (reason == NULL) {
        CLAIM(inflate(data, size, out.length, &again) == NULL && again.length == out.length);
        CLAIM(again.length == 0 || memcmp(again.data, out.data, out.length) == 0);
    }
    blob_free(&out);
    blob_free(&again);
}

/* ---- base64 ----------------------------------------------------------------------------------------- */

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* As base64_decode, bit by bit. */
static bool decode_slowly(const char *text, size_t length, uint8_t *out, size_t *written)
{
    size_t bits = 0, pads = 0;
    for (size_t i = 0; i < length; i++) {
        const char *digit = text[i] == '\0' ? NULL : strchr(alphabet, text[i]);
        if (text[i] == ' ' || text[i] == '\t' || text[i] == '\r' || text[i] == '\n')
            continue;
        pads += text[i] == '=';
        if (text[i] != '=' && (digit == NULL || pads > 0))
            return false;
        for (int bit = 5; digit != NULL && bit >= 0; bit--, bits++) {
            out[bits / 8] = (uint8_t)(bits % 8 == 0 ? 0 : out[bits / 8]);
            out[bits / 8] |= (uint8_t)(((digit - alphabet) >> bit & 1) << (7 - bits % 8));
        }
    }
    *written = bits / 8;
    size_t rest = bits / 6 % 4;
    return rest != 1 && (pads == 0 || (rest == 2 && pads == 2) || (rest == 3 && pads == 1));
}

static void try_decoding(const uint8_t *data, size_t size)
{
    char *text = kit_copy(data, size);
    uint8_t *out = malloc(base64_room(size)), *slow = malloc(size + 1);
    size_t n = 0, expected = 0;
    CLAIM(out != NULL && slow != NULL);
    bool good = base64_decode(text, size, out, &n);
    CLAIM(good == decode_slowly(text, size, slow, &expected));
    CLAIM(!good || (n == expected && memcmp(out, slow, n) == 0));
    free(text);
    free(out);
    free(slow);
}

/* With a line end after every 19 characters, and padding when asked for. */
static size_t encode(const uint8_t *data, size_t size, char *text, bool pad)
{
    size_t n = 0;
    for (size_t bit = 0; bit < size * 8; bit += 6) {
        size_t at = bit / 8;
        unsigned pair = (unsigned)data[at] << 8 | (at + 1 < size ? data[at + 1] : 0u);
        text[n++] = alphabet[pair >> (10 - bit % 8) & 63];
        if (bit % 114 == 108)
            text[n++] = '\n';
    }
    for (size_t i = 0; pad && size % 3 > 0 && i < 3 - size % 3; i++)
        text[n++] = '=';
    return n;
}

static void try_encoded(const uint8_t *data, size_t size, bool pad)
{
    char *text = malloc(size * 2 + 8);
    CLAIM(text != NULL);
    size_t n = encode(data, size, text, pad), written;
    uint8_t *out = malloc(base64_room(n));
    CLAIM(out != NULL && base64_decode(text, n, out, &written));
    CLAIM(written == size && (size == 0 || memcmp(out, data, size) == 0));
    free(text);
    free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    try_framing(data, size);
    try_inflating(data, size);
    try_deflated(data, size);
    try_decoding(data, size);
    try_encoded(data, size, true);
    try_encoded(data, size, false);
    return 0;
}
