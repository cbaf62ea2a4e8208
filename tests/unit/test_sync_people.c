/* People edit the sheet: right positions and counts, or a clear refusal with nothing
 * written. */
#include <stdio.h>

#include "sync_team.h"

/* A team of two with `rows` records in the sheet, known to both. */
static sync_team *team_with_rows(int rows)
{
    sync_team *team = team_start(2, true);
    person_log(&team->people[0], rows);
    person_syncs(&team->people[0]);
    person_syncs(&team->people[1]);
    return team;
}

static void refuses(person *who, cxlog_status expected, const char *word)
{
    int applied = who->team->sheet.applied;
    person_log(who, 1);
    cxlog_status status = person_sync(who);
    if (status != expected)
        fail_msg("%s: %s", cxlog_status_name(status), who->err.message);
    if (!strstr(who->err.message, word))
        fail_msg("\"%s\" does not name \"%s\"", who->err.message, word);
    assert_int_equal(who->team->sheet.applied, applied);
    assert_int_equal(person_counts(who).pending, 1);
}

static void a_sorted_sheet_is_read_again_and_stays_right(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with_rows(30);
    fake_reverse_rows(&team->sheet);
    person_log(&team->people[1], 2);
    person_syncs(&team->people[1]);
    team_is_whole(team);
    assert_int_equal(team->people[1].result.foreign, 0);
}

static void rows_of_others_above_the_anchor_widen_by_steps(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with_rows(40);
    fake_type_row(
        &team->sheet,
        38); /* rows 38 and below move down: the row at 39 is not the one it was */
    person_syncs(&team->people[1]);
    assert_int_equal(team->people[1].result.requests.read, 3); /* at 41, at 40, at 24 */
    person_syncs(&team->people[1]);
    assert_int_equal(team->people[1].result.requests.read, 1);
}

static void deleted_rows_are_missing_and_not_put_back(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with_rows(10);
    fake_delete_row(&team->sheet, 11);
    fake_delete_row(&team->sheet, 10);
    person_log(&team->people[1], 1);
    person_syncs(&team->people[1]);
    assert_int_equal(team->people[1].result.missing, 2);
    assert_int_equal(fake_count(&team->sheet, team->ids[9]), 0);
    assert_int_equal(fake_count(&team->sheet, team->ids[10]), 1);
}

static void a_copied_row_counts_once_and_is_reported(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with_rows(10);
    fake_copy_row_to_end(&team->sheet, 3);
    person_syncs(&team->people[1]);
    assert_int_equal(team->people[1].result.duplicate, 1);
    assert_int_equal(team->people[1].result.pulled, 0);
    assert_int_equal(person_counts(&team->people[1]).confirmed, 10);
    person_syncs(&team->people[1]);
    assert_int_equal(team->people[1].result.duplicate, 1);
    assert_true(team->people[1].result.requests.read <= 2);
}

static void a_row_cut_and_pasted_to_the_end_is_the_same_record(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with_rows(10);
    fake_copy_row_to_end(&team->sheet, 3);
    fake_delete_row(&team->sheet, 3);
    person_log(&team->people[1], 1);
    person_syncs(&team->people[1]);
    team_is_whole(team);
}

static void typed_rows_and_totals_below_are_foreign_and_no_obstacle(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with_rows(10);
    fake_type_row(&team->sheet, 1000);
    fake_type_row(&team->sheet, 1000);
    person_log(&team->people[1], 2);
    person_syncs(&team->people[1]);
    assert_int_equal(team->people[1].result.foreign, 2);
    team_is_whole(team);
    assert_int_equal(team->people[0].result.foreign, 2);
}

static void columns_that_are_not_where_they_belong_stop_every_write(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with_rows(3);
    fake_insert_column(&team->sheet, 4);
    refuses(&team->people[1], CXLOG_ERR_SHEET, "column E");
}

static void a_renamed_heading_stops_every_write(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with_rows(3);
    fake_rename_header(&team->sheet, 3, "분류");
    refuses(&team->people[1], CXLOG_ERR_SHEET,
            "expected the heading \"구분\", found \"분류\"");
}

static void a_column_of_their_own_to_the_right_is_no_obstacle(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with_rows(3);
    fake_rename_header(&team->sheet, CXLOG_COLUMN_COUNT + 1, "팀 메모");
    person_log(&team->people[1], 1);
    person_syncs(&team->people[1]);
    team_is_whole(team);
}

