/*
 * libsmartcols lays the columns out; libunistring measures. smartcols measures with
 * wcwidth(), which depends on the locale and knows neither ambiguous width nor emoji
 * sequences. So it is given stand-ins: for each cell a run of FILL of the cell's real
 * width, and the runs it prints are then replaced, in order, by the texts.
 */
#include <stdint.h>
#include <string.h>

#include <libsmartcols/libsmartcols.h>

#include <cxlog/text.h>

#include "report/table.h"

#define FILL 'x'
#define GAP 2       /* blanks between columns */
#define READABLE 20 /* cells that a text keeps before columns are dropped */
#define SHRUNK 6    /* cells that a text keeps on the narrowest terminal */

typedef struct layout {
    const cxlog_table *table;
    const cxlog_table_style *style;
    char **texts;    /* escaped titles, then rows; owned */
    size_t *widths;  /* cells of each of texts */
    bool *shown;     /* by column */
    size_t *columns; /* final width by column, 0 when not shown */
} layout;

static void layout_clear(layout *l)
{
    for (size_t i = 0; l->texts && i < (l->table->row_count + 1) * l->table->column_count;
         i++)
        free(l->texts[i]);
    free(l->texts);
    free(l->widths);
    free(l->shown);
    free(l->columns);
}
CXLOG_AUTO_VALUE_DEFINE(layout, layout_clear);

typedef struct libscols_table scols_table;
static void scols_release(scols_table *table)
{
    scols_unref_table(table);
}
CXLOG_AUTO_DEFINE(scols_table, scols_release);

/* Escape and measure every cell; line 0 is the header. */
static bool measure(layout *l)
{
    const cxlog_table *t = l->table;
    size_t lines = t->row_count + 1;
    l->texts = calloc(lines * t->column_count, sizeof *l->texts);
    l->widths = calloc(lines * t->column_count, sizeof *l->widths);
    l->shown = calloc(t->column_count, sizeof *l->shown);
    l->columns = calloc(t->column_count, sizeof *l->columns);
    if (!l->texts || !l->widths || !l->shown || !l->columns)
        return false;
    for (size_t r = 0; r < lines; r++)
        for (size_t c = 0; c < t->column_count; c++) {
            size_t i = r * t->column_count + c;
            l->texts[i] = cxlog_text_escape(
                r ? t->rows[r - 1].cells[c] : t->columns[c].title, true);
            if (!l->texts[i])
                return false;
            l->widths[i] = cxlog_text_width(l->texts[i], l->style->ambiguous_wide);
            if (l->widths[i] > l->columns[c])
                l->columns[c] = l->widths[i];
        }
    return true;
}

/* Cells of all columns shown; texts that may shrink count for no more than `texts`. */
static size_t total_width(const layout *l, size_t texts)
{
    size_t total = 0;
    for (size_t c = 0; c < l->table->column_count; c++) {
        if (!l->shown[c])
            continue;
        size_t width = l->columns[c];
        if (l->table->columns[c].shrinks && width > texts)
            width = texts;
        total += width + GAP;
    }
    return total ? total - GAP : 0;
}

static bool too_wide(const layout *l, size_t texts)
{
    return l->style->width && total_width(l, texts) > l->style->width;
}

/* On a narrow terminal columns go, lowest drop_order first, once no text can be cut
 * without hurting. */
static void choose_columns(layout *l)
{
    size_t count = l->table->column_count;
    for (size_t c = 0; c < count; c++)
        l->shown[c] = true;
    while (too_wide(l, READABLE)) {
        size_t worst = count;
        for (size_t c = 0; c < count; c++) {
            int order = l->table->columns[c].drop_order;
            if (l->shown[c] && order > 0 &&
                (worst == count || order < l->table->columns[worst].drop_order))
                worst = c;
        }
        if (worst == count)
            return;
        l->shown[worst] = false;
        l->columns[worst] = 0;
    }
}

/* Texts that may shrink do, the widest first. Numbers never. */
static void shrink_columns(layout *l)
{
    size_t count = l->table->column_count;
    while (too_wide(l, SIZE_MAX)) {
        size_t widest = count;
        for (size_t c = 0; c < count; c++)
            if (l->shown[c] && l->table->columns[c].shrinks && l->columns[c] > SHRUNK &&
                (widest == count || l->columns[c] > l->columns[widest]))
                widest = c;
        if (widest == count)
            return;
        l->columns[widest]--;
    }
}

static bool add_line(scols_table *out, const layout *l, size_t row, char *fill)
{
    struct libscols_line *line = scols_table_new_line(out, NULL);
    if (!line)
        return false;
    size_t at = 0;
    for (size_t c = 0; c < l->table->column_count; c++) {
        if (!l->shown[c])
            continue;
        size_t width = l->widths[row * l->table->column_count + c];
        width = width > l->columns[c] ? l->columns[c] : width;
        fill[width] = '\0';
        bool ok = scols_line_set_data(line, at++, fill) == 0;
        fill[width] = FILL;
        if (!ok)
            return false;
    }
    return true;
}

