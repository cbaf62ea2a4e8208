/*
 * store.h - the local store: everything this person logged, and a mirror of what the team
 * has in the sheet.
 *
 * One SQLite file a user (journal_mode=TRUNCATE, synchronous=EXTRA, BEGIN IMMEDIATE). A
 * handle is used by one thread; many processes may have the store open. Every function
 * that writes does so in one transaction: it happened, or it did not. When COMMIT itself
 * reports an error the sentence says "outcome unknown" and never "not saved" (ERR_IO).
 *
 * Errors of every function that takes the handle: ERR_IO (disk, damage), ERR_RETRY
 * (locked longer than the busy limit; nothing saved), ERR_NOMEM, ERR_BUG.
 */
#ifndef CXLOG_STORE_H
#define CXLOG_STORE_H

#include <cxlog/auto.h>
#include <cxlog/entry.h>
#include <cxlog/scheme.h>
#include <cxlog/totals.h>

CXLOG_BEGIN_DECLS

typedef struct cxlog_store cxlog_store;

typedef struct cxlog_store_options {
    const char *path; /* its directory is made (0700) when `create` */
    int busy_ms; /* how long to wait for another process: 10,000 for log, 30,000 for sync
                  */
    bool create; /* make it when missing (with the starter scheme); else ERR_NOINPUT */
} cxlog_store_options;

/*
 * Errors: ERR_CONFIG: not a cxlog store (text file, other program's database), newer than
 * this program, symbolic or hard link, network file system; the file's bytes are
 * unchanged. ERR_PERMISSION: owner is not the caller, or group/others may read it.
 *         ERR_CREATE: cannot be made; ERR_IO: directory not writable, disk full.
 */
CXLOG_MUST_USE cxlog_status cxlog_store_open(cxlog_store **out,
                                             const cxlog_store_options *options,
                                             cxlog_error *err);
void cxlog_store_close(cxlog_store *store);
CXLOG_AUTO_DEFINE(cxlog_store, cxlog_store_close);

const char *cxlog_store_path(const cxlog_store *store);

/* The version of SQLite in use, "3.40.1". */
const char *cxlog_store_engine(void);

/* quick_check of the file. Errors: ERR_IO with a hint at salvage. */
CXLOG_MUST_USE cxlog_status cxlog_store_check(cxlog_store *store, cxlog_error *err);

/* Small facts by name ("sheet.id", "sync.last", "sync.trouble"…). *value: free(); NULL
 * when unset. set with NULL removes. */
