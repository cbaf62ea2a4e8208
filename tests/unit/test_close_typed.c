/* Contacts typed into the sheet by hand: the close that gives them their IDs counts them,
 * wherever they stand. */
#include <stdio.h>

#include "desk.h"

#define MANY 101 /* more than are given IDs in one write */

static void person(const char *order)
{
    desk_person(CXLOG_TAB_LOG, order);
}

/* Rows of the sheet count from 1. */
static void types(int row, const char *category)
{
    char order[256];
    snprintf(order, sizeof order,
             "{\"edit\":\"type-row\",\"row\":%d,\"values\":[\"2026-11-21 10:00:00\","
             "\"하늘\",\"전화\",\"%s\"]}",
             row - 1, category);
    person(order);
}

static void copies(int row, int to)
{
    char order[96];
    snprintf(order, sizeof order, "{\"edit\":\"duplicate-row\",\"row\":%d,\"to\":%d}",
             row - 1, to - 1);
    person(order);
}

static int64_t contacts(desk *d)
{
    cxlog_counts counts;
    assert_int_equal(cxlog_store_counts(d->store, "", desk_today(), &counts, &d->err),
                     CXLOG_OK);
    return counts.today_team;
}

/* Had this close not counted them, the next one would write 누적. */
static void are_given_and_counted(desk *d, int count)
{
    int64_t before = contacts(d);
    cxlog_close_result result = desk_closes(d, false, CXLOG_OK);
    assert_int_equal(result.given, count);
    assert_int_equal(result.sync.pulled, count);
    assert_int_equal(contacts(d), before + count);
    cxlog_close_result_clear(&result);
    (void)desk_writes();
    result = desk_closes(d, false, CXLOG_OK);
    assert_int_equal(desk_writes(), 0);
    cxlog_close_result_clear(&result);
}

static void below_all_records(void **state)
{
    types(6, "결제");
    are_given_and_counted(*state, 1);
}

static void above_a_copied_row(void **state)
{
    copies(4, 7);
    types(6, "결제");
    are_given_and_counted(*state, 1);
}

static void above_a_row_that_cannot_be_read(void **state)
{
    copies(4, 7);
    person("{\"edit\":\"set-cell\",\"row\":6,\"column\":18,"
           "\"value\":\"01KDVMJ800000000000000000D\"}");
    person("{\"edit\":\"set-cell\",\"row\":6,\"column\":0,\"value\":\"어제\"}");
    types(6, "결제");
    are_given_and_counted(*state, 1);
}

static void above_records_that_came_later(void **state)
{
    desk *d = *state;
    types(6, "결제");
    desk_log(d, "하늘", "환불", "다섯");
    desk_syncs(d);
    are_given_and_counted(d, 1);
}

static void more_than_go_into_one_write(void **state)
{
    desk *d = *state;
    for (int i = 0; i < MANY; i++)
        types(6 + i, "결제");
    copies(4, 6 + MANY);
    are_given_and_counted(d, MANY);
}

static void they_cost_no_more_than_a_day_may(void **state)
{
    desk *d = *state;
    cxlog_close_result result = desk_closes(d, false, CXLOG_OK);
    cxlog_close_result_clear(&result);
    copies(4, 7);
    types(6, "결제");
    desk_log(d, "하늘", "환불", "다섯");
    cxlog_requests before = *d->remote->ops->requests(d->remote);
    result = desk_closes(d, false, CXLOG_OK);
    assert_int_equal(result.given, 1);
    assert_int_equal(result.sync.pushed, 1);
    cxlog_close_result_clear(&result);
    cxlog_requests all = *d->remote->ops->requests(d->remote);
    int64_t writes = all.write - before.write;
    assert_in_range(writes, 1, 4); /* push, 누적, and two for the rows typed */
    assert_in_range(writes + all.read - before.read, 1, 12);
}

/* ---- while it works ---- */

static const cxlog_remote_ops *inner;
static volatile int stop;

static cxlog_status formulas(cxlog_remote *remote, int32_t tab, int64_t first,
                             int64_t last, int64_t columns, cxlog_formula_row **out,
                             size_t *count, cxlog_error *err)
{
    cxlog_status status =
        inner->formulas(remote, tab, first, last, columns, out, count, err);
    person("{\"edit\":\"set-cell\",\"row\":5,\"column\":8,\"value\":\"더 씀\"}");
    return status;
}

static cxlog_status fill(cxlog_remote *remote, const cxlog_fills *fills,
                         cxlog_answer *answer, cxlog_error *err)
{
    cxlog_status status = inner->fill(remote, fills, answer, err);
    stop = 1;
    return status;
}

