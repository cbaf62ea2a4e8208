#include "cli_case.h"

/* The file's text after saving one key. */
static char *saved(const char *before, cli_key key, const char *value)
{
    const char *path = case_file(before, strlen(before), 0600);
    CXLOG_AUTO_VALUE(cli_settings) settings = {0};
    cxlog_error err = {0};
    assert_int_equal(cli_settings_load(&settings, path, &err), CXLOG_OK);
    if (cli_settings_save(&settings, &key, &value, 1, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    struct stat info;
    assert_int_equal(fstat(fileno(file), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    char *text = calloc(4096, 1);
    assert_non_null(text);
    assert_true(fread(text, 1, 4095, file) > 0);
    assert_int_equal(fclose(file), 0);
    (void)unlink(path);
    return text;
}

static void one_line_changes_and_the_rest_stays(void **state)
{
    (void)state;
    static const struct {
        const char *before, *after;
    } cases[] = {
        {"# mine\n[agent]\n# who\nname = a\n\n[ui]\nlang = ko\n",
         "# mine\n[agent]\n# who\nname = 김\n\n[ui]\nlang = ko\n"},
        {"[ui]\nlang = ko\n", "[ui]\nlang = ko\n\n[agent]\nname = 김\n"},
        {"[agent]\n#name = x\n\n[ui]\n", "[agent]\n#name = x\nname = 김\n\n[ui]\n"},
        {"[agent]\nname=a", "[agent]\nname = 김\n"},
        {"[ui]\nlang = ko", "[ui]\nlang = ko\n\n[agent]\nname = 김\n"},
        {"\n", "\n\n[agent]\nname = 김\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CXLOG_AUTO_TEXT text = saved(cases[i].before, CLI_KEY_AGENT_NAME, "김");
        if (strcmp(text, cases[i].after) != 0)
            fail_msg("case %zu: %s", i, text);
    }
}

static void a_key_without_a_value_goes_and_the_rest_stays(void **state)
{
    (void)state;
    static const struct {
        const char *before, *after;
    } cases[] = {
        {"[agent]\n# who\nname = a\n\n[ui]\n", "[agent]\n# who\n\n[ui]\n"},
        {"[ui]\nlang = ko\n[agent]\nname=a", "[ui]\nlang = ko\n[agent]\n"},
        {"[agent]\n#name = x\n", "[agent]\n#name = x\n"},
        {"[ui]\nlang = ko\n", "[ui]\nlang = ko\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CXLOG_AUTO_TEXT text = saved(cases[i].before, CLI_KEY_AGENT_NAME, NULL);
        if (strcmp(text, cases[i].after) != 0)
            fail_msg("case %zu: %s", i, text);
    }
}

static void values_that_would_be_read_differently_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"a ;b", "a\nb", "\"a\""};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const char *path = case_file("[ui]\n", 5, 0600);
        CXLOG_AUTO_VALUE(cli_settings) settings = {0};
        cli_key key = CLI_KEY_AGENT_NAME;
        assert_int_equal(cli_settings_load(&settings, path, NULL), CXLOG_OK);
        assert_int_equal(cli_settings_save(&settings, &key, &bad[i], 1, NULL),
                         CXLOG_ERR_CONFIG);
        (void)unlink(path);
    }
}

static void a_link_stays_a_link(void **state)
{
    (void)state;
    const char *path = case_file("[ui]\n", 5, 0600);
    char link[80];
    (void)snprintf(link, sizeof link, "%s.link", path);
    assert_int_equal(symlink(strrchr(path, '/') + 1, link), 0);
    CXLOG_AUTO_VALUE(cli_settings) settings = {0};
    cli_key key = CLI_KEY_AGENT_NAME;
    const char *value = "김";
    assert_int_equal(cli_settings_load(&settings, link, NULL), CXLOG_OK);
    assert_int_equal(cli_settings_save(&settings, &key, &value, 1, NULL), CXLOG_OK);
    struct stat info;
    assert_int_equal(lstat(link, &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_int_equal(stat(path, &info), 0);
    assert_true(info.st_size > 5);
    (void)unlink(link);
    (void)unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_line_changes_and_the_rest_stays),
        cmocka_unit_test(a_key_without_a_value_goes_and_the_rest_stays),
        cmocka_unit_test(values_that_would_be_read_differently_are_refused),
        cmocka_unit_test(a_link_stays_a_link),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
