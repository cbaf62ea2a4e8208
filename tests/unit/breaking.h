/*
 * breaking.h - a piece of work done again and again, each time with one thing failing:
 * an allocation, a call of SQLite, a system call, a draw of chance, an answer of the
 * sheet. A way is a call with its callers; it is broken the first and the last time that
 * it is gone. A sample of the ways changes by date, or by CXLOG_SEED; lost answers are
 * few and always in it. CXLOG_BREAKS=all takes every one.
 */
#ifndef BREAKING_H
#define BREAKING_H

#include <stdbool.h>
#include <stddef.h>

#include <cxlog/remote.h>

enum {
    BREAK_MEMORY = 1,
    BREAK_SQLITE = 2,
    BREAK_FILES = 4,
    BREAK_CHANCE = 8,
    BREAK_ANSWERS = 16,
};

/*
 * Run `attempt` once with nothing failing, then for each way of these kinds that it was
 * seen to go between breaking_start() and breaking_stop(). Each attempt begins from the
 * same state. Returns how many ways there are.
 */
size_t breaking_each(unsigned kinds, void (*attempt)(void *context), void *context);

void breaking_start(void);
/* Has anything failed in this attempt? */
bool breaking_stop(void);
/* What failed, for a person; which call it was. */
const char *breaking_what(void);
size_t breaking_at(void);

/* Temporary files go to memory where there is some: what matters here is what is there
 * after a call failed, not after a power cut. Call first. */
void breaking_in_memory(void);

/* Is this call the one that fails? */
bool breaking_point(unsigned kind, const char *what);

/* Nothing fails in between. Pause: was it going? */
bool breaking_pause(void);
void breaking_go_on(bool going);

/* The remote's answers may fail from now on; what happens inside it may not. One at a
 * time. */
void breaking_remote(cxlog_remote *remote);

#endif
