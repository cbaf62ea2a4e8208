/*
 * check_impl.h - what the files of the check and of the close share.
 */
#ifndef CX_CHECK_IMPL_H
#define CX_CHECK_IMPL_H

#include <cxlog/close.h>

#include "sync/sync_impl.h"

#define CX_CHECK_PAGE 5000    /* rows of one read */
#define CX_FORMULA_PAGE 25000 /* the same, of formulas alone */
#define CX_MANY_ROWS 20       /* changes that are few, or… */
#define CX_MANY_PARTS 100     /* … one in so many records */
#define CX_MIXED_LEAST 3      /* rows of a column that was sorted alone */

/* Sums over the rows that differ in a column: a column sorted alone keeps its values. */
typedef struct cx_mix {
    int64_t rows[CXLOG_COLUMN_COUNT];
    uint64_t here[CXLOG_COLUMN_COUNT], there[CXLOG_COLUMN_COUNT];
} cx_mix;

/* ---- check.c ---- */

/* Are the edits that still count, and so many more changes, beyond what is few? Or is a
 * column mixed? */
bool cx_check_many(const cxlog_check *check, int64_t more);

/* ---- check_compare.c ---- */

/* Columns in which two entries differ, as in cxlog_finding. */
uint32_t cx_check_columns(const cxlog_entry *here, const cxlog_entry *there);
void cx_mix_add(cx_mix *mix, uint32_t columns, const cxlog_entry *here,
                const cxlog_entry *there);
/* The column that was moved alone; the ID's when several were; -1: none. */
int cx_mix_column(const cx_mix *mix);

/* ---- check_findings.c ---- */

/* Keep a finding while there is room for its kind; the entry is copied when the kind has
 * one. *out: where it stands; NULL when it was only counted. */
CXLOG_MUST_USE cxlog_status cx_check_keep(cxlog_check *check, cxlog_finding_kind kind,
                                          int64_t row, const cxlog_entry *seen,
                                          cxlog_finding **out, cxlog_error *err);
/* Say why a finding was left. Texts are looked up in the catalogue. */
void cx_check_leave(cxlog_finding *finding, const char *format, ...) CXLOG_PRINTF(2, 3);

/* ---- check_formulas.c ---- */

/* Mark the findings in whose rows a cell is a formula, and find the records whose rows
 * have one that gives just what was logged: these count as edited, too. Rows first..last
 * of the sheet were looked at. */
CXLOG_MUST_USE cxlog_status cx_check_formulas(cx_sync *sync, cxlog_check *check,
                                              int64_t first, int64_t last,
                                              cxlog_error *err);

/* ---- adopt*.c: what close does about findings ---- */

typedef struct cx_adopting {
    cx_sync sync;
    const cxlog_close_options *options;
    cxlog_close_result *result;
    cxlog_scheme *scheme;
} cx_adopting;

/* Edits become corrections; accepted deletions voids. Writes to the store alone. */
CXLOG_MUST_USE cxlog_status cx_adopt_edits(cx_adopting *a, cxlog_error *err);
/* Rows typed by hand get their IDs, and a record's row whose ID was cleared its own. */
CXLOG_MUST_USE cxlog_status cx_adopt_rows(cx_adopting *a, cxlog_error *err);
/* Edited rows are written back, own vanished records become pending. */
CXLOG_MUST_USE cxlog_status cx_adopt_restore(cx_adopting *a, cxlog_error *err);

#define CX_ROWS_AT_ONCE 100 /* written in place together */

/* Rows of findings to be written in place. */
typedef struct cx_rows {
    cxlog_finding *findings[CX_ROWS_AT_ONCE];
    cxlog_fill fills[CX_ROWS_AT_ONCE]; /* row, columns, entry; marks are drawn */
    bool same[CX_ROWS_AT_ONCE]; /* out: it was what had been found, and is written */
    size_t count;
    char value[CX_MARK_SIZE]; /* of the marks */
} cx_rows;
/* Write those that still are what was found; the others' findings say that they changed.
 * There is at least one. One read, two writes. */
CXLOG_MUST_USE cxlog_status cx_adopt_write(cx_adopting *a, cx_rows *rows,
                                           cxlog_error *err);
/* A deletion becomes a void, unless the record's row is still there without its ID. */
CXLOG_MUST_USE cxlog_status cx_adopt_deletion(cx_adopting *a, cxlog_finding *finding,
                                              cxlog_error *err);
/* Identity and target of a correction of the record `root`. prefix: "" or that of a void.
 */
CXLOG_MUST_USE cxlog_status cx_adopt_name(cxlog_entry *entry, const char *id,
                                          const char *prefix, const char *root,
                                          cxlog_error *err);
CXLOG_MUST_USE cxlog_status cx_adopt_text(cxlog_entry *entry, cxlog_column column,
                                          const char *text, cxlog_error *err);
/* Seal a correction and add it to the store. *left: it cannot be saved as it stands, and
 * the finding says why. */
CXLOG_MUST_USE cxlog_status cx_adopt_save(cx_adopting *a, cxlog_finding *finding,
                                          cxlog_entry *entry, bool *left,
                                          cxlog_error *err);
/* The ID for a row without one, into new_id; "" when the row is left, and the finding
 * says why. *own: it is that of the record whose row it was. */
CXLOG_MUST_USE cxlog_status cx_adopt_id(const cx_adopting *a, cxlog_finding *finding,
                                        bool *own, cxlog_error *err);
/* Are all its names in the scheme? False: the finding is told why not. */
bool cx_adopt_names_known(const cx_adopting *a, cxlog_finding *finding);

/* ---- totals_tab.c, dashboard.c, layout_*.c ---- */

/* Bring 누적, 대시보드 and the drop-downs up to date. */
CXLOG_MUST_USE cxlog_status cx_close_tabs(cx_sync *sync,
                                          const cxlog_close_options *options,
                                          cxlog_close_result *result, cxlog_error *err);

/* ---- crowd.c ---- */

/* Would whole closes of all the agents be more than their service account may read? */
CXLOG_MUST_USE cxlog_status cx_close_is_crowd(bool *out, cxlog_store *store,
                                              cxlog_day day, cxlog_error *err);

#endif
