/* Old rows that stand below the last one known: pasted copies of them, rows that moved
 * there, and both at once. */
#include "sync_team.h"

#define LOGGED 10
#define LAST (LOGGED + 1) /* its row */

/* `count` records in rows 2 and below, synced. */
static sync_team *team_with(int count)
{
    sync_team *team = team_start(1, true);
    person_log(&team->people[0], count);
    while (person_counts(&team->people[0]).confirmed < count)
        person_syncs(&team->people[0]);
    person_syncs(&team->people[0]);
    return team;
}

/* As a person cuts the cells of a row and pastes them below the log. */
static void cut_row_to_end(fake_sheet *sheet, int64_t row)
{
    fake_copy_row_to_end(sheet, row);
    sheet->rows[row - 2].kind = CXLOG_SEEN_BLANK;
}

static void a_moved_row_is_not_hidden_by_copies_above_it(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with(LOGGED);
    person *who = &team->people[0];
    static const int64_t copied[] = {2, 3, 4, 6, 7};
    for (size_t i = 0; i < 5; i++)
        fake_copy_row_to_end(&team->sheet, copied[i]);
    cut_row_to_end(&team->sheet, 5);
    person_syncs(who);
    assert_int_equal(who->result.duplicate, 5);
    assert_int_equal(who->result.missing, 0);
    int64_t last = 0;
    assert_int_equal(cxlog_store_last_row(who->store, &last, NULL), CXLOG_OK);
    assert_int_equal(last, LAST + 6);
}

static void copies_cost_one_read_more_however_many(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with(LOGGED);
    person *who = &team->people[0];
    for (int64_t row = 2; row < LAST; row++) {
        fake_copy_row_to_end(&team->sheet, row);
        fake_copy_row_to_end(&team->sheet, row);
    }
    person_syncs(who);
    assert_int_equal(who->result.requests.read, 2);
    assert_int_equal(who->result.duplicate, 2 * (LAST - 2));
}

static void copies_of_rows_far_apart_are_looked_up_page_by_page(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with(4500);
    person *who = &team->people[0];
    static const int64_t rows[] = {4400, 3, 2200, 2, 2300};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        fake_copy_row_to_end(&team->sheet, rows[i]);
    person_syncs(who);
    assert_int_equal(who->result.duplicate, 5);
    assert_int_equal(who->result.requests.read, 4);
    cut_row_to_end(&team->sheet, 2400);
    person_syncs(who);
    assert_int_equal(who->result.duplicate, 5);
    assert_int_equal(who->result.missing, 0);
}

static void a_row_that_moved_ends_the_looking_up(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with(4500);
    person *who = &team->people[0];
    fake_copy_row_to_end(&team->sheet, 4400);
    cut_row_to_end(&team->sheet, 3);
    person_syncs(who);
    assert_int_equal(who->result.duplicate, 1);
    assert_int_equal(who->result.missing, 0);
    assert_int_equal(who->result.requests.read, 1 + 1 + 3); /* once, then all pages */
}

static void cut_the_grid(fake_remote *remote, void *context)
{
    fake_sheet *sheet = context;
    if (remote->requests.read != 1)
        return;
    remote->before = NULL;
    while (sheet->row_count > 5)
        fake_delete_row(sheet, (int64_t)sheet->row_count + 1);
}

static void an_old_place_that_is_gone_at_the_second_look_is_no_copy(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with(LOGGED);
    person *who = &team->people[0];
    fake_copy_row_to_end(&team->sheet, LAST - 1);
    who->remote.before = cut_the_grid;
    who->remote.context = &team->sheet;
    person_syncs(who);
    assert_int_equal(who->result.duplicate, 0);
    assert_int_equal(who->result.missing, LOGGED - 5);
}

static void a_note_in_the_old_place_is_no_record(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with(LOGGED);
    person *who = &team->people[0];
    fake_copy_row_to_end(&team->sheet, 4);
    team->sheet.rows[4 - 2].kind = CXLOG_SEEN_FOREIGN;
    person_syncs(who);
    assert_int_equal(who->result.duplicate, 0);
    assert_int_equal(who->result.missing, 0);
}

