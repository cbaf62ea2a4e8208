/*
 * remote.h - the team's meeting point, as a small table of functions. Google Sheets is its first implementation (google.h).
 *
 * Reads may be repeated freely and retry by themselves within the remote's deadline. Writes are sent ONCE a call: their outcome is
 * applied, not applied, or unknown, and it is sync's business (sync.h) to look before it sends again.
 */
#ifndef CXLOG_REMOTE_H
#define CXLOG_REMOTE_H

#include <stdbool.h>

#include <cxlog/scheme.h>
#include <cxlog/store.h>

CXLOG_BEGIN_DECLS

/* Headings of the tabs that cxlog makes. A tab is known by its id; these are only their first titles. */
#define CXLOG_TAB_LOG "상담기록"
#define CXLOG_TAB_SCHEME "구분"

typedef struct cxlog_tab {
    int32_t id;
    char *title;
    int64_t rows, columns; /* of the grid; 0 for a chart tab */
    char **header;         /* first row as text, header_count cells; only of grid tabs */
    size_t header_count;
} cxlog_tab;

typedef struct cxlog_book {
    char *title, *zone, *locale;
    cxlog_tab *tabs;
    size_t count;
} cxlog_book;
void cxlog_book_free(cxlog_book *book);
CXLOG_AUTO_DEFINE(cxlog_book, cxlog_book_free);

/* What one read request asks for. Rows are 1-based; 0 in a `from` leaves that part out. */
typedef struct cxlog_read {
    int32_t log_tab, scheme_tab;
    bool header;                /* first row of the log, all columns */
    int64_t scheme_from;        /* rows of 구분 from here to the end; row 1 is the header, event i stands in row i + 1 */
    int64_t log_from, log_to;   /* rows of the log; log_to INT64_MAX: to the end of the tab */
    const char *const *fields;  /* names of the team fields in columns W, X…; borrowed */
    size_t field_count;
} cxlog_read;

/* One row of 구분 as read. */
typedef struct cxlog_scheme_row {
    int64_t row;
    bool readable;    /* all cells are of their kinds; else only raw is set */
    cxlog_event event; /* its chain is as read, not checked */
    char *raw;        /* the cells joined by " | ", for reports */
} cxlog_scheme_row;

typedef struct cxlog_reading {
    char **header;
    size_t header_count;
    cxlog_scheme_row *scheme;
    size_t scheme_count;
    int64_t scheme_rows;  /* rows of the grid of 구분, when known; else 0 */
    cxlog_seen_page page; /* empty when log_from was 0 */
    int64_t log_rows;     /* rows of the log's grid, when known; else 0 */
    bool log_beyond;      /* log_from lies beyond the grid: rows were deleted. Other parts are NOT filled then */
    bool scheme_beyond;   /* the same for 구분 */
} cxlog_reading;
void cxlog_reading_free(cxlog_reading *reading);
CXLOG_AUTO_DEFINE(cxlog_reading, cxlog_reading_free);

typedef enum cxlog_outcome {
    CXLOG_OUTCOME_APPLIED,
    CXLOG_OUTCOME_NOT_APPLIED, /* certainly: refused by Google, or no byte left this machine */
    CXLOG_OUTCOME_UNKNOWN      /* may be applied, now or within CXLOG_REQUEST_LIFE_S: look before anything else */
} cxlog_outcome;

/* The answer to a write. */
typedef struct cxlog_answer {
    cxlog_outcome outcome;
    int64_t wait_ms;   /* NOT_APPLIED by quota or a passing fault: how long Google asks to wait (0: not said, -1: do not retry) */
    bool marker_taken; /* NOT_APPLIED: the marker's (or event's) id is in use */
    bool beyond_grid;  /* NOT_APPLIED: the row to insert after does not exist any more */
    bool drop_missing; /* NOT_APPLIED: a marker to delete is not there */
    int bad_record;    /* NOT_APPLIED: index of the record refused for good, -1 when not told */
} cxlog_answer;

typedef struct cxlog_push {
    int32_t log_tab;
    int32_t marker;
    const char *marker_value;
    const int32_t *drop; /* markers to delete along the way */
    size_t drop_count;
    int64_t after_row;   /* insert below this row (1: below the header) */
    bool grow_first;     /* the grid ends at after_row, which is the header: append a spare row first */
    const cxlog_record *records;
    size_t count;
    const char *const *fields;
    size_t field_count;
} cxlog_push;

/* Metadata ids: markers of pushes 1..0x3fffffff, event i has CXLOG_EVENT_MARKER + i. */
#define CXLOG_EVENT_MARKER 0x43000000
#define CXLOG_EVENT_MARKERS_KEPT 200

typedef struct cxlog_scheme_push {
    int32_t log_tab, scheme_tab;
    const cxlog_event *events; /* consecutive; events[0].number - 1 events stand in the sheet */
    size_t count;
    int64_t drop_from, drop_to; /* event numbers whose metadata is deleted along the way; from > to: none */
    const char *const *new_fields; /* headings to append to the log for ADD of FIELD events, in order */
    size_t new_field_count;
    int first_field_column;        /* 0-based column of new_fields[0] */
} cxlog_scheme_push;