static void one_that_is_still_being_typed_waits_alone(void **state)
{
    desk *d = *state;
    types(6, "결제");
    types(7, "환불");
    copies(4, 8);
    desk_between(d, &inner)->formulas = formulas;
    cxlog_close_result result = desk_closes(d, false, CXLOG_OK);
    assert_int_equal(result.given, 1);
    assert_int_equal(contacts(d), 5);
    cxlog_close_result_clear(&result);
    d->remote->ops = inner;
    are_given_and_counted(d, 1);
}

static void a_close_that_ends_in_between_leaves_them_to_the_next_sync(void **state)
{
    desk *d = *state;
    copies(4, 7);
    types(6, "결제");
    desk_between(d, &inner)->fill = fill;
    d->options.stop = &stop;
    cxlog_close_result result = desk_closes(d, false, CXLOG_ERR_INTERRUPT);
    cxlog_close_result_clear(&result);
    assert_int_equal(contacts(d), 4);
    stop = 0;
    desk_syncs(d);
    assert_int_equal(contacts(d), 5);
}

/* Others insert above it, at the worst moment: between the last look and the write. */
static cxlog_status fill_late(cxlog_remote *remote, const cxlog_fills *fills,
                              cxlog_answer *answer, cxlog_error *err)
{
    person("{\"edit\":\"insert-blank-rows\",\"row\":1,\"count\":1}");
    return inner->fill(remote, fills, answer, err);
}

static void an_id_goes_to_the_row_it_was_meant_for_wherever_that_is_by_then(void **state)
{
    desk *d = *state;
    types(6, "결제");
    copies(5, 7);
    desk_between(d, &inner)->fill = fill_late;
    cxlog_close_result result = desk_closes(d, false, CXLOG_OK);
    assert_int_equal(result.given, 1);
    cxlog_close_result_clear(&result);
    assert_string_equal(desk_cell(CXLOG_TAB_LOG, 6, CXLOG_COL_CATEGORY), "결제");
    assert_true(cxlog_id_valid(desk_cell(CXLOG_TAB_LOG, 6, CXLOG_COL_ID)));
    assert_string_equal(desk_cell(CXLOG_TAB_LOG, 5, CXLOG_COL_ID),
                        desk_cell(CXLOG_TAB_LOG, 7, CXLOG_COL_ID)); /* the copied row */
    assert_int_equal(contacts(d), 5);
}

static cxlog_status mark_late(cxlog_remote *remote, const cxlog_fills *fills,
                              cxlog_answer *answer, cxlog_error *err)
{
    person("{\"edit\":\"insert-blank-rows\",\"row\":1,\"count\":1}");
    return inner->mark(remote, fills, answer, err);
}

static void one_that_moved_before_it_was_marked_waits(void **state)
{
    desk *d = *state;
    types(6, "결제");
    desk_between(d, &inner)->mark = mark_late;
    cxlog_close_result result = desk_closes(d, false, CXLOG_OK);
    assert_int_equal(result.given, 0);
    cxlog_close_result_clear(&result);
    d->remote->ops = inner;
    are_given_and_counted(d, 1);
}

static int32_t taken_mark;

static cxlog_status mark_twice(cxlog_remote *remote, const cxlog_fills *fills,
                               cxlog_answer *answer, cxlog_error *err)
{
    if (taken_mark == 0) {
        taken_mark = fills->rows[0].mark;
        assert_int_equal(inner->mark(remote, fills, answer, err), CXLOG_OK);
    }
    return inner->mark(remote, fills, answer, err);
}

static void a_mark_that_is_in_use_is_drawn_anew(void **state)
{
    desk *d = *state;
    types(6, "결제");
    taken_mark = 0;
    desk_between(d, &inner)->mark = mark_twice;
    cxlog_close_result result = desk_closes(d, false, CXLOG_OK);
    assert_int_equal(result.given, 1);
    cxlog_close_result_clear(&result);
}

#define T(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(below_all_records),
        T(above_a_copied_row),
        T(above_a_row_that_cannot_be_read),
        T(above_records_that_came_later),
        T(more_than_go_into_one_write),
        T(they_cost_no_more_than_a_day_may),
        T(one_that_is_still_being_typed_waits_alone),
        T(a_close_that_ends_in_between_leaves_them_to_the_next_sync),
        T(an_id_goes_to_the_row_it_was_meant_for_wherever_that_is_by_then),
        T(one_that_moved_before_it_was_marked_waits),
        T(a_mark_that_is_in_use_is_drawn_anew),
    };
    return cmocka_run_group_tests_name("close_typed", tests, NULL, NULL);
}
