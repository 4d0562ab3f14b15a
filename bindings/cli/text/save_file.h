/* A file that appears complete or not at all. */
#ifndef CLI_SAVE_FILE_H
#define CLI_SAVE_FILE_H

#include <stdbool.h>
#include <stddef.h>

/* Writes bytes under a name. A regular file (or none yet) is replaced in one step: whoever opens it
 * finds the old content or the new, and after a failure the old; a signal that ends the program waits
 * for that. Through a symbolic link the file it points to is replaced; a link that leads nowhere is
 * refused, and so is a file that may not be written. What is no regular file (a pipe, a device) is
 * written to; "-" is standard output. A terminal is refused: the bytes are for no eye. Returns false
 * after it has told the user. */
bool save_file(const char *path, const void *data, size_t length);

#endif
