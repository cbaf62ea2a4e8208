#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <cxlog/error.h>
#include <cxlog/text.h>

static void fail_writes_the_sentence_and_returns_the_status(void **state)
{
    (void)state;
    cxlog_error err = {0};
    assert_int_equal(cxlog_fail(&err, CXLOG_ERR_VALUE, "csat is %d", 9), CXLOG_ERR_VALUE);
    assert_int_equal(err.status, CXLOG_ERR_VALUE);
    assert_string_equal(err.message, "csat is 9");
}

static void fail_without_a_struct_still_returns_the_status(void **state)
{
    (void)state;
    assert_int_equal(cxlog_fail(NULL, CXLOG_ERR_IO, "x"), CXLOG_ERR_IO);
}

static void the_first_failure_is_kept(void **state)
{
    (void)state;
    cxlog_error err = {0};
    cxlog_fail(&err, CXLOG_ERR_RETRY, "first");
    assert_int_equal(cxlog_fail(&err, CXLOG_ERR_IO, "second"), CXLOG_ERR_IO);
    assert_int_equal(err.status, CXLOG_ERR_RETRY);
    assert_string_equal(err.message, "first");
}

static void a_cleared_error_takes_a_new_failure(void **state)
{
    (void)state;
    cxlog_error err = {0};
    cxlog_fail(&err, CXLOG_ERR_RETRY, "first");
    cxlog_suggest(&err, "배송");
    cxlog_error_clear(&err);
    assert_int_equal(err.suggestion_count, 0);
    cxlog_fail(&err, CXLOG_ERR_IO, "second");
    assert_string_equal(err.message, "second");
}

static void wrap_puts_context_before_the_sentence(void **state)
{
    (void)state;
    cxlog_error err = {0};
    cxlog_fail(&err, CXLOG_ERR_VALUE, "csat is 9");
    assert_int_equal(cxlog_wrap(&err, "line %d", 3), CXLOG_ERR_VALUE);
    assert_string_equal(err.message, "line 3: csat is 9");
}

static void wrap_never_reports_success(void **state)
{
    (void)state;
    cxlog_error err = {0};
    assert_int_equal(cxlog_wrap(NULL, "line 1"), CXLOG_ERR_BUG);
    assert_int_equal(cxlog_wrap(&err, "line 1"), CXLOG_ERR_BUG);
    assert_string_equal(err.message, "line 1");
}

static void long_sentences_are_cut_between_characters(void **state)
{
    (void)state;
    static const char *const patterns[] = {"가", "é", "😀", "a가"};
    for (size_t p = 0; p < sizeof patterns / sizeof patterns[0]; p++) {
        for (size_t shift = 0; shift < 4; shift++) {
            char text[3000] = "....";
            text[shift] = '\0';
            while (strlen(text) < 2000)
                strcat(text, patterns[p]);
            cxlog_error err = {0};
            cxlog_fail(&err, CXLOG_ERR_VALUE, "%s", text);
            if (cxlog_text_invalid_at(err.message, strlen(err.message)) != -1)
                fail_msg("\"%s\" cut inside a character at shift %zu", patterns[p],
                         shift);
            if (strlen(err.message) + 4 < CXLOG_MESSAGE_MAX)
                fail_msg("\"%s\" cut too early", patterns[p]);
            cxlog_wrap(&err, "row %d", 1);
            if (cxlog_text_invalid_at(err.message, strlen(err.message)) != -1)
                fail_msg("\"%s\" cut inside a character by wrap", patterns[p]);
        }
    }
}

static void suggestions_keep_their_order_and_stop_at_the_bound(void **state)
{
    (void)state;
    cxlog_error err = {0};
    static const char *const names[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        cxlog_suggest(&err, names[i]);
    assert_int_equal(err.suggestion_count, CXLOG_SUGGESTIONS_MAX);
    assert_string_equal(err.suggestions[0], "0");
    assert_string_equal(err.suggestions[7], "7");
}

static void long_suggestions_are_cut_between_characters(void **state)
{
    (void)state;
    char text[400] = "a";
    while (strlen(text) < 300)
        strcat(text, "송");
    cxlog_error err = {0};
    cxlog_suggest(&err, text);
    assert_int_equal(strlen(err.suggestions[0]), 157);
    assert_int_equal(cxlog_text_invalid_at(err.suggestions[0], 157), -1);
}

static void every_status_has_its_documented_exit_code(void **state)
{
    (void)state;
    static const struct {
        cxlog_status status;
        int code;
        const char *name;
    } cases[] = {
        {CXLOG_OK, 0, "ok"},
        {CXLOG_ERR_INCOMPLETE, 3, "incomplete"},
        {CXLOG_ERR_TAMPERED, 4, "tampered"},
        {CXLOG_ERR_USAGE, 64, "usage"},
        {CXLOG_ERR_VALUE, 65, "value"},
        {CXLOG_ERR_NOINPUT, 66, "noinput"},
        {CXLOG_ERR_GONE, 69, "refused"},
        {CXLOG_ERR_BUG, 70, "bug"},
        {CXLOG_ERR_NOMEM, 70, "nomem"},
        {CXLOG_ERR_CREATE, 73, "create"},
        {CXLOG_ERR_IO, 74, "io"},
        {CXLOG_ERR_RETRY, 75, "retry"},
        {CXLOG_ERR_SHEET, 76, "sheet"},
        {CXLOG_ERR_PERMISSION, 77, "permission"},
        {CXLOG_ERR_CONFIG, 78, "config"},
        {CXLOG_ERR_INTERRUPT, 130, "interrupt"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(cxlog_exit_code(cases[i].status), cases[i].code);
        assert_string_equal(cxlog_status_name(cases[i].status), cases[i].name);
        assert_true(strlen(cxlog_status_text(cases[i].status)) > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fail_writes_the_sentence_and_returns_the_status),
        cmocka_unit_test(fail_without_a_struct_still_returns_the_status),
        cmocka_unit_test(the_first_failure_is_kept),
        cmocka_unit_test(a_cleared_error_takes_a_new_failure),
        cmocka_unit_test(wrap_puts_context_before_the_sentence),
        cmocka_unit_test(wrap_never_reports_success),
        cmocka_unit_test(long_sentences_are_cut_between_characters),
        cmocka_unit_test(suggestions_keep_their_order_and_stop_at_the_bound),
        cmocka_unit_test(long_suggestions_are_cut_between_characters),
        cmocka_unit_test(every_status_has_its_documented_exit_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
