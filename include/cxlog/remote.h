/*
 * remote.h - the team's meeting point, as a small table of functions. Google Sheets is
 * its first implementation (google.h).
 *
 * Reads may be repeated freely and retry by themselves within the remote's deadline.
 * Writes are sent ONCE a call: their outcome is applied, not applied, or unknown, and it
 * is sync's business (sync.h) to look before it sends again.
 */
#ifndef CXLOG_REMOTE_H
#define CXLOG_REMOTE_H

#include <stdbool.h>

#include <cxlog/progress.h>
#include <cxlog/scheme.h>
#include <cxlog/store.h>

CXLOG_BEGIN_DECLS

/* Headings of the tabs that cxlog makes. A tab is known by its id; these are only their
 * first titles. */
#define CXLOG_TAB_LOG "상담기록"
#define CXLOG_TAB_SCHEME "구분"

typedef struct cxlog_tab {
    int32_t id;
    char *title;
    int64_t rows, columns; /* of the grid; 0 for a chart tab */
    char **header;         /* first row as text, header_count cells; only of grid tabs */
    size_t header_count;
} cxlog_tab;

typedef struct cxlog_book {
    char *title, *zone, *locale;
    cxlog_tab *tabs;
    size_t count;
} cxlog_book;
void cxlog_book_free(cxlog_book *book);
CXLOG_AUTO_DEFINE(cxlog_book, cxlog_book_free);

/* What one read request asks for. Rows are 1-based; 0 in a `from` leaves that part out.
 */
typedef struct cxlog_read {
    int32_t log_tab, scheme_tab;
    bool header;         /* first row of the log, all columns */
    int64_t scheme_from; /* rows of 구분 from here to the end; row 1 is the header, event
                            i stands in row i + 1 */
    int64_t log_from,
        log_to; /* rows of the log; log_to INT64_MAX: to the end of the tab */
    const char *const *fields; /* names of the team fields in columns W, X…; borrowed */
    size_t field_count;
} cxlog_read;

/* One row of 구분 as read. */
typedef struct cxlog_scheme_row {
    int64_t row;
    bool readable;     /* all cells are of their kinds; else only raw is set */
    cxlog_event event; /* its chain is as read, not checked */
    char *raw;         /* the cells joined by " | ", for reports */
} cxlog_scheme_row;

typedef struct cxlog_reading {
    char **header;
    size_t header_count;
    cxlog_scheme_row *scheme;
    size_t scheme_count;
    int64_t scheme_rows;  /* rows of the grid of 구분, when known; else 0 */
    cxlog_seen_page page; /* empty when log_from was 0 */
    int64_t log_rows;     /* rows of the log's grid, when known; else 0 */
    bool log_beyond; /* log_from lies beyond the grid: rows were deleted. Other parts are
                        NOT filled then */
    bool scheme_beyond; /* the same for 구분 */
} cxlog_reading;
void cxlog_reading_free(cxlog_reading *reading);
CXLOG_AUTO_DEFINE(cxlog_reading, cxlog_reading_free);

typedef enum cxlog_outcome {
    CXLOG_OUTCOME_APPLIED,
    CXLOG_OUTCOME_NOT_APPLIED, /* certainly: refused by Google, or no byte left this
                                  machine */
    CXLOG_OUTCOME_UNKNOWN      /* may be applied, now or within CXLOG_REQUEST_LIFE_S: look
                                  before anything else */
} cxlog_outcome;

/* The answer to a write. */
typedef struct cxlog_answer {
    cxlog_outcome outcome;
    int64_t wait_ms;   /* NOT_APPLIED by quota or a passing fault: how long Google asks to
                          wait (0: not said, -1: do not retry) */
    bool marker_taken; /* NOT_APPLIED: the marker's (or event's) id is in use */
    bool beyond_grid;  /* NOT_APPLIED: the row to insert after, or to write to, does not
                          exist any more */
    bool drop_missing; /* NOT_APPLIED: a marker to delete is not there */
    int bad_record; /* NOT_APPLIED: index of the record refused for good, -1 when not told
                     */
    bool refused;   /* NOT_APPLIED: for good, for what one of several records holds; which
                       one is not told */
    bool tab_gone;  /* NOT_APPLIED: a tab (or chart, or guard) named is not there; only by
                       `edit` */
} cxlog_answer;

typedef struct cxlog_push {
    int32_t log_tab;
    int32_t marker;
    const char *marker_value;
    const int32_t *drop; /* markers to delete along the way */
    size_t drop_count;
    int64_t after_row; /* insert below this row (1: below the header) */
    bool grow_first;   /* the grid ends at after_row, which is the header: append a spare
                          row first */
    const cxlog_record *records;
    size_t count;
    const char *const *fields;
    size_t field_count;
} cxlog_push;

