#include "cli/import.h"
#include "cli_case.h"

#define HEADERS 8

/* A file's header, and what to do with it. */
static char *header[HEADERS + 1];
static cli_import_names names;

static int open_names(void **state)
{
    (void)state;
    names = (cli_import_names){.author = "하늘", .now = NOON};
    names.scheme = case_scheme();
    cxlog_chain_root(names.chain);
    return 0;
}

static int close_names(void **state)
{
    (void)state;
    cli_import_names_clear(&names);
    return 0;
}

static size_t set_header(char *line)
{
    return (size_t)case_words(line, header, HEADERS);
}

static cxlog_status make_map(cli_import_map *out, const char *columns, const char *spec,
                             cxlog_error *err)
{
    static char line[256];
    (void)snprintf(line, sizeof line, "%s", columns);
    size_t count = set_header(line);
    const char *const specs[] = {spec, NULL};
    return cli_import_map_make(out, spec ? specs : NULL, NULL, header, count,
                               names.scheme, err);
}

static void columns_are_found_by_name_even_with_commas_in_it(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cli_import_map) map = {0};
    cxlog_error err = {0};
    if (make_map(&map, "When Kind,~or~type Text",
                 "contacted_at=When,구분=Kind, or type,note=text", &err) != CXLOG_OK)
        fail_msg("%s", err.message);
    assert_int_equal(map.column[CXLOG_COL_CONTACTED_AT], 0);
    assert_int_equal(map.column[CXLOG_COL_CATEGORY], 1);
    assert_int_equal(map.column[CXLOG_COL_NOTE], 2);
    assert_int_equal(map.column[CXLOG_COL_CHANNEL], -1);
    assert_false(map.own);
}

static void headings_of_our_own_export_map_by_themselves(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cli_import_map) map = {0};
    assert_int_equal(make_map(&map, "일시 다른것 구분 기록ID", NULL, NULL), CXLOG_OK);
    assert_int_equal(map.column[CXLOG_COL_CONTACTED_AT], 0);
    assert_int_equal(map.column[CXLOG_COL_CATEGORY], 2);
    assert_int_equal(map.column[CXLOG_COL_ID], 3);
    assert_true(map.own);
}

static void a_bad_map_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *spec;
        cxlog_status expected;
    } cases[] = {
        {"contacted_at=When", CXLOG_ERR_USAGE},
        {"category=Kind", CXLOG_ERR_USAGE},
        {"contacted_at=When,category=Nope", CXLOG_ERR_VALUE},
        {"contacted_at=When,category=Kind,chanel=Text", CXLOG_ERR_USAGE},
        {"contacted_at=When,category=Kind,category=Text", CXLOG_ERR_USAGE},
        {"contacted_at=When,category=Twice", CXLOG_ERR_VALUE},
        {"contacted_at=When,category=Kind,field:없음=Text", CXLOG_ERR_VALUE},
        {"contacted_at", CXLOG_ERR_USAGE},
        {"=", CXLOG_ERR_USAGE},
        {"", CXLOG_ERR_USAGE},
        {NULL, CXLOG_ERR_USAGE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CXLOG_AUTO_VALUE(cli_import_map) map = {0};
        cxlog_error err = {0};
        cxlog_status got =
            make_map(&map, "When Kind Text Twice Twice", cases[i].spec, &err);
        if (got != cases[i].expected)
            fail_msg("%s: %s (%s)", cases[i].spec ? cases[i].spec : "(none)",
                     cxlog_status_name(got), err.message);
    }
}

/* ---- rows ---- */

static cxlog_status make_entry(cxlog_entry *out, const char *cells_text, cxlog_error *err)
{
    static char line[512];
    char *cells[HEADERS + 1];
    size_t lengths[HEADERS + 1];
    CXLOG_AUTO_VALUE(cli_import_map) map = {0};
    assert_int_equal(make_map(&map, "When Kind Sub Via Text Key",
                              "contacted_at=When,category=Kind,detail=Sub,channel=Via,"
                              "note=Text",
                              err),
                     CXLOG_OK);
    map.key = 5;
    const cli_import_rules rules = {.map = &map,
                                    .names = &names,
                                    .source = "desk",
                                    .date_format = "iso",
                                    .agent = "하늘",
                                    .now = NOON};
    (void)snprintf(line, sizeof line, "%s", cells_text);
    size_t count = (size_t)case_words(line, cells, HEADERS);
    for (size_t i = 0; i < count; i++)
        lengths[i] = strlen(cells[i]);
    const cli_csv_row row = {
        .line = 2, .cells = cells, .lengths = lengths, .count = count};
    return cli_import_entry(out, &rules, &row, err);
}

