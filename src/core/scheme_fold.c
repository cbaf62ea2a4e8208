/* The fold: one event more. What the rules refuse when an event is written is a
 * contradiction here. */
#include <inttypes.h>
#include <stdio.h>

#include <cxlog/entry.h>
#include <cxlog/scheme.h>
#include <cxlog/text.h>

#include "scheme_state.h"

static const char *blank_to_text(const char *text)
{
    return text ? text : "";
}

static cxlog_status contradiction(const cxlog_event *event, const char *why,
                                  cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    return cxlog_fail(err, CXLOG_ERR_TAMPERED,
                      "scheme event %" PRId64 " (%s %s) contradicts those before it: %s",
                      event->number, cxlog_action_word(event->action),
                      cxlog_quote(quoted, blank_to_text(event->name)), why);
}

/* Event texts come from a sheet that anyone may edit: what is not clean never becomes a
 * value. */
static cxlog_status check_clean(const cxlog_event *event, const char *name,
                                cxlog_error *err)
{
    CXLOG_AUTO_TEXT clean = NULL;
    cxlog_status status = cxlog_name_clean(&clean, name, "name", NULL);
    if (status == CXLOG_ERR_NOMEM)
        return cxlog_fail(err, status, "out of memory");
    if (status != CXLOG_OK || strcmp(clean, name) != 0)
        return contradiction(event, "a name, alias or code is not clean", err);
    return CXLOG_OK;
}

static cxlog_status check_code(const cxlog_event *event, const char *code,
                               cxlog_error *err)
{
    if (code[0] == '\0')
        return CXLOG_OK;
    cxlog_status status = check_clean(event, code, err);
    if (status == CXLOG_OK && cxlog_text_chars(code) > CXLOG_CODE_MAX)
        return contradiction(event, "its code is too long", err);
    return status;
}

typedef struct fold {
    cxlog_scheme *scheme;
    const cxlog_event *event;
    size_t under;
} fold;

static bool is_free(const fold *f, const char *word)
{
    return !cx_scheme_word(f->scheme, f->event->dim, f->under, word);
}

/* Add one value that begins on `from`. */
static cxlog_status add_value(const fold *f, const char *name, const char *code,
                              cxlog_day from, cxlog_error *err)
{
    const cxlog_event *event = f->event;
    cxlog_status status = check_clean(event, name, err);
    if (status == CXLOG_OK)
        status = check_code(event, code, err);
    if (status != CXLOG_OK)
        return status;
    if (!is_free(f, name))
        return contradiction(event, "that name is there already", err);
    if (code[0] != '\0' && !is_free(f, code))
        return contradiction(event, "that code is taken", err);
    CXLOG_AUTO_VALUE(cxlog_value) value = {0};
    status = cx_value_make(&value, event->dim, event->parent, name, code, err);
    if (status != CXLOG_OK)
        return status;
    value.added_by = event->number;
    value.from = from;
    return cx_scheme_insert_take(f->scheme, &value, err);
}

static int next_column(const cxlog_scheme *scheme)
{
    int column = CXLOG_COLUMN_COUNT;
    for (size_t i = 0; i < scheme->count; i++)
        column += scheme->nodes[i].value.dim == CXLOG_DIM_FIELD;
    return column;
}

