/* The outbox: what is on its way, and its marker. */
#include "store/store_impl.h"
#include "store_sheet.h"

static cxlog_batch *made(store_case *c, int64_t now)
{
    cxlog_batch *batch = NULL;
    MUST(cxlog_store_batch_make(c->store, now, CXLOG_BATCH_ROWS, &batch, &c->err));
    return batch;
}

static cxlog_batch *opened(store_case *c)
{
    cxlog_batch *batch = NULL;
    MUST(cxlog_store_batch_open(c->store, &batch, &c->err));
    return batch;
}

static size_t markers_at(store_case *c, int64_t now, int32_t *first)
{
    int32_t ids[8] = {0};
    size_t count = 0;
    MUST(cxlog_store_markers(c->store, now, ids, 8, &count, &c->err));
    *first = ids[0];
    return count;
}

static void nothing_pending_makes_no_batch(void **state)
{
    store_case *c = *state;
    assert_null(made(c, 1000));
    assert_null(opened(c));
}

static void a_batch_is_durable_and_its_records_unknown_before_it_can_be_sent(void **state)
{
    store_case *c = *state;
    char id[2][CXLOG_ID_SIZE];
    log_one(c, id[0], AT(DAY0 + 9, 1), "배송", "전화");
    log_one(c, id[1], AT(DAY0, 1), "환불", "전화");
    CXLOG_AUTO(cxlog_batch) *batch = made(c, 1000);
    assert_int_equal(batch->count, 2);
    assert_string_equal(id_of(&batch->records[0].entry), id[0]); /* in order of logging */
    assert_true(batch->marker > 0 && batch->marker <= 0x3fffffff);
    assert_true(cxlog_id_valid(batch->uuid));
    MUST(case_reopen(c, false));
    assert_int_equal(state_of(c, id[1]), CXLOG_STATE_UNKNOWN);
    CXLOG_AUTO(cxlog_batch) *again = opened(c);
    assert_int_equal(again->number, batch->number);
    assert_int_equal(again->marker, batch->marker);
    assert_string_equal(again->uuid, batch->uuid);
    assert_int_equal(again->attempts, 1);
    assert_int_equal(again->last_attempt, 1000);
    assert_int_equal(again->count, 2);
    assert_true(cxlog_entry_same(&again->records[1].entry, &batch->records[1].entry));
}

/* A marker comes from the end of the first record's ID. */
static int32_t marker_for(store_case *c, const char *id)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_start(&entry, AT(DAY0, 1), "배송", "전화");
    put(&entry, CXLOG_COL_ID, id);
    seal(&entry);
    MUST(cxlog_store_add(c->store, &entry, 1, NULL, &c->err));
    CXLOG_AUTO(cxlog_batch) *batch = made(c, 1000);
    MUST(cxlog_store_batch_applied(c->store, batch, &c->err));
    assert_true(batch->marker > 0 && batch->marker <= 0x3fffffff);
    return batch->marker;
}

static void an_id_whose_end_is_nothing_or_in_use_gets_another_marker(void **state)
{
    store_case *c = *state;
    assert_int_equal(marker_for(c, "01KDVMJ800000000000000000A"), 10);
    assert_int_not_equal(marker_for(c, "01KDVMJ80000000000Z000000A"), 10);
    assert_int_not_equal(marker_for(c, "01KDVMJ8000000000000000000"), 0);
}

static void a_batch_holds_at_most_500_records_and_a_megabyte(void **state)
{
    store_case *c = *state;
    enum { MANY = 1100 };
    cxlog_entry *entries = calloc(MANY, sizeof *entries);
    for (int i = 0; i < MANY; i++) {
        entry_start(&entries[i], AT(DAY0, i), "배송", "전화");
        seal(&entries[i]);
    }
    MUST(cxlog_store_add(c->store, entries, MANY, NULL, &c->err));
    for (int i = 0; i < MANY; i++)
        cxlog_entry_clear(&entries[i]);
    free(entries);
    static const size_t expected[] = {500, 500, 100};
    for (size_t i = 0; i < 3; i++) {
        CXLOG_AUTO(cxlog_batch) *batch = made(c, 1000);
        assert_int_equal(batch->count, expected[i]);
    }
    char *note = calloc(1, 150001);
    memset(note, '"', 150000); /* two bytes each in JSON */
    for (int i = 0; i < 5; i++) {
        CXLOG_AUTO_VALUE(cxlog_entry) big;
        entry_start(&big, AT(DAY0, i), "배송", "전화");
        put(&big, CXLOG_COL_NOTE, note);
        seal(&big);
        MUST(cxlog_store_add(c->store, &big, 1, NULL, &c->err));
    }
    free(note);
    CXLOG_AUTO(cxlog_batch) *heavy = made(c, 1000);
    assert_int_equal(heavy->count, 3);
}

