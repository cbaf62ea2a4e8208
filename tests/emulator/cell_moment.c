/* Dates and times as people type them. */
#include <ctype.h>
#include <string.h>
#include <time.h>

#include "cell.h"
#include "json.h"

typedef struct moment {
    int year, month, day;
    int hour, minute, second;
    bool has_date, has_time, has_year;
    char mark; /* between month and day */
} moment;

/* Up to `most` digits: how many they are. */
static int read_digits(const char **at, int most, int *out)
{
    int count = 0;
    *out = 0;
    for (; count < most && isdigit((unsigned char)**at); count++)
        *out = *out * 10 + (*(*at)++ - '0');
    return isdigit((unsigned char)**at) ? 0 : count;
}

/* A century for two digits, as spreadsheets do. */
static int whole_year(int digits, int year)
{
    return digits == 4 ? year : year + (year < 30 ? 2000 : 1900);
}

static bool is_day(const moment *m)
{
    if (m->year < 1900 || m->month < 1 || m->month > 12 || m->day < 1)
        return false;
    long start = cell_serial_day(m->year, m->month, 1);
    long next = cell_serial_day(m->year + m->month / 12, m->month % 12 + 1, 1);
    return m->day <= next - start;
}

/* yyyy-mm-dd, yy-mm-dd, m-d and the same with '/'; '.' only where there is a year. */
static bool read_date(const char **at, int this_year, moment *m)
{
    const char *p = *at;
    int parts[3] = {0};
    int digits = read_digits(&p, 4, &parts[0]);
    char mark = *p;
    if (digits == 0 || mark == '\0' || !strchr("-/.", mark))
        return false;
    p++;
    if (!read_digits(&p, 2, &parts[1]))
        return false;
    m->has_year = *p == mark;
    if (m->has_year) {
        p++;
        if ((digits != 2 && digits != 4) || !read_digits(&p, 2, &parts[2]))
            return false;
        m->year = whole_year(digits, parts[0]);
    } else if (mark == '.') {
        return false;
    } else {
        m->year = this_year;
    }
    m->month = parts[m->has_year ? 1 : 0];
    m->day = parts[m->has_year ? 2 : 1];
    m->mark = mark;
    if (!is_day(m))
        return false;
    m->has_date = true;
    *at = p;
    return true;
}

/* h:mm or h:mm:ss. */
static bool read_time(const char **at, moment *m)
{
    const char *p = *at;
    if (!read_digits(&p, 2, &m->hour) || *p++ != ':' ||
        read_digits(&p, 2, &m->minute) != 2)
        return false;
    if (*p == ':') {
        p++;
        if (read_digits(&p, 2, &m->second) != 2)
            return false;
    }
    m->has_time = true;
    *at = p;
    return m->hour <= 23 && m->minute <= 59 && m->second <= 59;
}

static int year_of(int64_t now_ms)
{
    time_t now = (time_t)(now_ms / 1000);
    struct tm utc;
    gmtime_r(&now, &utc);
    return utc.tm_year + 1900;
}

static void set_moment(grid_cell *c, const moment *m)
{
    double days = m->has_date ? (double)cell_serial_day(m->year, m->month, m->day) : 0;
    cell_set(c,
             js_number(days + (m->hour * 3600 + m->minute * 60 + m->second) / 86400.0));
    if (!m->has_date)
        cell_set_format(c, "TIME", "hh:mm:ss");
    else if (m->has_time)
        cell_set_format(c, "DATE_TIME", "yyyy-mm-dd hh:mm:ss");
    else if (m->has_year)
        cell_set_format(c, "DATE", "yyyy-mm-dd");
    else
        cell_set_format(c, "DATE", m->mark == '/' ? "m/d" : "m-d");
}

bool cell_read_moment(grid_cell *c, const char *text, int64_t now_ms)
{
    moment m = {0};
    const char *at = text;
    bool is_dated = read_date(&at, year_of(now_ms), &m);
    size_t blanks = strspn(at, " ");
    if (is_dated && *at != '\0' && blanks == 0)
        return false;
    at += blanks;
    if ((!is_dated || *at != '\0') && (!read_time(&at, &m) || *at != '\0'))
        return false;
    set_moment(c, &m);
    return true;
}

void cell_set_format(grid_cell *c, const char *type, const char *pattern)
{
    json_t *format = json_object_get(c->x, "userEnteredFormat");
    if (js_has(format, "numberFormat"))
        return;
    format = format ? json_copy(format) : json_object();
    json_object_set_new(format, "numberFormat",
                        json_pack("{s:s, s:s}", "type", type, "pattern", pattern));
    cell_set_extra(c, "userEnteredFormat", format);
}
