/*
 * sweep.c - room for a marker. Every store leaves the marker of its last push behind;
 * those of machines that never came back fill the tab's 30,000 characters in the end. A
 * marker tells its age by its own machine's clock, which is as right as Google's sign-in
 * asks for, to minutes: a machine with another clock has no token to push with.
 */
#include <string.h>

#include "core/seam.h"
#include "google/api.h"
#include "google/batch.h"

#define DAY_MS INT64_C(86400000)
#define OLD_MS (30 * DAY_MS) /* a request lives for minutes: nobody waits for these */
#define SWEEP_MOST 200       /* in one write */
#define TIME_DIGITS 10

/* Unix milliseconds that a marker's value says, to a quarter of an hour
 * (sync/sync_impl.h). -1: something else. */
static int64_t made_at(const char *value)
{
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    if (strlen(value) != TIME_DIGITS)
        return -1;
    int64_t ms = 0;
    for (const char *c = value; *c; c++) {
        const char *digit = strchr(digits, *c);
        if (!digit)
            return -1;
        ms = ms * 32 + (digit - digits);
    }
    return ms;
}

static bool unmark_old(json_t *requests, const json_t *list)
{
    bool good = true;
    int64_t before = cx_utc_ms() - OLD_MS;
    for (size_t i = 0; good && i < json_array_size(list); i++) {
        const json_t *entry =
            json_object_get(json_array_get(list, i), "developerMetadata");
        const char *value = json_string_value(json_object_get(entry, "metadataValue"));
        const json_t *id = json_object_get(entry, "metadataId");
        int64_t made = value ? made_at(value) : -1;
        if (made >= 0 && made < before && json_is_integer(id) &&
            json_array_size(requests) < SWEEP_MOST)
            good = cx_batch_unmark(requests, (int32_t)json_integer_value(id));
    }
    return good;
}

cxlog_status cx_sweep_markers(cx_google *google, bool *swept, cxlog_error *err)
{
    *swept = false;
    json_auto_t *requests = json_array();
    json_auto_t *body =
        json_pack("{s:[{s:{s:s}}]}", "dataFilters", "developerMetadataLookup",
                  "metadataKey", CX_MARKER_KEY);
    if (!requests || !body)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    CXLOG_AUTO_VALUE(cx_reply) found = {0};
    CXLOG_AUTO_VALUE(cx_reply) reply = {0};
    cxlog_status status = cx_api_read(
        google, "/developerMetadata:search?prettyPrint=false", body, &found, err);
    if (status != CXLOG_OK)
        return status;
    if (!unmark_old(requests, json_object_get(found.root, "matchedDeveloperMetadata")))
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    if (json_array_size(requests) == 0)
        return CXLOG_OK;
    cxlog_answer answer;
    status = cx_api_write(google, requests, &reply, &answer, err);
    *swept = status == CXLOG_OK;
    return status;
}