/* Metadata ids: markers of pushes 1..0x3fffffff, event i has CXLOG_EVENT_MARKER + i. */
#define CXLOG_EVENT_MARKER 0x43000000
#define CXLOG_EVENT_MARKERS_KEPT 200

typedef struct cxlog_scheme_push {
    int32_t log_tab, scheme_tab;
    const cxlog_event
        *events; /* consecutive; events[0].number - 1 events stand in the sheet */
    size_t count;
    int64_t drop_from, drop_to; /* event numbers whose metadata is deleted along the way;
                                   from > to: none */
    const char *const
        *new_fields; /* headings to append to the log for ADD of FIELD events, in order */
    size_t new_field_count;
    int first_field_column; /* 0-based column of new_fields[0] */
} cxlog_scheme_push;

/* All rows of 구분 written again in place. */
typedef struct cxlog_scheme_rewrite {
    int32_t scheme_tab;
    const cxlog_event *events; /* 1..count, all that the tab shall hold */
    size_t count;
    int64_t last_row; /* rows below the events up to this one are blanked */
    int64_t add_rows,
        add_columns; /* to append to the grid first, where it is too small */
} cxlog_scheme_rewrite;

/* ---- tabs for people: what close and sheet refresh look at and write ---- */

/* Ids that cxlog asks for when it makes these, so that every store finds the same ones,
 * whatever their titles have become. */
#define CXLOG_TOTALS_TAB_ID 1700003    /* 누적 */
#define CXLOG_DASHBOARD_TAB_ID 1700004 /* 대시보드 */
#define CXLOG_EFFECTIVE_TAB_ID 1700005 /* 유효기록 */

/* A rectangle of cells; rows and columns from 0. rows, columns 0: to the end. */
typedef struct cxlog_area {
    int32_t tab;
    int64_t row, rows, column, columns;
} cxlog_area;

/* What lies over the cells of a spreadsheet. */
typedef struct cxlog_guard {
    int32_t id, tab;
    char **editors; /* addresses, NULL-terminated; may be NULL */
} cxlog_guard;

typedef struct cxlog_survey {
    char *zone, *locale;
    cxlog_tab *tabs; /* without headers */
    bool *filtered;  /* of each tab: has it a filter? */
    size_t count;
    int32_t *charts;
    size_t chart_count;
    cxlog_guard *guards; /* protected ranges */
    size_t guard_count;
} cxlog_survey;
void cxlog_survey_free(cxlog_survey *survey);
CXLOG_AUTO_DEFINE(cxlog_survey, cxlog_survey_free);

/* Cells of an area as text ("" blank), row by row, `columns` a row. rows: up to the last
 * one that holds anything. */
typedef struct cxlog_grid {
    char **text; /* rows * columns */
    size_t rows, columns;
    int64_t grid_rows; /* of the tab, when known; else 0 */
} cxlog_grid;
void cxlog_grid_clear(cxlog_grid *grid);
CXLOG_AUTO_VALUE_DEFINE(cxlog_grid, cxlog_grid_clear);

/* A row with formulas. columns: bit i for column i; bit CXLOG_COLUMN_COUNT for those
 * behind the contract's. */
typedef struct cxlog_formula_row {
    int64_t row;
    uint32_t columns;
} cxlog_formula_row;

typedef enum cxlog_cell_kind {
    CXLOG_CELL_BLANK,
    CXLOG_CELL_TEXT,
    CXLOG_CELL_NUMBER,
    CXLOG_CELL_SHARE,  /* 0.76, shown as 76% */
    CXLOG_CELL_FORMULA /* the program's own, never outside text */
} cxlog_cell_kind;

typedef struct cxlog_cell {
    cxlog_cell_kind kind;
    bool strong; /* bold */
    double number;
    const char *text; /* borrowed */
} cxlog_cell;

typedef enum cxlog_style {
    CXLOG_STYLE_HEADING, /* bold on grey */
    CXLOG_STYLE_DIM,     /* grey text */
    CXLOG_STYLE_WRAP,
    CXLOG_STYLE_DATE_TIME,
    CXLOG_STYLE_NUMBER
} cxlog_style;

typedef enum cxlog_chart_kind {
    CXLOG_CHART_BAR,
    CXLOG_CHART_LINE,
    CXLOG_CHART_COMBO
} cxlog_chart_kind;

/* A chart over columns that begin with their heading. COMBO: series[0] columns on the
 * left, series[1] a line on the right. */
typedef struct cxlog_chart {
    int32_t id;
    cxlog_chart_kind kind;
    const char *title;
    cxlog_area domain, series[2];
    size_t series_count;
    cxlog_area anchor; /* tab, row and column of its upper left corner */
} cxlog_chart;

