/* 구분 broken by hand: found before anything is written, and written back from a store's
 * chain. */
#include <stdio.h>

#include "sync_team.h"

static cxlog_status restore(person *who, bool write, cxlog_restore_result *result)
{
    who->err = (cxlog_error){0};
    return cxlog_sync_restore_scheme(who->store, &who->remote.base, &who->options, write,
                                     result, &who->err);
}

static void restores(person *who, size_t rows)
{
    CXLOG_AUTO_VALUE(cxlog_restore_result) result = {0};
    if (restore(who, true, &result) != CXLOG_OK)
        fail_msg("%s", who->err.message);
    assert_int_equal(result.count, rows);
    assert_int_equal(result.written, rows > 0);
    assert_int_equal(result.scheme_version, who->team->sheet.event_count);
}

static void nothing_is_written_to_a_sheet_as_it_should_be(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    int applied = team->sheet.applied;
    restores(&team->people[0], 0);
    assert_int_equal(team->sheet.applied, applied);
}

static void a_look_tells_what_differs_and_writes_nothing(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    CXLOG_AUTO_VALUE(cxlog_restore_result) result = {0};
    fake_edit_event(&team->sheet, 5, "엉뚱한 이름");
    int applied = team->sheet.applied;
    assert_int_equal(restore(&team->people[0], false, &result), CXLOG_OK);
    assert_int_equal(team->sheet.applied, applied);
    assert_int_equal(result.count, 1);
    assert_int_equal(result.differences[0].row, 6);
    assert_non_null(strstr(result.differences[0].there, "엉뚱한 이름"));
    assert_null(strstr(result.differences[0].here, "엉뚱한 이름"));
    assert_false(result.written);
}

static void the_sentence_names_event_column_and_both_sides(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    fake_edit_event(&team->sheet, 5, "엉뚱한 이름");
    assert_int_equal(person_sync(who), CXLOG_ERR_TAMPERED);
    assert_non_null(strstr(who->err.message, "column 이름 of event 5"));
    assert_non_null(strstr(who->err.message, "엉뚱한 이름"));
    assert_string_equal(who->err.suggestions[0], "cxlog category restore");
}

static void damage(sync_team *team, int kind)
{
    fake_sheet *sheet = &team->sheet;
    if (kind == 0)
        fake_edit_event(sheet, 7, "고침");
    else if (kind == 1)
        fake_delete_event(sheet, 3);
    else if (kind == 2)
        fake_swap_events(sheet, 10);
    else if (kind == 3)
        fake_note_below_events(sheet, "회의에서 정할 것");
    else
        while (sheet->event_count > (kind == 4 ? 40 : 0))
            fake_delete_event(sheet, (int64_t)sheet->event_count);
}

static void every_damage_is_mended_and_the_team_goes_on(void **state)
{
    (void)state;
    for (int kind = 0; kind < 6; kind++) {
        CXLOG_AUTO(sync_team) *team = team_start(2, true);
        CXLOG_AUTO_VALUE(cxlog_restore_result) result = {0};
        person_log(&team->people[0], 2);
        damage(team, kind);
        int applied = team->sheet.applied;
        assert_int_equal(person_sync(&team->people[0]), CXLOG_ERR_TAMPERED);
        assert_int_equal(person_adds(&team->people[1], "해외배송"), CXLOG_ERR_TAMPERED);
        assert_int_equal(team->sheet.applied, applied);
        if (restore(&team->people[1], true, &result) != CXLOG_OK)
            fail_msg("damage %d: %s", kind, team->people[1].err.message);
        assert_true(result.count > 0);
        assert_int_equal(person_adds(&team->people[1], "해외배송"), CXLOG_OK);
        person_syncs(&team->people[0]);
        team_is_whole(team);
    }
}

static void what_others_added_meanwhile_stays(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    assert_int_equal(person_adds(&team->people[0], "해외배송"), CXLOG_OK);
    assert_int_equal(person_adds(&team->people[0], "정산"), CXLOG_OK);
    fake_edit_event(&team->sheet, 7, "고침");
    fake_swap_events(&team->sheet, (int64_t)team->sheet.event_count - 1);
    restores(&team->people[1], 3);
    team_is_whole(team);
}

