/* Totals: rollups, full scan and a recount without SQL agree about random data. */
#include "store_model.h"

static cxlog_filter some_filter(int which)
{
    static const char *const two[] = {"배송/해외", "환불", NULL};
    static const char *const phone[] = {"전화", NULL};
    static const char *const busan[] = {"부산", NULL};
    static const char *const none[] = {"", NULL};
    static const char *const urgent[] = {"급함", NULL};
    static const char *const agent[] = {"이바다", NULL};
    static const char *const good[] = {"긍정", NULL};
    const cxlog_filter filters[] = {{.grep = NULL},
                                    {.only.category = two},
                                    {.only.category = two, .only.channel = phone},
                                    {.only.region = busan},
                                    {.only.channel = none, .only.region = busan},
                                    {.only.tag = urgent},
                                    {.grep = "LOST"},
                                    {.only.result = none},
                                    {.without.category = two},
                                    {.without = {.channel = phone, .region = none}},
                                    {.without.agent = agent},
                                    {.without.sentiment = good},
                                    {.without.result = none},
                                    {.without.customer = none},
                                    {.only.category = two, .without.tag = urgent}};
    return filters[which];
}
#define FILTERS 15

static const cxlog_by *every_by(size_t *count)
{
    static cxlog_by all[CXLOG_BY_KIND_COUNT];
    for (int i = 0; i < CXLOG_BY_KIND_COUNT; i++)
        all[i].kind = (cxlog_by_kind)i;
    strcpy(all[CXLOG_BY_FIELD].field, "등급");
    *count = CXLOG_BY_KIND_COUNT;
    return all;
}

static void every_dimension_and_filter_equals_a_recount(void **state)
{
    store_case *c = *state;
    world *w = calloc(1, sizeof *w);
    build(c, w, __func__);
    size_t bys = 0;
    const cxlog_by *by = every_by(&bys);
    static const cxlog_period_kind kinds[] = {CXLOG_PERIOD_DAY, CXLOG_PERIOD_WEEK,
                                              CXLOG_PERIOD_MONTH, CXLOG_PERIOD_HALF,
                                              CXLOG_PERIOD_YEAR};
    int step = 0;
    for (size_t i = 0; i < bys; i++) {
        for (int f = 0; f < FILTERS; f++, step++) {
            cxlog_query q = {.by = {by[i]}, .by_count = 1, .filter = some_filter(f)};
            q.period = cxlog_period_of(kinds[step % 5], FIRST_DAY + (step * 37) % DAYS);
            CXLOG_AUTO(cxlog_totals) *t = NULL;
            MUST(cxlog_store_totals(c->store, &q, &t, &c->err));
            check_against_model(c, &w->m, w->effective, &q, t);
        }
    }
    clear_model(&w->m);
    free(w);
}

static void every_pair_of_dimensions_equals_a_recount(void **state)
{
    store_case *c = *state;
    world *w = calloc(1, sizeof *w);
    build(c, w, __func__);
    size_t bys = 0;
    const cxlog_by *by = every_by(&bys);
    for (size_t i = 0; i < bys; i++) {
        for (size_t j = 0; j < bys; j++) {
            cxlog_query q = {.by = {by[i], by[j]}, .by_count = 2};
            q.filter = some_filter((int)((i + j) % 3));
            q.period = cxlog_period_of(CXLOG_PERIOD_QUARTER,
                                       FIRST_DAY + (int)((i * 31 + j * 17) % DAYS));
            CXLOG_AUTO(cxlog_totals) *t = NULL;
            MUST(cxlog_store_totals(c->store, &q, &t, &c->err));
            check_against_model(c, &w->m, w->effective, &q, t);
        }
    }
    clear_model(&w->m);
    free(w);
}

