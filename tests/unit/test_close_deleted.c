/* Deleted rows that somebody accepts: what is gone, what goes on counting, and that it is
 * asked for once. */
#include <stdio.h>
#include <unistd.h>

#include "core/seam.h"
#include "desk.h"
#include "folder.h"

/* Deletions accepted, so many of them; then nothing differs any more. */
static void accepts(desk *d, int taken)
{
    cxlog_close_result result = desk_closes(d, true, CXLOG_OK);
    assert_int_equal(result.taken, taken);
    assert_int_equal(result.sync.pushed, 1); /* one void does, whatever was deleted */
    cxlog_close_result_clear(&result);
    result = desk_closes(d, false, CXLOG_OK);
    assert_false(cxlog_check_differs(&result.check));
    cxlog_close_result_clear(&result);
}

/* Rows of the sheet count from 1. */
static void deletes(int row, int count)
{
    char order[96];
    snprintf(order, sizeof order, "{\"edit\":\"delete-rows\",\"row\":%d,\"count\":%d}",
             row - 1, count);
    desk_person(CXLOG_TAB_LOG, order);
}

static int64_t contacts(desk *d)
{
    cxlog_counts counts;
    assert_int_equal(cxlog_store_counts(d->store, "", desk_today(), &counts, &d->err),
                     CXLOG_OK);
    return counts.today_team;
}

/* The category that counts of the contact; "": the contact is gone. */
static const char *counts_as(desk *d, const char *id)
{
    static char category[64];
    CXLOG_AUTO_VALUE(cxlog_record) held;
    cxlog_record_init(&held);
    bool found = false;
    assert_int_equal(cxlog_store_effective(d->store, id, &held, &found, &d->err),
                     CXLOG_OK);
    snprintf(category, sizeof category, "%s",
             found ? cxlog_entry_text(&held.entry, CXLOG_COL_CATEGORY) : "");
    return category;
}

static void find(desk *d, const char *which, cxlog_record *out)
{
    if (cxlog_store_find(d->store, which, out, &d->err) != CXLOG_OK)
        fail_msg("%s: %s", which, d->err.message);
}

typedef struct correction {
    const char *id; /* NULL: a new one */
    const char *category;
    cxlog_wall at; /* 0: as late as it has to be */
    bool is_void;
} correction;

/* Of the record `root`, as `correct` and `void` make it, and in the sheet. */
static void corrects(desk *d, const char *root, correction c)
{
    CXLOG_AUTO_VALUE(cxlog_record) held;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    char id[CXLOG_ID_SIZE], target[CXLOG_ID_SIZE + sizeof CXLOG_VOID_PREFIX];
    cxlog_record_init(&held);
    cxlog_entry_init(&entry);
    find(d, root, &held);
    snprintf(target, sizeof target, "%s%s", c.is_void ? CXLOG_VOID_PREFIX : "",
             cxlog_entry_text(&held.entry, CXLOG_COL_ID));
    if (cxlog_id_new(id, &d->err) ||
        (!c.is_void && cxlog_entry_copy(&entry, &held.entry, &d->err)) ||
        (c.category &&
         cxlog_entry_set(&entry, CXLOG_COL_CATEGORY, c.category, &d->err)) ||
        cxlog_entry_set(&entry, CXLOG_COL_AGENT, "하늘", &d->err) ||
        cxlog_entry_set(&entry, CXLOG_COL_ID, c.id ? c.id : id, &d->err) ||
        cxlog_entry_set(&entry, CXLOG_COL_CORRECTS, target, &d->err) ||
        cxlog_store_correct_at(d->store, held.root, cxlog_wall_now(),
                               &entry.number[CXLOG_COL_LOGGED_AT], &d->err))
        fail_msg("%s", d->err.message);
    if (c.at)
        entry.number[CXLOG_COL_LOGGED_AT] = c.at;
    if (cxlog_entry_seal(&entry, &d->err) ||
        cxlog_store_add(d->store, &entry, 1, NULL, &d->err))
        fail_msg("%s", d->err.message);
}

static void root_of(desk *d, const char *which, char out[CXLOG_ID_SIZE])
{
    CXLOG_AUTO_VALUE(cxlog_record) held;
    cxlog_record_init(&held);
    find(d, which, &held);
    memcpy(out, held.root, CXLOG_ID_SIZE);
}

