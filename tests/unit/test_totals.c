/* Order and folding of totals, and the words they are asked for by. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <cxlog/totals.h>

static cxlog_totals *totals_of(cxlog_by_kind first, int second)
{
    cxlog_totals *t = calloc(1, sizeof *t);
    t->rows = calloc(16, sizeof *t->rows);
    t->by[0].kind = first;
    t->by_count = 1;
    if (second >= 0) {
        t->by[1].kind = (cxlog_by_kind)second;
        t->by_count = 2;
    }
    return t;
}

static void add(cxlog_totals *t, const char *a, const char *b, int64_t count,
                int64_t cumulative)
{
    cxlog_total_row *row = &t->rows[t->row_count++];
    row->key[0] = strdup(a);
    row->key[1] = b ? strdup(b) : NULL;
    row->count = count;
    row->previous = count + 1;
    row->cumulative = cumulative;
}

static void expect(const cxlog_totals *t, const char *expected)
{
    char got[512] = "";
    for (size_t i = 0; i < t->row_count; i++) {
        const cxlog_total_row *row = &t->rows[i];
        size_t at = strlen(got);
        snprintf(got + at, sizeof got - at, "%s%s%s=%d%s", row->key[0],
                 row->key[1] ? "," : "", row->key[1] ? row->key[1] : "", (int)row->count,
                 row->folded ? "+ " : " ");
    }
    assert_string_equal(got, expected);
}

static void rows_stand_by_count_then_cumulative_then_key(void **state)
{
    (void)state;
    CXLOG_AUTO(cxlog_totals) *t = totals_of(CXLOG_BY_CATEGORY, -1);
    add(t, "b", NULL, 2, 9);
    add(t, "a", NULL, 2, 9);
    add(t, "c", NULL, 2, 10);
    add(t, "d", NULL, 5, 5);
    add(t, "", NULL, 0, 1);
    cxlog_totals_sort(t);
    expect(t, "d=5 c=2 a=2 b=2 =0 ");
}

static void dimensions_with_an_order_keep_it(void **state)
{
    (void)state;
    CXLOG_AUTO(cxlog_totals) *t = totals_of(CXLOG_BY_MONTH, CXLOG_BY_HOUR);
    add(t, "2026-02", "09", 9, 9);
    add(t, "2026-01", "17", 1, 1);
    add(t, "2026-02", "08", 1, 1);
    add(t, "2026-01", "08", 5, 5);
    cxlog_totals_sort(t);
    expect(t, "2026-01,08=5 2026-01,17=1 2026-02,08=1 2026-02,09=9 ");
}

static void pairs_stand_by_the_sums_of_the_first(void **state)
{
    (void)state;
    CXLOG_AUTO(cxlog_totals) *t = totals_of(CXLOG_BY_CATEGORY, CXLOG_BY_CHANNEL);
    add(t, "a", "x", 4, 4);
    add(t, "b", "x", 3, 3);
    add(t, "b", "y", 2, 2);
    add(t, "c", "y", 5, 6);
    cxlog_totals_sort(t);
    expect(t, "c,y=5 b,x=3 b,y=2 a,x=4 ");
}

static void a_fold_keeps_the_top_and_every_sum(void **state)
{
    (void)state;
    CXLOG_AUTO(cxlog_totals) *t = totals_of(CXLOG_BY_CATEGORY, -1);
    add(t, "a", NULL, 5, 50);
    add(t, "", NULL, 4, 40);
    add(t, "c", NULL, 3, 30);
    add(t, "d", NULL, 2, 20);
    cxlog_totals_sort(t);
    assert_int_equal(cxlog_totals_fold(t, 2, NULL), CXLOG_OK);
    expect(t, "a=5 =4 =5+ ");
    assert_int_equal(t->rows[2].folded, 2);
    assert_int_equal(t->rows[2].cumulative, 50);
    assert_int_equal(t->rows[2].previous, 7);
    assert_int_equal(cxlog_totals_fold(t, 2, NULL),
                     CXLOG_OK); /* folding again changes nothing */
    assert_int_equal(t->rows[2].folded, 2);
    cxlog_totals_sort(t);
    expect(t, "a=5 =4 =5+ ");
}

static void a_fold_of_few_rows_changes_nothing(void **state)
{
    (void)state;
    CXLOG_AUTO(cxlog_totals) *t = totals_of(CXLOG_BY_CATEGORY, -1);
    add(t, "a", NULL, 5, 50);
    add(t, "b", NULL, 4, 40);
    assert_int_equal(cxlog_totals_fold(t, 2, NULL), CXLOG_OK);
    expect(t, "a=5 b=4 ");
}

static void a_fold_of_pairs_has_one_row_a_second_key(void **state)
{
    (void)state;
    CXLOG_AUTO(cxlog_totals) *t = totals_of(CXLOG_BY_CATEGORY, CXLOG_BY_CHANNEL);
    add(t, "a", "x", 50, 1);
    add(t, "b", "x", 10, 1);
    add(t, "b", "y", 1, 1);
    add(t, "c", "y", 9, 1);
    cxlog_totals_sort(t);
    t->rows[3].previous = CXLOG_BLANK;
    assert_int_equal(cxlog_totals_fold(t, 1, NULL), CXLOG_OK);
    expect(t, "a,x=50 ,y=10+ ,x=10+ ");
    assert_int_equal(t->rows[1].folded, 2);
    assert_int_equal(t->rows[1].previous, CXLOG_BLANK);
    assert_int_equal(t->rows[2].folded, 1);
}

