/*
 * wipe.h - memory that held a secret is overwritten before it is given back.
 */
#ifndef CX_WIPE_H
#define CX_WIPE_H

#include <stddef.h>

/* Overwrite with zeros in a way the compiler keeps. */
void cx_wipe(void *place, size_t count);

/* free() and realloc() for blocks of malloc() that overwrite what they give back; fit as
 * allocators of other libraries at any time, since the blocks themselves are plain. */
void cx_wipe_free(void *block);
void *cx_wipe_realloc(void *block, size_t count);

/* Owned secret text: CX_SECRET token = NULL; */
static inline void cx_auto_secret(char **place)
{
    cx_wipe_free(*place);
}
#define CX_SECRET __attribute__((cleanup(cx_auto_secret))) char *

#endif
