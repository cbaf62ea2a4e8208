/* What people type: numbers, formulas, and texts that look like none of them. */
#include "cell.h"

#include <ctype.h>
#include <math.h>
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
        shown = isfinite(value) ? js_number(value) : json_string("#DIV/0!");
    cell_set(c, shown ? shown : json_string("#NAME?"));
    cell_set_extra(c, "formula", json_string(formula));
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
    if (n == 0 || *end != '\0' || p[is_percent] != '\0' ||
        !strpbrk(digits, "0123456789") || !isfinite(value))
        return false;
    cell_set(c, js_number(is_percent ? value / 100 : value));
    if (is_money)
        cell_set_format(c, "CURRENCY", "$#,##0.00");
    else if (is_percent)
        cell_set_format(c, "PERCENT", strchr(digits, '.') ? "0.00%" : "0%");
    else if (has_comma)
        cell_set_format(c, "NUMBER", strchr(digits, '.') ? "#,##0.00" : "#,##0");
    return true;
}

bool cell_check_length(const char *text, api_error *err)
{
    if (mem_characters(text) > BOOK_TEXT_MAX)
        return api_fail(err, 400,
                        "Your input contains more than the maximum of %d characters in a "
                        "single cell.",
                        BOOK_TEXT_MAX);
    return true;
}

/* Blanks around it hide no number, date or truth value. */
static bool read_typed(grid_cell *c, const char *text, int64_t now_ms)
{
    const char *start = text + strspn(text, " ");
    size_t length = strlen(start);
    while (length > 0 && start[length - 1] == ' ')
        length--;
    char bare[64];
    if (length == 0 || length >= sizeof bare)
        return false;
    memcpy(bare, start, length);
    bare[length] = '\0';
    if (strcasecmp(bare, "TRUE") == 0 || strcasecmp(bare, "FALSE") == 0) {
        cell_set(c, json_boolean(toupper((unsigned char)bare[0]) == 'T'));
        return true;
    }
    return cell_read_moment(c, bare, now_ms) || read_number(c, bare);
}

bool cell_enter(grid_cell *c, const json_t *value, bool is_typed, int64_t now_ms,
                api_error *err)
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
    } else if (!read_typed(c, text, now_ms)) {
        cell_set(c, json_string(text[0] == '\'' ? text + 1 : text));
    }
    return true;
}
