#include "cli_scheme.h"

static cxlog_status parse(cli_filter *out, const char *text, cxlog_error *err)
{
    char line[512], *words[32];
    (void)snprintf(line, sizeof line, "%s", text);
    cli_ctx ctx = {.cmd = cli_cmd_find("list"), .argv = words};
    ctx.argc = case_words(line, words, 32);
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    assert_int_equal(cli_args_parse(&args, &ctx, err), CXLOG_OK);
    return cli_filter_parse(out, &args, scheme, err);
}

typedef struct reading {
    const char *line;
    const char *expected; /* values of the one list, joined by '|' */
} reading;

static void joined(char *out, size_t size, const cxlog_filter *filter)
{
    const char *const *const lists[] = {
        filter->category,  filter->channel, filter->region, filter->agent,
        filter->sentiment, filter->result,  filter->tag,    filter->customer};
    out[0] = '\0';
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        for (size_t k = 0; lists[i] && lists[i][k]; k++) {
            strncat(out, k ? "|" : "", size - strlen(out) - 1);
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
        joined(got, sizeof got, &filter.filter);
        if (strcmp(got, readings[i].expected) != 0)
            fail_msg("%s: got %s, expected %s", readings[i].line, got,
                     readings[i].expected);
    }
}

static void what_is_not_asked_does_not_filter(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cli_filter) filter = {0};
    assert_int_equal(parse(&filter, "--grep 환불", NULL), CXLOG_OK);
    assert_null(filter.filter.category);
    assert_null(filter.filter.customer);
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
    assert_string_equal(filter.filter.channel[0], "팩스");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_become_what_records_hold),
        cmocka_unit_test(what_is_not_asked_does_not_filter),
        cmocka_unit_test(unknown_values_are_refused_with_the_near_ones),
        cmocka_unit_test(a_retired_name_still_finds_its_records),
    };
    return cmocka_run_group_tests(tests, open_scheme, close_scheme);
}
