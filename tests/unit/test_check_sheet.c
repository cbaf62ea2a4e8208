/* The check of the sheet: what people did to it, what is few and what is many. */
#include <stdio.h>

#include "check_desk.h"

static void a_sheet_as_it_was_logged_has_no_findings(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(desk) d = desk_of(5);
    look(&d);
    assert_int_equal(d.check.count, 0);
    assert_int_equal(d.check.rows, 5);
    assert_false(cxlog_check_differs(&d.check));
    assert_false(d.check.many);
    fake_reverse_rows(d.sheet);
    look(&d);
    assert_int_equal(d.check.count, 0);
}

static void a_row_that_is_gone_is_missing_with_its_id(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(desk) d = desk_of(5);
    char id[CXLOG_ID_SIZE];
    memcpy(id, id_of(&d, 4), sizeof id);
    fake_delete_row(d.sheet, 4);
    look(&d);
    const cxlog_finding *finding = only(&d, CXLOG_FOUND_MISSING, 0);
    assert_string_equal(finding->id, id);
    assert_true(finding->mine);
}

static void an_edit_is_told_with_its_columns(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(desk) d = desk_of(5);
    edit(&d, 3, CXLOG_COL_CATEGORY, "환불");
    edit(&d, 3, CXLOG_COL_CSAT, "4");
    look(&d);
    const cxlog_finding *finding = only(&d, CXLOG_FOUND_EDITED, 3);
    assert_string_equal(finding->id, id_of(&d, 3));
    assert_int_equal(finding->columns, BIT(CXLOG_COL_CATEGORY) | BIT(CXLOG_COL_CSAT));
    assert_string_equal(cxlog_entry_text(&finding->seen, CXLOG_COL_CATEGORY), "환불");
    assert_false(finding->formula);
}

static void the_second_row_of_a_record_is_a_duplicate(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(desk) d = desk_of(5);
    fake_copy_row_to_end(d.sheet, 3);
    int64_t last = (int64_t)d.sheet->row_count + 1;
    look(&d);
    assert_string_equal(only(&d, CXLOG_FOUND_DUPLICATE, last)->id, id_of(&d, 3));
}

static void a_contact_typed_by_hand_is_told_from_a_note(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(desk) d = desk_of(5);
    fake_type_row(d.sheet, 4);
    look(&d);
    assert_false(only(&d, CXLOG_FOUND_OTHER, 4)->unknown_agent);
    assert_false(cxlog_check_differs(&d.check));
    edit(&d, 4, CXLOG_COL_CATEGORY, "환불");
    edit(&d, 4, CXLOG_COL_AGENT, "하늘");
    look(&d);
    assert_false(only(&d, CXLOG_FOUND_TYPED, 4)->unknown_agent);
    assert_int_equal(d.check.agent_count, 0);
    assert_true(cxlog_check_differs(&d.check));
}

static void an_agent_without_records_is_named_once(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(desk) d = desk_of(5);
    edit(&d, 3, CXLOG_COL_AGENT, "낯선이");
    fake_type_row(d.sheet, 5);
    edit(&d, 5, CXLOG_COL_CATEGORY, "환불");
    edit(&d, 5, CXLOG_COL_AGENT, "낯선이");
    look(&d);
    assert_int_equal(d.check.count, 2);
    assert_true(d.check.findings[0].unknown_agent);
    assert_true(d.check.findings[1].unknown_agent);
    assert_int_equal(d.check.agent_count, 1);
    assert_string_equal(d.check.agents[0], "낯선이");
}

static void of_very_many_strangers_some_are_named(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(desk) d = desk_of(1);
    char name[16];
    for (int i = 0; i < CXLOG_NAMES_MAX + 3; i++) {
        snprintf(name, sizeof name, "낯선이%d", i);
        type_contact(&d, 2);
        edit(&d, 2, CXLOG_COL_AGENT, name);
    }
    look(&d);
    assert_int_equal(d.check.counts[CXLOG_FOUND_TYPED], CXLOG_NAMES_MAX + 3);
    assert_int_equal(d.check.agent_count, CXLOG_NAMES_MAX);
}

static void what_stands_right_of_the_columns_is_named(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(desk) d = desk_of(2);
    fake_rename_header(d.sheet, CXLOG_COLUMN_COUNT + 1, "우리 메모");
    look(&d);
    assert_int_equal(d.check.count, 0);
    assert_int_equal(d.check.outside_count, 1);
    assert_string_equal(d.check.outside[0], "우리 메모");
    fake_rename_header(d.sheet, CXLOG_COLUMN_COUNT, "");
    look(&d);
    assert_int_equal(d.check.outside_count, 1);
}

/* The texts of a column in rows 2..last, the other way round. */
static void turn_column(desk *d, int64_t last, cxlog_column column)
{
    for (int64_t low = 2, high = last; low < high; low++, high--) {
        char *text = row_entry(d, low)->text[column];
        row_entry(d, low)->text[column] = row_entry(d, high)->text[column];
        row_entry(d, high)->text[column] = text;
    }
}

