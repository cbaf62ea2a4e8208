/* The one home of libedit: lines with editing, history and Tab, for cxlog-prompt. */
#include "cli/line_edit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <histedit.h>

#include <cxlog/text.h>

#include "cli/choices.h"
#include "cli/paths.h"

#define HISTORY_LINES 500
#define HISTORY_BYTES (64L * 1024) /* a longer file is cut to its newer half */

typedef struct editor {
    cli_reader reader; /* first: the reader that callers know is this */
    cli_reader_options options;
    char *history_path;
    EditLine *line;
    History *history;
    char prompt[256];
} editor;

static char *prompt_text(EditLine *line)
{
    editor *e = NULL;
    (void)el_get(line, EL_CLIENTDATA, &e);
    return e->prompt;
}

/* ---- Tab ---- */

/* Characters (not bytes) from the last blank to the cursor: what a choice replaces. */
static int last_word_chars(const char *before)
{
    const char *blank = strrchr(before, ' ');
    return (int)cxlog_text_chars(blank ? blank + 1 : before);
}

static void show(const cli_choices *choices)
{
    (void)fputc('\n', stdout);
    for (size_t i = 0; i < choices->count; i++) {
        CXLOG_AUTO_TEXT value = cxlog_text_escape(choices->items[i].value, true);
        CXLOG_AUTO_TEXT about = cxlog_text_escape(choices->items[i].about, true);
        bool told = about && about[0] != '\0';
        (void)fprintf(stdout, "  %s%s%s%s", value ? value : "?", told ? " (" : "",
                      told ? about : "", told ? ")" : "");
    }
    (void)fputc('\n', stdout);
}

static void replace(EditLine *line, const char *before, const char *value, bool whole)
{
    el_deletestr(line, last_word_chars(before));
    (void)el_insertstr(line, value);
    if (whole)
        (void)el_insertstr(line, " ");
}

static unsigned char on_tab(EditLine *line, int key)
{
    (void)key;
    editor *e = NULL;
    (void)el_get(line, EL_CLIENTDATA, &e);
    const LineInfo *info = el_line(line);
    CXLOG_AUTO_TEXT before = strndup(info->buffer, (size_t)(info->cursor - info->buffer));
    if (!before || !e->options.complete)
        return CC_ERROR;
    CXLOG_AUTO_VALUE(cli_choices) choices = {0};
    e->options.complete(e->options.data, before, &choices);
    if (choices.count == 0)
        return CC_ERROR;
    if (choices.count == 1) {
        replace(line, before, choices.items[0].value, true);
        return CC_REFRESH;
    }
    CXLOG_AUTO_TEXT common = cli_choices_common(&choices);
    const char *blank = strrchr(before, ' ');
    const char *typed = blank ? blank + 1 : before;
    if (common && strlen(common) > strlen(typed) &&
        strncmp(common, typed, strlen(typed)) == 0)
        replace(line, before, common, false);
    show(&choices);
    return CC_REDISPLAY;
}

/* ---- history ---- */

static void load_line(editor *e, char *line)
{
    HistEvent event;
    line[strcspn(line, "\n")] = '\0';
    if (line[0] != '\0' && cxlog_text_invalid_at(line, strlen(line)) < 0)
        (void)history(e->history, &event, H_ENTER, line);
}

/* Too long: its newer half, written anew. Losing history is no loss of records, so
 * trouble is not told. */
static void shorten(const char *path, FILE *file, long size)
{
    CXLOG_AUTO_TEXT half = malloc((size_t)size);
    if (!half || fseek(file, size / 2, SEEK_SET) != 0)
        return;
    size_t length = fread(half, 1, (size_t)size, file);
    char *start = memchr(half, '\n', length);
    int fd = start ? open(path, O_WRONLY | O_TRUNC | O_NOFOLLOW | O_CLOEXEC) : -1;
    if (fd < 0)
        return;
    ssize_t written = write(fd, start + 1, length - (size_t)(start + 1 - half));
    (void)written;
    (void)close(fd);
}

