#include <stdio.h>
#include <string.h>

#include "entry_case.h"

typedef struct text_case {
    cxlog_column column;
    const char *given, *stored; /* "": blank */
} text_case;

static const text_case texts[] = {
    {CXLOG_COL_AGENT, "  김하늘 ", "김하늘"},
    {CXLOG_COL_AGENT, "\u1100\u1175\u11b7", "김"}, /* NFD becomes NFC */
    {CXLOG_COL_AGENT, "   ", ""},
    {CXLOG_COL_CUSTOMER, "007", "007"},
    {CXLOG_COL_CUSTOMER, "=IMPORTXML(1)", "=IMPORTXML(1)"},
    {CXLOG_COL_NOTE, "첫 줄\r\n둘째 줄\n", "첫 줄\n둘째 줄"},
    {CXLOG_COL_CATEGORY, " 아무거나 ", "아무거나"},
    {CXLOG_COL_RESULT, "해결", "해결"},
    {CXLOG_COL_RESULT, "해", "해결"},
    {CXLOG_COL_RESULT, "ㅎㄱ", "해결"},
    {CXLOG_COL_RESULT, "ㅈㅎ", "진행"},
    {CXLOG_COL_RESULT, "resolved", "해결"},
    {CXLOG_COL_RESULT, "Open", "진행"},
    {CXLOG_COL_RESULT, "transferred", "이관"},
    {CXLOG_COL_RESULT, "absent", "부재"},
    {CXLOG_COL_RESULT, "abandoned", "포기"},
    {CXLOG_COL_RESULT, "", ""},
    {CXLOG_COL_SENTIMENT, "부정", "부정"},
    {CXLOG_COL_SENTIMENT, "긍", "긍정"},
    {CXLOG_COL_SENTIMENT, "ㅈㄹ", "중립"},
    {CXLOG_COL_SENTIMENT, "positive", "긍정"},
    {CXLOG_COL_SENTIMENT, "neutral", "중립"},
    {CXLOG_COL_SENTIMENT, "negative", "부정"},
    {CXLOG_COL_LINK, "https://example.com/a?b=%20#c", "https://example.com/a?b=%20#c"},
    {CXLOG_COL_LINK, "HTTP://example.com", "HTTP://example.com"},
    {CXLOG_COL_TAGS, "vip", "vip"},
    {CXLOG_COL_TAGS, "+vip,+급함", "vip, 급함"},
    {CXLOG_COL_TAGS, " vip ,, 급함,vip, vi ", "vip, 급함, vi"},
    {CXLOG_COL_TAGS, "긴 급,급", "긴 급, 급"},
    {CXLOG_COL_TAGS, "+,  ,+", ""},
};

static void texts_are_cleaned_and_words_resolved(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        CXLOG_AUTO_VALUE(cxlog_entry) entry;
        cxlog_error err = {0};
        cxlog_entry_init(&entry);
        if (cxlog_entry_set(&entry, texts[i].column, texts[i].given, &err) != CXLOG_OK)
            fail_msg("%s", err.message);
        const char *stored = cxlog_entry_text(&entry, texts[i].column);
        if (strcmp(stored, texts[i].stored) != 0)
            fail_msg("\"%s\" is stored as \"%s\"", texts[i].given, stored);
        assert_true(texts[i].stored[0] != '\0' || !entry.text[texts[i].column]);
    }
}

static void numbers_and_times_are_read(void **state)
{
    (void)state;
    static const struct {
        cxlog_column column;
        const char *given;
        int64_t number;
    } cases[] = {
        {CXLOG_COL_CSAT, "1", 1},
        {CXLOG_COL_NPS, "0", 0},
        {CXLOG_COL_NPS, "10", 10},
        {CXLOG_COL_CES, "7", 7},
        {CXLOG_COL_CES, "", CXLOG_BLANK},
        {CXLOG_COL_HANDLE_S, "360", 360},
        {CXLOG_COL_HANDLE_S, "6분", 360},
        {CXLOG_COL_HANDLE_S, "1h30", 5400},
        {CXLOG_COL_WAIT_S, "45s", 45},
        {CXLOG_COL_WAIT_S, "86400", 86400},
        {CXLOG_COL_CONTACTED_AT, "14:20", NOW - 720},
        {CXLOG_COL_CONTACTED_AT, "어제 14:32", NOW - 86400},
        {CXLOG_COL_LOGGED_AT, "", CXLOG_BLANK},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CXLOG_AUTO_VALUE(cxlog_entry) entry;
        cxlog_error err = {0};
        cxlog_entry_init(&entry);
        if (cxlog_entry_set(&entry, cases[i].column, cases[i].given, &err) != CXLOG_OK)
            fail_msg("%s", err.message);
        if (entry.number[cases[i].column] != cases[i].number)
            fail_msg("\"%s\" is %lld", cases[i].given,
                     (long long)entry.number[cases[i].column]);
    }
}

