/* Scheme changes by several people: numbered without gap or double, whatever is lost on
 * the way. */
#include <stdio.h>

#include "sync_team.h"

#define TRIES 10 /* races that are lost before a change is given up */

static void must(cxlog_status status, const person *who)
{
    if (status != CXLOG_OK)
        fail_msg("%s: %s", cxlog_status_name(status), who->err.message);
}

static int named(const sync_team *team, const char *name)
{
    int count = 0;
    for (size_t i = 0; i < team->sheet.event_count; i++) {
        const char *there = team->sheet.events[i].event.name;
        count += there && strcmp(there, name) == 0;
    }
    return count;
}

static void a_change_reaches_the_sheet_and_everybody(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    must(person_adds(&team->people[0], "해외배송"), &team->people[0]);
    assert_int_equal(named(team, "해외배송"), 1);
    team_is_whole(team);
}

static void a_name_that_is_there_is_refused_without_a_write(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    must(person_adds(&team->people[0], "해외배송"), &team->people[0]);
    int applied = team->sheet.applied;
    assert_int_equal(person_adds(&team->people[1], "해외배송"), CXLOG_ERR_VALUE);
    assert_int_equal(team->sheet.applied, applied);
}

static void without_network_nothing_changes(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    char chain[CXLOG_CHAIN_SIZE];
    int64_t version = person_version(who, chain);
    fake_remote_script(&who->remote, FAKE_ANY, FAKE_LOST_BEFORE, 1, 1000);
    assert_int_equal(person_adds(who, "해외배송"), CXLOG_ERR_RETRY);
    fake_remote_script(&who->remote, FAKE_PUSH_SCHEME, FAKE_OFFLINE, 1, 1000);
    assert_int_equal(person_adds(who, "해외배송"), CXLOG_ERR_RETRY);
    assert_int_equal(person_version(who, chain), version);
    assert_int_equal(named(team, "해외배송"), 0);
}

static void a_lost_answer_is_looked_up(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    fake_remote_script(&who->remote, FAKE_PUSH_SCHEME, FAKE_LOST_AFTER, 1, 1);
    who->remote.requests = (cxlog_requests){0};
    must(person_adds(who, "해외배송"), who);
    assert_int_equal(who->remote.requests.write, 1);
    assert_int_equal(named(team, "해외배송"), 1);
    team_is_whole(team);
}

static void a_lost_request_is_sent_again(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    fake_remote_script(&who->remote, FAKE_PUSH_SCHEME, FAKE_LOST_BEFORE, 1, 1);
    must(person_adds(who, "해외배송"), who);
    assert_int_equal(named(team, "해외배송"), 1);
    team_is_whole(team);
}

static void an_outcome_that_cannot_be_found_out_says_so(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    fake_remote_script(&who->remote, FAKE_PUSH_SCHEME, FAKE_LOST_BEFORE, 1, 100);
    assert_int_equal(person_adds(who, "해외배송"), CXLOG_ERR_RETRY);
    assert_non_null(strstr(who->err.message, "could not be found out"));
    person_reopens(who);
    team_is_whole(team);
}

static void a_fault_at_any_step_never_writes_an_event_twice(void **state)
{
    (void)state;
    static const fake_fault faults[] = {FAKE_LOST_BEFORE, FAKE_LOST_AFTER,
                                        FAKE_LATE,        FAKE_OFFLINE,
                                        FAKE_DEAD_BEFORE, FAKE_DEAD_AFTER};
    for (size_t f = 0; f < sizeof faults / sizeof faults[0]; f++) {
        for (int at = 1; at <= 4; at++) {
            CXLOG_AUTO(sync_team) *team = team_start(2, true);
            person *who = &team->people[0];
            fake_remote_script(&who->remote, FAKE_ANY, faults[f], at, 1);
            cxlog_status status = person_adds(who, "해외배송");
            fake_sheet_calm(&team->sheet);
            person_reopens(who);
            if (status !=
                CXLOG_OK) /* as a person would: again, and "there already" is fine */
                status = person_adds(who, "해외배송");
            assert_true(status == CXLOG_OK || status == CXLOG_ERR_VALUE);
            assert_int_equal(named(team, "해외배송"), 1);
            team_is_whole(team);
        }
    }
}

static void rival_adds(fake_remote *remote, void *context)
{
    person *rival = context;
    char name[32];
    if (remote->operations % 3 != 1)
        return;
    snprintf(name, sizeof name, "경쟁 %d", remote->operations);
    must(person_adds(rival, name), rival);
}

static void the_loser_of_a_race_tries_again(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    person *who = &team->people[0];
    who->remote.before = rival_adds;
    who->remote.context = &team->people[1];
    who->remote.operations = 0;
    must(person_adds(who, "해외배송"), who);
    who->remote.before = NULL;
    assert_int_equal(named(team, "해외배송"), 1);
    team_is_whole(team);
}

static void rival_adds_each_time(fake_remote *remote, void *context)
{
    person *rival = context;
    char name[32];
    snprintf(name, sizeof name, "경쟁 %d", remote->operations);
    must(person_adds(rival, name), rival);
}

static void who_loses_every_race_is_told_to_try_again(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    person *who = &team->people[0];
    who->remote.before = rival_adds_each_time;
    who->remote.context = &team->people[1];
    assert_int_equal(person_adds(who, "해외배송"), CXLOG_ERR_RETRY);
    assert_non_null(strstr(who->err.message, "others keep changing"));
    assert_int_equal(named(team, "해외배송"), 0);
    /* Without an answer to what took its place, too. */
    fake_remote_script(&who->remote, FAKE_MARKER, FAKE_OFFLINE, 1, 1);
    assert_int_equal(person_adds(who, "해외배송"), CXLOG_ERR_RETRY);
    assert_null(strstr(who->err.message, "others keep changing"));
    who->remote.before = NULL;
    must(person_adds(who, "해외배송"), who);
    team_is_whole(team);
}

