/*
 * hash.h - FNV-1a, for tables in memory: never stored, never compared between machines.
 */
#ifndef CX_HASH_H
#define CX_HASH_H

#include <stdint.h>

#define CX_HASH_START UINT64_C(14695981039346656037)

/* Takes in a text and its end, so that "ab", "c" is not "a", "bc". */
static inline uint64_t cx_hash_text(uint64_t hash, const char *text)
{
    do
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    while (*text++);
    return hash;
}

/* For a table whose size is a power of two: the upper bits count as well. */
static inline uint64_t cx_hash_end(uint64_t hash)
{
    return hash ^ hash >> 29;
}

#endif
