#include "cli/import.h"
#include "cli/scheme_view.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/sync.h>
#include <cxlog/text.h>

#define BATCH 200            /* events of one write */
#define SLASH "\xe2\x88\x95" /* U+2215, what stands for '/' in a name */

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static void clear_fresh(cli_import_names *names)
{
    for (size_t i = 0; i < names->fresh_count; i++) {
        free(names->fresh[i].name);
        free(names->fresh[i].parent);
    }
    free(names->fresh);
    names->fresh = NULL;
    names->fresh_count = 0;
    names->fresh_room = 0;
}

void cli_import_names_clear(cli_import_names *names)
{
    clear_fresh(names);
    cxlog_scheme_free(names->scheme);
    names->scheme = NULL;
}

cxlog_status cli_import_names_load(cli_import_names *names, cxlog_store *store,
                                   cxlog_error *err)
{
    int64_t number;
    int64_t shared;
    cli_import_names_clear(names);
    cxlog_status status = cxlog_store_scheme(store, &names->scheme, err);
    if (status == CXLOG_OK)
        status = cxlog_store_chain(store, &number, names->chain, &shared, err);
    return status;
}

cxlog_status cli_import_name(char **out, const char *text, const char *what,
                             cxlog_error *err)
{
    size_t slashes = 0;
    for (const char *p = strchr(text, '/'); p; p = strchr(p + 1, '/'))
        slashes++;
    CXLOG_AUTO_TEXT plain = malloc(strlen(text) + slashes * strlen(SLASH) + 1);
    if (!plain)
        return no_memory(err);
    char *at = plain;
    for (; *text != '\0'; text++) {
        if (*text != '/') {
            *at++ = *text;
            continue;
        }
        memcpy(at, SLASH, strlen(SLASH));
        at += strlen(SLASH);
    }
    *at = '\0';
    if (plain[strspn(plain, " \t\r\n")] == '\0') {
        *out = strdup("");
        return *out ? CXLOG_OK : no_memory(err);
    }
    return cxlog_name_clean(out, plain, what, err);
}

static const cxlog_value *by_alias(const cxlog_scheme *scheme, cxlog_dim dim,
                                   const char *parent, const char *alias)
{
    for (size_t i = 0; i < cxlog_scheme_count(scheme); i++) {
        const cxlog_value *value = cxlog_scheme_at(scheme, i);
        if (value->dim != dim || strcmp(value->parent, parent) != 0)
            continue;
        for (char **word = value->aliases; word && *word; word++) {
            if (strcmp(*word, alias) == 0)
                return value;
        }
    }
    return NULL;
}

static cxlog_status keep_fresh(cli_import_names *names, const cxlog_proposal *proposal,
                               cxlog_error *err)
{
    if (names->fresh_count == names->fresh_room) {
        size_t room = names->fresh_room ? names->fresh_room * 2 : 32;
        cli_import_value *fresh = realloc(names->fresh, room * sizeof *fresh);
        if (!fresh)
            return no_memory(err);
        names->fresh = fresh;
        names->fresh_room = room;
    }
    cli_import_value *value = &names->fresh[names->fresh_count];
    *value = (cli_import_value){.dim = proposal->dim,
                                .name = strdup(proposal->name),
                                .parent = strdup(proposal->parent),
                                .coded = !proposal->code};
    names->fresh_count++;
    return value->name && value->parent ? CXLOG_OK : no_memory(err);
}

/* Try the rules on our copy of the scheme: what they refuse makes the row bad, not the
 * whole import. */
static cxlog_status rehearse(cli_import_names *names, cxlog_dim dim, const char *parent,
                             const char *name, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_event) event;
    cxlog_event_init(&event);
    cxlog_proposal proposal = {.action = CXLOG_ACTION_ADD,
                               .dim = dim,
                               .name = name,
                               .parent = parent,
                               .from = CXLOG_NO_DAY,
                               .force_new = true,
                               .author = names->author,
                               .now = names->now};
    cxlog_status status =
        cxlog_scheme_propose(&event, names->scheme, names->chain, &proposal, NULL);
    if (status == CXLOG_ERR_VALUE) {
        proposal.code = ""; /* perhaps only its short code is taken */
        status =
            cxlog_scheme_propose(&event, names->scheme, names->chain, &proposal, err);
    }
    if (status == CXLOG_OK)
        status = cxlog_scheme_apply(names->scheme, &event, err);
    if (status != CXLOG_OK)
        return status;
    memcpy(names->chain, event.chain, sizeof names->chain);
    return keep_fresh(names, &proposal, err);
}

