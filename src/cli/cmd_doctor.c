#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <cxlog/text.h>

#include "cli/commands.h"
#include "cli/doctor.h"
#include "cli/screen.h"
#include "cli/settings.h"

const cli_option cli_doctor_options[] = {
    {"offline", 0, NULL, N_("leave Google out")},
    {"report", 0, NULL, N_("a text to paste, without secrets")},
    {NULL, 0, NULL, NULL},
};

/* ---- lines ---- */

doctor_line *doctor_say(doctor *d, const char *section, const char *name,
                        doctor_state state, const char *format, ...)
{
    size_t at = d->count < DOCTOR_LINES ? d->count++ : DOCTOR_LINES - 1;
    doctor_line *line = &d->lines[at];
    *line = (doctor_line){.section = section, .name = name, .state = state};
    va_list args;
    va_start(args, format);
    if (vsnprintf(line->text, sizeof line->text, format, args) < 0)
        line->text[0] = '\0';
    va_end(args);
    return line;
}

doctor_line *doctor_open(doctor_line *line)
{
    line->open = true;
    return line;
}

void doctor_mend(doctor_line *line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (vsnprintf(line->mend, sizeof line->mend, format, args) < 0)
        line->mend[0] = '\0';
    va_end(args);
}

void doctor_fail(doctor *d, const char *section, const char *name, const cxlog_error *err)
{
    doctor_line *line =
        doctor_say(d, section, name, DOCTOR_FAIL, "%s",
                   *err->message ? err->message : _(cxlog_status_text(err->status)));
    line->status = err->status;
    if (err->suggestion_count > 0)
        doctor_mend(line, "%s", err->suggestions[0]);
}

bool doctor_failed(const doctor *d)
{
    for (size_t i = 0; i < d->count; i++) {
        if (d->lines[i].state == DOCTOR_FAIL)
            return true;
    }
    return false;
}

/* ---- saying it ---- */

static size_t count(const doctor *d, doctor_state state)
{
    size_t found = 0;
    for (size_t i = 0; i < d->count; i++)
        found += d->lines[i].state == state;
    return found;
}

static const char *state_word(doctor_state state)
{
    static const char *const words[] = {"ok", "warning", "problem", "skipped"};
    return words[state];
}

/* What of a setting a helper needs and nobody else must not know. NULL: it is not set. */
static const char *open_value(const cli_ctx *ctx, cli_key key)
{
    const char *value = cli_setting(&ctx->settings, key);
    bool secret = key == CLI_KEY_SHEET_ID || key == CLI_KEY_AGENT_NAME ||
                  key == CLI_KEY_SHEET_LEADS || key == CLI_KEY_GOOGLE_PROXY;
    return value && secret ? "(set)" : value;
}

static json_t *settings_json(const cli_ctx *ctx)
{
    json_t *settings = json_object();
    for (int key = 0; key < CLI_KEY_COUNT; key++) {
        char name[64];
        const cli_setting_info *info = cli_setting_get_info((cli_key)key);
        const char *value = open_value(ctx, (cli_key)key);
        (void)snprintf(name, sizeof name, "%s.%s", info->section, info->name);
        if (value)
            (void)json_object_set_new(settings, name, json_string(value));
    }
    return settings;
}

/* report: the settings too, but no sentence that is not open to everybody. */
static cxlog_status print_json(const doctor *d, bool report, cxlog_error *err)
{
    json_t *checks = json_array();
    for (size_t i = 0; i < d->count; i++) {
        const doctor_line *line = &d->lines[i];
        json_t *check = json_pack("{s:s, s:s, s:s}", "section", line->section, "name",
                                  line->name, "state", state_word(line->state));
        if (check && line->state == DOCTOR_FAIL)
            (void)json_object_set_new(check, "code",
                                      json_integer(cxlog_exit_code(line->status)));
        if (check && (!report || line->open))
            (void)json_object_set_new(check, "text", json_string(line->text));
        if (check && !report)
            (void)json_object_set_new(
                check, "mend", line->mend[0] ? json_string(line->mend) : json_null());
        (void)json_array_append_new(checks, check);
    }
    json_t *all =
        json_pack("{s:i, s:s, s:I, s:I, s:o}", "schema", 1, "version", CXLOG_VERSION,
                  "problems", (json_int_t)count(d, DOCTOR_FAIL), "warnings",
                  (json_int_t)count(d, DOCTOR_WARN), "checks", checks);
    if (all && report)
        (void)json_object_set_new(all, "settings", settings_json(d->ctx));
    return cli_out_json_take(all, err);
}

