/* Requests on developer metadata. */
#include <stdlib.h>

#include "fields.h"
#include "json.h"
#include "metadata.h"
#include "requests.h"

bool request_add_metadata(call *c, book *work, const json_t *request, json_t *reply)
{
    const json_t *made =
        metadata_create(c, work, json_object_get(request, "developerMetadata"));
    if (!made)
        return false;
    json_object_set_new(reply, "createDeveloperMetadata",
                        json_pack("{s:O}", "developerMetadata", js_mutable(made)));
    call_op(c, json_pack("{s:s, s:O}", "op", "createDeveloperMetadata", "metadata",
                         js_mutable(made)));
    return true;
}

/* All entries that the filters name, as indices from the last to the first. */
static json_t *named_by(call *c, const book *b, const json_t *filters)
{
    json_t *marks = json_object();
    size_t i;
    json_t *filter;
    json_array_foreach(filters, i, filter)
    {
        const json_t *lookup = json_object_get(filter, "developerMetadataLookup");
        json_t *found = lookup ? metadata_lookup(b, lookup, &c->err) : json_array();
        if (!found) {
            json_decref(marks);
            return NULL;
        }
        size_t k;
        json_t *index;
        json_array_foreach(found, k, index)
        {
            char *key = mem_format("%" JSON_INTEGER_FORMAT, json_integer_value(index));
            json_object_set_new(marks, key, json_true());
            free(key);
        }
        json_decref(found);
    }
    json_t *indices = json_array();
    for (size_t n = json_array_size(b->metadata); n > 0; n--) {
        char *key = mem_format("%zu", n - 1);
        if (js_has(marks, key))
            json_array_append_new(indices, json_integer((json_int_t)n - 1));
        free(key);
    }
    json_decref(marks);
    return indices;
}

bool request_update_metadata(call *c, book *work, const json_t *request, json_t *reply)
{
    json_t *mask = request_mask(c, request, "DeveloperMetadata");
    if (!mask)
        return false;
    json_t *indices = named_by(c, work, json_object_get(request, "dataFilters"));
    json_t *changed = json_array();
    bool ok = indices != NULL;
    for (size_t i = json_array_size(indices); ok && i > 0; i--) {
        json_int_t at = json_integer_value(json_array_get(indices, i - 1));
        json_t *entry = json_array_get(work->metadata, (size_t)at);
        json_object_del(mask, "metadataId");
        json_object_del(mask, "location");
        fields_merge(entry, json_object_get(request, "developerMetadata"), mask);
        json_array_append(changed, entry);
        ok = metadata_fits(c, work, entry);
    }
    json_t *inner = json_object();
    if (json_array_size(changed) > 0)
        json_object_set(inner, "developerMetadata", changed);
    json_object_set_new(reply, "updateDeveloperMetadata", inner);
    json_decref(changed);
    json_decref(mask);
    json_decref(indices);
    return ok;
}

bool request_delete_metadata(call *c, book *work, const json_t *request, json_t *reply)
{
    json_t *filters = json_pack("[O]", json_object_get(request, "dataFilter"));
    json_t *indices = named_by(c, work, filters);
    json_decref(filters);
    if (!indices)
        return false;
    if (json_array_size(indices) == 0 && c->e->refuses_missing_metadata) {
        json_decref(indices);
        return api_fail(&c->err, 400, "No developer metadata matches the data filter.");
    }
    json_t *deleted = json_array();
    size_t i;
    json_t *index;
    json_array_foreach(indices, i, index)
    {
        size_t at = (size_t)json_integer_value(index);
        json_array_insert(deleted, 0, json_array_get(work->metadata, at));
        json_array_remove(work->metadata, at);
    }
    call_op(
        c, json_pack("{s:s, s:O}", "op", "deleteDeveloperMetadata", "metadata", deleted));
    json_t *inner = json_object();
    if (json_array_size(deleted) > 0)
        json_object_set(inner, "deletedDeveloperMetadata", deleted);
    json_object_set_new(reply, "deleteDeveloperMetadata", inner);
    json_decref(deleted);
    json_decref(indices);
    return true;
}
