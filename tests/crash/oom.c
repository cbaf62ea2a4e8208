/*
 * Preloaded: the k-th allocation of a run fails.
 *     OOM_FILE  a file of 16 zero bytes: allocations asked for, allocations failed
 *     OOM_AT    k, from 1; 0 or unset only counts
 *     OOM_EVER  set: every allocation from the k-th on fails
 * The counts live in the file, not in the process, so that they outlast a crash and go on
 * over an exec.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* glibc's own doors, which no preloaded library stands before. */
extern void *libc_malloc(size_t size) __asm__("__libc_malloc");
extern void *libc_calloc(size_t count, size_t size) __asm__("__libc_calloc");
extern void *libc_realloc(void *old, size_t size) __asm__("__libc_realloc");
extern void *libc_memalign(size_t boundary, size_t size) __asm__("__libc_memalign");

typedef struct tally {
    _Atomic uint64_t asked, failed;
} tally;

static tally *counts;
static uint64_t fail_at;
static int fail_ever;

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("OOM_FILE");
    const char *at = getenv("OOM_AT");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0)
        return;
    void *page = mmap(NULL, sizeof(tally), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    (void)close(file);
    if (page == MAP_FAILED)
        _exit(101); /* a sweep that injects nothing would pass unseen */
    fail_at = at ? strtoull(at, NULL, 10) : 0;
    fail_ever = getenv("OOM_EVER") != NULL;
    counts = page;
}

static int refused(void)
{
    if (!counts)
        return 0;
    uint64_t now = atomic_fetch_add(&counts->asked, 1) + 1;
    if (fail_at == 0 || now < fail_at || (now > fail_at && !fail_ever))
        return 0;
    atomic_fetch_add(&counts->failed, 1);
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size)
{
    return refused() ? NULL : libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return refused() ? NULL : libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return refused() ? NULL : libc_realloc(old, size);
}

int posix_memalign(void **out, size_t boundary, size_t size)
{
    void *memory = refused() ? NULL : libc_memalign(boundary, size);
    if (!memory)
        return ENOMEM;
    *out = memory;
    return 0;
}

void *aligned_alloc(size_t boundary, size_t size)
{
    return refused() ? NULL : libc_memalign(boundary, size);
}
