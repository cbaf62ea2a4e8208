#include "inner_http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/seam.h"
#include "emulator/json.h"
#include "emulator/serve.h"
#include "net/http.h"

struct cx_http {
    cx_http_options options;
};

static struct {
    emu *server;
    void (*arrive)(void);
    void (*leave)(void);
} now;

void inner_http_use(emu *server, void (*arrive)(void), void (*leave)(void))
{
    now.server = server;
    now.arrive = arrive;
    now.leave = leave;
}

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
        .uri = mem_text(request->url + strlen(now.server->base_url)),
        .authorization = request->bearer ? mem_text(bearer) : NULL,
        .body = request->body ? mem_text(request->body) : NULL,
        .body_length = request->length,
    };
    http_response told = {0};
    if (now.arrive)
        now.arrive();
    serve(now.server, &asked, &told);
    if (now.leave)
        now.leave();
    answer->fate = CX_HTTP_ANSWERED;
    answer->status = told.status;
    answer->body = CXLOG_TAKE(told.body);
    answer->length = told.length;
    http_request_clear(&asked);
    http_response_clear(&told);
    return answer->body ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}
