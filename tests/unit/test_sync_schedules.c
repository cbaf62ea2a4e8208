/*
 * Random schedules: several people log, sync and change the scheme on one sheet, inside
 * each other's syncs, while answers are lost, writes arrive late, processes die and
 * people sort and type. In the end every record stands once, and all stores hold the
 * same.
 */
#include <stdio.h>

#include "sync_team.h"

#define SCHEDULES 40 /* CXLOG_ROUNDS asks for more */

typedef struct schedule {
    sync_team *team;
    seeded random;
    uint64_t seed;
    int depth;
    int names;
} schedule;

static uint64_t
    running; /* seed of the schedule at work, 0 when none is: a failure names it */

static int64_t between(schedule *s, int64_t from, int64_t to)
{
    return seeded_between(&s->random, from, to);
}

static person *somebody(schedule *s)
{
    return &s->team->people[between(s, 0, (int64_t)s->team->count - 1)];
}

static void must_be_safe(const schedule *s, const person *who, cxlog_status status)
{
    if (status != CXLOG_OK && status != CXLOG_ERR_RETRY && status != CXLOG_ERR_INTERRUPT)
        fail_msg("CXLOG_SCHEDULE=%llu: %s: %s", (unsigned long long)s->seed,
                 cxlog_status_name(status), who->err.message);
}

static void others_at_work(fake_remote *remote, void *context);

static void work(schedule *s, person *who)
{
    char name[32];
    if (who->remote.before)
        return; /* in the middle of a call */
    who->remote.before = others_at_work;
    who->remote.context = s;
    who->remote.random = &s->random;
    who->remote.odds = 6;
    switch (between(s, 0, 11)) {
    case 0:
        snprintf(name, sizeof name, "항목 %d", s->names++);
        must_be_safe(s, who, person_adds(who, name));
        break;
    case 1:
        snprintf(name, sizeof name, "필드 %d", s->names++);
        must_be_safe(s, who, person_adds_field(who, name));
        break;
    default:
        person_log(who, (int)between(s, 1, 4));
        must_be_safe(s, who, person_sync(who));
    }
    who->remote.before = NULL;
    if (who->remote.dead)
        person_reopens(who);
}

static void others_at_work(fake_remote *remote, void *context)
{
    schedule *s = context;
    (void)remote;
    if (s->depth >= 2 || between(s, 1, 5) != 1)
        return;
    s->depth++;
    work(s, somebody(s));
    s->depth--;
}

static void people_edit(schedule *s)
{
    fake_sheet *sheet = &s->team->sheet;
    if (between(s, 1, 12) == 1)
        fake_reverse_rows(sheet);
    if (between(s, 1, 8) == 1)
        fake_type_row(sheet, between(s, 2, (int64_t)sheet->row_count + 2));
}

static void end_quietly(schedule *s)
{
    fake_sheet_calm(&s->team->sheet);
    team_pass(300);
    for (size_t i = 0; i < s->team->count; i++) {
        person *who = &s->team->people[i];
        person_reopens(who);
        if (person_sync(who) != CXLOG_OK)
            fail_msg("CXLOG_SCHEDULE=%llu: in the end: %s", (unsigned long long)s->seed,
                     who->err.message);
    }
}

static void run_schedule(uint64_t seed)
{
    schedule s = {.seed = seed, .random = {.state = seed}};
    CXLOG_AUTO(sync_team) *team = team_start((size_t)between(&s, 2, 3), true);
    running = seed;
    s.team = team;
    team_seed(seed ^ 0x5eed);
    int64_t steps = between(&s, 4, 12);
    for (int64_t i = 0; i < steps; i++) {
        work(&s, somebody(&s));
        people_edit(&s);
        team_pass(between(&s, 0, 250));
    }
    end_quietly(&s);
    team_is_whole(team);
    running = 0;
}

static void every_record_ends_once_in_the_sheet_and_in_all_stores(void **state)
{
    seeded random = *(seeded *)*state;
    const char *one = getenv("CXLOG_SCHEDULE"); /* to see a failure again */
    const char *given = getenv("CXLOG_ROUNDS");
    if (one) {
        run_schedule(strtoull(one, NULL, 10));
        return;
    }
    long rounds = given ? strtol(given, NULL, 10) : SCHEDULES;
    for (long i = 0; i < rounds; i++)
        run_schedule(seeded_next(&random));
}

static int say_seed(void **state)
{
    if (running)
        print_error("to see this one again: CXLOG_SCHEDULE=%llu\n",
                    (unsigned long long)running);
    (void)state;
    return 0;
}

int main(void)
{
    seeded random = seeded_start("sync_schedules");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate_setup_teardown(
            every_record_ends_once_in_the_sheet_and_in_all_stores, NULL, say_seed,
            &random),
    };
    return cmocka_run_group_tests_name("sync_schedules", tests, NULL, NULL);
}