CXLOG_MUST_USE cxlog_status cxlog_store_get(cxlog_store *store, const char *key,
                                            char **value, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cxlog_store_set(cxlog_store *store, const char *key,
                                            const char *value, cxlog_error *err);

/* Keys used by more than one room. */
#define CXLOG_META_SHEET "sheet.id"          /* spreadsheet this store is bound to */
#define CXLOG_META_LOG_TAB "sheet.log"       /* decimal sheet id of tab 상담기록 */
#define CXLOG_META_SCHEME_TAB "sheet.scheme" /* decimal sheet id of tab 구분 */
#define CXLOG_META_TITLE "sheet.title"       /* its title, for people */
#define CXLOG_META_LAST_SYNC                                                             \
    "sync.last" /* wall seconds, decimal: end of the last complete sync */
#define CXLOG_META_TROUBLE                                                               \
    "sync.trouble" /* sentence of the last failed sync; unset after a good one */
#define CXLOG_META_TROUBLE_CODE "sync.trouble.code" /* its exit code, decimal */

/* ---- records ---- */

typedef enum cxlog_state {
    CXLOG_STATE_PENDING,   /* only here */
    CXLOG_STATE_UNKNOWN,   /* in a request whose outcome is not known (also while it is on
                              its way) */
    CXLOG_STATE_SENT,      /* Google said yes; not yet seen in the sheet */
    CXLOG_STATE_CONFIRMED, /* its ID was seen in the sheet */
    CXLOG_STATE_QUARANTINED /* refused for good; reason kept */
} cxlog_state;
const char *cxlog_state_name(cxlog_state state); /* "pending"…: JSON */

typedef struct cxlog_record {
    cxlog_entry entry;
    int64_t number; /* #N of this store, 1 and up */
    cxlog_state state;
    bool mine;                /* logged (or imported) on this store */
    bool effective;           /* counts in totals */
    bool edited;              /* the sheet's row no longer has this content */
    char root[CXLOG_ID_SIZE]; /* first record of its group of corrections */
    int64_t
        row; /* 1-based row in the sheet where it was last seen; 0: not seen (or gone) */
    char *reason; /* quarantine reason; NULL */
} cxlog_record;

void cxlog_record_init(cxlog_record *record);
void cxlog_record_clear(cxlog_record *record);
CXLOG_AUTO_VALUE_DEFINE(cxlog_record, cxlog_record_clear);

typedef struct cxlog_added {
    int64_t number; /* #N */
    bool existed;   /* the same ID with the same content was there: nothing added */
} cxlog_added;

/*
 * Make records durable, all or none, in one transaction. Entries are checked and sealed
 * by the caller. Each is this store's own, pending. An ID that is there with other
 * content: ERR_VALUE, nothing added; with the same content: existed. A correction whose
 * logged_at is not later than the last of its group is refused with ERR_BUG:
 * cxlog_store_correct_at first. added out: count results, may be NULL.
 */
CXLOG_MUST_USE cxlog_status cxlog_store_add(cxlog_store *store,
                                            const cxlog_entry *entries, size_t count,
                                            cxlog_added *added, cxlog_error *err);

/* Earliest logged_at that a new correction of this group may carry (later than every
 * record of it), given the clock's `now`. */
CXLOG_MUST_USE cxlog_status cxlog_store_correct_at(cxlog_store *store, const char *root,
                                                   cxlog_wall now, cxlog_wall *out,
                                                   cxlog_error *err);

/* By ULID, a unique ending of 4 or more characters (case ignored), or "#N". Errors:
 * ERR_VALUE: none, or several (suggestions). */
CXLOG_MUST_USE cxlog_status cxlog_store_find(cxlog_store *store, const char *reference,
                                             cxlog_record *out, cxlog_error *err);

/* The record that counts for a group now. *found false when the group is void. Out:
 * cleared or filled. */
CXLOG_MUST_USE cxlog_status cxlog_store_effective(cxlog_store *store, const char *root,
                                                  cxlog_record *out, bool *found,
                                                  cxlog_error *err);

/* The last record that `agent` logged on this store on `day` (by logged_at), among those
 * with a number below `before` (0: all). effective: of those that count now; false: any,
 * a correction or void too. Goes back from the newest, through all of them when there is
 * none: a third of a second with a million. */
CXLOG_MUST_USE cxlog_status cxlog_store_last_of(cxlog_store *store, const char *agent,
                                                cxlog_day day, int64_t before,
                                                bool effective, cxlog_record *out,
                                                bool *found, cxlog_error *err);

typedef struct cxlog_list_query {
    cxlog_day from, to; /* by contacted_at, inclusive */
    cxlog_filter filter;
    bool unsent; /* only pending and unknown, every version of them, and those quarantined
                    ones that no correction has taken the place of: what is counted so */
    bool all_versions; /* corrected and voided ones too */
    const char *root;  /* only this group, every version, by (logged_at, id); NULL */
} cxlog_list_query;

/* Records in order of contacted_at, then number. Cursor: a read transaction stays open;
 * close it soon. */
typedef struct cxlog_cursor cxlog_cursor;
CXLOG_MUST_USE cxlog_status cxlog_store_list(cxlog_store *store,
                                             const cxlog_list_query *query,
                                             cxlog_cursor **out, cxlog_error *err);
/* *more false at the end. record is cleared and filled. */
CXLOG_MUST_USE cxlog_status cxlog_cursor_next(cxlog_cursor *cursor, cxlog_record *record,
                                              bool *more, cxlog_error *err);
void cxlog_cursor_close(cxlog_cursor *cursor);
CXLOG_AUTO_DEFINE(cxlog_cursor, cxlog_cursor_close);

typedef struct cxlog_counts {
    int64_t today, today_team; /* effective records contacted on `today`: this agent's,
                                  everybody's */
    int64_t pending, sent, unknown, quarantined,
        confirmed;   /* own records by state; confirmed: everybody's; quarantined: those
                        that no correction has taken the place of */
    int64_t missing; /* confirmed ones that the last look did not find */
    int64_t edited, duplicate, foreign;
    int64_t records; /* all there are, of every state */
} cxlog_counts;
CXLOG_MUST_USE cxlog_status cxlog_store_counts(cxlog_store *store, const char *agent,
                                               cxlog_day today, cxlog_counts *out,
                                               cxlog_error *err);

/* Totals from the rollups where they serve, else from the records; one consistent
 * snapshot. out: cxlog_totals_free(). Sorted. */
CXLOG_MUST_USE cxlog_status cxlog_store_totals(cxlog_store *store,
                                               const cxlog_query *query,
                                               cxlog_totals **out, cxlog_error *err);

/* The first and last day that has an effective record; *any false when there is none. */
CXLOG_MUST_USE cxlog_status cxlog_store_span(cxlog_store *store, cxlog_day *first,
                                             cxlog_day *last, bool *any,
                                             cxlog_error *err);

/* ---- outbox: what sync sends (DESIGN.md 5) ---- */

/* One write request's worth of own records, and the marker that makes it impossible to
 * apply twice. */
typedef struct cxlog_batch {
    int64_t number;           /* local key */
    char uuid[CXLOG_ID_SIZE]; /* value of the marker */
    int32_t marker;           /* metadata id, 1..0x3fffffff */
    int attempts;             /* sends begun, this one included */
    int64_t last_attempt;     /* Unix seconds */
    cxlog_record *records;    /* owned */
    size_t count;
} cxlog_batch;

void cxlog_batch_free(cxlog_batch *batch);
CXLOG_AUTO_DEFINE(cxlog_batch, cxlog_batch_free);

#define CXLOG_BATCH_ROWS 500
#define CXLOG_BATCH_BYTES 1000000

/* The batch of an earlier attempt whose outcome is unknown; *out NULL when there is none.
 */
CXLOG_MUST_USE cxlog_status cxlog_store_batch_open(cxlog_store *store, cxlog_batch **out,
                                                   cxlog_error *err);

/* Make a batch from the oldest pending records, at most `most` (1..CXLOG_BATCH_ROWS)
 * within CXLOG_BATCH_BYTES (at least one), with a marker of its own. Its records become
 * UNKNOWN and attempts 1 before this returns: call only right before sending. *out NULL:
 * none pending. */
CXLOG_MUST_USE cxlog_status cxlog_store_batch_make(cxlog_store *store, int64_t utc_now,
                                                   size_t most, cxlog_batch **out,
                                                   cxlog_error *err);

/* A further send of an open batch is about to begin. new_marker: the id is taken by
 * somebody else's: draw another. */
CXLOG_MUST_USE cxlog_status cxlog_store_batch_again(cxlog_store *store,
                                                    cxlog_batch *batch, int64_t utc_now,
                                                    bool new_marker, cxlog_error *err);

/* Google said yes (or its marker was found): records become SENT. The marker is kept
 * until cxlog_store_marker_gone. */
CXLOG_MUST_USE cxlog_status cxlog_store_batch_applied(cxlog_store *store,
                                                      const cxlog_batch *batch,
                                                      cxlog_error *err);

/* Certainly not applied by any attempt: records not seen meanwhile become PENDING, the
 * batch is gone. */
CXLOG_MUST_USE cxlog_status cxlog_store_batch_dissolve(cxlog_store *store,
                                                       const cxlog_batch *batch,
                                                       cxlog_error *err);

/* Google refuses this record for good. It leaves its batch; the others of it are not held
 * up. */
CXLOG_MUST_USE cxlog_status cxlog_store_quarantine(cxlog_store *store, const char *id,
                                                   const char *reason, cxlog_error *err);
/* Refused records become pending again: a person has mended what Google refused. One that
 * a correction has taken the place of stays aside: it counts nowhere. */
CXLOG_MUST_USE cxlog_status cxlog_store_retry(cxlog_store *store, int64_t *count,
                                              cxlog_error *err);

/* Markers for rows that are written in place (remote.h). They are among those that
 * cxlog_store_markers names, once no attempt can still be on its way. */
CXLOG_MUST_USE cxlog_status cxlog_store_marks_draw(cxlog_store *store, int64_t utc_now,
                                                   int32_t *ids, size_t count,
                                                   cxlog_error *err);
/* Markers of applied batches that can be deleted: no attempt can still be on its way
 * (last one older than CXLOG_REQUEST_LIFE_S, or the only attempt was answered). ids: at
 * most capacity. */
#define CXLOG_REQUEST_LIFE_S 210
CXLOG_MUST_USE cxlog_status cxlog_store_markers(cxlog_store *store, int64_t utc_now,
                                                int32_t *ids, size_t capacity,
                                                size_t *count, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cxlog_store_markers_gone(cxlog_store *store,
                                                     const int32_t *ids, size_t count,
                                                     cxlog_error *err);

/* ---- mirror: what pull has seen ---- */

typedef enum cxlog_seen_kind {
    CXLOG_SEEN_RECORD,  /* a row with a well-formed ID */
    CXLOG_SEEN_FOREIGN, /* something else: typed by hand, a note, a total, a second header
                         */
    CXLOG_SEEN_BLANK
} cxlog_seen_kind;

typedef struct cxlog_seen_row {
    int64_t row; /* 1-based */
    cxlog_seen_kind kind;
    cxlog_entry entry; /* RECORD: as read. FOREIGN: what could be read (contacted_at and
                          category when they look like a contact) */
    bool contact_like; /* FOREIGN: has a date and a category */
    bool readable; /* every cell is of its column's kind (no #REF!, no text in a number);
                      a RECORD is complete as well */
} cxlog_seen_row;

/* Rows [first, last] of the log as read in one request; last INT64_MAX: to the end of the
 * tab. */
typedef struct cxlog_seen_page {
    int64_t first, last;
    cxlog_seen_row *rows; /* rising; rows left out are blank */
    size_t count;
} cxlog_seen_page;

void cxlog_seen_page_clear(cxlog_seen_page *page);

typedef struct cxlog_seen_result {
    int64_t fresh;                      /* records new to this store */
    int64_t confirmed;                  /* own records confirmed by this page */
    int64_t duplicate, edited, foreign; /* found on this page */
    int64_t unreadable; /* rows with an ID that could not be taken over: reported, not
                           counted */
} cxlog_seen_result;

/*
 * Take over a page: unknown IDs become records (confirmed, not mine), own ones confirmed;
 * positions of the window are set anew. A second row of an ID is counted once and noted.
 * A record whose content in the sheet differs from what this store holds keeps the
 * store's content and is marked edited; one that is new here with a wrong checksum is
 * taken as read and marked edited.
 */
CXLOG_MUST_USE cxlog_status cxlog_store_see(cxlog_store *store,
                                            const cxlog_seen_page *page,
                                            cxlog_seen_result *result, cxlog_error *err);

/* The last row that holds a record or foreign row as far as this store knows (1 when only
 * the header). */
CXLOG_MUST_USE cxlog_status cxlog_store_last_row(cxlog_store *store, int64_t *row,
                                                 cxlog_error *err);
/* The ID this store believes to stand at a row, "" when none. */
CXLOG_MUST_USE cxlog_status cxlog_store_id_at(cxlog_store *store, int64_t row,
                                              char id[CXLOG_ID_SIZE], cxlog_error *err);
/* The first record of the page, from rows[*at] on, that was last seen above row `before`:
 * *at its index (page->count: none does), *row where it was seen. One reading for the
 * whole page. */
CXLOG_MUST_USE cxlog_status cxlog_store_seen_above(cxlog_store *store,
                                                   const cxlog_seen_page *page,
                                                   int64_t before, size_t *at,
                                                   int64_t *row, cxlog_error *err);

/* ---- what the check of the sheet asks (close.h) ---- */

/* Who takes a record out of the totals because its row was deleted, and the deletion
 * accepted. */
#define CXLOG_SHEET_AUTHOR "sheet"

/* IDs of confirmed records that the last look did not find, in order of number; deletions
 * that were accepted (CXLOG_SHEET_AUTHOR's void of the group, logged at that time or
 * later) are left out. mine: only this store's own. *ids: free(). */
CXLOG_MUST_USE cxlog_status cxlog_store_missing(cxlog_store *store, bool mine,
                                                char (**ids)[CXLOG_ID_SIZE],
                                                size_t *count, cxlog_error *err);
/* This store's own missing records become pending, and those that began as a row typed by
 * hand, which nobody owns: the next push puts them back. */
CXLOG_MUST_USE cxlog_status cxlog_store_restore(cxlog_store *store, int64_t *count,
                                                cxlog_error *err);
/* The first row that holds a record contacted on `from` or later; 0: none is known. */
CXLOG_MUST_USE cxlog_status cxlog_store_first_row(cxlog_store *store, cxlog_day from,
                                                  int64_t *row, cxlog_error *err);

/* An edit of the sheet as a correction: what has become of it, and the ID that it has on
 * every machine. */
typedef struct cxlog_adoption {
    bool done;       /* the last correction taken from this row has this content */
    bool superseded; /* a correction by a person, or a void, came after: the row does not
                        count any more */
    bool reverted;   /* the last correction taken from this row has another content, and
                        counts */
    char id[CXLOG_ID_SIZE]; /* of the correction to be made; "" when done or superseded */
} cxlog_adoption;

/* seen: the row as it stands in the sheet; its ID is known here. */
CXLOG_MUST_USE cxlog_status cxlog_store_adoption(cxlog_store *store,
                                                 const cxlog_entry *seen,
                                                 cxlog_adoption *out, cxlog_error *err);
/* The edit of this record's row was dealt with: it does not count as edited any more,
 * until a look at the sheet says so again. */
CXLOG_MUST_USE cxlog_status cxlog_store_settled(cxlog_store *store, int64_t number,
                                                cxlog_error *err);
/* The ID of a row typed by hand, as it was read; number: which of several equal ones it
 * is, from 0. The same on every machine. Pure. */
CXLOG_MUST_USE cxlog_status cxlog_typed_id(char out[CXLOG_ID_SIZE],
                                           const cxlog_entry *seen, int number,
                                           cxlog_error *err);
/* The ID of the record that was sealed with this checksum, "" when none was. A row of the
 * sheet that carries it is that record's, whatever else has become of the row. */
CXLOG_MUST_USE cxlog_status cxlog_store_sealed_as(cxlog_store *store,
                                                  const char *checksum,
                                                  char id[CXLOG_ID_SIZE],
                                                  cxlog_error *err);
/* Is `entry` a correction taken over from an edit of row `id`? Pure. */
bool cxlog_is_adoption(const cxlog_entry *entry, const char *id);

/* ---- scheme ---- */

/* Folded state, as stored: one quick read. out: cxlog_scheme_free(). */
CXLOG_MUST_USE cxlog_status cxlog_store_scheme(cxlog_store *store, cxlog_scheme **out,
                                               cxlog_error *err);
/* As much of it as a contact needs whose category was typed as this very word (name, code
 * or alias): that category, its details when `details`, all channels, regions and fields.
 * *out NULL: no category has exactly this word, or it was renamed: read all of it.
 * However long the scheme is, this reads a few rows. Its version is not set. */
CXLOG_MUST_USE cxlog_status cxlog_store_scheme_for(cxlog_store *store,
                                                   const char *category, bool details,
                                                   cxlog_scheme **out, cxlog_error *err);
/* State as of an event number (0: before the first), folded from the events. */
CXLOG_MUST_USE cxlog_status cxlog_store_scheme_at(cxlog_store *store, int64_t number,
                                                  cxlog_scheme **out, cxlog_error *err);

/* Number and chain of the last event; shared: number of the last event known to be in the
 * sheet (0: none). */
CXLOG_MUST_USE cxlog_status cxlog_store_chain(cxlog_store *store, int64_t *number,
                                              char chain[CXLOG_CHAIN_SIZE],
                                              int64_t *shared, cxlog_error *err);
/* Events first..last (1-based, inclusive, clipped). *out: cxlog_events_free(). */
CXLOG_MUST_USE cxlog_status cxlog_store_events(cxlog_store *store, int64_t first,
                                               int64_t last, cxlog_event **out,
                                               size_t *count, cxlog_error *err);

/*
 * Append events that follow on from the stored chain (verified here), update the folded
 * state, in one transaction. shared: they stand in the sheet. Errors: ERR_TAMPERED when
 * they do not follow; ERR_RETRY when another process appended first.
 */
CXLOG_MUST_USE cxlog_status cxlog_store_events_add(cxlog_store *store,
                                                   const cxlog_event *events,
                                                   size_t count, bool shared,
                                                   cxlog_error *err);
/* Events up to `number` are known to be in the sheet. */
CXLOG_MUST_USE cxlog_status cxlog_store_events_shared(cxlog_store *store, int64_t number,
                                                      cxlog_error *err);
/* Replace everything after event `keep` (all of it local only) by these: for joining a
 * used sheet. Errors: ERR_BUG when a shared event would go. */
CXLOG_MUST_USE cxlog_status cxlog_store_events_rebase(cxlog_store *store, int64_t keep,
                                                      const cxlog_event *events,
                                                      size_t count, bool shared,
                                                      cxlog_error *err);

/* Effective records that bear a name on a day when it took no more records: logged by a
 * machine that had not seen the change yet. One with such a region counts beside one with
 * such a category, detail or channel. */
CXLOG_MUST_USE cxlog_status cxlog_store_late_names(cxlog_store *store, int64_t *count,
                                                   cxlog_error *err);

/* Does any record (effective or not) name this value? parent NULL or "" for the first
 * level, else any name that the category had. */
CXLOG_MUST_USE cxlog_status cxlog_store_used(cxlog_store *store, cxlog_dim dim,
                                             const char *parent, const char *name,
                                             bool *used, cxlog_error *err);

CXLOG_END_DECLS

#endif
