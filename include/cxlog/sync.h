/*
 * sync.h - store and remote brought together: pull, push, confirm; set-up; scheme
 * changes. DESIGN.md 4 and 5.
 */
#ifndef CXLOG_SYNC_H
#define CXLOG_SYNC_H

#include <cxlog/remote.h>
#include <cxlog/store.h>

CXLOG_BEGIN_DECLS

/* ---- one at a time: locks that die with their holder ---- */

typedef enum cxlog_lock_kind {
    CXLOG_LOCK_WAITER, /* the background sync of this store, from start to end (lingering
                          included) */
    CXLOG_LOCK_WORK    /* whoever talks to the sheet right now */
} cxlog_lock_kind;

typedef struct cxlog_lock cxlog_lock;

/* Take a lock of the store at `path` (file "<path>.lock", 0600), waiting at most wait_ms.
 * *out NULL and *holder its pid when somebody else holds it. Errors: ERR_IO, ERR_CREATE.
 * POSIX record locks: one lock object of a kind a process. */
CXLOG_MUST_USE cxlog_status cxlog_lock_take(cxlog_lock **out, const char *path,
                                            cxlog_lock_kind kind, int64_t wait_ms,
                                            int64_t *holder, cxlog_error *err);
void cxlog_lock_drop(cxlog_lock *lock);
CXLOG_AUTO_DEFINE(cxlog_lock, cxlog_lock_drop);
/* Who holds it (pid), 0 nobody; takes nothing, so it never disturbs a holder to be. */
int64_t cxlog_lock_holder(const char *path, cxlog_lock_kind kind);

/* ---- many machines at one time of day ---- */

/*
 * When this machine's turn is within a span after the hour at which all of a team begin:
 * the same for the same seed every day, evenly spread over seeds, so that the machines of
 * one service account share its quota of requests a minute. Pure; lives in core.
 *
 * *out     out: 0 <= *out < span_ms; 0 when span_ms is not positive
 * seed     in: what tells this machine from the others (agent and host name, say);
 * borrowed
 *
 * Errors: ERR_NOMEM
 * Source: tests/faults/fullteam.c measures what a span is good for: 15 minutes for 500
 * machines.
 */
CXLOG_MUST_USE cxlog_status cxlog_spread_ms(int64_t *out, const char *seed,
                                            int64_t span_ms, cxlog_error *err);

/* ---- sync ---- */

typedef struct cxlog_sync_options {
    const char *sheet_id;
    const char
        *zone; /* the team's zone, for the sentence when the spreadsheet's differs */
    int64_t backoff_ms;       /* first wait between tries of a write; 1,000 */
    const volatile int *stop; /* becomes non-zero on ^C; may be NULL */
    cxlog_progress progress;  /* told of waits; of requests the remote tells */
} cxlog_sync_options;

/* Members of CLI.md's JSON, in order. */
typedef struct cxlog_sync_result {
    int64_t pushed, pulled, confirmed, pending, unknown, quarantined, missing, edited,
        duplicate, foreign;
    int64_t scheme_version;
    cxlog_requests requests;
} cxlog_sync_result;

/*
 * Pull, settle what is unknown, push, pull again to confirm. The caller holds
 * CXLOG_LOCK_WORK. Result is filled also on failure, as far as things went. Nothing to
 * push: one read request, no write. ⌈n / 500⌉ write requests for n pending records, and
 * about ten more for each one that Google refuses for good: it is found by halving, and
 * set aside. Forty such refusals, or three records refused one after the other, end the
 * run with ERR_GONE; what was not refused alone stays pending.
 * Remembers its end or its trouble in the store (CXLOG_META_LAST_SYNC, _TROUBLE).
 * Errors: ERR_RETRY (records safe), ERR_SHEET (header; nothing written), ERR_TAMPERED
 * (scheme; nothing written), ERR_PERMISSION, ERR_GONE, ERR_CONFIG (store is bound to
 * another spreadsheet), those of the store.
 */
CXLOG_MUST_USE cxlog_status cxlog_sync_run(cxlog_store *store, cxlog_remote *remote,
                                           const cxlog_sync_options *options,
                                           cxlog_sync_result *result, cxlog_error *err);

/* ---- set-up ---- */

