#include <stdlib.h>
#include <string.h>

#include "google/api.h"

static bool is_done(const cx_reply *reply, const char *sheet_id, size_t count)
{
    const char *id = json_string_value(json_object_get(reply->root, "spreadsheetId"));
    const json_t *replies = json_object_get(reply->root, "replies");
    return id && strcmp(id, sheet_id) == 0 && json_is_array(replies) &&
           json_array_size(replies) == count;
}

static cxlog_outcome outcome(const cx_reply *reply, bool done)
{
    if (reply->http.fate == CX_HTTP_NOT_SENT)
        return CXLOG_OUTCOME_NOT_APPLIED;
    if (reply->http.fate == CX_HTTP_NO_ANSWER)
        return CXLOG_OUTCOME_UNKNOWN;
    if (reply->http.status == 200)
        return done ? CXLOG_OUTCOME_APPLIED : CXLOG_OUTCOME_UNKNOWN;
    /* Only Google itself can say that it refused: a page of somebody in between proves
     * nothing. */
    if (!json_is_object(json_object_get(reply->root, "error")))
        return CXLOG_OUTCOME_UNKNOWN;
    switch (reply->http.status) {
    case 400:
    case 401:
    case 403:
    case 404:
    case 429:
        return CXLOG_OUTCOME_NOT_APPLIED;
    default:
        return CXLOG_OUTCOME_UNKNOWN;
    }
}

cxlog_outcome cx_write_outcome(const cx_reply *reply, const char *sheet_id, size_t count)
{
    return outcome(reply, is_done(reply, sheet_id, count));
}

/* How many ranges it names is the filters' affair. */
cxlog_outcome cx_values_outcome(const cx_reply *reply, const char *sheet_id)
{
    const char *id = json_string_value(json_object_get(reply->root, "spreadsheetId"));
    return outcome(reply, id && strcmp(id, sheet_id) == 0);
}

bool cx_write_marked(const cx_reply *reply, int32_t marker)
{
    const json_t *first = json_array_get(json_object_get(reply->root, "replies"), 0);
    const json_t *made = json_object_get(
        json_object_get(first, "createDeveloperMetadata"), "developerMetadata");
    const json_t *id = json_object_get(made, "metadataId");
    return json_is_integer(id) && json_integer_value(id) == marker;
}

/* The number in "requests[7]" or "rows[7]"; -1 when the text has none. */
static long number_after(const char *text, const char *word)
{
    const char *at = strstr(text, word);
    if (!at || at[strlen(word)] < '0' || at[strlen(word)] > '9')
        return -1;
    return strtol(at + strlen(word), NULL, 10);
}

static long row_named(const cx_reply *reply)
{
    long row = number_after(cx_reply_message(reply), "rows[");
    const json_t *details =
        json_object_get(json_object_get(reply->root, "error"), "details");
    for (size_t i = 0; row < 0 && i < json_array_size(details); i++) {
        const json_t *list =
            json_object_get(json_array_get(details, i), "fieldViolations");
        for (size_t k = 0; row < 0 && k < json_array_size(list); k++) {
            const char *field =
                json_string_value(json_object_get(json_array_get(list, k), "field"));
            row = number_after(field ? field : "", "rows[");
        }
    }
    return row;
}

/* Refusals that no single record is to blame for. */
static bool about_the_sheet(const cx_reply *reply)
{
    static const char *const parts[] = {"protected", "above the limit of",
                                        "not supported for this document",
                                        "storage limit", "Invalid JSON payload"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (cx_reply_says(reply, parts[i]))
            return true;
    }
    return cx_reply_tab_gone(reply);
}

void cx_write_detail(cxlog_answer *answer, const cx_reply *reply,
                     const cx_batch_shape *shape)
{
    if (answer->outcome != CXLOG_OUTCOME_NOT_APPLIED || reply->http.status != 400)
        return;
    long request = number_after(cx_reply_message(reply), "requests[");
    answer->marker_taken =
        cx_reply_says(reply, "developer metadata with that ID already exists") ||
        (cx_reply_says(reply, "addSheet") && cx_reply_says(reply, "already exists"));
    answer->beyond_grid = cx_reply_says(reply, "larger than current grid size") ||
                          cx_reply_says(reply, "exceeds grid limits") ||
                          cx_reply_says(reply, "must be less than the grid size") ||
                          cx_reply_says(reply, "Attempting to write") ||
                          cx_reply_says(reply, "is after last");
    answer->drop_missing = !answer->marker_taken && shape->drop_count > 0 &&
                           (cx_reply_says(reply, "deleteDeveloperMetadata") ||
                            (request >= (long)shape->drop_first &&
                             request < (long)(shape->drop_first + shape->drop_count)));
    if (answer->marker_taken || answer->beyond_grid || answer->drop_missing ||
        shape->records == 0 || about_the_sheet(reply))
        return;
    long row = row_named(reply);
    if (row >= 0 && row < (long)shape->records)
        answer->bad_record = (int)row;
    else if (request >= 0 && request != (long)shape->cells &&
             !cx_reply_says(reply, "updateCells"))
        return; /* not the request that holds the records */
    else if (shape->records == 1)
        answer->bad_record = 0;
    else
        answer->refused = true;
}
