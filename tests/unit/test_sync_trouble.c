/* Trouble that does not end: a sync, a set-up or a mending gives up in time, says so, and
 * is done by the next one. */
#include <stdio.h>
#include <unistd.h>

#include "sync_team.h"

static void ends_well(sync_team *team)
{
    person *who = &team->people[0];
    person_reopens(who);
    team_pass(300);
    person_syncs(who);
    team_sheet_is_whole(team);
    assert_int_equal(person_counts(who).pending + person_counts(who).unknown, 0);
}

static void gives_up(person *who, cxlog_status got, cxlog_status wanted)
{
    if (got != wanted || !*who->err.message)
        fail_msg("%s: %s", cxlog_status_name(got), who->err.message);
}

/* ---- a push ---- */

static void a_lost_answer_near_the_deadline_is_left_to_the_next_run(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    person_log(who, 2);
    who->remote.left_ms = 100;
    fake_remote_script(&who->remote, FAKE_PUSH, FAKE_LOST_AFTER, 1, 1);
    gives_up(who, person_sync(who), CXLOG_ERR_RETRY);
    assert_int_equal(person_counts(who).unknown, 2);
    ends_well(team);
}

static void stop_at_write(fake_remote *remote, void *context)
{
    sync_team *team = context;
    team->stop = remote->requests.write > 0;
}

static void interrupted_after_a_lost_answer_it_is_unknown(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    person_log(who, 2);
    who->remote.before = stop_at_write;
    who->remote.context = team;
    fake_remote_script(&who->remote, FAKE_PUSH, FAKE_LOST_BEFORE, 1, 100);
    assert_int_equal(person_sync(who), CXLOG_ERR_INTERRUPT);
    assert_int_equal(person_counts(who).unknown, 2);
    team->stop = 0;
    ends_well(team);
}

static void delete_last_row(fake_remote *remote, void *context)
{
    sync_team *team = context;
    (void)remote;
    if (team->sheet.row_count > 2)
        fake_delete_row(&team->sheet, (int64_t)team->sheet.row_count + 1);
}

static void start_deleting(sync_team *team, int rows)
{
    person *who = &team->people[0];
    person_log(who, rows);
    person_syncs(who);
    person_reopens(who);
    for (int i = 0; i < rows; i++) /* what is deleted is nobody's record */
        fake_type_row(&team->sheet, INT32_MAX);
    person_syncs(who);
    person_log(who, 1);
    who->remote.before = delete_last_row;
    who->remote.context = team;
}

static void rows_that_are_deleted_again_and_again_are_left_alone(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    start_deleting(team, 30);
    gives_up(who, person_sync(who), CXLOG_ERR_GONE);
    assert_int_equal(person_counts(who).pending, 1);
    ends_well(team);
}

static void a_lost_answer_and_deleted_rows_are_looked_into(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    start_deleting(team, 30);
    fake_remote_script(&who->remote, FAKE_PUSH, FAKE_LOST_BEFORE, 1, 1);
    assert_int_not_equal(person_sync(who), CXLOG_OK);
    assert_int_equal(person_counts(who).unknown, 1);
    ends_well(team);
}

static void bear_its_marker(fake_remote *remote, void *context)
{
    sync_team *team = context;
    CXLOG_AUTO(cxlog_batch) *batch = NULL;
    (void)remote;
    assert_int_equal(cxlog_store_batch_open(team->people[0].store, &batch, NULL),
                     CXLOG_OK);
    if (!batch || fake_mark_value(&team->sheet, batch->marker))
        return;
    fake_add_mark(&team->sheet, batch->marker, "somebody else");
}

static void markers_that_are_always_taken_are_given_up(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    person_log(who, 1);
    who->remote.before = bear_its_marker;
    who->remote.context = team;
    assert_int_not_equal(person_sync(who), CXLOG_OK);
    assert_int_equal(person_counts(who).pending, 1);
    ends_well(team);
}

/* ---- a pull ---- */

static void push_down(fake_remote *remote, void *context)
{
    (void)remote;
    fake_type_row(context, 2);
}

static void rows_that_never_stand_still_are_read_another_time(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    person *reader = &team->people[1];
    person_log(&team->people[0], 2600);
    person_syncs(&team->people[0]);
    reader->remote.before = push_down;
    reader->remote.context = &team->sheet;
    gives_up(reader, person_sync(reader), CXLOG_ERR_RETRY);
    assert_non_null(strstr(reader->err.message, "keep moving"));
}

static void a_page_without_any_record_is_passed_by(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    for (int i = 0; i < 4100; i++)
        fake_type_row(&team->sheet, 2);
    person_log(&team->people[0], 1);
    person_syncs(&team->people[0]);
    person_syncs(&team->people[1]);
    assert_int_equal(team->people[1].result.pulled, 1);
    assert_int_equal(team->people[1].result.foreign, 4100);
}

static void cut_to_a_page(fake_remote *remote, void *context)
{
    sync_team *team = context;
    while (remote->operations == 1 && team->sheet.row_count > 1500)
        fake_delete_row(&team->sheet, (int64_t)team->sheet.row_count + 1);
}

static void rows_deleted_between_two_pages_are_not_believed_any_more(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    person *reader = &team->people[1];
    for (int i = 0; i < 4100; i++)
        fake_type_row(&team->sheet, 2);
    person_log(&team->people[0], 1);
    person_syncs(&team->people[0]);
    reader->remote.before = cut_to_a_page;
    reader->remote.context = team;
    person_syncs(reader);
    int64_t last = 0;
    assert_int_equal(cxlog_store_last_row(reader->store, &last, NULL), CXLOG_OK);
    assert_true(last <= 2001);
}

