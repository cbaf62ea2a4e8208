/* What close does about the things that people do to the sheet, also while it works. */
#include <stdio.h>

#include "desk.h"
#include "sync/tabs_impl.h"

static void join_from_another_machine(desk *d)
{
    cxlog_setup_result result;
    desk_forgets(d);
    assert_int_equal(desk_sets_up(d, &result), CXLOG_OK);
}

typedef struct how {
    bool accept, restore;
    cxlog_status wanted;
} how;

static cxlog_close_result closed(desk *d, how h)
{
    cxlog_close_result result = {0};
    const cxlog_close_options options = {.sync = &d->options,
                                         .agent = "하늘",
                                         .day = desk_today(),
                                         .accept = h.accept,
                                         .restore = h.restore};
    d->err = (cxlog_error){0};
    cxlog_status status =
        cxlog_close_run(d->store, d->remote, &options, &result, &d->err);
    if (status != h.wanted)
        fail_msg("%s: %s", cxlog_status_name(status), d->err.message);
    return result;
}

static void type(const char *order)
{
    desk_person(CXLOG_TAB_LOG, order);
}

/* The reason why the finding of that row was left. */
static const char *reason_of(const cxlog_close_result *result, int64_t row)
{
    for (size_t i = 0; i < result->check.count; i++) {
        if (result->check.findings[i].row == row)
            return result->check.findings[i].reason;
    }
    fail_msg("nothing was found in row %d", (int)row);
    return "";
}

static void says(const cxlog_close_result *result, int64_t row, const char *words)
{
    if (!strstr(reason_of(result, row), words))
        fail_msg("row %d: \"%s\"", (int)row, reason_of(result, row));
}

static void rows_that_cannot_become_records_are_left_and_say_why(void **state)
{
    desk *d = *state;
    type("{\"edit\":\"type-row\",\"values\":[\"2026-11-21 10:00:00\",\"하늘\",\"전화\","
         "\"결제\"]}");
    type("{\"edit\":\"set-cell\",\"row\":5,\"column\":9,\"formula\":\"=1+1\","
         "\"shown\":2}");
    type("{\"edit\":\"type-row\",\"values\":[\"2026-11-21 10:00:00\",\"하늘\",\"전화\","
         "\"결제\",null,null,null,null,null,null,null,\"글자\"]}");
    type("{\"edit\":\"type-row\",\"values\":[\"2026-11-21 10:00:00\",null,\"전화\","
         "\"결제\"]}");
    type("{\"edit\":\"set-cell\",\"row\":7,\"column\":18,\"value\":\"메모\"}");
    type("{\"edit\":\"type-row\",\"values\":[\"2026-11-21 10:00:00\",\"하늘\",\"전화\","
         "\"결제\"]}");
    type("{\"edit\":\"duplicate-row\",\"row\":8}");
    cxlog_close_result result = closed(d, (how){0});
    says(&result, 6, "formula");
    says(&result, 7, "cannot be read");
    says(&result, 8, "its ID holds something else");
    assert_int_equal(result.given, 2); /* two equal rows are two contacts */
    assert_string_not_equal(desk_cell(CXLOG_TAB_LOG, 8, 18),
                            desk_cell(CXLOG_TAB_LOG, 9, 18));
    cxlog_close_result_clear(&result);
}

static void a_new_id_in_a_row_that_cannot_be_read_is_told(void **state)
{
    desk *d = *state;
    type("{\"edit\":\"duplicate-row\",\"row\":4}");
    type("{\"edit\":\"set-cell\",\"row\":5,\"column\":18,"
         "\"value\":\"01KDVMJ800000000000000000D\"}");
    type("{\"edit\":\"set-cell\",\"row\":5,\"column\":0,\"value\":\"어제\"}");
    cxlog_close_result result = closed(d, (how){0});
    assert_int_equal(result.check.counts[CXLOG_FOUND_UNREADABLE], 1);
    cxlog_close_result_clear(&result);
}

