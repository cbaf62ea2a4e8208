#include "cli/cli.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cxlog/match.h>
#include <cxlog/text.h>

#include "cli/help_topics.h"
#include "cli/json_text.h"
#include "cli/paths.h"
#include "cli/progress.h"

#define BUSY_MS_LOG 10000
#define BUSY_MS_SYNC 30000

/* ---- the process ---- */

/* A file opened later must not become stdout by getting its number. */
static void fill_standard_files(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) >= 0)
            continue;
        int opened = open("/dev/null", fd == 0 ? O_RDONLY : O_WRONLY);
        if (opened != fd && opened >= 0)
            (void)close(opened);
    }
}

static void set_pipe_signal(bool ignore)
{
    struct sigaction action = {.sa_handler = ignore ? SIG_IGN : SIG_DFL};
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGPIPE, &action, NULL);
}

/* ---- finding the command ---- */

static bool takes_value(const char *word)
{
    return strcmp(word, "--config") == 0 || strcmp(word, "--color") == 0;
}

/* Index of the command's word; argc when the line has none. */
static int command_index(int argc, char **argv)
{
    int at = 1;
    while (at < argc && argv[at][0] == '-' && strcmp(argv[at], "--") != 0)
        at += takes_value(argv[at]) && at + 1 < argc ? 2 : 1;
    return at;
}

static void suggest_command(const char *word, cxlog_error *err)
{
    CXLOG_AUTO_TEXT typed = NULL;
    if (cxlog_text_invalid_at(word, strlen(word)) >= 0 ||
        cxlog_keys(&typed, word, NULL) != CXLOG_OK)
        return;
    for (const cli_cmd *cmd = cli_cmds; cmd->name; cmd++) {
        const char *names[] = {cmd->name, cmd->aliases[0], cmd->aliases[1]};
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            CXLOG_AUTO_TEXT keys = NULL;
            if (!names[i] || cxlog_keys(&keys, names[i], NULL) != CXLOG_OK)
                continue;
            unsigned limit = strlen(keys) > 4 ? 2 : 1;
            if (cxlog_key_distance(typed, keys, limit) > limit)
                continue;
            cxlog_suggest(err, names[i]);
            break;
        }
    }
}

static cxlog_status unknown_command(const char *word, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    cxlog_status status =
        cxlog_fail(err, CXLOG_ERR_USAGE, "there is no command %s; see cxlog help",
                   cxlog_quote(quoted, word));
    suggest_command(word, err);
    return status;
}

/* ---- opening what the row says ---- */

static bool verb_needs_remote(const cli_cmd *cmd, const cli_args *args)
{
    if (!cmd->remote_verbs || args->word_count == 0)
        return false;
    CXLOG_AUTO_TEXT typed = NULL;
    const char *word = args->words[0]; /* without memory: as it was typed */
    if (cxlog_text_nfc(&typed, word, NULL) == CXLOG_OK)
        word = typed;
    for (const char *const *verb = cmd->remote_verbs; *verb; verb++) {
        if (strcmp(word, *verb) == 0)
            return true;
    }
    return false;
}

static bool wants_remote(const cli_ctx *ctx, const cli_args *args)
{
    unsigned needs = ctx->cmd->needs;
    if ((needs & CLI_NEEDS_REMOTE) != 0)
        return true;
    bool maybe = (needs & CLI_REMOTE_IF_SHEET) != 0 ||
                 ((needs & CLI_SUBCOMMANDS) != 0 && verb_needs_remote(ctx->cmd, args));
    return maybe && cli_has_sheet(ctx);
}

void cli_ctx_tick(cli_ctx *ctx)
{
    ctx->now = cxlog_wall_now();
    ctx->today = cxlog_day_of(ctx->now);
}

static void heed_no_input(cli_ctx *ctx)
{
    const char *no_input = getenv("CXLOG_NO_INPUT");
    if (no_input && no_input[0] != '\0')
        ctx->no_input = true;
}

