#include "cli/scheme_view.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <cxlog/period.h>
#include <cxlog/report.h>
#include <cxlog/wall.h>

#define COLUMNS 6

/* The scheme as asked for: now, or as it was known on a day. */
typedef struct lister {
    const cli_scheme_call *call;
    cxlog_scheme *scheme; /* owned */
    cxlog_event *events;  /* owned; for the dates of additions */
    size_t event_count;
    cxlog_day day;
    bool all; /* retired ones too */
} lister;

static void lister_clear(lister *l)
{
    cxlog_scheme_free(l->scheme);
    cxlog_events_free(l->events, l->event_count);
}
CXLOG_AUTO_VALUE_DEFINE(lister, lister_clear);

static cxlog_status load(lister *l, cxlog_error *err)
{
    const cli_ctx *ctx = l->call->ctx;
    const char *at = cli_args_get(l->call->args, "at");
    cxlog_period period = {.to = ctx->today};
    cxlog_status status =
        at ? cxlog_period_parse(&period, at, ctx->today, err) : CXLOG_OK;
    if (status == CXLOG_OK)
        status = cxlog_store_events(ctx->store, 1, INT64_MAX, &l->events, &l->event_count,
                                    err);
    if (status != CXLOG_OK)
        return status;
    l->day = period.to;
    return at ? cxlog_scheme_as_of(&l->scheme, l->events, l->event_count, l->day, err)
              : cxlog_store_scheme(ctx->store, &l->scheme, err);
}

static bool begun(const lister *l, const cxlog_value *value)
{
    return value->from == CXLOG_NO_DAY || value->from <= l->day;
}

static bool retired(const lister *l, const cxlog_value *value)
{
    return value->retired_from != CXLOG_NO_DAY && value->retired_from <= l->day;
}

static bool shown(const lister *l, const cxlog_value *value)
{
    return value->dim == l->call->dim && (l->all || !retired(l, value));
}

static const cxlog_event *event_of(const lister *l, int64_t number)
{
    return number >= 1 && (uint64_t)number <= l->event_count ? &l->events[number - 1]
                                                             : NULL;
}

static const char *since_text(char buffer[CXLOG_WALL_TEXT], const lister *l,
                              const cxlog_value *value)
{
    const cxlog_event *event = event_of(l, value->added_by);
    if (value->from != CXLOG_NO_DAY)
        return cxlog_day_text(buffer, value->from);
    return event ? cxlog_day_text(buffer, cxlog_day_of(event->at)) : "";
}

/* ---- for people ---- */