static void another_record_in_the_old_place_is_not_that_one(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with(LOGGED);
    person *who = &team->people[0];
    fake_copy_row_to_end(&team->sheet, 4);
    fake_row row = team->sheet.rows[4 - 2];
    team->sheet.rows[4 - 2] = team->sheet.rows[5 - 2];
    team->sheet.rows[5 - 2] = row;
    person_syncs(who);
    char id[CXLOG_ID_SIZE];
    assert_int_equal(cxlog_store_id_at(who->store, 5, id, NULL), CXLOG_OK);
    assert_string_equal(id, team->ids[2]);
    assert_int_equal(who->result.duplicate, 1);
    assert_int_equal(who->result.missing, 0);
}

static void a_row_that_moved_into_a_page_with_more_behind_it_is_found(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_start(2, true);
    person *who = &team->people[0];
    person_log(who, LOGGED);
    person_syncs(who);
    person_syncs(&team->people[1]);
    cut_row_to_end(&team->sheet, 3);
    person_log(&team->people[1], 2500);
    person_syncs(&team->people[1]);
    person_syncs(who);
    assert_int_equal(who->result.duplicate, 0);
    assert_int_equal(who->result.missing, 0);
    assert_int_equal(person_counts(who).confirmed, LOGGED + 2500);
}

static void of_a_row_deleted_far_down_the_rows_above_are_not_read(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with(2600);
    person *who = &team->people[0];
    fake_delete_row(&team->sheet, 2590);
    person_syncs(who);
    assert_int_equal(who->result.missing, 1);
    assert_true(who->result.requests.read <= 4);
}

static void stop_in_the_pull(fake_remote *remote, void *context)
{
    sync_team *team = context;
    team->stop = remote->requests.read == 0;
}

static void stop_after_the_pull(fake_remote *remote, void *context)
{
    sync_team *team = context;
    team->stop = remote->requests.read == 1;
}

static void
what_ends_the_second_look_ends_the_run_and_the_next_one_looks_again(void **state)
{
    (void)state;
    CXLOG_AUTO(sync_team) *team = team_with(LOGGED);
    person *who = &team->people[0];
    fake_copy_row_to_end(&team->sheet, 3);
    fake_remote_script(&who->remote, FAKE_READ, FAKE_OFFLINE, 2, 1);
    assert_int_equal(person_sync(who), CXLOG_ERR_RETRY);
    fake_remote_script(&who->remote, FAKE_READ, FAKE_FINE, 1, 0);
    who->remote.context = team;
    who->remote.before = stop_in_the_pull;
    assert_int_equal(person_sync(who), CXLOG_ERR_INTERRUPT);
    assert_int_equal(who->result.requests.read, 1);
    who->remote.before = stop_after_the_pull;
    assert_int_equal(person_sync(who), CXLOG_ERR_INTERRUPT);
    who->remote.before = NULL;
    team->stop = 0;
    person_syncs(who);
    assert_int_equal(who->result.duplicate, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_moved_row_is_not_hidden_by_copies_above_it),
        cmocka_unit_test(copies_cost_one_read_more_however_many),
        cmocka_unit_test(copies_of_rows_far_apart_are_looked_up_page_by_page),
        cmocka_unit_test(a_row_that_moved_ends_the_looking_up),
        cmocka_unit_test(an_old_place_that_is_gone_at_the_second_look_is_no_copy),
        cmocka_unit_test(a_note_in_the_old_place_is_no_record),
        cmocka_unit_test(a_row_that_moved_into_a_page_with_more_behind_it_is_found),
        cmocka_unit_test(of_a_row_deleted_far_down_the_rows_above_are_not_read),
        cmocka_unit_test(
            what_ends_the_second_look_ends_the_run_and_the_next_one_looks_again),
        cmocka_unit_test(another_record_in_the_old_place_is_not_that_one),
    };
    return cmocka_run_group_tests_name("sync_moved", tests, NULL, NULL);
}
