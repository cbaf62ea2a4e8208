/*
 * sync_impl.h - what the files of this room share: one run's state and the steps it is
 * made of.
 */
#ifndef CX_SYNC_IMPL_H
#define CX_SYNC_IMPL_H

#include <cxlog/sync.h>

#define CX_SYNC_PAGE 2000    /* rows of the log in one read: bounds memory */
#define CX_SYNC_TRIES 3      /* sends of one write before its outcome is left unknown */
#define CX_SYNC_DROPS 20     /* old markers deleted along with a push */
#define CX_SCHEME_BATCH 200  /* events in one write */
#define CX_SCHEME_WHOLE 2000 /* schemes up to this size are read whole in every pull */
#define CX_PROPOSE_TRIES 10  /* lost races before a proposal is given up */
#define CX_SYNC_REFUSALS 40  /* writes of one run that Google refuses for some record */
#define CX_SYNC_REFUSED 3    /* records refused alone in a row: it is not the records */
#define CX_META_GIVEN "sync.given"   /* first row given an ID and not read since */
#define CX_META_LOOKED "sync.looked" /* sent records that a whole read did not find */

/* Names of the team fields, in order of their columns. */
typedef struct cx_fields {
    char **names;
    size_t count;
} cx_fields;
void cx_sync_fields_clear(cx_fields *fields);

/* Who looks at the pages of a pull as they are taken over. */
typedef struct cx_watch {
    void (*restart)(void *context); /* reading begins, or begins anew */
    /* The store has seen the page. */
    cxlog_status (*page)(void *context, const cxlog_seen_page *page, cxlog_error *err);
    /* The log's first row, checked. */
    void (*header)(void *context, char *const *header, size_t count);
    void *context;
} cx_watch;

typedef struct cx_sync {
    cxlog_store *store;
    cxlog_remote *remote;
    const cxlog_sync_options *options;
    int32_t log_tab, scheme_tab;
    cx_fields fields;
    int64_t log_rows; /* of the log's grid as last read; 0: not known */
    int64_t end_row;  /* last row that this run knows of: pushes go below it */
    int64_t pulled, confirmed, pushed;
    size_t suspects; /* one of so many oldest pending records is refused by Google */
    int refusals;    /* writes refused for that, in this run */
    int refused;     /* records refused alone since one was taken */
    const cx_watch *watch; /* of pulls; may be NULL */
    int64_t from_row;      /* a pull begins here or above; 0: at the last row known */
    int64_t page_rows;     /* rows of the log in one read; 0: CX_SYNC_PAGE */
} cx_sync;
void cx_sync_clear(cx_sync *sync);
CXLOG_AUTO_VALUE_DEFINE(cx_sync, cx_sync_clear);

/* Fill tabs and fields from the store. Errors: ERR_CONFIG when it is bound to no or to
 * another spreadsheet (sheet_id NULL: any). */
CXLOG_MUST_USE cxlog_status cx_sync_begin(cx_sync *sync, const char *sheet_id,
                                          cxlog_error *err);
