/* What people type: numbers, dates, formulas, and texts that look like none of them. */
#include "cell.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "json.h"

static bool read_sum(const char **at, double *out);

static void skip_blanks(const char **at)
{
    *at += strspn(*at, " ");
}

static bool read_factor(const char **at, double *out)
{
    skip_blanks(at);
    if (**at == '-' || **at == '+') {
        bool is_minus = *(*at)++ == '-';
        bool ok = read_factor(at, out);
        *out = is_minus ? -*out : *out;
        return ok;
    }
    if (**at == '(') {
        (*at)++;
        if (!read_sum(at, out))
            return false;
        skip_blanks(at);
        return *(*at)++ == ')';
    }
    if (!isdigit((unsigned char)**at) && **at != '.')
        return false;
    char *end;
    *out = strtod(*at, &end);
    *at = end;
    return true;
}

static bool read_product(const char **at, double *out)
{
    if (!read_factor(at, out))
        return false;
    for (skip_blanks(at); **at == '*' || **at == '/'; skip_blanks(at)) {
        double right;
        char sign = *(*at)++;
        if (!read_factor(at, &right))
            return false;
        *out = sign == '*' ? *out * right : *out / right;
    }
    return true;
}

static bool read_sum(const char **at, double *out)
{
    if (!read_product(at, out))
        return false;
    for (skip_blanks(at); **at == '+' || **at == '-'; skip_blanks(at)) {
        double right;
        char sign = *(*at)++;
        if (!read_product(at, &right))
            return false;
        *out = sign == '+' ? *out + right : *out - right;
    }
    return true;
}

void cell_set_formula(grid_cell *c, const char *formula, json_t *shown)
{
    const char *at = formula + 1;
    double value = 0;
    if (!shown && read_sum(&at, &value) && *at == '\0')
        shown = value - value > 0 || value - value < 0 || value != value
                    ? json_string("#DIV/0!")
                    : js_number(value);
    cell_set(c, shown ? shown : json_string("#NAME?"));
    cell_set_extra(c, "formula", json_string(formula));
}

static void set_format(grid_cell *c, const char *type, const char *pattern)
{
    json_t *format = json_object_get(c->x, "userEnteredFormat");
    if (js_has(format, "numberFormat"))
        return;
    format = format ? json_copy(format) : json_object();
    json_object_set_new(format, "numberFormat",
                        json_pack("{s:s, s:s}", "type", type, "pattern", pattern));
    cell_set_extra(c, "userEnteredFormat", format);
}

static bool read_date(grid_cell *c, const char *text)
{
    int year;
    int month;
    int day;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int used = 0;
    char mark;
    char again;
    if (sscanf(text, "%4d%c%2d%c%2d%n", &year, &mark, &month, &again, &day, &used) != 5 ||
        mark != again || !strchr("-/.", mark) || year < 1900 || month < 1 || month > 12 ||
        day < 1 || day > 31)
        return false;
    const char *rest = text + used;
    double serial = (double)cell_serial_day(year, month, day);
    if (*rest == '\0') {
        cell_set(c, js_number(serial));
        set_format(c, "DATE", "yyyy-mm-dd");
        return true;
    }
    used = 0;
    if (sscanf(rest, " %2d:%2d%n:%2d%n", &hour, &minute, &used, &second, &used) < 2 ||
        rest[used] != '\0' || hour > 23 || minute > 59 || second > 59)
        return false;
    cell_set(c, js_number(serial + (hour * 3600 + minute * 60 + second) / 86400.0));
    set_format(c, "DATE_TIME", "yyyy-mm-dd hh:mm:ss");
    return true;
}

static bool read_number(grid_cell *c, const char *text)
{
    char digits[64];
    size_t n = 0;
    bool has_comma = false;
    bool is_money = text[0] == '$';
    const char *p = text + is_money;
    for (; *p && n + 1 < sizeof digits; p++) {
        if (*p == ',')
            has_comma = true;
        else if (isdigit((unsigned char)*p) || strchr("+-.eE", *p))
            digits[n++] = *p;
        else
            break;
    }
    digits[n] = '\0';
    char *end;
    double value = strtod(digits, &end);
    bool is_percent = p[0] == '%';
    if (n == 0 || *end != '\0' || p[is_percent] != '\0' || !strpbrk(digits, "0123456789"))
        return false;
    cell_set(c, js_number(is_percent ? value / 100 : value));
    if (is_money)
        set_format(c, "CURRENCY", "$#,##0.00");
    else if (is_percent)
        set_format(c, "PERCENT", strchr(digits, '.') ? "0.00%" : "0%");
    else if (has_comma)
        set_format(c, "NUMBER", strchr(digits, '.') ? "#,##0.00" : "#,##0");
    return true;
}

bool cell_check_length(const char *text, api_error *err)
{
    size_t count = 0;
    for (const char *p = text; *p; p++)
        count += ((unsigned char)*p & 0xC0) != 0x80;
    if (count > BOOK_TEXT_MAX)
        return api_fail(err, 400,
                        "Your input contains more than the maximum of %d characters in a "
                        "single cell.",
                        BOOK_TEXT_MAX);
    return true;
}

bool cell_enter(grid_cell *c, const json_t *value, bool is_typed, api_error *err)
{
    const char *text = json_string_value(value);
    if (!text) {
        if (!json_is_number(value) && !json_is_boolean(value))
            return api_fail(err, 400, "Invalid values: only text, numbers and booleans.");
        cell_set(c, json_is_number(value) ? js_number(json_number_value(value))
                                          : json_incref(js_mutable(value)));
        return true;
    }
    if (!cell_check_length(text, err))
        return false;
    if (text[0] == '\0') {
        cell_set(c, NULL);
    } else if (!is_typed) {
        cell_set(c, json_incref(js_mutable(value)));
    } else if (text[0] == '=' && text[1] != '\0') {
        cell_set_formula(c, text, NULL);
    } else if (strcasecmp(text, "TRUE") == 0 || strcasecmp(text, "FALSE") == 0) {
        cell_set(c, json_boolean(toupper((unsigned char)text[0]) == 'T'));
    } else if (!read_date(c, text) && !read_number(c, text)) {
        cell_set(c, json_string(text[0] == '\'' ? text + 1 : text));
    }
    return true;
}
