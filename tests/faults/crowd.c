#include "fullteam.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/seam.h"

#define STACK ((size_t)2 << 20)

typedef struct machine {
    pthread_t thread;
    pthread_cond_t turn;
    int64_t wake_ms;
    bool done;
    int number;
} machine;

static pthread_mutex_t baton = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t all_done = PTHREAD_COND_INITIALIZER;
static machine *machines;
static int machine_count;
static machine *running; /* holds the baton; NULL when all are done */
static _Thread_local machine *self;
static int64_t now_ms;
static uint64_t chance_state = 1;
static void (*machine_body)(int number);

int64_t crowd_now_ms(void)
{
    return now_ms;
}

void crowd_seed(uint64_t seed)
{
    chance_state = seed;
}

/* splitmix64. Source: Steele, Lea, Flood, "Fast splittable pseudorandom number
 * generators", 2014. */
uint32_t crowd_chance(void)
{
    uint64_t z = chance_state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)(z >> 32);
}

static int draw(void *buffer, size_t count)
{
    unsigned char *bytes = buffer;
    for (size_t i = 0; i < count; i++)
        bytes[i] = (unsigned char)crowd_chance();
    return 0;
}

/* Hand the baton to whoever wakes first. Under the lock. */
static void pass_on(void)
{
    machine *next = NULL;
    for (int i = 0; i < machine_count; i++) {
        if (!machines[i].done && (!next || machines[i].wake_ms < next->wake_ms))
            next = &machines[i];
    }
    running = next;
    if (!next) {
        pthread_cond_signal(&all_done);
        return;
    }
    if (next->wake_ms > now_ms)
        now_ms = next->wake_ms;
    if (next != self)
        pthread_cond_signal(&next->turn);
}

static void wait_for_turn(void)
{
    while (running != self)
        pthread_cond_wait(&self->turn, &baton);
}

static void sleep_until_then(int64_t ms)
{
    if (!self) {
        now_ms += ms;
        return;
    }
    self->wake_ms = now_ms + (ms > 0 ? ms : 0);
    pass_on();
    wait_for_turn();
}

/* The lock is held while a machine runs: nothing in here happens twice at once. */
static void *live(void *argument)
{
    pthread_mutex_lock(&baton);
    self = argument;
    wait_for_turn();
    machine_body(self->number);
    self->done = true;
    pass_on();
    pthread_mutex_unlock(&baton);
    return NULL;
}

static void give_up(const char *what)
{
    fprintf(stderr, "fullteam: %s\n", what);
    exit(2);
}

void crowd_run(int count, int64_t start_ms, void (*body)(int number))
{
    static const cx_seam seam = {crowd_now_ms, crowd_now_ms, draw, sleep_until_then};
    cx_seam_use(&seam);
    now_ms = start_ms;
    machine_body = body;
    machine_count = count;
    machines = calloc((size_t)count, sizeof *machines);
    pthread_attr_t attributes;
    if (!machines || pthread_attr_init(&attributes) != 0 ||
        pthread_attr_setstacksize(&attributes, STACK) != 0)
        give_up("out of memory");
    pthread_mutex_lock(&baton);
    for (int i = 0; i < count; i++) {
        machines[i] = (machine){.wake_ms = start_ms, .number = i};
        pthread_cond_init(&machines[i].turn, NULL);
        if (pthread_create(&machines[i].thread, &attributes, live, &machines[i]) != 0)
            give_up("no further thread");
    }
    pass_on();
    while (running)
        pthread_cond_wait(&all_done, &baton);
    pthread_mutex_unlock(&baton);
    for (int i = 0; i < count; i++)
        pthread_join(machines[i].thread, NULL);
    pthread_attr_destroy(&attributes);
    free(machines);
    machines = NULL;
}
