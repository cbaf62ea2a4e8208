/*
 * store_impl.h - what the files of src/store share. Nobody else includes it, or
 * sqlite3.h.
 *
 * The schema (schema.c), and what each index is for. [log] marks a page that every plain
 * `log` writes, beside page 1.
 *
 * - record: one row a record [log]. Never deleted (a trigger refuses): the largest num is
 *   the number of records.
 * - record.id UNIQUE [log]: identity, look-up by ID, endings.
 * - record_at [log]: list and full scans, in order of the contact.
 * - record_open [log]: the few that are not confirmed: outbox, counts, basis.
 * - record_group: corrections only; the members of a group.
 * - record_batch: records in an open batch.
 * - record_pos: rows of the sheet: anchor, last row, window of a pull.
 * - record_gone, record_edited: the few to report.
 * - record_sum: whose checksum a row of the sheet carries. Only of confirmed records, so
 *   that `log` writes no page of it.
 * - roll [log, 2 pages]: counts of effective records by (span, day, dim, a, b, c), kept
 *   in the transaction of the change. span 0: by day; 1: by month (day is its first).
 * - odd_row: rows of the sheet that are no record's place.
 * - value, alias: the scheme folded from event, rewritten with every event.
 */
#ifndef CX_STORE_IMPL_H
#define CX_STORE_IMPL_H

#include <sqlite3.h>

#include <cxlog/store.h>

#include "core/seam.h"

#define CX_APPLICATION_ID 0x63786c67 /* "cxlg" */

/* ---- prepared statements (sql_table.c, sql.c) ---- */

typedef enum cx_sql {
    CX_SQL_BEGIN,
    CX_SQL_BEGIN_READ,
    CX_SQL_COMMIT,
    CX_SQL_META_GET,
    CX_SQL_META_SET,
    CX_SQL_META_UNSET,
    CX_SQL_RECORD_INSERT,
    CX_SQL_RECORD_HEAL,
    CX_SQL_RECORD_BY_ID,
    CX_SQL_RECORD_BY_NUM,
    CX_SQL_RECORD_LAST_OF,
    CX_SQL_RECORD_ENDING,
    CX_SQL_EXTRA_INSERT,
    CX_SQL_EXTRA_DELETE,
    CX_SQL_EXTRA_OF,
    CX_SQL_GROUP_ROOT,
    CX_SQL_GROUP_NAMED,
    CX_SQL_GROUP_FOLLOW,
    CX_SQL_GROUP_PLACE,
    CX_SQL_GROUP_LAST,
    CX_SQL_GROUP_EFFECTIVE,
    CX_SQL_GROUP_FLAG,
    CX_SQL_FACT_OF,
    CX_SQL_ROLL_ADD,
    CX_SQL_ROLL_TAKE,
    CX_SQL_ROLL_SWEEP,
    CX_SQL_ROLL_SCAN,
    CX_SQL_ROLL_SPAN,
    CX_SQL_FACT_SCAN,
    CX_SQL_COUNTS,
    CX_SQL_BASIS,
    CX_SQL_BATCH_OPEN,
    CX_SQL_BATCH_INSERT,
    CX_SQL_MARK_INSERT,
    CX_SQL_BATCH_AGAIN,
    CX_SQL_BATCH_PHASE,
    CX_SQL_BATCH_DELETE,
    CX_SQL_BATCH_DELETE_MARKER,
    CX_SQL_BATCH_BY_MARKER,
    CX_SQL_BATCH_MARKERS,
    CX_SQL_BATCH_RECORDS,
    CX_SQL_BATCH_SETTLE,
    CX_SQL_BATCH_DROP_EMPTY,
    CX_SQL_BATCH_RELEASE,
    CX_SQL_PENDING,
    CX_SQL_RECORD_SEND,
    CX_SQL_RECORD_REFUSE,
    CX_SQL_RECORD_RETRY,
    CX_SQL_SEEN_CONFIRM,
    CX_SQL_SEEN_EDITED,
    CX_SQL_SEALED_AS,
    CX_SQL_SEEN_POS,
    CX_SQL_WINDOW,
    CX_SQL_ODD_CLEAR,
    CX_SQL_ODD_INSERT,
    CX_SQL_LAST_ROW,
    CX_SQL_ID_AT,
    CX_SQL_ROW_OF,
    CX_SQL_MISSING,
    CX_SQL_RESTORE,
    CX_SQL_RESTORE_TYPED,
    CX_SQL_FIRST_ROW,
    CX_SQL_GROUP_ALL,
    CX_SQL_EVENT_UP_TO,
    CX_SQL_EVENT_RANGE,
    CX_SQL_EVENT_INSERT,
    CX_SQL_EVENT_CUT,
    CX_SQL_VALUE_CLEAR,
    CX_SQL_VALUE_INSERT,
    CX_SQL_VALUE_ALL,
    CX_SQL_VALUE_SOME,
    CX_SQL_VALUE_WORD,
    CX_SQL_ALIAS_CLEAR,
    CX_SQL_ALIAS_INSERT,
    CX_SQL_ALIAS_OF,
    CX_SQL_USED_CATEGORY,
    CX_SQL_USED_DETAIL,
    CX_SQL_USED_CHANNEL,
    CX_SQL_USED_REGION,
    CX_SQL_USED_FIELD,
    CX_SQL_COUNT
} cx_sql;

