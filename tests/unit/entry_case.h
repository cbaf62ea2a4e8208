/*
 * entry_case.h - what the tests of entries begin with: a clock that stands still, in UTC.
 */
#ifndef ENTRY_CASE_H
#define ENTRY_CASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <cxlog/entry.h>
#include <cxlog/wall.h>

#include "core/seam.h"

#define NOW INT64_C(1795185120) /* wall 2026-11-20 14:32:00 */

static inline int64_t fixed_clock(void)
{
    return NOW * 1000;
}

static inline int fix_the_clock(void **state)
{
    static const cx_seam fixed = {.utc_ms = fixed_clock};
    (void)state;
    cx_seam_use(&fixed);
    return 0;
}

#endif