typedef enum cxlog_edit_kind {
    CXLOG_EDIT_TAB,     /* make tab area.tab of area.rows x area.columns, title `text`,
                           `number` frozen rows */
    CXLOG_EDIT_GROW,    /* area.rows rows and area.columns columns more */
    CXLOG_EDIT_CELLS,   /* area.rows x area.columns `cells`; numbers get a format of their
                           own */
    CXLOG_EDIT_FREEZE,  /* `number` rows */
    CXLOG_EDIT_WIDTH,   /* `number` pixels for the columns of area */
    CXLOG_EDIT_STYLE,   /* `style` for area */
    CXLOG_EDIT_CHOICES, /* a drop-down of `texts` for area; other values get a warning, no
                           refusal */
    CXLOG_EDIT_GUARD,   /* protect area under `id`, described by `text`; editors: the
                           account and `texts` */
    CXLOG_EDIT_EDITORS, /* set the editors of guard `id` to `texts` */
    CXLOG_EDIT_FILTER,  /* a filter over area */
    CXLOG_EDIT_CHART,   /* make `chart` */
    CXLOG_EDIT_CHART_SPEC /* show `chart`'s data in the chart of that id, wherever it
                             stands */
} cxlog_edit_kind;

typedef struct cxlog_edit {
    cxlog_edit_kind kind;
    cxlog_area area;
    int32_t id;
    int64_t number;
    const char *text;
    const char *const *texts; /* NULL-terminated */
    cxlog_style style;
    const cxlog_cell *cells;
    const cxlog_chart *chart;
} cxlog_edit;

/* A row of the log to be written where it stands. The marker is bound to the row and
 * moves along with it: rows that others insert above do not put the cells elsewhere. */
typedef struct cxlog_fill {
    int32_t mark;     /* metadata id, 1..0x3fffffff */
    int64_t row;      /* 1-based, when it was read */
    uint32_t columns; /* bit i: column i out of `entry`; bit CXLOG_COLUMN_COUNT: the team
                         fields */
    const cxlog_entry *entry;
} cxlog_fill;

typedef struct cxlog_fills {
    int32_t log_tab;
    const char *value; /* of the markers, as that of a push */
    const cxlog_fill *rows;
    size_t count;
    const char *const *fields;
    size_t field_count;
} cxlog_fills;

typedef struct cxlog_requests {
    int64_t token, read, write; /* HTTP requests made, failed ones included */
} cxlog_requests;

typedef struct cxlog_remote cxlog_remote;

/*
 * Errors of all: ERR_RETRY (no answer, 429, 5xx, deadline), ERR_PERMISSION (not shared,
 * key or clock, API off), ERR_SHEET (answer is not what the documentation says; tab
 * gone), ERR_GONE (no such spreadsheet, sheet full, refused for good), ERR_CONFIG (key
 * file), ERR_INTERRUPT. Sentences name the mend (UX.md 6.4).
 */
