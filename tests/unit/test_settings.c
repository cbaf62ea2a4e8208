#include "cli_case.h"

#include <sys/resource.h>

static void forget_environment(void)
{
    static const char *const names[] = {"CXLOG_CONFIG",    "CXLOG_AGENT_NAME",
                                        "CXLOG_SYNC_AUTO", "CXLOG_SYNC_LINGER",
                                        "CXLOG_SHEET_ID",  "XDG_CONFIG_HOME"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        (void)unsetenv(names[i]);
}

static int fresh(void **state)
{
    (void)state;
    forget_environment();
    return setenv("HOME", "/nonexistent-home", 1);
}

static cxlog_status load(cli_settings *out, const char *text, size_t length,
                         cxlog_error *err)
{
    const char *path = case_file(text, length, 0600);
    cxlog_status status = cli_settings_load(out, path, err);
    (void)unlink(path);
    return status;
}

static void builtin_values_hold_without_a_file(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cli_settings) settings = {0};
    cxlog_error err = {0};
    assert_int_equal(cli_settings_load(&settings, NULL, &err), CXLOG_OK);
    assert_string_equal(cli_setting(&settings, CLI_KEY_TIME_ZONE), "Asia/Seoul");
    assert_null(cli_setting(&settings, CLI_KEY_AGENT_NAME));
    assert_true(cli_setting_yes(&settings, CLI_KEY_SYNC_AUTO));
    assert_int_equal(cli_setting_number(&settings, CLI_KEY_SYNC_LINGER), 10);
    assert_false(settings.file_exists);
    assert_string_equal(settings.file, "/nonexistent-home/.config/cxlog/config.ini");
}

static void file_and_then_environment_win(void **state)
{
    (void)state;
    static const char text[] =
        "\xEF\xBB\xBF[agent]\r\nname = \"김 하늘\"\r\n\r\n; note\r\n"
        "[sync]\nauto = off\nlinger=3\n[ui]\nlang =\n";
    (void)setenv("CXLOG_SYNC_LINGER", "7", 1);
    (void)setenv("CXLOG_AGENT_NAME", "", 1); /* empty counts as unset */
    CXLOG_AUTO_VALUE(cli_settings) settings = {0};
    cxlog_error err = {0};
    assert_int_equal(load(&settings, text, sizeof text - 1, &err), CXLOG_OK);
    assert_string_equal(cli_setting(&settings, CLI_KEY_AGENT_NAME), "김 하늘");
    assert_int_equal(settings.origin[CLI_KEY_AGENT_NAME], CLI_ORIGIN_FILE);
    assert_false(cli_setting_yes(&settings, CLI_KEY_SYNC_AUTO));
    assert_int_equal(cli_setting_number(&settings, CLI_KEY_SYNC_LINGER), 7);
    assert_int_equal(settings.origin[CLI_KEY_SYNC_LINGER], CLI_ORIGIN_ENV);
    assert_string_equal(cli_setting(&settings, CLI_KEY_UI_LANG), "auto");
}

#define LINE_199                                                                         \
    "0123456789012345678901234567890123456789012345678901234567890123456789"             \
    "0123456789012345678901234567890123456789012345678901234567890123456789"             \
    "01234567890123456789012345678901234567890123456789"

static void bad_files_are_refused_by_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *line;
        size_t length;
    } cases[] = {
#define BAD(line, text) {text, line, sizeof text - 1}
        BAD(":2:", "[agent]\nnam = a\n"),
        BAD(":3:", "[agent]\nname = a\nname = b\n"),
        BAD(":3:", "[agent]\nname = a\n[agent]\n"),
        BAD(":2:", "[agent]\n  name = a\n"),
        BAD(":2:", "[agent]\nname = a ;b\n"),
        BAD(":2:", "[agent]\nname = \"a ;b\"\n"),
        BAD(":3:", "[agent]\n#\nname = " LINE_199 "\n"),
        BAD(":2:", "[agent]\nname = a\0b\n"),
        BAD(":2:", "[agent]\n\xEF\xBB\xBFname = a\n"),
        BAD(":2:", "[agent]\nname = \xFF\n"),
        BAD(":2:", "[agent]\nname = a\rb\n"),
        BAD(":2:", "[agent]\nname\n"),
        BAD(":1:", "[agents]\nname = a\n"),
        BAD(":1:", "[agent] x\nname = a\n"),
        BAD(":1:", "name = a\n"),
        BAD(":2:", "[sync]\nlinger = 10s\n"),
        BAD(":2:", "[sync]\nauto = maybe\n"),
        BAD(":2:", "[ui]\nlang = fr\n"),
        BAD(":2:", "[store]\npath = here.db\n"),
        BAD(":2:", "[google]\napi = https://evil.example\n"),
        BAD(":2:", "[google]\napi = http://localhost.evil.example\n"),
        BAD(":2:", "[google]\napi = http://127.0.0.1:80@evil.example\n"),
        BAD(":2:", "[google]\napi = http://127.0.0.1:99999\n"),
        BAD(":2:", "[sheet]\nid = ../../token\n"),
#undef BAD
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CXLOG_AUTO_VALUE(cli_settings) settings = {0};
        cxlog_error err = {0};
        cxlog_status status = load(&settings, cases[i].text, cases[i].length, &err);
        if (status != CXLOG_ERR_CONFIG || !strstr(err.message, cases[i].line))
            fail_msg("%s -> %d, %s", cases[i].text, (int)status, err.message);
    }
}

