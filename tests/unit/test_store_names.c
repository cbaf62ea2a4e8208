/* Names over time: use under an older name of the category, records that came late, and
 * the part of the scheme that one contact needs. */
#include "store_case.h"

#define HALF cxlog_day_make(2027, 1, 1)
#define NEXT_HALF cxlog_day_make(2027, 7, 1)

/* Propose and add; the store's rules on use are asked as everybody asks them. */
static void decide(store_case *c, cxlog_proposal p)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    CXLOG_AUTO_VALUE(cxlog_event) event;
    char chain[CXLOG_CHAIN_SIZE];
    int64_t number, shared;
    cxlog_event_init(&event);
    p.author = "팀장";
    p.force_new = true;
    p.reason = "회의";
    p.now = AT(DAY0, 36000);
    MUST(cxlog_store_scheme(c->store, &scheme, &c->err));
    MUST(cxlog_store_chain(c->store, &number, chain, &shared, &c->err));
    MUST(cxlog_scheme_propose(&event, scheme, chain, &p, &c->err));
    MUST(cxlog_store_events_add(c->store, &event, 1, false, &c->err));
}

static void change(store_case *c, cxlog_action action, cxlog_dim dim, const char *name,
                   const char *target)
{
    decide(
        c,
        (cxlog_proposal){
            .action = action, .dim = dim, .name = name, .target = target, .from = HALF});
}

static void add(store_case *c, const char *parent, const char *name)
{
    decide(c, (cxlog_proposal){.action = CXLOG_ACTION_ADD,
                               .dim = CXLOG_DIM_CATEGORY,
                               .parent = parent,
                               .name = name,
                               .code = "",
                               .from = CXLOG_NO_DAY});
}

static void log_at(store_case *c, cxlog_day day, const char *category, const char *detail,
                   const char *channel, const char *region)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_start(&entry, AT(day, 36000), category, channel);
    put(&entry, CXLOG_COL_DETAIL, detail);
    put(&entry, CXLOG_COL_REGION, region);
    seal(&entry);
    MUST(cxlog_store_add(c->store, &entry, 1, NULL, &c->err));
}

static void a_detail_was_used_under_the_older_name_of_its_category(void **state)
{
    store_case *c = *state;
    bool used = false;
    log_at(c, DAY0, "배송", "지연", "전화", NULL);
    change(c, CXLOG_ACTION_RENAME, CXLOG_DIM_CATEGORY, "배송", "물류");
    MUST(cxlog_store_used(c->store, CXLOG_DIM_CATEGORY, "물류", "지연", &used, &c->err));
    assert_true(used);
    MUST(cxlog_store_used(c->store, CXLOG_DIM_CATEGORY, "물류", "파손", &used, &c->err));
    assert_false(used);
}

static int64_t late(store_case *c)
{
    int64_t count = -1;
    MUST(cxlog_store_late_names(c->store, &count, &c->err));
    return count;
}

static void late_are_records_of_days_on_which_their_name_took_none(void **state)
{
    store_case *c = *state;
    assert_int_equal(late(c), 0);
    change(c, CXLOG_ACTION_RENAME, CXLOG_DIM_CATEGORY, "배송", "물류");
    change(c, CXLOG_ACTION_RETIRE, CXLOG_DIM_CHANNEL, "이메일", NULL);
    change(c, CXLOG_ACTION_RETIRE, CXLOG_DIM_REGION, "부산", NULL);
    log_at(c, HALF - 1, "배송", "지연", "이메일", "부산");
    log_at(c, HALF, "물류", "지연", "전화", "서울");
    assert_int_equal(late(c), 0);
    log_at(c, HALF, "배송", "지연", "이메일", NULL);
    assert_int_equal(late(c), 1);
    log_at(c, HALF + 40, "환불", NULL, "이메일", NULL);
    log_at(c, HALF + 40, "환불", NULL, "전화", "부산");
    assert_int_equal(late(c), 3);
}

static void a_name_is_not_late_because_another_was_retired_before_it(void **state)
{
    store_case *c = *state;
    change(c, CXLOG_ACTION_RENAME, CXLOG_DIM_CATEGORY, "배송", "물류");
    decide(c, (cxlog_proposal){.action = CXLOG_ACTION_RETIRE,
                               .dim = CXLOG_DIM_CHANNEL,
                               .name = "이메일",
                               .from = NEXT_HALF});
    log_at(c, NEXT_HALF - 1, "물류", NULL, "이메일", NULL);
    assert_int_equal(late(c), 0);
    log_at(c, NEXT_HALF, "물류", NULL, "이메일", NULL);
    assert_int_equal(late(c), 1);
}

