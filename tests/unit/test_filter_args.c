#include "cli_scheme.h"

#include "cli/filter.h"

static cxlog_status parse(cli_filter *out, const char *text, cxlog_error *err)
{
    char line[512], *words[32];
    (void)snprintf(line, sizeof line, "%s", text);
    cli_ctx ctx = {.cmd = cli_cmd_find("list"), .argv = words};
    ctx.argc = case_words(line, words, 32);
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    cxlog_status status = cli_args_parse(&args, &ctx, err);
    if (status != CXLOG_OK)
        return status;
    return cli_filter_parse(out, &args, scheme, err);
}

typedef struct reading {
    const char *line;
    const char *expected; /* values of the one list, joined by '|' */
} reading;

/* Joined by '|'. */
static void joined(char *out, size_t size, const cxlog_filter_values *values)
{
    const char *const *lists[CLI_FILTERS];
    cli_filter_lists(lists, values);
    out[0] = '\0';
    for (size_t i = 0; i < CLI_FILTERS; i++) {
        for (size_t k = 0; lists[i] && lists[i][k]; k++) {
            strncat(out, out[0] == '\0' ? "" : "|", size - strlen(out) - 1);
            strncat(out, lists[i][k], size - strlen(out) - 1);
        }
    }
}

static void values_become_what_records_hold(void **state)
{
    (void)state;
    static const reading readings[] = {
        {"--category 배송", "배송"},
        {"--category ㅂㅅ", "배송"},
        {"-c qothd", "배송"},
        {"-c ㅂㅅ/ㅈㅇ", "배송/지연"},
        {"-c 배송/", "배송/"},
        {"-c 배송 -c 환불", "배송|환불"},
        {"-C 카톡", "카카오톡"},
        {"-r 서울", "서울"},
        {"-a ~김하늘~", "김하늘"},
        {"-s 긍", "긍정"},
        {"-R 해 -R 진행", "해결|진행"},
        {"--tag +vip", "vip"},
        {"--customer=", ""},
        {"-@ 홍길동", "홍길동"},
    };
    for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++) {
        CXLOG_AUTO_VALUE(cli_filter) filter = {0};
        cxlog_error err = {0};
        char got[256];
        if (parse(&filter, readings[i].line, &err) != CXLOG_OK)
            fail_msg("%s: %s", readings[i].line, err.message);
        joined(got, sizeof got, &filter.filter.only);
        if (strcmp(got, readings[i].expected) != 0)
            fail_msg("%s: got %s, expected %s", readings[i].line, got,
                     readings[i].expected);
    }
}

static void words_are_read_as_options_are(void **state)
{
    (void)state;
    static const struct {
        const char *line, *only, *without;
    } readings[] = {
        {"구분:배송", "배송", ""},
        {"category:ㅂㅅ", "배송", ""},
        {"채널:카톡 채널:전화", "카카오톡|전화", ""},
        {"--channel 전화 channel:zkxhr", "전화|카카오톡", ""},
        {"지역:서울 담당:김하늘 결과:해", "서울|김하늘|해결", ""},
        {"agent:김하늘 상담사:이바다", "김하늘|이바다", ""},
        {"감성:부정 의견:긍 sentiment:중립", "부정|긍정|중립", ""},
        {"+vip 태그:급함 @갑 고객:을", "vip|급함|갑|을", ""},
        {"-구분:배송/지연", "", "배송/지연"},
        {"-구분:배송/ -category:환불", "", "배송/|환불"},
        {"-channel:카톡 -region:서울", "", "카카오톡|서울"},
        {"-태그:vip -+급함 -customer:갑", "", "vip|급함|갑"},
        {"--not 채널:카톡 --not +vip --not @갑", "", "카카오톡|vip|갑"},
        {"--not=결과:해 -결과:진행", "", "해결|진행"},
        {"week 채널:카톡 -구분:환불 +vip", "카카오톡|vip", "환불"},
        {"-q -- -구분:환불 -+vip -@갑", "", "환불|vip|갑"},
        {"-c배송 -@갑", "배송|갑", ""},
    };
    for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++) {
        CXLOG_AUTO_VALUE(cli_filter) filter = {0};
        cxlog_error err = {0};
        char only[256];
        char without[256];
        if (parse(&filter, readings[i].line, &err) != CXLOG_OK)
            fail_msg("%s: %s", readings[i].line, err.message);
        joined(only, sizeof only, &filter.filter.only);
        joined(without, sizeof without, &filter.filter.without);
        if (strcmp(only, readings[i].only) != 0 ||
            strcmp(without, readings[i].without) != 0)
            fail_msg("%s: only %s, not %s", readings[i].line, only, without);
    }
}

static void without_a_value_a_field_means_blank(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cli_filter) filter = {0};
    assert_int_equal(parse(&filter, "지역: -태그: -고객:", NULL), CXLOG_OK);
    assert_string_equal(filter.filter.only.region[0], "");
    assert_string_equal(filter.filter.without.tag[0], "");
    assert_string_equal(filter.filter.without.customer[0], "");
}

