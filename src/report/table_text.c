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

#define PART 256 /* lines that are escaped and given to smartcols at a time */

typedef struct layout {
    const cxlog_table *table;
    const cxlog_table_style *style;
    bool *shown;     /* by column */
    size_t *columns; /* final width by column, 0 when not shown */
} layout;

typedef struct cell {
    char *text; /* escaped; owned */
    size_t width;
} cell;

/* Lines at hand: PART of them at most, column_count cells each. */
typedef struct part {
    const layout *layout;
    cell *cells;
    size_t first, count; /* line 0 is the header */
} part;

static void part_clear(part *p)
{
    for (size_t i = 0; p->cells && i < p->count * p->layout->table->column_count; i++)
        free(p->cells[i].text);
    free(p->cells);
}
CXLOG_AUTO_VALUE_DEFINE(part, part_clear);

static void layout_clear(layout *l)
{
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

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "no memory for a table");
}

static const char *cell_of(const cxlog_table *t, size_t line, size_t column)
{
    return line ? t->rows[line - 1].cells[column] : t->columns[column].title;
}

static bool take_cell(cell *out, const char *text, const cxlog_table_style *style)
{
    out->text = cxlog_text_escape(text, true);
    if (!out->text)
        return false;
    out->width = cxlog_text_width(out->text, style->ambiguous_wide);
    return true;
}

