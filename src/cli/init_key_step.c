#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cxlog/text.h>

#include "cli/init_dialogue.h"
#include "cli/paths.h"

/* What a shell would have done to the path: quotes and backslashes come with a file
 * dropped on the terminal. */
static cxlog_status tidy_path(char **out, const char *answer, cxlog_error *err)
{
    CXLOG_AUTO_TEXT bare = strdup(answer);
    if (!bare)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    size_t length = strlen(bare);
    bool quoted =
        length >= 2 && (bare[0] == '\'' || bare[0] == '"') && bare[length - 1] == bare[0];
    if (quoted)
        bare[length - 1] = '\0';
    char *path = quoted ? bare + 1 : bare;
    char *to = path;
    for (const char *from = path; *from != '\0'; from++) {
        if (!quoted && *from == '\\' && from[1] != '\0')
            from++;
        *to++ = *from;
    }
    *to = '\0';
    return cli_path_absolute(out, path, err);
}

/* Others may read the key: one question, and the mode is right. */
static void tighten(const char *path)
{
    struct stat info;
    if (stat(path, &info) == 0 && (info.st_mode & 077) != 0 &&
        cli_init_confirm(_("make the key file readable for you alone?"), CLI_YES,
                         _("Whoever can read the key can write to the sheet. A key that "
                           "others may read is not\nused.")) == CLI_YES)
        (void)chmod(path, 0600);
}

/* The key is good: a copy where it belongs, and the download away. *path: the key to use
 * from now on. Without an answer ERR_INTERRUPT, and no sentence. */
static cxlog_status keep(char **path, cxlog_error *err)
{
    CXLOG_AUTO_TEXT kept = NULL;
    cli_consent consent = cli_init_confirm(
        _("copy it into the settings folder, readable for you alone?"), CLI_YES,
        _("Downloads get tidied up, synchronised and shared. n: the "
          "key is used where "
          "it lies\nand must stay there."));
    if (consent == CLI_NO_ANSWER)
        return CXLOG_ERR_INTERRUPT;
    if (consent == CLI_NO) {
        tighten(*path);
        return CXLOG_OK;
    }
    cxlog_status status = cli_key_keep(*path, &kept, err);
    if (status != CXLOG_OK)
        return status;
    CXLOG_AUTO_TEXT shown = cli_path_short(kept);
    cli_init_say_of("✓", _("key copied"), shown ? shown : kept);
    if (cli_init_confirm(
            _("delete the downloaded file?"), CLI_YES,
            _("The copy is whole, and the download is not needed any more.")) ==
            CLI_YES &&
        unlink(*path) != 0)
        cli_init_say("!", _("it could not be deleted: do it by hand"));
    free(*path);
    *path = CXLOG_TAKE(kept);
    return CXLOG_OK;
}

/* Everything between the answer and the saved setting. Errors are for the person. */
static cxlog_status take_key(cli_init *init, const char *answer, bool fresh,
                             cxlog_error *err)
{
    CXLOG_AUTO_TEXT path = NULL;
    CXLOG_AUTO_TEXT address = NULL;
    cxlog_status status =
        fresh ? tidy_path(&path, answer, err) : cli_path_absolute(&path, answer, err);
    fresh = fresh && status == CXLOG_OK && !cli_key_is_kept(path);
    if (status == CXLOG_OK && !fresh)
        tighten(path);
    if (status == CXLOG_OK)
        status = cli_key_try(init->ctx, path, fresh, &address, err);
    if (status != CXLOG_OK)
        return status;
    cli_init_say_of("✓", _("service-account key"), address);
    if (fresh) {
        status = keep(&path, err);
        free(address);
        address = NULL;
        if (status == CXLOG_OK) /* used where it lies, it must be as safe */
            status = cli_key_try(init->ctx, path, false, &address, err);
    }
    return status ? status : cli_init_take(init, CLI_KEY_GOOGLE_KEY, true, path, err);
}

static const char *help(void)
{
    return _("Once for the whole team; the same key may be used by everybody:\n"
             "1. https://console.cloud.google.com/projectcreate\n"
             "   make a project, such as cx-log\n"
             "2. https://console.cloud.google.com/apis/library/sheets.googleapis.com\n"
             "   press Enable\n"
             "3. https://console.cloud.google.com/iam-admin/serviceaccounts\n"
             "   Create service account; it needs no role\n"
             "4. click the account: Keys, Add key, Create new key, JSON\n"
             "5. put the path of the downloaded file here, or drop the file here\n"
             "If the organisation forbids keys, its administrator can allow them.\n"
             "s: go on without a sheet; everything but sync works, and init can be\n"
             "run again at any time.");
}

cxlog_status cli_init_ask_key(cli_init *init, cli_step *step, cxlog_error *err)
{
    *step = CLI_STEP_NEXT;
    return init->given[CLI_KEY_GOOGLE_KEY] ? CXLOG_OK
                                           : cli_init_ask_key_again(init, step, err);
}

cxlog_status cli_init_ask_key_again(cli_init *init, cli_step *step, cxlog_error *err)
{
    const cli_settings *settings = &init->ctx->settings;
    for (;;) {
        CXLOG_AUTO_TEXT text = NULL;
        cxlog_error said = {0};
        const char *old = cli_setting(settings, CLI_KEY_GOOGLE_KEY);
        CXLOG_AUTO_TEXT shown = old ? cli_path_short(old) : NULL;
        cli_question question = {
            .step = _("3/6 key"),
            .text = _("the service account's JSON file (s: no sheet yet, h: how to)"),
            .fallback = shown,
            .help = help(),
            .own_line = true,
            .may_skip = true,
        };
        cli_reply reply = cli_init_question(&question, &text);
        *step = cli_init_way(reply);
        init->without_sheet =
            reply == CLI_REPLY_SKIP || (reply == CLI_REPLY_EMPTY && !old);
        if (*step != CLI_STEP_NEXT || init->without_sheet)
            return CXLOG_OK;
        cxlog_status status = take_key(init, text ? text : old, text != NULL, &said);
        if (status == CXLOG_OK)
            return cli_init_save(init, err);
        if (status == CXLOG_ERR_NOMEM)
            return cxlog_fail(err, status, "%s", said.message);
        *step = CLI_STEP_END;
        if (status == CXLOG_ERR_INTERRUPT || *cli_stop_flag())
            return CXLOG_OK;
        cli_init_say_trouble(&said);
    }
}
