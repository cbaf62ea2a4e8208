#include "google/api.h"
#include "google/batch.h"
#include "google/cells.h"

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static cxlog_status event_rows(json_t *rows, const cxlog_scheme_rewrite *rewrite,
                               cxlog_error *err)
{
    for (size_t i = 0; i < rewrite->count; i++) {
        json_t *row = NULL;
        cxlog_status status = cx_cells_event(&row, &rewrite->events[i], err);
        if (status != CXLOG_OK)
            return status;
        if (json_array_append_new(rows, row) != 0)
            return no_memory(err);
    }
    return CXLOG_OK;
}

static bool put_header(json_t *requests, int32_t tab)
{
    json_auto_t *rows = json_array();
    json_t *headings = cx_cells_headings(cxlog_event_headings(), CXLOG_EVENT_COLUMNS);
    return json_array_append_new(rows, headings) == 0 &&
           cx_batch_cells(requests, tab, 0, 0, rows, CX_HEADING_FIELDS);
}

static json_t *blank_row(void)
{
    json_auto_t *cells = json_array();
    for (int column = 0; column < CXLOG_EVENT_COLUMNS; column++) {
        if (json_array_append_new(cells, json_object()) != 0)
            return NULL;
    }
    return json_pack("{s:O}", "values", cells);
}

static bool put_blanks(json_t *requests, const cxlog_scheme_rewrite *rewrite)
{
    int64_t first = (int64_t)rewrite->count + 2;
    json_auto_t *rows = json_array();
    for (int64_t row = first; row <= rewrite->last_row; row++) {
        if (json_array_append_new(rows, blank_row()) != 0)
            return false;
    }
    return rewrite->last_row < first ||
           cx_batch_cells(requests, rewrite->scheme_tab, first - 1, 0, rows,
                          "userEnteredValue");
}

static bool unmerge(json_t *requests, int32_t tab)
{
    return json_array_append_new(requests, json_pack("{s:{s:{s:i}}}", "unmergeCells",
                                                     "range", "sheetId", (int)tab)) == 0;
}

/* The next event's id is made and deleted: the batch is refused when that event exists.
 */
static bool put_all(json_t *requests, const cxlog_scheme_rewrite *rewrite, json_t *rows)
{
    int32_t tab = rewrite->scheme_tab;
    int32_t next = (int32_t)(CXLOG_EVENT_MARKER + (int64_t)rewrite->count + 1);
    bool good = cx_batch_mark(requests, next, CX_EVENT_KEY, "", tab) &&
                cx_batch_unmark(requests, next) && unmerge(requests, tab);
    if (good && rewrite->add_columns > 0)
        good = cx_batch_grow(requests, tab, false, rewrite->add_columns);
    if (good && rewrite->add_rows > 0)
        good = cx_batch_grow(requests, tab, true, rewrite->add_rows);
    return good && put_header(requests, tab) &&
           cx_batch_cells(requests, tab, 1, 0, rows, CX_CELL_FIELDS) &&
           put_blanks(requests, rewrite);
}

cxlog_status cx_google_rewrite_scheme(cxlog_remote *remote,
                                      const cxlog_scheme_rewrite *rewrite,
                                      cxlog_answer *answer, cxlog_error *err)
{
    cx_google *google = (cx_google *)remote;
    google->scheme_tab = rewrite->scheme_tab;
    *answer = (cxlog_answer){
        .outcome = CXLOG_OUTCOME_NOT_APPLIED, .wait_ms = -1, .bad_record = -1};
    json_auto_t *requests = json_array();
    json_auto_t *rows = json_array();
    if (!requests || !rows)
        return no_memory(err);
    cxlog_status status = event_rows(rows, rewrite, err);
    if (status == CXLOG_OK && !put_all(requests, rewrite, rows))
        status = no_memory(err);
    if (status != CXLOG_OK)
        return status;
    CXLOG_AUTO_VALUE(cx_reply) reply = {0};
    status = cx_api_write(google, requests, &reply, answer, err);
    const cx_batch_shape shape = {0};
    cx_write_detail(answer, &reply, &shape);
    return status;
}
