/*
 * layout_effective.c - 유효기록: the formula behind it, and the tab around the formula.
 *
 * A record counts when it is the last of its group by (기록시각, 기록ID) and no void.
 * `last` holds root and ID of each row in a group that has a correction (few), newest
 * first, and VLOOKUP finds the first. What counts stands in the order of the IDs, that
 * is of time; of rows with one ID (somebody pasted one, and may have edited it) only the
 * first in the sheet, as sync reads it. Without an ID's length in 기록ID a row is no
 * record: the header is one of those, and its being there means that FILTER never sees a
 * single row, whose direction it would have to guess. Google's functions all, and no
 * name of one for a variable; the quote in a tab's title is doubled.
 */
#include <stdio.h>

#include "sync/tabs_impl.h"

#define ROWS 100 /* to begin with: Google adds what a formula needs */

/* A, B … Z, AA …: at most two letters, as 50 team fields need. */
static void letters(char out[3], size_t column)
{
    size_t at = 0;
    if (column >= 26)
        out[at++] = (char)('A' + column / 26 - 1);
    out[at++] = (char)('A' + column % 26);
    out[at] = '\0';
}

static void quote(char *out, const char *title)
{
    *out++ = '\'';
    for (; *title; title++) {
        if (*title == '\'')
            *out++ = '\'';
        *out++ = *title;
    }
    *out++ = '\'';
    *out = '\0';
}

cxlog_status cx_effective_formula(char **out, const char *title, size_t columns,
                                  cxlog_error *err)
{
    static const char form[] =
        "=LET(data,%s!A1:%s,head,%s!A1:%s1,at,%s!%s1:%s,"
        "id,ARRAYFORMULA(IFERROR(%s!%s1:%s,\"\")),"
        "mark,ARRAYFORMULA(IFERROR(%s!%s1:%s,\"\")),"
        "root,ARRAYFORMULA(IF(mark=\"\",id,SUBSTITUTE(mark,\"" CXLOG_VOID_PREFIX
        "\",\"\"))),"
        "named,IFERROR(FILTER(root,mark<>\"\"),\"\"),"
        "touched,ARRAYFORMULA(ISNUMBER(MATCH(root,named,0))),"
        "last,IFERROR(SORT(FILTER(HSTACK(root,id,at),(LEN(id)=%d)*touched),3,FALSE,2,"
        "FALSE),{\"\",\"\",\"\"}),"
        "newest,ARRAYFORMULA(IFNA(VLOOKUP(root,last,2,FALSE),id)),"
        "found,SORT(FILTER(data,(LEN(id)=%d)*(newest=id)*"
        "(LEFT(mark,3)<>\"" CXLOG_VOID_PREFIX "\")),%d,TRUE),"
        "shown,VSTACK(head,found),kept,INDEX(shown,0,%d),"
        "IF(ISERROR(INDEX(found,1,%d)),head,"
        "FILTER(shown,kept<>ARRAY_CONSTRAIN(VSTACK(\"\",kept),ROWS(kept),1))))";
    const int length = CXLOG_ID_LENGTH, column = CXLOG_COL_ID + 1;
    char end[3], time[3], id[3], mark[3];
    letters(end, columns - 1);
    letters(time, CXLOG_COL_LOGGED_AT);
    letters(id, CXLOG_COL_ID);
    letters(mark, CXLOG_COL_CORRECTS);
    size_t title_size = 2 * strlen(title) + 3;
    CXLOG_AUTO_TEXT tab = malloc(title_size);
    size_t size = sizeof form + 5 * title_size + 64;
    CXLOG_AUTO_TEXT text = malloc(size);
    if (!tab || !text)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    quote(tab, title);
    int written = snprintf(text, size, form, tab, end, tab, end, tab, time, time, tab, id,
                           id, tab, mark, mark, length, length, column, column, column);
    if (written < 0 || (size_t)written >= size)
        return cxlog_fail(err, CXLOG_ERR_BUG, "the formula of a tab does not fit");
    *out = CXLOG_TAKE(text);
    return CXLOG_OK;
}

void cx_effective_clear(cx_effective *effective)
{
    free(effective->formula);
    free(effective->title);
    *effective = (cx_effective){0};
}

/* As cxlog makes it, around the formula. */
static size_t make_tab(cxlog_edit *edits, const char *title, int64_t columns,
                       cxlog_edit formula)
{
    const int32_t tab = CXLOG_EFFECTIVE_TAB_ID;
    size_t count = 0;
    edits[count++] = (cxlog_edit){.kind = CXLOG_EDIT_TAB,
                                  .area = {.tab = tab, .rows = ROWS, .columns = columns},
                                  .text = title,
                                  .number = 1};
    edits[count++] = formula;
    edits[count++] = (cxlog_edit){.kind = CXLOG_EDIT_STYLE,
                                  .area = {.tab = tab, .rows = 1},
                                  .style = CXLOG_STYLE_HEADING};
    for (int i = 0; i < 2; i++)
        edits[count++] = (cxlog_edit){
            .kind = CXLOG_EDIT_STYLE,
            .area = {.tab = tab,
                     .row = 1,
                     .column = i ? CXLOG_COL_LOGGED_AT : CXLOG_COL_CONTACTED_AT,
                     .columns = 1},
            .style = CXLOG_STYLE_DATE_TIME};
    return count;
}

/* Team fields were added since it was made. */
static size_t widen_tab(cxlog_edit *edits, int64_t from, int64_t columns,
                        cxlog_edit formula)
{
    const int32_t tab = CXLOG_EFFECTIVE_TAB_ID;
    edits[0] = (cxlog_edit){.kind = CXLOG_EDIT_GROW,
                            .area = {.tab = tab, .columns = columns - from}};
    edits[1] = formula;
    edits[2] = (cxlog_edit){.kind = CXLOG_EDIT_STYLE,
                            .area = {tab, 0, 1, from, columns - from},
                            .style = CXLOG_STYLE_HEADING};
    return 3;
}

cxlog_status cx_effective_edits(cx_effective *own, const cx_sync *sync,
                                const cxlog_survey *survey, bool make, cxlog_edit *edits,
                                size_t *count, cxlog_error *err)
{
    const cxlog_tab *log = cx_survey_tab(survey, sync->log_tab);
    const cxlog_tab *there = cx_survey_tab(survey, CXLOG_EFFECTIVE_TAB_ID);
    size_t columns = CXLOG_COLUMN_COUNT + sync->fields.count;
    if (!log || (there ? there->columns >= (int64_t)columns : !make))
        return CXLOG_OK;
    cxlog_status status = cx_effective_formula(&own->formula, log->title, columns, err);
    if (status == CXLOG_OK && !there)
        status = cx_survey_title(&own->title, survey, CXLOG_TAB_EFFECTIVE, err);
    if (status != CXLOG_OK)
        return status;
    own->cell = (cxlog_cell){.kind = CXLOG_CELL_FORMULA, .text = own->formula};
    const cxlog_edit formula = {.kind = CXLOG_EDIT_CELLS,
                                .area = {CXLOG_EFFECTIVE_TAB_ID, 0, 1, 0, 1},
                                .cells = &own->cell};
    *count += there ? widen_tab(edits + *count, there->columns, (int64_t)columns, formula)
                    : make_tab(edits + *count, own->title, (int64_t)columns, formula);
    return CXLOG_OK;
}
