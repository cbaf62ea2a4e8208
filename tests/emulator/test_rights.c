/* Who may write where the emulated sheet is protected. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"
#include "json.h"

#define WRITE(row)                                                                       \
    "[{\"updateCells\":{\"start\":{\"rowIndex\":" #row                                   \
    "},\"rows\":[{\"values\":[{\"userEnteredValue\":{\"stringValue\":\"x\"}}]}],"        \
    "\"fields\":\"userEnteredValue\"}}]"
#define GUARD(range)                                                                     \
    "[{\"addProtectedRange\":{\"protectedRange\":{\"protectedRangeId\":9,"               \
    "\"range\":" range ",\"editors\":{\"users\":[\"lead@example.com\"]}}}}]"
#define HEADER "{\"startRowIndex\":0,\"endRowIndex\":1}"

/* The first account speaks, and nothing is protected. */
static int open_all(void **state)
{
    (void)state;
    client_be(0);
    json_decref(client_control("POST", "/_emu/people",
                               json_loads("{\"edit\":\"unprotect\"}", 0, NULL)));
    return 0;
}

static void expect_refusal(const char *requests)
{
    char *got = client_refused(requests, 400);
    if (!strstr(got, "protected cell"))
        fail_msg("%s: %s", requests, got);
    free(got);
}

static void protected_cells_are_for_their_editors(void **state)
{
    (void)state;
    json_decref(client_batch(GUARD(HEADER)));
    json_decref(client_batch(WRITE(0)));
    client_be(1);
    expect_refusal(WRITE(0));
    json_decref(client_batch(WRITE(1)));
}

static void each_is_told_whether_he_may_edit(void **state)
{
    static const char *const path =
        "/v4/spreadsheets/S1?fields=sheets(protectedRanges(requestingUserCanEdit))";
    (void)state;
    json_decref(client_batch(GUARD(HEADER)));
    for (int i = 0; i < 2; i++) {
        client_be(i);
        char *text = client_bytes(path);
        assert_int_equal(strstr(text, "true") != NULL, i == 0);
        free(text);
    }
}

static void only_an_editor_changes_who_may_edit(void **state)
{
    (void)state;
    json_decref(client_batch(GUARD(HEADER)));
    client_be(1);
    expect_refusal("[{\"deleteProtectedRange\":{\"protectedRangeId\":9}}]");
    expect_refusal(
        "[{\"updateProtectedRange\":{\"protectedRange\":{\"protectedRangeId\":9,"
        "\"editors\":{\"users\":[]}},\"fields\":\"editors\"}}]");
    client_be(0);
    json_decref(client_batch("[{\"updateProtectedRange\":{\"protectedRange\":{"
                             "\"protectedRangeId\":9,\"editors\":"
                             "{\"users\":[]}},\"fields\":\"editors\"}}]"));
    json_decref(client_batch(WRITE(0)));
}

static void protected_tab_refuses_whatever_would_change_it(void **state)
{
    static const char *const cases[] = {
        WRITE(5),
        "[{\"findReplace\":{\"find\":\"x\",\"replacement\":\"y\",\"allSheets\":true}}]",
        "[{\"moveDimension\":{\"source\":{\"dimension\":\"ROWS\",\"startIndex\":3,"
        "\"endIndex\":4},\"destinationIndex\":7}}]",
        "[{\"updateSheetProperties\":{\"properties\":{\"title\":\"mine\"},\"fields\":"
        "\"title\"}}]",
        "[{\"updateSheetProperties\":{\"properties\":{\"gridProperties\":{\"rowCount\":1}"
        "},"
        "\"fields\":\"gridProperties.rowCount\"}}]",
        "[{\"appendDimension\":{\"dimension\":\"ROWS\",\"length\":5}}]",
        "[{\"addSheet\":{}},{\"deleteSheet\":{\"sheetId\":0}}]",
        "[{\"addSheet\":{\"properties\":{\"sheetId\":6}}},{\"cutPaste\":{\"source\":{"
        "\"sheetId\":6,\"endRowIndex\":2,\"endColumnIndex\":2},\"destination\":{}}}]",
    };
    (void)state;
    json_decref(client_batch(WRITE(0)));
    json_decref(client_control("POST", "/_emu/people",
                               json_loads("{\"edit\":\"protect\"}", 0, NULL)));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect_refusal(cases[i]);
    json_t *sheet = client_control("GET", "/_emu/sheet?id=S1&tab=Sheet1", NULL);
    assert_int_equal(js_int(sheet, "rowCount", 0), 1000);
    json_decref(sheet);
}

static void protected_header_leaves_the_tab_open(void **state)
{
    static const char *const refused[] = {
        "[{\"moveDimension\":{\"source\":{\"dimension\":\"ROWS\",\"startIndex\":3,"
        "\"endIndex\":4},\"destinationIndex\":0}}]",
        "[{\"moveDimension\":{\"source\":{\"dimension\":\"COLUMNS\",\"startIndex\":3,"
        "\"endIndex\":4},\"destinationIndex\":7}}]",
        "[{\"addSheet\":{}},{\"deleteSheet\":{\"sheetId\":0}}]",
        "[{\"updateSheetProperties\":{\"properties\":{\"gridProperties\":{"
        "\"columnCount\":1}},"
        "\"fields\":\"gridProperties.columnCount\"}}]",
    };
    static const char *const taken[] = {
        "[{\"moveDimension\":{\"source\":{\"dimension\":\"ROWS\",\"startIndex\":3,"
        "\"endIndex\":4},\"destinationIndex\":7}}]",
        "[{\"appendDimension\":{\"dimension\":\"ROWS\",\"length\":5}}]",
        "[{\"updateSheetProperties\":{\"properties\":{\"gridProperties\":{\"rowCount\":"
        "900}},"
        "\"fields\":\"gridProperties.rowCount\"}}]",
        "[{\"findReplace\":{\"find\":\"nowhere\",\"replacement\":\"y\"}}]",
    };
    (void)state;
    json_decref(client_batch(GUARD(HEADER)));
    client_be(1);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        expect_refusal(refused[i]);
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
        json_decref(client_batch(taken[i]));
}

static void range_from_the_first_cell_without_an_end_is_the_whole_tab(void **state)
{
    (void)state;
    json_decref(client_batch(GUARD("{\"startRowIndex\":0,\"startColumnIndex\":0}")));
    client_be(1);
    expect_refusal("[{\"updateSheetProperties\":{\"properties\":{\"title\":\"mine\"},"
                   "\"fields\":\"title\"}}]");
}

static void owner_works_by_hand_wherever_he_likes(void **state)
{
    (void)state;
    static const char *const edits[] = {"{\"edit\":\"protect\"}",
                                        "{\"edit\":\"delete-rows\",\"row\":3}"};
    for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++)
        json_decref(
            client_control("POST", "/_emu/people", json_loads(edits[i], 0, NULL)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(protected_cells_are_for_their_editors, open_all),
        cmocka_unit_test_setup(each_is_told_whether_he_may_edit, open_all),
        cmocka_unit_test_setup(only_an_editor_changes_who_may_edit, open_all),
        cmocka_unit_test_setup(protected_tab_refuses_whatever_would_change_it, open_all),
        cmocka_unit_test_setup(protected_header_leaves_the_tab_open, open_all),
        cmocka_unit_test_setup(range_from_the_first_cell_without_an_end_is_the_whole_tab,
                               open_all),
        cmocka_unit_test_setup(owner_works_by_hand_wherever_he_likes, open_all),
    };
    return cmocka_run_group_tests(tests, client_before, client_after);
}
