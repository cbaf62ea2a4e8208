/* A change of the scheme on its way to the sheet, where something was not as expected:
 * markers, rows and headings that others took away or have only just made. */
#include <stdio.h>

#include "sync_team.h"

static cxlog_status proposes(person *who, cxlog_dim dim, const char *const *names,
                             size_t count)
{
    enum { MOST = 200 };
    cxlog_proposal proposals[MOST];
    assert_true(count <= MOST);
    for (size_t i = 0; i < count; i++)
        proposals[i] = (cxlog_proposal){.action = CXLOG_ACTION_ADD,
                                        .dim = dim,
                                        .name = names[i],
                                        .target = dim == CXLOG_DIM_FIELD ? "text" : NULL,
                                        .code = "",
                                        .from = CXLOG_NO_DAY,
                                        .force_new = true,
                                        .author = "팀장",
                                        .now = cxlog_wall_now()};
    cxlog_event *events = NULL;
    who->err = (cxlog_error){0};
    cxlog_status status = cxlog_sync_propose(who->store, &who->remote.base, &who->options,
                                             proposals, count, &events, &who->err);
    cxlog_events_free(events, events ? count : 0);
    return status;
}

static void adds(person *who, const char *name)
{
    if (person_adds(who, name) != CXLOG_OK)
        fail_msg("%s", who->err.message);
}

static int named(const sync_team *team, const char *name)
{
    int count = 0;
    for (size_t i = 0; i < team->sheet.event_count; i++) {
        const char *there = team->sheet.events[i].event.name;
        count += there && strcmp(there, name) == 0;
    }
    return count;
}

/* ---- markers ---- */

static void drop_marker(fake_sheet *sheet, int64_t number)
{
    for (size_t i = 0; i < sheet->mark_count; i++) {
        if (sheet->marks[i].id != (int32_t)(CXLOG_EVENT_MARKER + number))
            continue;
        free(sheet->marks[i].value);
        sheet->marks[i] = sheet->marks[--sheet->mark_count];
        return;
    }
    fail_msg("there is no marker of event %d", (int)number);
}

static void an_old_marker_that_somebody_deleted_holds_up_nothing(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    person *who = &team->people[0];
    char names[150][32];
    const char *all[150];
    for (size_t i = 0; i < 150; i++) {
        snprintf(names[i], sizeof names[i], "이름 %zu", i);
        all[i] = names[i];
    }
    assert_int_equal(proposes(who, CXLOG_DIM_REGION, all, 150), CXLOG_OK);
    int64_t next = (int64_t)team->sheet.event_count + 1;
    assert_true(next > CXLOG_EVENT_MARKERS_KEPT);
    drop_marker(&team->sheet, next - CXLOG_EVENT_MARKERS_KEPT);
    who->remote.requests = (cxlog_requests){0};
    adds(who, "제휴");
    assert_int_equal(who->remote.requests.write, 2);
    assert_int_equal(named(team, "제휴"), 1);
    adds(who, "정산"); /* its own old marker is there */
    assert_int_equal(who->remote.requests.write, 3);
    assert_int_equal(team->sheet.mark_count, CXLOG_EVENT_MARKERS_KEPT);
    team_is_whole(team);
}

/* ---- refusals ---- */

static void a_refusal_is_passed_on_and_nothing_is_changed(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    fake_remote_script(&who->remote, FAKE_PUSH_SCHEME, FAKE_DENIED, 1, 1);
    assert_int_equal(person_adds(who, "제휴"), CXLOG_ERR_PERMISSION);
    assert_non_null(strstr(who->err.message, "not shared for writing"));
    assert_false(person_knows(who, CXLOG_DIM_CATEGORY, "제휴"));
    team_is_whole(team);
}

static void denied_after_first(fake_remote *remote, void *context)
{
    (void)context;
    if (remote->requests.write == 1)
        fake_remote_script(remote, FAKE_PUSH_SCHEME, FAKE_DENIED, 1, 1);
}

static void a_refusal_after_a_lost_answer_does_not_say_that_nothing_arrived(void **state)
{
    (void)state;
    static const fake_fault faults[] = {FAKE_LOST_BEFORE, FAKE_LATE};
    for (size_t i = 0; i < 2; i++) {
        CXLOG_AUTO(sync_team) *team = team_start(1, true);
        person *who = &team->people[0];
        fake_remote_script(&who->remote, FAKE_PUSH_SCHEME, faults[i], 1, 1);
        who->remote.before = denied_after_first;
        assert_int_equal(person_adds(who, "제휴"), CXLOG_ERR_RETRY);
        assert_non_null(strstr(who->err.message, "could not be found out"));
        person_reopens(who);
        team_is_whole(team);
        assert_int_equal(person_knows(who, CXLOG_DIM_CATEGORY, "제휴"), i == 1);
    }
}

/* ---- rows ---- */

static void last_event_goes(fake_remote *remote, void *context)
{
    fake_sheet *sheet = context;
    if (remote->requests.write != 1)
        return;
    fake_delete_event(sheet, (int64_t)sheet->event_count);
    remote->before = NULL;
}

static void events_of_which_one_was_deleted_are_not_taken_as_written(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    static const char *const names[] = {"제휴", "정산"};
    fake_remote_script(&who->remote, FAKE_PUSH_SCHEME, FAKE_LOST_AFTER, 1, 1);
    who->remote.before = last_event_goes;
    who->remote.context = &team->sheet;
    assert_int_equal(proposes(who, CXLOG_DIM_CATEGORY, names, 2), CXLOG_ERR_VALUE);
    assert_non_null(strstr(who->err.message, "\"제휴\" is there already"));
    assert_false(person_knows(who, CXLOG_DIM_CATEGORY, "정산"));
    /* Its marker is there, so its place is not given to another. */
    assert_int_equal(person_adds(who, "물류"), CXLOG_ERR_TAMPERED);
    assert_non_null(strstr(who->err.message, "its row is gone"));
}

