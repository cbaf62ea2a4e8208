/* 누적, 대시보드 and 유효기록: whatever people do to these tabs, they are found, made
 * again and written whole. */
#include <stdio.h>

#include "core/seam.h"
#include "desk.h"
#include "sync/tabs_impl.h"

static void close_day(desk *d, int days_ago)
{
    CXLOG_AUTO_VALUE(cxlog_close_result) result = {0};
    const cxlog_close_options options = {
        .sync = &d->options, .agent = "하늘", .day = desk_today() - days_ago};
    d->err = (cxlog_error){0};
    if (cxlog_close_run(d->store, d->remote, &options, &result, &d->err) != CXLOG_OK)
        fail_msg("%s", d->err.message);
}

static void a_close_with_nothing_new_writes_nothing(void **state)
{
    desk *d = *state;
    close_day(d, 0);
    (void)desk_writes();
    close_day(d, 0);
    assert_int_equal(desk_writes(), 0);
}

static void a_tab_that_was_made_smaller_grows_again(void **state)
{
    desk *d = *state;
    close_day(d, 0);
    desk_person(CXLOG_TAB_TOTALS, "{\"edit\":\"delete-rows\",\"row\":6,\"count\":190}");
    close_day(d, 0);
    assert_string_equal(desk_cell(CXLOG_TAB_TOTALS, 2, 0), "구분");
    for (int i = 0; i < 25; i++)
        desk_person(CXLOG_TAB_TOTALS, "{\"edit\":\"delete-column\",\"column\":12}");
    desk_person(CXLOG_TAB_DASHBOARD, "{\"edit\":\"delete-tab\"}");
    close_day(d, 0);
    assert_string_equal(desk_cell(CXLOG_TAB_TOTALS, 2, 19), "1차 해결률");
}

static void
charts_that_were_deleted_stay_deleted_when_the_totals_are_made_anew(void **state)
{
    desk *d = *state;
    close_day(d, 0);
    desk_drop_charts(CXLOG_TAB_DASHBOARD);
    desk_person(CXLOG_TAB_TOTALS, "{\"edit\":\"delete-tab\"}");
    close_day(d, 0);
    assert_non_null(strstr(desk_cell(CXLOG_TAB_TOTALS, 0, 0), "기준"));
}

static void an_earlier_day_that_is_closed_late_leaves_the_newer_numbers(void **state)
{
    desk *d = *state;
    close_day(d, 0);
    close_day(d, 1);
    const char *basis = desk_cell(CXLOG_TAB_TOTALS, 0, 0);
    assert_memory_equal(basis, "2026-11-21", 10);
}

static void a_category_that_the_scheme_does_not_have_has_a_row_all_the_same(void **state)
{
    desk *d = *state;
    desk_log(d, "하늘", "없는 구분", "다섯");
    close_day(d, 0);
    bool found = false;
    for (int row = 3; row < 30 && !found; row++)
        found = strcmp(desk_cell(CXLOG_TAB_TOTALS, row, 0), "없는 구분") == 0;
    assert_true(found);
}

static void titles_that_are_taken_get_a_number(void **state)
{
    desk *d = *state;
    cxlog_layout_result made;
    static const char *const mine[] = {CXLOG_TAB_TOTALS, CXLOG_TAB_EFFECTIVE};
    for (size_t i = 0; i < 2; i++) {
        char order[96];
        desk_person(CXLOG_TAB_LOG, "{\"edit\":\"copy-tab\"}");
        snprintf(order, sizeof order, "{\"edit\":\"rename-tab\",\"name\":\"%s\"}",
                 mine[i]);
        desk_person("Copy of 상담기록", order);
    }
    close_day(d, 0);
    assert_int_equal(
        cxlog_layout_refresh(d->store, d->remote, &d->options, NULL, &made, &d->err),
        CXLOG_OK);
    assert_non_null(strstr(desk_cell("누적 (cxlog 1)", 0, 0), "기준"));
}

static bool refresh_writes(desk *d)
{
    cxlog_layout_result made;
    (void)desk_writes();
    assert_int_equal(
        cxlog_layout_refresh(d->store, d->remote, &d->options, NULL, &made, &d->err),
        CXLOG_OK);
    assert_int_equal(desk_writes(), made.written);
    return made.written;
}

