/*
 * totals_view.h - totals as they were asked for, and the forms they are shown in.
 */
#ifndef CX_CLI_TOTALS_VIEW_H
#define CX_CLI_TOTALS_VIEW_H

#include "cli/cli.h"

#include <cxlog/report.h>

#include "cli/workdays.h"

typedef enum cli_totals_form {
    CLI_TOTALS_TEXT,  /* for people: separators, arrows, ·, a basis line */
    CLI_TOTALS_PLAIN, /* tab-separated, raw numbers, headings that never change */
    CLI_TOTALS_CSV,
    CLI_TOTALS_MARKDOWN,
    CLI_TOTALS_JSON
} cli_totals_form;

#define CLI_TOTALS_PERIODS_MAX 400

typedef enum cli_totals_order {
    CLI_ORDER_COUNT, /* biggest first */
    CLI_ORDER_SCHEME,
    CLI_ORDER_NAME
} cli_totals_order;

/* What the numbers of a table of two dimensions are shown as parts of. */
typedef enum cli_totals_percent {
    CLI_PERCENT_NONE,
    CLI_PERCENT_ROW,
    CLI_PERCENT_COLUMN,
    CLI_PERCENT_ALL
} cli_totals_percent;

#define CLI_TRAIL 13 /* periods of the little chart */
#define CLI_TRAIL_BYTES (3 * CLI_TRAIL + 1)

/* What people see beside the counts (totals_trail.c). */
typedef struct cli_totals_extras {
    cli_workdays days;
    int workdays;  /* of the period, up to today; 0: no averages */
    bool like;     /* the running period is compared with as much of the one before */
    int like_days; /* working days of that part */
    int64_t (*trail)[CLI_TRAIL]; /* owned: of each row shown, then of the total; NULL:
                                    none */
} cli_totals_extras;

void cli_totals_extras_clear(cli_totals_extras *extras);

/* What was asked, and its answers: one a period, oldest first. */
typedef struct cli_totals_view {
    const cli_ctx *ctx;
    cli_totals_form form;
    cxlog_query query;  /* of the last period */
    char *filter_words; /* owned; "" without a filter */
    bool by_given;      /* --by stood on the line */
    bool series;        /* -n stood on the line */
    bool cumulative;
    bool hide_empty;
    bool transpose;      /* in the end rows and columns change places */
    bool summed;         /* several periods, shown as one */
    cxlog_period before; /* summed: what that is compared with */
    cli_totals_order order;
    cli_totals_percent percent;
    const cxlog_scheme *scheme; /* borrowed */
    size_t top;                 /* 0: no fold */
    cxlog_totals **each;        /* owned */
    size_t count;
    cxlog_basis basis; /* of all periods together */
    cli_totals_extras extras;
} cli_totals_view;

void cli_totals_view_clear(cli_totals_view *view);
CXLOG_AUTO_VALUE_DEFINE(cli_totals_view, cli_totals_view_clear);

/* Does something that is not counted, or not in the sheet yet, touch the numbers? Never
 * without a sheet. */
bool cli_totals_incomplete(const cxlog_basis *basis);

/* What a period is compared with: the whole of the one before it, or of as many as are
 * shown as one. part: as much of that as counts; for people a running calendar period is
 * compared with what had as many working days. Both undefined under VS_NONE. */
void cli_totals_against(cli_totals_view *view, const cxlog_period *period,
                        cxlog_period *whole, cxlog_period *part);
/* The averages' divisor and the last periods of each row, for the text form of one
 * dimension. Behind everything that moves rows. */
cxlog_status cli_totals_trail(cli_totals_view *view, cxlog_error *err);
bool cli_totals_running(const cli_totals_view *view, const cxlog_period *period);

/* Rows by their first key, for totals of one dimension (totals_index.c). */
typedef struct cli_row_index {
    const cxlog_totals *totals;     /* borrowed */
    const cxlog_total_row **sorted; /* owned; without the fold */
    size_t count;
    size_t others; /* where the fold stands; row_count without one */
} cli_row_index;

void cli_row_index_clear(cli_row_index *index);
CXLOG_AUTO_VALUE_DEFINE(cli_row_index, cli_row_index_clear);
/* Errors: ERR_NOMEM. */
cxlog_status cli_row_index_make(cli_row_index *out, const cxlog_totals *totals,
                                cxlog_error *err);
/* Where the key's row stands; `others` when it has none of its own. */
size_t cli_row_index_find(const cli_row_index *index, const char *key);

/* ---- which rows, in which order (totals_shape.c) ---- */

/* Several periods up to view's become one, and so do those that it is compared with.
 * Errors: ERR_NOMEM. */
