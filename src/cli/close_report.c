#include "cli/close_view.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <cxlog/text.h>

json_t *cli_sync_object(const cxlog_sync_result *r)
{
    return json_pack(
        "{s:i, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:{s:I, s:I, s:I}}",
        "schema", 1, "pushed", (json_int_t)r->pushed, "pulled", (json_int_t)r->pulled,
        "confirmed", (json_int_t)r->confirmed, "pending", (json_int_t)r->pending,
        "unknown", (json_int_t)r->unknown, "quarantined", (json_int_t)r->quarantined,
        "missing", (json_int_t)r->missing, "edited", (json_int_t)r->edited, "duplicate",
        (json_int_t)r->duplicate, "foreign", (json_int_t)r->foreign, "scheme_version",
        (json_int_t)r->scheme_version, "requests", "token", (json_int_t)r->requests.token,
        "read", (json_int_t)r->requests.read, "write", (json_int_t)r->requests.write);
}

/* ---- findings ---- */

static const char *fate_word(cxlog_fate fate)
{
    switch (fate) {
    case CXLOG_FATE_LEFT:
        return "left";
    case CXLOG_FATE_TAKEN:
        return "taken";
    case CXLOG_FATE_GIVEN:
        return "given";
    case CXLOG_FATE_RESTORED:
        break;
    }
    return "restored";
}

static json_t *fields_array(uint32_t columns)
{
    json_t *fields = json_array();
    for (int i = 0; i <= CXLOG_COLUMN_COUNT; i++) {
        if ((columns & (UINT32_C(1) << i)) == 0)
            continue;
        const char *name =
            i == CXLOG_COLUMN_COUNT ? "fields" : cxlog_column_get((cxlog_column)i)->field;
        (void)json_array_append_new(fields, json_string(name));
    }
    return fields;
}

static json_t *finding_object(const cxlog_finding *finding)
{
    const char *id = finding->id[0] ? finding->id : NULL;
    const char *new_id =
        finding->fate != CXLOG_FATE_LEFT && finding->new_id[0] ? finding->new_id : NULL;
    json_t *object =
        json_pack("{s:s, s:o, s:s?, s:s, s:s?, s:s?, s:b, s:b, s:b, s:o}", "kind",
                  cxlog_finding_word(finding->kind), "row",
                  finding->row > 0 ? json_integer(finding->row) : json_null(), "id", id,
                  "fate", fate_word(finding->fate), "new_id", new_id, "reason",
                  finding->reason[0] ? finding->reason : NULL, "mine", (int)finding->mine,
                  "formula", (int)finding->formula, "unknown_agent",
                  (int)finding->unknown_agent, "fields", fields_array(finding->columns));
    if (new_id && finding->kind != CXLOG_FOUND_TYPED)
        (void)json_object_set_new(object, "author", json_string(CXLOG_SHEET_AUTHOR));
    return object;
}

static json_t *names_array(const char names[][CXLOG_SUGGESTION_MAX], size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        (void)json_array_append_new(array, json_string(names[i]));
    return array;
}

bool cli_check_object(json_t *object, const cxlog_check *check)
{
    json_t *findings = json_array();
    for (size_t i = 0; i < check->count; i++)
        (void)json_array_append_new(findings, finding_object(&check->findings[i]));
    json_t *mixed =
        check->mixed < 0
            ? json_null()
            : json_string(cxlog_column_get((cxlog_column)check->mixed)->field);
    json_t *more = json_pack(
        "{s:I, s:I, s:I, s:I, s:o, s:b, s:o, s:o, s:o}", "rows", (json_int_t)check->rows,
        "typed", (json_int_t)check->counts[CXLOG_FOUND_TYPED], "other",
        (json_int_t)check->counts[CXLOG_FOUND_OTHER], "unreadable",
        (json_int_t)check->counts[CXLOG_FOUND_UNREADABLE], "mixed", mixed, "many",
        (int)check->many, "outside", names_array(check->outside, check->outside_count),
        "unknown_agents", names_array(check->agents, check->agent_count), "findings",
        findings);
    bool good = object && more && json_object_update(object, more) == 0;
    json_decref(more);
    return good;
}

