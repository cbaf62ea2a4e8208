#include <cxlog/wall.h>

#include <string.h>
#include <time.h>

#include <cxlog/auto.h>
#include <cxlog/text.h>

#include "core/civil.h"
#include "core/scan.h"
#include "core/seam.h"

#define DATE_CHARS_MAX 100

/* The three numbers of a date in their order of writing: y, m or d each. */
typedef struct date_order {
    const char *name;
    const char *parts;
    const char *between;
} date_order;

static const date_order orders[] = {
    {"iso", "ymd", "-"},
    {"ymd", "ymd", "./- "},
    {"mdy", "mdy", "./- "},
    {"dmy", "dmy", "./- "},
};

static const date_order *find_order(const char *name)
{
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        if (strcmp(orders[i].name, name) == 0)
            return &orders[i];
    }
    return NULL;
}

/* "-" stands alone; of the others there may be several: "2026. 11. 20." */
static bool scan_between(const char **at, const char *between)
{
    size_t count = strspn(*at, between);
    if (count == 0 || (count > 1 && between[1] == '\0') || count > 3)
        return false;
    *at += count;
    return true;
}

static bool scan_date(const char **at, const date_order *order, cxlog_day *day)
{
    int year = 0;
    int month = 0;
    int mday = 0;
    for (size_t i = 0; i < 3; i++) {
        char part = order->parts[i];
        int *into = part == 'y' ? &year : part == 'm' ? &month : &mday;
        if ((i > 0 && !scan_between(at, order->between)) ||
            !cx_scan_number(at, part == 'y' ? 4 : 1, part == 'y' ? 4 : 2, into))
            return false;
    }
    if (!cxlog_day_valid(year, month, mday))
        return false;
    *day = cxlog_day_make(year, month, mday);
    return true;
}

static bool scan_in_order(const char *p, const date_order *order, cxlog_wall *out)
{
    cxlog_day day;
    int second = 0;
    int32_t offset;
    if (!scan_date(&p, order, &day))
        return false;
    if (order->between[1] != '\0')
        (void)cx_scan_char(&p, "."); /* "2026. 11. 20. 14:20" */
    cxlog_wall at = cx_wall_make(day, 0);
    if (*p != '\0') {
        bool marked = cx_scan_char(&p, "Tt,");
        bool blank = cx_scan_blanks(&p);
        if ((!marked && !blank) || !cx_scan_clock(&p, &second))
            return false;
        at = cx_wall_make(day, second);
        (void)cx_scan_blanks(&p);
        if (cx_scan_offset(&p, &offset))
            at = cxlog_wall_from_utc(at - offset);
    }
    *out = at;
    return *p == '\0' && cx_wall_in_years(at);
}

static bool scan_by_strptime(const char *text, const char *format, cxlog_wall *out)
{
    struct tm parts;
    bool has_offset;
    int32_t offset;
    if (!cx_strptime(text, format, &parts, &has_offset, &offset))
        return false;
    if (parts.tm_year < CX_YEAR_MIN - 1900 || parts.tm_year > CX_YEAR_MAX - 1900 ||
        !cxlog_day_valid(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday) ||
        parts.tm_sec > 59) /* strptime allows leap seconds */
        return false;
    cxlog_day day = cxlog_day_make(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
    cxlog_wall at =
        cx_wall_make(day, parts.tm_hour * 3600 + parts.tm_min * 60 + parts.tm_sec);
    *out = has_offset ? cxlog_wall_from_utc(at - offset) : at;
    return cx_wall_in_years(*out);
}

cxlog_status cxlog_wall_parse_as(cxlog_wall *out, const char *text, const char *format,
                                 cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    char wanted[CXLOG_QUOTE_MAX];
    const date_order *order = find_order(format);
    if (!order && format[0] != '%')
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "a date format is iso, ymd, mdy, dmy or begins with %%, like "
                          "%%d.%%m.%%Y: got %s",
                          cxlog_quote(quoted, format));
    CXLOG_AUTO_TEXT clean = NULL;
    cxlog_status status = cxlog_text_clean(&clean, text, strlen(text), CXLOG_TEXT_LINE,
                                           DATE_CHARS_MAX, "date", err);
    if (status != CXLOG_OK)
        return status;
    cxlog_wall at;
    bool good =
        order ? scan_in_order(clean, order, &at) : scan_by_strptime(clean, format, &at);
    if (!good)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "%s is not a date of the format %s",
                          cxlog_quote(quoted, clean), cxlog_quote(wanted, format));
    *out = at;
    return CXLOG_OK;
}
