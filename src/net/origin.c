#include "net/origin.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

#include <cxlog/text.h>

typedef struct address {
    CURLU *url;
    bool no_memory;
} address;

static void release(address *at)
{
    curl_url_cleanup(at->url);
}

static bool good(address *at, CURLUcode code)
{
    at->no_memory = at->no_memory || code == CURLUE_OUT_OF_MEMORY;
    return code == CURLUE_OK;
}

static bool part(char out[CX_ORIGIN_MAX], address *at, CURLUPart which)
{
    char *text = NULL;
    if (!good(at, curl_url_get(at->url, which, &text, CURLU_DEFAULT_PORT)))
        return false;
    int length = snprintf(out, CX_ORIGIN_MAX, "%s", text);
    curl_free(text);
    return length >= 0 && length < CX_ORIGIN_MAX;
}

static bool has(address *at, CURLUPart which)
{
    char *text = NULL;
    bool there = good(at, curl_url_get(at->url, which, &text, 0));
    curl_free(text);
    return there;
}

static bool take_apart(cx_origin *out, address *at, const char *text)
{
    char scheme[CX_ORIGIN_MAX];
    char port[CX_ORIGIN_MAX];
    if (!good(at, curl_url_set(at->url, CURLUPART_URL, text, 0)) ||
        !part(scheme, at, CURLUPART_SCHEME) || !part(out->host, at, CURLUPART_HOST) ||
        !part(port, at, CURLUPART_PORT) || !part(out->path, at, CURLUPART_PATH))
        return false;
    if (has(at, CURLUPART_USER) || has(at, CURLUPART_PASSWORD) ||
        has(at, CURLUPART_QUERY) || has(at, CURLUPART_FRAGMENT))
        return false;
    out->secure = strcmp(scheme, "https") == 0;
    if (!out->secure && strcmp(scheme, "http") != 0)
        return false;
    int length =
        snprintf(out->text, sizeof out->text, "%s://%s:%s", scheme, out->host, port);
    return length >= 0 && (size_t)length < sizeof out->text;
}

cxlog_status cx_origin_parse(cx_origin *out, const char *url, const char *what,
                             cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    memset(out, 0, sizeof *out);
    __attribute__((cleanup(release))) address parsed = {.url = curl_url()};
    bool plain = parsed.url && take_apart(out, &parsed, url);
    if (!parsed.url || parsed.no_memory)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    if (!plain)
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "%s must be a plain https:// address, not %s", what,
                          cxlog_quote(quoted, url));
    out->loopback = strcmp(out->host, "localhost") == 0 ||
                    strcmp(out->host, "127.0.0.1") == 0 ||
                    strcmp(out->host, "[::1]") == 0;
    if (!out->secure && !out->loopback)
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "%s must begin with https://: without encryption only this "
                          "computer itself may be named, not %s",
                          what, cxlog_quote(quoted, url));
    return CXLOG_OK;
}
