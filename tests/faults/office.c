/*
 * office.c - the emulator without its socket: cx_http_send() and its kin, which
 * net/http.c defines elsewhere, hand the request straight to it. All above (token,
 * retries, protocol) is the program's own.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/seam.h"
#include "emulator/book.h"
#include "emulator/json.h"
#include "emulator/oauth.h"
#include "emulator/serve.h"
#include "fullteam.h"
#include "net/http.h"

#define TRAVEL_MS 60    /* each way, at least */
#define TRAVEL_MORE 400 /* and up to so much more */

static emu server;

void office_open(const char *key_path, int quota)
{
    emu_init(&server);
    server.quota = quota;
    free(server.base_url);
    server.base_url = mem_text(OFFICE_URL);
    const book *b = NULL;
    if (oauth_add_account(&server, key_path))
        b = emu_add_book(&server, OFFICE_SHEET, "full team");
    if (!b)
        exit(2);
    json_object_set_new(b->shares, server.accounts[0]->email, json_string("writer"));
}

void office_close(void)
{
    emu_clear(&server);
}

void office_quota(int quota)
{
    server.quota = quota;
}

struct cx_http {
    cx_http_options options;
};

cxlog_status cx_http_open(cx_http **out, const cx_http_options *options, cxlog_error *err)
{
    *out = malloc(sizeof **out);
    if (!*out)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    (*out)->options = *options;
    return CXLOG_OK;
}

void cx_http_close(cx_http *http)
{
    free(http);
}

void cx_http_answer_clear(cx_http_answer *answer)
{
    free(answer->body);
    *answer = (cx_http_answer){.skew_s = CXLOG_BLANK, .retry_after_ms = -1};
}

static void travel(void)
{
    cx_sleep_ms(TRAVEL_MS + (int64_t)(crowd_chance() % TRAVEL_MORE));
}

/* The emulator's clock is the crowd's. */
static void set_clock(void)
{
    server.clock_offset_ms += crowd_now_ms() - emu_now_ms(&server);
}

cxlog_status cx_http_send(cx_http *http, const cx_http_request *request,
                          cx_http_answer *answer, cxlog_error *err)
{
    cx_http_answer_clear(answer);
    if (cx_mono_ms() >= http->options.until_ms)
        return cxlog_fail(err, CXLOG_ERR_RETRY, "no time left for another request");
    char bearer[4096] = "";
    if (request->bearer)
        snprintf(bearer, sizeof bearer, "Bearer %s", request->bearer);
    http_request asked = {
        .method = mem_text(request->body ? "POST" : "GET"),
        .uri = mem_text(request->url + sizeof OFFICE_URL - 1),
        .authorization = request->bearer ? mem_text(bearer) : NULL,
        .body = request->body ? mem_text(request->body) : NULL,
        .body_length = request->length,
    };
    http_response told = {0};
    travel();
    set_clock();
    serve(&server, &asked, &told);
    travel();
    answer->fate = CX_HTTP_ANSWERED;
    answer->status = told.status;
    answer->body = CXLOG_TAKE(told.body);
    answer->length = told.length;
    http_request_clear(&asked);
    http_response_clear(&told);
    return answer->body ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

typedef struct minute {
    int64_t number, reads, writes;
} minute;

static void count_request(office_report *report, minute *now, const json_t *request)
{
    const char *kind = js_text(request, "kind", "");
    bool writes = strcmp(kind, "write") == 0;
    if (strcmp(kind, "token") == 0)
        return;
    int64_t number = js_int(request, "at", 0) / 60000;
    if (number != now->number)
        *now = (minute){.number = number};
    int64_t *here = writes ? &now->writes : &now->reads;
    int64_t *peak = writes ? &report->write_peak : &report->read_peak;
    (*here)++;
    if (*here > *peak)
        *peak = *here;
    (*(writes ? &report->writes : &report->reads))++;
    report->refused += js_int(request, "status", 0) == 429;
}

static void count_push(office_report *report, const json_t *applied)
{
    json_int_t n = js_int(applied, "request", 1) - 1;
    const json_t *request = json_array_get(server.requests, (size_t)n);
    report->pushes++;
    report->last_push_ms = js_int(request, "at", 0);
    size_t i;
    json_t *op;
    json_array_foreach(json_object_get(js_mutable(applied), "ops"), i, op)
    {
        if (strcmp(js_text(op, "op", ""), "updateCells") == 0)
            report->records += (int64_t)json_array_size(json_object_get(op, "values"));
    }
}

office_report office_tell(void)
{
    office_report report = {0};
    minute now = {0};
    size_t i;
    json_t *entry;
    json_array_foreach(server.requests, i, entry)
    {
        count_request(&report, &now, entry);
    }
    json_array_foreach(server.apply_log, i, entry)
    {
        count_push(&report, entry);
    }
    json_array_clear(server.requests);
    json_array_clear(server.apply_log);
    return report;
}
