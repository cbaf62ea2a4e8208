/*
 * join_ask.c - what a store would add to a used sheet, told before it may: as many names
 * as the lines under a sentence hold.
 */
#include <stdio.h>

#include <cxlog/text.h>

#include "sync/sync_impl.h"

#define NAME_BYTES 60

typedef struct lines {
    cxlog_error *err;
    char text[CXLOG_SUGGESTION_MAX];
    size_t length; /* 0: nothing on it yet */
    int left;      /* lines that may follow */
} lines;

static int shown(const char *name)
{
    return (int)cxlog_text_fit_bytes(name, NAME_BYTES);
}

static void end_line(lines *l)
{
    if (l->length > 0)
        cxlog_suggest(l->err, l->text);
    l->left -= l->length > 0;
    l->length = 0;
}

static bool same_kind(const cxlog_event *a, const cxlog_event *b)
{
    return a->dim == b->dim && a->action == b->action;
}

/* False: no line is left. */
static bool put(lines *l, const cxlog_event *event, const cxlog_event *before)
{
    char name[2 * NAME_BYTES + 8];
    const char *parent = event->parent ? event->parent : "";
    const char *own = event->name ? event->name : "";
    snprintf(name, sizeof name, "%.*s%s%.*s", shown(parent), parent, *parent ? "/" : "",
             shown(own), own);
    if (before && !same_kind(event, before))
        end_line(l);
    if (l->length + strlen(name) + 3 > sizeof l->text)
        end_line(l);
    if (l->left == 0)
        return false;
    if (l->length == 0)
        l->length = (size_t)snprintf(l->text, sizeof l->text, "%s %s %s",
                                     cxlog_dim_sheet(event->dim),
                                     cxlog_action_sheet(event->action), name);
    else
        l->length += (size_t)snprintf(l->text + l->length, sizeof l->text - l->length,
                                      ", %s", name);
    return true;
}

cxlog_status cx_sync_join_ask(const cxlog_event *events, size_t count, cxlog_error *err)
{
    cxlog_status status = cxlog_fail(
        err, CXLOG_ERR_VALUE,
        "this store has %zu scheme changes that the sheet does not have: cxlog "
        "init --extend adds them there; nothing was written",
        count);
    lines l = {.err = err, .left = CXLOG_SUGGESTIONS_MAX - 1};
    size_t told = 0;
    while (told < count && put(&l, &events[told], told ? &events[told - 1] : NULL))
        told++;
    end_line(&l);
    if (told < count) {
        snprintf(l.text, sizeof l.text, "… %zu", count - told);
        cxlog_suggest(err, l.text);
    }
    return status;
}
