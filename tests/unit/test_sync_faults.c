/* One fault at a time: at every step of a sync, of every kind, each record ends in the
 * sheet once. */
#include <stdio.h>

#include "sync_team.h"

static const struct {
    const char *name;
    fake_fault fault;
} faults[] = {
    {"lost before", FAKE_LOST_BEFORE},
    {"lost after", FAKE_LOST_AFTER},
    {"late", FAKE_LATE},
    {"offline", FAKE_OFFLINE},
    {"quota", FAKE_QUOTA},
    {"dead before", FAKE_DEAD_BEFORE},
    {"dead after", FAKE_DEAD_AFTER},
};
#define FAULTS (sizeof faults / sizeof faults[0])

/* Syncs, as a new process each time, until one succeeds. */
static void sync_until_good(person *who, const char *what, int at)
{
    for (int i = 0; i < 5; i++) {
        person_reopens(who);
        if (person_sync(who) == CXLOG_OK)
            return;
        team_pass(300);
    }
    fail_msg("%s at step %d: %s", what, at, who->err.message);
}

static void a_fault_at_any_step_loses_and_doubles_nothing(void **state)
{
    (void)state;
    for (size_t f = 0; f < FAULTS; f++) {
        for (int at = 1; at <= 6; at++) {
            CXLOG_AUTO(sync_team) *team = team_start(2, true);
            person *who = &team->people[0];
            person_log(who, 3);
            person_syncs(&team->people[1]);
            fake_remote_script(&who->remote, FAKE_ANY, faults[f].fault, at, 1);
            cxlog_status status = person_sync(who);
            bool safe = status == CXLOG_OK || status == CXLOG_ERR_RETRY ||
                        status == CXLOG_ERR_INTERRUPT;
            if (!safe)
                fail_msg("%s at step %d: %s", faults[f].name, at, who->err.message);
            sync_until_good(who, faults[f].name, at);
            team_is_whole(team);
        }
    }
}

static void a_write_that_fails_three_times_ends_in_try_again(void **state)
{
    (void)state;
    for (size_t f = 0; f < FAULTS; f++) {
        CXLOG_AUTO(sync_team) *team = team_start(1, true);
        person *who = &team->people[0];
        person_log(who, 3);
        fake_remote_script(&who->remote, FAKE_PUSH, faults[f].fault, 1, 100);
        cxlog_status status = person_sync(who);
        if (status == CXLOG_OK && faults[f].fault != FAKE_LOST_AFTER &&
            faults[f].fault != FAKE_LATE)
            fail_msg("%s: no trouble reported", faults[f].name);
        cxlog_counts counts = person_counts(who);
        assert_int_equal(counts.pending + counts.unknown + counts.sent + counts.confirmed,
                         3);
        sync_until_good(who, faults[f].name, 0);
        team_is_whole(team);
    }
}

static void a_lost_answer_is_looked_up_and_not_sent_again(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    person_log(who, 3);
    fake_remote_script(&who->remote, FAKE_PUSH, FAKE_LOST_AFTER, 1, 1);
    person_syncs(who);
    assert_int_equal(who->result.requests.write, 1);
    assert_int_equal(who->result.pushed, 3);
    team_is_whole(team);
}

static void what_was_certainly_not_sent_is_pending_again(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    person_log(who, 3);
    fake_remote_script(&who->remote, FAKE_PUSH, FAKE_OFFLINE, 1, 100);
    assert_int_equal(person_sync(who), CXLOG_ERR_RETRY);
    assert_int_equal(person_counts(who).pending, 3);
    assert_int_equal(person_counts(who).unknown, 0);
}

static void what_may_have_been_sent_stays_unknown(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    person_log(who, 3);
    fake_remote_script(&who->remote, FAKE_PUSH, FAKE_LOST_BEFORE, 1, 100);
    assert_int_equal(person_sync(who), CXLOG_ERR_RETRY);
    assert_int_equal(person_counts(who).unknown, 3);
    assert_int_equal(who->result.requests.write, 3);
    sync_until_good(who, "lost", 0);
    team_is_whole(team);
}

static void a_late_arrival_after_the_second_send_is_refused(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    person_log(who, 3);
    fake_remote_script(&who->remote, FAKE_PUSH, FAKE_LATE, 1, 1);
    person_syncs(who);
    assert_null(team->sheet.late);
    team_is_whole(team);
}

static void no_permission_sends_nothing_and_keeps_everything(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    person_log(who, 3);
    fake_remote_script(&who->remote, FAKE_PUSH, FAKE_DENIED, 1, 1);
    assert_int_equal(person_sync(who), CXLOG_ERR_PERMISSION);
    assert_int_equal(who->result.requests.write, 1);
    assert_int_equal(person_counts(who).pending, 3);
}

static void quota_is_waited_for(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    person_log(who, 3);
    fake_remote_script(&who->remote, FAKE_PUSH, FAKE_QUOTA, 1, 4);
    who->remote.wait_ms = 60000;
    person_syncs(who);
    assert_int_equal(who->result.requests.write, 5);
    team_is_whole(team);
}

