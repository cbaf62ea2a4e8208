#include <unistd.h>

#include "cli/lead.h"
#include "cli_case.h"

/* Days of very different length: pages end with a day, and one day is longer than any
 * page. */
static const int day_counts[] = {3, 997, 1, 2, 2500, 0, 600, 600, 1000, 7};
#define DAYS ((int)(sizeof day_counts / sizeof day_counts[0]))

static char folder[] = "/tmp/cxlog-feed-XXXXXX";
static char path[64];
static cxlog_store *store;
static cxlog_day first_day;
static int64_t total;

static void add_day(cxlog_day day, int count)
{
    cxlog_entry *entries = calloc((size_t)count + 1, sizeof *entries);
    assert_non_null(entries);
    for (int i = 0; i < count; i++) {
        char id[CXLOG_ID_SIZE];
        cxlog_entry *entry = &entries[i];
        cxlog_entry_init(entry);
        assert_int_equal(cxlog_id_new(id, NULL), CXLOG_OK);
        assert_int_equal(cxlog_entry_set(entry, CXLOG_COL_ID, id, NULL), CXLOG_OK);
        assert_int_equal(cxlog_entry_set(entry, CXLOG_COL_AGENT, "하늘", NULL), CXLOG_OK);
        assert_int_equal(cxlog_entry_set(entry, CXLOG_COL_CATEGORY, "배송", NULL),
                         CXLOG_OK);
        entry->number[CXLOG_COL_CONTACTED_AT] = (cxlog_wall)day * 86400 + i;
        entry->number[CXLOG_COL_LOGGED_AT] = (cxlog_wall)day * 86400 + i;
        assert_int_equal(cxlog_entry_seal(entry, NULL), CXLOG_OK);
    }
    if (count > 0)
        assert_int_equal(cxlog_store_add(store, entries, (size_t)count, NULL, NULL),
                         CXLOG_OK);
    for (int i = 0; i < count; i++)
        cxlog_entry_clear(&entries[i]);
    free(entries);
    total += count;
}

static int open_store(void **state)
{
    (void)state;
    cxlog_error err = {0};
    if (!mkdtemp(folder) || cxlog_zone_use("Asia/Seoul", NULL) != CXLOG_OK)
        return -1;
    (void)snprintf(path, sizeof path, "%s/cxlog.db", folder);
    const cxlog_store_options options = {.path = path, .busy_ms = 1000, .create = true};
    if (cxlog_store_open(&store, &options, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
    first_day = cxlog_day_make(2026, 3, 1);
    for (int i = 0; i < DAYS; i++)
        add_day(first_day + i, day_counts[i]);
    return 0;
}

static int close_store(void **state)
{
    (void)state;
    cxlog_store_close(store);
    char journal[80];
    (void)snprintf(journal, sizeof journal, "%s-journal", path);
    (void)unlink(journal);
    (void)unlink(path);
    return rmdir(folder);
}

typedef struct heard {
    int64_t count;
    cxlog_wall last;
    bool in_order;
    cxlog_status answer;
} heard;

static cxlog_status hear(void *data, const cxlog_record *record, cxlog_error *err)
{
    (void)err;
    heard *h = data;
    cxlog_wall at = record->entry.number[CXLOG_COL_CONTACTED_AT];
    h->in_order = h->in_order && at > h->last;
    h->last = at;
    h->count++;
    return h->answer;
}

static cxlog_status feed(heard *h, int from, int to, int64_t skip)
{
    *h = (heard){.in_order = true, .last = INT64_MIN, .answer = h->answer};
    const cxlog_list_query query = {.from = first_day + from, .to = first_day + to};
    return cli_feed(store, &query, skip, hear, h, NULL);
}

static void every_record_comes_once_and_in_order(void **state)
{
    (void)state;
    heard h = {0};
    assert_int_equal(feed(&h, 0, DAYS - 1, 0), CXLOG_OK);
    assert_int_equal(h.count, total);
    assert_true(h.in_order);
}

static void any_two_days_bound_what_comes(void **state)
{
    (void)state;
    for (int from = 0; from < DAYS; from++) {
        for (int to = from; to < DAYS; to++) {
            int64_t expected = 0;
            for (int i = from; i <= to; i++)
                expected += day_counts[i];
            heard h = {0};
            assert_int_equal(feed(&h, from, to, 0), CXLOG_OK);
            if (h.count != expected || !h.in_order)
                fail_msg("days %d to %d: %lld records", from, to, (long long)h.count);
        }
    }
}

static void the_first_ones_can_be_left_out(void **state)
{
    (void)state;
    heard h = {0};
    assert_int_equal(feed(&h, 0, DAYS - 1, total - 5), CXLOG_OK);
    assert_int_equal(h.count, 5);
    assert_int_equal(feed(&h, 0, DAYS - 1, total + 5), CXLOG_OK);
    assert_int_equal(h.count, 0);
}

static void the_newest_are_found_from_the_end(void **state)
{
    (void)state;
    for (int to = 0; to < DAYS; to++) {
        for (int64_t limit = 1; limit <= total + 1; limit = limit * 2 + 1) {
            int64_t expected = 0;
            for (int i = 0; i <= to; i++)
                expected += day_counts[i];
            expected = expected < limit ? expected : limit;
            heard h = {0};
            int64_t skip = -1;
            cxlog_list_query query = {.from = first_day, .to = first_day + to};
            assert_int_equal(cli_feed_newest(&skip, store, &query, limit, NULL),
                             CXLOG_OK);
            assert_int_equal(feed(&h, query.from - first_day, to, skip), CXLOG_OK);
            if (h.count != expected || query.from < first_day)
                fail_msg("%lld up to day %d: %lld records", (long long)limit, to,
                         (long long)h.count);
        }
    }
}

static void a_reader_that_fails_ends_it(void **state)
{
    (void)state;
    heard h = {.answer = CXLOG_ERR_IO};
    assert_int_equal(feed(&h, 0, DAYS - 1, 0), CXLOG_ERR_IO);
    assert_int_equal(h.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_record_comes_once_and_in_order),
        cmocka_unit_test(any_two_days_bound_what_comes),
        cmocka_unit_test(the_first_ones_can_be_left_out),
        cmocka_unit_test(the_newest_are_found_from_the_end),
        cmocka_unit_test(a_reader_that_fails_ends_it),
    };
    return cmocka_run_group_tests(tests, open_store, close_store);
}
