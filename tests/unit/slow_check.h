/* The check a second time, byte by byte and without the library: what match/check.c must agree with. */
#ifndef SLOW_CHECK_H
#define SLOW_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Every slow_ function returns the place behind what it read, or NULL; NULL stays NULL. */
typedef const unsigned char *slow_place;

static inline bool slow_is_blank(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static inline slow_place slow_blanks(slow_place p, slow_place end)
{
    while (p != NULL && p < end && slow_is_blank(*p))
        p++;
    return p;
}

static inline slow_place slow_byte(slow_place p, slow_place end, unsigned char from, unsigned char to)
{
    return p != NULL && p < end && *p >= from && *p <= to ? p + 1 : NULL;
}

static inline slow_place slow_digits(slow_place p, slow_place end)
{
    p = slow_byte(p, end, '0', '9');
    for (slow_place next; (next = slow_byte(p, end, '0', '9')) != NULL;)
        p = next;
    return p;
}

static inline slow_place slow_or(slow_place p, slow_place otherwise)
{
    return p != NULL ? p : otherwise;
}

static inline slow_place slow_number(slow_place p, slow_place end)
{
    slow_place whole = slow_or(slow_byte(p, end, '-', '-'), p);
    p = slow_or(slow_byte(whole, end, '0', '0'), slow_digits(whole, end));
    if (slow_byte(p, end, '.', '.') != NULL)
        p = slow_digits(p + 1, end);
    if (slow_byte(p, end, 'e', 'e') != NULL || slow_byte(p, end, 'E', 'E') != NULL) {
        p++;
        p = slow_digits(slow_or(slow_or(slow_byte(p, end, '+', '+'), slow_byte(p, end, '-', '-')), p), end);
    }
    return p;
}

static inline slow_place slow_word(slow_place p, slow_place end, const char *word)
{
    for (; *word != '\0'; word++)
        p = slow_byte(p, end, (unsigned char)*word, (unsigned char)*word);
    return p;
}

/* Four hexadecimal digits that make a number in from..to. */
static inline slow_place slow_hex(slow_place p, slow_place end, long from, long to)
{
    char digits[5] = {0};
    for (int i = 0; i < 4; i++, p++) {
        if (p == end || *p == '\0' || strchr("0123456789abcdefABCDEF", *p) == NULL)
            return NULL;
        digits[i] = (char)*p;
    }
    long value = strtol(digits, NULL, 16);
    return value >= from && value <= to ? p : NULL;
}

/* Behind a backslash. */
static inline slow_place slow_escape(slow_place p, slow_place end)
{
    if (p == end || *p == '\0' || strchr("\"\\/bfnrtu", *p) == NULL)
        return NULL;
    if (*p++ != 'u')
        return p;
    slow_place first = slow_hex(p, end, 0xD800, 0xDBFF);
    if (first == NULL)
        return slow_or(slow_hex(p, end, 0, 0xD7FF), slow_hex(p, end, 0xE000, 0xFFFF));
    slow_place second = slow_word(first, end, "\\u");
    return second == NULL ? NULL : slow_hex(second, end, 0xDC00, 0xDFFF);
}

/* One character of several bytes, as RFC 3629 lists them. */
static inline slow_place slow_wide(slow_place p, slow_place end)
{
    static const unsigned char forms[][5] = {{0xC2, 0xDF, 0x80, 0xBF, 1}, {0xE0, 0xE0, 0xA0, 0xBF, 2},
                                             {0xE1, 0xEC, 0x80, 0xBF, 2}, {0xED, 0xED, 0x80, 0x9F, 2},
                                             {0xEE, 0xEF, 0x80, 0xBF, 2}, {0xF0, 0xF0, 0x90, 0xBF, 3},
                                             {0xF1, 0xF3, 0x80, 0xBF, 3}, {0xF4, 0xF4, 0x80, 0x8F, 3}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        slow_place q = slow_byte(slow_byte(p, end, forms[i][0], forms[i][1]), end, forms[i][2], forms[i][3]);
        for (int n = 1; n < forms[i][4]; n++)
            q = slow_byte(q, end, 0x80, 0xBF);
        if (q != NULL)
            return q;
    }
    return NULL;
}

static inline slow_place slow_string(slow_place p, slow_place end)
{
    p = slow_byte(p, end, '"', '"');
    while (p != NULL && p < end && *p != '"') {
        if (*p == '\\')
            p = slow_escape(p + 1, end);
        else
            p = *p < 0x20 ? NULL : *p < 0x80 ? p + 1 : slow_wide(p, end);
    }
    return slow_byte(p, end, '"', '"');
}

static inline slow_place slow_scalar(slow_place p, slow_place end)
{
    slow_place word = slow_or(slow_word(p, end, "true"), slow_or(slow_word(p, end, "false"), slow_word(p, end, "null")));
    return slow_or(word, slow_or(slow_string(p, end), slow_number(p, end)));
}

static inline slow_place slow_key(slow_place p, slow_place end)
{
    p = slow_byte(slow_blanks(slow_string(p, end), end), end, ':', ':');
    return slow_blanks(p, end);
}

/* From behind a value to the next one, or behind the root; *n brackets are open. */
static inline slow_place slow_next(slow_place p, slow_place end, const unsigned char *closers, size_t *n)
{
    while (p != NULL && *n > 0) {
        p = slow_blanks(p, end);
        if (slow_byte(p, end, ',', ',') != NULL) {
            p = slow_blanks(p + 1, end);
            return closers[*n - 1] == '}' ? slow_key(p, end) : p;
        }
        --*n;
        p = slow_byte(p, end, closers[*n], closers[*n]);
    }
    return p;
}

static inline slow_place slow_value(slow_place p, slow_place end, unsigned char *closers)
{
    size_t n = 0;
    do {
        if (slow_byte(p, end, '{', '{') == NULL && slow_byte(p, end, '[', '[') == NULL) {
            p = slow_next(slow_scalar(p, end), end, closers, &n);
            continue;
        }
        closers[n++] = *p == '{' ? '}' : ']';
        p = slow_blanks(p + 1, end);
        if (slow_byte(p, end, closers[n - 1], closers[n - 1]) != NULL) {
            n--;
            p = slow_next(p + 1, end, closers, &n);
        } else if (closers[n - 1] == '}') {
            p = slow_key(p, end);
        }
    } while (p != NULL && n > 0);
    return p;
}

static inline bool slow_check(const unsigned char *text, size_t length)
{
    unsigned char room[256], *closers = length > sizeof room ? malloc(length) : room;
    slow_place end = text + length, p = slow_blanks(text, end);
    bool object = closers != NULL && slow_byte(p, end, '{', '{') != NULL &&
                  slow_blanks(slow_value(p, end, closers), end) == end;
    if (closers != room)
        free(closers);
    return object;
}

#endif
