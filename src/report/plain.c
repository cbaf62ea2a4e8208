#include <stdlib.h>
#include <string.h>

#include "report/table.h"

char *cxlog_plain_cell(const char *text)
{
    static const char breakers[] = "\t\n\r\\";
    static const char letters[] = "tnr\\";
    size_t escapes = 0;
    for (const char *p = text; *p; p++)
        escapes += strchr(breakers, *p) != NULL;
    char *out = malloc(strlen(text) + escapes + 1);
    if (!out)
        return NULL;
    char *at = out;
    for (const char *p = text; *p; p++) {
        const char *breaker = strchr(breakers, *p);
        if (breaker)
            *at++ = '\\';
        *at++ = breaker ? letters[breaker - breakers] : *p;
    }
    *at = '\0';
    return out;
}

static bool put_row(FILE *stream, const cxlog_table *table, char *const *cells)
{
    for (size_t i = 0; i < table->column_count; i++) {
        CXLOG_AUTO_TEXT cell =
            cxlog_plain_cell(cells ? cells[i] : table->columns[i].title);
        if (!cell)
            return false;
        fputs(i ? "\t" : "", stream);
        fputs(cell, stream);
    }
    fputc('\n', stream);
    return true;
}

cxlog_status cxlog_table_plain(char **out, const cxlog_table *table, cxlog_error *err)
{
    return cx_table_write(out, table, "", put_row, err);
}
