#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "diag.h"

#define LONGEST_LINE ((size_t)256 << 20)

/* One exchange. */
typedef struct exchange {
    pid_t pid;
    int to;   /* -1 once closed */
    int from; /* -1 once at its end */
    size_t n;
    size_t sent;   /* whole lines */
    size_t offset; /* within the line being sent */
    size_t answered;
    char *line; /* bytes that have come, no whole line before `scanned` */
    size_t length;
    size_t scanned;
    size_t capacity;
    unsigned timeout;
    time_t deadline;
    child_request_fn request;
    child_line_fn on_line;
    void *context;
} exchange;

static time_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec;
}

static void set_deadline(exchange *x)
{
    x->deadline = now() + (time_t)x->timeout;
}

/* ---- signals ---- */

/* The group to end when a signal ends this program: an engine is in no terminal's foreground, and one that
 * neither reads nor writes would never notice. */
static volatile sig_atomic_t group;

static void take_along(int number)
{
    if (group > 0)
        kill(-group, SIGKILL);
    raise(number); /* it is back at what it does by default */
}

/* Signals that somebody chose to ignore stay ignored. */
static void watch_signals(sigset_t *watched)
{
    static const int numbers[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    const struct sigaction ours = {.sa_handler = take_along, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(watched);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction before;
        sigaddset(watched, numbers[i]);
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(numbers[i], &ours, NULL);
    }
}

/* Forks without a moment at which a signal would leave the child behind. In the child all signals are as
 * they were for us. */
static pid_t fork_watched(void)
{
    sigset_t watched, before;
    watch_signals(&watched);
    sigprocmask(SIG_BLOCK, &watched, &before);
    pid_t pid = fork();
    if (pid > 0)
        setpgid(pid, pid);
    group = pid > 0 ? pid : 0;
    sigprocmask(SIG_SETMASK, &before, NULL);
    return pid;
}

/* ---- beginning ---- */

static _Noreturn void become(const char *command, int in, int out)
{
    setpgid(0, 0);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    if (dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0)
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

/* Our end of a pipe: never waited for, unknown to the engine. */
static bool make_ours(int file)
{
    return fcntl(file, F_SETFD, FD_CLOEXEC) == 0 && fcntl(file, F_SETFL, O_NONBLOCK) == 0;
}

static void close_both(int pair[2])
{
    close(pair[0]);
    close(pair[1]);
}

static bool start_between(exchange *x, const char *command, int to[2], int from[2])
{
    if (!make_ours(to[1]) || !make_ours(from[0]))
        return false;
    x->pid = fork_watched();
    if (x->pid == 0) {
        close(to[1]);
        close(from[0]);
        become(command, to[0], from[1]);
    }
    return x->pid > 0;
}

static bool start(exchange *x, const char *command)
{
    int to[2], from[2];
    if (pipe(to) != 0)
        return false;
    if (pipe(from) != 0) {
        close_both(to);
        return false;
    }
    if (!start_between(x, command, to, from)) {
        int error = errno;
        close_both(to);
        close_both(from);
        errno = error;
        return false;
    }
    close(to[0]);
    close(from[1]);
    x->to = to[1];
    x->from = from[0];
    return true;
}

static void close_to(exchange *x)
{
    if (x->to >= 0)
        close(x->to);
    x->to = -1;
}

/* Sends what the pipe takes; closes it behind the last line or when the engine reads no more. */
static void send_some(exchange *x)
{
    while (x->to >= 0 && x->sent < x->n) {
        ctf_text line = x->request(x->context, x->sent);
        ssize_t n = write(x->to, line.data + x->offset, line.length - x->offset);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (n < 0) {
            close_to(x);
            return;
        }
        x->offset += (size_t)n;
        if (x->offset == line.length) {
            x->sent++;
            x->offset = 0;
        }
    }
    close_to(x);
}

/* Hands on the whole lines that have come. */
static bool hand_on(exchange *x)
{
    size_t start = 0;
    char *end;
    while ((end = memchr(x->line + x->scanned, '\n', x->length - x->scanned)) != NULL) {
        size_t next = (size_t)(end - x->line) + 1;
        if (x->answered == x->n) {
            diag_print("the engine says more than it was asked");
            return false;
        }
        x->answered++;
        set_deadline(x);
        if (!x->on_line(x->context, x->line + start, next - 1 - start))
            return false;
        start = x->scanned = next;
    }
    memmove(x->line, x->line + start, x->length - start);
    x->length -= start;
    x->scanned = x->length;
    if (x->length > LONGEST_LINE)
        diag_print("the engine's answer %zu has no end", x->answered + 1);
    return x->length <= LONGEST_LINE;
}

/* The output has ended; its last line may lack the newline. */
static bool end_output(exchange *x)
{
    close(x->from);
    x->from = -1;
    if (x->length == 0)
        return true;
    x->line[x->length++] = '\n';
    return hand_on(x);
}

static bool receive_some(exchange *x)
{
    x->line = need_more(x->line, &x->capacity, x->length + 65536, 1);
    ssize_t n = read(x->from, x->line + x->length, x->capacity - x->length);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return true;
    if (n <= 0)
        return end_output(x);
    x->length += (size_t)n;
    return hand_on(x);
}

static bool too_late(const exchange *x)
{
    if (x->answered < x->n)
        diag_print("the engine has answered nothing for %u seconds, after %zu of %zu answers", x->timeout,
                   x->answered, x->n);
    else
        diag_print("the engine does not end when its input does");
    return false;
}

/* Talks until the engine's output ends. */
static bool talk(exchange *x)
{
    set_deadline(x);
    while (x->from >= 0) {
        struct pollfd files[2] = {{.fd = x->from, .events = POLLIN}, {.fd = x->to, .events = POLLOUT}};
        time_t left = x->deadline - now();
        int ready = left < 0 ? 0 : poll(files, 2, left > 1000 ? 1000000 : (int)left * 1000 + 100);
        if (ready < 0 && errno != EINTR)
            return false;
        if (ready == 0 && now() >= x->deadline)
            return too_late(x);
        if (ready > 0 && files[1].revents != 0)
            send_some(x);
        if (ready > 0 && files[0].revents != 0 && !receive_some(x))
            return false;
    }
    return true;
}

/* Tells how an engine that left answers open has ended. */
static void tell_end(const exchange *x, int status)
{
    if (WIFSIGNALED(status))
        diag_print("the engine was killed by signal %d after %zu of %zu answers", WTERMSIG(status), x->answered,
                   x->n);
    else
        diag_print("the engine ended with status %d after %zu of %zu answers", WEXITSTATUS(status), x->answered,
                   x->n);
}

/* Has the engine's first process ended, soon enough? Leaves it to be reaped. */
static bool has_ended(const exchange *x)
{
    const struct timespec pause = {.tv_nsec = 5000000};
    siginfo_t info = {0};
    while (now() <= x->deadline) {
        if (waitid(P_PID, (id_t)x->pid, &info, WEXITED | WNOWAIT | WNOHANG) == 0 && info.si_pid == x->pid)
            return true;
        nanosleep(&pause, NULL);
    }
    return false;
}

/* Leaves no process behind. `talked`: the engine's output has ended by itself. */
static bool finish(exchange *x, bool talked)
{
    int status = 0;
    close_to(x);
    if (x->from >= 0)
        close(x->from);
    bool ended = talked && (has_ended(x) || too_late(x));
    kill(-x->pid, SIGKILL);
    group = 0;
    while (waitpid(x->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    if (ended && x->answered < x->n)
        tell_end(x, status);
    return ended && x->answered == x->n;
}

bool child_exchange(const char *command, size_t n, unsigned timeout, child_request_fn request,
                    child_line_fn on_line, void *context)
{
    exchange x = {.n = n, .timeout = timeout, .request = request, .on_line = on_line, .context = context};
    if (!start(&x, command)) {
        diag_system("/bin/sh", errno);
        return false;
    }
    bool good = finish(&x, talk(&x));
    free(x.line);
    return good;
}