static void edits_that_cannot_be_taken_are_left_and_say_why(void **state)
{
    desk *d = *state;
    type("{\"edit\":\"set-cell\",\"row\":1,\"column\":11,\"value\":\"글자\"}");
    type("{\"edit\":\"set-cell\",\"row\":2,\"column\":13,\"value\":9}"); /* CSAT */
    type("{\"edit\":\"set-cell\",\"row\":3,\"column\":3,\"value\":\"없는 구분\"}");
    type("{\"edit\":\"set-cell\",\"row\":4,\"column\":0,"
         "\"value\":\"2027-11-20 10:00:00\"}");
    cxlog_close_result result = closed(d, (how){0});
    assert_int_equal(result.taken, 0);
    says(&result, 5, "2027");
    says(&result, 2, "cannot be read");
    says(&result, 4, "not in the scheme");
    assert_true(*reason_of(&result, 3) != '\0');
    cxlog_close_result_clear(&result);
}

static void a_name_that_is_left_is_quoted_to_its_end(void **state)
{
    desk *d = *state;
    type("{\"edit\":\"set-cell\",\"row\":3,\"column\":3,\"value\":"
         "\"ကကကကကကကကကကကကကကကကကကကကကကကကကကကကကကကကကကကကကကကကကကကကကကကက\"}");
    cxlog_close_result result = closed(d, (how){0});
    says(&result, 4, "က\" is not in the scheme");
    cxlog_close_result_clear(&result);
}

static void an_edit_of_a_record_that_was_corrected_since_does_not_count(void **state)
{
    desk *d = *state;
    CXLOG_AUTO_VALUE(cxlog_record) held;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_record_init(&held);
    cxlog_entry_init(&entry);
    assert_int_equal(cxlog_store_find(d->store, "#1", &held, &d->err), CXLOG_OK);
    assert_int_equal(cxlog_entry_copy(&entry, &held.entry, &d->err), CXLOG_OK);
    char id[CXLOG_ID_SIZE];
    assert_int_equal(cxlog_id_new(id, &d->err), CXLOG_OK);
    assert_int_equal(cxlog_entry_set(&entry, CXLOG_COL_ID, id, &d->err), CXLOG_OK);
    assert_int_equal(cxlog_entry_set(&entry, CXLOG_COL_CORRECTS,
                                     cxlog_entry_text(&held.entry, CXLOG_COL_ID),
                                     &d->err),
                     CXLOG_OK);
    assert_int_equal(cxlog_entry_set(&entry, CXLOG_COL_CATEGORY, "환불", &d->err),
                     CXLOG_OK);
    entry.number[CXLOG_COL_LOGGED_AT] += 60;
    assert_int_equal(cxlog_entry_seal(&entry, &d->err), CXLOG_OK);
    assert_int_equal(cxlog_store_add(d->store, &entry, 1, NULL, &d->err), CXLOG_OK);
    desk_syncs(d);
    type("{\"edit\":\"set-cell\",\"row\":1,\"column\":3,\"value\":\"결제\"}");
    cxlog_close_result result = closed(d, (how){0});
    says(&result, 2, "a later correction counts");
    cxlog_close_result_clear(&result);
}

/* ---- while it works ---- */

static const cxlog_remote_ops *inner;
static void (*meanwhile)(void);

static void person_acts(void)
{
    void (*act)(void) = meanwhile;
    meanwhile = NULL;
    if (act)
        act();
}

static cxlog_status formulas(cxlog_remote *remote, int32_t tab, int64_t first,
                             int64_t last, int64_t columns, cxlog_formula_row **out,
                             size_t *count, cxlog_error *err)
{
    cxlog_status status =
        inner->formulas(remote, tab, first, last, columns, out, count, err);
    person_acts();
    return status;
}

static cxlog_status look(cxlog_remote *remote, const cxlog_area *areas, size_t count,
                         cxlog_grid *out, bool *gone, cxlog_error *err)
{
    cxlog_status status = inner->look(remote, areas, count, out, gone, err);
    person_acts();
    return status;
}

