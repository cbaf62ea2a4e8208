/* Tables whose rows become columns: every cell in its place, and what a terminal has room
 * for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <cxlog/report.h>
#include <cxlog/text.h>

static const cxlog_column_spec numbers[] = {
    {"구분", CXLOG_ALIGN_LEFT, true, 0},
    {"이번", CXLOG_ALIGN_RIGHT, false, 0},
    {"증감", CXLOG_ALIGN_RIGHT, false, 5},
};

/* Three rows, and a total when asked for. */
static cxlog_table *sample(const cxlog_column_spec *columns, bool total)
{
    static const char *const rows[][3] = {{"배송", "12", "-3"},
                                          {"=환불", "7", "▲ 1"},
                                          {"아주 긴 이름의 구분 하나", "5", "·"}};
    cxlog_table *table = NULL;
    assert_int_equal(cxlog_table_new(&table, columns, 3, NULL), CXLOG_OK);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(cxlog_table_row(table, rows[i], NULL), CXLOG_OK);
    if (!total)
        return table;
    cxlog_table_rule(table);
    assert_int_equal(
        cxlog_table_row(table, (const char *const[]){"합계", "24", "-2"}, NULL),
        CXLOG_OK);
    return table;
}

/* *left: rows left out. */
static cxlog_table *turned(const cxlog_table *table, cxlog_transposing how, size_t *left)
{
    cxlog_table *out = NULL;
    assert_int_equal(cxlog_table_transpose(&out, table, &how, left, NULL), CXLOG_OK);
    return out;
}

static void every_cell_changes_places_and_the_corner_stays(void **state)
{
    (void)state;
    CXLOG_AUTO(cxlog_table) *table = sample(numbers, true);
    size_t left = 7;
    CXLOG_AUTO(cxlog_table) *out = turned(table, (cxlog_transposing){0}, &left);
    CXLOG_AUTO_TEXT plain = NULL;
    assert_int_equal(cxlog_table_plain(&plain, out, NULL), CXLOG_OK);
    assert_string_equal(plain, "구분\t배송\t=환불\t아주 긴 이름의 구분 하나\t합계\n"
                               "이번\t12\t7\t5\t24\n"
                               "증감\t-3\t▲ 1\t·\t-2\n");
    assert_int_equal(left, 0);
}

static void twice_turned_is_the_table_itself(void **state)
{
    (void)state;
    CXLOG_AUTO(cxlog_table) *table = sample(numbers, false);
    size_t left;
    CXLOG_AUTO(cxlog_table) *once = turned(table, (cxlog_transposing){0}, &left);
    CXLOG_AUTO(cxlog_table) *twice = turned(once, (cxlog_transposing){0}, &left);
    CXLOG_AUTO_TEXT before = NULL;
    CXLOG_AUTO_TEXT after = NULL;
    assert_int_equal(cxlog_table_markdown(&before, table, NULL), CXLOG_OK);
    assert_int_equal(cxlog_table_markdown(&after, twice, NULL), CXLOG_OK);
    assert_string_equal(before, after);
}

static void a_row_of_sums_is_ruled_off_when_asked_for(void **state)
{
    (void)state;
    CXLOG_AUTO(cxlog_table) *table = sample(numbers, true);
    size_t left;
    CXLOG_AUTO(cxlog_table) *out =
        turned(table, (cxlog_transposing){.ruled = true}, &left);
    CXLOG_AUTO_TEXT text = NULL;
    assert_int_equal(cxlog_table_text(&text, out, &(cxlog_table_style){0}, NULL),
                     CXLOG_OK);
    const char *last = strstr(text, "증감");
    assert_non_null(last);
    assert_memory_equal(last - strlen("─\n"), "─\n", strlen("─\n"));
}

static void names_become_texts_in_csv_and_numbers_stay_numbers(void **state)
{
    (void)state;
    static const cxlog_column_spec texts[] = {
        {"구분", CXLOG_ALIGN_LEFT, true, 0},
        {"이번", CXLOG_ALIGN_RIGHT, false, 0},
        {"증감", CXLOG_ALIGN_LEFT, false, 0},
    };
    size_t left;
    for (int mixed = 0; mixed < 2; mixed++) {
        CXLOG_AUTO(cxlog_table) *table = sample(mixed ? texts : numbers, true);
        CXLOG_AUTO(cxlog_table) *out = turned(table, (cxlog_transposing){0}, &left);
        CXLOG_AUTO_TEXT csv = NULL;
        assert_int_equal(cxlog_table_csv(&csv, out, NULL), CXLOG_OK);
        assert_non_null(strstr(csv, ",'=환불,"));
        assert_non_null(strstr(csv, mixed ? ",'-3," : ",-3,"));
    }
}

static void what_a_terminal_has_no_room_for_goes_and_is_counted(void **state)
{
    (void)state;
    static const struct {
        size_t width;
        bool total, newest;
        size_t left;
        const char *there, *gone;
    } cases[] = {
        {0, true, false, 0, "아주 긴 이름의 구분 하나", "…"},
        {40, true, false, 0, "아주 긴 이름…", "구분 하나"},
        {24, true, false, 1, "합계", "아주"},
        {16, true, false, 2, "합계", "환불"},
        {6, true, false, 2, "배송", "환불"},
        {27, false, true, 1, "아주", "배송"},
        {26, false, false, 1, "배송", "아주"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CXLOG_AUTO(cxlog_table) *table = sample(numbers, cases[i].total);
        cxlog_table_style style = {.width = cases[i].width};
        size_t left = 7;
        CXLOG_AUTO(cxlog_table) *out = turned(
            table, (cxlog_transposing){.style = style, .newest = cases[i].newest}, &left);
        CXLOG_AUTO_TEXT text = NULL;
        assert_int_equal(cxlog_table_text(&text, out, &style, NULL), CXLOG_OK);
        if (left != cases[i].left || !strstr(text, cases[i].there) ||
            strstr(text, cases[i].gone))
            fail_msg("case %zu, %zu left out:\n%s", i, left, text);
    }
}

static void a_table_without_rows_keeps_its_labels(void **state)
{
    (void)state;
    CXLOG_AUTO(cxlog_table) *table = NULL;
    assert_int_equal(cxlog_table_new(&table, numbers, 3, NULL), CXLOG_OK);
    size_t left = 7;
    CXLOG_AUTO(cxlog_table) *out =
        turned(table, (cxlog_transposing){.style = {.width = 80}}, &left);
    CXLOG_AUTO_TEXT plain = NULL;
    assert_int_equal(cxlog_table_plain(&plain, out, NULL), CXLOG_OK);
    assert_string_equal(plain, "구분\n이번\n증감\n");
    assert_int_equal(left, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_changes_places_and_the_corner_stays),
        cmocka_unit_test(twice_turned_is_the_table_itself),
        cmocka_unit_test(a_row_of_sums_is_ruled_off_when_asked_for),
        cmocka_unit_test(names_become_texts_in_csv_and_numbers_stay_numbers),
        cmocka_unit_test(what_a_terminal_has_no_room_for_goes_and_is_counted),
        cmocka_unit_test(a_table_without_rows_keeps_its_labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
