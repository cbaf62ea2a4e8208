/* The sheet behind the fake remote: what writes do to it, and what people do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_remote.h"

#define REQUEST_S 180 /* what Google gives a request */

static void must(cxlog_status status)
{
    assert_int_equal(status, CXLOG_OK);
}

static void *must_have(void *memory)
{
    assert_non_null(memory);
    return memory;
}

void fake_sheet_init(fake_sheet *sheet)
{
    *sheet = (fake_sheet){.zone = "Etc/GMT"};
}

static void clear_late(fake_late *late)
{
    for (size_t i = 0; i < late->push.count; i++)
        cxlog_record_clear(&late->records[i]);
    free(late->records);
    free(late->drop);
    free(late->value);
    cxlog_events_free(late->events, late->scheme_push.count);
    for (size_t i = 0; i < late->scheme_push.new_field_count; i++)
        free(late->names[i]);
    free(late->names);
    free(late);
}

void fake_sheet_clear(fake_sheet *sheet)
{
    for (size_t i = 0; i < sheet->header_count; i++)
        free(sheet->header[i]);
    for (size_t i = 0; i < sheet->row_count; i++)
        cxlog_entry_clear(&sheet->rows[i].entry);
    free(sheet->rows);
    for (size_t i = 0; i < sheet->event_count; i++) {
        cxlog_event_clear(&sheet->events[i].event);
        free(sheet->events[i].raw);
    }
    free(sheet->events);
    for (size_t i = 0; i < sheet->mark_count; i++)
        free(sheet->marks[i].value);
    free(sheet->marks);
    while (sheet->late) {
        fake_late *late = sheet->late;
        sheet->late = late->next;
        clear_late(late);
    }
    *sheet = (fake_sheet){0};
}

const char *fake_mark_value(const fake_sheet *sheet, int32_t id)
{
    for (size_t i = 0; i < sheet->mark_count; i++) {
        if (sheet->marks[i].id == id)
            return sheet->marks[i].value;
    }
    return NULL;
}

void fake_add_mark(fake_sheet *sheet, int32_t id, const char *value)
{
    sheet->marks =
        must_have(realloc(sheet->marks, (sheet->mark_count + 1) * sizeof *sheet->marks));
    sheet->marks[sheet->mark_count++] = (fake_mark){id, must_have(strdup(value))};
}

static void drop_mark(fake_sheet *sheet, int32_t id)
{
    for (size_t i = 0; i < sheet->mark_count; i++) {
        if (sheet->marks[i].id != id)
            continue;
        free(sheet->marks[i].value);
        sheet->marks[i] = sheet->marks[--sheet->mark_count];
        return;
    }
}

static void insert_row(fake_sheet *sheet, size_t index, cxlog_seen_kind kind,
                       const cxlog_entry *entry)
{
    if (sheet->row_count == sheet->row_room) {
        sheet->row_room = sheet->row_room ? sheet->row_room * 2 : 64;
        sheet->rows =
            must_have(realloc(sheet->rows, sheet->row_room * sizeof *sheet->rows));
    }
    memmove(sheet->rows + index + 1, sheet->rows + index,
            (sheet->row_count - index) * sizeof *sheet->rows);
    sheet->row_count++;
    sheet->rows[index].kind = kind;
    sheet->rows[index].formulas = 0;
    cxlog_entry_init(&sheet->rows[index].entry);
    if (entry)
        must(cxlog_entry_copy(&sheet->rows[index].entry, entry, NULL));
}

void fake_make_tabs(fake_sheet *sheet, bool log, bool scheme)
{
    if (log) {
        sheet->has_log = true;
        for (int i = 0; i < CXLOG_COLUMN_COUNT; i++)
            sheet->header[sheet->header_count++] =
                must_have(strdup(cxlog_column_get((cxlog_column)i)->heading));
        insert_row(sheet, 0, CXLOG_SEEN_BLANK,
                   NULL); /* the spare row below a frozen header */
    }
    sheet->has_scheme = sheet->has_scheme || scheme;
    sheet->applied++;
}

