#include "google/api.h"
#include "google/batch.h"
#include "google/cells.h"

#define CELL_UNITS_MAX 50000

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static cxlog_status add_row(json_t *rows, json_t *row_take, cxlog_error *err)
{
    return json_array_append_new(rows, row_take) == 0 ? CXLOG_OK : no_memory(err);
}

static cxlog_status record_rows(json_t *rows, const cxlog_push *push,
                                cxlog_answer *answer, cxlog_error *err)
{
    for (size_t i = 0; i < push->count; i++) {
        json_t *row = NULL;
        cxlog_status status = cx_cells_record(&row, &push->records[i].entry, push->fields,
                                              push->field_count, err);
        if (status == CXLOG_OK)
            status = add_row(rows, row, err);
        if (status == CXLOG_ERR_VALUE)
            answer->bad_record = (int)i;
        if (status != CXLOG_OK)
            return status;
    }
    return CXLOG_OK;
}

/* The marker first: a replay then fails before anything else can be said about it. */
static bool push_requests(json_t *requests, const cxlog_push *push, json_t *rows)
{
    bool good = cx_batch_mark(requests, push->marker, CX_MARKER_KEY, push->marker_value,
                              push->log_tab);
    for (size_t i = 0; good && i < push->drop_count; i++)
        good = cx_batch_unmark(requests, push->drop[i]);
    if (good && push->grow_first)
        good = cx_batch_grow(requests, push->log_tab, true, 1);
    /* Below the header nothing is inherited: its bold would be. */
    return good &&
           cx_batch_insert(requests, push->log_tab, true, push->after_row,
                           (int64_t)push->count, push->after_row > 1) &&
           cx_batch_cells(requests, push->log_tab, push->after_row, 0, rows,
                          CX_CELL_FIELDS);
}

/* UTF-16 units of UTF-8 text: the larger of the two ways Google may count its 50,000
 * characters. */
static size_t units(const char *text)
{
    size_t count = 0;
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        count += (*c & 0xc0) != 0x80 ? (*c >= 0xf0 ? 2U : 1U) : 0U;
    return count;
}

static bool is_long(const cxlog_entry *entry)
{
    bool found = false;
    for (int c = 0; c < CXLOG_COLUMN_COUNT && !found; c++)
        found = entry->text[c] && units(entry->text[c]) > CELL_UNITS_MAX;
    for (size_t i = 0; i < entry->extra_count && !found; i++)
        found = units(entry->extra[i].value) > CELL_UNITS_MAX;
    return found;
}

/* Google's refusal of a long cell names no row. */
static void blame_long(cxlog_answer *answer, const cxlog_push *push)
{
    size_t i = 0;
    while (i < push->count && !is_long(&push->records[i].entry))
        i++;
    if (i < push->count)
        answer->bad_record = (int)i;
}

/* A batch whose first request makes metadata entry `marker`. */
static cxlog_status send_marked(cx_google *google, json_t *requests, int32_t marker,
                                cx_reply *reply, cxlog_answer *answer, cxlog_error *err)
{
    cxlog_status status = cx_api_write(google, requests, reply, answer, err);
    if (status != CXLOG_OK || cx_write_marked(reply, marker))
        return status;
    answer->outcome = CXLOG_OUTCOME_UNKNOWN;
    return cx_google_strange(google, "one to this batch", err);
}

/* The marker had no room. Where old ones can go, the same batch may be sent again. */
static cxlog_status make_room(cx_google *google, cxlog_answer *answer,
                              const cxlog_error *refusal, cxlog_error *err)
{
    bool swept = false;
    cxlog_status status = cx_sweep_markers(google, &swept, err);
    if (status != CXLOG_OK)
        return status;
    if (!swept) {
        cx_keep_error(err, refusal);
        return refusal->status;
    }
    answer->wait_ms = 0;
    return cxlog_fail(err, CXLOG_ERR_RETRY,
                      "markers of old stores filled the sheet and were removed: sync "
                      "again");
}

