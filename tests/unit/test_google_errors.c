/* What Google's answers mean: the outcome of a write, and the sentence for people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "google/api.h"

#define SHEET "1abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
#define DONE "{\"spreadsheetId\":\"" SHEET "\",\"replies\":[{},{},{}]}"
#define ERROR(code, word, text)                                                          \
    "{\"error\":{\"code\":" code ",\"message\":\"" text "\",\"status\":\"" word "\"}}"

static void reply_of(cx_reply *reply, long status, const char *body)
{
    *reply = (cx_reply){
        .http = {.fate = CX_HTTP_ANSWERED, .status = status, .retry_after_ms = -1}};
    json_t *root = json_loads(body, 0, NULL);
    reply->root = json_is_object(root) ? root : NULL;
    if (!reply->root)
        json_decref(root);
}

static const struct {
    long status;
    const char *body;
    cxlog_outcome outcome;
} write_answers[] = {
    {200, DONE, CXLOG_OUTCOME_APPLIED},
    {200,
     "{\"spreadsheetId\":\"" SHEET
     "\",\"replies\":[{},{},{}],\"commentUpdateState\":\"X\"}",
     CXLOG_OUTCOME_APPLIED},
    {200, "{\"spreadsheetId\":\"" SHEET "\",\"replies\":[{},{}]}", CXLOG_OUTCOME_UNKNOWN},
    {200, "{\"spreadsheetId\":\"other\",\"replies\":[{},{},{}]}", CXLOG_OUTCOME_UNKNOWN},
    {200, "{\"spreadsheetId\":\"" SHEET "\"}", CXLOG_OUTCOME_UNKNOWN},
    {200, "{}", CXLOG_OUTCOME_UNKNOWN},
    {200, "", CXLOG_OUTCOME_UNKNOWN},
    {201, DONE, CXLOG_OUTCOME_UNKNOWN},
    {204, "", CXLOG_OUTCOME_UNKNOWN},
    {206, DONE, CXLOG_OUTCOME_UNKNOWN},
    {302, "", CXLOG_OUTCOME_UNKNOWN},
    {304, "", CXLOG_OUTCOME_UNKNOWN},
    {400, ERROR("400", "INVALID_ARGUMENT", "x"), CXLOG_OUTCOME_NOT_APPLIED},
    {400, "<html>", CXLOG_OUTCOME_UNKNOWN},
    {401, ERROR("401", "UNAUTHENTICATED", "x"), CXLOG_OUTCOME_NOT_APPLIED},
    {403, ERROR("403", "PERMISSION_DENIED", "x"), CXLOG_OUTCOME_NOT_APPLIED},
    {404, ERROR("404", "NOT_FOUND", "x"), CXLOG_OUTCOME_NOT_APPLIED},
    {408, ERROR("408", "X", "x"), CXLOG_OUTCOME_UNKNOWN},
    {409, ERROR("409", "ABORTED", "x"), CXLOG_OUTCOME_UNKNOWN},
    {429, ERROR("429", "RESOURCE_EXHAUSTED", "x"), CXLOG_OUTCOME_NOT_APPLIED},
    {429, "", CXLOG_OUTCOME_UNKNOWN},
    {500, ERROR("500", "INTERNAL", "x"), CXLOG_OUTCOME_UNKNOWN},
    {502, "<html>", CXLOG_OUTCOME_UNKNOWN},
    {503, ERROR("503", "UNAVAILABLE", "x"), CXLOG_OUTCOME_UNKNOWN},
};

static void only_proof_decides_the_outcome_of_a_write(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof write_answers / sizeof write_answers[0]; i++) {
        CXLOG_AUTO_VALUE(cx_reply) reply;
        reply_of(&reply, write_answers[i].status, write_answers[i].body);
        if (cx_write_outcome(&reply, SHEET, 3) != write_answers[i].outcome)
            fail_msg("HTTP %ld %s", write_answers[i].status, write_answers[i].body);
    }
    const cx_reply unsent = {.http = {.fate = CX_HTTP_NOT_SENT}};
    assert_int_equal(cx_write_outcome(&unsent, SHEET, 3), CXLOG_OUTCOME_NOT_APPLIED);
    const cx_reply lost = {.http = {.fate = CX_HTTP_NO_ANSWER}};
    assert_int_equal(cx_write_outcome(&lost, SHEET, 3), CXLOG_OUTCOME_UNKNOWN);
}

static void only_an_answer_that_names_the_marker_is_this_batchs(void **state)
{
    (void)state;
    static const struct {
        const char *replies;
        bool marked;
    } answers[] = {
        {"[{\"createDeveloperMetadata\":{\"developerMetadata\":{\"metadataId\":7}}},{}]",
         true},
        {"[{\"createDeveloperMetadata\":{\"developerMetadata\":{\"metadataId\":8}}},{}]",
         false},
        {"[{\"createDeveloperMetadata\":{\"developerMetadata\":{\"metadataId\":\"7\"}}}]",
         false},
        {"[{},{\"createDeveloperMetadata\":{\"developerMetadata\":{\"metadataId\":7}}}]",
         false},
        {"[{},{}]", false},
        {"\"none\"", false},
    };
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        char body[256];
        snprintf(body, sizeof body, "{\"spreadsheetId\":\"%s\",\"replies\":%s}", SHEET,
                 answers[i].replies);
        CXLOG_AUTO_VALUE(cx_reply) reply;
        reply_of(&reply, 200, body);
        if (cx_write_marked(&reply, 7) != answers[i].marked)
            fail_msg("%s", answers[i].replies);
    }
}

static void refusals_of_a_batch_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool taken, beyond, drop;
        int record;
        bool refused;
    } cases[] = {
        {"Invalid requests[0].createDeveloperMetadata: Cannot add developer metadata "
         "with ID [7] "
         "because developer metadata with that ID already exists.",
         true, false, false, -1, false},
        {"Invalid requests[2].deleteDeveloperMetadata: none", false, false, true, -1,
         false},
        {"Invalid requests[1]: none", false, false, true, -1, false},
        {"Invalid requests[3].insertDimension: range.startIndex is larger than current "
         "grid size "
         "(5)",
         false, true, false, -1, false},
        {"Invalid requests[3].insertDimension: range.startIndex must be less than the "
         "grid size (1) "
         "if inheritFromBefore is false.",
         false, true, false, -1, false},
        {"Invalid requests[4].updateCells: Attempting to write row: 8, beyond the last "
         "requested row of: 7",
         false, true, false, -1, false},
        {"Invalid requests[4].updateCells: GridCoordinate.rowIndex[9] is after last row "
         "in grid[8]",
         false, true, false, -1, false},
        {"Range (T!A9:V9) exceeds grid limits. Max rows: 5, max columns: 22", false, true,
         false, -1, false},
        {"Invalid requests[4].updateCells: rows[1].values[3] is bad", false, false, false,
         1, false},
        {"Invalid requests[4].updateCells: rows[9].values[3] is bad", false, false, false,
         -1, true},
        {"Request contains an invalid argument.", false, false, false, -1, true},
        {"Invalid requests[4]: none", false, false, false, -1, true},
        {"Invalid requests[3].insertDimension: none", false, false, false, -1, false},
        {"Invalid requests[4].updateCells: No grid with id: 9", false, false, false, -1,
         false},
        {"Invalid requests[4].appendDimension: No sheet with id: 9", false, false, false,
         -1, false},
        {"You are trying to edit a protected cell or object.", false, false, false, -1,
         false},
    };
    const cx_batch_shape shape = {
        .drop_first = 1, .drop_count = 2, .records = 2, .cells = 4};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CXLOG_AUTO_VALUE(cx_reply) reply;
        reply_of(&reply, 400, "");
        reply.root = json_pack("{s:{s:s}}", "error", "message", cases[i].text);
        cxlog_answer answer = {.outcome = CXLOG_OUTCOME_NOT_APPLIED, .bad_record = -1};
        cx_write_detail(&answer, &reply, &shape);
        if (answer.marker_taken != cases[i].taken ||
            answer.beyond_grid != cases[i].beyond ||
            answer.drop_missing != cases[i].drop ||
            answer.bad_record != cases[i].record || answer.refused != cases[i].refused)
            fail_msg("%s", cases[i].text);
    }
}

static cx_google google_for_words(void)
{
    static char email[] = "cxlog@p.iam.gserviceaccount.com";
    static char id[] = SHEET;
    static char api[] = "https://sheets.googleapis.com";
    static char token[] = "ya29.CANARY";
    return (cx_google){
        .sheet_id = id, .api = api, .token = token, .key = {.email = email}};
}

static void a_tab_that_is_gone_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *text, *part;
    } cases[] = {
        {"Invalid requests[2].updateCells: No grid with id: 41", "tab 상담기록 is not"},
        {"No grid with id: 42", "tab 구분 is not"},
        {"No grid with id: 1700003", "tab 누적 is not"},
        {"Invalid requests[0].updateSheetProperties: No sheet with id: 41",
         "tab 상담기록 is not"},
        {"No grid with id: 43", "a tab of cxlog is not"},
        {"Unable to parse range: X!A1", "a tab of cxlog is not"},
    };
    cx_google google = google_for_words();
    google.log_tab = 41;
    google.scheme_tab = 42;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CXLOG_AUTO_VALUE(cx_reply) reply;
        cxlog_error err = {0};
        reply_of(&reply, 400, "");
        reply.root = json_pack("{s:{s:s}}", "error", "message", cases[i].text);
        assert_int_equal(cx_google_refused(&google, &reply, true, &err), CXLOG_ERR_SHEET);
        if (!strstr(err.message, cases[i].part))
            fail_msg("%s: %s", cases[i].text, err.message);
    }
}

static void refused_batch_of_one_blames_its_record(void **state)
{
    (void)state;
    const cx_batch_shape shape = {.records = 1};
    CXLOG_AUTO_VALUE(cx_reply) reply;
    reply_of(&reply, 400,
             ERROR("400", "INVALID_ARGUMENT", "Request contains an invalid argument."));
    cxlog_answer answer = {.outcome = CXLOG_OUTCOME_NOT_APPLIED, .bad_record = -1};
    cx_write_detail(&answer, &reply, &shape);
    assert_int_equal(answer.bad_record, 0);
}

static const struct {
    long http;
    const char *body, *part;
    bool writing, has_read;
    cxlog_status status;
} refusals[] = {
    {404, ERROR("404", "NOT_FOUND", "Requested entity was not found."), "check sheet.id",
     false, false, CXLOG_ERR_GONE},
    {403, ERROR("403", "PERMISSION_DENIED", "The caller does not have permission"),
     "share it with that address", false, false, CXLOG_ERR_PERMISSION},
    {403, ERROR("403", "PERMISSION_DENIED", "The caller does not have permission"),
     "may only view", true, true, CXLOG_ERR_PERMISSION},
    {403,
     "{\"error\":{\"code\":403,\"status\":\"PERMISSION_DENIED\",\"message\":\"Google "
     "Sheets API has "
     "not been used in project 9 before or it is disabled. Enable it by visiting "
     "https://console.developers.google.com/apis/api/sheets.googleapis.com/"
     "overview?project=9 then "
     "retry.\",\"details\":[{\"reason\":\"SERVICE_DISABLED\"}]}}",
     "overview?project=9,", false, false, CXLOG_ERR_PERMISSION},
    {403,
     "{\"error\":{\"message\":\"visit https://evil.example/ "
     "now\",\"details\":[{\"reason\":"
     "\"SERVICE_DISABLED\"}]}}",
     "https://console.cloud.google.com/", false, false, CXLOG_ERR_PERMISSION},
    {403,
     ERROR("403", "PERMISSION_DENIED", "Request had insufficient authentication scopes."),
     "scope", false, false, CXLOG_ERR_PERMISSION},
    {403, ERROR("403", "RESOURCE_EXHAUSTED", "Quota"), "quota", false, false,
     CXLOG_ERR_RETRY},
    {400,
     ERROR("400", "FAILED_PRECONDITION",
           "This operation is not supported for this document"),
     "Excel", false, false, CXLOG_ERR_GONE},
    {400, ERROR("400", "INVALID_ARGUMENT", "Unable to parse range: X!A1"), "cxlog init",
     false, false, CXLOG_ERR_SHEET},
    {400,
     ERROR("400", "INVALID_ARGUMENT",
           "Invalid requests[2].updateCells: No grid with id: 9"),
     "tab", true, true, CXLOG_ERR_SHEET},
    {400,
     ERROR("400", "INVALID_ARGUMENT",
           "This action would increase the number of cells in the workbook above the "
           "limit of "
           "10000000 cells."),
     "full", true, true, CXLOG_ERR_GONE},
    {400, ERROR("400", "INVALID_ARGUMENT", "trying to edit a protected cell"),
     "protected", true, true, CXLOG_ERR_PERMISSION},
    {400, ERROR("400", "INVALID_ARGUMENT", "odd \\u001b]52;c;x\\u0007 \\u202e"), "\\x1b",
     true, true, CXLOG_ERR_GONE},
    {401, ERROR("401", "UNAUTHENTICATED", "x"), "token", false, false,
     CXLOG_ERR_PERMISSION},
    {410, ERROR("410", "GONE", "x"), "deleted", false, false, CXLOG_ERR_GONE},
    {429, ERROR("429", "RESOURCE_EXHAUSTED", "x"), "by itself", false, false,
     CXLOG_ERR_RETRY},
    {500, ERROR("500", "INTERNAL", "x"), "HTTP 500", false, false, CXLOG_ERR_RETRY},
    {502, "<html>", "HTTP 502", false, false, CXLOG_ERR_RETRY},
    {302, "<html>", "redirect", false, false, CXLOG_ERR_SHEET},
    {403, "<html>", "proxy", false, false, CXLOG_ERR_SHEET},
};

static void every_refusal_is_a_sentence_that_names_the_mend(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        cx_google google = google_for_words();
        google.has_read = refusals[i].has_read;
        CXLOG_AUTO_VALUE(cx_reply) reply;
        reply_of(&reply, refusals[i].http, refusals[i].body);
        cxlog_error err = {0};
        cxlog_status status =
            cx_google_refused(&google, &reply, refusals[i].writing, &err);
        if (status != refusals[i].status || !strstr(err.message, refusals[i].part))
            fail_msg("HTTP %ld: %s: %s", refusals[i].http, cxlog_status_name(status),
                     err.message);
        assert_null(strstr(err.message, "CANARY"));
        assert_null(strchr(err.message, '\x1b'));
        assert_null(strstr(err.message, "evil"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_proof_decides_the_outcome_of_a_write),
        cmocka_unit_test(only_an_answer_that_names_the_marker_is_this_batchs),
        cmocka_unit_test(refusals_of_a_batch_are_told_apart),
        cmocka_unit_test(a_tab_that_is_gone_is_named),
        cmocka_unit_test(refused_batch_of_one_blames_its_record),
        cmocka_unit_test(every_refusal_is_a_sentence_that_names_the_mend),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
