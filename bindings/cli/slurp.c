#include "slurp.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "diag.h"
#include "paths.h"

#define PIECE 65536

/* Returns 0 at the end of the file, or what went wrong. */
static int read_all(int fd, blob *out)
{
    for (;;) {
        if (!blob_reserve(out, PIECE))
            return ENOMEM;
        ssize_t n = read(fd, out->data + out->length, PIECE);
        if (n == 0)
            return 0;
        if (n > 0)
            out->length += (size_t)n;
        else if (errno != EINTR)
            return errno;
    }
}

bool slurp(const char *path, blob *out)
{
    bool input = path_is_input(path);
    int fd = input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    int error = fd < 0 ? errno : read_all(fd, out);
    if (fd >= 0 && !input)
        close(fd);
    if (error != 0)
        diag_system(path_label(path), error);
    return error == 0;
}
