/* A record that Google refuses for good, without saying which of a batch it is: it is
 * found, set aside, and comes back when a person says so. */
#include <stdio.h>

#include "sync_team.h"

#define REFUSALS_MOST 40 /* writes of one run that are refused for a record */

/* Records are numbered in the order of logging, by their notes. */
static bool bad[600];

static bool refuses_bad(const cxlog_entry *entry)
{
    size_t number = 0;
    const char *note = cxlog_entry_text(entry, CXLOG_COL_NOTE);
    return sscanf(note, "%zu", &number) == 1 && bad[number];
}

static bool refuses_all(const cxlog_entry *entry)
{
    (void)entry;
    return true;
}

static sync_team *team_with(int records, const size_t *refused, size_t count)
{
    sync_team *team = team_start(1, true);
    memset(bad, 0, sizeof bad);
    for (size_t i = 0; i < count; i++)
        bad[refused[i]] = true;
    team->sheet.refuses = refuses_bad;
    person_log(&team->people[0], records);
    return team;
}

static size_t how_many_bad(const sync_team *team)
{
    size_t count = 0;
    for (size_t i = 0; i < team->logged; i++)
        count += bad[i];
    return count;
}

/* The good ones stand in the sheet once, the bad ones are aside and nowhere else. */
static void only_the_bad_are_aside(sync_team *team)
{
    fake_sheet_calm(&team->sheet);
    for (size_t i = 0; i < team->logged; i++) {
        int times = fake_count(&team->sheet, team->ids[i]);
        if (times != (bad[i] ? 0 : 1))
            fail_msg("record %zu stands %d times in the sheet", i, times);
    }
    cxlog_counts counts = person_counts(&team->people[0]);
    assert_int_equal(counts.quarantined, how_many_bad(team));
    assert_int_equal(counts.confirmed, team->logged - how_many_bad(team));
}

static void wherever_it_stands_the_others_go_in_the_same_run(void **state)
{
    (void)state;
    static const size_t places[] = {0, 1, 249, 250, 251, 498, 499};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        CXLOG_AUTO(sync_team) *team = team_with(500, &places[i], 1);
        person *who = &team->people[0];
        person_syncs(who);
        only_the_bad_are_aside(team);
        assert_int_equal(who->result.quarantined, 1);
        /* 500, then about log2(500) = 9 halvings, the one alone, the rest */
        if (who->result.requests.write > 13)
            fail_msg("record %zu: %d writes", places[i], (int)who->result.requests.write);
    }
}

static void several_are_found_one_after_the_other(void **state)
{
    (void)state;
    static const size_t places[] = {3, 40, 41, 42, 99};
    CXLOG_AUTO(sync_team) *team = team_with(100, places, 5);
    person_syncs(&team->people[0]);
    only_the_bad_are_aside(team);
}

static void a_sheet_that_refuses_everything_empties_no_outbox(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with(100, NULL, 0);
    person *who = &team->people[0];
    team->sheet.refuses = refuses_all;
    assert_int_equal(person_sync(who), CXLOG_ERR_GONE);
    assert_int_equal(person_counts(who).quarantined, 3);
    assert_int_equal(person_counts(who).pending, 97);
    assert_true(who->result.requests.write <= REFUSALS_MOST);
}

static void a_sheet_that_names_a_row_in_every_refusal_comes_to_an_end(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with(100, NULL, 0);
    person *who = &team->people[0];
    fake_remote_script(&who->remote, FAKE_PUSH, FAKE_BAD_RECORD, 1, 1000);
    assert_int_equal(person_sync(who), CXLOG_ERR_GONE);
    assert_int_equal(person_counts(who).quarantined, REFUSALS_MOST);
    assert_int_equal(person_counts(who).pending, 100 - REFUSALS_MOST);
}

static void many_refused_ones_take_several_runs_of_few_requests(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with(200, NULL, 0);
    person *who = &team->people[0];
    for (size_t i = 0; i < 200; i += 5)
        bad[i] = true;
    int runs = 1;
    while (person_sync(who) != CXLOG_OK) {
        assert_int_equal(who->err.status, CXLOG_ERR_GONE);
        assert_true(who->result.requests.write <= (int64_t)3 * REFUSALS_MOST);
        assert_true(++runs < 20);
    }
    assert_true(runs > 1);
    only_the_bad_are_aside(team);
}

static void while_an_attempt_may_be_on_its_way_nothing_is_taken_apart(void **state)
{
    (void)state;
    static const size_t place = 5;
    CXLOG_AUTO(sync_team) *team = team_with(20, &place, 1);
    person *who = &team->people[0];
    fake_remote_script(&who->remote, FAKE_PUSH, FAKE_LOST_BEFORE, 1, 1);
    assert_int_not_equal(person_sync(who), CXLOG_OK);
    assert_int_equal(person_counts(who).unknown, 20);
    team_pass(CXLOG_REQUEST_LIFE_S + 1);
    person_reopens(who);
    person_syncs(who);
    only_the_bad_are_aside(team);
}

