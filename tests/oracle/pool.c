/* The oracle's memory, and what it knows about bytes and characters. */
#include "tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct oracle_block {
    struct oracle_block *next;
    max_align_t data[];
};

void *oracle_alloc(oracle_pool *pool, size_t n, size_t size)
{
    struct oracle_block *block = calloc(1, sizeof *block + n * size + 1);
    if (block == NULL) {
        fputs("oracle: out of memory\n", stderr);
        abort();
    }
    block->next = pool->blocks;
    pool->blocks = block;
    return block->data;
}

void oracle_pool_free(oracle_pool *pool)
{
    while (pool->blocks != NULL) {
        struct oracle_block *next = pool->blocks->next;
        free(pool->blocks);
        pool->blocks = next;
    }
}

char *oracle_copy(oracle_pool *pool, oracle_text text)
{
    char *copy = oracle_alloc(pool, text.length + 1, 1);
    if (text.length > 0)
        memcpy(copy, text.data, text.length);
    return copy;
}

bool oracle_equal(oracle_text a, oracle_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

bool oracle_same_word(oracle_text text, const char *word)
{
    if (text.length != strlen(word))
        return false;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = text.data[i];
        if ((c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c) != word[i])
            return false;
    }
    return true;
}

bool oracle_contains(oracle_text text, oracle_text part)
{
    for (size_t at = 0; at + part.length <= text.length; at++)
        if (oracle_equal((oracle_text){text.data + at, part.length}, part))
            return true;
    return false;
}

bool oracle_blank(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool oracle_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

size_t oracle_utf8(const unsigned char *p, size_t length, unsigned *point)
{
    static const unsigned least[5] = {0, 0, 0x80, 0x800, 0x10000};
    if (length == 0)
        return 0;
    size_t n = p[0] < 0x80 ? 1 : p[0] >> 5 == 6 ? 2 : p[0] >> 4 == 14 ? 3 : p[0] >> 3 == 30 ? 4 : 0;
    if (n == 0 || n > length)
        return 0;
    unsigned value = n == 1 ? p[0] : p[0] & (0x7fu >> n);
    for (size_t i = 1; i < n; i++) {
        if (p[i] >> 6 != 2)
            return 0;
        value = value << 6 | (p[i] & 0x3fu);
    }
    if (value < least[n] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
        return 0;
    *point = value;
    return n;
}

bool oracle_utf8_valid(oracle_text text)
{
    size_t n;
    unsigned point;
    for (size_t at = 0; at < text.length; at += n)
        if ((n = oracle_utf8(text.data + at, text.length - at, &point)) == 0)
            return false;
    return true;
}

bool oracle_letter(unsigned point)
{
    static const unsigned ranges[][2] = {
        {'A', 'Z'},         {'a', 'z'},         {0xaa, 0xaa},       {0xb5, 0xb5},       {0xba, 0xba},
        {0xc0, 0xd6},       {0xd8, 0xf6},       {0xf8, 0x2c1},      {0x391, 0x3a1},     {0x3a3, 0x3cf},
        {0x400, 0x481},     {0x5d0, 0x5ea},     {0x620, 0x64a},     {0x905, 0x939},     {0x3041, 0x3096},
        {0x30a1, 0x30fa},   {0x4e00, 0x9fff},   {0xac00, 0xd7a3},   {0x10330, 0x10340}, {0x1d400, 0x1d454},
        {0xfb00, 0xfb06},   {0x20000, 0x2a6df},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (point >= ranges[i][0] && point <= ranges[i][1])
            return true;
    return false;
}
