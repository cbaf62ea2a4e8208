/* Working days, and the part of a former period that is like what has passed of this one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "cli/workdays.h"

static cxlog_day day(const char *text)
{
    cxlog_period period;
    assert_int_equal(cxlog_period_parse(&period, text, 0, NULL), CXLOG_OK);
    return period.from;
}

static void weekends_and_holidays_are_no_working_days(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cli_workdays) days = {0};
    const char *text = "# 2026\n2026-10-09 한글날\n\n2026-09-25\r\n2026-09-24 추석\n";
    assert_int_equal(cli_workdays_parse(&days, text, NULL), CXLOG_OK);
    assert_false(cli_is_workday(&days, day("2026-10-09")));
    assert_false(cli_is_workday(&days, day("2026-09-24")));
    assert_false(cli_is_workday(&days, day("2026-10-10")));
    assert_true(cli_is_workday(&days, day("2026-10-08")));
    assert_int_equal(cli_workdays_between(&days, day("2026-10-05"), day("2026-10-11")),
                     4);
    assert_int_equal(cli_workdays_between(&days, day("2026-10-05"), day("2026-10-04")),
                     0);
}

static void a_line_that_is_no_date_is_named(void **state)
{
    (void)state;
    static const char *const bad[] = {"2026-02-30\n", "한글날\n", "2026-1-1\n",
                                      "2026-01-01\n01/02/2026\n"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CXLOG_AUTO_VALUE(cli_workdays) days = {0};
        cxlog_error err = {0};
        if (cli_workdays_parse(&days, bad[i], &err) != CXLOG_ERR_CONFIG)
            fail_msg("taken as holidays: %s", bad[i]);
        assert_non_null(strstr(err.message, i == 3 ? "line 2" : "line 1"));
    }
}

static void a_running_period_is_like_as_many_working_days(void **state)
{
    (void)state;
    static const struct {
        const char *now, *before, *today, *to;
    } cases[] = {
        {"2026-W47", "2026-W46", "2026-11-18", "2026-11-11"}, /* Wednesday: Wednesday */
        {"2026-W47", "2026-W46", "2026-11-16", "2026-11-09"},
        {"2026-W47", "2026-W46", "2026-11-21", "2026-11-14"}, /* Saturday: its Saturday */
        {"2026-11", "2026-10", "2026-11-20", "2026-10-21"},   /* the 15th working day */
        {"2026-11", "2026-10", "2026-11-01", "2026-09-30"},   /* none yet: nothing */
    };
    CXLOG_AUTO_VALUE(cli_workdays) none = {0};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cxlog_period now, before;
        assert_int_equal(cxlog_period_parse(&now, cases[i].now, 0, NULL), CXLOG_OK);
        assert_int_equal(cxlog_period_parse(&before, cases[i].before, 0, NULL), CXLOG_OK);
        cxlog_period like = cli_like_period(&none, &now, &before, day(cases[i].today));
        if (like.from != before.from || like.to != day(cases[i].to))
            fail_msg("%s on %s: ends %d days off", cases[i].now, cases[i].today,
                     (int)(like.to - day(cases[i].to)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weekends_and_holidays_are_no_working_days),
        cmocka_unit_test(a_line_that_is_no_date_is_named),
        cmocka_unit_test(a_running_period_is_like_as_many_working_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
