/* Faults, quotas, tokens and people of the emulator. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "client.h"
#include "json.h"

#define BATCH "/v4/spreadsheets/S1:batchUpdate"
#define VALUES "/v4/spreadsheets/S1/values/"

static int start(void **state)
{
    (void)state;
    client_start("--quota", "0");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    client_stop();
    return 0;
}

static int wipe(void **state)
{
    long status;
    (void)state;
    json_decref(client_control("DELETE", "/_emu/faults", NULL));
    json_decref(client_call("POST", VALUES "Sheet1:clear", json_object(), &status));
    assert_int_equal(status, 200);
    return 0;
}

static void set_fault(const char *text)
{
    json_decref(client_control("POST", "/_emu/fault", json_loads(text, 0, NULL)));
}

static void set_state(const char *text)
{
    json_decref(client_control("POST", "/_emu/state", json_loads(text, 0, NULL)));
}

static long push(const char *text, json_t **answer)
{
    long status;
    json_t *got = client_call("POST", BATCH,
                              json_pack("{s:[{s:{s:{}, s:[{s:[{s:{s:s}}]}], s:s}}]}",
                                        "requests", "updateCells", "start", "rows",
                                        "values", "userEnteredValue", "stringValue", text,
                                        "fields", "userEnteredValue"),
                              &status);
    if (answer)
        *answer = got;
    else
        json_decref(got);
    return status;
}

/* The first cell of the sheet as the emulator holds it. */
static void expect_cell(const char *text)
{
    json_t *sheet = client_control("GET", "/_emu/sheet?id=S1&tab=Sheet1", NULL);
    const json_t *row = json_array_get(json_object_get(sheet, "rows"), 0);
    const char *got = json_string_value(json_array_get(row, 0));
    assert_string_equal(got ? got : "", text);
    json_decref(sheet);
}

static void each_fault_is_applied_or_not_as_it_says(void **state)
{
    static const struct {
        const char *fault;
        long status;
        const char *cell;
    } cases[] = {
        {"{\"on\":\"push\",\"kind\":\"drop-before\"}", 0, ""},
        {"{\"on\":\"push\",\"kind\":\"drop-after\"}", 0, "new"},
        {"{\"on\":\"push\",\"kind\":\"cut-body\"}", 0, "new"},
        {"{\"on\":\"push\",\"kind\":\"cut-body\",\"chunked\":true}", 0, "new"},
        {"{\"on\":\"push\",\"kind\":\"status\",\"code\":503}", 503, ""},
        {"{\"on\":\"push\",\"kind\":\"status-after\",\"code\":500}", 500, "new"},
        {"{\"on\":\"push\",\"kind\":\"html\"}", 502, ""},
        {"{\"on\":\"push\",\"kind\":\"html\",\"after\":true}", 502, "new"},
        {"{\"on\":\"push\",\"kind\":\"token-expired\"}", 401, ""},
        {"{\"on\":\"push\",\"kind\":\"retry-after\",\"seconds\":7}", 429, ""},
        {"{\"on\":\"push\",\"kind\":\"redirect\"}", 307, ""},
        {"{\"on\":\"push\",\"kind\":\"garbage\"}", 200, "new"},
        {"{\"on\":\"push\",\"kind\":\"empty\"}", 200, "new"},
        {"{\"on\":\"push\",\"kind\":\"wrong-types\"}", 200, "new"},
        {"{\"on\":\"push\",\"kind\":\"huge\",\"mib\":2}", 200, "new"},
        {"{\"on\":\"push\",\"kind\":\"deep\",\"depth\":5000}", 200, "new"},
        {"{\"on\":\"push\",\"kind\":\"gzip-bomb\",\"mib\":1}", 200, "new"},
        {"{\"on\":\"push\",\"kind\":\"desync\"}", 200, "new"},
        {"{\"on\":\"push\",\"kind\":\"slow-drip\",\"ms\":0}", 200, "new"},
        {"{\"on\":\"push\",\"kind\":\"delay\",\"ms\":1}", 200, "new"},
        {"{\"on\":\"push\",\"kind\":\"delay-apply\",\"ms\":1}", 200, "new"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        wipe(state);
        set_fault(cases[i].fault);
        long status = push("new", NULL);
        if (status != cases[i].status)
            fail_msg("%s: status %ld", cases[i].fault, status);
        expect_cell(cases[i].cell);
        json_t *list = client_control("GET", "/_emu/faults", NULL);
        const json_t *fault = json_array_get(json_object_get(list, "faults"), 0);
        assert_int_equal(js_int(fault, "fired", 0), 1);
        json_decref(list);
        assert_int_equal(push("again", NULL), 200);
    }
}

static void fault_strikes_the_asked_request_only(void **state)
{
    (void)state;
    set_fault("{\"on\":\"push\",\"kind\":\"status\",\"code\":503,\"at\":2,\"times\":2}");
    static const long wanted[] = {200, 503, 503, 200};
    long status;
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        json_decref(client_call("GET", VALUES "A1", NULL, &status));
        assert_int_equal(status, 200);
        assert_int_equal(push("x", NULL), wanted[i]);
    }
}

