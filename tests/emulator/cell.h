/* One cell between its three forms: what was typed or sent, what is kept, what is read.
 */
#ifndef EMU_CELL_H
#define EMU_CELL_H

#include <stdint.h>

#include "api_error.h"
#include "book.h"

typedef enum cell_view { VIEW_FORMATTED, VIEW_UNFORMATTED, VIEW_FORMULA } cell_view;

/* What values.* reads: a string under VIEW_FORMATTED, else typed; "" for an empty cell.
 * `dates_as_text` turns date-formatted numbers into their text where not formatted
 * anyway. New reference. */
json_t *cell_read(const grid_cell *c, cell_view view, bool dates_as_text);

/* What a value of values.* writes: a string, number or bool. USER_ENTERED parses strings
 * as if a person had typed them now. Errors: 400 when the text is too long or not a
 * scalar. */
bool cell_enter(grid_cell *c, const json_t *value, bool is_typed, int64_t now_ms,
                api_error *err);

/* Sets `c` to the date, time or both that `text` is; false when it is none. A date
 * without a year is of the year of `now_ms`. */
bool cell_read_moment(grid_cell *c, const char *text, int64_t now_ms);

/* Gives the cell a number format unless it has one. */
void cell_set_format(grid_cell *c, const char *type, const char *pattern);

/* Sets `c` to a formula and what it shows: its value where it is plain arithmetic, else
 * `shown` (a reference that is taken), or #NAME? when that is NULL. */
void cell_set_formula(grid_cell *c, const char *formula, json_t *shown);

/* The CellData a client may write, of what is kept; and the other way round, for the
 * members that `mask` (fields.h) picks. */
json_t *cell_to_user(const grid_cell *c);
bool cell_write(grid_cell *c, const json_t *cell_data, const json_t *mask,
                api_error *err);

/* CellData as spreadsheets.get shows it, with effective and formatted values. */
json_t *cell_to_data(const grid_cell *c);

/* What a person sees; the caller frees it. */
char *cell_display(const grid_cell *c);

/* Days since 1899-12-30 of a date of the proleptic Gregorian calendar. */
long cell_serial_day(int year, int month, int day);

/* Errors: 400 when `text` has more than BOOK_TEXT_MAX characters. */
bool cell_check_length(const char *text, api_error *err);

#endif
