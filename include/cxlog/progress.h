/*
 * progress.h - how a long piece of work tells what it is at.
 */
#ifndef CXLOG_PROGRESS_H
#define CXLOG_PROGRESS_H

#include <cxlog/cxlog.h>

CXLOG_BEGIN_DECLS

typedef enum cxlog_doing {
    CXLOG_DOING_SIGN_IN,
    CXLOG_DOING_READ,
    CXLOG_DOING_WRITE,
    CXLOG_DOING_WAIT /* before it is tried again */
} cxlog_doing;

/*
 * Who wants to know. now: called at every step, and while one lasts about once a second
 * or more often; NULL: nobody. rows: records read or written since the last call. It must
 * be quick, and must not call back into the library.
 */
typedef struct cxlog_progress {
    void (*now)(void *context, cxlog_doing doing, int64_t rows);
    void *context;
} cxlog_progress;

static inline void cxlog_progress_tell(const cxlog_progress *progress, cxlog_doing doing,
                                       int64_t rows)
{
    if (progress->now)
        progress->now(progress->context, doing, rows);
}

CXLOG_END_DECLS

#endif
