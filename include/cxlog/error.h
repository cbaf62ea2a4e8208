/*
 * error.h - the one error type: a status for the program, a sentence for the person.
 *
 * The sentence is written where the failure is first seen; callers add context with
 * cxlog_wrap() and never replace it. The struct belongs to the caller; NULL is allowed
 * wherever a function takes `cxlog_error *err`, and the status is returned all the same.
 */
#ifndef CXLOG_ERROR_H
#define CXLOG_ERROR_H

#include <cxlog/cxlog.h>

CXLOG_BEGIN_DECLS

/* name, exit code, machine name (JSON "name"), short text. Append only. */
#define CXLOG_STATUSES(X)                                                                \
    X(OK, 0, "ok", "done")                                                               \
    X(ERR_INCOMPLETE, 3, "incomplete", "totals honest but incomplete")                   \
    X(ERR_TAMPERED, 4, "tampered", "sheet or scheme history was tampered with")          \
    X(ERR_USAGE, 64, "usage", "usage")                                                   \
    X(ERR_VALUE, 65, "value", "bad or ambiguous value")                                  \
    X(ERR_NOINPUT, 66, "noinput", "no input")                                            \
    X(ERR_GONE, 69, "refused", "Google refuses for good")                                \
    X(ERR_BUG, 70, "bug", "internal error")                                              \
    X(ERR_NOMEM, 70, "nomem", "out of memory")                                           \
    X(ERR_CREATE, 73, "create", "cannot create")                                         \
    X(ERR_IO, 74, "io", "local I/O, not saved")                                          \
    X(ERR_RETRY, 75, "retry", "try again later, records safe")                           \
    X(ERR_SHEET, 76, "sheet", "sheet not as expected")                                   \
    X(ERR_PERMISSION, 77, "permission", "no permission or credentials")                  \
    X(ERR_CONFIG, 78, "config", "configuration")                                         \
    X(ERR_INTERRUPT, 130, "interrupt", "interrupted")

typedef enum cxlog_status {
#define X(name, code, word, text) CXLOG_##name,
    CXLOG_STATUSES(X)
#undef X
} cxlog_status;

#define CXLOG_MESSAGE_MAX 1024
#define CXLOG_SUGGESTIONS_MAX 8
#define CXLOG_SUGGESTION_MAX 160

typedef struct cxlog_error {
    cxlog_status status;
    char message[CXLOG_MESSAGE_MAX]; /* one sentence, no final full stop or newline */
    char suggestions[CXLOG_SUGGESTIONS_MAX]
                    [CXLOG_SUGGESTION_MAX]; /* candidates, best first */
    size_t suggestion_count;
} cxlog_error;

/*
 * Record a failure and return `status`. The first failure wins: when err already holds
 * one, it is kept and its status is NOT returned, `status` is. The format is looked up in
 * the message catalogue (domain "cxlog") before use; over-long sentences are cut at a
 * character boundary.
 */
cxlog_status cxlog_fail(cxlog_error *err, cxlog_status status, const char *format, ...)
    CXLOG_PRINTF(3, 4);

/* Put "context: " before the sentence in err. Returns err's status (ERR_BUG when err is
 * NULL). */
cxlog_status cxlog_wrap(cxlog_error *err, const char *format, ...) CXLOG_PRINTF(2, 3);

/* Add a candidate (copied, cut to CXLOG_SUGGESTION_MAX - 1 bytes at a character
 * boundary). */
void cxlog_suggest(cxlog_error *err, const char *candidate);

/* Forget what err holds. */
void cxlog_error_clear(cxlog_error *err);

/* The process exit code of a status, its machine name and its short English text. */
int cxlog_exit_code(cxlog_status status);
const char *cxlog_status_name(cxlog_status status);
const char *cxlog_status_text(cxlog_status status);

CXLOG_END_DECLS

#endif
