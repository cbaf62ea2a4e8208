/* Whatever call fails in the middle of a piece of work, the store holds all of it or
 * nothing, says so, and does it when asked again. */
#include "store_breaks.h"

/* What the template holds. */
static char plain[CXLOG_ID_SIZE], rich[CXLOG_ID_SIZE], corrected[CXLOG_ID_SIZE],
    waiting[CXLOG_ID_SIZE], voided[CXLOG_ID_SIZE];
static cxlog_entry theirs, healed, adopted;

static void add_rich(store_case *c)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_start(&entry, AT(DAY0 + 190, 3600), "배송", "전화");
    put(&entry, CXLOG_COL_DETAIL, "지연");
    put(&entry, CXLOG_COL_REGION, "부산");
    put(&entry, CXLOG_COL_TAGS, "급함, 재문의");
    put(&entry, CXLOG_COL_NOTE, "3일째 미도착");
    put(&entry, CXLOG_COL_CUSTOMER, "하나상사");
    MUST(cxlog_entry_set_extra(&entry, "등급", "골드", &c->err));
    MUST(cxlog_entry_set_extra(&entry, "기기", "A1", &c->err));
    seal(&entry);
    MUST(cxlog_store_add(c->store, &entry, 1, NULL, &c->err));
    memcpy(rich, id_of(&entry), CXLOG_ID_SIZE);
}

static void add_correction(store_case *c, const char *of, bool is_void)
{
    CXLOG_AUTO_VALUE(cxlog_record) record = record_of(c, of);
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_correct(&entry, &record.entry, is_void, "환불", 60);
    MUST(cxlog_store_add(c->store, &entry, 1, NULL, &c->err));
}

/* As close does it. */
static void take_over(store_case *c, const cxlog_entry *seen)
{
    cxlog_adoption adoption;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    MUST(cxlog_store_adoption(c->store, seen, &adoption, &c->err));
    MUST(cxlog_entry_copy(&entry, seen, &c->err));
    put(&entry, CXLOG_COL_ID, adoption.id);
    put(&entry, CXLOG_COL_CORRECTS, id_of(seen));
    entry.number[CXLOG_COL_LOGGED_AT]++;
    seal(&entry);
    MUST(cxlog_store_add(c->store, &entry, 1, NULL, &c->err));
}

/* Somebody else's records: one seen twice, edited, with a note below; one that vanished;
 * one with a wrong checksum; one edited, which was taken over. */
static void see_others(store_case *c)
{
    CXLOG_AUTO_VALUE(sheet) s = {0};
    sheet_add_other(&s, AT(DAY0 + 1, 1), "배송");
    sheet_add_other(&s, AT(DAY0 + 2, 1), "결제");
    sheet_add_other(&s, AT(DAY0 + 3, 1), "오류");
    sheet_add_other(&s, AT(DAY0 + 3, 2), "배송");
    sheet_add_other(&s, AT(DAY0 + 3, 3), "배송");
    MUST(cxlog_entry_copy(&healed, &s.row[3].entry, &c->err));
    put(&s.row[3].entry, CXLOG_COL_NOTE, "다른 사람이 고침");
    sheet_see(c, &s, 2, INT64_MAX);
    sheet_remove(&s, 1);
    put(&s.row[3].entry, CXLOG_COL_CATEGORY, "결제");
    MUST(cxlog_entry_copy(&adopted, &s.row[3].entry, &c->err));
    take_over(c, &adopted);
    put(&s.row[0].entry, CXLOG_COL_NOTE, "고침");
    sheet_add(&s, CXLOG_SEEN_RECORD, &s.row[1].entry);
    sheet_add(&s, CXLOG_SEEN_FOREIGN, NULL);
    sheet_see(c, &s, 2, INT64_MAX);
    MUST(cxlog_entry_copy(&theirs, &s.row[0].entry, &c->err));
}

