#include <stdlib.h>
#include <string.h>

#include "cli/saved.h"
#include "cli/undo.h"
#include "cli/versions.h"

/* A change in its group: what was before it, and what is now. */
typedef struct standing {
    const char *id; /* of the change */
    const cli_trail *trail;
    cxlog_record change, before;
    bool found, first; /* first: nothing was before it */
    bool others;       /* somebody changed the record after it */
    bool void_now;
} standing;

static void standing_clear(standing *p)
{
    cxlog_record_clear(&p->change);
    cxlog_record_clear(&p->before);
}
CXLOG_AUTO_VALUE_DEFINE(standing, standing_clear);

static cxlog_status see(void *user, cxlog_record *record, cxlog_error *err)
{
    standing *p = user;
    (void)err;
    const char *id = cxlog_entry_text(&record->entry, CXLOG_COL_ID);
    (void)cxlog_entry_target(&record->entry, &p->void_now);
    if (p->found) {
        p->others = p->others || !cli_trail_has(p->trail, id);
        return CXLOG_OK;
    }
    p->found = strcmp(id, p->id) == 0;
    cxlog_record *into = p->found ? &p->change : &p->before;
    p->first = p->first && p->found;
    cxlog_record_clear(into);
    *into = *record;
    cxlog_record_init(record); /* moved */
    return CXLOG_OK;
}

static cxlog_status locate(standing *p, cli_ctx *ctx, const cxlog_record *change,
                           const cli_trail *trail, cxlog_error *err)
{
    *p = (standing){.id = cxlog_entry_text(&change->entry, CXLOG_COL_ID),
                    .trail = trail,
                    .first = true};
    cxlog_record_init(&p->change);
    cxlog_record_init(&p->before);
    cxlog_status status = cli_versions(ctx, change->root, see, p, err);
    if (status == CXLOG_OK && (!p->found || p->others)) {
        status = cxlog_fail(err, CXLOG_ERR_VALUE,
                            "somebody changed this record after you: look first");
        char command[CXLOG_SUGGESTION_MAX];
        (void)snprintf(command, sizeof command, "cxlog show %s", p->id);
        cxlog_suggest(err, command);
    }
    return status;
}

/* The row that puts things back as they were before the change, and what it does in a
 * word. */
static cxlog_status build_undo(cli_undone *out, cli_ctx *ctx, const standing *p,
                               cxlog_error *err)
{
    bool was_void, before_void = false;
    const char *target = cxlog_entry_target(&p->change.entry, &was_void);
    if (!p->first)
        (void)cxlog_entry_target(&p->before.entry, &before_void);
    if (target[0] == '\0' || before_void) {
        out->what = N_("taken out");
        return cli_entry_void(&out->entry, ctx, &p->change, "", err);
    }
    if (p->first)
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "the record that the last change corrected is not here yet: "
                          "cxlog sync");
    out->what = was_void ? N_("put back") : N_("back as it was");
    cxlog_status status = cxlog_entry_copy(&out->entry, &p->before.entry, err);
    return status == CXLOG_OK
               ? cli_entry_correct(&out->entry, ctx, p->change.root, false, err)
               : status;
}

/* The change once more. */
static cxlog_status build_redo(cli_undone *out, cli_ctx *ctx, const standing *p,
                               cxlog_error *err)
{
    bool was_void;
    (void)cxlog_entry_target(&p->change.entry, &was_void);
    if (was_void) {
        out->what = N_("taken out");
        return cli_entry_void(&out->entry, ctx, &p->change,
                              cxlog_entry_text(&p->change.entry, CXLOG_COL_NOTE), err);
    }
    out->what = p->void_now ? N_("put back") : N_("back as it was");
    cxlog_status status = cxlog_entry_copy(&out->entry, &p->change.entry, err);
    return status == CXLOG_OK
               ? cli_entry_correct(&out->entry, ctx, p->change.root, false, err)
               : status;
}