typedef struct cxlog_remote_ops {
    const char *name;
    /* Title, zone, locale, tabs with their first rows. One read. out: cxlog_book_free().
     */
    cxlog_status (*describe)(cxlog_remote *remote, cxlog_book **out, cxlog_error *err);
    /* Make the tabs asked for (log and/or 구분) with headers and formats, in one batch;
     * zone NULL leaves the spreadsheet's zone alone. *log_tab, *scheme_tab in: the id
     * wanted; out: the id made. marker_taken in answer: somebody made them first. */
    cxlog_status (*create_tabs)(cxlog_remote *remote, bool log, bool scheme,
                                const char *zone, int32_t *log_tab, int32_t *scheme_tab,
                                cxlog_answer *answer, cxlog_error *err);
    /* A write that leaves nothing behind: proves edit rights. */
    cxlog_status (*prove_write)(cxlog_remote *remote, cxlog_error *err);
    /* One read request (more only after a fault). out: cxlog_reading_free(). */
    cxlog_status (*read)(cxlog_remote *remote, const cxlog_read *what,
                         cxlog_reading **out, cxlog_error *err);
    /* ok only when answer->outcome is APPLIED; otherwise a status with the sentence, and
     * the outcome says what is known. */
    cxlog_status (*push)(cxlog_remote *remote, const cxlog_push *push,
                         cxlog_answer *answer, cxlog_error *err);
    cxlog_status (*push_scheme)(cxlog_remote *remote, const cxlog_scheme_push *push,
                                cxlog_answer *answer, cxlog_error *err);
    /* Header and events of 구분 written over what stands there, merged cells taken apart;
     * nothing right of the twelve columns is touched. marker_taken in answer: event count
     * + 1 was written meanwhile, nothing was changed. As push otherwise. */
    cxlog_status (*rewrite_scheme)(cxlog_remote *remote,
                                   const cxlog_scheme_rewrite *rewrite,
                                   cxlog_answer *answer, cxlog_error *err);
    /* Value of a metadata entry, by id. *value: free(); NULL when there is none. One
     * read. */
    cxlog_status (*marker)(cxlog_remote *remote, int32_t id, char **value,
                           cxlog_error *err);
    const cxlog_requests *(*requests)(const cxlog_remote *remote);
    /* Milliseconds left of the run's deadline (0: over). */
    int64_t (*time_left)(const cxlog_remote *remote);
    /* The address to share a spreadsheet with; NULL when the remote has none. Borrowed.
     */
    const char *(*address)(const cxlog_remote *remote);
    void (*close)(cxlog_remote *remote);
    /* Tabs and what lies over them. One read. out: cxlog_survey_free(). */
    cxlog_status (*survey)(cxlog_remote *remote, cxlog_survey **out, cxlog_error *err);
    /* Cells of several areas (columns > 0 each) in one read. out: `count` grids,
     * cxlog_grid_clear() each. *gone: one of the tabs is not there, or ends above its
     * area; nothing was filled then. */
    cxlog_status (*look)(cxlog_remote *remote, const cxlog_area *areas, size_t count,
                         cxlog_grid *out, bool *gone, cxlog_error *err);
    /* The rows first..last (1-based) of a tab that have a formula in their first
     * `columns` columns. One read (more only when the answer is too long). *out: `count`
     * rows, rising; free(). */
    cxlog_status (*formulas)(cxlog_remote *remote, int32_t tab, int64_t first,
                             int64_t last, int64_t columns, cxlog_formula_row **out,
                             size_t *count, cxlog_error *err);
    /* For doctor. The libraries that talk to the remote, "libcurl 7.88.1, OpenSSL
     * 3.0.19"; borrowed. */
    const char *(*libraries)(cxlog_remote *remote);
    /* The remote's clock minus this machine's, as of the last answer. False: no answer
     * told the time. */
    bool (*skew)(const cxlog_remote *remote, int64_t *seconds);
    /* All edits in one batch, all or none, sent once. As push. */
    cxlog_status (*edit)(cxlog_remote *remote, const cxlog_edit *edits, size_t count,
                         cxlog_answer *answer, cxlog_error *err);
    /* The three steps of writing rows in place. Markers on the rows as they are numbered
     * now, and the formats of what will be written; marker_taken: a marker's id is in
     * use. One write, as push. */
    cxlog_status (*mark)(cxlog_remote *remote, const cxlog_fills *fills,
                         cxlog_answer *answer, cxlog_error *err);
    /* The marked rows wherever they stand: page.rows[i] is that of fill i, BLANK when it
     * is gone. One read. */
    cxlog_status (*marked)(cxlog_remote *remote, const cxlog_fills *fills,
                           cxlog_reading **out, cxlog_error *err);
    /* Their cells; nothing of a row that is gone. One write, as push. */
    cxlog_status (*fill)(cxlog_remote *remote, const cxlog_fills *fills,
                         cxlog_answer *answer, cxlog_error *err);
} cxlog_remote_ops;

/* Every implementation's struct begins with this. */
struct cxlog_remote {
    const cxlog_remote_ops *ops;
};

static inline void cxlog_remote_close(cxlog_remote *remote)
{
    if (remote)
        remote->ops->close(remote);
}
CXLOG_AUTO_DEFINE(cxlog_remote, cxlog_remote_close);

/* ---- implementation: Google Sheets ---- */

typedef struct cxlog_google_options {
    const char *sheet_id;     /* as cleaned by cxlog_sheet_id() */
    const char *key_path;     /* service-account JSON */
    const char *api;          /* https://sheets.googleapis.com, or a loopback origin */
    const char *ca;           /* PEM file of an extra CA; NULL */
    const char *cache_dir;    /* for the token (0600); NULL: no cache */
    const char *proxy;        /* NULL: none, whatever the environment says */
    int64_t deadline_ms;      /* of the whole run; 900,000 by default */
    int64_t backoff_ms;       /* first wait between tries; 1,000 by default */
    const volatile int *stop; /* becomes non-zero on ^C; may be NULL */
    cxlog_progress progress;
} cxlog_google_options;

/*
 * Check the key file (nothing is sent yet) and make the remote. In cxlog-sync only.
 * Errors: ERR_CONFIG, ERR_PERMISSION (mode, owner), ERR_NOINPUT (no such key file).
 */
CXLOG_MUST_USE cxlog_status cxlog_google_open(cxlog_remote **out,
                                              const cxlog_google_options *options,
                                              cxlog_error *err);

/* Spreadsheet id out of an id or any URL form pasted from a browser. out: free().
 * Errors: ERR_CONFIG saying what it looks like instead (folder, document, .xlsx id of 33
 * characters is only a hint). Pure; lives in core. */
CXLOG_MUST_USE cxlog_status cxlog_sheet_id(char **out, const char *text,
                                           cxlog_error *err);

CXLOG_END_DECLS

#endif
