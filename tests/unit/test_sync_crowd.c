/* A large team's machines leave the confirming read to the next run, and the check of the
 * sheet to one of them. */
#include <stdio.h>

#include <cxlog/close.h>
#include <cxlog/wall.h>

#include "sync/check_impl.h"
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

static bool too_many_closes(int agents)
{
    CXLOG_AUTO(sync_team) *team = team_of(agents);
    bool crowd = false;
    if (cx_close_is_crowd(&crowd, team->people[0].store, cxlog_day_of(cxlog_wall_now()),
                          NULL))
        fail();
    return crowd;
}

static void a_hundred_agents_with_a_short_log_may_all_close_whole(void **state)
{
    (void)state;
    assert_false(too_many_closes(100));
    assert_true(too_many_closes(101));
}

static void a_modest_close_in_a_crowd_sends_and_leaves_the_rest(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_of(101);
    person *who = &team->people[0];
    person_reopens(who); /* its requests are counted anew */
    const cxlog_close_options options = {.sync = &who->options,
                                         .agent = "상담원 0",
                                         .day = cxlog_day_of(cxlog_wall_now()),
                                         .modest = true};
    CXLOG_AUTO_VALUE(cxlog_close_result) result = {0};
    if (cxlog_close_run(who->store, &who->remote.base, &options, &result, &who->err))
        fail_msg("%s", who->err.message);
    assert_true(result.sent_only && result.closed);
    assert_false(result.totals_written);
    assert_int_equal(result.check.mixed, -1);
    assert_int_equal(result.sync.pushed, 1);
    assert_int_equal(result.sync.requests.read, 2); /* pull, confirm */
    assert_int_equal(result.sync.requests.write, 1);
}

static void a_modest_close_that_could_not_send_is_not_closed(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_of(101);
    person *who = &team->people[0];
    const cxlog_alert_rule rule = {"total", 1.5, 4};
    const cxlog_close_options options = {.sync = &who->options,
                                         .agent = "상담원 0",
                                         .day = cxlog_day_of(cxlog_wall_now()),
                                         .modest = true,
                                         .rules = &rule,
                                         .rule_count = 1};
    CXLOG_AUTO_VALUE(cxlog_close_result) result = {0};
    fake_remote_script(&who->remote, FAKE_ANY, FAKE_OFFLINE, 1, 1000);
    assert_int_equal(
        cxlog_close_run(who->store, &who->remote.base, &options, &result, &who->err),
        CXLOG_ERR_RETRY);
    assert_true(result.sent_only);
    assert_false(result.closed);
    assert_int_equal(result.sync.pushed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_hundred_agents_are_confirmed_at_once),
        cmocka_unit_test(a_crowd_sends_with_one_read_and_confirms_in_the_next_run),
        cmocka_unit_test(a_crowd_does_not_read_the_whole_log_for_what_it_sent),
        cmocka_unit_test(a_crowd_looks_for_what_it_sent_when_the_sheet_is_checked),
        cmocka_unit_test(last_weeks_agents_make_no_crowd),
        cmocka_unit_test(a_hundred_agents_with_a_short_log_may_all_close_whole),
        cmocka_unit_test(a_modest_close_in_a_crowd_sends_and_leaves_the_rest),
        cmocka_unit_test(a_modest_close_that_could_not_send_is_not_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