/* Rollups as they are against rollups computed anew from the records. */
static void rollups_hold_exactly_the_effective_records(void **state)
{
    store_case *c = *state;
    world *w = calloc(1, sizeof *w);
    build(c, w, __func__);
    static const char *const dims[] = {"category",  "region", "agent",
                                       "sentiment", "result", "at"};
    for (int dim = 0; dim < 6; dim++) {
        char sql[900];
        const char *a = dims[dim];
        snprintf(sql, sizeof sql,
                 "SELECT count(*) FROM (SELECT day, a, b, c, n FROM roll WHERE span = 0"
                 " AND dim = %d EXCEPT SELECT at / 86400, %s%s%s, %s, %s, count(*)"
                 " FROM record WHERE effective = 1 GROUP BY 1, 2, 3, 4)",
                 dim, dim == 5 ? "printf('%02d', at % 86400 / 3600)" : "coalesce(",
                 dim == 5 ? "" : a, dim == 5 ? "" : ", '')",
                 dim ? "''" : "coalesce(detail, '')",
                 dim ? "''" : "coalesce(channel, '')");
        int64_t different = -1;
        MUST(cx_pragma_number(&different, c->store, sql, &c->err));
        assert_int_equal(different, 0);
        snprintf(
            sql, sizeof sql,
            "SELECT (SELECT sum(n) FROM roll WHERE span = 0 AND dim = %d) * 1000000 +"
            " (SELECT sum(n) FROM roll WHERE span = 1 AND dim = %d)",
            dim, dim);
        int64_t sums = 0, effective = 0;
        MUST(cx_pragma_number(&sums, c->store, sql, &c->err));
        MUST(cx_pragma_number(&effective, c->store,
                              "SELECT count(*) FROM record WHERE effective = 1",
                              &c->err));
        assert_int_equal(sums, effective * 1000001);
    }
    clear_model(&w->m);
    free(w);
}

static void mapped_and_logged_totals_have_the_same_sum(void **state)
{
    store_case *c = *state;
    cxlog_scheme *scheme = NULL;
    MUST(cxlog_store_scheme(c->store, &scheme, &c->err));
    int64_t number = 0, shared = 0;
    char chain[CXLOG_CHAIN_SIZE];
    MUST(cxlog_store_chain(c->store, &number, chain, &shared, &c->err));
    cxlog_proposal merge = {.action = CXLOG_ACTION_MERGE,
                            .dim = CXLOG_DIM_CATEGORY,
                            .name = "칭찬",
                            .target = "제안",
                            .reason = "드물다",
                            .from = CXLOG_NO_DAY,
                            .author = "팀장",
                            .now = cxlog_wall_now()};
    CXLOG_AUTO_VALUE(cxlog_event) event;
    cxlog_event_init(&event);
    MUST(cxlog_scheme_propose(&event, scheme, chain, &merge, &c->err));
    MUST(cxlog_store_events_add(c->store, &event, 1, false, &c->err));
    cxlog_scheme_free(scheme);
    for (int i = 0; i < 6; i++)
        log_one(c, NULL, AT(DAY0 + i, i), i % 2 ? "칭찬" : i ? "제안" : "기타", "전화");
    cxlog_query q = {.by = {{.kind = CXLOG_BY_CATEGORY}}, .by_count = 1};
    q.period = cxlog_period_of(CXLOG_PERIOD_YEAR, DAY0);
    CXLOG_AUTO(cxlog_totals) *logged = NULL;
    CXLOG_AUTO(cxlog_totals) *mapped = NULL;
    MUST(cxlog_store_totals(c->store, &q, &logged, &c->err));
    q.mapped = true;
    MUST(cxlog_store_totals(c->store, &q, &mapped, &c->err));
    assert_int_equal(logged->row_count, 3);
    assert_int_equal(mapped->row_count, 2);
    assert_string_equal(mapped->rows[0].key[0], "제안");
    assert_int_equal(mapped->rows[0].count, 5);
    assert_int_equal(mapped->total.count, logged->total.count);
}

static void the_basis_counts_what_touches_the_year_to_date(void **state)
{
    store_case *c = *state;
    log_one(c, NULL, AT(DAY0 - 1, 1), "배송", "전화"); /* last year */
    log_one(c, NULL, AT(DAY0 + 1, 1), "배송",
            "전화"); /* before the period, in its year */
    log_one(c, NULL, AT(DAY0 + 70, 1), "배송", "전화"); /* after it */
    MUST(cxlog_store_set(c->store, CXLOG_META_LAST_SYNC, "1767225600", &c->err));
    cxlog_query q = {.by = {{.kind = CXLOG_BY_CHANNEL}}, .by_count = 1};
    q.period = cxlog_period_of(CXLOG_PERIOD_MONTH, DAY0 + 40);
    q.vs = CXLOG_VS_NONE;
    CXLOG_AUTO(cxlog_totals) *t = NULL;
    MUST(cxlog_store_totals(c->store, &q, &t, &c->err));
    assert_int_equal(t->basis.pending, 1);
    assert_string_equal(t->basis.zone, "Asia/Seoul");
    assert_string_equal(t->basis.last_sync, "2026-01-01T00:00:00+09:00");
    assert_true(t->basis.scheme_version > 0);
    assert_int_equal(t->total.previous, CXLOG_BLANK);
    assert_int_equal(t->total.cumulative, 1);
}

