#include "google/api.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "google/json_text.h"
#include "net/wipe.h"

#define JSON_TYPE "application/json"

void cx_reply_clear(cx_reply *reply)
{
    json_decref(reply->root);
    reply->root = NULL;
    cx_http_answer_clear(&reply->http);
}

static const char *member(const cx_reply *reply, const char *name)
{
    const json_t *error = json_object_get(reply->root, "error");
    const char *text = json_string_value(json_object_get(error, name));
    return text ? text : "";
}

const char *cx_reply_message(const cx_reply *reply)
{
    return member(reply, "message");
}

const char *cx_reply_word(const cx_reply *reply)
{
    return member(reply, "status");
}

const char *cx_reply_reason(const cx_reply *reply)
{
    const json_t *details =
        json_object_get(json_object_get(reply->root, "error"), "details");
    for (size_t i = 0; i < json_array_size(details); i++) {
        const char *reason =
            json_string_value(json_object_get(json_array_get(details, i), "reason"));
        if (reason)
            return reason;
    }
    return "";
}

bool cx_reply_says(const cx_reply *reply, const char *part)
{
    size_t length = strlen(part);
    for (const char *at = cx_reply_message(reply); *at; at++) {
        if (strncasecmp(at, part, length) == 0)
            return true;
    }
    return false;
}

bool cx_reply_tab_gone(const cx_reply *reply)
{
    return cx_reply_says(reply, "No grid with id") ||
           cx_reply_says(reply, "No sheet with id");
}

bool cx_reply_is_quota(const cx_reply *reply)
{
    if (reply->http.status != 403)
        return reply->http.status == 429;
    return strcmp(cx_reply_word(reply), "RESOURCE_EXHAUSTED") == 0 ||
           strcasecmp(cx_reply_reason(reply), "RATE_LIMIT_EXCEEDED") == 0 ||
           strcasecmp(cx_reply_reason(reply), "rateLimitExceeded") == 0;
}

static char *url_of(const cx_google *google, const char *suffix)
{
    static const char middle[] = "/v4/spreadsheets/";
    size_t size =
        strlen(google->api) + sizeof middle + strlen(google->sheet_id) + strlen(suffix);
    char *url = malloc(size);
    if (url)
        (void)snprintf(url, size, "%s%s%s%s", google->api, middle, google->sheet_id,
                       suffix);
    return url;
}

/* One try with a token: *class tells whether the same may be tried again. */
static cxlog_status call(cx_google *google, const cx_http_request *request,
                         cx_reply *reply, cx_retry_class *class, cxlog_error *err)
{
    *class = CX_RETRY_NEVER;
    cxlog_status status = cx_wire_ready(google, err);
    if (status == CXLOG_OK)
        status = cx_token_ready(google, err);
    if (status != CXLOG_OK)
        return status;
    cx_http_request signed_request = *request;
    signed_request.bearer = google->token;
    status = cx_wire_send(google, &signed_request, &reply->http, err);
    if (status != CXLOG_OK) {
        *class = status == CXLOG_ERR_RETRY ? CX_RETRY_PASSING : CX_RETRY_NEVER;
        return status;
    }
    *class = cx_retry_classify(&reply->http);
    if (reply->lean)
        cx_json_lean(reply->http.body, reply->http.length);
    status = cx_json_read(&reply->root, reply->http.body, reply->http.length, NULL, err);
    if (status != CXLOG_OK) {
        *class = CX_RETRY_NEVER;
        return status;
    }
    if (!json_is_object(reply->root)) {
        json_decref(reply->root);
        reply->root = NULL;
    }
    if (*class == CX_RETRY_TOKEN && cx_token_renew(google))
        return CXLOG_ERR_PERMISSION; /* no sentence: it is tried again */
    if (*class == CX_RETRY_TOKEN)
        *class = CX_RETRY_NEVER;
    if (*class != CX_RETRY_FINE)
        return CXLOG_ERR_GONE; /* the caller finds the words */
    return CXLOG_OK;
}

static cx_retry_class as_quota(const cx_reply *reply, cx_retry_class class)
{
    return cx_reply_is_quota(reply) ? CX_RETRY_QUOTA : class;
}

static cxlog_status read_once(cx_google *google, const cx_http_request *request,
                              cx_reply *reply, cx_retry_class *class, cxlog_error *err)
{
    cxlog_status status = call(google, request, reply, class, err);
    if (status == CXLOG_ERR_GONE || status == CXLOG_ERR_PERMISSION)
        *class = as_quota(reply, *class);
    if (*class == CX_RETRY_TOKEN || reply->http.fate != CX_HTTP_ANSWERED ||
        status == CXLOG_ERR_NOMEM)
        return status;
    if (status != CXLOG_OK)
        return cx_google_refused(google, reply, false, err);
    if (!reply->root)
        return cx_google_strange(google, "JSON", err);
    google->has_read = true;
    return CXLOG_OK;
}

