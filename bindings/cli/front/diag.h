/* How the command speaks of failure, and what it does when memory or its output gives way.
 *
 * Messages go to stderr as "ctfilter: ...", one line each. Exit status 2 means that something went
 * wrong; 0 and 1 are a command's own answers. */
#ifndef CLI_DIAG_H
#define CLI_DIAG_H

#include <stddef.h>
#include <stdbool.h>

#include <ctfilter/error.h>

#define EXIT_ERROR 2

/* Prints "ctfilter: <formatted>\n" in one write, whatever other threads print. Control characters of
 * the text, newlines among them, are printed as blanks, and what is no UTF-8 as question marks: a file's
 * name neither steers a terminal nor passes for a line of ours. */
void diag_print(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same for what has several lines: newlines stay. */
void diag_lines(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Prints "ctfilter: <what>: <the system's words for error>". */
void diag_system(const char *what, int error);

/* Prints a library error with the line of `text` it points into; `name` says whose text it is. */
void diag_library(const ctf_error *error, ctf_text text, const char *name);

/* Memory for a command: n * size bytes (cleared), or the end of the program with status 2. */
void *need(size_t n, size_t size);

/* Makes room for at least `want` elements of `size` bytes in *array, which has *capacity of them; at
 * least doubles. Ends the program with status 2 when memory is out. Returns the array. */
void *need_more(void *array, size_t *capacity, size_t want, size_t size);

/* Says that memory is out and ends the program with status 2. */
_Noreturn void need_failed(void);

/* A NUL-terminated copy of length bytes, from need(). */
char *need_copy(const char *text, size_t length);

/* Has writing to stdout failed already? A long-running command asks now and then and stops. */
bool output_failed(void);

/* Flushes stdout. Returns `status`, or 2 when anything written was lost (full disk, closed pipe); a
 * reader that went away is not worth a message, everything else is. */
int output_finish(int status);

#endif
