/* A disk that fails on demand, put between the program and the C library with LD_PRELOAD.
 *
 * Every call that changes a file is counted. TERMDECK_DISK=EFFECT:NTH says what happens at
 * call NTH: `kill` ends the process before it, `tear` in the middle of what it writes,
 * `full` lets it and all that follow fail for want of room, `broken` lets it alone fail.
 * How many calls there were is written to the file that TERMDECK_DISK_CALLS names.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_long calls;
static char effect[8] = "";
static long nth;

__attribute__((constructor)) static void begin(void)
{
    const char *fault = getenv("TERMDECK_DISK");
    if (fault)
        sscanf(fault, "%7[a-z]:%ld", effect, &nth);
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("TERMDECK_DISK_CALLS");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (file) {
        fprintf(file, "%ld", (long)calls);
        fclose(file);
    }
}

static int is(const char *wanted)
{
    return strcmp(effect, wanted) == 0;
}

static void die(void)
{
    kill(getpid(), SIGKILL);
    pause();
}

/* Counts a call. Returns 0 where it goes on, or the error with which it fails. */
static int fate(int is_write)
{
    long call = atomic_fetch_add(&calls, 1) + 1;
    if (call == nth && (is("kill") || (is("tear") && !is_write)))
        die();
    if (call >= nth && is("full") && is_write)
        return ENOSPC;
    return call == nth && is("broken") ? EIO : 0;
}

static int is_torn(void)
{
    return is("tear") && calls == nth;
}

static int is_file(int fd)
{
    struct stat found;
    return fstat(fd, &found) == 0 && S_ISREG(found.st_mode);
}

#define FAIL_IF(error)      \
    do {                    \
        int code = (error); \
        if (code) {         \
            errno = code;   \
            return -1;      \
        }                   \
    } while (0)

ssize_t write(int fd, const void *bytes, size_t size)
{
    if (!is_file(fd))
        return syscall(SYS_write, fd, bytes, size);
    FAIL_IF(fate(1));
    if (is_torn()) {
        syscall(SYS_write, fd, bytes, size / 2);
        die();
    }
    return syscall(SYS_write, fd, bytes, size);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at)
{
    FAIL_IF(fate(1));
    if (is_torn()) {
        syscall(SYS_pwrite64, fd, bytes, size / 2, at);
        die();
    }
    return syscall(SYS_pwrite64, fd, bytes, size, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at)
{
    return pwrite64(fd, bytes, size, at);
}

ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t size,
                        unsigned flags)
{
    FAIL_IF(fate(1));
    if (is_torn()) {
        syscall(SYS_copy_file_range, from, from_at, to, to_at, size / 2, flags);
        die();
    }
    return syscall(SYS_copy_file_range, from, from_at, to, to_at, size, flags);
}

int fsync(int fd)
{
    FAIL_IF(fate(0));
    return syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    FAIL_IF(fate(0));
    return syscall(SYS_fdatasync, fd);
}

int ftruncate64(int fd, off64_t size)
{
    FAIL_IF(fate(0));
    return syscall(SYS_ftruncate, fd, size);
}

int ftruncate(int fd, off_t size)
{
    return ftruncate64(fd, size);
}

int rename(const char *from, const char *to)
{
    FAIL_IF(fate(0));
    return syscall(SYS_renameat2, -100, from, -100, to, 0);
}

int unlink(const char *path)
{
    FAIL_IF(fate(0));
    return syscall(SYS_unlinkat, -100, path, 0);
}
