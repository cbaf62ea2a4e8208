/* The mirror: what a pull has seen of the sheet. */
#include "store_sheet.h"

#define END INT64_MAX

static void records_of_others_become_confirmed_records_and_count(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    sheet_add_other(&s, AT(DAY0, 1), "배송");
    sheet_add(&s, CXLOG_SEEN_BLANK, NULL);
    sheet_add_other(&s, AT(DAY0, 2), "환불");
    cxlog_seen_result result = sheet_see(c, &s, 2, END);
    assert_int_equal(result.fresh, 2);
    assert_int_equal(result.confirmed + result.duplicate + result.edited + result.foreign,
                     0);
    assert_int_equal(total_count(c), 2);
    CXLOG_AUTO_VALUE(cxlog_record) record = record_of(c, id_of(&s.row[2].entry));
    assert_int_equal(record.state, CXLOG_STATE_CONFIRMED);
    assert_int_equal(record.row, 4);
    assert_false(record.mine || record.edited);
    int64_t row = 0;
    char id[CXLOG_ID_SIZE];
    MUST(cxlog_store_last_row(c->store, &row, &c->err));
    assert_int_equal(row, 4);
    MUST(cxlog_store_id_at(c->store, 4, id, &c->err));
    assert_string_equal(id, id_of(&s.row[2].entry));
    MUST(cxlog_store_id_at(c->store, 3, id, &c->err));
    assert_string_equal(id, "");
}

static void records_last_seen_above_a_row_are_found_in_a_page(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    sheet_add_other(&s, AT(DAY0, 1), "배송");
    sheet_add_other(&s, AT(DAY0, 2), "환불");
    sheet_see(c, &s, 2, END);
    sheet_add_other(&s, AT(DAY0, 3), "오류"); /* never seen */
    cxlog_seen_row rows[] = {s.row[2], s.row[1], {.kind = CXLOG_SEEN_FOREIGN}, s.row[0]};
    const cxlog_seen_page page = {.first = 9, .last = 12, .rows = rows, .count = 4};
    size_t at = 0;
    int64_t row = 0;
    MUST(cxlog_store_seen_above(c->store, &page, 4, &at, &row, &c->err));
    assert_int_equal(at, 1);
    assert_int_equal(row, 3);
    at++;
    MUST(cxlog_store_seen_above(c->store, &page, 4, &at, &row, &c->err));
    assert_int_equal(at, 3);
    assert_int_equal(row, 2);
    at = 0;
    MUST(cxlog_store_seen_above(c->store, &page, 2, &at, &row, &c->err));
    assert_int_equal(at, 4);
}

static void an_empty_mirror_ends_at_the_header(void **state)
{
    store_case *c = *state;
    int64_t row = 0;
    MUST(cxlog_store_last_row(c->store, &row, &c->err));
    assert_int_equal(row, 1);
}

static void the_same_page_again_changes_nothing(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    sheet_add_other(&s, AT(DAY0, 1), "배송");
    sheet_add_other(&s, AT(DAY0, 2), "환불");
    sheet_see(c, &s, 2, END);
    cxlog_seen_result result = sheet_see(c, &s, 2, END);
    assert_int_equal(result.fresh + result.confirmed + result.duplicate + result.edited,
                     0);
    assert_int_equal(total_count(c), 2);
}

static void an_own_record_seen_is_confirmed_from_any_state(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    cxlog_entry e[3];
    for (int i = 0; i < 3; i++) {
        entry_start(&e[i], AT(DAY0, i), "배송", "전화");
        seal(&e[i]);
        sheet_add(&s, CXLOG_SEEN_RECORD, &e[i]);
    }
    MUST(cxlog_store_add(c->store, e, 2, NULL, &c->err));
    CXLOG_AUTO(cxlog_batch) *batch = NULL;
    MUST(cxlog_store_batch_make(c->store, 1000, CXLOG_BATCH_ROWS, &batch, &c->err));
    MUST(cxlog_store_quarantine(c->store, id_of(&e[1]), "too long", &c->err));
    MUST(cxlog_store_add(c->store, &e[2], 1, NULL,
                         &c->err)); /* pending: a restored store */
    cxlog_seen_result result = sheet_see(c, &s, 2, END);
    assert_int_equal(result.confirmed, 3);
    for (int i = 0; i < 3; i++) {
        CXLOG_AUTO_VALUE(cxlog_record) record = record_of(c, id_of(&e[i]));
        assert_int_equal(record.state, CXLOG_STATE_CONFIRMED);
        assert_true(record.mine);
        assert_null(record.reason);
        cxlog_entry_clear(&e[i]);
    }
}

