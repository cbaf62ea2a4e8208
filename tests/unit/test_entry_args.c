#include "cli_scheme.h"

static cxlog_status build(cxlog_entry *entry, const char *text, const char *channel,
                          bool amend, cxlog_error *err)
{
    char line[512], *words[64], name[] = "김하늘", place[64] = "";
    (void)snprintf(line, sizeof line, "%s", text);
    (void)snprintf(place, sizeof place, "%s", channel ? channel : "");
    cli_ctx ctx = {
        .cmd = cli_cmd_find(amend ? "amend" : "log"), .argv = words, .now = NOON};
    ctx.settings.value[CLI_KEY_AGENT_NAME] = name;
    ctx.settings.value[CLI_KEY_DEFAULTS_CHANNEL] = channel ? place : NULL;
    ctx.argc = case_words(line, words, 64);
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    cxlog_status status = cli_args_parse(&args, &ctx, err);
    if (status != CXLOG_OK)
        return status;
    cli_entry_input input = {
        .args = &args, .scheme = scheme, .ctx = &ctx, .amend = amend};
    return cli_entry_from_args(entry, &input, err);
}

/* The entry as "구분/세부|채널|고객|지역|의견|결과|태그|처리|시각|내용", blanks left out.
 */
static void shown(char *out, size_t size, const cxlog_entry *entry)
{
    static const cxlog_column columns[] = {
        CXLOG_COL_CATEGORY, CXLOG_COL_DETAIL,    CXLOG_COL_CHANNEL, CXLOG_COL_CUSTOMER,
        CXLOG_COL_REGION,   CXLOG_COL_SENTIMENT, CXLOG_COL_RESULT,  CXLOG_COL_TAGS};
    size_t at = 0;
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        at += (size_t)snprintf(out + at, size - at, "%s%s", i > 0 ? "|" : "",
                               cxlog_entry_text(entry, columns[i]));
    int64_t handle = entry->number[CXLOG_COL_HANDLE_S];
    int64_t minutes = (entry->number[CXLOG_COL_CONTACTED_AT] - NOON) / 60;
    (void)snprintf(out + at, size - at, "|%lld|%lld|%s",
                   (long long)(handle == CXLOG_BLANK ? -1 : handle), (long long)minutes,
                   cxlog_entry_text(entry, CXLOG_COL_NOTE));
}

typedef struct reading {
    const char *line, *expected;
} reading;

static void expect(const reading *cases, size_t count, const char *channel)
{
    for (size_t i = 0; i < count; i++) {
        CXLOG_AUTO_VALUE(cxlog_entry) entry;
        cxlog_entry_init(&entry);
        cxlog_error err = {0};
        char got[1024] = "";
        if (build(&entry, cases[i].line, channel, false, &err) != CXLOG_OK)
            fail_msg("%s: %s", cases[i].line, err.message);
        shown(got, sizeof got, &entry);
        if (strcmp(got, cases[i].expected) != 0)
            fail_msg("%s\n  got      %s\n  expected %s", cases[i].line, got,
                     cases[i].expected);
    }
}
#define EXPECT(channel, ...)                                                             \
    do {                                                                                 \
        static const reading cases[] = {__VA_ARGS__};                                    \
        expect(cases, sizeof cases / sizeof cases[0], channel);                          \
    } while (0)

static void category_then_channel_then_note(void **state)
{
    (void)state;
    EXPECT(NULL, {"배송", "배송||||||||-1|0|"},
           {"배송 전화 3일째 미도착", "배송||전화||||||-1|0|3일째 미도착"},
           {"ㅂㅅ ㅈㅎ 메모", "배송||전화||||||-1|0|메모"},
           {"qt wg 메모", "배송||전화||||||-1|0|메모"},
           {"배송 카톡 전화 안 받음", "배송||카카오톡||||||-1|0|전화 안 받음"},
           {"배송 메모 전화", "배송||||||||-1|0|메모 전화"},
           {"배송 -- 전화 안 받음", "배송||||||||-1|0|전화 안 받음"},
           {"배송/지연 전화", "배송|지연|전화||||||-1|0|"},
           {"배송 전화 -5도 냉장", "배송||전화||||||-1|0|-5도 냉장"});
}

static void attributes_stand_before_or_after_the_note(void **state)
{
    (void)state;
    EXPECT(NULL,
           {"배송 전화 재발송 안내 :진행 6분", "배송||전화||||진행||360|0|재발송 안내"},
           {"배송 :해결 전화 6분 메모", "배송||전화||||해결||360|0|메모"},
           {"배송 1시간30분 11:30 메모", "배송||||||||5400|-30|메모"},
           {"배송 +vip +급함 @홍길동 %서울 :부정 메모",
            "배송|||홍길동|서울|부정||vip, 급함|-1|0|메모"},
           {"배송 메모 +vip 둘", "배송|||||||vip|-1|0|메모 둘"},
           {"배송 메모 -- +vip :해결 6분", "배송||||||||-1|0|메모 +vip :해결 6분"});
}

static void times_within_a_sentence_are_text(void **state)
{
    (void)state;
    EXPECT(NULL,
           {"배송 전화 고객이 30분 기다림", "배송||전화||||||-1|0|고객이 30분 기다림"},
           {"배송 전화 어제 11:30 통화 후 끊김",
            "배송||전화||||||-1|0|어제 11:30 통화 후 끊김"},
           {"배송 6분 10분 기다림", "배송||||||||360|0|10분 기다림"});
}

static void what_is_no_attribute_stays_text(void **state)
{
    (void)state;
    EXPECT(NULL,
           {"배송 전화 :) +1 @3시 %할인 90", "배송||전화||||||-1|0|:) +1 @3시 %할인 90"},
           {"배송 :아무거나 메모", "배송||||||||-1|0|:아무거나 메모"},
           {"배송 + @ : % 끝", "배송||||||||-1|0|+ @ : % 끝"});
}

