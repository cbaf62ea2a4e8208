#include "net/http.h"

#include <curl/curl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/seam.h"
#include "net/http_impl.h"
#include "net/retry.h"
#include "net/wipe.h"

#define KIB ((size_t)1024)
#define SECOND_MS INT64_C(1000)
#define HEADERS_MAX (64 * KIB)
#define BEARER_PREFIX "Authorization: Bearer "

static const cx_http_limits limits[] = {
    [CX_HTTP_TOKEN] = {.body_max = 64 * KIB,
                       .doing = CXLOG_DOING_SIGN_IN,
                       .timeout_ms = 60 * SECOND_MS,
                       .slow_s = 30,
                       .fresh = true},
    [CX_HTTP_READ] = {.body_max = 16 * KIB * KIB,
                      .doing = CXLOG_DOING_READ,
                      .timeout_ms = 60 * SECOND_MS,
                      .slow_s = 30},
    [CX_HTTP_WRITE] = {.body_max = KIB * KIB,
                       .doing = CXLOG_DOING_WRITE,
                       .timeout_ms = 200 * SECOND_MS,
                       .fresh = true},
};

void cx_http_answer_clear(cx_http_answer *answer)
{
    cx_wipe_free(answer->body);
    memset(answer, 0, sizeof *answer);
    answer->skew_s = CXLOG_BLANK;
    answer->retry_after_ms = -1;
}

static size_t take_body(char *data, size_t size, size_t count, void *place)
{
    cx_transfer *transfer = place;
    size_t added = size * count;
    cx_http_answer *answer = transfer->answer;
    if (added > transfer->limits->body_max - answer->length) {
        answer->too_large = true;
        return 0;
    }
    if (answer->length + added + 1 > transfer->capacity) {
        size_t wanted = (answer->length + added + 1) * 2;
        char *grown = cx_wipe_realloc(answer->body, wanted);
        if (!grown) {
            transfer->no_memory = true;
            return 0;
        }
        answer->body = grown;
        transfer->capacity = wanted;
    }
    memcpy(answer->body + answer->length, data, added);
    answer->length += added;
    answer->body[answer->length] = '\0';
    return added;
}

static size_t take_header(char *data, size_t size, size_t count, void *place)
{
    cx_transfer *transfer = place;
    size_t added = size * count;
    if (added > HEADERS_MAX - transfer->header_bytes) {
        transfer->answer->too_large = true;
        return 0;
    }
    transfer->header_bytes += added;
    cx_http_header(transfer, data, added);
    return added;
}

static int watch(void *place, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    (void)a;
    (void)b;
    (void)c;
    (void)d;
    cx_transfer *transfer = place;
    const cx_http_options *options = &transfer->http->options;
    if (options->stop && *options->stop) {
        transfer->stopped = true;
        return 1;
    }
    cxlog_progress_tell(&options->progress, transfer->limits->doing, 0);
    /* libcurl's own timeout stands still while the machine is suspended; this clock does
     * not. */
    transfer->late = cx_mono_ms() >= transfer->until_ms;
    return transfer->late ? 1 : 0;
}

cxlog_status cx_http_open(cx_http **out, const cx_http_options *options, cxlog_error *err)
{
    *out = NULL;
    (void)unsetenv("SSLKEYLOGFILE");
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    (void)sigaction(SIGPIPE, &ignore, NULL);
    if (curl_global_init_mem(CURL_GLOBAL_DEFAULT, malloc, cx_wipe_free, cx_wipe_realloc,
                             strdup, calloc) != CURLE_OK)
        return cxlog_fail(err, CXLOG_ERR_BUG, "libcurl does not start");
    cx_http *http = calloc(1, sizeof *http);
    if (http) {
        http->options = *options;
        http->easy = curl_easy_init();
    }
    if (!http || !http->easy) {
        free(http);
        curl_global_cleanup();
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    }
    *out = http;
    return CXLOG_OK;
}

void cx_http_close(cx_http *http)
{
    if (!http)
        return;
    curl_easy_cleanup(http->easy);
    free(http);
    curl_global_cleanup();
}

static bool add_header(struct curl_slist **list, const char *text)
{
    struct curl_slist *longer = curl_slist_append(*list, text);
    if (longer)
        *list = longer;
    return longer != NULL;
}

