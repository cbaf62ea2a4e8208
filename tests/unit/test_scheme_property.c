/* Whatever a team proposes over the years: one scheme, however it is put together, and no
 * name is ever lost. */
#include "scheme_team.h"
#include "seeded.h"

#define ROUNDS 150
#define STEPS 60

static const char *const names[] = {"배송", "환불", "결제", "오류", "회원", "제안",
                                    "물류", "교환", "설치", "점검", "견적", "서류",
                                    "Web",  "App",  "지역", "해외"};
#define NAME_COUNT ((int64_t)(sizeof names / sizeof names[0]))

static const char *any_name(seeded *random)
{
    return names[seeded_between(random, 0, NAME_COUNT - 1)];
}

/* A value that is there, more often than a name out of the blue. */
static void pick_value(const team *t, seeded *random, cxlog_proposal *p)
{
    size_t count = cxlog_scheme_count(t->scheme);
    if (count == 0 || seeded_between(random, 0, 9) == 0) {
        p->name = any_name(random);
        return;
    }
    const cxlog_value *value =
        cxlog_scheme_at(t->scheme, (size_t)seeded_between(random, 0, (int64_t)count - 1));
    p->dim = value->dim;
    p->name = value->name;
    p->parent = cxlog_scheme_parent(t->scheme, value, t->today);
}

static cxlog_day any_day(const team *t, seeded *random)
{
    int year, month, mday;
    cxlog_day_civil(t->today, &year, &month, &mday);
    int64_t pick = seeded_between(random, 0, 4);
    if (pick == 0)
        return CXLOG_NO_DAY;
    if (pick == 1)
        return (cxlog_day)(t->today + seeded_between(random, -400, 400));
    return cxlog_day_make(year + (int)seeded_between(random, 0, 2), pick == 2 ? 7 : 1, 1);
}

/* One attempt, sensible or not; the rules decide. */
static cxlog_status attempt(team *t, seeded *random)
{
    char text[64];
    cxlog_proposal p = {
        .action = (cxlog_action)seeded_between(random, 0, CXLOG_ACTION_COUNT - 1),
        .dim = (cxlog_dim)seeded_between(random, 0, CXLOG_DIM_COUNT - 1),
        .from = any_day(t, random),
        .used = seeded_between(random, 0, 1) == 0,
        .force_new = seeded_between(random, 0, 3) != 0,
        .reason = seeded_between(random, 0, 3) ? "회의" : NULL,
        .code = seeded_between(random, 0, 1) ? "" : NULL,
        .name = any_name(random),
        .target = any_name(random),
    };
    if (seeded_between(random, 0, 3) == 0)
        p.action = CXLOG_ACTION_ADD;
    if (p.action == CXLOG_ACTION_ADD || p.action == CXLOG_ACTION_ALIAS)
        p.from = CXLOG_NO_DAY;
    if (p.action != CXLOG_ACTION_ADD)
        pick_value(t, random, &p);
    else if (p.dim == CXLOG_DIM_CATEGORY && seeded_between(random, 0, 1))
        p.parent = any_name(random);
    if (p.action == CXLOG_ACTION_ADD && p.dim == CXLOG_DIM_FIELD)
        p.target = "number";
    if (p.action == CXLOG_ACTION_SPLIT) {
        (void)snprintf(text, sizeof text, "%s, %s", any_name(random), any_name(random));
        p.target = text;
    }
    if (p.action == CXLOG_ACTION_WITHDRAW) {
        (void)snprintf(text, sizeof text, "%d",
                       (int)seeded_between(random, 1, (int)t->count + 1));
        p.target = text;
        p.from = CXLOG_NO_DAY;
    }
    return team_propose(t, p);
}

static void expect_same_value(const cxlog_value *a, const cxlog_value *b)
{
    assert_int_equal(a->dim, b->dim);
    assert_string_equal(a->name, b->name);
    assert_string_equal(a->parent, b->parent);
    assert_string_equal(a->code, b->code);
    assert_string_equal(a->successor, b->successor);
    assert_string_equal(a->kind, b->kind);
    assert_int_equal(a->added_by, b->added_by);
    assert_int_equal(a->from, b->from);
    assert_int_equal(a->retired_from, b->retired_from);
    assert_int_equal(a->retired_by, b->retired_by);
    assert_int_equal(a->retired_how, b->retired_how);
    assert_int_equal(a->column, b->column);
    size_t i = 0;
    for (; a->aliases && a->aliases[i]; i++)
        assert_string_equal(a->aliases[i], b->aliases[i]);
    assert_true(!b->aliases || !b->aliases[i]);
}

