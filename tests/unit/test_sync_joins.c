/* A store's own changes meet a sheet that went on without it: the same ones are one,
 * what clashes is refused before anything is written. */
#include <stdio.h>

#include "sync_team.h"

static cxlog_proposal change(cxlog_action action, const char *name, const char *target,
                             cxlog_day from)
{
    return (cxlog_proposal){
        .action = action, .name = name, .target = target, .code = "", .from = from};
}

static cxlog_proposal adds(const char *name)
{
    return change(CXLOG_ACTION_ADD, name, NULL, CXLOG_NO_DAY);
}

static void sets_up(person *who, bool extend)
{
    cxlog_setup_result result;
    if (person_sets_up(who, extend, &result) != CXLOG_OK)
        fail_msg("%s", who->err.message);
}

/* The sheet's scheme went another way than the second store's. */
static void parts(sync_team *team)
{
    person_changes_alone(&team->people[0], adds("정산"));
    person_changes_alone(&team->people[1], adds("제휴"));
}

static cxlog_day retired_from(person *who, const char *name)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    assert_int_equal(cxlog_store_scheme(who->store, &scheme, NULL), CXLOG_OK);
    const cxlog_value *value = cxlog_scheme_get(scheme, CXLOG_DIM_CATEGORY, "", name);
    assert_non_null(value);
    return value->retired_from;
}

/* ---- the same change ---- */

static void a_change_that_the_sheet_lacks_is_brought_along_with_its_day(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, false);
    person *who = &team->people[1];
    cxlog_day day = cxlog_day_make(2027, 7, 1);
    parts(team);
    person_changes_alone(who, change(CXLOG_ACTION_RETIRE, "환불", NULL, day));
    person_changes_alone(who, change(CXLOG_ACTION_RETIRE, "오류", NULL, CXLOG_NO_DAY));
    person_changes_alone(who, change(CXLOG_ACTION_ALIAS, "결제", "지불", CXLOG_NO_DAY));
    sets_up(&team->people[0], false);
    sets_up(who, true);
    team_is_whole(team);
    assert_int_equal(retired_from(&team->people[0], "오류"),
                     cxlog_day_of(cxlog_wall_now()));
    assert_int_equal(retired_from(&team->people[0], "환불"), day);
}

static void one_plan_of_both_is_written_once(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, false);
    cxlog_day day = cxlog_day_make(2027, 1, 1);
    parts(team);
    for (size_t i = 0; i < 2; i++) {
        person *who = &team->people[i];
        person_changes_alone(who, change(CXLOG_ACTION_RENAME, "환불", "반품", day));
        person_changes_alone(who, change(CXLOG_ACTION_RETIRE, "결제", NULL, day));
    }
    sets_up(&team->people[0], false);
    size_t before = team->sheet.event_count;
    sets_up(&team->people[1], true);
    assert_int_equal(team->sheet.event_count, before + 1); /* 제휴 */
    team_is_whole(team);
}

static void what_both_retired_stays_retired_whoever_was_first(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, false);
    parts(team);
    for (size_t i = 0; i < 2; i++) {
        person_changes_alone(&team->people[i],
                             change(CXLOG_ACTION_RETIRE, "환불", NULL, CXLOG_NO_DAY));
        team_pass(2 * INT64_C(86400));
    }
    sets_up(&team->people[0], false);
    size_t before = team->sheet.event_count;
    sets_up(&team->people[1], true);
    assert_int_equal(team->sheet.event_count, before + 1); /* 제휴 */
    team_is_whole(team);
    assert_int_equal(retired_from(&team->people[1], "환불"),
                     cxlog_day_make(2026, 11, 21)); /* the sheet's */
}

/* ---- what clashes ---- */

/* The sheet has theirs; own does not go with it. */
static void clashes(cxlog_proposal theirs, cxlog_proposal own, const char *part)
{
    CXLOG_AUTO(sync_team) *team = team_start(2, false);
    person *who = &team->people[1];
    cxlog_setup_result result;
    parts(team);
    person_changes_alone(&team->people[0], theirs);
    person_changes_alone(who, own);
    sets_up(&team->people[0], false);
    int applied = team->sheet.applied;
    cxlog_status status = person_sets_up(who, true, &result);
    if (status != CXLOG_ERR_VALUE || !strstr(who->err.message, part))
        fail_msg("%s: \"%s\" does not say \"%s\"", cxlog_status_name(status),
                 who->err.message, part);
    /* In words of this store, and without commands that would meet other events of it. */
    char chain[CXLOG_CHAIN_SIZE], number[64];
    snprintf(number, sizeof number, "event %d of this store does not go with",
             (int)person_version(who, chain));
    assert_non_null(strstr(who->err.message, number));
    assert_int_equal(who->err.suggestion_count, 0);
    assert_int_equal(team->sheet.applied, applied);
    assert_true(person_knows(who, CXLOG_DIM_CATEGORY, "제휴"));
}

