/* The check of the rows of a period alone: what is typed or moved at its edge. */
#include "check_desk.h"

/* `old` records, 60 days later `fresh` ones below them. The day of those is *from. */
static desk desk_of_two_times(int old, int fresh, cxlog_day *from)
{
    desk d = desk_of(old);
    team_pass(INT64_C(60) * 86400);
    *from = cxlog_day_of(cxlog_wall_now());
    person_log(d.who, fresh);
    person_syncs(d.who);
    return d;
}

static void a_formula_in_a_row_above_that_moved_is_seen_as_one(void **state)
{
    (void)state;
    cxlog_day from;
    CXLOG_AUTO_VALUE(desk) d = desk_of_two_times(3, 3, &from);
    edit(&d, 2, CXLOG_COL_CATEGORY, "환불");
    d.sheet->rows[0].formulas = BIT(CXLOG_COL_CATEGORY);
    fake_type_row(d.sheet, 2);
    d.sheet->rows[0].kind = CXLOG_SEEN_BLANK;
    look_from(&d, from);
    assert_true(only(&d, CXLOG_FOUND_EDITED, 3)->formula);
}

static void what_is_typed_between_two_periods_is_found(void **state)
{
    (void)state;
    cxlog_day from;
    CXLOG_AUTO_VALUE(desk) d = desk_of_two_times(3, 3, &from);
    type_contact(&d, 5);
    d.sheet->rows[5 - 2].kind = CXLOG_SEEN_BLANK;
    look_from(&d, from);
    assert_int_equal(d.check.count, 0);
    d.sheet->rows[5 - 2].kind = CXLOG_SEEN_FOREIGN;
    look_from(&d, from);
    (void)only(&d, CXLOG_FOUND_TYPED, 5);
}

static void what_is_typed_in_a_period_without_a_record_is_found(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(desk) d = desk_of(3);
    team_pass(INT64_C(60) * 86400);
    int64_t below = (int64_t)d.sheet->row_count + 2;
    type_contact(&d, below);
    look_from(&d, cxlog_day_of(cxlog_wall_now()));
    (void)only(&d, CXLOG_FOUND_TYPED, below);
}

static void what_is_typed_above_the_first_record_is_found(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(desk) d = desk_of(3);
    cxlog_day from = cxlog_day_of(cxlog_wall_now());
    type_contact(&d, 2);
    d.sheet->rows[0].kind = CXLOG_SEEN_BLANK;
    look_from(&d, from);
    assert_int_equal(d.check.count, 0);
    d.sheet->rows[0].kind = CXLOG_SEEN_FOREIGN;
    look_from(&d, from);
    (void)only(&d, CXLOG_FOUND_TYPED, 2);
}

static void thousands_of_rows_without_records_above_are_not_read(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(desk) d = desk_of(3);
    cxlog_day from = cxlog_day_of(cxlog_wall_now());
    for (int i = 0; i < 5100; i++)
        fake_type_row(d.sheet, 2);
    look(&d);
    d.who->remote.requests = (cxlog_requests){0};
    look_from(&d, from);
    assert_int_equal(d.who->remote.requests.read, 2);
    assert_int_equal(d.check.counts[CXLOG_FOUND_OTHER], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_formula_in_a_row_above_that_moved_is_seen_as_one),
        cmocka_unit_test(what_is_typed_between_two_periods_is_found),
        cmocka_unit_test(what_is_typed_in_a_period_without_a_record_is_found),
        cmocka_unit_test(what_is_typed_above_the_first_record_is_found),
        cmocka_unit_test(thousands_of_rows_without_records_above_are_not_read),
    };
    return cmocka_run_group_tests_name("check_period", tests, NULL, NULL);
}
