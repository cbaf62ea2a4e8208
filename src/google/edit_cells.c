#include "google/batch.h"
#include "google/edit.h"

#define CELLS_FIELDS                                                                     \
    "userEnteredValue,userEnteredFormat.numberFormat,userEnteredFormat.textFormat.bold"

static json_t *value_of(const cxlog_cell *cell)
{
    switch (cell->kind) {
    case CXLOG_CELL_BLANK:
        break;
    case CXLOG_CELL_TEXT:
        return json_pack("{s:s}", "stringValue", cell->text);
    case CXLOG_CELL_NUMBER:
    case CXLOG_CELL_SHARE:
        return json_pack("{s:f}", "numberValue", cell->number);
    case CXLOG_CELL_FORMULA:
        return json_pack("{s:s}", "formulaValue", cell->text);
    }
    return json_object();
}

static json_t *format_of(const cxlog_cell *cell)
{
    const char *type = "TEXT";
    const char *pattern = NULL;
    if (cell->kind == CXLOG_CELL_NUMBER) {
        type = "NUMBER";
        pattern = "#,##0";
    } else if (cell->kind == CXLOG_CELL_SHARE) {
        type = "PERCENT";
        pattern = "0%";
    }
    json_auto_t *format =
        json_pack("{s:{s:b}}", "textFormat", "bold", cell->strong ? 1 : 0);
    bool plain = cell->kind == CXLOG_CELL_BLANK || cell->kind == CXLOG_CELL_FORMULA;
    if (!plain &&
        json_object_set_new(format, "numberFormat",
                            json_pack("{s:s,s:s*}", "type", type, "pattern", pattern)))
        return NULL;
    return json_incref(format);
}

static json_t *row_of(const cxlog_cell *cells, size_t count)
{
    json_auto_t *values = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *cell = json_pack("{s:o,s:o}", "userEnteredValue", value_of(&cells[i]),
                                 "userEnteredFormat", format_of(&cells[i]));
        if (json_array_append_new(values, cell) != 0)
            return NULL;
    }
    return json_pack("{s:O}", "values", values);
}

bool cx_edit_cells(json_t *requests, const cxlog_edit *edit)
{
    json_auto_t *rows = json_array();
    size_t columns = (size_t)edit->area.columns;
    for (int64_t i = 0; i < edit->area.rows; i++) {
        if (json_array_append_new(
                rows, row_of(edit->cells + (size_t)i * columns, columns)) != 0)
            return false;
    }
    return cx_batch_cells(requests, edit->area.tab, edit->area.row, edit->area.column,
                          rows, CELLS_FIELDS);
}