/* A decimal meta value; *value untouched when unset. */
CXLOG_MUST_USE cxlog_status cx_sync_meta_number(cxlog_store *store, const char *key,
                                                int64_t *value, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cx_sync_meta_set_number(cxlog_store *store, const char *key,
                                                    int64_t value, cxlog_error *err);

/* Members of the result that the store and the remote know. */
CXLOG_MUST_USE cxlog_status cx_sync_fill_result(const cx_sync *sync,
                                                cxlog_sync_result *result,
                                                cxlog_error *err);
/* For `status`. */
void cx_sync_remember_trouble(cxlog_store *store, cxlog_status trouble,
                              const cxlog_error *err);
/* ERR_TAMPERED while a person must decide about changes in the sheet
 * (CXLOG_META_STOP). */
CXLOG_MUST_USE cxlog_status cx_sync_held(cxlog_store *store, cxlog_error *err);

/* Own records that were sent and have not been seen in the sheet; looked: those of them
 * that a look at everything did not find either. */
CXLOG_MUST_USE cxlog_status cx_sync_unseen(const cx_sync *sync, int64_t *sent,
                                           int64_t *looked, cxlog_error *err);
/* Everything was looked at: what is unseen now is missing. */
CXLOG_MUST_USE cxlog_status cx_sync_looked(const cx_sync *sync, cxlog_error *err);

/* ---- waiting ---- */

/* ERR_INTERRUPT once *stop is set. */
CXLOG_MUST_USE cxlog_status cx_sync_stopped(const cx_sync *sync, cxlog_error *err);
/* Full jitter: a random part of base << round, at least an eighth of it. */
int64_t cx_sync_jitter(int64_t base_ms, int round);
/* Sleep; false when the run's deadline or *stop comes first (nothing slept then, or
 * less). */
bool cx_sync_wait(const cx_sync *sync, int64_t ms);
/* Move a sentence kept aside into the caller's error. Returns its status. */
cxlog_status cx_sync_hand_over(cxlog_error *err, const cxlog_error *kept,
                               cxlog_status status);

/* ---- header ---- */

CXLOG_MUST_USE cxlog_status cx_sync_fields_of(cx_fields *out, const cxlog_scheme *scheme,
                                              cxlog_error *err);
CXLOG_MUST_USE cxlog_status cx_sync_fields_load(cx_sync *sync, cxlog_error *err);
/* The log's first row: the contract's headings, then the team fields; columns further
 * right are people's own. Errors: ERR_SHEET. */
CXLOG_MUST_USE cxlog_status cx_sync_header_check(char *const *header, size_t count,
                                                 const cx_fields *fields,
                                                 cxlog_error *err);
/* Same for 구분, whose twelve headings are fixed. */
CXLOG_MUST_USE cxlog_status cx_sync_scheme_header_check(char *const *header, size_t count,
                                                        cxlog_error *err);
/* Are the cells where `count` new fields would go blank? Errors: ERR_SHEET. */
CXLOG_MUST_USE cxlog_status cx_sync_header_room(char *const *header, size_t header_count,
                                                size_t first, size_t count,
                                                cxlog_error *err);

/* ---- scheme chain ---- */

/* First row of 구분 to ask for in a pull: the last shared event's own row, or 2. whole:
 * always 2. */
CXLOG_MUST_USE cxlog_status cx_sync_chain_from(const cx_sync *sync, bool whole,
                                               int64_t *row, cxlog_error *err);
/* Check the rows read from scheme_from on and take new events over. *grew: number of
 * events that were new. Errors: ERR_TAMPERED; ERR_CONFIG when this store has changes of
 * its own that the sheet does not have. */
CXLOG_MUST_USE cxlog_status cx_sync_chain_take(cx_sync *sync, cxlog_reading *reading,
                                               int64_t scheme_from, size_t *grew,
                                               cxlog_error *err);
/* Rows stand for events first, first + 1, …, each following on from `previous` and equal
 * to own[] where there is one, and there are at least `own_count` of them. Errors:
 * ERR_TAMPERED naming the first bad event and both sides. */
CXLOG_MUST_USE cxlog_status cx_sync_chain_walk(const cxlog_scheme_row *rows, size_t count,
                                               int64_t first,
                                               const char previous[CXLOG_CHAIN_SIZE],
                                               const cxlog_event *own, size_t own_count,
                                               cxlog_error *err);
/* Rows without blank ones at the end. */
size_t cx_sync_chain_rows(const cxlog_reading *reading);
/* A plain array of the rows' events. Texts are borrowed: free() the array alone. Errors:
 * ERR_NOMEM. */
CXLOG_MUST_USE cxlog_status cx_sync_chain_events(cxlog_event **out,
                                                 const cxlog_scheme_row *rows,
                                                 size_t count, cxlog_error *err);

/* An array of events that is this one's own. */
typedef struct cx_own_events {
    cxlog_event *events;
    size_t count;
} cx_own_events;
void cx_own_events_clear(cx_own_events *own);
CXLOG_AUTO_VALUE_DEFINE(cx_own_events, cx_own_events_clear);

bool cx_sync_chain_blank(const cxlog_scheme_row *row);
/* The twelve cells joined by " | ". NULL: no memory. out: free(). */
char *cx_sync_chain_line(const cxlog_event *event);
/* ERR_TAMPERED: event `number` is not what stands at `row` (NULL: nothing does). own:
 * this store's event of that number; NULL: it has none. */
cxlog_status cx_sync_chain_broken(int64_t number, const cxlog_scheme_row *row,
                                  const cxlog_event *own, cxlog_error *err);

/* Write consecutive events to the sheet, at most CX_SCHEME_BATCH. *lost: somebody else's
 * stand there; nothing of these is in the sheet. fields: team fields in the sheet before
 * them. Errors: ERR_RETRY (says whether the outcome is known) and those of the remote. */
CXLOG_MUST_USE cxlog_status cx_sync_scheme_send(cx_sync *sync, const cxlog_event *events,
                                                size_t count, size_t fields_before,
                                                bool *lost, cxlog_error *err);
/* After lost races in a row, the last for event `number`. Errors: ERR_TAMPERED when it
 * was written and its row is gone; ERR_RETRY when others are only faster; those of the
 * remote. */
CXLOG_MUST_USE cxlog_status cx_sync_scheme_lost_for_good(cx_sync *sync, int64_t number,
                                                         cxlog_error *err);

/* Set-up's part: bring this store's scheme and the sheet's together. made: the tab was
 * made a moment ago. anew: the store leaves another spreadsheet, so what it shared there
 * does not bind. */
CXLOG_MUST_USE cxlog_status cx_sync_join(cx_sync *sync, bool made, bool anew, bool extend,
                                         cxlog_setup_result *result, cxlog_error *err);
/* ERR_VALUE, with what would be added below the sentence. */
cxlog_status cx_sync_join_ask(const cxlog_event *events, size_t count, cxlog_error *err);
/* Events for what `own` says and `theirs` lacks, following on from theirs. *out:
 * cxlog_events_free(). */
CXLOG_MUST_USE cxlog_status cx_sync_join_missing(cx_sync *sync, const cxlog_event *theirs,
                                                 size_t their_count,
                                                 const cxlog_event *own, size_t own_count,
                                                 cxlog_event **out, size_t *count,
                                                 cxlog_error *err);

/* ---- log ---- */

/* One read: header, scheme, log from the anchor (more when rows moved or there is more
 * than a page). whole: the log from its first row. check_all: 구분 from its first row. */
CXLOG_MUST_USE cxlog_status cx_sync_pull(cx_sync *sync, bool whole, bool check_all,
                                         cxlog_error *err);
/* *moved: a record of this page that the store believes above `before` does not stand
 * there any more. Else the page has a copy of it. As few reads as pages hold those rows.
 */
CXLOG_MUST_USE cxlog_status cx_sync_pull_moved(cx_sync *sync, const cxlog_seen_page *page,
                                               int64_t before, bool *moved,
                                               cxlog_error *err);

/* Send what is pending, batch by batch. */
CXLOG_MUST_USE cxlog_status cx_sync_push_all(cx_sync *sync, cxlog_error *err);
/* Send one open batch whose attempt is counted. doubt: an earlier attempt may still be
 * applied. */
CXLOG_MUST_USE cxlog_status cx_sync_push_batch(cx_sync *sync, cxlog_batch *batch,
                                               bool doubt, cxlog_error *err);

typedef enum cx_mark {
    CX_MARK_NONE,
    CX_MARK_OURS,
    CX_MARK_OTHER /* a different batch's */
} cx_mark;
/* What a batch's marker says: when it was made, as the first part of its ULID does but to
 * a quarter of an hour, and the ULID's last four digits, which are random. It tells how
 * old a marker is, and two batches apart whose markers bear the same id: those of two
 * copies of a store begin with the same record. The whole ULID would fill the tab's store
 * of markers (google/batch.h).
 */
#define CX_MARK_TIME 6
#define CX_MARK_SIZE 11
void cx_sync_mark_of(char out[CX_MARK_SIZE], const char id[CXLOG_ID_SIZE]);
void cx_sync_mark_value(char out[CX_MARK_SIZE], const cxlog_batch *batch);
CXLOG_MUST_USE cxlog_status cx_sync_mark_look(cx_sync *sync, const cxlog_batch *batch,
                                              cx_mark *mark, cxlog_error *err);
/* Do more than 200 agents log into this sheet? Then the read that confirms a push is the
 * next run's first. */
CXLOG_MUST_USE cxlog_status cx_sync_is_crowd(bool *out, cxlog_store *store,
                                             cxlog_error *err);
/* Find out about batches of earlier runs, after a pull. */
CXLOG_MUST_USE cxlog_status cx_sync_settle(cx_sync *sync, cxlog_error *err);

#endif
