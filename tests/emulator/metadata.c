#include "metadata.h"

#include <stdlib.h>
#include <string.h>

#include "json.h"

enum { STORAGE_MAX = 30000 };

int metadata_find(const book *b, json_int_t id)
{
    for (size_t i = 0; i < json_array_size(b->metadata); i++) {
        if (js_int(json_array_get(b->metadata, i), "metadataId", -1) == id)
            return (int)i;
    }
    return -1;
}

/* The tab an entry belongs to, or -1 for the spreadsheet itself. */
static json_int_t sheet_of(const json_t *location)
{
    const json_t *range = json_object_get(location, "dimensionRange");
    if (range)
        return js_int(range, "sheetId", 0);
    return js_int(location, "sheetId", -1);
}

static bool same_text(const json_t *entry, const json_t *lookup, const char *key)
{
    const char *wanted = js_text(lookup, key, NULL);
    return !wanted || strcmp(wanted, js_text(entry, key, "")) == 0;
}

static bool same_place(const json_t *location, const json_t *wanted, bool is_exact)
{
    const json_t *range = json_object_get(location, "dimensionRange");
    const json_t *asked = json_object_get(wanted, "dimensionRange");
    if (js_bool(wanted, "spreadsheet", false))
        return js_bool(location, "spreadsheet", false);
    if (sheet_of(location) != sheet_of(wanted) || js_bool(location, "spreadsheet", false))
        return false;
    if (!asked)
        return !is_exact || !range;
    if (!range)
        return !is_exact;
    if (strcmp(js_text(range, "dimension", ""), js_text(asked, "dimension", "")) != 0)
        return !is_exact;
    json_int_t at = js_int(range, "startIndex", 0);
    json_int_t from = js_int(asked, "startIndex", 0);
    json_int_t to = js_int(asked, "endIndex", 1 << 30);
    return is_exact ? from == at && to == at + 1 : at >= from && at < to;
}

static bool matches(const json_t *entry, const json_t *lookup)
{
    const json_t *location = json_object_get(entry, "location");
    const json_t *place = json_object_get(lookup, "metadataLocation");
    const char *type = js_text(lookup, "locationType", NULL);
    json_int_t id = js_int(lookup, "metadataId", 0);
    bool is_exact =
        strcmp(js_text(lookup, "locationMatchingStrategy", ""), "EXACT_LOCATION") == 0;
    return (id == 0 || id == js_int(entry, "metadataId", -1)) &&
           same_text(entry, lookup, "metadataKey") &&
           same_text(entry, lookup, "metadataValue") &&
           same_text(entry, lookup, "visibility") &&
           (!type || strcmp(type, js_text(location, "locationType", "")) == 0) &&
           (!place || same_place(location, place, is_exact));
}

json_t *metadata_lookup(const book *b, const json_t *lookup, api_error *err)
{
    const json_t *place = json_object_get(lookup, "metadataLocation");
    if (js_bool(place, "spreadsheet", false) &&
        strcmp(js_text(lookup, "locationMatchingStrategy", ""),
               "INTERSECTING_LOCATION") == 0) {
        api_fail(err, 400,
                 "DeveloperMetadataLookup.spreadsheet is true, but "
                 "locationMatchingStrategy was specified as INTERSECTING.");
        return NULL;
    }
    json_t *found = json_array();
    size_t i;
    json_t *entry;
    json_array_foreach(b->metadata, i, entry)
    {
        if (matches(entry, lookup))
            json_array_append_new(found, json_integer((json_int_t)i));
    }
    return found;
}

static json_t *place_of(const json_t *location)
{
    const json_t *range = json_object_get(location, "dimensionRange");
    json_t *grid = json_object();
    json_int_t sheet = sheet_of(location);
    json_object_set_new(grid, "sheetId", json_integer(sheet < 0 ? 0 : sheet));
    if (range) {
        bool is_rows = strcmp(js_text(range, "dimension", ""), "ROWS") == 0;
        json_object_set(grid, is_rows ? "startRowIndex" : "startColumnIndex",
                        json_object_get(range, "startIndex"));
        json_object_set(grid, is_rows ? "endRowIndex" : "endColumnIndex",
                        json_object_get(range, "endIndex"));
    }
    return grid;
}