static cxlog_status refuse(bool *why, const char *sentence, cxlog_error *err)
{
    *why = true;
    return cxlog_fail(err, CXLOG_ERR_GONE, "%s", sentence);
}

static bool is_refused(const fake_sheet *sheet, const cxlog_push *push)
{
    bool refused = false;
    for (size_t i = 0; sheet->refuses && i < push->count && !refused; i++)
        refused = sheet->refuses(&push->records[i].entry);
    return refused;
}

cxlog_status fake_apply_push(fake_sheet *sheet, const cxlog_push *push,
                             cxlog_answer *answer, cxlog_error *err)
{
    int64_t grid = (int64_t)sheet->row_count + 1;
    *answer = (cxlog_answer){
        .outcome = CXLOG_OUTCOME_NOT_APPLIED, .wait_ms = -1, .bad_record = -1};
    if (fake_mark_value(sheet, push->marker))
        return refuse(&answer->marker_taken, "marker taken", err);
    for (size_t i = 0; i < push->drop_count; i++) {
        if (!fake_mark_value(sheet, push->drop[i]))
            return refuse(&answer->drop_missing, "no such marker", err);
    }
    if (push->after_row > grid || (grid == 1 && !push->grow_first))
        return refuse(&answer->beyond_grid, "beyond the grid", err);
    if (is_refused(sheet, push)) {
        bool unnamed;
        answer->bad_record = push->count == 1 ? 0 : -1;
        return refuse(push->count == 1 ? &unnamed : &answer->refused,
                      "Google refuses the request", err);
    }
    fake_add_mark(sheet, push->marker, push->marker_value);
    for (size_t i = 0; i < push->drop_count; i++)
        drop_mark(sheet, push->drop[i]);
    if (push->grow_first)
        insert_row(sheet, sheet->row_count, CXLOG_SEEN_BLANK, NULL);
    for (size_t i = 0; i < push->count; i++)
        insert_row(sheet, (size_t)push->after_row - 1 + i, CXLOG_SEEN_RECORD,
                   &push->records[i].entry);
    sheet->applied++;
    answer->outcome = CXLOG_OUTCOME_APPLIED;
    return CXLOG_OK;
}

cxlog_status fake_apply_scheme(fake_sheet *sheet, const cxlog_scheme_push *push,
                               cxlog_answer *answer, cxlog_error *err)
{
    *answer = (cxlog_answer){
        .outcome = CXLOG_OUTCOME_NOT_APPLIED, .wait_ms = -1, .bad_record = -1};
    for (size_t i = 0; i < push->count; i++) {
        if (fake_mark_value(sheet,
                            (int32_t)(CXLOG_EVENT_MARKER + push->events[i].number)))
            return refuse(&answer->marker_taken, "event taken", err);
    }
    for (int64_t i = push->drop_from; i <= push->drop_to; i++) {
        if (!fake_mark_value(sheet, (int32_t)(CXLOG_EVENT_MARKER + i)))
            return refuse(&answer->drop_missing, "no such event marker", err);
    }
    for (int64_t i = push->drop_from; i <= push->drop_to; i++)
        drop_mark(sheet, (int32_t)(CXLOG_EVENT_MARKER + i));
    size_t place = (size_t)push->events[0].number - 1;
    assert_int_equal(place, sheet->event_count);
    sheet->events = must_have(realloc(sheet->events, (sheet->event_count + push->count) *
                                                         sizeof *sheet->events));
    for (size_t i = 0; i < push->count; i++) {
        cxlog_scheme_row *row = &sheet->events[sheet->event_count++];
        *row = (cxlog_scheme_row){.readable = true};
        cxlog_event_init(&row->event);
        must(cxlog_event_copy(&row->event, &push->events[i], NULL));
        fake_add_mark(sheet, (int32_t)(CXLOG_EVENT_MARKER + push->events[i].number),
                      push->events[i].chain);
    }
    for (size_t i = 0; i < push->new_field_count; i++) {
        assert_int_equal(sheet->header_count, (size_t)push->first_field_column + i);
        sheet->header[sheet->header_count++] = must_have(strdup(push->new_fields[i]));
    }
    sheet->applied++;
    answer->outcome = CXLOG_OUTCOME_APPLIED;
    return CXLOG_OK;
}

