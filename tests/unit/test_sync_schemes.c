/* Schemes that went apart, and changes of the scheme that meet others or trouble. */
#include <stdio.h>
#include <unistd.h>

#include "sync_team.h"

static void alone(person *who, cxlog_proposal proposal)
{
    proposal.code = "";
    person_changes_alone(who, proposal);
}

static void adds(person *who, cxlog_dim dim, const char *parent, const char *name)
{
    alone(who, (cxlog_proposal){.action = CXLOG_ACTION_ADD,
                                .dim = dim,
                                .parent = parent,
                                .name = name,
                                .target = dim == CXLOG_DIM_FIELD ? "text" : NULL});
}

static void aliases(person *who, const char *name, const char *alias)
{
    alone(who, (cxlog_proposal){.action = CXLOG_ACTION_ALIAS,
                                .dim = CXLOG_DIM_CATEGORY,
                                .name = name,
                                .target = alias});
}

static void retires(person *who, const char *name)
{
    alone(who, (cxlog_proposal){.action = CXLOG_ACTION_RETIRE,
                                .dim = CXLOG_DIM_CATEGORY,
                                .name = name,
                                .from = cxlog_day_make(2027, 1, 1)});
}

static void sets_up(person *who, bool extend)
{
    cxlog_setup_result result;
    if (person_sets_up(who, extend, &result) != CXLOG_OK)
        fail_msg("%s", who->err.message);
}

/* ---- joining ---- */

static void what_both_say_is_said_once_and_what_was_taken_back_not_at_all(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, false);
    char chain[CXLOG_CHAIN_SIZE], number[24];
    for (int i = 0; i < 2; i++) {
        person *who = &team->people[i];
        adds(who, CXLOG_DIM_CATEGORY, NULL, i ? "제휴" : "정산");
        aliases(who, "배송", "딜리버리");
        retires(who, "환불");
    }
    person *late = &team->people[1];
    aliases(late, "배송", "배달");
    retires(late, "결제");
    snprintf(number, sizeof number, "%d", (int)person_version(late, chain));
    alone(late, (cxlog_proposal){.action = CXLOG_ACTION_WITHDRAW, .target = number});
    sets_up(&team->people[0], false);
    size_t before = team->sheet.event_count;
    sets_up(late, true);
    assert_int_equal(team->sheet.event_count, before + 2); /* 제휴, and 배달 */
    team_is_whole(team);
}

static void a_store_that_shared_with_another_sheet_is_not_mixed_in(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *first = team_start(1, true);
    person *who = &first->people[0];
    assert_int_equal(person_adds(who, "제휴"), CXLOG_OK);
    CXLOG_AUTO_VALUE(fake_sheet) other;
    fake_sheet_init(&other);
    fake_remote remote;
    fake_remote_init(&remote, &other);
    cxlog_store *store = NULL;
    char path[128];
    snprintf(path, sizeof path, "%s/other.db", first->folder);
    const cxlog_store_options options = {.path = path, .busy_ms = 100, .create = true};
    assert_int_equal(cxlog_store_open(&store, &options, &who->err), CXLOG_OK);
    person rival = {.team = first, .store = store, .remote = remote};
    rival.options = who->options;
    rival.options.sheet_id = "another";
    adds(&rival, CXLOG_DIM_CATEGORY, NULL, "정산");
    sets_up(&rival, false);
    who->remote.sheet = &other;
    who->options.sheet_id = "another";
    cxlog_setup_result result;
    assert_int_equal(person_sets_up(who, true, &result), CXLOG_ERR_CONFIG);
    assert_non_null(strstr(who->err.message, "another spreadsheet"));
    cxlog_store_close(store);
    unlink(path);
    snprintf(path, sizeof path, "%s/other.db-journal", first->folder);
    unlink(path);
}