static void a_second_row_of_an_id_counts_once_and_is_noted(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    sheet_add_other(&s, AT(DAY0, 1), "배송");
    sheet_add_other(&s, AT(DAY0, 2), "환불");
    sheet_add(&s, CXLOG_SEEN_RECORD, &s.row[0].entry);
    cxlog_seen_result result = sheet_see(c, &s, 2, END); /* on one page */
    assert_int_equal(result.duplicate, 1);
    sheet_add(&s, CXLOG_SEEN_RECORD, &s.row[1].entry);
    result = sheet_see(c, &s, 5, END); /* on a later one: the first stands before it */
    assert_int_equal(result.duplicate, 1);
    assert_int_equal(total_count(c), 2);
    assert_int_equal(counts_of(c).duplicate, 2);
    CXLOG_AUTO_VALUE(cxlog_record) record = record_of(c, id_of(&s.row[1].entry));
    assert_int_equal(record.row, 3);
    int64_t last = 0;
    MUST(cxlog_store_last_row(c->store, &last, &c->err));
    assert_int_equal(last, 5);
    sheet_remove(&s, 3);
    sheet_remove(&s, 2);
    sheet_see(c, &s, 2, END);
    assert_int_equal(counts_of(c).duplicate, 0);
}

static void rows_that_moved_up_are_no_duplicates(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    for (int i = 0; i < 12; i++)
        sheet_add_other(&s, AT(DAY0, i), "배송");
    sheet_see(c, &s, 2, END);
    sheet_remove(&s, 0);
    sheet_remove(&s, 0);
    int64_t found = 0;
    for (int64_t first = 2; first <= 12;
         first += 4) /* read again by pages of four rows */
        found += sheet_see(c, &s, first, first + 3).duplicate;
    assert_int_equal(found, 0);
    assert_int_equal(counts_of(c).missing, 2);
    CXLOG_AUTO_VALUE(cxlog_record) record = record_of(c, id_of(&s.row[9].entry));
    assert_int_equal(record.row, 11);
}

static void rows_that_moved_down_are_no_duplicates(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    for (int i = 0; i < 10; i++)
        sheet_add_other(&s, AT(DAY0, i), "배송");
    sheet_see(c, &s, 2, END);
    sheet_add_other(&s, AT(DAY0, 50), "환불");
    cxlog_seen_row newest = s.row[10];
    memmove(&s.row[1], &s.row[0], 10 * sizeof s.row[0]);
    s.row[0] = newest;
    int64_t found = 0;
    for (int64_t first = 2; first <= 12; first += 4)
        found += sheet_see(c, &s, first, first + 3).duplicate;
    assert_int_equal(found, 0);
    assert_int_equal(counts_of(c).missing, 0);
    assert_int_equal(total_count(c), 11);
}

static void a_row_that_is_gone_is_missing_until_it_is_back(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    sheet_add_other(&s, AT(DAY0, 1), "배송");
    sheet_add_other(&s, AT(DAY0, 2), "환불");
    sheet_see(c, &s, 2, END);
    cxlog_seen_row last = s.row[--s.count];
    sheet_see(c, &s, 2, END);
    assert_int_equal(counts_of(c).missing, 1);
    assert_int_equal(total_count(c),
                     2); /* gone from the sheet, not from the team's record */
    s.row[s.count++] = last;
    sheet_see(c, &s, 3, END);
    assert_int_equal(counts_of(c).missing, 0);
}

static void an_edit_in_the_sheet_is_noticed_and_forgiven_when_undone(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    sheet_add_other(&s, AT(DAY0, 1), "배송");
    sheet_see(c, &s, 2, END);
    cxlog_entry *row = &s.row[0].entry;
    put(row, CXLOG_COL_CATEGORY, "환불");
    assert_int_equal(sheet_see(c, &s, 2, END).edited, 1);
    CXLOG_AUTO_VALUE(cxlog_record) record = record_of(c, id_of(row));
    assert_true(record.edited);
    assert_string_equal(cxlog_entry_text(&record.entry, CXLOG_COL_CATEGORY), "배송");
    assert_int_equal(counts_of(c).edited, 1);
    put(row, CXLOG_COL_CATEGORY, "배송");
    assert_int_equal(sheet_see(c, &s, 2, END).edited, 0);
    assert_int_equal(counts_of(c).edited, 0);
    s.row[0].readable = false; /* #REF! */
    assert_int_equal(sheet_see(c, &s, 2, END).edited, 1);
}

