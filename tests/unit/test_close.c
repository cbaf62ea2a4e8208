/* The pure parts of the close: alert rules, columns sorted alone, the line of 누적. */
#include "sync_team.h"

#include <cxlog/close.h>

#include "sync/tabs_impl.h"

static void an_alert_rule_is_a_factor_and_weeks(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double factor;
        int weeks;
    } good[] = {{"1.5x12w", 1.5, 12}, {"2x4w", 2, 4}, {"1.25x104w", 1.25, 104}};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        cxlog_alert_rule rule = {0};
        if (cxlog_alert_parse(&rule, good[i].text, NULL) != CXLOG_OK)
            fail_msg("refused \"%s\"", good[i].text);
        assert_int_equal((int)(rule.factor * 100 + 0.5),
                         (int)(good[i].factor * 100 + 0.5));
        assert_int_equal(rule.weeks, good[i].weeks);
    }
}

static void what_is_no_rule_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",       "x12w",  "1.5",    "1.5x",    "1.5x12",   "1x12w",   "0.5x12w",
        "1.5x0w", "-2x4w", "1e3x4w", "1.5x4w ", "1.5x105w", "9999x4w", "1..5x4w"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        cxlog_alert_rule rule = {.factor = 7, .weeks = 7};
        if (cxlog_alert_parse(&rule, bad[i], NULL) != CXLOG_ERR_CONFIG)
            fail_msg("accepted \"%s\"", bad[i]);
        assert_int_equal(rule.weeks, 7);
    }
}

static void set(cxlog_entry *entry, cxlog_column column, const char *text)
{
    assert_int_equal(cxlog_entry_set(entry, column, text, NULL), CXLOG_OK);
}

/* Categories of three rows before and after somebody did something to them. */
static int column_of(const char *const before[3], const char *const after[3])
{
    cx_mix mix = {0};
    for (size_t i = 0; i < 3; i++) {
        CXLOG_AUTO_VALUE(cxlog_entry) here;
        CXLOG_AUTO_VALUE(cxlog_entry) there;
        cxlog_entry_init(&here);
        cxlog_entry_init(&there);
        set(&here, CXLOG_COL_CATEGORY, before[i]);
        set(&there, CXLOG_COL_CATEGORY, after[i]);
        cx_mix_add(&mix, cx_check_columns(&here, &there), &here, &there);
    }
    return cx_mix_column(&mix);
}

static void a_column_sorted_alone_keeps_its_values(void **state)
{
    (void)state;
    static const char *const before[] = {"환불", "결제", "배송"};
    static const char *const sorted[] = {"결제", "배송", "환불"};
    static const char *const edited[] = {"결제", "배송", "오류"};
    assert_int_equal(column_of(before, sorted), CXLOG_COL_CATEGORY);
    assert_int_equal(column_of(before, edited), -1);
    assert_int_equal(column_of(before, before), -1);
}

static void two_columns_sorted_each_for_itself_are_told_as_the_ids(void **state)
{
    (void)state;
    cx_mix mix = {0};
    static const char *const names[] = {"환불", "결제", "배송"};
    static const cxlog_column columns[] = {CXLOG_COL_CATEGORY, CXLOG_COL_NOTE};
    for (size_t i = 0; i < 3; i++) {
        CXLOG_AUTO_VALUE(cxlog_entry) here;
        CXLOG_AUTO_VALUE(cxlog_entry) there;
        cxlog_entry_init(&here);
        cxlog_entry_init(&there);
        for (size_t c = 0; c < 2; c++) {
            set(&here, columns[c], names[i]);
            set(&there, columns[c], names[(i + 1 + c) % 3]);
        }
        cx_mix_add(&mix, cx_check_columns(&here, &there), &here, &there);
    }
    assert_int_equal(cx_mix_column(&mix), CXLOG_COL_ID);
}

static void the_basis_line_tells_its_day(void **state)
{
    (void)state;
    assert_int_equal(cx_totals_day("2026-11-20 기준 (2026-11-20 17:00:00에 씀) · 미전송"),
                     cxlog_day_make(2026, 11, 20));
    static const char *const none[] = {"",          "누적",       "2026-13-20 기준",
                                       "2026-11-2", "2026-11-20", "2026-11-20 now"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_int_equal(cx_totals_day(none[i]), CXLOG_NO_DAY);
}

static void the_time_of_writing_is_no_difference(void **state)
{
    (void)state;
    assert_true(cx_totals_same_basis("2026-11-20 기준 (a) · 미전송 0건",
                                     "2026-11-20 기준 (b) · 미전송 0건"));
    assert_false(cx_totals_same_basis("2026-11-20 기준 (a) · 미전송 0건",
                                      "2026-11-20 기준 (a) · 미전송 1건"));
    assert_false(cx_totals_same_basis("2026-11-20 기준 (a) · 미전송 0건",
                                      "2026-11-21 기준 (a) · 미전송 0건"));
    assert_false(cx_totals_same_basis("2026-11-20 기준 (a)", ""));
    assert_false(cx_totals_same_basis("", "2026-11-20 기준 (a)"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_alert_rule_is_a_factor_and_weeks),
        cmocka_unit_test(what_is_no_rule_is_refused),
        cmocka_unit_test(a_column_sorted_alone_keeps_its_values),
        cmocka_unit_test(two_columns_sorted_each_for_itself_are_told_as_the_ids),
        cmocka_unit_test(the_basis_line_tells_its_day),
        cmocka_unit_test(the_time_of_writing_is_no_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
