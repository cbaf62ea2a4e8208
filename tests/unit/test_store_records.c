/* Records: durable, found, listed, corrected. */
#include "store_corrected.h"

static void an_added_record_is_read_back_whole_after_reopening(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_start(&entry, AT(DAY0 + 5, 36000), "배송", "전화");
    put(&entry, CXLOG_COL_DETAIL, "해외");
    put(&entry, CXLOG_COL_NOTE, "3일째 미도착\n=IMPORTXML(\"x\")");
    put(&entry, CXLOG_COL_TAGS, "급함, 재문의");
    entry.number[CXLOG_COL_CSAT] = 4;
    MUST(cxlog_entry_set_extra(&entry, "등급", "골드", &c->err));
    MUST(cxlog_entry_set_extra(&entry, "가", "1", &c->err));
    seal(&entry);
    cxlog_added added = {0};
    MUST(cxlog_store_add(c->store, &entry, 1, &added, &c->err));
    assert_int_equal(added.number, 1);
    assert_false(added.existed);
    MUST(case_reopen(c, false));
    CXLOG_AUTO_VALUE(cxlog_record) record;
    cxlog_record_init(&record);
    MUST(cxlog_store_find(c->store, id_of(&entry), &record, &c->err));
    assert_true(cxlog_entry_same(&record.entry, &entry));
    assert_int_equal(record.entry.number[CXLOG_COL_LOGGED_AT],
                     entry.number[CXLOG_COL_LOGGED_AT]);
    assert_string_equal(cxlog_entry_text(&record.entry, CXLOG_COL_CHECKSUM),
                        cxlog_entry_text(&entry, CXLOG_COL_CHECKSUM));
    assert_string_equal(cxlog_entry_extra(&record.entry, "등급"), "골드");
    assert_int_equal(record.state, CXLOG_STATE_PENDING);
    assert_true(record.mine && record.effective && !record.edited);
    assert_string_equal(record.root, id_of(&entry));
}

static void the_same_record_again_adds_nothing(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_start(&entry, AT(DAY0, 1), "배송", "전화");
    seal(&entry);
    cxlog_added added = {0};
    MUST(cxlog_store_add(c->store, &entry, 1, NULL, &c->err));
    entry.number[CXLOG_COL_LOGGED_AT] += 60; /* a retry is logged later */
    seal(&entry);
    MUST(cxlog_store_add(c->store, &entry, 1, &added, &c->err));
    assert_true(added.existed);
    assert_int_equal(added.number, 1);
    assert_int_equal(total_count(c), 1);
}

static void
an_id_with_other_content_is_refused_and_nothing_of_the_call_is_added(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(cxlog_entry) first;
    entry_start(&first, AT(DAY0, 1), "배송", "전화");
    seal(&first);
    MUST(cxlog_store_add(c->store, &first, 1, NULL, &c->err));
    cxlog_entry both[2];
    entry_start(&both[0], AT(DAY0, 2), "환불", "전화");
    entry_start(&both[1], AT(DAY0, 3), "결제", "전화");
    put(&both[1], CXLOG_COL_ID, id_of(&first));
    seal(&both[0]);
    seal(&both[1]);
    cxlog_status status = cxlog_store_add(c->store, both, 2, NULL, &c->err);
    cxlog_entry_clear(&both[0]);
    cxlog_entry_clear(&both[1]);
    assert_int_equal(status, CXLOG_ERR_VALUE);
    assert_int_equal(total_count(c), 1);
}

static void a_record_is_found_by_number_id_and_ending_in_any_case(void **state)
{
    store_case *c = *state;
    char id[CXLOG_ID_SIZE], lower[CXLOG_ID_SIZE];
    log_one(c, id, AT(DAY0, 1), "배송", "전화");
    for (size_t i = 0; i < CXLOG_ID_SIZE; i++)
        lower[i] = (char)(id[i] >= 'A' ? id[i] + 32 : id[i]);
    const char *const references[] = {"#1", id, lower, id + 20, lower + 22};
    for (size_t i = 0; i < sizeof references / sizeof references[0]; i++) {
        CXLOG_AUTO_VALUE(cxlog_record) record;
        cxlog_record_init(&record);
        if (cxlog_store_find(c->store, references[i], &record, &c->err) != CXLOG_OK)
            fail_msg("%s: %s", references[i], c->err.message);
        assert_string_equal(id_of(&record.entry), id);
    }
}

