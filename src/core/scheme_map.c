/* Reading the folded scheme: values, days of use, and what an old name is called today.
 */
#include <cxlog/scheme.h>

#include "scheme_state.h"

size_t cxlog_scheme_count(const cxlog_scheme *scheme)
{
    return scheme->count;
}

const cxlog_value *cxlog_scheme_at(const cxlog_scheme *scheme, size_t index)
{
    return &scheme->nodes[index].value;
}

int64_t cxlog_scheme_version(const cxlog_scheme *scheme)
{
    return scheme->version;
}

void cxlog_scheme_set_version(cxlog_scheme *scheme, int64_t number)
{
    scheme->version = number;
}

cxlog_status cxlog_scheme_put(cxlog_scheme *scheme, const cxlog_value *value,
                              cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_value) copy = {0};
    cxlog_status status = cx_value_copy(&copy, value, err);
    return status == CXLOG_OK ? cx_scheme_insert_take(scheme, &copy, err) : status;
}

const cxlog_value *cxlog_scheme_get(const cxlog_scheme *scheme, cxlog_dim dim,
                                    const char *parent, const char *name)
{
    size_t under;
    if (!cx_scheme_family(scheme, dim, parent, &under))
        return NULL;
    const cx_node *node = cx_scheme_name(scheme, dim, under, name);
    return node ? &node->value : NULL;
}

bool cxlog_value_in_use(const cxlog_value *value, cxlog_day day)
{
    bool begun = value->from == CXLOG_NO_DAY || value->from <= day;
    return begun && (value->retired_by == 0 || day < value->retired_from);
}

/* The value that takes a name's place on that day; NULL when it stands for itself. */
static const cx_node *next_of(const cxlog_scheme *scheme, const cx_node *node,
                              cxlog_day day, bool through_merges)
{
    const cxlog_value *value = &node->value;
    if (value->retired_by == 0 || value->retired_from > day)
        return NULL;
    if (value->retired_how != CXLOG_ACTION_RENAME &&
        (value->retired_how != CXLOG_ACTION_MERGE || !through_merges))
        return NULL;
    return cx_scheme_name(scheme, value->dim, node->under, value->successor);
}

/* Terminates: a name gets its successor while that one has none itself, so there is no
 * circle. */
static const cx_node *follow(const cxlog_scheme *scheme, const cx_node *node,
                             cxlog_day day, bool through_merges)
{
    for (;;) {
        const cx_node *next = next_of(scheme, node, day, through_merges);
        if (!next)
            return node;
        node = next;
    }
}

const char *cxlog_scheme_parent(const cxlog_scheme *scheme, const cxlog_value *value,
                                cxlog_day day)
{
    if (value->parent[0] == '\0')
        return "";
    const cx_node *parent = cx_scheme_name(scheme, value->dim, CX_NONE, value->parent);
    if (!parent)
        return value->parent;
    /* The detail may have come under a later name than the one in use on that day. */
    const cx_node *oldest = &scheme->nodes[parent->family];
    return follow(scheme, oldest, day, false)->value.name;
}

void cxlog_scheme_map(const cxlog_scheme *scheme, cxlog_dim dim, const char *parent,
                      const char *name, cxlog_day as_of, const char **mapped_parent,
                      const char **mapped_name)
{
    *mapped_parent = parent ? parent : "";
    *mapped_name = name;
    if (**mapped_parent == '\0') {
        const cx_node *node = cx_scheme_name(scheme, dim, CX_NONE, name);
        if (node)
            *mapped_name = follow(scheme, node, as_of, true)->value.name;
        return;
    }
    const cx_node *category = cx_scheme_name(scheme, dim, CX_NONE, *mapped_parent);
    while (category) {
        const cx_node *detail =
            cx_scheme_name(scheme, dim, category->family, *mapped_name);
        if (detail)
            *mapped_name = follow(scheme, detail, as_of, true)->value.name;
        *mapped_parent = category->value.name;
        category = next_of(scheme, category, as_of, true);
    }
}