cxlog_status cli_ctx_load(cli_ctx *ctx, cxlog_error *err)
{
    cli_settings_clear(&ctx->settings);
    cxlog_status status = cli_settings_load(&ctx->settings, ctx->config_flag, err);
    if (status != CXLOG_OK)
        return status;
    char quoted[CXLOG_QUOTE_MAX];
    if (ctx->settings.file_named && !ctx->settings.file_exists &&
        strcmp(ctx->cmd->name, "init") != 0)
        return cxlog_fail(err, CXLOG_ERR_CONFIG, "there is no settings file %s",
                          cxlog_quote(quoted, ctx->settings.file));
    heed_no_input(ctx);
    cli_locale_language(cli_setting(&ctx->settings, CLI_KEY_UI_LANG));
    status = cxlog_zone_use(cli_setting(&ctx->settings, CLI_KEY_TIME_ZONE), err);
    if (status != CXLOG_OK)
        return cxlog_wrap(err, "time.zone");
    cli_ctx_tick(ctx);
    return CXLOG_OK;
}

cxlog_status cli_store_open_mode(cli_ctx *ctx, bool create, int busy_ms, cxlog_error *err)
{
    CXLOG_AUTO_TEXT found = NULL;
    const char *path = cli_setting(&ctx->settings, CLI_KEY_STORE_PATH);
    if (!path) {
        cxlog_status status = cli_path_user(&found, CLI_FOLDER_DATA, "cxlog.db", err);
        if (status != CXLOG_OK)
            return status;
        path = found;
    }
    cxlog_store_options options = {.path = path, .busy_ms = busy_ms, .create = create};
    return cxlog_store_open(&ctx->store, &options, err);
}

cxlog_status cli_store_open(cli_ctx *ctx, cxlog_error *err)
{
    return cli_store_open_mode(ctx, true, ctx->factory ? BUSY_MS_SYNC : BUSY_MS_LOG, err);
}

static cxlog_status go_on_without_settings(cli_ctx *ctx, cxlog_error *err)
{
    ctx->settings_trouble = *err;
    cxlog_error_clear(err);
    cxlog_status status = cxlog_zone_use("Asia/Seoul", err);
    ctx->now = cxlog_wall_now();
    ctx->today = cxlog_day_of(ctx->now);
    return status;
}

static cxlog_status run_command(cli_ctx *ctx, const cli_args *args, cxlog_error *err)
{
    cxlog_status status = cli_ctx_load(ctx, err);
    if (status != CXLOG_OK && (ctx->cmd->needs & CLI_TOLERANT) != 0)
        status = go_on_without_settings(ctx, err);
    if (status != CXLOG_OK)
        return status;
    if (!ctx->factory && wants_remote(ctx, args))
        return cli_exec_sync(ctx, err);
    if (!ctx->reader && (ctx->cmd->needs & CLI_NEEDS_PROMPT) != 0 && cli_may_ask(ctx))
        return cli_exec_prompt(ctx, err);
    if ((ctx->cmd->needs & CLI_NEEDS_STORE) != 0)
        status = cli_store_open(ctx, err);
    if (status != CXLOG_OK)
        return status;
    if ((ctx->cmd->needs & CLI_PAGES) != 0)
        cli_pager_start(ctx);
    status = ctx->cmd->run(ctx, err);
    cli_pager_end();
    return status;
}

/* ---- the line ---- */

/* ctx->argv: everything but the program's and the command's name. Owned by the caller. */
static cxlog_status split_line(cli_ctx *ctx, int argc, char **argv, int command,
                               cxlog_error *err)
{
    ctx->argv = calloc((size_t)argc + 1, sizeof *ctx->argv);
    if (!ctx->argv)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    for (int i = 1; i < argc; i++) {
        if (i != command)
            ctx->argv[ctx->argc++] = argv[i];
    }
    return CXLOG_OK;
}

static cxlog_status help(cli_ctx *ctx, const cli_args *args, cxlog_error *err)
{
    if (ctx->json) {
        cxlog_status told = cli_help_json(err);
        return told == CXLOG_OK ? cli_out_end(err) : told;
    }
    if (args->word_count == 0) {
        cli_help_short(stdout);
        return cli_out_end(err);
    }
    const cli_topic *topic = cli_topic_find(args->words[0]);
    const cli_cmd *cmd = topic ? NULL : cli_cmd_find(args->words[0]);
    char page[80];
    if (!cmd && !topic) {
        cxlog_status status = unknown_command(args->words[0], err);
        cli_topic_suggest(args->words[0], err);
        return status;
    }
    cli_pager_start(ctx);
    (void)snprintf(page, sizeof page, "cxlog-%.60s.1", cmd ? cmd->name : "");
    if (topic)
        cli_help_topic(topic);
    else if (!cli_help_page(page))
        cli_help_command(stdout, cmd);
    cxlog_status status = cli_out_end(err);
    cli_pager_end();
    return status;
}

