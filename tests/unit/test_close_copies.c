/* Rows that were copied or emptied in the sheet: a record has one row, and a row that is
 * no contact any more gets no ID. */
#include <stdio.h>

#include "desk.h"

static void person(const char *order)
{
    desk_person(CXLOG_TAB_LOG, order);
}

static void says(const cxlog_close_result *result, int64_t row, const char *words)
{
    for (size_t i = 0; i < result->check.count; i++) {
        const cxlog_finding *finding = &result->check.findings[i];
        if (finding->row == row && !strstr(finding->reason, words))
            fail_msg("row %d: \"%s\"", (int)row, finding->reason);
        if (finding->row == row)
            return;
    }
    fail_msg("nothing was found in row %d", (int)row);
}

static const char *id_in(int row)
{
    return desk_cell(CXLOG_TAB_LOG, row - 1, CXLOG_COL_ID);
}

static int64_t contacts(desk *d)
{
    cxlog_counts counts;
    assert_int_equal(cxlog_store_counts(d->store, "", desk_today(), &counts, &d->err),
                     CXLOG_OK);
    return counts.today_team;
}

static void of_two_copies_without_their_id_one_gets_it_back(void **state)
{
    desk *d = *state;
    char id[CXLOG_ID_SIZE];
    snprintf(id, sizeof id, "%s", id_in(3));
    person("{\"edit\":\"duplicate-row\",\"row\":2}");
    person("{\"edit\":\"clear-cell\",\"row\":2,\"column\":18}");
    person("{\"edit\":\"clear-cell\",\"row\":5,\"column\":18}");
    cxlog_close_result result = desk_closes(d, false, CXLOG_OK);
    assert_int_equal(result.given, 1);
    says(&result, 6, "it is a copy of");
    says(&result, 6, id);
    cxlog_close_result_clear(&result);
    assert_string_equal(id_in(3), id);
    assert_string_equal(id_in(6), "");
    assert_int_equal(contacts(d), 4);
}

static void a_second_header_is_no_contact(void **state)
{
    desk *d = *state;
    person("{\"edit\":\"duplicate-row\",\"row\":0}");
    cxlog_close_result result = desk_closes(d, false, CXLOG_OK);
    assert_int_equal(result.check.counts[CXLOG_FOUND_OTHER], 1);
    assert_int_equal(result.check.counts[CXLOG_FOUND_TYPED], 0);
    assert_false(cxlog_check_differs(&result.check));
    cxlog_close_result_clear(&result);
}

/* ---- while it works ---- */

static const cxlog_remote_ops *inner;
static int marks;

static cxlog_status mark_then_empty(cxlog_remote *remote, const cxlog_fills *fills,
                                    cxlog_answer *answer, cxlog_error *err)
{
    cxlog_status status = inner->mark(remote, fills, answer, err);
    for (int column = 0; column < 4; column++) {
        char order[64];
        snprintf(order, sizeof order, "{\"edit\":\"clear-cell\",\"row\":5,\"column\":%d}",
                 column);
        person(order);
    }
    return status;
}

static void types_a_contact(void)
{
    person("{\"edit\":\"type-row\",\"values\":[\"2026-11-21 10:00:00\",\"하늘\",\"전화\","
           "\"결제\"]}");
}

static void a_row_that_was_emptied_meanwhile_stays_empty(void **state)
{
    desk *d = *state;
    types_a_contact();
    desk_between(d, &inner)->mark = mark_then_empty;
    cxlog_close_result result = desk_closes(d, false, CXLOG_OK);
    assert_int_equal(result.given, 0);
    says(&result, 6, "changed while it was looked at");
    cxlog_close_result_clear(&result);
    assert_string_equal(id_in(6), "");
    assert_int_equal(contacts(d), 4);
}

/* Others have every mark that is drawn. */
static cxlog_status mark_taken(cxlog_remote *remote, const cxlog_fills *fills,
                               cxlog_answer *answer, cxlog_error *err)
{
    assert_int_equal(inner->mark(remote, fills, answer, err), CXLOG_OK);
    marks++;
    return inner->mark(remote, fills, answer, err);
}

static void marks_that_others_always_have_end_the_close(void **state)
{
    desk *d = *state;
    types_a_contact();
    desk_between(d, &inner)->mark = mark_taken;
    marks = 0;
    cxlog_close_result result = desk_closes(d, false, CXLOG_ERR_RETRY);
    assert_int_equal(marks, 3);
    assert_int_equal(result.given, 0);
    assert_false(result.closed);
    cxlog_close_result_clear(&result);
    assert_string_equal(id_in(6), "");
    d->remote->ops = inner;
    result = desk_closes(d, false, CXLOG_OK);
    assert_int_equal(result.given, 1);
    cxlog_close_result_clear(&result);
}

#define T(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(of_two_copies_without_their_id_one_gets_it_back),
        T(a_second_header_is_no_contact),
        T(a_row_that_was_emptied_meanwhile_stays_empty),
        T(marks_that_others_always_have_end_the_close),
    };
    return cmocka_run_group_tests_name("close_copies", tests, NULL, NULL);
}