static void effective_records_that_are_too_narrow_are_widened_once(void **state)
{
    desk *d = *state;
    (void)refresh_writes(d);
    desk_person(CXLOG_TAB_EFFECTIVE, "{\"edit\":\"delete-column\",\"column\":21}");
    desk_person(CXLOG_TAB_EFFECTIVE, "{\"edit\":\"set-cell\",\"row\":0,\"column\":0,"
                                     "\"value\":\"내 보기\"}");
    assert_true(refresh_writes(d));
    assert_string_not_equal(desk_cell(CXLOG_TAB_EFFECTIVE, 0, 0), "내 보기");
    desk_person(CXLOG_TAB_EFFECTIVE, "{\"edit\":\"set-cell\",\"row\":0,\"column\":0,"
                                     "\"value\":\"내 보기\"}");
    assert_false(refresh_writes(d));
    assert_string_equal(desk_cell(CXLOG_TAB_EFFECTIVE, 0, 0), "내 보기");
}

static bool choices_write(desk *d)
{
    (void)desk_writes();
    assert_int_equal(cxlog_layout_choices(d->store, d->remote, &d->options, &d->err),
                     CXLOG_OK);
    return desk_writes() > 0;
}

static void
a_name_that_begins_on_a_day_is_in_the_drop_downs_from_that_day_on(void **state)
{
    desk *d = *state;
    const cxlog_proposal later = {
        .action = CXLOG_ACTION_RENAME,
        .dim = CXLOG_DIM_CATEGORY,
        .name = "배송",
        .target = "배달",
        .code = "",
        .reason = "이름",
        .from = cxlog_day_make(2027, 1, 1), /* names change at a half-year alone */
        .author = "팀장",
        .now = cxlog_wall_now(),
    };
    cxlog_event *events = NULL;
    if (cxlog_sync_propose(d->store, d->remote, &d->options, &later, 1, &events,
                           &d->err) != CXLOG_OK)
        fail_msg("%s", d->err.message);
    cxlog_events_free(events, 1);
    assert_true(choices_write(d));
    assert_false(choices_write(d));
    cx_sleep_ms((later.from - desk_today() - 1) * INT64_C(86400000));
    assert_false(choices_write(d));
    cx_sleep_ms(INT64_C(86400000));
    assert_true(choices_write(d));
    assert_false(choices_write(d));
}

static void a_title_with_a_quote_is_quoted_in_the_formula(void **state)
{
    (void)state;
    CXLOG_AUTO_TEXT formula = NULL;
    assert_int_equal(cx_effective_formula(&formula, "하늘's log", 30, NULL), CXLOG_OK);
    assert_non_null(strstr(formula, "'하늘''s log'!A1:AD"));
}

static void as_many_alerts_as_fit_are_told_whole(void **state)
{
    (void)state;
    cxlog_alert alerts[CXLOG_ALERTS_MAX];
    for (size_t i = 0; i < CXLOG_ALERTS_MAX; i++) {
        alerts[i] = (cxlog_alert){.factor = 1.5, .ratio = 2, .weeks = 12, .count = 20};
        memset(alerts[i].name, 'x', sizeof alerts[i].name - 1);
    }
    CXLOG_AUTO_TEXT line = NULL;
    assert_int_equal(
        cx_dashboard_line(&line, alerts, CXLOG_ALERTS_MAX, desk_today(), NULL), CXLOG_OK);
    assert_true(strlen(line) < 4096);
    assert_string_equal(line + strlen(line) - strlen("(기준 1.5배)"), "(기준 1.5배)");
}

#define T(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_close_with_nothing_new_writes_nothing),
        T(a_tab_that_was_made_smaller_grows_again),
        T(charts_that_were_deleted_stay_deleted_when_the_totals_are_made_anew),
        T(an_earlier_day_that_is_closed_late_leaves_the_newer_numbers),
        T(a_category_that_the_scheme_does_not_have_has_a_row_all_the_same),
        T(titles_that_are_taken_get_a_number),
        T(effective_records_that_are_too_narrow_are_widened_once),
        T(a_name_that_begins_on_a_day_is_in_the_drop_downs_from_that_day_on),
        T(a_title_with_a_quote_is_quoted_in_the_formula),
        T(as_many_alerts_as_fit_are_told_whole),
    };
    return cmocka_run_group_tests_name("close_tabs", tests, NULL, NULL);
}
