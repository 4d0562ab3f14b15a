/* The inputs that PATH arguments stand for, in the order in which their results are printed. */
#ifndef CLI_PATHS_H
#define CLI_PATHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One input. */
typedef struct input_path {
    char *name;    /* as it is opened and printed; "-" is standard input */
    uint64_t size; /* of a regular file; 0 elsewhere */
    char *label;   /* what results call it; NULL: by its name */
} input_path;

/* Starts as {0}. */
typedef struct path_list {
    input_path *paths;
    size_t n;
    size_t room;
    bool directory; /* one of the arguments is a directory */
    bool failed;    /* something could not be read; the user has been told */
} path_list;

/* Adds what an argument stands for: a file of any type, "-", or a directory with the regular files at
 * any depth below it, ordered by the bytes of their names (hidden files too). Below a directory a link
 * to a file is that file; links to directories are not followed, so there are no loops; other types of
 * file are left out. What cannot be looked at is told at once, and the rest goes on. */
void paths_add(path_list *list, const char *argument);

void paths_free(path_list *list);

/* Does the name mean standard input? What results call it then. */
bool path_is_input(const char *name);
const char *path_label(const char *name);

#endif
