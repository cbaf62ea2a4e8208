/* What is put right in the store, broken off anywhere: a record whose row came with
 * another ID first, and rows typed by hand that vanished. */
#include "store_breaks.h"

#define OTHER_ID "01KDVMJ800000000000000000Z"

/* A correction, that row with another ID, corrections of both, and a row typed by hand.
 */
enum { ROW_FIRST, ROW_CORRECTS, ROW_RENAMED, ROW_NAMES, ROW_NAMES_OTHER, ROW_TYPED };
static sheet pool;

static void add_correction(size_t of, bool is_void)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_correct(&entry, &pool.row[of].entry, is_void, "환불", 60);
    sheet_add(&pool, CXLOG_SEEN_RECORD, &entry);
}

static void add_typed(store_case *c)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    char id[CXLOG_ID_SIZE];
    entry_start(&entry, AT(DAY0 + 5, 1), "배송", "전화");
    put(&entry, CXLOG_COL_ID, NULL);
    put(&entry, CXLOG_COL_AGENT, NULL);
    entry.number[CXLOG_COL_LOGGED_AT] = CXLOG_BLANK;
    MUST(cxlog_typed_id(id, &entry, 0, &c->err));
    put(&entry, CXLOG_COL_ID, id);
    put(&entry, CXLOG_COL_AGENT, CXLOG_SHEET_AUTHOR);
    entry.number[CXLOG_COL_LOGGED_AT] = AT(DAY0 + 6, 1);
    seal(&entry);
    sheet_add(&pool, CXLOG_SEEN_RECORD, &entry);
}

static cxlog_status see(store_case *c, const size_t *order, size_t count)
{
    cxlog_seen_row rows[8];
    const cxlog_seen_page page = {
        .first = 2, .last = INT64_MAX, .rows = rows, .count = count};
    for (size_t i = 0; i < count; i++) {
        rows[i] = pool.row[order[i]];
        rows[i].row = (int64_t)i + 2;
    }
    cxlog_seen_result result;
    return cxlog_store_see(c->store, &page, &result, &c->err);
}

static int start(void **state)
{
    (void)breaking_stop();
    if (case_start(state) != 0)
        return -1;
    store_case *c = *state;
    use_still_world();
    sheet_add_other(&pool, AT(DAY0, 1), "배송");
    add_correction(ROW_FIRST, false);
    sheet_add(&pool, CXLOG_SEEN_RECORD, &pool.row[ROW_CORRECTS].entry);
    put(&pool.row[ROW_RENAMED].entry, CXLOG_COL_ID, OTHER_ID);
    add_correction(ROW_CORRECTS, false);
    add_correction(ROW_RENAMED, true);
    add_typed(c);
    static const size_t all[] = {ROW_FIRST, ROW_RENAMED, ROW_NAMES, ROW_NAMES_OTHER,
                                 ROW_TYPED};
    MUST(see(c, all, 5));
    MUST(see(c, all, 4));
    assert_int_equal(counts_of(c).missing, 1);
    cxlog_store_close(c->store);
    c->store = NULL;
    copy_file(c->path, template_of(c));
    return 0;
}

static int end(void **state)
{
    sheet_clear(&pool);
    cx_seam_use(NULL);
    return case_end(state);
}

static cxlog_status see_the_record_itself(store_case *c)
{
    static const size_t order[] = {ROW_FIRST, ROW_RENAMED, ROW_NAMES, ROW_NAMES_OTHER,
                                   ROW_CORRECTS};
    return see(c, order, 5);
}

static cxlog_status put_typed_back(store_case *c)
{
    int64_t count;
    return cxlog_store_restore(c->store, &count, &c->err);
}

WORK(see_the_record_itself, 30)
WORK(put_typed_back, 12)

#define T(name)                                                                          \
    cmocka_unit_test_setup_teardown(name##_breaks_whole_or_not_at_all, start, end)

int main(void)
{
    breaking_in_memory();
    const struct CMUnitTest tests[] = {T(see_the_record_itself), T(put_typed_back)};
    return cmocka_run_group_tests_name("store_mend_breaks", tests, NULL, NULL);
}
