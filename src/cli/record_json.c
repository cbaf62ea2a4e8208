#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

#include "cli/json_text.h"

/* Blank numbers and times are null, blank texts "". */
static json_t *number_of(const cxlog_entry *entry, cxlog_column column)
{
    int64_t value = entry->number[column];
    char buffer[CXLOG_WALL_TEXT];
    if (value == CXLOG_BLANK)
        return json_null();
    if (cxlog_column_get(column)->kind == CXLOG_KIND_TIME)
        return json_string(cxlog_wall_iso(buffer, value));
    return json_integer(value);
}

static json_t *tags_of(const char *tags)
{
    json_t *array = json_array();
    while (*tags != '\0') {
        size_t length = strcspn(tags, ",");
        (void)json_array_append_new(array, json_stringn(tags, length));
        tags += length;
        tags += strspn(tags, ", ");
    }
    return array;
}

static json_t *column_of(const cxlog_entry *entry, cxlog_column column)
{
    cxlog_column_kind kind = cxlog_column_get(column)->kind;
    if (kind == CXLOG_KIND_TIME || kind == CXLOG_KIND_NUMBER)
        return number_of(entry, column);
    const char *text = cxlog_entry_text(entry, column);
    return column == CXLOG_COL_TAGS ? tags_of(text) : json_string(text);
}

static json_t *fields_of(const cxlog_entry *entry)
{
    json_t *fields = json_object();
    for (size_t i = 0; i < entry->extra_count; i++)
        (void)json_object_set_new(fields, entry->extra[i].name,
                                  json_string(entry->extra[i].value));
    return fields;
}

json_t *cli_record_object(const cxlog_record *record)
{
    const cxlog_entry *entry = &record->entry;
    json_t *object = json_object();
    bool good = json_object_set_new(object, "schema", json_integer(1)) == 0 &&
                json_object_set_new(object, "id", column_of(entry, CXLOG_COL_ID)) == 0 &&
                json_object_set_new(object, "state",
                                    json_string(cxlog_state_name(record->state))) == 0;
    for (int i = 0; good && i < CXLOG_COLUMN_COUNT; i++) {
        cxlog_column column = (cxlog_column)i;
        if (column != CXLOG_COL_ID && column != CXLOG_COL_CHECKSUM)
            good = json_object_set_new(object, cxlog_column_get(column)->field,
                                       column_of(entry, column)) == 0;
    }
    good =
        good && json_object_set_new(object, "fields", fields_of(entry)) == 0 &&
        json_object_set_new(object, "number", json_integer(record->number)) == 0 &&
        json_object_set_new(object, "effective", json_boolean(record->effective)) == 0 &&
        json_object_set_new(object, "mine", json_boolean(record->mine)) == 0 &&
        json_object_set_new(object, "edited", json_boolean(record->edited)) == 0 &&
        json_object_set_new(object, "root", json_string(record->root)) == 0 &&
        json_object_set_new(object, "row", json_integer(record->row)) == 0;
    if (good && record->reason)
        good = json_object_set_new(object, "reason", json_string(record->reason)) == 0;
    if (good)
        return object;
    json_decref(object);
    return NULL;
}

cxlog_status cli_record_json(char **out, const cxlog_record *record, cxlog_error *err)
{
    json_t *object = cli_record_object(record);
    cxlog_status status = cli_json_text(out, object, err);
    json_decref(object);
    return status;
}