static void a_tag_of_any_length_is_counted(void **state)
{
    store_case *c = *state;
    static const size_t lengths[] = {1023, 1024, 1025, 3000, 49999};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        CXLOG_AUTO_VALUE(cxlog_entry) entry;
        char tag[50000] = "", all[50100];
        memset(tag, 'a', lengths[i]);
        snprintf(all, sizeof all, "vip, %s, new", tag);
        entry_start(&entry, AT(DAY0 + (int)i, 1), "배송", "전화");
        put(&entry, CXLOG_COL_TAGS, all);
        seal(&entry);
        MUST(cxlog_store_add(c->store, &entry, 1, NULL, &c->err));
        cxlog_query q = {.by = {{.kind = CXLOG_BY_TAG}, {.kind = CXLOG_BY_CHANNEL}},
                         .by_count = 2,
                         .period = cxlog_period_of(CXLOG_PERIOD_DAY, DAY0 + (int)i)};
        CXLOG_AUTO(cxlog_totals) *t = NULL;
        MUST(cxlog_store_totals(c->store, &q, &t, &c->err));
        int found = 0;
        for (size_t k = 0; k < t->row_count; k++)
            found += strcmp(t->rows[k].key[0], tag) == 0 && t->rows[k].count == 1 &&
                     strcmp(t->rows[k].key[1], "전화") == 0;
        if (found != 1)
            fail_msg("a tag of %zu bytes stands in %d rows", lengths[i], found);
    }
}

static void commas_without_a_tag_count_for_nothing(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_start(&entry, AT(DAY0, 1), "배송", "전화");
    put(&entry, CXLOG_COL_TAGS, ", vip,, new,");
    seal(&entry);
    MUST(cxlog_store_add(c->store, &entry, 1, NULL, &c->err));
    cxlog_query q = {.by = {{.kind = CXLOG_BY_TAG}}, .by_count = 1};
    q.period = cxlog_period_of(CXLOG_PERIOD_DAY, DAY0);
    CXLOG_AUTO(cxlog_totals) *t = NULL;
    MUST(cxlog_store_totals(c->store, &q, &t, &c->err));
    assert_int_equal(t->row_count, 2);
    for (size_t i = 0; i < t->row_count; i++) {
        assert_true(*t->rows[i].key[0]);
        assert_non_null(strstr("vip new", t->rows[i].key[0]));
    }
}

/* A record from the sheet, where people type into the cells. */
static void log_cells(store_case *c, cxlog_day day, const char *category,
                      const char *detail, const char *cell)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_start(&entry, AT(day, 1), category, "전화");
    put(&entry, CXLOG_COL_DETAIL, detail);
    put(&entry, CXLOG_COL_TAGS, cell);
    seal(&entry);
    MUST(cxlog_store_add(c->store, &entry, 1, NULL, &c->err));
}

