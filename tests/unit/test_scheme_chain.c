/* The chain: the same on every machine, and every change of any event shows. */
#include "scheme_team.h"
#include "seeded.h"

static cxlog_event event_of(int64_t number, int second, cxlog_action action,
                            cxlog_day from, const char *const texts[5])
{
    cxlog_event event;
    cxlog_event_init(&event);
    event.number = number;
    event.at = (cxlog_wall)cxlog_day_make(2026, 3, 2) * 86400 + 36000 + second;
    event.action = action;
    event.from = from;
    event.author = strdup("하늘");
    event.name = strdup(texts[0]);
    event.code = strdup(texts[1]);
    event.target = texts[2] ? strdup(texts[2]) : NULL;
    event.reason = strdup(texts[3]);
    return event;
}

/* Expected values: made with Python's hashlib from the description in scheme.h. */
static void the_chain_gives_the_known_answers(void **state)
{
    (void)state;
    char chain[CXLOG_CHAIN_SIZE];
    cxlog_chain_root(chain);
    assert_string_equal(
        chain, "bb315832aac2042ebfeec61f5a548e4187e926207f8dbf42413d996d2068f437");
    CXLOG_AUTO_VALUE(cxlog_event)
    add = event_of(1, 0, CXLOG_ACTION_ADD, CXLOG_NO_DAY,
                   (const char *const[5]){"배송", "ㅂㅅ", NULL, "회의"});
    assert_int_equal(cxlog_event_chain(add.chain, chain, &add, NULL), CXLOG_OK);
    assert_string_equal(
        add.chain, "f8f42208e11d7d4fe2080b06412a749bbd3f5d356a50d42b075d995550b54591");
    CXLOG_AUTO_VALUE(cxlog_event)
    rename = event_of(2, 1, CXLOG_ACTION_RENAME, cxlog_day_make(2027, 1, 1),
                      (const char *const[5]){"배송", "ㅁㄹ", "물류", "조직 개편"});
    assert_int_equal(cxlog_event_chain(rename.chain, add.chain, &rename, NULL), CXLOG_OK);
    assert_string_equal(
        rename.chain, "e16ce76af211b88d19bb860583c322f11999b471b4ab1ee08a7385f4584e6f83");
}

static void the_starter_scheme_never_changes(void **state)
{
    (void)state;
    cxlog_event *events = NULL;
    size_t count = 0;
    assert_int_equal(cxlog_scheme_starter(&events, &count, NULL), CXLOG_OK);
    assert_int_equal(count, 75);
    assert_string_equal(
        events[count - 1].chain,
        "e5b467ea402585f6528b33737ba698a96e7e4808dbdd713f3249075d6f087c8d");
    cxlog_events_free(events, count);
}

static void the_starter_scheme_keeps_its_own_rules(void **state)
{
    (void)state;
    cxlog_event *events = NULL;
    size_t count = 0;
    assert_int_equal(cxlog_scheme_starter(&events, &count, NULL), CXLOG_OK);
    CXLOG_AUTO_VALUE(team) t = team_begin(2026, 1, 1);
    for (size_t i = 0; i < count; i++) {
        team_must(&t, (cxlog_proposal){.action = events[i].action,
                                       .dim = events[i].dim,
                                       .name = events[i].name,
                                       .parent = events[i].parent,
                                       .target = events[i].target,
                                       .from = CXLOG_NO_DAY,
                                       .force_new = true});
        if (events[i].code)
            assert_string_equal(t.events[i].code, events[i].code);
        else
            assert_null(t.events[i].code);
    }
    cxlog_events_free(events, count);
}

static cxlog_status verify(const cxlog_event *events, size_t count, size_t *bad)
{
    char root[CXLOG_CHAIN_SIZE];
    cxlog_chain_root(root);
    cxlog_error err = {0};
    cxlog_status status = cxlog_events_verify(events, count, 0, root, bad, &err);
    if (status != CXLOG_OK)
        assert_true(err.message[0] != '\0');
    return status;
}

static void an_untouched_chain_verifies_from_any_event_on(void **state)
{
    (void)state;
    cxlog_event *events = NULL;
    size_t count = 0, bad = 0;
    assert_int_equal(cxlog_scheme_starter(&events, &count, NULL), CXLOG_OK);
    assert_int_equal(verify(events, count, &bad), CXLOG_OK);
    assert_int_equal(bad, count);
    assert_int_equal(
        cxlog_events_verify(events + 30, count - 30, 30, events[29].chain, &bad, NULL),
        CXLOG_OK);
    cxlog_events_free(events, count);
}

static void flip(char *text, size_t at, seeded *random)
{
    text[at] = (char)(text[at] ^ (char)seeded_between(random, 1, 255));
    if (text[at] == '\0')
        text[at] = '~';
}