cxlog_status cli_totals_sum(cli_totals_view *view, int64_t count, cxlog_error *err);
/* Leave out rows that this view shows as nothing, when that is wanted. Before any fold.
 */
void cli_totals_hide(const cli_totals_view *view, cxlog_totals *totals);
/* Put the rows into the order asked for; dimensions of time keep theirs. Errors:
 * ERR_NOMEM. */
cxlog_status cli_totals_sort(const cli_totals_view *view, cxlog_totals *totals,
                             cxlog_error *err);

/* ---- the forms ---- */

/* The JSON answer of CLI.md, on stdout. */
cxlog_status cli_totals_json(const cli_totals_view *view, cxlog_error *err);
/* What the numbers are parts of while the tables below are made: before rows and columns
 * change places. */
cli_totals_percent cli_totals_parts(const cli_totals_view *view);
/* Every other form, on stdout; the basis line below, or on stderr where the form has no
 * place for it. */
cxlog_status cli_totals_print(const cli_totals_view *view, cxlog_error *err);

/* Tables: one dimension (totals_table.c), two (totals_pivot.c), several periods
 * (totals_series.c). *note: a line for below, or NULL; free(). */
cxlog_status cli_totals_table(cxlog_table **out, const cli_totals_view *view, char **note,
                              cxlog_error *err);
cxlog_status cli_totals_pivot(cxlog_table **out, const cli_totals_view *view, char **note,
                              cxlog_error *err);
cxlog_status cli_totals_series(cxlog_table **out, const cli_totals_view *view,
                               char **note, cxlog_error *err);

/* ---- heading and basis (totals_words.c) ---- */

/* "2026-W47 · week 3 of November (Mon 11-16 – Sun 11-22) …" with filters below; lines end
 * with a newline. out: free(). */
cxlog_status cli_totals_heading(char **out, const cli_totals_view *view,
                                cxlog_error *err);
cxlog_status cli_totals_basis_line(char **out, const cli_totals_view *view,
                                   cxlog_error *err);

/* ---- cells (totals_cells.c) ---- */

#define CLI_CELL 48
/* Buffers of CLI_CELL bytes, returned. With decoration: 1,234 and · for none; raw:
 * digits. */
const char *cli_cell_count(char buffer[CLI_CELL], const cli_totals_view *view,
                           int64_t count);
/* ▲ 31, ▼ 5, ·; raw: 31, -5, 0. */
const char *cli_cell_change(char buffer[CLI_CELL], const cli_totals_view *view,
                            int64_t now, int64_t before);
/* +32%, or "new" when there was nothing before, "" when the base is below 5: too few to
 * mean anything. Raw: 32.0 */
const char *cli_cell_percent(char buffer[CLI_CELL], const cli_totals_view *view,
                             int64_t now, int64_t before);
/* 31%; raw: 31.1 */
const char *cli_cell_share(char buffer[CLI_CELL], const cli_totals_view *view,
                           int64_t part, int64_t whole);
/* 25.6 per working day; <0.1, · for none. */
const char *cli_cell_average(char buffer[CLI_CELL], const cli_totals_view *view,
                             int64_t count);
/* ▅▅▅▆█, scaled from zero. row: index; of the total behind the last. */
const char *cli_cell_trail(char buffer[CLI_TRAIL_BYTES], const cli_totals_view *view,
                           size_t row);
/* "Mon"; 0 is Monday. */
const char *cli_weekday_word(int weekday);
/* A key (row->key[dim], of dimension by) for people: its own text, "(blank)",
 * "others(4)". out: free(). */
cxlog_status cli_cell_key(char **out, const cli_totals_view *view, const cxlog_by *by,
                          const cxlog_total_row *row, size_t dim, cxlog_error *err);
/* What a heading says: `word` in the plain form, else `text`. */
const char *cli_cell_title(const cli_totals_view *view, const char *word,
                           const char *text);
/* Name of a dimension: "category", or in people's words. The buffer is for "field:NAME".
 */
#define CLI_BY_TEXT (CXLOG_BY_FIELD_SIZE + 8)
const char *cli_cell_by(char buffer[CLI_BY_TEXT], const cli_totals_view *view,
                        const cxlog_by *by);
/* The number that this view counts of a row. */
int64_t cli_cell_number(const cli_totals_view *view, const cxlog_total_row *row);

/* How many of `count` columns, from the first, fit beside `fixed` cells on the terminal;
 * all of them in other forms, and of columns that become rows. widths: cells of each. */
size_t cli_cells_fit(const cli_totals_view *view, size_t fixed, const size_t *widths,
                     size_t count);
size_t cli_cells_width(const cli_totals_view *view, const char *text);

#endif
