/*
 * auto.h - release bound to scope.
 *
 *     CXLOG_AUTO(cxlog_store) *store = ...;   closes it on every way out
 *     *out = CXLOG_TAKE(store);               moves it out: nothing is closed
 *
 * A type takes part by CXLOG_AUTO_DEFINE(type, release) once in the header or file that
 * uses it. No goto in a function that uses these (clang rejects it, gcc warns).
 */
#ifndef CXLOG_AUTO_H
#define CXLOG_AUTO_H

#include <stdlib.h>
#include <string.h>

#define CXLOG_AUTO_DEFINE(type, release)                                                 \
    static inline void cx_auto_##type(type **place)                                      \
    {                                                                                    \
        if (*place)                                                                      \
            release(*place);                                                             \
    }                                                                                    \
    struct cx_auto_##type##_needs_semicolon

/* For plain values with a `_clear` function: CXLOG_AUTO_VALUE(cxlog_entry) entry = ...;
 */
#define CXLOG_AUTO_VALUE_DEFINE(type, clear)                                             \
    static inline void cx_auto_value_##type(type *place)                                 \
    {                                                                                    \
        clear(place);                                                                    \
    }                                                                                    \
    struct cx_auto_value_##type##_needs_semicolon

#define CXLOG_AUTO(type) __attribute__((cleanup(cx_auto_##type))) type
#define CXLOG_AUTO_VALUE(type) __attribute__((cleanup(cx_auto_value_##type))) type

/* Owned text: CXLOG_AUTO_TEXT name = NULL; */
static inline void cx_auto_text(char **place)
{
    free(*place);
}
#define CXLOG_AUTO_TEXT __attribute__((cleanup(cx_auto_text))) char *

static inline void *cx_take(void *place)
{
    void *value;
    void *none = NULL;
    memcpy(&value, place, sizeof value); /* any object pointer type may stand there */
    memcpy(place, &none, sizeof none);
    return value;
}
#define CXLOG_TAKE(variable) cx_take(&(variable))

#endif