static cxlog_status apply_add(const fold *f, cxlog_error *err)
{
    const cxlog_event *event = f->event;
    cxlog_status status = add_value(f, blank_to_text(event->name),
                                    blank_to_text(event->code), event->from, err);
    if (status != CXLOG_OK || event->dim != CXLOG_DIM_FIELD)
        return status;
    cxlog_scheme *scheme = f->scheme;
    int column = next_column(scheme) - 1;
    cxlog_value *field = &scheme->nodes[scheme->count - 1].value;
    free(field->kind);
    field->kind = strdup(blank_to_text(event->target));
    field->column = column;
    return field->kind ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static cxlog_status apply_alias(const fold *f, cx_node *node, cxlog_error *err)
{
    const char *alias = blank_to_text(f->event->target);
    cxlog_status status = check_clean(f->event, alias, err);
    if (status != CXLOG_OK)
        return status;
    if (!is_free(f, alias))
        return contradiction(f->event, "the alias is taken", err);
    return cx_scheme_alias(f->scheme, node, alias, err);
}

static cxlog_status apply_rename(const fold *f, size_t index, cxlog_error *err)
{
    /* First the index knows the former name, so that the new one joins its family. */
    cxlog_status status = cx_scheme_note_rename(f->scheme, &f->scheme->nodes[index], err);
    if (status != CXLOG_OK)
        return status;
    return add_value(f, blank_to_text(f->event->target), blank_to_text(f->event->code),
                     f->event->from, err);
}

static bool has_begun(const cx_node *node, const cxlog_event *event)
{
    return node->value.from == CXLOG_NO_DAY ||
           node->value.from <= cxlog_day_of(event->at);
}

static cxlog_status apply_merge(const fold *f, const cx_node *node, cxlog_error *err)
{
    const cx_node *into = cx_scheme_name(f->scheme, f->event->dim, f->under,
                                         blank_to_text(f->event->target));
    if (!into || into == node)
        return contradiction(f->event, "the name to merge into is not there", err);
    if (into->value.retired_by != 0 || !has_begun(into, f->event))
        return contradiction(f->event, "the name to merge into is not in use", err);
    return CXLOG_OK;
}

static cxlog_status apply_split(const fold *f, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_list) names = {0};
    CXLOG_AUTO_VALUE(cx_list) codes = {0};
    cxlog_status status = cx_list_split(&names, f->event->target, err);
    if (status == CXLOG_OK)
        status = cx_list_split(&codes, f->event->code, err);
    for (size_t i = 0; status == CXLOG_OK && i < names.count; i++) {
        const cx_node *there =
            cx_scheme_name(f->scheme, f->event->dim, f->under, names.items[i]);
        if (there && there->value.retired_by == 0 && has_begun(there, f->event))
            continue;
        status = add_value(f, names.items[i], i < codes.count ? codes.items[i] : "",
                           f->event->from, err);
    }
    return status;
}

bool cx_half_begins(cxlog_day day)
{
    int year, month, mday;
    cxlog_day_civil(day, &year, &month, &mday);
    return mday == 1 && (month == 1 || month == 7);
}

static cxlog_status retire(const fold *f, size_t index, cxlog_error *err)
{
    const cxlog_event *event = f->event;
    cxlog_value *value = &f->scheme->nodes[index].value;
    if (event->action != CXLOG_ACTION_RETIRE) {
        char *successor = strdup(blank_to_text(event->target));
        if (!successor)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        free(value->successor);
        value->successor = successor;
    }
    value->retired_by = event->number;
    value->retired_how = event->action;
    value->retired_from =
        event->from == CXLOG_NO_DAY ? cxlog_day_of(event->at) : event->from;
    return CXLOG_OK;
}

/* Retire, rename, merge and split: each ends the name's time; what follows it differs. */
static cxlog_status apply_change(const fold *f, cx_node *node, cxlog_error *err)
{
    const cxlog_event *event = f->event;
    if (node->value.retired_by != 0)
        return contradiction(event, "it was retired before", err);
    if (!has_begun(node, event))
        return contradiction(event, "it has not begun", err);
    if (event->from != CXLOG_NO_DAY &&
        (event->from <= cxlog_day_of(event->at) || !cx_half_begins(event->from)))
        return contradiction(event, "its day is no coming 1 January or 1 July", err);
    if (event->dim == CXLOG_DIM_FIELD && event->action != CXLOG_ACTION_RETIRE)
        return contradiction(event, "a team field keeps its name", err);
    size_t index = (size_t)(node - f->scheme->nodes);
    cxlog_status status = CXLOG_OK;
    if (event->action == CXLOG_ACTION_MERGE)
        status = apply_merge(f, node, err);
    if (status == CXLOG_OK)
        status =
            retire(f, index, err); /* before names are added: they may move the nodes */
    if (status == CXLOG_OK && event->action == CXLOG_ACTION_RENAME)
        status = apply_rename(f, index, err);
    if (status == CXLOG_OK && event->action == CXLOG_ACTION_SPLIT)
        status = apply_split(f, err);
    return status;
}