static void a_field_gets_its_column_and_older_stores_follow(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    must(person_adds_field(&team->people[0], "주문번호"), &team->people[0]);
    assert_int_equal(team->sheet.header_count, CXLOG_COLUMN_COUNT + 1);
    assert_string_equal(team->sheet.header[CXLOG_COLUMN_COUNT], "주문번호");
    person_log(&team->people[1], 2);
    person_syncs(&team->people[1]);
    assert_int_equal(team->people[1].result.requests.write, 1);
    must(person_adds_field(&team->people[1], "계약번호"), &team->people[1]);
    assert_string_equal(team->sheet.header[CXLOG_COLUMN_COUNT + 1], "계약번호");
    team_is_whole(team);
}

static void a_field_does_not_write_over_a_column_of_the_team(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    fake_rename_header(&team->sheet, CXLOG_COLUMN_COUNT, "팀 메모");
    int applied = team->sheet.applied;
    assert_int_equal(person_adds_field(&team->people[0], "주문번호"), CXLOG_ERR_SHEET);
    assert_non_null(strstr(team->people[0].err.message, "팀 메모"));
    assert_int_equal(team->sheet.applied, applied);
}

static void a_tampered_scheme_takes_no_changes(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    fake_edit_event(&team->sheet, 4, "바뀐 이름");
    int applied = team->sheet.applied;
    assert_int_equal(person_adds(&team->people[0], "해외배송"), CXLOG_ERR_TAMPERED);
    assert_int_equal(team->sheet.applied, applied);
}

static void an_event_whose_row_was_deleted_is_not_written_over(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    must(person_adds(&team->people[0], "해외배송"), &team->people[0]);
    fake_delete_event(&team->sheet, (int64_t)team->sheet.event_count);
    /* the second person never saw it: to them the chain looks sound */
    assert_int_equal(person_adds(&team->people[1], "정산"), CXLOG_ERR_TAMPERED);
    assert_non_null(strstr(team->people[1].err.message, "its row is gone"));
    assert_int_equal(named(team, "정산"), 0);
}

/* Nothing shows any more that something was there. */
static void last_marker_goes(fake_remote *remote, void *context)
{
    fake_sheet *sheet = context;
    if (remote->operations == 2 * TRIES)
        free(sheet->marks[--sheet->mark_count].value);
}

static void a_row_that_is_gone_with_its_marker_is_no_tampering(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    person *who = &team->people[1];
    must(person_adds(&team->people[0], "해외배송"), &team->people[0]);
    fake_delete_event(&team->sheet, (int64_t)team->sheet.event_count);
    who->remote.before = last_marker_goes;
    who->remote.context = &team->sheet;
    who->remote.operations = 0;
    assert_int_equal(person_adds(who, "정산"), CXLOG_ERR_RETRY);
    must(person_adds(who, "정산"), who);
}

static void event_markers_stay_bounded(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    for (int i = 0; i < 250; i++) {
        char name[32];
        snprintf(name, sizeof name, "항목 %d", i);
        must(person_adds(&team->people[i % 2], name), &team->people[i % 2]);
    }
    assert_int_equal(team->sheet.mark_count, CXLOG_EVENT_MARKERS_KEPT);
    team_is_whole(team);
}

static void a_name_that_others_have_used_is_not_retired_at_once(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    person *who = &team->people[1];
    cxlog_proposal retire = {.action = CXLOG_ACTION_RETIRE,
                             .dim = CXLOG_DIM_CATEGORY,
                             .name = "배송",
                             .from = CXLOG_NO_DAY,
                             .reason = "오타인 줄",
                             .author = "바다",
                             .now = cxlog_wall_now()};
    cxlog_event *events = NULL;
    person_log(&team->people[0], 1);
    person_syncs(&team->people[0]);
    int applied = team->sheet.applied;
    assert_int_equal(cxlog_sync_propose(who->store, &who->remote.base, &who->options,
                                        &retire, 1, &events, &who->err),
                     CXLOG_ERR_VALUE);
    assert_int_equal(team->sheet.applied, applied);
    retire.name = "칭찬";
    must(cxlog_sync_propose(who->store, &who->remote.base, &who->options, &retire, 1,
                            &events, &who->err),
         who);
    cxlog_events_free(events, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_reaches_the_sheet_and_everybody),
        cmocka_unit_test(a_name_that_is_there_is_refused_without_a_write),
        cmocka_unit_test(without_network_nothing_changes),
        cmocka_unit_test(a_lost_answer_is_looked_up),
        cmocka_unit_test(a_lost_request_is_sent_again),
        cmocka_unit_test(an_outcome_that_cannot_be_found_out_says_so),
        cmocka_unit_test(a_fault_at_any_step_never_writes_an_event_twice),
        cmocka_unit_test(the_loser_of_a_race_tries_again),
        cmocka_unit_test(who_loses_every_race_is_told_to_try_again),
        cmocka_unit_test(a_field_gets_its_column_and_older_stores_follow),
        cmocka_unit_test(a_field_does_not_write_over_a_column_of_the_team),
        cmocka_unit_test(a_tampered_scheme_takes_no_changes),
        cmocka_unit_test(an_event_whose_row_was_deleted_is_not_written_over),
        cmocka_unit_test(a_row_that_is_gone_with_its_marker_is_no_tampering),
        cmocka_unit_test(event_markers_stay_bounded),
        cmocka_unit_test(a_name_that_others_have_used_is_not_retired_at_once),
    };
    return cmocka_run_group_tests_name("sync_propose", tests, NULL, NULL);
}