cxlog_status cx_api_read(cx_google *google, const char *suffix, json_t *body,
                         cx_reply *reply, cxlog_error *err)
{
    CXLOG_AUTO_TEXT url = url_of(google, suffix);
    CXLOG_AUTO_TEXT text = cx_json_text(body);
    if (!url || (body && !text))
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    const cx_http_request request = {.kind = CX_HTTP_READ,
                                     .url = url,
                                     .content_type = JSON_TYPE,
                                     .body = text,
                                     .length = text ? strlen(text) : 0};
    cx_tries tries = {0};
    for (;;) {
        cxlog_error local = {0};
        cx_retry_class class = CX_RETRY_NEVER;
        cx_reply_clear(reply);
        cxlog_status status = read_once(google, &request, reply, &class, &local);
        if (status == CXLOG_OK)
            return CXLOG_OK;
        if (class != CX_RETRY_TOKEN &&
            !cx_wire_again(google, &tries, class, &reply->http)) {
            cx_keep_error(err, &local);
            return status;
        }
    }
}

cxlog_status cx_api_book(cx_google *google, const char *suffix, cx_reply *reply,
                         cxlog_error *err)
{
    cxlog_status status = cx_api_read(google, suffix, NULL, reply, err);
    if (status != CXLOG_OK)
        return status;
    const char *id = json_string_value(json_object_get(reply->root, "spreadsheetId"));
    if (!id || strcmp(id, google->sheet_id) != 0 ||
        !json_is_array(json_object_get(reply->root, "sheets")))
        return cx_google_strange(google, "a description of the spreadsheet", err);
    return CXLOG_OK;
}

static int64_t wait_of(cx_google *google, const cx_reply *reply, cxlog_outcome outcome,
                       cxlog_status status)
{
    cxlog_error ignored = {0};
    if (outcome == CXLOG_OUTCOME_NOT_APPLIED && cx_reply_is_quota(reply))
        return cx_wire_quota_wait(google, &reply->http);
    bool passing = outcome == CXLOG_OUTCOME_UNKNOWN || status == CXLOG_ERR_RETRY;
    return passing && cx_wire_ready(google, &ignored) == CXLOG_OK ? 0 : -1;
}

typedef struct writing {
    const char *suffix;
    json_t *body;    /* NULL: no memory */
    bool values;     /* of cells alone */
    size_t requests; /* in the body, unless values */
} writing;

static cxlog_status write_once(cx_google *google, const writing *what, cx_reply *reply,
                               cxlog_answer *answer, cxlog_error *err)
{
    *answer = (cxlog_answer){
        .outcome = CXLOG_OUTCOME_NOT_APPLIED, .wait_ms = -1, .bad_record = -1};
    CXLOG_AUTO_TEXT url = url_of(google, what->suffix);
    CXLOG_AUTO_TEXT text = cx_json_text(what->body);
    if (!url || !text)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    const cx_http_request request = {.kind = CX_HTTP_WRITE,
                                     .url = url,
                                     .content_type = JSON_TYPE,
                                     .body = text,
                                     .length = strlen(text)};
    cx_retry_class class = CX_RETRY_TOKEN;
    cxlog_status status = CXLOG_OK;
    cxlog_error local = {0};
    while (class == CX_RETRY_TOKEN) { /* twice at most: call() renews once a run */
        cx_reply_clear(reply);
        status = call(google, &request, reply, &class, &local);
    }
    answer->outcome = what->values
                          ? cx_values_outcome(reply, google->sheet_id)
                          : cx_write_outcome(reply, google->sheet_id, what->requests);
    answer->wait_ms = wait_of(google, reply, answer->outcome, status);
    if (answer->outcome == CXLOG_OUTCOME_APPLIED)
        return CXLOG_OK;
    bool understood = reply->http.fate == CX_HTTP_ANSWERED && status != CXLOG_ERR_NOMEM;
    if (understood && status == CXLOG_OK)
        return cx_google_strange(google, "the documented answer to a write", err);
    if (understood)
        return cx_google_refused(google, reply, true, err);
    cx_keep_error(err, &local);
    return status;
}

cxlog_status cx_api_write(cx_google *google, json_t *requests, cx_reply *reply,
                          cxlog_answer *answer, cxlog_error *err)
{
    json_auto_t *body = json_pack("{s:O}", "requests", requests);
    const writing what = {.suffix = ":batchUpdate?prettyPrint=false",
                          .body = body,
                          .requests = json_array_size(requests)};
    return write_once(google, &what, reply, answer, err);
}

cxlog_status cx_api_write_values(cx_google *google, json_t *data, cx_reply *reply,
                                 cxlog_answer *answer, cxlog_error *err)
{
    json_auto_t *body = json_pack("{s:s,s:O}", "valueInputOption", "RAW", "data", data);
    const writing what = {.suffix = "/values:batchUpdateByDataFilter?prettyPrint=false",
                          .body = body,
                          .values = true};
    return write_once(google, &what, reply, answer, err);
}
