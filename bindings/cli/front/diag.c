#include "diag.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"

#define LONGEST 4096

static bool is_control(uint32_t point)
{
    return point < ' ' || (point >= 0x7f && point < 0xa0);
}

/* Makes text fit to be shown: a blank for each control character, newlines excepted where there may be lines, and a
 * question mark for each byte that begins no UTF-8. What stands above what stays so. */
static void blank_controls(char *text, bool lines)
{
    size_t length = strlen(text), to = 0;
    for (size_t from = 0, n; from < length; from += n) {
        uint32_t point = 0;
        n = ctfi_utf8_read((const unsigned char *)text + from, length - from, &point);
        bool blank = n == 0 || (is_control(point) && !(lines && point == '\n'));
        if (blank)
            text[to] = n == 0 ? '?' : ' ';
        else
            memmove(text + to, text + from, n);
        to += blank ? 1 : n;
        n += n == 0;
    }
    text[to] = '\0';
}

__attribute__((format(printf, 1, 0))) static void print(const char *format, va_list arguments, bool lines)
{
    char text[LONGEST];
    vsnprintf(text, sizeof text, format, arguments);
    blank_controls(text, lines);
    fprintf(stderr, "ctfilter: %s\n", text);
}

void diag_print(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print(format, arguments, false);
    va_end(arguments);
}

void diag_lines(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print(format, arguments, true);
    va_end(arguments);
}

void diag_system(const char *what, int error)
{
    char words[256];
    if (strerror_r(error, words, sizeof words) != 0)
        snprintf(words, sizeof words, "error %d", error);
    diag_print("%s: %s", what, words);
}

void diag_library(const ctf_error *error, ctf_text text, const char *name)
{
    char line[LONGEST];
    ctf_error_render(error, text, name, line, sizeof line);
    blank_controls(line, true);
    fprintf(stderr, "ctfilter: %s", line);
    if (error->service[0] != '\0')
        fprintf(stderr, "  the service says: %s\n", error->service);
}

void need_failed(void)
{
    static const char words[] = "ctfilter: out of memory\n";
    if (write(STDERR_FILENO, words, sizeof words - 1) < 0)
        _Exit(EXIT_ERROR);
    exit(EXIT_ERROR);
}

void *need(size_t n, size_t size)
{
    void *block = calloc(n + (n == 0), size);
    if (block == NULL)
        need_failed();
    return block;
}

void *need_more(void *array, size_t *capacity, size_t want, size_t size)
{
    if (want <= *capacity)
        return array;
    size_t grown = *capacity > SIZE_MAX / 2 ? want : *capacity * 2;
    if (grown < want)
        grown = want;
    void *block = grown > SIZE_MAX / size ? NULL : realloc(array, grown * size);
    if (block == NULL)
        need_failed();
    *capacity = grown;
    return block;
}

char *need_copy(const char *text, size_t length)
{
    char *copy = need(length + 1, 1);
    if (length > 0)
        memcpy(copy, text, length);
    return copy;
}

bool output_failed(void)
{
    return ferror(stdout) != 0;
}

/* Has the reader of stdout gone away? */
static bool is_deserted(void)
{
    struct pollfd file = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&file, 1, 0) > 0 && (file.revents & POLLERR) != 0;
}

int output_finish(int status)
{
    bool lost = ferror(stdout) != 0; /* then errno is long gone */
    if (fflush(stdout) != 0 && !lost && errno != EPIPE)
        diag_system("standard output", errno);
    else if (lost && !is_deserted())
        diag_print("standard output: some of it could not be written");
    return ferror(stdout) != 0 ? EXIT_ERROR : status;
}
