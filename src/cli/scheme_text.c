#include "cli/scheme_view.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <cxlog/text.h>
#include <cxlog/wall.h>

cxlog_status cli_value_path(char **out, const char *parent, const char *name,
                            cxlog_error *err)
{
    parent = parent ? parent : "";
    name = name ? name : "";
    size_t size = strlen(parent) + strlen(name) + 2;
    char *path = malloc(size);
    if (!path)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    (void)snprintf(path, size, "%s%s%s", parent, parent[0] != '\0' ? "/" : "", name);
    *out = path;
    return CXLOG_OK;
}

static const char *or_blank(const char *text)
{
    return text ? text : "";
}

json_t *cli_event_json(const cxlog_event *event)
{
    char at[CXLOG_WALL_TEXT];
    char from[CXLOG_WALL_TEXT];
    const char *day =
        event->from == CXLOG_NO_DAY ? NULL : cxlog_day_text(from, event->from);
    return json_pack("{s:i, s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s?, s:s, s:s, s:s}",
                     "schema", 1, "number", (json_int_t)event->number, "at",
                     cxlog_wall_iso(at, event->at), "author", or_blank(event->author),
                     "action", cxlog_action_word(event->action), "dim",
                     cxlog_dim_word(event->dim), "name", or_blank(event->name), "parent",
                     or_blank(event->parent), "code", or_blank(event->code), "from", day,
                     "target", or_blank(event->target), "reason", or_blank(event->reason),
                     "chain", event->chain);
}

cxlog_status cli_out_events(const cxlog_event *events, size_t count, cxlog_error *err)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++) {
        if (json_array_append_new(array, cli_event_json(&events[i])) != 0) {
            json_decref(array);
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        }
    }
    return cli_out_json_take(array, err);
}

/* What was done, in words; the target where the action has one. */
static void put_action(FILE *stream, const cxlog_event *event, const char *target)
{
    switch (event->action) {
    case CXLOG_ACTION_ADD:
        (void)fprintf(stream, "%s", _("added"));
        break;
    case CXLOG_ACTION_ALIAS:
        (void)fprintf(stream, _("is also called %s"), target);
        break;
    case CXLOG_ACTION_RETIRE:
        (void)fprintf(stream, "%s", _("takes no more records"));
        break;
    case CXLOG_ACTION_RENAME:
        (void)fprintf(stream, _("is called %s"), target);
        break;
    case CXLOG_ACTION_MERGE:
        (void)fprintf(stream, _("goes into %s"), target);
        break;
    case CXLOG_ACTION_SPLIT:
        (void)fprintf(stream, _("is split into %s"), target);
        break;
    case CXLOG_ACTION_WITHDRAW:
        (void)fprintf(stream, _("keeps its name: event %s is withdrawn"), target);
        break;
    case CXLOG_ACTION_COUNT:
        break;
    }
}

static void put_event(FILE *stream, const cxlog_event *event, const char *path)
{
    char day[CXLOG_WALL_TEXT];
    CXLOG_AUTO_TEXT shown = cxlog_text_escape(path, true);
    CXLOG_AUTO_TEXT target = cxlog_text_escape(or_blank(event->target), true);
    CXLOG_AUTO_TEXT code = cxlog_text_escape(or_blank(event->code), true);
    (void)fprintf(stream, "#%lld %s %s ", (long long)event->number,
                  _(cxlog_dim_word(event->dim)), or_blank(shown));
    put_action(stream, event, or_blank(target));
    if (event->dim == CXLOG_DIM_FIELD && event->action == CXLOG_ACTION_ADD)
        (void)fprintf(stream, " (%s)", or_blank(target));
    else if (code && code[0] != '\0')
        (void)fprintf(stream, " (%s)", code);
    if (event->from != CXLOG_NO_DAY)
        (void)fprintf(stream, _(" from %s on"), cxlog_day_text(day, event->from));
}

cxlog_status cli_event_text(char **out, const cxlog_event *event, cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO_TEXT path = NULL;
    cxlog_status status = cli_value_path(&path, event->parent, event->name, err);
    if (status != CXLOG_OK)
        return status;
    size_t size = 0;
    FILE *stream = open_memstream(out, &size);
    if (!stream)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    put_event(stream, event, path);
    return cli_text_end(stream, out, true, err);
}
