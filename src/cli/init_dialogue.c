#include "cli/init_dialogue.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <cxlog/text.h>

#include "cli/paths.h"

#define POLL_SECONDS 3

static void say_trouble(const cxlog_error *trouble)
{
    CXLOG_AUTO_TEXT safe = cxlog_text_escape(trouble->message, true);
    (void)fprintf(stderr, "    ✗ %s\n", safe ? safe : "?");
    for (size_t i = 0; i < trouble->suggestion_count; i++) {
        CXLOG_AUTO_TEXT more = cxlog_text_escape(trouble->suggestions[i], true);
        (void)fprintf(stderr, "        %s\n", more ? more : "?");
    }
}

/* What a shell would have done to the path. Quotes come with a file dropped on the
 * terminal. */
static cxlog_status tidy_path(char **out, const char *answer, cxlog_error *err)
{
    CXLOG_AUTO_TEXT bare = strdup(answer);
    if (!bare)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    size_t length = strlen(bare);
    while (length > 0 && bare[length - 1] == ' ')
        bare[--length] = '\0';
    bool quoted =
        length >= 2 && (bare[0] == '\'' || bare[0] == '"') && bare[length - 1] == bare[0];
    if (quoted)
        bare[length - 1] = '\0';
    const char *path = quoted ? bare + 1 : bare;
    if (strncmp(path, "~/", 2) == 0)
        return cli_path_expand(out, path, err);
    *out = strdup(path);
    return *out ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

cxlog_status cli_init_ask(cli_ctx *ctx, cli_key key, bool is_path, const char *step,
                          const char *question, bool *given, cxlog_error *err)
{
    *given = false;
    (void)fprintf(stderr, "%s\n", step);
    for (;;) {
        CXLOG_AUTO_TEXT answer = NULL;
        CXLOG_AUTO_TEXT path = NULL;
        cxlog_error said = {0};
        cxlog_status status =
            cli_ask(&answer, question, cli_setting(&ctx->settings, key), err);
        if (status != CXLOG_OK || !answer || answer[0] == '\0')
            return status;
        if (is_path)
            status = tidy_path(&path, answer, &said);
        if (status == CXLOG_OK)
            status = cli_init_take(ctx, key, is_path, path ? path : answer, &said);
        *given = status == CXLOG_OK;
        if (*given)
            return CXLOG_OK;
        if (status == CXLOG_ERR_NOMEM || status == CXLOG_ERR_BUG)
            return cxlog_fail(err, status, "%s", said.message);
        say_trouble(&said);
    }
}

static cxlog_status save(cli_ctx *ctx, cli_key key, cxlog_error *err)
{
    const char *value = cli_setting(&ctx->settings, key);
    return cli_settings_save(&ctx->settings, &key, &value, 1, err);
}

static cxlog_status ask_again(cli_ctx *ctx, cli_key key, bool is_path,
                              const char *question, bool *again, cxlog_error *err)
{
    bool given = false;
    cxlog_status status =
        cli_init_ask(ctx, key, is_path, _("another answer (Ctrl-D: stop here)"), question,
                     &given, err);
    *again = status == CXLOG_OK && given;
    return *again ? save(ctx, key, err) : status;
}

/* Others may read the key: one question, and the mode is right. */
static bool tighten_key(cli_ctx *ctx)
{
    struct stat info;
    const char *path = cli_setting(&ctx->settings, CLI_KEY_GOOGLE_KEY);
    if (!path || stat(path, &info) != 0 || (info.st_mode & 077) == 0)
        return false;
    return cli_confirm(_("make the key file readable for you alone?")) &&
           chmod(path, 0600) == 0;
}

static cxlog_status wait_for_share(const char *address, bool first, bool *again)
{
    const struct timespec pause = {.tv_sec = POLL_SECONDS};
    if (first)
        (void)fprintf(stderr, "      %s\n          %s\n      %s\n",
                      _("in the sheet, press Share and add this address as an editor, "
                        "without notifying:"),
                      address, _("waiting until it is shared … (Ctrl-C: stop here)"));
    *again = nanosleep(&pause, NULL) == 0 && !*cli_stop_flag();
    return CXLOG_OK;
}

cxlog_status cli_init_mend(cli_ctx *ctx, const cxlog_error *trouble, const char *address,
                           bool *again, cxlog_error *err)
{
    static bool waiting; /* the sentence is said once, however often it is looked */
    *again = false;
    bool share = address && trouble->status == CXLOG_ERR_PERMISSION;
    if (!share || !waiting)
        say_trouble(trouble);
    if (share) {
        bool first = !waiting;
        waiting = true;
        return wait_for_share(address, first, again);
    }
    waiting = false;
    if (address && trouble->status == CXLOG_ERR_GONE)
        return ask_again(ctx, CLI_KEY_SHEET_ID, false, _("spreadsheet address"), again,
                         err);
    if (address || trouble->status == CXLOG_ERR_RETRY ||
        trouble->status == CXLOG_ERR_INTERRUPT)
        return CXLOG_OK;
    if (trouble->status == CXLOG_ERR_PERMISSION && tighten_key(ctx)) {
        *again = true;
        return CXLOG_OK;
    }
    return ask_again(ctx, CLI_KEY_GOOGLE_KEY, true, _("service-account key file"), again,
                     err);
}
