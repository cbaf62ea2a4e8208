#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

#include "report/table.h"

/* Excel and LibreOffice evaluate cells that begin like a formula; a leading apostrophe
 * makes them text (OWASP ASVS 1.2.10, CWE-1236). Quoting alone does not help. */
static char *make_cell(const char *text, bool armed)
{
    bool quoted = strpbrk(text, ",\"\r\n") != NULL;
    size_t quotes = 0;
    for (const char *p = text; *p; p++)
        quotes += *p == '"';
    char *out = malloc(strlen(text) + quotes + 4);
    if (!out)
        return NULL;
    char *at = out;
    if (quoted)
        *at++ = '"';
    if (armed)
        *at++ = '\'';
    for (const char *p = text; *p; p++) {
        if (*p == '"')
            *at++ = '"';
        *at++ = *p;
    }
    if (quoted)
        *at++ = '"';
    *at = '\0';
    return out;
}

char *cxlog_csv_cell(const char *text)
{
    return make_cell(text, cxlog_text_formula_like(text));
}

/* Excel in Korea takes a file without one for CP949. */
#define BOM "\xef\xbb\xbf"

static bool put_row(FILE *stream, const cxlog_table *table, char *const *cells)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const char *text = cells ? cells[i] : table->columns[i].title;
        bool number = cells && table->columns[i].align == CXLOG_ALIGN_RIGHT;
        CXLOG_AUTO_TEXT cell = make_cell(text, !number && cxlog_text_formula_like(text));
        if (!cell)
            return false;
        fputs(i ? "," : "", stream);
        fputs(cell, stream);
    }
    fputs("\r\n", stream);
    return true;
}

cxlog_status cxlog_table_csv(char **out, const cxlog_table *table, cxlog_error *err)
{
    return cx_table_write(out, table, BOM, put_row, err);
}
