#include "net/http_impl.h"

#include <string.h>
#include <strings.h>

#include <cxlog/text.h>

#include "core/seam.h"
#include "net/origin.h"
#include "net/retry.h"

static void keep(char out[CX_HTTP_FIELD_MAX], const char *line, size_t length,
                 const char *name)
{
    size_t skip = strlen(name);
    if (length <= skip || strncasecmp(line, name, skip) != 0)
        return;
    while (skip < length && (line[skip] == ' ' || line[skip] == '\t'))
        skip++;
    while (length > skip && (line[length - 1] == '\n' || line[length - 1] == '\r' ||
                             line[length - 1] == ' '))
        length--;
    if (length - skip >= CX_HTTP_FIELD_MAX)
        return;
    memcpy(out, line + skip, length - skip);
    out[length - skip] = '\0';
}

void cx_http_header(cx_transfer *transfer, const char *line, size_t length)
{
    keep(transfer->date, line, length, "date:");
    keep(transfer->retry_after, line, length, "retry-after:");
}

void cx_http_note_times(cx_transfer *transfer)
{
    int64_t now = cx_utc_ms() / 1000;
    int64_t server = cx_http_date(transfer->date);
    if (server != CXLOG_BLANK)
        transfer->answer->skew_s = server - now;
    transfer->answer->retry_after_ms =
        cx_retry_after_ms(transfer->retry_after, server != CXLOG_BLANK ? server : now);
}

static cxlog_status tls_failed(const cx_transfer *transfer, CURLcode code,
                               const char *host, cxlog_error *err)
{
    long number = 0;
    (void)curl_easy_getinfo(transfer->http->easy, CURLINFO_OS_ERRNO, &number);
    if (code == CURLE_SSL_CONNECT_ERROR && number != 0)
        return cxlog_fail(err, CXLOG_ERR_RETRY, "the connection to %s broke", host);
    return cxlog_fail(
        err, CXLOG_ERR_SHEET,
        "no trustworthy encrypted connection to %s (%s): if a company proxy is "
        "in between, put its CA into google.ca",
        host, curl_easy_strerror(code));
}

cxlog_status cx_http_failed(const cx_transfer *transfer, CURLcode code, const char *url,
                            cxlog_error *err)
{
    cx_origin origin;
    cxlog_error ignored = {0};
    char quoted[CXLOG_QUOTE_MAX];
    /* A query makes it no origin; its host is known all the same. */
    cxlog_status parsed = cx_origin_parse(&origin, url, "url", &ignored);
    (void)parsed;
    const char *host = cxlog_quote(quoted, origin.host);
    if (transfer->stopped)
        return cxlog_fail(err, CXLOG_ERR_INTERRUPT, "interrupted");
    if (transfer->no_memory)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    if (transfer->answer->too_large)
        return cxlog_fail(
            err, CXLOG_ERR_SHEET,
            "the answer of %s is larger than %zu KiB, which Google's never is", host,
            transfer->limits->body_max / 1024);
    if (transfer->late || code == CURLE_OPERATION_TIMEDOUT)
        return cxlog_fail(err, CXLOG_ERR_RETRY, "%s gave no complete answer in time",
                          host);
    switch ((int)code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return cxlog_fail(err, CXLOG_ERR_RETRY,
                          "cannot find %s: is this computer online?", host);
    case CURLE_COULDNT_CONNECT:
        return cxlog_fail(err, CXLOG_ERR_RETRY,
                          "cannot reach %s: is this computer online?", host);
    case CURLE_SSL_CACERT_BADFILE:
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "google.ca cannot be read as a PEM file");
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
        return tls_failed(transfer, code, host, err);
    case CURLE_OUT_OF_MEMORY:
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    case CURLE_BAD_CONTENT_ENCODING:
        return cxlog_fail(err, CXLOG_ERR_SHEET, "the answer of %s cannot be unpacked",
                          host);
    default:
        return cxlog_fail(err, CXLOG_ERR_RETRY, "the connection to %s broke: %s", host,
                          curl_easy_strerror(code));
    }
}
