/* The stored scheme: events in a chain, and the state they fold into. */
#include "store_case.h"

typedef struct head {
    int64_t number, shared;
    char chain[CXLOG_CHAIN_SIZE];
} head;

static head head_of(store_case *c)
{
    head h = {0};
    MUST(cxlog_store_chain(c->store, &h.number, h.chain, &h.shared, &c->err));
    return h;
}

/* The next event on top of what `from` (a store) has. */
static void next_event(store_case *c, cxlog_event *out, const char *name)
{
    head h = head_of(c);
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    MUST(cxlog_store_scheme(c->store, &scheme, &c->err));
    cxlog_proposal proposal = {.action = CXLOG_ACTION_ADD,
                               .dim = CXLOG_DIM_CATEGORY,
                               .name = name,
                               .from = CXLOG_NO_DAY,
                               .force_new = true,
                               .author = "팀장",
                               .now = AT(DAY0, 36000)};
    cxlog_event_init(out);
    MUST(cxlog_scheme_propose(out, scheme, h.chain, &proposal, &c->err));
}

static bool has_category(store_case *c, const char *name)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    MUST(cxlog_store_scheme(c->store, &scheme, &c->err));
    return cxlog_scheme_get(scheme, CXLOG_DIM_CATEGORY, "", name) != NULL;
}

static void an_event_is_added_and_folded_in(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(cxlog_event) event;
    next_event(c, &event, "설치");
    int64_t before = head_of(c).number;
    assert_int_equal(head_of(c).shared, 0);
    MUST(cxlog_store_events_add(c->store, &event, 1, false, &c->err));
    MUST(case_reopen(c, false));
    assert_int_equal(head_of(c).number, before + 1);
    assert_string_equal(head_of(c).chain, event.chain);
    assert_true(has_category(c, "설치"));
    CXLOG_AUTO(cxlog_scheme) *old = NULL;
    MUST(cxlog_store_scheme_at(c->store, before, &old, &c->err));
    assert_null(cxlog_scheme_get(old, CXLOG_DIM_CATEGORY, "", "설치"));
}

static void stored_events_are_read_back_as_they_were(void **state)
{
    store_case *c = *state;
    cxlog_event *starter = NULL, *stored = NULL;
    size_t made = 0, count = 0, bad = 0;
    char root[CXLOG_CHAIN_SIZE];
    MUST(cxlog_scheme_starter(&starter, &made, &c->err));
    MUST(cxlog_store_events(c->store, 1, INT64_MAX, &stored, &count, &c->err));
    assert_int_equal(count, made);
    cxlog_chain_root(root);
    MUST(cxlog_events_verify(stored, count, 0, root, &bad, &c->err));
    assert_string_equal(stored[count - 1].chain, starter[made - 1].chain);
    cxlog_events_free(stored, count);
    MUST(cxlog_store_events(c->store, 3, 5, &stored, &count, &c->err));
    assert_int_equal(count, 3);
    assert_int_equal(stored[0].number, 3);
    cxlog_events_free(stored, count);
    cxlog_events_free(starter, made);
}

static void the_folded_state_equals_the_fold_of_the_events(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO(cxlog_scheme) *stored = NULL;
    CXLOG_AUTO(cxlog_scheme) *folded = NULL;
    MUST(cxlog_store_scheme(c->store, &stored, &c->err));
    MUST(cxlog_store_scheme_at(c->store, INT64_MAX, &folded, &c->err));
    assert_int_equal(cxlog_scheme_version(stored), cxlog_scheme_version(folded));
    assert_int_equal(cxlog_scheme_count(stored), cxlog_scheme_count(folded));
    for (size_t i = 0; i < cxlog_scheme_count(stored); i++) {
        const cxlog_value *a = cxlog_scheme_at(stored, i),
                          *b = cxlog_scheme_at(folded, i);
        assert_string_equal(a->name, b->name);
        assert_string_equal(a->parent, b->parent);
        assert_string_equal(a->code, b->code);
        assert_int_equal(a->from, b->from);
        assert_int_equal(a->retired_from, b->retired_from);
        assert_int_equal(a->column, b->column);
        size_t n = 0;
        for (; a->aliases && a->aliases[n]; n++)
            assert_string_equal(a->aliases[n], b->aliases[n]);
        assert_true(!b->aliases || !b->aliases[n]);
    }
}

static void the_second_of_two_processes_is_told_to_try_again(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(cxlog_event) mine;
    CXLOG_AUTO_VALUE(cxlog_event) theirs;
    next_event(c, &mine, "설치");
    next_event(c, &theirs, "제휴");
    MUST(cxlog_store_events_add(c->store, &theirs, 1, false, &c->err));
    assert_int_equal(cxlog_store_events_add(c->store, &mine, 1, false, &c->err),
                     CXLOG_ERR_RETRY);
    assert_false(has_category(c, "설치"));
}

