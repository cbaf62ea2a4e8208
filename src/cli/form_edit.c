#include "cli/form.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cxlog/text.h>

#define TEXT_BYTES (1024L * 1024)

extern char **environ;

static const char *editor_command(void)
{
    const char *visual = getenv("VISUAL");
    const char *editor = getenv("EDITOR");
    return visual && visual[0] != '\0'   ? visual
           : editor && editor[0] != '\0' ? editor
                                         : "editor";
}

/* $EDITOR may bring its own options: "code --wait". The shell outlives ^C as we do: the
 * editor alone decides what it means. */
static cxlog_status run_editor(const char *path, cxlog_error *err)
{
    char shell[] = "sh", flag[] = "-c", name[] = "sh", file[PATH_MAX], script[PATH_MAX];
    int length =
        snprintf(script, sizeof script, "trap : INT QUIT; %s \"$1\"", editor_command());
    if (length < 0 || (size_t)length >= sizeof script || strlen(path) >= sizeof file)
        return cxlog_fail(err, CXLOG_ERR_CONFIG, "$EDITOR is too long");
    memcpy(file, path, strlen(path) + 1);
    char *argv[] = {shell, flag, script, name, file, NULL};
    pid_t pid;
    int state = 0;
    if (posix_spawn(&pid, "/bin/sh", NULL, NULL, argv, environ) != 0)
        return cxlog_fail(err, CXLOG_ERR_CONFIG, "cannot start the editor");
    while (waitpid(pid, &state, 0) < 0) {
        if (errno != EINTR)
            return cxlog_fail(err, CXLOG_ERR_CONFIG, "the editor was lost");
    }
    char quoted[CXLOG_QUOTE_MAX];
    if (!WIFEXITED(state) || WEXITSTATUS(state) != 0)
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "the editor %s did not end well: nothing was changed (set "
                          "VISUAL or EDITOR)",
                          cxlog_quote(quoted, editor_command()));
    return CXLOG_OK;
}

static cxlog_status make_file(char path[PATH_MAX], const char *text, cxlog_error *err)
{
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    const char *temporary = getenv("TMPDIR");
    const char *folder = runtime && runtime[0] == '/'       ? runtime
                         : temporary && temporary[0] == '/' ? temporary
                                                            : "/tmp";
    int length = snprintf(path, PATH_MAX, "%s/cxlog-XXXXXX", folder);
    if (length < 0 || length >= PATH_MAX)
        return cxlog_fail(err, CXLOG_ERR_CREATE, "TMPDIR is too long");
    int fd = mkstemp(path);
    char quoted[CXLOG_QUOTE_MAX];
    if (fd < 0)
        return cxlog_fail(err, CXLOG_ERR_CREATE, "cannot make a file in %s: %s",
                          cxlog_quote(quoted, folder), strerror(errno));
    size_t size = strlen(text);
    bool good = write(fd, text, size) == (ssize_t)size;
    good = close(fd) == 0 && good;
    if (good)
        return CXLOG_OK;
    (void)unlink(path);
    return cxlog_fail(err, CXLOG_ERR_CREATE, "cannot write %s",
                      cxlog_quote(quoted, path));
}

/* Editors put a new file in the old one's place: by name, never through a link. */
static cxlog_status read_file(char **out, const char *path, cxlog_error *err)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    struct stat facts;
    char *text = NULL;
    ssize_t length = -1;
    if (fd >= 0 && fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode) &&
        facts.st_size <= TEXT_BYTES) {
        text = calloc(1, (size_t)facts.st_size + 1);
        length = text ? read(fd, text, (size_t)facts.st_size) : -1;
    }
    if (fd >= 0)
        (void)close(fd);
    *out = text;
    if (length >= 0)
        return CXLOG_OK;
    free(text);
    *out = NULL;
    return cxlog_fail(err, CXLOG_ERR_NOINPUT, "the edited text cannot be read");
}

