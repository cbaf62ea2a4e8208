/* Every operation of the Google remote against the emulator, over real HTTP. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "wire_remote.h"

static void describe_names_tabs_with_their_headers(void **state)
{
    cxlog_remote *remote = *state;
    CXLOG_AUTO(cxlog_book) *book = NULL;
    cxlog_error err = {0};
    if (remote->ops->describe(remote, &book, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
    assert_string_equal(book->zone, "Asia/Seoul");
    assert_int_equal(book->count, 3);
    assert_int_equal(book->tabs[1].id, wire_log_tab);
    assert_string_equal(book->tabs[1].title, CXLOG_TAB_LOG);
    assert_int_equal(book->tabs[1].rows, 2);
    assert_int_equal(book->tabs[1].columns, CXLOG_COLUMN_COUNT);
    assert_int_equal(book->tabs[1].header_count, CXLOG_COLUMN_COUNT);
    assert_string_equal(book->tabs[1].header[21], "검증");
    assert_int_equal(book->tabs[2].header_count, CXLOG_EVENT_COLUMNS);
}

static void create_tabs_says_that_somebody_was_first(void **state)
{
    cxlog_remote *remote = *state;
    int32_t again = wire_log_tab;
    int32_t none = 0;
    cxlog_answer answer;
    cxlog_error err = {0};
    assert_int_equal(
        remote->ops->create_tabs(remote, true, false, NULL, &again, &none, &answer, &err),
        CXLOG_ERR_RETRY);
    assert_int_equal(answer.outcome, CXLOG_OUTCOME_NOT_APPLIED);
    assert_true(answer.marker_taken);
}

static void prove_write_leaves_nothing_behind(void **state)
{
    cxlog_remote *remote = *state;
    cxlog_error err = {0};
    if (remote->ops->prove_write(remote, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
    json_t *root = emulator_ask(&wire_child, "apply-log", NULL);
    assert_true(json_array_size(json_object_get(root, "applied")) > 0);
    json_decref(root);
}

static void pushed_records_are_read_back_equal_in_one_request(void **state)
{
    cxlog_remote *remote = *state;
    cxlog_record records[2];
    wire_record(&records[0], 1);
    wire_record(&records[1], 2);
    cxlog_answer answer;
    cxlog_error err = {0};
    int64_t after = wire_rows();
    if (wire_push(remote, wire_marker(), records, 2, &answer, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
    assert_int_equal(answer.outcome, CXLOG_OUTCOME_APPLIED);
    emulator_tell(&wire_child, "requests/reset", "{}");
    CXLOG_AUTO(cxlog_reading) *reading = wire_read(remote, after, INT64_MAX);
    assert_int_equal(emulator_count(&wire_child, "read"), 1);
    assert_int_equal(reading->header_count, CXLOG_COLUMN_COUNT);
    size_t last = reading->page.count - 2;
    for (size_t i = 0; i < 2; i++) {
        const cxlog_seen_row *row = &reading->page.rows[last + i];
        assert_int_equal(row->row, after + 1 + (int64_t)i);
        assert_int_equal(row->kind, CXLOG_SEEN_RECORD);
        assert_true(row->readable);
        wire_same(&row->entry, &records[i].entry);
        cxlog_record_clear(&records[i]);
    }
    assert_int_equal(reading->log_rows, after + 3);
}

static void replayed_batch_is_refused_whole(void **state)
{
    cxlog_remote *remote = *state;
    cxlog_record record;
    wire_record(&record, 3);
    cxlog_answer answer;
    cxlog_error err = {0};
    int marker = wire_marker();
    assert_int_equal(wire_push(remote, marker, &record, 1, &answer, &err), CXLOG_OK);
    int64_t before = wire_rows();
    assert_int_equal(wire_push(remote, marker, &record, 1, &answer, &err),
                     CXLOG_ERR_RETRY);
    assert_int_equal(answer.outcome, CXLOG_OUTCOME_NOT_APPLIED);
    assert_true(answer.marker_taken);
    assert_int_equal(wire_rows(), before);
    CXLOG_AUTO_TEXT value = NULL;
    cxlog_error none = {0};
    assert_int_equal(remote->ops->marker(remote, marker, &value, &none), CXLOG_OK);
    assert_string_equal(value, "batch-uuid");
    cxlog_record_clear(&record);
}

static void missing_marker_has_no_value(void **state)
{
    cxlog_remote *remote = *state;
    CXLOG_AUTO_TEXT value = NULL;
    cxlog_error err = {0};
    if (remote->ops->marker(remote, 99999, &value, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
    assert_null(value);
}

static void row_behind_the_grid_is_told_as_such(void **state)
{
    cxlog_remote *remote = *state;
    cxlog_record record;
    wire_record(&record, 4);
    cxlog_answer answer;
    cxlog_error err = {0};
    const cxlog_push what = {.log_tab = wire_log_tab,
                             .marker = wire_marker(),
                             .marker_value = "v",
                             .after_row = 5000,
                             .records = &record,
                             .count = 1};
    assert_int_not_equal(remote->ops->push(remote, &what, &answer, &err), CXLOG_OK);
    assert_int_equal(answer.outcome, CXLOG_OUTCOME_NOT_APPLIED);
    assert_true(answer.beyond_grid);
    assert_int_equal(answer.bad_record, -1);
    cxlog_record_clear(&record);
    CXLOG_AUTO(cxlog_reading) *reading = wire_read(remote, 5000, INT64_MAX);
    assert_true(reading->log_beyond);
    assert_false(reading->scheme_beyond);
}

static void too_long_cell_is_blamed_on_its_record(void **state)
{
    cxlog_remote *remote = *state;
    cxlog_record records[2];
    wire_record(&records[0], 5);
    wire_record(&records[1], 6);
    free(records[1].entry.text[CXLOG_COL_NOTE]);
    records[1].entry.text[CXLOG_COL_NOTE] = calloc(50002, 1);
    memset(records[1].entry.text[CXLOG_COL_NOTE], 'x', 50001);
    cxlog_answer answer;
    cxlog_error err = {0};
    assert_int_equal(wire_push(remote, wire_marker(), records, 2, &answer, &err),
                     CXLOG_ERR_GONE);
    assert_int_equal(answer.outcome, CXLOG_OUTCOME_NOT_APPLIED);
    assert_int_equal(answer.bad_record, 1);
    cxlog_record_clear(&records[0]);
    cxlog_record_clear(&records[1]);
}

static void scheme_events_are_written_once_and_read_back(void **state)
{
    cxlog_remote *remote = *state;
    cxlog_event *events = NULL;
    size_t count = 0;
    cxlog_error err = {0};
    assert_int_equal(cxlog_scheme_starter(&events, &count, &err), CXLOG_OK);
    const char *const fields[] = {"주문번호"};
    const cxlog_scheme_push what = {.log_tab = wire_log_tab,
                                    .scheme_tab = wire_scheme_tab,
                                    .events = events,
                                    .count = count,
                                    .drop_from = 1,
                                    .new_fields = fields,
                                    .new_field_count = 1,
                                    .first_field_column = CXLOG_COLUMN_COUNT};
    cxlog_answer answer;
    if (remote->ops->push_scheme(remote, &what, &answer, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
    CXLOG_AUTO(cxlog_reading) *reading = wire_read(remote, 0, 0);
    assert_int_equal(reading->header_count, CXLOG_COLUMN_COUNT + 1);
    assert_string_equal(reading->header[CXLOG_COLUMN_COUNT], "주문번호");
    assert_int_equal(reading->scheme_count, count + 1);
    assert_false(reading->scheme[0].readable); /* the header */
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(reading->scheme[i + 1].row, (int64_t)i + 2);
        assert_true(reading->scheme[i + 1].readable);
        wire_same_event(&reading->scheme[i + 1].event, &events[i]);
    }
    assert_int_equal(remote->ops->push_scheme(remote, &what, &answer, &err),
                     CXLOG_ERR_RETRY);
    assert_true(answer.marker_taken);
    cxlog_events_free(events, count);
}