static void a_reference_to_nothing_is_refused(void **state)
{
    store_case *c = *state;
    log_one(c, NULL, AT(DAY0, 1), "배송", "전화");
    static const char *const bad[] = {"#2",
                                      "#",
                                      "#1x",
                                      "",
                                      "abc",
                                      "%%%%",
                                      "____",
                                      "#-1",
                                      "1' --",
                                      "ILOU",
                                      "#99999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CXLOG_AUTO_VALUE(cxlog_record) record;
        cxlog_record_init(&record);
        if (cxlog_store_find(c->store, bad[i], &record, NULL) != CXLOG_ERR_VALUE)
            fail_msg("accepted \"%s\"", bad[i]);
    }
}

static void an_ending_of_several_records_is_answered_with_their_ids(void **state)
{
    store_case *c = *state;
    for (int i = 0; i < 2; i++) {
        CXLOG_AUTO_VALUE(cxlog_entry) entry;
        entry_start(&entry, AT(DAY0, i), "배송", "전화");
        put(&entry, CXLOG_COL_ID,
            i ? "01JD0000000000000000009XYZ" : "01JC0000000000000000009XYZ");
        seal(&entry);
        MUST(cxlog_store_add(c->store, &entry, 1, NULL, &c->err));
    }
    CXLOG_AUTO_VALUE(cxlog_record) record;
    cxlog_record_init(&record);
    assert_int_equal(cxlog_store_find(c->store, "9xyz", &record, &c->err),
                     CXLOG_ERR_VALUE);
    assert_int_equal(c->err.suggestion_count, 2);
    assert_string_equal(c->err.suggestions[0], "01JD0000000000000000009XYZ");
}

static void the_last_correction_counts_and_a_void_takes_out(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(groups) g;
    groups_make(c, &g);
    CXLOG_AUTO_VALUE(cxlog_record) record;
    cxlog_record_init(&record);
    bool found = false;
    MUST(cxlog_store_effective(c->store, id_of(&g.first), &record, &found, &c->err));
    assert_true(found);
    assert_string_equal(cxlog_entry_text(&record.entry, CXLOG_COL_CATEGORY), "회원");
    assert_string_equal(record.root, id_of(&g.first));
    MUST(cxlog_store_effective(c->store, id_of(&g.voided), &record, &found, &c->err));
    assert_false(found);
    assert_int_equal(total_count(c), 2);
}

static void a_correction_must_be_later_than_its_group_and_is_told_when(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(groups) g;
    groups_make(c, &g);
    cxlog_wall last = g.again.number[CXLOG_COL_LOGGED_AT], at = 0;
    MUST(cxlog_store_correct_at(c->store, id_of(&g.first), last - 5, &at, &c->err));
    assert_int_equal(at, last + 1);
    MUST(cxlog_store_correct_at(c->store, id_of(&g.first), last + 9, &at, &c->err));
    assert_int_equal(at, last + 9);
    CXLOG_AUTO_VALUE(cxlog_entry) late;
    entry_correct(&late, &g.first, false, "기타", 100); /* the same second as the last */
    assert_int_equal(cxlog_store_add(c->store, &late, 1, NULL, &c->err), CXLOG_ERR_BUG);
}

static void a_circle_of_corrections_counts_once(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(cxlog_entry) a;
    CXLOG_AUTO_VALUE(cxlog_entry) b;
    entry_start(&a, AT(DAY0, 1), "배송", "전화");
    entry_start(&b, AT(DAY0, 2), "환불", "전화");
    put(&a, CXLOG_COL_CORRECTS, id_of(&b));
    put(&b, CXLOG_COL_CORRECTS, id_of(&a));
    seal(&a);
    seal(&b);
    MUST(cxlog_store_add(c->store, &a, 1, NULL, &c->err));
    MUST(cxlog_store_add(c->store, &b, 1, NULL, &c->err));
    assert_int_equal(total_count(c), 1);
    CXLOG_AUTO_VALUE(cxlog_entry) self;
    entry_start(&self, AT(DAY0, 3), "결제", "전화");
    put(&self, CXLOG_COL_CORRECTS, id_of(&self));
    seal(&self);
    MUST(cxlog_store_add(c->store, &self, 1, NULL, &c->err));
    assert_int_equal(total_count(c), 2);
}

