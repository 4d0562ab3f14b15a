/* Running a command: what it printed, and the time it took. */
#ifndef BENCH_COMMAND_H
#define BENCH_COMMAND_H

#include <stddef.h>

typedef struct bench_ran {
    int status;        /* of exit; 127: there is no such command; -1: it did not run or was killed */
    double cpu, wall;  /* seconds; cpu of the process and all that it waited for */
    double memory;     /* MiB resident at most */
    char output[4096]; /* the end of what it printed, NUL-terminated */
} bench_ran;

/* Runs argv (ends with NULL) and waits. Standard error goes to ours. */
bench_ran bench_run(const char *const *argv);

/* Runs argv once more and looks at its memory all the time: MiB resident at most, 0 where that cannot be seen.
 * (What wait4 tells of a child begins with its parent's memory.) */
double bench_peak(const char *const *argv);

/* Makes an empty directory for files of this run, removed with all in it by bench_directory_remove. -1 after
 * saying why. */
int bench_directory_make(char *path, size_t size);
void bench_directory_remove(const char *path);

#endif
