/*
 * batch.h - requests of one batchUpdate. Each function appends to `requests`; false: no
 * memory, or text that is not UTF-8.
 */
#ifndef CX_BATCH_H
#define CX_BATCH_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

/* Google keeps 30,000 characters of keys and values a tab, and every store that ever
 * pushed has one marker there: with sync's values of 10 characters, 2,000 stores. */
#define CX_MARKER_KEY "cxlog"
#define CX_EVENT_KEY "cxlog.event"

/* Bound to a tab: metadata of a deleted tab goes with it. */
bool cx_batch_mark(json_t *requests, int32_t id, const char *key, const char *value,
                   int32_t tab);
/* Bound to a row (0-based), with which it moves. */
bool cx_batch_mark_row(json_t *requests, int32_t id, const char *key, const char *value,
                       int32_t tab, int64_t row);
bool cx_batch_unmark(json_t *requests, int32_t id);
/* rows true: rows; else columns. at: 0-based index of the first new one. */
bool cx_batch_insert(json_t *requests, int32_t tab, bool rows, int64_t at, int64_t count,
                     bool inherit);
bool cx_batch_grow(json_t *requests, int32_t tab, bool rows, int64_t count);
/* rows: array of RowData, borrowed; row, column 0-based. fields: mask. */
bool cx_batch_cells(json_t *requests, int32_t tab, int64_t row, int64_t column,
                    json_t *rows, const char *fields);

#endif
