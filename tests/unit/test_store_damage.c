/* A store that something else has changed says so; and calls with nothing to do do
 * nothing. */
#include <fcntl.h>

#include "store/store_impl.h"
#include "store_sheet.h"

/* Behind the program's back, whatever the schema forbids. */
static void meddle(store_case *c, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(c->path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db, "PRAGMA ignore_check_constraints = ON", NULL, NULL, NULL),
        SQLITE_OK);
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s: %s", sql, why);
    sqlite3_close(db);
}

static void fails_saying(store_case *c, cxlog_status got, cxlog_status wanted,
                         const char *words)
{
    if (got != wanted || !strstr(c->err.message, words))
        fail_msg("status %d: %s", (int)got, c->err.message);
    cxlog_error_clear(&c->err);
}

static cxlog_status find(store_case *c, const char *reference)
{
    CXLOG_AUTO_VALUE(cxlog_record) record;
    cxlog_record_init(&record);
    return cxlog_store_find(c->store, reference, &record, &c->err);
}

static void log_with_fields(store_case *c, char id[CXLOG_ID_SIZE])
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_start(&entry, AT(DAY0, 1), "배송", "전화");
    MUST(cxlog_entry_set_extra(&entry, "등급", "골드", &c->err));
    MUST(cxlog_entry_set_extra(&entry, "기기", "A1", &c->err));
    seal(&entry);
    MUST(cxlog_store_add(c->store, &entry, 1, NULL, &c->err));
    memcpy(id, id_of(&entry), CXLOG_ID_SIZE);
}

static void a_record_that_lost_a_team_field_is_not_read(void **state)
{
    store_case *c = *state;
    char id[CXLOG_ID_SIZE];
    log_with_fields(c, id);
    meddle(c, "UPDATE record SET extras = 1");
    fails_saying(c, find(c, id), CXLOG_ERR_IO, "team fields");
    meddle(c, "UPDATE record SET extras = 3");
    fails_saying(c, find(c, id), CXLOG_ERR_IO, "team fields");
}

static void a_count_that_is_gone_is_not_taken_from(void **state)
{
    store_case *c = *state;
    char id[CXLOG_ID_SIZE];
    log_one(c, id, AT(DAY0, 1), "배송", "전화");
    CXLOG_AUTO_VALUE(cxlog_record) record = record_of(c, id);
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_correct(&entry, &record.entry, false, "환불", 60);
    meddle(c, "DELETE FROM roll");
    fails_saying(c, cxlog_store_add(c->store, &entry, 1, NULL, &c->err), CXLOG_ERR_IO,
                 "damaged");
    assert_int_equal(find(c, id_of(&entry)), CXLOG_ERR_VALUE);
}

static void an_id_that_is_too_long_is_not_copied(void **state)
{
    store_case *c = *state;
    char id[CXLOG_ID_SIZE];
    log_one(c, id, AT(DAY0, 1), "배송", "전화");
    meddle(c, "UPDATE record SET root = id || id");
    CXLOG_AUTO_VALUE(cxlog_record) record;
    cxlog_record_init(&record);
    bool found;
    fails_saying(c, cxlog_store_effective(c->store, id, &record, &found, &c->err),
                 CXLOG_ERR_BUG, "too long");
}

static void a_cut_chain_is_no_chain(void **state)
{
    store_case *c = *state;
    int64_t number, shared;
    char chain[CXLOG_CHAIN_SIZE];
    meddle(c, "UPDATE event SET chain = substr(chain, 1, 10)");
    fails_saying(c, cxlog_store_chain(c->store, &number, chain, &shared, &c->err),
                 CXLOG_ERR_IO, "chain of the scheme");
    cxlog_event *events = NULL;
    size_t count = 0;
    MUST(cxlog_store_events(c->store, 1, 1, &events, &count, &c->err));
    assert_string_equal(events[0].chain, "");
    cxlog_events_free(events, count);
}

static void a_check_finds_what_the_schema_forbids(void **state)
{
    store_case *c = *state;
    log_one(c, NULL, AT(DAY0, 1), "배송", "전화");
    meddle(c, "UPDATE record SET state = 99");
    fails_saying(c, cxlog_store_check(c->store, &c->err), CXLOG_ERR_IO, "is damaged");
}

static void change_byte(store_case *c, off_t at, unsigned char byte)
{
    cxlog_store_close(c->store);
    c->store = NULL;
    int fd = open(c->path, O_RDWR);
    assert_int_equal(pwrite(fd, &byte, 1, at), 1);
    close(fd);
}

