/* The fake's table of functions: faults, then the sheet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "fake_remote.h"

static fake_remote *fake(cxlog_remote *remote)
{
    return (fake_remote *)remote;
}

static void *must_have(void *memory)
{
    assert_non_null(memory);
    return memory;
}

static char *copy(const char *text)
{
    return text ? must_have(strdup(text)) : NULL;
}

static fake_fault draw(fake_remote *remote, bool write)
{
    static const fake_fault reads[] = {FAKE_LOST_BEFORE, FAKE_LOST_BEFORE,
                                       FAKE_DEAD_BEFORE};
    static const fake_fault writes[] = {FAKE_LOST_BEFORE, FAKE_LOST_AFTER, FAKE_LATE,
                                        FAKE_LATE,        FAKE_OFFLINE,    FAKE_QUOTA,
                                        FAKE_DEAD_BEFORE, FAKE_DEAD_AFTER};
    if (!remote->random || seeded_between(remote->random, 1, remote->odds) != 1)
        return FAKE_FINE;
    return write ? writes[seeded_between(remote->random, 0, 7)]
                 : reads[seeded_between(remote->random, 0, 2)];
}

/* What goes wrong with this call. */
static fake_fault begin(fake_remote *remote, fake_op op)
{
    if (remote->before)
        remote->before(remote, remote->context);
    fake_sheet_tick(remote->sheet);
    remote->operations++;
    bool write = op == FAKE_PUSH || op == FAKE_PUSH_SCHEME || op == FAKE_CREATE ||
                 op == FAKE_PROVE || op == FAKE_REWRITE;
    if (write)
        remote->requests.write++;
    else
        remote->requests.read++;
    if (remote->dead)
        return FAKE_DEAD_BEFORE;
    fake_fault fault = FAKE_FINE;
    if (remote->fault != FAKE_FINE && (remote->op == op || remote->op == FAKE_ANY)) {
        remote->seen++;
        if (remote->seen >= remote->at && remote->seen < remote->at + remote->times)
            fault = remote->fault;
    }
    if (fault == FAKE_FINE)
        fault = draw(remote, write);
    remote->dead = fault == FAKE_DEAD_BEFORE || fault == FAKE_DEAD_AFTER;
    return fault;
}

static cxlog_status read_fails(fake_remote *remote, fake_op op, cxlog_error *err)
{
    fake_fault fault = begin(remote, op);
    if (fault == FAKE_FINE)
        return CXLOG_OK;
    if (fault == FAKE_DENIED)
        return cxlog_fail(err, CXLOG_ERR_PERMISSION, "not shared");
    if (remote->dead)
        return cxlog_fail(err, CXLOG_ERR_INTERRUPT, "dead");
    return cxlog_fail(err, CXLOG_ERR_RETRY, "no answer");
}

static cxlog_status read_describe(cxlog_remote *base, cxlog_book **out, cxlog_error *err)
{
    fake_sheet *sheet = fake(base)->sheet;
    *out = NULL;
    cxlog_status status = read_fails(fake(base), FAKE_DESCRIBE, err);
    if (status != CXLOG_OK)
        return status;
    cxlog_book *book = must_have(calloc(1, sizeof *book));
    book->title = copy("CX 상담");
    book->zone = copy(sheet->zone);
    book->locale = copy("ko_KR");
    book->tabs = must_have(calloc(3, sizeof *book->tabs));
    book->tabs[book->count++] =
        (cxlog_tab){.title = copy("시트1"), .rows = 1000, .columns = 26};
    if (sheet->has_log) {
        cxlog_tab *tab = &book->tabs[book->count++];
        *tab = (cxlog_tab){.id = sheet->log_tab, .title = copy(CXLOG_TAB_LOG), .rows = 2};
        tab->header = must_have(calloc(sheet->header_count + 1, sizeof *tab->header));
        for (; tab->header_count < sheet->header_count; tab->header_count++)
            tab->header[tab->header_count] = copy(sheet->header[tab->header_count]);
    }
    if (sheet->has_scheme) {
        cxlog_tab *tab = &book->tabs[book->count++];
        *tab = (cxlog_tab){.id = sheet->scheme_tab,
                           .title = copy(CXLOG_TAB_SCHEME),
                           .rows = (int64_t)sheet->event_count + 2,
                           .columns = CXLOG_EVENT_COLUMNS};
        tab->header = must_have(calloc(CXLOG_EVENT_COLUMNS, sizeof *tab->header));
        for (; tab->header_count < CXLOG_EVENT_COLUMNS; tab->header_count++)
            tab->header[tab->header_count] =
                copy(cxlog_event_headings()[tab->header_count]);
    }
    *out = book;
    return CXLOG_OK;
}

