/* Rectangles of a tab: A1 notation, GridRange, grid limits, and how they move when rows
 * or columns come and go. */
#ifndef EMU_AREA_H
#define EMU_AREA_H

#include "api_error.h"
#include "book.h"

enum { AREA_OPEN = -1 };

/* Zero-based, end exclusive; an end of AREA_OPEN reaches as far as the grid does. */
typedef struct area {
    int tab; /* index in the book */
    int row, row_end;
    int column, column_end;
} area;

/* Reads A1 notation, R1C1, a named range or a tab's title.
 * Errors: 400 `Unable to parse range: X`. */
bool area_parse(const book *b, const char *text, area *out, api_error *err);

/* Reads a GridRange. Errors: 400 `No grid with id: N`. */
bool area_from_grid(const book *b, const json_t *grid, area *out, api_error *err);

/* Reads a DataFilter that names a place (a1Range, gridRange). */
bool area_from_filter(const book *b, const json_t *filter, area *out, api_error *err);

/* Closes open ends and cuts at the grid's border.
 * Errors: 400 `Range (T!A5000:B) exceeds grid limits. ...` when it starts outside. */
bool area_clip(const book *b, area *a, api_error *err);

/* Whether a GridRange has no bound but the grid's. */
bool area_is_whole_tab(const json_t *grid);

/* The GridRange of a clipped area (sheetId 0 left out). New reference. */
json_t *area_to_grid(const book *b, const area *a);

/* `Sheet1!A1:B2`; the caller frees it. Open ends are shown open. */
char *area_text(const book *b, const area *a);

/* The title as it stands in A1 notation, quoted where Google quotes; the caller frees it.
 */
char *area_title(const char *title);

/* Column letters of a zero-based column, into at least 8 bytes. */
void area_column_text(char *out, int column);

typedef struct area_shift {
    json_int_t sheet;
    bool is_rows;
    enum { SHIFT_INSERT, SHIFT_DELETE, SHIFT_MOVE } kind;
    int at, count, dest;
} area_shift;

/* Gives what lies over a copied tab (`parts`) the copy's id in place of its source's. */
void area_move_to_tab(json_t *parts, json_int_t source, json_int_t copy);

/* Moves every range held by the book: named, protected, merged, charted, metadata. What
 * has lost its last row or column goes. */
void area_shift_book(book *b, const area_shift *s);

#endif
