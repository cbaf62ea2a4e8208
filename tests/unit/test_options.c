#include "cli_case.h"

static cxlog_status parse(cli_args *out, cli_ctx *ctx, const char *command, char *line,
                          cxlog_error *err)
{
    static char *words[32];
    *ctx = (cli_ctx){.cmd = cli_cmd_find(command), .argv = words};
    assert_non_null(ctx->cmd);
    ctx->argc = case_words(line, words, 32);
    return cli_args_parse(out, ctx, err);
}

static void options_are_understood_in_every_form(void **state)
{
    (void)state;
    static const char *const lines[] = {"--reason 두~번 ID", "--reason=두~번 ID",
                                        "ID --reason 두~번", "-q ID --reason=두~번 -y"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        char line[64];
        (void)snprintf(line, sizeof line, "%s", lines[i]);
        cli_ctx ctx;
        CXLOG_AUTO_VALUE(cli_args) args = {0};
        assert_int_equal(parse(&args, &ctx, "void", line, NULL), CXLOG_OK);
        assert_int_equal(args.word_count, 1);
        assert_string_equal(args.words[0], "ID");
        assert_string_equal(cli_args_get(&args, "reason"), "두 번");
    }
}

static void short_options_cluster_and_common_ones_land_in_the_context(void **state)
{
    (void)state;
    char line[] = "-qvvn --json --color=never 배송 -C전화 메모";
    cli_ctx ctx;
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    assert_int_equal(parse(&args, &ctx, "amend", line, NULL), CXLOG_OK);
    assert_true(ctx.quiet && ctx.dry_run && ctx.json);
    assert_int_equal(ctx.verbose, 2);
    assert_int_equal(ctx.color, CLI_COLOR_NEVER);
    assert_string_equal(cli_args_get(&args, "channel"), "전화");
    assert_int_equal(args.word_count, 2);
}

static void parsing_twice_gives_the_same(void **state)
{
    (void)state;
    char line[] = "-v ID --yes";
    cli_ctx ctx;
    CXLOG_AUTO_VALUE(cli_args) first = {0};
    CXLOG_AUTO_VALUE(cli_args) second = {0};
    assert_int_equal(parse(&first, &ctx, "void", line, NULL), CXLOG_OK);
    assert_int_equal(cli_args_parse(&second, &ctx, NULL), CXLOG_OK);
    assert_int_equal(ctx.verbose, 1);
    assert_int_equal(second.word_count, first.word_count);
    assert_int_equal(second.given_count, first.given_count);
}

static void after_two_dashes_all_is_text(void **state)
{
    (void)state;
    char line[] = "배송 -- --json -C 전화";
    cli_ctx ctx;
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    assert_int_equal(parse(&args, &ctx, "log", line, NULL), CXLOG_OK);
    assert_false(ctx.json);
    assert_int_equal(args.word_count, 4);
    assert_int_equal(args.note_from, 1);
}

static void log_leaves_dashes_of_a_sentence_alone(void **state)
{
    (void)state;
    char line[] = "배송 -5도 -냉장 - --아직 -xyz --note 메모";
    cli_ctx ctx;
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    assert_int_equal(parse(&args, &ctx, "log", line, NULL), CXLOG_OK);
    assert_int_equal(args.word_count, 6);
    assert_string_equal(args.words[1], "-5도");
    assert_string_equal(cli_args_get(&args, "note"), "메모");
}

static void log_takes_its_own_short_options_after_words_too(void **state)
{
    (void)state;
    char line[] = "배송 메모 -C 전화 -n";
    cli_ctx ctx;
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    assert_int_equal(parse(&args, &ctx, "log", line, NULL), CXLOG_OK);
    assert_string_equal(cli_args_get(&args, "channel"), "전화");
    assert_true(ctx.dry_run);
    assert_int_equal(args.word_count, 2);
}

static void mistakes_are_usage_errors_with_the_near_ones(void **state)
{
    (void)state;
    static const struct {
        const char *command, *line, *suggestion;
    } cases[] = {
        {"void", "--reazon x ID", "--reason"},
        {"log", "--chanel 전화 배송", "--channel"},
        {"log", "배송 --chanel 전화", "--channel"},
        {"log", "배송 --jsno", "--json"},
        {"void", "ID -z", NULL},
        {"void", "ID --reason", NULL},
        {"void", "ID --yes=1", NULL},
        {"void", "--color=red ID", NULL},
        {"void", "--color alwyas ID", "always"},
        {"void", "--color=ㅜㄷㅍㄷㄱ ID", "never"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char line[64];
        (void)snprintf(line, sizeof line, "%s", cases[i].line);
        cli_ctx ctx;
        CXLOG_AUTO_VALUE(cli_args) args = {0};
        cxlog_error err = {0};
        if (parse(&args, &ctx, cases[i].command, line, &err) != CXLOG_ERR_USAGE)
            fail_msg("accepted %s", cases[i].line);
        if (cases[i].suggestion && (err.suggestion_count == 0 ||
                                    strcmp(err.suggestions[0], cases[i].suggestion) != 0))
            fail_msg("%s: %s", cases[i].line, err.suggestions[0]);
    }
}

static void two_letters_are_near_to_nothing(void **state)
{
    (void)state;
    char line[] = "--on x";
    cli_ctx ctx;
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    cxlog_error err = {0};
    assert_int_equal(parse(&args, &ctx, "totals", line, &err), CXLOG_ERR_USAGE);
    assert_int_equal(err.suggestion_count, 0);
}

static void repeated_options_are_all_there_and_the_last_wins(void **state)
{
    (void)state;
    char line[] = "ID --tag a --tag b -t c";
    cli_ctx ctx;
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    const char **all;
    assert_int_equal(parse(&args, &ctx, "amend", line, NULL), CXLOG_OK);
    assert_string_equal(cli_args_get(&args, "tag"), "c");
    assert_int_equal(cli_args_all(&args, "tag", &all, NULL), CXLOG_OK);
    assert_string_equal(all[0], "a");
    assert_string_equal(all[2], "c");
    assert_null(all[3]);
    free(all);
}

static void every_name_of_a_command_finds_it(void **state)
{
    (void)state;
    assert_ptr_equal(cli_cmd_find("기록"), cli_cmd_find("log"));
    assert_ptr_equal(cli_cmd_find("l"), cli_cmd_find("log"));
    assert_null(cli_cmd_find("lo"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_are_understood_in_every_form),
        cmocka_unit_test(short_options_cluster_and_common_ones_land_in_the_context),
        cmocka_unit_test(parsing_twice_gives_the_same),
        cmocka_unit_test(after_two_dashes_all_is_text),
        cmocka_unit_test(log_leaves_dashes_of_a_sentence_alone),
        cmocka_unit_test(log_takes_its_own_short_options_after_words_too),
        cmocka_unit_test(mistakes_are_usage_errors_with_the_near_ones),
        cmocka_unit_test(two_letters_are_near_to_nothing),
        cmocka_unit_test(repeated_options_are_all_there_and_the_last_wins),
        cmocka_unit_test(every_name_of_a_command_finds_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
