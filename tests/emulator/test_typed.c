/* What becomes of text that is typed into the emulated sheet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "client.h"
#include "json.h"

#define CELL "/v4/spreadsheets/S1/values/A1"

/* Types `text` into A1; the cell as it is read under `option`. New reference. */
static json_t *typed(const char *text, const char *option)
{
    long status;
    json_decref(client_call("PUT", CELL "?valueInputOption=USER_ENTERED",
                            json_pack("{s:[[s]]}", "values", text), &status));
    assert_int_equal(status, 200);
    char *path = mem_format(CELL "?valueRenderOption=%s", option);
    json_t *answer = client_call("GET", path, NULL, &status);
    free(path);
    json_t *cell =
        json_array_get(json_array_get(json_object_get(answer, "values"), 0), 0);
    json_incref(cell);
    json_decref(answer);
    return cell;
}

static void typed_text_becomes_what_it_says(void **state)
{
    static const struct {
        const char *text;
        double value;
        const char *shown;
    } cases[] = {
        {"2026-11-20", 46346, "2026-11-20"},
        {"26-11-20", 46346, "2026-11-20"},
        {"99/1/2", 36162, "1999-01-02"},
        {"2026-11-20 5:10", 46346 + 310 / 1440.0, "2026-11-20 05:10:00"},
        {"2024-02-29", 45351, "2024-02-29"},
        {"14:20", 860 / 1440.0, "14:20:00"},
        {"0:00:30", 30 / 86400.0, "00:00:30"},
        {" 42", 42, "42"},
        {"42 ", 42, "42"},
        {"1e3", 1000, "1000"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        json_t *value = typed(cases[i].text, "UNFORMATTED_VALUE");
        json_t *shown = typed(cases[i].text, "FORMATTED_VALUE");
        double off = json_number_value(value) - cases[i].value;
        if (!json_is_number(value) || off > 1e-9 || off < -1e-9)
            fail_msg("\"%s\" is no %f", cases[i].text, cases[i].value);
        assert_string_equal(json_string_value(shown), cases[i].shown);
        json_decref(value);
        json_decref(shown);
        json_decref(client_batch("[{\"repeatCell\":{\"range\":{\"endRowIndex\":1},"
                                 "\"cell\":{},\"fields\":\"*\"}}]"));
    }
}

static void date_without_a_year_is_of_this_year(void **state)
{
    static const char *const cases[][2] = {{"1-2", "-01-02"}, {"11/20", "-11-20"}};
    (void)state;
    json_t *now = client_control("POST", "/_emu/state", json_object());
    time_t seconds = (time_t)(js_int(now, "now_ms", 0) / 1000);
    json_decref(now);
    struct tm utc;
    gmtime_r(&seconds, &utc);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *whole = mem_format("%d%s", utc.tm_year + 1900, cases[i][1]);
        json_t *got = typed(cases[i][0], "UNFORMATTED_VALUE");
        json_t *wanted = typed(whole, "UNFORMATTED_VALUE");
        free(whole);
        assert_true(json_is_number(got) && json_equal(got, wanted));
        json_decref(got);
        json_decref(wanted);
    }
}

static void what_is_no_day_time_or_number_stays_text(void **state)
{
    static const char *const cases[] = {
        "2026-02-30",
        "2025-02-29",
        "2026-13-01",
        "2026-11-20 -5:10",
        "2026-11-20 25:00",
        "2026-11-20 5:60",
        "13-1",
        "4/31",
        "14:2",
        "2026-11-20x14:20",
        "1e999",
        "010-1234",
        "2026--1-02",
        "a 42",
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        json_t *got = typed(cases[i], "UNFORMATTED_VALUE");
        if (!json_is_string(got) || strcmp(json_string_value(got), cases[i]) != 0)
            fail_msg("\"%s\" is read as something else", cases[i]);
        json_decref(got);
    }
}

static void division_by_zero_is_an_error_value(void **state)
{
    (void)state;
    json_t *got = typed("=1/0", "UNFORMATTED_VALUE");
    assert_string_equal(json_string_value(got), "#DIV/0!");
    json_decref(got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typed_text_becomes_what_it_says),
        cmocka_unit_test(date_without_a_year_is_of_this_year),
        cmocka_unit_test(what_is_no_day_time_or_number_stays_text),
        cmocka_unit_test(division_by_zero_is_an_error_value),
    };
    return cmocka_run_group_tests(tests, client_before, client_after);
}