/* Change one thing of an event, as a hand in the sheet may. */
static void tamper(cxlog_event *event, seeded *random)
{
    char **texts[] = {&event->author, &event->name,   &event->parent,
                      &event->code,   &event->target, &event->reason};
    int64_t pick = seeded_between(random, 0, 10);
    if (pick < 6) {
        char **text = texts[pick];
        if (*text) {
            flip(*text, (size_t)seeded_between(random, 0, (int64_t)strlen(*text) - 1),
                 random);
        } else {
            *text = strdup("x");
        }
    } else if (pick == 6) {
        event->at += seeded_between(random, 1, 1000000);
    } else if (pick == 7) {
        event->from = (cxlog_day)seeded_between(random, 0, 30000);
    } else if (pick == 8) {
        event->action = (cxlog_action)((event->action + 1) % CXLOG_ACTION_COUNT);
    } else if (pick == 9) {
        event->dim = (cxlog_dim)((event->dim + 1) % CXLOG_DIM_COUNT);
    } else {
        flip(event->chain, (size_t)seeded_between(random, 0, 63), random);
    }
}

static void every_change_of_any_event_is_found_where_it_is(void **state)
{
    (void)state;
    seeded random = seeded_start("scheme chain");
    cxlog_event *events = NULL;
    size_t count = 0, bad = 0;
    assert_int_equal(cxlog_scheme_starter(&events, &count, NULL), CXLOG_OK);
    for (int round = 0; round < 1000; round++) {
        size_t at = (size_t)seeded_between(&random, 0, (int64_t)count - 1);
        CXLOG_AUTO_VALUE(cxlog_event) original = {0};
        assert_int_equal(cxlog_event_copy(&original, &events[at], NULL), CXLOG_OK);
        tamper(&events[at], &random);
        assert_int_equal(verify(events, count, &bad), CXLOG_ERR_TAMPERED);
        assert_int_equal(bad, at);
        cxlog_event_clear(&events[at]);
        events[at] = original;
        cxlog_event_init(&original);
    }
    assert_int_equal(verify(events, count, &bad), CXLOG_OK);
    cxlog_events_free(events, count);
}

static void a_row_taken_out_or_moved_is_found(void **state)
{
    (void)state;
    cxlog_event *events = NULL;
    size_t count = 0, bad = 0;
    assert_int_equal(cxlog_scheme_starter(&events, &count, NULL), CXLOG_OK);
    cxlog_event held = events[40];
    events[40] = events[41];
    assert_int_equal(verify(events, 41, &bad),
                     CXLOG_ERR_TAMPERED); /* 41 in the place of 40 */
    assert_int_equal(bad, 40);
    events[41] = held;
    assert_int_equal(verify(events, count, &bad), CXLOG_ERR_TAMPERED);
    assert_int_equal(bad, 40);
    events[41] = events[40];
    events[40] = held;
    assert_int_equal(verify(events, count, &bad), CXLOG_OK);
    cxlog_events_free(events, count);
}

static void a_separator_moved_between_cells_is_no_second_reading(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cxlog_event)
    event = event_of(1, 0, CXLOG_ACTION_ADD, CXLOG_NO_DAY,
                     (const char *const[5]){"배송\x1f위", "ㅂㅅ", NULL, "회의"});
    char chain[CXLOG_CHAIN_SIZE];
    cxlog_chain_root(chain);
    assert_int_equal(cxlog_event_chain(event.chain, chain, &event, NULL),
                     CXLOG_ERR_TAMPERED);
}

static void words_of_dimensions_and_actions_are_found_in_both_languages(void **state)
{
    (void)state;
    for (int dim = 0; dim < CXLOG_DIM_COUNT; dim++) {
        assert_int_equal(cxlog_dim_find(cxlog_dim_sheet((cxlog_dim)dim)), dim);
        assert_int_equal(cxlog_dim_find(cxlog_dim_word((cxlog_dim)dim)), dim);
    }
    for (int action = 0; action < CXLOG_ACTION_COUNT; action++) {
        assert_int_equal(cxlog_action_find(cxlog_action_sheet((cxlog_action)action)),
                         action);
        assert_int_equal(cxlog_action_find(cxlog_action_word((cxlog_action)action)),
                         action);
    }
    assert_int_equal(cxlog_dim_find("구"), -1);
    assert_int_equal(cxlog_action_find(""), -1);
    assert_string_equal(cxlog_event_headings()[CXLOG_EVENT_COLUMNS - 1], "사슬");
    assert_null(cxlog_event_headings()[CXLOG_EVENT_COLUMNS]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_chain_gives_the_known_answers),
        cmocka_unit_test(the_starter_scheme_never_changes),
        cmocka_unit_test(the_starter_scheme_keeps_its_own_rules),
        cmocka_unit_test(an_untouched_chain_verifies_from_any_event_on),
        cmocka_unit_test(every_change_of_any_event_is_found_where_it_is),
        cmocka_unit_test(a_row_taken_out_or_moved_is_found),
        cmocka_unit_test(a_separator_moved_between_cells_is_no_second_reading),
        cmocka_unit_test(words_of_dimensions_and_actions_are_found_in_both_languages),
    };
    return cmocka_run_group_tests_name("scheme_chain", tests, NULL, NULL);
}
