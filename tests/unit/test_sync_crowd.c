/* A large team's machines leave the confirming read to the next run. */
#include <stdio.h>

#include <cxlog/close.h>
#include <cxlog/wall.h>

#include "sync_team.h"

static void log_as(person *who, int agent)
{
    char name[32];
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    char id[CXLOG_ID_SIZE];
    snprintf(name, sizeof name, "상담원 %d", agent);
    entry.number[CXLOG_COL_CONTACTED_AT] = entry.number[CXLOG_COL_LOGGED_AT] =
        cxlog_wall_now();
    if (cxlog_id_new(id, &who->err) ||
        cxlog_entry_set(&entry, CXLOG_COL_ID, id, &who->err) ||
        cxlog_entry_set(&entry, CXLOG_COL_AGENT, name, &who->err) ||
        cxlog_entry_set(&entry, CXLOG_COL_CATEGORY, "배송", &who->err) ||
        cxlog_entry_set(&entry, CXLOG_COL_CHANNEL, "전화", &who->err) ||
        cxlog_entry_seal(&entry, &who->err) ||
        cxlog_store_add(who->store, &entry, 1, NULL, &who->err))
        fail_msg("%s", who->err.message);
}

static sync_team *team_of(int agents)
{
    sync_team *team = team_start(2, true);
    for (int i = 0; i < agents; i++)
        log_as(&team->people[1], i);
    person_syncs(&team->people[1]);
    person_syncs(&team->people[0]);
    log_as(&team->people[0], 0);
    return team;
}

static void two_hundred_agents_are_confirmed_at_once(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_of(200);
    person *who = &team->people[0];
    person_syncs(who);
    assert_int_equal(who->result.confirmed, 1);
    assert_int_equal(who->result.requests.read, 2);
}

static void a_crowd_sends_with_one_read_and_confirms_in_the_next_run(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_of(201);
    person *who = &team->people[0];
    person_syncs(who);
    assert_int_equal(who->result.pushed, 1);
    assert_int_equal(who->result.confirmed, 0);
    assert_int_equal(who->result.requests.read, 1);
    assert_int_equal(who->result.requests.write, 1);
    assert_int_equal(person_counts(who).sent, 1);
    person_syncs(who);
    assert_int_equal(who->result.confirmed, 1);
    assert_int_equal(who->result.requests.read, 1);
    assert_int_equal(who->result.requests.write, 0);
    assert_int_equal(person_counts(who).sent, 0);
}

/* What was sent a moment ago is deleted by hand before the next run could confirm it. */
static sync_team *crowd_with_a_row_deleted(void)
{
    sync_team *team = team_of(201);
    person_syncs(&team->people[0]);
    fake_delete_row(&team->sheet, (int64_t)team->sheet.row_count); /* below: the spare */
    return team;
}

static void a_crowd_does_not_read_the_whole_log_for_what_it_sent(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = crowd_with_a_row_deleted();
    person *who = &team->people[0];
    person_syncs(who);
    assert_int_equal(who->result.requests.read, 1);
    assert_int_equal(person_counts(who).sent, 1);
    assert_int_equal(who->result.missing, 0); /* nobody has looked */
}

static void a_crowd_looks_for_what_it_sent_when_the_sheet_is_checked(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = crowd_with_a_row_deleted();
    person *who = &team->people[0];
    CXLOG_AUTO_VALUE(cxlog_check) check = {.mixed = -1};
    if (cxlog_check_run(who->store, &who->remote.base, &who->options, CXLOG_NO_DAY,
                        &check, &who->result, &who->err))
        fail_msg("%s", who->err.message);
    assert_int_equal(who->result.missing, 1);
    person_syncs(who);
    assert_int_equal(who->result.requests.read, 1);
    assert_int_equal(who->result.missing, 1);
}

static void last_weeks_agents_make_no_crowd(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_of(201);
    team_pass((int64_t)7 * 86400);
    person *who = &team->people[0];
    log_as(who, 1);
    person_syncs(who);
    assert_int_equal(who->result.requests.read, 2);
    assert_int_equal(person_counts(who).sent, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_hundred_agents_are_confirmed_at_once),
        cmocka_unit_test(a_crowd_sends_with_one_read_and_confirms_in_the_next_run),
        cmocka_unit_test(a_crowd_does_not_read_the_whole_log_for_what_it_sent),
        cmocka_unit_test(a_crowd_looks_for_what_it_sent_when_the_sheet_is_checked),
        cmocka_unit_test(last_weeks_agents_make_no_crowd),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
