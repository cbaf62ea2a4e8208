#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "net/http.h"
#include "net/origin.h"
#include "net/retry.h"

static void retry_after_is_read_as_seconds_or_date(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t ms;
    } cases[] = {
        {"0", 0},
        {"30", 30000},
        {"99999999999999999999", 86400000},
        {"", -1},
        {"-5", -1},
        {"5 s", -1},
        {"soon", -1},
        {"Fri, 20 Nov 2026 05:32:00 GMT", 120000},
        {"Fri, 20 Nov 2026 05:00:00 GMT", 0},
        {"Fri, 20 Nov 2099 05:00:00 GMT", 86400000},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t got =
            cx_retry_after_ms(cases[i].text, 1795152600); /* 2026-11-20 05:30:00 */
        if (got != cases[i].ms)
            fail_msg("\"%s\": %lld", cases[i].text, (long long)got);
    }
}

static void waits_stay_within_their_bounds(void **state)
{
    (void)state;
    static const uint32_t chances[] = {0, 1, 999, 123456789, UINT32_MAX};
    for (int attempt = 1; attempt < 20; attempt++) {
        for (size_t i = 0; i < sizeof chances / sizeof chances[0]; i++) {
            int64_t jitter = cx_retry_jitter_ms(attempt, 1000, chances[i]);
            int64_t quota = cx_retry_quota_ms(attempt, 1000, chances[i]);
            int64_t limit = attempt < 7 ? 1000LL << (attempt - 1) : 64000;
            if (jitter < 0 || jitter > limit)
                fail_msg("attempt %d: %lld", attempt, (long long)jitter);
            if (quota < 1000 || quota > 120000 || (attempt == 1 && quota > 60000))
                fail_msg("429 number %d: %lld", attempt, (long long)quota);
        }
    }
    assert_true(cx_retry_quota_ms(8, 1000, 0) == 120000);
}

static void only_passing_faults_are_tried_again(void **state)
{
    (void)state;
    static const struct {
        long status;
        cx_retry_class class;
    } cases[] = {
        {200, CX_RETRY_FINE},    {204, CX_RETRY_NEVER},   {302, CX_RETRY_NEVER},
        {400, CX_RETRY_NEVER},   {401, CX_RETRY_TOKEN},   {403, CX_RETRY_NEVER},
        {404, CX_RETRY_NEVER},   {408, CX_RETRY_PASSING}, {429, CX_RETRY_QUOTA},
        {500, CX_RETRY_PASSING}, {501, CX_RETRY_NEVER},   {502, CX_RETRY_PASSING},
        {503, CX_RETRY_PASSING}, {504, CX_RETRY_PASSING}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const cx_http_answer answer = {.fate = CX_HTTP_ANSWERED,
                                       .status = cases[i].status};
        if (cx_retry_classify(&answer) != cases[i].class)
            fail_msg("HTTP %ld", cases[i].status);
    }
    const cx_http_answer lost = {.fate = CX_HTTP_NO_ANSWER};
    assert_int_equal(cx_retry_classify(&lost), CX_RETRY_PASSING);
    const cx_http_answer large = {.fate = CX_HTTP_NO_ANSWER, .too_large = true};
    assert_int_equal(cx_retry_classify(&large), CX_RETRY_NEVER);
}

static void origins_are_compared_and_only_loopback_goes_without_tls(void **state)
{
    (void)state;
    static const struct {
        const char *url;
        bool good, loopback;
    } cases[] = {
        {"https://sheets.googleapis.com", true, false},
        {"http://sheets.googleapis.com", false, false},
        {"http://localhost:8080", true, true},
        {"http://[::1]:9", true, true},
        {"http://127.0.0.1", true, true},
        {"http://127.0.0.1.example.com", false, false},
        {"https://user:pass@sheets.googleapis.com", false, false},
        {"https://sheets.googleapis.com/?a=b", false, false},
        {"https://sheets.googleapis.com/#a", false, false},
        {"ftp://127.0.0.1/", false, false},
        {"", false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cx_origin origin;
        cxlog_error err = {0};
        cxlog_status status = cx_origin_parse(&origin, cases[i].url, "google.api", &err);
        if ((status == CXLOG_OK) != cases[i].good ||
            (cases[i].good && origin.loopback != cases[i].loopback))
            fail_msg("%s: %s", cases[i].url, err.message);
    }
    cx_origin a, b;
    assert_int_equal(cx_origin_parse(&a, "https://example.com", "a", NULL), CXLOG_OK);
    assert_int_equal(cx_origin_parse(&b, "https://example.com:443/token", "b", NULL),
                     CXLOG_OK);
    assert_string_equal(a.text, b.text);
}

/* A port of this computer where nobody listens. */
static int closed_port(void)
{
    struct sockaddr_in place = {.sin_family = AF_INET,
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof place;
    int file = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(file >= 0);
    assert_int_equal(bind(file, (struct sockaddr *)&place, sizeof place), 0);
    assert_int_equal(getsockname(file, (struct sockaddr *)&place, &size), 0);
    (void)close(file);
    return ntohs(place.sin_port);
}

static void refused_connection_has_certainly_sent_nothing(void **state)
{
    (void)state;
    char url[64];
    (void)snprintf(url, sizeof url, "http://127.0.0.1:%d/", closed_port());
    CXLOG_AUTO(cx_http) *http = NULL;
    const cx_http_options options = {.until_ms = INT64_MAX / 2};
    assert_int_equal(cx_http_open(&http, &options, NULL), CXLOG_OK);
    const cx_http_request request = {.kind = CX_HTTP_WRITE,
                                     .url = url,
                                     .content_type = "application/json",
                                     .body = "{}",
                                     .length = 2};
    CXLOG_AUTO_VALUE(cx_http_answer) answer = {0};
    cxlog_error err = {0};
    assert_int_equal(cx_http_send(http, &request, &answer, &err), CXLOG_ERR_RETRY);
    assert_int_equal(answer.fate, CX_HTTP_NOT_SENT);
    assert_non_null(strstr(err.message, "127.0.0.1"));
}

static void tls_keys_are_never_logged_to_a_file(void **state)
{
    (void)state;
    CXLOG_AUTO(cx_http) *http = NULL;
    const cx_http_options options = {.until_ms = INT64_MAX / 2};
    assert_int_equal(setenv("SSLKEYLOGFILE", "/nonexistent/keys", 1), 0);
    assert_int_equal(cx_http_open(&http, &options, NULL), CXLOG_OK);
    assert_null(getenv("SSLKEYLOGFILE"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(retry_after_is_read_as_seconds_or_date),
        cmocka_unit_test(waits_stay_within_their_bounds),
        cmocka_unit_test(only_passing_faults_are_tried_again),
        cmocka_unit_test(origins_are_compared_and_only_loopback_goes_without_tls),
        cmocka_unit_test(refused_connection_has_certainly_sent_nothing),
        cmocka_unit_test(tls_keys_are_never_logged_to_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
