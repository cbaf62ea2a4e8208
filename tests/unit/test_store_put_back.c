/* A row came with another ID before its record did, was taken for one, and the record was
 * put back: the counts are those of a store that knew the record all along. */
#include "store_sheet.h"

#define END INT64_MAX
#define A_ID "01M800T1WXETEC2PMY8GWEP550"
#define OTHER_ID "01M800T1WXETEC2PMY8GWEP551"

/* Rows by letter: R a record, A a correction of it or a record of its own, a that row
 * with another ID, c a correction of A, o one and v a void that name the other ID, B
 * somebody else's, - a note. */
static const char letters[] = "RAacovB-";
enum { ROW_R, ROW_A, ROW_RENAMED, ROW_CORRECTS_A, ROW_CORRECTS_OTHER, ROW_VOIDS_OTHER };

static void add_correction(sheet *pool, size_t of, bool is_void, int64_t seconds_later)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_correct(&entry, &pool->row[of].entry, is_void, "환불", seconds_later);
    put(&entry, CXLOG_COL_AGENT, "이바다");
    seal(&entry);
    sheet_add(pool, CXLOG_SEEN_RECORD, &entry);
}

static void make_pool(sheet *pool, bool corrects)
{
    sheet_add_other(pool, AT(DAY0, 1), "배송");
    add_correction(pool, ROW_R, false, 60);
    cxlog_entry *a = &pool->row[ROW_A].entry;
    put(a, CXLOG_COL_ID, A_ID);
    if (!corrects)
        put(a, CXLOG_COL_CORRECTS, NULL);
    seal(a);
    sheet_add(pool, CXLOG_SEEN_RECORD, a);
    put(&pool->row[ROW_RENAMED].entry, CXLOG_COL_ID, OTHER_ID);
    add_correction(pool, ROW_A, false, 60);
    add_correction(pool, ROW_RENAMED, false, 90);
    add_correction(pool, ROW_RENAMED, true, INT64_C(5) * 86400);
    sheet_add_other(pool, AT(DAY0, 7), "결제");
    sheet_add(pool, CXLOG_SEEN_FOREIGN, NULL);
}

static cxlog_seen_result look(store_case *c, const sheet *pool, const char *order)
{
    CXLOG_AUTO_VALUE(sheet) s = {0};
    for (; *order; order++) {
        const cxlog_seen_row *row = &pool->row[strchr(letters, *order) - letters];
        sheet_add(&s, row->kind, &row->entry);
    }
    return sheet_see(c, &s, 2, END);
}

static cxlog_totals *totals_of(store_case *c)
{
    cxlog_query query = {.by = {{.kind = CXLOG_BY_CATEGORY}}, .by_count = 1};
    query.period = cxlog_period_of(CXLOG_PERIOD_ALL, 0);
    cxlog_totals *totals = NULL;
    MUST(cxlog_store_totals(c->store, &query, &totals, &c->err));
    return totals;
}

static void is_held(store_case *c, const sheet *pool, int64_t row)
{
    const cxlog_entry *wanted = &pool->row[ROW_A].entry;
    CXLOG_AUTO_VALUE(cxlog_record) held = record_of(c, A_ID);
    assert_true(cxlog_entry_same(&held.entry, wanted));
    assert_int_equal(held.row, row);
    assert_false(held.edited);
}

typedef struct rows_case {
    const char *before, *after; /* what two looks find */
    int64_t row;                /* where A stands then */
    int64_t count, unread;      /* contacts, and rows that stand for none */
    bool corrects;              /* A is a correction of R */
} rows_case;

static void check_case(store_case *c, const rows_case *k)
{
    CXLOG_AUTO_VALUE(sheet) pool = {0};
    make_pool(&pool, k->corrects);
    look(c, &pool, k->before);
    for (int again = 0; again < 2; again++) {
        const cxlog_seen_result result = look(c, &pool, k->after);
        CXLOG_AUTO(cxlog_totals) *totals = totals_of(c);
        if (totals->total.count != k->count || totals->basis.foreign != k->unread ||
            result.unreadable != k->unread || result.fresh > 0 ||
            (again && result.edited > 0))
            fail_msg("%s, then %s: %d contacts, %d rows for none (%d told)", k->before,
                     k->after, (int)totals->total.count, (int)totals->basis.foreign,
                     (int)result.unreadable);
        is_held(c, &pool, k->row);
        assert_int_equal(counts_of(c).missing, 0);
    }
}

#define CASE(name, ...)                                                                  \
    static void name(void **state)                                                       \
    {                                                                                    \
        check_case(*state, &(const rows_case){__VA_ARGS__});                             \
    }

