/*
 * chain_show.c - rows of 구분 in words: what a report of a broken chain says, and what
 * tells two events apart.
 */
#include <inttypes.h>
#include <stdio.h>

#include <cxlog/text.h>

#include "sync/sync_impl.h"

#define CELL_SIZE CXLOG_WALL_TEXT /* the longest; a number needs 21 */
#define NAME_BYTES 60             /* of a name that stands in a sentence with others */

bool cx_sync_chain_blank(const cxlog_scheme_row *row)
{
    return !row->readable && row->raw[strspn(row->raw, " |")] == '\0';
}

static const char *or_blank(const char *text)
{
    return text ? text : "";
}

/* A cell as text, in the order of cxlog_event_headings(). */
static const char *cell(char buffer[CELL_SIZE], const cxlog_event *event, size_t column)
{
    switch (column) {
    case 0:
        snprintf(buffer, CELL_SIZE, "%" PRId64, event->number);
        return buffer;
    case 1:
        return cxlog_wall_text(buffer, event->at);
    case 8:
        return event->from == CXLOG_NO_DAY ? "" : cxlog_day_text(buffer, event->from);
    default:
        break;
    }
    return or_blank(cxlog_event_text(event, column));
}

char *cx_sync_chain_line(const cxlog_event *event)
{
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    if (!stream)
        return NULL;
    for (size_t i = 0; i < CXLOG_EVENT_COLUMNS; i++) {
        char buffer[CELL_SIZE];
        fprintf(stream, "%s%s", i ? " | " : "", cell(buffer, event, i));
    }
    bool bad = ferror(stream) != 0;
    if (fclose(stream) == 0 && !bad)
        return text;
    free(text);
    return NULL;
}

static int shown(const char *name)
{
    return (int)cxlog_text_fit_bytes(name, NAME_BYTES);
}

/* Quoted for a sentence: what tells two events apart at a glance. */
static const char *show_event(char buffer[CXLOG_QUOTE_MAX], const cxlog_event *event)
{
    char text[CXLOG_QUOTE_MAX];
    const char *parent = or_blank(event->parent);
    const char *name = or_blank(event->name);
    const char *target = or_blank(event->target);
    snprintf(text, sizeof text, "%" PRId64 " %s %s %.*s%s%.*s %.*s %.8s…", event->number,
             cxlog_action_sheet(event->action), cxlog_dim_sheet(event->dim),
             shown(parent), parent, *parent ? "/" : "", shown(name), name, shown(target),
             target, event->chain);
    return cxlog_quote(buffer, text);
}

static const char *show_row(char buffer[CXLOG_QUOTE_MAX], const cxlog_scheme_row *row)
{
    if (!row || cx_sync_chain_blank(row))
        return "nothing";
    if (row->readable)
        return show_event(buffer, &row->event);
    return cxlog_quote(buffer, row->raw);
}

/* The one column in which they differ; CXLOG_EVENT_COLUMNS when it is none or several. */
static size_t lone_difference(const cxlog_event *a, const cxlog_event *b)
{
    size_t found = CXLOG_EVENT_COLUMNS;
    for (size_t i = 0; i < CXLOG_EVENT_COLUMNS; i++) {
        char left[CELL_SIZE], right[CELL_SIZE];
        if (strcmp(cell(left, a, i), cell(right, b, i)) == 0)
            continue;
        if (found < CXLOG_EVENT_COLUMNS)
            return CXLOG_EVENT_COLUMNS;
        found = i;
    }
    return found;
}

static cxlog_status one_cell(int64_t number, size_t column, const cxlog_event *there,
                             const cxlog_event *here, cxlog_error *err)
{
    char left[CELL_SIZE], right[CELL_SIZE];
    char sheet[CXLOG_QUOTE_MAX], store[CXLOG_QUOTE_MAX], name[CXLOG_QUOTE_MAX];
    return cxlog_fail(
        err, CXLOG_ERR_TAMPERED,
        "tab %s was changed by hand: column %s of event %" PRId64
        " (%s) is %s in the sheet and %s in this store; nothing was written",
        CXLOG_TAB_SCHEME, cxlog_event_headings()[column], number,
        cxlog_quote(name, or_blank(here->name)),
        cxlog_quote(sheet, cell(left, there, column)),
        cxlog_quote(store, cell(right, here, column)));
}

static cxlog_status say(int64_t number, const cxlog_scheme_row *row,
                        const cxlog_event *own, cxlog_error *err)
{
    char there[CXLOG_QUOTE_MAX];
    char here[CXLOG_QUOTE_MAX];
    if (!own)
        return cxlog_fail(err, CXLOG_ERR_TAMPERED,
                          "tab %s was changed by hand: row %" PRId64
                          " does not follow on as event %" PRId64
                          ": the sheet has %s; nothing was written",
                          CXLOG_TAB_SCHEME, number + 1, number, show_row(there, row));
    if (row && row->readable) {
        size_t column = lone_difference(&row->event, own);
        if (column < CXLOG_EVENT_COLUMNS)
            return one_cell(number, column, &row->event, own, err);
    }
    return cxlog_fail(err, CXLOG_ERR_TAMPERED,
                      "tab %s was changed by hand: event %" PRId64
                      " is %s in the sheet and %s in this store; nothing was written",
                      CXLOG_TAB_SCHEME, number, show_row(there, row),
                      show_event(here, own));
}

cxlog_status cx_sync_chain_broken(int64_t number, const cxlog_scheme_row *row,
                                  const cxlog_event *own, cxlog_error *err)
{
    cxlog_status status = say(number, row, own, err);
    if (err)
        cxlog_suggest(err, "cxlog category restore");
    return status;
}
