/* Before the C library of a PostgreSQL under test: a disk that is full while a mark stands.

   As on a full disk, what stands may be written over, and nothing may grow. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static int has_no_room(int file, off_t end) {
    const char *mark = getenv("FULL_DISK_MARK");
    struct stat found;
    if (mark == NULL || fstat(file, &found) != 0 || !S_ISREG(found.st_mode)) return 0;
    return end > found.st_size && access(mark, F_OK) == 0;
}

static off_t bytes_of(const struct iovec *parts, int count) {
    off_t sum = 0;
    for (int place = 0; place < count; place++) sum += parts[place].iov_len;
    return sum;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define REFUSE_IF(condition) \
    do { \
        int known = errno; \
        if (condition) { \
            errno = ENOSPC; \
            return -1; \
        } \
        errno = known; \
    } while (0)

ssize_t write(int file, const void *bytes, size_t size) {
    off_t at = lseek(file, 0, (fcntl(file, F_GETFL) & O_APPEND) ? SEEK_END : SEEK_CUR);
    REFUSE_IF(at >= 0 && has_no_room(file, at + size));
    return REAL(write)(file, bytes, size);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t at) {
    REFUSE_IF(has_no_room(file, at + size));
    return REAL(pwrite)(file, bytes, size, at);
}

ssize_t pwritev(int file, const struct iovec *parts, int count, off_t at) {
    REFUSE_IF(has_no_room(file, at + bytes_of(parts, count)));
    return REAL(pwritev)(file, parts, count, at);
}

int posix_fallocate(int file, off_t at, off_t size) {
    return has_no_room(file, at + size) ? ENOSPC : REAL(posix_fallocate)(file, at, size);
}