static cxlog_status print_line(const cli_ctx *ctx, const doctor_line *line,
                               cxlog_error *err)
{
    static const char *const signs[] = {"✓", "!", "✗", "–"};
    static const char *const roles[] = {"good", "warn", "warn", "dim"};
    CXLOG_AUTO_TEXT text = cxlog_text_escape(line->text, true);
    CXLOG_AUTO_TEXT mend = cxlog_text_escape(line->mend, true);
    cli_out("  %s%s%s ", cli_style(ctx, stdout, roles[line->state]), signs[line->state],
            cli_style(ctx, stdout, "reset"));
    cxlog_status status = cli_out_wrapped(ctx, text ? text : "?", 5, 4, err);
    cli_out_text("\n");
    if (mend && mend[0]) /* to be copied: in one piece */
        cli_out("      %s\n", mend);
    return status;
}

static cxlog_status print_checks(const doctor *d, cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; status == CXLOG_OK && i < d->count; i++) {
        if (i == 0 || d->lines[i].section != d->lines[i - 1].section)
            cli_out("%s\n", _(d->lines[i].section));
        status = print_line(d->ctx, &d->lines[i], err);
    }
    return status;
}

static void print_settings(const cli_ctx *ctx)
{
    static const char *const origins[] = {"built-in", "file", "environment", "flag"};
    for (int key = 0; key < CLI_KEY_COUNT; key++) {
        const cli_setting_info *info = cli_setting_get_info((cli_key)key);
        const char *value = open_value(ctx, (cli_key)key);
        if (!value)
            continue;
        CXLOG_AUTO_TEXT safe = cxlog_text_escape(value, true);
        cli_out("%s.%s = %s (%s)\n", info->section, info->name, safe ? safe : "?",
                origins[ctx->settings.origin[key]]);
    }
    cli_out("alert: %zu\n", ctx->settings.rule_count);
}

/* Sentences may quote names, titles and addresses: of most the report tells only which
 * check it was. */
static void print_report(const doctor *d)
{
    cli_out("cxlog %s\n", CXLOG_VERSION);
    print_settings(d->ctx);
    for (size_t i = 0; i < d->count; i++) {
        const doctor_line *line = &d->lines[i];
        cli_out("%s: %s", line->name, state_word(line->state));
        if (line->state == DOCTOR_FAIL)
            cli_out(" (%d %s)", cxlog_exit_code(line->status),
                    cxlog_status_name(line->status));
        if (line->open)
            cli_out(" · %s", line->text);
        cli_out("\n");
    }
}

static cxlog_status print_text(const doctor *d, cxlog_error *err)
{
    cxlog_status status = print_checks(d, err);
    cli_out(_("problems %zu, warnings %zu.  To paste: cxlog doctor --report\n"),
            count(d, DOCTOR_FAIL), count(d, DOCTOR_WARN));
    return status;
}

static cxlog_status outcome(const doctor *d)
{
    for (size_t i = 0; i < d->count; i++) {
        if (d->lines[i].state == DOCTOR_FAIL)
            return d->lines[i].status;
    }
    return CXLOG_OK;
}

cxlog_status cli_cmd_doctor(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status == CXLOG_OK && args.word_count > 0)
        status = cxlog_fail(err, CXLOG_ERR_USAGE, "doctor takes no words");
    if (status != CXLOG_OK)
        return status;
    doctor *d = calloc(1, sizeof *d);
    if (!d)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    d->ctx = ctx;
    d->offline = cli_args_has(&args, "offline");
    /* cxlog-sync begins anew: nothing is checked twice. */
    if (!ctx->factory && !d->offline && cli_has_sheet(ctx) &&
        ctx->settings_trouble.status == CXLOG_OK)
        d->no_sync.status = cli_exec_sync(ctx, &d->no_sync);
    doctor_machine(d);
    doctor_settings(d);
    doctor_store(d);
    doctor_google(d);
    doctor_schedule(d);
    bool report = cli_args_has(&args, "report");
    if (ctx->json)
        status = print_json(d, report, err);
    else if (report)
        print_report(d);
    else
        status = print_text(d, err);
    if (status == CXLOG_OK)
        status = cli_out_end(err);
    if (status == CXLOG_OK)
        status = outcome(d); /* said above, line by line */
    free(d);
    return status;
}
