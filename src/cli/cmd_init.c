#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include <cxlog/text.h>

#include "cli/commands.h"
#include "cli/init_dialogue.h"
#include "cli/paths.h"
#include "cli/settings.h"
#include "cli/sheet_looks.h"
#include "cli/shell_init.h"

const cli_option cli_init_options[] = {
    {"name", 0, "NAME", N_("your name, as it stands in the column 담당")},
    {"sheet", 0, "URL", N_("the spreadsheet's address, as pasted from the browser")},
    {"key", 0, "FILE", N_("the service account's key (JSON)")},
    {"api", 0, "URL", N_("another server, on this machine only")},
    {"ca", 0, "FILE", N_("PEM file of an extra certificate authority")},
    {"extend", 0, NULL, N_("let this store's own names go into a used sheet")},
    {"shell", 0, "SHELL", N_("short names ㄱ and c, and completion: bash, zsh or fish")},
    {NULL, 0, NULL, NULL},
};

static const struct {
    const char *flag;
    cli_key key;
    bool is_path;
} flags[] = {
    {"name", CLI_KEY_AGENT_NAME, false}, {"sheet", CLI_KEY_SHEET_ID, false},
    {"key", CLI_KEY_GOOGLE_KEY, true},   {"api", CLI_KEY_GOOGLE_API, false},
    {"ca", CLI_KEY_GOOGLE_CA, true},
};
#define FLAGS (sizeof flags / sizeof flags[0])

/* ---- settings ---- */

static void note(cli_init *init, cli_key key)
{
    for (size_t i = 0; i < init->key_count; i++) {
        if (init->keys[i] == key)
            return;
    }
    init->keys[init->key_count++] = key;
}

cxlog_status cli_init_take(cli_init *init, cli_key key, bool is_path, const char *value,
                           cxlog_error *err)
{
    CXLOG_AUTO_TEXT whole = NULL;
    CXLOG_AUTO_TEXT clean = NULL;
    char quoted[CXLOG_QUOTE_MAX];
    if (value[0] == '\0')
        return cxlog_fail(err, CXLOG_ERR_USAGE, "an empty value cannot be set");
    cxlog_status status = is_path ? cli_path_absolute(&whole, value, err) : CXLOG_OK;
    if (status == CXLOG_OK && is_path && access(whole, F_OK) != 0)
        status = cxlog_fail(err, CXLOG_ERR_NOINPUT, "there is no file %s",
                            cxlog_quote(quoted, value));
    if (status == CXLOG_OK)
        status = cli_setting_check(&clean, key, whole ? whole : value, err);
    if (status == CXLOG_OK)
        status = cli_settings_can_hold(key, clean, err);
    if (status == CXLOG_OK)
        status =
            cli_settings_take(&init->ctx->settings, key, clean, CLI_ORIGIN_FLAG, err);
    if (status == CXLOG_OK)
        note(init, key);
    return status;
}

void cli_init_drop(cli_init *init, cli_key key)
{
    free(init->ctx->settings.value[key]);
    init->ctx->settings.value[key] = NULL;
    note(init, key);
}

cxlog_status cli_init_check_sheet(const cli_init *init, const char *text,
                                  cxlog_error *err)
{
    cli_ctx *ctx = init->ctx;
    CXLOG_AUTO_TEXT id = NULL;
    cxlog_status status = cli_setting_check(&id, CLI_KEY_SHEET_ID, text, err);
    if (status == CXLOG_OK && !ctx->store)
        status = cli_store_open(ctx, err);
    return status == CXLOG_OK ? cxlog_sync_may_bind(ctx->store, id, err) : status;
}

cxlog_status cli_init_save(const cli_init *init, cxlog_error *err)
{
    const char *values[CLI_KEY_COUNT];
    for (size_t i = 0; i < init->key_count; i++)
        values[i] = cli_setting(&init->ctx->settings, init->keys[i]);
    return cli_settings_save(&init->ctx->settings, init->keys, values, init->key_count,
                             err);
}

