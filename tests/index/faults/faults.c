/* Loaded before the C library into a builder under test: counts every call that changes a file below FAULT_ROOT, of
 * every thread and every library, and makes the n-th of them go wrong.
 *
 * Modes: 0 count only; 1 write half of what was to be written, or nothing, and end by SIGKILL; 2 from the n-th call on
 * no room is left on the disk. With FAULT_TRACE, a line "what<tab>path" is added to that file for each call that goes
 * right: write, fsync, or rename with the new path behind the old. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long calls, at;
static atomic_int mode, armed;

void fault_arm(long n, int how) { calls = 0; at = n; mode = how; armed = 1; }
long fault_calls(void) { return calls; }

static int below(const char *path) {
    const char *root = getenv("FAULT_ROOT");
    return armed && root && path && !strncmp(path, root, strlen(root));
}

static int path_of(int fd, char *path, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return 1;
}

static int below_fd(int fd) {
    char path[4096];
    return armed && path_of(fd, path, sizeof path) && below(path);
}

static void note(const char *what, const char *path, const char *to) {
    const char *trace = armed ? getenv("FAULT_TRACE") : NULL;
    FILE *file = trace ? fopen(trace, "a") : NULL;
    if (!file) return;
    fprintf(file, to ? "%s\t%s\t%s\n" : "%s\t%s\n", what, path, to);
    fclose(file);
}

static void note_fd(const char *what, int fd) {
    char path[4096];
    if (below_fd(fd) && path_of(fd, path, sizeof path)) note(what, path, NULL);
}

/* Whether this call is to go wrong; `takes` says whether it needs room. */
static int wrong(int takes) {
    long n = atomic_fetch_add(&calls, 1) + 1;
    if (mode == 1) return n == at;
    return mode == 2 && takes && n >= at;
}

static void end(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define FULL do { errno = ENOSPC; return -1; } while (0)
#define PLAIN(is_below, takes, call) \
    if ((is_below) && wrong(takes)) { if (mode == 1) end(); FULL; } return call

ssize_t write(int fd, const void *data, size_t size) {
    REAL(write);
    if (below_fd(fd) && wrong(1)) { if (mode == 1) { if (size > 1) real(fd, data, size / 2); end(); } FULL; }
    note_fd("write", fd);
    return real(fd, data, size);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t where) {
    REAL(pwrite64);
    if (below_fd(fd) && wrong(1)) { if (mode == 1) { if (size > 1) real(fd, data, size / 2, where); end(); } FULL; }
    note_fd("write", fd);
    return real(fd, data, size, where);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t where) { return pwrite64(fd, data, size, where); }
ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(writev);
    if (below_fd(fd) && wrong(1)) { if (mode == 1) { real(fd, parts, count / 2); end(); } FULL; }
    note_fd("write", fd);
    return real(fd, parts, count);
}
size_t fwrite(const void *data, size_t size, size_t count, FILE *file) {
    REAL(fwrite);
    if (below_fd(fileno(file)) && wrong(1)) {
        if (mode == 1) { real(data, size, count / 2, file); fflush(file); end(); }
        errno = ENOSPC;
        return 0;
    }
    note_fd("write", fileno(file));
    return real(data, size, count, file);
}
int fsync(int fd) { REAL(fsync); PLAIN(below_fd(fd), 0, (note_fd("fsync", fd), real(fd))); }
int fdatasync(int fd) { REAL(fdatasync); PLAIN(below_fd(fd), 0, (note_fd("fsync", fd), real(fd))); }
int ftruncate64(int fd, off64_t size) { REAL(ftruncate64); PLAIN(below_fd(fd), 1, real(fd, size)); }
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }
int rename(const char *from, const char *to) { REAL(rename); PLAIN(below(from), 0, (below(from) ? note("rename", from, to) : (void)0, real(from, to))); }
int mkdir(const char *path, mode_t bits) { REAL(mkdir); PLAIN(below(path), 1, real(path, bits)); }
int rmdir(const char *path) { REAL(rmdir); PLAIN(below(path), 0, real(path)); }
int unlink(const char *path) { REAL(unlink); PLAIN(below(path), 0, real(path)); }
int unlinkat(int folder, const char *path, int flags) {
    REAL(unlinkat);
    PLAIN(below(path) || below_fd(folder), 0, real(folder, path, flags));
}
int open64(const char *path, int flags, ...) {
    REAL(open64);
    va_list rest;
    va_start(rest, flags);
    mode_t bits = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    PLAIN(flags & (O_CREAT | O_TRUNC) && below(path), 1, real(path, flags, bits));
}
int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t bits = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open64(path, flags, bits);
}
