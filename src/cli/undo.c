#include <stdlib.h>
#include <string.h>

#include "cli/saved.h"
#include "cli/undo.h"
#include "cli/versions.h"

#define META_UNDONE "cli.undone" /* ID of the row that the last undo wrote */

/* The last two versions of a group: what is taken back, and what was before it. */
typedef struct versions {
    cxlog_record last, before;
    size_t count;
} versions;

static void versions_clear(versions *v)
{
    cxlog_record_clear(&v->last);
    cxlog_record_clear(&v->before);
}
CXLOG_AUTO_VALUE_DEFINE(versions, versions_clear);

static cxlog_status keep_last(void *user, cxlog_record *record, cxlog_error *err)
{
    versions *v = user;
    (void)err;
    cxlog_record_clear(&v->before);
    v->before = v->last;
    v->last = *record;
    cxlog_record_init(record); /* moved */
    v->count++;
    return CXLOG_OK;
}

/* The row that puts things back, and what it does in a word. */
static cxlog_status build(cxlog_entry *entry, cli_ctx *ctx, const versions *v,
                          const char **what, cxlog_error *err)
{
    bool last_void, before_void = false;
    const char *target = cxlog_entry_target(&v->last.entry, &last_void);
    if (v->count > 1)
        (void)cxlog_entry_target(&v->before.entry, &before_void);
    if (target[0] == '\0' || before_void) {
        *what = N_("taken out");
        return cli_entry_void(entry, ctx, &v->last, "", err);
    }
    if (v->count < 2)
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "the record that the last change corrected is not here yet: "
                          "cxlog sync");
    *what = last_void ? N_("put back") : N_("back as it was");
    cxlog_status status = cxlog_entry_copy(entry, &v->before.entry, err);
    return status == CXLOG_OK ? cli_entry_correct(entry, ctx, v->last.root, false, err)
                              : status;
}

static cxlog_status find_last(versions *v, cli_ctx *ctx, cxlog_error *err)
{
    const char *agent;
    bool found;
    CXLOG_AUTO_VALUE(cxlog_record) last;
    cxlog_record_init(&last);
    cxlog_status status = cli_agent(ctx, &agent, err);
    if (status == CXLOG_OK)
        status = cxlog_store_last_of(ctx->store, agent, ctx->today, 0, false, &last,
                                     &found, err);
    if (status != CXLOG_OK)
        return status;
    if (!found)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "%s has changed nothing today", agent);
    status = cli_versions(ctx, last.root, keep_last, v, err);
    if (status != CXLOG_OK)
        return status;
    const char *id = cxlog_entry_text(&last.entry, CXLOG_COL_ID);
    if (v->count == 0 ||
        strcmp(cxlog_entry_text(&v->last.entry, CXLOG_COL_ID), id) != 0) {
        status = cxlog_fail(err, CXLOG_ERR_VALUE,
                            "somebody changed this record after you: look first");
        char command[CXLOG_SUGGESTION_MAX];
        (void)snprintf(command, sizeof command, "cxlog show %s", id);
        cxlog_suggest(err, command);
    }
    return status;
}

void cli_undone_init(cli_undone *u)
{
    *u = (cli_undone){.what = ""};
    cxlog_entry_init(&u->entry);
    cxlog_record_init(&u->was);
}

void cli_undone_clear(cli_undone *u)
{
    cxlog_entry_clear(&u->entry);
    cxlog_record_clear(&u->was);
}

/* Only what undo wrote, and nothing after it, can be redone. */
static cxlog_status check_redo(cli_ctx *ctx, const cxlog_record *last, cxlog_error *err)
{
    CXLOG_AUTO_TEXT undone = NULL;
    cxlog_status status = cxlog_store_get(ctx->store, META_UNDONE, &undone, err);
    if (status != CXLOG_OK)
        return status;
    if (undone && strcmp(undone, cxlog_entry_text(&last->entry, CXLOG_COL_ID)) == 0)
        return CXLOG_OK;
    return cxlog_fail(err, CXLOG_ERR_VALUE,
                      "there is nothing to redo: the last change of today is no undo");
}

cxlog_status cli_undo_make(cli_undone *out, cli_ctx *ctx, bool redo, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(versions) v = {0};
    cxlog_record_init(&v.last);
    cxlog_record_init(&v.before);
    out->redo = redo;
    cxlog_status status = find_last(&v, ctx, err);
    if (status == CXLOG_OK && redo)
        status = check_redo(ctx, &v.last, err);
    if (status == CXLOG_OK)
        status = build(&out->entry, ctx, &v, &out->what, err);
    if (status != CXLOG_OK)
        return status;
    out->was = v.last;
    cxlog_record_init(&v.last); /* moved */
    return CXLOG_OK;
}

cxlog_status cli_undo_save(cli_undone *u, cli_ctx *ctx, cxlog_error *err)
{
    cxlog_status status = cxlog_store_add(ctx->store, &u->entry, 1, &u->added, err);
    if (status != CXLOG_OK)
        return status;
    /* Without this note the change stands all the same; only redo will not know it. */
    const char *id = u->redo ? NULL : cxlog_entry_text(&u->entry, CXLOG_COL_ID);
    status = cxlog_store_set(ctx->store, META_UNDONE, id, NULL);
    (void)status;
    return CXLOG_OK;
}

void cli_undo_tell(const cli_undone *u, const cli_ctx *ctx)
{
    const cxlog_entry *shown = u->redo ? &u->entry : &u->was.entry;
    cli_say(ctx, "%s:\n  ", _(u->what));
    cli_saved_line(ctx, u->redo ? "↷" : "↶", shown, u->was.number);
}
