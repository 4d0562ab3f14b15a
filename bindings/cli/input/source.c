#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libdeflate.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "diag.h"
#include "gunzip.h"
#include "paths.h"

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

bool source_tools_init(source_tools *tools, size_t most, size_t hold)
{
    *tools = (source_tools){.directory_fd = -1, .most = most, .hold = hold};
    tools->whole = libdeflate_alloc_decompressor();
    if (tools->whole == NULL)
        diag_print("out of memory");
    return tools->whole != NULL;
}

static void leave_directory(source_tools *tools)
{
    if (tools->directory_fd >= 0)
        close(tools->directory_fd);
    tools->directory_fd = -1;
}

void source_tools_free(source_tools *tools)
{
    if (tools->whole == NULL)
        return;
    libdeflate_free_decompressor(tools->whole);
    unpack_free(&tools->pieces);
    blob_free(&tools->packed);
    blob_free(&tools->directory);
    leave_directory(tools);
}

size_t source_limit(const source_tools *tools, size_t size)
{
    return smaller(size, tools->hold);
}

/* ---- opening ---- */

/* Is the file in the directory of the one before it? If not, its directory is remembered. */
static bool same_directory(source_tools *tools, const char *name, size_t n)
{
    blob *last = &tools->directory;
    if (last->length == n + 1 && memcmp(last->data, name, n) == 0)
        return true;
    leave_directory(tools);
    last->length = 0;
    blob_append(last, name, n);
    blob_append_byte(last, '\0');
    return false;
}

