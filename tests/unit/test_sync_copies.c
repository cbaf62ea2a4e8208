/* A store and its copy, both with the same records to send: a cloned machine, a restored
 * backup. The IDs decide: each record stands in the sheet once. */
#include "folder.h"
#include "sync_team.h"

/* The second person's machine is a copy of the first one's as it is now. */
static void clone_first(sync_team *team)
{
    person *first = &team->people[0], *second = &team->people[1];
    cxlog_store_close(second->store);
    second->store = NULL;
    copy_file(first->path, second->path);
    person_reopens(second);
}

static sync_team *team_of_copies(int records)
{
    sync_team *team = team_start(2, true);
    person_log(&team->people[0], records);
    clone_first(team);
    return team;
}

/* While the second is at its push, the first does its whole run. */
static void first_overtakes(fake_remote *remote, void *context)
{
    sync_team *team = context;
    cxlog_counts counts = person_counts(&team->people[1]);
    if (counts.unknown == 0)
        return;
    remote->before = NULL;
    person_syncs(&team->people[0]);
}

static void both_at_once(sync_team *team)
{
    person *second = &team->people[1];
    second->remote.before = first_overtakes;
    second->remote.context = team;
    person_syncs(second);
    assert_null(second->remote.before);
}

static void one_after_the_other_sends_each_record_once(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_of_copies(3);
    person_syncs(&team->people[0]);
    person_syncs(&team->people[1]);
    assert_int_equal(team->people[1].result.requests.write, 0);
    team_is_whole(team);
}

static void at_the_same_moment_sends_each_record_once(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_of_copies(3);
    both_at_once(team);
    assert_int_equal(team->people[1].result.pushed, 0);
    team_is_whole(team);
}

static void what_only_the_copy_has_is_sent_as_well(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_of_copies(3);
    person_log(&team->people[1], 2);
    both_at_once(team);
    assert_int_equal(team->people[1].result.pushed, 2);
    team_is_whole(team);
}

static void a_copied_batch_of_unknown_outcome_is_sent_once(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    person *first = &team->people[0];
    person_log(first, 3);
    fake_remote_script(&first->remote, FAKE_PUSH, FAKE_LOST_BEFORE, 1, 100);
    assert_int_equal(person_sync(first), CXLOG_ERR_RETRY);
    person_reopens(first);
    clone_first(team);
    both_at_once(team);
    team_is_whole(team);
}

static void a_marker_of_somebody_elses_records_costs_a_read_and_no_record(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_of_copies(1);
    person *who = &team->people[0];
    person_syncs(who);
    /* The sheet loses the row but not its marker, and the copy puts its record there. */
    fake_delete_row(&team->sheet, 2);
    fake_type_row(&team->sheet, 2);
    person_syncs(&team->people[1]);
    assert_int_equal(fake_count(&team->sheet, team->ids[0]), 1);
}

static void an_older_backup_sends_and_loses_nothing(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_of_copies(2);
    person *first = &team->people[0], *backup = &team->people[1];
    person_syncs(first);
    person_log(first, 3);
    person_syncs(first);
    person_log(backup, 1); /* on the restored machine, with the number of another */
    person_syncs(backup);
    assert_int_equal(backup->result.pushed, 1);
    team_is_whole(team);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_after_the_other_sends_each_record_once),
        cmocka_unit_test(at_the_same_moment_sends_each_record_once),
        cmocka_unit_test(what_only_the_copy_has_is_sent_as_well),
        cmocka_unit_test(a_copied_batch_of_unknown_outcome_is_sent_once),
        cmocka_unit_test(a_marker_of_somebody_elses_records_costs_a_read_and_no_record),
        cmocka_unit_test(an_older_backup_sends_and_loses_nothing),
    };
    return cmocka_run_group_tests_name("sync_copies", tests, NULL, NULL);
}
