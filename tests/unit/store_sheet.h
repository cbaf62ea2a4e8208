/*
 * store_sheet.h - a sheet as an array of rows, and the pages that a pull would read from
 * it.
 */
#ifndef STORE_SHEET_H
#define STORE_SHEET_H

#include "store_case.h"

#define SHEET_ROWS 64

typedef struct sheet {
    cxlog_seen_row
        row[SHEET_ROWS]; /* index 0 is row 2 of the sheet; `row` is set by sheet_see */
    size_t count;
} sheet;

static inline void sheet_clear(sheet *s)
{
    for (size_t i = 0; i < s->count; i++)
        cxlog_entry_clear(&s->row[i].entry);
    s->count = 0;
}
CXLOG_AUTO_VALUE_DEFINE(sheet, sheet_clear);

static inline void sheet_add(sheet *s, cxlog_seen_kind kind, const cxlog_entry *entry)
{
    cxlog_error err = {0};
    cxlog_seen_row *row = &s->row[s->count++];
    *row = (cxlog_seen_row){.kind = kind, .readable = kind == CXLOG_SEEN_RECORD};
    cxlog_entry_init(&row->entry);
    if (entry && cxlog_entry_copy(&row->entry, entry, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
}

/* A record of somebody else. */
static inline void sheet_add_other(sheet *s, cxlog_wall at, const char *category)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_start(&entry, at, category, "전화");
    put(&entry, CXLOG_COL_AGENT, "이바다");
    seal(&entry);
    sheet_add(s, CXLOG_SEEN_RECORD, &entry);
}

/* What somebody else made of the record in that row. */
static inline void sheet_add_correction(sheet *s, size_t of, bool is_void,
                                        int64_t seconds_later)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_correct(&entry, &s->row[of].entry, is_void, "환불", seconds_later);
    put(&entry, CXLOG_COL_AGENT, "이바다");
    seal(&entry);
    sheet_add(s, CXLOG_SEEN_RECORD, &entry);
}

static inline void sheet_remove(sheet *s, size_t index)
{
    cxlog_entry_clear(&s->row[index].entry);
    s->count--;
    for (size_t i = index; i < s->count; i++) /* valgrind takes memmove for memcpy here */
        s->row[i] = s->row[i + 1];
}

/* Take over rows first..last of the sheet, blank ones left out. */
static inline cxlog_seen_result sheet_see(store_case *c, sheet *s, int64_t first,
                                          int64_t last)
{
    cxlog_seen_row rows[SHEET_ROWS];
    cxlog_seen_page page = {.first = first, .last = last, .rows = rows};
    for (size_t i = 0; i < s->count; i++) {
        int64_t at = (int64_t)i + 2;
        if (at < first || at > last || s->row[i].kind == CXLOG_SEEN_BLANK)
            continue;
        s->row[i].row = at;
        rows[page.count++] = s->row[i];
    }
    cxlog_seen_result result;
    MUST(cxlog_store_see(c->store, &page, &result, &c->err));
    return result;
}

static inline cxlog_record record_of(store_case *c, const char *id)
{
    cxlog_record record;
    cxlog_record_init(&record);
    MUST(cxlog_store_find(c->store, id, &record, &c->err));
    return record;
}

static inline cxlog_state state_of(store_case *c, const char *id)
{
    CXLOG_AUTO_VALUE(cxlog_record) record = record_of(c, id);
    return record.state;
}

static inline cxlog_counts counts_of(store_case *c)
{
    cxlog_counts counts;
    MUST(cxlog_store_counts(c->store, "김하늘", DAY0, &counts, &c->err));
    return counts;
}

#endif
