/* Whatever call fails in the middle of a close, of a check or of making the sheet
 * presentable, the same again, as a new process, ends as if nothing had. */
#include <stdio.h>

#include "breaking.h"
#include "desk.h"

typedef cxlog_status (*job)(desk *d);

typedef struct work {
    const char *name;
    desk *d;
    job act;
    void (*check)(desk *d);
    char *picture; /* of the sheet when nothing failed */
} work;

static void sheet_is_the_same(work *w)
{
    CXLOG_AUTO_TEXT there = desk_picture();
    if (!w->picture) {
        w->picture = CXLOG_TAKE(there);
        return;
    }
    size_t at = 0, line = 0;
    for (; there[at] && there[at] == w->picture[at]; at++)
        line = there[at] == '\n' ? at + 1 : line;
    if (there[at] || w->picture[at])
        fail_msg("%s, %s: the sheet has\n%.200s\nwithout it\n%.200s", w->name,
                 breaking_what(), there + line, w->picture + line);
}

static void attempt(void *context)
{
    work *w = context;
    desk *d = w->d;
    desk_back(d);
    breaking_remote(d->remote);
    d->err = (cxlog_error){0};
    breaking_start();
    cxlog_status status = w->act(d);
    bool struck = breaking_stop();
    if (status != CXLOG_OK && (!struck || !*d->err.message))
        fail_msg("%s, %s: %s \"%s\"", w->name, breaking_what(), cxlog_status_name(status),
                 d->err.message);
    for (int i = 0; i < 3 && (i == 0 || status != CXLOG_OK); i++) {
        desk_reopens(d);
        d->err = (cxlog_error){0};
        status = w->act(d);
    }
    if (status != CXLOG_OK)
        fail_msg("%s, %s: again: %s", w->name, breaking_what(), d->err.message);
    for (int i = 0; i < 2 && (i == 0 || desk_writes() != 0); i++) {
        (void)desk_writes();
        desk_reopens(d);
        if (w->act(d) != CXLOG_OK)
            fail_msg("%s, %s: once more: %s", w->name, breaking_what(), d->err.message);
    }
    if (desk_writes() != 0)
        fail_msg("%s, %s: it does not come to rest", w->name, breaking_what());
    if (w->check)
        w->check(d);
    sheet_is_the_same(w);
}

/* Without a check: nothing may be written. */
static void breaks(desk *d, const char *name, job act, void (*check)(desk *d),
                   size_t least)
{
    work w = {.name = name, .d = d, .act = act, .check = check};
    if (!check)
        w.picture = desk_picture();
    desk_keep(d);
    size_t ways = breaking_each(
        BREAK_MEMORY | BREAK_SQLITE | BREAK_CHANCE | BREAK_ANSWERS, attempt, &w);
    free(w.picture);
    assert_true(ways >= least);
}

/* ---- what stands in the sheet ---- */

