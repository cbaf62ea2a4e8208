#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

#include "cli/commands.h"
#include "cli/entry_values.h"
#include "cli/form.h"
#include "cli/log_lines.h"
#include "cli/pick.h"
#include "cli/saved.h"

const cli_option cli_log_options[] = {
    CLI_ENTRY_OPTIONS,
    {"id", 0, "ULID", N_("the record's ID: a repeat with the same content adds nothing")},
    {"sync", 0, NULL, N_("send it now, and wait for it")},
    {"edit", 'e', NULL, N_("in $VISUAL or $EDITOR, with every field")},
    {NULL, 0, NULL, NULL},
};

cxlog_status cli_log_identify(cxlog_entry *entry, cli_ctx *ctx, cxlog_error *err)
{
    entry->number[CXLOG_COL_LOGGED_AT] = ctx->now;
    const char *given = cxlog_entry_text(entry, CXLOG_COL_ID);
    if (given[0] == '\0') {
        char id[CXLOG_ID_SIZE];
        cxlog_status status = cxlog_id_new(id, err);
        return status == CXLOG_OK ? cxlog_entry_set(entry, CXLOG_COL_ID, id, err)
                                  : status;
    }
    /* A repeat of a command that names no time means the time of the first run. */
    if (entry->number[CXLOG_COL_CONTACTED_AT] != ctx->now)
        return CXLOG_OK;
    CXLOG_AUTO_VALUE(cxlog_record) before;
    cxlog_record_init(&before);
    cxlog_error absent = {0};
    cxlog_status status = cxlog_store_find(ctx->store, given, &before, &absent);
    if (status == CXLOG_ERR_VALUE)
        return CXLOG_OK;
    if (status != CXLOG_OK)
        return cxlog_fail(err, status, "%s", absent.message);
    entry->number[CXLOG_COL_CONTACTED_AT] = before.entry.number[CXLOG_COL_CONTACTED_AT];
    return CXLOG_OK;
}

static cxlog_status set_id_flag(cxlog_entry *entry, const cli_args *args,
                                cxlog_error *err)
{
    const char *id = cli_args_get(args, "id");
    if (!id)
        return CXLOG_OK;
    char quoted[CXLOG_QUOTE_MAX];
    if (!cxlog_id_valid(id))
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "--id takes a ULID of 26 characters: got %s",
                          cxlog_quote(quoted, id));
    return cxlog_entry_set(entry, CXLOG_COL_ID, id, err);
}

/* What the words say, and then the editor's text; without words the text alone. */
static cxlog_status from_editor(cxlog_entry *entry, const cli_entry_input *input,
                                cli_ctx *ctx, cxlog_error *err)
{
    const char *channel = cli_setting(&ctx->settings, CLI_KEY_DEFAULTS_CHANNEL);
    cxlog_status status = CXLOG_OK;
    entry->number[CXLOG_COL_CONTACTED_AT] = ctx->now;
    if (input->args->word_count > 0 || cli_args_has(input->args, "category"))
        status = cli_entry_from_args(entry, input, err);
    else if (channel)
        status = cli_set_named(entry, CXLOG_COL_CHANNEL, input->scheme, channel, err);
    bool changed = false;
    if (status == CXLOG_OK)
        status = cli_form_edit(entry, ctx, input->scheme, &changed, err);
    if (status == CXLOG_OK && !changed)
        return cxlog_fail(err, CXLOG_ERR_USAGE,
                          "the text was left as it was: nothing was logged");
    return status == CXLOG_OK ? cli_entry_complete(entry, ctx, input->scheme, true, err)
                              : status;
}

/* At a terminal a word that may mean several categories is asked about. */
static cxlog_status pick(char **picked, cli_args *args, const cli_ctx *ctx,
                         const cxlog_scheme *scheme, cxlog_error *err)
{
    bool plain = args->note_from > 0 && args->words[0][0] != '%' &&
                 !cli_args_has(args, "category") && !ctx->json;
    cli_picker picker = {.ctx = ctx, .scheme = scheme, .ask = cli_pick_ask};
    *picked = NULL;
    return plain && cli_may_ask(ctx) ? cli_pick_category(picked, args, &picker, err)
                                     : CXLOG_OK;
}

