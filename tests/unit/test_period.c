#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <cxlog/period.h>

#include "core/civil.h"
#include "seeded.h"

static cxlog_day today(void)
{
    return cxlog_day_make(2026, 11, 20); /* a Friday */
}

static cxlog_period parsed(const char *text)
{
    cxlog_period period = {.kind = CXLOG_PERIOD_ALL};
    cxlog_error err = {0};
    if (cxlog_period_parse(&period, text, today(), &err) != CXLOG_OK)
        fail_msg("%s", err.message);
    return period;
}

static void check_period(const char *what, const cxlog_period *period, const char *label,
                         const char *from, const char *to)
{
    char first[CXLOG_WALL_TEXT];
    char last[CXLOG_WALL_TEXT];
    cxlog_day_text(first, period->from);
    cxlog_day_text(last, period->to);
    if (strcmp(period->label, label) != 0 || strcmp(first, from) != 0 ||
        strcmp(last, to) != 0)
        fail_msg("%s is %s, %s to %s", what, period->label, first, last);
}

typedef struct period_case {
    const char *text, *label, *from, *to;
} period_case;

static void words_name_periods_around_today(void **state)
{
    (void)state;
    static const period_case cases[] = {
        {"today", "2026-11-20", "2026-11-20", "2026-11-20"},
        {"오늘", "2026-11-20", "2026-11-20", "2026-11-20"},
        {"yesterday", "2026-11-19", "2026-11-19", "2026-11-19"},
        {"어제", "2026-11-19", "2026-11-19", "2026-11-19"},
        {"week", "2026-W47", "2026-11-16", "2026-11-22"},
        {"주", "2026-W47", "2026-11-16", "2026-11-22"},
        {"이번주", "2026-W47", "2026-11-16", "2026-11-22"},
        {"이번 주", "2026-W47", "2026-11-16", "2026-11-22"},
        {"this week", "2026-W47", "2026-11-16", "2026-11-22"},
        {"last-week", "2026-W46", "2026-11-09", "2026-11-15"},
        {"Last Week", "2026-W46", "2026-11-09", "2026-11-15"},
        {"지난주", "2026-W46", "2026-11-09", "2026-11-15"},
        {"지난 주", "2026-W46", "2026-11-09", "2026-11-15"},
        {"\u110c\u1175\u1102\u1161\u11ab\u110c\u116e", "2026-W46", "2026-11-09",
         "2026-11-15"},
        {"month", "2026-11", "2026-11-01", "2026-11-30"},
        {"월", "2026-11", "2026-11-01", "2026-11-30"},
        {"last-month", "2026-10", "2026-10-01", "2026-10-31"},
        {"지난달", "2026-10", "2026-10-01", "2026-10-31"},
        {"quarter", "2026-Q4", "2026-10-01", "2026-12-31"},
        {"분기", "2026-Q4", "2026-10-01", "2026-12-31"},
        {"지난분기", "2026-Q3", "2026-07-01", "2026-09-30"},
        {"half", "2026-H2", "2026-07-01", "2026-12-31"},
        {"반기", "2026-H2", "2026-07-01", "2026-12-31"},
        {"last-half", "2026-H1", "2026-01-01", "2026-06-30"},
        {"year", "2026", "2026-01-01", "2026-12-31"},
        {"연", "2026", "2026-01-01", "2026-12-31"},
        {"지난 연", "2025", "2025-01-01", "2025-12-31"},
        {"작년", "2025", "2025-01-01", "2025-12-31"},
        {"last-year", "2025", "2025-01-01", "2025-12-31"},
        {"all", "all", "1900-01-01", "9999-12-31"},
        {"전체", "all", "1900-01-01", "9999-12-31"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cxlog_period period = parsed(cases[i].text);
        check_period(cases[i].text, &period, cases[i].label, cases[i].from, cases[i].to);
    }
}

static void dates_name_exact_periods(void **state)
{
    (void)state;
    static const period_case cases[] = {
        {"2026-11-20", "2026-11-20", "2026-11-20", "2026-11-20"},
        {"2024-02-29", "2024-02-29", "2024-02-29", "2024-02-29"},
        {"2026-W47", "2026-W47", "2026-11-16", "2026-11-22"},
        {"2026-w47", "2026-W47", "2026-11-16", "2026-11-22"},
        {"2026-W01", "2026-W01", "2025-12-29", "2026-01-04"},
        {"2026-W1", "2026-W01", "2025-12-29", "2026-01-04"},
        {"2026-W53", "2026-W53", "2026-12-28", "2027-01-03"},
        {"2020-W53", "2020-W53", "2020-12-28", "2021-01-03"},
        {"2026-11", "2026-11", "2026-11-01", "2026-11-30"},
        {"2024-02", "2024-02", "2024-02-01", "2024-02-29"},
        {"2026-Q1", "2026-Q1", "2026-01-01", "2026-03-31"},
        {"2026-Q4", "2026-Q4", "2026-10-01", "2026-12-31"},
        {"2026-H1", "2026-H1", "2026-01-01", "2026-06-30"},
        {"2026-h2", "2026-H2", "2026-07-01", "2026-12-31"},
        {"2026", "2026", "2026-01-01", "2026-12-31"},
        {" 2026 ", "2026", "2026-01-01", "2026-12-31"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cxlog_period period = parsed(cases[i].text);
        check_period(cases[i].text, &period, cases[i].label, cases[i].from, cases[i].to);
    }
}

static void ranges_fill_in_what_the_second_date_leaves_out(void **state)
{
    (void)state;
    static const period_case cases[] = {
        {"2026-11-01..2026-11-15", "2026-11-01..2026-11-15", "2026-11-01", "2026-11-15"},
        {"2026-11-01..11-15", "2026-11-01..2026-11-15", "2026-11-01", "2026-11-15"},
        {"2026-11-01..15", "2026-11-01..2026-11-15", "2026-11-01", "2026-11-15"},
        {"2026-11-20..20", "2026-11-20..2026-11-20", "2026-11-20", "2026-11-20"},
        {"2026-W46..W47", "2026-11-09..2026-11-22", "2026-11-09", "2026-11-22"},
        {"2026-W46..2026-W47", "2026-11-09..2026-11-22", "2026-11-09", "2026-11-22"},
        {"2026-W01..W02", "2025-12-29..2026-01-11", "2025-12-29", "2026-01-11"},
        {"2026-03..05", "2026-03-01..2026-05-31", "2026-03-01", "2026-05-31"},
        {"2026-Q1..Q3", "2026-01-01..2026-09-30", "2026-01-01", "2026-09-30"},
        {"2025..2026", "2025-01-01..2026-12-31", "2025-01-01", "2026-12-31"},
        {"2026-11-01..today", "2026-11-01..2026-11-20", "2026-11-01", "2026-11-20"},
        {"2025-12-31..2026-01-01", "2025-12-31..2026-01-01", "2025-12-31", "2026-01-01"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cxlog_period period = parsed(cases[i].text);
        assert_int_equal(period.kind, CXLOG_PERIOD_RANGE);
        check_period(cases[i].text, &period, cases[i].label, cases[i].from, cases[i].to);
    }
}

static void wrong_periods_are_refused_and_leave_the_output_alone(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "2026-W54",
        "2025-W53",
        "2026-W00",
        "2026-W470",
        "2026-13",
        "2026-00",
        "2026-02-30",
        "2026-11-31",
        "2026-Q5",
        "2026-Q0",
        "2026-Q11",
        "2026-H3",
        "2026-H12",
        "202",
        "20261",
        "1899",
        "2026-",
        "2026-11-",
        "2026-11-20x",
        "2026-11-15..2026-11-01",
        "2026-11-15..14",
        "2026-W47..W46",
        "2026-11-01..",
        "..2026-11-01",
        "2026-11-01..31",
        "2026-11-01...15",
        "2026-11-01..02..03",
        "2025..11",
        "all..today",
        "2026-11-01..all",
        "weekly",
        "last",
        "지난",
        "last-today",
        "last-all",
        "last-yesterday",
        "this today",
        "지난작년",
        "\xed\x95",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        cxlog_period period = {.kind = CXLOG_PERIOD_HALF, .from = 7, .to = 8};
        cxlog_error err = {0};
        if (cxlog_period_parse(&period, bad[i], today(), &err) != CXLOG_ERR_VALUE)
            fail_msg("accepted \"%s\" as %s", bad[i], period.label);
        assert_int_equal(period.from, 7);
        assert_true(err.message[0] != '\0');
    }
}

static void a_near_word_is_suggested(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *meant;
    } cases[] = {{"wek", "week"}, {"quater", "quarter"}, {"지난쥬", "지난주"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cxlog_period period;
        cxlog_error err = {0};
        bool found = false;
        assert_int_equal(cxlog_period_parse(&period, cases[i].typed, today(), &err),
                         CXLOG_ERR_VALUE);
        for (size_t s = 0; s < err.suggestion_count; s++)
            found = found || strcmp(err.suggestions[s], cases[i].meant) == 0;
        if (!found)
            fail_msg("\"%s\" does not suggest \"%s\"", cases[i].typed, cases[i].meant);
    }
}

static void a_range_that_ends_before_it_begins_is_called_so(void **state)
{
    (void)state;
    cxlog_period period;
    cxlog_error err = {0};
    assert_int_equal(cxlog_period_parse(&period, "2026-11-15..2026-11-01", today(), &err),
                     CXLOG_ERR_VALUE);
    assert_non_null(strstr(err.message, "2026-11-15..2026-11-01"));
    assert_non_null(strstr(err.message, "before"));
}

static const cxlog_period_kind calendar_kinds[] = {
    CXLOG_PERIOD_DAY,     CXLOG_PERIOD_WEEK, CXLOG_PERIOD_MONTH,
    CXLOG_PERIOD_QUARTER, CXLOG_PERIOD_HALF, CXLOG_PERIOD_YEAR,
};
#define KINDS (sizeof calendar_kinds / sizeof calendar_kinds[0])

static void a_period_contains_its_day_and_its_label_names_it_again(void **state)
{
    (void)state;
    seeded random = seeded_start(__func__);
    for (int i = 0; i < 5000; i++) {
        cxlog_day day = (cxlog_day)seeded_between(&random, CX_DAY_MIN, CX_DAY_MAX - 7);
        for (size_t k = 0; k < KINDS; k++) {
            cxlog_period period = cxlog_period_of(calendar_kinds[k], day);
            cxlog_period again = parsed(period.label);
            if (period.from > day || period.to < day || again.kind != period.kind ||
                again.from != period.from || again.to != period.to)
                fail_msg("day %d: %s", day, period.label);
        }
    }
}

static void periods_follow_each_other_without_gap_or_overlap(void **state)
{
    (void)state;
    seeded random = seeded_start(__func__);
    for (int i = 0; i < 5000; i++) {
        cxlog_day day = (cxlog_day)seeded_between(&random, CX_DAY_MIN, CX_DAY_MAX - 5000);
        int steps = (int)seeded_between(&random, 1, 12);
        for (size_t k = 0; k < KINDS; k++) {
            cxlog_period period = cxlog_period_of(calendar_kinds[k], day);
            cxlog_period before = cxlog_period_before(&period, 1);
            cxlog_period far = cxlog_period_before(&period, steps);
            cxlog_period back = cxlog_period_before(&far, -steps);
            if (before.to + 1 != period.from || back.from != period.from ||
                strcmp(back.label, period.label) != 0)
                fail_msg("%s, %d steps: %s", period.label, steps, far.label);
        }
    }
}

static void a_range_steps_by_its_own_length(void **state)
{
    (void)state;
    cxlog_period range = parsed("2026-11-01..15");
    cxlog_period before = cxlog_period_before(&range, 1);
    cxlog_period after = cxlog_period_before(&range, -1);
    check_period("before", &before, "2026-10-17..2026-10-31", "2026-10-17", "2026-10-31");
    check_period("after", &after, "2026-11-16..2026-11-30", "2026-11-16", "2026-11-30");
}

static void stepping_beyond_the_calendar_stops_at_its_ends(void **state)
{
    (void)state;
    static const char *const texts[] = {"today", "week", "month", "year",
                                        "2026-11-01..15"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        cxlog_period period = parsed(texts[i]);
        cxlog_period first = cxlog_period_before(&period, INT32_MAX);
        cxlog_period last = cxlog_period_before(&period, -INT32_MAX);
        assert_true(first.from <= first.to);
        assert_true(last.from <= last.to);
        assert_true(last.to <=
                    CX_DAY_MAX + 6); /* the last week runs into the next year */
    }
}

static void the_year_before_is_the_same_period_of_that_year(void **state)
{
    (void)state;
    static const period_case cases[] = {
        {"2026-11-20", "2025-11-20", "2025-11-20", "2025-11-20"},
        {"2024-02-29", "2023-02-28", "2023-02-28", "2023-02-28"},
        {"2026-W47", "2025-W47", "2025-11-17", "2025-11-23"},
        {"2026-W53", "2025-W52", "2025-12-22", "2025-12-28"},
        {"2027-W01", "2026-W01", "2025-12-29", "2026-01-04"},
        {"2026-11", "2025-11", "2025-11-01", "2025-11-30"},
        {"2025-02", "2024-02", "2024-02-01", "2024-02-29"},
        {"2026-Q1", "2025-Q1", "2025-01-01", "2025-03-31"},
        {"2026-H2", "2025-H2", "2025-07-01", "2025-12-31"},
        {"2026", "2025", "2025-01-01", "2025-12-31"},
        {"2024-02-01..29", "2023-02-01..2023-02-28", "2023-02-01", "2023-02-28"},
        {"all", "all", "1900-01-01", "9999-12-31"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cxlog_period period = parsed(cases[i].text);
        cxlog_period before = cxlog_period_year_before(&period);
        check_period(cases[i].text, &before, cases[i].label, cases[i].from, cases[i].to);
    }
}

static void the_cumulative_year_begins_on_1_january_of_the_periods_year(void **state)
{
    (void)state;
    static const struct {
        const char *text, *start;
    } cases[] = {
        {"2026-11", "2026-01-01"},  {"2026-W01", "2026-01-01"},
        {"2026-W53", "2026-01-01"}, {"2025-12-31..2026-01-01", "2026-01-01"},
        {"2026", "2026-01-01"},     {"all", "1900-01-01"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char buffer[CXLOG_WALL_TEXT];
        cxlog_period period = parsed(cases[i].text);
        cxlog_day_text(buffer, cxlog_period_year_start(&period));
        if (strcmp(buffer, cases[i].start) != 0)
            fail_msg("%s begins on %s", cases[i].text, buffer);
    }
}

static void kinds_have_names_for_json(void **state)
{
    (void)state;
    static const char *const names[] = {"day",  "week", "month", "quarter",
                                        "half", "year", "range", "all"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_string_equal(cxlog_period_kind_name((cxlog_period_kind)i), names[i]);
}

static void labels_of_a_day_are_those_of_its_periods(void **state)
{
    (void)state;
    char buffer[CXLOG_PERIOD_LABEL];
    assert_string_equal(cxlog_period_label(buffer, CXLOG_PERIOD_WEEK, today()),
                        "2026-W47");
    assert_string_equal(cxlog_period_label(buffer, CXLOG_PERIOD_HALF, today()),
                        "2026-H2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_name_periods_around_today),
        cmocka_unit_test(dates_name_exact_periods),
        cmocka_unit_test(ranges_fill_in_what_the_second_date_leaves_out),
        cmocka_unit_test(wrong_periods_are_refused_and_leave_the_output_alone),
        cmocka_unit_test(a_near_word_is_suggested),
        cmocka_unit_test(a_range_that_ends_before_it_begins_is_called_so),
        cmocka_unit_test(a_period_contains_its_day_and_its_label_names_it_again),
        cmocka_unit_test(periods_follow_each_other_without_gap_or_overlap),
        cmocka_unit_test(a_range_steps_by_its_own_length),
        cmocka_unit_test(stepping_beyond_the_calendar_stops_at_its_ends),
        cmocka_unit_test(the_year_before_is_the_same_period_of_that_year),
        cmocka_unit_test(the_cumulative_year_begins_on_1_january_of_the_periods_year),
        cmocka_unit_test(kinds_have_names_for_json),
        cmocka_unit_test(labels_of_a_day_are_those_of_its_periods),
    };
    return cmocka_run_group_tests_name("period", tests, NULL, NULL);
}