static cxlog_counts counts_of(desk *d)
{
    cxlog_counts counts;
    cxlog_error err = {0};
    if (cxlog_store_counts(d->store, "", desk_today(), &counts, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
    return counts;
}

static int64_t total_of(desk *d, const char *category)
{
    const char *const names[] = {category, NULL};
    cxlog_query query = {.period = cxlog_period_of(CXLOG_PERIOD_YEAR, desk_today()),
                         .by = {{.kind = CXLOG_BY_CATEGORY}},
                         .by_count = 1,
                         .filter = {.only.category = names}};
    CXLOG_AUTO(cxlog_totals) *totals = NULL;
    cxlog_error err = {0};
    if (cxlog_store_totals(d->store, &query, &totals, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
    return totals->total.count;
}

/* Two edited rows, a copy of one, a contact typed by hand, one that cannot become a
 * record, and a note. */
static desk *desk_with_edits(void)
{
    desk *d = desk_with_records();
    desk_person("상담기록", "{\"edit\":\"set-cell\",\"row\":1,\"column\":3,"
                            "\"value\":\"환불\"}");
    desk_person("상담기록", "{\"edit\":\"set-cell\",\"row\":2,\"column\":1,"
                            "\"value\":\"새벽\"}");
    desk_person("상담기록", "{\"edit\":\"duplicate-row\",\"row\":4}");
    desk_person("상담기록", "{\"edit\":\"type-row\",\"values\":[\"2026-11-21 10:00:00\","
                            "null,\"전화\",\"결제\"]}");
    desk_person("상담기록", "{\"edit\":\"type-row\",\"values\":[\"2026-11-21 10:00:00\","
                            "\"하늘\",\"전화\",\"없는 구분\"]}");
    desk_person("상담기록", "{\"edit\":\"note-far-below\",\"gap\":2,\"text\":\"합계\"}");
    return d;
}

static cxlog_status run_close(desk *d, bool accept, bool restore)
{
    static const cxlog_alert_rule rules[] = {{"배송", 1.5, 4}, {"total", 1.5, 4}};
    CXLOG_AUTO_VALUE(cxlog_close_result) result = {0};
    const cxlog_close_options options = {.sync = &d->options,
                                         .agent = "하늘",
                                         .day = desk_today(),
                                         .accept = accept,
                                         .restore = restore,
                                         .modest = true, /* and no crowd */
                                         .rules = rules,
                                         .rule_count = 2};
    return cxlog_close_run(d->store, d->remote, &options, &result, &d->err);
}

/* ---- close ---- */

static cxlog_status close_day(desk *d)
{
    return run_close(d, false, false);
}

static void edits_are_taken_over(desk *d)
{
    assert_int_equal(total_of(d, "배송"), 3);
    assert_int_equal(total_of(d, "환불"), 1);
    assert_int_equal(total_of(d, "결제"), 1);
    assert_int_equal(counts_of(d).pending + counts_of(d).unknown, 0);
    assert_non_null(strstr(desk_cell("누적", 0, 0), "기준"));
}

static void a_close_breaks_off_anywhere(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_with_edits();
    breaks(d, "close", close_day, edits_are_taken_over, 150);
}

static cxlog_status accept_all(desk *d)
{
    return run_close(d, true, false);
}

static void the_deleted_is_out_of_the_totals(desk *d)
{
    assert_int_equal(total_of(d, "배송"), 2);
    assert_int_equal(total_of(d, "환불"), 1);
}

static void an_accepting_close_breaks_off_anywhere(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_with_edits();
    desk_person("상담기록", "{\"edit\":\"delete-rows\",\"row\":3,\"count\":1}");
    breaks(d, "close --accept", accept_all, the_deleted_is_out_of_the_totals, 150);
}

static cxlog_status restore_all(desk *d)
{
    return run_close(d, false, true);
}

static void all_is_as_it_was_logged(desk *d)
{
    assert_int_equal(total_of(d, "배송"), 4);
    assert_int_equal(total_of(d, "환불"), 0);
    assert_int_equal(counts_of(d).missing + counts_of(d).edited, 0);
    assert_string_equal(desk_cell("상담기록", 1, 3), "배송");
}

static void a_restoring_close_breaks_off_anywhere(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_with_edits();
    desk_person("상담기록", "{\"edit\":\"delete-rows\",\"row\":3,\"count\":1}");
    breaks(d, "close --restore", restore_all, all_is_as_it_was_logged, 150);
}

/* ---- check ---- */

static cxlog_status put_back(desk *d)
{
    int64_t restored;
    cxlog_sync_result result;
    return cxlog_check_restore(d->store, d->remote, &d->options, &restored, &result,
                               &d->err);
}

static void nothing_is_missing(desk *d)
{
    assert_int_equal(counts_of(d).missing, 0);
    assert_int_equal(counts_of(d).confirmed, 4);
}

static void a_putting_back_breaks_off_anywhere(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_with_edits();
    desk_person("상담기록", "{\"edit\":\"delete-rows\",\"row\":3,\"count\":1}");
    breaks(d, "sync --restore", put_back, nothing_is_missing, 80);
}

static cxlog_status check(desk *d)
{
    CXLOG_AUTO_VALUE(cxlog_check) found = {.mixed = -1};
    cxlog_sync_result result;
    cxlog_status status = cxlog_check_run(d->store, d->remote, &d->options, CXLOG_NO_DAY,
                                          &found, &result, &d->err);
    if (status == CXLOG_OK) {
        assert_int_equal(found.counts[CXLOG_FOUND_EDITED], 2);
        assert_int_equal(found.counts[CXLOG_FOUND_TYPED], 2);
        assert_int_equal(found.counts[CXLOG_FOUND_DUPLICATE], 1);
        assert_int_equal(found.counts[CXLOG_FOUND_OTHER], 1);
    }
    return status;
}

static void a_check_breaks_off_anywhere(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_with_edits();
    breaks(d, "verify", check, NULL, 80);
}

/* ---- the sheet for people ---- */

static cxlog_status refresh(desk *d)
{
    static const char *const leads[] = {"lead@example.com", NULL};
    cxlog_layout_result result;
    return cxlog_layout_refresh(d->store, d->remote, &d->options, leads, &result,
                                &d->err);
}

static void effective_records_are_shown(desk *d)
{
    (void)d;
    (void)desk_cell(CXLOG_TAB_EFFECTIVE, 0, 0); /* fails without the tab */
}

static void a_refresh_breaks_off_anywhere(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_open();
    desk_log(d, "하늘", "배송", "하나");
    desk_syncs(d);
    breaks(d, "sheet refresh", refresh, effective_records_are_shown, 50);
}

static cxlog_status choices(desk *d)
{
    return cxlog_layout_choices(d->store, d->remote, &d->options, &d->err);
}

static void names_can_be_chosen(desk *d)
{
    static const cxlog_column chosen[] = {CXLOG_COL_CATEGORY, CXLOG_COL_CHANNEL,
                                          CXLOG_COL_SENTIMENT, CXLOG_COL_RESULT};
    (void)d;
    for (size_t i = 0; i < sizeof chosen / sizeof chosen[0]; i++)
        assert_true(desk_has_choices(CXLOG_TAB_LOG, 1, (int)chosen[i]));
}

static void new_drop_downs_break_off_anywhere(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_open();
    breaks(d, "drop-downs", choices, names_can_be_chosen, 20);
}

int main(void)
{
    breaking_in_memory();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_close_breaks_off_anywhere),
        cmocka_unit_test(an_accepting_close_breaks_off_anywhere),
        cmocka_unit_test(a_restoring_close_breaks_off_anywhere),
        cmocka_unit_test(a_putting_back_breaks_off_anywhere),
        cmocka_unit_test(a_check_breaks_off_anywhere),
        cmocka_unit_test(a_refresh_breaks_off_anywhere),
        cmocka_unit_test(new_drop_downs_break_off_anywhere),
    };
    return cmocka_run_group_tests_name("close_breaks", tests, NULL, NULL);
}
