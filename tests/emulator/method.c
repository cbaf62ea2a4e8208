#include "method.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fields.h"
#include "json.h"
#include "oauth.h"
#include "uri.h"

static const char *const known_parameters[] = {"alt",
                                               "fields",
                                               "key",
                                               "prettyPrint",
                                               "quotaUser",
                                               "$.xgafv",
                                               "access_token",
                                               "oauth_token",
                                               "callback",
                                               "uploadType",
                                               "upload_protocol",
                                               "ranges",
                                               "includeGridData",
                                               "excludeTablesInBandedRanges",
                                               "majorDimension",
                                               "valueRenderOption",
                                               "dateTimeRenderOption",
                                               "valueInputOption",
                                               "insertDataOption",
                                               "includeValuesInResponse",
                                               "responseValueRenderOption",
                                               "responseDateTimeRenderOption"};

static bool parameters_ok(call *c)
{
    const char *name;
    json_t *values;
    json_object_foreach(c->query, name, values)
    {
        size_t i = 0;
        size_t count = sizeof known_parameters / sizeof known_parameters[0];
        while (i < count && strcmp(known_parameters[i], name) != 0)
            i++;
        if (i < count)
            continue;
        char *text =
            mem_format("Invalid JSON payload received. Unknown name \"%.100s\": "
                       "Cannot bind query parameter. Field '%.100s' could not be "
                       "found in request message.",
                       name, name);
        api_fail_field(&c->err, "", text, text);
        free(text);
        return false;
    }
    return true;
}

static bool quota_left(call *c, bool is_write)
{
    int64_t now = emu_now_ms(c->e);
    if (c->who->minute != now / 60000) {
        c->who->minute = now / 60000;
        c->who->reads = 0;
        c->who->writes = 0;
    }
    int *used = is_write ? &c->who->writes : &c->who->reads;
    if (c->e->quota == 0 || *used < c->e->quota) {
        ++*used;
        return true;
    }
    return api_fail_quota(&c->err, is_write, now, c->e->quota);
}

static bool api_enabled(call *c)
{
    static const char url[] =
        "https://console.developers.google.com/apis/api/sheets.googleapis.com/overview"
        "?project=1";
    if (!c->e->is_api_disabled)
        return true;
    api_fail(
        &c->err, 403,
        "Google Sheets API has not been used in project 1 before or it is disabled. "
        "Enable it by visiting %s then retry. If you enabled this API recently, wait a "
        "few minutes for the action to propagate to our systems and retry.",
        url);
    c->err.details =
        json_pack("[{s:s, s:[{s:s, s:s}]}, {s:s, s:s, s:s, s:{s:s, s:s}}]", "@type",
                  "type.googleapis.com/google.rpc.Help", "links", "description",
                  "Google developers console API activation", "url", url, "@type",
                  "type.googleapis.com/google.rpc.ErrorInfo", "reason",
                  "SERVICE_DISABLED", "domain", "googleapis.com", "metadata", "service",
                  "sheets.googleapis.com", "consumer", "projects/1");
    return false;
}

static bool book_open(call *c, const route *to)
{
    if (!to->needs_book)
        return true;
    c->b = emu_book(c->e, to->book_id);
    if (!c->b)
        return api_fail(&c->err, 404, "Requested entity was not found.");
    const char *role = js_text(c->b->shares, c->who->email, "");
    bool may_write = strcmp(role, "writer") == 0;
    if (role[0] == '\0' || (to->is_write && !may_write))
        return api_fail(&c->err, 403, "The caller does not have permission");
    if (c->b->is_office_file) {
        api_fail(&c->err, 400, "This operation is not supported for this document");
        c->err.status = "FAILED_PRECONDITION";
        return false;
    }
    return true;
}

static bool body_read(call *c, const http_request *request)
{
    if (request->body_length == 0)
        return true;
    json_error_t where;
    c->body = json_loadb(request->body, request->body_length,
                         JSON_ALLOW_NUL | JSON_DECODE_ANY, &where);
    if (c->body)
        return true;
    char *text = mem_format("Invalid JSON payload received. %s", where.text);
    api_fail_field(&c->err, "", text, text);
    free(text);
    return false;
}

static bool apply_mask(call *c, const route *to)
{
    const char *mask = call_query(c, "fields", NULL);
    if (!mask)
        return true;
    json_t *tree = fields_parse(mask, to->type, &c->err);
    if (!tree)
        return false;
    json_t *picked = fields_pick(c->answer, tree);
    json_decref(c->answer);
    c->answer = picked;
    json_decref(tree);
    return true;
}

static bool run(call *c, const route *to, const http_request *request, json_t *entry)
{
    c->who = oauth_bearer(c->e, request->authorization);
    if (!c->who)
        return api_fail(
            &c->err, 401,
            "Request had invalid authentication credentials. Expected OAuth 2 access "
            "token, "
            "login cookie or other valid authentication credential. See "
            "https://developers.google.com/identity/sign-in/web/devconsole-project.");
    json_object_set_new(entry, "account", json_string(c->who->email));
    return api_enabled(c) && quota_left(c, to->is_write) && parameters_ok(c) &&
           book_open(c, to) && body_read(c, request) && to->run(c) && apply_mask(c, to);
}

static void log_apply(call *c, const http_request *request, const json_t *entry)
{
    json_t *kinds = json_array();
    size_t i;
    json_t *op;
    json_array_foreach(json_object_get(c->body, "requests"), i, op)
    {
        void *iter = json_object_iter(op);
        if (iter)
            json_array_append_new(kinds, json_string(json_object_iter_key(iter)));
    }
    json_array_append_new(c->e->apply_log,
                          json_pack("{s:I, s:O?, s:s, s:s?, s:s, s:o, s:O}", "n",
                                    (json_int_t)json_array_size(c->e->apply_log) + 1,
                                    "request", json_object_get(entry, "n"), "path",
                                    request->uri, "id", c->b ? c->b->id : NULL, "account",
                                    c->who->email, "kinds", kinds, "ops", c->ops));
}

static void not_found(http_response *response)
{
    response->status = 404;
    response->type = "text/html; charset=UTF-8";
    response->body =
        mem_text("<!DOCTYPE html>\n<html lang=en>\n  <meta charset=utf-8>\n  "
                 "<title>Error 404 (Not "
                 "Found)!!1</title>\n  <p><b>404.</b> <ins>That's an error.</ins>\n  "
                 "<p>The requested "
                 "URL was not found on this server. <ins>That's all we know.</ins>\n");
    response->length = strlen(response->body);
}

void method_run(emu *e, const route *to, const http_request *request, json_t *entry,
                http_response *response)
{
    if (!to->run) {
        not_found(response);
        return;
    }
    const char *mark = strchr(request->uri, '?');
    call c = {.e = e,
              .range = to->rest,
              .query = uri_query(mark ? mark + 1 : ""),
              .ops = json_array()};
    bool ok = run(&c, to, request, entry);
    bool pretty = strcmp(call_query(&c, "prettyPrint", "true"), "false") != 0;
    if (ok && to->is_write)
        log_apply(&c, request, entry);
    json_t *body = ok ? json_incref(c.answer) : api_error_body(&c.err);
    http_response_json(response, ok ? 200 : c.err.code, body, pretty);
    json_decref(body);
    json_decref(c.answer);
    json_decref(c.body);
    json_decref(c.query);
    json_decref(c.ops);
    json_decref(c.append_rows);
    api_error_clear(&c.err);
}
