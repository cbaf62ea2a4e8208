/* `sync --restore`: what vanished comes back, unless edits beyond measure hold the sheet.
 */
#include "sync_team.h"

#include <cxlog/close.h>

#define RECORDS 3200 /* of which 1 % is more than 20 */
#define FEW 32
#define GONE 60

static bool is_held(person *who)
{
    CXLOG_AUTO_TEXT stop = NULL;
    assert_int_equal(cxlog_store_get(who->store, CXLOG_META_STOP, &stop, NULL), CXLOG_OK);
    return stop != NULL;
}

/* A sheet of which so many rows were deleted and so many edited, and a close that stopped
 * for it. */
static sync_team *stopped_team(int edited)
{
    sync_team *team = team_start(1, true);
    person *who = &team->people[0];
    person_log(who, RECORDS);
    person_syncs(who);
    for (int i = 0; i < GONE; i++)
        fake_delete_row(&team->sheet, 2);
    for (int i = 0; i < edited; i++)
        assert_int_equal(cxlog_entry_set(&team->sheet.rows[10 + i].entry,
                                         CXLOG_COL_CATEGORY, "환불", NULL),
                         CXLOG_OK);
    CXLOG_AUTO_VALUE(cxlog_close_result) result = {0};
    const cxlog_close_options options = {
        .sync = &who->options, .agent = "하늘", .day = cxlog_day_of(cxlog_wall_now())};
    assert_int_equal(
        cxlog_close_run(who->store, &who->remote.base, &options, &result, NULL),
        CXLOG_ERR_TAMPERED);
    assert_true(is_held(who));
    return team;
}

static cxlog_status restore(person *who, int64_t *restored)
{
    who->err = (cxlog_error){0};
    return cxlog_check_restore(who->store, &who->remote.base, &who->options, restored,
                               &who->result, &who->err);
}

static void few_edits_do_not_hold_what_vanished(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = stopped_team(FEW);
    person *who = &team->people[0];
    int64_t restored = 0;
    if (restore(who, &restored) != CXLOG_OK)
        fail_msg("%s", who->err.message);
    assert_int_equal(restored, GONE);
    assert_int_equal(who->result.confirmed, GONE);
    assert_false(is_held(who));
    assert_int_equal(person_sync(who), CXLOG_OK);
    team_sheet_is_whole(team);
}

static void with_more_edits_what_vanished_waits_and_is_told(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = stopped_team(FEW + 1);
    person *who = &team->people[0];
    int64_t restored = 0;
    assert_int_equal(restore(who, &restored), CXLOG_ERR_TAMPERED);
    assert_int_equal(restored, GONE);
    assert_int_equal(person_counts(who).pending, GONE);
    assert_non_null(strstr(who->err.message, "60 vanished records wait here"));
    assert_true(is_held(who));
    assert_int_equal(restore(who, &restored), CXLOG_ERR_TAMPERED);
    assert_int_equal(restored, 0); /* once is enough */
    assert_null(strstr(who->err.message, "vanished"));
    assert_int_equal(cxlog_check_restore(who->store, &who->remote.base, &who->options,
                                         &restored, &who->result, NULL),
                     CXLOG_ERR_TAMPERED);
}

/* Is it many when so many of `records` are edited, and so many more are gone? */
static bool many(int records, int edited, int missing)
{
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    CXLOG_AUTO_VALUE(cxlog_check) check = {.mixed = -1};
    person *who = &team->people[0];
    person_log(who, records);
    person_syncs(who);
    for (int i = 0; i < edited; i++)
        assert_int_equal(
            cxlog_entry_set(&team->sheet.rows[i].entry, CXLOG_COL_CATEGORY, "환불", NULL),
            CXLOG_OK);
    for (int i = 0; i < missing; i++)
        fake_delete_row(&team->sheet, 2 + edited);
    assert_int_equal(cxlog_check_run(who->store, &who->remote.base, &who->options,
                                     CXLOG_NO_DAY, &check, &who->result, NULL),
                     CXLOG_OK);
    assert_int_equal(check.counts[CXLOG_FOUND_EDITED], edited);
    assert_int_equal(check.counts[CXLOG_FOUND_MISSING], missing);
    return check.many;
}

static void twenty_changes_are_few_and_twenty_one_are_many(void **state)
{
    (void)state;
    assert_false(many(100, 20, 0));
    assert_true(many(100, 21, 0));
    assert_false(many(100, 0, 20));
    assert_true(many(100, 0, 21));
    assert_false(many(100, 10, 10));
    assert_true(many(100, 10, 11));
}

static void in_a_long_log_one_in_a_hundred_is_few(void **state)
{
    (void)state;
    assert_true(many(2099, 21, 0));
    assert_false(many(2100, 21, 0));
    assert_true(many(2100, 22, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twenty_changes_are_few_and_twenty_one_are_many),
        cmocka_unit_test(in_a_long_log_one_in_a_hundred_is_few),
        cmocka_unit_test(few_edits_do_not_hold_what_vanished),
        cmocka_unit_test(with_more_edits_what_vanished_waits_and_is_told),
    };
    return cmocka_run_group_tests_name("check_restore", tests, NULL, NULL);
}
