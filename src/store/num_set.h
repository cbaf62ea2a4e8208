/*
 * num_set.h - a set of record numbers (1 and up).
 */
#ifndef CX_NUM_SET_H
#define CX_NUM_SET_H

#include <cxlog/auto.h>
#include <cxlog/error.h>

#include <stdbool.h>

/* Zero bytes are its empty form. */
typedef struct cx_num_set {
    int64_t *slot;      /* open addressing; 0 is free */
    size_t size, count; /* size: 0 or a power of two */
} cx_num_set;

void cx_num_set_clear(cx_num_set *set);
CXLOG_AUTO_VALUE_DEFINE(cx_num_set, cx_num_set_clear);

/* Nothing happens when it is there. Errors: ERR_NOMEM. */
CXLOG_MUST_USE cxlog_status cx_num_set_add(cx_num_set *set, int64_t num,
                                           cxlog_error *err);
bool cx_num_set_has(const cx_num_set *set, int64_t num);
/* Each once, in no order; *place begins at 0. False at the end. */
bool cx_num_set_next(const cx_num_set *set, size_t *place, int64_t *num);

#endif
