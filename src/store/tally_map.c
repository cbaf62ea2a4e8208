#include "core/hash.h"
#include "store/store_impl.h"

typedef struct mapped {
    char *parent, *name; /* as logged; name NULL: a free slot */
    cxlog_dim dim;
    const char *to_parent, *to_name; /* borrowed from the scheme or from above */
} mapped;

struct cx_map {
    cxlog_scheme *scheme;
    cxlog_day as_of;
    mapped *slot;
    size_t size, count;
};

cxlog_status cx_map_new(cx_map **out, cxlog_store *store, cxlog_day as_of,
                        cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO(cx_map) *map = calloc(1, sizeof *map);
    if (map) {
        map->as_of = as_of;
        map->size = 256;
        map->slot = calloc(map->size, sizeof *map->slot);
    }
    if (!map || !map->slot)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    cxlog_status status = cx_scheme_read(&map->scheme, store, err);
    if (!status)
        *out = CXLOG_TAKE(map);
    return status;
}

void cx_map_free(cx_map *map)
{
    if (!map)
        return;
    for (size_t i = 0; i < map->size && map->slot; i++) {
        free(map->slot[i].parent);
        free(map->slot[i].name);
    }
    free(map->slot);
    cxlog_scheme_free(map->scheme);
    free(map);
}

static size_t find(const cx_map *map, cxlog_dim dim, const char *parent, const char *name)
{
    uint64_t hash = cx_hash_text(CX_HASH_START + (uint64_t)dim, parent);
    size_t i = cx_hash_end(cx_hash_text(hash, name)) & (map->size - 1);
    for (; map->slot[i].name; i = (i + 1) & (map->size - 1)) {
        const mapped *at = &map->slot[i];
        if (at->dim == dim && strcmp(at->name, name) == 0 &&
            strcmp(at->parent, parent) == 0)
            break;
    }
    return i;
}

static cxlog_status grow(cx_map *map, cxlog_error *err)
{
    if (map->count * 2 < map->size)
        return CXLOG_OK;
    mapped *old = map->slot;
    size_t size = map->size;
    mapped *slot = calloc(size * 2, sizeof *slot);
    if (!slot)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    map->slot = slot;
    map->size = size * 2;
    for (size_t i = 0; i < size; i++) {
        if (old[i].name)
            map->slot[find(map, old[i].dim, old[i].parent, old[i].name)] = old[i];
    }
    free(old);
    return CXLOG_OK;
}

static cxlog_status look_up(const mapped **out, cx_map *map, cxlog_dim dim,
                            const char *parent, const char *name, cxlog_error *err)
{
    size_t place = find(map, dim, parent, name);
    *out = &map->slot[place];
    if ((*out)->name)
        return CXLOG_OK;
    cxlog_status status = grow(map, err);
    if (status)
        return status;
    mapped *at = &map->slot[find(map, dim, parent, name)];
    CXLOG_AUTO_TEXT own_parent = strdup(parent);
    CXLOG_AUTO_TEXT own_name = strdup(name);
    if (!own_parent || !own_name)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    at->dim = dim;
    at->parent = CXLOG_TAKE(own_parent);
    at->name = CXLOG_TAKE(own_name);
    cxlog_scheme_map(map->scheme, dim, at->parent, at->name, map->as_of, &at->to_parent,
                     &at->to_name);
    map->count++;
    *out = at;
    return CXLOG_OK;
}

static cxlog_status map_one(cx_map *map, cxlog_dim dim, const char **text,
                            cxlog_error *err)
{
    const mapped *found = NULL;
    if (!**text)
        return CXLOG_OK;
    cxlog_status status = look_up(&found, map, dim, "", *text, err);
    if (!status)
        *text = found->to_name;
    return status;
}

cxlog_status cx_map_fact(cx_map *map, cx_fact *fact, cxlog_error *err)
{
    const char **category = &fact->text[CXLOG_COL_CATEGORY];
    const char **detail = &fact->text[CXLOG_COL_DETAIL];
    cxlog_status status;
    if (**detail) {
        const mapped *found = NULL;
        status = look_up(&found, map, CXLOG_DIM_CATEGORY, *category, *detail, err);
        if (!status) {
            *category = found->to_parent;
            *detail = found->to_name;
        }
    } else {
        status = map_one(map, CXLOG_DIM_CATEGORY, category, err);
    }
    if (!status)
        status = map_one(map, CXLOG_DIM_CHANNEL, &fact->text[CXLOG_COL_CHANNEL], err);
    if (!status)
        status = map_one(map, CXLOG_DIM_REGION, &fact->text[CXLOG_COL_REGION], err);
    return status;
}
