/* Lists of records: what they hold, in which order, past each filter. */
#include "store_corrected.h"

static int64_t listed(store_case *c, const cxlog_list_query *query, char *categories)
{
    CXLOG_AUTO(cxlog_cursor) *cursor = NULL;
    CXLOG_AUTO_VALUE(cxlog_record) record;
    cxlog_record_init(&record);
    bool more = true;
    int64_t count = 0;
    categories[0] = '\0';
    MUST(cxlog_store_list(c->store, query, &cursor, &c->err));
    for (;;) {
        MUST(cxlog_cursor_next(cursor, &record, &more, &c->err));
        if (!more)
            return count;
        count++;
        strcat(categories, cxlog_entry_text(&record.entry, CXLOG_COL_CATEGORY));
        strcat(categories, " ");
    }
}

static void a_list_holds_effective_records_of_the_days_in_order_of_contact(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(groups) g;
    groups_make(c, &g);
    log_one(c, NULL, AT(DAY0 + 1, 50), "칭찬", "전화"); /* logged last, contacted first */
    char got[512];
    cxlog_list_query query = {.from = DAY0, .to = DAY0 + 1};
    assert_int_equal(listed(c, &query, got), 2);
    assert_string_equal(got, "칭찬 회원 ");
    query.to = DAY0 + 2;
    query.all_versions = true;
    assert_int_equal(listed(c, &query, got), 7);
    query.root = id_of(&g.amended); /* any member of the group will do */
    assert_int_equal(listed(c, &query, got), 3);
    assert_string_equal(got, "배송 오류 회원 ");
}

/* One record with all that filters ask for, and two plain ones. */
static void three_make(store_case *c)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_start(&entry, AT(DAY0, 1), "배송", "전화");
    put(&entry, CXLOG_COL_DETAIL, "해외");
    put(&entry, CXLOG_COL_TAGS, "급함, 재문의");
    put(&entry, CXLOG_COL_REGION, "부산");
    put(&entry, CXLOG_COL_NOTE, "Parcel 100% lost");
    put(&entry, CXLOG_COL_CUSTOMER, "하나상사");
    put(&entry, CXLOG_COL_RESULT, "진행");
    put(&entry, CXLOG_COL_SENTIMENT, "부정");
    seal(&entry);
    MUST(cxlog_store_add(c->store, &entry, 1, NULL, &c->err));
    log_one(c, NULL, AT(DAY0, 2), "배송", "전화");
    log_one(c, NULL, AT(DAY0, 3), "환불", "이메일");
}

typedef struct filter_case {
    cxlog_filter filter;
    int64_t count; /* of the three */
} filter_case;

static void each_passes(store_case *c, const filter_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char got[512];
        cxlog_list_query query = {.from = DAY0, .to = DAY0, .filter = cases[i].filter};
        int64_t passed = listed(c, &query, got);
        if (passed != cases[i].count)
            fail_msg("filter %zu: %d records", i, (int)passed);
    }
}

#define ONE(x)                                                                           \
    (const char *const[])                                                                \
    {                                                                                    \
        x, NULL                                                                          \
    }

static void a_list_obeys_each_filter(void **state)
{
    store_case *c = *state;
    three_make(c);
    const filter_case cases[] = {
        {{.only.category = ONE("배송")}, 2},
        {{.only.category = ONE("배송/해외")}, 1},
        {{.only.category = ONE("배송/")}, 1},
        {{.only.category = ONE("배송비")}, 0}, /* another one, whose name begins so */
        {{.only.category = (const char *const[]){"배송/해외", "환불", NULL}}, 2},
        {{.only.channel = ONE("이메일")}, 1},
        {{.only.region = ONE("부산")}, 1},
        {{.only.region = ONE("")}, 2},
        {{.only.agent = ONE("김하늘")}, 3},
        {{.only.agent = ONE("김하")}, 0},
        {{.only.sentiment = ONE("부정")}, 1},
        {{.only.result = ONE("진행")}, 1},
        {{.only.customer = ONE("하나상사")}, 1},
        {{.only.tag = ONE("재문의")}, 1},
        {{.only.tag = ONE("재문")}, 0},
        {{.only.tag = ONE("")}, 2},
        {{.grep = "pARCEL 100%"}, 1},
        {{.grep = "하나"}, 1},
        {{.grep = "%"}, 1},
        {{.only.category = ONE("배송"), .only.region = ONE("")}, 1},
    };
    each_passes(c, cases, sizeof cases / sizeof cases[0]);
}

