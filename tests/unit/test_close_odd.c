/* What a close and a refresh meet when the tabs are not what they were a moment ago. */
#include <stdio.h>

#include "desk.h"
#include "sync/tabs_impl.h"

#define FCR_COLUMN 19
#define THIS_WEEK 14 /* its row */

static cxlog_status close_day(desk *d)
{
    CXLOG_AUTO_VALUE(cxlog_close_result) result = {0};
    const cxlog_close_options options = {
        .sync = &d->options, .agent = "하늘", .day = desk_today()};
    d->err = (cxlog_error){0};
    return cxlog_close_run(d->store, d->remote, &options, &result, &d->err);
}

static void closes(desk *d)
{
    if (close_day(d) != CXLOG_OK)
        fail_msg("%s", d->err.message);
}

/* ---- between the look and the write ---- */

static const cxlog_remote_ops *inner;
static void (*each_time)(void);
static int times;

static cxlog_status edit_late(cxlog_remote *remote, const cxlog_edit *edits, size_t count,
                              cxlog_answer *answer, cxlog_error *err)
{
    times++;
    if (each_time)
        each_time();
    return inner->edit(remote, edits, count, answer, err);
}

static cxlog_status edit_second(cxlog_remote *remote, const cxlog_edit *edits,
                                size_t count, cxlog_answer *answer, cxlog_error *err)
{
    if (times++ == 0)
        assert_int_equal(inner->edit(remote, edits, count, answer, err), CXLOG_OK);
    return inner->edit(remote, edits, count, answer, err);
}

/* Deleted, made by somebody else, deleted. */
static void delete_or_make_totals(void)
{
    if (times % 2)
        desk_person(CXLOG_TAB_TOTALS, "{\"edit\":\"delete-tab\"}");
    else
        desk_add_tab(CXLOG_TOTALS_TAB_ID, CXLOG_TAB_TOTALS);
}

static void cut_totals(void)
{
    desk_cut(CXLOG_TAB_TOTALS, 10 - times);
}

static void changes(desk *d, void (*act)(void))
{
    desk_between(d, &inner)->edit = edit_late;
    each_time = act;
    times = 0;
}

static void totals_that_change_under_every_write_are_left_to_the_next_close(void **state)
{
    desk *d = *state;
    static void (*const acts[])(void) = {delete_or_make_totals, cut_totals};
    for (size_t i = 0; i < 2; i++) {
        closes(d);
        desk_log(d, "하늘", "환불", "하나 더");
        changes(d, acts[i]);
        assert_int_equal(close_day(d), CXLOG_ERR_RETRY);
        assert_non_null(strstr(d->err.message, "the records are sent"));
        assert_non_null(strstr(d->err.message, "keeps changing"));
        assert_int_equal(times, 3);
        d->remote->ops = inner;
        closes(d);
        (void)desk_writes();
        closes(d);
        assert_int_equal(desk_writes(), 0);
    }
}

static void totals_that_somebody_made_a_moment_before_are_not_made_twice(void **state)
{
    desk *d = *state;
    desk_between(d, &inner)->edit = edit_second;
    times = 0;
    closes(d);
    d->remote->ops = inner;
    (void)desk_writes();
    closes(d);
    assert_int_equal(desk_writes(), 0);
    assert_non_null(strstr(desk_cell(CXLOG_TAB_TOTALS, 0, 0), "기준"));
}

/* ---- what refuses ---- */

static void totals_that_may_not_be_written_are_told_with_the_reason(void **state)
{
    desk *d = *state;
    desk_person(CXLOG_TAB_LOG, "{\"edit\":\"viewer-only\"}");
    assert_int_equal(close_day(d), CXLOG_ERR_PERMISSION);
    assert_non_null(strstr(d->err.message, "the records are sent, but not 누적"));
}

static cxlog_status no_survey(cxlog_remote *remote, cxlog_survey **out, cxlog_error *err)
{
    (void)remote;
    *out = NULL;
    times++;
    return cxlog_fail(err, CXLOG_ERR_RETRY, "no answer");
}

