/* Tables: every line as wide as the next, whatever the text; CSV and Markdown that
 * nothing can break out of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include <cxlog/report.h>
#include <cxlog/text.h>

static const cxlog_column_spec specs[] = {
    {"구분", CXLOG_ALIGN_LEFT, true, 0},
    {"건수", CXLOG_ALIGN_RIGHT, false, 0},
    {"비중", CXLOG_ALIGN_RIGHT, false, 2},
    {"막대", CXLOG_ALIGN_LEFT, false, 1},
};

static const char *const rows[][4] = {
    {"배송", "128", "31%", "████████"},
    {"\xe1\x84\x87\xe1\x85\xa2\xe1\x84\x89\xe1\x85\xa9\xe1\x86\xbc", "7", "2%",
     "▌"}, /* NFD 배송 */
    {"👩‍👩‍👧‍👦 가족", "1,024", "9%", "█"},
    {"Credit reporting, credit repair services, or other personal consumer reports", "3",
     "", ""},
    {"\x1b[2Jevil\n", "0", "·", ""},
};

static cxlog_table *sample(void)
{
    cxlog_table *table = NULL;
    assert_int_equal(cxlog_table_new(&table, specs, 4, NULL), CXLOG_OK);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(cxlog_table_row(table, rows[i], NULL), CXLOG_OK);
    cxlog_table_rule(table);
    assert_int_equal(
        cxlog_table_row(table, (const char *const[]){"합계", "1,162", "100%", ""}, NULL),
        CXLOG_OK);
    return table;
}

/* Every line's width, checked equal; returned. */
static size_t common_width(const char *text, bool wide)
{
    size_t common = 0;
    for (const char *at = text; *at;) {
        size_t length = strcspn(at, "\n");
        CXLOG_AUTO_TEXT line = strndup(at, length);
        size_t width = cxlog_text_width(line, wide);
        if (common && width != common)
            fail_msg("line of %zu cells among lines of %zu: %s", width, common, line);
        common = width;
        at += length + 1;
    }
    return common;
}

static void every_line_is_equally_wide_at_any_terminal(void **state)
{
    (void)state;
    CXLOG_AUTO(cxlog_table) *table = sample();
    static const size_t widths[] = {20, 40, 60, 80, 120, 0};
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++)
        for (int wide = 0; wide < 2; wide++) {
            CXLOG_AUTO_TEXT text = NULL;
            cxlog_table_style style = {widths[i], wide == 1};
            assert_int_equal(cxlog_table_text(&text, table, &style, NULL), CXLOG_OK);
            size_t width = common_width(text, wide == 1);
            if (widths[i] && width > widths[i])
                fail_msg("%zu cells on a terminal of %zu:\n%s", width, widths[i], text);
        }
}

static void numbers_are_never_cut_and_columns_go_in_their_order(void **state)
{
    (void)state;
    CXLOG_AUTO(cxlog_table) *table = sample();
    CXLOG_AUTO_TEXT text = NULL;
    assert_int_equal(
        cxlog_table_text(&text, table, &(cxlog_table_style){40, false}, NULL), CXLOG_OK);
    assert_non_null(strstr(text, "1,024"));
    assert_null(strstr(text, "막대")); /* drop_order 1 goes first */
}

/* ---- any text, any mixture ---- */

static const char *const pool[] = {
    "",
    "배송",
    "배송/해외·도서산간",
    "a plain English name that goes on for quite a while",
    "\xe1\x84\x87\xe1\x85\xa2\xe1\x84\x89\xe1\x85\xa9\xe1\x86\xbc", /* NFD 배송 */
    "뱃\xe1\x86\xbb",
    "👩‍👩‍👧‍👦 가족 🚚📦",
    "🇰🇷🇯🇵 깃발",
    "☎️ 전화 ★ ☆",
    "“따옴표”… ± × ÷ § ·",
    "①②③ ㈜카카오 ½ Ⅳ",
    "e\xcc\x81\xcc\xa3 ö \xe2\x80\x8f rtl",
    "탭\t줄\n\x1b[31m빨강",
    "\xff\xfe broken",
    "ﾊﾝｶｸ ＺＥＮＫＡＫＵ",
};
#define POOL (sizeof pool / sizeof pool[0])