static void read_scheme(const fake_sheet *sheet, int64_t from, cxlog_reading *reading)
{
    reading->scheme = must_have(calloc(sheet->event_count + 1, sizeof *reading->scheme));
    for (size_t i = (size_t)from - 2; i < sheet->event_count; i++) {
        cxlog_scheme_row *row = &reading->scheme[reading->scheme_count++];
        row->row = (int64_t)i + 2;
        row->readable = sheet->events[i].readable;
        row->raw = copy(sheet->events[i].raw);
        cxlog_event_init(&row->event);
        if (row->readable)
            assert_int_equal(cxlog_event_copy(&row->event, &sheet->events[i].event, NULL),
                             CXLOG_OK);
    }
}

static void read_log(const fake_sheet *sheet, const cxlog_read *what,
                     cxlog_reading *reading)
{
    int64_t grid = (int64_t)sheet->row_count + 1;
    cxlog_seen_page *page = &reading->page;
    page->first = what->log_from;
    page->last = what->log_to;
    page->rows = must_have(calloc(sheet->row_count + 1, sizeof *page->rows));
    if (what->log_from == 1) {
        page->rows[page->count] = (cxlog_seen_row){.row = 1, .kind = CXLOG_SEEN_FOREIGN};
        cxlog_entry_init(&page->rows[page->count++].entry);
    }
    for (int64_t row = what->log_from < 2 ? 2 : what->log_from;
         row <= grid && row <= what->log_to; row++) {
        const fake_row *from = &sheet->rows[row - 2];
        if (from->kind == CXLOG_SEEN_BLANK)
            continue;
        cxlog_seen_row *seen = &page->rows[page->count++];
        *seen = (cxlog_seen_row){.row = row, .kind = from->kind, .readable = true};
        seen->contact_like = from->kind == CXLOG_SEEN_FOREIGN &&
                             *cxlog_entry_text(&from->entry, CXLOG_COL_CATEGORY);
        cxlog_entry_init(&seen->entry);
        assert_int_equal(cxlog_entry_copy(&seen->entry, &from->entry, NULL), CXLOG_OK);
    }
    reading->log_rows = what->log_to > grid ? grid : 0; /* only a clipped range tells */
}

static cxlog_status read_sheet(cxlog_remote *base, const cxlog_read *what,
                               cxlog_reading **out, cxlog_error *err)
{
    fake_sheet *sheet = fake(base)->sheet;
    *out = NULL;
    cxlog_status status = read_fails(fake(base), FAKE_READ, err);
    if (status != CXLOG_OK)
        return status;
    if (what->log_from > 0)
        assert_int_equal(what->log_tab, sheet->log_tab);
    cxlog_reading *reading = must_have(calloc(1, sizeof *reading));
    *out = reading;
    reading->log_beyond = what->log_from > (int64_t)sheet->row_count + 1;
    reading->scheme_beyond = what->scheme_from > (int64_t)sheet->event_count + 2;
    if (reading->log_beyond || reading->scheme_beyond)
        return CXLOG_OK;
    if (what->header) {
        reading->header =
            must_have(calloc(sheet->header_count + 1, sizeof *reading->header));
        for (; reading->header_count < sheet->header_count; reading->header_count++)
            reading->header[reading->header_count] =
                copy(sheet->header[reading->header_count]);
    }
    if (what->scheme_from > 0)
        read_scheme(sheet, what->scheme_from, reading);
    if (what->log_from > 0)
        read_log(sheet, what, reading);
    return CXLOG_OK;
}

