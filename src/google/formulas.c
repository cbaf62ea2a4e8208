#include "google/api.h"

/* The mask decides in Google; the member does for servers that look at it alone. */
#define FORMULAS_PATH                                                                    \
    ":getByDataFilter?prettyPrint=false&fields=spreadsheetId,sheets("                    \
    "properties(sheetId),data(startRow,rowData(values(userEnteredValue(formulaValue))))" \
    ")"

static json_t *filter_of(int32_t tab, int64_t row, int64_t columns)
{
    return json_pack("{s:{s:i,s:I,s:I,s:I,s:I}}", "gridRange", "sheetId", (int)tab,
                     "startRowIndex", (json_int_t)(row - 1), "endRowIndex",
                     (json_int_t)row, "startColumnIndex", (json_int_t)0, "endColumnIndex",
                     (json_int_t)columns);
}

static json_t *body_of(int32_t tab, const int64_t *rows, size_t count, int64_t columns)
{
    json_auto_t *filters = json_array();
    for (size_t i = 0; i < count; i++) {
        if (json_array_append_new(filters, filter_of(tab, rows[i], columns)) != 0)
            return NULL;
    }
    return json_pack("{s:O,s:b}", "dataFilters", filters, "includeGridData", 1);
}

static bool has_formula(const json_t *row)
{
    const json_t *cells = json_object_get(row, "values");
    for (size_t i = 0; i < json_array_size(cells); i++) {
        const json_t *value =
            json_object_get(json_array_get(cells, i), "userEnteredValue");
        if (json_object_get(value, "formulaValue"))
            return true;
    }
    return false;
}

/* Neighbouring rows may come back as one block. */
static void mark(const json_t *block, const int64_t *rows, size_t count, bool *out)
{
    const json_t *start = json_object_get(block, "startRow");
    const json_t *list = json_object_get(block, "rowData");
    int64_t first = json_is_integer(start) ? (int64_t)json_integer_value(start) : 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (!has_formula(json_array_get(list, i)))
            continue;
        for (size_t k = 0; k < count; k++)
            out[k] = out[k] || rows[k] == first + (int64_t)i + 1;
    }
}

cxlog_status cx_google_formulas(cxlog_remote *remote, int32_t tab, const int64_t *rows,
                                size_t count, int64_t columns, bool *out,
                                cxlog_error *err)
{
    cx_google *google = (cx_google *)remote;
    for (size_t i = 0; i < count; i++)
        out[i] = false;
    json_auto_t *body = body_of(tab, rows, count, columns);
    if (!body)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    CXLOG_AUTO_VALUE(cx_reply) reply = {0};
    cxlog_status status = cx_api_read(google, FORMULAS_PATH, body, &reply, err);
    if (status != CXLOG_OK)
        return status;
    const json_t *sheets = json_object_get(reply.root, "sheets");
    if (!json_is_array(sheets))
        return cx_google_strange(google, "one to this question", err);
    for (size_t i = 0; i < json_array_size(sheets); i++) {
        const json_t *blocks = json_object_get(json_array_get(sheets, i), "data");
        for (size_t k = 0; k < json_array_size(blocks); k++)
            mark(json_array_get(blocks, k), rows, count, out);
    }
    return CXLOG_OK;
}
