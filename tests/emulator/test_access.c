/* Who gets a token of the emulator, and what keeps a token from being enough. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"
#include "json.h"

static void set_state(const char *text)
{
    json_decref(client_control("POST", "/_emu/state", json_loads(text, 0, NULL)));
}

static long write_cell(json_t **answer)
{
    long status;
    json_t *got = client_call("PUT", "/v4/spreadsheets/S1/values/A1?valueInputOption=RAW",
                              json_pack("{s:[[s]]}", "values", "x"), &status);
    if (answer)
        *answer = got;
    else
        json_decref(got);
    return status;
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
    assert_int_equal(write_cell(NULL), 401);
    set_state("{\"account_disabled\":false}");
    assert_int_equal(write_cell(NULL), 200);
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
        long status = write_cell(&answer);
        const char *name = js_text(json_object_get(answer, "error"), "status", "");
        if (status != cases[i].status || strcmp(name, cases[i].name) != 0)
            fail_msg("%s: %ld %s", cases[i].body, status, name);
        json_decref(answer);
        json_decref(
            client_control("POST", cases[i].control, json_loads(cases[i].undo, 0, NULL)));
        assert_int_equal(write_cell(NULL), 200);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(token_requests_are_checked),
        cmocka_unit_test(revoked_key_and_disabled_account_get_no_token),
        cmocka_unit_test(access_is_refused_as_google_does),
        cmocka_unit_test(wrong_path_is_answered_with_html),
    };
    return cmocka_run_group_tests(tests, client_before, client_after);
}
