#include "slurp.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

#include "diag.h"
#include "paths.h"

#define PIECE 65536
#define LARGEST ((size_t)256 << 20) /* twice what the most and the longest patterns need */

/* Returns 0 at the end of the file, or what went wrong: EFBIG for more than `most` bytes. */
static int read_all(int fd, size_t most, blob *out)
{
    size_t before = out->length;
    while (out->length - before <= most) {
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
    return EFBIG;
}

bool slurp_at_most(const char *path, size_t most, blob *out)
{
    bool input = path_is_input(path);
    int fd = input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    int error = fd < 0 ? errno : read_all(fd, most, out);
    if (fd >= 0 && !input)
        close(fd);
    if (error == EFBIG)
        diag_print("%s: larger than %zu bytes", path_label(path), most);
    else if (error != 0)
        diag_system(path_label(path), error);
    return error == 0;
}

bool slurp(const char *path, blob *out)
{
    return slurp_at_most(path, LARGEST, out);
}
