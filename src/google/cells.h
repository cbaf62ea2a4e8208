/*
 * cells.h - records and scheme events as the sheet's cells, and back.
 *
 * Written typed (userEnteredValue), never parsed by Google: text is text even when it
 * begins with '='. Date-times are serial numbers with a number format. Read from values
 * with UNFORMATTED_VALUE and SERIAL_NUMBER: ragged rows of strings, numbers, booleans.
 */
#ifndef CX_CELLS_H
#define CX_CELLS_H

#include <jansson.h>

#include <cxlog/remote.h>

/* What updateCells must set for rows made here. */
#define CX_CELL_FIELDS "userEnteredValue,userEnteredFormat.numberFormat"
#define CX_HEADING_FIELDS "userEnteredValue,userEnteredFormat.textFormat.bold"
#define CX_DATE_TIME_FORMAT "yyyy-mm-dd hh:mm:ss"
#define CX_DATE_FORMAT "yyyy-mm-dd"

/*
 * One RowData. *out: json_decref(). Team field i stands in column W + i. A team field's
 * value that is a plain decimal number ("12",
 * "-3.5"; not "007", not 16 digits) is written as a number.
 * Errors: ERR_VALUE (text that is not UTF-8, field named), ERR_NOMEM
 */
CXLOG_MUST_USE cxlog_status cx_cells_record(json_t **out, const cxlog_entry *entry,
                                            const char *const *fields, size_t field_count,
                                            cxlog_error *err);
CXLOG_MUST_USE cxlog_status cx_cells_event(json_t **out, const cxlog_event *event,
                                           cxlog_error *err);
/* Bold text cells. NULL on lack of memory. */
json_t *cx_cells_headings(const char *const *texts, size_t count);

/* A cell as text: "" for blank, numbers without needless decimals. NULL on lack of
 * memory. free(). */
char *cx_cell_text(const json_t *cell);
/* Canonical decimal text that becomes a number cell and comes back the same? */
bool cx_cell_decimal(const char *text);
/* Is there nothing in any cell? */
bool cx_cells_blank(const json_t *row);
/* A number, or text that is the same: "5", "2026-11-20 14:32:00". False: neither. Blank
 * is CXLOG_BLANK and true. */
bool cx_cell_number(int64_t *out, const json_t *cell);
bool cx_cell_time(cxlog_wall *out, const json_t *cell);

/* One row of the log. out: filled; its entry is the caller's. Errors: ERR_NOMEM */
CXLOG_MUST_USE cxlog_status cx_cells_seen(cxlog_seen_row *out, const json_t *row,
                                          int64_t number, const char *const *fields,
                                          size_t field_count, cxlog_error *err);
/* One row of 구분. Errors: ERR_NOMEM */
CXLOG_MUST_USE cxlog_status cx_cells_scheme_row(cxlog_scheme_row *out, const json_t *row,
                                                int64_t number, cxlog_error *err);

#endif