static void expect_same_scheme(const cxlog_scheme *a, const cxlog_scheme *b)
{
    assert_int_equal(cxlog_scheme_version(a), cxlog_scheme_version(b));
    assert_int_equal(cxlog_scheme_count(a), cxlog_scheme_count(b));
    for (size_t i = 0; i < cxlog_scheme_count(a); i++)
        expect_same_value(cxlog_scheme_at(a, i), cxlog_scheme_at(b, i));
}

static team random_team(seeded *random)
{
    team t = team_begin(2026, 1, 2);
    for (int step = 0; step < STEPS; step++) {
        t.today += (cxlog_day)seeded_between(random, 0, 40);
        cxlog_status status = attempt(&t, random);
        if (status != CXLOG_OK && status != CXLOG_ERR_VALUE)
            fail_msg("step %d: status %d: %s", step, (int)status, t.err.message);
    }
    return t;
}

static void the_fold_is_one_whether_stored_halfway_or_not(void **state)
{
    (void)state;
    seeded random = seeded_start("scheme fold");
    size_t folded = 0, actions[CXLOG_ACTION_COUNT] = {0};
    for (int round = 0; round < ROUNDS; round++) {
        CXLOG_AUTO_VALUE(team) t = random_team(&random);
        CXLOG_AUTO(cxlog_scheme) *first = NULL;
        CXLOG_AUTO(cxlog_scheme) *second = NULL;
        size_t cut = (size_t)seeded_between(&random, 0, (int64_t)t.count);
        assert_int_equal(cxlog_scheme_new(&first, NULL), CXLOG_OK);
        assert_int_equal(cxlog_scheme_new(&second, NULL), CXLOG_OK);
        for (size_t i = 0; i < cut; i++)
            assert_int_equal(cxlog_scheme_apply(first, &t.events[i], NULL), CXLOG_OK);
        for (size_t i = 0; i < cxlog_scheme_count(first); i++)
            assert_int_equal(cxlog_scheme_put(second, cxlog_scheme_at(first, i), NULL),
                             CXLOG_OK);
        cxlog_scheme_set_version(second, (int64_t)cut);
        for (size_t i = cut; i < t.count; i++)
            assert_int_equal(cxlog_scheme_apply(second, &t.events[i], &t.err), CXLOG_OK);
        expect_same_scheme(second, t.scheme);
        folded += t.count;
        for (size_t i = 0; i < t.count; i++)
            actions[t.events[i].action]++;
    }
    assert_true(folded > 5 * (size_t)ROUNDS);
    for (int action = 0; action < CXLOG_ACTION_COUNT; action++)
        if (actions[action] == 0)
            fail_msg("no %s in all rounds: the test has lost its teeth",
                     cxlog_action_word((cxlog_action)action));
}

static void what_the_rules_accept_is_a_valid_chain(void **state)
{
    (void)state;
    seeded random = seeded_start("scheme chain");
    char root[CXLOG_CHAIN_SIZE];
    cxlog_chain_root(root);
    for (int round = 0; round < ROUNDS; round++) {
        CXLOG_AUTO_VALUE(team) t = random_team(&random);
        size_t bad = 0;
        assert_int_equal(cxlog_events_verify(t.events, t.count, 0, root, &bad, &t.err),
                         CXLOG_OK);
    }
}

static bool has_word(const cxlog_value *value, const char *word)
{
    if (strcmp(value->name, word) == 0 || strcmp(value->code, word) == 0)
        return true;
    for (char **alias = value->aliases; alias && *alias; alias++)
        if (strcmp(*alias, word) == 0)
            return true;
    return false;
}

static void no_word_ever_means_two_values(void **state)
{
    (void)state;
    seeded random = seeded_start("scheme words");
    for (int round = 0; round < ROUNDS; round++) {
        CXLOG_AUTO_VALUE(team) t = random_team(&random);
        size_t count = cxlog_scheme_count(t.scheme);
        for (size_t i = 0; i < count; i++) {
            const cxlog_value *a = cxlog_scheme_at(t.scheme, i);
            assert_ptr_equal(cxlog_scheme_get(t.scheme, a->dim, a->parent, a->name), a);
            for (size_t k = 0; k < count; k++) {
                const cxlog_value *b = cxlog_scheme_at(t.scheme, k);
                if (i == k || a->dim != b->dim || strcmp(a->parent, b->parent) != 0)
                    continue;
                if (has_word(b, a->name) || (a->code[0] && has_word(b, a->code)))
                    fail_msg("%s and %s share a word", a->name, b->name);
            }
        }
    }
}