static void after(desk *d, bool the_check, void (*act)(void))
{
    cxlog_remote_ops *outer = desk_between(d, &inner);
    if (the_check)
        outer->formulas = formulas;
    else
        outer->look = look;
    meanwhile = act;
}

static void types_on(void)
{
    type("{\"edit\":\"set-cell\",\"row\":5,\"column\":8,\"value\":\"더 씀\"}");
}

static void a_row_that_is_still_being_typed_is_left_for_the_next_close(void **state)
{
    desk *d = *state;
    type("{\"edit\":\"type-row\",\"values\":[\"2026-11-21 10:00:00\",\"하늘\",\"전화\","
         "\"결제\"]}");
    after(d, true, types_on);
    cxlog_close_result result = closed(d, (how){0});
    says(&result, 6, "changed while it was looked at");
    cxlog_close_result_clear(&result);
    result = closed(d, (how){0});
    assert_int_equal(result.given, 1);
    cxlog_close_result_clear(&result);
}

static void edits_on(void)
{
    type("{\"edit\":\"set-cell\",\"row\":1,\"column\":8,\"value\":\"더 고침\"}");
}

static void a_row_that_is_still_being_edited_is_not_written_over(void **state)
{
    desk *d = *state;
    type("{\"edit\":\"set-cell\",\"row\":1,\"column\":3,\"value\":\"환불\"}");
    after(d, true, edits_on);
    cxlog_close_result result = closed(d, (how){.restore = true});
    says(&result, 2, "changed while it was looked at");
    assert_string_equal(desk_cell(CXLOG_TAB_LOG, 1, 3), "환불");
    cxlog_close_result_clear(&result);
    result = closed(d, (how){.restore = true});
    assert_int_equal(result.restored, 1);
    assert_string_equal(desk_cell(CXLOG_TAB_LOG, 1, 3), "배송");
    cxlog_close_result_clear(&result);
}

static cxlog_status fill_late(cxlog_remote *remote, const cxlog_fills *fills,
                              cxlog_answer *answer, cxlog_error *err)
{
    type("{\"edit\":\"insert-blank-rows\",\"row\":1,\"count\":1}");
    return inner->fill(remote, fills, answer, err);
}

static void what_is_written_back_goes_where_its_row_is_by_then(void **state)
{
    desk *d = *state;
    type("{\"edit\":\"set-cell\",\"row\":2,\"column\":3,\"value\":\"환불\"}");
    desk_between(d, &inner)->fill = fill_late;
    cxlog_close_result result = closed(d, (how){.restore = true});
    assert_int_equal(result.restored, 1);
    cxlog_close_result_clear(&result);
    d->remote->ops = inner;
    result = closed(d, (how){0});
    assert_false(cxlog_check_differs(&result.check));
    cxlog_close_result_clear(&result);
    assert_string_equal(desk_cell(CXLOG_TAB_LOG, 3, 3), "배송");
}

static volatile int stop;

static void interrupts(void)
{
    stop = 1;
}

static void an_interrupted_close_has_taken_nothing_over(void **state)
{
    desk *d = *state;
    d->options.stop = &stop;
    type("{\"edit\":\"set-cell\",\"row\":1,\"column\":3,\"value\":\"환불\"}");
    after(d, true, interrupts);
    cxlog_close_result result = closed(d, (how){.wanted = CXLOG_ERR_INTERRUPT});
    assert_int_equal(result.taken, 0);
    cxlog_close_result_clear(&result);
    stop = 0;
    result = closed(d, (how){0});
    assert_int_equal(result.taken, 1);
    cxlog_close_result_clear(&result);
}

static void deletes_totals(void)
{
    desk_person(CXLOG_TAB_TOTALS, "{\"edit\":\"delete-tab\"}");
}

static void a_tab_that_is_deleted_while_it_is_written_is_made_again(void **state)
{
    desk *d = *state;
    cxlog_close_result result = closed(d, (how){0});
    cxlog_close_result_clear(&result);
    desk_log(d, "하늘", "환불", "다섯");
    after(d, false, deletes_totals);
    result = closed(d, (how){0});
    cxlog_close_result_clear(&result);
    assert_non_null(strstr(desk_cell(CXLOG_TAB_TOTALS, 0, 0), "기준"));
}

