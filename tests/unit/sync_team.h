/*
 * sync_team.h - a team for sync's tests: one fake sheet, several people with a store
 * each, a clock that only waiting moves.
 */
#ifndef SYNC_TEAM_H
#define SYNC_TEAM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <cxlog/sync.h>

#include "fake_remote.h"

#define PEOPLE_MAX 4
#define TEAM_SHEET "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789"

typedef struct person {
    struct sync_team *team;
    char path[96];
    cxlog_store *store;
    fake_remote remote;
    cxlog_sync_options options;
    cxlog_error err; /* of the last call */
    cxlog_sync_result result;
} person;

typedef struct sync_team {
    char folder[64];
    fake_sheet sheet;
    person people[PEOPLE_MAX];
    size_t count;
    char (*ids)[CXLOG_ID_SIZE]; /* of everything logged */
    size_t logged, room;
    volatile int stop;
} sync_team;

/* `count` people with a store each; set_up: bound to the sheet, so that sync works. */
sync_team *team_start(size_t count, bool set_up);
void team_end(sync_team *team); /* stores deleted, seam put back */
CXLOG_AUTO_DEFINE(sync_team, team_end);
void team_seed(uint64_t seed); /* of everything random below cx_random */
void team_pass(int64_t seconds);

void person_log(person *who, int count); /* contacts 배송, by 전화 */
cxlog_status person_sync(person *who);
void person_syncs(person *who); /* must succeed */
cxlog_status person_sets_up(person *who, bool extend, cxlog_setup_result *result);
void person_reopens(person *who); /* as a new process: store closed and opened, remote
                                     alive again without faults */
/* category add NAME */
cxlog_status person_adds(person *who, const char *name);
cxlog_status person_adds_field(person *who, const char *name);
/* A change without a sheet; who, why, when and how sure need not be said. */
void person_changes_alone(person *who, cxlog_proposal proposal);
bool person_knows(person *who, cxlog_dim dim, const char *name);
cxlog_counts person_counts(person *who);
int64_t person_version(person *who, char chain[CXLOG_CHAIN_SIZE]);

/* Everything logged stands once in the sheet, every store holds all of it confirmed,
 * nothing else, and a further sync makes one read. */
void team_is_whole(sync_team *team);
/* Everything logged stands once in the sheet. */
void team_sheet_is_whole(sync_team *team);

#endif