/* Most files stand in the directory of the one before: then only the last part of the name is looked up. */
static int open_file(source_tools *tools, const char *name)
{
    const char *slash = strrchr(name, '/');
    size_t n = slash == NULL ? 0 : (size_t)(slash - name) + 1;
    if (n > 0 && same_directory(tools, name, n) && tools->directory_fd < 0)
        tools->directory_fd = open((const char *)tools->directory.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (n > 0 && tools->directory_fd >= 0)
        return openat(tools->directory_fd, name + n, O_RDONLY | O_CLOEXEC);
    return open(name, O_RDONLY | O_CLOEXEC);
}

int source_open(input_source *s, source_tools *tools, const char *name)
{
    struct stat file;
    *s = (input_source){.tools = tools, .own = !path_is_input(name)};
    s->fd = s->own ? open_file(tools, name) : STDIN_FILENO;
    if (s->fd < 0)
        return errno;
    s->regular = fstat(s->fd, &file) == 0 && S_ISREG(file.st_mode);
    s->size = s->regular ? (uint64_t)file.st_size : 0;
    blob_reuse(&tools->packed, SOURCE_PACKED);
    unpack_drop(&tools->pieces);
    return 0;
}

void source_close(input_source *s)
{
    if (s->own)
        close(s->fd);
}

/* ---- reading ---- */

/* Reads once, at most `most` bytes. Where a regular file is as long as it was said to be, nobody asks for
 * more. */
static void read_once(input_source *s, blob *out, size_t most)
{
    ssize_t n = -1;
    errno = ENOMEM;
    if (blob_reserve(out, most))
        do
            n = read(s->fd, out->data + out->length, most);
        while (n < 0 && errno == EINTR);
    if (n < 0) {
        s->error = errno;
        s->read_all = true;
        return;
    }
    out->length += (size_t)n;
    s->read += (uint64_t)n;
    s->read_all = n == 0 || (s->regular && (size_t)n < most && s->read == s->size);
}

/* How much to ask for: all of a small file, and the byte behind it that is not there. */
static size_t next_piece(const input_source *s)
{
    size_t piece = source_limit(s->tools, SOURCE_PIECE);
    if (!s->regular || s->size < s->read || s->size - s->read >= piece)
        return piece;
    return (size_t)(s->size - s->read) + 1;
}

/* Makes at least n bytes of `packed` available, if there are so many. */
static void look_ahead(input_source *s, size_t n)
{
    blob *packed = &s->tools->packed;
    while (packed->length - s->at < n && !s->read_all) {
        blob_drop(packed, s->at);
        s->at = 0;
        read_once(s, packed, next_piece(s));
    }
}

/* A small file is compressed bytes to its end, in one piece. */
static void read_whole(input_source *s)
{
    if (s->regular && s->size <= source_limit(s->tools, SOURCE_PACKED))
        while (!s->read_all && s->read <= s->size)
            read_once(s, &s->tools->packed, (size_t)(s->size - s->read) + 1);
}

/* ---- gzip ---- */

/* Ends the text here. */
static void give_up(input_source *s, const char *words)
{
    snprintf(s->fault, sizeof s->fault, "%s", words);
    s->end = true;
}

/* The same because of the file's byte at hand. */
static void fail(input_source *s, const char *words, const char *why)
{
    uint64_t at = s->read - (s->tools->packed.length - s->at);
    bool known = *why != '\0';
    snprintf(s->fault, sizeof s->fault, "byte %" PRIu64 ": %s%s%s%s", at, words, known ? " (" : "", why,
             known ? ")" : "");
    s->end = true;
}

/* Behind a member that is not followed by another: nothing, or zeros. */
static void check_padding(input_source *s)
{
    const blob *packed = &s->tools->packed;
    for (look_ahead(s, 1); s->at < packed->length; look_ahead(s, 1))
        if (packed->data[s->at++] != 0) {
            s->at--;
            fail(s, "bytes behind the gzip data are no gzip data", "");
            return;
        }
    s->end = true;
}

/* A member that is at hand to its end, if it is sound and not large. */
static bool take_member(input_source *s, blob *text)
{
    source_tools *tools = s->tools;
    size_t most = source_limit(tools, SOURCE_INFLATED), used;
    size_t room = text->length < most ? most - text->length : 0, before = text->length;
    room = smaller(room, tools->most - (size_t)s->inflated);
    if (!gunzip_member(tools->whole, tools->packed.data + s->at, tools->packed.length - s->at, room, text, &used))
        return false;
    s->at += used;
    s->inflated += text->length - before;
    return true;
}

/* Takes what a step of inflating gave. */
static void settle(input_source *s, unpack_result result, size_t used, size_t written, const char *why, blob *text)
{
    size_t left = s->tools->most - (size_t)s->inflated;
    s->at += used;
    text->length += smaller(written, left);
    s->inflated += smaller(written, left);
    if (written > left)
        give_up(s, "inflates to more than --max-inflated allows");
    else if (result == UNPACK_DAMAGED)
        fail(s, "gzip data is damaged", why);
    else if (result == UNPACK_NO_MEMORY)
        give_up(s, "out of memory while inflating");
    else if (result == UNPACK_MORE && s->read_all && s->error == 0)
        fail(s, "gzip data is cut short", "");
    s->end = s->end || (result == UNPACK_MORE && s->read_all);
}

/* Some more of a member. */
static void take_piece(input_source *s, blob *text)
{
    source_tools *tools = s->tools;
    size_t left = tools->most - (size_t)s->inflated, used = 0, written = 0;
    size_t room = smaller(source_limit(tools, SOURCE_PIECE), left + 1);
    const char *why = "";
    unpack_result result = UNPACK_NO_MEMORY;
    look_ahead(s, 1);
    if (blob_reserve(text, room))
        result = unpack_piece(&tools->pieces, tools->packed.data + s->at, tools->packed.length - s->at, &used,
                              text->data + text->length, room, &written, &why);
    settle(s, result, used, written, why, text);
}

static void more_gzip(input_source *s, blob *text)
{
    source_tools *tools = s->tools;
    if (tools->pieces.inside) {
        take_piece(s, text);
        return;
    }
    look_ahead(s, 2);
    if (!gunzip_is(tools->packed.data + s->at, tools->packed.length - s->at))
        check_padding(s);
    else if (!s->read_all || !take_member(s, text))
        take_piece(s, text);
}

/* ---- the text ---- */

/* Tells gzip from plain text, whose first bytes become the text. */
static void begin(input_source *s, blob *text)
{
    blob *packed = &s->tools->packed;
    look_ahead(s, 2);
    s->begun = true;
    s->gzip = gunzip_is(packed->data, packed->length);
    if (s->gzip) {
        read_whole(s);
        return;
    }
    blob empty = *text;
    *text = *packed;
    *packed = empty;
    s->end = s->read_all;
}

void source_more(input_source *s, blob *text)
{
    size_t before = text->length;
    if (!s->begun)
        begin(s, text);
    while (!s->end && text->length == before) {
        if (s->gzip)
            more_gzip(s, text);
        else
            read_once(s, text, next_piece(s));
        s->end = s->end || (!s->gzip && s->read_all);
    }
}