static cxlog_status parse_all(cxlog_entry *entry, cli_ctx *ctx, cli_args *args,
                              cxlog_error *err)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    CXLOG_AUTO_TEXT picked = NULL;
    cxlog_status status = cxlog_store_scheme(ctx->store, &scheme, err);
    if (status == CXLOG_OK)
        status = pick(&picked, args, ctx, scheme, err);
    if (status != CXLOG_OK)
        return status;
    cli_entry_input input = {.args = args, .scheme = scheme, .ctx = ctx};
    return cli_args_has(args, "edit") ? from_editor(entry, &input, ctx, err)
                                      : cli_entry_from_args(entry, &input, err);
}

/* An exact category needs no look at the others. Whatever is not that simple is done with
 * the whole scheme, which also says better what is wrong. */
static bool parse_exact(cxlog_entry *entry, cli_ctx *ctx, const cli_args *args)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    const char *given = cli_args_get(args, "category");
    const char *word = given ? given : args->word_count > 0 ? args->words[0] : "";
    const char *slash = strchr(word, '/');
    CXLOG_AUTO_TEXT category =
        slash ? strndup(word, (size_t)(slash - word)) : strdup(word);
    bool details = slash || cli_args_has(args, "detail");
    if (!category || cli_args_has(args, "edit") ||
        cxlog_store_scheme_for(ctx->store, category, details, &scheme, NULL) !=
            CXLOG_OK ||
        !scheme)
        return false;
    cli_entry_input input = {.args = args, .scheme = scheme, .ctx = ctx};
    return cli_entry_from_args(entry, &input, NULL) == CXLOG_OK;
}

static cxlog_status build(cxlog_entry *entry, cli_ctx *ctx, cli_args *args,
                          cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    if (!parse_exact(entry, ctx, args)) {
        cxlog_entry_clear(entry);
        cxlog_entry_init(entry);
        status = parse_all(entry, ctx, args, err);
    }
    if (status == CXLOG_OK)
        status = set_id_flag(entry, args, err);
    if (status == CXLOG_OK)
        status = cli_log_identify(entry, ctx, err);
    return status == CXLOG_OK ? cli_entry_seal(entry, ctx, err) : status;
}

/* The two lines for the person at the terminal. The record is safe: their own trouble is
 * not worth a word. */
static void tell(cli_ctx *ctx, const cxlog_entry *entry, const cxlog_added *added)
{
    if (ctx->quiet || ctx->json || !cli_stderr_is_terminal())
        return;
    cli_saved_line(ctx, "✓", entry, added->number);
    cxlog_counts counts;
    const char *agent = cxlog_entry_text(entry, CXLOG_COL_AGENT);
    if (cxlog_store_counts(ctx->store, agent, ctx->today, &counts, NULL) != CXLOG_OK)
        return;
    cli_say(ctx, "  %s%s %lld", cli_style(ctx, stderr, "dim"), _("today"),
            (long long)counts.today);
    int64_t unsent = counts.pending + counts.unknown;
    if (cli_has_sheet(ctx))
        cli_say(ctx, " · %s %lld", _("to send"), (long long)unsent);
    cli_say(ctx, "   %s: cxlog undo%s\n", _("to take it back"),
            cli_style(ctx, stderr, "reset"));
}

void cli_log_sync(cli_ctx *ctx, const cli_args *args)
{
    if (!cli_args_has(args, "sync"))
        cli_background_sync(ctx);
    else if (!cli_has_sheet(ctx))
        cli_say(ctx, "%s\n",
                _("no spreadsheet is set up: the record stays on this machine"));
    else
        (void)cli_foreground_sync(
            ctx); /* it is saved here; what went wrong there was said */
}

static cxlog_status log_one(cli_ctx *ctx, cli_args *args, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    cxlog_status status = build(&entry, ctx, args, err);
    if (status != CXLOG_OK)
        return status;
    if (ctx->dry_run) {
        status = cli_print_dry(&entry, ctx, err);
        return status == CXLOG_OK ? cli_out_end(err) : status;
    }
    cxlog_added added = {0};
    status = cxlog_store_add(ctx->store, &entry, 1, &added, err);
    if (status != CXLOG_OK)
        return status;
    status = cli_saved_print(ctx, &entry, &added, 1, err);
    tell(ctx, &entry, &added);
    cli_log_sync(ctx, args);
    return status;
}

cxlog_status cli_cmd_log(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status != CXLOG_OK)
        return status;
    bool lines = args.note_from > 0 && strcmp(args.words[0], "-") == 0;
    return lines ? cli_log_lines(ctx, &args, err) : log_one(ctx, &args, err);
}