static void a_smaller_batch_takes_the_oldest(void **state)
{
    store_case *c = *state;
    char id[3][CXLOG_ID_SIZE];
    for (int i = 0; i < 3; i++)
        log_one(c, id[i], AT(DAY0, i), "배송", "전화");
    CXLOG_AUTO(cxlog_batch) *batch = NULL;
    MUST(cxlog_store_batch_make(c->store, 1000, 2, &batch, &c->err));
    assert_int_equal(batch->count, 2);
    assert_string_equal(id_of(&batch->records[0].entry), id[0]);
    assert_string_equal(id_of(&batch->records[1].entry), id[1]);
    assert_int_equal(state_of(c, id[2]), CXLOG_STATE_PENDING);
}

static void copies_of_a_store_draw_the_same_marker_for_the_same_records(void **state)
{
    store_case *c = *state;
    log_one(c, NULL, AT(DAY0, 1), "배송", "전화");
    CXLOG_AUTO(cxlog_batch) *batch = made(c, 1000);
    MUST(cxlog_store_batch_dissolve(c->store, batch, &c->err));
    log_one(c, NULL, AT(DAY0, 2), "배송", "전화");
    CXLOG_AUTO(cxlog_batch) *more = made(c, 2000);
    assert_int_equal(more->marker, batch->marker);
    assert_string_not_equal(more->uuid, batch->uuid);
}

static void a_refused_record_waits_for_a_person_who_says_retry(void **state)
{
    store_case *c = *state;
    char id[2][CXLOG_ID_SIZE];
    int64_t count = -1;
    log_one(c, id[0], AT(DAY0, 1), "배송", "전화");
    log_one(c, id[1], AT(DAY0, 2), "배송", "전화");
    MUST(cxlog_store_quarantine(c->store, id[0], "too long", &c->err));
    MUST(cxlog_store_retry(c->store, &count, &c->err));
    assert_int_equal(count, 1);
    assert_int_equal(state_of(c, id[0]), CXLOG_STATE_PENDING);
    CXLOG_AUTO_VALUE(cxlog_record) record;
    cxlog_record_init(&record);
    MUST(cxlog_store_find(c->store, id[0], &record, &c->err));
    assert_null(record.reason);
    MUST(cxlog_store_retry(c->store, &count, &c->err));
    assert_int_equal(count, 0);
}

static void an_answered_batch_is_sent_and_its_marker_may_go_at_once(void **state)
{
    store_case *c = *state;
    char id[CXLOG_ID_SIZE];
    int32_t marker = 0;
    log_one(c, id, AT(DAY0, 1), "배송", "전화");
    CXLOG_AUTO(cxlog_batch) *batch = made(c, 1000);
    assert_int_equal(markers_at(c, 999999, &marker), 0);
    MUST(cxlog_store_batch_applied(c->store, batch, &c->err));
    assert_int_equal(state_of(c, id), CXLOG_STATE_SENT);
    assert_null(opened(c));
    assert_int_equal(markers_at(c, 1000, &marker), 1);
    assert_int_equal(marker, batch->marker);
    MUST(cxlog_store_markers_gone(c->store, &marker, 1, &c->err));
    assert_int_equal(markers_at(c, 999999, &marker), 0);
    assert_int_equal(state_of(c, id), CXLOG_STATE_SENT);
}

static void a_marker_of_several_attempts_stays_until_none_can_be_on_its_way(void **state)
{
    store_case *c = *state;
    int32_t marker = 0;
    log_one(c, NULL, AT(DAY0, 1), "배송", "전화");
    CXLOG_AUTO(cxlog_batch) *batch = made(c, 1000);
    MUST(cxlog_store_batch_again(c->store, batch, 2000, false, &c->err));
    assert_int_equal(batch->attempts, 2);
    MUST(cxlog_store_batch_applied(c->store, batch, &c->err));
    assert_int_equal(markers_at(c, 2000 + CXLOG_REQUEST_LIFE_S - 1, &marker), 0);
    assert_int_equal(markers_at(c, 2000 + CXLOG_REQUEST_LIFE_S, &marker), 1);
}

static void a_taken_marker_is_drawn_anew_with_the_same_records(void **state)
{
    store_case *c = *state;
    log_one(c, NULL, AT(DAY0, 1), "배송", "전화");
    CXLOG_AUTO(cxlog_batch) *batch = made(c, 1000);
    int32_t old = batch->marker;
    MUST(cxlog_store_batch_again(c->store, batch, 1100, true, &c->err));
    assert_int_not_equal(batch->marker, old);
    CXLOG_AUTO(cxlog_batch) *again = opened(c);
    assert_int_equal(again->marker, batch->marker);
    assert_int_equal(again->attempts, 2);
    assert_int_equal(again->last_attempt, 1100);
    assert_int_equal(again->count, 1);
}

