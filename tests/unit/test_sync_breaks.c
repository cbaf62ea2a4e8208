/* Whatever call fails in the middle of a sync or a change of the scheme, the same again,
 * as a new process, ends as if nothing had: each record in the sheet once. */
#include <stdio.h>
#include <unistd.h>

#include "sync_breaks.h"

/* ---- records ---- */

static void log_and_let_others_push(sync_team *team)
{
    person_log(&team->people[1], 2);
    person_syncs(&team->people[1]);
    assert_int_equal(person_adds_field(&team->people[1], "등급"), CXLOG_OK);
    person_log(&team->people[0], 3);
}

static void a_sync_breaks_off_anywhere(void **state)
{
    (void)state;
    breaks(&(work){.name = "sync",
                   .people = 2,
                   .set_up = true,
                   .prepare = log_and_let_others_push,
                   .act = person_sync},
           60);
}

static void leave_unknown(sync_team *team)
{
    person *who = &team->people[0];
    person_log(who, 2);
    fake_remote_script(&who->remote, FAKE_PUSH, FAKE_LOST_BEFORE, 1, 100);
    assert_int_equal(person_sync(who), CXLOG_ERR_RETRY);
    person_reopens(who);
}

static void a_sync_that_finds_out_about_the_last_one_breaks_off_anywhere(void **state)
{
    (void)state;
    breaks(&(work){.name = "settle",
                   .people = 1,
                   .set_up = true,
                   .prepare = leave_unknown,
                   .act = person_sync},
           48);
}

static void move_rows(sync_team *team)
{
    person *who = &team->people[0];
    person_log(who, 6);
    person_syncs(who);
    person_log(&team->people[1], 1);
    person_syncs(&team->people[1]);
    fake_reverse_rows(&team->sheet);
    person_reopens(who);
}

static void a_sync_after_a_sorting_breaks_off_anywhere(void **state)
{
    (void)state;
    breaks(&(work){.name = "sync after a sorting",
                   .people = 2,
                   .set_up = true,
                   .prepare = move_rows,
                   .act = person_sync},
           36);
}

static bool is_third(const cxlog_entry *entry)
{
    return strncmp(cxlog_entry_text(entry, CXLOG_COL_NOTE), "2", 1) == 0;
}

static void log_one_that_is_refused(sync_team *team)
{
    person_log(&team->people[0], 4);
    team->sheet.refuses = is_third;
}

static void all_but_the_refused_are_there(sync_team *team)
{
    for (size_t i = 0; i < team->logged; i++)
        assert_int_equal(fake_count(&team->sheet, team->ids[i]), i != 2);
}

static void a_sync_that_is_refused_breaks_off_anywhere(void **state)
{
    (void)state;
    breaks(&(work){.name = "refused",
                   .people = 1,
                   .set_up = true,
                   .prepare = log_one_that_is_refused,
                   .act = person_sync,
                   .check = all_but_the_refused_are_there},
           48);
}

/* ---- scheme ---- */

/* Lost answers are told as such: whoever looks first does not add it twice. */
static cxlog_status add_field(person *who)
{
    bool going = breaking_pause();
    bool there = person_knows(who, CXLOG_DIM_FIELD, "등급");
    breaking_go_on(going);
    return there ? CXLOG_OK : person_adds_field(who, "등급");
}

static cxlog_status sync_then_add_field(person *who)
{
    bool going = breaking_pause();
    cxlog_status status = person_sync(who);
    breaking_go_on(going);
    return status ? status : add_field(who);
}

static void others_add(sync_team *team)
{
    assert_int_equal(person_adds(&team->people[1], "해외배송"), CXLOG_OK);
}

static void a_change_of_the_scheme_breaks_off_anywhere(void **state)
{
    (void)state;
    breaks(&(work){.name = "category add",
                   .people = 2,
                   .set_up = true,
                   .prepare = others_add,
                   .act = sync_then_add_field},
           48);
}

static cxlog_status add_here(person *who)
{
    bool going = breaking_pause();
    bool there = person_knows(who, CXLOG_DIM_CATEGORY, "제휴");
    breaking_go_on(going);
    if (there)
        return CXLOG_OK;
    cxlog_proposal proposal = {.action = CXLOG_ACTION_ADD,
                               .dim = CXLOG_DIM_CATEGORY,
                               .name = "제휴",
                               .from = CXLOG_NO_DAY,
                               .author = "하늘",
                               .now = cxlog_wall_now()};
    cxlog_event *events = NULL;
    cxlog_status status = cxlog_sync_propose(who->store, NULL, &who->options, &proposal,
                                             1, &events, &who->err);
    cxlog_events_free(events, events ? 1 : 0);
    return status;
}