static void a_list_leaves_out_what_each_filter_takes(void **state)
{
    store_case *c = *state;
    three_make(c);
    const filter_case cases[] = {
        {{.without.category = ONE("배송")}, 1},
        {{.without.category = ONE("배송/해외")}, 2},
        {{.without.category = ONE("배송/")}, 2},
        {{.without.channel = (const char *const[]){"이메일", "전화", NULL}}, 0},
        {{.without.region = ONE("")}, 1},
        {{.without.agent = ONE("김하")}, 3},
        {{.without.sentiment = ONE("부정")}, 2},
        {{.without.result = ONE("진행")}, 2},
        {{.without.customer = ONE("하나상사")}, 2},
        {{.without.tag = ONE("재문의")}, 2},
        {{.without.tag = ONE("")}, 1},
        {{.without = {.category = ONE("환불"), .tag = ONE("급함")}}, 1},
        {{.only.category = ONE("배송"), .without.region = ONE("부산")}, 1},
        {{.only.category = ONE("배송"), .without.category = ONE("배송")}, 0},
    };
    each_passes(c, cases, sizeof cases / sizeof cases[0]);
}

static void unsent_records_are_listed_in_order_of_contact(void **state)
{
    store_case *c = *state;
    log_one(c, NULL, AT(DAY0 + 3, 1), "다", "전화");
    log_one(c, NULL, AT(DAY0 + 1, 1), "가", "전화");
    log_one(c, NULL, AT(DAY0 + 2, 1), "나", "전화");
    CXLOG_AUTO(cxlog_batch) *batch = NULL;
    MUST(cxlog_store_batch_make(c->store, 1000, CXLOG_BATCH_ROWS, &batch, &c->err));
    char got[512];
    cxlog_list_query query = {.from = DAY0, .to = DAY0 + 9, .unsent = true};
    assert_int_equal(listed(c, &query, got), 3); /* unknown is unsent */
    assert_string_equal(got, "가 나 다 ");
    MUST(cxlog_store_batch_applied(c->store, batch, &c->err));
    assert_int_equal(listed(c, &query, got), 0);
}

static void what_is_counted_as_unsent_is_listed(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(groups) g;
    groups_make(c, &g); /* six, none sent */
    MUST(cxlog_store_quarantine(c->store, id_of(&g.the_void), "too long", &c->err));
    MUST(cxlog_store_quarantine(c->store, id_of(&g.first), "too long", &c->err));
    cxlog_counts counts;
    MUST(cxlog_store_counts(c->store, "김하늘", DAY0, &counts, &c->err));
    assert_int_equal(counts.pending, 4);
    assert_int_equal(counts.quarantined, 1); /* nothing waits for the corrected one */
    char got[512];
    cxlog_list_query query = {.from = DAY0, .to = DAY0 + 9, .unsent = true};
    assert_int_equal(listed(c, &query, got), 5);
    query.all_versions = true;
    assert_int_equal(listed(c, &query, got), 6);
}

#define T(name) cmocka_unit_test_setup_teardown(name, case_start, case_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_list_holds_effective_records_of_the_days_in_order_of_contact),
        T(a_list_obeys_each_filter),
        T(a_list_leaves_out_what_each_filter_takes),
        T(unsent_records_are_listed_in_order_of_contact),
        T(what_is_counted_as_unsent_is_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