static void
a_change_that_does_not_go_with_the_sheets_is_named_and_nothing_written(void **state)
{
    (void)state;
    cxlog_day january = cxlog_day_make(2027, 1, 1);
    cxlog_day july = cxlog_day_make(2027, 7, 1);
    clashes(change(CXLOG_ACTION_ALIAS, "결제", "정리", CXLOG_NO_DAY),
            change(CXLOG_ACTION_ALIAS, "배송", "정리", CXLOG_NO_DAY),
            "\"정리\" is an alias or code of category \"결제\"");
    clashes(change(CXLOG_ACTION_RETIRE, "환불", NULL, january),
            change(CXLOG_ACTION_RETIRE, "환불", NULL, july),
            "\"환불\" is planned to change on 2027-01-01 already");
    clashes(change(CXLOG_ACTION_RETIRE, "환불", NULL, january),
            change(CXLOG_ACTION_RENAME, "환불", "반품", january),
            "\"환불\" is planned to change on 2027-01-01 already");
    clashes(change(CXLOG_ACTION_RENAME, "환불", "취소", january),
            change(CXLOG_ACTION_RENAME, "환불", "반품", january),
            "\"환불\" is planned to change on 2027-01-01 already");
    clashes(change(CXLOG_ACTION_MERGE, "환불", "정산", january),
            change(CXLOG_ACTION_RENAME, "환불", "정산", january),
            "\"환불\" is planned to change on 2027-01-01 already");
    clashes(change(CXLOG_ACTION_RETIRE, "환불", NULL, CXLOG_NO_DAY),
            change(CXLOG_ACTION_RETIRE, "환불", NULL, july),
            "\"환불\" takes no records since 2026-11-21");
}

/* Both knew a plan; the team took it back, and here it took effect. */
static void builds_on_what_is_gone(cxlog_proposal own)
{
    CXLOG_AUTO(sync_team) *team = team_start(2, false);
    person *who = &team->people[1];
    char chain[CXLOG_CHAIN_SIZE], number[24];
    cxlog_setup_result result;
    for (size_t i = 0; i < 2; i++)
        person_changes_alone(&team->people[i], change(CXLOG_ACTION_RENAME, "환불", "반품",
                                                      cxlog_day_make(2027, 1, 1)));
    snprintf(number, sizeof number, "%d", (int)person_version(who, chain));
    person_changes_alone(&team->people[0],
                         change(CXLOG_ACTION_WITHDRAW, NULL, number, CXLOG_NO_DAY));
    sets_up(&team->people[0], false);
    team_pass(60 * INT64_C(86400));
    person_changes_alone(who, own);
    int applied = team->sheet.applied;
    assert_int_equal(person_sets_up(who, true, &result), CXLOG_ERR_VALUE);
    assert_non_null(strstr(who->err.message, "no category \"반품\""));
    assert_int_equal(team->sheet.applied, applied);
}

static void a_name_that_the_team_took_back_is_not_built_on(void **state)
{
    (void)state;
    builds_on_what_is_gone(change(CXLOG_ACTION_ALIAS, "반품", "리턴", CXLOG_NO_DAY));
    builds_on_what_is_gone(
        change(CXLOG_ACTION_RETIRE, "반품", NULL, cxlog_day_make(2027, 7, 1)));
}

/* ---- the question ---- */

static void names_and_aliases_stand_on_lines_of_their_own(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, false);
    person *who = &team->people[1];
    cxlog_setup_result result;
    sets_up(&team->people[0], false);
    person_changes_alone(who, adds("제휴"));
    person_changes_alone(who, change(CXLOG_ACTION_ALIAS, "배송", "배달", CXLOG_NO_DAY));
    person_changes_alone(who, change(CXLOG_ACTION_ALIAS, "결제", "지불", CXLOG_NO_DAY));
    assert_int_equal(person_sets_up(who, false, &result), CXLOG_ERR_VALUE);
    assert_int_equal(who->err.suggestion_count, 2);
    assert_string_equal(who->err.suggestions[0], "구분 추가 제휴");
    assert_string_equal(who->err.suggestions[1], "구분 별칭 배송, 결제");
}

/* ---- breaking off ---- */

static void rival_adds(fake_remote *remote, void *context)
{
    static int count;
    char name[32];
    void (*hook)(fake_remote *, void *) = remote->before;
    snprintf(name, sizeof name, "경쟁 %d", count++);
    remote->before = NULL;
    assert_int_equal(person_adds(context, name), CXLOG_OK);
    remote->before = hook;
}