static void quota_beyond_the_deadline_ends_in_try_again(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    person_log(who, 3);
    fake_remote_script(&who->remote, FAKE_PUSH, FAKE_QUOTA, 1, 100);
    who->remote.wait_ms = 60000;
    who->remote.left_ms = 30000;
    assert_int_equal(person_sync(who), CXLOG_ERR_RETRY);
    assert_int_equal(who->result.requests.write, 1);
    assert_int_equal(person_counts(who).pending, 3);
}

static void a_refused_record_does_not_hold_up_the_others(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    person_log(who, 3);
    fake_remote_script(&who->remote, FAKE_PUSH, FAKE_BAD_RECORD, 1, 1);
    person_syncs(who);
    assert_int_equal(who->result.quarantined, 1);
    assert_int_equal(person_counts(who).confirmed, 2);
    assert_int_equal(fake_count(&team->sheet, team->ids[0]), 0);
    assert_int_equal(fake_count(&team->sheet, team->ids[1]), 1);
}

static void steal_marker(fake_remote *remote, void *context)
{
    sync_team *team = context;
    CXLOG_AUTO(cxlog_batch) *batch = NULL;
    remote->before = NULL;
    assert_int_equal(cxlog_store_batch_open(team->people[0].store, &batch, NULL),
                     CXLOG_OK);
    if (!batch) {
        remote->before = steal_marker;
        return;
    }
    fake_add_mark(&team->sheet, batch->marker, "somebody else");
}

static void a_marker_that_somebody_else_bears_is_drawn_anew(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    person_log(who, 3);
    who->remote.before = steal_marker;
    who->remote.context = team;
    person_syncs(who);
    assert_int_equal(who->result.requests.write, 2);
    team_is_whole(team);
}

static void a_stolen_marker_is_left_alone_while_an_attempt_may_be_on_its_way(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    person_log(who, 3);
    who->remote.before = steal_marker;
    who->remote.context = team;
    fake_remote_script(&who->remote, FAKE_PUSH, FAKE_LOST_BEFORE, 1, 1);
    assert_int_equal(person_sync(who), CXLOG_ERR_RETRY);
    assert_int_equal(person_counts(who).unknown, 3);
    person_reopens(who);
    assert_int_equal(person_sync(who), CXLOG_ERR_RETRY);
    team_pass(CXLOG_REQUEST_LIFE_S + 1);
    person_syncs(who);
    team_is_whole(team);
}

static void a_marker_that_vanished_from_the_sheet_costs_one_more_write(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    person_log(who, 1);
    person_syncs(who);
    for (size_t i = 0; i < team->sheet.mark_count; i++) {
        if (team->sheet.marks[i].id < CXLOG_EVENT_MARKER)
            team->sheet.marks[i].id = 0x7fffffff;
    }
    person_log(who, 1);
    person_syncs(who);
    assert_int_equal(who->result.requests.write, 2);
    team_is_whole(team);
}

static void delete_rows(fake_remote *remote, void *context)
{
    sync_team *team = context;
    if (remote->operations != 1)
        return;
    while (team->sheet.row_count > 2)
        fake_delete_row(&team->sheet, (int64_t)team->sheet.row_count + 1);
}

static void rows_deleted_in_mid_sync_lead_to_another_look(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    person_log(who, 10);
    person_syncs(who);
    person_reopens(who);
    person_log(who, 1);
    who->remote.before = delete_rows;
    who->remote.context = team;
    person_syncs(who);
    assert_int_equal(fake_count(&team->sheet, team->ids[10]), 1);
    assert_int_equal(who->result.pushed, 1);
    assert_int_equal(who->result.confirmed, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fault_at_any_step_loses_and_doubles_nothing),
        cmocka_unit_test(a_write_that_fails_three_times_ends_in_try_again),
        cmocka_unit_test(a_lost_answer_is_looked_up_and_not_sent_again),
        cmocka_unit_test(what_was_certainly_not_sent_is_pending_again),
        cmocka_unit_test(what_may_have_been_sent_stays_unknown),
        cmocka_unit_test(a_late_arrival_after_the_second_send_is_refused),
        cmocka_unit_test(no_permission_sends_nothing_and_keeps_everything),
        cmocka_unit_test(quota_is_waited_for),
        cmocka_unit_test(quota_beyond_the_deadline_ends_in_try_again),
        cmocka_unit_test(a_refused_record_does_not_hold_up_the_others),
        cmocka_unit_test(a_marker_that_somebody_else_bears_is_drawn_anew),
        cmocka_unit_test(
            a_stolen_marker_is_left_alone_while_an_attempt_may_be_on_its_way),
        cmocka_unit_test(a_marker_that_vanished_from_the_sheet_costs_one_more_write),
        cmocka_unit_test(rows_deleted_in_mid_sync_lead_to_another_look),
    };
    return cmocka_run_group_tests_name("sync_faults", tests, NULL, NULL);
}
