/* Whatever a team does to its scheme, in whatever order and from however many machines:
 * no past number changes, and both views have the same sum. */
#include <stdio.h>
#include <unistd.h>

#include "sync_team.h"

#define TEAMS 40
#define SEQUENCES 50 /* a team: 2,000 in all */
#define COMMANDS 6   /* a sequence, at most */
#define PEOPLE 3

/* What was logged, as it was logged, and who knows of it. */
typedef struct fact {
    cxlog_day day;
    char category[64], detail[64], channel[64];
    bool known[PEOPLE], sent;
} fact;

typedef struct world {
    sync_team *team;
    seeded *random;
    fact *facts;
    size_t count, room;
    size_t changes[CXLOG_ACTION_COUNT];
} world;

static int64_t between(world *w, int64_t from, int64_t to)
{
    return seeded_between(w->random, from, to);
}

static cxlog_day today(void)
{
    return cxlog_day_of(cxlog_wall_now());
}

static cxlog_scheme *scheme_of(person *who)
{
    cxlog_scheme *scheme = NULL;
    assert_int_equal(cxlog_store_scheme(who->store, &scheme, NULL), CXLOG_OK);
    return scheme;
}

/* ---- logging: names in use as this machine knows them ---- */

static const cxlog_value *some_value(world *w, const cxlog_scheme *scheme, cxlog_dim dim,
                                     cxlog_day day)
{
    size_t count = cxlog_scheme_count(scheme);
    size_t start = (size_t)between(w, 0, (int64_t)count - 1);
    for (size_t i = 0; i < count; i++) {
        const cxlog_value *value = cxlog_scheme_at(scheme, (start + i) % count);
        if (value->dim != dim || !cxlog_value_in_use(value, day))
            continue;
        const cxlog_value *parent =
            *value->parent ? cxlog_scheme_get(scheme, dim, "",
                                              cxlog_scheme_parent(scheme, value, day))
                           : value;
        if (parent && cxlog_value_in_use(parent, day))
            return value;
    }
    return NULL;
}

static void add_entry(person *who, const fact *f)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_error err = {0};
    char id[CXLOG_ID_SIZE];
    cxlog_entry_init(&entry);
    entry.number[CXLOG_COL_CONTACTED_AT] = (cxlog_wall)f->day * 86400 + 36000;
    entry.number[CXLOG_COL_LOGGED_AT] = cxlog_wall_now();
    cxlog_status status = cxlog_id_new(id, &err);
    const struct {
        cxlog_column column;
        const char *text;
    } texts[] = {{CXLOG_COL_ID, id},
                 {CXLOG_COL_AGENT, "하늘"},
                 {CXLOG_COL_CATEGORY, f->category},
                 {CXLOG_COL_DETAIL, f->detail},
                 {CXLOG_COL_CHANNEL, f->channel}};
    for (size_t i = 0; status == CXLOG_OK && i < sizeof texts / sizeof texts[0]; i++)
        status = cxlog_entry_set(&entry, texts[i].column, texts[i].text, &err);
    if (status == CXLOG_OK)
        status = cxlog_entry_seal(&entry, &err);
    if (status == CXLOG_OK)
        status = cxlog_store_add(who->store, &entry, 1, NULL, &err);
    if (status != CXLOG_OK)
        fail_msg("%s", err.message);
}

static void log_some(world *w, size_t person_index)
{
    person *who = &w->team->people[person_index];
    CXLOG_AUTO(cxlog_scheme) *scheme = scheme_of(who);
    for (int64_t i = between(w, 1, 4); i > 0; i--) {
        fact f = {.day = (cxlog_day)(today() - between(w, 0, 30))};
        const cxlog_value *value = some_value(w, scheme, CXLOG_DIM_CATEGORY, f.day);
        const cxlog_value *channel = some_value(w, scheme, CXLOG_DIM_CHANNEL, f.day);
        if (!value || !channel)
            continue;
        bool detail = *value->parent;
        snprintf(f.category, sizeof f.category, "%s",
                 detail ? cxlog_scheme_parent(scheme, value, f.day) : value->name);
        snprintf(f.detail, sizeof f.detail, "%s", detail ? value->name : "");
        snprintf(f.channel, sizeof f.channel, "%s", channel->name);
        f.known[person_index] = true;
        add_entry(who, &f);
        if (w->count == w->room) {
            w->room = w->room ? w->room * 2 : 256;
            w->facts = realloc(w->facts, w->room * sizeof *w->facts);
            assert_non_null(w->facts);
        }
        w->facts[w->count++] = f;
    }
}

/* ---- scheme changes, sensible or not ---- */

