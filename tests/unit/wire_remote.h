/* A Google remote that speaks to an emulator of its own, with both tabs made. */
#ifndef WIRE_REMOTE_H
#define WIRE_REMOTE_H

#include "emulator_child.h"
#include "wire_records.h"

extern emulator wire_child;
extern int32_t wire_log_tab, wire_scheme_tab;

/* Group set-up and tear-down; for one test: request counts at zero and a remote in
 * *state. */
int wire_start(void **state);
int wire_stop(void **state);
int wire_fresh(void **state);
int wire_finish(void **state);

/* deadline_ms 0: a minute. Fails the test when it can't be opened. */
cxlog_remote *wire_open(int64_t deadline_ms);
int wire_marker(void);
/* Rows of the log in use, header included. */
int64_t wire_rows(void);
/* Push below the last row. */
cxlog_status wire_push(cxlog_remote *remote, int marker, cxlog_record *records,
                       size_t count, cxlog_answer *answer, cxlog_error *err);
/* Header, scheme and rows of the log (from 0: none). Fails the test on error. */
cxlog_reading *wire_read(cxlog_remote *remote, int64_t from, int64_t to);

#endif
