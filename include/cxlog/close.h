/*
 * close.h - the end of the day: the check of the sheet, the taking over of what people
 * did to it, the running totals and charts, and the sheet's looks. DESIGN.md 3 and 5.
 */
#ifndef CXLOG_CLOSE_H
#define CXLOG_CLOSE_H

#include <cxlog/sync.h>

CXLOG_BEGIN_DECLS

/* Titles of the tabs beside the log, when they are made. */
#define CXLOG_TAB_TOTALS "누적"
#define CXLOG_TAB_DASHBOARD "대시보드"
#define CXLOG_TAB_EFFECTIVE "유효기록"

/* Store key: how many rows a person must decide about before anything is written to the
 * sheet again; unset: none. */
#define CXLOG_META_STOP "check.stop"

/* ---- the check ---- */

typedef enum cxlog_finding_kind {
    CXLOG_FOUND_EDITED,    /* a record's row was changed */
    CXLOG_FOUND_MISSING,   /* a confirmed record's row is gone */
    CXLOG_FOUND_DUPLICATE, /* a second row of a record */
    CXLOG_FOUND_TYPED,     /* a contact without ID, typed by hand */
    CXLOG_FOUND_OTHER, /* a row that is no contact: a total, a note, a second header */
    CXLOG_FOUND_UNREADABLE, /* a row with an ID whose cells are not of their kinds */
    CXLOG_FOUND_KIND_COUNT
} cxlog_finding_kind;
const char *cxlog_finding_word(cxlog_finding_kind kind); /* "edited"…: JSON */

typedef enum cxlog_fate {
    CXLOG_FATE_LEFT,  /* as it is: `reason` says why, when it could have been otherwise */
    CXLOG_FATE_TAKEN, /* EDITED: a correction was made; MISSING: a void */
    CXLOG_FATE_GIVEN, /* TYPED: the row has an ID now */
    CXLOG_FATE_RESTORED /* EDITED: the row was written back; MISSING: pushed again, or its
                           row has its ID again */
} cxlog_fate;

typedef struct cxlog_finding {
    cxlog_finding_kind kind;
    int64_t row;                /* 1-based; 0 for MISSING */
    char id[CXLOG_ID_SIZE];     /* "" for TYPED and OTHER */
    char new_id[CXLOG_ID_SIZE]; /* of the correction or void, or given to the row */
    uint32_t columns; /* EDITED: bit i: column i differs; bit CXLOG_COLUMN_COUNT: team
                         fields. 0: only the checksum is wrong */
    bool mine;
    bool formula;       /* a cell of the row is a formula */
    bool unknown_agent; /* 담당 names somebody of whom there is no record */
    bool superseded; /* EDITED, MISSING that was taken: the row does not count any more, a
                        later correction does */
    bool readable;   /* every cell is of its column's kind */
    cxlog_fate fate;
    char reason[256];
    cxlog_entry seen; /* EDITED, TYPED, UNREADABLE: as it stands in the sheet */
} cxlog_finding;

#define CXLOG_FINDINGS_MAX 5000 /* kept of a kind, OTHER 100; more are counted */
#define CXLOG_NAMES_MAX 20

typedef struct cxlog_check {
    cxlog_finding *findings; /* by row, MISSING last */
    size_t count;
    int64_t counts[CXLOG_FOUND_KIND_COUNT];
    int64_t rows;    /* with anything in them, header left out */
    int64_t records; /* known to the store when the check began: what 1 % is taken of */
    int mixed; /* column that was moved or sorted alone among the others; -1: none */
    bool many; /* too many changes, or mixed: a person must decide */
    char outside[CXLOG_NAMES_MAX]
                [CXLOG_SUGGESTION_MAX]; /* headings right of the contract's columns */
    size_t outside_count;
    char agents[CXLOG_NAMES_MAX][CXLOG_SUGGESTION_MAX]; /* unknown ones, each once */
    size_t agent_count;
} cxlog_check;
void cxlog_check_clear(cxlog_check *check);
CXLOG_AUTO_VALUE_DEFINE(cxlog_check, cxlog_check_clear);

/* Does the sheet differ from what was logged? Rows that are no contacts (OTHER) do not
 * count. */
bool cxlog_check_differs(const cxlog_check *check);

/*
 * Read the log from the first row of a record contacted on `from` (CXLOG_NO_DAY: all of
 * it) to its end, by pages, and compare. Nothing is written to the sheet; the store
 * learns what the sheet holds, as in a pull. Rows that seem gone are looked for in the
 * whole log. Changes beyond max(20, 1 % of the records) set `many`, which is no error
 * here: close then stops every write (CXLOG_META_STOP). result: sync's counters. The
 * caller holds CXLOG_LOCK_WORK. check out: cxlog_check_clear(). Errors: those of
 * cxlog_sync_run.
 */
CXLOG_MUST_USE cxlog_status cxlog_check_run(cxlog_store *store, cxlog_remote *remote,
                                            const cxlog_sync_options *options,
                                            cxlog_day from, cxlog_check *check,
                                            cxlog_sync_result *result, cxlog_error *err);