bool metadata_places(const book *b, const json_t *filter, json_t *places, api_error *err)
{
    const json_t *lookup = json_object_get(filter, "developerMetadataLookup");
    if (!lookup) {
        area a;
        if (!area_from_filter(b, filter, &a, err) || !area_clip(b, &a, err))
            return false;
        json_array_append_new(places, area_to_grid(b, &a));
        return true;
    }
    json_t *found = metadata_lookup(b, lookup, err);
    size_t i;
    json_t *index;
    json_array_foreach(found, i, index)
    {
        const json_t *entry =
            json_array_get(b->metadata, (size_t)json_integer_value(index));
        json_array_append_new(places, place_of(json_object_get(entry, "location")));
    }
    json_decref(found);
    return found != NULL;
}

/* GridRange and DimensionRange know a start at 0 from none. */
static bool is_zero(const char *key, const json_t *value)
{
    size_t length = strlen(key);
    if (json_is_integer(value))
        return json_integer_value(value) == 0 &&
               (length < 5 || strcmp(key + length - 5, "Index") != 0);
    return json_is_false(value) ||
           (json_is_string(value) && json_string_length(value) == 0);
}

json_t *metadata_filter_shown(const json_t *filter)
{
    json_t *shown = json_object();
    void *iter = json_object_iter(js_mutable(filter));
    for (; iter; iter = json_object_iter_next(js_mutable(filter), iter)) {
        const char *key = json_object_iter_key(iter);
        const json_t *value = json_object_iter_value(iter);
        if (json_is_object(value))
            json_object_set_new(shown, key, metadata_filter_shown(value));
        else if (!is_zero(key, value))
            json_object_set(shown, key, js_mutable(value));
    }
    return shown;
}

static json_t *select_at(const book *b, json_int_t sheet)
{
    json_t *list = json_array();
    size_t i;
    json_t *entry;
    json_array_foreach(b->metadata, i, entry)
    {
        const json_t *location = json_object_get(entry, "location");
        bool is_line = js_has(location, "dimensionRange");
        if (!is_line && sheet_of(location) == sheet)
            json_array_append(list, entry);
    }
    return list;
}

json_t *metadata_at_spreadsheet(const book *b)
{
    return select_at(b, -1);
}

json_t *metadata_at_tab(const book *b, json_int_t sheet)
{
    return select_at(b, sheet);
}

static size_t length_of(const json_t *entry)
{
    return mem_characters(js_text(entry, "metadataKey", "")) +
           mem_characters(js_text(entry, "metadataValue", ""));
}

bool metadata_fits(call *c, const book *b, const json_t *entry)
{
    json_int_t sheet = sheet_of(json_object_get(entry, "location"));
    size_t used = length_of(entry);
    size_t i;
    json_t *other;
    json_array_foreach(b->metadata, i, other)
    {
        if (other != entry && sheet_of(json_object_get(other, "location")) == sheet)
            used += length_of(other);
    }
    return used <= STORAGE_MAX ||
           api_fail(&c->err, 400,
                    "Adding the requested developer metadata would exceed the allowed "
                    "storage limit");
}

static json_t *clean_line(call *c, const book *b, const json_t *range, const char **type)
{
    bool is_rows = strcmp(js_text(range, "dimension", ""), "ROWS") == 0;
    json_int_t start = js_int(range, "startIndex", 0);
    json_int_t sheet = js_int(range, "sheetId", 0);
    int index = book_find_tab(b, sheet);
    if (index < 0) {
        api_fail(&c->err, 400, "No grid with id: %" JSON_INTEGER_FORMAT, sheet);
        return NULL;
    }
    int size = is_rows ? b->tabs[index]->row_count : b->tabs[index]->column_count;
    if (js_int(range, "endIndex", -1) != start + 1 || start < 0 || start >= size) {
        api_fail(&c->err, 400, "DimensionRange must represent a single row or column");
        return NULL;
    }
    *type = is_rows ? "ROW" : "COLUMN";
    json_t *clean = json_object();
    if (sheet != 0)
        json_object_set_new(clean, "sheetId", json_integer(sheet));
    json_object_set_new(clean, "dimension", json_string(is_rows ? "ROWS" : "COLUMNS"));
    json_object_set_new(clean, "startIndex", json_integer(start));
    json_object_set_new(clean, "endIndex", json_integer(start + 1));
    return clean;
}

