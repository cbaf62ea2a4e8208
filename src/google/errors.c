#include <stdlib.h>
#include <string.h>

#include <cxlog/close.h>
#include <cxlog/text.h>

#include "google/api.h"

#define CONSOLE_MAX 300
#define CONSOLE_LIBRARY                                                                  \
    "https://console.cloud.google.com/apis/library/sheets.googleapis.com"
#define NATIVE_ID_LENGTH 44

/* The address that switches the API on, taken from the answer only when it plainly is one
 * of Google's console. */
static const char *console_url(char out[CONSOLE_MAX], const cx_reply *reply)
{
    static const char *const hosts[] = {"https://console.developers.google.com/",
                                        "https://console.cloud.google.com/"};
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789/.?=&_-";
    for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
        const char *at = strstr(cx_reply_message(reply), hosts[i]);
        size_t head = strlen(hosts[i]);
        size_t length = at ? head + strspn(at + head, allowed) : 0;
        if (at && length < CONSOLE_MAX) {
            memcpy(out, at, length);
            out[length] = '\0';
            return out;
        }
    }
    return CONSOLE_LIBRARY;
}

static cxlog_status forbidden(const cx_google *google, const cx_reply *reply,
                              bool writing, cxlog_error *err)
{
    char url[CONSOLE_MAX];
    const char *reason = cx_reply_reason(reply);
    const char *email = google->key.email;
    if (strcmp(reason, "SERVICE_DISABLED") == 0 ||
        cx_reply_says(reply, "has not been used in project"))
        return cxlog_fail(
            err, CXLOG_ERR_PERMISSION,
            "the Google Sheets API is switched off in the project of the key: open %s, "
            "switch it on and try again in a minute",
            console_url(url, reply));
    if (strcmp(reason, "ACCESS_TOKEN_SCOPE_INSUFFICIENT") == 0 ||
        cx_reply_says(reply, "insufficient authentication scopes"))
        return cxlog_fail(
            err, CXLOG_ERR_PERMISSION,
            "Google's token does not cover spreadsheets: the domain's policy takes the "
            "scope %s away from %s",
            "auth/spreadsheets", email);
    if (writing && google->has_read)
        return cxlog_fail(
            err, CXLOG_ERR_PERMISSION,
            "%s may only view the spreadsheet: in its Share dialog make that address an "
            "editor",
            email);
    return cxlog_fail(
        err, CXLOG_ERR_PERMISSION,
        "the spreadsheet is not shared with %s: share it with that address, as an editor",
        email);
}

static cxlog_status not_found(const cx_google *google, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    size_t length = strlen(google->sheet_id);
    const char *id = cxlog_quote(quoted, google->sheet_id);
    if (length < NATIVE_ID_LENGTH)
        return cxlog_fail(
            err, CXLOG_ERR_GONE,
            "there is no spreadsheet %s (%zu characters; Google's have %d): was it cut, "
            "or deleted?",
            id, length, NATIVE_ID_LENGTH);
    return cxlog_fail(err, CXLOG_ERR_GONE,
                      "there is no spreadsheet %s: check sheet.id; was it deleted?", id);
}

/* By the id that the answer names; NULL: none, or not one of ours. */
static const char *tab_named(const cx_google *google, const cx_reply *reply)
{
    static const char words[] = " with id: ";
    const struct {
        int32_t id;
        const char *title;
    } tabs[] = {
        {google->log_tab, CXLOG_TAB_LOG},
        {google->scheme_tab, CXLOG_TAB_SCHEME},
        {CXLOG_TOTALS_TAB_ID, CXLOG_TAB_TOTALS},
        {CXLOG_DASHBOARD_TAB_ID, CXLOG_TAB_DASHBOARD},
        {CXLOG_EFFECTIVE_TAB_ID, CXLOG_TAB_EFFECTIVE},
    };
    const char *at = strstr(cx_reply_message(reply), words);
    const char *digits = at ? at + strlen(words) : "";
    if (*digits < '0' || *digits > '9')
        return NULL;
    long id = strtol(digits, NULL, 10);
    for (size_t i = 0; i < sizeof tabs / sizeof tabs[0]; i++) {
        if (tabs[i].id == id)
            return tabs[i].title;
    }
    return NULL;
}

static cxlog_status tab_gone(const cx_google *google, const cx_reply *reply,
                             cxlog_error *err)
{
    const char *title = tab_named(google, reply);
    if (title)
        return cxlog_fail(
            err, CXLOG_ERR_SHEET,
            "tab %s is not in the spreadsheet any more: bring it back from the version "
            "history, or run cxlog init",
            title);
    return cxlog_fail(
        err, CXLOG_ERR_SHEET,
        "a tab of cxlog is not in the spreadsheet any more: bring it back from the "
        "version history, or run cxlog init");
}