/* `sync --restore`: check everything, then put back this store's own vanished records,
 * each once. Errors: as cxlog_sync_run. */
CXLOG_MUST_USE cxlog_status cxlog_check_restore(cxlog_store *store, cxlog_remote *remote,
                                                const cxlog_sync_options *options,
                                                int64_t *restored,
                                                cxlog_sync_result *result,
                                                cxlog_error *err);

/* ---- alerts ---- */

/* A name ("total": everything) against its own baseline: the last 7 days at `factor`
 * times the weekly average of the `weeks` before. */
typedef struct cxlog_alert_rule {
    const char *name;
    double factor; /* above 1 */
    int weeks;     /* 1 to 104 */
} cxlog_alert_rule;

typedef struct cxlog_alert {
    char name[CXLOG_SUGGESTION_MAX];
    double factor, ratio;
    int weeks;
    int64_t count; /* of the last 7 days */
} cxlog_alert;

#define CXLOG_ALERTS_MAX 32

/* "1.5x12w". Errors: ERR_CONFIG saying the form. */
CXLOG_MUST_USE cxlog_status cxlog_alert_parse(cxlog_alert_rule *out, const char *text,
                                              cxlog_error *err);
/* Those of the rules that hold on `day`, which ends the 7 days. A name without any record
 * in the weeks before raises nothing. */
CXLOG_MUST_USE cxlog_status cxlog_alerts(cxlog_store *store,
                                         const cxlog_alert_rule *rules, size_t count,
                                         cxlog_day day, cxlog_alert out[CXLOG_ALERTS_MAX],
                                         size_t *raised, cxlog_error *err);

/* ---- close ---- */

typedef struct cxlog_close_options {
    const cxlog_sync_options *sync;
    const char *agent;
    cxlog_day day;
    bool accept;  /* take everything over, deletions too, however many */
    bool restore; /* write back what was edited, and this store's own vanished records */
    bool modest;  /* where the agents are too many for their service account's reads, send
                     only: the check and 누적 are left to a close that is not modest */
    const cxlog_alert_rule *rules;
    size_t rule_count;
} cxlog_close_options;

typedef struct cxlog_close_result {
    cxlog_sync_result sync;
    cxlog_check check;
    int64_t taken, given, restored; /* findings by fate */
    bool totals_written;            /* 누적 or 대시보드 was not up to date */
    bool closed;                    /* all is done, but for records that vanished */
    bool sent_only;                 /* a modest close among too many */
    cxlog_alert alerts[CXLOG_ALERTS_MAX];
    size_t alert_count;
} cxlog_close_result;
void cxlog_close_result_clear(cxlog_close_result *result);
CXLOG_AUTO_VALUE_DEFINE(cxlog_close_result, cxlog_close_result_clear);

/* The first day whose rows a close of `day` looks at: its half-year, and never less than
 * the 31 days before. What people do to the last rows of a half-year after its last close
 * is taken over that way, and no close reads more than the last one of a half-year. */
cxlog_day cxlog_close_from(cxlog_day day);

/*
 * Check of the rows since cxlog_close_from(`day`); few edits become corrections, rows
 * typed by hand get an ID; sync; 누적 and 대시보드. Can be interrupted anywhere and run
 * again; a second run right after writes nothing. The caller holds CXLOG_LOCK_WORK.
 * result is filled as far as things went, also on failure. Errors: as cxlog_sync_run;
 * ERR_TAMPERED: too many changes (nothing was written: accept or restore), or records
 * that vanished (all else is done).
 */
CXLOG_MUST_USE cxlog_status cxlog_close_run(cxlog_store *store, cxlog_remote *remote,
                                            const cxlog_close_options *options,
                                            cxlog_close_result *result, cxlog_error *err);

/* ---- the sheet for people ---- */

typedef struct cxlog_layout_result {
    bool written;      /* something was not as it should be */
    bool zone_differs; /* the spreadsheet's zone is not the team's */
    bool locale_odd; /* its locale writes dates or numbers in a way that is not Korean or
                        English */
    char zone[64], locale[32];
} cxlog_layout_result;

/*
 * Frozen bold header, widths, formats, drop-downs, protections (leads: addresses,
 * NULL-terminated, may be NULL), greyed ID columns, filter, 유효기록: what is there stays
 * as people made it, what is missing is made, in one read and at most one write. A
 * 유효기록 with fewer columns than the log is widened and gets its formula anew. Errors:
 * those of the remote.
 */
CXLOG_MUST_USE cxlog_status cxlog_layout_refresh(cxlog_store *store, cxlog_remote *remote,
                                                 const cxlog_sync_options *options,
                                                 const char *const *leads,
                                                 cxlog_layout_result *result,
                                                 cxlog_error *err);

/* Bring the drop-downs up to date with the scheme; no request when they are, as far as
 * this store knows. Errors: those of the remote. */
CXLOG_MUST_USE cxlog_status cxlog_layout_choices(cxlog_store *store, cxlog_remote *remote,
                                                 const cxlog_sync_options *options,
                                                 cxlog_error *err);

CXLOG_END_DECLS

#endif