static json_t *clean_location(call *c, const book *b, const json_t *location)
{
    const json_t *range = json_object_get(location, "dimensionRange");
    const char *type = "SPREADSHEET";
    if (range) {
        json_t *line = clean_line(c, b, range, &type);
        return line
                   ? json_pack("{s:s, s:o}", "locationType", type, "dimensionRange", line)
                   : NULL;
    }
    if (js_has(location, "sheetId")) {
        json_int_t sheet = js_int(location, "sheetId", 0);
        if (book_find_tab(b, sheet) >= 0)
            return json_pack("{s:s, s:I}", "locationType", "SHEET", "sheetId", sheet);
        api_fail(&c->err, 400, "No sheet with id: %" JSON_INTEGER_FORMAT, sheet);
        return NULL;
    }
    if (js_bool(location, "spreadsheet", false))
        return json_pack("{s:s, s:b}", "locationType", type, "spreadsheet", 1);
    api_fail(&c->err, 400, "Developer metadata must always have a location specified.");
    return NULL;
}

static json_int_t free_id(call *c, const book *b)
{
    json_int_t id = emu_new_id(c->e, b);
    while (metadata_find(b, id) >= 0)
        id = emu_new_id(c->e, b);
    return id;
}

const json_t *metadata_create(call *c, book *b, const json_t *entry)
{
    json_int_t id = js_int(entry, "metadataId", 0);
    const char *missing = !js_text(entry, "metadataKey", "")[0] ? "key"
                          : !js_has(entry, "visibility")        ? "visibility"
                                                                : NULL;
    if (missing) {
        api_fail(&c->err, 400, "Developer metadata must always have a %s specified.",
                 missing);
        return NULL;
    }
    json_t *location = clean_location(c, b, json_object_get(entry, "location"));
    if (!location)
        return NULL;
    if (id != 0 && metadata_find(b, id) >= 0) {
        api_fail(&c->err, 400,
                 "Cannot add developer metadata with ID [%" JSON_INTEGER_FORMAT
                 "] because developer metadata with that ID already exists.",
                 id);
        json_decref(location);
        return NULL;
    }
    json_t *clean = json_pack("{s:I, s:O}", "metadataId", id ? id : free_id(c, b),
                              "metadataKey", json_object_get(entry, "metadataKey"));
    if (js_has(entry, "metadataValue"))
        json_object_set(clean, "metadataValue", json_object_get(entry, "metadataValue"));
    json_object_set_new(clean, "location", location);
    json_object_set(clean, "visibility", json_object_get(entry, "visibility"));
    bool ok = metadata_fits(c, b, clean);
    if (ok)
        json_array_append(b->metadata, clean);
    json_decref(clean);
    return ok ? clean : NULL;
}

bool metadata_get(call *c)
{
    int index = metadata_find(c->b, strtoll(c->range, NULL, 10));
    if (index < 0)
        return api_fail(&c->err, 404, "No developer metadata with ID %s", c->range);
    c->answer = json_incref(json_array_get(c->b->metadata, (size_t)index));
    return true;
}

/* For each entry the filters that named it, in the order of the entries. */
static bool search_all(call *c, const json_t *filters, json_t *hits)
{
    size_t i;
    json_t *filter;
    json_array_foreach(filters, i, filter)
    {
        const json_t *lookup = json_object_get(filter, "developerMetadataLookup");
        if (!lookup)
            continue;
        json_t *found = metadata_lookup(c->b, lookup, &c->err);
        if (!found)
            return false;
        size_t k;
        json_t *index;
        json_array_foreach(found, k, index)
        {
            json_t *list = json_array_get(hits, (size_t)json_integer_value(index));
            json_array_append_new(list, metadata_filter_shown(filter));
        }
        json_decref(found);
    }
    return true;
}

bool metadata_search(call *c)
{
    json_t *body = call_body(c, "SearchDeveloperMetadataRequest", "");
    if (!body)
        return false;
    json_t *hits = json_array();
    for (size_t i = 0; i < json_array_size(c->b->metadata); i++)
        json_array_append_new(hits, json_array());
    bool ok = search_all(c, json_object_get(body, "dataFilters"), hits);
    json_t *matched = json_array();
    for (size_t i = 0; i < json_array_size(hits); i++) {
        json_t *filters = json_array_get(hits, i);
        if (json_array_size(filters) > 0)
            json_array_append_new(matched, json_pack("{s:O, s:O}", "developerMetadata",
                                                     json_array_get(c->b->metadata, i),
                                                     "dataFilters", filters));
    }
    c->answer = json_object();
    if (json_array_size(matched) > 0)
        json_object_set(c->answer, "matchedDeveloperMetadata", matched);
    json_decref(matched);
    json_decref(hits);
    json_decref(body);
    return ok;
}