static void the_last_change_of_an_agent_today_is_found(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(groups) g;
    groups_make(c, &g);
    CXLOG_AUTO_VALUE(cxlog_record) record;
    cxlog_record_init(&record);
    bool found = false;
    MUST(cxlog_store_last_of(c->store, "김하늘", DAY0 + 1, 0, false, &record, &found,
                             &c->err));
    assert_true(found);
    assert_string_equal(id_of(&record.entry), id_of(&g.the_void));
    MUST(cxlog_store_last_of(c->store, "김하늘", DAY0 + 1, record.number, false, &record,
                             &found, &c->err));
    assert_true(found);
    assert_string_not_equal(id_of(&record.entry), id_of(&g.the_void));
    MUST(cxlog_store_last_of(c->store, "김하늘", DAY0 + 1, 0, true, &record, &found,
                             &c->err));
    assert_true(found);
    assert_string_equal(id_of(&record.entry), id_of(&g.again));
    MUST(cxlog_store_last_of(c->store, "이바다", DAY0 + 1, 0, false, &record, &found,
                             &c->err));
    assert_false(found);
    MUST(cxlog_store_last_of(c->store, "김하늘", DAY0 + 7, 0, false, &record, &found,
                             &c->err));
    assert_false(found);
}

static void counts_tell_today_from_other_days_and_mine_from_the_teams(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(groups) g;
    groups_make(c, &g);
    CXLOG_AUTO_VALUE(cxlog_entry) other;
    entry_start(&other, AT(DAY0 + 1, 7), "결제", "전화");
    put(&other, CXLOG_COL_AGENT, "이바다");
    seal(&other);
    MUST(cxlog_store_add(c->store, &other, 1, NULL, &c->err));
    cxlog_counts counts;
    MUST(cxlog_store_counts(c->store, "김하늘", DAY0 + 1, &counts, &c->err));
    assert_int_equal(counts.today, 1);
    assert_int_equal(counts.today_team, 2);
    assert_int_equal(counts.pending, 7);
    assert_int_equal(counts.confirmed, 0);
}

static void the_span_is_that_of_effective_records(void **state)
{
    store_case *c = *state;
    cxlog_day first = 0, last = 0;
    bool any = true;
    MUST(cxlog_store_span(c->store, &first, &last, &any, &c->err));
    assert_false(any);
    CXLOG_AUTO_VALUE(cxlog_entry) gone;
    entry_start(&gone, AT(DAY0 + 50, 1), "배송", "전화");
    seal(&gone);
    CXLOG_AUTO_VALUE(cxlog_entry) taken_out;
    entry_correct(&taken_out, &gone, true, NULL, 1);
    MUST(cxlog_store_add(c->store, &gone, 1, NULL, &c->err));
    MUST(cxlog_store_add(c->store, &taken_out, 1, NULL, &c->err));
    log_one(c, NULL, AT(DAY0 + 3, 1), "배송", "전화");
    log_one(c, NULL, AT(DAY0 + 9, 1), "배송", "전화");
    MUST(cxlog_store_span(c->store, &first, &last, &any, &c->err));
    assert_true(any);
    assert_int_equal(first, DAY0 + 3);
    assert_int_equal(last, DAY0 + 9);
}

static void small_facts_are_kept_and_forgotten(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_TEXT value = NULL;
    MUST(cxlog_store_get(c->store, CXLOG_META_SHEET, &value, &c->err));
    assert_null(value);
    MUST(cxlog_store_set(c->store, CXLOG_META_SHEET, "abc", &c->err));
    MUST(cxlog_store_set(c->store, CXLOG_META_SHEET, "def", &c->err));
    MUST(case_reopen(c, false));
    MUST(cxlog_store_get(c->store, CXLOG_META_SHEET, &value, &c->err));
    assert_string_equal(value, "def");
    MUST(cxlog_store_set(c->store, CXLOG_META_SHEET, NULL, &c->err));
    CXLOG_AUTO_TEXT gone = NULL;
    MUST(cxlog_store_get(c->store, CXLOG_META_SHEET, &gone, &c->err));
    assert_null(gone);
}

#define T(name) cmocka_unit_test_setup_teardown(name, case_start, case_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(an_added_record_is_read_back_whole_after_reopening),
        T(the_same_record_again_adds_nothing),
        T(an_id_with_other_content_is_refused_and_nothing_of_the_call_is_added),
        T(a_record_is_found_by_number_id_and_ending_in_any_case),
        T(a_reference_to_nothing_is_refused),
        T(an_ending_of_several_records_is_answered_with_their_ids),
        T(the_last_correction_counts_and_a_void_takes_out),
        T(a_correction_must_be_later_than_its_group_and_is_told_when),
        T(a_circle_of_corrections_counts_once),
        T(the_last_change_of_an_agent_today_is_found),
        T(counts_tell_today_from_other_days_and_mine_from_the_teams),
        T(the_span_is_that_of_effective_records),
        T(small_facts_are_kept_and_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
