/* The rules for retiring, renaming, merging and splitting, and for withdrawing such a
 * plan. */
#include <inttypes.h>
#include <stdio.h>

#include <cxlog/scheme.h>
#include <cxlog/text.h>

#include "scheme_state.h"

/* The next 1 January or 1 July after a day. */
static cxlog_day next_half(cxlog_day day)
{
    int year, month, mday;
    cxlog_day_civil(day, &year, &month, &mday);
    return month < 7 ? cxlog_day_make(year, 7, 1) : cxlog_day_make(year + 1, 1, 1);
}

static cxlog_status fail_day(const cx_case *c, cxlog_error *err)
{
    const cxlog_proposal *p = c->proposal;
    char date[CXLOG_WALL_TEXT];
    char name[CXLOG_QUOTE_MAX];
    char path[CX_PATH_SIZE];
    char half[16];
    int year, month, mday;
    cxlog_day next = next_half(c->today);
    cxlog_day_civil(next, &year, &month, &mday);
    (void)snprintf(half, sizeof half, "%d-H%d", year, month < 7 ? 1 : 2);
    (void)cxlog_fail(
        err, CXLOG_ERR_VALUE,
        "%s %s can change only from a coming 1 January or 1 July, so that past "
        "totals stay comparable: plan it for %s",
        cx_dim_noun(p->dim), cxlog_quote(name, c->event->name),
        cxlog_day_text(date, next));
    bool targeted = p->action != CXLOG_ACTION_RETIRE && p->target;
    const char *const words[] = {
        "cxlog",
        cxlog_dim_word(p->dim),
        cxlog_action_word(p->action),
        cx_path(path, c->event->parent, c->event->name),
        targeted ? p->target : "--from",
        targeted ? "--from" : half,
        targeted ? half : "--reason",
        targeted ? "--reason" : (c->event->reason ? c->event->reason : "…"),
        targeted ? (c->event->reason ? c->event->reason : "…") : NULL,
        NULL,
    };
    cx_suggest_command(err, words);
    return CXLOG_ERR_VALUE;
}

/* A used name changes at a half-year, planned and with a reason; an unused one may also
 * change at once. */
static cxlog_status check_day(const cx_case *c, cxlog_error *err)
{
    const cxlog_proposal *p = c->proposal;
    if (p->from == CXLOG_NO_DAY ? p->used
                                : p->from <= c->today || !cx_half_begins(p->from))
        return fail_day(c, err);
    if (p->used && !c->event->reason)
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "a change of a %s in use needs its reason: --reason",
                          cx_dim_noun(p->dim));
    return CXLOG_OK;
}

static cxlog_status fail_planned(const cxlog_value *value, cxlog_error *err)
{
    char date[CXLOG_WALL_TEXT];
    char name[CXLOG_QUOTE_MAX];
    char number[24];
    (void)snprintf(number, sizeof number, "%" PRId64, value->retired_by);
    (void)cxlog_fail(
        err, CXLOG_ERR_VALUE,
        "%s %s is planned to change on %s already (event %s): withdraw that first",
        cx_dim_noun(value->dim), cxlog_quote(name, value->name),
        cxlog_day_text(date, value->retired_from), number);
    cx_suggest_command(err, (const char *const[]){
                                "cxlog", cxlog_dim_word(value->dim),
                                cxlog_action_word(CXLOG_ACTION_WITHDRAW), number, NULL});
    return CXLOG_ERR_VALUE;
}

/* A name in use, with no change planned. */
static cxlog_status find_steady(const cx_node **out, const cx_case *c, const char *name,
                                cxlog_error *err)
{
    cxlog_dim dim = c->proposal->dim;
    const cx_node *node = cx_scheme_name(c->scheme, dim, c->under, name);
    if (!node)
        return cx_fail_unknown(c->scheme, dim, c->under, name, c->today, err);
    if (!cxlog_value_in_use(&node->value, c->today))
        return cx_fail_unusable(&node->value, c->today, err);
    if (node->value.retired_by != 0)
        return fail_planned(&node->value, err);
    *out = node;
    return CXLOG_OK;
}