/* The line names no command: on a terminal that opens the prompt. */
static bool opens_prompt(const cli_ctx *ctx)
{
    return !ctx->help && !ctx->version && cli_may_ask(ctx) && cli_stdout_is_terminal();
}

static cxlog_status no_command(const cli_ctx *ctx, cxlog_error *err)
{
    if (ctx->help) {
        cli_help_short(stdout);
        return cli_out_end(err);
    }
    if (!ctx->json)
        cli_help_short(stderr);
    return cxlog_fail(err, CXLOG_ERR_USAGE, "name a command");
}

/* Help and mistakes on the line want the language and the pager, but no command's
 * settings: what is amiss in them is not told here. */
static void speak(cli_ctx *ctx)
{
    const char *lang = getenv("CXLOG_UI_LANG");
    if (cli_settings_load(&ctx->settings, ctx->config_flag, NULL) == CXLOG_OK)
        lang = cli_setting(&ctx->settings, CLI_KEY_UI_LANG);
    heed_no_input(ctx);
    cli_locale_language(lang ? lang : "auto");
}

static cxlog_status run_line(cli_ctx *ctx, int argc, char **argv, cxlog_error *err)
{
    int command = command_index(argc, argv);
    const char *word = command < argc ? argv[command] : NULL;
    bool helping = word && (strcmp(word, "help") == 0 || strcmp(word, "도움말") == 0);
    ctx->cmd = word && !helping ? cli_cmd_find(word) : NULL;
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    cxlog_status status = split_line(ctx, argc, argv, command, err);
    if (status == CXLOG_OK)
        status = cli_args_parse(&args, ctx, err);
    if (status != CXLOG_OK || !ctx->cmd || ctx->help)
        speak(ctx);
    if (status == CXLOG_ERR_USAGE) { /* the same sentence, in the person's language */
        cxlog_error_clear(err);
        cli_args_clear(&args);
        status = cli_args_parse(&args, ctx, err);
    }
    if (word && !helping && !ctx->cmd) {
        cxlog_error_clear(err);
        return unknown_command(word, err);
    }
    if (ctx->help && ctx->cmd) {
        cxlog_error_clear(err);
        cli_help_command(stdout, ctx->cmd);
        return cli_out_end(err);
    }
    if (status != CXLOG_OK)
        return status;
    if (ctx->version) {
        cli_out("cxlog %s\n", CXLOG_VERSION);
        return cli_out_end(err);
    }
    if (helping)
        return help(ctx, &args, err);
    if (!ctx->cmd && opens_prompt(ctx))
        ctx->cmd = cli_cmd_find("prompt");
    if (!ctx->cmd)
        return no_command(ctx, err);
    set_pipe_signal(ctx->factory || (ctx->cmd->needs & CLI_CHANGES) != 0);
    return run_command(ctx, &args, err);
}

static void clear(cli_ctx *ctx)
{
    cli_progress_hush();
    cxlog_store_close(ctx->store);
    cli_settings_clear(&ctx->settings);
    free(ctx->argv);
}

int cli_main(int argc, char **argv, cli_remote_factory factory, cli_reader_factory reader)
{
    fill_standard_files();
    (void)umask(077);
    cli_locale_start();
    cli_json_watch();
    cli_ctx ctx = {.whole_argv = argv, .factory = factory, .reader = reader};
    if (argc > 1 && strcmp(argv[1], "__complete") == 0)
        return cli_complete_line(&ctx, argc - 2, argv + 2);
    cxlog_error err = {0};
    cxlog_status status = run_line(&ctx, argc, argv, &err);
    if (status != CXLOG_OK && err.status != CXLOG_OK) {
        (void)fflush(stdout);
        err.status = status;
        cli_report_error(&ctx, ctx.cmd ? ctx.cmd->name : NULL, &err);
    }
    clear(&ctx);
    return cxlog_exit_code(status);
}
