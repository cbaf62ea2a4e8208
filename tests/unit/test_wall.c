#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include <cxlog/wall.h>

#include "core/civil.h"
#include "core/seam.h"
#include "seeded.h"

static void use_zone(const char *zone)
{
    cxlog_error err = {0};
    if (cxlog_zone_use(zone, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
}

static bool has_zone(const char *zone)
{
    return cxlog_zone_use(zone, NULL) == CXLOG_OK;
}

static cxlog_wall wall_of(const char *text)
{
    cxlog_wall at = 0;
    cxlog_error err = {0};
    if (cxlog_wall_parse(&at, text, 0, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
    return at;
}

static void days_agree_with_the_c_library(void **state)
{
    (void)state;
    seeded random = seeded_start(__func__);
    for (int i = 0; i < 20000; i++) {
        cxlog_day day = (cxlog_day)seeded_between(&random, CX_DAY_MIN, CX_DAY_MAX);
        time_t moment = (time_t)day * 86400;
        struct tm expected;
        int year;
        int month;
        int mday;
        assert_non_null(gmtime_r(&moment, &expected));
        cxlog_day_civil(day, &year, &month, &mday);
        if (year != expected.tm_year + 1900 || month != expected.tm_mon + 1 ||
            mday != expected.tm_mday || cxlog_day_make(year, month, mday) != day ||
            !cxlog_day_valid(year, month, mday) ||
            cxlog_day_weekday(day) != (expected.tm_wday + 6) % 7)
            fail_msg("day %d: %d-%d-%d", day, year, month, mday);
    }
}

static void only_real_dates_are_valid(void **state)
{
    (void)state;
    static const struct {
        int year, month, mday;
        bool valid;
    } cases[] = {
        {2024, 2, 29, true},   {2026, 2, 29, false}, {1900, 2, 29, false},
        {2000, 2, 29, true},   {2026, 4, 31, false}, {2026, 0, 1, false},
        {2026, 13, 1, false},  {2026, 1, 0, false},  {1900, 1, 1, true},
        {1899, 12, 31, false}, {9999, 12, 31, true}, {10000, 1, 1, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (cxlog_day_valid(cases[i].year, cases[i].month, cases[i].mday) !=
            cases[i].valid)
            fail_msg("%d-%d-%d", cases[i].year, cases[i].month, cases[i].mday);
    }
}

static void iso_weeks_at_the_edges_of_years_are_right(void **state)
{
    (void)state;
    static const struct {
        int year, month, mday, iso_year, week;
    } cases[] = {
        {2020, 12, 31, 2020, 53}, {2021, 1, 3, 2020, 53}, {2021, 1, 4, 2021, 1},
        {2025, 12, 29, 2026, 1},  {2026, 1, 1, 2026, 1},  {2026, 12, 31, 2026, 53},
        {2027, 1, 3, 2026, 53},   {2027, 1, 4, 2027, 1},  {2026, 11, 20, 2026, 47},
        {2024, 12, 30, 2025, 1},  {2016, 1, 3, 2015, 53}, {1970, 1, 1, 1970, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int year;
        int week;
        cxlog_day_iso_week(cxlog_day_make(cases[i].year, cases[i].month, cases[i].mday),
                           &year, &week);
        if (year != cases[i].iso_year || week != cases[i].week)
            fail_msg("%d-%d-%d is in %d-W%d", cases[i].year, cases[i].month,
                     cases[i].mday, year, week);
    }
}

static void days_begin_at_midnight_before_1970_too(void **state)
{
    (void)state;
    assert_int_equal(cxlog_day_of(0), 0);
    assert_int_equal(cxlog_day_of(86399), 0);
    assert_int_equal(cxlog_day_of(86400), 1);
    assert_int_equal(cxlog_day_of(-1), -1);
    assert_int_equal(cxlog_second_of_day(-1), 86399);
    assert_int_equal(cxlog_day_of(-86400), -1);
    assert_int_equal(cxlog_second_of_day(-86400), 0);
}

static void times_are_written_with_the_offset_of_the_zone(void **state)
{
    (void)state;
    char buffer[CXLOG_WALL_TEXT];
    cxlog_wall at = wall_of("2026-11-20 14:32");
    use_zone("Asia/Seoul");
    assert_string_equal(cxlog_wall_iso(buffer, at), "2026-11-20T14:32:00+09:00");
    assert_string_equal(cxlog_wall_text(buffer, at), "2026-11-20 14:32:00");
    assert_string_equal(cxlog_day_text(buffer, cxlog_day_of(at)), "2026-11-20");
    use_zone("UTC");
    assert_string_equal(cxlog_wall_iso(buffer, at), "2026-11-20T14:32:00+00:00");
}

static void a_day_begins_at_midnight_of_the_zone_not_of_utc(void **state)
{
    (void)state;
    use_zone("Asia/Seoul");
    int64_t last_second = INT64_C(1795186799); /* 2026-11-20T14:59:59Z */
    assert_string_equal(cxlog_zone_name(), "Asia/Seoul");
    assert_int_equal(cxlog_day_of(cxlog_wall_from_utc(last_second)),
                     cxlog_day_make(2026, 11, 20));
    assert_int_equal(cxlog_day_of(cxlog_wall_from_utc(last_second + 1)),
                     cxlog_day_make(2026, 11, 21));
}

static void the_environment_does_not_choose_the_zone(void **state)
{
    (void)state;
    use_zone("Asia/Seoul");
    cxlog_wall expected = cxlog_wall_from_utc(INT64_C(1795186799));
    assert_int_equal(setenv("TZDIR", "/nonexistent", 1), 0);
    use_zone("Asia/Seoul");
    assert_int_equal(unsetenv("TZDIR"), 0);
    assert_int_equal(cxlog_wall_from_utc(INT64_C(1795186799)), expected);
}

static void hours_that_exist_twice_or_never_have_one_fixed_offset(void **state)
{
    (void)state;
    static const struct {
        const char *wall;
        int32_t offset;
    } cases[] = {
        {"2026-07-01 12:00", 7200},    {"2026-12-01 12:00", 3600},
        {"2026-03-29 01:59:59", 3600}, {"2026-03-29 02:30", 3600},
        {"2026-03-29 03:00", 7200},    {"2026-10-25 01:59:59", 7200},
        {"2026-10-25 02:30", 7200},    {"2026-10-25 03:00", 3600},
    };
    if (!has_zone("Europe/Berlin"))
        skip();
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            int32_t offset = cxlog_wall_offset(wall_of(cases[i].wall));
            if (offset != cases[i].offset)
                fail_msg("%s has %d", cases[i].wall, offset);
        }
    }
    use_zone("UTC");
}

static void every_utc_second_survives_the_way_through_a_zone_without_dst(void **state)
{
    (void)state;
    seeded random = seeded_start(__func__);
    use_zone("Asia/Seoul");
    for (int i = 0; i < 5000; i++) {
        int64_t utc = seeded_between(&random, INT64_C(600000000), INT64_C(4000000000));
        cxlog_wall at = cxlog_wall_from_utc(utc);
        if (at - cxlog_wall_offset(at) != utc)
            fail_msg("utc %lld", (long long)utc);
    }
    use_zone("UTC");
}

static void wrong_zone_names_are_refused_and_change_nothing(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "Asia/Pyeongtaek",
        "../etc/passwd",
        "/usr/share/zoneinfo/UTC",
        ":UTC",
        "Asia/../UTC",
        "Asia",
        "Asia/Seoul ",
        "KST-9;x",
        "zone.tab",
        "leapseconds",
        "한국",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    };
    use_zone("Asia/Seoul");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        cxlog_error err = {0};
        if (cxlog_zone_use(bad[i], &err) != CXLOG_ERR_CONFIG)
            fail_msg("accepted \"%s\"", bad[i]);
        assert_string_equal(cxlog_zone_name(), "Asia/Seoul");
    }
    use_zone("UTC");
}

static int64_t noon_ms(void)
{
    return INT64_C(1795143600999); /* 2026-11-20T03:00:00.999Z */
}

static void now_is_the_clock_of_the_seam(void **state)
{
    (void)state;
    static const cx_seam fixed = {.utc_ms = noon_ms};
    char buffer[CXLOG_WALL_TEXT];
    use_zone("Asia/Seoul");
    cx_seam_use(&fixed);
    assert_int_equal(cxlog_utc_now(), INT64_C(1795143600));
    assert_int_equal(cxlog_utc_now_ms(), INT64_C(1795143600999));
    assert_string_equal(cxlog_wall_text(buffer, cxlog_wall_now()), "2026-11-20 12:00:00");
    cx_seam_use(NULL);
    use_zone("UTC");
}

static void serial_numbers_are_those_of_the_sheet(void **state)
{
    (void)state;
    static const struct {
        const char *wall;
        double serial;
    } cases[] = {
        {"2020-01-01", 43831.0},
        {"1999-01-02", 36162.0},
        {"1900-01-01", 2.0},
        {"2020-01-01 12:00", 43831.5},
        {"9999-12-31 18:00", 2958465.75},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cxlog_wall at = wall_of(cases[i].wall);
        cxlog_wall back = 0;
        if (cxlog_wall_to_serial(at) < cases[i].serial ||
            cxlog_wall_to_serial(at) > cases[i].serial)
            fail_msg("%s is %.10g", cases[i].wall, cxlog_wall_to_serial(at));
        assert_true(cxlog_wall_from_serial(&back, cases[i].serial));
        assert_int_equal(back, at);
    }
}

static void serial_numbers_are_exact_to_the_second(void **state)
{
    (void)state;
    seeded random = seeded_start(__func__);
    for (int i = 0; i < 100000; i++) {
        cxlog_wall at = seeded_between(&random, CX_WALL_MIN, CX_WALL_MAX);
        cxlog_wall back = 0;
        if (!cxlog_wall_from_serial(&back, cxlog_wall_to_serial(at)) || back != at)
            fail_msg("%lld came back as %lld", (long long)at, (long long)back);
    }
}

static void serial_numbers_outside_the_calendar_are_refused(void **state)
{
    (void)state;
    const double zero = 0.0;
    const double bad[] = {0.0,    1.99, -1.0,       2958466.0,   2958465.9999999, 1e300,
                          -1e300, 1e18, 1.0 / zero, -1.0 / zero, zero / zero};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        cxlog_wall at = 7;
        if (cxlog_wall_from_serial(&at, bad[i]))
            fail_msg("accepted %g", bad[i]);
        assert_int_equal(at, 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_agree_with_the_c_library),
        cmocka_unit_test(only_real_dates_are_valid),
        cmocka_unit_test(iso_weeks_at_the_edges_of_years_are_right),
        cmocka_unit_test(days_begin_at_midnight_before_1970_too),
        cmocka_unit_test(times_are_written_with_the_offset_of_the_zone),
        cmocka_unit_test(a_day_begins_at_midnight_of_the_zone_not_of_utc),
        cmocka_unit_test(the_environment_does_not_choose_the_zone),
        cmocka_unit_test(hours_that_exist_twice_or_never_have_one_fixed_offset),
        cmocka_unit_test(every_utc_second_survives_the_way_through_a_zone_without_dst),
        cmocka_unit_test(wrong_zone_names_are_refused_and_change_nothing),
        cmocka_unit_test(now_is_the_clock_of_the_seam),
        cmocka_unit_test(serial_numbers_are_those_of_the_sheet),
        cmocka_unit_test(serial_numbers_are_exact_to_the_second),
        cmocka_unit_test(serial_numbers_outside_the_calendar_are_refused),
    };
    return cmocka_run_group_tests_name("wall", tests, NULL, NULL);
}
