#include <string.h>

#include "google/cells.h"
#include "google/grid.h"

#define ROWS_AT_FIRST 1024 /* of one window, when the whole was too large */

/* Which windows of a cxlog_read go into one request, and where their answers stand. */
typedef struct plan {
    cx_window windows[3];
    size_t count;
    int header, scheme, log; /* index into windows; -1: not asked */
} plan;

static int add(plan *all, cx_window window)
{
    all->windows[all->count] = window;
    return (int)all->count++;
}

static int64_t log_columns(const cxlog_read *what)
{
    return CXLOG_COLUMN_COUNT + (int64_t)what->field_count;
}

static plan plan_of(const cxlog_read *what, bool with_log)
{
    plan all = {.header = -1, .scheme = -1, .log = -1};
    if (what->header)
        all.header = add(&all, (cx_window){.tab = what->log_tab, .first = 1, .last = 1});
    if (what->scheme_from > 0)
        all.scheme = add(&all, (cx_window){.tab = what->scheme_tab,
                                           .first = what->scheme_from,
                                           .last = CX_OPEN,
                                           .columns = CXLOG_EVENT_COLUMNS});
    if (what->log_from > 0 && with_log)
        all.log = add(&all, (cx_window){.tab = what->log_tab,
                                        .first = what->log_from,
                                        .last = what->log_to,
                                        .columns = log_columns(what)});
    return all;
}

static cxlog_status take_header(cxlog_reading *reading, const json_t *rows,
                                cxlog_error *err)
{
    const json_t *row = json_array_get(rows, 0);
    size_t count = json_array_size(row);
    reading->header = calloc(count + 1, sizeof *reading->header);
    if (!reading->header)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    for (size_t i = 0; i < count; i++) {
        reading->header[i] = cx_cell_text(json_array_get(row, i));
        if (!reading->header[i])
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        reading->header_count++;
    }
    return CXLOG_OK;
}

static cxlog_status take_scheme(cxlog_reading *reading, const json_t *rows, int64_t first,
                                cxlog_error *err)
{
    size_t count = json_array_size(rows);
    reading->scheme = calloc(count + 1, sizeof *reading->scheme);
    if (!reading->scheme)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    for (size_t i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, i);
        if (cx_cells_blank(row))
            continue;
        cxlog_status status = cx_cells_scheme_row(&reading->scheme[reading->scheme_count],
                                                  row, first + (int64_t)i, err);
        if (status != CXLOG_OK)
            return status;
        reading->scheme_count++;
    }
    return CXLOG_OK;
}

static cxlog_status take_log(cxlog_reading *reading, const json_t *rows, int64_t first,
                             const cxlog_read *what, cxlog_error *err)
{
    cxlog_seen_page *page = &reading->page;
    size_t count = json_array_size(rows);
    cxlog_seen_row *grown =
        realloc(page->rows, (page->count + count + 1) * sizeof *grown);
    if (!grown)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    page->rows = grown;
    for (size_t i = 0; i < count; i++) {
        cxlog_seen_row *seen = &page->rows[page->count];
        cxlog_status status =
            cx_cells_seen(seen, json_array_get(rows, i), first + (int64_t)i, what->fields,
                          what->field_count, err);
        if (status != CXLOG_OK)
            return status;
        if (seen->kind == CXLOG_SEEN_BLANK)
            cxlog_entry_clear(&seen->entry);
        else
            page->count++;
    }
    return CXLOG_OK;
}

static cxlog_status fetch(cx_google *google, const cxlog_read *what, bool with_log,
                          cxlog_reading *reading, cx_grid_trouble *trouble,
                          cxlog_error *err)
{
    plan all = plan_of(what, with_log);
    cx_found found[3] = {{0}};
    CXLOG_AUTO_VALUE(cx_reply) reply = {0};
    *trouble = CX_GRID_NONE;
    if (all.count == 0)
        return CXLOG_OK;
    cxlog_status status =
        cx_grid_read(google, all.windows, all.count, &reply, found, trouble, err);
    if (status != CXLOG_OK || *trouble != CX_GRID_NONE)
        return status;
    if (all.header >= 0)
        status = take_header(reading, found[all.header].rows, err);
    if (status == CXLOG_OK && all.scheme >= 0) {
        reading->scheme_rows = found[all.scheme].grid_rows;
        status = take_scheme(reading, found[all.scheme].rows, what->scheme_from, err);
    }
    if (status == CXLOG_OK && all.log >= 0) {
        reading->log_rows = found[all.log].grid_rows;
        status = take_log(reading, found[all.log].rows, what->log_from, what, err);
    }
    return status;
}