static void a_dissolved_batch_gives_its_records_back(void **state)
{
    store_case *c = *state;
    char id[CXLOG_ID_SIZE];
    int32_t marker = 0;
    log_one(c, id, AT(DAY0, 1), "배송", "전화");
    CXLOG_AUTO(cxlog_batch) *batch = made(c, 1000);
    MUST(cxlog_store_batch_dissolve(c->store, batch, &c->err));
    assert_int_equal(state_of(c, id), CXLOG_STATE_PENDING);
    assert_null(opened(c));
    assert_int_equal(markers_at(c, 999999, &marker), 0);
    CXLOG_AUTO(cxlog_batch) *next = made(c, 2000);
    assert_int_equal(next->count, 1);
}

static void records_seen_in_the_sheet_end_an_open_batch(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    int32_t marker = 0;
    log_one(c, NULL, AT(DAY0, 1), "배송", "전화");
    log_one(c, NULL, AT(DAY0, 2), "환불", "전화");
    CXLOG_AUTO(cxlog_batch) *batch = made(c, 1000);
    sheet_add(&s, CXLOG_SEEN_RECORD, &batch->records[0].entry);
    sheet_see(c, &s, 2, INT64_MAX);
    CXLOG_AUTO(cxlog_batch) *half = opened(c);
    assert_int_equal(half->count, 1);
    sheet_add(&s, CXLOG_SEEN_RECORD, &batch->records[1].entry);
    sheet_see(c, &s, 2, INT64_MAX);
    assert_null(opened(c));
    assert_int_equal(markers_at(c, 1000 + CXLOG_REQUEST_LIFE_S - 1, &marker), 0);
    assert_int_equal(markers_at(c, 1000 + CXLOG_REQUEST_LIFE_S, &marker), 1);
    assert_int_equal(marker, batch->marker);
}

static void a_refused_record_leaves_the_others_their_way(void **state)
{
    store_case *c = *state;
    char id[2][CXLOG_ID_SIZE];
    int32_t marker = 0;
    log_one(c, id[0], AT(DAY0, 1), "배송", "전화");
    log_one(c, id[1], AT(DAY0, 2), "환불", "전화");
    CXLOG_AUTO(cxlog_batch) *batch = made(c, 1000);
    MUST(cxlog_store_quarantine(c->store, id[0], "50,000 characters a cell", &c->err));
    CXLOG_AUTO_VALUE(cxlog_record) record = record_of(c, id[0]);
    assert_int_equal(record.state, CXLOG_STATE_QUARANTINED);
    assert_string_equal(record.reason, "50,000 characters a cell");
    CXLOG_AUTO(cxlog_batch) *rest = opened(c);
    assert_int_equal(rest->count, 1);
    MUST(cxlog_store_quarantine(c->store, id[1], "too", &c->err));
    assert_null(opened(c));
    assert_int_equal(markers_at(c, 999999, &marker),
                     0); /* refused whole: there is none */
    assert_int_equal(total_count(c), 2);
}

static void a_record_that_rotted_on_disk_is_set_aside_and_never_sent(void **state)
{
    store_case *c = *state;
    char id[2][CXLOG_ID_SIZE];
    log_one(c, id[0], AT(DAY0, 1), "배송", "전화");
    log_one(c, id[1], AT(DAY0, 2), "환불", "전화");
    assert_int_equal(sqlite3_exec(c->store->db,
                                  "UPDATE record SET note = 'x' WHERE num = 1", NULL,
                                  NULL, NULL),
                     SQLITE_OK);
    CXLOG_AUTO(cxlog_batch) *batch = made(c, 1000);
    assert_int_equal(batch->count, 1);
    assert_string_equal(id_of(&batch->records[0].entry), id[1]);
    assert_int_equal(state_of(c, id[0]), CXLOG_STATE_QUARANTINED);
}

static void records_cannot_be_deleted_even_by_mistake(void **state)
{
    store_case *c = *state;
    log_one(c, NULL, AT(DAY0, 1), "배송", "전화");
    assert_int_equal(sqlite3_exec(c->store->db, "DELETE FROM record", NULL, NULL, NULL),
                     SQLITE_CONSTRAINT_TRIGGER);
}

#define T(name) cmocka_unit_test_setup_teardown(name, case_start, case_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(nothing_pending_makes_no_batch),
        T(a_batch_is_durable_and_its_records_unknown_before_it_can_be_sent),
        T(an_id_whose_end_is_nothing_or_in_use_gets_another_marker),
        T(a_batch_holds_at_most_500_records_and_a_megabyte),
        T(a_smaller_batch_takes_the_oldest),
        T(copies_of_a_store_draw_the_same_marker_for_the_same_records),
        T(a_refused_record_waits_for_a_person_who_says_retry),
        T(an_answered_batch_is_sent_and_its_marker_may_go_at_once),
        T(a_marker_of_several_attempts_stays_until_none_can_be_on_its_way),
        T(a_taken_marker_is_drawn_anew_with_the_same_records),
        T(a_dissolved_batch_gives_its_records_back),
        T(records_seen_in_the_sheet_end_an_open_batch),
        T(a_refused_record_leaves_the_others_their_way),
        T(a_record_that_rotted_on_disk_is_set_aside_and_never_sent),
        T(records_cannot_be_deleted_even_by_mistake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
