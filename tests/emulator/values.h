/* spreadsheets.values: reading and writing plain values. Each method answers through the
 * call: c->answer, or c->err and false. */
#ifndef EMU_VALUES_H
#define EMU_VALUES_H

#include "call.h"

bool values_get(call *c);
bool values_batch_get(call *c);
bool values_batch_get_by_filter(call *c);
bool values_update(call *c);
bool values_batch_update(call *c);
bool values_batch_update_by_filter(call *c);
bool values_append(call *c);
bool values_clear(call *c);
bool values_batch_clear(call *c);
bool values_batch_clear_by_filter(call *c);

typedef struct value_view {
    bool is_columns;
    cell_view view;
    bool dates_as_text;
} value_view;

/* Reads the three render options from the query (body NULL) or from the body, names with
 * `prefix` ("response" or ""). Errors: 400 for unknown names of options. */
bool value_view_read(call *c, const json_t *body, bool is_response, value_view *out);

/* ValueRange of a clipped area. New reference. */
json_t *value_range(const book *b, const area *a, const value_view *view);

/* Writes `values` (array of arrays, along rows or columns) at the start of `a`; the
 * answer is an UpdateValuesResponse, or NULL with c->err. New reference. */
json_t *value_write(call *c, book *b, const area *a, const json_t *values,
                    bool is_columns, bool is_typed);

/* Values along rows, whichever way they came. New reference. */
json_t *value_rows(const json_t *values, bool is_columns);

/* The longest of the rows. */
size_t value_width(const json_t *rows);

/* Refuses the value of an option whose enum is `type`; false. */
bool value_bad_option(call *c, const char *field, const char *type, const char *value);

/* Reads valueInputOption. Errors: 400 when absent or unknown. */
bool value_is_typed(call *c, const char *option, bool *is_typed);

/* The row after the data of the whole tab, or what a race has chosen before. */
int value_append_row(const call *c, const grid_tab *t);

/* Under a race: takes the rows chosen now (object sheetId -> row), then lets others in
 * for a while, so that two overlapping writers have chosen the same. Takes the reference.
 */
void value_race(call *c, json_t *chosen);

#endif