/* The last row of today, and whether undo or redo wrote it. */
static cxlog_status find_last(cxlog_record *last, cli_undone *u, cli_ctx *ctx,
                              const char **agent, bool *ours, cxlog_error *err)
{
    bool found = true;
    cxlog_status status = cli_agent(ctx, agent, err);
    if (status == CXLOG_OK)
        status = cli_trail_read(&u->trail, ctx, err);
    if (status == CXLOG_OK)
        status = cxlog_store_last_of(ctx->store, *agent, ctx->today, 0, false, last,
                                     &found, err);
    if (status == CXLOG_OK && !found)
        status = cxlog_fail(err, CXLOG_ERR_VALUE, "%s has changed nothing today", *agent);
    *ours = status == CXLOG_OK &&
            cli_trail_ends(&u->trail, cxlog_entry_text(&last->entry, CXLOG_COL_ID));
    return status;
}

/* Back from the last row over what is taken back already. */
static cxlog_status find_undo(cxlog_record *change, cli_undone *u, cli_ctx *ctx,
                              cxlog_error *err)
{
    const char *agent;
    bool ours, found = true;
    cxlog_status status = find_last(change, u, ctx, &agent, &ours, err);
    if (status == CXLOG_OK && !ours)
        cli_trail_settle(&u->trail);
    while (status == CXLOG_OK && found &&
           cli_trail_passed(&u->trail, cxlog_entry_text(&change->entry, CXLOG_COL_ID)))
        status = cxlog_store_last_of(ctx->store, agent, ctx->today, change->number, false,
                                     change, &found, err);
    return status == CXLOG_OK && !found
               ? cxlog_fail(err, CXLOG_ERR_VALUE,
                            "all that %s changed today is taken back already", agent)
               : status;
}

/* Only what undo took back, and nothing changed since, can be redone. */
static cxlog_status find_redo(cxlog_record *change, cli_undone *u, cli_ctx *ctx,
                              cxlog_error *err)
{
    const char *agent;
    bool ours;
    cxlog_status status = find_last(change, u, ctx, &agent, &ours, err);
    if (status != CXLOG_OK)
        return status;
    const cli_step *step = ours ? cli_trail_undone(&u->trail) : NULL;
    if (!step)
        return cxlog_fail(
            err, CXLOG_ERR_VALUE,
            "there is nothing to redo: the last change of today is no undo");
    return cxlog_store_find(ctx->store, step->id, change, err);
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
    cli_trail_clear(&u->trail);
}

cxlog_status cli_undo_make(cli_undone *out, cli_ctx *ctx, bool redo, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(standing) p = {0};
    cxlog_record_init(&p.change);
    cxlog_record_init(&p.before);
    out->redo = redo;
    cxlog_status status =
        redo ? find_redo(&out->was, out, ctx, err) : find_undo(&out->was, out, ctx, err);
    if (status == CXLOG_OK)
        status = locate(&p, ctx, &out->was, &out->trail, err);
    if (status != CXLOG_OK)
        return status;
    return redo ? build_redo(out, ctx, &p, err) : build_undo(out, ctx, &p, err);
}

static cxlog_status note(cli_undone *u, const cli_ctx *ctx)
{
    const char *row = cxlog_entry_text(&u->entry, CXLOG_COL_ID);
    cxlog_status status = CXLOG_OK;
    if (u->redo)
        cli_trail_undone(&u->trail)->kind = CLI_STEP_PASSED;
    else
        status = cli_trail_add(&u->trail, CLI_STEP_UNDONE,
                               cxlog_entry_text(&u->was.entry, CXLOG_COL_ID), NULL);
    if (status == CXLOG_OK)
        status = cli_trail_add(&u->trail, u->redo ? CLI_STEP_REDONE : CLI_STEP_PASSED,
                               row, NULL);
    return status == CXLOG_OK ? cli_trail_write(&u->trail, ctx, NULL) : status;
}

cxlog_status cli_undo_save(cli_undone *u, cli_ctx *ctx, cxlog_error *err)
{
    cxlog_status status = cxlog_store_add(ctx->store, &u->entry, 1, &u->added, err);
    if (status != CXLOG_OK)
        return status;
    /* Without this note the change stands all the same; only the next undo and redo will
     * not know it. */
    status = note(u, ctx);
    (void)status;
    return CXLOG_OK;
}

void cli_undo_tell(const cli_undone *u, const cli_ctx *ctx)
{
    const cxlog_entry *shown = u->redo ? &u->entry : &u->was.entry;
    cli_say(ctx, "%s:\n  ", _(u->what));
    cli_saved_line(ctx, u->redo ? "↷" : "↶", shown, u->was.number);
}
