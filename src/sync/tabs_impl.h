/*
 * tabs_impl.h - what the files of 누적, 대시보드 and the layout share.
 */
#ifndef CX_TABS_IMPL_H
#define CX_TABS_IMPL_H

#include "sync/check_impl.h"

#define CX_META_CHOICES "layout.choices" /* cx_choices.mark that the sheet shows */

#define CX_CHART_BARS 1700011
#define CX_CHART_WEEKS 1700012
#define CX_CHART_FCR 1700013
#define CX_GUARD_HEADER 1700021
#define CX_GUARD_SCHEME 1700022

/* ---- totals_cells.c: what 누적 says ---- */

/* Columns of 누적, known by their headings: people may insert their own among them. */
enum {
    CX_TOTALS_KEY,
    CX_TOTALS_FIRST, /* count and previous of six periods */
    CX_TOTALS_GAP = CX_TOTALS_FIRST + 12,
    CX_TOTALS_TOP,
    CX_TOTALS_TOP_COUNT,
    CX_TOTALS_GAP2,
    CX_TOTALS_WEEK,
    CX_TOTALS_WEEK_COUNT,
    CX_TOTALS_FCR,
    CX_TOTALS_COLUMNS
};
#define CX_TOTALS_HEAD 2 /* row of the headings */
#define CX_TOTALS_TOP_ROWS 10
#define CX_TOTALS_WEEKS 12
#define CX_TOTALS_SUM "합계"

/* CX_TOTALS_COLUMNS cells a row. */
typedef struct cx_board {
    cxlog_cell *cells;
    size_t rows, room;
    char **owned; /* texts of the cells */
    size_t owned_count;
} cx_board;
void cx_board_clear(cx_board *board);
CXLOG_AUTO_VALUE_DEFINE(cx_board, cx_board_clear);

const char *cx_totals_heading(size_t column); /* "" for a gap */
CXLOG_MUST_USE cxlog_status cx_totals_build(cx_board *board, cxlog_store *store,
                                            cxlog_day day, cxlog_error *err);
/* The day that the basis line speaks of; CXLOG_NO_DAY when it is none. */
cxlog_day cx_totals_day(const char *basis);
/* Do two basis lines say the same, the time of writing aside? */
bool cx_totals_same_basis(const char *a, const char *b);

/* ---- dashboard.c ---- */

#define CX_DASHBOARD_LOOK 20 /* rows in which its alert line is looked for */

/* Charts over 누적, whose columns stand at place[]. update: of those that the survey
 * shows, the data alone. Appends to edits. charts: room for three. */
size_t cx_dashboard_charts(cxlog_edit *edits, cxlog_chart *charts,
                           const int64_t place[CX_TOTALS_COLUMNS],
                           const cxlog_survey *update);
/* "알림 …" for the first row. out: free(). */
CXLOG_MUST_USE cxlog_status cx_dashboard_line(char **out, const cxlog_alert *alerts,
                                              size_t count, cxlog_day day,
                                              cxlog_error *err);

/* ---- layout_choices.c ---- */

#define CX_CHOICE_EDITS 4

/* Drop-downs of the log: names in use on `day`. */
typedef struct cx_choices {
    cxlog_edit edits[CX_CHOICE_EDITS];
    size_t count;
    const char **lists[CX_CHOICE_EDITS]; /* owned arrays of borrowed texts */
    cxlog_scheme *scheme;
    char mark[64]; /* tab, scheme version, a sum over the names */
} cx_choices;
void cx_choices_clear(cx_choices *choices);
CXLOG_AUTO_VALUE_DEFINE(cx_choices, cx_choices_clear);
CXLOG_MUST_USE cxlog_status cx_choices_load(cx_choices *out, const cx_sync *sync,
                                            cxlog_error *err);
/* Does this store know them to be in the sheet? */
CXLOG_MUST_USE cxlog_status cx_choices_known(const cx_choices *choices,
                                             const cx_sync *sync, bool *known,
                                             cxlog_error *err);
/* They are in the sheet now. */
CXLOG_MUST_USE cxlog_status cx_choices_shown(const cx_choices *choices,
                                             const cx_sync *sync, cxlog_error *err);

/* ---- layout.c ---- */

const cxlog_tab *cx_survey_tab(const cxlog_survey *survey, int32_t id);
/* A title that no tab has: `wanted`, or it with something behind. out: free(). */
CXLOG_MUST_USE cxlog_status cx_survey_title(char **out, const cxlog_survey *survey,
                                            const char *wanted, cxlog_error *err);

/* ---- layout_effective.c ---- */

/* The formula of 유효기록 over a log of that title and so many columns. out: free(). */
CXLOG_MUST_USE cxlog_status cx_effective_formula(char **out, const char *title,
                                                 size_t columns, cxlog_error *err);

#define CX_EFFECTIVE_EDITS 5 /* at most, for the tab */

/* What its edits point to. */
typedef struct cx_effective {
    char *formula, *title;
    cxlog_cell cell;
} cx_effective;
void cx_effective_clear(cx_effective *effective);
/* Appends to edits what 유효기록 lacks: the tab itself (make: wanted at all), or columns
 * for new team fields. One that is as wide as it must be is left alone, formula and all:
 * a person may have changed it. own must outlive the edits. */
CXLOG_MUST_USE cxlog_status cx_effective_edits(cx_effective *own, const cx_sync *sync,
                                               const cxlog_survey *survey, bool make,
                                               cxlog_edit *edits, size_t *count,
                                               cxlog_error *err);

#endif