static void a_file_with_our_mark_that_is_no_database_is_refused(void **state)
{
    store_case *c = *state;
    change_byte(c, 16, 0xff); /* its page size */
    change_byte(c, 17, 0xff);
    fails_saying(c, case_reopen(c, false), CXLOG_ERR_CONFIG, "is not a cxlog store");
}

static void a_store_in_another_journal_mode_is_refused(void **state)
{
    store_case *c = *state;
    change_byte(c, 19, 2);
    fails_saying(c, case_reopen(c, false), CXLOG_ERR_CONFIG, "is not a cxlog store");
}

static void when_all_that_waits_is_damaged_nothing_is_sent(void **state)
{
    store_case *c = *state;
    for (int i = 0; i < 3; i++)
        log_one(c, NULL, AT(DAY0, i), "배송", "전화");
    meddle(c, "UPDATE record SET note = 'rot'");
    CXLOG_AUTO(cxlog_batch) *batch = NULL;
    MUST(cxlog_store_batch_make(c->store, 1000, 2, &batch, &c->err));
    assert_null(batch);
    assert_int_equal(counts_of(c).quarantined, 3);
}

static void a_batch_that_is_gone_is_not_sent_again(void **state)
{
    store_case *c = *state;
    log_one(c, NULL, AT(DAY0, 1), "배송", "전화");
    CXLOG_AUTO(cxlog_batch) *batch = NULL;
    MUST(cxlog_store_batch_make(c->store, 1000, 2, &batch, &c->err));
    MUST(cxlog_store_batch_dissolve(c->store, batch, &c->err));
    fails_saying(c, cxlog_store_batch_again(c->store, batch, 2000, false, &c->err),
                 CXLOG_ERR_BUG, "not open");
}

static void a_page_that_says_nonsense_is_refused(void **state)
{
    store_case *c = *state;
    cxlog_seen_row rows[] = {{.row = 2, .kind = CXLOG_SEEN_BLANK},
                             {.row = 3, .kind = CXLOG_SEEN_RECORD}};
    cxlog_entry_init(&rows[0].entry);
    cxlog_entry_init(&rows[1].entry);
    cxlog_seen_page page = {.first = 2, .last = INT64_MAX, .rows = rows, .count = 1};
    cxlog_seen_result result;
    MUST(cxlog_store_see(c->store, &page, &result, &c->err));
    page.count = 2;
    fails_saying(c, cxlog_store_see(c->store, &page, &result, &c->err), CXLOG_ERR_BUG,
                 "without ID");
    bool used;
    fails_saying(c,
                 cxlog_store_used(c->store, CXLOG_DIM_COUNT, NULL, "x", &used, &c->err),
                 CXLOG_ERR_BUG, "no such dimension");
}

static int refuse(void *unused)
{
    (void)unused;
    return 1;
}

static void after_a_commit_that_failed_nothing_is_read_either(void **state)
{
    store_case *c = *state;
    sqlite3_commit_hook(c->store->db, refuse, NULL);
    assert_int_equal(cxlog_store_set(c->store, "k", "v", &c->err), CXLOG_ERR_IO);
    cxlog_error_clear(&c->err);
    CXLOG_AUTO(cxlog_cursor) *cursor = NULL;
    const cxlog_list_query query = {.from = DAY0, .to = DAY0};
    fails_saying(c, cxlog_store_list(c->store, &query, &cursor, &c->err), CXLOG_ERR_IO,
                 "closed after a disk error");
}

/* What later versions added is taken away. */
static void a_store_of_the_first_version_is_brought_up_to_date(void **state)
{
    store_case *c = *state;
    log_one(c, NULL, AT(DAY0, 1), "배송", "전화");
    meddle(c, "DROP INDEX value_name; DROP INDEX value_code; DROP INDEX value_renamed;"
              "DROP INDEX alias_name; DROP INDEX record_sum; PRAGMA user_version = 1");
    MUST(case_reopen(c, false));
    int64_t version = 0;
    MUST(cx_pragma_number(&version, c->store, "PRAGMA user_version", &c->err));
    assert_true(version >= 3);
    assert_int_equal(total_count(c), 1);
}

static void what_the_store_does_not_know_counts_nowhere(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(cxlog_record) record;
    cxlog_record_init(&record);
    bool found = true;
    MUST(cxlog_store_effective(c->store, "01KDVMJ800000000000000000Z", &record, &found,
                               &c->err));
    assert_false(found);
}

