#include "cli/progress.h"

#include <string.h>

#include <cxlog/text.h>
#include <cxlog/wall.h>

#include "cli/screen.h"

#define FIRST_MS 1000
#define AGAIN_MS 200
#define LINE_MS 10000 /* where lines stay: in a log, in a mail */
#define SLICE_MS 500

/* ---- when ---- */

void cli_pace_start(cli_pace *pace, bool terminal, int64_t now_ms)
{
    *pace = (cli_pace){.terminal = terminal, .since_ms = now_ms};
}

bool cli_pace_due(cli_pace *pace, int64_t now_ms)
{
    int64_t least = !pace->terminal ? LINE_MS : pace->said ? AGAIN_MS : FIRST_MS;
    if (now_ms < pace->since_ms) /* the clock was put back */
        pace->since_ms = now_ms;
    if (now_ms - pace->since_ms < least)
        return false;
    pace->since_ms = now_ms;
    pace->said = true;
    return true;
}

/* ---- the line ---- */

/* The process's one line on its stderr. */
static struct {
    bool on, wide;
    cli_pace pace;
    int64_t begun_ms;
    int64_t read, written; /* records */
    size_t cells;          /* of the line that stands there; 0: none */
} line;

void cli_progress_start(const cli_ctx *ctx)
{
    line.on = !ctx->quiet && !ctx->json;
    line.read = 0;
    line.written = 0;
    line.wide = cli_ambiguous_wide(ctx);
    line.begun_ms = cxlog_utc_now_ms();
    cli_pace_start(&line.pace, cli_stderr_is_terminal(), line.begun_ms);
}

bool cli_progress_shown(void)
{
    return line.cells > 0;
}

void cli_progress_hush(void)
{
    if (line.cells > 0)
        (void)fprintf(stderr, "\r%*s\r", (int)line.cells, "");
    line.cells = 0;
}

/* Over the line that stands there; never as wide as the terminal, whose last cell may
 * break the line. */
static void rewrite(char *text)
{
    size_t room = cli_stderr_width();
    text[cxlog_text_fit(text, room > 1 ? room - 1 : 0, line.wide)] = '\0';
    size_t cells = cxlog_text_width(text, line.wide);
    size_t rest = line.cells > cells ? line.cells - cells : 0;
    (void)fprintf(stderr, "\r%s%*s", text, (int)rest, "");
    line.cells = cells + rest;
}

/* "reading the sheet · 12,000 rows · 3 s" */
static void say(const char *what, int64_t rows, int64_t now_ms)
{
    char text[256];
    char count[64] = "";
    char time[64];
    if (rows > 0)
        (void)snprintf(count, sizeof count, _("%lld rows"), (long long)rows);
    (void)snprintf(time, sizeof time, _("%lld s"),
                   (long long)(now_ms - line.begun_ms) / 1000);
    (void)snprintf(text, sizeof text, "%.100s%s%s · %s", _(what), rows > 0 ? " · " : "",
                   count, time);
    if (line.pace.terminal)
        rewrite(text);
    else
        (void)fprintf(stderr, "%s\n", text);
}

void cli_progress_rows(const char *what, int64_t rows)
{
    if (!line.on)
        return;
    int64_t now_ms = cxlog_utc_now_ms();
    if (now_ms < line.begun_ms)
        line.begun_ms = now_ms;
    if (cli_pace_due(&line.pace, now_ms))
        say(what, rows, now_ms);
}

static void watch(void *context, cxlog_doing doing, int64_t rows)
{
    (void)context;
    switch (doing) {
    case CXLOG_DOING_SIGN_IN:
        cli_progress_rows(N_("signing in to Google"), 0);
        break;
    case CXLOG_DOING_READ:
        line.read += rows;
        cli_progress_rows(N_("reading the sheet"), line.read);
        break;
    case CXLOG_DOING_WRITE:
        line.written += rows;
        cli_progress_rows(N_("writing to the sheet"), line.written);
        break;
    case CXLOG_DOING_WAIT:
        cli_progress_rows(N_("waiting before the next try"), 0);
        break;
    }
}

cxlog_progress cli_progress_watch(void)
{
    return (cxlog_progress){.now = watch};
}

/* ---- waiting for another process ---- */

cxlog_status cli_lock_work(cxlog_lock **out, const cli_ctx *ctx, int64_t wait_ms,
                           int64_t *holder, cxlog_error *err)
{
    const char *path = cxlog_store_path(ctx->store);
    for (;;) {
        int64_t slice = wait_ms < SLICE_MS ? wait_ms : SLICE_MS;
        cxlog_status status =
            cxlog_lock_take(out, path, CXLOG_LOCK_WORK, slice, holder, err);
        wait_ms -= slice;
        if (status != CXLOG_OK || *out || wait_ms <= 0)
            return status;
        cli_progress_rows(N_("waiting for another cxlog"), 0);
    }
}
