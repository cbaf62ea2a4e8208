/*
 * desk.h - one machine, the emulator in the same process without its socket, and a person
 * at the sheet. All above the socket is the program's own. The clock stands still and
 * moves only by waiting.
 */
#ifndef DESK_H
#define DESK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <cxlog/close.h>

#define DESK_SHEET "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg"

typedef struct desk {
    char folder[64];
    char path[96], kept_path[96], key_path[96];
    cxlog_store *store;
    cxlog_remote *remote;
    cxlog_sync_options options;
    cxlog_error err; /* of the last call */
} desk;

/* A store of this machine, set up with an empty spreadsheet; new: not yet set up. */
desk *desk_open(void);
desk *desk_new(void);
/* Set up, and four records in the sheet: 배송, of 하늘 and 바다 in turn. */
desk *desk_with_records(void);
cxlog_status desk_sets_up(desk *d, cxlog_setup_result *result);
void desk_close(desk *d);
CXLOG_AUTO_DEFINE(desk, desk_close);
/* For cmocka: *state is a desk with records. */
int desk_setup(void **state);
int desk_teardown(void **state);

/* The store as a new process opens it; the remote stays, and its token with it. */
void desk_reopens(desk *d);
/* Another machine: a new store, not yet set up. */
void desk_forgets(desk *d);
/* Operations that stand before the remote's own (`inner`), for a test to put its own
 * into. */
cxlog_remote_ops *desk_between(desk *d, const cxlog_remote_ops **inner);
/* Remember store and spreadsheet as they are; bring them back. */
void desk_keep(desk *d);
void desk_back(desk *d);

/* A contact of now, by phone and solved. */
void desk_log(desk *d, const char *agent, const char *category, const char *note);
void desk_syncs(desk *d);
cxlog_day desk_today(void);
/* 하늘 closes today; fails the test when it ends otherwise than wanted. */
cxlog_close_result desk_closes(desk *d, bool accept, cxlog_status wanted);

/* What a person does to a tab: members of tests/emulator/README.md's `people`. */
void desk_person(const char *tab, const char *order);
/* Only its first rows are left, as of a tab without a frozen header. */
void desk_cut(const char *tab, int rows);
/* A blank tab of that id; the spreadsheet's title; the charts of a tab deleted. */
void desk_add_tab(int32_t id, const char *title);
void desk_retitle(const char *title);
void desk_drop_charts(const char *tab);
/* Text of a cell, "" when blank. Borrowed. */
const char *desk_cell(const char *tab, int row, int column);
/* False: the cell holds no number. */
bool desk_number(const char *tab, int row, int column, double *out);
/* Has the cell a drop-down? */
bool desk_has_choices(const char *tab, int row, int column);
/* All that the sheet shows, as text: cells with their formats and drop-downs, charts,
 * protections. The caller frees it. */
char *desk_picture(void);
/* Writes since the last call. */
int desk_writes(void);

#endif
