/* spreadsheets.values of the emulator: small cases of what Google's own server was
 * recorded to answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"
#include "json.h"

#define ROOT "/v4/spreadsheets/S1/values"

typedef struct step {
    const char *method;
    const char *path;
    const char *body; /* JSON or NULL */
    long status;
    const char *answer; /* JSON; for an error its message */
} step;

static void check(const step *s)
{
    long status;
    json_t *got =
        client_call(s->method, s->path,
                    s->body ? json_loads(s->body, JSON_DECODE_ANY, NULL) : NULL, &status);
    if (status != s->status)
        fail_msg("%s %s: status %ld", s->method, s->path, status);
    if (status != 200) {
        assert_string_equal(js_text(json_object_get(got, "error"), "message", ""),
                            s->answer);
    } else if (s->answer) {
        json_t *wanted = json_loads(s->answer, 0, NULL);
        size_t length;
        if (!json_equal(got, wanted))
            fail_msg("%s %s: %s", s->method, s->path, js_dump(got, false, &length));
        json_decref(wanted);
    }
    json_decref(got);
}

static void check_all(const step *steps, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check(&steps[i]);
}

#define CHECK_ALL(steps) check_all(steps, sizeof steps / sizeof steps[0])

static int start(void **state)
{
    (void)state;
    client_start("--zone", "Etc/GMT");
    return 0;
}

static int wipe(void **state)
{
    static const step clear = {"POST", ROOT "/Sheet1:clear", "{}", 200, NULL};
    (void)state;
    check(&clear);
    return 0;
}

static void blank_tail_is_cut_and_blank_middle_kept(void **state)
{
    static const step steps[] = {
        {"GET", ROOT "/%27Sheet1%27%21D4", NULL, 200,
         "{\"range\":\"Sheet1!D4\",\"majorDimension\":\"ROWS\"}"},
        {"PUT", ROOT "/Sheet1%21A1%3AC4?valueInputOption=RAW",
         "{\"values\":[[\"a\",\"\",\"\"],[\"\",\"\",\"\"],[\"\",\"b\",\"\"],[\"\"]]}",
         200,
         "{\"spreadsheetId\":\"S1\",\"updatedRange\":\"Sheet1!A1:C4\",\"updatedRows\":4,"
         "\"updatedColumns\":3,\"updatedCells\":10}"},
        {"GET", ROOT "/Sheet1!A1:C4", NULL, 200,
         "{\"range\":\"Sheet1!A1:C4\",\"majorDimension\":\"ROWS\",\"values\":[[\"a\"],[],"
         "[\"\",\"b\"]]}"},
        {"GET", ROOT "/Sheet1!A1:C4?majorDimension=COLUMNS", NULL, 200,
         "{\"range\":\"Sheet1!A1:C4\",\"majorDimension\":\"COLUMNS\",\"values\":[[\"a\"],"
         "[\"\",\"\",\"b\"]]}"},
    };
    (void)state;
    CHECK_ALL(steps);
}

