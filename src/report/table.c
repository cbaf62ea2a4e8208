#include "report/table.h"

#include <stdlib.h>
#include <string.h>

static void row_free(cx_table_row *row, size_t count)
{
    for (size_t i = 0; row->cells && i < count; i++)
        free(row->cells[i]);
    free(row->cells);
    row->cells = NULL;
}

void cx_table_empty(cxlog_table *table)
{
    for (size_t i = 0; i < table->row_count; i++)
        row_free(&table->rows[i], table->column_count);
    table->row_count = 0;
}

void cxlog_table_free(cxlog_table *table)
{
    if (!table)
        return;
    cx_table_empty(table);
    for (size_t i = 0; i < table->column_count; i++) {
        char *title;
        memcpy(&title, &table->columns[i].title, sizeof title); /* ours, though const */
        free(title);
    }
    free(table->rows);
    free(table->widest);
    free(table->columns);
    free(table);
}

cxlog_status cxlog_table_new(cxlog_table **out, const cxlog_column_spec *columns,
                             size_t count, cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO(cxlog_table) *table = calloc(1, sizeof *table);
    if (!table)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "no memory for a table");
    table->columns = calloc(count, sizeof *table->columns);
    table->widest = calloc(count, sizeof *table->widest);
    if (!table->columns || !table->widest)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "no memory for a table");
    for (size_t i = 0; i < count; i++) {
        table->columns[i] = columns[i];
        table->columns[i].title = strdup(columns[i].title);
        table->column_count = i + 1;
        if (!table->columns[i].title)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "no memory for a table");
    }
    *out = CXLOG_TAKE(table);
    return CXLOG_OK;
}

static bool make_room(cxlog_table *table)
{
    if (table->row_count < table->row_room)
        return true;
    size_t room = table->row_room ? table->row_room * 2 : 16;
    cx_table_row *rows = realloc(table->rows, room * sizeof *rows);
    if (!rows)
        return false;
    table->rows = rows;
    table->row_room = room;
    return true;
}

cxlog_status cxlog_table_row(cxlog_table *table, const char *const *cells,
                             cxlog_error *err)
{
    if (!make_room(table))
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "no memory for a table");
    cx_table_row row = {.cells = calloc(table->column_count, sizeof *row.cells),
                        .ruled = table->rule_next};
    bool ok = row.cells != NULL;
    for (size_t i = 0; ok && i < table->column_count; i++) {
        row.cells[i] = strdup(cells[i] ? cells[i] : "");
        ok = row.cells[i] != NULL;
    }
    if (!ok) {
        row_free(&row, table->column_count);
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "no memory for a table");
    }
    table->rows[table->row_count++] = row;
    table->rule_next = false;
    return CXLOG_OK;
}

void cxlog_table_rule(cxlog_table *table)
{
    table->rule_next = true;
}

cxlog_status cx_sheet_open(cx_sheet *sheet, cxlog_error *err)
{
    sheet->stream = open_memstream(&sheet->text, &sheet->size);
    if (!sheet->stream)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "no memory for a report");
    return CXLOG_OK;
}

cxlog_status cx_sheet_finish(cx_sheet *sheet, char **out, cxlog_error *err)
{
    bool bad = ferror(sheet->stream) != 0;
    bad = fclose(sheet->stream) != 0 || bad;
    sheet->stream = NULL;
    if (bad)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "no memory for a report");
    *out = CXLOG_TAKE(sheet->text);
    return CXLOG_OK;
}

void cx_sheet_close(cx_sheet *sheet)
{
    if (sheet->stream)
        (void)fclose(sheet->stream); /* abandoned: its text is not used */
    free(sheet->text);
    *sheet = (cx_sheet){0};
}

cxlog_status cx_table_write(char **out, const cxlog_table *table, const char *begin,
                            bool put(FILE *stream, const cxlog_table *table,
                                     char *const *cells),
                            cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO_VALUE(cx_sheet) sheet = {0};
    cxlog_status status = cx_sheet_open(&sheet, err);
    if (status != CXLOG_OK)
        return status;
    fputs(begin, sheet.stream);
    bool good = put(sheet.stream, table, NULL);
    for (size_t row = 0; good && row < table->row_count; row++)
        good = put(sheet.stream, table, table->rows[row].cells);
    if (!good)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "no memory for a report");
    return cx_sheet_finish(&sheet, out, err);
}
