#include "breaking.h"

#include <execinfo.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "seeded.h"

#define DEPTH 12  /* callers that tell one way from another */
#define SAMPLE 40 /* ways that a day's run takes */

typedef struct way {
    unsigned kind;
    uint64_t callers;
    size_t first, last; /* calls, counted from 1 */
} way;

static struct {
    unsigned kinds;
    bool on, surveying, struck;
    size_t calls, strike_at;
    way *ways;
    size_t count, room;
    char what[96];
} now;

static uint64_t hash_callers(unsigned kind)
{
    void *frames[DEPTH];
    int depth = backtrace(frames, DEPTH);
    uint64_t hash = UINT64_C(14695981039346656037) ^ kind;
    for (int i = 1; i < depth; i++) {
        hash ^= (uintptr_t)frames[i];
        hash *= UINT64_C(1099511628211);
    }
    return hash;
}

static void note(unsigned kind)
{
    uint64_t callers = hash_callers(kind);
    for (size_t i = 0; i < now.count; i++) {
        if (now.ways[i].callers == callers) {
            now.ways[i].last = now.calls;
            return;
        }
    }
    if (now.count == now.room) {
        now.room = now.room ? now.room * 2 : 256;
        now.ways = realloc(now.ways, now.room * sizeof *now.ways);
        assert_non_null(now.ways);
    }
    now.ways[now.count++] = (way){kind, callers, now.calls, now.calls};
}

bool breaking_point(unsigned kind, const char *what)
{
    if (!now.on || !(now.kinds & kind))
        return false;
    now.calls++;
    if (now.surveying) {
        now.on = false;
        note(kind);
        now.on = true;
        return false;
    }
    if (now.calls != now.strike_at)
        return false;
    now.struck = true;
    (void)snprintf(now.what, sizeof now.what, "%s, call %zu", what, now.calls);
    return true;
}

void breaking_start(void)
{
    now.on = true;
}

bool breaking_stop(void)
{
    now.on = false;
    return now.struck;
}

bool breaking_pause(void)
{
    bool going = now.on;
    now.on = false;
    return going;
}

void breaking_go_on(bool going)
{
    now.on = going;
}

const char *breaking_what(void)
{
    return now.what;
}

size_t breaking_at(void)
{
    return now.strike_at;
}

void breaking_in_memory(void)
{
    if (access("/dev/shm", W_OK) == 0)
        (void)setenv("TMPDIR", "/dev/shm", 0);
}

static bool strike(size_t at, void (*attempt)(void *context), void *context)
{
    now.on = false; /* a test before this one may have failed in the middle */
    now.calls = 0;
    now.struck = false;
    now.strike_at = at;
    (void)snprintf(now.what, sizeof now.what, "nothing failed");
    attempt(context);
    now.on = false;
    return now.struck;
}

/* Every so many of `all` ways; CXLOG_BREAKS=all: each. */
static size_t stride_of(size_t all)
{
    const char *wanted = getenv("CXLOG_BREAKS");
    return wanted && strcmp(wanted, "all") == 0 ? 1 : all / SAMPLE + 1;
}

size_t breaking_each(unsigned kinds, void (*attempt)(void *context), void *context)
{
    size_t chosen = 0, struck = 0;
    void *frame;
    (void)backtrace(&frame, 1); /* loads its library */
    now.kinds = kinds;
    now.count = 0;
    now.surveying = true;
    (void)strike(0, attempt, context);
    now.surveying = false;
    size_t stride = stride_of(now.count);
    uint64_t seed = seeded_number();
    for (size_t i = 0; i < now.count; i++) {
        const way *at = &now.ways[i];
        if (i % stride != seed % stride && at->kind != BREAK_ANSWERS)
            continue;
        chosen++;
        struck += strike(at->first, attempt, context);
        if (at->last != at->first)
            (void)strike(at->last, attempt, context);
    }
    print_message("%zu ways to break, %zu broken, CXLOG_SEED=%llu\n", now.count, struck,
                  (unsigned long long)seed);
    if (struck < chosen)
        fail_msg("%zu of %zu did not break", chosen - struck, chosen);
    free(now.ways);
    now.ways = NULL;
    now.room = 0;
    return now.count;
}