static void events_that_do_not_follow_are_refused(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(cxlog_event) event;
    next_event(c, &event, "설치");
    head before = head_of(c);
    event.chain[5] = event.chain[5] == 'a' ? 'b' : 'a';
    assert_int_equal(cxlog_store_events_add(c->store, &event, 1, true, NULL),
                     CXLOG_ERR_TAMPERED);
    event.chain[5] = event.chain[5] == 'a' ? 'b' : 'a';
    event.number++;
    assert_int_equal(cxlog_store_events_add(c->store, &event, 1, true, NULL),
                     CXLOG_ERR_TAMPERED);
    assert_int_equal(head_of(c).number, before.number);
    assert_int_equal(head_of(c).shared, 0);
}

static void what_is_shared_is_remembered_and_never_shrinks(void **state)
{
    store_case *c = *state;
    int64_t number = head_of(c).number;
    MUST(cxlog_store_events_shared(c->store, number - 2, &c->err));
    MUST(cxlog_store_events_shared(c->store, 1, &c->err));
    assert_int_equal(head_of(c).shared, number - 2);
    assert_int_equal(cxlog_store_events_shared(c->store, number + 1, NULL),
                     CXLOG_ERR_BUG);
    CXLOG_AUTO_VALUE(cxlog_event) event;
    next_event(c, &event, "설치");
    MUST(cxlog_store_events_add(c->store, &event, 1, true, &c->err));
    assert_int_equal(head_of(c).shared, number + 1);
}

static void joining_a_sheet_replaces_local_events_and_no_shared_one(void **state)
{
    store_case *c = *state;
    int64_t starter = head_of(c).number;
    CXLOG_AUTO_VALUE(cxlog_event) theirs;
    CXLOG_AUTO_VALUE(cxlog_event) mine;
    next_event(c, &theirs, "제휴");
    next_event(c, &mine, "설치");
    MUST(cxlog_store_events_add(c->store, &mine, 1, false, &c->err));
    MUST(cxlog_store_events_rebase(c->store, starter, &theirs, 1, true, &c->err));
    assert_false(has_category(c, "설치"));
    assert_true(has_category(c, "제휴"));
    assert_string_equal(head_of(c).chain, theirs.chain);
    assert_int_equal(head_of(c).shared, starter + 1);
    assert_int_equal(cxlog_store_events_rebase(c->store, starter, NULL, 0, false, NULL),
                     CXLOG_ERR_BUG);
    assert_int_equal(head_of(c).number, starter + 1);
}

static void use_is_known_for_every_dimension_voided_records_included(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_start(&entry, AT(DAY0, 1), "배송", "전화");
    put(&entry, CXLOG_COL_DETAIL, "해외");
    put(&entry, CXLOG_COL_REGION, "부산");
    MUST(cxlog_entry_set_extra(&entry, "등급", "골드", &c->err));
    seal(&entry);
    CXLOG_AUTO_VALUE(cxlog_entry) taken_out;
    entry_correct(&taken_out, &entry, true, NULL, 1);
    MUST(cxlog_store_add(c->store, &entry, 1, NULL, &c->err));
    MUST(cxlog_store_add(c->store, &taken_out, 1, NULL, &c->err));
    static const struct {
        cxlog_dim dim;
        const char *parent, *name;
        bool used;
    } cases[] = {
        {CXLOG_DIM_CATEGORY, NULL, "배송", true},
        {CXLOG_DIM_CATEGORY, "", "환불", false},
        {CXLOG_DIM_CATEGORY, "배송", "해외", true},
        {CXLOG_DIM_CATEGORY, "환불", "해외", false},
        {CXLOG_DIM_CATEGORY, "", "해외", false},
        {CXLOG_DIM_CHANNEL, "", "전화", true},
        {CXLOG_DIM_CHANNEL, "", "이메일", false},
        {CXLOG_DIM_REGION, "", "부산", true},
        {CXLOG_DIM_REGION, "", "서울", false},
        {CXLOG_DIM_FIELD, "", "등급", true},
        {CXLOG_DIM_FIELD, "", "가", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool used = false;
        MUST(cxlog_store_used(c->store, cases[i].dim, cases[i].parent, cases[i].name,
                              &used, &c->err));
        if (used != cases[i].used)
            fail_msg("%s: used %d", cases[i].name, used);
    }
}

#define T(name) cmocka_unit_test_setup_teardown(name, case_start, case_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(an_event_is_added_and_folded_in),
        T(stored_events_are_read_back_as_they_were),
        T(the_folded_state_equals_the_fold_of_the_events),
        T(the_second_of_two_processes_is_told_to_try_again),
        T(events_that_do_not_follow_are_refused),
        T(what_is_shared_is_remembered_and_never_shrinks),
        T(joining_a_sheet_replaces_local_events_and_no_shared_one),
        T(use_is_known_for_every_dimension_voided_records_included),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