static void what_would_be_added_is_told_as_far_as_there_is_room(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, false);
    person *who = &team->people[1];
    sets_up(&team->people[0], false);
    char name[128];
    for (int i = 0; i < 40; i++) {
        snprintf(name, sizeof name, "아주 길고 길어서 한 줄에 다 들어가지 않는 이름 %d",
                 i);
        adds(who, CXLOG_DIM_CATEGORY, i % 2 ? "배송" : NULL, name);
    }
    adds(who, CXLOG_DIM_REGION, NULL, "남부");
    cxlog_setup_result result;
    assert_int_equal(person_sets_up(who, false, &result), CXLOG_ERR_VALUE);
    assert_int_equal(who->err.suggestion_count, CXLOG_SUGGESTIONS_MAX);
    assert_memory_equal(who->err.suggestions[CXLOG_SUGGESTIONS_MAX - 1], "… ", 4);
}

static void kinds_stand_on_lines_of_their_own(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, false);
    person *who = &team->people[1];
    sets_up(&team->people[0], false);
    adds(who, CXLOG_DIM_CATEGORY, NULL, "제휴");
    adds(who, CXLOG_DIM_CATEGORY, "제휴", "입점");
    adds(who, CXLOG_DIM_REGION, NULL, "남부");
    cxlog_setup_result result;
    assert_int_equal(person_sets_up(who, false, &result), CXLOG_ERR_VALUE);
    assert_int_equal(who->err.suggestion_count, 2);
    assert_non_null(strstr(who->err.suggestions[0], "제휴, 제휴/입점"));
    assert_non_null(strstr(who->err.suggestions[1], "남부"));
}

static bool knows(person *who, const char *name)
{
    return person_knows(who, CXLOG_DIM_CATEGORY, name);
}

static void rival_adds(fake_remote *remote, void *context)
{
    static int count;
    char name[32];
    person *rival = context;
    void (*hook)(fake_remote *, void *) = remote->before;
    snprintf(name, sizeof name, "경쟁 %d", count++);
    remote->before = NULL;
    assert_int_equal(person_adds(rival, name), CXLOG_OK);
    remote->before = hook;
}

static void a_joining_that_loses_every_race_ends(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, false);
    person *who = &team->people[0];
    cxlog_setup_result result;
    sets_up(&team->people[1], false);
    adds(who, CXLOG_DIM_CATEGORY, NULL, "제휴");
    who->remote.before = rival_adds;
    who->remote.context = &team->people[1];
    assert_int_not_equal(person_sets_up(who, true, &result), CXLOG_OK);
    assert_false(knows(&team->people[1], "제휴"));
    who->remote.before = NULL;
    sets_up(who, true);
    team_is_whole(team);
}

static void a_code_that_is_taken_there_is_made_anew_or_left_out(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, false);
    person *who = &team->people[1];
    const cxlog_proposal theirs[] = {
        {.action = CXLOG_ACTION_ADD, .name = "정산", .code = "ZZ"},
        {.action = CXLOG_ACTION_ADD, .name = "제 휴", .code = "ㅈㅎ"}};
    const cxlog_proposal own[] = {
        {.action = CXLOG_ACTION_ADD, .name = "반품", .code = "ZZ"},
        {.action = CXLOG_ACTION_ADD, .name = "전화", .code = "ㅈㅎ"}};
    for (size_t i = 0; i < 2; i++) {
        person_changes_alone(&team->people[0], theirs[i]);
        person_changes_alone(who, own[i]);
    }
    sets_up(&team->people[0], false);
    sets_up(who, true);
    assert_true(knows(who, "반품") && knows(who, "전화") && knows(who, "정산"));
    team_is_whole(team);
}

/* ---- changes ---- */

static void no_change_and_too_many_at_once_are_refused(void **state)
{
    (void)state;
    static const size_t counts[] = {0, 201};
    CXLOG_AUTO(sync_team) *team = team_start(1, false);
    person *who = &team->people[0];
    for (size_t i = 0; i < 2; i++) {
        cxlog_event *events = NULL;
        assert_int_equal(cxlog_sync_propose(who->store, NULL, &who->options, NULL,
                                            counts[i], &events, &who->err),
                         CXLOG_ERR_VALUE);
    }
}

static void changes_made_alone_wait_for_init(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    adds(&team->people[0], CXLOG_DIM_CATEGORY, NULL, "제휴");
    assert_int_equal(person_sync(&team->people[0]), CXLOG_ERR_CONFIG);
    assert_non_null(strstr(team->people[0].err.message, "run cxlog init"));
}

