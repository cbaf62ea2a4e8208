/* Set-up: an empty spreadsheet, a used one, somebody else at the same moment, and whose
 * scheme extends whose. */
#include <stdio.h>

#include "sync_team.h"

static void local_add(person *who, const char *name)
{
    int operations = who->remote.operations;
    person_changes_alone(who, (cxlog_proposal){.action = CXLOG_ACTION_ADD,
                                               .dim = CXLOG_DIM_CATEGORY,
                                               .name = name});
    assert_int_equal(who->remote.operations, operations);
}

static bool knows(person *who, const char *name)
{
    return person_knows(who, CXLOG_DIM_CATEGORY, name);
}

static void an_empty_spreadsheet_gets_tabs_scheme_and_zone(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, false);
    cxlog_setup_result result;
    assert_int_equal(person_sets_up(&team->people[0], false, &result), CXLOG_OK);
    assert_true(result.made_log && result.made_scheme && !result.zone_differs);
    assert_string_equal(result.title, "CX 상담");
    assert_string_equal(team->sheet.zone, "Asia/Seoul");
    assert_int_equal(result.events_shared, team->sheet.event_count);
    assert_int_equal(result.scheme_version, team->sheet.event_count);
    assert_true(team->sheet.event_count > 50);
    team_is_whole(team);
}

static void a_second_set_up_changes_nothing(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    cxlog_setup_result result;
    int applied = team->sheet.applied;
    assert_int_equal(person_sets_up(&team->people[0], false, &result), CXLOG_OK);
    assert_int_equal(team->sheet.applied, applied);
    assert_false(result.made_log || result.made_scheme);
    assert_int_equal(result.events_shared + result.events_taken, 0);
}

static void records_logged_before_go_out_with_the_next_sync(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, false);
    cxlog_setup_result result;
    person_log(&team->people[0], 4);
    assert_int_equal(person_sets_up(&team->people[0], false, &result), CXLOG_OK);
    assert_int_equal(person_counts(&team->people[0]).pending, 4);
    person_syncs(&team->people[0]);
    team_is_whole(team);
}

static void a_used_spreadsheet_teaches_its_scheme(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, false);
    cxlog_setup_result result;
    local_add(&team->people[0], "해외배송");
    assert_int_equal(person_sets_up(&team->people[0], false, &result), CXLOG_OK);
    assert_int_equal(person_sets_up(&team->people[1], false, &result), CXLOG_OK);
    assert_int_equal(result.events_taken, 1);
    assert_true(knows(&team->people[1], "해외배송"));
    team_is_whole(team);
}

static void own_changes_are_added_to_a_used_sheet_only_when_asked_for(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, false);
    cxlog_setup_result result;
    assert_int_equal(person_sets_up(&team->people[0], false, &result), CXLOG_OK);
    local_add(&team->people[1], "해외배송");
    int applied = team->sheet.applied;
    assert_int_equal(person_sets_up(&team->people[1], false, &result), CXLOG_ERR_VALUE);
    assert_non_null(strstr(team->people[1].err.suggestions[0], "해외배송"));
    assert_int_equal(team->sheet.applied, applied);
    assert_int_equal(person_sets_up(&team->people[1], true, &result), CXLOG_OK);
    assert_int_equal(result.events_shared, 1);
    team_is_whole(team);
    assert_true(knows(&team->people[0], "해외배송"));
}

static void two_schemes_that_went_apart_become_one(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, false);
    cxlog_setup_result result;
    local_add(&team->people[0], "해외배송");
    local_add(&team->people[0], "정산");
    local_add(&team->people[1], "정산");
    local_add(&team->people[1], "제휴");
    assert_int_equal(person_sets_up(&team->people[0], false, &result), CXLOG_OK);
    assert_int_equal(person_sets_up(&team->people[1], false, &result), CXLOG_ERR_VALUE);
    assert_int_equal(team->people[1].err.suggestion_count, 1); /* 정산 is there */
    assert_int_equal(person_sets_up(&team->people[1], true, &result), CXLOG_OK);
    assert_int_equal(result.events_taken, 2);
    assert_int_equal(result.events_shared, 1);
    team_is_whole(team);
    assert_true(knows(&team->people[0], "제휴"));
    assert_true(knows(&team->people[1], "해외배송"));
}

static void what_only_repeats_the_sheet_is_taken_over_unasked(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, false);
    cxlog_setup_result result;
    local_add(&team->people[0], "해외배송");
    local_add(&team->people[0], "정산");
    local_add(&team->people[1], "정산");
    assert_int_equal(person_sets_up(&team->people[0], false, &result), CXLOG_OK);
    assert_int_equal(person_sets_up(&team->people[1], false, &result), CXLOG_OK);
    assert_int_equal(result.events_shared, 0);
    team_is_whole(team);
}

