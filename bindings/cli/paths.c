#include "paths.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "diag.h"

/* Names not looked at yet, the next one last. A directory is replaced by what is in it, so that no
 * depth is too deep for the call stack. */
typedef struct stack {
    char **names;
    size_t n;
    size_t room;
} stack;

bool path_is_input(const char *name)
{
    return strcmp(name, "-") == 0;
}

const char *path_label(const char *name)
{
    return path_is_input(name) ? "(standard input)" : name;
}

static void push(stack *s, char *name)
{
    s->names = need_more(s->names, &s->room, s->n + 1, sizeof *s->names);
    s->names[s->n++] = name;
}

static void add(path_list *list, char *name, uint64_t size)
{
    list->paths = need_more(list->paths, &list->room, list->n + 1, sizeof *list->paths);
    list->paths[list->n++] = (input_path){name, size, NULL};
}

static void fail(path_list *list, const char *name, int error)
{
    diag_system(name, error);
    list->failed = true;
}

static char *join(const char *directory, const char *name)
{
    size_t a = strlen(directory), b = strlen(name);
    bool slash = a > 0 && directory[a - 1] != '/';
    char *joined = need(a + slash + b + 1, 1);
    memcpy(joined, directory, a);
    joined[a] = '/';
    memcpy(joined + a + slash, name, b + 1);
    return joined;
}

/* Last first, as the stack wants them. */
static int descending(const void *a, const void *b)
{
    return strcmp(*(char *const *)b, *(char *const *)a);
}

static void push_entries(path_list *list, stack *s, const char *name, DIR *directory)
{
    size_t before = s->n;
    const struct dirent *entry;
    while (errno = 0, (entry = readdir(directory)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            push(s, join(name, entry->d_name));
    if (errno != 0)
        fail(list, name, errno);
    if (s->n > before)
        qsort(s->names + before, s->n - before, sizeof *s->names, descending);
}

static void open_directory(path_list *list, stack *s, char *name)
{
    DIR *directory = opendir(name);
    if (directory == NULL) {
        fail(list, name, errno);
    } else {
        push_entries(list, s, name, directory);
        closedir(directory);
    }
    free(name);
}

/* Looks at what stands below a directory; takes the name. */
static void look(path_list *list, stack *s, char *name)
{
    struct stat own, target;
    if (lstat(name, &own) != 0 || (S_ISLNK(own.st_mode) && stat(name, &target) != 0)) {
        fail(list, name, errno);
        free(name);
        return;
    }
    if (S_ISDIR(own.st_mode)) {
        open_directory(list, s, name);
        return;
    }
    const struct stat *file = S_ISLNK(own.st_mode) ? &target : &own;
    if (S_ISREG(file->st_mode))
        add(list, name, (uint64_t)file->st_size);
    else
        free(name);
}

static void add_directory(path_list *list, const char *argument)
{
    stack s = {0};
    list->directory = true;
    open_directory(list, &s, need_copy(argument, strlen(argument)));
    while (s.n > 0)
        look(list, &s, s.names[--s.n]);
    free(s.names);
}

void paths_add(path_list *list, const char *argument)
{
    struct stat file = {0};
    if (!path_is_input(argument) && stat(argument, &file) != 0)
        fail(list, argument, errno);
    else if (S_ISDIR(file.st_mode))
        add_directory(list, argument);
    else
        add(list, need_copy(argument, strlen(argument)), S_ISREG(file.st_mode) ? (uint64_t)file.st_size : 0);
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