static void unknown_key_names_the_nearest(void **state)
{
    (void)state;
    static const char text[] = "[time]\nzome = UTC\n";
    CXLOG_AUTO_VALUE(cli_settings) settings = {0};
    cxlog_error err = {0};
    assert_int_equal(load(&settings, text, sizeof text - 1, &err), CXLOG_ERR_CONFIG);
    assert_int_equal(err.suggestion_count, 1);
    assert_string_equal(err.suggestions[0], "time.zone");
}

static void an_unknown_key_is_quoted_in_whole_characters(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "[time]\na가나다라마바사아자차카타파하거너더러머버서 = UTC\n",
        "[time]\n가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노 = UTC\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        CXLOG_AUTO_VALUE(cli_settings) settings = {0};
        cxlog_error err = {0};
        assert_int_equal(load(&settings, texts[i], strlen(texts[i]), &err),
                         CXLOG_ERR_CONFIG);
        if (strstr(err.message, "\\x") || !strstr(err.message, "서"))
            fail_msg("%s", err.message);
    }
}

static void loopback_servers_are_accepted(void **state)
{
    (void)state;
    static const char *const good[] = {"http://127.0.0.1:8080", "https://localhost",
                                       "http://[::1]:1/",
                                       "https://sheets.googleapis.com/"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        char text[128];
        int length = snprintf(text, sizeof text, "[google]\napi = %s\n", good[i]);
        CXLOG_AUTO_VALUE(cli_settings) settings = {0};
        cxlog_error err = {0};
        if (load(&settings, text, (size_t)length, &err) != CXLOG_OK)
            fail_msg("%s: %s", good[i], err.message);
    }
}

static void a_file_that_others_may_write_is_refused(void **state)
{
    (void)state;
    static const mode_t modes[] = {0620, 0602, 0666};
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        const char *path = case_file("", 0, modes[i]);
        CXLOG_AUTO_VALUE(cli_settings) settings = {0};
        assert_int_equal(cli_settings_load(&settings, path, NULL), CXLOG_ERR_PERMISSION);
        (void)unlink(path);
    }
}

static void what_is_no_regular_file_is_refused(void **state)
{
    (void)state;
    static const char *const paths[] = {"/tmp", "/dev/null"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        CXLOG_AUTO_VALUE(cli_settings) settings = {0};
        assert_int_equal(cli_settings_load(&settings, paths[i], NULL), CXLOG_ERR_CONFIG);
    }
}

static void a_file_that_cannot_be_opened_is_a_local_fault(void **state)
{
    (void)state;
    struct rlimit before, none;
    const char *path = case_file("", 0, 0600);
    CXLOG_AUTO_VALUE(cli_settings) settings = {0};
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    none = before;
    none.rlim_cur = 0;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    cxlog_status status = cli_settings_load(&settings, path, NULL);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_int_equal(status, CXLOG_ERR_IO);
    (void)unlink(path);
}

static void relative_folder_of_the_environment_is_ignored(void **state)
{
    (void)state;
    (void)setenv("XDG_CONFIG_HOME", "relative", 1);
    CXLOG_AUTO_VALUE(cli_settings) settings = {0};
    assert_int_equal(cli_settings_load(&settings, NULL, NULL), CXLOG_OK);
    assert_string_equal(settings.user_file, "/nonexistent-home/.config/cxlog/config.ini");
}

static void sheet_address_becomes_its_id(void **state)
{
    (void)state;
    (void)setenv("CXLOG_SHEET_ID",
                 "https://docs.google.com/spreadsheets/d/"
                 "1abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP0/edit#gid=0",
                 1);
    CXLOG_AUTO_VALUE(cli_settings) settings = {0};
    assert_int_equal(cli_settings_load(&settings, NULL, NULL), CXLOG_OK);
    assert_string_equal(cli_setting(&settings, CLI_KEY_SHEET_ID),
                        "1abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP0");
}

static void the_sample_file_is_valid(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cli_settings) settings = {0};
    FILE *sample = fopen(SAMPLE_FILE, "r");
    static char text[16384];
    assert_non_null(sample);
    size_t length = fread(text, 1, sizeof text, sample);
    assert_int_equal(fclose(sample), 0);
    cxlog_error err = {0};
    if (load(&settings, text, length, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(builtin_values_hold_without_a_file, fresh),
        cmocka_unit_test_setup(file_and_then_environment_win, fresh),
        cmocka_unit_test_setup(bad_files_are_refused_by_line, fresh),
        cmocka_unit_test_setup(unknown_key_names_the_nearest, fresh),
        cmocka_unit_test_setup(an_unknown_key_is_quoted_in_whole_characters, fresh),
        cmocka_unit_test_setup(loopback_servers_are_accepted, fresh),
        cmocka_unit_test_setup(a_file_that_others_may_write_is_refused, fresh),
        cmocka_unit_test_setup(what_is_no_regular_file_is_refused, fresh),
        cmocka_unit_test_setup(a_file_that_cannot_be_opened_is_a_local_fault, fresh),
        cmocka_unit_test_setup(relative_folder_of_the_environment_is_ignored, fresh),
        cmocka_unit_test_setup(sheet_address_becomes_its_id, fresh),
        cmocka_unit_test_setup(the_sample_file_is_valid, fresh),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
