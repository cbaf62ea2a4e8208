/* Whole tabs of the emulator: copies, the last visible one, chart tabs, and what sorts
 * and replaces in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"
#include "json.h"

#define ADD(id, title)                                                                   \
    "{\"addSheet\":{\"properties\":{\"sheetId\":" #id ",\"title\":\"" title              \
    "\",\"gridProperties\":{\"rowCount\":9,\"columnCount\":2}}}}"

static json_t *parts_of(const char *tab)
{
    char *path = mem_format("/_emu/sheet?id=S1&tab=%s", tab);
    json_t *answer = client_control("GET", path, NULL);
    free(path);
    json_t *parts = json_incref(json_object_get(answer, "parts"));
    json_decref(answer);
    return parts;
}

static void expect_rows(const char *tab, const char *wanted)
{
    char *path = mem_format("/_emu/sheet?id=S1&tab=%s", tab);
    json_t *answer = client_control("GET", path, NULL);
    free(path);
    json_t *rows = json_loads(wanted, 0, NULL);
    size_t length;
    if (!json_equal(json_object_get(answer, "rows"), rows))
        fail_msg("%s: %s", tab, js_dump(json_object_get(answer, "rows"), false, &length));
    json_decref(rows);
    json_decref(answer);
}

static void fill(const char *order)
{
    json_decref(client_control("POST", "/_emu/prefill", json_loads(order, 0, NULL)));
}

/* The id under `key` of the only entry of a part. */
static json_int_t only_entry(const json_t *parts, const char *part, const char *key)
{
    const json_t *list = json_object_get(parts, part);
    assert_int_equal(json_array_size(list), 1);
    return js_int(json_array_get(list, 0), key, 0);
}

static void copy_of_a_tab_is_a_tab_of_its_own(void **state)
{
    (void)state;
    json_decref(client_batch(
        "[{\"mergeCells\":{\"range\":{\"endRowIndex\":2,\"endColumnIndex\":1},"
        "\"mergeType\":\"MERGE_ALL\"}},{\"addProtectedRange\":{\"protectedRange\":{"
        "\"protectedRangeId\":70,\"range\":{}}}},{\"addChart\":{\"chart\":{\"chartId\":"
        "71,"
        "\"spec\":{\"title\":\"c\",\"basicChart\":{\"domains\":[{\"domain\":{"
        "\"sourceRange\":{"
        "\"sources\":[{\"endRowIndex\":3}]}}}],\"series\":[{\"series\":{\"sourceRange\":{"
        "\"sources\":[{\"endRowIndex\":3}]}}}]}},\"position\":{\"overlayPosition\":{"
        "\"anchorCell\":{}}}}}},{\"duplicateSheet\":{\"newSheetId\":8,\"newSheetName\":"
        "\"twin\"}}]"));
    json_t *parts = parts_of("twin");
    size_t length;
    char *text = js_dump(parts, false, &length);
    const json_t *merge = json_array_get(json_object_get(parts, "merges"), 0);
    assert_int_equal(js_int(merge, "sheetId", 0), 8);
    assert_int_not_equal(only_entry(parts, "charts", "chartId"), 71);
    assert_int_not_equal(only_entry(parts, "protectedRanges", "protectedRangeId"), 70);
    assert_non_null(strstr(text, "\"range\":{\"sheetId\":8}"));
    assert_non_null(strstr(text, "\"anchorCell\":{\"sheetId\":8}"));
    assert_non_null(strstr(text, "\"sources\":[{\"endRowIndex\":3,\"sheetId\":8}]"));
    free(text);
    json_decref(parts);
    parts = parts_of("Sheet1");
    assert_int_equal(only_entry(parts, "charts", "chartId"), 71);
    json_decref(parts);
    json_decref(client_batch("[{\"deleteProtectedRange\":{\"protectedRangeId\":70}}]"));
}

static void second_copy_has_a_title_of_its_own(void **state)
{
    (void)state;
    json_decref(client_batch("[" ADD(20, "T") "]"));
    for (int i = 0; i < 2; i++)
        json_decref(client_batch("[{\"duplicateSheet\":{\"sourceSheetId\":20}}]"));
    json_decref(parts_of("Copy%20of%20T"));
    json_decref(parts_of("Copy%20of%20T%202"));
}

