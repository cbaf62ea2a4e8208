/*
 * period_make.h - building blocks of periods, shared by period.c and period_parse.c.
 */
#ifndef CX_PERIOD_MAKE_H
#define CX_PERIOD_MAKE_H

#include <cxlog/period.h>

/* A period of these days with its label. */
cxlog_period cx_period_make(cxlog_period_kind kind, cxlog_day from, cxlog_day to);

/* Monday of an ISO week (1..53). */
cxlog_day cx_week_monday(int year, int week);

/* 52 or 53. */
int cx_weeks_in_year(int year);

#endif