cxlog_status fake_apply_rewrite(fake_sheet *sheet, const cxlog_scheme_rewrite *rewrite,
                                cxlog_answer *answer, cxlog_error *err)
{
    int32_t next = (int32_t)(CXLOG_EVENT_MARKER + (int64_t)rewrite->count + 1);
    *answer = (cxlog_answer){
        .outcome = CXLOG_OUTCOME_NOT_APPLIED, .wait_ms = -1, .bad_record = -1};
    if (fake_mark_value(sheet, next))
        return refuse(&answer->marker_taken, "event taken", err);
    while (sheet->event_count > 0) {
        cxlog_scheme_row *row = &sheet->events[--sheet->event_count];
        cxlog_event_clear(&row->event);
        free(row->raw);
    }
    sheet->events =
        must_have(realloc(sheet->events, (rewrite->count + 1) * sizeof *sheet->events));
    for (size_t i = 0; i < rewrite->count; i++) {
        cxlog_scheme_row *row = &sheet->events[sheet->event_count++];
        *row = (cxlog_scheme_row){.readable = true};
        cxlog_event_init(&row->event);
        must(cxlog_event_copy(&row->event, &rewrite->events[i], NULL));
    }
    sheet->applied++;
    answer->outcome = CXLOG_OUTCOME_APPLIED;
    return CXLOG_OK;
}

static void keep_push(fake_late *late, const cxlog_push *push)
{
    late->value = must_have(strdup(push->marker_value));
    late->drop = must_have(calloc(push->drop_count + 1, sizeof *late->drop));
    if (push->drop_count > 0)
        memcpy(late->drop, push->drop, push->drop_count * sizeof *late->drop);
    late->records = must_have(calloc(push->count, sizeof *late->records));
    for (size_t i = 0; i < push->count; i++) {
        cxlog_record_init(&late->records[i]);
        must(cxlog_entry_copy(&late->records[i].entry, &push->records[i].entry, NULL));
    }
    late->push = *push;
    late->push.marker_value = late->value;
    late->push.drop = late->drop;
    late->push.records = late->records;
    late->push.fields = NULL;
    late->push.field_count = 0;
}

static void keep_scheme(fake_late *late, const cxlog_scheme_push *push)
{
    late->scheme = true;
    late->events = must_have(calloc(push->count, sizeof *late->events));
    for (size_t i = 0; i < push->count; i++) {
        cxlog_event_init(&late->events[i]);
        must(cxlog_event_copy(&late->events[i], &push->events[i], NULL));
    }
    late->names = must_have(calloc(push->new_field_count + 1, sizeof *late->names));
    for (size_t i = 0; i < push->new_field_count; i++)
        late->names[i] = must_have(strdup(push->new_fields[i]));
    late->scheme_push = *push;
    late->scheme_push.events = late->events;
    late->scheme_push.new_fields = (const char *const *)late->names;
}

void fake_send_late(fake_sheet *sheet, int after, const cxlog_push *push,
                    const cxlog_scheme_push *scheme)
{
    fake_late *late = must_have(calloc(1, sizeof *late));
    late->after = after;
    late->sent_at = cxlog_utc_now();
    if (push)
        keep_push(late, push);
    else
        keep_scheme(late, scheme);
    fake_late **end = &sheet->late;
    while (*end)
        end = &(*end)->next;
    *end = late;
}

void fake_sheet_tick(fake_sheet *sheet)
{
    for (fake_late **place = &sheet->late; *place;) {
        fake_late *late = *place;
        if (late->after-- > 0 && cxlog_utc_now() < late->sent_at + REQUEST_S) {
            place = &late->next;
            continue;
        }
        cxlog_answer answer;
        cxlog_status status =
            late->scheme ? fake_apply_scheme(sheet, &late->scheme_push, &answer, NULL)
                         : fake_apply_push(sheet, &late->push, &answer, NULL);
        (void)status; /* nobody hears it */
        *place = late->next;
        clear_late(late);
    }
}

