#include "net/http_impl.h"

#define CONNECT_TIMEOUT_MS 10000L

/* Google codes an answer only when this header names gzip too. */
#define USER_AGENT "cxlog/" CXLOG_VERSION " (gzip)"

CURLcode cx_http_all_ok(const CURLcode *codes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (codes[i] != CURLE_OK)
            return codes[i];
    }
    return CURLE_OK;
}

const char *cx_http_library(void)
{
    return curl_version_info(CURLVERSION_NOW)->version;
}

static CURLcode set_safety(const cx_http_options *options, CURL *easy)
{
    CURLcode codes[] = {
        curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https"),
        curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "https"),
        curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L),
        curl_easy_setopt(easy, CURLOPT_UNRESTRICTED_AUTH, 0L),
        curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED),
        curl_easy_setopt(easy, CURLOPT_PROXY, options->proxy ? options->proxy : ""),
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L),
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L),
        curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2),
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L),
    };
    CURLcode code = cx_http_all_ok(codes, sizeof codes / sizeof codes[0]);
    /* The system's CAs stay in force beside it through libcurl's built-in CAPATH. */
    if (code == CURLE_OK && options->ca)
        code = curl_easy_setopt(easy, CURLOPT_CAINFO, options->ca);
    return code;
}

static CURLcode set_limits(const cx_transfer *transfer, CURL *easy)
{
    const cx_http_limits *limits = transfer->limits;
    long timeout = (long)transfer->timeout_ms;
    long connect = timeout < CONNECT_TIMEOUT_MS ? timeout : CONNECT_TIMEOUT_MS;
    long fresh = limits->fresh ? 1L : 0L;
    CURLcode codes[] = {
        curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1),
        curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, connect),
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, timeout),
        curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, limits->slow_s > 0 ? 1L : 0L),
        curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, limits->slow_s),
        curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, fresh),
        curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, fresh),
        curl_easy_setopt(easy, CURLOPT_USERAGENT, USER_AGENT),
    };
    return cx_http_all_ok(codes, sizeof codes / sizeof codes[0]);
}

CURLcode cx_http_setup(cx_transfer *transfer, const cx_http_request *request)
{
    CURL *easy = transfer->http->easy;
    CURLcode code = set_safety(&transfer->http->options, easy);
    if (code == CURLE_OK)
        code = set_limits(transfer, easy);
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_URL, request->url);
    if (code == CURLE_OK && request->kind == CX_HTTP_READ)
        code = curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    if (code != CURLE_OK || !request->body)
        return code;
    CURLcode codes[] = {
        curl_easy_setopt(easy, CURLOPT_POST, 1L),
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->length),
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->body),
    };
    return cx_http_all_ok(codes, sizeof codes / sizeof codes[0]);
}
