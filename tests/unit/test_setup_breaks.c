/* Whatever call fails in the middle of a set-up, the same again, as a new process, ends
 * as if nothing had. */
#include "sync_breaks.h"

static cxlog_status set_up(person *who)
{
    cxlog_setup_result result;
    return person_sets_up(who, true, &result);
}

static void local_add(person *who, cxlog_dim dim, const char *name, const char *target)
{
    person_changes_alone(
        who, (cxlog_proposal){
                 .action = CXLOG_ACTION_ADD, .dim = dim, .name = name, .target = target});
}

static void add_alone(sync_team *team)
{
    local_add(&team->people[0], CXLOG_DIM_FIELD, "등급", "text");
}

static void a_first_set_up_breaks_off_anywhere(void **state)
{
    (void)state;
    breaks(&(work){.name = "set-up", .people = 1, .prepare = add_alone, .act = set_up},
           24);
}

static void set_up_once(sync_team *team)
{
    assert_int_equal(set_up(&team->people[0]), CXLOG_OK);
}

static void a_second_set_up_breaks_off_anywhere(void **state)
{
    (void)state;
    breaks(
        &(work){
            .name = "set-up again", .people = 1, .prepare = set_up_once, .act = set_up},
        12);
}

static void leave_the_spreadsheet(sync_team *team)
{
    set_up_once(team);
    fake_sheet_clear(&team->sheet);
    fake_sheet_init(&team->sheet);
    team->people[0].options.sheet_id = "another-spreadsheet";
}

static void a_move_to_another_spreadsheet_breaks_off_anywhere(void **state)
{
    (void)state;
    breaks(&(work){.name = "another spreadsheet",
                   .people = 1,
                   .prepare = leave_the_spreadsheet,
                   .act = set_up},
           24);
}

static void two_schemes(sync_team *team)
{
    local_add(&team->people[1], CXLOG_DIM_CATEGORY, "해외배송", NULL);
    local_add(&team->people[1], CXLOG_DIM_CATEGORY, "정산", NULL);
    assert_int_equal(set_up(&team->people[1]), CXLOG_OK);
    local_add(&team->people[0], CXLOG_DIM_CATEGORY, "정산", NULL);
    local_add(&team->people[0], CXLOG_DIM_CATEGORY, "제휴", NULL);
    local_add(&team->people[0], CXLOG_DIM_FIELD, "등급", "text");
}

static void a_joining_of_two_schemes_breaks_off_anywhere(void **state)
{
    (void)state;
    breaks(&(work){.name = "join", .people = 2, .prepare = two_schemes, .act = set_up},
           72);
}

static void one_goes_on(sync_team *team)
{
    assert_int_equal(set_up(&team->people[1]), CXLOG_OK);
    local_add(&team->people[0], CXLOG_DIM_CATEGORY, "제휴", NULL);
}

static void a_joining_that_only_adds_breaks_off_anywhere(void **state)
{
    (void)state;
    breaks(
        &(work){
            .name = "join and add", .people = 2, .prepare = one_goes_on, .act = set_up},
        30);
}

int main(void)
{
    breaking_in_memory();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_first_set_up_breaks_off_anywhere),
        cmocka_unit_test(a_second_set_up_breaks_off_anywhere),
        cmocka_unit_test(a_move_to_another_spreadsheet_breaks_off_anywhere),
        cmocka_unit_test(a_joining_of_two_schemes_breaks_off_anywhere),
        cmocka_unit_test(a_joining_that_only_adds_breaks_off_anywhere),
    };
    return cmocka_run_group_tests_name("setup_breaks", tests, NULL, NULL);
}
