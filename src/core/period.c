#include <cxlog/period.h>

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/civil.h"
#include "core/period_make.h"

#define YEAR_FLOOR 1 /* stepping back stops here: labels have four digits */

/* Months of a period of that kind; 0 for those that are not made of months. */
static int months_of(cxlog_period_kind kind)
{
    switch (kind) {
    case CXLOG_PERIOD_MONTH:
        return 1;
    case CXLOG_PERIOD_QUARTER:
        return 3;
    case CXLOG_PERIOD_HALF:
        return 6;
    case CXLOG_PERIOD_YEAR:
        return 12;
    case CXLOG_PERIOD_DAY:
    case CXLOG_PERIOD_WEEK:
    case CXLOG_PERIOD_RANGE:
    case CXLOG_PERIOD_ALL:
        break;
    }
    return 0;
}

static cxlog_day clamp_day(int64_t day)
{
    int64_t floor = cxlog_day_make(YEAR_FLOOR, 1, 1);
    return (cxlog_day)(day < floor ? floor : day > CX_DAY_MAX ? CX_DAY_MAX : day);
}

static void put_label(cxlog_period *period)
{
    char from[CXLOG_WALL_TEXT];
    char to[CXLOG_WALL_TEXT];
    char *label = period->label;
    int length = 0;
    int year;
    int month;
    int mday;
    int week;
    cxlog_day_civil(period->from, &year, &month, &mday);
    switch (period->kind) {
    case CXLOG_PERIOD_DAY:
        length =
            snprintf(label, CXLOG_PERIOD_LABEL, "%s", cxlog_day_text(from, period->from));
        break;
    case CXLOG_PERIOD_WEEK:
        cxlog_day_iso_week(period->from, &year, &week);
        length = snprintf(label, CXLOG_PERIOD_LABEL, "%04d-W%02d", year, week);
        break;
    case CXLOG_PERIOD_MONTH:
        length = snprintf(label, CXLOG_PERIOD_LABEL, "%04d-%02d", year, month);
        break;
    case CXLOG_PERIOD_QUARTER:
        length = snprintf(label, CXLOG_PERIOD_LABEL, "%04d-Q%d", year, (month + 2) / 3);
        break;
    case CXLOG_PERIOD_HALF:
        length = snprintf(label, CXLOG_PERIOD_LABEL, "%04d-H%d", year, month > 6 ? 2 : 1);
        break;
    case CXLOG_PERIOD_YEAR:
        length = snprintf(label, CXLOG_PERIOD_LABEL, "%04d", year);
        break;
    case CXLOG_PERIOD_RANGE:
        length =
            snprintf(label, CXLOG_PERIOD_LABEL, "%s..%s",
                     cxlog_day_text(from, period->from), cxlog_day_text(to, period->to));
        break;
    case CXLOG_PERIOD_ALL:
        length = snprintf(label, CXLOG_PERIOD_LABEL, "all");
        break;
    }
    if (length < 0 || length >= CXLOG_PERIOD_LABEL)
        label[0] = '\0'; /* only for days outside every calendar here */
}

cxlog_period cx_period_make(cxlog_period_kind kind, cxlog_day from, cxlog_day to)
{
    cxlog_period period = {.kind = kind, .from = from, .to = to};
    put_label(&period);
    return period;
}

/* The period of `months` months that holds the month with that number (year * 12 + month
 * - 1). */
static cxlog_period of_months(cxlog_period_kind kind, int64_t index)
{
    int months = months_of(kind);
    int64_t least = (int64_t)YEAR_FLOOR * 12;
    int64_t most = (int64_t)CX_YEAR_MAX * 12 + 11;
    index = index < least ? least : index > most ? most : index;
    int64_t first = index - index % months;
    int64_t last = first + months - 1;
    int year = (int)(last / 12);
    int month = (int)(last % 12) + 1;
    return cx_period_make(kind,
                          cxlog_day_make((int)(first / 12), (int)(first % 12) + 1, 1),
                          cxlog_day_make(year, month, cx_month_days(year, month)));
}

static int64_t month_index(cxlog_day day)
{
    int year;
    int month;
    int mday;
    cxlog_day_civil(day, &year, &month, &mday);
    return (int64_t)year * 12 + month - 1;
}

