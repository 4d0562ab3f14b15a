#define _XOPEN_SOURCE 700 /* realpath */

#include "save_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
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

static bool replace(const char *path, const void *data, size_t length)
{
    static const char ending[] = ".XXXXXX";
    size_t n = strlen(path);
    char *name = need(n + sizeof ending, 1);
    memcpy(name, path, n);
    memcpy(name + n, ending, sizeof ending);
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

bool save_file(const char *path, const void *data, size_t length)
{
    struct stat found;
    if (strcmp(path, "-") == 0)
        return write_open(STDOUT_FILENO, "standard output", data, length);
    bool exists = stat(path, &found) == 0;
    if (exists && S_ISDIR(found.st_mode)) {
        errno = EISDIR;
        return tell(path);
    }
    if (exists && !S_ISREG(found.st_mode))
        return write_special(path, data, length);
    char *real = exists ? realpath(path, NULL) : NULL;
    bool good = replace(real != NULL ? real : path, data, length);
    free(real);
    return good;
}
