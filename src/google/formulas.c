#include "google/api.h"

/* The mask decides in Google; the member does for servers that look at it alone. */
#define FORMULAS_PATH                                                                    \
    ":getByDataFilter?prettyPrint=false&fields=spreadsheetId,sheets("                    \
    "properties(sheetId),data(startRow,rowData(values(userEnteredValue(formulaValue))))" \
    ")"

static json_t *body_of(int32_t tab, int64_t first, int64_t last, int64_t columns)
{
    return json_pack("{s:[{s:{s:i,s:I,s:I,s:I,s:I}}],s:b}", "dataFilters", "gridRange",
                     "sheetId", (int)tab, "startRowIndex", (json_int_t)(first - 1),
                     "endRowIndex", (json_int_t)last, "startColumnIndex", (json_int_t)0,
                     "endColumnIndex", (json_int_t)columns, "includeGridData", 1);
}

static uint32_t formulas_of(const json_t *row)
{
    uint32_t columns = 0;
    const json_t *cells = json_object_get(row, "values");
    for (size_t i = 0; i < json_array_size(cells); i++) {
        const json_t *value =
            json_object_get(json_array_get(cells, i), "userEnteredValue");
        if (json_object_get(value, "formulaValue"))
            columns |= UINT32_C(1) << (i < CXLOG_COLUMN_COUNT ? i : CXLOG_COLUMN_COUNT);
    }
    return columns;
}

static cxlog_status keep(cxlog_formula_row **out, size_t *count, cxlog_formula_row row,
                         cxlog_error *err)
{
    if ((*count & (*count - 1)) == 0) { /* room for the next power of two */
        cxlog_formula_row *grown =
            realloc(*out, (*count ? *count * 2 : 1) * sizeof *grown);
        if (!grown)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        *out = grown;
    }
    (*out)[(*count)++] = row;
    return CXLOG_OK;
}

static cxlog_status take(const json_t *block, cxlog_formula_row **out, size_t *count,
                         cxlog_error *err)
{
    const json_t *start = json_object_get(block, "startRow");
    const json_t *list = json_object_get(block, "rowData");
    int64_t first = json_is_integer(start) ? (int64_t)json_integer_value(start) : 0;
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; i < json_array_size(list) && status == CXLOG_OK; i++) {
        cxlog_formula_row row = {.row = first + (int64_t)i + 1,
                                 .columns = formulas_of(json_array_get(list, i))};
        if (row.columns != 0)
            status = keep(out, count, row, err);
    }
    return status;
}

static cxlog_status take_all(const json_t *sheets, cxlog_formula_row **out, size_t *count,
                             cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; i < json_array_size(sheets); i++) {
        const json_t *blocks = json_object_get(json_array_get(sheets, i), "data");
        for (size_t k = 0; k < json_array_size(blocks) && status == CXLOG_OK; k++)
            status = take(json_array_get(blocks, k), out, count, err);
    }
    return status;
}

/* *too_large: of so many rows the answer is longer than one may be. */
static cxlog_status ask(cx_google *google, json_t *body, bool *too_large,
                        cxlog_formula_row **out, size_t *count, cxlog_error *err)
{
    cxlog_error local = {0};
    CXLOG_AUTO_VALUE(cx_reply) reply = {.lean = true};
    cxlog_status status = cx_api_read(google, FORMULAS_PATH, body, &reply, &local);
    *too_large = status != CXLOG_OK && reply.http.too_large;
    if (status != CXLOG_OK) {
        if (!*too_large)
            cx_keep_error(err, &local);
        return status;
    }
    const json_t *sheets = json_object_get(reply.root, "sheets");
    if (!json_is_array(sheets))
        return cx_google_strange(google, "one to this question", err);
    return take_all(sheets, out, count, err);
}

cxlog_status cx_google_formulas(cxlog_remote *remote, int32_t tab, int64_t first,
                                int64_t last, int64_t columns, cxlog_formula_row **out,
                                size_t *count, cxlog_error *err)
{
    cx_google *google = (cx_google *)remote;
    int64_t size = last - first + 1;
    cxlog_status status = CXLOG_OK;
    *out = NULL;
    *count = 0;
    while (first <= last && status == CXLOG_OK) {
        int64_t end = last - first < size ? last : first + size - 1;
        bool too_large = false;
        json_auto_t *body = body_of(tab, first, end, columns);
        if (!body)
            status = cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        else
            status = ask(google, body, &too_large, out, count, err);
        if (too_large && size == 1)
            status = cx_google_strange(google, "of a size that one row can have", err);
        else if (too_large)
            status = CXLOG_OK;
        if (too_large)
            size = size > 1 ? size / 2 : size;
        else
            first = end + 1;
    }
    if (status != CXLOG_OK) {
        free(*out);
        *out = NULL;
        *count = 0;
    }
    return status;
}
