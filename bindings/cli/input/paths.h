/* The inputs that PATH arguments stand for, in the order in which their results are printed. */
#ifndef CLI_PATHS_H
#define CLI_PATHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "blob.h"

/* The inputs of arguments, found as they are asked for: of a tree only the names of the directories on the
 * way to the last input are held. An argument stands for a file of any type, "-", or a directory with the
 * regular files at any depth below it, ordered by the bytes of their names (hidden files too). Below a
 * directory a link to a file is that file; links to directories are not followed, so there are no loops;
 * other types of file are left out. Starts with path_walk_start. */
typedef struct path_walk {
    const char *const *arguments;
    size_t n;
    size_t at;
    struct path_level *levels;
    size_t depth;
    size_t room;
    blob path; /* of the directory at hand, then of the last input */
} path_walk;

/* The arguments must stay. Reads nothing yet. */
void path_walk_start(path_walk *walk, const char *const *arguments, size_t n);

/* The next input: its name, which is valid until the next call; NULL at the end. *error is 0, or why what
 * has this name cannot be looked at. */
const char *path_walk_next(path_walk *walk, int *error);

void path_walk_end(path_walk *walk);

/* One input of a list. */
typedef struct input_path {
    char *name;  /* as it is opened and printed; "-" is standard input */
    char *label; /* what results call it; NULL: by its name */
} input_path;

/* All of them at once. Starts as {0}. */
typedef struct path_list {
    input_path *paths;
    size_t n;
    size_t room;
    bool failed; /* something could not be looked at; the user has been told */
} path_list;

/* Adds what an argument stands for. What cannot be looked at is told at once, and the rest goes on. */
void paths_add(path_list *list, const char *argument);

void paths_free(path_list *list);

/* Does the name mean standard input? What results call it then. */
bool path_is_input(const char *name);
const char *path_label(const char *name);

/* Is it a directory, or a link to one? */
bool path_is_directory(const char *name);

/* How long a regular file is; 0 for what is none. */
uint64_t path_size(const char *name);

#endif
