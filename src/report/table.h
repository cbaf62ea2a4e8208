/*
 * table.h - the table's insides, for the forms it can be written in.
 */
#ifndef CX_TABLE_H
#define CX_TABLE_H

#include <stdio.h>

#include <cxlog/report.h>

typedef struct cx_table_row {
    char **cells; /* column_count owned texts, never NULL */
    bool ruled;   /* a rule stands above */
} cx_table_row;

struct cxlog_table {
    cxlog_column_spec *columns; /* titles owned */
    size_t *widest;             /* cells, of the rows measured and gone; owned */
    size_t column_count;
    cx_table_row *rows;
    size_t row_count, row_room;
    bool rule_next;
};

/* The titles as a row of their own, and every row, after `begin`. put: one row; cells
 * NULL: the titles; false: no memory. Errors: ERR_NOMEM. */
cxlog_status cx_table_write(char **out, const cxlog_table *table, const char *begin,
                            bool put(FILE *stream, const cxlog_table *table,
                                     char *const *cells),
                            cxlog_error *err);

void cx_table_empty(cxlog_table *table); /* no rows any more */

/* A memory stream that a form is written into. finish: moves the text out, or says
 * ERR_NOMEM. */
typedef struct cx_sheet {
    FILE *stream;
    char *text;
    size_t size;
} cx_sheet;

cxlog_status cx_sheet_open(cx_sheet *sheet, cxlog_error *err);
cxlog_status cx_sheet_finish(cx_sheet *sheet, char **out, cxlog_error *err);
void cx_sheet_close(cx_sheet *sheet);
CXLOG_AUTO_VALUE_DEFINE(cx_sheet, cx_sheet_close);

#endif