static int start(void **state)
{
    (void)breaking_stop();
    if (case_start(state) != 0)
        return -1;
    store_case *c = *state;
    use_still_world();
    cxlog_entry_init(&theirs);
    cxlog_entry_init(&healed);
    cxlog_entry_init(&adopted);
    see_others(c);
    log_one(c, plain, AT(DAY0, 1), "배송", "전화");
    log_one(c, corrected, AT(DAY0 + 4, 1), "배송", "전화");
    log_one(c, voided, AT(DAY0 + 5, 1), "배송", "이메일");
    log_one(c, NULL, AT(DAY0 + 6, 1), "배송", "전화");
    CXLOG_AUTO(cxlog_batch) *batch = NULL;
    CXLOG_AUTO(cxlog_batch) *done = NULL;
    MUST(cxlog_store_batch_make(c->store, 900, 1, &done, &c->err));
    MUST(cxlog_store_batch_applied(c->store, done, &c->err));
    MUST(cxlog_store_batch_make(c->store, 1000, 3, &batch, &c->err));
    MUST(cxlog_store_quarantine(c->store, voided, "a cell is too long", &c->err));
    add_rich(c);
    add_correction(c, corrected, false);
    add_correction(c, voided, true);
    log_one(c, waiting, AT(DAY0 + 198, 1), "배송", "전화");
    cxlog_store_close(c->store);
    c->store = NULL;
    copy_file(c->path, template_of(c));
    return 0;
}

static int end(void **state)
{
    cxlog_entry_clear(&theirs);
    cxlog_entry_clear(&healed);
    cxlog_entry_clear(&adopted);
    cx_seam_use(NULL);
    return case_end(state);
}

/* ---- records ---- */

static cxlog_status add_some(store_case *c)
{
    cxlog_entry entries[2];
    cxlog_added added[2];
    bool going = breaking_pause();
    entry_start(&entries[0], AT(DAY0 + 9, 1), "배송", "전화");
    entry_start(&entries[1], AT(DAY0 + 9, 2), "환불", "전화");
    put(&entries[0], CXLOG_COL_ID, "01KDVMJ800000000000000000A");
    put(&entries[1], CXLOG_COL_ID, "01KDVMJ800000000000000000B");
    MUST(cxlog_entry_set_extra(&entries[0], "등급", "골드", &c->err));
    seal(&entries[0]);
    seal(&entries[1]);
    breaking_go_on(going);
    cxlog_status status = cxlog_store_add(c->store, entries, 2, added, &c->err);
    cxlog_entry_clear(&entries[0]);
    cxlog_entry_clear(&entries[1]);
    return status;
}

static cxlog_status correct(store_case *c)
{
    CXLOG_AUTO_VALUE(cxlog_record) held;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_wall at = 0;
    cxlog_record_init(&held);
    cxlog_entry_init(&entry);
    bool found = false;
    cxlog_status status =
        cxlog_store_effective(c->store, corrected, &held, &found, &c->err);
    if (!status)
        status = cxlog_store_correct_at(
            c->store, corrected, held.entry.number[CXLOG_COL_LOGGED_AT], &at, &c->err);
    if (status)
        return status;
    bool going = breaking_pause();
    entry_correct(&entry, &held.entry, false, "오류", 0);
    put(&entry, CXLOG_COL_ID, "01KDVMJ800000000000000000C");
    entry.number[CXLOG_COL_LOGGED_AT] = at;
    seal(&entry);
    breaking_go_on(going);
    return cxlog_store_add(c->store, &entry, 1, NULL, &c->err);
}

static cxlog_status find_all_ways(store_case *c)
{
    CXLOG_AUTO_VALUE(cxlog_record) record;
    cxlog_record_init(&record);
    bool found = false;
    const char *const references[] = {rich, rich + 18, "#2"};
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; !status && i < 3; i++)
        status = cxlog_store_find(c->store, references[i], &record, &c->err);
    if (!status)
        status = cxlog_store_last_of(c->store, "김하늘", DAY0 + 198, 0, true, &record,
                                     &found, &c->err);
    return status;
}

static cxlog_status list_all(store_case *c)
{
    static const char *const busan[] = {"부산", NULL};
    const cxlog_list_query queries[] = {
        {.from = DAY0,
         .to = DAY0 + 300,
         .filter = {.only.region = busan, .grep = "미도착"}},
        {.from = DAY0, .to = DAY0 + 300, .unsent = true},
        {.from = DAY0, .to = DAY0 + 300, .root = corrected, .all_versions = true}};
    CXLOG_AUTO_VALUE(cxlog_record) record;
    cxlog_record_init(&record);
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        CXLOG_AUTO(cxlog_cursor) *cursor = NULL;
        bool more = true;
        cxlog_status status = cxlog_store_list(c->store, &queries[i], &cursor, &c->err);
        while (!status && more)
            status = cxlog_cursor_next(cursor, &record, &more, &c->err);
        if (status)
            return status;
    }
    return CXLOG_OK;
}

