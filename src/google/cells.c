#include "google/cells.h"

#include <string.h>

#include <cxlog/text.h>

/* jansson answers NULL to bad UTF-8 as to lack of memory: which of the two? */
static cxlog_status text_refused(const char *what, const char *text, cxlog_error *err)
{
    int64_t at = cxlog_text_invalid_at(text, strlen(text));
    if (at >= 0)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "%s is not UTF-8 at byte %lld", what,
                          (long long)at);
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static json_t *text_cell(const char *text)
{
    if (!text || text[0] == '\0')
        return json_object();
    /* A person who only opens such a cell and presses Enter would wake the formula, were
     * it not formatted as text. */
    if (cxlog_text_formula_like(text))
        return json_pack("{s:{s:s},s:{s:{s:s}}}", "userEnteredValue", "stringValue", text,
                         "userEnteredFormat", "numberFormat", "type", "TEXT");
    return json_pack("{s:{s:s}}", "userEnteredValue", "stringValue", text);
}

static json_t *number_cell(int64_t number)
{
    if (number == CXLOG_BLANK)
        return json_object();
    return json_pack("{s:{s:I}}", "userEnteredValue", "numberValue", (json_int_t)number);
}

static json_t *time_cell(cxlog_wall at, const char *type, const char *pattern)
{
    if (at == CXLOG_BLANK)
        return json_object();
    return json_pack("{s:{s:f},s:{s:{s:s,s:s}}}", "userEnteredValue", "numberValue",
                     cxlog_wall_to_serial(at), "userEnteredFormat", "numberFormat",
                     "type", type, "pattern", pattern);
}

static json_t *column_cell(const cxlog_entry *entry, cxlog_column column)
{
    switch (cxlog_column_get(column)->kind) {
    case CXLOG_KIND_TIME:
        return time_cell(entry->number[column], "DATE_TIME", CX_DATE_TIME_FORMAT);
    case CXLOG_KIND_NUMBER:
        return number_cell(entry->number[column]);
    case CXLOG_KIND_LINE:
    case CXLOG_KIND_SCHEME:
    case CXLOG_KIND_ENUM:
    case CXLOG_KIND_NOTE:
        break;
    }
    return text_cell(entry->text[column]);
}

static json_t *extra_cell(const char *value)
{
    if (!cx_cell_decimal(value))
        return text_cell(value);
    return json_pack("{s:{s:f}}", "userEnteredValue", "numberValue", strtod(value, NULL));
}

cxlog_status cx_cells_record(json_t **out, const cxlog_entry *entry,
                             const char *const *fields, size_t field_count,
                             cxlog_error *err)
{
    *out = NULL;
    json_auto_t *cells = json_array();
    for (int c = 0; c < CXLOG_COLUMN_COUNT; c++) {
        const cxlog_column column = (cxlog_column)c;
        if (json_array_append_new(cells, column_cell(entry, column)) != 0)
            return text_refused(cxlog_column_get(column)->field,
                                cxlog_entry_text(entry, column), err);
    }
    for (size_t i = 0; i < field_count; i++) {
        const char *value = cxlog_entry_extra(entry, fields[i]);
        if (json_array_append_new(cells, extra_cell(value)) != 0)
            return text_refused(fields[i], value, err);
    }
    *out = json_pack("{s:O}", "values", cells);
    return *out ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

json_t *cx_cells_headings(const char *const *texts, size_t count)
{
    json_auto_t *cells = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *cell =
            json_pack("{s:{s:s},s:{s:{s:b}}}", "userEnteredValue", "stringValue",
                      texts[i], "userEnteredFormat", "textFormat", "bold", 1);
        if (json_array_append_new(cells, cell) != 0)
            return NULL;
    }
    return json_pack("{s:O}", "values", cells);
}

static json_t *event_cell(const cxlog_event *event, int column)
{
    if (column == 0)
        return number_cell(event->number);
    if (column == 1)
        return time_cell(event->at, "DATE_TIME", CX_DATE_TIME_FORMAT);
    if (column == 8)
        return time_cell(event->from == CXLOG_NO_DAY ? CXLOG_BLANK
                                                     : (cxlog_wall)event->from * 86400,
                         "DATE", CX_DATE_FORMAT);
    return text_cell(cxlog_event_text(event, (size_t)column));
}

cxlog_status cx_cells_event(json_t **out, const cxlog_event *event, cxlog_error *err)
{
    *out = NULL;
    json_auto_t *cells = json_array();
    for (int column = 0; column < CXLOG_EVENT_COLUMNS; column++) {
        if (json_array_append_new(cells, event_cell(event, column)) != 0)
            return text_refused("the scheme event", event->name ? event->name : "", err);
    }
    *out = json_pack("{s:O}", "values", cells);
    return *out ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}
