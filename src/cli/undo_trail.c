#include "cli/undo_trail.h"

#include <stdlib.h>
#include <string.h>

#define META_TRAIL "cli.undone" /* "20780 x01J… -01J…": the day, then the steps */
#define STEPS_MAX 400

void cli_trail_clear(cli_trail *trail)
{
    free(trail->steps);
    *trail = (cli_trail){0};
}

cxlog_status cli_trail_add(cli_trail *trail, cli_step_kind kind, const char *id,
                           cxlog_error *err)
{
    if (trail->count == trail->room) {
        size_t room = trail->room ? 2 * trail->room : 16;
        cli_step *steps = realloc(trail->steps, room * sizeof *steps);
        if (!steps)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        trail->steps = steps;
        trail->room = room;
    }
    cli_step *step = &trail->steps[trail->count++];
    step->kind = (char)kind;
    (void)snprintf(step->id, sizeof step->id, "%s", id);
    return CXLOG_OK;
}

cxlog_status cli_trail_read(cli_trail *out, const cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_TEXT text = NULL;
    char *rest = NULL;
    cxlog_status status = cxlog_store_get(ctx->store, META_TRAIL, &text, err);
    if (status != CXLOG_OK || !text)
        return status;
    const char *day = strtok_r(text, " ", &rest);
    if (!day || strtol(day, NULL, 10) != ctx->today)
        return CXLOG_OK;
    for (const char *word = strtok_r(NULL, " ", &rest); word && status == CXLOG_OK;
         word = strtok_r(NULL, " ", &rest)) {
        if (strlen(word) == 1 + CXLOG_ID_LENGTH)
            status = cli_trail_add(out, (cli_step_kind)word[0], word + 1, err);
    }
    return status;
}

cxlog_status cli_trail_write(const cli_trail *trail, const cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_TEXT text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    if (!stream)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    (void)fprintf(stream, "%ld", (long)ctx->today);
    size_t first = trail->count > STEPS_MAX ? trail->count - STEPS_MAX : 0;
    for (size_t i = first; i < trail->count; i++)
        (void)fprintf(stream, " %c%s", trail->steps[i].kind, trail->steps[i].id);
    cxlog_status status = cli_text_end(stream, &text, true, err);
    return status == CXLOG_OK ? cxlog_store_set(ctx->store, META_TRAIL, text, err)
                              : status;
}

bool cli_trail_has(const cli_trail *trail, const char *id)
{
    for (size_t i = 0; i < trail->count; i++) {
        if (strcmp(trail->steps[i].id, id) == 0)
            return true;
    }
    return false;
}

bool cli_trail_passed(const cli_trail *trail, const char *id)
{
    for (size_t i = 0; i < trail->count; i++) {
        if (trail->steps[i].kind != CLI_STEP_REDONE &&
            strcmp(trail->steps[i].id, id) == 0)
            return true;
    }
    return false;
}

bool cli_trail_ends(const cli_trail *trail, const char *id)
{
    return trail->count > 0 && strcmp(trail->steps[trail->count - 1].id, id) == 0;
}

cli_step *cli_trail_undone(cli_trail *trail)
{
    for (size_t i = trail->count; i > 0; i--) {
        if (trail->steps[i - 1].kind == CLI_STEP_UNDONE)
            return &trail->steps[i - 1];
    }
    return NULL;
}

void cli_trail_settle(cli_trail *trail)
{
    for (size_t i = 0; i < trail->count; i++) {
        if (trail->steps[i].kind == CLI_STEP_UNDONE)
            trail->steps[i].kind = CLI_STEP_PASSED;
    }
}
