/* The fold: what the events make of the scheme, day by day, and what they may not make of
 * it. */
#include "scheme_team.h"

#define DAY cxlog_day_make

static team team_of_2026(void)
{
    team t = team_begin(2026, 5, 20);
    team_add(&t, "", "배송");
    team_add(&t, "", "환불");
    team_add(&t, "배송", "지연");
    team_add(&t, "배송", "파손");
    return t;
}

static void a_rename_changes_names_on_its_day_and_not_before(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    team_must(&t, change(CXLOG_ACTION_RENAME, "배송", "물류", 2027, 1));
    assert_string_equal(resolved(&t, "", "배송", DAY(2026, 12, 31)), "배송");
    assert_null(resolved(&t, "", "배송", DAY(2027, 1, 1)));
    assert_null(resolved(&t, "", "물류", DAY(2026, 12, 31)));
    assert_string_equal(resolved(&t, "", "물류", DAY(2027, 1, 1)), "물류");
}

static void details_follow_a_rename_with_all_that_happens_to_them(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    team_must(&t, change(CXLOG_ACTION_RENAME, "배송", "물류", 2027, 1));
    team_add(&t, "배송", "분실");
    t.today = DAY(2027, 2, 1);
    assert_string_equal(resolved(&t, "물류", "지연", t.today), "지연");
    assert_string_equal(resolved(&t, "물류", "분실", t.today), "분실");
    team_add(&t, "물류", "통관");
    assert_string_equal(resolved(&t, "물류", "통관", t.today), "통관");
    cxlog_proposal again = {.action = CXLOG_ACTION_ADD,
                            .parent = "물류",
                            .name = "지연",
                            .from = CXLOG_NO_DAY};
    expect_refusal(&t, again, "is there already");
    cxlog_proposal rename = change(CXLOG_ACTION_RENAME, "지연", "늦음", 2027, 7);
    rename.parent = "물류";
    team_must(&t, rename);
    assert_string_equal(resolved(&t, "물류", "늦음", DAY(2027, 7, 1)), "늦음");
    const cxlog_value *detail =
        cxlog_scheme_get(t.scheme, CXLOG_DIM_CATEGORY, "물류", "통관");
    assert_string_equal(cxlog_scheme_parent(t.scheme, detail, DAY(2026, 6, 1)), "배송");
    assert_string_equal(cxlog_scheme_parent(t.scheme, detail, DAY(2027, 1, 1)), "물류");
}

static void a_merge_sends_on_and_a_split_stops(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    team_must(&t, change(CXLOG_ACTION_MERGE, "환불", "배송", 2027, 1));
    t.today = DAY(2027, 3, 1);
    team_must(&t, change(CXLOG_ACTION_SPLIT, "배송", "국내, 해외", 2027, 7));
    assert_string_equal(resolved(&t, "", "배송", DAY(2027, 6, 30)), "배송");
    assert_null(resolved(&t, "", "배송", DAY(2027, 7, 1)));
    assert_null(resolved(&t, "", "국내", DAY(2027, 6, 30)));
    assert_string_equal(resolved(&t, "", "해외", DAY(2027, 7, 1)), "해외");
}

static void expect_map(const team *t, const char *parent, const char *name, cxlog_day day,
                       const char *to_parent, const char *to_name)
{
    const char *mapped_parent = NULL, *mapped_name = NULL;
    cxlog_scheme_map(t->scheme, CXLOG_DIM_CATEGORY, parent, name, day, &mapped_parent,
                     &mapped_name);
    assert_string_equal(mapped_parent, to_parent);
    assert_string_equal(mapped_name, to_name);
}