static void somebody_sets_up_in_between(fake_remote *remote, void *context)
{
    sync_team *team = context;
    cxlog_setup_result result;
    if (remote->operations != 1)
        return;
    remote->before = NULL;
    assert_int_equal(person_sets_up(&team->people[1], false, &result), CXLOG_OK);
}

static void two_set_ups_at_once_make_one_pair_of_tabs(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, false);
    cxlog_setup_result result;
    team->people[0].remote.before = somebody_sets_up_in_between;
    team->people[0].remote.context = team;
    assert_int_equal(person_sets_up(&team->people[0], false, &result), CXLOG_OK);
    assert_false(result.made_log);
    assert_int_equal(team->sheet.header_count, CXLOG_COLUMN_COUNT);
    team_is_whole(team);
}

static void a_set_up_that_ends_anywhere_can_be_repeated(void **state)
{
    (void)state;
    static const fake_fault faults[] = {FAKE_LOST_BEFORE, FAKE_LOST_AFTER,
                                        FAKE_LATE,        FAKE_OFFLINE,
                                        FAKE_DEAD_BEFORE, FAKE_DEAD_AFTER};
    for (size_t f = 0; f < sizeof faults / sizeof faults[0]; f++) {
        for (int at = 1; at <= 6; at++) {
            CXLOG_AUTO(sync_team) *team = team_start(2, false);
            cxlog_setup_result result;
            person *who = &team->people[0];
            person_log(who, 2);
            fake_remote_script(&who->remote, FAKE_ANY, faults[f], at, 1);
            cxlog_status status = person_sets_up(who, false, &result);
            for (int i = 0; i < 3 && status != CXLOG_OK; i++) {
                person_reopens(who);
                status = person_sets_up(who, false, &result);
            }
            if (status != CXLOG_OK)
                fail_msg("fault %zu at step %d: %s", f, at, who->err.message);
            assert_int_equal(person_sets_up(&team->people[1], false, &result), CXLOG_OK);
            person_reopens(who);
            person_syncs(who);
            team_is_whole(team);
        }
    }
}

static void a_spreadsheet_with_content_keeps_its_zone(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, false);
    cxlog_setup_result result;
    fake_make_tabs(&team->sheet, true, false);
    assert_int_equal(person_sets_up(&team->people[0], false, &result), CXLOG_OK);
    assert_true(result.zone_differs);
    assert_string_equal(result.zone, "Etc/GMT");
    assert_string_equal(team->sheet.zone, "Etc/GMT");
}

static void a_log_with_other_headings_is_not_adopted(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, false);
    cxlog_setup_result result;
    fake_make_tabs(&team->sheet, true, false);
    fake_rename_header(&team->sheet, 2, "경로");
    assert_int_equal(person_sets_up(&team->people[0], false, &result), CXLOG_ERR_SHEET);
    assert_non_null(strstr(team->people[0].err.message, "column C"));
    assert_int_equal(team->sheet.event_count, 0);
}

static void a_store_with_records_stays_with_its_spreadsheet(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    cxlog_setup_result result;
    person_log(&team->people[0], 1);
    person_syncs(&team->people[0]);
    team->people[0].options.sheet_id = "another-spreadsheet";
    assert_int_equal(person_sets_up(&team->people[0], false, &result), CXLOG_ERR_CONFIG);
}

static void a_store_without_records_may_move_to_another_spreadsheet(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    cxlog_setup_result result;
    fake_sheet_clear(&team->sheet);
    fake_sheet_init(&team->sheet);
    team->people[0].options.sheet_id = "another-spreadsheet";
    assert_int_equal(person_sets_up(&team->people[0], false, &result), CXLOG_OK);
    person_log(&team->people[0], 1);
    person_syncs(&team->people[0]);
    team_is_whole(team);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_spreadsheet_gets_tabs_scheme_and_zone),
        cmocka_unit_test(a_second_set_up_changes_nothing),
        cmocka_unit_test(records_logged_before_go_out_with_the_next_sync),
        cmocka_unit_test(a_used_spreadsheet_teaches_its_scheme),
        cmocka_unit_test(own_changes_are_added_to_a_used_sheet_only_when_asked_for),
        cmocka_unit_test(two_schemes_that_went_apart_become_one),
        cmocka_unit_test(what_only_repeats_the_sheet_is_taken_over_unasked),
        cmocka_unit_test(two_set_ups_at_once_make_one_pair_of_tabs),
        cmocka_unit_test(a_set_up_that_ends_anywhere_can_be_repeated),
        cmocka_unit_test(a_spreadsheet_with_content_keeps_its_zone),
        cmocka_unit_test(a_log_with_other_headings_is_not_adopted),
        cmocka_unit_test(a_store_with_records_stays_with_its_spreadsheet),
        cmocka_unit_test(a_store_without_records_may_move_to_another_spreadsheet),
    };
    return cmocka_run_group_tests_name("sync_setup", tests, NULL, NULL);
}