static cxlog_status read_formulas(cxlog_remote *base, int32_t tab, int64_t first,
                                  int64_t last, int64_t columns, cxlog_formula_row **out,
                                  size_t *count, cxlog_error *err)
{
    const fake_sheet *sheet = fake(base)->sheet;
    *out = NULL;
    *count = 0;
    cxlog_status status = read_fails(fake(base), FAKE_READ, err);
    if (status != CXLOG_OK)
        return status;
    assert_int_equal(tab, sheet->log_tab);
    assert_true(columns >= CXLOG_COLUMN_COUNT);
    *out = must_have(calloc(sheet->row_count + 1, sizeof **out));
    for (int64_t row = first; row <= last && row < (int64_t)sheet->row_count + 2; row++) {
        uint32_t formulas = sheet->rows[row - 2].formulas;
        if (formulas != 0)
            (*out)[(*count)++] = (cxlog_formula_row){.row = row, .columns = formulas};
    }
    return CXLOG_OK;
}

static cxlog_status read_marker(cxlog_remote *base, int32_t id, char **value,
                                cxlog_error *err)
{
    *value = NULL;
    cxlog_status status = read_fails(fake(base), FAKE_MARKER, err);
    if (status == CXLOG_OK)
        *value = copy(fake_mark_value(fake(base)->sheet, id));
    return status;
}

/* The answer to a write that did not arrive, or was not heard of. */
static cxlog_status write_fails(fake_remote *remote, fake_fault fault,
                                cxlog_answer *answer, cxlog_error *err)
{
    *answer = (cxlog_answer){.outcome = CXLOG_OUTCOME_UNKNOWN, .bad_record = -1};
    if (remote->dead)
        return cxlog_fail(err, CXLOG_ERR_INTERRUPT, "dead");
    if (fault == FAKE_OFFLINE || fault == FAKE_QUOTA || fault == FAKE_DENIED ||
        fault == FAKE_BAD_RECORD)
        answer->outcome = CXLOG_OUTCOME_NOT_APPLIED;
    if (fault == FAKE_DENIED || fault == FAKE_BAD_RECORD)
        answer->wait_ms = -1;
    if (fault == FAKE_DENIED)
        return cxlog_fail(err, CXLOG_ERR_PERMISSION, "not shared for writing");
    if (fault == FAKE_BAD_RECORD) {
        answer->bad_record = 0;
        return cxlog_fail(err, CXLOG_ERR_GONE, "a cell is too long");
    }
    if (fault == FAKE_QUOTA)
        answer->wait_ms = remote->wait_ms;
    return cxlog_fail(err, CXLOG_ERR_RETRY, "no answer");
}

static cxlog_status write_create(cxlog_remote *base, bool log, bool scheme,
                                 const char *zone, int32_t *log_tab, int32_t *scheme_tab,
                                 cxlog_answer *answer, cxlog_error *err)
{
    fake_sheet *sheet = fake(base)->sheet;
    fake_fault fault = begin(fake(base), FAKE_CREATE);
    bool taken = (log && sheet->has_log) || (scheme && sheet->has_scheme);
    bool arrives =
        fault == FAKE_FINE || fault == FAKE_LOST_AFTER || fault == FAKE_DEAD_AFTER;
    if (arrives && !taken) {
        fake_make_tabs(sheet, log, scheme);
        sheet->log_tab = *log_tab;
        sheet->scheme_tab = *scheme_tab;
        if (zone)
            snprintf(sheet->zone, sizeof sheet->zone, "%s", zone);
    }
    if (fault != FAKE_FINE)
        return write_fails(fake(base), fault, answer, err);
    *answer = (cxlog_answer){.outcome = taken ? CXLOG_OUTCOME_NOT_APPLIED
                                              : CXLOG_OUTCOME_APPLIED,
                             .marker_taken = taken,
                             .wait_ms = -1,
                             .bad_record = -1};
    return taken ? cxlog_fail(err, CXLOG_ERR_GONE, "there is such a tab") : CXLOG_OK;
}