static void
a_record_edited_before_it_was_first_seen_is_taken_as_read_until_healed(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    sheet_add_other(&s, AT(DAY0, 1), "배송");
    cxlog_entry *row = &s.row[0].entry;
    put(row, CXLOG_COL_CATEGORY, "환불"); /* the checksum is that of 배송 */
    cxlog_seen_result result = sheet_see(c, &s, 2, END);
    assert_int_equal(result.fresh, 1);
    assert_int_equal(result.edited, 1);
    assert_int_equal(sheet_see(c, &s, 2, END).edited, 1); /* and stays so */
    CXLOG_AUTO_VALUE(cxlog_record) edited = record_of(c, id_of(row));
    assert_string_equal(cxlog_entry_text(&edited.entry, CXLOG_COL_CATEGORY), "환불");
    put(row, CXLOG_COL_CATEGORY, "배송");
    assert_int_equal(sheet_see(c, &s, 2, END).edited, 0);
    CXLOG_AUTO_VALUE(cxlog_record) healed = record_of(c, id_of(row));
    assert_string_equal(cxlog_entry_text(&healed.entry, CXLOG_COL_CATEGORY), "배송");
    assert_true(healed.effective && !healed.edited);
    assert_int_equal(total_count(c), 1);
}

static void an_edit_that_became_unreadable_stays_as_it_was_read(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    sheet_add_other(&s, AT(DAY0, 1), "배송");
    cxlog_seen_row *row = &s.row[0];
    put(&row->entry, CXLOG_COL_CATEGORY, "환불");
    sheet_see(c, &s, 2, END);
    row->readable = false; /* the right content again, beside a #REF! */
    put(&row->entry, CXLOG_COL_CATEGORY, "배송");
    const cxlog_seen_result result = sheet_see(c, &s, 2, END);
    assert_int_equal(result.edited, 1);
    assert_int_equal(result.unreadable, 0);
    CXLOG_AUTO_VALUE(cxlog_record) held = record_of(c, id_of(&row->entry));
    assert_string_equal(cxlog_entry_text(&held.entry, CXLOG_COL_CATEGORY), "환불");
    assert_true(held.edited && held.row == 2);
    row->readable = true;
    assert_int_equal(sheet_see(c, &s, 2, END).edited, 0);
    CXLOG_AUTO_VALUE(cxlog_record) healed = record_of(c, id_of(&row->entry));
    assert_string_equal(cxlog_entry_text(&healed.entry, CXLOG_COL_CATEGORY), "배송");
}

static void rows_without_id_are_foreign_and_touch_the_totals_of_their_day(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    CXLOG_AUTO_VALUE(cxlog_entry) typed;
    cxlog_entry_init(&typed);
    typed.number[CXLOG_COL_CONTACTED_AT] = AT(DAY0 + 3, 5);
    put(&typed, CXLOG_COL_CATEGORY, "배송");
    sheet_add(&s, CXLOG_SEEN_FOREIGN, &typed);
    s.row[0].contact_like = true;
    sheet_add(&s, CXLOG_SEEN_FOREIGN, NULL); /* "합계", say */
    assert_int_equal(sheet_see(c, &s, 2, END).foreign, 2);
    assert_int_equal(counts_of(c).foreign, 2);
    assert_int_equal(total_count(c), 0);
    for (int day = 3; day >= 2; day--) {
        cxlog_query q = {.by = {{.kind = CXLOG_BY_CATEGORY}}, .by_count = 1};
        q.period = cxlog_period_of(CXLOG_PERIOD_DAY, DAY0 + day);
        CXLOG_AUTO(cxlog_totals) *t = NULL;
        MUST(cxlog_store_totals(c->store, &q, &t, &c->err));
        assert_int_equal(t->basis.foreign,
                         day == 3); /* it cannot touch what ends before it */
    }
    int64_t last = 0;
    MUST(cxlog_store_last_row(c->store, &last, &c->err));
    assert_int_equal(last, 3);
}

static void rows_with_an_id_that_cannot_be_read_are_reported_and_not_counted(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    for (int i = 0; i < 4; i++)
        sheet_add_other(&s, AT(DAY0, i), "배송");
    s.row[0].readable = false;
    s.row[1].entry.number[CXLOG_COL_LOGGED_AT] = CXLOG_BLANK;
    put(&s.row[2].entry, CXLOG_COL_CATEGORY, NULL);
    put(&s.row[3].entry, CXLOG_COL_CORRECTS,
        "저번 것 말고 이걸로 해 주세요, 부탁드립니다");
    cxlog_seen_result result = sheet_see(c, &s, 2, END);
    assert_int_equal(result.unreadable, 4);
    assert_int_equal(result.fresh, 0);
    assert_int_equal(total_count(c), 0);
    s.row[0].readable = true;
    assert_int_equal(sheet_see(c, &s, 2, END).fresh, 1);
    assert_int_equal(total_count(c), 1);
}