static const char *const names[] = {"물류", "설치", "점검", "견적", "서류",
                                    "교육", "행사", "보안", "배송", "환불"};

static const char *any_name(world *w)
{
    return names[between(w, 0, (int64_t)(sizeof names / sizeof names[0]) - 1)];
}

static cxlog_day any_half(world *w)
{
    int year, month, day;
    cxlog_day_civil(today(), &year, &month, &day);
    int64_t pick = between(w, 0, 5);
    if (pick == 0)
        return CXLOG_NO_DAY;
    if (pick == 1)
        return (cxlog_day)(today() + between(w, -200, 200));
    return cxlog_day_make(year + (int)between(w, 0, 1), pick % 2 ? 7 : 1, 1);
}

static void propose(world *w, size_t person_index)
{
    person *who = &w->team->people[person_index];
    CXLOG_AUTO(cxlog_scheme) *scheme = scheme_of(who);
    size_t count = cxlog_scheme_count(scheme);
    const cxlog_value *value =
        cxlog_scheme_at(scheme, (size_t)between(w, 0, (int64_t)count - 1));
    char text[128];
    cxlog_proposal p = {
        .action = (cxlog_action)between(w, 0, CXLOG_ACTION_COUNT - 1),
        .dim = value->dim,
        .name = value->name,
        .parent = cxlog_scheme_parent(scheme, value, today()),
        .code = "",
        .target = between(w, 0, 1)
                      ? any_name(w)
                      : cxlog_scheme_at(scheme, (size_t)between(w, 0, (int64_t)count - 1))
                            ->name,
        .reason = "회의",
        .from = any_half(w),
        .force_new = true,
        .author = "하늘",
        .now = cxlog_wall_now(),
    };
    if (p.action == CXLOG_ACTION_ADD) {
        p.parent = p.dim == CXLOG_DIM_CATEGORY && !*value->parent && between(w, 0, 1)
                       ? value->name
                       : "";
        p.name = any_name(w);
        p.target = NULL;
    }
    if (p.action == CXLOG_ACTION_ADD || p.action == CXLOG_ACTION_ALIAS)
        p.from = CXLOG_NO_DAY;
    if (p.action == CXLOG_ACTION_SPLIT) {
        snprintf(text, sizeof text, "%s, %s", any_name(w), any_name(w));
        p.target = text;
    }
    if (p.action == CXLOG_ACTION_WITHDRAW) {
        snprintf(text, sizeof text, "%d", (int)value->retired_by);
        p.target = text;
        p.from = CXLOG_NO_DAY;
    }
    cxlog_event *events = NULL;
    cxlog_error err = {0};
    cxlog_status status = cxlog_sync_propose(who->store, &who->remote.base, &who->options,
                                             &p, 1, &events, &err);
    cxlog_events_free(events, events ? 1 : 0);
    if (status == CXLOG_OK)
        w->changes[p.action]++;
    else if (status != CXLOG_ERR_VALUE)
        fail_msg("%s %s: %s", cxlog_action_word(p.action), p.name, err.message);
}

/* A change that asks for use has pulled what others sent. */
static void learn_all(world *w, size_t person_index)
{
    cxlog_counts counts = person_counts(&w->team->people[person_index]);
    size_t known = 0, more = 0;
    for (size_t i = 0; i < w->count; i++) {
        known += w->facts[i].known[person_index];
        more += w->facts[i].sent && !w->facts[i].known[person_index];
    }
    int64_t here = counts.confirmed + counts.sent + counts.unknown + counts.pending;
    if (here == (int64_t)known)
        return;
    assert_int_equal(here, known + more);
    for (size_t i = 0; i < w->count; i++)
        w->facts[i].known[person_index] |= w->facts[i].sent;
}

static void sync(world *w, size_t person_index)
{
    person_syncs(&w->team->people[person_index]);
    for (size_t i = 0; i < w->count; i++) {
        w->facts[i].sent |= w->facts[i].known[person_index];
        w->facts[i].known[person_index] |= w->facts[i].sent;
    }
}

/* ---- the numbers ---- */

