/* Two things at once: faults on top of faults, and rows that move between one read and
 * the next. */
#include <stdio.h>

#include "sync_team.h"

static void denied_after_first(fake_remote *remote, void *context)
{
    (void)context;
    if (remote->requests.write == 1)
        fake_remote_script(remote, FAKE_PUSH, FAKE_DENIED, 1, 1);
}

static void a_refusal_after_a_lost_answer_leaves_records_unknown(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    person_log(who, 3);
    fake_remote_script(&who->remote, FAKE_PUSH, FAKE_LOST_BEFORE, 1, 1);
    who->remote.before = denied_after_first;
    assert_int_equal(person_sync(who), CXLOG_ERR_PERMISSION);
    assert_int_equal(person_counts(who).unknown, 3);
}

static void a_batch_whose_marker_is_there_is_not_sent_again(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    person_log(who, 2);
    fake_remote_script(&who->remote, FAKE_PUSH, FAKE_DEAD_AFTER, 1, 1);
    assert_int_equal(person_sync(who), CXLOG_ERR_INTERRUPT);
    fake_delete_row(&team->sheet,
                    2); /* people took the rows away before anybody saw them */
    fake_delete_row(&team->sheet, 2);
    person_reopens(who);
    person_syncs(who);
    assert_int_equal(who->result.requests.write, 0);
    assert_int_equal(person_counts(who).sent, 2);
}

static void type_rows_between_pages(fake_remote *remote, void *context)
{
    sync_team *team = context;
    if (remote->operations == 1) {
        for (int i = 0; i < 5; i++)
            fake_type_row(&team->sheet, 50);
    }
}

static void rows_typed_between_two_pages_make_no_duplicates(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    person_log(&team->people[0], 2600);
    person_syncs(&team->people[0]);
    person *reader = &team->people[1];
    reader->remote.before = type_rows_between_pages;
    reader->remote.context = team;
    person_syncs(reader);
    reader->remote.before = NULL;
    assert_int_equal(reader->result.pulled, 2600);
    assert_int_equal(reader->result.duplicate, 0);
    team_is_whole(team);
}

static void a_reading_that_ends_between_pages_goes_on_where_it_was(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    person_log(who, 2600);
    person_syncs(who);
    for (int64_t i = 2; i < 1500;
         i++) { /* sorted by halves: the last rows stay where they are */
        fake_row row = team->sheet.rows[i];
        team->sheet.rows[i] = team->sheet.rows[i + 1000];
        team->sheet.rows[i + 1000] = row;
    }
    fake_type_row(&team->sheet, 2500);
    fake_remote_script(&who->remote, FAKE_READ, FAKE_DEAD_BEFORE, 6, 1);
    assert_int_equal(person_sync(who), CXLOG_ERR_INTERRUPT);
    fake_delete_row(&team->sheet, 2500);
    person_reopens(who);
    team_is_whole(team);
}

static void a_record_that_changed_places_with_a_note_is_not_missing(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    person_log(who, 2);
    person_syncs(who);
    fake_delete_row(&team->sheet, (int64_t)team->sheet.row_count + 1); /* the spare one */
    fake_type_row(&team->sheet, 2);
    person_syncs(who);
    fake_reverse_rows(&team->sheet); /* the middle row stays, the last goes above it */
    person_syncs(who);
    assert_int_equal(who->result.missing, 0);
    team_is_whole(team);
}

static void a_fork_of_equal_length_stops_every_write(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    assert_int_equal(person_adds(&team->people[0], "해외배송"), CXLOG_OK);
    fake_delete_event(&team->sheet, (int64_t)team->sheet.event_count);
    team->sheet.mark_count--; /* its marker: somebody was thorough */
    free(team->sheet.marks[team->sheet.mark_count].value);
    assert_int_equal(person_adds(&team->people[1], "정산"), CXLOG_OK);
    int applied = team->sheet.applied;
    person_log(&team->people[0], 1);
    assert_int_equal(person_sync(&team->people[0]), CXLOG_ERR_TAMPERED);
    assert_non_null(strstr(team->people[0].err.message, "해외배송"));
    assert_non_null(strstr(team->people[0].err.message, "정산"));
    assert_int_equal(team->sheet.applied, applied);
}

static void rival_after_write(fake_remote *remote, void *context)
{
    if (remote->requests.write != 1)
        return;
    remote->before = NULL;
    assert_int_equal(person_adds(context, "정산"), CXLOG_OK);
}

static void a_lost_request_that_somebody_overtook_gets_the_next_number(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    person *who = &team->people[0];
    who->remote.requests = (cxlog_requests){0};
    fake_remote_script(&who->remote, FAKE_PUSH_SCHEME, FAKE_LOST_BEFORE, 1, 1);
    who->remote.before = rival_after_write;
    who->remote.context = &team->people[1];
    assert_int_equal(person_adds(who, "해외배송"), CXLOG_OK);
    assert_string_equal(team->sheet.events[team->sheet.event_count - 1].event.name,
                        "해외배송");
    team_is_whole(team);
}

static void a_set_up_that_failed_leaves_the_store_unbound(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, false);
    person *who = &team->people[0];
    cxlog_setup_result result;
    fake_remote_script(&who->remote, FAKE_PUSH_SCHEME, FAKE_OFFLINE, 1, 100);
    assert_int_equal(person_sets_up(who, false, &result), CXLOG_ERR_RETRY);
    CXLOG_AUTO_TEXT bound = NULL;
    assert_int_equal(cxlog_store_get(who->store, CXLOG_META_SHEET, &bound, NULL),
                     CXLOG_OK);
    assert_null(bound);
    assert_int_equal(person_sync(who), CXLOG_ERR_CONFIG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refusal_after_a_lost_answer_leaves_records_unknown),
        cmocka_unit_test(a_batch_whose_marker_is_there_is_not_sent_again),
        cmocka_unit_test(rows_typed_between_two_pages_make_no_duplicates),
        cmocka_unit_test(a_reading_that_ends_between_pages_goes_on_where_it_was),
        cmocka_unit_test(a_record_that_changed_places_with_a_note_is_not_missing),
        cmocka_unit_test(a_fork_of_equal_length_stops_every_write),
        cmocka_unit_test(a_lost_request_that_somebody_overtook_gets_the_next_number),
        cmocka_unit_test(a_set_up_that_failed_leaves_the_store_unbound),
    };
    return cmocka_run_group_tests_name("sync_corners", tests, NULL, NULL);
}