/* One look at what was saved; *again: it was wrong, and shall be mended. */
static cxlog_status take(cxlog_entry *entry, cli_ctx *ctx, const cxlog_scheme *scheme,
                         const char *before, const char *path, bool *changed, bool *again,
                         cxlog_error *err)
{
    CXLOG_AUTO_TEXT after = NULL;
    CXLOG_AUTO_VALUE(cxlog_entry) trial;
    cxlog_entry_init(&trial);
    cxlog_error trouble = {0};
    *again = false;
    cxlog_status status = read_file(&after, path, err);
    if (status == CXLOG_OK)
        status = cxlog_entry_copy(&trial, entry, err);
    if (status != CXLOG_OK)
        return status;
    *changed = strcmp(before, after) != 0;
    cli_ctx_tick(ctx); /* typing takes its time */
    status = cli_form_read(&trial, ctx, scheme, before, after, &trouble);
    if (status == CXLOG_OK && *changed && !trial.text[CXLOG_COL_CATEGORY])
        status =
            cxlog_fail(&trouble, CXLOG_ERR_VALUE, "a record needs a category (구분)");
    if (status != CXLOG_OK) {
        cli_report_error(ctx, NULL, &trouble);
        *again = cli_confirm(_("edit it again?"));
        if (!*again && err)
            *err = trouble;
        return status;
    }
    cxlog_entry_clear(entry);
    *entry = trial;
    cxlog_entry_init(&trial); /* moved */
    return CXLOG_OK;
}

/* What was typed is not lost with the refusal: its file stays, and is named. */
static cxlog_status end_file(const char *path, const char *before, cxlog_status status,
                             cxlog_error *err)
{
    CXLOG_AUTO_TEXT after = NULL;
    if (status == CXLOG_OK || read_file(&after, path, NULL) != CXLOG_OK ||
        strcmp(before, after) == 0) {
        (void)unlink(path);
        return status;
    }
    char quoted[CXLOG_QUOTE_MAX];
    cxlog_error said = {.status = CXLOG_OK};
    if (!err)
        return status;
    (void)cxlog_fail(&said, status, "%s: your text is kept in %s", err->message,
                     cxlog_quote_path(quoted, path));
    for (size_t i = 0; i < err->suggestion_count; i++)
        cxlog_suggest(&said, err->suggestions[i]);
    *err = said;
    return status;
}

static void stay(int number)
{
    (void)number;
}

/* ^C is for the editor, and at a question it means no. A handler, not SIG_IGN: the
 * editor does not inherit it. */
typedef struct signals {
    struct sigaction interrupt, quit;
} signals;

static void hold_signals(signals *before)
{
    struct sigaction action = {.sa_handler = stay};
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, &before->interrupt);
    (void)sigaction(SIGQUIT, &action, &before->quit);
}

static void release_signals(const signals *before)
{
    (void)sigaction(SIGINT, &before->interrupt, NULL);
    (void)sigaction(SIGQUIT, &before->quit, NULL);
}

cxlog_status cli_form_edit(cxlog_entry *entry, cli_ctx *ctx, const cxlog_scheme *scheme,
                           bool *changed, cxlog_error *err)
{
    char path[PATH_MAX];
    CXLOG_AUTO_TEXT before = NULL;
    *changed = false;
    if (!cli_may_ask(ctx))
        return cxlog_fail(err, CXLOG_ERR_USAGE, "the editor needs a terminal");
    cxlog_status status = cli_form_text(&before, entry, scheme, err);
    if (status == CXLOG_OK)
        status = make_file(path, before, err);
    if (status != CXLOG_OK)
        return status;
    signals usual;
    bool again = true;
    hold_signals(&usual);
    while (again) {
        again = false;
        status = run_editor(path, err);
        if (status == CXLOG_OK)
            status = take(entry, ctx, scheme, before, path, changed, &again, err);
    }
    release_signals(&usual);
    return end_file(path, before, status, err);
}