static void flags_win_over_words(void **state)
{
    (void)state;
    EXPECT(NULL, {"배송 --channel 전화 메모", "배송||전화||||||-1|0|메모"},
           {"배송 전화 안 받음 -C 카톡", "배송||카카오톡||||||-1|0|전화 안 받음"},
           {"-c 환불 전화 메모", "환불||전화||||||-1|0|메모"},
           {"배송 :해결 --result 진행", "배송||||||진행||-1|0|"},
           {"배송 말 --note 글", "배송||||||||-1|0|글"},
           {"배송 6분 --handle 45s", "배송||||||||45|0|"},
           {"배송 전화 -d 지연", "배송|지연|전화||||||-1|0|"},
           {"배송 --at 어제~11:00", "배송||||||||-1|-1500|"},
           {"배송 -t a -t b +c", "배송|||||||a, b, c|-1|0|"});
}

static void default_channel_serves_only_who_names_none(void **state)
{
    (void)state;
    EXPECT("ㅇㅁㅇ", {"배송 메모", "배송||이메일||||||-1|0|메모"},
           {"배송 전화", "배송||전화||||||-1|0|"},
           {"배송 --channel=", "배송||||||||-1|0|"});
}

static void bad_values_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        cxlog_status status;
    } cases[] = {
        {"배숑 메모", CXLOG_ERR_VALUE},
        {"", CXLOG_ERR_USAGE},
        {"-d 지연", CXLOG_ERR_USAGE},
        {"배송/없는것", CXLOG_ERR_VALUE},
        {"배송 --channel 없는것", CXLOG_ERR_VALUE},
        {"배송 --at 13:00", CXLOG_ERR_VALUE},
        {"배송 13:00", CXLOG_ERR_VALUE},
        {"배송 :ㅂㅈ", CXLOG_ERR_VALUE},
        {"배송 --handle 6", CXLOG_ERR_VALUE},
        {"배송 --csat 6", CXLOG_ERR_VALUE},
        {"배송 --csat 5.", CXLOG_ERR_VALUE},
        {"배송 --link ftp://x", CXLOG_ERR_VALUE},
        {"배송 --field 등급=A", CXLOG_ERR_VALUE},
        {"배송 --field 등급", CXLOG_ERR_USAGE},
        {"배송 \xFF", CXLOG_ERR_VALUE},
        {"\xFF", CXLOG_ERR_VALUE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CXLOG_AUTO_VALUE(cxlog_entry) entry;
        cxlog_entry_init(&entry);
        cxlog_error err = {0};
        cxlog_status status = build(&entry, cases[i].line, NULL, false, &err);
        if (status != cases[i].status)
            fail_msg("%s: %d %s", cases[i].line, (int)status, err.message);
    }
}

static void unknown_category_suggests_the_near_one(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    cxlog_error err = {0};
    assert_int_equal(build(&entry, "배숑", NULL, false, &err), CXLOG_ERR_VALUE);
    assert_true(err.suggestion_count > 0);
    assert_string_equal(err.suggestions[0], "배송");
}

static void amend_changes_only_what_is_given(void **state)
{
    (void)state;
    static const reading cases[] = {
        {"--note=", "배송|지연|전화||||진행|a|360|0|"},
        {"-R 해결", "배송|지연|전화||||해결|a|360|0|메모"},
        {"-c 환불", "환불||전화||||진행|a|360|0|메모"},
        {"-c 배송", "배송|지연|전화||||진행|a|360|0|메모"},
        {"-d 파손", "배송|파손|전화||||진행|a|360|0|메모"},
        {"--handle= --tag=", "배송|지연|전화||||진행||-1|0|메모"},
        {"+b :해결 @홍", "배송|지연|전화|홍|||해결|b, a|360|0|메모"},
        {"-- 새 메모", "배송|지연|전화||||진행|a|360|0|새 메모"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CXLOG_AUTO_VALUE(cxlog_entry) entry;
        cxlog_entry_init(&entry);
        cxlog_error err = {0};
        char got[1024] = "";
        assert_int_equal(
            build(&entry, "배송/지연 전화 :진행 6분 +a 메모", NULL, false, &err),
            CXLOG_OK);
        if (build(&entry, cases[i].line, NULL, true, &err) != CXLOG_OK)
            fail_msg("%s: %s", cases[i].line, err.message);
        shown(got, sizeof got, &entry);
        if (strcmp(got, cases[i].expected) != 0)
            fail_msg("%s\n  got      %s\n  expected %s", cases[i].line, got,
                     cases[i].expected);
    }
}

static void amend_refuses_bare_words(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    assert_int_equal(build(&entry, "배송", NULL, false, NULL), CXLOG_OK);
    assert_int_equal(build(&entry, "새 메모", NULL, true, NULL), CXLOG_ERR_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(category_then_channel_then_note),
        cmocka_unit_test(attributes_stand_before_or_after_the_note),
        cmocka_unit_test(times_within_a_sentence_are_text),
        cmocka_unit_test(what_is_no_attribute_stays_text),
        cmocka_unit_test(flags_win_over_words),
        cmocka_unit_test(default_channel_serves_only_who_names_none),
        cmocka_unit_test(bad_values_are_refused),
        cmocka_unit_test(unknown_category_suggests_the_near_one),
        cmocka_unit_test(amend_changes_only_what_is_given),
        cmocka_unit_test(amend_refuses_bare_words),
    };
    return cmocka_run_group_tests(tests, open_scheme, close_scheme);
}