typedef struct cxlog_setup_result {
    char title[256]; /* of the spreadsheet */
    bool made_log, made_scheme;
    bool zone_differs;     /* spreadsheet's zone is not the team's, and was left alone */
    char zone[64];         /* the spreadsheet's */
    int64_t events_shared; /* scheme events this store brought along */
    int64_t events_taken;  /* scheme events it took over */
    int64_t scheme_version;
} cxlog_setup_result;

/*
 * Bind the store to the spreadsheet: find the tabs (by id, by header, by title) or make
 * them, bring the scheme along or take it over, prove that it can write. Safe to repeat,
 * safe when several do it at once. extend: events of this store that the used sheet does
 * not have may be added to it (ERR_VALUE listing them when false and there are any).
 * Errors: as cxlog_sync_run; ERR_CONFIG when the store holds records of another
 * spreadsheet.
 */
CXLOG_MUST_USE cxlog_status cxlog_sync_setup(cxlog_store *store, cxlog_remote *remote,
                                             const cxlog_sync_options *options,
                                             bool extend, cxlog_setup_result *result,
                                             cxlog_error *err);

/* Is the store bound to that spreadsheet (NULL: to any), as every exchange needs it? No
 * request is made. Errors: ERR_CONFIG. */
CXLOG_MUST_USE cxlog_status cxlog_sync_is_bound(cxlog_store *store, const char *sheet_id,
                                                cxlog_error *err);
/* Could cxlog_sync_setup bind it to that spreadsheet? Not when it holds records of
 * another one. No request is made. Errors: ERR_CONFIG with both. */
CXLOG_MUST_USE cxlog_status cxlog_sync_may_bind(cxlog_store *store, const char *sheet_id,
                                                cxlog_error *err);

/* ---- scheme changes ---- */

/*
 * Check proposals against the rules and write their events: remote NULL: to the store
 * alone (no sheet is set up); else to the sheet by compare-and-swap and then to the
 * store. A loser of a race reads again, checks the rules again and tries again. `used` of
 * each proposal is asked of the store here. All proposals go in one batch, in order.
 * events out: the events written; cxlog_events_free(). Errors: ERR_VALUE (rules),
 * ERR_RETRY (no network: nothing changed; or outcome not found out: says so),
 * ERR_TAMPERED.
 */
CXLOG_MUST_USE cxlog_status cxlog_sync_propose(cxlog_store *store, cxlog_remote *remote,
                                               const cxlog_sync_options *options,
                                               const cxlog_proposal *proposals,
                                               size_t count, cxlog_event **events,
                                               cxlog_error *err);

/* Does the sheet's 구분 extend the chain of this store? Reads all of it. *version: last
 * event there. Errors: ERR_TAMPERED naming the first bad event and both sides. */
CXLOG_MUST_USE cxlog_status cxlog_sync_verify_scheme(cxlog_store *store,
                                                     cxlog_remote *remote,
                                                     int64_t *version, cxlog_error *err);

/* A row of 구분 that is not what it should be; there, here: its cells joined by " | ",
 * NULL: nothing. Outside text: escape it. */
typedef struct cxlog_scheme_difference {
    int64_t row;
    char *there, *here;
} cxlog_scheme_difference;

typedef struct cxlog_restore_result {
    cxlog_scheme_difference *differences; /* found by the first look */
    size_t count;
    bool written;
    int64_t scheme_version; /* of the sheet afterwards */
} cxlog_restore_result;
void cxlog_restore_result_clear(cxlog_restore_result *result);
CXLOG_AUTO_VALUE_DEFINE(cxlog_restore_result, cxlog_restore_result_clear);

/*
 * Compare 구분 with the chain of this store, and write its rows back when `write`. Events
 * of others that follow on from this store's stay, wherever they stand; every other row
 * of the tab goes. Without differences nothing is written. The caller holds
 * CXLOG_LOCK_WORK. result out: cxlog_restore_result_clear(). Errors: ERR_RETRY,
 * ERR_TAMPERED (an event after this store's last was written and is gone: its author's
 * machine has it), those of the remote and of the store.
 */
CXLOG_MUST_USE cxlog_status cxlog_sync_restore_scheme(
    cxlog_store *store, cxlog_remote *remote, const cxlog_sync_options *options,
    bool write, cxlog_restore_result *result, cxlog_error *err);

CXLOG_END_DECLS

#endif
