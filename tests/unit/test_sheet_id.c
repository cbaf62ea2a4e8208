#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <cxlog/remote.h>

#define ID "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms"

static void every_pasted_form_gives_the_id(void **state)
{
    (void)state;
    static const char *const good[] = {
        ID,
        "  " ID "\n",
        "https://docs.google.com/spreadsheets/d/" ID,
        "https://docs.google.com/spreadsheets/d/" ID "/edit#gid=0",
        "https://docs.google.com/spreadsheets/d/" ID "/edit?usp=sharing",
        "https://docs.google.com/spreadsheets/u/1/d/" ID "/edit",
        "https://docs.google.com/a/example.com/spreadsheets/d/" ID "/",
        "docs.google.com/spreadsheets/d/" ID "?x=1",
        "https://drive.google.com/open?id=" ID,
        "https://drive.google.com/file/d/" ID "/view",
        "https://spreadsheets.google.com/ccc?key=" ID "&hl=ko",
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        CXLOG_AUTO_TEXT id = NULL;
        cxlog_error err = {0};
        if (cxlog_sheet_id(&id, good[i], &err) != CXLOG_OK)
            fail_msg("%s: %s", good[i], err.message);
        assert_string_equal(id, ID);
    }
}

static void other_addresses_are_named_for_what_they_are(void **state)
{
    (void)state;
    static const struct {
        const char *text, *part;
    } cases[] = {
        {"https://drive.google.com/drive/folders/" ID, "folder"},
        {"https://docs.google.com/document/d/" ID "/edit", "document"},
        {"https://docs.google.com/presentation/d/" ID, "presentation"},
        {"https://docs.google.com/forms/d/" ID "/edit", "form"},
        {"https://docs.google.com/spreadsheets/d/e/2PACX-1vT/pubhtml", "published"},
        {"https://example.com/d/" ID, "browser"},
        {"https://docs.google.com/spreadsheets/", "browser"},
        {"https://docs.google.com/spreadsheets/d/", "browser"},
        {"https://docs.google.com/spreadsheets/d/a\x1b", "browser"},
        {"https://docs.google.com/spreadsheets/d/abc%2e%2e", "browser"},
        {"../etc", "browser"},
        {"가나다", "browser"},
        {"", "empty"},
        {"   ", "empty"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CXLOG_AUTO_TEXT id = NULL;
        cxlog_error err = {0};
        cxlog_status status = cxlog_sheet_id(&id, cases[i].text, &err);
        if (status != CXLOG_ERR_CONFIG || id || !strstr(err.message, cases[i].part))
            fail_msg("%s: %s %s", cases[i].text, cxlog_status_name(status), err.message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pasted_form_gives_the_id),
        cmocka_unit_test(other_addresses_are_named_for_what_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
