/*
 * civil.h - bounds and small steps of the civil calendar, shared by core's time files.
 */
#ifndef CX_CIVIL_H
#define CX_CIVIL_H

#include <cxlog/wall.h>

#define CX_DAY_SECONDS INT64_C(86400)
#define CX_YEAR_MIN 1900
#define CX_YEAR_MAX 9999
#define CX_DAY_MIN (-25567) /* 1900-01-01 */
#define CX_DAY_MAX 2932896  /* 9999-12-31 */
#define CX_WALL_MIN (CX_DAY_MIN * CX_DAY_SECONDS)
#define CX_WALL_MAX ((CX_DAY_MAX + 1) * CX_DAY_SECONDS - 1)

/* Days of that month (1..12). */
int cx_month_days(int year, int month);

cxlog_wall cx_wall_make(cxlog_day day, int second);

/* Is the time in the years 1900 to 9999? */
bool cx_wall_in_years(cxlog_wall at);

#endif
