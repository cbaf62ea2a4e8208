#include <cxlog/text.h>

#include "report/table.h"

static bool put_cell(FILE *stream, const char *text)
{
    CXLOG_AUTO_TEXT safe = cxlog_text_escape(text, true);
    if (!safe)
        return false;
    for (const char *p = safe; *p; p++) {
        switch (*p) {
        case '|':
            fputs("\\|", stream);
            break;
        case '<':
            fputs("&lt;", stream);
            break;
        case '>':
            fputs("&gt;", stream);
            break;
        case '&':
            fputs("&amp;", stream);
            break;
        case '`':
        case '*':
        case '_':
        case '[':
        case ']':
            fputc('\\', stream);
            fputc(*p, stream);
            break;
        default:
            fputc(*p, stream);
        }
    }
    return true;
}

static bool put_row(FILE *stream, const cxlog_table *table, char *const *cells)
{
    bool ok = true;
    for (size_t i = 0; ok && i < table->column_count; i++) {
        fputs("| ", stream);
        ok = put_cell(stream, cells ? cells[i] : table->columns[i].title);
        fputc(' ', stream);
    }
    fputs("|\n", stream);
    return ok;
}

cxlog_status cxlog_table_markdown(char **out, const cxlog_table *table, cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO_VALUE(cx_sheet) sheet = {0};
    cxlog_status status = cx_sheet_open(&sheet, err);
    if (status != CXLOG_OK)
        return status;
    bool ok = put_row(sheet.stream, table, NULL);
    for (size_t i = 0; i < table->column_count; i++)
        fputs(table->columns[i].align == CXLOG_ALIGN_RIGHT ? "| ---: " : "| --- ",
              sheet.stream);
    fputs("|\n", sheet.stream);
    for (size_t r = 0; ok && r < table->row_count; r++)
        ok = put_row(sheet.stream, table, table->rows[r].cells);
    if (!ok)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "no memory for a report");
    return cx_sheet_finish(&sheet, out, err);
}