static cxlog_status bad_request(const cx_google *google, const cx_reply *reply,
                                cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    const char *text = cxlog_quote(quoted, cx_reply_message(reply));
    if (cx_reply_says(reply, "not supported for this document"))
        return cxlog_fail(err, CXLOG_ERR_GONE,
                          "the file is an Excel file, not a Google spreadsheet: open it "
                          "and choose File, "
                          "Save as Google Sheets, then use the new address");
    if (cx_reply_says(reply, "Unable to parse range") || cx_reply_tab_gone(reply))
        return tab_gone(google, reply, err);
    if (cx_reply_says(reply, "number of cells in the workbook above"))
        return cxlog_fail(err, CXLOG_ERR_GONE,
                          "the sheet is full (10,000,000 cells): start a new "
                          "spreadsheet, or delete tabs "
                          "that nobody needs");
    if (cx_reply_says(reply, "in a single cell"))
        return cxlog_fail(
            err, CXLOG_ERR_GONE,
            "a text is longer than the 50,000 characters that Google takes in a cell");
    if (cx_reply_says(reply, "protected"))
        return cxlog_fail(err, CXLOG_ERR_PERMISSION,
                          "the tab is protected: allow %s to edit the protected range",
                          google->key.email);
    if (cx_reply_says(reply, "developer metadata with that ID already exists"))
        return cxlog_fail(err, CXLOG_ERR_RETRY, "another writer was first");
    if (cx_reply_says(reply, "grid size") || cx_reply_says(reply, "exceeds grid limits"))
        return cxlog_fail(err, CXLOG_ERR_RETRY,
                          "rows of the sheet were deleted meanwhile");
    if (cx_reply_says(reply, "addSheet") && cx_reply_says(reply, "already exists"))
        return cxlog_fail(err, CXLOG_ERR_RETRY, "somebody made the tabs first");
    if (cx_reply_says(reply, "deleteDeveloperMetadata"))
        return cxlog_fail(err, CXLOG_ERR_RETRY, "a marker to be deleted is gone already");
    if (cx_reply_says(reply, "metadata would exceed"))
        return cxlog_fail(
            err, CXLOG_ERR_GONE,
            "the spreadsheet's store of markers is full: more than 2,000 stores have "
            "written to it, or another program fills it; start a new spreadsheet");
    return cxlog_fail(err, CXLOG_ERR_GONE, "Google refuses the request: %s", text);
}

static cxlog_status busy(const cx_reply *reply, cxlog_error *err)
{
    if (reply->http.retry_after_ms > 0)
        return cxlog_fail(
            err, CXLOG_ERR_RETRY,
            "Google's quota for this minute is used up, it asks to wait %lld s; records "
            "are safe here",
            (long long)((reply->http.retry_after_ms + 999) / 1000));
    return cxlog_fail(
        err, CXLOG_ERR_RETRY,
        "Google's quota for this minute is used up: cxlog tries again by itself, records "
        "are safe here");
}

static const char *host_of(char quoted[CXLOG_QUOTE_MAX], const cx_google *google)
{
    return cxlog_quote(quoted, google->api);
}

cxlog_status cx_google_refused(const cx_google *google, const cx_reply *reply,
                               bool writing, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    long status = reply->http.status;
    if (status >= 500 || status == 408 || status == 409)
        return cxlog_fail(
            err, CXLOG_ERR_RETRY,
            "Google has a problem (HTTP %ld): try again later, records are safe here",
            status);
    if (cx_reply_is_quota(reply))
        return busy(reply, err);
    if (status >= 300 && status < 400)
        return cxlog_fail(
            err, CXLOG_ERR_SHEET,
            "%s answers with a redirect (HTTP %ld), which is never followed: is a proxy "
            "or login page in between?",
            host_of(quoted, google), status);
    if (!json_is_object(json_object_get(reply->root, "error")))
        return cxlog_fail(
            err, CXLOG_ERR_SHEET,
            "%s answers HTTP %ld without Google's reason: is a proxy or login page in "
            "between?",
            host_of(quoted, google), status);
    switch (status) {
    case 401:
        return cxlog_fail(err, CXLOG_ERR_PERMISSION,
                          "Google refuses a fresh token of %s: is its key still valid?",
                          google->key.email);
    case 403:
        return forbidden(google, reply, writing, err);
    case 404:
    case 410:
        return not_found(google, err);
    case 400:
        return bad_request(google, reply, err);
    default:
        return cxlog_fail(err, CXLOG_ERR_SHEET,
                          "%s answers HTTP %ld, which Google's never does",
                          host_of(quoted, google), status);
    }
}

cxlog_status cx_google_strange(const cx_google *google, const char *what,
                               cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    return cxlog_fail(err, CXLOG_ERR_SHEET,
                      "the answer of %s is not %s: is a proxy or login page in between?",
                      host_of(quoted, google), what);
}
