#include "cli_scheme.h"

static cxlog_status read_line(cxlog_entry *entry, const char *line, cxlog_error *err)
{
    char name[] = "김하늘", channel[] = "이메일";
    cli_ctx ctx = {.cmd = cli_cmd_find("log"), .now = NOON};
    ctx.settings.value[CLI_KEY_AGENT_NAME] = name;
    ctx.settings.value[CLI_KEY_DEFAULTS_CHANNEL] = channel;
    return cli_entry_from_line(entry, &ctx, scheme, line, err);
}

static void words_follow_the_grammar_of_log_without_options(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    assert_int_equal(read_line(&entry, " 배송\t전화  --json -n 메모 :해결 ", NULL),
                     CXLOG_OK);
    assert_string_equal(cxlog_entry_text(&entry, CXLOG_COL_CATEGORY), "배송");
    assert_string_equal(cxlog_entry_text(&entry, CXLOG_COL_NOTE), "--json -n 메모");
    assert_string_equal(cxlog_entry_text(&entry, CXLOG_COL_RESULT), "해결");
}

/* Text arrives unchanged: who lines things up with blanks meant them. */
static void a_note_keeps_its_blanks_as_they_were_typed(void **state)
{
    (void)state;
    static const struct {
        const char *line, *note;
    } cases[] = {
        {"기타   전화   언제   오나요", "언제   오나요"},
        {"기타 언제  오나요   꼭", "언제  오나요   꼭"},
        {"기타 -- 6분   뒤  14:20", "6분   뒤  14:20"},
        {"기타 앞  --   뒤   끝", "앞   뒤   끝"},
        {"기타 앞\t두\t탭", "앞\t두\t탭"},
        {"기타 언제   +긴급 오나요", "언제 오나요"},
        {"기타 언제 +긴급   오나요", "언제   오나요"},
        {"  기타   6분   처음  끝   :해결  ", "처음  끝"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CXLOG_AUTO_VALUE(cxlog_entry) entry;
        cxlog_entry_init(&entry);
        assert_int_equal(read_line(&entry, cases[i].line, NULL), CXLOG_OK);
        const char *note = cxlog_entry_text(&entry, CXLOG_COL_NOTE);
        if (strcmp(note, cases[i].note) != 0)
            fail_msg("%s: got \"%s\", wanted \"%s\"", cases[i].line, note, cases[i].note);
    }
}

static void an_object_may_set_every_field(void **state)
{
    (void)state;
    static const char line[] =
        "{\"schema\":1,\"id\":\"01JD0000000000000000000001\",\"category\":\"배송/지연\","
        "\"channel\":\"ㅈㅎ\",\"contacted_at\":\"2026-11-20T14:20:00+00:00\","
        "\"note\":\"둘\\n줄\",\"tags\":[\"a\",\"b\"],\"handle_s\":60,\"csat\":5,"
        "\"region\":null,\"fields\":{},\"agent\":\"이바다\"}";
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    cxlog_error err = {0};
    if (read_line(&entry, line, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
    assert_string_equal(cxlog_entry_text(&entry, CXLOG_COL_ID),
                        "01JD0000000000000000000001");
    assert_string_equal(cxlog_entry_text(&entry, CXLOG_COL_DETAIL), "지연");
    assert_string_equal(cxlog_entry_text(&entry, CXLOG_COL_CHANNEL), "전화");
    assert_string_equal(cxlog_entry_text(&entry, CXLOG_COL_NOTE), "둘\n줄");
    assert_string_equal(cxlog_entry_text(&entry, CXLOG_COL_TAGS), "a, b");
    assert_string_equal(cxlog_entry_text(&entry, CXLOG_COL_AGENT), "이바다");
    assert_int_equal(entry.number[CXLOG_COL_HANDLE_S], 60);
    assert_int_equal(entry.number[CXLOG_COL_CONTACTED_AT], NOON - 78000);
}

static void a_channel_that_is_blank_on_purpose_stays_blank(void **state)
{
    (void)state;
    static const struct {
        const char *line, *channel;
    } cases[] = {
        {"{\"category\":\"배송\"}", "이메일"},
        {"{\"category\":\"배송\",\"channel\":\"\"}", ""},
        {"{\"category\":\"배송\",\"channel\":null}", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CXLOG_AUTO_VALUE(cxlog_entry) entry;
        cxlog_entry_init(&entry);
        assert_int_equal(read_line(&entry, cases[i].line, NULL), CXLOG_OK);
        assert_string_equal(cxlog_entry_text(&entry, CXLOG_COL_CHANNEL),
                            cases[i].channel);
    }
}

static void bad_objects_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "{",
        "{\"category\":\"배송\"} x",
        "{\"category\":\"배송\",\"category\":\"환불\"}",
        "{\"category\":\"배송\",\"notes\":\"x\"}",
        "{\"category\":\"배송\",\"corrects\":\"x\"}",
        "{\"category\":\"배송\",\"handle_s\":1.5}",
        "{\"category\":\"배송\",\"handle_s\":\"1e5\"}",
        "{\"category\":\"배송\",\"handle_s\":-1}",
        "{\"category\":\"배송\",\"csat\":true}",
        "{\"category\":\"배송\",\"tags\":[\"a,b\"]}",
        "{\"category\":\"배송\",\"tags\":[1]}",
        "{\"category\":\"배송\",\"note\":{}}",
        "{\"category\":\"배송\",\"fields\":[]}",
        "{\"category\":\"배송\",\"fields\":{\"등급\":\"A\"}}",
        "{\"category\":\"배송\",\"id\":\"01\"}",
        "{\"category\":\"배송\",\"schema\":2}",
        "{\"category\":\"배송\",\"contacted_at\":\"2026-11-21 12:01\"}",
        "{\"category\":\"배송\",\"note\":\"a\\u0000b\"}",
        "{\"category\":\"배송\",\"note\":\"\xFF\"}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CXLOG_AUTO_VALUE(cxlog_entry) entry;
        cxlog_entry_init(&entry);
        cxlog_error err = {0};
        if (read_line(&entry, bad[i], &err) != CXLOG_ERR_VALUE)
            fail_msg("%s: %s", bad[i], err.message);
    }
}

static void a_mistyped_member_names_the_near_one(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    cxlog_error err = {0};
    assert_int_equal(read_line(&entry, "{\"categori\":\"배송\"}", &err), CXLOG_ERR_VALUE);
    assert_string_equal(err.suggestions[0], "category");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_follow_the_grammar_of_log_without_options),
        cmocka_unit_test(a_note_keeps_its_blanks_as_they_were_typed),
        cmocka_unit_test(an_object_may_set_every_field),
        cmocka_unit_test(a_channel_that_is_blank_on_purpose_stays_blank),
        cmocka_unit_test(bad_objects_are_refused),
        cmocka_unit_test(a_mistyped_member_names_the_near_one),
    };
    return cmocka_run_group_tests(tests, open_scheme, close_scheme);
}
