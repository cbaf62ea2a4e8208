/* Tabs filled at once, with 100,000 rows if need be. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "control.h"
#include "json.h"
#include "values.h"

/* A ULID whose time part counts up with `n`: sorted, distinct, the same in each run. */
static void ulid(char *out, long long n)
{
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    unsigned long long time = 1767225600000ULL + (unsigned long long)n * 1000;
    for (int i = 9; i >= 0; i--, time >>= 5)
        out[i] = digits[time & 31];
    unsigned long long noise = (unsigned long long)n * 6364136223846793005ULL + 1;
    for (int i = 25; i >= 10; i--) {
        out[i] = digits[(noise >> 40) & 31];
        noise = noise * 6364136223846793005ULL + 1442695040888963407ULL;
    }
    out[26] = '\0';
}

/* "{n}" alone makes a number, inside other text the digits; "{n/D}" a number of n/D more
 * than the given base ("{45000+n/96}"): enough for serial date-times. */
static json_t *fill(const json_t *model, long long n)
{
    const char *text = json_string_value(model);
    char made[27];
    double base = 0;
    double divisor = 1;
    int used = 0;
    if (!text || !strchr(text, '{'))
        return json_incref(js_mutable(model));
    if (strcmp(text, "{n}") == 0)
        return json_integer(n);
    if (sscanf(text, "{%lf+n/%lf}%n", &base, &divisor, &used) == 2 && used > 0 &&
        text[used] == '\0')
        return js_number(base + (double)n / divisor);
    buf out = {0};
    buf_text(&out, "");
    for (const char *p = text; *p;) {
        if (strncmp(p, "{n}", 3) == 0) {
            char digits[24];
            snprintf(digits, sizeof digits, "%lld", n);
            buf_text(&out, digits);
            p += 3;
        } else if (strncmp(p, "{ulid}", 6) == 0) {
            ulid(made, n);
            buf_text(&out, made);
            p += 6;
        } else {
            buf_add(&out, p++, 1);
        }
    }
    json_t *value = json_string(out.data);
    buf_clear(&out);
    return value;
}

static void put_row(grid_tab *t, int at, const json_t *values, long long n)
{
    for (size_t k = 0; k < json_array_size(values); k++) {
        const json_t *model = json_array_get(values, k);
        if (!json_is_null(model))
            cell_set(tab_cell_write(t, at, (int)k),
                     n < 0 ? json_incref(js_mutable(model)) : fill(model, n));
    }
}

static const char *const members[] = {"id",       "tab",   "rows",     "row",
                                      "generate", "first", "template", NULL};

char *people_prefill(emu *e, const json_t *order)
{
    api_error err = {0};
    int index;
    book *b = control_place(e, order, &index, &err);
    if (!b) {
        char *wrong = mem_text(err.message);
        api_error_clear(&err);
        return wrong;
    }
    if (js_stranger(order, members))
        return mem_format("unknown member \"%s\" of a prefill",
                          js_stranger(order, members));
    const json_t *rows = json_object_get(order, "rows");
    const json_t *model = json_object_get(order, "template");
    json_int_t generate = js_int(order, "generate", 0);
    json_int_t count = generate > 0 ? generate : (json_int_t)json_array_size(rows);
    json_int_t first = js_int(order, "first", 1);
    int width = (int)(generate > 0 ? json_array_size(model) : value_width(rows));
    if (count > BOOK_CELL_MAX || width < 1)
        return mem_text("prefill needs \"rows\", or \"generate\" and \"template\"");
    grid_tab *t = book_tab(b, index);
    int at = (int)js_int(order, "row", tab_used_rows(t));
    int end = at + (int)count;
    tab_resize(t, end > t->row_count ? end : t->row_count,
               width > t->column_count ? width : t->column_count);
    for (int i = 0; i < (int)count; i++) {
        if (generate > 0)
            put_row(t, at + i, model, first + i);
        else
            put_row(t, at + i, json_array_get(rows, (size_t)i), -1);
    }
    return NULL;
}