static bool has_details(const cxlog_scheme *scheme, const cxlog_value *category)
{
    for (size_t i = 0; category->parent[0] == '\0' && i < scheme->count; i++)
        if (scheme->nodes[i].value.dim == category->dim &&
            strcmp(scheme->nodes[i].value.parent, category->name) == 0)
            return true;
    return false;
}

/* A name that has not begun yet may go as if it had never been, unless something stands
 * on it. */
static bool may_go(const cxlog_scheme *scheme, int64_t number, const cx_node *origin)
{
    for (size_t i = 0; i < scheme->count; i++) {
        const cxlog_value *value = &scheme->nodes[i].value;
        if (value->added_by != number || &scheme->nodes[i] == origin)
            continue;
        if (value->aliases || value->retired_by != 0 || has_details(scheme, value))
            return false;
    }
    return true;
}

static cxlog_status apply_withdraw(const fold *f, cxlog_error *err)
{
    const cxlog_event *event = f->event;
    char *end = NULL;
    const char *text = blank_to_text(event->target);
    int64_t number = (int64_t)strtoll(text, &end, 10);
    cx_node *node =
        *end == '\0' && number > 0 ? cx_scheme_retired_by(f->scheme, number) : NULL;
    if (!node || node->value.dim != event->dim)
        return contradiction(event, "there is no such planned change", err);
    if (node->value.retired_from <= cxlog_day_of(event->at))
        return contradiction(event, "that change had taken effect", err);
    if (!may_go(f->scheme, number, node))
        return contradiction(event, "the planned name is in use", err);
    node->value.retired_by = 0;
    node->value.retired_from = CXLOG_NO_DAY;
    node->value.retired_how = CXLOG_ACTION_ADD;
    node->value.successor[0] = '\0';
    return cx_scheme_drop(f->scheme, number, node, err);
}

static cxlog_status apply_action(const fold *f, cxlog_error *err)
{
    if (f->event->action == CXLOG_ACTION_ADD)
        return apply_add(f, err);
    if (f->event->action == CXLOG_ACTION_WITHDRAW)
        return apply_withdraw(f, err);
    cx_node *node =
        cx_scheme_name(f->scheme, f->event->dim, f->under, blank_to_text(f->event->name));
    if (!node)
        return contradiction(f->event, "there is no such name", err);
    if (f->event->action == CXLOG_ACTION_ALIAS)
        return apply_alias(f, node, err);
    return apply_change(f, node, err);
}

cxlog_status cxlog_scheme_apply(cxlog_scheme *scheme, const cxlog_event *event,
                                cxlog_error *err)
{
    if (event->number != scheme->version + 1)
        return contradiction(event, "its number does not follow", err);
    fold f = {.scheme = scheme, .event = event};
    if (event->parent && event->parent[0] != '\0' && event->dim != CXLOG_DIM_CATEGORY)
        return contradiction(event, "only categories have details", err);
    if (!cx_scheme_family(scheme, event->dim, event->parent, &f.under))
        return contradiction(event, "its category is not there", err);
    cxlog_status status = apply_action(&f, err);
    if (status == CXLOG_OK)
        scheme->version = event->number;
    return status;
}

cxlog_status cxlog_scheme_as_of(cxlog_scheme **out, const cxlog_event *events,
                                size_t count, cxlog_day day, cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    cxlog_status status = cxlog_scheme_new(&scheme, err);
    /* A prefix, not a choice: with two clocks apart an event may stand on one of a later
     * time. */
    for (size_t i = 0; status == CXLOG_OK && i < count; i++) {
        if (cxlog_day_of(events[i].at) > day)
            break;
        status = cxlog_scheme_apply(scheme, &events[i], err);
    }
    if (status == CXLOG_OK)
        *out = CXLOG_TAKE(scheme);
    return status;
}
