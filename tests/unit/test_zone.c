/* For tm_gmtoff. */
/* NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
#define _DEFAULT_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <cmocka.h>

#include <cxlog/wall.h>

#include "core/civil.h"
#include "core/seam.h"
#include "core/zone_file.h"
#include "seeded.h"

/* North and south, half hours, no summer time any more, a summer time below the standard
 * one, one that begins on the day before, offsets that crossed the date line. */
static const char *const zones[] = {
    "Asia/Seoul",       "Asia/Pyongyang",      "America/New_York",    "Europe/Berlin",
    "Europe/Dublin",    "Europe/Lisbon",       "Australia/Lord_Howe", "Australia/Sydney",
    "Pacific/Chatham",  "Pacific/Apia",        "Pacific/Kwajalein",   "America/Santiago",
    "America/Nuuk",     "America/Sao_Paulo",   "Africa/Casablanca",   "Asia/Gaza",
    "Asia/Kathmandu",   "Asia/Tehran",         "Asia/Jerusalem",      "Antarctica/Troll",
    "America/St_Johns", "Asia/Kolkata",        "Etc/GMT-14",          "EST5EDT",
    "Asia/Tokyo",       "America/Los_Angeles", "Africa/Monrovia",
};

static void offsets_are_those_of_the_c_library(void **state)
{
    (void)state;
    seeded random = seeded_start(__func__);
    size_t known = 0;
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++) {
        char tz[128];
        if (cxlog_zone_use(zones[i], NULL) != CXLOG_OK)
            continue; /* this machine does not have it */
        known++;
        assert_true(snprintf(tz, sizeof tz, ":%s/%s", CX_ZONE_DIR, zones[i]) > 0);
        assert_int_equal(setenv("TZ", tz, 1), 0);
        tzset();
        for (int n = 0; n < 4000; n++) {
            int year = n % 2 ? 2100 : CX_YEAR_MAX;
            int64_t last = cxlog_day_make(year, 12, 30) * CX_DAY_SECONDS;
            int64_t utc = seeded_between(&random, CX_WALL_MIN + CX_DAY_SECONDS, last);
            time_t moment = (time_t)utc;
            struct tm expected;
            assert_non_null(localtime_r(&moment, &expected));
            if (cxlog_wall_from_utc(utc) - utc != expected.tm_gmtoff)
                fail_msg("%s at %lld: %lld, not %ld", zones[i], (long long)utc,
                         (long long)(cxlog_wall_from_utc(utc) - utc),
                         (long)expected.tm_gmtoff);
        }
    }
    assert_true(known > 0);
    assert_int_equal(cxlog_zone_use("UTC", NULL), CXLOG_OK);
}

static void each_second_around_a_change_is_right(void **state)
{
    (void)state;
    cx_zone_rule rule;
    assert_true(cx_zone_rule_parse(&rule, "CET-1CEST,M3.5.0,M10.5.0/3"));
    const int64_t spring = INT64_C(1774746000); /* 2026-03-29T01:00:00Z */
    const int64_t autumn = INT64_C(1792890000); /* 2026-10-25T01:00:00Z */
    assert_int_equal(cx_zone_rule_offset(&rule, spring - 1), 3600);
    assert_int_equal(cx_zone_rule_offset(&rule, spring), 7200);
    assert_int_equal(cx_zone_rule_offset(&rule, autumn - 1), 7200);
    assert_int_equal(cx_zone_rule_offset(&rule, autumn), 3600);
}

static void rules_that_are_none_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "K-9",
        "KST",
        "KST-9x",
        "KST-25",
        "KST-9:60",
        "<KST-9",
        "CET-1CEST",
        "CET-1CEST,M3.5",
        "CET-1CEST,M3.5.0",
        "KST-9,M3.5.0,M10.5.0",
        "C-1CEST,1,2",
        "CET-1CEST,M13.1.0,M10.5.0",
        "CET-1CEST,J0,J9",
        "CET-1CEST,366,9",
        "CET-1CEST,M3.5.0/168,M10.5.0",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        cx_zone_rule rule;
        if (cx_zone_rule_parse(&rule, bad[i]))
            fail_msg("accepted \"%s\"", bad[i]);
    }
}