static void old_names_map_through_rename_and_merge_and_stay_at_a_split(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    cxlog_proposal detail = change(CXLOG_ACTION_RENAME, "지연", "늦음", 2026, 7);
    detail.parent = "배송";
    team_must(&t, detail);
    team_must(&t, change(CXLOG_ACTION_RENAME, "배송", "물류", 2027, 1));
    t.today = DAY(2027, 3, 1);
    team_must(&t, change(CXLOG_ACTION_MERGE, "환불", "물류", 2027, 7));
    t.today = DAY(2027, 9, 1);
    team_must(&t, change(CXLOG_ACTION_SPLIT, "물류", "국내, 해외", 2028, 1));
    expect_map(&t, "", "배송", DAY(2026, 12, 31), "", "배송");
    expect_map(&t, "", "배송", DAY(2027, 1, 1), "", "물류");
    expect_map(&t, "", "환불", DAY(2027, 6, 30), "", "환불");
    expect_map(&t, "", "환불", DAY(2028, 6, 1), "", "물류");
    expect_map(&t, "배송", "지연", DAY(2026, 6, 30), "배송", "지연");
    expect_map(&t, "배송", "지연", DAY(2026, 7, 1), "배송", "늦음");
    expect_map(&t, "배송", "지연", DAY(2028, 1, 1), "물류", "늦음");
    expect_map(&t, "환불", "모름", DAY(2028, 1, 1), "물류", "모름");
    expect_map(&t, "", "손으로 쓴 것", DAY(2028, 1, 1), "", "손으로 쓴 것");
    expect_map(&t, "배송", "", DAY(2028, 1, 1), "물류", "");
}

static void the_scheme_as_of_a_day_knows_nothing_of_later_events(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    t.today = DAY(2026, 7, 5);
    team_add(&t, "", "교환");
    team_must(&t, change(CXLOG_ACTION_RETIRE, "환불", NULL, 2027, 1));
    CXLOG_AUTO(cxlog_scheme) *then = NULL;
    assert_int_equal(cxlog_scheme_as_of(&then, t.events, t.count, DAY(2026, 6, 30), NULL),
                     CXLOG_OK);
    assert_int_equal(cxlog_scheme_version(then), 4);
    assert_null(cxlog_scheme_get(then, CXLOG_DIM_CATEGORY, "", "교환"));
    CXLOG_AUTO(cxlog_scheme) *later = NULL;
    assert_int_equal(cxlog_scheme_as_of(&later, t.events, t.count, DAY(2027, 1, 1), NULL),
                     CXLOG_OK);
    assert_true(cxlog_value_in_use(
        cxlog_scheme_get(later, CXLOG_DIM_CATEGORY, "", "교환"), DAY(2027, 1, 1)));
    const cxlog_value *retired = cxlog_scheme_get(later, CXLOG_DIM_CATEGORY, "", "환불");
    assert_true(cxlog_value_in_use(retired, DAY(2026, 12, 31)));
    assert_false(cxlog_value_in_use(retired, DAY(2027, 1, 1)));
}

