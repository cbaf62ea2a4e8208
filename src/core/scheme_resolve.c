/* From what was typed to the value that was meant. */
#include <stdio.h>

#include <cxlog/scheme.h>
#include <cxlog/text.h>

#include "scheme_state.h"

/* Candidates of one place: those in use on a day, or the others. */
typedef struct field_of_view {
    cxlog_candidate *candidates;
    const cx_node **nodes;
    size_t count;
} field_of_view;

static void view_clear(field_of_view *view)
{
    free(view->candidates);
    free(view->nodes);
}

CXLOG_AUTO_VALUE_DEFINE(field_of_view, view_clear);

static cxlog_status look(field_of_view *out, const cxlog_scheme *scheme, cxlog_dim dim,
                         size_t under, cxlog_day day, bool in_use, cxlog_error *err)
{
    out->candidates = calloc(scheme->count + 1, sizeof *out->candidates);
    out->nodes = calloc(scheme->count + 1, sizeof(const cx_node *));
    if (!out->candidates || !out->nodes)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    for (size_t i = 0; i < scheme->count; i++) {
        const cx_node *node = &scheme->nodes[i];
        const cxlog_value *value = &node->value;
        if (value->dim != dim || node->under != under ||
            cxlog_value_in_use(value, day) != in_use)
            continue;
        out->nodes[out->count] = node;
        out->candidates[out->count++] = (cxlog_candidate){
            .name = value->name,
            .code = value->code,
            .aliases = (const char *const *)value->aliases,
        };
    }
    return CXLOG_OK;
}

static void suggest_hits(cxlog_error *err, const field_of_view *view,
                         const cxlog_match *match)
{
    for (size_t i = 0; i < match->count && i < CXLOG_MATCH_MAX; i++)
        cxlog_suggest(err, view->nodes[match->hits[i]]->value.name);
}

/* "배송, 배송지연": as many as fit well into a sentence. */
static void join_hits(char *out, size_t size, const field_of_view *view,
                      const cxlog_match *match)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < match->count && i < CXLOG_MATCH_MAX; i++) {
        const char *name = view->nodes[match->hits[i]]->value.name;
        size_t need = strlen(name) + 2;
        if (used + need >= size)
            break;
        used += (size_t)snprintf(out + used, size - used, "%s%s", i ? ", " : "", name);
    }
}

static cxlog_status fail_with_hits(cxlog_dim dim, const char *typed,
                                   const field_of_view *view, const cxlog_match *match,
                                   cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    char names[400];
    join_hits(names, sizeof names, view, match);
    (void)cxlog_quote(quoted, typed);
    if (match->tier == CXLOG_TIER_NONE)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "no %s %s", cx_dim_noun(dim), quoted);
    if (match->tier <= CXLOG_TIER_INITIALS_PREFIX)
        (void)cxlog_fail(err, CXLOG_ERR_VALUE, "%s %s may mean: %s", cx_dim_noun(dim),
                         quoted, names);
    else
        (void)cxlog_fail(err, CXLOG_ERR_VALUE, "no %s %s; nearest: %s", cx_dim_noun(dim),
                         quoted, names);
    suggest_hits(err, view, match);
    return CXLOG_ERR_VALUE;
}

cxlog_status cx_fail_unknown(const cxlog_scheme *scheme, cxlog_dim dim, size_t under,
                             const char *typed, cxlog_day day, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(field_of_view) view = {0};
    cxlog_match match = {.tier = CXLOG_TIER_NONE};
    cxlog_status status = look(&view, scheme, dim, under, day, true, err);
    if (status == CXLOG_OK)
        status = cxlog_match_find(&match, typed, view.candidates, view.count, err);
    return status == CXLOG_OK ? fail_with_hits(dim, typed, &view, &match, err) : status;
}

static void suggest_successors(cxlog_error *err, const cxlog_value *value)
{
    if (value->retired_how != CXLOG_ACTION_SPLIT) {
        cxlog_suggest(err, value->successor);
        return;
    }
    CXLOG_AUTO_VALUE(cx_list) names = {0};
    if (cx_list_split(&names, value->successor, NULL) != CXLOG_OK)
        return;
    for (size_t i = 0; i < names.count; i++)
        cxlog_suggest(err, names.items[i]);
}