/* ---- headings ---- */

static const cxlog_remote_ops *plain;
static int old_headers; /* readings to come whose header is from before the last field */

static cxlog_status read_old_header(cxlog_remote *remote, const cxlog_read *what,
                                    cxlog_reading **out, cxlog_error *err)
{
    cxlog_status status = plain->read(remote, what, out, err);
    cxlog_reading *reading = status == CXLOG_OK ? *out : NULL;
    if (reading && reading->header_count > CXLOG_COLUMN_COUNT && old_headers > 0) {
        old_headers--;
        free(reading->header[--reading->header_count]);
    }
    return status;
}

static person *between_scheme_and_header(sync_team *team, cxlog_remote_ops *ops,
                                         int readings)
{
    person *who = &team->people[0];
    plain = who->remote.base.ops;
    *ops = *plain;
    ops->read = read_old_header;
    who->remote.base.ops = ops;
    old_headers = readings;
    assert_int_equal(person_adds_field(&team->people[1], "주문번호"), CXLOG_OK);
    return who;
}

static void a_field_that_is_newer_than_the_header_read_is_read_again(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    cxlog_remote_ops ops;
    person *who = between_scheme_and_header(team, &ops, 1);
    adds(who, "제휴");
    assert_int_equal(old_headers, 0);
    team_is_whole(team);
}

static void a_field_without_its_heading_takes_no_changes(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    cxlog_remote_ops ops;
    person *who = between_scheme_and_header(team, &ops, 100);
    int applied = team->sheet.applied;
    for (int i = 0; i < 2; i++) { /* the event is new to the store, and known */
        assert_int_equal(person_adds(who, "제휴"), CXLOG_ERR_SHEET);
        assert_non_null(strstr(who->err.message, "column W"));
        assert_non_null(strstr(who->err.message, "\"주문번호\""));
    }
    assert_int_equal(team->sheet.applied, applied);
}

static void others_add_a_field(fake_remote *remote, void *context)
{
    char name[32];
    snprintf(name, sizeof name, "필드 %d", remote->operations);
    assert_int_equal(person_adds_field(context, name), CXLOG_OK);
}

static void fields_that_come_all_the_time_end_in_a_sentence(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    cxlog_remote_ops ops;
    person *who = between_scheme_and_header(team, &ops, 100);
    who->remote.before = others_add_a_field;
    who->remote.context = &team->people[1];
    assert_int_equal(person_adds(who, "제휴"), CXLOG_ERR_SHEET);
    assert_non_null(strstr(who->err.message, "expected the heading"));
    assert_int_equal(named(team, "제휴"), 0);
    who->remote.before = NULL;
    old_headers = 0;
    adds(who, "제휴");
    team_is_whole(team);
}

static void the_second_of_two_fields_does_not_write_over_a_column_either(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    static const char *const names[] = {"주문번호", "계약번호"};
    fake_rename_header(&team->sheet, CXLOG_COLUMN_COUNT + 1, "팀 메모");
    int applied = team->sheet.applied;
    assert_int_equal(proposes(who, CXLOG_DIM_FIELD, names, 2), CXLOG_ERR_SHEET);
    assert_non_null(strstr(who->err.message, "column X"));
    assert_int_equal(team->sheet.applied, applied);
}

/* ---- time ---- */

static void rival_adds(fake_remote *remote, void *context)
{
    char name[32];
    snprintf(name, sizeof name, "경쟁 %d", remote->operations);
    assert_int_equal(person_adds(context, name), CXLOG_OK);
}

static void a_lost_race_is_not_run_again_after_the_deadline(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    person *who = &team->people[0];
    who->remote.before = rival_adds;
    who->remote.context = &team->people[1];
    who->remote.left_ms = 5;
    who->remote.requests = (cxlog_requests){0};
    assert_int_equal(person_adds(who, "제휴"), CXLOG_ERR_RETRY);
    assert_non_null(strstr(who->err.message, "others keep changing"));
    assert_int_equal(who->remote.requests.write, 1);
    assert_int_equal(named(team, "제휴"), 0);
}

static void interrupted_before_it_begins_nothing_is_asked(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    int operations = who->remote.operations;
    team->stop = 1;
    assert_int_equal(person_adds(who, "제휴"), CXLOG_ERR_INTERRUPT);
    assert_int_equal(who->remote.operations, operations);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_old_marker_that_somebody_deleted_holds_up_nothing),
        cmocka_unit_test(a_refusal_is_passed_on_and_nothing_is_changed),
        cmocka_unit_test(a_refusal_after_a_lost_answer_does_not_say_that_nothing_arrived),
        cmocka_unit_test(events_of_which_one_was_deleted_are_not_taken_as_written),
        cmocka_unit_test(a_field_that_is_newer_than_the_header_read_is_read_again),
        cmocka_unit_test(a_field_without_its_heading_takes_no_changes),
        cmocka_unit_test(fields_that_come_all_the_time_end_in_a_sentence),
        cmocka_unit_test(the_second_of_two_fields_does_not_write_over_a_column_either),
        cmocka_unit_test(a_lost_race_is_not_run_again_after_the_deadline),
        cmocka_unit_test(interrupted_before_it_begins_nothing_is_asked),
    };
    return cmocka_run_group_tests_name("sync_changes", tests, NULL, NULL);
}