static cxlog_status start_text(FILE **stream, char **text, size_t *size, cxlog_error *err)
{
    *text = NULL;
    *stream = open_memstream(text, size);
    return *stream ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static bool is_detail_of(const lister *l, const cxlog_value *detail,
                         const cxlog_value *category)
{
    return detail->parent[0] != '\0' && shown(l, detail) &&
           strcmp(cxlog_scheme_parent(l->scheme, detail, l->day), category->name) == 0;
}

/* A category's details, or what a field takes. */
static cxlog_status content_text(char **out, const lister *l, const cxlog_value *value,
                                 cxlog_error *err)
{
    size_t size;
    FILE *stream;
    cxlog_status status = start_text(&stream, out, &size, err);
    if (status != CXLOG_OK)
        return status;
    bool first = true;
    (void)fputs(value->kind ? value->kind : "", stream);
    for (size_t i = 0; i < cxlog_scheme_count(l->scheme); i++) {
        const cxlog_value *detail = cxlog_scheme_at(l->scheme, i);
        if (value->parent[0] != '\0' || !is_detail_of(l, detail, value))
            continue;
        (void)fprintf(stream, "%s%s", first ? "" : ", ", detail->name);
        first = false;
    }
    return cli_text_end(stream, out, true, err);
}

static cxlog_status aliases_text(char **out, const cxlog_value *value, cxlog_error *err)
{
    size_t size;
    FILE *stream;
    cxlog_status status = start_text(&stream, out, &size, err);
    if (status != CXLOG_OK)
        return status;
    for (char **alias = value->aliases; alias && *alias; alias++)
        (void)fprintf(stream, "%s%s", alias == value->aliases ? "" : ", ", *alias);
    return cli_text_end(stream, out, true, err);
}

static void put_change(FILE *stream, const cli_ctx *ctx, const cxlog_value *value,
                       const char *date)
{
    const char *successor = value->successor ? value->successor : "";
    switch (value->retired_how) {
    case CXLOG_ACTION_RENAME:
        (void)fprintf(stream, cli_word(ctx, N_("called %s from %s on")), successor, date);
        break;
    case CXLOG_ACTION_MERGE:
        (void)fprintf(stream, cli_word(ctx, N_("goes into %s from %s on")), successor,
                      date);
        break;
    case CXLOG_ACTION_SPLIT:
        (void)fprintf(stream, cli_word(ctx, N_("split into %s from %s on")), successor,
                      date);
        break;
    case CXLOG_ACTION_ADD:
    case CXLOG_ACTION_ALIAS:
    case CXLOG_ACTION_RETIRE:
    case CXLOG_ACTION_WITHDRAW:
    case CXLOG_ACTION_COUNT:
        (void)fprintf(stream, cli_word(ctx, N_("no records from %s on")), date);
        break;
    }
}

/* What is planned for it, or has become of it; the event's number is what `withdraw`
 * wants. */
static cxlog_status fate_text(char **out, const lister *l, const cxlog_value *value,
                              cxlog_error *err)
{
    size_t size;
    FILE *stream;
    const cli_ctx *ctx = l->call->ctx;
    char date[CXLOG_WALL_TEXT];
    cxlog_status status = start_text(&stream, out, &size, err);
    if (status != CXLOG_OK)
        return status;
    if (!begun(l, value))
        (void)fprintf(stream, cli_word(ctx, N_("planned for %s")),
                      cxlog_day_text(date, value->from));
    if (value->retired_from != CXLOG_NO_DAY) {
        if (!begun(l, value))
            (void)fputs("; ", stream);
        put_change(stream, ctx, value, cxlog_day_text(date, value->retired_from));
        if (!retired(l, value))
            (void)fprintf(stream, cli_word(ctx, N_(" (planned, event #%lld)")),
                          (long long)value->retired_by);
    }
    return cli_text_end(stream, out, true, err);
}

/* Details stand in their category's row; with --all each also by itself, as what became
 * of it is its own. */
static bool has_row(const lister *l, const cxlog_value *value)
{
    return shown(l, value) && (value->parent[0] == '\0' || l->all ||
                               value->retired_from != CXLOG_NO_DAY || !begun(l, value));
}

static cxlog_status put_row(cxlog_table *table, const lister *l, const cxlog_value *value,
                            cxlog_error *err)
{
    char since[CXLOG_WALL_TEXT];
    CXLOG_AUTO_TEXT path = NULL;
    CXLOG_AUTO_TEXT content = NULL;
    CXLOG_AUTO_TEXT aliases = NULL;
    CXLOG_AUTO_TEXT fate = NULL;
    const char *parent = cxlog_scheme_parent(l->scheme, value, l->day);
    cxlog_status status = cli_value_path(&path, parent, value->name, err);
    if (status == CXLOG_OK)
        status = content_text(&content, l, value, err);
    if (status == CXLOG_OK)
        status = aliases_text(&aliases, value, err);
    if (status == CXLOG_OK)
        status = fate_text(&fate, l, value, err);
    if (status != CXLOG_OK)
        return status;
    const char *cells[COLUMNS] = {path,    value->code ? value->code : "", content,
                                  aliases, since_text(since, l, value),    fate};
    /* Channels and regions have no content. */
    const char *bare[COLUMNS - 1] = {cells[0], cells[1], cells[3], cells[4], cells[5]};
    bool two = l->call->dim == CXLOG_DIM_CATEGORY || l->call->dim == CXLOG_DIM_FIELD;
    return cxlog_table_row(table, two ? cells : bare, err);
}

static cxlog_status start_table(cxlog_table **out, const lister *l, cxlog_error *err)
{
    const cli_ctx *ctx = l->call->ctx;
    bool categories = l->call->dim == CXLOG_DIM_CATEGORY;
    bool fields = l->call->dim == CXLOG_DIM_FIELD;
    cxlog_column_spec columns[COLUMNS] = {
        {cli_word(ctx, N_("name")), CXLOG_ALIGN_LEFT, true, 0},
        {cli_word(ctx, N_("code")), CXLOG_ALIGN_LEFT, true, 0}};
    size_t count = 2;
    if (categories || fields)
        columns[count++] =
            (cxlog_column_spec){cli_word(ctx, categories ? N_("details") : N_("kind")),
                                CXLOG_ALIGN_LEFT, true, 0};
    columns[count++] =
        (cxlog_column_spec){cli_word(ctx, N_("aliases")), CXLOG_ALIGN_LEFT, true, 2};
    columns[count++] =
        (cxlog_column_spec){cli_word(ctx, N_("since")), CXLOG_ALIGN_LEFT, false, 1};
    columns[count++] =
        (cxlog_column_spec){cli_word(ctx, N_("changes")), CXLOG_ALIGN_LEFT, true, 0};
    return cxlog_table_new(out, columns, count, err);
}

static cxlog_status print_list(const lister *l, cxlog_error *err)
{
    const cli_ctx *ctx = l->call->ctx;
    CXLOG_AUTO(cxlog_table) *table = NULL;
    CXLOG_AUTO_TEXT text = NULL;
    size_t rows = 0;
    cxlog_status status = start_table(&table, l, err);
    for (size_t i = 0; status == CXLOG_OK && i < cxlog_scheme_count(l->scheme); i++) {
        const cxlog_value *value = cxlog_scheme_at(l->scheme, i);
        if (!has_row(l, value))
            continue;
        status = put_row(table, l, value, err);
        rows++;
    }
    if (status == CXLOG_OK && rows == 0 && !ctx->plain) {
        cli_say(ctx, _("none yet: cxlog %s add NAME\n"), ctx->cmd->name);
        return CXLOG_OK;
    }
    if (status == CXLOG_OK)
        status = cli_table_text(&text, ctx, table, err);
    if (status != CXLOG_OK)
        return status;
    cli_out_text(text);
    if (!ctx->plain)
        cli_say(ctx, _("scheme v%lld\n"), (long long)cxlog_scheme_version(l->scheme));
    return CXLOG_OK;
}

/* ---- for machines ---- */

static json_t *day_json(cxlog_day day)
{
    char text[CXLOG_WALL_TEXT];
    return day == CXLOG_NO_DAY ? json_null() : json_string(cxlog_day_text(text, day));
}

static json_t *aliases_json(const cxlog_value *value)
{
    json_t *array = json_array();
    for (char **alias = value->aliases; alias && *alias; alias++)
        (void)json_array_append_new(array, json_string(*alias));
    return array;
}

static json_t *value_json(const lister *l, const cxlog_value *value)
{
    char since[CXLOG_WALL_TEXT];
    bool changes = value->retired_from != CXLOG_NO_DAY;
    const char *how = changes ? cxlog_action_word(value->retired_how) : NULL;
    const char *state = !begun(l, value)    ? "planned"
                        : retired(l, value) ? "retired"
                                            : "in use";
    return json_pack(
        "{s:s, s:s, s:s, s:o, s:s, s:s, s:o, s:o, s:s?, s:s, s:o, s:s}", "name",
        value->name, "parent", cxlog_scheme_parent(l->scheme, value, l->day), "code",
        value->code ? value->code : "", "aliases", aliases_json(value), "state", state,
        "since", since_text(since, l, value), "from", day_json(value->from),
        "retired_from", day_json(value->retired_from), "retired_how", how, "successor",
        value->successor ? value->successor : "", "event",
        changes ? json_integer((json_int_t)value->retired_by) : json_null(), "kind",
        value->kind ? value->kind : "");
}

static cxlog_status list_json(const lister *l, cxlog_error *err)
{
    json_t *values = json_array();
    bool good = values != NULL;
    for (size_t i = 0; good && i < cxlog_scheme_count(l->scheme); i++) {
        const cxlog_value *value = cxlog_scheme_at(l->scheme, i);
        if (shown(l, value))
            good = json_array_append_new(values, value_json(l, value)) == 0;
    }
    if (!good) {
        json_decref(values);
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    }
    json_t *answer = json_pack("{s:i, s:I, s:s, s:o}", "schema", 1, "version",
                               (json_int_t)cxlog_scheme_version(l->scheme), "dim",
                               cxlog_dim_word(l->call->dim), "values", values);
    return cli_out_json_take(answer, err);
}

cxlog_status cli_scheme_list(const cli_scheme_call *call, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(lister)
    l = {.call = call, .all = cli_args_has(call->args, "all")};
    if (call->count > 0)
        return cxlog_fail(err, CXLOG_ERR_USAGE,
                          "it is: cxlog %s list [--at DATE] [--all]",
                          call->ctx->cmd->name);
    cxlog_status status = load(&l, err);
    if (status == CXLOG_OK)
        status = call->ctx->json ? list_json(&l, err) : print_list(&l, err);
    return status == CXLOG_OK ? cli_out_end(err) : status;
}