CASE(an_id_put_back_in_its_row, "aB", "AB", .row = 2, .count = 2)
CASE(a_record_put_back_above_its_row, "Ba", "ABa", .row = 2, .count = 2, .unread = 1)
CASE(a_record_put_back_in_place_of_its_row, "aB", "BA", .row = 3, .count = 2)
CASE(a_row_that_a_note_pushed_down, "aB", "-AaB", .row = 3, .count = 2, .unread = 1)
CASE(a_row_that_a_record_pushed_down, "aB", "BAa", .row = 3, .count = 2, .unread = 1)
CASE(a_correction_of_the_record_before_it, "RacB", "RacBA", .row = 6, .count = 2,
     .unread = 1, .corrects = true)
CASE(a_correction_that_names_the_other_id, "aoB", "aoBA", .row = 5, .count = 3,
     .unread = 1)
CASE(a_void_that_names_the_other_id, "avB", "avBA", .row = 5, .count = 2, .unread = 1)

CASE(a_correction_in_a_group_that_names_the_other_id, "RaoB", "RaoBA", .row = 6,
     .count = 3, .unread = 1, .corrects = true)
CASE(a_void_in_a_group_that_names_the_other_id, "RavB", "RavBA", .row = 6, .count = 2,
     .unread = 1, .corrects = true)

/* As a store counts that saw the record first. */
static void counts_are_those_of_a_store_that_knew_the_record(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) pool = {0};
    make_pool(&pool, false);
    look(c, &pool, "A");
    look(c, &pool, "aoBA");
    assert_int_equal(total_count(c), 3);
    look(c, &pool, "avBA");
    look(c, &pool, "aovBA");
    assert_int_equal(total_count(c), 2);
}

static size_t listed_on(store_case *c, cxlog_day day)
{
    const cxlog_list_query query = {.from = day, .to = day, .all_versions = true};
    CXLOG_AUTO(cxlog_cursor) *cursor = NULL;
    CXLOG_AUTO_VALUE(cxlog_record) record;
    cxlog_record_init(&record);
    size_t count = 0;
    MUST(cxlog_store_list(c->store, &query, &cursor, &c->err));
    for (bool more = true; more; count += more)
        MUST(cxlog_cursor_next(cursor, &record, &more, &c->err));
    return count;
}

static void a_void_that_lost_its_record_stands_where_it_was_logged(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) pool = {0};
    make_pool(&pool, false);
    look(c, &pool, "av");
    assert_int_equal(listed_on(c, DAY0), 2);
    look(c, &pool, "avA");
    assert_int_equal(listed_on(c, DAY0), 1);
    assert_int_equal(listed_on(c, DAY0 + 5), 1);
}

static void a_record_that_comes_when_its_row_is_gone_is_not_missing(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) pool = {0};
    make_pool(&pool, false);
    look(c, &pool, "aB");
    look(c, &pool, "B");
    assert_int_equal(counts_of(c).missing, 1);
    const cxlog_seen_result result = look(c, &pool, "BA");
    assert_int_equal(result.fresh + result.edited + result.unreadable, 0);
    assert_int_equal(counts_of(c).missing, 0);
    assert_int_equal(total_count(c), 2);
    is_held(c, &pool, 3);
}

static void the_other_id_is_known_until_the_record_comes(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) pool = {0};
    CXLOG_AUTO_VALUE(cxlog_record) record;
    cxlog_record_init(&record);
    char id[CXLOG_ID_SIZE];
    make_pool(&pool, false);
    const char *sum = cxlog_entry_text(&pool.row[ROW_A].entry, CXLOG_COL_CHECKSUM);
    MUST(cxlog_store_sealed_as(c->store, sum, id, &c->err));
    assert_string_equal(id, "");
    look(c, &pool, "a");
    MUST(cxlog_store_sealed_as(c->store, sum, id, &c->err));
    assert_string_equal(id, OTHER_ID);
    look(c, &pool, "A");
    MUST(cxlog_store_sealed_as(c->store, sum, id, &c->err));
    assert_string_equal(id, A_ID);
    assert_int_equal(cxlog_store_find(c->store, OTHER_ID, &record, &c->err),
                     CXLOG_ERR_VALUE);
}

#define T(name) cmocka_unit_test_setup_teardown(name, case_start, case_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(an_id_put_back_in_its_row),
        T(a_record_put_back_above_its_row),
        T(a_record_put_back_in_place_of_its_row),
        T(a_row_that_a_note_pushed_down),
        T(a_row_that_a_record_pushed_down),
        T(a_correction_of_the_record_before_it),
        T(a_correction_that_names_the_other_id),
        T(a_void_that_names_the_other_id),
        T(a_correction_in_a_group_that_names_the_other_id),
        T(a_void_in_a_group_that_names_the_other_id),
        T(counts_are_those_of_a_store_that_knew_the_record),
        T(a_void_that_lost_its_record_stands_where_it_was_logged),
        T(a_record_that_comes_when_its_row_is_gone_is_not_missing),
        T(the_other_id_is_known_until_the_record_comes),
    };
    return cmocka_run_group_tests_name("store_put_back", tests, NULL, NULL);
}