static void a_lost_race_is_not_run_again_after_the_deadline(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, false);
    person *who = &team->people[0];
    cxlog_setup_result result;
    sets_up(&team->people[1], false);
    person_changes_alone(who, adds("제휴"));
    who->remote.before = rival_adds;
    who->remote.context = &team->people[1];
    who->remote.left_ms = 5;
    who->remote.requests = (cxlog_requests){0};
    assert_int_equal(person_sets_up(who, true, &result), CXLOG_ERR_RETRY);
    assert_non_null(strstr(who->err.message, "others keep changing"));
    assert_int_equal(who->remote.requests.write, 2); /* the proof, and one attempt */
    who->remote.before = NULL;
    who->remote.left_ms = 900000;
    sets_up(who, true);
    team_is_whole(team);
}

static void stop_when_made(fake_remote *remote, void *context)
{
    sync_team *team = context;
    team->stop = remote->requests.read > 0;
}

static void interrupted_before_the_schemes_meet_nothing_is_joined(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, false);
    person *who = &team->people[0];
    cxlog_setup_result result;
    who->remote.before = stop_when_made;
    who->remote.context = team;
    assert_int_equal(person_sets_up(who, false, &result), CXLOG_ERR_INTERRUPT);
    assert_int_equal(team->sheet.event_count, 0);
    team->stop = 0;
    who->remote.before = NULL;
    sets_up(who, false);
    team_is_whole(team);
}

/* Changes of its own, `count` of them, whose way to the sheet ends after the first write
 * has arrived. */
static void dies_on_the_way(sync_team *team, int count)
{
    person *who = &team->people[0];
    cxlog_setup_result result;
    for (int i = 0; i < count; i++) {
        char name[32];
        snprintf(name, sizeof name, "이름 %d", i);
        person_changes_alone(who, adds(name));
    }
    fake_remote_script(&who->remote, FAKE_PUSH_SCHEME, FAKE_DEAD_AFTER, 1, 1);
    assert_int_not_equal(person_sets_up(who, true, &result), CXLOG_OK);
    person_reopens(who);
}

static void changes_that_arrived_as_the_process_died_are_known_as_shared(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    dies_on_the_way(team, 2);
    team_is_whole(team);
    int64_t number, shared;
    char chain[CXLOG_CHAIN_SIZE];
    assert_int_equal(
        cxlog_store_chain(team->people[0].store, &number, chain, &shared, NULL),
        CXLOG_OK);
    assert_int_equal(shared, number);
}

static void changes_of_which_some_arrived_wait_for_init(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    size_t before = team->sheet.event_count;
    dies_on_the_way(team, 201);
    assert_int_equal(team->sheet.event_count, before + 200);
    assert_int_equal(person_sync(who), CXLOG_ERR_CONFIG);
    assert_non_null(strstr(who->err.message, "run cxlog init"));
    sets_up(who, true);
    assert_int_equal(team->sheet.event_count, before + 201);
    team_is_whole(team);
}

static void changes_of_ones_own_wait_for_init_also_when_others_were_quicker(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    person *who = &team->people[0];
    person_changes_alone(who, adds("제휴"));
    assert_int_equal(person_adds(&team->people[1], "정산"), CXLOG_OK);
    assert_int_equal(person_sync(who), CXLOG_ERR_CONFIG);
    assert_non_null(strstr(who->err.message, "run cxlog init"));
    assert_false(person_knows(who, CXLOG_DIM_CATEGORY, "정산"));
    sets_up(who, true);
    team_is_whole(team);
    assert_true(person_knows(who, CXLOG_DIM_CATEGORY, "정산"));
    assert_true(person_knows(&team->people[1], CXLOG_DIM_CATEGORY, "제휴"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_that_the_sheet_lacks_is_brought_along_with_its_day),
        cmocka_unit_test(one_plan_of_both_is_written_once),
        cmocka_unit_test(what_both_retired_stays_retired_whoever_was_first),
        cmocka_unit_test(
            a_change_that_does_not_go_with_the_sheets_is_named_and_nothing_written),
        cmocka_unit_test(a_name_that_the_team_took_back_is_not_built_on),
        cmocka_unit_test(names_and_aliases_stand_on_lines_of_their_own),
        cmocka_unit_test(a_lost_race_is_not_run_again_after_the_deadline),
        cmocka_unit_test(interrupted_before_the_schemes_meet_nothing_is_joined),
        cmocka_unit_test(changes_that_arrived_as_the_process_died_are_known_as_shared),
        cmocka_unit_test(changes_of_which_some_arrived_wait_for_init),
        cmocka_unit_test(changes_of_ones_own_wait_for_init_also_when_others_were_quicker),
    };
    return cmocka_run_group_tests_name("sync_joins", tests, NULL, NULL);
}
