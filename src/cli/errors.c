#include "cli/cli.h"

#include <stdlib.h>

#include <cxlog/text.h>

#include "cli/json_text.h"
#include "cli/progress.h"

static void report_json(const char *command, const cxlog_error *err)
{
    json_t *suggestions = json_array();
    for (size_t i = 0; i < err->suggestion_count; i++)
        (void)json_array_append_new(suggestions, json_string(err->suggestions[i]));
    json_t *answer =
        json_pack("{s:i, s:{s:i, s:s, s:s, s:o}}", "schema", 1, "error", "code",
                  cxlog_exit_code(err->status), "name", cxlog_status_name(err->status),
                  "message", err->message, "suggestions", suggestions);
    if (answer && command)
        (void)json_object_set_new(answer, "command", json_string(command));
    char *text = NULL;
    if (cli_json_text(&text, answer, NULL) == CXLOG_OK)
        (void)fprintf(stderr, "%s\n", text);
    else
        (void)fprintf(stderr, "{\"schema\":1,\"error\":{\"code\":%d,\"name\":\"%s\"}}\n",
                      cxlog_exit_code(err->status), cxlog_status_name(err->status));
    free(text);
    json_decref(answer);
}

/* Where there is no memory to escape it: what could move a cursor or turn the line round
 * becomes a question mark, the rest still says what happened, "is done" above all. */
static void put_guarded(const char *text)
{
    (void)fputs("cxlog: ", stderr);
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        bool control = *c < 0x20 || *c == 0x7f || (*c == 0xc2 && c[1] < 0xa0);
        bool turning = *c == 0xe2 && (c[1] == 0x80 || c[1] == 0x81);
        (void)fputc(control || turning ? '?' : *c, stderr);
        while ((control || turning) && (c[1] & 0xc0) == 0x80)
            c++;
    }
    (void)fputc('\n', stderr);
}

void cli_report_error(const cli_ctx *ctx, const char *command, const cxlog_error *err)
{
    cli_progress_hush();
    if (ctx->json) {
        report_json(command, err);
        return;
    }
    CXLOG_AUTO_TEXT sentence = cxlog_text_escape(err->message, true);
    if (sentence)
        (void)fprintf(stderr, "cxlog: %s\n", sentence);
    else
        put_guarded(err->message);
    for (size_t i = 0; i < err->suggestion_count; i++) {
        CXLOG_AUTO_TEXT candidate = cxlog_text_escape(err->suggestions[i], true);
        (void)fprintf(stderr, "    %s\n", candidate ? candidate : "");
    }
}
