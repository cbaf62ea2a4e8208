/*
 * json_nomem.h - allocations that fail, for tests linked with --wrap=malloc. jansson's
 * own are met where they go through the room's allocator.
 */
#ifndef JSON_NOMEM_H
#define JSON_NOMEM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

/* Members and texts longer than jansson's first buffers. */
#define JSON_SAMPLE                                                                      \
    "{\"a member with a long name\":\"bb315832aac2042ebfeec61f5a548e4187e926207f8dbf42"  \
    "413d996d2068f437\",\"row\":[1,2.5,\"\xEB\xB0\xB0\xEC\x86\xA1 3\xEC\x9D\xBC\xEC\xA7" \
    "\xB8 \xEB\xAF\xB8\xEB\x8F\x84\xEC\xB0\xA9\",{\"another member, longer "             \
    "yet\":null}]}"

/* The n-th allocation from now on fails; 0: none does. */
static size_t fail_at;
static size_t allocations;

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);

void *__wrap_malloc(size_t size)
{
    return fail_at != 0 && ++allocations == fail_at ? NULL : __real_malloc(size);
}

static inline void fail_at_allocation(size_t n)
{
    fail_at = n;
    allocations = 0;
}

#endif