/* All rows of 구분 written again in place. */
typedef struct cxlog_scheme_rewrite {
    int32_t scheme_tab;
    const cxlog_event *events; /* 1..count, all that the tab shall hold */
    size_t count;
    int64_t last_row;          /* rows below the events up to this one are blanked */
    int64_t add_rows, add_columns; /* to append to the grid first, where it is too small */
} cxlog_scheme_rewrite;

typedef struct cxlog_requests {
    int64_t token, read, write; /* HTTP requests made, failed ones included */
} cxlog_requests;

typedef struct cxlog_remote cxlog_remote;

/*
 * Errors of all: ERR_RETRY (no answer, 429, 5xx, deadline), ERR_PERMISSION (not shared, key or clock, API off), ERR_SHEET (answer is not
 * what the documentation says; tab gone), ERR_GONE (no such spreadsheet, sheet full, refused for good), ERR_CONFIG (key file), ERR_INTERRUPT.
 * Sentences name the mend (UX.md 6.4).
 */
typedef struct cxlog_remote_ops {
    const char *name;
    /* Title, zone, locale, tabs with their first rows. One read. out: cxlog_book_free(). */
    cxlog_status (*describe)(cxlog_remote *remote, cxlog_book **out, cxlog_error *err);
    /* Make the tabs asked for (log and/or 구분) with headers and formats, in one batch; zone NULL leaves the spreadsheet's zone alone.
     * *log_tab, *scheme_tab in: the id wanted; out: the id made. marker_taken in answer: somebody made them first. */
    cxlog_status (*create_tabs)(cxlog_remote *remote, bool log, bool scheme, const char *zone, int32_t *log_tab,
                                int32_t *scheme_tab, cxlog_answer *answer, cxlog_error *err);
    /* A write that leaves nothing behind: proves edit rights. */
    cxlog_status (*prove_write)(cxlog_remote *remote, cxlog_error *err);
    /* One read request (more only after a fault). out: cxlog_reading_free(). */
    cxlog_status (*read)(cxlog_remote *remote, const cxlog_read *what, cxlog_reading **out, cxlog_error *err);
    /* ok only when answer->outcome is APPLIED; otherwise a status with the sentence, and the outcome says what is known. */
    cxlog_status (*push)(cxlog_remote *remote, const cxlog_push *push, cxlog_answer *answer, cxlog_error *err);
    cxlog_status (*push_scheme)(cxlog_remote *remote, const cxlog_scheme_push *push, cxlog_answer *answer,
                                cxlog_error *err);
    /* Header and events of 구분 written over what stands there, merged cells taken apart; nothing right of the twelve columns is
     * touched. marker_taken in answer: event count + 1 was written meanwhile, nothing was changed. As push otherwise. */
    cxlog_status (*rewrite_scheme)(cxlog_remote *remote, const cxlog_scheme_rewrite *rewrite, cxlog_answer *answer,
                                   cxlog_error *err);
    /* Value of a metadata entry, by id. *value: free(); NULL when there is none. One read. */
    cxlog_status (*marker)(cxlog_remote *remote, int32_t id, char **value, cxlog_error *err);
    const cxlog_requests *(*requests)(const cxlog_remote *remote);
    /* Milliseconds left of the run's deadline (0: over). */
    int64_t (*time_left)(const cxlog_remote *remote);
    /* The address to share a spreadsheet with; NULL when the remote has none. Borrowed. */
    const char *(*address)(const cxlog_remote *remote);
    void (*close)(cxlog_remote *remote);
} cxlog_remote_ops;

/* Every implementation's struct begins with this. */
struct cxlog_remote {
    const cxlog_remote_ops *ops;
};

static inline void cxlog_remote_close(cxlog_remote *remote)
{
    if (remote)
        remote->ops->close(remote);
}
CXLOG_AUTO_DEFINE(cxlog_remote, cxlog_remote_close);

/* ---- implementation: Google Sheets ---- */

typedef struct cxlog_google_options {
    const char *sheet_id;   /* as cleaned by cxlog_sheet_id() */
    const char *key_path;   /* service-account JSON */
    const char *api;        /* https://sheets.googleapis.com, or a loopback origin */
    const char *ca;         /* PEM file of an extra CA; NULL */
    const char *cache_dir;  /* for the token (0600); NULL: no cache */
    const char *proxy;      /* NULL: none, whatever the environment says */
    int64_t deadline_ms;    /* of the whole run; 900,000 by default */
    int64_t backoff_ms;     /* first wait between tries; 1,000 by default */
    const volatile int *stop; /* becomes non-zero on ^C; may be NULL */
} cxlog_google_options;

/*
 * Check the key file (nothing is sent yet) and make the remote. In cxlog-sync only.
 * Errors: ERR_CONFIG, ERR_PERMISSION (mode, owner), ERR_NOINPUT (no such key file).
 */
CXLOG_MUST_USE cxlog_status cxlog_google_open(cxlog_remote **out, const cxlog_google_options *options,
                                              cxlog_error *err);

/* Spreadsheet id out of an id or any URL form pasted from a browser. out: free().
 * Errors: ERR_CONFIG saying what it looks like instead (folder, document, .xlsx id of 33 characters is only a hint). Pure; lives in core. */
CXLOG_MUST_USE cxlog_status cxlog_sheet_id(char **out, const char *text, cxlog_error *err);

CXLOG_END_DECLS

#endif
