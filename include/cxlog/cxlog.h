/*
 * cxlog.h - conventions of the library, and the macros they rest on.
 *
 * Ownership, in three sentences, for every header of this folder:
 *   1. `T **out` and `char **out` belong to the caller, who releases them with the
 *      function that the comment names.
 *   2. A returned pointer is borrowed from the function's first argument.
 *   3. A function that takes over an argument ends in `_take`.
 *
 * The library never prints, reads no environment, and never exits. Status for the
 * program, sentence for the person: see error.h. All text is UTF-8 in NFC unless a
 * comment says otherwise.
 */
#ifndef CXLOG_CXLOG_H
#define CXLOG_CXLOG_H

#include <stddef.h>
#include <stdint.h>

#define CXLOG_VERSION "0.1.0"

#if defined(__GNUC__)
#define CXLOG_MUST_USE __attribute__((warn_unused_result))
#define CXLOG_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define CXLOG_MUST_USE
#define CXLOG_PRINTF(fmt, args)
#endif

#ifdef __cplusplus
#define CXLOG_BEGIN_DECLS extern "C" {
#define CXLOG_END_DECLS }
#else
#define CXLOG_BEGIN_DECLS
#define CXLOG_END_DECLS
#endif

/*
 * Seconds since 1970-01-01 00:00:00 on the wall clock of the team's zone (time.zone), not
 * UTC: what the sheet's cells hold and what days, weeks and months are counted by.
 */
typedef int64_t cxlog_wall;

/* Days since 1970-01-01 in the same civil calendar. */
typedef int32_t cxlog_day;

/* A number or time that is not there. */
#define CXLOG_BLANK INT64_MIN

#endif