static void fault_strikes_what_holds_a_text_only(void **state)
{
    (void)state;
    set_fault("{\"on\":\"push\",\"kind\":\"status\",\"code\":400,\"holds\":\"나쁜\","
              "\"times\":-1}");
    assert_int_equal(push("good", NULL), 200);
    assert_int_equal(push("a 나쁜 word", NULL), 400);
    assert_int_equal(push("good again", NULL), 200);
    expect_cell("good again");
}

static void snapshot_brings_a_document_back_any_number_of_times(void **state)
{
    (void)state;
    assert_int_equal(push("then", NULL), 200);
    json_t *taken = client_control("POST", "/_emu/snapshot", json_object());
    json_t *number = json_object_get(taken, "snapshot");
    for (int i = 0; i < 2; i++) {
        assert_int_equal(push("now", NULL), 200);
        expect_cell("now");
        json_decref(client_control("POST", "/_emu/restore",
                                   json_pack("{s:O}", "snapshot", number)));
        expect_cell("then");
    }
    json_decref(taken);
}

static void dropped_request_is_applied_later(void **state)
{
    (void)state;
    set_fault("{\"on\":\"push\",\"kind\":\"drop-then-apply\",\"ms\":20}");
    assert_int_equal(push("late", NULL), 0);
    for (int i = 0; i < 500; i++) {
        json_t *log = client_control("GET", "/_emu/sheet?id=S1&tab=Sheet1", NULL);
        size_t rows = json_array_size(json_object_get(log, "rows"));
        json_decref(log);
        if (rows > 0)
            break;
        nanosleep(&(struct timespec){0, 5000000}, NULL);
    }
    expect_cell("late");
}

static void apply_log_keeps_what_an_answer_did_not_say(void **state)
{
    (void)state;
    json_decref(client_control("POST", "/_emu/apply-log/reset", json_object()));
    set_fault("{\"on\":\"push\",\"kind\":\"drop-after\"}");
    assert_int_equal(push("truth", NULL), 0);
    json_t *log = client_control("GET", "/_emu/apply-log", NULL);
    const json_t *applied = json_object_get(log, "applied");
    assert_int_equal(json_array_size(applied), 1);
    const json_t *op =
        json_array_get(json_object_get(json_array_get(applied, 0), "ops"), 0);
    const json_t *row = json_array_get(json_object_get(op, "values"), 0);
    assert_string_equal(json_string_value(json_array_get(row, 0)), "truth");
    json_decref(log);
}