static void a_row_becomes_an_entry_with_the_same_id_every_time(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cxlog_entry) first;
    CXLOG_AUTO_VALUE(cxlog_entry) second;
    cxlog_entry_init(&first);
    cxlog_entry_init(&second);
    cxlog_error err = {0};
    static const char row[] = "2020-01-02~10:30 배송 지연 카톡 본문 K-1";
    if (make_entry(&first, row, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
    assert_int_equal(make_entry(&second, row, NULL), CXLOG_OK);
    assert_string_equal(cxlog_entry_text(&first, CXLOG_COL_CHANNEL), "카카오톡");
    assert_string_equal(cxlog_entry_text(&first, CXLOG_COL_AGENT), "하늘");
    assert_string_equal(cxlog_entry_text(&first, CXLOG_COL_ID),
                        cxlog_entry_text(&second, CXLOG_COL_ID));
    assert_true(cxlog_entry_same(&first, &second));
}

static void bad_rows_say_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *row, *word;
    } cases[] = {
        {"어제 배송 지연 전화 본문 K", "contacted_at"},
        {"2020-01-02 배송 지연 전화 본문", "cells"},
        {"2020-01-02 배숑 지연 전화 본문 K", "--add-scheme"},
        {"2020-01-02 ㅂㅅ 지연 전화 본문 K", "--add-scheme"}, /* nothing is guessed */
        {"2020-01-02 배송 지연 팩스 본문 K", "channel"},
        {"9999-01-02 배송 지연 전화 본문 K", "future"},
        {"2020-01-02 배송 지연 전화 본문 ~", "key"},
        {"2020-01-02 배송 지연 전화 \x1b[2J K", "note"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CXLOG_AUTO_VALUE(cxlog_entry) entry;
        cxlog_entry_init(&entry);
        cxlog_error err = {0};
        if (make_entry(&entry, cases[i].row, &err) != CXLOG_ERR_VALUE)
            fail_msg("accepted %s", cases[i].row);
        if (!strstr(err.message, cases[i].word))
            fail_msg("%s: %s", cases[i].row, err.message);
    }
}

static void new_names_are_noted_once_and_a_slash_gives_way(void **state)
{
    (void)state;
    names.add = true;
    static const char *const rows[] = {"2020-01-02 A/S 방문 전화 x K1",
                                       "2020-01-03 A/S 방문 전화 y K2"};
    for (size_t i = 0; i < 2; i++) {
        CXLOG_AUTO_VALUE(cxlog_entry) entry;
        cxlog_entry_init(&entry);
        cxlog_error err = {0};
        if (make_entry(&entry, rows[i], &err) != CXLOG_OK)
            fail_msg("%s: %s", rows[i], err.message);
        assert_string_equal(cxlog_entry_text(&entry, CXLOG_COL_CATEGORY), "A∕S");
    }
    assert_int_equal(names.fresh_count, 2);
    assert_string_equal(names.fresh[0].name, "A∕S");
    assert_string_equal(names.fresh[1].name, "방문");
    assert_string_equal(names.fresh[1].parent, "A∕S");
}

static void a_bad_row_adds_no_name(void **state)
{
    (void)state;
    names.add = true;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    assert_int_equal(make_entry(&entry, "어제 새것 지연 전화 x K", NULL),
                     CXLOG_ERR_VALUE);
    assert_int_equal(make_entry(&entry, "9999-01-02 새것 지연 전화 x K", NULL),
                     CXLOG_ERR_VALUE);
    assert_int_equal(names.fresh_count, 0);
}

/* 방성 would get the code ㅂㅅ, which 배송 has. */
static void a_name_whose_code_is_taken_goes_without(void **state)
{
    (void)state;
    names.add = true;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    cxlog_error err = {0};
    if (make_entry(&entry, "2020-01-02 방성 ~ 전화 x K", &err) != CXLOG_OK)
        fail_msg("%s", err.message);
    assert_int_equal(names.fresh_count, 1);
    assert_false(names.fresh[0].coded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(columns_are_found_by_name_even_with_commas_in_it,
                                        open_names, close_names),
        cmocka_unit_test_setup_teardown(headings_of_our_own_export_map_by_themselves,
                                        open_names, close_names),
        cmocka_unit_test_setup_teardown(a_bad_map_is_refused, open_names, close_names),
        cmocka_unit_test_setup_teardown(
            a_row_becomes_an_entry_with_the_same_id_every_time, open_names, close_names),
        cmocka_unit_test_setup_teardown(bad_rows_say_what_is_wrong, open_names,
                                        close_names),
        cmocka_unit_test_setup_teardown(new_names_are_noted_once_and_a_slash_gives_way,
                                        open_names, close_names),
        cmocka_unit_test_setup_teardown(a_bad_row_adds_no_name, open_names, close_names),
        cmocka_unit_test_setup_teardown(a_name_whose_code_is_taken_goes_without,
                                        open_names, close_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
