#include "google/batch.h"

static bool put(json_t *requests, json_t *request)
{
    return json_array_append_new(requests, request) == 0;
}

static const char *dimension(bool rows)
{
    return rows ? "ROWS" : "COLUMNS";
}

bool cx_batch_mark(json_t *requests, int32_t id, const char *key, const char *value,
                   int32_t tab)
{
    return put(requests,
               json_pack("{s:{s:{s:i,s:s,s:s,s:{s:i},s:s}}}", "createDeveloperMetadata",
                         "developerMetadata", "metadataId", (int)id, "metadataKey", key,
                         "metadataValue", value, "location", "sheetId", (int)tab,
                         "visibility", "DOCUMENT"));
}

bool cx_batch_mark_row(json_t *requests, int32_t id, const char *key, const char *value,
                       int32_t tab, int64_t row)
{
    return put(requests,
               json_pack("{s:{s:{s:i,s:s,s:s,s:{s:{s:i,s:s,s:I,s:I}},s:s}}}",
                         "createDeveloperMetadata", "developerMetadata", "metadataId",
                         (int)id, "metadataKey", key, "metadataValue", value, "location",
                         "dimensionRange", "sheetId", (int)tab, "dimension", "ROWS",
                         "startIndex", (json_int_t)row, "endIndex", (json_int_t)row + 1,
                         "visibility", "DOCUMENT"));
}

bool cx_batch_unmark(json_t *requests, int32_t id)
{
    return put(requests,
               json_pack("{s:{s:{s:{s:i}}}}", "deleteDeveloperMetadata", "dataFilter",
                         "developerMetadataLookup", "metadataId", (int)id));
}

bool cx_batch_insert(json_t *requests, int32_t tab, bool rows, int64_t at, int64_t count,
                     bool inherit)
{
    return put(requests,
               json_pack("{s:{s:{s:i,s:s,s:I,s:I},s:b}}", "insertDimension", "range",
                         "sheetId", (int)tab, "dimension", dimension(rows), "startIndex",
                         (json_int_t)at, "endIndex", (json_int_t)at + (json_int_t)count,
                         "inheritFromBefore", inherit ? 1 : 0));
}

bool cx_batch_grow(json_t *requests, int32_t tab, bool rows, int64_t count)
{
    return put(requests,
               json_pack("{s:{s:i,s:s,s:I}}", "appendDimension", "sheetId", (int)tab,
                         "dimension", dimension(rows), "length", (json_int_t)count));
}

bool cx_batch_cells(json_t *requests, int32_t tab, int64_t row, int64_t column,
                    json_t *rows, const char *fields)
{
    return put(requests,
               json_pack("{s:{s:{s:i,s:I,s:I},s:O,s:s}}", "updateCells", "start",
                         "sheetId", (int)tab, "rowIndex", (json_int_t)row, "columnIndex",
                         (json_int_t)column, "rows", rows, "fields", fields));
}
