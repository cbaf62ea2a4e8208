/* What close and the layout meet once in a while: names that nobody uses any more, cells
 * and tabs that people took over, lists that are longer than there is room for. */
#include <stdio.h>

#include "core/seam.h"
#include "desk.h"
#include "sync/tabs_impl.h"

#define FCR_COLUMN 19
#define THIS_WEEK 14 /* its row */
#define LEADS 120    /* more than may edit */

static void close_with(desk *d, const cxlog_alert_rule *rules, size_t count,
                       cxlog_close_result *result)
{
    const cxlog_close_options options = {.sync = &d->options,
                                         .agent = "하늘",
                                         .day = desk_today(),
                                         .rules = rules,
                                         .rule_count = count};
    d->err = (cxlog_error){0};
    if (cxlog_close_run(d->store, d->remote, &options, result, &d->err) != CXLOG_OK)
        fail_msg("%s", d->err.message);
}

static bool close_writes(desk *d)
{
    CXLOG_AUTO_VALUE(cxlog_close_result) result = {0};
    (void)desk_writes();
    close_with(d, NULL, 0, &result);
    return desk_writes() > 0;
}

static bool totals_have_a_row(const char *name)
{
    for (int row = 3; row < 60; row++) {
        if (strcmp(desk_cell(CXLOG_TAB_TOTALS, row, 0), name) == 0)
            return true;
    }
    return false;
}

static void set_cell(const char *tab, int row, int column, const char *value)
{
    char order[160];
    snprintf(order, sizeof order,
             "{\"edit\":\"set-cell\",\"row\":%d,\"column\":%d,\"value\":%s}", row, column,
             value);
    desk_person(tab, order);
}

/* ---- names ---- */

static void retire(desk *d, cxlog_dim dim, const char *name, cxlog_day from)
{
    const cxlog_proposal proposal = {.action = CXLOG_ACTION_RETIRE,
                                     .dim = dim,
                                     .name = name,
                                     .code = "",
                                     .reason = "안 씀",
                                     .from = from,
                                     .author = "팀장",
                                     .now = cxlog_wall_now()};
    cxlog_event *events = NULL;
    if (cxlog_sync_propose(d->store, d->remote, &d->options, &proposal, 1, &events,
                           &d->err) != CXLOG_OK)
        fail_msg("%s: %s", name, d->err.message);
    cxlog_events_free(events, 1);
}

static void to_next_year(void)
{
    cx_sleep_ms((cxlog_day_make(2027, 1, 4) - desk_today()) * INT64_C(86400000));
}

static void a_team_without_channels_keeps_its_other_drop_downs(void **state)
{
    desk *d = *state;
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    assert_int_equal(cxlog_store_scheme(d->store, &scheme, &d->err), CXLOG_OK);
    for (size_t i = 0; i < cxlog_scheme_count(scheme); i++) {
        const cxlog_value *value = cxlog_scheme_at(scheme, i);
        if (value->dim == CXLOG_DIM_CHANNEL && !*value->parent)
            retire(d, CXLOG_DIM_CHANNEL, value->name, cxlog_day_make(2027, 1, 1));
    }
    to_next_year();
    CXLOG_AUTO_VALUE(cx_choices) choices = {0};
    CXLOG_AUTO_VALUE(cx_sync)
    sync = {.store = d->store, .remote = d->remote, .options = &d->options};
    if (cx_sync_begin(&sync, DESK_SHEET, &d->err) ||
        cx_choices_load(&choices, &sync, &d->err) ||
        cxlog_layout_choices(d->store, d->remote, &d->options, &d->err))
        fail_msg("%s", d->err.message);
    assert_int_equal(choices.count, CX_CHOICE_EDITS - 1); /* an empty one is refused */
}

static void a_retired_category_keeps_its_row_while_it_has_records(void **state)
{
    desk *d = *state;
    assert_true(close_writes(d));
    assert_true(totals_have_a_row("결제"));
    retire(d, CXLOG_DIM_CATEGORY, "결제", cxlog_day_make(2027, 1, 1));
    retire(d, CXLOG_DIM_CATEGORY, "배송", cxlog_day_make(2027, 1, 1));
    to_next_year();
    assert_true(close_writes(d));
    assert_false(totals_have_a_row("결제"));
    assert_true(totals_have_a_row("배송"));                      /* of last year */
    assert_string_equal(desk_cell(CXLOG_TAB_TOTALS, 3, 14), ""); /* no top of this year */
}

