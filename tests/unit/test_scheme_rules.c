/* The constitution: what may be written into the scheme, and what is said when it may
 * not. */
#include "scheme_team.h"

static cxlog_proposal addition(const char *parent, const char *name)
{
    return (cxlog_proposal){
        .action = CXLOG_ACTION_ADD, .parent = parent, .name = name, .from = CXLOG_NO_DAY};
}

static team team_of_2026(void)
{
    team t = team_begin(2026, 5, 20);
    team_add(&t, "", "배송");
    team_add(&t, "", "환불");
    team_add(&t, "", "결제");
    team_add(&t, "배송", "지연");
    return t;
}

static void a_near_duplicate_is_questioned_with_commands_to_type(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    expect_refusal(&t, addition("", "배송문의"), "similar category already: \"배송\"");
    expect_suggestion(&t, "cxlog log 배송 …");
    expect_suggestion(&t, "cxlog category add 배송/문의");
    expect_suggestion(&t, "cxlog category alias 배송 배송문의");
    expect_suggestion(&t, "cxlog category add 배송문의 --new --code ㅂㅅㅁ");
    cxlog_proposal forced = addition("", "배송문의");
    forced.force_new = true;
    forced.code = "ㅂㅅㅁ";
    team_must(&t, forced);
}

static void names_are_alike_by_keys_by_one_key_and_by_what_they_contain(void **state)
{
    (void)state;
    static const char *const alike[] = {"배쏭", "qothd", "환불 규정", "배숑",
                                        "환불\xe1\x86\xab"};
    for (size_t i = 0; i < sizeof alike / sizeof alike[0]; i++) {
        CXLOG_AUTO_VALUE(team) t = team_of_2026();
        expect_refusal(&t, addition("", alike[i]), "similar");
    }
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    team_add(&t, "", "설치");
    team_add(&t, "환불", "지연"); /* of another category: not its neighbour */
}

static void a_name_that_is_there_is_not_added_again(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    cxlog_proposal again = addition("", "배송");
    again.force_new = true;
    expect_refusal(&t, again, "\"배송\" is there already");
    team_must(&t, change(CXLOG_ACTION_ALIAS, "배송", "택배", 0, 0));
    again.name = "택배";
    expect_refusal(&t, again, "alias or code of category \"배송\"");
    again.name = "ㅂㅅ";
    expect_refusal(&t, again, "alias or code of category \"배송\"");
    team_must(&t, change(CXLOG_ACTION_MERGE, "환불", "결제", 0, 0));
    again.name = "환불";
    expect_refusal(&t, again, "\"환불\" is there already: ");
    assert_non_null(strstr(t.err.message, "2026-05-20; use \"결제\""));
}

static void a_code_is_frozen_for_ever(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    assert_string_equal(cxlog_scheme_get(t.scheme, CXLOG_DIM_CATEGORY, "", "배송")->code,
                        "ㅂㅅ");
    cxlog_proposal coded = addition("", "배상");
    coded.force_new = true; /* one key from 배송 */
    expect_refusal(&t, coded, "code ㅂㅅ of \"배상\" is taken by \"배송\"");
    expect_suggestion(&t, "cxlog category add 배상 --code ㅂㅅㅇ --new");
    coded.code = "ㅄ"; /* the same keys */
    expect_refusal(&t, coded, "is taken");
    team_must(&t, change(CXLOG_ACTION_RETIRE, "배송", NULL, 0, 0));
    coded.code = NULL;
    expect_refusal(&t, coded, "is taken by \"배송\"");
    coded.code = "ㅂㅅㅇ";
    team_must(&t, coded);
    coded.name = "부상";
    coded.code = NULL;
    expect_refusal(&t, coded, "is taken");
    expect_suggestion(&t, "cxlog category add 부상 --code ㅂㅅ2 --new");
    coded.code = "환불";
    expect_refusal(&t, coded, "is taken by \"환불\"");
    coded.code = "";
    team_must(&t, coded);
    assert_string_equal(cxlog_scheme_get(t.scheme, CXLOG_DIM_CATEGORY, "", "부상")->code,
                        "");
}

static void a_name_without_hangul_gets_no_code_unless_given(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    team_add(&t, "", "Web");
    assert_string_equal(cxlog_scheme_get(t.scheme, CXLOG_DIM_CATEGORY, "", "Web")->code,
                        "");
    cxlog_proposal coded = addition("", "App store");
    coded.code = "as";
    team_must(&t, coded);
    coded = addition("", "Mail");
    coded.code = "two words";
    expect_refusal(&t, coded, "one word");
    coded.code = "열두글자를넘는긴코드입니다";
    expect_refusal(&t, coded, "at most 12");
}

