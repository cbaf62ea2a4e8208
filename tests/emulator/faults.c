#include "faults.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "api_error.h"
#include "json.h"

typedef void spoil(const spoiling *s, http_response *r);

static void replace(http_response *r, int status, const char *type, char *body)
{
    http_response_clear(r);
    r->status = status;
    r->type = type;
    r->body = body;
    r->length = strlen(body);
}

static void spoil_drop(const spoiling *s, http_response *r)
{
    (void)s;
    r->delivery = DELIVER_NOTHING;
}

static void spoil_cut(const spoiling *s, http_response *r)
{
    r->delivery = DELIVER_CUT;
    r->has_length = !js_bool(s->fault, "chunked", false);
    r->is_packed = true;
    r->cut_at = (size_t)js_int(s->fault, "bytes", (json_int_t)(r->length / 2));
}

static const char *usual_message(int code)
{
    switch (code) {
    case 401:
        return "Request had invalid authentication credentials. Expected OAuth 2 access "
               "token, login cookie or other valid authentication credential. See "
               "https://developers.google.com/identity/sign-in/web/devconsole-project.";
    case 403:
        return "The caller does not have permission";
    case 404:
        return "Requested entity was not found.";
    case 503:
        return "The service is currently unavailable.";
    default:
        return code >= 500 ? "Internal error encountered." : "Bad Request";
    }
}

static void spoil_status(const spoiling *s, http_response *r)
{
    bool is_token = strcmp(js_text(s->fault, "kind", ""), "token-expired") == 0;
    bool is_wait = strcmp(js_text(s->fault, "kind", ""), "retry-after") == 0;
    int code = (int)js_int(s->fault, "code", is_token ? 401 : is_wait ? 429 : 503);
    http_response_clear(r);
    const json_t *body = json_object_get(s->fault, "body");
    api_error err = {0};
    if (code == 429 && !js_has(s->fault, "message"))
        api_fail_quota(&err, s->is_write, s->now_ms, s->quota);
    else
        api_fail(&err, code, "%s", js_text(s->fault, "message", usual_message(code)));
    json_t *made = body ? json_incref(js_mutable(body)) : api_error_body(&err);
    http_response_json(r, code, made, true);
    json_decref(made);
    api_error_clear(&err);
    json_int_t seconds = js_int(s->fault, "seconds", is_wait ? 1 : -1);
    if (seconds >= 0)
        r->headers = json_pack("{s:o}", "Retry-After",
                               js_format("%" JSON_INTEGER_FORMAT, seconds));
}

static void spoil_html(const spoiling *s, http_response *r)
{
    replace(r, (int)js_int(s->fault, "code", 502), "text/html; charset=UTF-8",
            mem_text("<!DOCTYPE html>\n<html lang=en>\n<title>Error 502 (Server Error)!!1"
                     "</title>\n<p><b>502.</b> <ins>That's an error.</ins>\n"));
}

static void spoil_text(const spoiling *s, http_response *r)
{
    const char *kind = js_text(s->fault, "kind", "");
    const char *text =
        strcmp(kind, "empty") == 0 ? ""
        : strcmp(kind, "wrong-types") == 0
            ? "{\"spreadsheetId\": 7, \"replies\": \"none\", \"valueRanges\": "
              "{\"range\": []}, \"access_token\": 1, \"expires_in\": \"x\"}\n"
            : "\xef\xbb\xbf{\"replies\": [}, \xff\xfe NaN";
    replace(r, 200, "application/json; charset=UTF-8",
            mem_text(js_text(s->fault, "text", text)));
}

static void spoil_huge(const spoiling *s, http_response *r)
{
    size_t size = (size_t)js_int(s->fault, "mib", 64) << 20;
    char *body = mem_new(size + 1, 1);
    memset(body, 'x', size);
    memcpy(body, "{\"huge\": \"", 10);
    memcpy(body + size - 2, "\"}", 2);
    replace(r, 200, "application/json; charset=UTF-8", body);
    r->is_packed = true;
}

static void spoil_deep(const spoiling *s, http_response *r)
{
    size_t depth = (size_t)js_int(s->fault, "depth", 100000);
    char *body = mem_new(depth * 2 + 1, 1);
    memset(body, '[', depth);
    memset(body + depth, ']', depth);
    replace(r, 200, "application/json; charset=UTF-8", body);
}

static void spoil_bomb(const spoiling *s, http_response *r)
{
    static unsigned char blanks[1 << 20];
    memset(blanks, ' ', sizeof blanks);
    z_stream z = {0};
    buf out = {0};
    if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return;
    json_int_t mib = js_int(s->fault, "mib", 200);
    for (json_int_t i = 0; i < mib; i++) {
        unsigned char block[4096];
        z.next_in = blanks;
        z.avail_in = sizeof blanks;
        do {
            z.next_out = block;
            z.avail_out = sizeof block;
            deflate(&z, i + 1 == mib ? Z_FINISH : Z_NO_FLUSH);
            buf_add(&out, block, sizeof block - z.avail_out);
        } while (z.avail_out == 0);
    }
    deflateEnd(&z);
    size_t length = out.length;
    replace(r, 200, "application/json; charset=UTF-8",
            out.data ? out.data : mem_text(""));
    r->length = length;
    r->is_packed = true;
    r->headers = json_pack("{s:s}", "Content-Encoding", "gzip");
}

static void spoil_drip(const spoiling *s, http_response *r)
{
    r->delivery = DELIVER_DRIP;
    r->is_packed = true;
    r->drip_ms = (int)js_int(s->fault, "ms", 500);
}