static const text_case wrong[] = {
    {CXLOG_COL_AGENT, "a\tb", "김"},
    {CXLOG_COL_AGENT, "a\xff", "김"},
    {CXLOG_COL_AGENT, "0123456789012345678901234567890123456789012345678901234567890",
     "김"},
    {CXLOG_COL_RESULT, "아무거나", "해결"},
    {CXLOG_COL_RESULT, "a", "해결"},    /* absent, abandoned */
    {CXLOG_COL_RESULT, "헤결", "해결"}, /* near, but not it */
    {CXLOG_COL_LINK, "example.com", "https://a"},
    {CXLOG_COL_LINK, "ftp://example.com", "https://a"},
    {CXLOG_COL_LINK, "https://", "https://a"},
    {CXLOG_COL_LINK, "https:///path", "https://a"},
    {CXLOG_COL_LINK, "https://a b", "https://a"},
    {CXLOG_COL_CSAT, "0", "3"},
    {CXLOG_COL_CSAT, "6", "3"},
    {CXLOG_COL_CSAT, "+3", "3"},
    {CXLOG_COL_CSAT, "-3", "3"},
    {CXLOG_COL_CSAT, "4.0", "3"},
    {CXLOG_COL_CSAT, "4e0", "3"},
    {CXLOG_COL_CSAT, "0x4", "3"},
    {CXLOG_COL_CSAT, "4 4", "3"},
    {CXLOG_COL_CSAT, " 4", "3"},
    {CXLOG_COL_CSAT, "４", "3"},
    {CXLOG_COL_CSAT, "4분", "3"},
    {CXLOG_COL_NPS, "11", "3"},
    {CXLOG_COL_NPS, "18446744073709551619", "3"},
    {CXLOG_COL_HANDLE_S, "86401", "3"},
    {CXLOG_COL_HANDLE_S, "25h", "3"},
    {CXLOG_COL_HANDLE_S, "six", "3"},
    {CXLOG_COL_CONTACTED_AT, "25:00", "14:20"},
};

static void wrong_values_are_refused_and_the_former_value_stays(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        CXLOG_AUTO_VALUE(cxlog_entry) entry;
        CXLOG_AUTO_VALUE(cxlog_entry) before;
        cxlog_column column = wrong[i].column;
        cxlog_error err = {0};
        cxlog_entry_init(&entry);
        assert_int_equal(cxlog_entry_set(&entry, column, wrong[i].stored, NULL),
                         CXLOG_OK);
        assert_int_equal(cxlog_entry_copy(&before, &entry, NULL), CXLOG_OK);
        if (cxlog_entry_set(&entry, column, wrong[i].given, &err) != CXLOG_ERR_VALUE)
            fail_msg("%s accepted \"%s\"", cxlog_column_get(column)->field,
                     wrong[i].given);
        assert_true(cxlog_entry_same(&entry, &before));
        if (!strstr(err.message, cxlog_column_get(column)->field))
            fail_msg("%s is not named: %s", cxlog_column_get(column)->field, err.message);
    }
}

static void a_wrong_word_brings_its_candidates(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_error err = {0};
    cxlog_entry_init(&entry);
    assert_int_equal(cxlog_entry_set(&entry, CXLOG_COL_RESULT, "a", &err),
                     CXLOG_ERR_VALUE);
    assert_int_equal(err.suggestion_count, 2);
    assert_string_equal(err.suggestions[0], "부재");
    assert_string_equal(err.suggestions[1], "포기");
}

static void notes_hold_50000_characters_and_no_more(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    CXLOG_AUTO_TEXT note = calloc(50001, 3);
    assert_non_null(note);
    assert_int_equal(50001 * 3 - 3, 150000);
    for (size_t i = 0; i < 50000; i++)
        memcpy(note + 3 * i, "가", 3);
    cxlog_entry_init(&entry);
    assert_int_equal(cxlog_entry_set(&entry, CXLOG_COL_NOTE, note, NULL), CXLOG_OK);
    memcpy(note + 150000, "x", 2);
    assert_int_equal(cxlog_entry_set(&entry, CXLOG_COL_NOTE, note, NULL),
                     CXLOG_ERR_VALUE);
}

static void tags_are_bounded_after_they_were_put_in_order(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    char many[1600] = "";
    char different[1600] = "";
    for (size_t i = 0; i < 300; i++) {
        memcpy(many + 4 * i, "vip,", 5);
        (void)snprintf(different + 5 * i, 6, "%04zu,", i);
    }
    cxlog_entry_init(&entry);
    assert_int_equal(cxlog_entry_set(&entry, CXLOG_COL_TAGS, many, NULL), CXLOG_OK);
    assert_string_equal(cxlog_entry_text(&entry, CXLOG_COL_TAGS), "vip");
    assert_int_equal(cxlog_entry_set(&entry, CXLOG_COL_TAGS, different, NULL),
                     CXLOG_ERR_VALUE);
}