static void names_are_clean_or_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "  ",
        "가/나",
        "가\n나",
        "가\x1b[2J",
        "\xff",
        "숨은\xe2\x80\xae글", /* NOLINT(misc-misleading-bidirectional):
                                 is what is refused */
        "너비\xe2\x80\x8b없음"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CXLOG_AUTO_TEXT name = NULL;
        if (cxlog_name_clean(&name, bad[i], "name", NULL) != CXLOG_ERR_VALUE)
            fail_msg("case %zu accepted", i);
        assert_null(name);
    }
    char longest[3 * (CXLOG_NAME_MAX + 1) + 1] = "";
    for (size_t i = 0; i < CXLOG_NAME_MAX; i++)
        memcpy(longest + 3 * i, "가", 4);
    CXLOG_AUTO_TEXT name = NULL;
    assert_int_equal(cxlog_name_clean(&name, longest, "name", NULL), CXLOG_OK);
    memcpy(longest + 3 * (size_t)CXLOG_NAME_MAX, "가", 4);
    CXLOG_AUTO_TEXT none = NULL;
    assert_int_equal(cxlog_name_clean(&none, longest, "name", NULL), CXLOG_ERR_VALUE);
    CXLOG_AUTO_TEXT nfc = NULL;
    assert_int_equal(
        cxlog_name_clean(&nfc,
                         " \xe1\x84\x87\xe1\x85\xa2\xe1\x84\x89\xe1\x85\xa9\xe1\x86\xbc ",
                         "name", NULL),
        CXLOG_OK);
    assert_string_equal(nfc, "배송");
}

static void a_used_name_changes_only_from_a_coming_half_year(void **state)
{
    (void)state;
    static const struct {
        int year, month, mday;
        bool accepted;
    } days[] = {
        {2026, 7, 1, true},   {2027, 1, 1, true},   {2027, 7, 1, true},
        {2026, 5, 20, false}, {2026, 5, 21, false}, {2026, 1, 1, false},
        {2025, 7, 1, false},  {2026, 7, 2, false},  {2026, 10, 1, false},
        {2026, 6, 1, false},
    };
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        CXLOG_AUTO_VALUE(team) t = team_of_2026();
        cxlog_proposal p = change(CXLOG_ACTION_RENAME, "배송", "물류", 2027, 1);
        p.from = cxlog_day_make(days[i].year, days[i].month, days[i].mday);
        if ((team_propose(&t, p) == CXLOG_OK) != days[i].accepted)
            fail_msg("case %zu: %s", i, t.err.message);
    }
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    cxlog_proposal p = change(CXLOG_ACTION_RENAME, "배송", "물류", 2027, 1);
    p.from = CXLOG_NO_DAY;
    expect_refusal(&t, p, "plan it for 2026-07-01");
    expect_suggestion(&t, "cxlog category rename 배송 물류 --from 2026-H2 --reason 회의");
    p = change(CXLOG_ACTION_RETIRE, "배송", NULL, 2027, 1);
    p.from = CXLOG_NO_DAY;
    p.reason = NULL;
    expect_refusal(&t, p, "plan it for 2026-07-01");
    expect_suggestion(&t, "cxlog category retire 배송 --from 2026-H2 --reason …");
    p.from = cxlog_day_make(2027, 1, 1);
    expect_refusal(&t, p, "needs its reason");
}

static void a_name_never_used_may_change_at_once(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    team_must(&t, change(CXLOG_ACTION_RENAME, "배송", "물류", 0, 0));
    team_must(&t, change(CXLOG_ACTION_RETIRE, "환불", NULL, 0, 0));
    assert_null(resolved(&t, "", "배송", t.today));
    assert_string_equal(resolved(&t, "", "물류", t.today), "물류");
    assert_null(resolved(&t, "", "환불", t.today));
}

static void one_name_has_one_planned_change(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    team_must(&t, change(CXLOG_ACTION_RENAME, "배송", "물류", 2027, 1));
    expect_refusal(&t, change(CXLOG_ACTION_RETIRE, "배송", NULL, 2027, 7),
                   "withdraw that first");
    expect_suggestion(&t, "cxlog category withdraw 5");
    expect_refusal(&t, change(CXLOG_ACTION_MERGE, "환불", "배송", 2027, 1),
                   "withdraw that first");
    expect_refusal(&t, change(CXLOG_ACTION_RENAME, "물류", "물건", 2027, 7),
                   "starts on 2027-01-01");
    expect_refusal(&t, change(CXLOG_ACTION_ALIAS, "물류", "짐", 0, 0),
                   "starts on 2027-01-01");
    expect_refusal(&t, addition("물류", "창고"), "starts on 2027-01-01");
    expect_refusal(&t, addition("", "물류"), "is there already");
}