static cxlog_status check_rename(cx_case *c, const cx_node *node, cxlog_error *err)
{
    cxlog_event *event = c->event;
    const char *target = c->proposal->target ? c->proposal->target : "";
    cxlog_status status =
        cxlog_name_clean(&event->target, target, cx_dim_noun(event->dim), err);
    if (status == CXLOG_OK)
        status = cx_rule_new_name(c, event->target, node, err);
    if (status == CXLOG_OK)
        status = cx_rule_code(&event->code, c, event->target, c->proposal->code, err);
    return status;
}

static cxlog_status check_merge(cx_case *c, const cx_node *node, cxlog_error *err)
{
    cxlog_event *event = c->event;
    const char *target = c->proposal->target ? c->proposal->target : "";
    const cx_node *into = NULL;
    cxlog_status status =
        cxlog_name_clean(&event->target, target, cx_dim_noun(event->dim), err);
    if (status == CXLOG_OK)
        status = find_steady(&into, c, event->target, err);
    if (status == CXLOG_OK && into == node)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "a name cannot be merged into itself");
    return status;
}

/* The names and codes of a split while they are checked one by one. */
typedef struct parts {
    cx_list names, codes; /* as proposed */
    char *name_text, *code_text;
    size_t name_length, code_length;
    bool coded;
} parts;

static void parts_clear(parts *p)
{
    cx_list_clear(&p->names);
    cx_list_clear(&p->codes);
    free(p->name_text);
    free(p->code_text);
}

CXLOG_AUTO_VALUE_DEFINE(parts, parts_clear);

static cxlog_status join(char **text, size_t *length, const char *item, bool first,
                         cxlog_error *err)
{
    size_t more = strlen(item) + 2;
    char *longer = realloc(*text, *length + more + 1);
    if (!longer)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    *text = longer;
    *length +=
        (size_t)snprintf(longer + *length, more + 1, "%s%s", first ? "" : ", ", item);
    return CXLOG_OK;
}

static bool has_code(const parts *p, const char *code)
{
    CXLOG_AUTO_VALUE(cx_list) before = {0};
    if (!code || !p->code_text || cx_list_split(&before, p->code_text, NULL) != CXLOG_OK)
        return false;
    for (size_t i = 0; i < before.count; i++)
        if (strcmp(before.items[i], code) == 0)
            return true;
    return false;
}

static bool stands_twice(const parts *p, size_t index, const char *code)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(p->names.items[i], p->names.items[index]) == 0)
            return true;
    return has_code(p, code);
}

/* A code that was made gives way to those of the parts before: ㅇㄹ, ㅇㄹ2, ㅇㄹ3. */
static cxlog_status part_code(char **out, const parts *p, const cx_case *c,
                              const char *name, const char *wanted, cxlog_error *err)
{
    CXLOG_AUTO_TEXT code = NULL;
    CXLOG_AUTO_TEXT initials = NULL;
    char base[4 * CXLOG_CODE_MAX + 1] = "";
    cxlog_status status = cx_rule_code(&code, c, name, wanted, err);
    if (status == CXLOG_OK)
        status = cxlog_code_of(&initials, name, err);
    if (initials)
        memcpy(base, initials, cx_chars_bytes(initials, CXLOG_CODE_MAX - 2));
    for (int n = 2; status == CXLOG_OK && !wanted && n < 100 && has_code(p, code); n++) {
        char other[sizeof base + 12];
        const cx_node *owner = NULL;
        (void)snprintf(other, sizeof other, "%s%d", base, n);
        status = cx_word_taken(&owner, c->scheme, c->proposal->dim, c->under, other, err);
        if (status == CXLOG_OK && !owner)
            status = cx_text_set(&code, other, err);
    }
    if (status == CXLOG_OK)
        *out = CXLOG_TAKE(code);
    return status;
}