static void a_change_during_quota_waits_and_then_gives_up(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    fake_remote_script(&who->remote, FAKE_PUSH_SCHEME, FAKE_QUOTA, 1, 2);
    assert_int_equal(person_adds(who, "제휴"), CXLOG_OK);
    fake_remote_script(&who->remote, FAKE_PUSH_SCHEME, FAKE_QUOTA, 1, 100);
    assert_int_equal(person_adds(who, "정산"), CXLOG_ERR_RETRY);
    fake_remote_script(&who->remote, FAKE_PUSH_SCHEME, FAKE_QUOTA, 1, 100);
    who->remote.left_ms = 500;
    assert_int_equal(person_adds(who, "정산"), CXLOG_ERR_RETRY);
    fake_remote_script(&who->remote, FAKE_PUSH_SCHEME, FAKE_LOST_BEFORE, 1, 100);
    assert_int_equal(person_adds(who, "정산"), CXLOG_ERR_RETRY);
    assert_non_null(strstr(who->err.message, "could not be found out"));
}

static void stop_now(fake_remote *remote, void *context)
{
    sync_team *team = context;
    if (remote->requests.write > 0 || remote->operations > 0)
        team->stop = 1;
}

static void a_change_can_be_interrupted_while_it_waits(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    who->remote.before = stop_now;
    who->remote.context = team;
    fake_remote_script(&who->remote, FAKE_PUSH_SCHEME, FAKE_QUOTA, 1, 100);
    assert_int_equal(person_adds(who, "제휴"), CXLOG_ERR_INTERRUPT);
}

static void a_push_can_be_interrupted_while_it_waits(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    person_log(who, 2);
    who->remote.before = stop_now;
    who->remote.context = team;
    fake_remote_script(&who->remote, FAKE_PUSH, FAKE_QUOTA, 1, 100);
    assert_int_equal(person_sync(who), CXLOG_ERR_INTERRUPT);
    team->stop = 0;
    person_reopens(who);
    person_syncs(who);
    team_is_whole(team);
}

/* ---- what the store knows of its sheet ---- */

static void a_store_that_does_not_know_its_tabs_says_so(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    static const char *const values[] = {"-1", "99999999999", "x", "7x",
                                         "99999999999999999999"};
    static const char *const keys[] = {CXLOG_META_LOG_TAB, CXLOG_META_SCHEME_TAB};
    for (size_t k = 0; k < 2; k++) {
        CXLOG_AUTO_TEXT good = NULL;
        assert_int_equal(cxlog_store_get(who->store, keys[k], &good, NULL), CXLOG_OK);
        for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
            assert_int_equal(cxlog_store_set(who->store, keys[k], values[i], NULL),
                             CXLOG_OK);
            assert_int_equal(person_sync(who), i < 2 ? CXLOG_ERR_CONFIG : CXLOG_ERR_BUG);
        }
        assert_int_equal(cxlog_store_set(who->store, keys[k], good, NULL), CXLOG_OK);
        person_syncs(who);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_both_say_is_said_once_and_what_was_taken_back_not_at_all),
        cmocka_unit_test(a_store_that_shared_with_another_sheet_is_not_mixed_in),
        cmocka_unit_test(what_would_be_added_is_told_as_far_as_there_is_room),
        cmocka_unit_test(kinds_stand_on_lines_of_their_own),
        cmocka_unit_test(a_joining_that_loses_every_race_ends),
        cmocka_unit_test(a_code_that_is_taken_there_is_made_anew_or_left_out),
        cmocka_unit_test(no_change_and_too_many_at_once_are_refused),
        cmocka_unit_test(changes_made_alone_wait_for_init),
        cmocka_unit_test(a_change_during_quota_waits_and_then_gives_up),
        cmocka_unit_test(a_change_can_be_interrupted_while_it_waits),
        cmocka_unit_test(a_push_can_be_interrupted_while_it_waits),
        cmocka_unit_test(a_store_that_does_not_know_its_tabs_says_so),
    };
    return cmocka_run_group_tests_name("sync_schemes", tests, NULL, NULL);
}
