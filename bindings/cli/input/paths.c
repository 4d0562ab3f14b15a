#define _DEFAULT_SOURCE /* d_type, where there is one */

#include "paths.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "diag.h"

/* What an entry of a directory is. */
enum { ENTRY_UNKNOWN, ENTRY_LINK, ENTRY_DIRECTORY, ENTRY_FILE, ENTRY_OTHER };

/* A directory being walked: what is in it, in order. Directories are kept here and not on the call stack, so
 * that no depth is too deep. */
typedef struct path_level {
    blob text; /* of each entry its ENTRY_ in a byte, its name and a NUL */
    const char **names;
    size_t n;
    size_t at;
    size_t path; /* length of the directory's own path with the slash behind it */
} path_level;

bool path_is_input(const char *name)
{
    return strcmp(name, "-") == 0;
}

const char *path_label(const char *name)
{
    return path_is_input(name) ? "(standard input)" : name;
}

bool path_is_directory(const char *name)
{
    struct stat file;
    return !path_is_input(name) && stat(name, &file) == 0 && S_ISDIR(file.st_mode);
}

uint64_t path_size(const char *name)
{
    struct stat file;
    bool regular = !path_is_input(name) && stat(name, &file) == 0 && S_ISREG(file.st_mode);
    return regular ? (uint64_t)file.st_size : 0;
}

/* ---- a directory ---- */

static int ascending(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Most file systems tell, so that nothing need be asked of each file. */
static char type_of(const struct dirent *entry)
{
#ifdef DT_REG
    switch (entry->d_type) {
    case DT_UNKNOWN:
        return ENTRY_UNKNOWN;
    case DT_LNK:
        return ENTRY_LINK;
    case DT_DIR:
        return ENTRY_DIRECTORY;
    default:
        return entry->d_type == DT_REG ? ENTRY_FILE : ENTRY_OTHER;
    }
#else
    (void)entry;
    return ENTRY_UNKNOWN;
#endif
}

static bool is_dots(const char *name)
{
    return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

/* Notes the entries. Returns 0, or why there may be more than these. */
static int read_entries(path_level *level, DIR *directory)
{
    const struct dirent *entry;
    while (errno = 0, (entry = readdir(directory)) != NULL) {
        if (is_dots(entry->d_name))
            continue;
        blob_append_byte(&level->text, type_of(entry));
        blob_append(&level->text, entry->d_name, strlen(entry->d_name) + 1);
        level->n++;
    }
    return errno;
}

static void sort_entries(path_level *level)
{
    const char *at = (const char *)level->text.data;
    level->names = need(level->n, sizeof *level->names);
    for (size_t i = 0; i < level->n; i++) {
        level->names[i] = at + 1;
        at += 1 + strlen(at + 1) + 1;
    }
    qsort(level->names, level->n, sizeof *level->names, ascending);
}

/* Goes down into the directory whose path is at hand, NUL included. Returns 0 or why it cannot be read, or not
 * to its end. */
static int enter(path_walk *walk)
{
    DIR *directory = opendir((const char *)walk->path.data);
    if (directory == NULL)
        return errno;
    walk->path.length--;
    if (walk->path.data[walk->path.length - 1] != '/')
        blob_append_byte(&walk->path, '/');
    blob_append_byte(&walk->path, '\0');
    walk->levels = need_more(walk->levels, &walk->room, walk->depth + 1, sizeof *walk->levels);
    path_level *level = &walk->levels[walk->depth++];
    *level = (path_level){.path = walk->path.length - 1};
    int error = read_entries(level, directory);
    closedir(directory);
    sort_entries(level);
    return error;
}

static void leave(path_walk *walk)
{
    path_level *level = &walk->levels[--walk->depth];
    blob_free(&level->text);
    free(level->names);
}

/* ---- the walk ---- */

/* What stands behind the name at hand, where its entry does not say or is a link. Links to directories count
 * as links. */
static int look(const path_walk *walk, char *type)
{
    const char *name = (const char *)walk->path.data;
    struct stat own, target;
    if (lstat(name, &own) != 0 || (S_ISLNK(own.st_mode) && stat(name, &target) != 0))
        return errno;
    if (S_ISREG(own.st_mode) || (S_ISLNK(own.st_mode) && S_ISREG(target.st_mode)))
        *type = ENTRY_FILE;
    else
        *type = S_ISDIR(own.st_mode) ? ENTRY_DIRECTORY : ENTRY_OTHER;
    return 0;
}

/* The next entry of the deepest directory. Returns true when it is an input or cannot be looked at. */
static bool take_entry(path_walk *walk, int *error)
{
    path_level *level = &walk->levels[walk->depth - 1];
    const char *name = level->names[level->at++];
    char type = name[-1];
    walk->path.length = level->path;
    blob_append(&walk->path, name, strlen(name) + 1);
    if (type == ENTRY_UNKNOWN || type == ENTRY_LINK)
        *error = look(walk, &type);
    if (*error == 0 && type == ENTRY_DIRECTORY)
        *error = enter(walk);
    return *error != 0 || type == ENTRY_FILE;
}

static bool take_argument(path_walk *walk, int *error)
{
    const char *argument = walk->arguments[walk->at++];
    walk->path.length = 0;
    blob_append(&walk->path, argument, strlen(argument) + 1);
    if (!path_is_directory(argument))
        return true;
    *error = enter(walk);
    return *error != 0;
}

void path_walk_start(path_walk *walk, const char *const *arguments, size_t n)
{
    *walk = (path_walk){.arguments = arguments, .n = n};
}

const char *path_walk_next(path_walk *walk, int *error)
{
    *error = 0;
    for (;;) {
        bool found = false;
        if (walk->depth == 0 && walk->at == walk->n)
            return NULL;
        if (walk->depth == 0)
            found = take_argument(walk, error);
        else if (walk->levels[walk->depth - 1].at < walk->levels[walk->depth - 1].n)
            found = take_entry(walk, error);
        else
            leave(walk);
        if (found)
            return (const char *)walk->path.data;
    }
}

void path_walk_end(path_walk *walk)
{
    while (walk->depth > 0)
        leave(walk);
    free(walk->levels);
    blob_free(&walk->path);
    *walk = (path_walk){0};
}

/* ---- lists ---- */

static void add(path_list *list, const char *name)
{
    list->paths = need_more(list->paths, &list->room, list->n + 1, sizeof *list->paths);
    list->paths[list->n++] = (input_path){need_copy(name, strlen(name)), NULL};
}

void paths_add(path_list *list, const char *argument)
{
    path_walk walk;
    const char *name;
    int error;
    path_walk_start(&walk, &argument, 1);
    while ((name = path_walk_next(&walk, &error)) != NULL) {
        if (error == 0)
            add(list, name);
        else
            diag_system(name, error);
        list->failed = list->failed || error != 0;
    }
    path_walk_end(&walk);
}

void paths_free(path_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        free(list->paths[i].name);
        free(list->paths[i].label);
    }
    free(list->paths);
    *list = (path_list){0};
}