static const char *const numbers[] = {"·",   "0",     "1,234,567", "▲ 31", "▼ 1,005",
                                      "<1%", "+300%", "25.6",      "새로"};
#define NUMBERS (sizeof numbers / sizeof numbers[0])

/* A linear congruence, so that every run sees the same tables. */
static unsigned draw(unsigned *seed, size_t below)
{
    *seed = *seed * 1103515245U + 12345U;
    return (*seed >> 16) % (unsigned)below;
}

enum { COLUMNS = 7, LINES = 9 };

/* Two texts, four numbers that go in the order 4, 3, 2, 1 of their titles, a chart. */
static const cxlog_column_spec mixture[COLUMNS] = {
    {"이름", CXLOG_ALIGN_LEFT, true, 0}, {"this", CXLOG_ALIGN_RIGHT, false, 0},
    {"d4", CXLOG_ALIGN_RIGHT, false, 4}, {"d3", CXLOG_ALIGN_RIGHT, false, 3},
    {"d2", CXLOG_ALIGN_RIGHT, false, 2}, {"메모…", CXLOG_ALIGN_LEFT, true, 0},
    {"d1", CXLOG_ALIGN_LEFT, false, 1},
};

static void put_drawn(cxlog_table *table, unsigned *seed)
{
    const char *cells[COLUMNS];
    for (size_t c = 0; c < COLUMNS; c++)
        cells[c] = c == 6               ? "▁▂▃▄▅▆▇█·▁▂▃▄"
                   : mixture[c].shrinks ? pool[draw(seed, POOL)]
                                        : numbers[draw(seed, NUMBERS)];
    assert_int_equal(cxlog_table_row(table, cells, NULL), CXLOG_OK);
}

static cxlog_table *drawn(unsigned *seed)
{
    cxlog_table *table = NULL;
    assert_int_equal(cxlog_table_new(&table, mixture, COLUMNS, NULL), CXLOG_OK);
    for (size_t r = 0; r < LINES; r++)
        put_drawn(table, seed);
    return table;
}

/* Do these words stand in the text, in this order? */
static bool has_words(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text = strstr(text, words[i]);
        if (!text)
            return false;
        text += strlen(words[i]);
    }
    return true;
}

static void any_mixture_of_texts_keeps_its_lines_even(void **state)
{
    (void)state;
    static const size_t widths[] = {60, 80, 120, 0};
    for (unsigned n = 1; n <= 300; n++) {
        unsigned seed = n;
        CXLOG_AUTO(cxlog_table) *table = drawn(&seed);
        for (size_t i = 0; i < 8; i++) {
            const cxlog_table_style style = {widths[i / 2], i % 2 == 1};
            CXLOG_AUTO_TEXT text = NULL;
            assert_int_equal(cxlog_table_text(&text, table, &style, NULL), CXLOG_OK);
            size_t width = common_width(text, style.ambiguous_wide);
            if (style.width && width > style.width)
                fail_msg("table %u: %zu cells of %zu:\n%s", n, width, style.width, text);
            static const char *const order[] = {"d4", "d3", "d2", "d1"};
            size_t shown = 0;
            for (size_t k = 0; k < 4; k++)
                shown += strstr(text, order[k]) != NULL;
            if (!has_words(text, order, shown)) /* the last of the list goes first */
                fail_msg("table %u at %zu: columns went in another order:\n%s", n,
                         style.width, text);
        }
    }
}