static void knows_the_new_name(sync_team *team)
{
    assert_int_equal(add_here(&team->people[0]), CXLOG_OK);
}

static void a_change_without_a_sheet_breaks_off_anywhere(void **state)
{
    (void)state;
    breaks(&(work){.name = "category add without a sheet",
                   .people = 1,
                   .act = add_here,
                   .check = knows_the_new_name},
           36);
}

static cxlog_status restore(person *who)
{
    CXLOG_AUTO_VALUE(cxlog_restore_result) result = {0};
    return cxlog_sync_restore_scheme(who->store, &who->remote.base, &who->options, true,
                                     &result, &who->err);
}

static void edit_events(sync_team *team)
{
    assert_int_equal(person_adds(&team->people[1], "해외배송"), CXLOG_OK);
    fake_edit_event(&team->sheet, 7, "고침");
    fake_note_below_events(&team->sheet, "회의에서 정할 것");
}

static void a_mending_of_the_scheme_breaks_off_anywhere(void **state)
{
    (void)state;
    breaks(&(work){.name = "category restore",
                   .people = 2,
                   .set_up = true,
                   .prepare = edit_events,
                   .act = restore},
           48);
}

static cxlog_status verify(person *who)
{
    int64_t version;
    return cxlog_sync_verify_scheme(who->store, &who->remote.base, &version, &who->err);
}

static void a_check_of_the_scheme_breaks_off_anywhere(void **state)
{
    (void)state;
    breaks(&(work){.name = "verify", .people = 1, .set_up = true, .act = verify}, 25);
}

/* ---- locks ---- */

static void take_and_drop(void *context)
{
    const char *store = context;
    cxlog_lock *mine = NULL, *waiter = NULL;
    int64_t holder;
    cxlog_error err = {0};
    breaking_start();
    cxlog_status status =
        cxlog_lock_take(&mine, store, CXLOG_LOCK_WORK, 0, &holder, &err);
    if (status == CXLOG_OK)
        status = cxlog_lock_take(&waiter, store, CXLOG_LOCK_WAITER, 0, &holder, &err);
    int64_t seen = cxlog_lock_holder(store, CXLOG_LOCK_WORK);
    bool struck = breaking_stop();
    assert_true(struck || (status == CXLOG_OK && seen > 0));
    assert_true(status == CXLOG_OK || *err.message);
    cxlog_lock_drop(mine);
    cxlog_lock_drop(waiter);
    cxlog_lock_drop(NULL);
    assert_int_equal(cxlog_lock_holder(store, CXLOG_LOCK_WORK), 0);
    assert_int_equal(cxlog_lock_take(&mine, store, CXLOG_LOCK_WORK, 0, &holder, &err),
                     CXLOG_OK);
    cxlog_lock_drop(mine);
}

static void a_lock_that_could_not_be_taken_is_free(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, false);
    cxlog_lock *other = NULL;
    int64_t holder;
    char path[128];
    snprintf(path, sizeof path, "%s/other.db", team->folder);
    assert_int_equal(cxlog_lock_take(&other, path, CXLOG_LOCK_WORK, 0, &holder, NULL),
                     CXLOG_OK);
    size_t ways =
        breaking_each(BREAK_MEMORY | BREAK_FILES, take_and_drop, team->people[0].path);
    cxlog_lock_drop(other);
    snprintf(path, sizeof path, "%s/other.db.lock", team->folder);
    unlink(path);
    assert_true(ways >= 6);
}

int main(void)
{
    breaking_in_memory();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sync_breaks_off_anywhere),
        cmocka_unit_test(a_sync_that_finds_out_about_the_last_one_breaks_off_anywhere),
        cmocka_unit_test(a_sync_after_a_sorting_breaks_off_anywhere),
        cmocka_unit_test(a_sync_that_is_refused_breaks_off_anywhere),
        cmocka_unit_test(a_change_of_the_scheme_breaks_off_anywhere),
        cmocka_unit_test(a_change_without_a_sheet_breaks_off_anywhere),
        cmocka_unit_test(a_mending_of_the_scheme_breaks_off_anywhere),
        cmocka_unit_test(a_check_of_the_scheme_breaks_off_anywhere),
        cmocka_unit_test(a_lock_that_could_not_be_taken_is_free),
    };
    return cmocka_run_group_tests_name("sync_breaks", tests, NULL, NULL);
}
