/* 구분 and 상담기록 as tabs: what people can do to a tab, seen by set-up, sync and
 * restore. */
#include <stdio.h>

#include "desk.h"

static cxlog_status restore(desk *d, cxlog_restore_result *result)
{
    d->err = (cxlog_error){0};
    return cxlog_sync_restore_scheme(d->store, d->remote, &d->options, true, result,
                                     &d->err);
}

static void restores(desk *d)
{
    CXLOG_AUTO_VALUE(cxlog_restore_result) result = {0};
    if (restore(d, &result) != CXLOG_OK)
        fail_msg("%s", d->err.message);
    assert_true(result.written);
    desk_syncs(d);
}

static void a_renamed_heading_of_the_scheme_is_put_back(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_open();
    desk_person(CXLOG_TAB_SCHEME, "{\"edit\":\"rename-header\",\"column\":5,"
                                  "\"name\":\"이 름\"}");
    restores(d);
    assert_string_equal(desk_cell(CXLOG_TAB_SCHEME, 0, 5), "이름");
}

static void columns_and_rows_that_were_deleted_come_back(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_open();
    desk_person(CXLOG_TAB_SCHEME, "{\"edit\":\"delete-rows\",\"row\":20,\"count\":30}");
    desk_person(CXLOG_TAB_SCHEME, "{\"edit\":\"delete-column\",\"column\":11}");
    restores(d);
    assert_string_equal(desk_cell(CXLOG_TAB_SCHEME, 0, 11), "사슬");
}

static const cxlog_remote_ops *inner;
static int rewrites;

static cxlog_status rewrite_late(cxlog_remote *remote,
                                 const cxlog_scheme_rewrite *rewrite,
                                 cxlog_answer *answer, cxlog_error *err)
{
    if (rewrites++ == 0)
        desk_cut(CXLOG_TAB_SCHEME, 30);
    return inner->rewrite_scheme(remote, rewrite, answer, err);
}

static void rows_that_are_deleted_while_the_scheme_is_restored_come_back(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_open();
    desk_person(CXLOG_TAB_SCHEME, "{\"edit\":\"set-cell\",\"row\":5,\"column\":5,"
                                  "\"value\":\"고침\"}");
    desk_between(d, &inner)->rewrite_scheme = rewrite_late;
    rewrites = 0;
    restores(d);
    assert_int_equal(rewrites, 2);
}

static void a_deleted_tab_cannot_be_restored_but_init_makes_it_again(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_open();
    CXLOG_AUTO_VALUE(cxlog_restore_result) result = {0};
    desk_person(CXLOG_TAB_SCHEME, "{\"edit\":\"delete-tab\"}");
    assert_int_not_equal(restore(d, &result), CXLOG_OK);
    assert_non_null(strstr(d->err.message, "cxlog init"));
}

static void without_permission_nothing_is_restored(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_open();
    CXLOG_AUTO_VALUE(cxlog_restore_result) result = {0};
    desk_person(CXLOG_TAB_SCHEME, "{\"edit\":\"rename-header\",\"column\":5,"
                                  "\"name\":\"이 름\"}");
    desk_person(CXLOG_TAB_SCHEME, "{\"edit\":\"viewer-only\"}");
    assert_int_equal(restore(d, &result), CXLOG_ERR_PERMISSION);
    assert_false(result.written);
}

static void a_scheme_tab_that_lost_all_its_rows_is_not_begun_anew(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_open();
    cxlog_setup_result result;
    desk_cut(CXLOG_TAB_SCHEME, 1);
    desk_forgets(d);
    assert_int_equal(desk_sets_up(d, &result), CXLOG_ERR_TAMPERED);
    assert_non_null(strstr(d->err.message, "its row is gone"));
}

static void a_scheme_tab_that_lost_all_its_rows_is_told_by_a_check(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_open();
    int64_t version;
    desk_cut(CXLOG_TAB_SCHEME, 1);
    assert_int_equal(cxlog_sync_verify_scheme(d->store, d->remote, &version, &d->err),
                     CXLOG_ERR_TAMPERED);
    assert_non_null(strstr(d->err.message, "event 1 is nothing in the sheet"));
    assert_int_equal(version, 0);
}

static void a_note_below_the_scheme_is_told_and_taken_away(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_open();
    desk_person(CXLOG_TAB_SCHEME,
                "{\"edit\":\"note-far-below\",\"gap\":5,\"text\":\"x\"}");
    cxlog_sync_result result;
    assert_int_equal(cxlog_sync_run(d->store, d->remote, &d->options, &result, &d->err),
                     CXLOG_ERR_TAMPERED);
    restores(d);
}

static void a_log_that_lost_all_its_rows_goes_on_below_its_header(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_open();
    desk_log(d, "하늘", "배송", "하나");
    desk_syncs(d);
    desk_cut(CXLOG_TAB_LOG, 1);
    desk_log(d, "하늘", "배송", "둘");
    desk_syncs(d); /* below the header that is left */
    assert_string_equal(desk_cell(CXLOG_TAB_LOG, 1, 8), "둘");
}