static void chart_tab_can_be_renamed(void **state)
{
    (void)state;
    json_t *made = client_batch("[{\"addChart\":{\"chart\":{\"spec\":{\"title\":\"c\"},"
                                "\"position\":{\"newSheet\":"
                                "true}}}}]");
    const json_t *chart = json_object_get(
        json_object_get(json_array_get(json_object_get(made, "replies"), 0), "addChart"),
        "chart");
    char *rename = mem_format(
        "[{\"updateSheetProperties\":{\"properties\":{\"sheetId\":%" JSON_INTEGER_FORMAT
        ",\"title\":\"curve\"},\"fields\":\"title\"}}]",
        js_int(json_object_get(chart, "position"), "sheetId", 0));
    json_decref(client_batch(rename));
    free(rename);
    json_decref(made);
    json_decref(parts_of("curve"));
}

static void last_visible_tab_stays(void **state)
{
    (void)state;
    long status;
    json_t *doc = client_call("POST", "/v4/spreadsheets", json_object(), &status);
    char *path =
        mem_format("/v4/spreadsheets/%s:batchUpdate", js_text(doc, "spreadsheetId", ""));
    json_decref(doc);
    json_t *hide = json_loads(
        "{\"requests\":[" ADD(
            5, "hid") ",{\"updateSheetProperties\":{"
                      "\"properties\":{\"sheetId\":5,\"hidden\":true},\"fields\":"
                      "\"hidden\"}}]}",
        0, NULL);
    json_decref(client_call("POST", path, hide, &status));
    assert_int_equal(status, 200);
    json_t *answer = client_call(
        "POST", path, json_loads("{\"requests\":[{\"deleteSheet\":{}}]}", 0, NULL),
        &status);
    assert_int_equal(status, 400);
    assert_string_equal(js_text(json_object_get(answer, "error"), "message", ""),
                        "Invalid requests[0].deleteSheet: You can't remove all the "
                        "visible sheets in a document.");
    json_decref(answer);
    free(path);
}

static void sorting_puts_text_above_numbers(void **state)
{
    (void)state;
    json_decref(client_batch("[" ADD(30, "sort") "]"));
    fill("{\"id\":\"S1\",\"tab\":\"sort\",\"rows\":[[2],[true],[\"b\"],[1],[\"a\"]]}");
    json_decref(
        client_batch("[{\"sortRange\":{\"range\":{\"sheetId\":30},\"sortSpecs\":[{"
                     "\"dimensionIndex\":0}]}}]"));
    expect_rows("sort", "[[\"a\"],[\"b\"],[1],[2],[true]]");
}

static void replacing_minds_capitals_only_when_asked(void **state)
{
    (void)state;
    json_decref(client_batch("[" ADD(40, "find") "]"));
    fill("{\"id\":\"S1\",\"tab\":\"find\",\"rows\":[[\"Ab ab\"],[\"AB\"],[\"c\"]]}");
    json_decref(client_batch("[{\"findReplace\":{\"sheetId\":40,\"find\":\"ab\","
                             "\"replacement\":\"x\",\"matchCase\":true}}]"));
    expect_rows("find", "[[\"Ab x\"],[\"AB\"],[\"c\"]]");
    json_decref(client_batch("[{\"findReplace\":{\"sheetId\":40,\"find\":\"ab\","
                             "\"replacement\":\"y\",\"matchEntireCell\":true}}]"));
    expect_rows("find", "[[\"Ab x\"],[\"y\"],[\"c\"]]");
    json_decref(client_batch("[{\"findReplace\":{\"sheetId\":40,\"find\":\"ab\","
                             "\"replacement\":\"z\"}}]"));
    expect_rows("find", "[[\"z x\"],[\"y\"],[\"c\"]]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copy_of_a_tab_is_a_tab_of_its_own),
        cmocka_unit_test(second_copy_has_a_title_of_its_own),
        cmocka_unit_test(chart_tab_can_be_renamed),
        cmocka_unit_test(last_visible_tab_stays),
        cmocka_unit_test(sorting_puts_text_above_numbers),
        cmocka_unit_test(replacing_minds_capitals_only_when_asked),
    };
    return cmocka_run_group_tests(tests, client_before, client_after);
}