static cxlog_status write_prove(cxlog_remote *base, cxlog_error *err)
{
    cxlog_answer answer;
    fake_fault fault = begin(fake(base), FAKE_PROVE);
    return fault == FAKE_FINE ? CXLOG_OK : write_fails(fake(base), fault, &answer, err);
}

static int lateness(const fake_remote *remote)
{
    return remote->random ? (int)seeded_between(remote->random, 0, 9) : 2;
}

static cxlog_status write_push(cxlog_remote *base, const cxlog_push *push,
                               cxlog_answer *answer, cxlog_error *err)
{
    fake_remote *remote = fake(base);
    fake_fault fault = begin(remote, FAKE_PUSH);
    assert_int_equal(push->log_tab, remote->sheet->log_tab);
    if (fault == FAKE_FINE)
        return fake_apply_push(remote->sheet, push, answer, err);
    if (fault == FAKE_LATE)
        fake_send_late(remote->sheet, lateness(remote), push, NULL);
    if (fault == FAKE_LOST_AFTER || fault == FAKE_DEAD_AFTER) {
        cxlog_status unheard = fake_apply_push(remote->sheet, push, answer, NULL);
        (void)unheard;
    }
    return write_fails(remote, fault, answer, err);
}

static cxlog_status write_scheme(cxlog_remote *base, const cxlog_scheme_push *push,
                                 cxlog_answer *answer, cxlog_error *err)
{
    fake_remote *remote = fake(base);
    fake_fault fault = begin(remote, FAKE_PUSH_SCHEME);
    if (fault == FAKE_FINE)
        return fake_apply_scheme(remote->sheet, push, answer, err);
    if (fault == FAKE_LATE)
        fake_send_late(remote->sheet, lateness(remote), NULL, push);
    if (fault == FAKE_LOST_AFTER || fault == FAKE_DEAD_AFTER) {
        cxlog_status unheard = fake_apply_scheme(remote->sheet, push, answer, NULL);
        (void)unheard;
    }
    return write_fails(remote, fault, answer, err);
}

static cxlog_status write_rewrite(cxlog_remote *base, const cxlog_scheme_rewrite *rewrite,
                                  cxlog_answer *answer, cxlog_error *err)
{
    fake_remote *remote = fake(base);
    fake_fault fault = begin(remote, FAKE_REWRITE);
    if (fault == FAKE_FINE)
        return fake_apply_rewrite(remote->sheet, rewrite, answer, err);
    if (fault == FAKE_LOST_AFTER || fault == FAKE_DEAD_AFTER) {
        cxlog_status unheard = fake_apply_rewrite(remote->sheet, rewrite, answer, NULL);
        (void)unheard;
    }
    return write_fails(remote, fault, answer, err);
}

static const cxlog_requests *count_requests(const cxlog_remote *base)
{
    return &((const fake_remote *)base)->requests;
}

static int64_t time_left(const cxlog_remote *base)
{
    return ((const fake_remote *)base)->left_ms;
}

static const char *address(const cxlog_remote *base)
{
    (void)base;
    return NULL;
}

static void close_nothing(cxlog_remote *base)
{
    (void)base;
}

static const cxlog_remote_ops operations = {
    .name = "fake",
    .describe = read_describe,
    .create_tabs = write_create,
    .prove_write = write_prove,
    .read = read_sheet,
    .push = write_push,
    .push_scheme = write_scheme,
    .rewrite_scheme = write_rewrite,
    .marker = read_marker,
    .formulas = read_formulas,
    .requests = count_requests,
    .time_left = time_left,
    .address = address,
    .close = close_nothing,
};

void fake_remote_init(fake_remote *remote, fake_sheet *sheet)
{
    *remote = (fake_remote){
        .base = {&operations}, .sheet = sheet, .wait_ms = 1000, .left_ms = 900000};
}

void fake_remote_script(fake_remote *remote, fake_op op, fake_fault fault, int at,
                        int times)
{
    remote->op = op;
    remote->fault = fault;
    remote->at = at;
    remote->times = times;
    remote->seen = 0;
}