/* Events that no client writes, though whoever edits the sheet can chain them rightly. */
static void events_against_the_rules_are_no_scheme(void **state)
{
    (void)state;
    static const struct {
        cxlog_action action;
        const char *parent, *name, *code, *target;
        int year, month, mday; /* year 0: at once */
    } bad[] = {
        {CXLOG_ACTION_ADD, "", "배송", "", "", 0, 0, 0},
        {CXLOG_ACTION_ADD, "", "반송", "ㅂㅅ", "", 0, 0, 0},
        {CXLOG_ACTION_ADD, "없음", "가", "", "", 0, 0, 0},
        {CXLOG_ACTION_ADD, "", "가/나", "", "", 0, 0, 0},
        {CXLOG_ACTION_ADD, "", " 가", "", "", 0, 0, 0},
        {CXLOG_ACTION_ADD, "", "", "", "", 0, 0, 0},
        {CXLOG_ACTION_ADD, "", "가\x1b[2J", "", "", 0, 0, 0},
        {CXLOG_ACTION_ADD, "", "가", "열두글자를넘는긴코드입니다", "", 0, 0, 0},
        {CXLOG_ACTION_ALIAS, "", "배송", "", "환불", 0, 0, 0},
        {CXLOG_ACTION_ALIAS, "", "없음", "", "가", 0, 0, 0},
        {CXLOG_ACTION_RETIRE, "", "없음", "", "", 0, 0, 0},
        {CXLOG_ACTION_RETIRE, "", "배송", "", "", 2026, 7, 2},
        {CXLOG_ACTION_RETIRE, "", "배송", "", "", 2026, 1, 1},
        {CXLOG_ACTION_RENAME, "", "배송", "", "환불", 2027, 1, 1},
        {CXLOG_ACTION_MERGE, "", "배송", "", "배송", 2027, 1, 1},
        {CXLOG_ACTION_MERGE, "", "배송", "", "없음", 2027, 1, 1},
        {CXLOG_ACTION_SPLIT, "", "배송", "", "가, 배송", 2027, 1, 1},
        {CXLOG_ACTION_WITHDRAW, "", "배송", "", "1", 0, 0, 0},
        {CXLOG_ACTION_WITHDRAW, "", "배송", "", "", 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CXLOG_AUTO_VALUE(team) t = team_of_2026();
        CXLOG_AUTO_TEXT name = strdup(bad[i].name);
        cxlog_event event = {
            .number = 5,
            .at = (cxlog_wall)t.today * 86400,
            .action = bad[i].action,
            .name = name,
            .from =
                bad[i].year ? DAY(bad[i].year, bad[i].month, bad[i].mday) : CXLOG_NO_DAY,
        };
        CXLOG_AUTO_TEXT parent = strdup(bad[i].parent);
        CXLOG_AUTO_TEXT code = strdup(bad[i].code);
        CXLOG_AUTO_TEXT target = strdup(bad[i].target);
        event.parent = parent;
        event.code = code;
        event.target = target;
        cxlog_error err = {0};
        if (cxlog_scheme_apply(t.scheme, &event, &err) != CXLOG_ERR_TAMPERED)
            fail_msg("case %zu was folded", i);
        if (!strstr(err.message, "scheme event 5"))
            fail_msg("case %zu: %s", i, err.message);
    }
}

static cxlog_status apply_late(const char *name, const char *target, cxlog_action action,
                               cxlog_day day)
{
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    team_must(&t, change(CXLOG_ACTION_RENAME, "배송", "물류", 2027, 1));
    CXLOG_AUTO_VALUE(cxlog_event)
    event = {.number = 6,
             .at = (cxlog_wall)day * 86400,
             .action = action,
             .name = strdup(name),
             .target = strdup(target),
             .from = CXLOG_NO_DAY};
    return cxlog_scheme_apply(t.scheme, &event, NULL);
}

static void a_plan_is_folded_back_until_its_day_and_no_later(void **state)
{
    (void)state;
    assert_int_equal(apply_late("배송", "5", CXLOG_ACTION_WITHDRAW, DAY(2026, 12, 31)),
                     CXLOG_OK);
    assert_int_equal(apply_late("배송", "5", CXLOG_ACTION_WITHDRAW, DAY(2027, 1, 1)),
                     CXLOG_ERR_TAMPERED);
}

static void a_name_takes_part_in_changes_once_it_has_begun(void **state)
{
    (void)state;
    assert_int_equal(apply_late("환불", "물류", CXLOG_ACTION_MERGE, DAY(2026, 12, 31)),
                     CXLOG_ERR_TAMPERED);
    assert_int_equal(apply_late("환불", "물류", CXLOG_ACTION_MERGE, DAY(2027, 1, 1)),
                     CXLOG_OK);
    assert_int_equal(apply_late("물류", "", CXLOG_ACTION_RETIRE, DAY(2026, 12, 31)),
                     CXLOG_ERR_TAMPERED);
    assert_int_equal(apply_late("배송", "", CXLOG_ACTION_RETIRE, DAY(2026, 12, 31)),
                     CXLOG_ERR_TAMPERED);
}

static void an_event_out_of_its_turn_is_refused(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    CXLOG_AUTO_TEXT name = strdup("가");
    cxlog_event event = {.number = 4, .name = name, .from = CXLOG_NO_DAY};
    assert_int_equal(cxlog_scheme_apply(t.scheme, &event, NULL), CXLOG_ERR_TAMPERED);
    event.number = 6;
    assert_int_equal(cxlog_scheme_apply(t.scheme, &event, NULL), CXLOG_ERR_TAMPERED);
    assert_int_equal(cxlog_scheme_version(t.scheme), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rename_changes_names_on_its_day_and_not_before),
        cmocka_unit_test(details_follow_a_rename_with_all_that_happens_to_them),
        cmocka_unit_test(a_merge_sends_on_and_a_split_stops),
        cmocka_unit_test(old_names_map_through_rename_and_merge_and_stay_at_a_split),
        cmocka_unit_test(the_scheme_as_of_a_day_knows_nothing_of_later_events),
        cmocka_unit_test(events_against_the_rules_are_no_scheme),
        cmocka_unit_test(a_plan_is_folded_back_until_its_day_and_no_later),
        cmocka_unit_test(a_name_takes_part_in_changes_once_it_has_begun),
        cmocka_unit_test(an_event_out_of_its_turn_is_refused),
    };
    return cmocka_run_group_tests_name("scheme_fold", tests, NULL, NULL);
}
