#include "command.h"
#include "measure.h"

#include <fcntl.h>
#include <ftw.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

/* Keeps the end of what comes. */
static void drain(int from, bench_ran *ran)
{
    char piece[65536];
    size_t have = 0, most = sizeof ran->output - 1;
    ssize_t got;
    while ((got = read(from, piece, sizeof piece)) > 0) {
        size_t n = (size_t)got > most ? most : (size_t)got;
        size_t keep = have + n > most ? most - n : have;
        memmove(ran->output, ran->output + have - keep, keep);
        memcpy(ran->output + keep, piece + (size_t)got - n, n);
        have = keep + n;
    }
    ran->output[have] = 0;
}

static int spawn(const char *const *argv, int to, pid_t *process)
{
    union {
        const char *const *from;
        char *const *to;
    } arguments = {argv};
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return -1;
    posix_spawn_file_actions_adddup2(&actions, to, STDOUT_FILENO);
    int failed = posix_spawnp(process, argv[0], &actions, NULL, arguments.to, environ);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

static double seconds(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec * 1e-6; }

bench_ran bench_run(const char *const *argv)
{
    bench_ran ran = {.status = -1};
    int ends[2], status;
    pid_t process;
    struct rusage usage;
    double start = bench_wall();
    if (pipe(ends) != 0)
        return ran;
    int failed = spawn(argv, ends[1], &process);
    close(ends[1]);
    if (!failed)
        drain(ends[0], &ran);
    close(ends[0]);
    if (failed || wait4(process, &status, 0, &usage) != process)
        return ran.status = 127, ran;
    ran.wall = bench_wall() - start;
    ran.cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ran;
}

static double resident_peak(pid_t process)
{
    char path[64], line[128];
    long kib = 0;
    snprintf(path, sizeof path, "/proc/%ld/status", (long)process);
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "VmHWM: %ld", &kib) == 1)
            break;
    if (file != NULL)
        fclose(file);
    return (double)kib / 1024;
}

double bench_peak(const char *const *argv)
{
    const struct timespec pause = {0, 1000000};
    double most = 0;
    int status, nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    pid_t process;
    if (nowhere < 0 || spawn(argv, nowhere, &process) != 0)
        return 0;
    close(nowhere);
    while (waitpid(process, &status, WNOHANG) == 0) {
        double now = resident_peak(process);
        most = now > most ? now : most;
        nanosleep(&pause, NULL);
    }
    return most;
}

int bench_directory_make(char *path, size_t size)
{
    const char *parent = getenv("TMPDIR");
    snprintf(path, size, "%s/ctfilter-bench-XXXXXX", parent != NULL ? parent : "/tmp");
    if (mkdtemp(path) != NULL)
        return 0;
    fprintf(stderr, "bench: cannot make the directory %s\n", path);
    return -1;
}

static int drop(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    return remove(path);
}

void bench_directory_remove(const char *path) { nftw(path, drop, 32, FTW_DEPTH | FTW_PHYS); }