static void late_is_no_name_that_is_of_another_kind_or_of_none(void **state)
{
    store_case *c = *state;
    decide(c, (cxlog_proposal){.action = CXLOG_ACTION_ADD,
                               .dim = CXLOG_DIM_FIELD,
                               .name = "설치",
                               .target = "text",
                               .from = CXLOG_NO_DAY});
    add(c, NULL, "설치");
    change(c, CXLOG_ACTION_RETIRE, CXLOG_DIM_FIELD, "설치", NULL);
    log_at(c, HALF, "설치", NULL, "전화", "부산");
    assert_int_equal(late(c), 0);
    change(c, CXLOG_ACTION_RETIRE, CXLOG_DIM_REGION, "부산", NULL);
    change(c, CXLOG_ACTION_RETIRE, CXLOG_DIM_CHANNEL, "이메일", NULL);
    assert_int_equal(late(c), 1);
    log_at(c, HALF, "이메일", "부산", "어디에도 없는 채널", "전화");
    assert_int_equal(late(c), 1);
}

static void a_detail_is_late_under_every_name_of_its_category(void **state)
{
    store_case *c = *state;
    change(c, CXLOG_ACTION_RENAME, CXLOG_DIM_CATEGORY, "배송", "물류");
    decide(c, (cxlog_proposal){.action = CXLOG_ACTION_RETIRE,
                               .parent = "배송",
                               .name = "지연",
                               .from = HALF});
    log_at(c, HALF - 1, "배송", "지연", "전화", NULL);
    assert_int_equal(late(c), 0);
    log_at(c, HALF, "물류", "지연", "전화", NULL);
    assert_int_equal(late(c), 1);
}

/* The part for this word; its count of values, 0 when all must be read. */
static cxlog_scheme *part(store_case *c, const char *word, bool details)
{
    cxlog_scheme *scheme = NULL;
    MUST(cxlog_store_scheme_for(c->store, word, details, &scheme, &c->err));
    return scheme;
}

static void an_exact_category_comes_with_what_a_contact_needs_and_no_more(void **state)
{
    store_case *c = *state;
    decide(c, (cxlog_proposal){.action = CXLOG_ACTION_ALIAS,
                               .name = "배송",
                               .target = "택배",
                               .from = CXLOG_NO_DAY});
    static const char *const words[] = {"배송", "ㅂㅅ", "택배"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        CXLOG_AUTO(cxlog_scheme) *scheme = part(c, words[i], false);
        assert_non_null(scheme);
        const cxlog_value *value = NULL;
        MUST(cxlog_scheme_resolve(scheme, CXLOG_DIM_CATEGORY, "", words[i], DAY0, &value,
                                  &c->err));
        assert_string_equal(value->name, "배송");
        assert_non_null(cxlog_scheme_get(scheme, CXLOG_DIM_CHANNEL, "", "전화"));
        assert_non_null(cxlog_scheme_get(scheme, CXLOG_DIM_REGION, "", "부산"));
        assert_null(cxlog_scheme_get(scheme, CXLOG_DIM_CATEGORY, "", "환불"));
        assert_null(cxlog_scheme_get(scheme, CXLOG_DIM_CATEGORY, "배송", "지연"));
    }
    CXLOG_AUTO(cxlog_scheme) *detailed = part(c, "배송", true);
    assert_non_null(cxlog_scheme_get(detailed, CXLOG_DIM_CATEGORY, "배송", "지연"));
}

static void what_is_not_an_exact_category_needs_all_of_the_scheme(void **state)
{
    store_case *c = *state;
    static const char *const words[] = {"", "배", "qothd", "없음", "지연", "전화"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        assert_null(part(c, words[i], true));
    change(c, CXLOG_ACTION_RENAME, CXLOG_DIM_CATEGORY, "배송", "물류");
    assert_null(part(c, "배송", true));
    assert_null(part(c, "물류", false));
}

static void the_part_does_not_grow_with_the_scheme(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO(cxlog_scheme) *before = part(c, "배송", false);
    for (int i = 0; i < 20; i++) {
        char name[32];
        snprintf(name, sizeof name, "더한 것 %d", i);
        add(c, i % 2 ? "배송" : NULL, name);
    }
    CXLOG_AUTO(cxlog_scheme) *after = part(c, "배송", false);
    assert_int_equal(cxlog_scheme_count(after), cxlog_scheme_count(before));
}

#define T(name) cmocka_unit_test_setup_teardown(name, case_start, case_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_detail_was_used_under_the_older_name_of_its_category),
        T(late_are_records_of_days_on_which_their_name_took_none),
        T(a_name_is_not_late_because_another_was_retired_before_it),
        T(late_is_no_name_that_is_of_another_kind_or_of_none),
        T(a_detail_is_late_under_every_name_of_its_category),
        T(an_exact_category_comes_with_what_a_contact_needs_and_no_more),
        T(what_is_not_an_exact_category_needs_all_of_the_scheme),
        T(the_part_does_not_grow_with_the_scheme),
    };
    return cmocka_run_group_tests_name("store_names", tests, NULL, NULL);
}