/* Wide enough for the titles (line 0) and rows up to line `last`. */
static bool widen(size_t *columns, const cxlog_table *t, const cxlog_table_style *style,
                  size_t first, size_t last)
{
    for (size_t line = first; line <= last; line++)
        for (size_t c = 0; c < t->column_count; c++) {
            cell one = {0};
            if (!take_cell(&one, cell_of(t, line, c), style))
                return false;
            free(one.text);
            columns[c] = one.width > columns[c] ? one.width : columns[c];
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

/* From what was measured before, the titles and the rows of lines up to `last`. */
static bool settle(layout *l, size_t last)
{
    const cxlog_table *t = l->table;
    l->shown = calloc(t->column_count, sizeof *l->shown);
    l->columns = calloc(t->column_count, sizeof *l->columns);
    if (!l->shown || !l->columns)
        return false;
    memcpy(l->columns, t->widest, t->column_count * sizeof *l->columns);
    if (!widen(l->columns, t, l->style, 0, last))
        return false;
    choose_columns(l);
    shrink_columns(l);
    return true;
}

/* cells NULL: every column full. */
static bool add_line(scols_table *out, const layout *l, const cell *cells, char *fill)
{
    struct libscols_line *line = scols_table_new_line(out, NULL);
    if (!line)
        return false;
    size_t at = 0;
    for (size_t c = 0; c < l->table->column_count; c++) {
        if (!l->shown[c])
            continue;
        size_t width = l->columns[c];
        if (cells && cells[c].width < width)
            width = cells[c].width;
        fill[width] = '\0';
        bool ok = scols_line_set_data(line, at++, fill) == 0;
        fill[width] = FILL;
        if (!ok)
            return false;
    }
    return true;
}

/* Behind a first line that is as wide as every column: parts agree on the widths. */
static bool lay_out(scols_table *out, const part *p, char **text)
{
    const layout *l = p->layout;
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
    bool ok = add_line(out, l, NULL, fill);
    for (size_t i = 0; ok && i < p->count; i++)
        ok = add_line(out, l, p->cells + i * t->column_count, fill);
    return ok && scols_print_table_to_string(out, text) == 0 && *text;
}

static void put_blanks(FILE *stream, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fputc(' ', stream);
}

/* A cell in exactly `room` cells, "…" at the end when it had to be cut. */
static void put_cell(FILE *stream, const layout *l, const cell *one, size_t room)
{
    bool wide = l->style->ambiguous_wide;
    if (one->width <= room) {
        fputs(one->text, stream);
        put_blanks(stream, room - one->width);
        return;
    }
    size_t dots = cxlog_text_width("…", wide);
    size_t bytes = room > dots ? cxlog_text_fit(one->text, room - dots, wide) : 0;
    fprintf(stream, "%.*s", (int)bytes, one->text);
    size_t used = 0;
    CXLOG_AUTO_TEXT start = strndup(one->text, bytes);
    if (start)
        used = cxlog_text_width(start, wide);
    if (used + dots <= room) {
        fputs("…", stream);
        used += dots;
    }
    put_blanks(stream, room > used ? room - used : 0);
}

/* Replace the runs of FILL in a printed line by the texts of its cells. */
static void put_line(FILE *stream, const layout *l, const cell *cells,
                     const char *printed)
{
    size_t total = 0;
    size_t end = total_width(l, SIZE_MAX);
    for (size_t c = 0; c < l->table->column_count; c++) {
        if (!l->shown[c] || cells[c].width == 0)
            continue;
        for (; *printed == ' '; printed++, total++)
            fputc(' ', stream);
        size_t run = strspn(printed, "x");
        put_cell(stream, l, &cells[c], run);
        printed += run;
        total += run;
    }
    put_blanks(stream, end > total ? end - total : 0);
    fputc('\n', stream);
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

static const char *next_line(const char *printed)
{
    printed += strcspn(printed, "\n");
    return *printed ? printed + 1 : printed;
}

/* `count` lines from `first` on. */
static bool put_part(FILE *stream, const layout *l, size_t first, size_t count)
{
    const cxlog_table *t = l->table;
    CXLOG_AUTO_VALUE(part)
    p = {.layout = l,
         .first = first,
         .count = count,
         .cells = calloc(count * t->column_count, sizeof(cell))};
    bool ok = p.cells != NULL;
    for (size_t i = 0; ok && i < count * t->column_count; i++)
        ok = take_cell(&p.cells[i],
                       cell_of(t, first + i / t->column_count, i % t->column_count),
                       l->style);
    CXLOG_AUTO(scols_table) *scols = ok ? scols_new_table() : NULL;
    CXLOG_AUTO_TEXT printed = NULL;
    if (!scols || !lay_out(scols, &p, &printed))
        return false;
    const char *at = printed;
    for (size_t i = 0; i < count; i++) {
        at = next_line(at);
        if (first + i > 0 && t->rows[first + i - 1].ruled)
            put_rule(stream, l);
        put_line(stream, l, p.cells + i * t->column_count, at);
        if (first + i == 0)
            put_rule(stream, l);
    }
    return true;
}

/* Lines from `first` on to the last row. */
static cxlog_status put_lines(char **out, const layout *l, size_t first, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_sheet) sheet = {0};
    cxlog_status status = cx_sheet_open(&sheet, err);
    if (status != CXLOG_OK)
        return status;
    size_t lines = l->table->row_count + 1;
    for (size_t count; first < lines; first += count) {
        count = lines - first < PART ? lines - first : PART;
        if (!put_part(sheet.stream, l, first, count))
            return no_memory(err);
    }
    return cx_sheet_finish(&sheet, out, err);
}

cxlog_status cxlog_table_text(char **out, const cxlog_table *table,
                              const cxlog_table_style *style, cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO_VALUE(layout) l = {.table = table, .style = style};
    if (!settle(&l, table->row_count))
        return no_memory(err);
    return put_lines(out, &l, 0, err);
}

cxlog_status cxlog_table_measure(cxlog_table *table, const cxlog_table_style *style,
                                 cxlog_error *err)
{
    if (!widen(table->widest, table, style, 1, table->row_count))
        return no_memory(err);
    cx_table_empty(table);
    return CXLOG_OK;
}

cxlog_status cxlog_table_part(char **out, cxlog_table *table,
                              const cxlog_table_style *style, bool header,
                              cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO_VALUE(layout) l = {.table = table, .style = style};
    if (!settle(&l, 0))
        return no_memory(err);
    cxlog_status status = put_lines(out, &l, header ? 0 : 1, err);
    cx_table_empty(table);
    return status;
}