static bool set_headers(cx_transfer *transfer, const cx_http_request *request)
{
    bool good = add_header(&transfer->headers, "Expect:");
    if (request->body) {
        char type[128];
        int length =
            snprintf(type, sizeof type, "Content-Type: %s", request->content_type);
        good = good && length > 0 && (size_t)length < sizeof type &&
               add_header(&transfer->headers, type);
    }
    if (request->bearer) {
        size_t size = sizeof BEARER_PREFIX + strlen(request->bearer);
        CX_SECRET line = malloc(size);
        good = good && line;
        if (line)
            (void)snprintf(line, size, "%s%s", BEARER_PREFIX, request->bearer);
        good = good && add_header(&transfer->headers, line);
    }
    return good;
}

static void transfer_clear(cx_transfer *transfer)
{
    curl_slist_free_all(transfer->headers);
}
CXLOG_AUTO_VALUE_DEFINE(cx_transfer, transfer_clear);

static CURLcode set_callbacks(cx_transfer *transfer, CURL *easy)
{
    CURLcode codes[] = {
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer->headers),
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body),
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer),
        curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header),
        curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer),
        curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L),
        curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, watch),
        curl_easy_setopt(easy, CURLOPT_XFERINFODATA, transfer),
    };
    return cx_http_all_ok(codes, sizeof codes / sizeof codes[0]);
}

/* What a finished transfer proves about where the request's bytes are. */
static cx_http_fate fate_of(const cx_transfer *transfer, CURLcode code)
{
    CURL *easy = transfer->http->easy;
    long sent = 0;
    long connects = 0;
    (void)curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &sent);
    (void)curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &connects);
    if (sent == 0 && transfer->header_bytes == 0)
        return CX_HTTP_NOT_SENT;
    /* Two connections for one write: libcurl has sent it twice, and only one of the
     * answers is known. */
    if (transfer->limits->fresh && connects > 1)
        return CX_HTTP_NO_ANSWER;
    return code == CURLE_OK ? CX_HTTP_ANSWERED : CX_HTTP_NO_ANSWER;
}

cxlog_status cx_http_send(cx_http *http, const cx_http_request *request,
                          cx_http_answer *answer, cxlog_error *err)
{
    *answer = (cx_http_answer){.skew_s = CXLOG_BLANK, .retry_after_ms = -1};
    CXLOG_AUTO_VALUE(cx_transfer)
    transfer = {.http = http, .answer = answer, .limits = &limits[request->kind]};
    int64_t now = cx_mono_ms();
    int64_t left = http->options.until_ms - now;
    if (http->options.stop && *http->options.stop)
        return cxlog_fail(err, CXLOG_ERR_INTERRUPT, "interrupted");
    if (left <= 0)
        return cxlog_fail(err, CXLOG_ERR_RETRY, "no time left for another request");
    transfer.timeout_ms =
        left < transfer.limits->timeout_ms ? left : transfer.limits->timeout_ms;
    transfer.until_ms = now + transfer.timeout_ms;
    curl_easy_reset(http->easy);
    if (!set_headers(&transfer, request))
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    CURLcode ready = set_callbacks(&transfer, http->easy);
    if (ready == CURLE_OK)
        ready = cx_http_setup(&transfer, request);
    if (ready == CURLE_OUT_OF_MEMORY)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    if (ready != CURLE_OK)
        return cxlog_fail(err, CXLOG_ERR_BUG, "libcurl refuses a setting: %s",
                          curl_easy_strerror(ready));
    CURLcode code = curl_easy_perform(http->easy);
    answer->fate = fate_of(&transfer, code);
    cx_http_note_times(&transfer);
    if (answer->fate == CX_HTTP_ANSWERED && !answer->body) {
        answer->body = calloc(1, 1);
        transfer.no_memory = !answer->body;
    }
    if (transfer.no_memory && answer->fate == CX_HTTP_ANSWERED)
        answer->fate = CX_HTTP_NO_ANSWER;
    if (answer->fate == CX_HTTP_ANSWERED) {
        (void)curl_easy_getinfo(http->easy, CURLINFO_RESPONSE_CODE, &answer->status);
        return CXLOG_OK;
    }
    return cx_http_failed(&transfer, code, request->url, err);
}