static void a_column_sorted_alone_stops_everything_however_few_its_rows(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(desk) d = desk_of(6);
    turn_column(&d, 7, CXLOG_COL_NOTE);
    look(&d);
    assert_int_equal(d.check.counts[CXLOG_FOUND_EDITED], 6);
    assert_int_equal(d.check.mixed, CXLOG_COL_NOTE);
    assert_true(d.check.many);
}

static void the_ids_sorted_alone_are_told_as_such(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(desk) d = desk_of(6);
    edit(&d, 4, CXLOG_COL_CUSTOMER, "가람");
    turn_column(&d, 7, CXLOG_COL_ID);
    look(&d);
    assert_int_not_equal(d.check.mixed, -1);
    assert_true(d.check.many);
}

/* ---- formulas ---- */

static void a_formula_that_gives_what_was_logged_is_found(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(desk) d = desk_of(5);
    d.sheet->rows[2].formulas = BIT(CXLOG_COL_NOTE);
    look(&d);
    const cxlog_finding *finding = only(&d, CXLOG_FOUND_EDITED, 4);
    assert_true(finding->formula);
    assert_int_equal(finding->columns, BIT(CXLOG_COL_NOTE));
    assert_string_equal(finding->id, id_of(&d, 4));
    assert_true(finding->mine);
    assert_true(cxlog_check_differs(&d.check));
}

static void a_formula_in_an_edited_row_is_no_second_finding(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(desk) d = desk_of(5);
    edit(&d, 4, CXLOG_COL_CATEGORY, "환불");
    d.sheet->rows[2].formulas = BIT(CXLOG_COL_CATEGORY);
    look(&d);
    assert_true(only(&d, CXLOG_FOUND_EDITED, 4)->formula);
}

static void a_formula_outside_the_records_is_no_difference(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(desk) d = desk_of(5);
    fake_type_row(d.sheet, 100);
    d.sheet->rows[d.sheet->row_count - 1].formulas = BIT(CXLOG_COL_HANDLE_S);
    fake_type_row(d.sheet, 4); /* shows nothing */
    d.sheet->rows[2].kind = CXLOG_SEEN_BLANK;
    d.sheet->rows[2].formulas = BIT(CXLOG_COL_NOTE);
    look(&d);
    assert_int_equal(d.check.counts[CXLOG_FOUND_EDITED], 0);
    assert_false(cxlog_check_differs(&d.check));
}

static void findings_stay_in_the_order_of_their_rows(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(desk) d = desk_of(8);
    edit(&d, 3, CXLOG_COL_CATEGORY, "환불");
    edit(&d, 7, CXLOG_COL_CATEGORY, "환불");
    d.sheet->rows[0].formulas = BIT(CXLOG_COL_NOTE);
    d.sheet->rows[3].formulas = BIT(CXLOG_COL_NOTE);
    fake_delete_row(d.sheet, 9);
    look(&d);
    static const int64_t rows[] = {2, 3, 5, 7, 0};
    assert_int_equal(d.check.count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(d.check.findings[i].row, rows[i]);
    assert_int_equal(d.check.findings[4].kind, CXLOG_FOUND_MISSING);
}

static void formulas_cost_one_read_for_thousands_of_rows(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(desk) d = desk_of(4000);
    d.who->remote.requests = (cxlog_requests){0};
    look(&d);
    assert_int_equal(d.who->remote.requests.read, 2);
}

static void a_formula_far_down_a_very_long_log_is_found(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(desk) d = desk_of(2);
    for (int i = 0; i < 25100; i++) /* more than one read of formulas has */
        fake_type_row(d.sheet, INT64_MAX);
    fake_row *last = &d.sheet->rows[d.sheet->row_count - 1];
    fake_row moved = *last;
    *last = d.sheet->rows[1];
    d.sheet->rows[1] = moved;
    last->formulas = BIT(CXLOG_COL_NOTE);
    look(&d);
    assert_int_equal(d.check.counts[CXLOG_FOUND_EDITED], 1);
    const cxlog_finding *finding = &d.check.findings[d.check.count - 1];
    assert_int_equal(finding->row, d.sheet->row_count + 1);
    assert_true(finding->formula);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sheet_as_it_was_logged_has_no_findings),
        cmocka_unit_test(a_row_that_is_gone_is_missing_with_its_id),
        cmocka_unit_test(an_edit_is_told_with_its_columns),
        cmocka_unit_test(the_second_row_of_a_record_is_a_duplicate),
        cmocka_unit_test(a_contact_typed_by_hand_is_told_from_a_note),
        cmocka_unit_test(an_agent_without_records_is_named_once),
        cmocka_unit_test(of_very_many_strangers_some_are_named),
        cmocka_unit_test(what_stands_right_of_the_columns_is_named),
        cmocka_unit_test(a_column_sorted_alone_stops_everything_however_few_its_rows),
        cmocka_unit_test(the_ids_sorted_alone_are_told_as_such),
        cmocka_unit_test(a_formula_that_gives_what_was_logged_is_found),
        cmocka_unit_test(a_formula_in_an_edited_row_is_no_second_finding),
        cmocka_unit_test(a_formula_outside_the_records_is_no_difference),
        cmocka_unit_test(findings_stay_in_the_order_of_their_rows),
        cmocka_unit_test(formulas_cost_one_read_for_thousands_of_rows),
        cmocka_unit_test(a_formula_far_down_a_very_long_log_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