static void spoil_redirect(const spoiling *s, http_response *r)
{
    replace(r, (int)js_int(s->fault, "code", 307), "text/html; charset=UTF-8",
            mem_text("<a href=\"#\">moved</a>\n"));
    r->headers = json_pack("{s:s}", "Location",
                           js_text(s->fault, "location", "http://127.0.0.1:9/elsewhere"));
}

static void spoil_desync(const spoiling *s, http_response *r)
{
    replace(r, 200, "application/json; charset=UTF-8", mem_text(s->last_body));
}

static void spoil_headers(const spoiling *s, http_response *r)
{
    json_t *many = json_array();
    json_int_t count = js_int(s->fault, "count", 10000);
    for (json_int_t i = 0; i < count; i++)
        json_array_append_new(many, json_string("abcdefghijklmnopqrstuvwxyz"));
    r->headers = json_pack("{s:o}", "X-Flood", many);
}

static const struct {
    const char *kind;
    fault_phase phase;
    spoil *run; /* NULL: the answer stays */
} kinds[] = {
    {"drop-before", FAULT_BEFORE, spoil_drop},
    {"drop-after", FAULT_AFTER, spoil_drop},
    {"drop-then-apply", FAULT_LATE, spoil_drop},
    {"cut-body", FAULT_AFTER, spoil_cut},
    {"delay", FAULT_WAIT_AFTER, NULL},
    {"delay-apply", FAULT_WAIT_BEFORE, NULL},
    {"status", FAULT_BEFORE, spoil_status},
    {"status-after", FAULT_AFTER, spoil_status},
    {"token-expired", FAULT_BEFORE, spoil_status},
    {"retry-after", FAULT_BEFORE, spoil_status},
    {"html", FAULT_BEFORE, spoil_html},
    {"redirect", FAULT_BEFORE, spoil_redirect},
    {"garbage", FAULT_AFTER, spoil_text},
    {"empty", FAULT_AFTER, spoil_text},
    {"wrong-types", FAULT_AFTER, spoil_text},
    {"huge", FAULT_AFTER, spoil_huge},
    {"deep", FAULT_AFTER, spoil_deep},
    {"gzip-bomb", FAULT_AFTER, spoil_bomb},
    {"slow-drip", FAULT_AFTER, spoil_drip},
    {"desync", FAULT_AFTER, spoil_desync},
    {"header-flood", FAULT_AFTER, spoil_headers},
};

static size_t find_kind(const json_t *fault)
{
    const char *name = js_text(fault, "kind", "");
    size_t i = 0;
    while (i < sizeof kinds / sizeof kinds[0] && strcmp(kinds[i].kind, name) != 0)
        i++;
    return i;
}

char *fault_add(emu *e, const json_t *fault)
{
    static const char *const members[] = {
        "on",   "kind",    "at",      "times",    "holds", "after",   "code",
        "body", "message", "seconds", "location", "bytes", "chunked", "text",
        "mib",  "depth",   "ms",      "count",    NULL};
    const char *stranger = js_stranger(fault, members);
    if (!json_is_object(fault) || js_text(fault, "on", "")[0] == '\0')
        return mem_text(
            "a fault needs \"on\": push, pull, token, marker, get, other, any "
            "or a part of the path");
    if (find_kind(fault) == sizeof kinds / sizeof kinds[0])
        return mem_text("unknown fault \"kind\"");
    if (stranger)
        return mem_format("unknown member \"%s\" of a fault", stranger);
    json_t *kept = json_deep_copy(fault);
    json_object_set_new(kept, "seen", json_integer(0));
    json_object_set_new(kept, "fired", json_integer(0));
    json_array_append_new(e->faults, kept);
    return NULL;
}

static bool is_on(const char *on, const char *target, const char *path)
{
    static const char *const names[] = {"push",   "pull", "token",
                                        "marker", "get",  "other"};
    if (strcmp(on, "any") == 0)
        return true;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(on, names[i]) == 0)
            return strcmp(on, target) == 0;
    }
    return strstr(path, on) != NULL;
}

static bool is_held(const json_t *fault, const char *body)
{
    const char *text = js_text(fault, "holds", NULL);
    return !text || (body && strstr(body, text));
}

json_t *fault_take(emu *e, const char *target, const char *path, const char *body)
{
    json_t *struck = NULL;
    size_t i;
    json_t *fault;
    json_array_foreach(e->faults, i, fault)
    {
        if (!is_on(js_text(fault, "on", ""), target, path) || !is_held(fault, body))
            continue;
        json_int_t seen = js_int(fault, "seen", 0) + 1;
        json_int_t fired = js_int(fault, "fired", 0);
        json_int_t times = js_int(fault, "times", 1);
        json_object_set_new(fault, "seen", json_integer(seen));
        if (struck || seen < js_int(fault, "at", 1) || (times >= 0 && fired >= times))
            continue;
        json_object_set_new(fault, "fired", json_integer(fired + 1));
        struck = fault;
    }
    return struck;
}

fault_phase fault_when(const json_t *fault)
{
    fault_phase phase = kinds[find_kind(fault)].phase;
    if (phase != FAULT_BEFORE && phase != FAULT_AFTER)
        return phase;
    return js_bool(fault, "after", phase == FAULT_AFTER) ? FAULT_AFTER : FAULT_BEFORE;
}

void fault_spoil(const spoiling *s, http_response *response)
{
    spoil *run = kinds[find_kind(s->fault)].run;
    if (run)
        run(s, response);
}
