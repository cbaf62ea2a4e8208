#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <cxlog/report.h>
#include <cxlog/text.h>

#include "cli/commands.h"
#include "cli/versions.h"

#define HEADING_CELLS 10

/* ---- JSON ---- */

static cxlog_status add_json(void *user, cxlog_record *record, cxlog_error *err)
{
    json_t *history = user;
    json_t *object = cli_record_object(record);
    bool from_sheet = false;
    for (size_t i = 0; i < json_array_size(history) && !from_sheet; i++) {
        const json_t *earlier = json_object_get(json_array_get(history, i), "id");
        from_sheet = cxlog_is_adoption(&record->entry, json_string_value(earlier));
    }
    if (from_sheet) /* somebody changed the row by hand, and close took that over */
        (void)json_object_set_new(object, "author", json_string(CXLOG_SHEET_AUTHOR));
    if (json_array_append_new(history, object) == 0)
        return CXLOG_OK;
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static cxlog_status show_json(cli_ctx *ctx, const cxlog_record *record, cxlog_error *err)
{
    json_t *history = json_array();
    cxlog_status status = cli_versions(ctx, record->root, add_json, history, err);
    if (status != CXLOG_OK) {
        json_decref(history);
        return status;
    }
    json_t *object = cli_record_object(record);
    if (!object)
        json_decref(history);
    else
        (void)json_object_set_new(object, "history", history);
    return cli_out_json_take(object, err);
}

/* ---- one line a field ---- */

/* --plain: key, tab, value, on one line. */
static void plain_row(const char *key, const char *text)
{
    CXLOG_AUTO_TEXT name = cxlog_plain_cell(key);
    CXLOG_AUTO_TEXT value = cxlog_plain_cell(text);
    cli_out("%s\t%s\n", name ? name : "?", value ? value : "?");
}

static void row(const char *heading, const char *text, bool one_line)
{
    CXLOG_AUTO_TEXT safe = cxlog_text_escape(text, one_line);
    cli_out_text(heading);
    size_t width = cxlog_text_width(heading, false);
    cli_out("%*s", width < HEADING_CELLS ? (int)(HEADING_CELLS - width) : 1, "");
    for (const char *at = safe ? safe : "?"; *at != '\0';) {
        size_t length = strcspn(at, "\n");
        cli_out("%.*s\n", (int)length, at);
        at += length + (at[length] == '\n');
        if (*at != '\0')
            cli_out("%*s", HEADING_CELLS, "");
    }
}

static void number_row(const cxlog_column_info *info, cxlog_column column, int64_t value,
                       bool plain)
{
    char buffer[CXLOG_WALL_TEXT], number[CLI_DURATION_TEXT];
    bool time = info->kind == CXLOG_KIND_TIME;
    (void)snprintf(number, sizeof number, "%lld", (long long)value);
    if (plain)
        plain_row(info->field, time ? cxlog_wall_iso(buffer, value) : number);
    else if (time)
        row(info->heading, cxlog_wall_text(buffer, value), true);
    else if (column == CXLOG_COL_HANDLE_S || column == CXLOG_COL_WAIT_S)
        row(info->heading, cli_duration_text(number, value), true);
    else
        row(info->heading, number, true);
}

static void column_row(const cxlog_entry *entry, cxlog_column column, bool plain)
{
    const cxlog_column_info *info = cxlog_column_get(column);
    const char *text = cxlog_entry_text(entry, column);
    if (info->kind == CXLOG_KIND_TIME || info->kind == CXLOG_KIND_NUMBER) {
        if (entry->number[column] != CXLOG_BLANK)
            number_row(info, column, entry->number[column], plain);
    } else if (text[0] != '\0' && plain) {
        plain_row(info->field, text);
    } else if (text[0] != '\0') {
        row(info->heading, text, info->kind != CXLOG_KIND_NOTE);
    }
}

static void field_rows(const cxlog_entry *entry, bool plain)
{
    for (size_t i = 0; i < entry->extra_count; i++) {
        char key[CXLOG_BY_FIELD_SIZE + sizeof "field:"];
        (void)snprintf(key, sizeof key, "field:%.*s", CXLOG_BY_FIELD_SIZE - 1,
                       entry->extra[i].name);
        if (plain)
            plain_row(key, entry->extra[i].value);
        else
            row(entry->extra[i].name, entry->extra[i].value, true);
    }
}

/* The members that --json has of them. */
static void plain_state(const cxlog_record *record)
{
    char number[24];
    (void)snprintf(number, sizeof number, "%lld", (long long)record->number);
    plain_row("number", number);
    plain_row("state", cxlog_state_name(record->state));
    (void)snprintf(number, sizeof number, "%lld", (long long)record->row);
    plain_row("row", number);
    plain_row("reason", record->reason ? record->reason : "");
    plain_row("edited", record->edited ? "true" : "false");
    plain_row("effective", record->effective ? "true" : "false");
}

static const char *state_text(cxlog_state state)
{
    switch (state) {
    case CXLOG_STATE_PENDING:
        return _("waits to be sent");
    case CXLOG_STATE_UNKNOWN:
        return _("sent, answer not known yet");
    case CXLOG_STATE_SENT:
        return _("sent, not seen in the sheet yet");
    case CXLOG_STATE_CONFIRMED:
        return _("in the sheet");
    case CXLOG_STATE_QUARANTINED:
        return _("refused by Google");
    }
    return "";
}

static void state_rows(const cxlog_record *record)
{
    char text[256];
    (void)snprintf(text, sizeof text, "#%lld", (long long)record->number);
    row(_("number"), text, true);
    if (record->row > 0)
        (void)snprintf(text, sizeof text, _("%s, row %lld"), state_text(record->state),
                       (long long)record->row);
    else
        (void)snprintf(text, sizeof text, "%s", state_text(record->state));
    row(_("state"), text, true);
    if (record->reason)
        row(_("reason"), record->reason, true);
    if (record->state == CXLOG_STATE_QUARANTINED && record->effective)
        row("", _("cxlog amend mends it, cxlog sync --retry sends it again as it is"),
            true);
    if (record->edited)
        row(_("note"), _("the sheet's row was edited by hand"), true);
    if (!record->effective)
        row(_("counts"), _("no: corrected or void"), true);
}

typedef struct history {
    const cli_ctx *ctx;
    cxlog_table *table; /* owned */
} history;

static void history_clear(history *h)
{
    cxlog_table_free(h->table);
}
CXLOG_AUTO_VALUE_DEFINE(history, history_clear);

static cxlog_status add_row(void *user, cxlog_record *record, cxlog_error *err)
{
    const history *h = user;
    char number[32], at[CXLOG_WALL_TEXT];
    CXLOG_AUTO_TEXT line = NULL;
    if (h->ctx->plain) /* its unit is a word of the language; handle_s has it */
        record->entry.number[CXLOG_COL_HANDLE_S] = CXLOG_BLANK;
    cxlog_status status = cli_record_line(&line, record, err);
    if (status != CXLOG_OK)
        return status;
    bool is_void;
    const char *target = cxlog_entry_target(&record->entry, &is_void);
    (void)snprintf(number, sizeof number, "#%lld", (long long)record->number);
    const char *cells[] = {number,
                           cxlog_wall_text(at, record->entry.number[CXLOG_COL_LOGGED_AT]),
                           cli_word(h->ctx, target[0] == '\0' ? N_("logged")
                                            : is_void         ? N_("void")
                                                              : N_("corrected")),
                           cxlog_entry_text(&record->entry, CXLOG_COL_AGENT), line};
    return cxlog_table_row(h->table, cells, err);
}

static cxlog_status show_history(cli_ctx *ctx, const char *root, cxlog_error *err)
{
    const cxlog_column_spec columns[] = {
        {.title = "#", .align = CXLOG_ALIGN_RIGHT},
        {.title = cli_word(ctx, N_("logged at"))},
        {.title = cli_word(ctx, N_("what"))},
        {.title = cli_word(ctx, N_("agent")), .shrinks = true},
        {.title = cli_word(ctx, N_("content")), .shrinks = true},
    };
    CXLOG_AUTO_VALUE(history) h = {.ctx = ctx};
    cxlog_status status = cxlog_table_new(&h.table, columns, 5, err);
    if (status == CXLOG_OK)
        status = cli_versions(ctx, root, add_row, &h, err);
    CXLOG_AUTO_TEXT text = NULL;
    if (status == CXLOG_OK)
        status = cli_table_text(&text, ctx, h.table, err);
    if (status == CXLOG_OK)
        cli_out("\n%s", text);
    return status;
}

cxlog_status cli_cmd_show(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status != CXLOG_OK)
        return status;
    if (args.word_count != 1)
        return cxlog_fail(err, CXLOG_ERR_USAGE, "show needs the ID of one record");
    CXLOG_AUTO_VALUE(cxlog_record) record;
    cxlog_record_init(&record);
    status = cxlog_store_find(ctx->store, args.words[0], &record, err);
    if (status != CXLOG_OK)
        return status;
    if (ctx->json) {
        status = show_json(ctx, &record, err);
        return status == CXLOG_OK ? cli_out_end(err) : status;
    }
    for (int i = 0; i < CXLOG_COLUMN_COUNT; i++) {
        if (i != CXLOG_COL_CHECKSUM)
            column_row(&record.entry, (cxlog_column)i, ctx->plain);
    }
    field_rows(&record.entry, ctx->plain);
    if (ctx->plain)
        plain_state(&record);
    else
        state_rows(&record);
    status = show_history(ctx, record.root, err);
    return status == CXLOG_OK ? cli_out_end(err) : status;
}
