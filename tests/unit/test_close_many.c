/* A close of a sheet in which there is very much: thousands of people's own rows, and
 * more edits than one write holds. */
#include "desk.h"
#include "sync/tabs_impl.h"

#define NOTES (CXLOG_FINDINGS_MAX + 10)
#define EDITED 105 /* more than are written in one go */

static cxlog_status close_day(desk *d, bool accept, cxlog_close_result *result)
{
    const cxlog_close_options options = {
        .sync = &d->options, .agent = "하늘", .day = desk_today(), .accept = accept};
    d->err = (cxlog_error){0};
    return cxlog_close_run(d->store, d->remote, &options, result, &d->err);
}

static void a_vanished_record_is_told_and_accepted_behind_thousands_of_notes(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_with_records();
    CXLOG_AUTO_VALUE(cxlog_close_result) result = {0};
    for (int i = 0; i < NOTES; i++)
        desk_person(CXLOG_TAB_LOG, "{\"edit\":\"type-row\",\"values\":[\"메모\"]}");
    desk_person(CXLOG_TAB_LOG, "{\"edit\":\"delete-rows\",\"row\":2,\"count\":1}");
    assert_int_equal(close_day(d, false, &result), CXLOG_ERR_TAMPERED);
    assert_non_null(strstr(d->err.message, "1 records vanished"));
    assert_int_equal(result.check.counts[CXLOG_FOUND_OTHER], NOTES);
    const cxlog_finding *last = &result.check.findings[result.check.count - 1];
    assert_int_equal(last->kind, CXLOG_FOUND_MISSING);
    assert_int_equal(strlen(last->id), CXLOG_ID_LENGTH);
    if (close_day(d, true, &result) != CXLOG_OK)
        fail_msg("%s", d->err.message);
    assert_int_equal(result.taken, 1);
}

static void every_kind_of_finding_has_room_of_its_own(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cxlog_check) check = {.mixed = -1};
    cxlog_finding *finding = NULL;
    for (int kind = 0; kind < CXLOG_FOUND_KIND_COUNT; kind++) {
        assert_int_equal(
            cx_check_keep(&check, (cxlog_finding_kind)kind, kind, NULL, &finding, NULL),
            CXLOG_OK);
        assert_non_null(finding);
        for (int i = 0; i < NOTES; i++)
            assert_int_equal(
                cx_check_keep(&check, (cxlog_finding_kind)kind, i, NULL, &finding, NULL),
                CXLOG_OK);
        assert_null(finding);
        assert_int_equal(check.counts[kind], NOTES + 1);
    }
    assert_true(check.count < (size_t)CXLOG_FOUND_KIND_COUNT * CXLOG_FINDINGS_MAX);
}

static void more_rows_than_go_into_one_write_are_written_back(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_open();
    CXLOG_AUTO_VALUE(cxlog_close_result) result = {0};
    const cxlog_close_options options = {
        .sync = &d->options, .agent = "하늘", .day = desk_today(), .restore = true};
    for (int i = 0; i < EDITED; i++)
        desk_log(d, "하늘", "배송", "하나");
    desk_syncs(d);
    desk_person(CXLOG_TAB_LOG, "{\"edit\":\"find-replace\",\"find\":\"배송\","
                               "\"replace\":\"환불\"}");
    if (cxlog_close_run(d->store, d->remote, &options, &result, &d->err) != CXLOG_OK)
        fail_msg("%s", d->err.message);
    assert_int_equal(result.restored, EDITED);
    for (int row = 1; row <= EDITED; row++)
        assert_string_equal(desk_cell(CXLOG_TAB_LOG, row, CXLOG_COL_CATEGORY), "배송");
    if (close_day(d, false, &result) != CXLOG_OK)
        fail_msg("%s", d->err.message);
    assert_false(cxlog_check_differs(&result.check));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_vanished_record_is_told_and_accepted_behind_thousands_of_notes),
        cmocka_unit_test(more_rows_than_go_into_one_write_are_written_back),
        cmocka_unit_test(every_kind_of_finding_has_room_of_its_own),
    };
    return cmocka_run_group_tests_name("close_many", tests, NULL, NULL);
}
