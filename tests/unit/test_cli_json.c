/* An answer is whole or is refused, also when a value was built without memory. */
#include "json_nomem.h"

#include "cli/json_text.h"

static void
after_a_lack_of_memory_nothing_is_written_or_read_until_it_is_told(void **state)
{
    (void)state;
    char *text = NULL;
    json_t *got = NULL;
    cli_json_watch();
    json_auto_t *object = json_object();
    fail_at_allocation(1);
    (void)json_object_set_new(object, "lost", json_true());
    fail_at_allocation(0);
    assert_int_equal(cli_json_text(&text, object, NULL), CXLOG_ERR_NOMEM);
    assert_null(text);
    assert_int_equal(cli_json_read(&got, "[1]", NULL, NULL), CXLOG_OK);
    assert_non_null(got);
    json_decref(got);
    fail_at_allocation(1);
    (void)json_object_set_new(object, "lost", json_true());
    fail_at_allocation(0);
    assert_int_equal(cli_json_read(&got, "[1]", NULL, NULL), CXLOG_ERR_NOMEM);
    assert_null(got);
    assert_int_equal(cli_json_read(&got, "[1]", NULL, NULL), CXLOG_OK);
    json_decref(got);
}

static void values_are_written_whole_or_not_at_all(void **state)
{
    (void)state;
    json_auto_t *value = json_loads(JSON_SAMPLE, 0, NULL);
    char *text = NULL;
    assert_int_equal(cli_json_text(&text, value, NULL), CXLOG_OK);
    assert_string_equal(text, JSON_SAMPLE);
    free(text);
    fail_at_allocation(1);
    cxlog_status status = cli_json_text(&text, value, NULL);
    fail_at_allocation(0);
    assert_int_equal(status, CXLOG_ERR_NOMEM);
    assert_int_equal(cli_json_text(&text, NULL, NULL), CXLOG_ERR_NOMEM);
}

static void a_line_that_is_no_json_is_no_lack_of_memory(void **state)
{
    (void)state;
    json_t *got = NULL;
    json_error_t fault;
    assert_int_equal(cli_json_read(&got, "{", &fault, NULL), CXLOG_OK);
    assert_null(got);
    assert_true(fault.text[0] != '\0');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_written_whole_or_not_at_all),
        cmocka_unit_test(a_line_that_is_no_json_is_no_lack_of_memory),
        cmocka_unit_test(
            after_a_lack_of_memory_nothing_is_written_or_read_until_it_is_told),
    };
    return cmocka_run_group_tests_name("cli_json", tests, NULL, NULL);
}
