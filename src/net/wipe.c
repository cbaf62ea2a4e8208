#include "net/wipe.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

/* Called through a volatile pointer: the compiler can't know that the writes are never
 * read. */
static void *(*const volatile overwrite)(void *, int, size_t) = memset;

void cx_wipe(void *place, size_t count)
{
    if (place && count > 0)
        overwrite(place, 0, count);
}

void cx_wipe_free(void *block)
{
    if (block)
        cx_wipe(block, malloc_usable_size(block));
    free(block);
}

void *cx_wipe_realloc(void *block, size_t count)
{
    void *moved = malloc(count);
    if (!moved || !block)
        return moved;
    size_t old = malloc_usable_size(block);
    memcpy(moved, block, old < count ? old : count);
    cx_wipe_free(block);
    return moved;
}
