/*
 * scheme_starter.h - the rows of config/starter-scheme.tsv, built in (CxlogStarter.cmake
 * makes the table).
 */
#ifndef CX_SCHEME_STARTER_H
#define CX_SCHEME_STARTER_H

#include <stddef.h>

/* Words as on the command line; "" is blank. */
typedef struct cx_starter_row {
    const char *action, *dim, *name, *parent, *code, *target;
} cx_starter_row;

extern const cx_starter_row cx_starter_rows[];
extern const size_t cx_starter_count;

#endif