static void a_contact_without_a_channel_has_a_row_of_its_own(void **state)
{
    desk *d = *state;
    desk_person(CXLOG_TAB_LOG, "{\"edit\":\"type-row\",\"values\":[\"2026-11-21 "
                               "10:00:00\",\"하늘\",null,\"결제\"]}");
    assert_true(close_writes(d));
    assert_true(totals_have_a_row("(없음)"));
}

static void of_many_categories_the_top_ten_are_shown(void **state)
{
    desk *d = *state;
    char name[32];
    for (int i = 0; i < CX_TOTALS_TOP_ROWS + 2; i++) {
        snprintf(name, sizeof name, "구분 %d", i);
        desk_log(d, "하늘", name, "하나");
    }
    assert_true(close_writes(d));
    assert_string_not_equal(desk_cell(CXLOG_TAB_TOTALS, 2 + CX_TOTALS_TOP_ROWS, 14), "");
    assert_string_equal(desk_cell(CXLOG_TAB_TOTALS, 3 + CX_TOTALS_TOP_ROWS, 14), "");
}

/* ---- tabs that people took over ---- */

static void a_share_that_people_overwrote_is_put_right(void **state)
{
    desk *d = *state;
    static const char *const values[] = {"0.25", "1.75", "null"};
    assert_true(close_writes(d));
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        set_cell(CXLOG_TAB_TOTALS, THIS_WEEK, FCR_COLUMN, values[i]);
        if (!close_writes(d))
            fail_msg("%s stayed", values[i]);
        assert_false(close_writes(d));
    }
}

static void a_sum_that_an_earlier_close_left_further_down_is_cleared(void **state)
{
    desk *d = *state;
    assert_true(close_writes(d));
    set_cell(CXLOG_TAB_TOTALS, 70, 0, "\"합계\"");
    assert_true(close_writes(d));
    assert_string_equal(desk_cell(CXLOG_TAB_TOTALS, 70, 0), "");
    assert_false(close_writes(d));
}

static void totals_that_lost_rows_or_columns_get_them_again(void **state)
{
    desk *d = *state;
    static const char *const losses[] = {
        "{\"edit\":\"delete-rows\",\"row\":8,\"count\":190}",
        "{\"edit\":\"delete-column\",\"column\":30}"};
    assert_true(close_writes(d));
    for (size_t i = 0; i < 2; i++) {
        desk_person(CXLOG_TAB_TOTALS, losses[i]);
        desk_person(CXLOG_TAB_DASHBOARD, "{\"edit\":\"delete-tab\"}");
        assert_true(close_writes(d));
        assert_false(close_writes(d));
    }
}

static void a_basis_line_of_a_day_to_come_is_not_believed(void **state)
{
    desk *d = *state;
    assert_true(close_writes(d));
    set_cell(CXLOG_TAB_TOTALS, 0, 0, "\"2027-12-31 기준 (언젠가)\"");
    assert_true(close_writes(d));
    assert_memory_equal(desk_cell(CXLOG_TAB_TOTALS, 0, 0), "2026-11-21", 10);
}

static void a_dashboard_without_a_free_row_gets_no_line_of_alerts(void **state)
{
    desk *d = *state;
    const cxlog_alert_rule rule = {"total", 2, 4};
    CXLOG_AUTO_VALUE(cxlog_close_result) result = {0};
    assert_true(close_writes(d));
    for (int row = 0; row < CX_DASHBOARD_LOOK; row++)
        set_cell(CXLOG_TAB_DASHBOARD, row, 0, "\"우리 메모\"");
    close_with(d, &rule, 1, &result);
    for (int row = 0; row < CX_DASHBOARD_LOOK; row++)
        assert_string_equal(desk_cell(CXLOG_TAB_DASHBOARD, row, 0), "우리 메모");
}

static void the_line_of_alerts_stays_where_people_moved_it(void **state)
{
    desk *d = *state;
    const cxlog_alert_rule rule = {"total", 2, 4};
    assert_true(close_writes(d));
    for (int row = 0; row < 3; row++)
        set_cell(CXLOG_TAB_DASHBOARD, row, 0, "\"우리 메모\"");
    set_cell(CXLOG_TAB_DASHBOARD, 5, 0, "\"알림 없음\"");
    CXLOG_AUTO_VALUE(cxlog_close_result) result = {0};
    close_with(d, &rule, 1, &result);
    assert_memory_equal(desk_cell(CXLOG_TAB_DASHBOARD, 5, 0), "알림 2026", 11);
    assert_string_equal(desk_cell(CXLOG_TAB_DASHBOARD, 3, 0), "");
}