/* Linked with --wrap: sorting asks for no memory that it could lack. */
static bool starved;
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);

void *__wrap_calloc(size_t count, size_t size)
{
    return starved ? NULL : __real_calloc(count, size);
}

void *__wrap_malloc(size_t size)
{
    return starved ? NULL : __real_malloc(size);
}

static void pairs_stand_in_order_without_memory(void **state)
{
    (void)state;
    CXLOG_AUTO(cxlog_totals) *t = totals_of(CXLOG_BY_CATEGORY, CXLOG_BY_CHANNEL);
    add(t, "a", "x", 3, 1);
    add(t, "b", "x", 2, 1);
    add(t, "a", "y", 1, 1);
    add(t, "b", "y", 9, 1);
    starved = true;
    cxlog_totals_sort(t);
    starved = false;
    expect(t, "b,y=9 b,x=2 a,x=3 a,y=1 ");
}

static void dimensions_are_known_by_both_words(void **state)
{
    (void)state;
    for (int i = 0; i < CXLOG_BY_FIELD; i++) {
        cxlog_by by = {.kind = CXLOG_BY_FIELD};
        assert_int_equal(cxlog_by_parse(&by, cxlog_by_word((cxlog_by_kind)i), NULL),
                         CXLOG_OK);
        assert_int_equal(by.kind, i);
        assert_int_equal(cxlog_by_parse(&by, cxlog_by_korean((cxlog_by_kind)i), NULL),
                         CXLOG_OK);
        assert_int_equal(by.kind, i);
    }
    static const char *const fields[] = {"field:등급", "필드:등급"};
    for (size_t i = 0; i < 2; i++) {
        cxlog_by by = {0};
        assert_int_equal(cxlog_by_parse(&by, fields[i], NULL), CXLOG_OK);
        assert_int_equal(by.kind, CXLOG_BY_FIELD);
        assert_string_equal(by.field, "등급");
    }
}

static void agent_and_sentiment_have_a_second_korean_word(void **state)
{
    (void)state;
    cxlog_by by = {.kind = CXLOG_BY_FIELD};
    assert_int_equal(cxlog_by_parse(&by, "상담사", NULL), CXLOG_OK);
    assert_int_equal(by.kind, CXLOG_BY_AGENT);
    assert_int_equal(cxlog_by_parse(&by, "감성", NULL), CXLOG_OK);
    assert_int_equal(by.kind, CXLOG_BY_SENTIMENT);
}

static void a_dimension_may_be_typed_in_parts(void **state)
{
    (void)state;
    cxlog_by by = {.kind = CXLOG_BY_FIELD};
    /* 구분 and 등급 as a Mac's file names and some terminals give them: NFD. */
    const char *category = "\u1100\u116e\u1107\u116e\u11ab";
    const char *field = "field:\u1103\u1173\u11bc\u1100\u1173\u11b8";
    assert_int_equal(cxlog_by_parse(&by, category, NULL), CXLOG_OK);
    assert_int_equal(by.kind, CXLOG_BY_CATEGORY);
    assert_int_equal(cxlog_by_parse(&by, field, NULL), CXLOG_OK);
    assert_string_equal(by.field, "등급");
}

static void an_unknown_dimension_is_refused_with_near_ones(void **state)
{
    (void)state;
    char lengthy[6 + CXLOG_BY_FIELD_SIZE + 1];
    memset(lengthy, 'x', sizeof lengthy);
    memcpy(lengthy, "field:", 6);
    lengthy[sizeof lengthy - 1] = '\0';
    const char *const bad[] = {"",       "colour",   "field", "필드",
                               "field:", "Category", lengthy};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        cxlog_by by = {.kind = CXLOG_BY_TAG};
        if (cxlog_by_parse(&by, bad[i], NULL) != CXLOG_ERR_VALUE)
            fail_msg("accepted \"%s\"", bad[i]);
        assert_int_equal(by.kind, CXLOG_BY_TAG);
    }
    cxlog_error err = {0};
    cxlog_by by;
    assert_int_equal(cxlog_by_parse(&by, "categry", &err), CXLOG_ERR_VALUE);
    assert_string_equal(err.suggestions[0], "category");
}

static void only_times_have_an_order_of_their_own(void **state)
{
    (void)state;
    assert_true(cxlog_by_ordered(CXLOG_BY_WEEKDAY) && cxlog_by_ordered(CXLOG_BY_YEAR) &&
                cxlog_by_ordered(CXLOG_BY_HOUR));
    assert_false(cxlog_by_ordered(CXLOG_BY_CUSTOMER) || cxlog_by_ordered(CXLOG_BY_FIELD));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_stand_by_count_then_cumulative_then_key),
        cmocka_unit_test(dimensions_with_an_order_keep_it),
        cmocka_unit_test(pairs_stand_by_the_sums_of_the_first),
        cmocka_unit_test(a_fold_keeps_the_top_and_every_sum),
        cmocka_unit_test(a_fold_of_few_rows_changes_nothing),
        cmocka_unit_test(a_fold_of_pairs_has_one_row_a_second_key),
        cmocka_unit_test(pairs_stand_in_order_without_memory),
        cmocka_unit_test(dimensions_are_known_by_both_words),
        cmocka_unit_test(agent_and_sentiment_have_a_second_korean_word),
        cmocka_unit_test(a_dimension_may_be_typed_in_parts),
        cmocka_unit_test(an_unknown_dimension_is_refused_with_near_ones),
        cmocka_unit_test(only_times_have_an_order_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
