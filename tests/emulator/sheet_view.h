/* spreadsheets.get: the whole document as one message. */
#ifndef EMU_SHEET_VIEW_H
#define EMU_SHEET_VIEW_H

#include "call.h"

/* SheetProperties of a tab. New reference. */
json_t *sheet_properties(const book *b, int index);

/* The Spreadsheet message; `ranges` (array of A1 texts, or NULL) bounds the grid data and
 * the tabs. NULL with `err` set when a range is wrong. New reference. */
json_t *sheet_view(const book *b, const json_t *ranges, bool with_grid,
                   const char *base_url, api_error *err);

bool spreadsheet_get(call *c);
bool spreadsheet_get_by_filter(call *c);

/* spreadsheets.create; the new document is shared with its maker. */
bool spreadsheet_create(call *c);

#endif