static void load_history(editor *e)
{
    FILE *file = e->history_path ? fopen(e->history_path, "re") : NULL;
    if (!file)
        return;
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, file) > 0)
        load_line(e, line);
    free(line);
    long size = ftell(file);
    if (size > HISTORY_BYTES)
        shorten(e->history_path, file, size);
    (void)fclose(file);
}

static void keep(const editor *e, const char *line)
{
    if (!e->history_path || strchr(line, '\n') ||
        cli_path_make_parents(e->history_path, NULL) != CXLOG_OK)
        return;
    int fd = open(e->history_path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC,
                  0600);
    FILE *file = fd >= 0 && fchmod(fd, 0600) == 0 ? fdopen(fd, "a") : NULL;
    if (!file) {
        if (fd >= 0)
            (void)close(fd);
        return;
    }
    (void)fprintf(file, "%s\n", line);
    (void)fclose(file);
}

/* ---- the reader ---- */

static void editor_free(editor *e)
{
    if (e->line)
        el_end(e->line);
    if (e->history)
        history_end(e->history);
    free(e->history_path);
    free(e);
}
CXLOG_AUTO_DEFINE(editor, editor_free);

static editor *of(cli_reader *reader)
{
    editor *e;
    memcpy(&e, &reader, sizeof e); /* the reader is its first member */
    return e;
}

static cxlog_status read_line(cli_reader *reader, const char *prompt, const char *prefill,
                              char **out, cxlog_error *err)
{
    editor *e = of(reader);
    (void)snprintf(e->prompt, sizeof e->prompt, "%s", prompt);
    int64_t cut = cxlog_text_invalid_at(e->prompt, strlen(e->prompt));
    if (cut >= 0) /* libedit dies of half a character */
        e->prompt[cut] = '\0';
    *out = NULL;
    if (prefill && prefill[0] != '\0')
        el_push(e->line, prefill);
    int length = 0;
    const char *line = el_gets(e->line, &length);
    if (!line || length <= 0)
        return CXLOG_OK;
    *out = strndup(line, strcspn(line, "\n"));
    return *out ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static void remember(cli_reader *reader, const char *line, const char *kept)
{
    editor *e = of(reader);
    HistEvent event;
    (void)history(e->history, &event, H_ENTER, line);
    if (kept)
        keep(e, kept);
}

static void close_reader(cli_reader *reader)
{
    editor_free(of(reader));
}

static const cli_reader_ops ops = {
    .read = read_line, .remember = remember, .close = close_reader};

static bool set_up(editor *e)
{
    HistEvent event;
    e->line = el_init("cxlog", stdin, stdout, stderr);
    e->history = history_init();
    if (!e->line || !e->history)
        return false;
    (void)history(e->history, &event, H_SETSIZE, HISTORY_LINES);
    (void)history(e->history, &event, H_SETUNIQUE, 1);
    return el_set(e->line, EL_CLIENTDATA, e) == 0 &&
           el_set(e->line, EL_PROMPT, prompt_text) == 0 &&
           el_set(e->line, EL_EDITOR, "emacs") == 0 &&
           el_set(e->line, EL_SIGNAL, 1) == 0 &&
           el_set(e->line, EL_HIST, history, e->history) == 0 &&
           el_set(e->line, EL_ADDFN, "cxlog-tab", "complete", on_tab) == 0 &&
           el_set(e->line, EL_BIND, "^I", "cxlog-tab", NULL) == 0;
}

cxlog_status cli_line_edit_open(cli_reader **out, const cli_reader_options *options,
                                cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO(editor) *e = calloc(1, sizeof *e);
    if (!e)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    e->reader.ops = &ops;
    e->options = *options;
    e->history_path = options->history ? strdup(options->history) : NULL;
    if (!set_up(e))
        return cxlog_fail(err, CXLOG_ERR_BUG, "the terminal cannot be used for typing");
    load_history(e);
    editor *kept = CXLOG_TAKE(e);
    *out = &kept->reader;
    return CXLOG_OK;
}