/* ---- restore ---- */

static void others_vanished_records_are_theirs_to_put_back(void **state)
{
    desk *d = *state;
    CXLOG_AUTO_VALUE(cxlog_check) check = {.mixed = -1};
    join_from_another_machine(d);
    cxlog_sync_result synced;
    assert_int_equal(cxlog_check_run(d->store, d->remote, &d->options, CXLOG_NO_DAY,
                                     &check, &synced, &d->err),
                     CXLOG_OK);
    type("{\"edit\":\"delete-rows\",\"row\":2,\"count\":1}");
    cxlog_close_result result =
        closed(d, (how){.restore = true, .wanted = CXLOG_ERR_TAMPERED});
    assert_int_equal(result.check.counts[CXLOG_FOUND_MISSING], 1);
    for (size_t i = 0; i < result.check.count; i++) {
        if (result.check.findings[i].kind == CXLOG_FOUND_MISSING)
            assert_non_null(strstr(result.check.findings[i].reason, "agent's own cxlog"));
    }
    cxlog_close_result_clear(&result);
}

static void
a_row_that_was_edited_before_this_store_saw_it_is_not_written_back(void **state)
{
    desk *d = *state;
    type("{\"edit\":\"set-cell\",\"row\":1,\"column\":3,\"value\":\"환불\"}");
    join_from_another_machine(d);
    desk_syncs(d);
    cxlog_close_result result = closed(d, (how){.restore = true});
    says(&result, 2, "before this store first saw it");
    assert_string_equal(desk_cell(CXLOG_TAB_LOG, 1, 3), "환불");
    cxlog_close_result_clear(&result);
}

/* ---- what differs ---- */

static void fields_and_numbers_are_compared_too(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cxlog_entry) here;
    CXLOG_AUTO_VALUE(cxlog_entry) there;
    cxlog_entry_init(&here);
    cxlog_entry_init(&there);
    here.number[CXLOG_COL_CSAT] = 3;
    there.number[CXLOG_COL_CSAT] = 4;
    cx_mix mix = {0};
    uint32_t columns = cx_check_columns(&here, &there);
    assert_int_equal(columns, UINT32_C(1) << CXLOG_COL_CSAT);
    cx_mix_add(&mix, columns, &here, &there);
    const uint32_t fields = UINT32_C(1) << CXLOG_COLUMN_COUNT;
    assert_int_equal(cxlog_entry_set_extra(&here, "등급", "골드", NULL), CXLOG_OK);
    assert_true(cx_check_columns(&here, &there) & fields);
    assert_int_equal(cxlog_entry_set_extra(&there, "등급", "실버", NULL), CXLOG_OK);
    assert_true(cx_check_columns(&here, &there) & fields);
    assert_int_equal(cxlog_entry_set_extra(&there, "등급", "골드", NULL), CXLOG_OK);
    assert_false(cx_check_columns(&here, &there) & fields);
}

#define T(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(rows_that_cannot_become_records_are_left_and_say_why),
        T(a_new_id_in_a_row_that_cannot_be_read_is_told),
        T(edits_that_cannot_be_taken_are_left_and_say_why),
        T(a_name_that_is_left_is_quoted_to_its_end),
        T(an_edit_of_a_record_that_was_corrected_since_does_not_count),
        T(a_row_that_is_still_being_typed_is_left_for_the_next_close),
        T(a_row_that_is_still_being_edited_is_not_written_over),
        T(what_is_written_back_goes_where_its_row_is_by_then),
        T(an_interrupted_close_has_taken_nothing_over),
        T(a_tab_that_is_deleted_while_it_is_written_is_made_again),
        T(others_vanished_records_are_theirs_to_put_back),
        T(a_row_that_was_edited_before_this_store_saw_it_is_not_written_back),
        cmocka_unit_test(fields_and_numbers_are_compared_too),
    };
    return cmocka_run_group_tests_name("close_people", tests, NULL, NULL);
}