static cxlog_status count_all(store_case *c)
{
    cxlog_counts counts;
    cxlog_day first, last;
    bool any;
    int64_t late;
    char *value = NULL;
    cxlog_status status =
        cxlog_store_counts(c->store, "김하늘", DAY0 + 9, &counts, &c->err);
    if (!status)
        status = cxlog_store_span(c->store, &first, &last, &any, &c->err);
    if (!status)
        status = cxlog_store_late_names(c->store, &late, &c->err);
    if (!status)
        status = cxlog_store_check(c->store, &c->err);
    if (!status)
        status = cxlog_store_get(c->store, "scheme.shared", &value, &c->err);
    free(value);
    return status;
}

static cxlog_status remember(store_case *c)
{
    return cxlog_store_set(c->store, "k", "v", &c->err);
}

static cxlog_status forget(store_case *c)
{
    return cxlog_store_set(c->store, CXLOG_META_LAST_SYNC, NULL, &c->err);
}

static cxlog_status total_by(store_case *c, cxlog_query query)
{
    CXLOG_AUTO(cxlog_totals) *totals = NULL;
    query.period = cxlog_period_of(CXLOG_PERIOD_YEAR, DAY0);
    return cxlog_store_totals(c->store, &query, &totals, &c->err);
}

static cxlog_status total_from_counts(store_case *c)
{
    return total_by(
        c, (cxlog_query){.by = {{.kind = CXLOG_BY_DETAIL}, {.kind = CXLOG_BY_CHANNEL}},
                         .by_count = 2,
                         .mapped = true});
}

static cxlog_status total_from_records(store_case *c)
{
    return total_by(c, (cxlog_query){.by = {{.kind = CXLOG_BY_TAG},
                                            {.kind = CXLOG_BY_FIELD, .field = "등급"}},
                                     .by_count = 2,
                                     .vs = CXLOG_VS_YEAR,
                                     .mapped = true});
}

/* ---- outbox ---- */

static cxlog_status make_a_batch(store_case *c)
{
    CXLOG_AUTO(cxlog_batch) *batch = NULL;
    return cxlog_store_batch_make(c->store, 2000, 2, &batch, &c->err);
}

static cxlog_status
with_open_batch(store_case *c, cxlog_status (*then)(store_case *c, cxlog_batch *batch))
{
    CXLOG_AUTO(cxlog_batch) *batch = NULL;
    cxlog_status status = cxlog_store_batch_open(c->store, &batch, &c->err);
    if (status || !batch) /* done by the attempt before */
        return status;
    return then(c, batch);
}

static cxlog_status again(store_case *c, cxlog_batch *batch)
{
    return cxlog_store_batch_again(c->store, batch, 3000, true, &c->err);
}

static cxlog_status applied(store_case *c, cxlog_batch *batch)
{
    return cxlog_store_batch_applied(c->store, batch, &c->err);
}

static cxlog_status dissolve(store_case *c, cxlog_batch *batch)
{
    return cxlog_store_batch_dissolve(c->store, batch, &c->err);
}

static cxlog_status send_again(store_case *c)
{
    return with_open_batch(c, again);
}

static cxlog_status mark_applied(store_case *c)
{
    return with_open_batch(c, applied);
}

static cxlog_status take_back(store_case *c)
{
    return with_open_batch(c, dissolve);
}

static cxlog_status set_aside(store_case *c)
{
    return cxlog_store_quarantine(c->store, waiting, "refused", &c->err);
}

static cxlog_status take_refused_back(store_case *c)
{
    int64_t count;
    return cxlog_store_retry(c->store, &count, &c->err);
}

static cxlog_status forget_markers(store_case *c)
{
    int32_t ids[4];
    size_t count;
    cxlog_status status = cxlog_store_markers(c->store, 5000, ids, 4, &count, &c->err);
    return status ? status : cxlog_store_markers_gone(c->store, ids, count, &c->err);
}

/* ---- mirror ---- */

/* A page of every kind of row: fresh with fields of the team, own, edited, healed,
 * second, void of an unknown record, foreign. */
