/* spreadsheets.batchUpdate and metadata of the emulator. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"
#include "json.h"

#define MARKER(id)                                                                       \
    "{\"createDeveloperMetadata\":{\"developerMetadata\":{\"metadataId\":" #id           \
    ",\"metadataKey\":\"k\",\"metadataValue\":\"v\",\"location\":{\"spreadsheet\":true}" \
    ","                                                                                  \
    "\"visibility\":\"PROJECT\"}}}"
#define INSERT(sheet, from, to, before)                                                  \
    "{\"insertDimension\":{\"range\":{\"sheetId\":" #sheet                               \
    ",\"dimension\":\"ROWS\",\"startIndex\":" #from ",\"endIndex\":" #to                 \
    "},\"inheritFromBefore\":" #before "}}"
#define WRITE(sheet, row, text)                                                          \
    "{\"updateCells\":{\"start\":{\"sheetId\":" #sheet ",\"rowIndex\":" #row             \
    "},\"rows\":[{\"values\":[{\"userEnteredValue\":{\"stringValue\":\"" text            \
    "\"}}]}],\"fields\":\"userEnteredValue\"}}"

static int start(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    json_decref(
        client_batch("[{\"addSheet\":{\"properties\":{\"sheetId\":7,\"title\":\"log\","
                     "\"gridProperties\":"
                     "{\"rowCount\":2,\"columnCount\":3,\"frozenRowCount\":1}}}}]"));
    return 0;
}

static json_t *sheet(const char *tab)
{
    char *path = mem_format("/_emu/sheet?id=S1&tab=%s", tab);
    json_t *answer = client_control("GET", path, NULL);
    free(path);
    return answer;
}

static void expect_refusal(const char *requests, const char *sentence)
{
    char *got = client_refused(requests, 400);
    assert_string_equal(got, sentence);
    free(got);
}

static void refused_batch_leaves_nothing_behind(void **state)
{
    (void)state;
    json_t *before = sheet("log");
    expect_refusal("[" MARKER(11) "," INSERT(7, 1, 3, true) "," WRITE(
                       7, 1, "x") "," WRITE(99, 0, "x") "]",
                   "Invalid requests[3].updateCells: No grid with id: 99");
    json_t *after = sheet("log");
    assert_true(json_equal(before, after));
    json_decref(before);
    json_decref(after);
}

static void second_batch_of_one_marker_is_refused_whole(void **state)
{
    (void)state;
    static const char batch[] =
        "[" MARKER(21) "," INSERT(7, 1, 2, true) "," WRITE(7, 1, "once") "]";
    json_decref(client_batch(batch));
    json_t *first = sheet("log");
    expect_refusal(
        batch, "Invalid requests[0].createDeveloperMetadata: Cannot add developer "
               "metadata with ID [21] because developer metadata with that ID already "
               "exists.");
    json_t *second = sheet("log");
    assert_true(json_equal(first, second));
    json_decref(first);
    json_decref(second);
}

static void insert_moves_rows_and_never_overwrites(void **state)
{
    (void)state;
    json_decref(
        client_batch("[{\"addSheet\":{\"properties\":{\"sheetId\":8,\"title\":"
                     "\"ins\",\"gridProperties\":{\"rowCount\":2,\"columnCount\":1}}}"
                     "}," WRITE(8, 0, "a") "," WRITE(8, 1, "b") "]"));
    json_decref(client_batch("[" INSERT(8, 1, 2, true) "," WRITE(8, 1, "new") "]"));
    json_t *now = sheet("ins");
    json_t *rows = json_pack("[[s],[s],[s]]", "a", "new", "b");
    assert_true(json_equal(json_object_get(now, "rows"), rows));
    json_decref(rows);
    json_decref(now);
}

static void insert_follows_the_rules_of_the_grid_end(void **state)
{
    (void)state;
    json_decref(
        client_batch("[{\"addSheet\":{\"properties\":{\"sheetId\":9,\"title\":"
                     "\"end\",\"gridProperties\":{\"rowCount\":3,\"columnCount\":1}}}"
                     "}]"));
    expect_refusal("[" INSERT(9, 4, 5, true) "]",
                   "Invalid requests[0].insertDimension: range.startIndex is larger than "
                   "current grid size (3)");
    expect_refusal(
        "[" INSERT(9, 3, 4, false) "]",
        "Invalid requests[0].insertDimension: range.startIndex must be less than "
        "the grid size (3) if inheritFromBefore is false.");
    json_decref(client_batch("[" INSERT(9, 3, 4, true) "]"));
    json_t *now = sheet("end");
    assert_int_equal(js_int(now, "rowCount", 0), 4);
    json_decref(now);
}

static void row_metadata_follows_its_row_and_goes_with_it(void **state)
{
    (void)state;
    json_decref(client_batch(
        "[{\"createDeveloperMetadata\":{\"developerMetadata\":{\"metadataId\":31,"
        "\"metadataKey\":\"row\",\"location\":{\"dimensionRange\":{\"dimension\":"
        "\"ROWS\","
        "\"startIndex\":4,\"endIndex\":5}},\"visibility\":\"DOCUMENT\"}}}," INSERT(
            0, 0, 2, false) "]"));
    long status;
    json_t *got =
        client_call("GET", "/v4/spreadsheets/S1/developerMetadata/31", NULL, &status);
    assert_int_equal(status, 200);
    const json_t *range =
        json_object_get(json_object_get(got, "location"), "dimensionRange");
    assert_int_equal(js_int(range, "startIndex", 0), 6);
    json_decref(got);
    json_decref(client_batch("[{\"deleteDimension\":{\"range\":{\"dimension\":\"ROWS\","
                             "\"startIndex\":6,\"endIndex\":7}}}]"));
    got = client_call("GET", "/v4/spreadsheets/S1/developerMetadata/31", NULL, &status);
    assert_int_equal(status, 404);
    assert_string_equal(js_text(json_object_get(got, "error"), "message", ""),
                        "No developer metadata with ID 31");
    json_decref(got);
}

static void metadata_storage_has_an_end(void **state)
{
    (void)state;
    char *value = mem_new(20001, 1);
    memset(value, 'x', 20000);
    for (int i = 0; i < 2; i++) {
        char *batch = mem_format(
            "[{\"createDeveloperMetadata\":{\"developerMetadata\":{\"metadataKey\":"
            "\"big\","
            "\"metadataValue\":\"%s\",\"location\":{\"sheetId\":7},\"visibility\":"
            "\"DOCUMENT\"}}}]",
            value);
        if (i == 0)
            json_decref(client_batch(batch));
        else
            expect_refusal(batch,
                           "Invalid requests[0].createDeveloperMetadata: Adding the "
                           "requested developer metadata would exceed the allowed "
                           "storage limit");
        free(batch);
    }
    free(value);
}

static void mistakes_are_refused_in_googles_words(void **state)
{
    static const char *const cases[][2] = {
        {"[{\"noSuchRequest\":{}}]", "Invalid JSON payload received. Unknown name "
                                     "\"noSuchRequest\" at 'requests[0]': Cannot find "
                                     "field."},
        {"[{\"updateCells\":{\"rowz\":[]}}]",
         "Invalid JSON payload received. Unknown name \"rowz\" at "
         "'requests[0].update_cells'"
         ": Cannot find field."},
        {"[{\"addSheet\":{\"properties\":{\"title\":\"log\"}}}]",
         "Invalid requests[0].addSheet: A sheet with the name \"log\" already exists. "
         "Please "
         "enter another name."},
        {"[{\"addSheet\":{\"properties\":{\"sheetId\":0}}}]",
         "Invalid requests[0].addSheet: Sheet with id 0 already exists."},
        {"[{\"addSheet\":{\"properties\":{\"gridProperties\":{\"rowCount\":10000000}}}}]",
         "Invalid requests[0].addSheet: This action would increase the number of cells "
         "in "
         "the workbook above the limit of 10000000 cells."},
        {"[{\"updateSheetProperties\":{\"properties\":{\"sheetId\":7,\"gridProperties\":{"
         "\"frozenRowCount\":50}},\"fields\":\"gridProperties.frozenRowCount\"}}]",
         "Invalid requests[0].updateSheetProperties: You can't freeze all visible rows "
         "on "
         "the sheet."},
        {"[{\"updateCells\":{\"start\":{\"sheetId\":7},\"rows\":[]}}]",
         "Invalid requests[0].updateCells: At least one field must be listed in "
         "'fields'. "
         "(Use '*' to indicate all fields.)"},
        {"[{\"repeatCell\":{\"range\":{\"startRowIndex\":5000},\"cell\":{},\"fields\":"
         "\"note\"}}]",
         "Invalid requests[0].repeatCell: Range (Sheet1!A5001:Z) exceeds grid "
         "limits."},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *got = client_refused(cases[i][0], 400);
        if (strncmp(got, cases[i][1], strlen(cases[i][1])) != 0)
            fail_msg("%s", got);
        free(got);
    }
}

static void cell_of_more_than_fifty_thousand_characters_is_refused(void **state)
{
    (void)state;
    char *text = mem_new(50002, 1);
    memset(text, 'x', 50001);
    char *batch =
        mem_format("[{\"updateCells\":{\"start\":{},\"rows\":[{\"values\":[{"
                   "\"userEnteredValue\":{\"stringValue\":\"%s\"}}]}],\"fields\":"
                   "\"userEnteredValue\"}}]",
                   text);
    expect_refusal(batch,
                   "Invalid requests[0].updateCells: Your input contains more than "
                   "the maximum of 50000 characters in a single cell.");
    free(batch);
    free(text);
}

static void lenient_input_is_read_as_google_reads_it(void **state)
{
    (void)state;
    json_decref(
        client_batch("[{\"update_sheet_properties\":{\"properties\":{\"sheet_id\":"
                     "\"7\",\"title\":null,\"hidden\":\"true\"},\"fields\":"
                     "\"hidden\"}}]"));
    long status;
    json_t *got = client_call(
        "GET", "/v4/spreadsheets/S1?fields=sheets(properties(sheetId,hidden))", NULL,
        &status);
    json_t *wanted = json_loads("{\"sheets\":[{\"properties\":{\"sheetId\":0}},"
                                "{\"properties\":{\"sheetId\":7,\"hidden\":true}}]}",
                                0, NULL);
    json_t *sheets = json_object_get(got, "sheets");
    while (json_array_size(sheets) > 2)
        json_array_remove(sheets, 2);
    assert_true(json_equal(got, wanted));
    json_decref(got);
    json_decref(wanted);
    json_decref(
        client_batch("[{\"updateSheetProperties\":{\"properties\":{\"sheetId\":7},"
                     "\"fields\":\"hidden\"}}]"));
}

static void unknown_field_in_a_mask_is_refused(void **state)
{
    (void)state;
    long status;
    json_t *got = client_call("GET", "/v4/spreadsheets/S1?fields=joe", NULL, &status);
    const json_t *violation = json_array_get(
        json_object_get(
            json_array_get(json_object_get(json_object_get(got, "error"), "details"), 0),
            "fieldViolations"),
        0);
    assert_int_equal(status, 400);
    assert_string_equal(js_text(violation, "description", ""),
                        "Error expanding 'fields' parameter. Cannot find matching fields "
                        "for path 'joe'.");
    json_decref(got);
}

static void protection_has_the_editors_asked_for_and_who_made_it(void **state)
{
    (void)state;
    long status;
    json_decref(client_batch("[{\"addProtectedRange\":{\"protectedRange\":{"
                             "\"protectedRangeId\":77,\"range\":{\"sheetId\":0},"
                             "\"editors\":{\"users\":[\"lead@example.com\"]}}}}]"));
    json_t *got = client_call("GET",
                              "/v4/spreadsheets/"
                              "S1?fields=sheets(protectedRanges(editors))",
                              NULL, &status);
    char *text = json_dumps(got, JSON_COMPACT);
    assert_int_equal(status, 200);
    assert_non_null(strstr(text, "\"lead@example.com\""));
    assert_non_null(strstr(text, "\"cxlog@"));
    free(text);
    json_decref(got);
    json_decref(client_batch("[{\"deleteProtectedRange\":{\"protectedRangeId\":77}}]"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lenient_input_is_read_as_google_reads_it),
        cmocka_unit_test(refused_batch_leaves_nothing_behind),
        cmocka_unit_test(second_batch_of_one_marker_is_refused_whole),
        cmocka_unit_test(insert_moves_rows_and_never_overwrites),
        cmocka_unit_test(insert_follows_the_rules_of_the_grid_end),
        cmocka_unit_test(row_metadata_follows_its_row_and_goes_with_it),
        cmocka_unit_test(metadata_storage_has_an_end),
        cmocka_unit_test(mistakes_are_refused_in_googles_words),
        cmocka_unit_test(cell_of_more_than_fifty_thousand_characters_is_refused),
        cmocka_unit_test(unknown_field_in_a_mask_is_refused),
        cmocka_unit_test(protection_has_the_editors_asked_for_and_who_made_it),
    };
    return cmocka_run_group_tests(tests, start, client_after);
}