static void quota_is_counted_by_the_minute(void **state)
{
    (void)state;
    /* The next minute begins with nothing used. */
    set_state("{\"quota\":2,\"clock_advance_s\":60}");
    json_t *answer;
    assert_int_equal(push("1", NULL), 200);
    assert_int_equal(push("2", NULL), 200);
    assert_int_equal(push("3", &answer), 429);
    const json_t *error = json_object_get(answer, "error");
    const json_t *info = json_array_get(json_object_get(error, "details"), 0);
    const json_t *metadata = json_object_get(info, "metadata");
    assert_string_equal(js_text(error, "status", ""), "RESOURCE_EXHAUSTED");
    assert_string_equal(js_text(info, "reason", ""), "RATE_LIMIT_EXCEEDED");
    assert_string_equal(js_text(metadata, "quota_limit", ""),
                        "WriteRequestsPerMinutePerUser");
    assert_string_equal(js_text(metadata, "quota_limit_value", ""), "2");
    json_decref(answer);
    long status;
    json_decref(client_call("GET", VALUES "A1", NULL, &status));
    assert_int_equal(status, 200);
    set_state("{\"clock_advance_s\":60}");
    assert_int_equal(push("4", NULL), 200);
    set_state("{\"quota\":0}");
}

static void token_requests_are_checked(void **state)
{
    static const struct {
        const char *change;
        long status;
        const char *error;
        const char *description;
    } cases[] = {
        {"{\"aud\":\"https://elsewhere.example/token\"}", 400, "invalid_grant",
         "Invalid JWT: Failed audience check."},
        {"{\"iat\":1000,\"exp\":4600}", 400, "invalid_grant",
         "Invalid JWT: Token must be a short-lived token (60 minutes) and in a "
         "reasonable "
         "timeframe. Check your iat and exp values in the JWT claim."},
        {"{\"exp\":99999999999}", 400, "invalid_grant",
         "Invalid JWT: Token must be a short-lived token (60 minutes) and in a "
         "reasonable "
         "timeframe. Check your iat and exp values in the JWT claim."},
        {"{\"scope\":\"\"}", 400, "invalid_scope",
         "Invalid OAuth scope or ID token audience provided."},
        {"{\"iss\":\"other@x\"}", 400, "invalid_grant",
         "Invalid grant: account not found"},
        {"{}", 200, "", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        json_t *claims = client_claims();
        json_t *change = json_loads(cases[i].change, 0, NULL);
        json_object_update(claims, change);
        json_decref(change);
        long status;
        json_t *answer = client_token(claims, &status);
        assert_int_equal(status, cases[i].status);
        assert_string_equal(js_text(answer, "error", ""), cases[i].error);
        assert_string_equal(js_text(answer, "error_description", ""),
                            cases[i].description);
        json_decref(answer);
    }
}

static void revoked_key_and_disabled_account_get_no_token(void **state)
{
    (void)state;
    long status;
    set_state("{\"key_revoked\":true}");
    json_t *answer = client_token(client_claims(), &status);
    assert_string_equal(js_text(answer, "error_description", ""),
                        "Invalid JWT Signature.");
    json_decref(answer);
    set_state("{\"key_revoked\":false,\"account_disabled\":true}");
    answer = client_token(client_claims(), &status);
    assert_string_equal(js_text(answer, "error_description", ""),
                        "Invalid grant: account not found");
    json_decref(answer);
    assert_int_equal(push("x", NULL), 401);
    set_state("{\"account_disabled\":false}");
    assert_int_equal(push("x", NULL), 200);
}

static void access_is_refused_as_google_does(void **state)
{
    static const struct {
        const char *control;
        const char *body;
        const char *undo;
        long status;
        const char *name;
    } cases[] = {
        {"/_emu/people", "{\"edit\":\"unshare\"}", "{\"edit\":\"share\"}", 403,
         "PERMISSION_DENIED"},
        {"/_emu/people", "{\"edit\":\"viewer-only\"}", "{\"edit\":\"share\"}", 403,
         "PERMISSION_DENIED"},
        {"/_emu/people", "{\"edit\":\"protect\"}", "{\"edit\":\"unprotect\"}", 400,
         "INVALID_ARGUMENT"},
        {"/_emu/state", "{\"api_disabled\":true}", "{\"api_disabled\":false}", 403,
         "PERMISSION_DENIED"},
        {"/_emu/state", "{\"xlsx\":\"S1\"}", "{\"xlsx\":\"S1\",\"xlsx_on\":false}", 400,
         "FAILED_PRECONDITION"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        json_t *answer;
        json_decref(
            client_control("POST", cases[i].control, json_loads(cases[i].body, 0, NULL)));
        long status = push("x", &answer);
        const char *name = js_text(json_object_get(answer, "error"), "status", "");
        if (status != cases[i].status || strcmp(name, cases[i].name) != 0)
            fail_msg("%s: %ld %s", cases[i].body, status, name);
        json_decref(answer);
        json_decref(
            client_control("POST", cases[i].control, json_loads(cases[i].undo, 0, NULL)));
        assert_int_equal(push("x", NULL), 200);
    }
}

static void wrong_path_is_answered_with_html(void **state)
{
    (void)state;
    long status;
    json_t *answer = client_call("GET", "/v4/spreadsheet/S1", NULL, &status);
    assert_int_equal(status, 404);
    assert_non_null(strstr(json_string_value(answer), "<!DOCTYPE html>"));
    json_decref(answer);
}

static void people_edit_rows_and_columns(void **state)
{
    (void)state;
    static const char *const edits[] = {
        "{\"edit\":\"type-row\",\"values\":[\"h1\",\"h2\"]}",
        "{\"edit\":\"type-row\",\"values\":[\"b\",2]}",
        "{\"edit\":\"type-row\",\"values\":[\"a\",1]}",
        "{\"edit\":\"sort\",\"column\":0}",
        "{\"edit\":\"duplicate-row\",\"row\":1}",
        "{\"edit\":\"set-cell\",\"row\":4,\"column\":0,\"formula\":\"=SUM(B2:B3)\","
        "\"shown\":3}",
        "{\"edit\":\"insert-column\",\"column\":1,\"header\":\"new\"}",
        "{\"edit\":\"move-column\",\"column\":2,\"to\":1}",
    };
    for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++)
        json_decref(
            client_control("POST", "/_emu/people", json_loads(edits[i], 0, NULL)));
    json_t *sheet = client_control("GET", "/_emu/sheet?id=S1&tab=Sheet1", NULL);
    json_t *wanted = json_loads(
        "[[\"h1\",\"h2\",\"new\"],[\"a\",1],[\"b\",2],[\"a\",1],[3]]", 0, NULL);
    assert_true(json_equal(json_object_get(sheet, "rows"), wanted));
    json_decref(wanted);
    json_decref(sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(people_edit_rows_and_columns, wipe),
        cmocka_unit_test_setup(each_fault_is_applied_or_not_as_it_says, wipe),
        cmocka_unit_test_setup(fault_strikes_the_asked_request_only, wipe),
        cmocka_unit_test_setup(fault_strikes_what_holds_a_text_only, wipe),
        cmocka_unit_test_setup(snapshot_brings_a_document_back_any_number_of_times, wipe),
        cmocka_unit_test_setup(dropped_request_is_applied_later, wipe),
        cmocka_unit_test_setup(apply_log_keeps_what_an_answer_did_not_say, wipe),
        cmocka_unit_test_setup(quota_is_counted_by_the_minute, wipe),
        cmocka_unit_test_setup(token_requests_are_checked, wipe),
        cmocka_unit_test_setup(revoked_key_and_disabled_account_get_no_token, wipe),
        cmocka_unit_test_setup(access_is_refused_as_google_does, wipe),
        cmocka_unit_test_setup(wrong_path_is_answered_with_html, wipe),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
