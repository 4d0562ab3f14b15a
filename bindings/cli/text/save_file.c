#define _XOPEN_SOURCE 700 /* realpath */

#include "save_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "diag.h"

static bool tell(const char *path)
{
    diag_system(path, errno);
    return false;
}

static bool write_all(int file, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t n = write(file, data, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        data += n;
        length -= (size_t)n;
    }
    return true;
}

/* The mode that the file has or, as a new one, would get. */
static mode_t wanted_mode(const char *path)
{
    struct stat found;
    if (stat(path, &found) == 0)
        return found.st_mode & 0777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* Fills the temporary file and gives it its name. On failure errno says why. */
static bool fill(int file, const char *name, const char *path, const void *data, size_t length)
{
    bool good = write_all(file, data, length) && fchmod(file, wanted_mode(path)) == 0 && fsync(file) == 0;
    int error = errno;
    if (close(file) != 0 && good) {
        good = false;
        error = errno;
    }
    errno = error;
    return good && rename(name, path) == 0;
}

/* The name of a temporary file beside the path, for mkstemp(); short, however long the file's own is. */
static char *name_beside(const char *path)
{
    static const char ending[] = ".ctfilter.XXXXXX";
    const char *slash = strrchr(path, '/');
    size_t n = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    char *name = need(n + sizeof ending, 1);
    memcpy(name, path, n);
    memcpy(name + n, ending, sizeof ending);
    return name;
}

static bool replace(const char *path, const void *data, size_t length)
{
    char *name = name_beside(path);
    int file = mkstemp(name);
    bool good = file >= 0 && fill(file, name, path, data, length);
    if (!good) {
        int error = errno;
        if (file >= 0)
            unlink(name);
        errno = error;
        tell(path);
    }
    free(name);
    return good;
}

/* Signals that would end the program wait, so that none leaves the temporary file behind. */
static bool replace_undisturbed(const char *path, const void *data, size_t length)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    bool good = replace(path, data, length);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return good;
}

static bool write_open(int file, const char *path, const void *data, size_t length)
{
    if (isatty(file)) {
        diag_print("%s: is a terminal; name a file instead", path);
        return false;
    }
    return write_all(file, data, length) || tell(path);
}

static bool write_special(const char *path, const void *data, size_t length)
{
    int file = open(path, O_WRONLY | O_NOCTTY);
    if (file < 0)
        return tell(path);
    bool good = write_open(file, path, data, length);
    if (close(file) != 0 && good)
        good = tell(path);
    return good;
}

/* A regular file, with `path` or a link to it as its name. */
static bool write_regular(const char *path, const void *data, size_t length)
{
    if (access(path, W_OK) != 0)
        return tell(path);
    char *real = realpath(path, NULL);
    bool good = real != NULL ? replace_undisturbed(real, data, length) : tell(path);
    free(real);
    return good;
}

bool save_file(const char *path, const void *data, size_t length)
{
    struct stat found, link;
    if (strcmp(path, "-") == 0)
        return write_open(STDOUT_FILENO, "standard output", data, length);
    if (stat(path, &found) != 0) {
        int error = errno;
        bool none = error == ENOENT && lstat(path, &link) != 0;
        errno = error; /* a link that leads nowhere stays what it is */
        return none ? replace_undisturbed(path, data, length) : tell(path);
    }
    if (S_ISREG(found.st_mode))
        return write_regular(path, data, length);
    if (!S_ISDIR(found.st_mode))
        return write_special(path, data, length);
    errno = EISDIR;
    return tell(path);
}
