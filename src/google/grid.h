/*
 * grid.h - windows of tabs as data filters, and the matching of answers to them.
 */
#ifndef CX_GRID_H
#define CX_GRID_H

#include "google/api.h"

#define CX_OPEN INT64_MAX

/* Rows first..last (1-based; last CX_OPEN: to the end) and the first `columns` columns
 * (0: all) of a tab. */
typedef struct cx_window {
    int32_t tab;
    int64_t first, last;
    int64_t columns;
} cx_window;

typedef struct cx_found {
    const json_t
        *rows; /* array of rows, may be NULL: nothing there. Borrowed from the reply */
    int64_t grid_rows; /* of the tab, when the answer tells; else 0 */
} cx_found;

typedef enum cx_grid_trouble {
    CX_GRID_NONE,
    CX_GRID_BEYOND,   /* a window begins behind the end of its tab */
    CX_GRID_TOO_LARGE /* the answer passes the cap: ask for less */
} cx_grid_trouble;

/*
 * One request for all windows. found: count results in the windows' order; only when
 * *trouble is CX_GRID_NONE. Errors: of all remotes; a trouble is none.
 */
CXLOG_MUST_USE cxlog_status cx_grid_read(cx_google *google, const cx_window *windows,
                                         size_t count, cx_reply *reply, cx_found *found,
                                         cx_grid_trouble *trouble, cxlog_error *err);

/* The matching alone. False: the answer is not one to these windows. */
bool cx_grid_match(const json_t *root, const cx_window *windows, size_t count,
                   cx_found *found);

/* Last row of an A1 range ("'상담기록'!A2:V500": 500); 0 when it names none. */
int64_t cx_grid_last_row(const char *a1);

#endif
