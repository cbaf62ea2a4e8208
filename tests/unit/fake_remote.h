/*
 * fake_remote.h - a remote in memory: a sheet that behaves as Google's does where sync
 * depends on it (inserts shift rows, a used metadata id refuses the whole batch, a row
 * beyond the grid refuses a read), with faults by script and people's edits.
 */
#ifndef FAKE_REMOTE_H
#define FAKE_REMOTE_H

#include <cxlog/remote.h>

#include "seeded.h"

typedef struct fake_row {
    cxlog_seen_kind kind;
    cxlog_entry entry;
    uint32_t formulas; /* columns whose cell is a formula that gives what entry has */
} fake_row;

typedef struct fake_mark {
    int32_t id;
    char *value;
} fake_mark;

/* A write on its way: copies of its arguments. scheme: of push_scheme, else of push. */
typedef struct fake_late {
    struct fake_late *next;
    int after;       /* further operations on the sheet before it arrives… */
    int64_t sent_at; /* … but within Google's 180 seconds */
    bool scheme;
    cxlog_push push;
    cxlog_scheme_push scheme_push;
    cxlog_record *records; /* what push and scheme_push point at */
    char *value;
    int32_t *drop;
    cxlog_event *events;
    char **names;
} fake_late;

#define FAKE_HEADER_MAX 90

typedef struct fake_sheet {
    bool has_log, has_scheme;
    int32_t log_tab, scheme_tab;
    char zone[64];
    char *header[FAKE_HEADER_MAX]; /* of the log */
    size_t header_count;
    fake_row *rows; /* rows[i] stands in row i + 2; the grid ends with the last */
    size_t row_count, row_room;
    cxlog_scheme_row *events; /* events[i] stands in row i + 2 */
    size_t event_count;
    fake_mark *marks;
    size_t mark_count;
    fake_late *late;
    int applied; /* writes that took effect, late ones included */
    bool (*refuses)(const cxlog_entry *entry); /* NULL: takes every record. A batch is
                                                  refused whole, and which is not told */
} fake_sheet;

void fake_sheet_init(fake_sheet *sheet); /* no tabs yet */
void fake_sheet_clear(fake_sheet *sheet);
CXLOG_AUTO_VALUE_DEFINE(fake_sheet, fake_sheet_clear);
/* Let every write that is on its way arrive. */
void fake_sheet_calm(fake_sheet *sheet);

/* What people do. Row numbers are the sheet's. */
void fake_type_row(
    fake_sheet *sheet,
    int64_t before_row); /* a row without ID; before_row beyond the end: at the end */
void fake_delete_row(fake_sheet *sheet, int64_t row);
void fake_copy_row_to_end(fake_sheet *sheet, int64_t row);
void fake_reverse_rows(fake_sheet *sheet); /* sorted by whole rows, the other way round */
void fake_insert_column(fake_sheet *sheet, size_t column);
void fake_rename_header(fake_sheet *sheet, size_t column, const char *heading);
void fake_edit_event(fake_sheet *sheet, int64_t number, const char *name);
void fake_delete_event(fake_sheet *sheet, int64_t number);
void fake_swap_events(fake_sheet *sheet, int64_t number); /* with the next one */

void fake_note_below_events(fake_sheet *sheet, const char *note);
void fake_add_mark(fake_sheet *sheet, int32_t id, const char *value);

/* How often an ID stands in the sheet. */
int fake_count(const fake_sheet *sheet, const char *id);

typedef enum fake_op {
    FAKE_DESCRIBE,
    FAKE_CREATE,
    FAKE_PROVE,
    FAKE_READ,
    FAKE_PUSH,
    FAKE_PUSH_SCHEME,
    FAKE_MARKER,
    FAKE_REWRITE,
    FAKE_ANY
} fake_op;

typedef enum fake_fault {
    FAKE_FINE,
    FAKE_LOST_BEFORE, /* no answer, nothing applied */
    FAKE_LOST_AFTER,  /* no answer, applied */
    FAKE_LATE,        /* no answer, applied some operations later */
    FAKE_OFFLINE,     /* no byte left the machine */
    FAKE_QUOTA,       /* refused, Google names a wait */
    FAKE_DENIED,      /* refused for want of permission */
    FAKE_BAD_RECORD,  /* a push: its record 0 is refused for good */
    FAKE_DEAD_BEFORE, /* the process ends here: this and every later call fails */
    FAKE_DEAD_AFTER   /* the same, with this one applied */
} fake_fault;

typedef struct fake_remote {
    cxlog_remote base;
    fake_sheet *sheet;
    cxlog_requests requests;
    int operations; /* calls so far */
    /* script: the at-th call of kind `op` (counted from 1) and those after it, `times` in
     * all, have this fault */
    fake_op op;
    fake_fault fault;
    int at, times, seen;
    seeded *random; /* faults at random, one in `odds` calls; NULL: none */
    int odds;
    bool dead;
    int64_t wait_ms; /* that FAKE_QUOTA asks for */
    int64_t left_ms; /* of the deadline */
    void (*before)(struct fake_remote *remote,
                   void *context); /* called before every operation: others at work */
    void *context;
} fake_remote;

void fake_remote_init(fake_remote *remote, fake_sheet *sheet);
void fake_remote_script(fake_remote *remote, fake_op op, fake_fault fault, int at,
                        int times);

/* Apply a write to the sheet, or say why not. Shared by answered and late ones. */
cxlog_status fake_apply_push(fake_sheet *sheet, const cxlog_push *push,
                             cxlog_answer *answer, cxlog_error *err);
cxlog_status fake_apply_scheme(fake_sheet *sheet, const cxlog_scheme_push *push,
                               cxlog_answer *answer, cxlog_error *err);
cxlog_status fake_apply_rewrite(fake_sheet *sheet, const cxlog_scheme_rewrite *rewrite,
                                cxlog_answer *answer, cxlog_error *err);
/* One operation has passed: writes on their way come nearer. */
void fake_sheet_tick(fake_sheet *sheet);
void fake_send_late(fake_sheet *sheet, int after, const cxlog_push *push,
                    const cxlog_scheme_push *scheme);
const char *fake_mark_value(const fake_sheet *sheet, int32_t id);
void fake_make_tabs(fake_sheet *sheet, bool log, bool scheme);

#endif
