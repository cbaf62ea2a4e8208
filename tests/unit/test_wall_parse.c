#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <cxlog/wall.h>

#define NOW INT64_C(1795185120) /* wall 2026-11-20 14:32:00 */

static int use_seoul(void **state)
{
    (void)state;
    return cxlog_zone_use("Asia/Seoul", NULL) == CXLOG_OK ? 0 : -1;
}

typedef struct time_case {
    const char *text, *expected;
} time_case;

static void times_are_read_in_every_form(void **state)
{
    (void)state;
    static const time_case cases[] = {
        {"14:20", "2026-11-20 14:20:00"},
        {"9:00", "2026-11-20 09:00:00"},
        {"09:00", "2026-11-20 09:00:00"},
        {"14:20:05", "2026-11-20 14:20:05"},
        {"00:00", "2026-11-20 00:00:00"},
        {"23:59:59", "2026-11-20 23:59:59"},
        {"  14:20 ", "2026-11-20 14:20:00"},
        {"오늘 9:00", "2026-11-20 09:00:00"},
        {"today 9:00", "2026-11-20 09:00:00"},
        {"어제 17:30", "2026-11-19 17:30:00"},
        {"어제  17:30", "2026-11-19 17:30:00"},
        {"\u110b\u1165\u110c\u1166 17:30", "2026-11-19 17:30:00"}, /* NFD */
        {"yesterday 17:30", "2026-11-19 17:30:00"},
        {"Yesterday 17:30", "2026-11-19 17:30:00"},
        {"어제", "2026-11-19 00:00:00"},
        {"오후 2:20", "2026-11-20 14:20:00"},
        {"오전 12:05", "2026-11-20 00:05:00"},
        {"12:05 pm", "2026-11-20 12:05:00"},
        {"2:20PM", "2026-11-20 14:20:00"},
        {"2026-11-20", "2026-11-20 00:00:00"},
        {"2026-02-03 14:20", "2026-02-03 14:20:00"},
        {"2026-02-03T14:20", "2026-02-03 14:20:00"},
        {"2026-02-03T14:20:05+09:00", "2026-02-03 14:20:05"},
        {"2026-02-03T14:20:05.678+0900", "2026-02-03 14:20:05"},
        {"2026-02-03T14:20:05Z", "2026-02-03 23:20:05"},
        {"2026-02-03T14:20:05-05", "2026-02-04 04:20:05"},
        {"2026-12-31T20:00:00+00:00", "2027-01-01 05:00:00"},
        {"2030-01-01 00:00",
         "2030-01-01 00:00:00"}, /* the future is the caller's business */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cxlog_wall at = 0;
        cxlog_error err = {0};
        char buffer[CXLOG_WALL_TEXT];
        if (cxlog_wall_parse(&at, cases[i].text, NOW, &err) != CXLOG_OK)
            fail_msg("%s", err.message);
        if (strcmp(cxlog_wall_text(buffer, at), cases[i].expected) != 0)
            fail_msg("\"%s\" is read as %s", cases[i].text, buffer);
    }
}

static void wrong_times_are_refused_and_leave_the_output_alone(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "24:00",
        "14:60",
        "14:20:60",
        "14",
        "1420",
        "14:2",
        "14:20 x",
        "14:20:05.",
        "-1:00",
        "어제17:30",
        "내일 9:00",
        "13:00 pm",
        "오후 0:10",
        "2026-02-30",
        "2026-13-01 10:00",
        "2026-2026-1",
        "26-11-20 10:00",
        "2026-11-20T",
        "2026-11-2014:20",
        "2026-11-20T14:20+25:00",
        "2026-11-20T14:20+9",
        "14:20Z",
        "1899-12-31 10:00",
        "9999-12-31T23:00:00-12:00",
        "14:20\x1b[31m",
        "\xff",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        cxlog_wall at = 7;
        cxlog_error err = {0};
        if (cxlog_wall_parse(&at, bad[i], NOW, &err) != CXLOG_ERR_VALUE)
            fail_msg("accepted \"%s\"", bad[i]);
        assert_int_equal(at, 7);
    }
}

typedef struct format_case {
    const char *format, *text, *expected; /* NULL: refused */
} format_case;

