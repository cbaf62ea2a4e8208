/*
 * period.h - periods that totals are counted by: day, ISO week, month, quarter,
 * half-year, year.
 */
#ifndef CXLOG_PERIOD_H
#define CXLOG_PERIOD_H

#include <cxlog/wall.h>

CXLOG_BEGIN_DECLS

typedef enum cxlog_period_kind {
    CXLOG_PERIOD_DAY,
    CXLOG_PERIOD_WEEK, /* ISO 8601, Monday to Sunday */
    CXLOG_PERIOD_MONTH,
    CXLOG_PERIOD_QUARTER,
    CXLOG_PERIOD_HALF,
    CXLOG_PERIOD_YEAR,
    CXLOG_PERIOD_RANGE, /* any two days */
    CXLOG_PERIOD_ALL    /* everything; from and to are the extreme representable days */
} cxlog_period_kind;

#define CXLOG_PERIOD_LABEL 32

typedef struct cxlog_period {
    cxlog_period_kind kind;
    cxlog_day from, to;             /* both inclusive */
    char label[CXLOG_PERIOD_LABEL]; /* 2026-11-20, 2026-W47, 2026-11, 2026-Q4, 2026-H2,
                                       2026, A..B, all */
} cxlog_period;

/*
 * PERIOD of CLI.md: words (today yesterday week month quarter half year all, last-X; 오늘
 * 어제 주 월 분기 반기 연 전체, 지난X with or without a blank), or dates. `today` is the
 * base of the words. "2026-11-01..15" and "2026-11-01..11-15" fill in what is left out
 * from the first date; "2026-W46..W47" too. Errors: ERR_VALUE with a sentence that shows
 * the forms; suggestions for near words.
 */
CXLOG_MUST_USE cxlog_status cxlog_period_parse(cxlog_period *out, const char *text,
                                               cxlog_day today, cxlog_error *err);

/* The period of that kind which holds the day (DAY..YEAR). */
cxlog_period cxlog_period_of(cxlog_period_kind kind, cxlog_day day);

/* The one `steps` before (negative: after). A range moves by its own length; ALL stays.
 */
cxlog_period cxlog_period_before(const cxlog_period *period, int steps);

/* Same period one year earlier: same week number (53 becomes the last week), month,
 * quarter…; a range by calendar date. */
cxlog_period cxlog_period_year_before(const cxlog_period *period);

/* First day of `cumulative`: 1 January of the period's year (a week's ISO year; otherwise
 * the year of `to`; ALL: its from). */
cxlog_day cxlog_period_year_start(const cxlog_period *period);

/* "day" "week" "month" "quarter" "half" "year" "range" "all": JSON, never translated. */
const char *cxlog_period_kind_name(cxlog_period_kind kind);

/* Label of the period of `kind` that holds the day, for --by month and the like. */
const char *cxlog_period_label(char buffer[CXLOG_PERIOD_LABEL], cxlog_period_kind kind,
                               cxlog_day day);

CXLOG_END_DECLS

#endif