json_t *cli_alerts_array(const cxlog_alert *alerts, size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        (void)json_array_append_new(
            array, json_pack("{s:s, s:I, s:f, s:f, s:i}", "name", alerts[i].name, "count",
                             (json_int_t)alerts[i].count, "ratio", alerts[i].ratio,
                             "factor", alerts[i].factor, "weeks", alerts[i].weeks));
    return array;
}

/* ---- for people ---- */

static const char *kind_text(cxlog_finding_kind kind)
{
    static const char *const texts[CXLOG_FOUND_KIND_COUNT] = {
        N_("edited by hand"), N_("missing in the sheet"), N_("twice in the sheet"),
        N_("typed by hand"),  N_("no contact"),           N_("cannot be read")};
    return _(texts[kind]);
}

static const char *fate_text(const cxlog_finding *finding)
{
    switch (finding->fate) {
    case CXLOG_FATE_LEFT:
        break;
    case CXLOG_FATE_TAKEN:
        if (finding->kind != CXLOG_FOUND_MISSING)
            return _("taken over as a correction");
        return finding->superseded ? _("not missed any more, its correction counts")
                                   : _("taken out of the totals");
    case CXLOG_FATE_GIVEN:
        return _("given an ID");
    case CXLOG_FATE_RESTORED:
        return _("put back");
    }
    return finding->reason;
}

static void print_fields(uint32_t columns)
{
    for (int i = 0; i < CXLOG_COLUMN_COUNT; i++) {
        if ((columns & (UINT32_C(1) << i)) != 0)
            cli_out(" %s", cxlog_column_get((cxlog_column)i)->heading);
    }
}

static void print_finding(const cxlog_finding *finding)
{
    cli_out("  %s", kind_text(finding->kind));
    if (finding->row > 0)
        cli_out(_(" · row %lld"), (long long)finding->row);
    const char *id = finding->id[0] ? finding->id : finding->new_id;
    if (id[0])
        cli_out(" · %s", id);
    print_fields(finding->columns);
    if (finding->formula)
        cli_out(" · %s", _("formula"));
    CXLOG_AUTO_TEXT safe = cxlog_text_escape(fate_text(finding), true);
    if (safe && safe[0])
        cli_out(" · %s", safe);
    cli_out("\n");
}

static void print_names(const char *what, const char names[][CXLOG_SUGGESTION_MAX],
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        CXLOG_AUTO_TEXT safe = cxlog_text_escape(names[i], true);
        cli_out("  %s: %s\n", what, safe ? safe : "?");
    }
}

void cli_check_print(const cxlog_check *check)
{
    if (check->mixed >= 0)
        cli_out(_("  column %s was sorted or moved without the others\n"),
                cxlog_column_get((cxlog_column)check->mixed)->heading);
    int64_t told = check->counts[CXLOG_FOUND_OTHER];
    for (size_t i = 0; i < check->count; i++) {
        if (check->findings[i].kind != CXLOG_FOUND_OTHER)
            print_finding(&check->findings[i]);
        told += check->findings[i].kind != CXLOG_FOUND_OTHER;
    }
    int64_t all = 0;
    for (int i = 0; i < CXLOG_FOUND_KIND_COUNT; i++)
        all += check->counts[i];
    if (all > told)
        cli_out(_("  … and %lld more\n"), (long long)(all - told));
    print_names(_("unknown agent"), check->agents, check->agent_count);
}

void cli_alerts_print(const cli_ctx *ctx, const cxlog_alert *alerts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool total = strcmp(alerts[i].name, "total") == 0;
        CXLOG_AUTO_TEXT safe = cxlog_text_escape(alerts[i].name, true);
        cli_out("%s", cli_style(ctx, stdout, "warn"));
        cli_out(_("! %s: %lld in the last 7 days, %.1f times the average of %d weeks "
                  "(limit %.1f)"),
                total  ? _("total")
                : safe ? safe
                       : "?",
                (long long)alerts[i].count, alerts[i].ratio, alerts[i].weeks,
                alerts[i].factor);
        cli_out("%s\n", cli_style(ctx, stdout, "reset"));
    }
}
