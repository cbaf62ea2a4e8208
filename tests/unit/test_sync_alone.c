/* Changes of the scheme without a sheet, while another process of the same person makes
 * its own. Linked with --wrap=cxlog_scheme_propose: between that and the store's
 * transaction the other one gets its turn. */
#include <stdio.h>

#include "sync_team.h"

cxlog_status __real_cxlog_scheme_propose(cxlog_event *out, const cxlog_scheme *scheme,
                                         const char chain[CXLOG_CHAIN_SIZE],
                                         const cxlog_proposal *proposal,
                                         cxlog_error *err);
cxlog_status __wrap_cxlog_scheme_propose(cxlog_event *out, const cxlog_scheme *scheme,
                                         const char chain[CXLOG_CHAIN_SIZE],
                                         const cxlog_proposal *proposal,
                                         cxlog_error *err);

static person *other; /* the other process; NULL: it rests */
static int turns;     /* that it still takes */
static int taken;

cxlog_status __wrap_cxlog_scheme_propose(cxlog_event *out, const cxlog_scheme *scheme,
                                         const char chain[CXLOG_CHAIN_SIZE],
                                         const cxlog_proposal *proposal, cxlog_error *err)
{
    person *rival = other;
    if (rival && turns > 0) {
        char name[32];
        snprintf(name, sizeof name, "경쟁 %d", taken++);
        other = NULL;
        person_changes_alone(
            rival,
            (cxlog_proposal){.action = CXLOG_ACTION_ADD, .name = name, .code = ""});
        other = rival;
        turns--;
    }
    return __real_cxlog_scheme_propose(out, scheme, chain, proposal, err);
}

static cxlog_status adds_here(person *who, const char *name)
{
    cxlog_proposal proposal = {.action = CXLOG_ACTION_ADD,
                               .name = name,
                               .from = CXLOG_NO_DAY,
                               .author = "하늘",
                               .now = cxlog_wall_now()};
    cxlog_event *events = NULL;
    who->err = (cxlog_error){0};
    cxlog_status status = cxlog_sync_propose(who->store, NULL, &who->options, &proposal,
                                             1, &events, &who->err);
    cxlog_events_free(events, events ? 1 : 0);
    return status;
}

/* A change, while another process with the same store takes so many turns. */
static cxlog_status adds_among_others(sync_team *team, const char *name, int others)
{
    person *who = &team->people[0];
    person rival = *who;
    cxlog_store_options options = {.path = who->path, .busy_ms = 1000};
    assert_int_equal(cxlog_store_open(&rival.store, &options, NULL), CXLOG_OK);
    other = &rival;
    turns = others;
    taken = 0;
    cxlog_status status = adds_here(who, name);
    other = NULL;
    cxlog_store_close(rival.store);
    return status;
}

static void the_loser_of_a_race_follows_on_from_the_winner(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, false);
    person *who = &team->people[0];
    char chain[CXLOG_CHAIN_SIZE];
    int64_t before = person_version(who, chain);
    assert_int_equal(adds_among_others(team, "제휴", 2), CXLOG_OK);
    assert_int_equal(person_version(who, chain), before + 3);
    assert_true(person_knows(who, CXLOG_DIM_CATEGORY, "경쟁 1"));
    assert_true(person_knows(who, CXLOG_DIM_CATEGORY, "제휴"));
}

static void who_loses_every_race_changes_nothing_and_says_so(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, false);
    person *who = &team->people[0];
    assert_int_equal(adds_among_others(team, "제휴", 1000), CXLOG_ERR_RETRY);
    assert_true(*who->err.message);
    assert_int_equal(taken, 11);
    assert_false(person_knows(who, CXLOG_DIM_CATEGORY, "제휴"));
    assert_int_equal(adds_here(who, "제휴"), CXLOG_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_loser_of_a_race_follows_on_from_the_winner),
        cmocka_unit_test(who_loses_every_race_changes_nothing_and_says_so),
    };
    return cmocka_run_group_tests_name("sync_alone", tests, NULL, NULL);
}
