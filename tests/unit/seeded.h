/*
 * seeded.h - random numbers for property tests: the seed changes by date, is printed, and
 * is taken from CXLOG_SEED to see a failure again.
 */
#ifndef SEEDED_H
#define SEEDED_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct seeded {
    uint64_t state;
} seeded;

static inline uint64_t seeded_number(void)
{
    const char *given = getenv("CXLOG_SEED");
    return given ? strtoull(given, NULL, 10) : (uint64_t)(time(NULL) / 86400);
}

static inline seeded seeded_start(const char *test)
{
    uint64_t seed = seeded_number();
    printf("%s: CXLOG_SEED=%llu\n", test, (unsigned long long)seed);
    return (seeded){.state = seed + 1};
}

/* splitmix64 */
static inline uint64_t seeded_next(seeded *random)
{
    uint64_t z = random->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* from..to, both included */
static inline int64_t seeded_between(seeded *random, int64_t from, int64_t to)
{
    return from + (int64_t)(seeded_next(random) % (uint64_t)(to - from + 1));
}

#endif