static void texts_give_way_before_a_column_goes(void **state)
{
    (void)state;
    static const cxlog_column_spec kinds[] = {{"name", CXLOG_ALIGN_LEFT, true, 0},
                                              {"count", CXLOG_ALIGN_RIGHT, false, 0},
                                              {"share", CXLOG_ALIGN_RIGHT, false, 1}};
    CXLOG_AUTO(cxlog_table) *table = NULL;
    assert_int_equal(cxlog_table_new(&table, kinds, 3, NULL), CXLOG_OK);
    const char *const cells[] = {rows[3][0], "1,024", "31%"}; /* a name of 75 cells */
    assert_int_equal(cxlog_table_row(table, cells, NULL), CXLOG_OK);
    static const struct {
        size_t width;
        bool share;
    } cases[] = {{80, true}, {34, true}, {33, false}, {20, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CXLOG_AUTO_TEXT text = NULL;
        assert_int_equal(cxlog_table_text(&text, table,
                                          &(cxlog_table_style){cases[i].width, false},
                                          NULL),
                         CXLOG_OK);
        if ((strstr(text, "31%") != NULL) != cases[i].share || !strstr(text, "1,024") ||
            common_width(text, false) != cases[i].width)
            fail_msg("at %zu cells:\n%s", cases[i].width, text);
    }
}

/* Rows as they stand in memory, and the same rows a few at a time. */
static void a_table_given_by_parts_is_the_same_table(void **state)
{
    (void)state;
    static const size_t widths[] = {60, 80, 0};
    for (unsigned n = 1; n <= 60; n++) {
        for (size_t i = 0; i < 3; i++) {
            const cxlog_table_style style = {widths[i], n % 2 == 1};
            CXLOG_AUTO_TEXT whole = NULL;
            CXLOG_AUTO_TEXT parts = strdup("");
            unsigned seed = n;
            CXLOG_AUTO(cxlog_table) *table = drawn(&seed);
            assert_int_equal(cxlog_table_text(&whole, table, &style, NULL), CXLOG_OK);
            assert_int_equal(cxlog_table_measure(table, &style, NULL), CXLOG_OK);
            seed = n;
            for (size_t r = 0; r < LINES; r++) {
                put_drawn(table, &seed);
                if (r % 4 != 3 && r + 1 < LINES)
                    continue;
                CXLOG_AUTO_TEXT part = NULL;
                assert_int_equal(cxlog_table_part(&part, table, &style, r == 3, NULL),
                                 CXLOG_OK);
                CXLOG_AUTO_TEXT before = parts;
                parts = malloc(strlen(before) + strlen(part) + 1);
                strcat(strcpy(parts, before), part);
            }
            assert_string_equal(parts, whole);
        }
    }
}

static void nothing_is_cut_off_a_terminal(void **state)
{
    (void)state;
    CXLOG_AUTO(cxlog_table) *table = sample();
    CXLOG_AUTO_TEXT text = NULL;
    assert_int_equal(cxlog_table_text(&text, table, &(cxlog_table_style){0, false}, NULL),
                     CXLOG_OK);
    assert_non_null(strstr(text, rows[3][0]));
    assert_null(strstr(text, "…"));
}

static void hostile_cells_are_shown_not_obeyed(void **state)
{
    (void)state;
    CXLOG_AUTO(cxlog_table) *table = sample();
    CXLOG_AUTO_TEXT text = NULL;
    assert_int_equal(cxlog_table_text(&text, table, &(cxlog_table_style){0, false}, NULL),
                     CXLOG_OK);
    assert_null(strchr(text, '\x1b'));
    assert_non_null(strstr(text, "\\x1b[2Jevil\\n"));
}

static void a_csv_cell_is_quoted_and_disarmed(void **state)
{
    (void)state;
    static const struct {
        const char *text, *cell;
    } cases[] = {
        {"배송", "배송"},
        {"a,b", "\"a,b\""},
        {"그는 \"네\"라고", "\"그는 \"\"네\"\"라고\""},
        {"두\n줄", "\"두\n줄\""},
        {"=1+1", "'=1+1"},
        {"+82-10", "'+82-10"},
        {"＝cmd", "'＝cmd"},
        {"@x,y", "\"'@x,y\""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CXLOG_AUTO_TEXT cell = cxlog_csv_cell(cases[i].text);
        assert_string_equal(cell, cases[i].cell);
    }
}

static void numbers_stay_numbers_in_csv_and_texts_are_disarmed(void **state)
{
    (void)state;
    CXLOG_AUTO(cxlog_table) *table = NULL;
    static const cxlog_column_spec two[] = {{"이름", CXLOG_ALIGN_LEFT, true, 0},
                                            {"=증감", CXLOG_ALIGN_RIGHT, false, 0}};
    assert_int_equal(cxlog_table_new(&table, two, 2, NULL), CXLOG_OK);
    assert_int_equal(cxlog_table_row(table, (const char *const[]){"-배송", "-7.6"}, NULL),
                     CXLOG_OK);
    CXLOG_AUTO_TEXT text = NULL;
    assert_int_equal(cxlog_table_csv(&text, table, NULL), CXLOG_OK);
    assert_string_equal(text, "\xef\xbb\xbf이름,'=증감\r\n'-배송,-7.6\r\n");
}

static void csv_begins_with_a_bom_and_ends_lines_with_crlf(void **state)
{
    (void)state;
    CXLOG_AUTO(cxlog_table) *table = NULL;
    assert_int_equal(cxlog_table_new(&table, specs, 2, NULL), CXLOG_OK);
    assert_int_equal(cxlog_table_row(table, rows[0], NULL), CXLOG_OK);
    CXLOG_AUTO_TEXT text = NULL;
    assert_int_equal(cxlog_table_csv(&text, table, NULL), CXLOG_OK);
    assert_string_equal(text, "\xef\xbb\xbf구분,건수\r\n배송,128\r\n");
}

static void plain_cells_break_no_line(void **state)
{
    (void)state;
    CXLOG_AUTO(cxlog_table) *table = NULL;
    assert_int_equal(cxlog_table_new(&table, specs, 2, NULL), CXLOG_OK);
    assert_int_equal(
        cxlog_table_row(table, (const char *const[]){"a\tb\nc\rd\\", "1"}, NULL),
        CXLOG_OK);
    CXLOG_AUTO_TEXT text = NULL;
    assert_int_equal(cxlog_table_plain(&text, table, NULL), CXLOG_OK);
    assert_string_equal(text, "구분\t건수\na\\tb\\nc\\rd\\\\\t1\n");
}

static void markdown_cells_cannot_end_their_cell(void **state)
{
    (void)state;
    CXLOG_AUTO(cxlog_table) *table = NULL;
    assert_int_equal(cxlog_table_new(&table, specs, 2, NULL), CXLOG_OK);
    assert_int_equal(
        cxlog_table_row(table, (const char *const[]){"a|b\n<img>", "1"}, NULL), CXLOG_OK);
    CXLOG_AUTO_TEXT text = NULL;
    assert_int_equal(cxlog_table_markdown(&text, table, NULL), CXLOG_OK);
    assert_string_equal(text,
                        "| 구분 | 건수 |\n| --- | ---: |\n| a\\|b\\n&lt;img&gt; | 1 |\n");
}

static void a_bar_is_scaled_from_zero(void **state)
{
    (void)state;
    char buffer[3 * 8 + 1];
    assert_string_equal(cxlog_bar(buffer, 8, 8, 8), "████████");
    assert_string_equal(cxlog_bar(buffer, 4, 8, 8), "████");
    assert_string_equal(cxlog_bar(buffer, 0, 8, 8), "");
    assert_string_equal(cxlog_bar(buffer, 1, 1000000, 8), "▏");
    assert_string_equal(cxlog_bar(buffer, 3, 16, 8), "█▌");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_is_equally_wide_at_any_terminal),
        cmocka_unit_test(numbers_are_never_cut_and_columns_go_in_their_order),
        cmocka_unit_test(any_mixture_of_texts_keeps_its_lines_even),
        cmocka_unit_test(texts_give_way_before_a_column_goes),
        cmocka_unit_test(a_table_given_by_parts_is_the_same_table),
        cmocka_unit_test(nothing_is_cut_off_a_terminal),
        cmocka_unit_test(hostile_cells_are_shown_not_obeyed),
        cmocka_unit_test(a_csv_cell_is_quoted_and_disarmed),
        cmocka_unit_test(numbers_stay_numbers_in_csv_and_texts_are_disarmed),
        cmocka_unit_test(csv_begins_with_a_bom_and_ends_lines_with_crlf),
        cmocka_unit_test(plain_cells_break_no_line),
        cmocka_unit_test(markdown_cells_cannot_end_their_cell),
        cmocka_unit_test(a_bar_is_scaled_from_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