static void an_event_that_only_its_author_knows_is_not_given_up(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    CXLOG_AUTO_VALUE(cxlog_restore_result) result = {0};
    assert_int_equal(person_adds(&team->people[0], "해외배송"), CXLOG_OK);
    fake_delete_event(&team->sheet, (int64_t)team->sheet.event_count);
    fake_edit_event(&team->sheet, 7, "고침");
    int applied = team->sheet.applied;
    assert_int_equal(restore(&team->people[1], true, &result), CXLOG_ERR_TAMPERED);
    assert_non_null(strstr(team->people[1].err.message, "the machine that added it"));
    assert_int_equal(team->sheet.applied, applied);
    restores(&team->people[0], 2);
    team_is_whole(team);
}

static void an_event_of_somebody_else_that_was_edited_is_not_taken_for_true(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    CXLOG_AUTO_VALUE(cxlog_restore_result) result = {0};
    assert_int_equal(person_adds(&team->people[0], "해외배송"), CXLOG_OK);
    fake_edit_event(&team->sheet, (int64_t)team->sheet.event_count, "국내배송");
    assert_int_equal(restore(&team->people[1], true, &result), CXLOG_ERR_TAMPERED);
    assert_non_null(strstr(team->people[1].err.message, "the machine that added it"));
    restores(&team->people[0], 1);
    team_is_whole(team);
}

static void a_tab_that_is_gone_altogether_is_for_init_to_make(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    CXLOG_AUTO_VALUE(cxlog_restore_result) result = {0};
    int applied = team->sheet.applied;
    team->sheet.has_scheme = false;
    assert_int_equal(restore(&team->people[0], true, &result), CXLOG_ERR_SHEET);
    assert_non_null(strstr(team->people[0].err.message, "run cxlog init"));
    assert_int_equal(team->sheet.applied, applied);
}

static void somebody_adds(fake_remote *remote, void *context)
{
    person *rival = context;
    remote->before = NULL;
    cxlog_status status = person_adds(rival, "해외배송");
    assert_int_equal(status, CXLOG_ERR_TAMPERED); /* it sees the damage too */
}

static void a_lost_answer_is_looked_up_and_a_lost_request_sent_again(void **state)
{
    (void)state;
    static const fake_fault faults[] = {FAKE_LOST_BEFORE, FAKE_LOST_AFTER, FAKE_QUOTA};
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        CXLOG_AUTO(sync_team) *team = team_start(2, true);
        person *who = &team->people[0];
        fake_edit_event(&team->sheet, 7, "고침");
        fake_remote_script(&who->remote, FAKE_REWRITE, faults[i], 1, 1);
        who->remote.before = somebody_adds;
        who->remote.context = &team->people[1];
        restores(who, 1);
        team_is_whole(team);
    }
}

static void offline_nothing_changes(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(1, true);
    person *who = &team->people[0];
    CXLOG_AUTO_VALUE(cxlog_restore_result) result = {0};
    fake_edit_event(&team->sheet, 7, "고침");
    fake_remote_script(&who->remote, FAKE_ANY, FAKE_LOST_BEFORE, 1, 1000);
    assert_int_equal(restore(who, true, &result), CXLOG_ERR_RETRY);
    assert_false(result.written);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_written_to_a_sheet_as_it_should_be),
        cmocka_unit_test(a_look_tells_what_differs_and_writes_nothing),
        cmocka_unit_test(the_sentence_names_event_column_and_both_sides),
        cmocka_unit_test(every_damage_is_mended_and_the_team_goes_on),
        cmocka_unit_test(what_others_added_meanwhile_stays),
        cmocka_unit_test(an_event_that_only_its_author_knows_is_not_given_up),
        cmocka_unit_test(an_event_of_somebody_else_that_was_edited_is_not_taken_for_true),
        cmocka_unit_test(a_tab_that_is_gone_altogether_is_for_init_to_make),
        cmocka_unit_test(a_lost_answer_is_looked_up_and_a_lost_request_sent_again),
        cmocka_unit_test(offline_nothing_changes),
    };
    return cmocka_run_group_tests_name("sync_restore", tests, NULL, NULL);
}