static void ranges_are_put_in_order_and_cut_at_the_grid(void **state)
{
    static const char *const cases[][2] = {
        {"%27Sheet1%27", "Sheet1!A1:Z1000"},
        {"Sheet1", "Sheet1!A1:Z1000"},
        {"Sheet1!A1:1", "Sheet1!A1:Z1"},
        {"Sheet1!A1:C", "Sheet1!A1:C1000"},
        {"Sheet1!D4:A1", "Sheet1!A1:D4"},
        {"Sheet1!A990:C2000", "Sheet1!A990:C1000"},
        {"B2", "Sheet1!B2"},
        {"Sheet1!R2C3", "Sheet1!C2"},
        {"Sheet1!A:B", "Sheet1!A1:B1000"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *path = mem_format(ROOT "/%s", cases[i][0]);
        char *answer =
            mem_format("{\"range\":\"%s\",\"majorDimension\":\"ROWS\"}", cases[i][1]);
        check(&(step){"GET", path, NULL, 200, answer});
        free(answer);
        free(path);
    }
}

static void range_that_starts_outside_is_refused(void **state)
{
    static const step steps[] = {
        {"GET", ROOT "/Sheet1!A5000:B5001", NULL, 400,
         "Range (Sheet1!A5000:B5001) exceeds grid limits. Max rows: 1000, max columns: "
         "26"},
        {"GET", ROOT ":batchGet?ranges=Sheet1!A1&ranges=Sheet1!A1001:ZZ", NULL, 400,
         "Invalid range[1]: Range (Sheet1!A1001:ZZ) exceeds grid limits. Max rows: 1000, "
         "max "
         "columns: 26"},
        {"GET", ROOT "/Nowhere!A1", NULL, 400, "Unable to parse range: Nowhere!A1"},
        {"PUT", ROOT "/Sheet1!Z1?valueInputOption=RAW", "{\"values\":[[1,2]]}", 400,
         "Range (Sheet1!Z1:AA1) exceeds grid limits. Max rows: 1000, max columns: 26"},
        {"POST", ROOT ":batchUpdate",
         "{\"valueInputOption\":\"RAW\",\"data\":[{\"range\":\"A1\",\"values\":[[1]]},"
         "{\"range\":\"NoSuchTab!A1\",\"values\":[[1]]}]}",
         400, "Invalid data[1]: Unable to parse range: NoSuchTab!A1"},
        {"GET", ROOT "/A1", NULL, 200,
         "{\"range\":\"Sheet1!A1\",\"majorDimension\":\"ROWS\"}"},
    };
    (void)state;
    CHECK_ALL(steps);
}

static void values_keep_their_type_when_asked(void **state)
{
    static const step steps[] = {
        {"PUT", ROOT "/A1:D2?valueInputOption=USER_ENTERED",
         "{\"values\":[[\"=4/2\",\"2020-01-01\",\"text\",53],[\"=3/"
         "2\",0.12,\"1999-01-02\","
         "\"\"]]}",
         200, NULL},
        {"GET", ROOT "/A1:D2", NULL, 200,
         "{\"range\":\"Sheet1!A1:D2\",\"majorDimension\":\"ROWS\",\"values\":[[\"2\","
         "\"2020-01-01\",\"text\",\"53\"],[\"1.5\",\"0.12\",\"1999-01-02\"]]}"},
        {"GET", ROOT "/A1:D2?valueRenderOption=UNFORMATTED_VALUE", NULL, 200,
         "{\"range\":\"Sheet1!A1:D2\",\"majorDimension\":\"ROWS\",\"values\":[[2,43831,"
         "\"text\",53],[1.5,0.12,36162]]}"},
        {"GET", ROOT "/A1:D2?valueRenderOption=FORMULA", NULL, 200,
         "{\"range\":\"Sheet1!A1:D2\",\"majorDimension\":\"ROWS\",\"values\":[[\"=4/2\","
         "43831,\"text\",53],[\"=3/2\",0.12,36162]]}"},
        {"GET",
         ROOT "/B1:B2?valueRenderOption=UNFORMATTED_VALUE&dateTimeRenderOption="
              "FORMATTED_STRING",
         NULL, 200,
         "{\"range\":\"Sheet1!B1:B2\",\"majorDimension\":\"ROWS\",\"values\":[["
         "\"2020-01-01\"],[0.12]]}"},
    };
    (void)state;
    CHECK_ALL(steps);
}

static void raw_text_is_never_parsed(void **state)
{
    static const step steps[] = {
        {"PUT", ROOT "/A1?valueInputOption=RAW",
         "{\"values\":[[\"=1+1\",\"007\",\"+82\"]]}", 200, NULL},
        {"GET", ROOT "/A1:C1?valueRenderOption=FORMULA", NULL, 200,
         "{\"range\":\"Sheet1!A1:C1\",\"majorDimension\":\"ROWS\",\"values\":[[\"=1+1\","
         "\"007\",\"+82\"]]}"},
    };
    (void)state;
    CHECK_ALL(steps);
}

static void null_leaves_a_cell_alone_and_is_not_counted(void **state)
{
    static const step steps[] = {
        {"PUT", ROOT "/A1:B2?valueInputOption=RAW",
         "{\"values\":[[\"a\",\"b\"],[\"c\",\"d\"]]}", 200, NULL},
        {"PUT", ROOT "/A1:B2?valueInputOption=RAW",
         "{\"values\":[[\"x\",null],[null,\"\"]]}", 200,
         "{\"spreadsheetId\":\"S1\",\"updatedRange\":\"Sheet1!A1:B2\",\"updatedRows\":2,"
         "\"updatedColumns\":2,\"updatedCells\":2}"},
        {"GET", ROOT "/A1:B2", NULL, 200,
         "{\"range\":\"Sheet1!A1:B2\",\"majorDimension\":\"ROWS\",\"values\":[[\"x\","
         "\"b\"],"
         "[\"c\"]]}"},
    };
    (void)state;
    CHECK_ALL(steps);
}

static void append_takes_the_wrong_columns_after_a_gap(void **state)
{
    static const step steps[] = {
        {"POST", ROOT "/%27Sheet1%27:append?valueInputOption=RAW",
         "{\"values\":[[\"x\",\"\",\"y\"]]}", 200,
         "{\"spreadsheetId\":\"S1\",\"updates\":{\"spreadsheetId\":\"S1\","
         "\"updatedRange\":"
         "\"Sheet1!A1:C1\",\"updatedRows\":1,\"updatedColumns\":3,\"updatedCells\":3}}"},
        {"POST", ROOT "/%27Sheet1%27:append?valueInputOption=RAW",
         "{\"values\":[[\"x\",\"\",\"y\"]]}", 200,
         "{\"spreadsheetId\":\"S1\",\"tableRange\":\"Sheet1!C1\",\"updates\":{"
         "\"spreadsheetId\":\"S1\",\"updatedRange\":\"Sheet1!C2:E2\",\"updatedRows\":1,"
         "\"updatedColumns\":3,\"updatedCells\":3}}"},
    };
    (void)state;
    CHECK_ALL(steps);
}

static void append_finds_the_table_of_its_range(void **state)
{
    static const step steps[] = {
        {"PUT", ROOT "/A1?valueInputOption=RAW",
         "{\"values\":[[1,1],[1,1],[1,1],[],[],[2,2],[2,2]]}", 200, NULL},
        {"POST", ROOT "/A1:append?valueInputOption=RAW", "{\"values\":[[\"n\"]]}", 200,
         "{\"spreadsheetId\":\"S1\",\"tableRange\":\"Sheet1!A1:B3\",\"updates\":{"
         "\"spreadsheetId\":\"S1\",\"updatedRange\":\"Sheet1!A4\",\"updatedRows\":1,"
         "\"updatedColumns\":1,\"updatedCells\":1}}"},
        {"POST", ROOT "/Sheet1:append?valueInputOption=RAW", "{\"values\":[[\"m\"]]}",
         200,
         "{\"spreadsheetId\":\"S1\",\"tableRange\":\"Sheet1!A6:B7\",\"updates\":{"
         "\"spreadsheetId\":\"S1\",\"updatedRange\":\"Sheet1!A8\",\"updatedRows\":1,"
         "\"updatedColumns\":1,\"updatedCells\":1}}"},
        {"POST", ROOT "/Sheet1:append", "{\"values\":[[1]]}", 400,
         "'valueInputOption' is required but not specified"},
    };
    (void)state;
    CHECK_ALL(steps);
}

static void values_of_a_wrong_shape_are_refused_by_name(void **state)
{
    static const step steps[] = {
        {"PUT", ROOT "/A1?valueInputOption=RAW", "{\"values\":\"X\"}", 400,
         "Invalid value at 'data.values' "
         "(type.googleapis.com/google.protobuf.ListValue), "
         "\"X\""},
        {"PUT", ROOT "/A1?valueInputOption=RAW", "{\"valuse\":[]}", 400,
         "Invalid JSON payload received. Unknown name \"valuse\" at 'data': Cannot find "
         "field."},
        {"PUT", ROOT "/A1?valueInputOption=RAW", "{\"majorDimension\":\"\"}", 400,
         "Invalid value at 'data.major_dimension' "
         "(type.googleapis.com/google.apps.sheets.v4.Dimension), \"\""},
        {"PUT", ROOT "/A1:B1?valueInputOption=RAW", "{\"values\":[[1],[2]]}", 400,
         "Requested writing within range ['Sheet1'!A1:B1], but tried writing to row [2]"},
    };
    (void)state;
    CHECK_ALL(steps);
}

static void filter_comes_back_without_its_zeros(void **state)
{
    static const step steps[] = {
        {"POST", ROOT ":batchGetByDataFilter",
         "{\"dataFilters\":[{\"gridRange\":{\"sheetId\":0,\"startRowIndex\":0,"
         "\"endRowIndex\":1}}]}",
         200,
         "{\"spreadsheetId\":\"S1\",\"valueRanges\":[{\"valueRange\":{\"range\":"
         "\"Sheet1!A1:Z1\",\"majorDimension\":\"ROWS\"},\"dataFilters\":[{\"gridRange\":{"
         "\"startRowIndex\":0,\"endRowIndex\":1}}]}]}"},
    };
    (void)state;
    CHECK_ALL(steps);
}

static void answers_are_pretty_unless_told_otherwise(void **state)
{
    (void)state;
    check(&(step){"PUT", ROOT "/A1?valueInputOption=RAW",
                  "{\"values\":[[\"한글\\\"<\"]]}", 200, NULL});
    char *pretty = client_bytes(ROOT "/A1");
    char *plain = client_bytes(ROOT "/A1?prettyPrint=false");
    assert_string_equal(pretty,
                        "{\n  \"range\": \"Sheet1!A1\",\n  \"majorDimension\": "
                        "\"ROWS\",\n  \"values\": [\n    [\n      \"한글\\\"<\"\n    "
                        "]\n  ]\n}\n");
    assert_string_equal(plain, "{\"range\":\"Sheet1!A1\",\"majorDimension\":\"ROWS\","
                               "\"values\":[[\"한글\\\"<\"]]}\n");
    free(pretty);
    free(plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(blank_tail_is_cut_and_blank_middle_kept, wipe),
        cmocka_unit_test_setup(ranges_are_put_in_order_and_cut_at_the_grid, wipe),
        cmocka_unit_test_setup(range_that_starts_outside_is_refused, wipe),
        cmocka_unit_test_setup(values_keep_their_type_when_asked, wipe),
        cmocka_unit_test_setup(raw_text_is_never_parsed, wipe),
        cmocka_unit_test_setup(null_leaves_a_cell_alone_and_is_not_counted, wipe),
        cmocka_unit_test_setup(append_takes_the_wrong_columns_after_a_gap, wipe),
        cmocka_unit_test_setup(append_finds_the_table_of_its_range, wipe),
        cmocka_unit_test_setup(values_of_a_wrong_shape_are_refused_by_name, wipe),
        cmocka_unit_test_setup(filter_comes_back_without_its_zeros, wipe),
        cmocka_unit_test_setup(answers_are_pretty_unless_told_otherwise, wipe),
    };
    return cmocka_run_group_tests(tests, start, client_after);
}
