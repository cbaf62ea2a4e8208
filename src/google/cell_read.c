#include <math.h>
#include <stdio.h>
#include <string.h>

#include "google/cells.h"

#define EXACT 1e15 /* below it every integer is its own double, in at most 15 digits */
#define NUMBER_TEXT 64

static void number_text(char out[NUMBER_TEXT], double number)
{
    if (number > -EXACT && number < EXACT && floor(number) == number)
        (void)snprintf(out, NUMBER_TEXT, "%lld", (long long)number);
    else
        (void)snprintf(out, NUMBER_TEXT, "%.15g", number);
}

char *cx_cell_text(const json_t *cell)
{
    char buffer[NUMBER_TEXT];
    if (json_is_string(cell))
        return strdup(json_string_value(cell));
    if (json_is_integer(cell)) {
        (void)snprintf(buffer, sizeof buffer, "%lld",
                       (long long)json_integer_value(cell));
        return strdup(buffer);
    }
    if (json_is_real(cell)) {
        number_text(buffer, json_real_value(cell));
        return strdup(buffer);
    }
    if (json_is_boolean(cell))
        return strdup(json_is_true(cell) ? "TRUE" : "FALSE");
    return strdup("");
}

bool cx_cell_decimal(const char *text)
{
    const char *c = text + (text[0] == '-' ? 1 : 0);
    size_t whole = strspn(c, "0123456789");
    size_t part = c[whole] == '.' ? strspn(c + whole + 1, "0123456789") : 0;
    if (whole == 0 || whole + part > 15 || (c[0] == '0' && whole > 1))
        return false;
    if (c[whole] == '.' && part == 0)
        return false;
    if (c[whole + (part > 0 ? part + 1 : 0)] != '\0')
        return false;
    char again[NUMBER_TEXT];
    number_text(again, strtod(text, NULL));
    return strcmp(again, text) == 0;
}

static bool blank(const json_t *cell)
{
    return !cell || json_is_null(cell) ||
           (json_is_string(cell) && json_string_length(cell) == 0);
}

bool cx_cells_blank(const json_t *row)
{
    for (size_t i = 0; i < json_array_size(row); i++) {
        if (!blank(json_array_get(row, i)))
            return false;
    }
    return true;
}

bool cx_cell_number(int64_t *out, const json_t *cell)
{
    *out = CXLOG_BLANK;
    if (blank(cell))
        return true;
    double number = 0;
    if (json_is_number(cell)) {
        number = json_number_value(cell);
    } else {
        const char *text = json_string_value(cell);
        if (!text || !cx_cell_decimal(text))
            return false;
        number = strtod(text, NULL);
    }
    if (!(number > -EXACT && number < EXACT) || floor(number) != number)
        return false;
    *out = (int64_t)number;
    return true;
}

bool cx_cell_time(cxlog_wall *out, const json_t *cell)
{
    *out = CXLOG_BLANK;
    if (blank(cell))
        return true;
    if (json_is_number(cell))
        return cxlog_wall_from_serial(out, json_number_value(cell));
    const char *text = json_string_value(cell);
    cxlog_error ignored = {0};
    return text && cxlog_wall_parse_as(out, text, "iso", &ignored) == CXLOG_OK;
}
