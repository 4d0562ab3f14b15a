/* Runs a target over files, without libFuzzer: every corpus is a test, whatever the compiler.
 *
 *   replay_TARGET [--flip] PATH...      files, and directories of files
 *
 * With --flip each input also runs with every single bit of it flipped.
 *
 * Prints how many inputs ran; ends with 1 when there was none, or one could not be read. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "kit.h"

static size_t ran, unread;
static bool flip;

static void complain(const char *path)
{
    perror(path);
    unread++;
}

static void run_input(unsigned char *data, size_t size)
{
    LLVMFuzzerTestOneInput(data, size);
    ran++;
    for (size_t bit = 0; flip && bit < size * 8; bit++) {
        data[bit / 8] ^= (unsigned char)(1u << bit % 8);
        LLVMFuzzerTestOneInput(data, size);
        data[bit / 8] ^= (unsigned char)(1u << bit % 8);
        ran++;
    }
}

static void run_file(const char *path, size_t size)
{
    FILE *file = fopen(path, "rb");
    unsigned char *data = malloc(size == 0 ? 1 : size);
    if (file == NULL || data == NULL || fread(data, 1, size, file) != size)
        complain(path);
    else
        run_input(data, size);
    free(data);
    if (file != NULL)
        fclose(file);
}

/* A file, or a directory's files; not deeper. */
static void run_path(const char *path, bool enter)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        complain(path);
        return;
    }
    if (!S_ISDIR(status.st_mode)) {
        run_file(path, (size_t)status.st_size);
        return;
    }
    DIR *directory = enter ? opendir(path) : NULL;
    struct dirent *entry;
    char name[4096];
    while (directory != NULL && (entry = readdir(directory)) != NULL)
        if (entry->d_name[0] != '.' &&
            snprintf(name, sizeof name, "%s/%s", path, entry->d_name) < (int)sizeof name)
            run_path(name, false);
    if (directory != NULL)
        closedir(directory);
}

int main(int argc, char **argv)
{
    flip = argc > 1 && strcmp(argv[1], "--flip") == 0;
    for (int i = 1 + flip; i < argc; i++)
        run_path(argv[i], true);
    printf("%zu inputs\n", ran);
    return ran == 0 || unread > 0;
}