cxlog_status cx_fail_unusable(const cxlog_value *value, cxlog_day day, cxlog_error *err)
{
    char date[CXLOG_WALL_TEXT];
    char name[CXLOG_QUOTE_MAX];
    (void)cxlog_quote(name, value->name);
    if (value->from != CXLOG_NO_DAY && day < value->from)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "%s %s starts on %s",
                          cx_dim_noun(value->dim), name,
                          cxlog_day_text(date, value->from));
    (void)cxlog_day_text(date, value->retired_from);
    if (value->successor[0] == '\0')
        return cxlog_fail(err, CXLOG_ERR_VALUE, "%s %s takes no records since %s",
                          cx_dim_noun(value->dim), name, date);
    char successor[CXLOG_QUOTE_MAX];
    (void)cxlog_fail(
        err, CXLOG_ERR_VALUE, "%s %s takes no records since %s; use %s instead",
        cx_dim_noun(value->dim), name, date, cxlog_quote(successor, value->successor));
    suggest_successors(err, value);
    return CXLOG_ERR_VALUE;
}

/* What a word was found to be. */
typedef struct finding {
    const cxlog_value *value; /* usable on that day, or NULL */
    const cxlog_value *unusable;
    field_of_view view;
    cxlog_match match;
} finding;

static void finding_clear(finding *f)
{
    view_clear(&f->view);
}

CXLOG_AUTO_VALUE_DEFINE(finding, finding_clear);

/* The very word wins over everything that only resembles it: no scan, and no doubt. */
static bool find_exact(finding *out, const cxlog_scheme *scheme, cxlog_dim dim,
                       size_t under, const char *typed, cxlog_day day)
{
    const cx_node *node = cx_scheme_word(scheme, dim, under, typed);
    if (!node)
        return false;
    if (cxlog_value_in_use(&node->value, day))
        out->value = &node->value;
    else
        out->unusable = &node->value;
    return true;
}

static cxlog_status find_alike(finding *out, const cxlog_scheme *scheme, cxlog_dim dim,
                               size_t under, const char *typed, cxlog_day day,
                               cxlog_error *err)
{
    cxlog_status status = look(&out->view, scheme, dim, under, day, true, err);
    if (status == CXLOG_OK)
        status = cxlog_match_find(&out->match, typed, out->view.candidates,
                                  out->view.count, err);
    if (status != CXLOG_OK)
        return status;
    if (out->match.tier != CXLOG_TIER_EXACT) {
        /* A retired name must not slip over to one that merely begins like it. */
        CXLOG_AUTO_VALUE(field_of_view) others = {0};
        cxlog_match other = {.tier = CXLOG_TIER_NONE};
        status = look(&others, scheme, dim, under, day, false, err);
        if (status == CXLOG_OK)
            status =
                cxlog_match_find(&other, typed, others.candidates, others.count, err);
        if (status != CXLOG_OK)
            return status;
        if (other.tier == CXLOG_TIER_EXACT) {
            out->unusable = &others.nodes[other.hits[0]]->value;
            return CXLOG_OK;
        }
    }
    if (out->match.tier <= CXLOG_TIER_INITIALS_PREFIX && out->match.count == 1)
        out->value = &out->view.nodes[out->match.hits[0]]->value;
    return CXLOG_OK;
}

static cxlog_status find(finding *out, const cxlog_scheme *scheme, cxlog_dim dim,
                         size_t under, const char *typed, cxlog_day day, cxlog_error *err)
{
    if (find_exact(out, scheme, dim, under, typed, day))
        return CXLOG_OK;
    return find_alike(out, scheme, dim, under, typed, day, err);
}

cxlog_status cxlog_scheme_resolve(const cxlog_scheme *scheme, cxlog_dim dim,
                                  const char *parent, const char *typed, cxlog_day day,
                                  const cxlog_value **out, cxlog_error *err)
{
    if (typed[0] == '\0')
        return cxlog_fail(err, CXLOG_ERR_VALUE, "no %s given", cx_dim_noun(dim));
    size_t under;
    if (!cx_scheme_family(scheme, dim, parent, &under))
        return cx_fail_unknown(scheme, dim, CX_NONE, parent, day, err);
    CXLOG_AUTO_VALUE(finding) f = {.match = {.tier = CXLOG_TIER_NONE}};
    cxlog_status status = find(&f, scheme, dim, under, typed, day, err);
    if (status != CXLOG_OK)
        return status;
    if (f.unusable)
        return cx_fail_unusable(f.unusable, day, err);
    if (!f.value)
        return fail_with_hits(dim, typed, &f.view, &f.match, err);
    *out = f.value;
    return CXLOG_OK;
}

const cxlog_value *cxlog_scheme_try(const cxlog_scheme *scheme, cxlog_dim dim,
                                    const char *parent, const char *typed, cxlog_day day)
{
    size_t under;
    if (typed[0] == '\0' || !cx_scheme_family(scheme, dim, parent, &under))
        return NULL;
    CXLOG_AUTO_VALUE(finding) f = {.match = {.tier = CXLOG_TIER_NONE}};
    if (find(&f, scheme, dim, under, typed, day, NULL) != CXLOG_OK)
        return NULL;
    return f.value;
}
