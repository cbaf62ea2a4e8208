#include <stdio.h>
#include <string.h>

#include "google/api.h"

static cxlog_status take_value(const cx_google *google, const json_t *entry, int32_t id,
                               char **value, cxlog_error *err)
{
    const json_t *number = json_object_get(entry, "metadataId");
    const char *text = json_string_value(json_object_get(entry, "metadataValue"));
    if (!json_is_integer(number) || json_integer_value(number) != id)
        return cx_google_strange(google, "one to this question", err);
    *value = strdup(text ? text : "");
    return *value ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

/* A 404 that does not speak of metadata may mean the spreadsheet: a search tells the two
 * apart. */
static cxlog_status search(cx_google *google, int32_t id, char **value, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_reply) reply = {0};
    json_auto_t *body = json_pack("{s:[{s:{s:i}}]}", "dataFilters",
                                  "developerMetadataLookup", "metadataId", (int)id);
    if (!body)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    cxlog_status status = cx_api_read(
        google, "/developerMetadata:search?prettyPrint=false", body, &reply, err);
    if (status != CXLOG_OK)
        return status;
    const json_t *list = json_object_get(reply.root, "matchedDeveloperMetadata");
    if (json_array_size(list) == 0)
        return json_object_size(reply.root) == 0 || list
                   ? CXLOG_OK
                   : cx_google_strange(google, "one to this question", err);
    const json_t *entry = json_object_get(json_array_get(list, 0), "developerMetadata");
    return take_value(google, entry, id, value, err);
}

cxlog_status cx_google_marker(cxlog_remote *remote, int32_t id, char **value,
                              cxlog_error *err)
{
    cx_google *google = (cx_google *)remote;
    char suffix[80];
    *value = NULL;
    (void)snprintf(suffix, sizeof suffix, "/developerMetadata/%d?prettyPrint=false",
                   (int)id);
    CXLOG_AUTO_VALUE(cx_reply) reply = {0};
    cxlog_error local = {0};
    cxlog_status status = cx_api_read(google, suffix, NULL, &reply, &local);
    if (status == CXLOG_OK)
        return take_value(google, reply.root, id, value, err);
    bool googles = json_is_object(json_object_get(reply.root, "error"));
    if (reply.http.status == 404 && googles)
        return cx_reply_says(&reply, "metadata") ? CXLOG_OK
                                                 : search(google, id, value, err);
    cx_keep_error(err, &local);
    return status;
}