extern const char *const cx_sql_text[CX_SQL_COUNT];

struct cxlog_store {
    sqlite3 *db;
    char *path; /* as the caller named it: for sentences */
    char *
        file; /* the same without symbolic links in its directory: SQLite refuses those */
    sqlite3_stmt *stmt[CX_SQL_COUNT]; /* prepared when first used */
    bool writing; /* inside BEGIN IMMEDIATE: errors say that nothing was saved */
    bool dead;    /* a commit's outcome was unknown: this handle is not used again */
};

/* A parameter: number, or text (NULL binds NULL). Texts are borrowed until the statement
 * is reset. */
typedef struct cx_value {
    bool is_text;
    int64_t number; /* CXLOG_BLANK binds NULL */
    const char *text;
} cx_value;

static inline cx_value cx_i(int64_t number)
{
    return (cx_value){.number = number};
}

static inline cx_value cx_t(const char *text)
{
    return (cx_value){.is_text = true, .text = text};
}

/* Parameters of one call: CX_ARGS(cx_i(1), cx_t("x")), or CX_NO_ARGS. */
#define CX_ARGS(...)                                                                     \
    (const cx_value[]){__VA_ARGS__},                                                     \
        sizeof((const cx_value[]){__VA_ARGS__}) / sizeof(cx_value)
#define CX_NO_ARGS NULL, 0

/* A statement being read: reset (its read lock released) at the end of its scope. */
typedef sqlite3_stmt cx_reading;
static inline void cx_reading_end(cx_reading *stmt)
{
    sqlite3_reset(stmt);
}
CXLOG_AUTO_DEFINE(cx_reading, cx_reading_end);