/* The log's rows in windows small enough for one answer each. */
static cxlog_status fetch_by_windows(cx_google *google, const cxlog_read *what,
                                     cxlog_reading *reading, cxlog_error *err)
{
    int64_t size = ROWS_AT_FIRST;
    int64_t first = what->log_from;
    while (first <= what->log_to &&
           (reading->log_rows == 0 || first <= reading->log_rows)) {
        bool last_one = what->log_to - first < size;
        cxlog_read part = *what;
        part.header = false;
        part.scheme_from = 0;
        part.log_from = first;
        part.log_to = last_one ? what->log_to : first + size - 1;
        cx_grid_trouble trouble = CX_GRID_NONE;
        cxlog_status status = fetch(google, &part, true, reading, &trouble, err);
        if (status != CXLOG_OK)
            return status;
        if (trouble == CX_GRID_BEYOND) {
            reading->log_beyond = first == what->log_from;
            reading->log_rows = first - 1;
            return CXLOG_OK;
        }
        if (trouble == CX_GRID_TOO_LARGE && size == 1)
            return cx_google_strange(google, "of a size that one row can have", err);
        if (trouble == CX_GRID_TOO_LARGE)
            size /= 2;
        else if (last_one)
            return CXLOG_OK;
        else
            first += size;
    }
    return CXLOG_OK;
}

/* Some window begins behind its grid, and the answer does not say which: ask for the
 * scheme's alone. */
static cxlog_status tell_which(cx_google *google, const cxlog_read *what,
                               cxlog_reading *reading, cxlog_error *err)
{
    if (what->scheme_from == 0 || what->log_from == 0) {
        reading->log_beyond = what->log_from > 0;
        reading->scheme_beyond = what->scheme_from > 0;
        return CXLOG_OK;
    }
    const cx_window window = {.tab = what->scheme_tab,
                              .first = what->scheme_from,
                              .last = what->scheme_from,
                              .columns = 1};
    cx_found found = {0};
    CXLOG_AUTO_VALUE(cx_reply) reply = {0};
    cx_grid_trouble trouble = CX_GRID_NONE;
    cxlog_status status = cx_grid_read(google, &window, 1, &reply, &found, &trouble, err);
    reading->scheme_beyond = trouble == CX_GRID_BEYOND;
    reading->log_beyond = !reading->scheme_beyond;
    return status;
}

cxlog_status cx_google_read(cxlog_remote *remote, const cxlog_read *what,
                            cxlog_reading **out, cxlog_error *err)
{
    cx_google *google = (cx_google *)remote;
    *out = NULL;
    CXLOG_AUTO(cxlog_reading) *reading = calloc(1, sizeof *reading);
    if (!reading)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    cx_grid_trouble trouble = CX_GRID_NONE;
    google->log_tab = what->log_tab;
    google->scheme_tab = what->scheme_tab;
    reading->page.first = what->log_from;
    reading->page.last = what->log_to;
    cxlog_status status = fetch(google, what, true, reading, &trouble, err);
    if (status == CXLOG_OK && trouble == CX_GRID_TOO_LARGE && what->log_from > 0) {
        status = fetch(google, what, false, reading, &trouble, err);
        if (status == CXLOG_OK && trouble == CX_GRID_NONE)
            status = fetch_by_windows(google, what, reading, err);
    }
    if (status == CXLOG_OK && trouble == CX_GRID_TOO_LARGE)
        status = cx_google_strange(google, "of a size that the scheme can have", err);
    if (status == CXLOG_OK && trouble == CX_GRID_BEYOND)
        status = tell_which(google, what, reading, err);
    cxlog_progress_tell(&google->progress, CXLOG_DOING_READ,
                        (int64_t)reading->page.count);
    if (status == CXLOG_OK)
        *out = CXLOG_TAKE(reading);
    return status;
}
