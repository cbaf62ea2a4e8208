/* The requests of spreadsheets.batchUpdate. Each works on the batch's own copy of the
 * book, takes its request as clean JSON of its message type, and fills its (empty) reply.
 * False with c->err set when refused; the batch is then dropped whole. */
#ifndef EMU_REQUESTS_H
#define EMU_REQUESTS_H

#include "call.h"

typedef bool request_run(call *c, book *work, const json_t *request, json_t *reply);

request_run request_add_sheet, request_delete_sheet, request_duplicate_sheet,
    request_sheet_properties, request_spreadsheet_properties;
request_run request_insert_dimension, request_delete_dimension, request_append_dimension,
    request_move_dimension, request_dimension_properties, request_auto_resize;
request_run request_update_cells, request_append_cells, request_repeat_cell,
    request_data_validation, request_merge, request_unmerge;
request_run request_sort, request_find_replace, request_copy_paste, request_cut_paste;
request_run request_add_named, request_update_named, request_delete_named;
request_run request_add_protected, request_update_protected, request_delete_protected;
request_run request_set_filter, request_clear_filter;
request_run request_add_condition, request_update_condition, request_delete_condition;
request_run request_add_chart, request_chart_spec, request_chart_position,
    request_delete_object;
request_run request_add_metadata, request_update_metadata, request_delete_metadata;

/* The tab of `sheetId` in `request`, for writing. NULL with `No sheet with id: N`. */
grid_tab *request_tab(call *c, book *work, const json_t *request);

/* The clipped area of the GridRange `key` of `request`, allowed to be written. */
bool request_area(call *c, const book *work, const json_t *request, const char *key,
                  area *out);

/* Whether the workbook may have `more` cells. */
bool request_has_room(call *c, const book *work, long long more);

/* Whether a tab may have so many columns. */
bool request_has_columns(call *c, json_int_t columns);

/* Finds the entry whose `key` is `id` in part `part` of any tab: the tab, for writing,
 * and the place in that part. NULL when there is none. */
grid_tab *request_find_object(book *work, const char *part, const char *key,
                              json_int_t id, size_t *index);

/* The parsed `fields` of a request against message `type`. New reference; NULL when it is
 * absent or wrong. */
json_t *request_mask(call *c, const json_t *request, const char *type);

/* A copy of a tab that belongs nowhere yet, under ids that are free in `to`; and the
 * title Google would give it there, which the caller frees. */
grid_tab *request_copy_tab(emu *e, const book *to, const grid_tab *from, json_int_t id,
                           const char *title);
char *request_copy_title(const book *b, const char *title);

/* A part of a tab (merges, charts, ...) as an array, made when absent. Borrowed. */
json_t *request_part(grid_tab *t, const char *name);

/* Runs all requests of a clean list on `work` and collects the replies (an array);
 * prefixes the error with its place. */
bool requests_run(call *c, book *work, const json_t *requests, json_t *replies);

/* spreadsheets.batchUpdate. */
bool batch_update_spreadsheet(call *c);

#endif