cxlog_status cx_google_push(cxlog_remote *remote, const cxlog_push *push,
                            cxlog_answer *answer, cxlog_error *err)
{
    cx_google *google = (cx_google *)remote;
    google->log_tab = push->log_tab;
    *answer = (cxlog_answer){
        .outcome = CXLOG_OUTCOME_NOT_APPLIED, .wait_ms = -1, .bad_record = -1};
    json_auto_t *requests = json_array();
    json_auto_t *rows = json_array();
    if (!requests || !rows)
        return no_memory(err);
    cxlog_status status = record_rows(rows, push, answer, err);
    if (status != CXLOG_OK)
        return status;
    if (!push_requests(requests, push, rows))
        return no_memory(err);
    CXLOG_AUTO_VALUE(cx_reply) reply = {0};
    cxlog_error said = {0};
    status = send_marked(google, requests, push->marker, &reply, answer, &said);
    if (answer->outcome == CXLOG_OUTCOME_NOT_APPLIED &&
        cx_reply_says(&reply, "metadata would exceed"))
        return make_room(google, answer, &said, err);
    if (status != CXLOG_OK)
        cx_keep_error(err, &said);
    const cx_batch_shape shape = {.drop_first = 1,
                                  .drop_count = push->drop_count,
                                  .records = push->count,
                                  .cells = json_array_size(requests) - 1};
    cx_write_detail(answer, &reply, &shape);
    if (answer->outcome == CXLOG_OUTCOME_NOT_APPLIED &&
        cx_reply_says(&reply, "in a single cell"))
        blame_long(answer, push);
    answer->refused = answer->refused && answer->bad_record < 0;
    if (status == CXLOG_OK)
        cxlog_progress_tell(&google->progress, CXLOG_DOING_WRITE, (int64_t)push->count);
    return status;
}

static cxlog_status event_rows(json_t *rows, const cxlog_scheme_push *push,
                               cxlog_error *err)
{
    for (size_t i = 0; i < push->count; i++) {
        json_t *row = NULL;
        cxlog_status status = cx_cells_event(&row, &push->events[i], err);
        if (status == CXLOG_OK)
            status = add_row(rows, row, err);
        if (status != CXLOG_OK)
            return status;
    }
    return CXLOG_OK;
}

/* Inserted, so that what a person wrote to the right of the log's columns moves aside and
 * is not written over. */
static bool new_columns(json_t *requests, const cxlog_scheme_push *push)
{
    if (push->new_field_count == 0)
        return true;
    json_auto_t *rows = json_array();
    return json_array_append_new(
               rows, cx_cells_headings(push->new_fields, push->new_field_count)) == 0 &&
           cx_batch_insert(requests, push->log_tab, false, push->first_field_column,
                           (int64_t)push->new_field_count, true) &&
           cx_batch_cells(requests, push->log_tab, 0, push->first_field_column, rows,
                          CX_HEADING_FIELDS);
}

static bool scheme_requests(json_t *requests, const cxlog_scheme_push *push, json_t *rows,
                            size_t *drops)
{
    bool good = true;
    for (size_t i = 0; good && i < push->count; i++)
        good = cx_batch_mark(requests,
                             (int32_t)(CXLOG_EVENT_MARKER + push->events[i].number),
                             CX_EVENT_KEY, push->events[i].chain, push->scheme_tab);
    for (int64_t n = push->drop_from; good && n <= push->drop_to; n++, (*drops)++)
        good = cx_batch_unmark(requests, (int32_t)(CXLOG_EVENT_MARKER + n));
    int64_t row = push->events[0].number; /* event i stands in row i + 1, index i */
    return good &&
           cx_batch_insert(requests, push->scheme_tab, true, row, (int64_t)push->count,
                           row > 1) &&
           cx_batch_cells(requests, push->scheme_tab, row, 0, rows, CX_CELL_FIELDS) &&
           new_columns(requests, push);
}

cxlog_status cx_google_push_scheme(cxlog_remote *remote, const cxlog_scheme_push *push,
                                   cxlog_answer *answer, cxlog_error *err)
{
    cx_google *google = (cx_google *)remote;
    google->log_tab = push->log_tab;
    google->scheme_tab = push->scheme_tab;
    *answer = (cxlog_answer){
        .outcome = CXLOG_OUTCOME_NOT_APPLIED, .wait_ms = -1, .bad_record = -1};
    json_auto_t *requests = json_array();
    json_auto_t *rows = json_array();
    if (!requests || !rows)
        return no_memory(err);
    cxlog_status status = event_rows(rows, push, err);
    if (status != CXLOG_OK)
        return status;
    size_t drops = 0;
    if (!scheme_requests(requests, push, rows, &drops))
        return no_memory(err);
    CXLOG_AUTO_VALUE(cx_reply) reply = {0};
    status = send_marked(google, requests,
                         (int32_t)(CXLOG_EVENT_MARKER + push->events[0].number), &reply,
                         answer, err);
    const cx_batch_shape shape = {.drop_first = push->count, .drop_count = drops};
    cx_write_detail(answer, &reply, &shape);
    return status;
}
