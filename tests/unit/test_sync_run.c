/* Sync against a sheet where nothing, or one thing, goes wrong. */
#include "sync_team.h"

static void records_of_two_people_reach_the_sheet_and_both_stores(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    person_log(&team->people[0], 3);
    person_log(&team->people[1], 2);
    person_syncs(&team->people[0]);
    assert_int_equal(team->people[0].result.pushed, 3);
    assert_int_equal(team->people[0].result.confirmed, 3);
    person_syncs(&team->people[1]);
    assert_int_equal(team->people[1].result.pulled, 3);
    team_is_whole(team);
}

static void a_sync_with_nothing_new_is_one_read(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person_syncs(&team->people[0]);
    assert_int_equal(team->people[0].result.requests.read, 1);
    assert_int_equal(team->people[0].result.requests.write, 0);
    person_log(&team->people[0], 5);
    person_syncs(&team->people[0]);
    person_syncs(&team->people[0]);
    assert_int_equal(team->people[0].result.requests.read, 1);
    assert_int_equal(team->people[0].result.requests.write, 0);
}

static void five_hundred_records_are_one_write(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person_log(&team->people[0], 1001);
    person_syncs(&team->people[0]);
    assert_int_equal(team->people[0].result.requests.write, 3);
    assert_int_equal(team->people[0].result.requests.read, 2);
    team_is_whole(team);
}

static void batches_of_one_run_stand_in_the_order_they_were_logged(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person_log(&team->people[0], 700);
    person_syncs(&team->people[0]);
    for (size_t i = 0; i < team->logged; i++)
        assert_string_equal(cxlog_entry_text(&team->sheet.rows[i].entry, CXLOG_COL_ID),
                            team->ids[i]);
}

static void a_long_sheet_is_read_by_pages(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    person_log(&team->people[0], 4500);
    person_syncs(&team->people[0]);
    person_syncs(&team->people[1]);
    assert_int_equal(team->people[1].result.pulled, 4500);
    assert_int_equal(team->people[1].result.requests.read, 3);
    team_is_whole(team);
}

static void markers_do_not_pile_up(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    size_t before = team->sheet.mark_count;
    for (int i = 0; i < 10; i++) {
        person_log(&team->people[0], 1);
        person_syncs(&team->people[0]);
    }
    assert_true(team->sheet.mark_count <= before + 2);
    team_is_whole(team);
}

static void a_store_that_was_not_set_up_sends_nothing(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, false);
    assert_int_equal(person_sync(&team->people[0]), CXLOG_ERR_CONFIG);
    assert_int_equal(team->people[0].remote.operations, 0);
}

static void a_store_of_another_spreadsheet_sends_nothing(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    team->people[0].options.sheet_id = "another-spreadsheet";
    assert_int_equal(person_sync(&team->people[0]), CXLOG_ERR_CONFIG);
    assert_int_equal(team->people[0].remote.operations, 0);
}

static void an_interrupt_leaves_everything_for_the_next_run(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person_log(&team->people[0], 3);
    team->stop = 1;
    assert_int_equal(person_sync(&team->people[0]), CXLOG_ERR_INTERRUPT);
    assert_int_equal(person_counts(&team->people[0]).pending, 3);
    team->stop = 0;
    person_syncs(&team->people[0]);
    team_is_whole(team);
}

static void trouble_is_remembered_and_forgotten_after_a_good_sync(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    CXLOG_AUTO_TEXT trouble = NULL;
    CXLOG_AUTO_TEXT code = NULL;
    CXLOG_AUTO_TEXT later = NULL;
    fake_remote_script(&who->remote, FAKE_READ, FAKE_DENIED, 1, 1);
    assert_int_equal(person_sync(who), CXLOG_ERR_PERMISSION);
    assert_int_equal(cxlog_store_get(who->store, CXLOG_META_TROUBLE, &trouble, NULL),
                     CXLOG_OK);
    assert_string_equal(trouble, who->err.message);
    assert_int_equal(cxlog_store_get(who->store, CXLOG_META_TROUBLE_CODE, &code, NULL),
                     CXLOG_OK);
    assert_string_equal(code, "77");
    person_syncs(who);
    assert_int_equal(cxlog_store_get(who->store, CXLOG_META_TROUBLE, &later, NULL),
                     CXLOG_OK);
    assert_null(later);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_of_two_people_reach_the_sheet_and_both_stores),
        cmocka_unit_test(a_sync_with_nothing_new_is_one_read),
        cmocka_unit_test(five_hundred_records_are_one_write),
        cmocka_unit_test(batches_of_one_run_stand_in_the_order_they_were_logged),
        cmocka_unit_test(a_long_sheet_is_read_by_pages),
        cmocka_unit_test(markers_do_not_pile_up),
        cmocka_unit_test(a_store_that_was_not_set_up_sends_nothing),
        cmocka_unit_test(a_store_of_another_spreadsheet_sends_nothing),
        cmocka_unit_test(an_interrupt_leaves_everything_for_the_next_run),
        cmocka_unit_test(trouble_is_remembered_and_forgotten_after_a_good_sync),
    };
    return cmocka_run_group_tests_name("sync_run", tests, NULL, NULL);
}