static cxlog_totals *totals_of(person *who, cxlog_period period, cxlog_by_kind first,
                               cxlog_by_kind second, bool mapped)
{
    cxlog_query query = {.period = period,
                         .by = {{.kind = first}, {.kind = second}},
                         .by_count = 2,
                         .vs = CXLOG_VS_NONE,
                         .mapped = mapped};
    cxlog_totals *totals = NULL;
    cxlog_error err = {0};
    if (cxlog_store_totals(who->store, &query, &totals, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
    return totals;
}

/* path: "배송/해외", as totals by detail call it. */
static int64_t logged(const world *w, size_t person_index, cxlog_period period,
                      const char *category, const char *path, const char *channel)
{
    int64_t count = 0;
    for (size_t i = 0; i < w->count; i++) {
        const fact *f = &w->facts[i];
        char own[2 * sizeof f->category];
        snprintf(own, sizeof own, "%s/%s", f->category, f->detail);
        count += f->known[person_index] && f->day >= period.from && f->day <= period.to &&
                 (!category || !strcmp(f->category, category)) &&
                 (!path || !strcmp(own, path)) &&
                 (!channel || !strcmp(f->channel, channel));
    }
    return count;
}

static int64_t sum(const cxlog_totals *totals)
{
    int64_t count = 0;
    for (size_t i = 0; i < totals->row_count; i++)
        count += totals->rows[i].count;
    return count;
}

static void check_period(const world *w, size_t person_index, cxlog_period period)
{
    person *who = &w->team->people[person_index];
    int64_t all = logged(w, person_index, period, NULL, NULL, NULL);
    for (int mapped = 0; mapped < 2; mapped++) {
        for (int by = 0; by < 2; by++) {
            CXLOG_AUTO(cxlog_totals) *totals =
                totals_of(who, period, CXLOG_BY_CATEGORY,
                          by ? CXLOG_BY_CHANNEL : CXLOG_BY_DETAIL, mapped);
            if (totals->total.count != all || sum(totals) != all)
                fail_msg("%s: %d of %d records, rows add up to %d", period.label,
                         (int)totals->total.count, (int)all, (int)sum(totals));
            for (size_t i = 0; !mapped && i < totals->row_count; i++) {
                char *const *key = totals->rows[i].key;
                int64_t expected = logged(w, person_index, period, key[0],
                                          by ? NULL : key[1], by ? key[1] : NULL);
                if (totals->rows[i].count != expected)
                    fail_msg("%s: %s, %s: %d logged, %d counted", period.label, key[0],
                             key[1], (int)expected, (int)totals->rows[i].count);
            }
        }
    }
}

static void check_numbers(world *w, size_t person_index)
{
    cxlog_day first = cxlog_day_make(2026, 7, 1);
    cxlog_day day = (cxlog_day)(first + between(w, 0, today() - first));
    check_period(w, person_index, cxlog_period_of(CXLOG_PERIOD_HALF, day));
    check_period(w, person_index, cxlog_period_of(CXLOG_PERIOD_MONTH, day));
    check_period(w, person_index, cxlog_period_of(CXLOG_PERIOD_YEAR, today()));
}

static void one_command(world *w)
{
    size_t who = (size_t)between(w, 0, PEOPLE - 1);
    int64_t pick = between(w, 0, 9);
    if (pick < 3)
        log_some(w, who);
    else if (pick < 8)
        propose(w, who);
    else if (pick < 9)
        sync(w, who);
    else
        team_pass(between(w, 1, 25) * 86400);
    learn_all(w, who);
}

static void one_team(world *w)
{
    CXLOG_AUTO(sync_team) *team = team_start(PEOPLE, true);
    w->team = team;
    w->count = 0;
    for (int sequence = 0; sequence < SEQUENCES; sequence++) {
        for (int64_t commands = between(w, 2, COMMANDS); commands > 0; commands--)
            one_command(w);
        check_numbers(w, (size_t)between(w, 0, PEOPLE - 1));
    }
    for (size_t round = 0; round < 2; round++) {
        for (size_t i = 0; i < PEOPLE; i++)
            sync(w, i);
    }
    for (size_t i = 0; i < PEOPLE; i++)
        check_numbers(w, i);
}

static void no_sequence_of_changes_touches_what_was_counted(void **state)
{
    (void)state;
    seeded random = seeded_start("constitution");
    world w = {.random = &random};
    size_t records = 0;
    for (int team = 0; team < TEAMS; team++) {
        one_team(&w);
        records += w.count;
    }
    free(w.facts);
    assert_true(records > 20 * (size_t)TEAMS);
    for (int action = 0; action < CXLOG_ACTION_COUNT; action++)
        if (w.changes[action] == 0)
            fail_msg("no %s in all sequences: the test has lost its teeth",
                     cxlog_action_word((cxlog_action)action));
}

int main(void)
{
    /* Durability is not what is tested here: without a disk it is ten times as fast. */
    if (access("/dev/shm", W_OK) == 0)
        setenv("TMPDIR", "/dev/shm", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_sequence_of_changes_touches_what_was_counted),
    };
    return cmocka_run_group_tests_name("constitution", tests, NULL, NULL);
}
