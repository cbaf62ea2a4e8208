/* The workbook: tabs of rows of cells. Rows and tabs are shared between the committed
 * book and the working copy of a batch, and copied when written, so that a batch on a
 * large tab costs what it touches and can be dropped whole. */
#ifndef EMU_BOOK_H
#define EMU_BOOK_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct grid_cell {
    json_t *v; /* what the cell shows: string, number, bool; NULL = empty */
    json_t *x; /* never changed in place: formula, userEnteredFormat, note,
                  dataValidation, other CellData members; NULL = none */
} grid_cell;

typedef struct grid_row {
    int refs;
    int count;     /* cells beyond are empty */
    json_t *props; /* DimensionProperties, or NULL */
    grid_cell *cells;
} grid_row;

typedef struct grid_tab {
    int refs;
    json_int_t id;
    char *title;
    int row_count;
    int column_count;
    grid_row **rows; /* row_count of them; NULL = an empty row */
    json_t *columns; /* array of column_count DimensionProperties or null */
    json_t *props;   /* SheetProperties but for id, title, index, row and column counts */
    json_t *parts;   /* the other members of Sheet by their name: merges, charts, ... */
} grid_tab;

typedef struct book {
    char *id;
    grid_tab **tabs;
    int tab_count;
    json_t *props;    /* SpreadsheetProperties */
    json_t *named;    /* array of NamedRange */
    json_t *metadata; /* array of DeveloperMetadata, all locations */
    json_t *shares;   /* object: e-mail -> "writer" or "reader" */
    bool is_office_file;
} book;

enum { BOOK_CELL_MAX = 10000000, BOOK_COLUMN_MAX = 18278, BOOK_TEXT_MAX = 50000 };

/* A new spreadsheet with one tab of 1000 x 26. The caller closes it with book_free. */
book *book_new(const char *id, const char *title, const char *locale, const char *zone);
void book_free(book *b);

/* A working copy. book_commit gives its content to `b` and frees it. */
book *book_fork(const book *b);
void book_commit(book *b, book *work);

/* Index of a tab, or -1. */
int book_find_tab(const book *b, json_int_t id);
int book_find_title(const book *b, const char *title);
long long book_cell_count(const book *b);
bool book_has_object_id(const book *b, json_int_t id);

/* Puts a tab at `index` (clipped); takes the caller's reference. */
void book_insert_tab(book *b, grid_tab *t, int index);
void book_remove_tab(book *b, int index);
/* The tab for writing: a copy of its own if it is shared. */
grid_tab *book_tab(book *b, int index);

grid_tab *tab_new(json_int_t id, const char *title, int rows, int columns);
grid_tab *tab_copy(const grid_tab *t);
void tab_release(grid_tab *t);
void tab_resize(grid_tab *t, int rows, int columns);
/* The cell, or NULL where nothing is. */
const grid_cell *tab_cell(const grid_tab *t, int r, int c);
/* The cell for writing; inside the grid. */
grid_cell *tab_cell_write(grid_tab *t, int r, int c);
grid_row *tab_row_write(grid_tab *t, int r, int columns);
/* Inserts blank rows or columns that take format and validation from `like` (-1: none).
 */
void tab_insert(grid_tab *t, bool is_rows, int at, int count, int like);
void tab_delete(grid_tab *t, bool is_rows, int at, int count);
/* Moves [at, at+count) so that it stands before `dest`, counted before the move. */
void tab_move(grid_tab *t, bool is_rows, int at, int count, int dest);
/* Last row that holds a value, plus one. */
int tab_used_rows(const grid_tab *t);

bool cell_is_blank(const grid_cell *c);
/* Takes the reference of `value` (NULL: empty). A formula that stood there goes. */
void cell_set(grid_cell *c, json_t *value);
/* Sets or (value NULL) removes a member of the cell's extras. Takes the reference. */
void cell_set_extra(grid_cell *c, const char *key, json_t *value);
void cell_clear(grid_cell *c);
void cell_copy(grid_cell *to, const grid_cell *from);

#endif