static void token_is_fetched_once_for_many_runs(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        CXLOG_AUTO(cxlog_remote) *remote = wire_open(0);
        CXLOG_AUTO(cxlog_reading) *reading = wire_read(remote, 2, 3);
        assert_int_equal(remote->ops->requests(remote)->read, 1);
    }
    assert_true(emulator_count(&wire_child, "token") <= 1);
}

static void people_edit(const char *edit, const char *address)
{
    char people[200];
    (void)snprintf(people, sizeof people,
                   "{\"id\":\"%s\",\"tab\":0,\"edit\":\"%s\",\"account\":\"%s\"}",
                   EMULATOR_SHEET, edit, address);
    emulator_tell(&wire_child, "people", people);
}

static void unshared_spreadsheet_names_the_address(void **state)
{
    cxlog_remote *remote = *state;
    CXLOG_AUTO(cxlog_book) *book = NULL;
    cxlog_error err = {0};
    const char *address = remote->ops->address(remote);
    people_edit("unshare", address);
    cxlog_status status = remote->ops->describe(remote, &book, &err);
    people_edit("share", address);
    assert_int_equal(status, CXLOG_ERR_PERMISSION);
    assert_non_null(strstr(err.message, address));
}

int main(void)
{
#define WIRE(name) cmocka_unit_test_setup_teardown(name, wire_fresh, wire_finish)
    const struct CMUnitTest tests[] = {
        WIRE(describe_names_tabs_with_their_headers),
        WIRE(create_tabs_says_that_somebody_was_first),
        WIRE(prove_write_leaves_nothing_behind),
        WIRE(pushed_records_are_read_back_equal_in_one_request),
        WIRE(replayed_batch_is_refused_whole),
        WIRE(missing_marker_has_no_value),
        WIRE(row_behind_the_grid_is_told_as_such),
        WIRE(too_long_cell_is_blamed_on_its_record),
        WIRE(scheme_events_are_written_once_and_read_back),
        WIRE(token_is_fetched_once_for_many_runs),
        WIRE(unshared_spreadsheet_names_the_address),
    };
    return cmocka_run_group_tests(tests, wire_start, wire_stop);
}