static void a_merge_needs_a_living_target_and_not_itself(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    expect_refusal(&t, change(CXLOG_ACTION_MERGE, "환불", "환불", 2027, 1), "itself");
    expect_refusal(&t, change(CXLOG_ACTION_MERGE, "환불", "없음", 2027, 1),
                   "no category \"없음\"");
    team_must(&t, change(CXLOG_ACTION_RETIRE, "결제", NULL, 0, 0));
    expect_refusal(&t, change(CXLOG_ACTION_MERGE, "환불", "결제", 2027, 1),
                   "takes no records");
}

static void a_split_gives_each_new_name_its_code(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    expect_refusal(&t, change(CXLOG_ACTION_SPLIT, "배송", "국내배송", 2027, 1),
                   "two names");
    expect_refusal(&t, change(CXLOG_ACTION_SPLIT, "배송", "국내배송,배송", 2027, 1),
                   "different");
    expect_refusal(&t, change(CXLOG_ACTION_SPLIT, "배송", "물류,물류", 2027, 1),
                   "different");
    cxlog_proposal twice = change(CXLOG_ACTION_SPLIT, "배송", "물류,마루", 2027, 1);
    twice.code = "c,c";
    expect_refusal(&t, twice, "different codes");
    team_must(&t,
              change(CXLOG_ACTION_SPLIT, "배송", "국내배송 ,해외배송, 결제", 2027, 1));
    const cxlog_event *event = &t.events[t.count - 1];
    assert_string_equal(event->target, "국내배송, 해외배송, 결제");
    assert_string_equal(event->code, "ㄱㄴㅂㅅ, ㅎㅇㅂㅅ, ");
    assert_string_equal(
        cxlog_scheme_get(t.scheme, CXLOG_DIM_CATEGORY, "", "해외배송")->code, "ㅎㅇㅂㅅ");
    cxlog_proposal coded = change(CXLOG_ACTION_SPLIT, "환불", "취소,반품", 2027, 1);
    coded.code = "c,b";
    team_must(&t, coded);
    assert_string_equal(cxlog_scheme_get(t.scheme, CXLOG_DIM_CATEGORY, "", "반품")->code,
                        "b");
}

/* 결제 has ㄱㅈ, and each of the new names would. */
static void the_parts_of_a_split_get_codes_that_are_free(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    team_must(&t, change(CXLOG_ACTION_SPLIT, "배송", "거절,가전,공지", 2027, 1));
    assert_string_equal(t.events[t.count - 1].code, "ㄱㅈㄹ, ㄱㅈㄴ, ㄱㅈ2");
}

static void a_plan_is_withdrawn_before_it_takes_effect_and_not_after(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    team_must(&t, change(CXLOG_ACTION_RENAME, "배송", "물류", 2027, 1));
    cxlog_proposal withdraw = change(CXLOG_ACTION_WITHDRAW, NULL, "5", 0, 0);
    withdraw.dim = CXLOG_DIM_CHANNEL;
    expect_refusal(&t, withdraw, "no planned change of a channel");
    withdraw.dim = CXLOG_DIM_CATEGORY;
    team_must(&t, withdraw);
    assert_string_equal(t.events[t.count - 1].name, "배송");
    assert_null(cxlog_scheme_get(t.scheme, CXLOG_DIM_CATEGORY, "", "물류"));
    assert_string_equal(resolved(&t, "", "배송", cxlog_day_make(2028, 1, 1)), "배송");
    expect_refusal(&t, withdraw, "no planned change");
    team_must(&t, change(CXLOG_ACTION_RENAME, "배송", "물류", 2027, 7));
    t.today = cxlog_day_make(2027, 7, 1);
    expect_refusal(&t, change(CXLOG_ACTION_WITHDRAW, NULL, "7", 0, 0),
                   "took effect on 2027-07-01");
    expect_refusal(&t, change(CXLOG_ACTION_WITHDRAW, NULL, "7; drop", 0, 0),
                   "no planned change");
}

