/* People, stores and a clock for sync's tests. */
#include <stdio.h>
#include <unistd.h>

#include <cxlog/wall.h>

#include "core/seam.h"
#include "folder.h"
#include "sync_team.h"

static int64_t clock_ms;
static seeded chance;

static int64_t team_clock(void)
{
    return clock_ms;
}

static void team_sleep(int64_t ms)
{
    clock_ms += ms;
}

static int team_random(void *buffer, size_t count)
{
    unsigned char *bytes = buffer;
    for (size_t i = 0; i < count; i++)
        bytes[i] = (unsigned char)seeded_next(&chance);
    return 0;
}

void team_seed(uint64_t seed)
{
    chance.state = seed;
}

void team_pass(int64_t seconds)
{
    clock_ms += seconds * 1000;
}

static void must(cxlog_status status, const cxlog_error *err)
{
    if (status != CXLOG_OK)
        fail_msg("%s: %s", cxlog_status_name(status), err->message);
}

static void open_store(person *who)
{
    cxlog_store_options options = {.path = who->path, .busy_ms = 1000, .create = true};
    who->err = (cxlog_error){0};
    must(cxlog_store_open(&who->store, &options, &who->err), &who->err);
}

sync_team *team_start(size_t count, bool set_up)
{
    static const cx_seam seam = {team_clock, team_clock, team_random, team_sleep};
    cxlog_error err = {0};
    cx_seam_use(&seam);
    clock_ms = INT64_C(1795225920000); /* 2026-11-21 */
    team_seed(1);
    must(cxlog_zone_use("Asia/Seoul", &err), &err);
    sync_team *team = calloc(1, sizeof *team);
    assert_non_null(team);
    folder_make(team->folder, sizeof team->folder, "sync");
    fake_sheet_init(&team->sheet);
    team->count = count;
    for (size_t i = 0; i < count; i++) {
        person *who = &team->people[i];
        who->team = team;
        snprintf(who->path, sizeof who->path, "%s/%zu.db", team->folder, i);
        who->options = (cxlog_sync_options){.sheet_id = TEAM_SHEET,
                                            .zone = "Asia/Seoul",
                                            .backoff_ms = 1000,
                                            .stop = &team->stop};
        fake_remote_init(&who->remote, &team->sheet);
        open_store(who);
        cxlog_setup_result result;
        if (set_up)
            must(person_sets_up(who, false, &result), &who->err);
        who->remote.requests = (cxlog_requests){0};
        who->remote.operations = 0;
    }
    return team;
}

void team_end(sync_team *team)
{
    if (!team)
        return;
    for (size_t i = 0; i < team->count; i++) {
        char other[128];
        cxlog_store_close(team->people[i].store);
        unlink(team->people[i].path);
        snprintf(other, sizeof other, "%s-journal", team->people[i].path);
        unlink(other);
        snprintf(other, sizeof other, "%s.lock", team->people[i].path);
        unlink(other);
    }
    rmdir(team->folder);
    fake_sheet_clear(&team->sheet);
    free(team->ids);
    free(team);
    cx_seam_use(NULL);
}

void person_reopens(person *who)
{
    cxlog_store_close(who->store);
    open_store(who);
    fake_remote_init(&who->remote, &who->team->sheet);
}

static void fill_entry(cxlog_entry *entry, const char *note)
{
    cxlog_error err = {0};
    char id[CXLOG_ID_SIZE];
    cxlog_entry_init(entry);
    must(cxlog_id_new(id, &err), &err);
    entry->number[CXLOG_COL_CONTACTED_AT] = cxlog_wall_now();
    entry->number[CXLOG_COL_LOGGED_AT] = cxlog_wall_now();
    must(cxlog_entry_set(entry, CXLOG_COL_ID, id, &err), &err);
    must(cxlog_entry_set(entry, CXLOG_COL_AGENT, "하늘", &err), &err);
    must(cxlog_entry_set(entry, CXLOG_COL_CATEGORY, "배송", &err), &err);
    must(cxlog_entry_set(entry, CXLOG_COL_CHANNEL, "전화", &err), &err);
    must(cxlog_entry_set(entry, CXLOG_COL_NOTE, note, &err), &err);
    must(cxlog_entry_seal(entry, &err), &err);
}

void person_log(person *who, int count)
{
    sync_team *team = who->team;
    cxlog_entry *entries = calloc((size_t)count, sizeof *entries);
    assert_non_null(entries);
    for (int i = 0; i < count; i++) {
        char note[64];
        snprintf(note, sizeof note, "%zu번째 문의", team->logged);
        fill_entry(&entries[i], note);
        if (team->logged == team->room) {
            team->room = team->room ? team->room * 2 : 64;
            team->ids = realloc(team->ids, team->room * sizeof *team->ids);
            assert_non_null(team->ids);
        }
        memcpy(team->ids[team->logged++], cxlog_entry_text(&entries[i], CXLOG_COL_ID),
               CXLOG_ID_SIZE);
    }
    cxlog_error err = {0};
    must(cxlog_store_add(who->store, entries, (size_t)count, NULL, &err), &err);
    for (int i = 0; i < count; i++)
        cxlog_entry_clear(&entries[i]);
    free(entries);
}

