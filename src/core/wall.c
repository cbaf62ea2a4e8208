#include <cxlog/wall.h>

#include <assert.h>
#include <stdio.h>

#include "core/civil.h"

#define DAYS_TO_1899_12_30 25569 /* from the epoch back to the day that sheets call 0 */

/* Rounded towards minus infinity, as days before 1970 need it. */
static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

cxlog_day cxlog_day_of(cxlog_wall at)
{
    return (cxlog_day)floor_div(at, CX_DAY_SECONDS);
}

int cxlog_second_of_day(cxlog_wall at)
{
    return (int)(at - floor_div(at, CX_DAY_SECONDS) * CX_DAY_SECONDS);
}

cxlog_wall cx_wall_make(cxlog_day day, int second)
{
    return (cxlog_wall)day * CX_DAY_SECONDS + second;
}

/* Years begin in March here, so that the leap day is a year's last; 400 years repeat. */
cxlog_day cxlog_day_make(int year, int month, int mday)
{
    int64_t from_march = month > 2 ? month - 3 : month + 9;
    int64_t march_year = month > 2 ? year : (int64_t)year - 1;
    int64_t era = floor_div(march_year, 400);
    int64_t year_of_era = march_year - era * 400;
    int64_t day_of_year = (153 * from_march + 2) / 5 + mday - 1;
    int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (cxlog_day)(era * 146097 + day_of_era - 719468);
}

void cxlog_day_civil(cxlog_day day, int *year, int *month, int *mday)
{
    int64_t shifted = (int64_t)day + 719468;
    int64_t era = floor_div(shifted, 146097);
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t from_march = (5 * day_of_year + 2) / 153;
    *mday = (int)(day_of_year - (153 * from_march + 2) / 5 + 1);
    *month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
    *year = (int)(year_of_era + era * 400 + (*month <= 2));
}

int cx_month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

bool cxlog_day_valid(int year, int month, int mday)
{
    return year >= CX_YEAR_MIN && year <= CX_YEAR_MAX && month >= 1 && month <= 12 &&
           mday >= 1 && mday <= cx_month_days(year, month);
}

bool cx_wall_in_years(cxlog_wall at)
{
    return at >= CX_WALL_MIN && at <= CX_WALL_MAX;
}

int cxlog_day_weekday(cxlog_day day)
{
    int64_t monday_based = (int64_t)day + 3; /* 1970-01-01 was a Thursday */
    return (int)(monday_based - floor_div(monday_based, 7) * 7);
}

/* A week belongs to the year that its Thursday is in. */
void cxlog_day_iso_week(cxlog_day day, int *year, int *week)
{
    cxlog_day thursday = day - cxlog_day_weekday(day) + 3;
    int month;
    int mday;
    cxlog_day_civil(thursday, year, &month, &mday);
    *week = (thursday - cxlog_day_make(*year, 1, 1)) / 7 + 1;
}

static const char *written(char buffer[CXLOG_WALL_TEXT], int length)
{
    if (length < 0 || length >= CXLOG_WALL_TEXT)
        buffer[0] = '\0'; /* only a time outside every bound of this library */
    return buffer;
}

const char *cxlog_day_text(char buffer[CXLOG_WALL_TEXT], cxlog_day day)
{
    int year;
    int month;
    int mday;
    cxlog_day_civil(day, &year, &month, &mday);
    return written(
        buffer, snprintf(buffer, CXLOG_WALL_TEXT, "%04d-%02d-%02d", year, month, mday));
}

const char *cxlog_wall_text(char buffer[CXLOG_WALL_TEXT], cxlog_wall at)
{
    char day[CXLOG_WALL_TEXT];
    int second = cxlog_second_of_day(at);
    return written(buffer, snprintf(buffer, CXLOG_WALL_TEXT, "%s %02d:%02d:%02d",
                                    cxlog_day_text(day, cxlog_day_of(at)), second / 3600,
                                    second / 60 % 60, second % 60));
}

const char *cxlog_wall_iso(char buffer[CXLOG_WALL_TEXT], cxlog_wall at)
{
    char day[CXLOG_WALL_TEXT];
    int second = cxlog_second_of_day(at);
    int32_t offset = cxlog_wall_offset(at);
    int minutes = (offset < 0 ? -offset : offset) / 60;
    return written(buffer,
                   snprintf(buffer, CXLOG_WALL_TEXT, "%sT%02d:%02d:%02d%c%02d:%02d",
                            cxlog_day_text(day, cxlog_day_of(at)), second / 3600,
                            second / 60 % 60, second % 60, offset < 0 ? '-' : '+',
                            minutes / 60, minutes % 60));
}

double cxlog_wall_to_serial(cxlog_wall at)
{
    return (double)(at + DAYS_TO_1899_12_30 * CX_DAY_SECONDS) / (double)CX_DAY_SECONDS;
}

bool cxlog_wall_from_serial(cxlog_wall *out, double serial)
{
    /* Written so that NaN fails: 2 is 1900-01-01, 2958466 would be 10000-01-01. */
    if (!(serial >= 2.0 && serial < 2958466.0))
        return false;
    int64_t since_1899 = (int64_t)(serial * (double)CX_DAY_SECONDS + 0.5);
    cxlog_wall at = since_1899 - DAYS_TO_1899_12_30 * CX_DAY_SECONDS;
    if (!cx_wall_in_years(at))
        return false;
    *out = at;
    return true;
}
