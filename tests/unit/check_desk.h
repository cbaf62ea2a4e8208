/*
 * check_desk.h - one person with a fake sheet of records, for tests of the check.
 */
#ifndef CHECK_DESK_H
#define CHECK_DESK_H

#include <cxlog/close.h>

#include "sync_team.h"

#define BIT(column) (UINT32_C(1) << (column))

typedef struct desk {
    sync_team *team;
    person *who;
    fake_sheet *sheet;
    cxlog_check check;
} desk;

static inline void desk_clear(desk *d)
{
    cxlog_check_clear(&d->check);
    team_end(d->team);
}
CXLOG_AUTO_VALUE_DEFINE(desk, desk_clear);

/* A sheet with `count` records in rows 2 and below, all as they were logged. */
static inline desk desk_of(int count)
{
    desk d = {.team = team_start(1, true), .check = {.mixed = -1}};
    d.who = &d.team->people[0];
    d.sheet = &d.team->sheet;
    person_log(d.who, count);
    while (person_counts(d.who).confirmed < count)
        person_syncs(d.who);
    return d;
}

/* From the first row of a record contacted on `from` on. */
static inline void look_from(desk *d, cxlog_day from)
{
    cxlog_sync_result result = {0};
    cxlog_error err = {0};
    if (cxlog_check_run(d->who->store, &d->who->remote.base, &d->who->options, from,
                        &d->check, &result, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
}

static inline void look(desk *d)
{
    look_from(d, CXLOG_NO_DAY);
}

static inline cxlog_entry *row_entry(desk *d, int64_t row)
{
    return &d->sheet->rows[row - 2].entry;
}

static inline void edit(desk *d, int64_t row, cxlog_column column, const char *text)
{
    assert_int_equal(cxlog_entry_set(row_entry(d, row), column, text, NULL), CXLOG_OK);
}

/* A contact, in a row of its own above that one. */
static inline void type_contact(desk *d, int64_t before_row)
{
    fake_type_row(d->sheet, before_row);
    edit(d, before_row, CXLOG_COL_CATEGORY, "환불");
    edit(d, before_row, CXLOG_COL_AGENT, "하늘");
}

static inline const char *id_of(desk *d, int64_t row)
{
    return cxlog_entry_text(row_entry(d, row), CXLOG_COL_ID);
}

/* The one finding there is, of that kind and in that row. */
static inline const cxlog_finding *only(const desk *d, cxlog_finding_kind kind,
                                        int64_t row)
{
    if (d->check.count != 1 || d->check.findings[0].kind != kind ||
        d->check.findings[0].row != row)
        fail_msg("%zu findings; the first: %s in row %d", d->check.count,
                 d->check.count ? cxlog_finding_word(d->check.findings[0].kind) : "none",
                 d->check.count ? (int)d->check.findings[0].row : 0);
    assert_int_equal(d->check.counts[kind], 1);
    return &d->check.findings[0];
}

#endif