static void a_word_of_no_field_is_refused_with_the_near_ones(void **state)
{
    (void)state;
    static const struct {
        const char *line, *suggestion; /* "": none is near */
    } bad[] = {
        {"채넓:카톡", "채널:카톡"},
        {"-채넓:카톡", "-채널:카톡"},
        {"chanel:카톡", "channel:카톡"},
        {"-chanel:카톡", "-channel:카톡"},
        {"--not chanel:카톡", "channel:카톡"},
        {"요일:월", ""},
        {"-hour:10", ""},
        {":해결", ""},
        {"14:20", ""},
        {"필드:등급", ""},
        {"+", ""},
        {"@", ""},
        {"-+", ""},
        {"--not 카톡", ""},
        {"--not -채널:카톡", ""},
        {"--not=", ""},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CXLOG_AUTO_VALUE(cli_filter) filter = {0};
        cxlog_error err = {0};
        if (parse(&filter, bad[i].line, &err) != CXLOG_ERR_USAGE)
            fail_msg("%s: \"%s\"", bad[i].line, err.message);
        const char *first = err.suggestion_count > 0 ? err.suggestions[0] : "";
        if (strcmp(first, bad[i].suggestion) != 0)
            fail_msg("%s: suggests \"%s\"", bad[i].line, first);
    }
}

static void what_is_no_filter_stays_a_word_of_the_period(void **state)
{
    (void)state;
    char line[] = "지난 +vip 주 -구분:배송 2026-W46..W47";
    char *words[8];
    cli_ctx ctx = {.cmd = cli_cmd_find("totals"), .argv = words};
    ctx.argc = case_words(line, words, 8);
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    assert_int_equal(cli_args_parse(&args, &ctx, NULL), CXLOG_OK);
    assert_int_equal(args.word_count, 3);
    assert_string_equal(args.words[0], "지난");
    assert_string_equal(args.words[1], "주");
    assert_string_equal(args.words[2], "2026-W46..W47");
    assert_int_equal(args.term_count, 2);
}

/* A note may hold anything, and a correction's words are no filters. */
static void commands_without_filters_read_such_words_as_before(void **state)
{
    (void)state;
    char line[] = "배송 채널:카톡 -구분:기타 +vip";
    char *words[8];
    cli_ctx ctx = {.cmd = cli_cmd_find("log"), .argv = words};
    ctx.argc = case_words(line, words, 8);
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    assert_int_equal(cli_args_parse(&args, &ctx, NULL), CXLOG_OK);
    assert_int_equal(args.word_count, 4);
    assert_int_equal(args.term_count, 0);
}

static void what_is_not_asked_does_not_filter(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cli_filter) filter = {0};
    assert_int_equal(parse(&filter, "--grep 환불", NULL), CXLOG_OK);
    assert_null(filter.filter.only.category);
    assert_null(filter.filter.only.customer);
    assert_string_equal(filter.filter.grep, "환불");
}

static void unknown_values_are_refused_with_the_near_ones(void **state)
{
    (void)state;
    static const char *const bad[] = {"-c 배숑", "-c 배송/없는것", "-C 팩스", "-s 최고",
                                      "-r 화성"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CXLOG_AUTO_VALUE(cli_filter) filter = {0};
        cxlog_error err = {0};
        if (parse(&filter, bad[i], &err) != CXLOG_ERR_VALUE)
            fail_msg("accepted %s", bad[i]);
    }
    CXLOG_AUTO_VALUE(cli_filter) filter = {0};
    cxlog_error err = {0};
    assert_int_equal(parse(&filter, "-c 배숑", &err), CXLOG_ERR_VALUE);
    assert_string_equal(err.suggestions[0], "배송");
}

/* Retired long ago, but last year's records bear it. */
static void a_retired_name_still_finds_its_records(void **state)
{
    (void)state;
    char name[] = "팩스", none[] = "";
    const cxlog_value fax = {.dim = CXLOG_DIM_CHANNEL,
                             .name = name,
                             .parent = none,
                             .code = none,
                             .from = CXLOG_NO_DAY,
                             .retired_from = cxlog_day_make(2000, 1, 1),
                             .successor = none,
                             .retired_by = 76,
                             .retired_how = CXLOG_ACTION_RETIRE,
                             .kind = none,
                             .column = -1};
    assert_int_equal(cxlog_scheme_put(scheme, &fax, NULL), CXLOG_OK);
    CXLOG_AUTO_VALUE(cli_filter) filter = {0};
    assert_int_equal(parse(&filter, "-C 팩스", NULL), CXLOG_OK);
    assert_string_equal(filter.filter.only.channel[0], "팩스");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_become_what_records_hold),
        cmocka_unit_test(words_are_read_as_options_are),
        cmocka_unit_test(without_a_value_a_field_means_blank),
        cmocka_unit_test(a_word_of_no_field_is_refused_with_the_near_ones),
        cmocka_unit_test(what_is_no_filter_stays_a_word_of_the_period),
        cmocka_unit_test(commands_without_filters_read_such_words_as_before),
        cmocka_unit_test(what_is_not_asked_does_not_filter),
        cmocka_unit_test(unknown_values_are_refused_with_the_near_ones),
        cmocka_unit_test(a_retired_name_still_finds_its_records),
    };
    return cmocka_run_group_tests(tests, open_scheme, close_scheme);
}