static const format_case formats[] = {
    {"iso", "2026-11-20", "2026-11-20 00:00:00"},
    {"iso", "2026-11-20 14:20", "2026-11-20 14:20:00"},
    {"iso", "2026-11-20T14:20:05Z", "2026-11-20 23:20:05"},
    {"iso", "2026/11/20", NULL},
    {"iso", "20.11.2026", NULL},
    {"iso", "2026--11-20", NULL},
    {"ymd", "2026. 11. 20. 오후 2:20:05", "2026-11-20 14:20:05"},
    {"ymd", "2026.11.20", "2026-11-20 00:00:00"},
    {"ymd", "2026. 11. 20.", "2026-11-20 00:00:00"},
    {"ymd", "2026/1/2 3:04", "2026-01-02 03:04:00"},
    {"ymd", "2026 11 20", "2026-11-20 00:00:00"},
    {"ymd", "26/11/20", NULL},
    {"mdy", "11/20/2026", "2026-11-20 00:00:00"},
    {"mdy", "11/20/2026, 2:20 PM", "2026-11-20 14:20:00"},
    {"mdy", "20/11/2026", NULL},
    {"dmy", "20/11/2026", "2026-11-20 00:00:00"},
    {"dmy", "20.11.2026 14:20", "2026-11-20 14:20:00"},
    {"dmy", "31.02.2026", NULL},
    {"dmy", "20.11.202614:20", NULL},
    {"%d.%m.%Y", "20.11.2026", "2026-11-20 00:00:00"},
    {"%m/%d/%y %H:%M", "11/20/26 14:20", "2026-11-20 14:20:00"},
    {"%Y%m%d%H%M%S", "20261120142005", "2026-11-20 14:20:05"},
    {"%Y-%m-%dT%H:%M:%S%z", "2026-11-20T14:20:05+0000", "2026-11-20 23:20:05"},
    {"%Y-%m-%d", "2026-02-30", NULL},
    {"%Y-%m-%d", "2026-11-20 14:20", NULL},
    {"%m-%d", "11-20", NULL},
    {"%H:%M", "14:20", NULL},
    {"%Y-%m-%d %H:%M:%S", "2026-11-20 14:20:60", NULL},
    {"ydm", "2026-20-11", NULL},
    {"", "2026-11-20", NULL},
};

static void import_dates_follow_their_named_format(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        const format_case *one = &formats[i];
        cxlog_wall at = 7;
        cxlog_error err = {0};
        char buffer[CXLOG_WALL_TEXT];
        cxlog_status status = cxlog_wall_parse_as(&at, one->text, one->format, &err);
        if (status != (one->expected ? CXLOG_OK : CXLOG_ERR_VALUE))
            fail_msg("%s \"%s\": %s", one->format, one->text, err.message);
        if (one->expected && strcmp(cxlog_wall_text(buffer, at), one->expected) != 0)
            fail_msg("%s \"%s\" is read as %s", one->format, one->text, buffer);
        if (!one->expected)
            assert_int_equal(at, 7);
    }
}

static void durations_are_read_in_korean_and_english(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t seconds;
    } cases[] = {
        {"45s", 45},         {"45초", 45},         {"0s", 0},         {"6m", 360},
        {"6분", 360},        {"6 분", 360},        {"90m", 5400},     {"1h", 3600},
        {"1시간", 3600},     {"1h30", 5400},       {"1h30m", 5400},   {"1H30M", 5400},
        {"1시간30분", 5400}, {"1시간 30분", 5400}, {"6분30초", 390},  {"6m30", 390},
        {"1h0m5s", 3605},    {"24h", 86400},       {"86400s", 86400}, {"10min", 600},
        {"1h59m59s", 7199},  {"1h30m5", 5405},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t seconds = -1;
        cxlog_error err = {0};
        if (cxlog_duration_parse(&seconds, cases[i].text, &err) != CXLOG_OK)
            fail_msg("%s", err.message);
        if (seconds != cases[i].seconds)
            fail_msg("\"%s\" is %lld s", cases[i].text, (long long)seconds);
    }
}

static void wrong_durations_are_refused_and_leave_the_output_alone(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",      "90",       "0",     "h",        "m30",      "1h60",
        "1h60m", "25h",      "24h1s", "1m1h",     "1h1h",     "-6m",
        "+6m",   "6.5m",     "6 m x", "1h30 5 6", "6m 30s 2", "99999999999999999999s",
        "6mm",   "1시 30분",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        int64_t seconds = 7;
        cxlog_error err = {0};
        if (cxlog_duration_parse(&seconds, bad[i], &err) != CXLOG_ERR_VALUE)
            fail_msg("accepted \"%s\"", bad[i]);
        assert_int_equal(seconds, 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_read_in_every_form),
        cmocka_unit_test(wrong_times_are_refused_and_leave_the_output_alone),
        cmocka_unit_test(import_dates_follow_their_named_format),
        cmocka_unit_test(durations_are_read_in_korean_and_english),
        cmocka_unit_test(wrong_durations_are_refused_and_leave_the_output_alone),
    };
    return cmocka_run_group_tests_name("wall_parse", tests, use_seoul, NULL);
}
