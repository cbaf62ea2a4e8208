/* Whichever allocation fails, what is read and written is whole or is refused. */
#include "json_nomem.h"

#include "google/json_text.h"

static void texts_are_read_whole_or_not_at_all(void **state)
{
    (void)state;
    json_auto_t *whole = json_loads(JSON_SAMPLE, 0, NULL);
    size_t refused = 0;
    for (size_t n = 1;; n++) {
        json_auto_t *got = NULL;
        cxlog_error err = {0};
        fail_at_allocation(n);
        cxlog_status status =
            cx_json_read(&got, JSON_SAMPLE, strlen(JSON_SAMPLE), NULL, &err);
        bool reached = allocations >= n;
        fail_at_allocation(0);
        if (status == CXLOG_OK && !json_equal(got, whole))
            fail_msg("allocation %zu: a part is lacking", n);
        if (status != CXLOG_OK) {
            assert_int_equal(status, CXLOG_ERR_NOMEM);
            assert_null(got);
            refused++;
        }
        if (!reached)
            break;
    }
    assert_true(refused > 10);
}

static void a_failed_reading_leaves_no_trace_on_the_next(void **state)
{
    (void)state;
    json_auto_t *got = NULL;
    fail_at_allocation(1);
    assert_int_equal(cx_json_read(&got, "[1]", 3, NULL, NULL), CXLOG_ERR_NOMEM);
    fail_at_allocation(0);
    assert_int_equal(cx_json_read(&got, "[1]", 3, NULL, NULL), CXLOG_OK);
    assert_int_equal(json_array_size(got), 1);
}

static void what_is_no_json_is_told_from_a_lack_of_memory(void **state)
{
    (void)state;
    json_t *got = NULL;
    int line = 0;
    assert_int_equal(cx_json_read(&got, "{\n\"a\":1,\n]", 10, &line, NULL), CXLOG_OK);
    assert_null(got);
    assert_int_equal(line, 3);
}

static void values_are_written_whole_or_not_at_all(void **state)
{
    (void)state;
    json_auto_t *value = json_loads(JSON_SAMPLE, 0, NULL);
    char *text = cx_json_text(value);
    assert_string_equal(text, JSON_SAMPLE);
    free(text);
    fail_at_allocation(1);
    text = cx_json_text(value);
    fail_at_allocation(0);
    assert_null(text);
    assert_null(cx_json_text(NULL));
}

static void objects_without_a_value_are_read_as_zeros(void **state)
{
    (void)state;
    static const struct {
        const char *before, *after;
    } cases[] = {
        {"{\"v\":[{},{},{\"a\":1}]}", "{\"v\":[0 ,0 ,{\"a\":1}]}"},
        {"[{\"u\":{}},{\"u\":{\"f\":\"=1\"}}]", "[0       ,{\"u\":{\"f\":\"=1\"}}]"},
        {"{\"a\":\"{}\",\"b\":\"\\\"{}\",\"c\":{}}",
         "{\"a\":\"{}\",\"b\":\"\\\"{}\",\"c\":0 }"},
        {"{\"a\":\"\\\\\",\"b\":{}}", "{\"a\":\"\\\\\",\"b\":0 }"},
        {"{\"a\":{},\"b\":{\"c\":null}}", "{\"a\":0 ,\"b\":{\"c\":null}}"},
        {"{\"a\":[]}", "{\"a\":[]}"},
        {"{}", "0 "},
        {"{", "{"},
        {"}", "}"},
        {"", ""},
        {"\"{}\\", "\"{}\\"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char bytes[64];
        (void)snprintf(bytes, sizeof bytes, "%s", cases[i].before);
        cx_json_lean(bytes, strlen(bytes));
        assert_string_equal(bytes, cases[i].after);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_read_whole_or_not_at_all),
        cmocka_unit_test(a_failed_reading_leaves_no_trace_on_the_next),
        cmocka_unit_test(what_is_no_json_is_told_from_a_lack_of_memory),
        cmocka_unit_test(values_are_written_whole_or_not_at_all),
        cmocka_unit_test(objects_without_a_value_are_read_as_zeros),
    };
    return cmocka_run_group_tests_name("google_json", tests, NULL, NULL);
}