static void a_mapped_name_is_never_lost_and_stays_where_it_was_mapped(void **state)
{
    (void)state;
    seeded random = seeded_start("scheme map");
    for (int round = 0; round < ROUNDS; round++) {
        CXLOG_AUTO_VALUE(team) t = random_team(&random);
        for (size_t i = 0; i < cxlog_scheme_count(t.scheme); i++) {
            const cxlog_value *value = cxlog_scheme_at(t.scheme, i);
            cxlog_day day = (cxlog_day)(t.today + seeded_between(&random, -2000, 2000));
            const char *parent, *name, *again_parent, *again_name;
            cxlog_scheme_map(t.scheme, value->dim, value->parent, value->name, day,
                             &parent, &name);
            assert_true(name[0] != '\0');
            assert_int_equal(parent[0] == '\0', value->parent[0] == '\0');
            assert_non_null(
                cxlog_scheme_get(t.scheme, value->dim, "", parent[0] ? parent : name));
            cxlog_scheme_map(t.scheme, value->dim, parent, name, day, &again_parent,
                             &again_name);
            assert_string_equal(again_parent, parent);
            assert_string_equal(again_name, name);
        }
    }
}

static void a_name_that_began_never_leaves_the_scheme(void **state)
{
    (void)state;
    seeded random = seeded_start("scheme grows");
    for (int round = 0; round < ROUNDS; round++) {
        CXLOG_AUTO_VALUE(team) t = random_team(&random);
        size_t cut = (size_t)seeded_between(&random, 0, (int64_t)t.count);
        CXLOG_AUTO(cxlog_scheme) *before = NULL;
        assert_int_equal(cxlog_scheme_new(&before, NULL), CXLOG_OK);
        cxlog_day then = 0;
        for (size_t i = 0; i < cut; i++) {
            assert_int_equal(cxlog_scheme_apply(before, &t.events[i], NULL), CXLOG_OK);
            then = cxlog_day_of(t.events[i].at);
        }
        for (size_t i = 0; i < cxlog_scheme_count(before); i++) {
            const cxlog_value *was = cxlog_scheme_at(before, i);
            const cxlog_value *is =
                cxlog_scheme_get(t.scheme, was->dim, was->parent, was->name);
            bool begun = was->from == CXLOG_NO_DAY || was->from <= then;
            if (begun && (!is || is->added_by != was->added_by ||
                          strcmp(is->code, was->code) != 0))
                fail_msg("%s was lost or changed", was->name);
            /* What was true on a day stays true: no later event reaches back. */
            if (begun && cxlog_value_in_use(was, then) != cxlog_value_in_use(is, then))
                if (is->retired_from != then)
                    fail_msg("%s changed in the past", was->name);
        }
    }
}

static void two_thousand_events_fold_into_two_thousand_values(void **state)
{
    (void)state;
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    assert_int_equal(cxlog_scheme_new(&scheme, NULL), CXLOG_OK);
    for (int i = 1; i <= 2000; i++) {
        char name[32], target[32];
        (void)snprintf(name, sizeof name, "이름 %d", i % 2 ? i : i - 1);
        (void)snprintf(target, sizeof target, "이름 %d", i);
        cxlog_event event = {
            .number = i,
            .action = i % 2 ? CXLOG_ACTION_ADD : CXLOG_ACTION_RENAME,
            .name = name,
            .target = i % 2 ? NULL : target,
            .from = CXLOG_NO_DAY,
        };
        assert_int_equal(cxlog_scheme_apply(scheme, &event, NULL), CXLOG_OK);
    }
    assert_int_equal(cxlog_scheme_count(scheme), 2000);
    const char *parent, *name;
    cxlog_scheme_map(scheme, CXLOG_DIM_CATEGORY, "", "이름 1999", 0, &parent, &name);
    assert_string_equal(name, "이름 2000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fold_is_one_whether_stored_halfway_or_not),
        cmocka_unit_test(what_the_rules_accept_is_a_valid_chain),
        cmocka_unit_test(no_word_ever_means_two_values),
        cmocka_unit_test(a_mapped_name_is_never_lost_and_stays_where_it_was_mapped),
        cmocka_unit_test(a_name_that_began_never_leaves_the_scheme),
        cmocka_unit_test(two_thousand_events_fold_into_two_thousand_values),
    };
    return cmocka_run_group_tests_name("scheme_property", tests, NULL, NULL);
}
