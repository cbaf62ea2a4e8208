/* A row whose ID somebody changed is still its record's row: one contact, in whatever
 * order the two are read. */
#include "store_sheet.h"

#define END INT64_MAX
#define OTHER_ID "01M800T1WXETEC2PMY8GWEP551"

/* Row 2 is a record's under another ID; the record itself was put back below it. */
static void renamed_and_put_back(sheet *s)
{
    sheet_add_other(s, AT(DAY0, 1), "배송");
    sheet_add_other(s, AT(DAY0, 2), "환불");
    sheet_add(s, CXLOG_SEEN_RECORD, &s->row[0].entry);
    put(&s->row[0].entry, CXLOG_COL_ID, OTHER_ID);
}

static void the_record_and_its_renamed_row_count_once(store_case *c, sheet *s)
{
    assert_int_equal(total_count(c), 2);
    cxlog_seen_result result = sheet_see(c, s, 2, END);
    assert_int_equal(result.unreadable, 1);
    assert_int_equal(result.fresh + result.edited + result.duplicate, 0);
    assert_int_equal(total_count(c), 2);
    CXLOG_AUTO_VALUE(cxlog_record) held = record_of(c, id_of(&s->row[2].entry));
    assert_int_equal(held.row, 4);
    assert_true(held.effective && !held.edited);
    assert_int_equal(counts_of(c).missing, 0);
}

static void where_its_record_is_known(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    renamed_and_put_back(&s);
    sheet_see(c, &s, 3, END);
    sheet_see(c, &s, 2, END);
    the_record_and_its_renamed_row_count_once(c, &s);
}

static void where_its_record_comes_later_on_the_same_page(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    renamed_and_put_back(&s);
    sheet_see(c, &s, 2, END);
    the_record_and_its_renamed_row_count_once(c, &s);
}

static void where_its_record_comes_on_a_later_page(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    renamed_and_put_back(&s);
    sheet_see(c, &s, 2, 3);
    assert_int_equal(total_count(c), 2);
    sheet_see(c, &s, 3, END);
    assert_int_equal(total_count(c), 2);
    the_record_and_its_renamed_row_count_once(c, &s);
}

static void where_its_record_comes_with_another_look(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    renamed_and_put_back(&s);
    s.count = 2;
    sheet_see(c, &s, 2, END);
    s.count = 3;
    sheet_see(c, &s, 2, END);
    the_record_and_its_renamed_row_count_once(c, &s);
}

static void where_a_correction_of_its_record_came_first(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    CXLOG_AUTO_VALUE(cxlog_entry) correction;
    renamed_and_put_back(&s);
    entry_correct(&correction, &s.row[2].entry, false, "결제", 60);
    put(&correction, CXLOG_COL_AGENT, "이바다");
    seal(&correction);
    sheet_add(&s, CXLOG_SEEN_RECORD, &correction);
    cxlog_seen_row last = s.row[3];
    s.row[3] = s.row[2];
    s.row[2] = last;
    sheet_see(c, &s, 2, 4);
    sheet_see(c, &s, 4, END);
    assert_int_equal(total_count(c), 2);
    CXLOG_AUTO_VALUE(cxlog_record) held = record_of(c, id_of(&s.row[2].entry));
    assert_true(held.effective);
}

#define T(name) cmocka_unit_test_setup_teardown(name, case_start, case_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(where_its_record_is_known),
        T(where_its_record_comes_later_on_the_same_page),
        T(where_its_record_comes_on_a_later_page),
        T(where_its_record_comes_with_another_look),
        T(where_a_correction_of_its_record_came_first),
    };
    return cmocka_run_group_tests_name("store_renamed", tests, NULL, NULL);
}
