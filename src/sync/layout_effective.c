/*
 * layout_effective.c - the formula behind 유효기록.
 *
 * A record counts when it is the last of its group by (기록시각, 기록ID) and no void.
 * Only the rows of groups that have a correction are sorted (few), so the formula stays
 * quick on a long log: `last` holds root and ID of each such row, newest first, and
 * VLOOKUP finds the first. A row pasted twice shows once (UNIQUE). Google's functions
 * all; the quote in a tab's title is doubled.
 */
#include <stdio.h>

#include "sync/tabs_impl.h"

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
        "=LET(log,%s!A2:%s,head,%s!A1:%s1,"
        "at,%s!%s2:%s,id,%s!%s2:%s,mark,%s!%s2:%s,"
        "root,ARRAYFORMULA(IF(mark=\"\",id,SUBSTITUTE(mark,\"" CXLOG_VOID_PREFIX
        "\",\"\"))),"
        "named,IFERROR(FILTER(root,mark<>\"\"),\"\"),"
        "touched,ARRAYFORMULA(ISNUMBER(MATCH(root,named,0))),"
        "last,IFERROR(SORT(FILTER({root,id,at},id<>\"\",touched),3,FALSE,2,FALSE),"
        "{\"\",\"\",\"\"}),"
        "newest,ARRAYFORMULA(IFNA(VLOOKUP(root,last,2,FALSE),id)),"
        "rows,IFERROR(UNIQUE(FILTER(log,id<>\"\",newest=id,"
        "LEFT(mark,3)<>\"" CXLOG_VOID_PREFIX "\")),\"\"),"
        "IF(INDEX(rows,1,1)=\"\",head,{head;rows}))";
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
    int length = snprintf(text, size, form, tab, end, tab, end, tab, time, time, tab, id,
                          id, tab, mark, mark);
    if (length < 0 || (size_t)length >= size)
        return cxlog_fail(err, CXLOG_ERR_BUG, "the formula of a tab does not fit");
    *out = CXLOG_TAKE(text);
    return CXLOG_OK;
}