static void an_alias_is_one_word_for_one_value(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    team_must(&t, change(CXLOG_ACTION_ALIAS, "배송", "택배", 0, 0));
    assert_string_equal(resolved(&t, "", "택배", t.today), "배송");
    expect_refusal(&t, change(CXLOG_ACTION_ALIAS, "환불", "택배", 0, 0),
                   "alias or code of");
    expect_refusal(&t, change(CXLOG_ACTION_ALIAS, "환불", "결제", 0, 0),
                   "is there already");
    expect_refusal(&t, change(CXLOG_ACTION_ALIAS, "환불", "ㅄ", 0, 0),
                   "alias or code of");
    expect_refusal(&t, change(CXLOG_ACTION_ALIAS, "환물", "반환", 0, 0), "nearest: 환불");
}

static void a_team_field_has_a_kind_and_the_next_column(void **state)
{
    (void)state;
    static const struct {
        const char *name, *kind, *refusal, *folded;
    } cases[] = {
        {"주문번호", "text", NULL, "text"},
        {"수량", "number", NULL, "number"},
        {"등급", "choice: 금, 은", NULL, "choice:금,은"},
        {"비고란", NULL, NULL, "text"},
        {"색", "colour", "text, number or choice", NULL},
        {"색", "choice:하나", "at least two", NULL},
        {"색", "choice:가,가", "twice", NULL},
        {"색", "choice:가,", "blank", NULL},
        {"내용", "text", "a column that the log has", NULL},
        {"a=b", "text", "\"=\"", NULL},
    };
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    int column = 22;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cxlog_proposal p = addition("", cases[i].name);
        p.dim = CXLOG_DIM_FIELD;
        p.target = cases[i].kind;
        if (cases[i].refusal) {
            expect_refusal(&t, p, cases[i].refusal);
            continue;
        }
        team_must(&t, p);
        const cxlog_value *field =
            cxlog_scheme_get(t.scheme, CXLOG_DIM_FIELD, "", cases[i].name);
        assert_string_equal(field->kind, cases[i].folded);
        assert_int_equal(field->column, column++);
        assert_string_equal(field->code, "");
    }
    cxlog_proposal rename = change(CXLOG_ACTION_RENAME, "수량", "개수", 2027, 1);
    rename.dim = CXLOG_DIM_FIELD;
    expect_refusal(&t, rename, "keeps its name");
}

static void suggested_commands_survive_the_shell(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = team_of_2026();
    team_add(&t, "", "it's $5");
    expect_refusal(&t, addition("", "it's $50"), "similar");
    expect_suggestion(&t, "cxlog category alias 'it'\\''s $5' 'it'\\''s $50'");
}

static void a_planned_detail_named_like_a_category_can_be_withdrawn(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = team_begin(2026, 3, 2);
    team_add(&t, "", "배송");
    team_add(&t, "배송", "지연");
    team_add(&t, "", "환불");
    team_add(&t, "환불", "카드");
    cxlog_proposal rename = change(CXLOG_ACTION_RENAME, "지연", "환불", 2026, 7);
    rename.parent = "배송";
    team_must(&t, rename);
    team_must(&t, (cxlog_proposal){.action = CXLOG_ACTION_WITHDRAW,
                                   .target = "5",
                                   .from = CXLOG_NO_DAY});
    assert_string_equal(resolved(&t, "배송", "지연", cxlog_day_make(2026, 8, 1)), "지연");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_near_duplicate_is_questioned_with_commands_to_type),
        cmocka_unit_test(names_are_alike_by_keys_by_one_key_and_by_what_they_contain),
        cmocka_unit_test(a_name_that_is_there_is_not_added_again),
        cmocka_unit_test(a_code_is_frozen_for_ever),
        cmocka_unit_test(a_name_without_hangul_gets_no_code_unless_given),
        cmocka_unit_test(names_are_clean_or_refused),
        cmocka_unit_test(a_used_name_changes_only_from_a_coming_half_year),
        cmocka_unit_test(a_name_never_used_may_change_at_once),
        cmocka_unit_test(one_name_has_one_planned_change),
        cmocka_unit_test(a_merge_needs_a_living_target_and_not_itself),
        cmocka_unit_test(a_split_gives_each_new_name_its_code),
        cmocka_unit_test(the_parts_of_a_split_get_codes_that_are_free),
        cmocka_unit_test(a_plan_is_withdrawn_before_it_takes_effect_and_not_after),
        cmocka_unit_test(an_alias_is_one_word_for_one_value),
        cmocka_unit_test(a_team_field_has_a_kind_and_the_next_column),
        cmocka_unit_test(suggested_commands_survive_the_shell),
        cmocka_unit_test(a_planned_detail_named_like_a_category_can_be_withdrawn),
    };
    return cmocka_run_group_tests_name("scheme_rules", tests, NULL, NULL);
}