static void team_fields_are_sorted_replaced_and_removed(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    assert_int_equal(cxlog_entry_set_extra(&entry, "송장", " A-1 ", NULL), CXLOG_OK);
    assert_int_equal(cxlog_entry_set_extra(&entry, "금액", "100", NULL), CXLOG_OK);
    assert_int_equal(cxlog_entry_set_extra(&entry, "b", "2", NULL), CXLOG_OK);
    assert_int_equal(cxlog_entry_set_extra(&entry, "송장", "B-2", NULL), CXLOG_OK);
    assert_int_equal(entry.extra_count, 3);
    assert_string_equal(entry.extra[0].name, "b");
    assert_string_equal(entry.extra[1].name, "금액");
    assert_string_equal(cxlog_entry_extra(&entry, "송장"), "B-2");
    assert_int_equal(cxlog_entry_set_extra(&entry, "금액", " ", NULL), CXLOG_OK);
    assert_int_equal(entry.extra_count, 2);
    assert_string_equal(cxlog_entry_extra(&entry, "금액"), "");
    assert_int_equal(cxlog_entry_set_extra(&entry, " ", "1", NULL), CXLOG_ERR_VALUE);
    assert_int_equal(cxlog_entry_set_extra(&entry, "b", "x\ny", NULL), CXLOG_ERR_VALUE);
    assert_string_equal(cxlog_entry_extra(&entry, "b"), "2");
}

static void a_record_has_at_most_fifty_team_fields(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    char name[16];
    cxlog_entry_init(&entry);
    for (int i = 0; i < CXLOG_EXTRA_MAX; i++) {
        (void)snprintf(name, sizeof name, "f%d", i);
        assert_int_equal(cxlog_entry_set_extra(&entry, name, "1", NULL), CXLOG_OK);
    }
    assert_int_equal(cxlog_entry_set_extra(&entry, "one more", "1", NULL),
                     CXLOG_ERR_VALUE);
    assert_int_equal(cxlog_entry_set_extra(&entry, "f7", "2", NULL), CXLOG_OK);
    assert_int_equal(entry.extra_count, CXLOG_EXTRA_MAX);
}

static void columns_are_found_by_field_heading_and_synonym(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int column;
    } cases[] = {
        {"contacted_at", CXLOG_COL_CONTACTED_AT},
        {"일시", CXLOG_COL_CONTACTED_AT},
        {"at", CXLOG_COL_CONTACTED_AT},
        {"담당자", CXLOG_COL_AGENT},
        {"구분", CXLOG_COL_CATEGORY},
        {"\u1100\u116e\u1107\u116e\u11ab", CXLOG_COL_CATEGORY},
        {"세부", CXLOG_COL_DETAIL},
        {"sub", CXLOG_COL_DETAIL},
        {"메모", CXLOG_COL_NOTE},
        {" Note ", CXLOG_COL_NOTE},
        {"만족도", CXLOG_COL_CSAT},
        {"csat", CXLOG_COL_CSAT},
        {"처리(초)", CXLOG_COL_HANDLE_S},
        {"url", CXLOG_COL_LINK},
        {"검증", CXLOG_COL_CHECKSUM},
        {"", -1},
        {"분류", -1},
        {"notes", -1},
        {"\xff", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int column = cxlog_column_find(cases[i].name);
        if (column != cases[i].column)
            fail_msg("\"%s\" is column %d", cases[i].name, column);
    }
}

static void the_columns_stand_in_the_order_of_the_sheet(void **state)
{
    (void)state;
    static const char headings[] = "일시 담당 채널 구분 세부 고객 지역 의견 내용 느낌 "
                                   "결과 처리(초) 대기(초) CSAT NPS CES "
                                   "태그 링크 기록ID 기록시각 정정 검증 ";
    char joined[sizeof headings] = "";
    for (int i = 0; i < CXLOG_COLUMN_COUNT; i++) {
        strcat(joined, cxlog_column_get((cxlog_column)i)->heading);
        strcat(joined, " ");
    }
    assert_string_equal(joined, headings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_cleaned_and_words_resolved),
        cmocka_unit_test(numbers_and_times_are_read),
        cmocka_unit_test(wrong_values_are_refused_and_the_former_value_stays),
        cmocka_unit_test(a_wrong_word_brings_its_candidates),
        cmocka_unit_test(notes_hold_50000_characters_and_no_more),
        cmocka_unit_test(tags_are_bounded_after_they_were_put_in_order),
        cmocka_unit_test(team_fields_are_sorted_replaced_and_removed),
        cmocka_unit_test(a_record_has_at_most_fifty_team_fields),
        cmocka_unit_test(columns_are_found_by_field_heading_and_synonym),
        cmocka_unit_test(the_columns_stand_in_the_order_of_the_sheet),
    };
    return cmocka_run_group_tests_name("entry_set", tests, fix_the_clock, NULL);
}