void fake_sheet_calm(fake_sheet *sheet)
{
    while (sheet->late)
        fake_sheet_tick(sheet);
}

void fake_type_row(fake_sheet *sheet, int64_t before_row)
{
    size_t index = (size_t)before_row - 2;
    insert_row(sheet, index < sheet->row_count ? index : sheet->row_count,
               CXLOG_SEEN_FOREIGN, NULL);
}

void fake_delete_row(fake_sheet *sheet, int64_t row)
{
    size_t index = (size_t)row - 2;
    cxlog_entry_clear(&sheet->rows[index].entry);
    sheet->row_count--;
    memmove(sheet->rows + index, sheet->rows + index + 1,
            (sheet->row_count - index) * sizeof *sheet->rows);
}

void fake_copy_row_to_end(fake_sheet *sheet, int64_t row)
{
    CXLOG_AUTO_VALUE(cxlog_entry) copy;
    cxlog_entry_init(&copy);
    must(cxlog_entry_copy(&copy, &sheet->rows[row - 2].entry, NULL));
    while (sheet->row_count > 0 &&
           sheet->rows[sheet->row_count - 1].kind == CXLOG_SEEN_BLANK)
        sheet->row_count--;
    insert_row(sheet, sheet->row_count, CXLOG_SEEN_RECORD, &copy);
}

void fake_reverse_rows(fake_sheet *sheet)
{
    for (size_t i = 0, k = sheet->row_count; i + 1 < k; i++) {
        k--;
        fake_row row = sheet->rows[i];
        sheet->rows[i] = sheet->rows[k];
        sheet->rows[k] = row;
    }
}

void fake_insert_column(fake_sheet *sheet, size_t column)
{
    memmove(sheet->header + column + 1, sheet->header + column,
            (sheet->header_count - column) * sizeof *sheet->header);
    sheet->header[column] = must_have(strdup("새 열"));
    sheet->header_count++;
}

void fake_rename_header(fake_sheet *sheet, size_t column, const char *heading)
{
    while (sheet->header_count <= column)
        sheet->header[sheet->header_count++] = NULL;
    free(sheet->header[column]);
    sheet->header[column] = heading ? must_have(strdup(heading)) : NULL;
}

void fake_edit_event(fake_sheet *sheet, int64_t number, const char *name)
{
    cxlog_event *event = &sheet->events[number - 1].event;
    free(event->name);
    event->name = must_have(strdup(name));
}

void fake_delete_event(fake_sheet *sheet, int64_t number)
{
    size_t index = (size_t)number - 1;
    cxlog_event_clear(&sheet->events[index].event);
    free(sheet->events[index].raw);
    sheet->event_count--;
    memmove(sheet->events + index, sheet->events + index + 1,
            (sheet->event_count - index) * sizeof *sheet->events);
}

void fake_swap_events(fake_sheet *sheet, int64_t number)
{
    cxlog_scheme_row row = sheet->events[number - 1];
    sheet->events[number - 1] = sheet->events[number];
    sheet->events[number] = row;
}

void fake_note_below_events(fake_sheet *sheet, const char *note)
{
    sheet->events = must_have(
        realloc(sheet->events, (sheet->event_count + 1) * sizeof *sheet->events));
    cxlog_scheme_row *row = &sheet->events[sheet->event_count++];
    *row = (cxlog_scheme_row){.raw = must_have(strdup(note))};
    cxlog_event_init(&row->event);
}

int fake_count(const fake_sheet *sheet, const char *id)
{
    int count = 0;
    for (size_t i = 0; i < sheet->row_count; i++)
        count += strcmp(cxlog_entry_text(&sheet->rows[i].entry, CXLOG_COL_ID), id) == 0;
    return count;
}
