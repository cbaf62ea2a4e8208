/*
 * report.h - tables, CSV, Markdown: text in, text out. Prints nothing itself.
 */
#ifndef CXLOG_REPORT_H
#define CXLOG_REPORT_H

#include <stdbool.h>

#include <cxlog/auto.h>
#include <cxlog/error.h>

CXLOG_BEGIN_DECLS

typedef enum cxlog_align { CXLOG_ALIGN_LEFT, CXLOG_ALIGN_RIGHT } cxlog_align;

typedef struct cxlog_column_spec {
    const char *title;
    cxlog_align align;
    bool shrinks; /* may be cut with "…" on a narrow terminal (texts); numbers never */
    int drop_order; /* 0: always there; 1, 2…: dropped in this order when the terminal is
                       too narrow */
} cxlog_column_spec;

typedef struct cxlog_table cxlog_table;

/* columns: borrowed texts are copied. Errors: ERR_NOMEM. */
CXLOG_MUST_USE cxlog_status cxlog_table_new(cxlog_table **out,
                                            const cxlog_column_spec *columns,
                                            size_t count, cxlog_error *err);
void cxlog_table_free(cxlog_table *table);
CXLOG_AUTO_DEFINE(cxlog_table, cxlog_table_free);

/* Add a row of `count` cells (outside text welcome: each form below escapes for itself).
 * Copies. */
CXLOG_MUST_USE cxlog_status cxlog_table_row(cxlog_table *table, const char *const *cells,
                                            cxlog_error *err);
/* A rule above the next row (before the total). */
void cxlog_table_rule(cxlog_table *table);

typedef struct cxlog_table_style {
    size_t width; /* cells of the terminal; 0: not a terminal, never cut, never dropped */
    bool ambiguous_wide; /* East Asian ambiguous characters take 2 cells */
} cxlog_table_style;

/* For people: aligned, header, rule; every line of equal width at any Hangul mix
 * (libsmartcols, widths by libunistring). out: free(). */
CXLOG_MUST_USE cxlog_status cxlog_table_text(char **out, const cxlog_table *table,
                                             const cxlog_table_style *style,
                                             cxlog_error *err);
/* The same for more rows than memory should hold: each goes through twice. First a part
 * at a time into _measure, which takes its rows into account for the columns' widths;
 * then again, a part at a time, into _part, which gives those rows' lines (below the
 * header when asked for; out: free()). Both take the rows out of the table. A cell
 * that was not measured may be cut. Errors: ERR_NOMEM. */
CXLOG_MUST_USE cxlog_status cxlog_table_measure(cxlog_table *table,
                                                const cxlog_table_style *style,
                                                cxlog_error *err);
CXLOG_MUST_USE cxlog_status cxlog_table_part(char **out, cxlog_table *table,
                                             const cxlog_table_style *style, bool header,
                                             cxlog_error *err);
typedef struct cxlog_transposing {
    cxlog_table_style style; /* what it is shown on: so many rows become columns as fit */
    bool newest;             /* the last rows are those that stay, not the first */
    bool ruled; /* the last column holds sums: a rule above the row that it becomes */
} cxlog_transposing;

/* Another table, in which the columns are rows and the rows columns. What a rule sets off
 * at the end, a total, stays at the right edge. On a terminal long names above the
 * numbers end in "…". *left_out: rows that it has no room for. Errors: ERR_NOMEM. */
CXLOG_MUST_USE cxlog_status cxlog_table_transpose(cxlog_table **out,
                                                  const cxlog_table *table,
                                                  const cxlog_transposing *how,
                                                  size_t *left_out, cxlog_error *err);

/* Tab-separated, header first, cells as cxlog_plain_cell() has them; no rule. out:
 * free(). */
CXLOG_MUST_USE cxlog_status cxlog_table_plain(char **out, const cxlog_table *table,
                                              cxlog_error *err);
/* RFC 4180 with CRLF and a UTF-8 BOM; titles, and cells of columns of texts, that begin
 * like a formula get a ' before them (cxlog_text_formula_like). A column aligned right
 * holds our own numbers, which may begin with a -. out: free(). */
CXLOG_MUST_USE cxlog_status cxlog_table_csv(char **out, const cxlog_table *table,
                                            cxlog_error *err);
/* Markdown (GitHub, Slack, Notion); | and newlines escaped, HTML escaped. out: free(). */
CXLOG_MUST_USE cxlog_status cxlog_table_markdown(char **out, const cxlog_table *table,
                                                 cxlog_error *err);

/* One CSV cell, quoted where RFC 4180 needs it, formula-safe; for writers of long files.
 * out: free(); NULL on lack of memory. */
char *cxlog_csv_cell(const char *text);

/* Tabs, newlines, returns and backslashes as \t \n \r \\. out: free(); NULL on lack of
 * memory. */
char *cxlog_plain_cell(const char *text);

/* A bar of blocks scaled from zero: value of max in `cells` cells (eighths). buffer holds
 * 3 * cells + 1 bytes; returned. */
const char *cxlog_bar(char *buffer, int64_t value, int64_t max, size_t cells);

CXLOG_END_DECLS

#endif
