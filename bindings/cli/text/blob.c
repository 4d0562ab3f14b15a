#include "blob.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "diag.h"

#define SMALLEST 4096

bool blob_reserve(blob *b, size_t more)
{
    if (more <= b->capacity - b->length)
        return true;
    if (more > SIZE_MAX - b->length)
        return false;
    size_t capacity = b->capacity > SIZE_MAX / 2 ? SIZE_MAX : b->capacity * 2;
    if (capacity < b->length + more)
        capacity = b->length + more;
    if (capacity < SMALLEST)
        capacity = SMALLEST;
    unsigned char *data = realloc(b->data, capacity);
    if (data == NULL)
        return false;
    b->data = data;
    b->capacity = capacity;
    return true;
}

void blob_append(blob *b, const void *bytes, size_t length)
{
    if (length == 0)
        return;
    if (length > b->capacity - b->length)
        b->data = need_more(b->data, &b->capacity, b->length + length, 1);
    memcpy(b->data + b->length, bytes, length);
    b->length += length;
}

void blob_append_words(blob *b, const char *text)
{
    blob_append(b, text, strlen(text));
}

void blob_append_byte(blob *b, char byte)
{
    blob_append(b, &byte, 1);
}

void blob_drop(blob *b, size_t n)
{
    if (n == 0)
        return;
    memmove(b->data, b->data + n, b->length - n);
    b->length -= n;
}

void blob_reuse(blob *b, size_t keep)
{
    b->length = 0;
    if (b->capacity > keep)
        blob_free(b);
}

void blob_free(blob *b)
{
    free(b->data);
    *b = (blob){0};
}