static cxlog_status take_flags(cli_init *init, const cli_args *args, cxlog_error *err)
{
    for (size_t i = 0; i < FLAGS; i++) {
        const char *value = cli_args_get(args, flags[i].flag);
        if (!value)
            continue;
        cxlog_status status =
            cli_init_take(init, flags[i].key, flags[i].is_path, value, err);
        if (status != CXLOG_OK)
            return cxlog_wrap(err, "--%s", flags[i].flag);
        init->given[flags[i].key] = true;
    }
    return CXLOG_OK;
}

static cxlog_status check(const cli_ctx *ctx, cxlog_error *err)
{
    if (!cli_setting(&ctx->settings, CLI_KEY_AGENT_NAME))
        return cxlog_fail(err, CXLOG_ERR_USAGE, "init needs your name: --name NAME");
    if (cli_has_sheet(ctx) && !cli_setting(&ctx->settings, CLI_KEY_GOOGLE_KEY))
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "a spreadsheet needs a service-account key: --key FILE");
    return CXLOG_OK;
}

/* People share the sheet with this address: show it when that is what fails. */
static void suggest_address(const char *address, cxlog_error *err)
{
    if (!address || !err || !strstr(err->message, address))
        return;
    for (size_t i = 0; i < err->suggestion_count; i++) {
        if (strstr(err->suggestions[i], address))
            return;
    }
    cxlog_suggest(err, address);
}

/* ---- saying what was done ---- */

static cxlog_status print_json(const cli_ctx *ctx, const cxlog_setup_result *result,
                               const char *address, cxlog_error *err)
{
    json_t *object =
        json_pack("{s:i, s:s, s:s, s:s?, s:s?}", "schema", 1, "config",
                  ctx->settings.user_file, "store", cxlog_store_path(ctx->store), "agent",
                  cli_setting(&ctx->settings, CLI_KEY_AGENT_NAME), "sheet",
                  cli_setting(&ctx->settings, CLI_KEY_SHEET_ID));
    json_t *sheet = result
                        ? json_pack("{s:s, s:b, s:b, s:I, s:I, s:I, s:s, s:s?}", "title",
                                    result->title, "made_log", (int)result->made_log,
                                    "made_scheme", (int)result->made_scheme,
                                    "events_shared", (json_int_t)result->events_shared,
                                    "events_taken", (json_int_t)result->events_taken,
                                    "scheme_version", (json_int_t)result->scheme_version,
                                    "zone", result->zone, "address", address)
                        : NULL;
    if (object && sheet)
        (void)json_object_update(object, sheet);
    json_decref(sheet);
    return cli_out_json_take(object, err);
}

static void print_path(const char *what, const char *path)
{
    CXLOG_AUTO_TEXT safe = cxlog_text_escape(path, true);
    cli_out("✓ %s: %s\n", what, safe ? safe : "?");
}

static void print_text(const cli_init *init, const cxlog_setup_result *result)
{
    const cli_ctx *ctx = init->ctx;
    if (ctx->quiet)
        return;
    print_path(_("settings"), ctx->settings.user_file);
    print_path(_("store"), cxlog_store_path(ctx->store));
    print_path(_("name"), cli_setting(&ctx->settings, CLI_KEY_AGENT_NAME));
    if (!result) {
        cli_out("  %s\n", _("no spreadsheet: everything stays on this machine until "
                            "cxlog init --sheet URL --key FILE"));
        return;
    }
    print_path(_("spreadsheet opened and written"), result->title);
    if (result->made_log || result->made_scheme)
        cli_out("✓ %s\n", _("tabs made: 상담기록, 구분"));
    if (result->events_shared > 0)
        cli_out(_("✓ %lld entries of the scheme brought along\n"),
                (long long)result->events_shared);
    if (result->events_taken > 0)
        cli_out(_("✓ %lld entries of the scheme taken over\n"),
                (long long)result->events_taken);
    cli_sheet_warn(ctx, &init->looks);
    cli_out("%s\n", _("next: cxlog log 배송 전화 3일째 미도착"));
}

/* ---- the command ---- */

/* cxlog saves the settings and makes the store, then becomes cxlog-sync, which comes here
 * again and does the sheet. */