static cxlog_period week_of(cxlog_day day)
{
    cxlog_day monday = day - cxlog_day_weekday(day);
    return cx_period_make(CXLOG_PERIOD_WEEK, monday, monday + 6);
}

cxlog_period cxlog_period_of(cxlog_period_kind kind, cxlog_day day)
{
    if (kind == CXLOG_PERIOD_ALL)
        return cx_period_make(kind, CX_DAY_MIN, CX_DAY_MAX);
    if (kind == CXLOG_PERIOD_WEEK)
        return week_of(day);
    if (months_of(kind) > 0)
        return of_months(kind, month_index(day));
    assert(kind == CXLOG_PERIOD_DAY); /* no range is the one that holds a day */
    return cx_period_make(CXLOG_PERIOD_DAY, day, day);
}

cxlog_period cxlog_period_before(const cxlog_period *period, int steps)
{
    if (period->kind == CXLOG_PERIOD_ALL)
        return *period;
    int months = months_of(period->kind);
    if (months > 0)
        return of_months(period->kind,
                         month_index(period->from) - (int64_t)steps * months);
    int64_t length = (int64_t)period->to - period->from + 1;
    cxlog_day from = clamp_day(period->from - length * steps);
    if (period->kind == CXLOG_PERIOD_WEEK)
        return week_of(from);
    return cx_period_make(period->kind, from, clamp_day(from + length - 1));
}

/* The date with the year before; 29 February becomes the 28th. */
static cxlog_day year_before(cxlog_day day)
{
    int year;
    int month;
    int mday;
    cxlog_day_civil(day, &year, &month, &mday);
    if (year <= YEAR_FLOOR)
        return day;
    int most = cx_month_days(year - 1, month);
    return cxlog_day_make(year - 1, month, mday > most ? most : mday);
}

cxlog_day cx_week_monday(int year, int week)
{
    cxlog_day in_week_one = cxlog_day_make(year, 1, 4);
    return in_week_one - cxlog_day_weekday(in_week_one) + (week - 1) * 7;
}

int cx_weeks_in_year(int year)
{
    int of_year;
    int week;
    cxlog_day_iso_week(cxlog_day_make(year, 12, 28), &of_year, &week);
    return week;
}

cxlog_period cxlog_period_year_before(const cxlog_period *period)
{
    int months = months_of(period->kind);
    if (months > 0)
        return cxlog_period_before(period, 12 / months);
    if (period->kind == CXLOG_PERIOD_ALL)
        return *period;
    if (period->kind != CXLOG_PERIOD_WEEK)
        return cx_period_make(period->kind, year_before(period->from),
                              year_before(period->to));
    int year;
    int week;
    cxlog_day_iso_week(period->from, &year, &week);
    int most = cx_weeks_in_year(year - 1);
    return week_of(cx_week_monday(year - 1, week > most ? most : week));
}

cxlog_day cxlog_period_year_start(const cxlog_period *period)
{
    int year;
    int month;
    int mday;
    if (period->kind == CXLOG_PERIOD_ALL)
        return period->from;
    if (period->kind == CXLOG_PERIOD_WEEK)
        cxlog_day_iso_week(period->from, &year, &month);
    else
        cxlog_day_civil(period->to, &year, &month, &mday);
    return cxlog_day_make(year, 1, 1);
}

const char *cxlog_period_kind_name(cxlog_period_kind kind)
{
    static const char *const names[] = {
        [CXLOG_PERIOD_DAY] = "day",     [CXLOG_PERIOD_WEEK] = "week",
        [CXLOG_PERIOD_MONTH] = "month", [CXLOG_PERIOD_QUARTER] = "quarter",
        [CXLOG_PERIOD_HALF] = "half",   [CXLOG_PERIOD_YEAR] = "year",
        [CXLOG_PERIOD_RANGE] = "range", [CXLOG_PERIOD_ALL] = "all",
    };
    return names[kind];
}

const char *cxlog_period_label(char buffer[CXLOG_PERIOD_LABEL], cxlog_period_kind kind,
                               cxlog_day day)
{
    cxlog_period period = cxlog_period_of(kind, day);
    memcpy(buffer, period.label, sizeof period.label);
    return buffer;
}