static cxlog_status see_page(store_case *c)
{
    bool going = breaking_pause();
    CXLOG_AUTO_VALUE(sheet) s = {0};
    CXLOG_AUTO_VALUE(cxlog_record) own = record_of(c, plain);
    CXLOG_AUTO_VALUE(cxlog_entry) fresh;
    CXLOG_AUTO_VALUE(cxlog_entry) stray;
    entry_start(&fresh, AT(DAY0 + 8, 1), "배송", "전화");
    put(&fresh, CXLOG_COL_ID, "01KDVMJ800000000000000000D");
    MUST(cxlog_entry_set_extra(&fresh, "등급", "골드", &c->err));
    seal(&fresh);
    entry_correct(&stray, &fresh, true, NULL, 5);
    put(&stray, CXLOG_COL_ID, "01KDVMJ800000000000000000E");
    put(&stray, CXLOG_COL_CORRECTS, CXLOG_VOID_PREFIX "01KDVMJ800000000000000000F");
    seal(&stray);
    sheet_add(&s, CXLOG_SEEN_RECORD, &theirs);
    sheet_add(&s, CXLOG_SEEN_RECORD, &own.entry);
    sheet_add(&s, CXLOG_SEEN_RECORD, &fresh);
    sheet_add(&s, CXLOG_SEEN_RECORD, &fresh);
    sheet_add(&s, CXLOG_SEEN_RECORD, &stray);
    sheet_add(&s, CXLOG_SEEN_FOREIGN, NULL);
    sheet_add(&s, CXLOG_SEEN_RECORD, &healed);
    sheet_add(&s, CXLOG_SEEN_RECORD, &adopted);
    put(&stray, CXLOG_COL_ID, "01KDVMJ800000000000000000G"); /* wrong checksum */
    sheet_add(&s, CXLOG_SEEN_RECORD, &stray);
    for (size_t i = 0; i < s.count; i++)
        s.row[i].row = (int64_t)i + 2;
    const cxlog_seen_page page = {
        .first = 2, .last = INT64_MAX, .rows = s.row, .count = s.count};
    cxlog_seen_result result;
    breaking_go_on(going);
    return cxlog_store_see(c->store, &page, &result, &c->err);
}

static cxlog_status ask_mirror(store_case *c)
{
    int64_t row = 0;
    char id[CXLOG_ID_SIZE];
    char(*ids)[CXLOG_ID_SIZE] = NULL;
    size_t count = 0, at = 0;
    cxlog_seen_row rows[] = {{.kind = CXLOG_SEEN_RECORD, .entry = theirs}};
    const cxlog_seen_page page = {.first = 9, .last = 9, .rows = rows, .count = 1};
    cxlog_status status = cxlog_store_last_row(c->store, &row, &c->err);
    if (!status)
        status = cxlog_store_id_at(c->store, 2, id, &c->err);
    if (!status)
        status = cxlog_store_seen_above(c->store, &page, 1, &at, &row, &c->err);
    if (!status)
        status = cxlog_store_first_row(c->store, DAY0, &row, &c->err);
    if (!status)
        status = cxlog_store_missing(c->store, false, &ids, &count, &c->err);
    free(ids);
    return status;
}

static cxlog_status weigh_edit(store_case *c)
{
    cxlog_adoption adoption;
    CXLOG_AUTO_VALUE(cxlog_record) record;
    cxlog_record_init(&record);
    cxlog_status status = cxlog_store_adoption(c->store, &adopted, &adoption, &c->err);
    assert_true(status || adoption.done);
    if (!status)
        status = cxlog_store_adoption(c->store, &theirs, &adoption, &c->err);
    if (!status)
        status = cxlog_store_find(c->store, id_of(&theirs), &record, &c->err);
    return status ? status : cxlog_store_settled(c->store, record.number, &c->err);
}

static cxlog_status put_back(store_case *c)
{
    int64_t count;
    return cxlog_store_restore(c->store, &count, &c->err);
}

WORK(add_some, 15)
WORK(correct, 30)
WORK(find_all_ways, 18)
WORK(list_all, 9)
WORK(count_all, 12)
WORK(remember, 4)
WORK(forget, 4)
WORK(total_from_counts, 24)
WORK(total_from_records, 24)
WORK(make_a_batch, 12)
WORK(send_again, 8)
WORK(mark_applied, 8)
WORK(take_back, 8)
WORK(set_aside, 4)
WORK(take_refused_back, 4)
WORK(forget_markers, 4)
WORK(see_page, 36)
WORK(ask_mirror, 6)
WORK(weigh_edit, 8)
WORK(put_back, 4)

#define T(name)                                                                          \
    cmocka_unit_test_setup_teardown(name##_breaks_whole_or_not_at_all, start, end)

int main(void)
{
    breaking_in_memory();
    const struct CMUnitTest tests[] = {
        T(add_some),       T(correct),           T(find_all_ways),
        T(list_all),       T(count_all),         T(remember),
        T(forget),         T(total_from_counts), T(total_from_records),
        T(make_a_batch),   T(send_again),        T(mark_applied),
        T(take_back),      T(set_aside),         T(take_refused_back),
        T(forget_markers), T(see_page),          T(ask_mirror),
        T(weigh_edit),     T(put_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