cxlog_status cli_import_resolve(cli_import_names *names, cxlog_dim dim,
                                const char *parent, const char *name, cxlog_day day,
                                const char **out, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    const cxlog_value *value = cxlog_scheme_get(names->scheme, dim, parent, name);
    if (!value)
        value = by_alias(names->scheme, dim, parent, name);
    if (!value && !names->add)
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "the scheme has no %s %s: --add-scheme adds what is new",
                          cxlog_dim_word(dim), cxlog_quote(quoted, name));
    if (!value) {
        cxlog_status status = rehearse(names, dim, parent, name, err);
        if (status != CXLOG_OK)
            return status;
        value = cxlog_scheme_get(names->scheme, dim, parent, name);
    }
    char date[CXLOG_WALL_TEXT];
    if (!value || !cxlog_value_in_use(value, day))
        return cxlog_fail(err, CXLOG_ERR_VALUE, "%s %s takes no records of %s",
                          cxlog_dim_word(dim), cxlog_quote(quoted, name),
                          cxlog_day_text(date, day));
    *out = value->name;
    return CXLOG_OK;
}

/* ---- into the scheme ---- */

static cxlog_status propose_some(cli_import_names *names, cli_ctx *ctx,
                                 cxlog_remote *remote, size_t from, size_t count,
                                 const char *reason, cxlog_error *err)
{
    cxlog_proposal *proposals = calloc(count, sizeof *proposals);
    if (!proposals)
        return no_memory(err);
    for (size_t i = 0; i < count; i++) {
        const cli_import_value *value = &names->fresh[from + i];
        proposals[i] = (cxlog_proposal){.action = CXLOG_ACTION_ADD,
                                        .dim = value->dim,
                                        .name = value->name,
                                        .parent = value->parent,
                                        .code = value->coded ? NULL : "",
                                        .reason = reason,
                                        .from = CXLOG_NO_DAY,
                                        .force_new = true,
                                        .author = names->author,
                                        .now = names->now};
    }
    const cxlog_sync_options options = cli_sync_options(ctx);
    cxlog_event *events = NULL;
    cxlog_status status =
        cxlog_sync_propose(ctx->store, remote, &options, proposals, count, &events, err);
    cxlog_events_free(events, status == CXLOG_OK ? count : 0);
    free(proposals);
    return status;
}

static cxlog_status version_of(cxlog_store *store, int64_t *number, cxlog_error *err)
{
    char chain[CXLOG_CHAIN_SIZE];
    int64_t shared;
    return cxlog_store_chain(store, number, chain, &shared, err);
}

cxlog_status cli_import_propose(cli_import_names *names, cli_ctx *ctx, const char *reason,
                                size_t *written, bool *again, cxlog_error *err)
{
    CXLOG_AUTO(cxlog_lock) *lock = NULL;
    CXLOG_AUTO(cxlog_remote) *remote = NULL;
    int64_t before = 0;
    int64_t after = 0;
    size_t first = *written;
    *again = false;
    cxlog_status status = version_of(ctx->store, &before, err);
    if (status == CXLOG_OK)
        status = cli_scheme_remote(ctx, &lock, &remote, err);
    for (size_t at = 0; status == CXLOG_OK && at < names->fresh_count;) {
        size_t count = names->fresh_count - at < BATCH ? names->fresh_count - at : BATCH;
        cxlog_error said = {0};
        status = propose_some(names, ctx, remote, at, count, reason, &said);
        if (status == CXLOG_OK) {
            *written += count;
            at += count;
            continue;
        }
        cxlog_status looked = version_of(ctx->store, &after, err);
        if (looked != CXLOG_OK)
            return looked;
        /* The newest scheme came along: it may hold what we wanted to add. */
        if (status == CXLOG_ERR_VALUE && after > before + (int64_t)(*written - first)) {
            *again = true;
            break;
        }
        if (err)
            *err = said;
        return status;
    }
    return status == CXLOG_OK || *again ? cli_import_names_load(names, ctx->store, err)
                                        : status;
}