static void a_record_counts_once_under_a_tag_however_it_was_typed(void **state)
{
    store_case *c = *state;
    static const struct {
        const char *cell, *tag;
    } cases[] = {
        {"급함, 급함", "급함"},
        {"급함 , 급함", "급함"},
        {"급함,급함,급함", "급함"},
        {" 급함", "급함"},
        {"급함\u3000,\u00a0급함", "급함"},
        {"\t재 문의 ,", "재 문의"},
        {",", ""},
        {" , ,\u3000", ""},
        {"\u200b", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const cxlog_day day = DAY0 + (cxlog_day)i;
        const char *const wanted[] = {cases[i].tag, NULL};
        log_cells(c, day, "배송", NULL, cases[i].cell);
        cxlog_query q = {.by = {{.kind = CXLOG_BY_TAG}},
                         .by_count = 1,
                         .vs = CXLOG_VS_NONE,
                         .no_cumulative = true,
                         .period = cxlog_period_of(CXLOG_PERIOD_DAY, day)};
        for (int filtered = 0; filtered < 2; filtered++) {
            CXLOG_AUTO(cxlog_totals) *t = NULL;
            MUST(cxlog_store_totals(c->store, &q, &t, &c->err));
            if (t->row_count != 1 || t->rows[0].count != 1 || t->total.count != 1 ||
                strcmp(t->rows[0].key[0], cases[i].tag) != 0)
                fail_msg("\"%s\" stands in %zu rows, first \"%s\" with %d", cases[i].cell,
                         t->row_count, t->row_count ? t->rows[0].key[0] : "",
                         t->row_count ? (int)t->rows[0].count : 0);
            q.filter.only.tag = wanted;
        }
    }
}

static void only_a_record_without_tags_passes_the_filter_on_none(void **state)
{
    store_case *c = *state;
    static const char *const none[] = {"", NULL};
    log_cells(c, DAY0, "배송", NULL, "급함");
    log_cells(c, DAY0, "배송", NULL, ", ");
    log_cells(c, DAY0, "배송", NULL, NULL);
    cxlog_query q = {.by = {{.kind = CXLOG_BY_CATEGORY}}, .by_count = 1};
    q.period = cxlog_period_of(CXLOG_PERIOD_DAY, DAY0);
    q.filter.only.tag = none;
    CXLOG_AUTO(cxlog_totals) *t = NULL;
    MUST(cxlog_store_totals(c->store, &q, &t, &c->err));
    assert_int_equal(t->total.count, 2);
}

static void names_of_any_length_are_counted_by_detail(void **state)
{
    store_case *c = *state;
    char category[3000];
    char key[3010];
    memset(category, 'x', sizeof category - 1);
    category[sizeof category - 1] = '\0';
    snprintf(key, sizeof key, "%s/해외", category);
    log_cells(c, DAY0, category, "해외", NULL);
    log_cells(c, DAY0, category, "해외", "급함");
    for (int scanned = 0; scanned < 2; scanned++) {
        cxlog_query q = {.by = {{.kind = CXLOG_BY_DETAIL}, {.kind = CXLOG_BY_CHANNEL}},
                         .by_count = 2,
                         .filter = {.grep = scanned ? "" : NULL},
                         .period = cxlog_period_of(CXLOG_PERIOD_DAY, DAY0)};
        CXLOG_AUTO(cxlog_totals) *t = NULL;
        MUST(cxlog_store_totals(c->store, &q, &t, &c->err));
        assert_int_equal(t->row_count, 1);
        assert_string_equal(t->rows[0].key[0], key);
        assert_string_equal(t->rows[0].key[1], "전화");
        assert_int_equal(t->rows[0].count, 2);
    }
}

static void what_asks_for_no_cumulative_gets_none_and_the_same_counts(void **state)
{
    store_case *c = *state;
    log_one(c, NULL, AT(DAY0, 1), "배송", "전화");
    log_one(c, NULL, AT(DAY0 + 40, 1), "배송", "전화");
    for (int scanned = 0; scanned < 2; scanned++) {
        cxlog_query q = {.by = {{.kind = CXLOG_BY_CATEGORY}},
                         .by_count = 1,
                         .no_cumulative = true,
                         .filter = {.grep = scanned ? "" : NULL},
                         .period = cxlog_period_of(CXLOG_PERIOD_DAY, DAY0 + 40)};
        CXLOG_AUTO(cxlog_totals) *t = NULL;
        MUST(cxlog_store_totals(c->store, &q, &t, &c->err));
        assert_int_equal(t->row_count, 1);
        assert_int_equal(t->rows[0].count, 1);
        assert_int_equal(t->rows[0].cumulative, 0);
        assert_int_equal(t->total.cumulative, 0);
    }
}

#define T(name) cmocka_unit_test_setup_teardown(name, case_start, case_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(every_dimension_and_filter_equals_a_recount),
        T(every_pair_of_dimensions_equals_a_recount),
        T(rollups_hold_exactly_the_effective_records),
        T(mapped_and_logged_totals_have_the_same_sum),
        T(the_basis_counts_what_touches_the_year_to_date),
        T(a_tag_of_any_length_is_counted),
        T(commas_without_a_tag_count_for_nothing),
        T(a_record_counts_once_under_a_tag_however_it_was_typed),
        T(only_a_record_without_tags_passes_the_filter_on_none),
        T(names_of_any_length_are_counted_by_detail),
        T(what_asks_for_no_cumulative_gets_none_and_the_same_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
