/* Inputs that can be read once, made readable twice. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "diag.h"
#include "replay_why.h"

static const char place[] = "/dev/fd/";

static bool write_all(int file, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t n = write(file, data, length);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0) {
            data += n;
            length -= (size_t)n;
        }
    }
    return true;
}

static bool copy(int from, int to)
{
    static const size_t room = 1 << 16;
    char *piece = need(room, 1);
    ssize_t n;
    bool good = true;
    while (good && (n = read(from, piece, room)) != 0)
        good = n < 0 ? errno == EINTR : write_all(to, piece, (size_t)n);
    free(piece);
    return good;
}

/* A file without a name, open; -1 after it has told the user that there can be none. */
static int make_file(void)
{
    const char *set = getenv("TMPDIR"), *directory = set != NULL && *set != '\0' ? set : "/tmp";
    char name[4096];
    snprintf(name, sizeof name, "%s/ctfilter.XXXXXX", directory);
    int file = mkstemp(name);
    if (file >= 0)
        unlink(name);
    else
        diag_system(directory, errno);
    return file;
}

static bool tell(const input_path *path)
{
    diag_system(path_label(path->name), errno);
    return false;
}

/* Takes over what can be read from `from`; the path becomes the copy's. */
static bool spool(input_path *path, int from)
{
    char name[32];
    int to = make_file();
    if (to < 0)
        return false;
    if (!copy(from, to))
        return tell(path);
    snprintf(name, sizeof name, "%s%d", place, to);
    path->label = need_copy(path_label(path->name), strlen(path_label(path->name)));
    free(path->name);
    path->name = need_copy(name, strlen(name));
    return true;
}

static bool is_regular(const input_path *path)
{
    struct stat file;
    int failed = path_is_input(path->name) ? fstat(STDIN_FILENO, &file) : stat(path->name, &file);
    return failed != 0 || (S_ISREG(file.st_mode) && !path_is_input(path->name));
}

bool replay_spool(path_list *paths)
{
    for (size_t i = 0; i < paths->n; i++) {
        input_path *path = &paths->paths[i];
        if (is_regular(path))
            continue;
        int from = path_is_input(path->name) ? STDIN_FILENO : open(path->name, O_RDONLY | O_CLOEXEC);
        bool good = from >= 0 ? spool(path, from) : tell(path);
        if (from > STDIN_FILENO)
            close(from);
        if (!good)
            return false;
    }
    return true;
}

void replay_rewind(const path_list *paths)
{
    for (size_t i = 0; i < paths->n; i++)
        if (paths->paths[i].label != NULL)
            lseek((int)strtol(paths->paths[i].name + sizeof place - 1, NULL, 10), 0, SEEK_SET);
}