static void add_field(desk *d)
{
    const cxlog_proposal proposal = {.action = CXLOG_ACTION_ADD,
                                     .dim = CXLOG_DIM_FIELD,
                                     .name = "등급",
                                     .target = "text",
                                     .code = "",
                                     .reason = "새로",
                                     .from = CXLOG_NO_DAY,
                                     .author = "팀장",
                                     .now = cxlog_wall_now()};
    cxlog_event *events = NULL;
    if (cxlog_sync_propose(d->store, d->remote, &d->options, &proposal, 1, &events,
                           &d->err) != CXLOG_OK)
        fail_msg("%s", d->err.message);
    cxlog_events_free(events, 1);
}

static void
a_new_field_widens_the_effective_records_when_google_answers_again(void **state)
{
    desk *d = *state;
    cxlog_layout_result made;
    assert_int_equal(
        cxlog_layout_refresh(d->store, d->remote, &d->options, NULL, &made, &d->err),
        CXLOG_OK);
    closes(d);
    add_field(d);
    desk_between(d, &inner)->survey = no_survey;
    times = 0;
    assert_int_equal(close_day(d), CXLOG_ERR_RETRY);
    assert_int_equal(times, 1);
    CXLOG_AUTO_TEXT before = desk_picture();
    assert_null(strstr(before, "A1:W,"));
    d->remote->ops = inner;
    closes(d);
    CXLOG_AUTO_TEXT after = desk_picture();
    assert_non_null(strstr(after, "A1:W,"));
}

/* ---- the log ---- */

static void without_a_log_nothing_is_refreshed(void **state)
{
    desk *d = *state;
    cxlog_layout_result made;
    desk_person(CXLOG_TAB_LOG, "{\"edit\":\"delete-tab\"}");
    (void)desk_writes();
    cxlog_status status =
        cxlog_layout_refresh(d->store, d->remote, &d->options, NULL, &made, &d->err);
    assert_int_equal(status, CXLOG_ERR_SHEET);
    assert_non_null(strstr(d->err.message, "tab 상담기록 is not in the spreadsheet"));
    assert_non_null(strstr(d->err.message, "cxlog init"));
    assert_false(made.written);
    assert_int_equal(desk_writes(), 0);
}

/* ---- numbers ---- */

static void where_nothing_was_ever_solved_the_share_is_none(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_open();
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    entry.number[CXLOG_COL_CONTACTED_AT] = cxlog_wall_now();
    entry.number[CXLOG_COL_LOGGED_AT] = cxlog_wall_now();
    char id[CXLOG_ID_SIZE];
    if (cxlog_id_new(id, &d->err) || cxlog_entry_set(&entry, CXLOG_COL_ID, id, &d->err) ||
        cxlog_entry_set(&entry, CXLOG_COL_AGENT, "하늘", &d->err) ||
        cxlog_entry_set(&entry, CXLOG_COL_CATEGORY, "배송", &d->err) ||
        cxlog_entry_set(&entry, CXLOG_COL_CHANNEL, "전화", &d->err) ||
        cxlog_entry_set(&entry, CXLOG_COL_RESULT, "진행", &d->err) ||
        cxlog_entry_seal(&entry, &d->err) ||
        cxlog_store_add(d->store, &entry, 1, NULL, &d->err))
        fail_msg("%s", d->err.message);
    closes(d);
    double share = -1;
    assert_true(desk_number(CXLOG_TAB_TOTALS, THIS_WEEK, FCR_COLUMN, &share));
    assert_true(share > -0.01 && share < 0.01);
    assert_false(desk_number(CXLOG_TAB_TOTALS, THIS_WEEK - 1, FCR_COLUMN, &share));
}

#define T(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(totals_that_change_under_every_write_are_left_to_the_next_close),
        T(totals_that_somebody_made_a_moment_before_are_not_made_twice),
        T(totals_that_may_not_be_written_are_told_with_the_reason),
        T(a_new_field_widens_the_effective_records_when_google_answers_again),
        T(without_a_log_nothing_is_refreshed),
        cmocka_unit_test(where_nothing_was_ever_solved_the_share_is_none),
    };
    return cmocka_run_group_tests_name("close_odd", tests, NULL, NULL);
}