static void an_edit_taken_over_that_cannot_be_read_any_more_is_told(void **state)
{
    desk *d = *state;
    CXLOG_AUTO_VALUE(cxlog_close_result) taken = {0};
    CXLOG_AUTO_VALUE(cxlog_close_result) left = {0};
    set_cell(CXLOG_TAB_LOG, 1, CXLOG_COL_CATEGORY, "\"결제\"");
    close_with(d, NULL, 0, &taken);
    assert_int_equal(taken.taken, 1);
    set_cell(CXLOG_TAB_LOG, 1, CXLOG_COL_CSAT, "\"좋음\"");
    close_with(d, NULL, 0, &left);
    assert_int_equal(left.taken, 0);
    assert_int_equal(left.check.counts[CXLOG_FOUND_EDITED], 1);
    assert_false(left.check.findings[0].readable);
}

/* ---- more than there is room for ---- */

static void of_more_alerts_than_fit_the_first_are_told(void **state)
{
    desk *d = *state;
    cxlog_alert_rule rules[CXLOG_ALERTS_MAX + 3];
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        rules[i] = (cxlog_alert_rule){"total", 1.5, 4};
    cx_sleep_ms(INT64_C(10) * 86400000);
    for (int i = 0; i < 10; i++)
        desk_log(d, "하늘", "배송", "많이");
    CXLOG_AUTO_VALUE(cxlog_close_result) result = {0};
    close_with(d, rules, sizeof rules / sizeof rules[0], &result);
    assert_int_equal(result.alert_count, CXLOG_ALERTS_MAX);
}

static bool refresh_writes(desk *d, const char *const *leads)
{
    cxlog_layout_result made;
    d->err = (cxlog_error){0};
    if (cxlog_layout_refresh(d->store, d->remote, &d->options, leads, &made, &d->err) !=
        CXLOG_OK)
        fail_msg("%s", d->err.message);
    return made.written;
}

static void of_more_leads_than_may_edit_the_first_do(void **state)
{
    desk *d = *state;
    static char names[LEADS][32];
    const char *leads[LEADS + 1] = {NULL};
    for (int i = 0; i < LEADS; i++) {
        snprintf(names[i], sizeof names[i], "lead%d@example.com", i);
        leads[i] = names[i];
    }
    assert_true(refresh_writes(d, leads));
    assert_false(refresh_writes(d, leads));
}

static void protections_come_back_and_a_filter_stays(void **state)
{
    desk *d = *state;
    assert_true(refresh_writes(d, NULL));
    desk_person(CXLOG_TAB_LOG, "{\"edit\":\"unprotect\"}");
    assert_true(refresh_writes(d, NULL)); /* a second filter would be refused */
    assert_false(refresh_writes(d, NULL));
}

static void a_hundred_tabs_of_one_title_leave_none_to_take(void **state)
{
    (void)state;
    cxlog_tab tabs[100];
    char titles[100][64];
    for (int i = 0; i < 100; i++) {
        snprintf(titles[i], sizeof titles[i], i ? "누적 (cxlog %d)" : "누적", i);
        tabs[i] = (cxlog_tab){.id = i, .title = titles[i]};
    }
    const cxlog_survey survey = {.tabs = tabs, .count = 100};
    CXLOG_AUTO_TEXT title = NULL;
    assert_int_equal(cx_survey_title(&title, &survey, CXLOG_TAB_TOTALS, NULL), CXLOG_OK);
    assert_string_equal(title, "누적 (cxlog 99)");
}

#define T(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_team_without_channels_keeps_its_other_drop_downs),
        T(a_retired_category_keeps_its_row_while_it_has_records),
        T(a_contact_without_a_channel_has_a_row_of_its_own),
        T(of_many_categories_the_top_ten_are_shown),
        T(a_share_that_people_overwrote_is_put_right),
        T(a_sum_that_an_earlier_close_left_further_down_is_cleared),
        T(totals_that_lost_rows_or_columns_get_them_again),
        T(a_basis_line_of_a_day_to_come_is_not_believed),
        T(a_dashboard_without_a_free_row_gets_no_line_of_alerts),
        T(the_line_of_alerts_stays_where_people_moved_it),
        T(an_edit_taken_over_that_cannot_be_read_any_more_is_told),
        T(of_more_alerts_than_fit_the_first_are_told),
        T(of_more_leads_than_may_edit_the_first_do),
        T(protections_come_back_and_a_filter_stays),
        cmocka_unit_test(a_hundred_tabs_of_one_title_leave_none_to_take),
    };
    return cmocka_run_group_tests_name("close_corners", tests, NULL, NULL);
}