static void a_fault_at_any_write_of_the_search_loses_and_doubles_nothing(void **state)
{
    (void)state;
    static const fake_fault faults[] = {FAKE_LOST_BEFORE, FAKE_LOST_AFTER,
                                        FAKE_LATE,        FAKE_OFFLINE,
                                        FAKE_DEAD_BEFORE, FAKE_DEAD_AFTER};
    static const size_t places[] = {6, 19};
    for (size_t f = 0; f < sizeof faults / sizeof faults[0]; f++) {
        for (int at = 1; at <= 12; at++) {
            CXLOG_AUTO(sync_team) *team = team_with(20, places, 2);
            person *who = &team->people[0];
            fake_remote_script(&who->remote, FAKE_PUSH, faults[f], at, 1);
            cxlog_status status = person_sync(who);
            for (int i = 0; i < 5 && status != CXLOG_OK; i++) {
                team_pass(300);
                person_reopens(who);
                status = person_sync(who);
            }
            person_syncs(who);
            only_the_bad_are_aside(team);
        }
    }
}

static int64_t retries(person *who)
{
    int64_t count = -1;
    assert_int_equal(cxlog_store_retry(who->store, &count, &who->err), CXLOG_OK);
    return count;
}

static void what_was_mended_is_sent_again_when_asked(void **state)
{
    (void)state;
    static const size_t place = 7;
    CXLOG_AUTO(sync_team) *team = team_with(10, &place, 1);
    person *who = &team->people[0];
    person_syncs(who);
    person_syncs(who);
    assert_int_equal(who->result.requests.write, 0); /* not by itself */
    team->sheet.refuses = NULL;
    assert_int_equal(retries(who), 1);
    assert_int_equal(person_counts(who).pending, 1);
    person_syncs(who);
    team_is_whole(team);
}

static void what_is_refused_again_is_aside_again(void **state)
{
    (void)state;
    static const size_t place = 7;
    CXLOG_AUTO(sync_team) *team = team_with(10, &place, 1);
    person *who = &team->people[0];
    person_syncs(who);
    assert_int_equal(retries(who), 1);
    person_log(who, 1);
    person_syncs(who);
    only_the_bad_are_aside(team);
}

/* As amend does: the whole record again, with another note. */
static void amend(person *who, const char *id, const char *note)
{
    CXLOG_AUTO_VALUE(cxlog_record) held;
    cxlog_record_init(&held);
    char own[CXLOG_ID_SIZE];
    cxlog_wall at = 0;
    if (cxlog_store_find(who->store, id, &held, &who->err) ||
        cxlog_store_correct_at(who->store, id, cxlog_wall_now(), &at, &who->err) ||
        cxlog_id_new(own, &who->err) ||
        cxlog_entry_set(&held.entry, CXLOG_COL_ID, own, &who->err) ||
        cxlog_entry_set(&held.entry, CXLOG_COL_CORRECTS, id, &who->err) ||
        cxlog_entry_set(&held.entry, CXLOG_COL_NOTE, note, &who->err))
        fail_msg("%s", who->err.message);
    held.entry.number[CXLOG_COL_LOGGED_AT] = at;
    if (cxlog_entry_seal(&held.entry, &who->err) ||
        cxlog_store_add(who->store, &held.entry, 1, NULL, &who->err))
        fail_msg("%s", who->err.message);
}

static void a_correction_takes_the_place_of_what_was_refused(void **state)
{
    (void)state;
    static const size_t place = 2;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    person *who = &team->people[0];
    memset(bad, 0, sizeof bad);
    bad[place] = true;
    team->sheet.refuses = refuses_bad;
    person_log(who, 4);
    person_syncs(who);
    assert_int_equal(person_counts(who).quarantined, 1);
    amend(who, team->ids[place], "고친 글");
    assert_int_equal(person_counts(who).quarantined, 0);
    assert_int_equal(retries(who), 0); /* it would only be refused again */
    person_syncs(who);
    assert_int_equal(who->result.pushed, 1);
    assert_int_equal(fake_count(&team->sheet, team->ids[place]), 0);
    person_syncs(&team->people[1]);
    assert_int_equal(person_counts(&team->people[1]).today_team, 4);
    assert_int_equal(person_counts(who).today_team, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wherever_it_stands_the_others_go_in_the_same_run),
        cmocka_unit_test(several_are_found_one_after_the_other),
        cmocka_unit_test(a_sheet_that_refuses_everything_empties_no_outbox),
        cmocka_unit_test(a_sheet_that_names_a_row_in_every_refusal_comes_to_an_end),
        cmocka_unit_test(many_refused_ones_take_several_runs_of_few_requests),
        cmocka_unit_test(while_an_attempt_may_be_on_its_way_nothing_is_taken_apart),
        cmocka_unit_test(a_fault_at_any_write_of_the_search_loses_and_doubles_nothing),
        cmocka_unit_test(what_was_mended_is_sent_again_when_asked),
        cmocka_unit_test(what_is_refused_again_is_aside_again),
        cmocka_unit_test(a_correction_takes_the_place_of_what_was_refused),
    };
    return cmocka_run_group_tests_name("sync_refused", tests, NULL, NULL);
}
