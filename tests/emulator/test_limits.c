/* How far the emulated grid and its metadata grow. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"
#include "json.h"

#define APPEND "/v4/spreadsheets/S1/values/Sheet1:append?valueInputOption=RAW"

/* [[1,1,...]] of `width` values. */
static json_t *wide(int width)
{
    json_t *line = json_array();
    for (int i = 0; i < width; i++)
        json_array_append_new(line, json_integer(1));
    return json_pack("{s:[o]}", "values", line);
}

static void expect_append(const char *option, int width, long status, const char *wanted)
{
    long got;
    char *path = mem_format(APPEND "%s", option);
    json_t *answer = client_call("POST", path, wide(width), &got);
    free(path);
    assert_int_equal(got, status);
    const char *text =
        status == 200 ? js_text(json_object_get(answer, "updates"), "updatedRange", "")
                      : js_text(json_object_get(answer, "error"), "message", "");
    assert_string_equal(text, wanted);
    json_decref(answer);
}

static void expect_grid(int rows, int columns)
{
    json_t *sheet = client_control("GET", "/_emu/sheet?id=S1&tab=Sheet1", NULL);
    assert_int_equal(js_int(sheet, "rowCount", 0), rows);
    assert_int_equal(js_int(sheet, "columnCount", 0), columns);
    json_decref(sheet);
}

static void append_grows_to_the_right_either_way(void **state)
{
    (void)state;
    expect_append("", 28, 200, "Sheet1!A1:AB1");
    expect_grid(1000, 28);
    expect_append("&insertDataOption=INSERT_ROWS", 30, 200, "Sheet1!A2:AD2");
    expect_grid(1001, 30);
}

static void append_stops_at_the_limits(void **state)
{
    (void)state;
    expect_append("", 20000, 400,
                  "This action would increase the number of columns in the sheet above "
                  "the limit of 18278 columns.");
    expect_append("&insertDataOption=INSERT_ROWS", 18000, 400,
                  "This action would increase the number of cells in the workbook above "
                  "the limit of 10000000 cells.");
    expect_append("", 18000, 400,
                  "This action would increase the number of cells in the workbook above "
                  "the limit of 10000000 cells.");
    expect_grid(1001, 30);
}

static void unknown_way_to_append_is_refused(void **state)
{
    (void)state;
    expect_append("&insertDataOption=INSERT", 1, 400,
                  "Invalid value at 'insert_data_option' "
                  "(type.googleapis.com/google.apps.sheets.v4.InsertDataOption), "
                  "\"INSERT\"");
}

static void appended_cells_stop_at_the_last_column(void **state)
{
    (void)state;
    json_t *cells = json_array();
    for (int i = 0; i < 18279; i++)
        json_array_append_new(cells, json_object());
    json_decref(
        client_batch("[{\"addSheet\":{\"properties\":{\"sheetId\":7,"
                     "\"gridProperties\":{\"rowCount\":1,\"columnCount\":1}}}}]"));
    json_t *append = json_pack("[{s:{s:i, s:[{s:o}], s:s}}]", "appendCells", "sheetId", 7,
                               "rows", "values", cells, "fields", "note");
    size_t length;
    char *text = js_dump(append, false, &length);
    char *got = client_refused(text, 400);
    assert_string_equal(got,
                        "Invalid requests[0].appendCells: This action would increase "
                        "the number of columns in the sheet above the limit of 18278 "
                        "columns.");
    free(got);
    free(text);
    json_decref(append);
}

/* The batch that gives the one metadata entry a value of `size` characters. */
static char *update(size_t size)
{
    char *value = mem_new(size + 1, 1);
    memset(value, 'x', size);
    char *text = mem_format(
        "[{\"updateDeveloperMetadata\":{\"dataFilters\":[{\"developerMetadataLookup\":{"
        "\"metadataId\":5}}],\"developerMetadata\":{\"metadataValue\":\"%s\"},\"fields\":"
        "\"metadataValue\"}}]",
        value);
    free(value);
    return text;
}

static void changed_metadata_has_the_same_limit(void **state)
{
    (void)state;
    json_decref(client_batch(
        "[{\"createDeveloperMetadata\":{\"developerMetadata\":{\"metadataId\":5,"
        "\"metadataKey\":\"k\",\"location\":{\"spreadsheet\":true},\"visibility\":"
        "\"DOCUMENT\"}}}]"));
    char *fits = update(29999);
    char *too_long = update(30000);
    json_decref(client_batch(fits));
    json_decref(client_batch(fits));
    char *got = client_refused(too_long, 400);
    assert_string_equal(got,
                        "Invalid requests[0].updateDeveloperMetadata: Adding the "
                        "requested developer metadata would exceed the allowed storage "
                        "limit");
    free(got);
    free(too_long);
    free(fits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(appended_cells_stop_at_the_last_column),
        cmocka_unit_test(append_grows_to_the_right_either_way),
        cmocka_unit_test(append_stops_at_the_limits),
        cmocka_unit_test(unknown_way_to_append_is_refused),
        cmocka_unit_test(changed_metadata_has_the_same_limit),
    };
    return cmocka_run_group_tests(tests, client_before, client_after);
}
