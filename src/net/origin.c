#include "net/origin.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

#include <cxlog/text.h>

static void release(CURLU **url)
{
    curl_url_cleanup(*url);
}

static bool part(char out[CX_ORIGIN_MAX], CURLU *url, CURLUPart which)
{
    char *text = NULL;
    if (curl_url_get(url, which, &text, CURLU_DEFAULT_PORT) != CURLUE_OK)
        return false;
    int length = snprintf(out, CX_ORIGIN_MAX, "%s", text);
    curl_free(text);
    return length >= 0 && length < CX_ORIGIN_MAX;
}

static bool has(CURLU *url, CURLUPart which)
{
    char *text = NULL;
    bool there = curl_url_get(url, which, &text, 0) == CURLUE_OK;
    curl_free(text);
    return there;
}

static bool take_apart(cx_origin *out, CURLU *url, const char *text)
{
    char scheme[CX_ORIGIN_MAX];
    char port[CX_ORIGIN_MAX];
    if (curl_url_set(url, CURLUPART_URL, text, 0) != CURLUE_OK ||
        !part(scheme, url, CURLUPART_SCHEME) || !part(out->host, url, CURLUPART_HOST) ||
        !part(port, url, CURLUPART_PORT) || !part(out->path, url, CURLUPART_PATH))
        return false;
    if (has(url, CURLUPART_USER) || has(url, CURLUPART_PASSWORD) ||
        has(url, CURLUPART_QUERY) || has(url, CURLUPART_FRAGMENT))
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
    __attribute__((cleanup(release))) CURLU *parsed = curl_url();
    if (!parsed)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    if (!take_apart(out, parsed, url))
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