static void a_record_whose_id_was_changed_by_hand_is_not_counted_again(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    sheet_add_other(&s, AT(DAY0, 1), "배송");
    sheet_add_other(&s, AT(DAY0, 2), "환불");
    sheet_see(c, &s, 2, END);
    put(&s.row[1].entry, CXLOG_COL_ID, "01M800T1WXETEC2PMY8GWEP551");
    assert_int_equal(sheet_see(c, &s, 2, END).unreadable, 1);
    assert_int_equal(sheet_see(c, &s, 2, END).unreadable, 1); /* and stays so */
    assert_int_equal(counts_of(c).missing, 1);
    assert_int_equal(total_count(c), 2);
}

static void
a_row_that_cannot_be_read_touches_the_totals_of_its_day_or_of_any_day(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    sheet_add_other(&s, AT(DAY0 + 3, 1), "배송");
    sheet_add_other(&s, AT(DAY0 + 3, 2), "배송");
    s.row[0].readable = s.row[1].readable = false;
    s.row[1].entry.number[CXLOG_COL_CONTACTED_AT] = CXLOG_BLANK; /* #REF! */
    sheet_see(c, &s, 2, END);
    for (int day = 3; day >= 2; day--) {
        cxlog_query q = {.by = {{.kind = CXLOG_BY_CATEGORY}}, .by_count = 1};
        q.period = cxlog_period_of(CXLOG_PERIOD_DAY, DAY0 + day);
        CXLOG_AUTO(cxlog_totals) *t = NULL;
        MUST(cxlog_store_totals(c->store, &q, &t, &c->err));
        assert_int_equal(t->basis.foreign, day == 3 ? 2 : 1);
    }
}

static void a_correction_that_arrives_before_its_record_joins_it(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    CXLOG_AUTO_VALUE(cxlog_entry) first;
    CXLOG_AUTO_VALUE(cxlog_entry) second;
    CXLOG_AUTO_VALUE(cxlog_entry) third;
    entry_start(&first, AT(DAY0, 1), "배송", "전화");
    seal(&first);
    entry_correct(&second, &first, false, "환불", 10);
    entry_correct(&third, &second, true, NULL, 10);
    sheet_add(&s, CXLOG_SEEN_RECORD, &third);
    sheet_add(&s, CXLOG_SEEN_RECORD, &first);
    sheet_add(&s, CXLOG_SEEN_RECORD, &second);
    sheet_see(c, &s, 2, 3);
    assert_int_equal(total_count(c), 1); /* the void names what has not come yet */
    sheet_see(c, &s, 4, END);
    assert_int_equal(total_count(c), 0);
    CXLOG_AUTO_VALUE(cxlog_record) record = record_of(c, id_of(&third));
    assert_string_equal(record.root, id_of(&first));
}

#define T(name) cmocka_unit_test_setup_teardown(name, case_start, case_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(records_of_others_become_confirmed_records_and_count),
        T(an_empty_mirror_ends_at_the_header),
        T(the_same_page_again_changes_nothing),
        T(an_own_record_seen_is_confirmed_from_any_state),
        T(records_last_seen_above_a_row_are_found_in_a_page),
        T(a_second_row_of_an_id_counts_once_and_is_noted),
        T(rows_that_moved_up_are_no_duplicates),
        T(rows_that_moved_down_are_no_duplicates),
        T(a_row_that_is_gone_is_missing_until_it_is_back),
        T(an_edit_in_the_sheet_is_noticed_and_forgiven_when_undone),
        T(a_record_edited_before_it_was_first_seen_is_taken_as_read_until_healed),
        T(an_edit_that_became_unreadable_stays_as_it_was_read),
        T(rows_without_id_are_foreign_and_touch_the_totals_of_their_day),
        T(rows_with_an_id_that_cannot_be_read_are_reported_and_not_counted),
        T(a_record_whose_id_was_changed_by_hand_is_not_counted_again),
        T(a_row_that_cannot_be_read_touches_the_totals_of_its_day_or_of_any_day),
        T(a_correction_that_arrives_before_its_record_joins_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