/* Bind and make ready. A statement is one cursor: never nested with itself. */
CXLOG_MUST_USE cxlog_status cx_open(cx_reading **out, cxlog_store *store, cx_sql which,
                                    const cx_value *args, size_t count, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cx_bind(cxlog_store *store, sqlite3_stmt *stmt,
                                    const cx_value *args, size_t count, cxlog_error *err);
/* *row false at the end. */
CXLOG_MUST_USE cxlog_status cx_next(cxlog_store *store, sqlite3_stmt *stmt, bool *row,
                                    cxlog_error *err);
/* Run a statement that gives no rows. *changes may be NULL. */
CXLOG_MUST_USE cxlog_status cx_run(cxlog_store *store, cx_sql which, const cx_value *args,
                                   size_t count, int *changes, cxlog_error *err);
/* First column of the first row; `none` when there is no row or it is NULL. */
CXLOG_MUST_USE cxlog_status cx_number(int64_t *out, cxlog_store *store, cx_sql which,
                                      const cx_value *args, size_t count, int64_t none,
                                      cxlog_error *err);
/* Column as number (CXLOG_BLANK for NULL) and as borrowed text (NULL for NULL). */
int64_t cx_col_number(sqlite3_stmt *stmt, int column);
const char *cx_col_text(sqlite3_stmt *stmt, int column);
/* Owned copy of a text column; *out NULL for NULL. */
CXLOG_MUST_USE cxlog_status cx_col_copy(char **out, sqlite3_stmt *stmt, int column,
                                        cxlog_error *err);
void cx_finalize_all(cxlog_store *store);

/* May the handle still be used? Errors: ERR_IO: a commit's outcome was unknown. */
CXLOG_MUST_USE cxlog_status cx_alive(const cxlog_store *store, cxlog_error *err);
/* The connection's last failure as a status and a sentence. */
cxlog_status cx_sql_failed(cxlog_store *store, int code, cxlog_error *err);

/* ---- transactions (tx.c) ---- */

/* Rolled back at the end of its scope unless committed. Not nested. */
typedef struct cx_tx {
    cxlog_store *store;
} cx_tx;
void cx_tx_end(cx_tx *tx);
CXLOG_AUTO_VALUE_DEFINE(cx_tx, cx_tx_end);

CXLOG_MUST_USE cxlog_status cx_tx_write(cx_tx *tx, cxlog_store *store, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cx_tx_read(cx_tx *tx, cxlog_store *store, cxlog_error *err);
/*
 * probe: ID of a record that this transaction added, NULL when none. After a COMMIT that
 * reported an error a fresh connection looks for it: not there is "nothing was saved";
 * there, or no look possible, is "outcome unknown".
 */
CXLOG_MUST_USE cxlog_status cx_tx_commit(cx_tx *tx, const char *probe, cxlog_error *err);

/* ---- opening (place.c, open.c, schema.c) ---- */

/* The file is where and what it may be; made (empty, 0600) when missing and `create`.
 * *file: its path with the links of its directory resolved; free(). */
CXLOG_MUST_USE cxlog_status cx_place_check(char **file, const char *path, bool create,
                                           cxlog_error *err);
/*
 * Make the names of the file and of the folders above it last, up to the first folder of
 * another user: a first run that was killed may have made them and not have synced them.
 */
CXLOG_MUST_USE cxlog_status cx_place_sync(const char *file, cxlog_error *err);
/* Recognise the store by its first bytes, before SQLite does anything to it (roll back a
 * journal, open a WAL). */
CXLOG_MUST_USE cxlog_status cx_header_check(cxlog_store *store, cxlog_error *err);
/* Bring the schema up to date. */
CXLOG_MUST_USE cxlog_status cx_schema_check(cxlog_store *store, bool create,
                                            cxlog_error *err);
/* A number that a PRAGMA answers. */
CXLOG_MUST_USE cxlog_status cx_pragma_number(int64_t *out, cxlog_store *store,
                                             const char *sql, cxlog_error *err);

/* ---- records (record.c, group.c, rollup.c) ---- */

/* What the store knows beside the entry when it inserts. */
typedef struct cx_place {
    cxlog_state state;
    bool mine, edited;
    int64_t pos; /* row in the sheet, 0 none */
} cx_place;

/* Columns of every SELECT that cx_record_read() takes. */
#define CX_RECORD_FIXED "num, state, mine, effective, edited, extras, pos, root, reason"
/* Of a row of `record`: a correction or a void took its place. */
#define CX_FOLLOWED                                                                      \
    "EXISTS (SELECT 1 FROM record AS later"                                              \
    " WHERE later.root = coalesce(record.root, record.id)"                               \
    " AND (later.logged_at, later.id) > (record.logged_at, record.id))"
CXLOG_MUST_USE cxlog_status cx_record_read(cxlog_record *out, cxlog_store *store,
                                           sqlite3_stmt *stmt, cxlog_error *err);
/* By ID. *found false: none. */
CXLOG_MUST_USE cxlog_status cx_record_by_id(cxlog_record *out, bool *found,
                                            cxlog_store *store, const char *id,
                                            cxlog_error *err);
/* Insert, join its group, keep the rollups. */
CXLOG_MUST_USE cxlog_status cx_record_insert(int64_t *num, cxlog_store *store,
                                             const cxlog_entry *entry,
                                             const cx_place *place, cxlog_error *err);
/* Put `entry` in the place of a record's content: what it names and when it was logged
 * may be other, and with that its group. was: the ID the record has until now. */
CXLOG_MUST_USE cxlog_status cx_record_heal(cxlog_store *store, int64_t num,
                                           const char *was, const cxlog_entry *entry,
                                           cxlog_error *err);
/* Does the stored checksum belong to the content? */
CXLOG_MUST_USE cxlog_status cx_sealed(bool *out, const cxlog_entry *entry,
                                      cxlog_error *err);

/* Root of the group that an ID is in; itself when the store does not know it. */
CXLOG_MUST_USE cxlog_status cx_group_root(char out[CXLOG_ID_SIZE], cxlog_store *store,
                                          const char *id, cxlog_error *err);
typedef struct cx_last {
    int64_t num; /* 0: the group is empty */
    cxlog_wall logged_at;
    bool is_void;
} cx_last;
CXLOG_MUST_USE cxlog_status cx_group_last(cx_last *out, cxlog_store *store,
                                          const char *root, cxlog_error *err);
/* Nothing of the group counts: before its content changes; cx_group_refresh() brings it
 * back. */
CXLOG_MUST_USE cxlog_status cx_group_hide(cxlog_store *store, const char *root,
                                          cxlog_error *err);
/* Flag the one that counts, take the others out, keep the rollups. */
CXLOG_MUST_USE cxlog_status cx_group_refresh(cxlog_store *store, const char *root,
                                             cxlog_error *err);

/* What is counted by and filtered on. Texts borrowed, never NULL. */
typedef struct cx_fact {
    const char *text[CXLOG_COLUMN_COUNT];
    const char *field[CXLOG_BY_MAX]; /* of a dimension that is a team field: its value */
    cxlog_wall at;
    int hour; /* 0..23 */
} cx_fact;
void cx_fact_of_entry(cx_fact *out, const cxlog_entry *entry, cxlog_wall at);
/* Columns of the statements that cx_fact_read() takes. */
#define CX_FACT_COLUMNS                                                                  \
    "at, category, detail, channel, region, agent, sentiment, result, tags, customer"
void cx_fact_read(cx_fact *out, sqlite3_stmt *stmt);
/* Does it pass? grep looks at note, hunch and customer. */
bool cx_filter_pass(const cxlog_filter *filter, const cx_fact *fact);

/* Rollup dimensions. Numbers are stored: append only. */
typedef enum cx_roll {
    CX_ROLL_SCHEME, /* a category, b detail, c channel */
    CX_ROLL_REGION,
    CX_ROLL_AGENT,
    CX_ROLL_SENTIMENT,
    CX_ROLL_RESULT,
    CX_ROLL_HOUR,
    CX_ROLL_COUNT
} cx_roll;
/* One record more (+1) or less (-1). */
CXLOG_MUST_USE cxlog_status cx_roll_change(cxlog_store *store, const cx_fact *fact,
                                           int sign, cxlog_error *err);

/* ---- totals (tags.c, tally.c, tally_map.c, tally_key.c, totals_store.c, basis.c) ----
 */

typedef struct cx_tally cx_tally; /* keys -> three counts */
CXLOG_MUST_USE cxlog_status cx_tally_new(cx_tally **out, size_t keys, cxlog_error *err);
void cx_tally_free(cx_tally *tally);
CXLOG_AUTO_DEFINE(cx_tally, cx_tally_free);
typedef enum cx_slot { CX_SLOT_COUNT, CX_SLOT_PREVIOUS, CX_SLOT_CUMULATIVE } cx_slot;
void cx_slot_add(cxlog_total_row *row, cx_slot slot, int64_t n);
CXLOG_MUST_USE cxlog_status cx_tally_add(cx_tally *tally, const char *const *key,
                                         cx_slot slot, int64_t n, cxlog_error *err);
/* Moves the rows out. */
void cx_tally_take(cx_tally *tally, cxlog_totals *totals);

typedef struct cx_map cx_map; /* names as logged -> as of a day, remembered */
CXLOG_MUST_USE cxlog_status cx_map_new(cx_map **out, cxlog_store *store, cxlog_day as_of,
                                       cxlog_error *err);
void cx_map_free(cx_map *map);
CXLOG_AUTO_DEFINE(cx_map, cx_map_free);
/* Category, detail, channel and region of the fact become today's; they point into the
 * map. */
CXLOG_MUST_USE cxlog_status cx_map_fact(cx_map *map, cx_fact *fact, cxlog_error *err);

/* The tags of a record's text: blanks around them left out, each once. Borrowed from
 * `text`. */
typedef struct cx_tags {
    char *text;
    const char **tag;
    size_t count;
} cx_tags;
void cx_tags_clear(cx_tags *tags);
CXLOG_AUTO_VALUE_DEFINE(cx_tags, cx_tags_clear);
CXLOG_MUST_USE cxlog_status cx_tags_of(cx_tags *out, const char *text, cxlog_error *err);
/* Is it one of them? "": are there none? */
bool cx_tags_have(const char *text, const char *tag);

#define CX_KEY_MAX CXLOG_PERIOD_LABEL
/* Text of dimension `dim`, which is neither DETAIL nor TAG. buffer: for the ones that are
 * made up. Borrowed from either. */
const char *cx_key_text(char buffer[CX_KEY_MAX], const cxlog_query *query, size_t dim,
                        const cx_fact *fact);

/* The rollup that has everything the query needs; -1: only a scan has. */
int cx_roll_for(const cxlog_query *query);
/* Is a day of its own needed, so that month rows do not serve? */
bool cx_roll_by_day(const cxlog_query *query);

CXLOG_MUST_USE cxlog_status cx_basis_read(cxlog_basis *out, cxlog_store *store,
                                          const cxlog_period *period, cxlog_error *err);

/* ---- rows typed by hand (typed.c) ---- */

/* Those among the missing records that this store holds as they were sealed become its
 * own, pending. *count grows by their number. Inside the caller's transaction. */
CXLOG_MUST_USE cxlog_status cx_typed_restore(cxlog_store *store, int64_t *count,
                                             cxlog_error *err);

/* ---- scheme (scheme_store.c, scheme_fold.c) ---- */

/* The starter scheme, inside the creating transaction. */
CXLOG_MUST_USE cxlog_status cx_scheme_start(cxlog_store *store, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cx_event_read(cxlog_event *out, sqlite3_stmt *stmt,
                                          cxlog_error *err);
/* The stored state, inside the caller's transaction. */
CXLOG_MUST_USE cxlog_status cx_scheme_read(cxlog_scheme **out, cxlog_store *store,
                                           cxlog_error *err);
/* Fold events 1..number. */
CXLOG_MUST_USE cxlog_status cx_scheme_fold(cxlog_scheme **out, cxlog_store *store,
                                           int64_t number, cxlog_error *err);
/* Fold all events and replace the stored state. */
CXLOG_MUST_USE cxlog_status cx_scheme_refold(cxlog_store *store, cxlog_error *err);

/* ---- outbox (outbox.c, batch_make.c) ---- */

/* Open batches whose last record has been seen in the sheet are done. */
CXLOG_MUST_USE cxlog_status cx_batch_settle(cxlog_store *store, cxlog_error *err);
/* Records of a statement, at most `limit`, behind those that the batch has. */
CXLOG_MUST_USE cxlog_status cx_batch_read(cxlog_batch *batch, cxlog_store *store,
                                          cx_reading *stmt, size_t limit,
                                          cxlog_error *err);
/* A metadata id that no batch of this store has: that of record `first` when it can be
 * had, else (or NULL) a random one. */
CXLOG_MUST_USE cxlog_status cx_marker_draw(int32_t *out, cxlog_store *store,
                                           const char *first, cxlog_error *err);

#endif