static cxlog_status set_up(cli_init *init, cxlog_error *err)
{
    cli_ctx *ctx = init->ctx;
    cxlog_status status = ctx->store ? CXLOG_OK : cli_store_open(ctx, err);
    if (status == CXLOG_OK)
        status = cli_init_save(init, err);
    if (status != CXLOG_OK)
        return status;
    bool sheet = cli_has_sheet(ctx);
    if (sheet && !ctx->factory) {
        cxlog_store_close(ctx->store);
        ctx->store = NULL;
        return cli_exec_sync(ctx, err);
    }
    CXLOG_AUTO_VALUE(cli_init_contact) contact = {0};
    if (sheet)
        status = cli_init_connect(init, &contact, err);
    if (status != CXLOG_OK) {
        suggest_address(contact.address, err);
        return status;
    }
    const cxlog_setup_result *result = sheet ? &init->result : NULL;
    if (ctx->json)
        status = print_json(ctx, result, contact.address, err);
    else
        print_text(init, result);
    return status == CXLOG_OK ? cli_out_end_done(ctx, NULL, err) : status;
}

static cxlog_status dry_json(const cli_init *init, cxlog_error *err)
{
    json_t *keys = json_object();
    for (size_t i = 0; i < init->key_count; i++) {
        char name[64];
        const cli_setting_info *info = cli_setting_get_info(init->keys[i]);
        (void)snprintf(name, sizeof name, "%s.%s", info->section, info->name);
        (void)json_object_set_new(
            keys, name, json_string(cli_setting(&init->ctx->settings, init->keys[i])));
    }
    return cli_out_json_take(json_pack("{s:i, s:b, s:o, s:b}", "schema", 1, "dry_run", 1,
                                       "would_set", keys, "would_set_up_sheet",
                                       (int)cli_has_sheet(init->ctx)),
                             err);
}

static cxlog_status print_dry(const cli_init *init, cxlog_error *err)
{
    if (init->ctx->json)
        return dry_json(init, err);
    for (size_t i = 0; i < init->key_count; i++) {
        const cli_setting_info *info = cli_setting_get_info(init->keys[i]);
        cli_out(_("would set %s.%s = %s\n"), info->section, info->name,
                cli_setting(&init->ctx->settings, init->keys[i]));
    }
    if (cli_has_sheet(init->ctx))
        cli_out("%s\n", _("would set up the tabs of the spreadsheet"));
    return cli_out_end(err);
}

static cxlog_status set_up_shell(const cli_ctx *ctx, const char *name, cxlog_error *err)
{
    CXLOG_AUTO_TEXT path = NULL;
    char text[1024];
    bool added = false;
    const cli_shell *shell;
    if (ctx->dry_run)
        return cli_shell_find(&shell, name, err);
    cxlog_status status = cli_shell_init(name, &path, &added, err);
    if (status != CXLOG_OK)
        return status;
    (void)snprintf(text, sizeof text,
                   added ? _("one line was added to %s; it acts in the next shell")
                         : _("%s has its line already"),
                   path);
    cli_say(ctx, "✓ %s\n", text);
    return CXLOG_OK;
}

cxlog_status cli_cmd_init(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status != CXLOG_OK)
        return status;
    if (args.word_count > 0)
        return cxlog_fail(err, CXLOG_ERR_USAGE, "init takes no words, only options");
    if (cli_args_has(&args, "shell") && !ctx->factory) {
        status = set_up_shell(ctx, cli_args_get(&args, "shell"), err);
        if (status != CXLOG_OK || args.given_count == 1)
            return status;
    }
    cli_init init = {.ctx = ctx,
                     .extend = cli_args_has(&args, "extend"),
                     .shell_given = cli_args_has(&args, "shell")};
    bool dialogue = cli_may_ask(ctx) && !ctx->json && !ctx->dry_run;
    status = take_flags(&init, &args, err);
    if (status == CXLOG_OK && dialogue && !ctx->factory)
        return cli_exec_sync(ctx, err);
    if (status == CXLOG_OK && !dialogue)
        status = check(ctx, err);
    if (status == CXLOG_OK && ctx->dry_run)
        return print_dry(&init, err);
    if (status == CXLOG_OK && init.given[CLI_KEY_SHEET_ID])
        status = cli_init_check_sheet(&init,
                                      cli_setting(&ctx->settings, CLI_KEY_SHEET_ID), err);
    if (status != CXLOG_OK)
        return status;
    return dialogue ? cli_init_dialogue(&init, err) : set_up(&init, err);
}