static void blank_rows_among_the_events_are_told_and_below_them_nothing(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_open();
    cxlog_sync_result result;
    desk_person(CXLOG_TAB_SCHEME, "{\"edit\":\"insert-blank-rows\",\"row\":76}");
    desk_person(CXLOG_TAB_SCHEME,
                "{\"edit\":\"set-cell\",\"row\":78,\"column\":1,\"value\":\" \"}");
    desk_syncs(d);
    desk_person(CXLOG_TAB_SCHEME, "{\"edit\":\"insert-blank-rows\",\"row\":5}");
    assert_int_equal(cxlog_sync_run(d->store, d->remote, &d->options, &result, &d->err),
                     CXLOG_ERR_TAMPERED);
    restores(d);
}

static void a_used_spreadsheet_keeps_its_zone(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_new();
    cxlog_setup_result result;
    desk_person("시트1", "{\"edit\":\"set-cell\",\"value\":\"이름\"}");
    assert_int_equal(desk_sets_up(d, &result), CXLOG_OK);
    assert_true(result.zone_differs);
}

static void a_deleted_log_is_made_again_by_init(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_open();
    cxlog_setup_result result;
    desk_person(CXLOG_TAB_LOG, "{\"edit\":\"delete-tab\"}");
    assert_int_equal(desk_sets_up(d, &result), CXLOG_OK);
    assert_true(result.made_log && !result.made_scheme);
    desk_person(CXLOG_TAB_SCHEME, "{\"edit\":\"delete-tab\"}");
    desk_forgets(d);
    assert_int_equal(desk_sets_up(d, &result), CXLOG_OK);
    assert_true(!result.made_log && result.made_scheme);
}

static void ids_that_are_taken_are_passed_by_and_a_long_title_is_cut(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_new();
    cxlog_setup_result result;
    char title[400] = "";
    for (size_t i = 0; i < 100; i++)
        memcpy(title + 3 * i, "가", 4);
    desk_retitle(title);
    desk_add_tab(1700001, "내 탭");
    desk_add_tab(1700003, "또 하나");
    assert_int_equal(desk_sets_up(d, &result), CXLOG_OK);
    assert_int_equal(strlen(result.title), sizeof result.title - 1);
    desk_log(d, "하늘", "배송", "하나");
    desk_syncs(d);
}

static void rename_tab(const char *from, const char *to)
{
    char order[96];
    snprintf(order, sizeof order, "{\"edit\":\"rename-tab\",\"name\":\"%s\"}", to);
    desk_person(from, order);
}

/* What the log and a copy of it are called by now; `joined`: where records go then. */
static void joins_the_log_called(const char *log, const char *copy, const char *joined)
{
    CXLOG_AUTO(desk) *d = desk_open();
    cxlog_setup_result result;
    desk_person(CXLOG_TAB_LOG, "{\"edit\":\"copy-tab\"}");
    rename_tab("Copy of 상담기록", "사이");
    rename_tab(CXLOG_TAB_LOG, log);
    rename_tab("사이", copy);
    desk_forgets(d);
    if (desk_sets_up(d, &result) != CXLOG_OK)
        fail_msg("%s", d->err.message);
    assert_false(result.made_log);
    desk_log(d, "하늘", "배송", "하나");
    desk_syncs(d);
    assert_string_equal(desk_cell(joined, 1, 8), "하나");
}

static void of_two_tabs_with_the_logs_header_the_title_says_which_it_is(void **state)
{
    (void)state;
    joins_the_log_called(CXLOG_TAB_LOG, "지난해", CXLOG_TAB_LOG);
    joins_the_log_called("지난해", CXLOG_TAB_LOG, CXLOG_TAB_LOG);
    joins_the_log_called("올해", "지난해", "올해"); /* neither: the first */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_renamed_heading_of_the_scheme_is_put_back),
        cmocka_unit_test(columns_and_rows_that_were_deleted_come_back),
        cmocka_unit_test(rows_that_are_deleted_while_the_scheme_is_restored_come_back),
        cmocka_unit_test(a_deleted_tab_cannot_be_restored_but_init_makes_it_again),
        cmocka_unit_test(without_permission_nothing_is_restored),
        cmocka_unit_test(a_scheme_tab_that_lost_all_its_rows_is_not_begun_anew),
        cmocka_unit_test(a_scheme_tab_that_lost_all_its_rows_is_told_by_a_check),
        cmocka_unit_test(a_note_below_the_scheme_is_told_and_taken_away),
        cmocka_unit_test(blank_rows_among_the_events_are_told_and_below_them_nothing),
        cmocka_unit_test(a_used_spreadsheet_keeps_its_zone),
        cmocka_unit_test(a_deleted_log_is_made_again_by_init),
        cmocka_unit_test(of_two_tabs_with_the_logs_header_the_title_says_which_it_is),
        cmocka_unit_test(ids_that_are_taken_are_passed_by_and_a_long_title_is_cut),
        cmocka_unit_test(a_log_that_lost_all_its_rows_goes_on_below_its_header),
    };
    return cmocka_run_group_tests_name("sync_tab", tests, NULL, NULL);
}
