/* What is said of a 구분 that people broke: which event, and both sides of it. */
#include <stdio.h>

#include "sync_team.h"

static void says(person *who, cxlog_status got, const char *part)
{
    if (got != CXLOG_ERR_TAMPERED || !strstr(who->err.message, part))
        fail_msg("%s: \"%s\" does not say \"%s\"", cxlog_status_name(got),
                 who->err.message, part);
    assert_string_equal(who->err.suggestions[0], "cxlog category restore");
}

/* Event `number` becomes a row that cannot be read. */
static void scribbles(sync_team *team, int64_t number, const char *raw)
{
    cxlog_scheme_row *row = &team->sheet.events[number - 1];
    cxlog_event_clear(&row->event);
    row->readable = false;
    row->raw = strdup(raw);
    assert_non_null(row->raw);
}

static void a_day_that_was_changed_is_told_on_both_sides(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, false);
    person *who = &team->people[0];
    cxlog_setup_result result;
    person_changes_alone(who, (cxlog_proposal){.action = CXLOG_ACTION_RETIRE,
                                               .name = "환불",
                                               .from = cxlog_day_make(2027, 1, 1)});
    assert_int_equal(person_sets_up(who, false, &result), CXLOG_OK);
    cxlog_event *last = &team->sheet.events[team->sheet.event_count - 1].event;
    last->from = cxlog_day_make(2027, 7, 1);
    says(who, person_sync(who),
         "(\"환불\") is \"2027-07-01\" in the sheet and \"2027-01-01\" in this store");
    last->from = CXLOG_NO_DAY;
    says(who, person_sync(who), "column 시행일 of event");
    says(who, person_sync(who),
         "(\"환불\") is \"\" in the sheet and \"2027-01-01\" in this store");
}

static void a_row_that_was_blanked_is_nothing(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    scribbles(team, 7, " |  |");
    says(who, person_sync(who), "event 7 is nothing in the sheet and \"7 별칭 채널");
}

static void a_row_that_cannot_be_read_is_shown_as_it_is(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    scribbles(team, 7, "일곱 | 별칭");
    says(who, person_sync(who),
         "event 7 is \"일곱 | 별칭\" in the sheet and \"7 별칭 채널");
}

/* Google's reading leaves blank rows out; the rows below keep their numbers. */
static cxlog_status read_without_event_7(cxlog_remote *remote, const cxlog_read *what,
                                         cxlog_reading **out, cxlog_error *err)
{
    fake_remote plain = *(fake_remote *)remote;
    fake_remote_init(&plain, plain.sheet);
    cxlog_status status = plain.base.ops->read(&plain.base, what, out, err);
    assert_int_equal(status, CXLOG_OK);
    cxlog_reading *reading = *out;
    cxlog_event_clear(&reading->scheme[6].event);
    free(reading->scheme[6].raw);
    memmove(&reading->scheme[6], &reading->scheme[7],
            (--reading->scheme_count - 6) * sizeof *reading->scheme);
    return status;
}

static void a_gap_is_told_also_by_who_never_saw_the_event(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    cxlog_remote_ops gaps = *who->remote.base.ops;
    gaps.read = read_without_event_7;
    who->remote.base.ops = &gaps;
    says(who, person_sync(who), "event 7 is nothing in the sheet and \"7 별칭 채널");
    /* Bound to another spreadsheet, so that nothing of its own counts. */
    cxlog_setup_result result;
    who->options.sheet_id = "another";
    says(who, person_sets_up(who, false, &result),
         "row 8 does not follow on as event 7: the sheet has nothing");
}

static void several_changed_columns_show_both_events(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, false);
    person *who = &team->people[0];
    cxlog_setup_result result;
    person_changes_alone(
        who,
        (cxlog_proposal){.action = CXLOG_ACTION_ADD, .parent = "배송", .name = "해외"});
    assert_int_equal(person_sets_up(who, false, &result), CXLOG_OK);
    int64_t number = (int64_t)team->sheet.event_count;
    cxlog_event *last = &team->sheet.events[number - 1].event;
    fake_edit_event(&team->sheet, number, "국외");
    last->at++;
    says(who, person_sync(who), "추가 구분 배송/국외");
    says(who, person_sync(who), "추가 구분 배송/해외");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_that_was_changed_is_told_on_both_sides),
        cmocka_unit_test(a_row_that_was_blanked_is_nothing),
        cmocka_unit_test(a_row_that_cannot_be_read_is_shown_as_it_is),
        cmocka_unit_test(a_gap_is_told_also_by_who_never_saw_the_event),
        cmocka_unit_test(several_changed_columns_show_both_events),
    };
    return cmocka_run_group_tests_name("sync_chain", tests, NULL, NULL);
}
