/* Edits taken over: a row's content becomes a correction, which is known again as one. */
#include "store_sheet.h"

#define END INT64_MAX

/* Linked with --wrap: how much of the content is read to know an edit again. */
static int checksums;
static bool no_checksums;
cxlog_status __real_cxlog_entry_checksum(char out[CXLOG_CHECKSUM_SIZE],
                                         const cxlog_entry *entry, cxlog_error *err);
cxlog_status __wrap_cxlog_entry_checksum(char out[CXLOG_CHECKSUM_SIZE],
                                         const cxlog_entry *entry, cxlog_error *err);
cxlog_status __wrap_cxlog_entry_checksum(char out[CXLOG_CHECKSUM_SIZE],
                                         const cxlog_entry *entry, cxlog_error *err)
{
    checksums++;
    if (no_checksums)
        return CXLOG_ERR_NOMEM;
    return __real_cxlog_entry_checksum(out, entry, err);
}

/* A record that can be taken over: what close makes of an edit keeps the agent. */
static void add_record(store_case *c, sheet *s)
{
    sheet_add_other(s, AT(DAY0, 1), "배송");
    put(&s->row[0].entry, CXLOG_COL_AGENT, "팀장");
    seal(&s->row[0].entry);
    sheet_see(c, s, 2, END);
}

/* As close does with an edit. */
static void take_over(store_case *c, const cxlog_entry *row)
{
    cxlog_adoption adoption;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    MUST(cxlog_store_adoption(c->store, row, &adoption, &c->err));
    assert_false(adoption.done || adoption.superseded);
    MUST(cxlog_entry_copy(&entry, row, &c->err));
    put(&entry, CXLOG_COL_ID, adoption.id);
    put(&entry, CXLOG_COL_CORRECTS, id_of(row));
    put(&entry, CXLOG_COL_AGENT, "팀장");
    MUST(cxlog_store_correct_at(c->store, id_of(row), AT(DAY0, 50000),
                                &entry.number[CXLOG_COL_LOGGED_AT], &c->err));
    seal(&entry);
    MUST(cxlog_store_add(c->store, &entry, 1, NULL, &c->err));
    assert_true(cxlog_is_adoption(&entry, id_of(row)));
}

static void a_row_is_taken_over_however_often_it_was_edited(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    add_record(c, &s);
    for (int edit = 0; edit < 40; edit++) {
        char note[32];
        snprintf(note, sizeof note, "고침 %d", edit);
        put(&s.row[0].entry, CXLOG_COL_NOTE, note);
        assert_int_equal(sheet_see(c, &s, 2, END).edited, 1);
        take_over(c, &s.row[0].entry);
        assert_int_equal(sheet_see(c, &s, 2, END).edited, 0);
        assert_int_equal(total_count(c), 1);
    }
}

static void a_person_s_correction_is_told_from_an_edit_without_reading_it(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    sheet_add_other(&s, AT(DAY0, 1), "배송");
    for (size_t i = 0; i < 20; i++)
        sheet_add_correction(&s, i, false, 60);
    sheet_see(c, &s, 2, END);
    cxlog_adoption adoption;
    checksums = 0;
    MUST(cxlog_store_adoption(c->store, &s.row[0].entry, &adoption, &c->err));
    assert_true(adoption.superseded);
    assert_int_equal(checksums, 1); /* of the row */
    assert_false(cxlog_is_adoption(&s.row[1].entry, id_of(&s.row[0].entry)));
}

static void a_row_put_back_counts_again_unless_a_person_corrected_it_since(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    add_record(c, &s);
    cxlog_entry *row = &s.row[0].entry;
    put(row, CXLOG_COL_CATEGORY, "결제");
    take_over(c, row);
    put(row, CXLOG_COL_CATEGORY, "배송");
    cxlog_adoption adoption;
    assert_int_equal(sheet_see(c, &s, 2, END).edited, 1);
    MUST(cxlog_store_adoption(c->store, row, &adoption, &c->err));
    assert_true(adoption.reverted && !adoption.done && !adoption.superseded);
    sheet_add_correction(&s, 0, false, 86400); /* to 환불 */
    sheet_see(c, &s, 2, END);
    assert_int_equal(sheet_see(c, &s, 2, END).edited, 0);
    MUST(cxlog_store_adoption(c->store, row, &adoption, &c->err));
    assert_true(adoption.superseded && !adoption.reverted && !adoption.done);
    CXLOG_AUTO_VALUE(cxlog_record) last = record_of(c, id_of(&s.row[1].entry));
    assert_true(last.effective);
    assert_int_equal(total_count(c), 1);
}

static void without_memory_no_version_is_taken_for_an_edit(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    CXLOG_AUTO_VALUE(cxlog_record) taken;
    cxlog_record_init(&taken);
    bool found = false;
    add_record(c, &s);
    put(&s.row[0].entry, CXLOG_COL_CATEGORY, "결제");
    const char *id = id_of(&s.row[0].entry);
    take_over(c, &s.row[0].entry);
    MUST(cxlog_store_effective(c->store, id, &taken, &found, &c->err));
    assert_true(cxlog_is_adoption(&taken.entry, id));
    no_checksums = true;
    assert_false(cxlog_is_adoption(&taken.entry, id));
    no_checksums = false;
}

#define T(name) cmocka_unit_test_setup_teardown(name, case_start, case_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_row_is_taken_over_however_often_it_was_edited),
        T(a_person_s_correction_is_told_from_an_edit_without_reading_it),
        T(a_row_put_back_counts_again_unless_a_person_corrected_it_since),
        T(without_memory_no_version_is_taken_for_an_edit),
    };
    return cmocka_run_group_tests_name("store_adoption", tests, NULL, NULL);
}
