#include <string.h>

#include "core/seam.h"
#include "google/api.h"
#include "google/batch.h"
#include "google/cells.h"

/* Between the markers of pushes and those of events (remote.h). */
#define PROOF_FIRST 0x40000000
#define PROOF_SPAN 0x00ffffffU

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static bool put(json_t *requests, json_t *request)
{
    return json_array_append_new(requests, request) == 0;
}

static bool add_tab(json_t *requests, int32_t id, const char *title, int columns)
{
    return put(requests, json_pack("{s:{s:{s:i,s:s,s:s,s:{s:i,s:i,s:i}}}}", "addSheet",
                                   "properties", "sheetId", (int)id, "title", title,
                                   "sheetType", "GRID", "gridProperties", "rowCount", 2,
                                   "columnCount", columns, "frozenRowCount", 1));
}

static bool add_heading(json_t *requests, int32_t id, const char *const *texts,
                        size_t count)
{
    json_auto_t *rows = json_array();
    return json_array_append_new(rows, cx_cells_headings(texts, count)) == 0 &&
           cx_batch_cells(requests, id, 0, 0, rows, CX_HEADING_FIELDS);
}

static bool add_format(json_t *requests, int32_t id, int column, const char *type,
                       const char *pattern)
{
    return put(requests,
               json_pack("{s:{s:{s:i,s:i,s:i,s:i},s:{s:{s:{s:s,s:s}}},s:s}}",
                         "repeatCell", "range", "sheetId", (int)id, "startRowIndex", 1,
                         "startColumnIndex", column, "endColumnIndex", column + 1, "cell",
                         "userEnteredFormat", "numberFormat", "type", type, "pattern",
                         pattern, "fields", "userEnteredFormat.numberFormat"));
}

static bool add_width(json_t *requests, int32_t id, int column, int pixels)
{
    return put(requests, json_pack("{s:{s:{s:i,s:s,s:i,s:i},s:{s:i},s:s}}",
                                   "updateDimensionProperties", "range", "sheetId",
                                   (int)id, "dimension", "COLUMNS", "startIndex", column,
                                   "endIndex", column + 1, "properties", "pixelSize",
                                   pixels, "fields", "pixelSize"));
}

static bool add_log(json_t *requests, int32_t id)
{
    const char *headings[CXLOG_COLUMN_COUNT];
    bool good = add_tab(requests, id, CXLOG_TAB_LOG, CXLOG_COLUMN_COUNT);
    for (int c = 0; c < CXLOG_COLUMN_COUNT; c++)
        headings[c] = cxlog_column_get((cxlog_column)c)->heading;
    good = good && add_heading(requests, id, headings, CXLOG_COLUMN_COUNT);
    for (int c = 0; good && c < CXLOG_COLUMN_COUNT; c++) {
        const cxlog_column_info *info = cxlog_column_get((cxlog_column)c);
        if (info->kind == CXLOG_KIND_TIME)
            good = add_format(requests, id, c, "DATE_TIME", CX_DATE_TIME_FORMAT) &&
                   add_width(requests, id, c, 150);
        else if (info->kind == CXLOG_KIND_NOTE)
            good = add_width(requests, id, c, 320);
    }
    return good && add_width(requests, id, CXLOG_COL_ID, 230);
}

static bool add_scheme(json_t *requests, int32_t id)
{
    return add_tab(requests, id, CXLOG_TAB_SCHEME, CXLOG_EVENT_COLUMNS) &&
           add_heading(requests, id, cxlog_event_headings(), CXLOG_EVENT_COLUMNS) &&
           add_format(requests, id, 1, "DATE_TIME", CX_DATE_TIME_FORMAT) &&
           add_format(requests, id, 8, "DATE", CX_DATE_FORMAT) &&
           add_width(requests, id, 1, 150) && add_width(requests, id, 10, 240);
}

static bool add_zone(json_t *requests, const char *zone)
{
    return put(requests, json_pack("{s:{s:{s:s},s:s}}", "updateSpreadsheetProperties",
                                   "properties", "timeZone", zone, "fields", "timeZone"));
}

/* The id that the answer to an addSheet names; false when it names none. */
static bool made_id(int32_t *id, const json_t *replies, size_t index)
{
    const json_t *made = json_object_get(json_array_get(replies, index), "addSheet");
    const json_t *number =
        json_object_get(json_object_get(made, "properties"), "sheetId");
    if (!json_is_integer(number) || json_integer_value(number) < 0 ||
        json_integer_value(number) > INT32_MAX)
        return false;
    *id = (int32_t)json_integer_value(number);
    return true;
}

cxlog_status cx_google_create_tabs(cxlog_remote *remote, bool log, bool scheme,
                                   const char *zone, int32_t *log_tab,
                                   int32_t *scheme_tab, cxlog_answer *answer,
                                   cxlog_error *err)
{
    cx_google *google = (cx_google *)remote;
    *answer = (cxlog_answer){
        .outcome = CXLOG_OUTCOME_NOT_APPLIED, .wait_ms = -1, .bad_record = -1};
    json_auto_t *requests = json_array();
    size_t scheme_at = 0;
    bool good = requests != NULL;
    if (good && log)
        good = add_log(requests, *log_tab);
    scheme_at = json_array_size(requests);
    if (good && scheme)
        good = add_scheme(requests, *scheme_tab);
    if (good && zone)
        good = add_zone(requests, zone);
    if (!good)
        return no_memory(err);
    CXLOG_AUTO_VALUE(cx_reply) reply = {0};
    cxlog_status status = cx_api_write(google, requests, &reply, answer, err);
    const cx_batch_shape shape = {0};
    cx_write_detail(answer, &reply, &shape);
    if (status != CXLOG_OK)
        return status;
    const json_t *replies = json_object_get(reply.root, "replies");
    if ((log && !made_id(log_tab, replies, 0)) ||
        (scheme && !made_id(scheme_tab, replies, scheme_at))) {
        answer->outcome = CXLOG_OUTCOME_UNKNOWN;
        return cx_google_strange(google, "the documented answer to a new tab", err);
    }
    return CXLOG_OK;
}

cxlog_status cx_google_prove_write(cxlog_remote *remote, cxlog_error *err)
{
    cx_google *google = (cx_google *)remote;
    uint32_t bits = 0;
    cxlog_answer answer;
    cxlog_status status = cx_random(&bits, sizeof bits, err);
    if (status != CXLOG_OK)
        return status;
    int32_t id = PROOF_FIRST + (int32_t)(bits & PROOF_SPAN);
    json_auto_t *requests = json_array();
    json_t *mark = json_pack(
        "{s:{s:{s:i,s:s,s:s,s:{s:b},s:s}}}", "createDeveloperMetadata",
        "developerMetadata", "metadataId", (int)id, "metadataKey", "cxlog.proof",
        "metadataValue", "cxlog", "location", "spreadsheet", 1, "visibility", "DOCUMENT");
    if (json_array_append_new(requests, mark) != 0 || !cx_batch_unmark(requests, id))
        return no_memory(err);
    CXLOG_AUTO_VALUE(cx_reply) reply = {0};
    return cx_api_write(google, requests, &reply, &answer, err);
}