static void a_contact_whose_versions_are_all_deleted_is_gone(void **state)
{
    desk *d = *state;
    char root[CXLOG_ID_SIZE];
    root_of(d, "#1", root);
    corrects(d, root, (correction){.category = "환불"});
    desk_syncs(d);
    deletes(6, 1);
    deletes(2, 1);
    accepts(d, 2);
    assert_string_equal(counts_as(d, root), "");
    assert_int_equal(contacts(d), 3);
}

static void a_correction_goes_on_counting_when_the_first_row_is_deleted(void **state)
{
    desk *d = *state;
    char root[CXLOG_ID_SIZE];
    root_of(d, "#1", root);
    corrects(d, root, (correction){.category = "환불"});
    desk_syncs(d);
    deletes(2, 1);
    accepts(d, 1);
    assert_string_equal(counts_as(d, root), "환불");
    assert_int_equal(contacts(d), 4);
}

static void a_contact_that_came_back_can_be_deleted_again(void **state)
{
    desk *d = *state;
    char root[CXLOG_ID_SIZE];
    root_of(d, "#1", root);
    deletes(2, 1);
    accepts(d, 1);
    cx_sleep_ms(60000);
    corrects(d, root, (correction){.category = "환불"});
    desk_syncs(d);
    assert_string_equal(counts_as(d, root), "환불");
    deletes(6, 1);
    accepts(d, 1);
    assert_string_equal(counts_as(d, root), "");
    assert_int_equal(contacts(d), 3);
}

static void a_cancelled_contact_stays_cancelled_when_that_row_is_deleted(void **state)
{
    desk *d = *state;
    char root[CXLOG_ID_SIZE];
    root_of(d, "#1", root);
    corrects(d, root, (correction){.is_void = true});
    desk_syncs(d);
    assert_string_equal(counts_as(d, root), "");
    deletes(6, 1);
    accepts(d, 1);
    assert_string_equal(counts_as(d, root), "");
    assert_int_equal(contacts(d), 3);
}

/* ---- corrections of one second, by two machines ---- */

/* The other machine's store is this one's as it was before. */
static void on_another_machine(desk *d, const char *before)
{
    const cxlog_store_options options = {.path = d->path, .busy_ms = 1000};
    cxlog_store_close(d->store);
    d->store = NULL;
    copy_file(before, d->path);
    if (cxlog_store_open(&d->store, &options, &d->err) != CXLOG_OK)
        fail_msg("%s", d->err.message);
}

/* Two machines correct the first record in the same second, and the row of the one that
 * does not count is deleted. ids: NULL, or the one that loses and the one that counts. */
static void one_second(desk *d, const char *const *ids)
{
    char root[CXLOG_ID_SIZE], before[128], counted[64];
    root_of(d, "#1", root);
    cx_sleep_ms(3600000);
    const cxlog_wall at = cxlog_wall_now();
    snprintf(before, sizeof before, "%s/before.db", d->folder);
    copy_file(d->path, before);
    corrects(d, root,
             (correction){.id = ids ? ids[0] : NULL, .category = "환불", .at = at});
    desk_syncs(d);
    on_another_machine(d, before);
    unlink(before);
    corrects(d, root,
             (correction){.id = ids ? ids[1] : NULL, .category = "결제", .at = at});
    desk_syncs(d);
    snprintf(counted, sizeof counted, "%s", counts_as(d, root));
    assert_true(*counted);
    deletes(strcmp(counted, "환불") == 0 ? 7 : 6, 1);
    accepts(d, 1);
    assert_string_equal(counts_as(d, root), counted);
    assert_int_equal(contacts(d), 4);
}

static void of_two_corrections_of_one_second_the_other_goes_on_counting(void **state)
{
    one_second(*state, NULL);
}

static void also_when_somebody_made_up_their_ids(void **state)
{
    static const char *const ids[] = {"00000000000000000000000001",
                                      "00000000001000000000000000"};
    one_second(*state, ids);
}

#define T(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_contact_whose_versions_are_all_deleted_is_gone),
        T(a_correction_goes_on_counting_when_the_first_row_is_deleted),
        T(a_contact_that_came_back_can_be_deleted_again),
        T(a_cancelled_contact_stays_cancelled_when_that_row_is_deleted),
        T(of_two_corrections_of_one_second_the_other_goes_on_counting),
        T(also_when_somebody_made_up_their_ids),
    };
    return cmocka_run_group_tests_name("close_deleted", tests, NULL, NULL);
}