static cxlog_status add_part(parts *p, const cx_case *c, const cx_node *self,
                             size_t index, cxlog_error *err)
{
    CXLOG_AUTO_TEXT name = NULL;
    CXLOG_AUTO_TEXT code = NULL;
    const cx_node *there = NULL;
    cxlog_status status = cxlog_name_clean(&name, p->names.items[index],
                                           cx_dim_noun(c->proposal->dim), err);
    if (status != CXLOG_OK)
        return status;
    if (cx_scheme_name(c->scheme, c->proposal->dim, c->under, name)) {
        status = find_steady(&there, c, name, err);
    } else {
        const char *wanted = p->codes.count > index ? p->codes.items[index] : NULL;
        status = cx_rule_new_name(c, name, self, err);
        if (status == CXLOG_OK)
            status = part_code(&code, p, c, name, wanted, err);
    }
    if (status != CXLOG_OK)
        return status;
    if (there == self || stands_twice(p, index, code))
        return cxlog_fail(
            err, CXLOG_ERR_VALUE,
            "a split needs different names with different codes, other than the "
            "name that is split (--code A,B gives the codes)");
    p->coded = p->coded || code;
    status = join(&p->name_text, &p->name_length, name, index == 0, err);
    if (status == CXLOG_OK)
        status = join(&p->code_text, &p->code_length, code ? code : "", index == 0, err);
    return status;
}

static cxlog_status check_split(cx_case *c, const cx_node *node, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(parts) p = {0};
    cxlog_status status = cx_list_split(&p.names, c->proposal->target, err);
    if (status == CXLOG_OK && c->proposal->code)
        status = cx_list_split(&p.codes, c->proposal->code, err);
    if (status != CXLOG_OK)
        return status;
    if (p.names.count < 2)
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "a split needs two names or more, with commas between");
    for (size_t i = 0; status == CXLOG_OK && i < p.names.count; i++)
        status = add_part(&p, c, node, i, err);
    if (status == CXLOG_OK)
        status = cx_text_set(&c->event->target, p.name_text, err);
    if (status == CXLOG_OK && p.coded)
        status = cx_text_set(&c->event->code, p.code_text, err);
    return status;
}

cxlog_status cx_rule_change(cx_case *c, cxlog_error *err)
{
    const cxlog_event *event = c->event;
    const cx_node *node = NULL;
    cxlog_status status = find_steady(&node, c, event->name, err);
    if (status != CXLOG_OK)
        return status;
    if (event->dim == CXLOG_DIM_FIELD && event->action != CXLOG_ACTION_RETIRE)
        return cxlog_fail(
            err, CXLOG_ERR_VALUE,
            "a team field is a column and keeps its name and meaning: retire it "
            "and add another");
    status = check_day(c, err);
    if (status == CXLOG_OK && event->action == CXLOG_ACTION_RENAME)
        status = check_rename(c, node, err);
    if (status == CXLOG_OK && event->action == CXLOG_ACTION_MERGE)
        status = check_merge(c, node, err);
    if (status == CXLOG_OK && event->action == CXLOG_ACTION_SPLIT)
        status = check_split(c, node, err);
    return status;
}

static int64_t event_number(const char *text)
{
    int64_t number = 0;
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 15 || text[digits] != '\0')
        return 0;
    for (; *text; text++)
        number = number * 10 + (*text - '0');
    return number;
}

cxlog_status cx_rule_withdraw(cx_case *c, cxlog_error *err)
{
    cxlog_event *event = c->event;
    const char *target = c->proposal->target ? c->proposal->target : "";
    int64_t number = event_number(target);
    const cx_node *node = number ? cx_scheme_retired_by(c->scheme, number) : NULL;
    char quoted[CXLOG_QUOTE_MAX];
    char date[CXLOG_WALL_TEXT];
    if (!node || node->value.dim != event->dim)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "event %s is no planned change of a %s",
                          cxlog_quote(quoted, target), cx_dim_noun(event->dim));
    if (node->value.retired_from <= c->today)
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "the change of %s took effect on %s and stays",
                          cxlog_quote(quoted, node->value.name),
                          cxlog_day_text(date, node->value.retired_from));
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%" PRId64, number);
    event->from = CXLOG_NO_DAY;
    cxlog_status status = cx_text_set(&event->name, node->value.name, err);
    if (status == CXLOG_OK)
        status = cx_text_set(&event->parent, node->value.parent, err);
    if (status == CXLOG_OK)
        status = cx_text_set(&event->target, digits, err);
    return status;
}