static void an_edited_event_stops_every_write(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with_rows(3);
    fake_edit_event(&team->sheet, 7, "바뀐 이름");
    refuses(&team->people[1], CXLOG_ERR_TAMPERED, "event 7");
    assert_non_null(strstr(team->people[1].err.message, "바뀐 이름"));
}

static void a_deleted_event_stops_every_write(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with_rows(3);
    fake_delete_event(&team->sheet, 5);
    refuses(&team->people[1], CXLOG_ERR_TAMPERED, "event 5");
}

static void swapped_events_stop_every_write(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with_rows(3);
    fake_swap_events(&team->sheet, 9);
    refuses(&team->people[1], CXLOG_ERR_TAMPERED, "event 9");
}

static void a_scheme_rolled_back_to_an_older_state_stops_every_write(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with_rows(3);
    fake_delete_event(&team->sheet, (int64_t)team->sheet.event_count);
    refuses(&team->people[1], CXLOG_ERR_TAMPERED, "nothing in the sheet");
}

static void a_note_below_the_last_event_stops_every_write(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with_rows(3);
    fake_note_below_events(&team->sheet, "회의 때 다시 보기");
    refuses(&team->people[1], CXLOG_ERR_TAMPERED, "회의 때 다시 보기");
}

static void the_chain_is_verified_on_demand(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with_rows(1);
    person *who = &team->people[0];
    int64_t version = 0;
    assert_int_equal(
        cxlog_sync_verify_scheme(who->store, &who->remote.base, &version, NULL),
        CXLOG_OK);
    assert_int_equal(version, team->sheet.event_count);
    fake_edit_event(&team->sheet, 2, "바뀐 이름");
    cxlog_error err = {0};
    assert_int_equal(
        cxlog_sync_verify_scheme(who->store, &who->remote.base, &version, &err),
        CXLOG_ERR_TAMPERED);
    assert_non_null(strstr(err.message, "event 2"));
}

/* Deletes what was just sent before the confirming read. */
static void delete_sent(fake_remote *remote, void *context)
{
    sync_team *team = context;
    if (remote->requests.write == 1 && team->sheet.row_count > 11)
        fake_delete_row(&team->sheet, 12);
}

static void
a_sent_record_that_never_shows_is_looked_for_once_and_then_missing(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with_rows(10);
    person *who = &team->people[0];
    person_log(who, 1);
    who->remote.before = delete_sent;
    who->remote.context = team;
    person_syncs(who);
    assert_int_equal(person_counts(who).sent, 1);
    person_reopens(who);
    person_syncs(who);
    assert_int_equal(who->result.requests.read, 2);
    assert_int_equal(who->result.missing, 1);
    person_syncs(who);
    assert_int_equal(who->result.requests.read, 1);
    assert_int_equal(who->result.missing, 1);
    assert_int_equal(fake_count(&team->sheet, team->ids[10]), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sorted_sheet_is_read_again_and_stays_right),
        cmocka_unit_test(rows_of_others_above_the_anchor_widen_by_steps),
        cmocka_unit_test(deleted_rows_are_missing_and_not_put_back),
        cmocka_unit_test(a_copied_row_counts_once_and_is_reported),
        cmocka_unit_test(a_row_cut_and_pasted_to_the_end_is_the_same_record),
        cmocka_unit_test(typed_rows_and_totals_below_are_foreign_and_no_obstacle),
        cmocka_unit_test(columns_that_are_not_where_they_belong_stop_every_write),
        cmocka_unit_test(a_renamed_heading_stops_every_write),
        cmocka_unit_test(a_column_of_their_own_to_the_right_is_no_obstacle),
        cmocka_unit_test(an_edited_event_stops_every_write),
        cmocka_unit_test(a_deleted_event_stops_every_write),
        cmocka_unit_test(swapped_events_stop_every_write),
        cmocka_unit_test(a_scheme_rolled_back_to_an_older_state_stops_every_write),
        cmocka_unit_test(a_note_below_the_last_event_stops_every_write),
        cmocka_unit_test(the_chain_is_verified_on_demand),
        cmocka_unit_test(
            a_sent_record_that_never_shows_is_looked_for_once_and_then_missing),
    };
    return cmocka_run_group_tests_name("sync_people", tests, NULL, NULL);
}