static void a_row_that_cannot_be_a_record_is_counted_as_such(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    for (int i = 0; i < 3; i++)
        sheet_add_other(&s, AT(DAY0, i), "배송");
    put(&s.row[0].entry, CXLOG_COL_CATEGORY, NULL);
    s.row[1].entry.number[CXLOG_COL_CONTACTED_AT] = CXLOG_BLANK;
    put(&s.row[2].entry, CXLOG_COL_CORRECTS, CXLOG_VOID_PREFIX);
    assert_int_equal(sheet_see(c, &s, 2, INT64_MAX).unreadable, 3);
}

static void nothing_to_do_is_done(void **state)
{
    store_case *c = *state;
    MUST(cxlog_store_markers_gone(c->store, NULL, 0, &c->err));
    MUST(cxlog_store_events_add(c->store, NULL, 0, true, &c->err));
    cxlog_batch_free(NULL);
    cxlog_cursor_close(NULL);
    cxlog_store_close(NULL);
}

static void every_state_has_a_name_of_its_own(void **state)
{
    (void)state;
    static const char *const names[] = {"pending", "unknown", "sent", "confirmed",
                                        "quarantined"};
    for (int i = 0; i < 5; i++)
        assert_string_equal(cxlog_state_name((cxlog_state)i), names[i]);
}

/* ---- many of a kind ---- */

static void an_ending_that_many_share_names_eight(void **state)
{
    store_case *c = *state;
    for (int i = 0; i < 10; i++) {
        CXLOG_AUTO_VALUE(cxlog_entry) entry;
        char id[CXLOG_ID_SIZE];
        snprintf(id, sizeof id, "01KDVMJ8000000000000%dZZZZZ", i);
        entry_start(&entry, AT(DAY0, i), "배송", "전화");
        put(&entry, CXLOG_COL_ID, id);
        seal(&entry);
        MUST(cxlog_store_add(c->store, &entry, 1, NULL, &c->err));
    }
    assert_int_equal(find(c, "zzzzz"), CXLOG_ERR_VALUE);
    assert_int_equal(c->err.suggestion_count, CXLOG_SUGGESTIONS_MAX);
    cxlog_error_clear(&c->err);
    fails_saying(c, find(c, "01KDVMJ800000000000009ZZZZZZZ"), CXLOG_ERR_VALUE,
                 "no record");
    fails_saying(c, find(c, "zz~z"), CXLOG_ERR_VALUE, "no record");
    fails_saying(c, find(c, "YYYY"), CXLOG_ERR_VALUE, "no record");
}

static void many_missing_records_are_all_told(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    for (int i = 0; i < 40; i++)
        sheet_add_other(&s, AT(DAY0, i), "배송");
    sheet_see(c, &s, 2, INT64_MAX);
    sheet_clear(&s);
    sheet_see(c, &s, 2, INT64_MAX);
    char(*ids)[CXLOG_ID_SIZE] = NULL;
    size_t count = 0;
    MUST(cxlog_store_missing(c->store, false, &ids, &count, &c->err));
    free(ids);
    assert_int_equal(count, 40);
}

static void many_names_are_mapped_each_for_itself(void **state)
{
    store_case *c = *state;
    for (int i = 0; i < 200; i++) {
        char region[16];
        CXLOG_AUTO_VALUE(cxlog_entry) entry;
        snprintf(region, sizeof region, "지역%d", i);
        entry_start(&entry, AT(DAY0, i), "배송", "전화");
        put(&entry, CXLOG_COL_REGION, region);
        seal(&entry);
        MUST(cxlog_store_add(c->store, &entry, 1, NULL, &c->err));
    }
    cxlog_query query = {
        .by = {{.kind = CXLOG_BY_REGION}}, .by_count = 1, .mapped = true};
    query.period = cxlog_period_of(CXLOG_PERIOD_ALL, 0);
    CXLOG_AUTO(cxlog_totals) *totals = NULL;
    MUST(cxlog_store_totals(c->store, &query, &totals, &c->err));
    assert_int_equal(totals->row_count, 200);
}