cxlog_status person_sync(person *who)
{
    who->err = (cxlog_error){0};
    who->remote.requests = (cxlog_requests){0};
    return cxlog_sync_run(who->store, &who->remote.base, &who->options, &who->result,
                          &who->err);
}

void person_syncs(person *who)
{
    must(person_sync(who), &who->err);
}

cxlog_status person_sets_up(person *who, bool extend, cxlog_setup_result *result)
{
    who->err = (cxlog_error){0};
    return cxlog_sync_setup(who->store, &who->remote.base, &who->options, extend, result,
                            &who->err);
}

void person_changes_alone(person *who, cxlog_proposal proposal)
{
    cxlog_event *events = NULL;
    if (proposal.from == 0)
        proposal.from = CXLOG_NO_DAY;
    proposal.force_new = true;
    proposal.author = "하늘";
    proposal.reason = "혼자 쓸 때";
    proposal.now = cxlog_wall_now();
    who->err = (cxlog_error){0};
    must(cxlog_sync_propose(who->store, NULL, &who->options, &proposal, 1, &events,
                            &who->err),
         &who->err);
    cxlog_events_free(events, 1);
}

static cxlog_status propose(person *who, cxlog_dim dim, const char *name,
                            const char *target)
{
    cxlog_proposal proposal = {
        .action = CXLOG_ACTION_ADD,
        .dim = dim,
        .name = name,
        .target = target,
        .code = "",
        .reason = "주간 회의",
        .from = CXLOG_NO_DAY,
        .force_new = true,
        .author = "팀장",
        .now = cxlog_wall_now(),
    };
    cxlog_event *events = NULL;
    who->err = (cxlog_error){0};
    cxlog_status status = cxlog_sync_propose(who->store, &who->remote.base, &who->options,
                                             &proposal, 1, &events, &who->err);
    cxlog_events_free(events, events ? 1 : 0);
    return status;
}

cxlog_status person_adds(person *who, const char *name)
{
    return propose(who, CXLOG_DIM_CATEGORY, name, NULL);
}

cxlog_status person_adds_field(person *who, const char *name)
{
    return propose(who, CXLOG_DIM_FIELD, name, "text");
}

bool person_knows(person *who, cxlog_dim dim, const char *name)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    cxlog_error err = {0};
    must(cxlog_store_scheme(who->store, &scheme, &err), &err);
    return cxlog_scheme_get(scheme, dim, "", name) != NULL;
}

cxlog_counts person_counts(person *who)
{
    cxlog_counts counts;
    cxlog_error err = {0};
    must(
        cxlog_store_counts(who->store, "", cxlog_day_of(cxlog_wall_now()), &counts, &err),
        &err);
    return counts;
}

int64_t person_version(person *who, char chain[CXLOG_CHAIN_SIZE])
{
    int64_t number, shared;
    cxlog_error err = {0};
    must(cxlog_store_chain(who->store, &number, chain, &shared, &err), &err);
    return number;
}

void team_sheet_is_whole(sync_team *team)
{
    fake_sheet_calm(&team->sheet);
    for (size_t i = 0; i < team->logged; i++) {
        int times = fake_count(&team->sheet, team->ids[i]);
        if (times != 1)
            fail_msg("record %zu (%s) stands %d times in the sheet", i, team->ids[i],
                     times);
    }
}

void team_is_whole(sync_team *team)
{
    char chain[CXLOG_CHAIN_SIZE], first[CXLOG_CHAIN_SIZE] = "";
    team_sheet_is_whole(team);
    for (size_t i = 0; i < team->count; i++) {
        person *who = &team->people[i];
        person_syncs(who); /* learns what the others sent */
        person_syncs(who);
        assert_int_equal(who->result.requests.read, 1);
        assert_int_equal(who->result.requests.write, 0);
        cxlog_counts counts = person_counts(who);
        if (counts.confirmed != (int64_t)team->logged ||
            counts.pending + counts.sent + counts.unknown != 0 ||
            counts.duplicate + counts.missing + counts.edited + counts.quarantined != 0)
            fail_msg("person %zu: %d confirmed of %zu, %d pending, %d sent, %d unknown, "
                     "%d missing, "
                     "%d duplicate, %d edited",
                     i, (int)counts.confirmed, team->logged, (int)counts.pending,
                     (int)counts.sent, (int)counts.unknown, (int)counts.missing,
                     (int)counts.duplicate, (int)counts.edited);
        assert_int_equal(person_version(who, chain), team->sheet.event_count);
        if (i == 0)
            memcpy(first, chain, sizeof first);
        assert_string_equal(first, chain);
    }
}