/* ---- a set-up ---- */

static void tabs_that_cannot_be_made_are_not_tried_for_ever(void **state)
{
    (void)state;
    static const fake_fault faults[] = {FAKE_LOST_BEFORE, FAKE_QUOTA, FAKE_DENIED};
    for (size_t i = 0; i < 3; i++) {
        CXLOG_AUTO(sync_team) *team = team_start(1, false);
        person *who = &team->people[0];
        cxlog_setup_result result;
        fake_remote_script(&who->remote, FAKE_CREATE, faults[i], 1, 100);
        gives_up(who, person_sets_up(who, false, &result),
                 i < 2 ? CXLOG_ERR_RETRY : CXLOG_ERR_PERMISSION);
        fake_remote_script(&who->remote, FAKE_CREATE, faults[i], 1, 1);
        who->remote.left_ms = 100;
        gives_up(who, person_sets_up(who, false, &result),
                 i < 2 ? CXLOG_ERR_RETRY : CXLOG_ERR_PERMISSION);
        who->remote.left_ms = 900000;
        assert_int_equal(person_sets_up(who, false, &result), CXLOG_OK);
        team_is_whole(team);
    }
}

/* ---- a mending ---- */

static cxlog_status restore(person *who)
{
    CXLOG_AUTO_VALUE(cxlog_restore_result) result = {0};
    who->err = (cxlog_error){0};
    return cxlog_sync_restore_scheme(who->store, &who->remote.base, &who->options, true,
                                     &result, &who->err);
}

static void edit_again(fake_remote *remote, void *context)
{
    (void)remote;
    fake_edit_event(context, 7, "또 고침");
}

static void a_scheme_that_is_edited_all_the_time_is_mended_another_time(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    who->remote.before = edit_again;
    who->remote.context = &team->sheet;
    gives_up(who, restore(who), CXLOG_ERR_RETRY);
    assert_non_null(strstr(who->err.message, "is being changed"));
    who->remote.before = NULL;
    fake_edit_event(&team->sheet, 7, "고침");
    fake_remote_script(&who->remote, FAKE_REWRITE, FAKE_QUOTA, 1, 1);
    who->remote.left_ms = 500;
    gives_up(who, restore(who), CXLOG_ERR_RETRY);
    who->remote.left_ms = 900000;
    assert_int_equal(restore(who), CXLOG_OK);
    team_is_whole(team);
}

/* ---- many events ---- */

static void add_many(person *who, int count)
{
    enum { AT_ONCE = 200 };
    static char names[AT_ONCE][32];
    cxlog_proposal proposals[AT_ONCE];
    for (int done = 0; done < count; done += AT_ONCE) {
        for (int i = 0; i < AT_ONCE; i++) {
            snprintf(names[i], sizeof names[i], "이름 %d", done + i);
            proposals[i] = (cxlog_proposal){.action = CXLOG_ACTION_ADD,
                                            .dim = CXLOG_DIM_REGION,
                                            .name = names[i],
                                            .code = "",
                                            .from = CXLOG_NO_DAY,
                                            .force_new = true,
                                            .author = "팀장",
                                            .now = cxlog_wall_now()};
        }
        cxlog_event *events = NULL;
        who->err = (cxlog_error){0};
        if (cxlog_sync_propose(who->store, &who->remote.base, &who->options, proposals,
                               AT_ONCE, &events, &who->err) != CXLOG_OK)
            fail_msg("%s", who->err.message);
        cxlog_events_free(events, AT_ONCE);
    }
}

static void of_a_long_scheme_only_the_end_is_read(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    add_many(&team->people[0], 2000);
    person_syncs(&team->people[1]);
    assert_int_equal(person_adds(&team->people[0], "제휴"), CXLOG_OK);
    person_syncs(&team->people[1]);
    assert_int_equal(team->people[1].result.scheme_version, team->sheet.event_count);
    fake_delete_event(&team->sheet, (int64_t)team->sheet.event_count);
    assert_int_equal(person_sync(&team->people[1]), CXLOG_ERR_TAMPERED);
    /* Then the tab ends above what is asked for, and nothing at all is read. */
    fake_delete_event(&team->sheet, (int64_t)team->sheet.event_count);
    assert_int_equal(person_sync(&team->people[1]), CXLOG_ERR_TAMPERED);
    assert_non_null(strstr(team->people[1].err.message, "is nothing in the sheet"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lost_answer_near_the_deadline_is_left_to_the_next_run),
        cmocka_unit_test(interrupted_after_a_lost_answer_it_is_unknown),
        cmocka_unit_test(rows_that_are_deleted_again_and_again_are_left_alone),
        cmocka_unit_test(a_lost_answer_and_deleted_rows_are_looked_into),
        cmocka_unit_test(markers_that_are_always_taken_are_given_up),
        cmocka_unit_test(rows_that_never_stand_still_are_read_another_time),
        cmocka_unit_test(a_page_without_any_record_is_passed_by),
        cmocka_unit_test(rows_deleted_between_two_pages_are_not_believed_any_more),
        cmocka_unit_test(tabs_that_cannot_be_made_are_not_tried_for_ever),
        cmocka_unit_test(a_scheme_that_is_edited_all_the_time_is_mended_another_time),
        cmocka_unit_test(of_a_long_scheme_only_the_end_is_read),
    };
    return cmocka_run_group_tests_name("sync_trouble", tests, NULL, NULL);
}