static void a_zone_file_that_cannot_be_opened_is_no_other_zone(void **state)
{
    (void)state;
    struct rlimit before, none;
    cxlog_error err = {0};
    assert_int_equal(cxlog_zone_use("UTC", NULL), CXLOG_OK);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    none = before;
    none.rlim_cur = 0;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    cxlog_status status = cxlog_zone_use("Asia/Seoul", &err);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_int_equal(status, CXLOG_ERR_IO);
    assert_non_null(strstr(err.message, "cannot read the zone file"));
    assert_string_equal(cxlog_zone_name(), "UTC");
}

static void leap_seconds_are_no_damage_but_a_zone_of_another_kind(void **state)
{
    (void)state;
    /* One offset, no changes, the name "KST", a leap second. */
    static cx_zone zone = {.length = 62, .bytes = "TZif"};
    zone.bytes[20 + 4 * 2 + 3] = 1;
    zone.bytes[20 + 4 * 4 + 3] = 1;
    zone.bytes[20 + 4 * 5 + 3] = 4;
    assert_false(cx_zone_parse(&zone));
    assert_true(zone.has_leaps);
    zone.length--;
    assert_false(cx_zone_parse(&zone) || zone.has_leaps);
    size_t length = 0;
    if (cx_zone_read(zone.bytes, sizeof zone.bytes, &length, "right/Asia/Seoul") != 0)
        return; /* this machine does not have it */
    cxlog_error err = {0};
    assert_int_equal(cxlog_zone_use("right/Asia/Seoul", &err), CXLOG_ERR_CONFIG);
    assert_non_null(strstr(err.message, "leap seconds"));
}

static void a_file_cut_off_anywhere_is_refused(void **state)
{
    (void)state;
    static cx_zone whole, cut;
    if (cx_zone_read(whole.bytes, sizeof whole.bytes, &whole.length, "Asia/Seoul") != 0)
        skip();
    assert_true(cx_zone_parse(&whole));
    for (size_t length = 0; length < whole.length; length++) {
        memcpy(cut.bytes, whole.bytes, whole.length);
        cut.length = length;
        if (cx_zone_parse(&cut))
            fail_msg("accepted %zu of %zu bytes", length, whole.length);
    }
}

static void damaged_bytes_are_refused_or_give_a_bounded_offset(void **state)
{
    (void)state;
    static cx_zone whole, bad;
    if (cx_zone_read(whole.bytes, sizeof whole.bytes, &whole.length, "Asia/Seoul") != 0)
        skip();
    seeded random = seeded_start(__func__);
    for (int n = 0; n < 20000; n++) {
        memcpy(bad.bytes, whole.bytes, whole.length);
        bad.length = whole.length;
        size_t at = (size_t)seeded_between(&random, 0, (int64_t)whole.length - 1);
        bad.bytes[at] = (unsigned char)seeded_next(&random);
        if (!cx_zone_parse(&bad))
            continue;
        int64_t utc = seeded_between(&random, CX_WALL_MIN, CX_WALL_MAX);
        int32_t offset = cx_zone_offset(&bad, utc);
        if (offset < -CX_ZONE_OFFSET_MAX || offset > CX_ZONE_OFFSET_MAX)
            fail_msg("byte %zu: offset %d", at, offset);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offsets_are_those_of_the_c_library),
        cmocka_unit_test(each_second_around_a_change_is_right),
        cmocka_unit_test(rules_that_are_none_are_refused),
        cmocka_unit_test(a_zone_file_that_cannot_be_opened_is_no_other_zone),
        cmocka_unit_test(leap_seconds_are_no_damage_but_a_zone_of_another_kind),
        cmocka_unit_test(a_file_cut_off_anywhere_is_refused),
        cmocka_unit_test(damaged_bytes_are_refused_or_give_a_bounded_offset),
    };
    return cmocka_run_group_tests_name("zone", tests, NULL, NULL);
}
