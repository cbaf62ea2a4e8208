/* From typed words to values: what acts, what only suggests, what is refused with its
 * reason. */
#include "scheme_team.h"

static team starter_team(void)
{
    team t = team_begin(2026, 5, 20);
    cxlog_event *events = NULL;
    size_t count = 0;
    assert_int_equal(cxlog_scheme_starter(&events, &count, NULL), CXLOG_OK);
    for (size_t i = 0; i < count; i++)
        team_keep(&t, &events[i]);
    free(events);
    return t;
}

static void names_codes_aliases_and_their_beginnings_act(void **state)
{
    (void)state;
    static const struct {
        cxlog_dim dim;
        const char *parent, *typed, *name;
    } cases[] = {
        {CXLOG_DIM_CATEGORY, "", "배송", "배송"},
        {CXLOG_DIM_CATEGORY, "", "ㅂㅅ", "배송"},
        {CXLOG_DIM_CATEGORY, "", "ㅄ", "배송"},
        {CXLOG_DIM_CATEGORY, "", "qothd", "배송"},
        {CXLOG_DIM_CATEGORY, "", "도입", "도입상담"},
        {CXLOG_DIM_CATEGORY, "배송", "미도", "미도착"},
        {CXLOG_DIM_CHANNEL, "", "카톡", "카카오톡"},
        {CXLOG_DIM_CHANNEL, "", "메일", "이메일"},
        {CXLOG_DIM_CHANNEL, "", "인스타", "인스타그램DM"},
        {CXLOG_DIM_CHANNEL, "", "ㅈㅎ", "전화"},
        {CXLOG_DIM_REGION, "", "제주", "제주"},
    };
    CXLOG_AUTO_VALUE(team) t = starter_team();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const cxlog_value *value = NULL;
        cxlog_error err = {0};
        if (cxlog_scheme_resolve(t.scheme, cases[i].dim, cases[i].parent, cases[i].typed,
                                 t.today, &value, &err) != CXLOG_OK)
            fail_msg("%s: %s", cases[i].typed, err.message);
        assert_string_equal(value->name, cases[i].name);
        assert_ptr_equal(value, cxlog_scheme_try(t.scheme, cases[i].dim, cases[i].parent,
                                                 cases[i].typed, t.today));
    }
}

static void what_only_resembles_is_suggested_and_not_taken(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *sentence, *suggestion;
    } cases[] = {
        {"배숑", "no category \"배숑\"; nearest: 배송", "배송"},
        {"상담", "no category \"상담\"; nearest: 도입상담", "도입상담"},
        {"ㅇ", "category \"ㅇ\" may mean: 이용방법, 오류", "오류"},
        {"없는것임", "no category \"없는것임\"", NULL},
        {"", "no category given", NULL},
        {"\x1b]52;c;x", "no category \"\\x1b]52;c;x\"", NULL},
    };
    CXLOG_AUTO_VALUE(team) t = starter_team();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const cxlog_value *value = NULL;
        cxlog_error_clear(&t.err);
        assert_int_equal(cxlog_scheme_resolve(t.scheme, CXLOG_DIM_CATEGORY, "",
                                              cases[i].typed, t.today, &value, &t.err),
                         CXLOG_ERR_VALUE);
        assert_null(value);
        assert_string_equal(t.err.message, cases[i].sentence);
        if (cases[i].suggestion)
            expect_suggestion(&t, cases[i].suggestion);
        assert_null(
            cxlog_scheme_try(t.scheme, CXLOG_DIM_CATEGORY, "", cases[i].typed, t.today));
    }
}

static void expect_sentence(team *t, const char *typed, cxlog_day day,
                            const char *sentence)
{
    const cxlog_value *value = NULL;
    cxlog_error_clear(&t->err);
    assert_int_equal(cxlog_scheme_resolve(t->scheme, CXLOG_DIM_CATEGORY, "", typed, day,
                                          &value, &t->err),
                     CXLOG_ERR_VALUE);
    assert_string_equal(t->err.message, sentence);
    assert_null(cxlog_scheme_try(t->scheme, CXLOG_DIM_CATEGORY, "", typed, day));
}

static void a_retired_name_names_its_successor(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = starter_team();
    team_must(&t, change(CXLOG_ACTION_MERGE, "칭찬", "제안", 2027, 1));
    team_must(&t, change(CXLOG_ACTION_SPLIT, "기타", "홍보물, 오접", 2027, 1));
    team_must(&t, change(CXLOG_ACTION_RETIRE, "회원", NULL, 2027, 1));
    cxlog_day after = cxlog_day_make(2027, 1, 1);
    expect_sentence(
        &t, "ㅊㅊ", after,
        "category \"칭찬\" takes no records since 2027-01-01; use \"제안\" instead");
    expect_suggestion(&t, "제안");
    expect_sentence(
        &t, "기타", after,
        "category \"기타\" takes no records since 2027-01-01; use \"홍보물, 오접\" "
        "instead");
    expect_suggestion(&t, "홍보물");
    expect_suggestion(&t, "오접");
    expect_sentence(&t, "회원", after,
                    "category \"회원\" takes no records since 2027-01-01");
    expect_sentence(&t, "오접", after - 1, "category \"오접\" starts on 2027-01-01");
}

static void a_retired_name_does_not_slip_over_to_a_longer_one(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = starter_team();
    cxlog_proposal longer = {.action = CXLOG_ACTION_ADD,
                             .name = "배송지연",
                             .from = CXLOG_NO_DAY,
                             .force_new = true};
    team_must(&t, longer);
    team_must(&t, change(CXLOG_ACTION_RETIRE, "배송", NULL, 2027, 1));
    cxlog_day after = cxlog_day_make(2027, 1, 1);
    expect_sentence(&t, "qothd", after,
                    "category \"배송\" takes no records since 2027-01-01");
    assert_string_equal(resolved(&t, "", "배송지", after), "배송지연");
}

static void a_detail_of_no_category_says_so(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(team) t = starter_team();
    const cxlog_value *value = NULL;
    assert_int_equal(cxlog_scheme_resolve(t.scheme, CXLOG_DIM_CATEGORY, "배숑", "지연",
                                          t.today, &value, &t.err),
                     CXLOG_ERR_VALUE);
    assert_string_equal(t.err.message, "no category \"배숑\"; nearest: 배송");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_codes_aliases_and_their_beginnings_act),
        cmocka_unit_test(what_only_resembles_is_suggested_and_not_taken),
        cmocka_unit_test(a_retired_name_names_its_successor),
        cmocka_unit_test(a_retired_name_does_not_slip_over_to_a_longer_one),
        cmocka_unit_test(a_detail_of_no_category_says_so),
    };
    return cmocka_run_group_tests_name("scheme_resolve", tests, NULL, NULL);
}