static void a_period_without_records_is_empty_however_it_is_counted(void **state)
{
    store_case *c = *state;
    static const char *const agent[] = {"김하늘", NULL};
    static const char *const good[] = {"긍정", NULL};
    log_one(c, NULL, AT(DAY0, 1), "배송", "전화");
    const cxlog_filter filters[] = {
        {.grep = "x"}, {.only.agent = agent}, {.only.sentiment = good}};
    for (size_t i = 0; i < 3; i++) {
        cxlog_query query = {
            .by = {{.kind = CXLOG_BY_CATEGORY}}, .by_count = 1, .filter = filters[i]};
        query.period = cxlog_period_of(CXLOG_PERIOD_DAY, DAY0 + 800);
        CXLOG_AUTO(cxlog_totals) *totals = NULL;
        MUST(cxlog_store_totals(c->store, &query, &totals, &c->err));
        assert_int_equal(totals->total.count + (int64_t)totals->row_count, 0);
    }
}

static void whatever_a_note_holds_it_is_sent_and_counted(void **state)
{
    store_case *c = *state;
    static const char *const customer[] = {"하나상사", NULL};
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_start(&entry, AT(DAY0, 1), "배송", "전화");
    put(&entry, CXLOG_COL_NOTE, "C:\\주문 \"급함\"\n\t둘째 줄");
    put(&entry, CXLOG_COL_HUNCH, "다시 전화할 듯");
    put(&entry, CXLOG_COL_CUSTOMER, "하나상사");
    seal(&entry);
    MUST(cxlog_store_add(c->store, &entry, 1, NULL, &c->err));
    cxlog_query query = {.by = {{.kind = CXLOG_BY_CATEGORY}},
                         .by_count = 1,
                         .filter = {.only.customer = customer, .grep = "다시"}};
    query.period = cxlog_period_of(CXLOG_PERIOD_ALL, 0);
    CXLOG_AUTO(cxlog_totals) *totals = NULL;
    MUST(cxlog_store_totals(c->store, &query, &totals, &c->err));
    assert_int_equal(totals->total.count, 1);
    query.filter.grep = NULL;
    CXLOG_AUTO(cxlog_totals) *again = NULL;
    MUST(cxlog_store_totals(c->store, &query, &again, &c->err));
    assert_int_equal(again->total.count, 1);
    CXLOG_AUTO(cxlog_batch) *batch = NULL;
    MUST(cxlog_store_batch_make(c->store, 1000, 2, &batch, &c->err));
    assert_int_equal(batch->count, 1);
}

static void a_path_without_a_folder_is_in_this_one(void **state)
{
    store_case *c = *state;
    char here[512];
    assert_non_null(getcwd(here, sizeof here));
    cxlog_store_close(c->store);
    c->store = NULL;
    assert_int_equal(chdir(c->folder), 0);
    const cxlog_store_options options = {.path = "cxlog.db", .busy_ms = 100};
    cxlog_status status = cxlog_store_open(&c->store, &options, &c->err);
    assert_int_equal(chdir(here), 0);
    MUST(status);
    cxlog_store *none = NULL;
    const cxlog_store_options nowhere = {.path = "/nowhere/cxlog.db"};
    fails_saying(c, cxlog_store_open(&none, &nowhere, &c->err), CXLOG_ERR_NOINPUT,
                 "/nowhere");
}

#define T(name) cmocka_unit_test_setup_teardown(name, case_start, case_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_record_that_lost_a_team_field_is_not_read),
        T(a_count_that_is_gone_is_not_taken_from),
        T(an_id_that_is_too_long_is_not_copied),
        T(a_cut_chain_is_no_chain),
        T(a_check_finds_what_the_schema_forbids),
        T(a_file_with_our_mark_that_is_no_database_is_refused),
        T(a_store_in_another_journal_mode_is_refused),
        T(when_all_that_waits_is_damaged_nothing_is_sent),
        T(a_batch_that_is_gone_is_not_sent_again),
        T(a_page_that_says_nonsense_is_refused),
        T(after_a_commit_that_failed_nothing_is_read_either),
        T(a_store_of_the_first_version_is_brought_up_to_date),
        T(what_the_store_does_not_know_counts_nowhere),
        T(a_row_that_cannot_be_a_record_is_counted_as_such),
        T(nothing_to_do_is_done),
        T(every_state_has_a_name_of_its_own),
        T(an_ending_that_many_share_names_eight),
        T(many_missing_records_are_all_told),
        T(many_names_are_mapped_each_for_itself),
        T(a_period_without_records_is_empty_however_it_is_counted),
        T(whatever_a_note_holds_it_is_sent_and_counted),
        T(a_path_without_a_folder_is_in_this_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
