/* Number and date formats: what a person sees in a cell. */
#include "cell.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"

typedef struct moment {
    int year, month, day, hour, minute, second;
} moment;

long cell_serial_day(int year, int month, int day)
{
    long y = month <= 2 ? year - 1L : year;
    long era = (y >= 0 ? y : y - 399) / 400;
    long of_era = y - era * 400;
    long of_year = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    long days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return era * 146097 + days - 719468 + 25569;
}

static moment from_serial(double serial)
{
    double whole = floor(serial);
    long seconds = lround((serial - whole) * 86400.0);
    long z = (long)whole - 25569 + 719468;
    if (seconds >= 86400) {
        seconds -= 86400;
        z++;
    }
    long era = (z >= 0 ? z : z - 146096) / 146097;
    long doe = z - era * 146097;
    long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    long doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    long mp = (5 * doy + 2) / 153;
    moment m = {0};
    m.day = (int)(doy - (153 * mp + 2) / 5 + 1);
    m.month = (int)(mp < 10 ? mp + 3 : mp - 9);
    m.year = (int)(yoe + era * 400 + (m.month <= 2));
    m.hour = (int)(seconds / 3600);
    m.minute = (int)(seconds / 60 % 60);
    m.second = (int)(seconds % 60);
    return m;
}

static bool is_minute(const char *pattern, const char *at, size_t run, char before)
{
    const char *next = at + run + strspn(at + run, ":. ");
    return run <= 2 && (before == 'h' || *next == 's') && at > pattern;
}

static char *show_date(double serial, const char *pattern)
{
    moment m = from_serial(serial);
    buf out = {0};
    char before = '\0';
    buf_text(&out, "");
    for (const char *p = pattern; *p;) {
        size_t run = strspn(p, (char[]){*p, '\0'});
        char text[16];
        int value = -1;
        if (*p == 'y')
            value = run <= 2 ? m.year % 100 : m.year;
        else if (*p == 'm')
            value = is_minute(pattern, p, run, before) ? m.minute : m.month;
        else if (*p == 'd')
            value = m.day;
        else if (*p == 'h' || *p == 'H')
            value = m.hour;
        else if (*p == 's')
            value = m.second;
        if (value < 0) {
            buf_add(&out, p, run);
        } else {
            snprintf(text, sizeof text, "%0*d", (int)(run > 4 ? 4 : run), value);
            buf_text(&out, text);
            before = *p == 'H' ? 'h' : *p;
        }
        p += run;
    }
    return out.data;
}

static char *show_number(double value, const char *pattern)
{
    const char *point = strchr(pattern, '.');
    int decimals = point ? (int)strspn(point + 1, "0#") : 0;
    bool is_percent = strchr(pattern, '%') != NULL;
    char digits[400];
    snprintf(digits, sizeof digits, "%.*f", decimals, is_percent ? value * 100 : value);
    buf out = {0};
    buf_add(&out, pattern, strcspn(pattern, "#0.%"));
    size_t whole = strcspn(digits, ".");
    for (size_t i = 0; digits[i]; i++) {
        if (strchr(pattern, ',') && i > 0 && i < whole && (whole - i) % 3 == 0 &&
            digits[i - 1] != '-')
            buf_text(&out, ",");
        buf_add(&out, digits + i, 1);
    }
    if (is_percent)
        buf_text(&out, "%");
    return out.data;
}

static const json_t *number_format(const grid_cell *c)
{
    return json_object_get(json_object_get(c->x, "userEnteredFormat"), "numberFormat");
}

static bool is_date(const grid_cell *c)
{
    const char *type = js_text(number_format(c), "type", "");
    return strncmp(type, "DATE", 4) == 0 || strcmp(type, "TIME") == 0;
}

char *cell_display(const grid_cell *c)
{
    char text[40];
    if (json_is_string(c->v))
        return mem_text(json_string_value(c->v));
    if (json_is_boolean(c->v))
        return mem_text(json_is_true(c->v) ? "TRUE" : "FALSE");
    if (!json_is_number(c->v))
        return mem_text("");
    double value = json_number_value(c->v);
    const char *type = js_text(number_format(c), "type", "");
    const char *pattern = js_text(number_format(c), "pattern", NULL);
    if (is_date(c)) {
        const char *usual = strcmp(type, "DATE") == 0   ? "yyyy-mm-dd"
                            : strcmp(type, "TIME") == 0 ? "hh:mm:ss"
                                                        : "yyyy-mm-dd hh:mm:ss";
        return show_date(value, pattern ? pattern : usual);
    }
    if (pattern && strpbrk(pattern, "0#") && strcmp(type, "TEXT") != 0)
        return show_number(value, pattern);
    js_number_text(text, sizeof text, value);
    return mem_text(text);
}

json_t *cell_read(const grid_cell *c, cell_view view, bool dates_as_text)
{
    if (!c || !c->v)
        return json_string("");
    const char *formula = js_text(c->x, "formula", NULL);
    if (view == VIEW_FORMULA && formula)
        return json_string(formula);
    bool is_shown =
        view == VIEW_FORMATTED || (dates_as_text && json_is_number(c->v) && is_date(c));
    if (!is_shown || json_is_string(c->v))
        return json_incref(c->v);
    char *text = cell_display(c);
    json_t *value = json_string(text);
    free(text);
    return value;
}
