#include "api_error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "json.h"

enum { USUAL_QUOTA = 60 };

static const char *status_of(int code)
{
    static const struct {
        int code;
        const char *name;
    } names[] = {
        {400, "INVALID_ARGUMENT"},
        {401, "UNAUTHENTICATED"},
        {403, "PERMISSION_DENIED"},
        {404, "NOT_FOUND"},
        {409, "ABORTED"},
        {410, "NOT_FOUND"},
        {429, "RESOURCE_EXHAUSTED"},
        {500, "INTERNAL"},
        {501, "UNIMPLEMENTED"},
        {503, "UNAVAILABLE"},
        {504, "DEADLINE_EXCEEDED"},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i].code == code)
            return names[i].name;
    }
    return "UNKNOWN";
}

bool api_fail(api_error *err, int code, const char *format, ...)
{
    char text[2048];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    api_error_clear(err);
    err->code = code;
    err->status = status_of(code);
    err->message = mem_text(length < 0 ? "" : text);
    return false;
}

bool api_fail_field(api_error *err, const char *field, const char *message,
                    const char *description)
{
    api_fail(err, 400, "%s", message);
    json_t *violation = json_object();
    if (field[0] != '\0')
        json_object_set_new(violation, "field", json_string(field));
    json_object_set_new(violation, "description", json_string(description));
    err->details =
        json_pack("[{s:s, s:[o]}]", "@type", "type.googleapis.com/google.rpc.BadRequest",
                  "fieldViolations", violation);
    return false;
}

bool api_fail_quota(api_error *err, bool is_write, int64_t now_ms, int limit)
{
    const char *kind = is_write ? "Write" : "Read";
    char window[40];
    char limit_text[16];
    char quota_limit[64];
    time_t start = (time_t)(now_ms / 60000 * 60);
    struct tm utc;
    gmtime_r(&start, &utc);
    strftime(window, sizeof window, "%Y-%m-%dT%H:%M:%SZ", &utc);
    snprintf(limit_text, sizeof limit_text, "%d", limit > 0 ? limit : USUAL_QUOTA);
    snprintf(quota_limit, sizeof quota_limit, "%sRequestsPerMinutePerUser", kind);
    api_fail(err, 429,
             "Quota exceeded for quota metric '%s requests' and limit '%s requests per "
             "minute per user' of service 'sheets.googleapis.com' for consumer "
             "'project_number:1'.",
             kind, kind);
    err->details = json_pack(
        "[{s:s, s:s, s:s, s:{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}}, {s:s, s:[{s:s, "
        "s:s}]}]",
        "@type", "type.googleapis.com/google.rpc.ErrorInfo", "reason",
        "RATE_LIMIT_EXCEEDED", "domain", "googleapis.com", "metadata",
        "window_start_time", window, "quota_metric",
        is_write ? "sheets.googleapis.com/write_requests"
                 : "sheets.googleapis.com/read_requests",
        "quota_location", "global", "service", "sheets.googleapis.com", "quota_unit",
        "1/min/{project}/{user}", "quota_limit", quota_limit, "consumer", "projects/1",
        "quota_limit_value", limit_text, "@type", "type.googleapis.com/google.rpc.Help",
        "links", "description", "Request a higher quota limit.", "url",
        "https://cloud.google.com/docs/quotas/help/request_increase");
    return false;
}

void api_error_prefix(api_error *err, const char *where)
{
    if (err->code != 400)
        return;
    char *longer = mem_format("Invalid %s: %s", where, err->message);
    free(err->message);
    err->message = longer;
}

json_t *api_error_body(const api_error *err)
{
    json_t *inner = json_pack("{s:i, s:s, s:s}", "code", err->code, "message",
                              err->message ? err->message : "", "status",
                              err->status ? err->status : "UNKNOWN");
    if (err->details)
        json_object_set(inner, "details", err->details);
    return json_pack("{s:o}", "error", inner);
}

void api_error_clear(api_error *err)
{
    free(err->message);
    json_decref(err->details);
    *err = (api_error){0};
}