static bool lay_out(scols_table *out, const layout *l, char **text)
{
    const cxlog_table *t = l->table;
    size_t widest = 0;
    for (size_t c = 0; c < t->column_count; c++)
        widest = l->columns[c] > widest ? l->columns[c] : widest;
    CXLOG_AUTO_TEXT fill = malloc(widest + 1);
    if (!fill)
        return false;
    memset(fill, FILL, widest);
    fill[widest] = '\0';
    scols_table_enable_noheadings(out, 1);
    scols_table_set_termforce(out, SCOLS_TERMFORCE_NEVER); /* widths are settled above */
    if (scols_table_set_column_separator(out, "  ") != 0)
        return false;
    for (size_t c = 0; c < t->column_count; c++) {
        int flags = t->columns[c].align == CXLOG_ALIGN_RIGHT ? SCOLS_FL_RIGHT : 0;
        if (l->shown[c] && !scols_table_new_column(out, NULL, 0, flags))
            return false;
    }
    for (size_t r = 0; r <= t->row_count; r++)
        if (!add_line(out, l, r, fill))
            return false;
    return scols_print_table_to_string(out, text) == 0 && *text;
}

static void put_blanks(FILE *stream, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fputc(' ', stream);
}

/* The text of a cell in exactly `cells` cells, "…" at the end when it had to be cut. */
static void put_text(FILE *stream, const layout *l, size_t i, size_t cells)
{
    bool wide = l->style->ambiguous_wide;
    if (l->widths[i] <= cells) {
        fputs(l->texts[i], stream);
        put_blanks(stream, cells - l->widths[i]);
        return;
    }
    size_t dots = cxlog_text_width("…", wide);
    size_t bytes = cells > dots ? cxlog_text_fit(l->texts[i], cells - dots, wide) : 0;
    fprintf(stream, "%.*s", (int)bytes, l->texts[i]);
    size_t used = 0;
    CXLOG_AUTO_TEXT start = strndup(l->texts[i], bytes);
    if (start)
        used = cxlog_text_width(start, wide);
    if (used + dots <= cells) {
        fputs("…", stream);
        used += dots;
    }
    put_blanks(stream, cells > used ? cells - used : 0);
}

/* Replace the runs of FILL in a printed line by the texts of row `row`. Returns the start
 * of the next line. */
static const char *put_line(FILE *stream, const layout *l, size_t row,
                            const char *printed)
{
    size_t total = 0;
    size_t end = total_width(l, SIZE_MAX);
    for (size_t c = 0; c < l->table->column_count; c++) {
        size_t i = row * l->table->column_count + c;
        if (!l->shown[c] || l->widths[i] == 0)
            continue;
        for (; *printed == ' '; printed++, total++)
            fputc(' ', stream);
        size_t run = strspn(printed, "x");
        put_text(stream, l, i, run);
        printed += run;
        total += run;
    }
    put_blanks(stream, end > total ? end - total : 0);
    fputc('\n', stream);
    printed += strcspn(printed, "\n");
    return *printed ? printed + 1 : printed;
}

static void put_rule(FILE *stream, const layout *l)
{
    bool first = true;
    for (size_t c = 0; c < l->table->column_count; c++) {
        if (!l->shown[c])
            continue;
        put_blanks(stream, first ? 0 : GAP);
        first = false;
        size_t step = cxlog_text_width("─", l->style->ambiguous_wide);
        size_t done = 0;
        for (; done + step <= l->columns[c]; done += step)
            fputs("─", stream);
        put_blanks(stream, l->columns[c] - done);
    }
    fputc('\n', stream);
}

cxlog_status cxlog_table_text(char **out, const cxlog_table *table,
                              const cxlog_table_style *style, cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO_VALUE(layout) l = {.table = table, .style = style};
    CXLOG_AUTO_TEXT printed = NULL;
    bool ok = measure(&l);
    if (ok) {
        choose_columns(&l);
        shrink_columns(&l);
    }
    CXLOG_AUTO(scols_table) *scols = ok ? scols_new_table() : NULL;
    if (!scols || !lay_out(scols, &l, &printed))
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "no memory for a table");
    CXLOG_AUTO_VALUE(cx_sheet) sheet = {0};
    cxlog_status status = cx_sheet_open(&sheet, err);
    if (status != CXLOG_OK)
        return status;
    const char *at = put_line(sheet.stream, &l, 0, printed);
    put_rule(sheet.stream, &l);
    for (size_t r = 0; r < table->row_count; r++) {
        if (table->rows[r].ruled)
            put_rule(sheet.stream, &l);
        at = put_line(sheet.stream, &l, r + 1, at);
    }
    return cx_sheet_finish(&sheet, out, err);
}
