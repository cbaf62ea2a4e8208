/*
 * cli_scheme.h - the starter scheme, for all tests of a program that reads what people
 * type.
 */
#ifndef CLI_SCHEME_H
#define CLI_SCHEME_H

#include "cli_case.h"

static cxlog_scheme *scheme;

static inline int open_scheme(void **state)
{
    (void)state;
    scheme = case_scheme();
    return 0;
}

static inline int close_scheme(void **state)
{
    (void)state;
    cxlog_scheme_free(scheme);
    return 0;
}

#endif
