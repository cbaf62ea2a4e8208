/* Records that began as rows typed by hand belong to no machine: each that holds one as
 * it was sealed puts it back when it vanished. */
#include "store_sheet.h"

#define END INT64_MAX
#define EQUAL_ROWS 3

/* A row typed by hand, with what a close gave it. number: which of several equal ones.
 * agent NULL: left blank by the person. */
static void add_typed(sheet *s, const char *agent, int number)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    char id[CXLOG_ID_SIZE];
    cxlog_error err = {0};
    entry_start(&entry, AT(DAY0, 36000), "배송", "전화");
    put(&entry, CXLOG_COL_ID, NULL);
    put(&entry, CXLOG_COL_AGENT, agent);
    entry.number[CXLOG_COL_LOGGED_AT] = CXLOG_BLANK;
    if (cxlog_typed_id(id, &entry, number, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
    put(&entry, CXLOG_COL_ID, id);
    if (!agent)
        put(&entry, CXLOG_COL_AGENT, CXLOG_SHEET_AUTHOR);
    entry.number[CXLOG_COL_LOGGED_AT] = AT(DAY0 + 1, 64800);
    seal(&entry);
    sheet_add(s, CXLOG_SEEN_RECORD, &entry);
}

/* All of it was seen, and then none. */
static void see_vanish(store_case *c, sheet *s)
{
    sheet_see(c, s, 2, END);
    sheet none = {0};
    sheet_see(c, &none, 2, END);
    assert_int_equal(counts_of(c).missing, s->count);
}

static int64_t restore(store_case *c)
{
    int64_t count = -1;
    MUST(cxlog_store_restore(c->store, &count, &c->err));
    return count;
}

static void is_on_its_way(store_case *c, const sheet *s, size_t row, bool wanted)
{
    CXLOG_AUTO_VALUE(cxlog_record) record = record_of(c, id_of(&s->row[row].entry));
    assert_int_equal(record.state, wanted ? CXLOG_STATE_PENDING : CXLOG_STATE_CONFIRMED);
    assert_true(record.mine == wanted);
    assert_true(cxlog_entry_same(&record.entry, &s->row[row].entry));
}

static void every_equal_row_that_vanished_is_put_back_once(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    for (int i = 0; i < EQUAL_ROWS; i++)
        add_typed(&s, "이바다", i);
    see_vanish(c, &s);
    assert_int_equal(restore(c), EQUAL_ROWS);
    for (size_t i = 0; i < EQUAL_ROWS; i++)
        is_on_its_way(c, &s, i, true);
    assert_int_equal(restore(c), 0);
    assert_int_equal(counts_of(c).missing, 0);
    assert_int_equal(total_count(c), EQUAL_ROWS);
}

static void a_row_without_agent_is_put_back_too(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    add_typed(&s, NULL, 0);
    add_typed(&s, NULL, 1);
    add_typed(&s, CXLOG_SHEET_AUTHOR, 0); /* whoever is called so */
    see_vanish(c, &s);
    assert_int_equal(restore(c), 3);
    for (size_t i = 0; i < 3; i++)
        is_on_its_way(c, &s, i, true);
}

/* The machine that logged it puts it back; two would put it back twice. */
static void what_somebody_logged_is_left_to_them(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    CXLOG_AUTO_VALUE(cxlog_entry) one;
    CXLOG_AUTO_VALUE(cxlog_entry) two;
    CXLOG_AUTO_VALUE(cxlog_entry) adopted;
    sheet_add_other(&s, AT(DAY0, 1), "배송");
    entry_correct(&one, &s.row[0].entry, false, "환불", 60);
    sheet_add(&s, CXLOG_SEEN_RECORD, &one);
    entry_correct(&two, &s.row[1].entry, true, NULL, 60);
    sheet_add(&s, CXLOG_SEEN_RECORD, &two);
    entry_start(&adopted, AT(DAY0, 2), "결제",
                "전화"); /* by a machine, in the sheet's name */
    put(&adopted, CXLOG_COL_AGENT, CXLOG_SHEET_AUTHOR);
    seal(&adopted);
    sheet_add(&s, CXLOG_SEEN_RECORD, &adopted);
    see_vanish(c, &s);
    assert_int_equal(restore(c), 0);
    for (size_t i = 0; i < s.count; i++)
        is_on_its_way(c, &s, i, false);
    assert_int_equal(counts_of(c).missing, 4);
}

static void one_that_was_seen_only_with_an_edit_is_not_put_back(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    add_typed(&s, "이바다", 0);
    add_typed(&s, "이바다", 1);
    put(&s.row[0].entry, CXLOG_COL_CATEGORY, "환불");
    s.row[1].entry.number[CXLOG_COL_LOGGED_AT] += 3600;
    see_vanish(c, &s);
    assert_int_equal(restore(c), 0);
    is_on_its_way(c, &s, 0, false);
    is_on_its_way(c, &s, 1, false);
}

static void own_records_and_rows_typed_are_counted_together(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    CXLOG_AUTO_VALUE(cxlog_entry) own;
    entry_start(&own, AT(DAY0, 1), "배송", "전화");
    seal(&own);
    MUST(cxlog_store_add(c->store, &own, 1, NULL, &c->err));
    sheet_add(&s, CXLOG_SEEN_RECORD, &own);
    add_typed(&s, "이바다", 0);
    see_vanish(c, &s);
    assert_int_equal(restore(c), 2);
    is_on_its_way(c, &s, 0, true);
    is_on_its_way(c, &s, 1, true);
}

#define T(name) cmocka_unit_test_setup_teardown(name, case_start, case_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(every_equal_row_that_vanished_is_put_back_once),
        T(a_row_without_agent_is_put_back_too),
        T(what_somebody_logged_is_left_to_them),
        T(one_that_was_seen_only_with_an_edit_is_not_put_back),
        T(own_records_and_rows_typed_are_counted_together),
    };
    return cmocka_run_group_tests_name("store_typed", tests, NULL, NULL);
}
