/* Faults, quotas and people of the emulator. */
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

static void fault_on_a_part_of_the_path_strikes_there(void **state)
{
    static const struct {
        const char *fault;
        long read, push;
    } cases[] = {
        {"{\"on\":\"values\",\"kind\":\"status\",\"code\":503}", 503, 200},
        {"{\"on\":\"sheets\",\"kind\":\"status\",\"code\":503,\"times\":2}", 503, 503},
        {"{\"on\":\"S1/v\",\"kind\":\"status\",\"code\":503}", 503, 200},
        {"{\"on\":\"batchU\",\"kind\":\"status\",\"code\":503}", 200, 503},
        {"{\"on\":\"get\",\"kind\":\"status\",\"code\":503}", 200, 200},
        {"{\"on\":\"any\",\"kind\":\"status\",\"code\":503,\"times\":2}", 503, 503},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        long status;
        json_decref(client_control("DELETE", "/_emu/faults", NULL));
        set_fault(cases[i].fault);
        json_decref(client_call("GET", VALUES "A1", NULL, &status));
        long pushed = push("x", NULL);
        if (status != cases[i].read || pushed != cases[i].push)
            fail_msg("%s: %ld, %ld", cases[i].fault, status, pushed);
    }
}

static void order_that_is_wrong_is_refused(void **state)
{
    static const char *const cases[][3] = {
        {"/_emu/fault", "{\"on\":\"any\",\"kind\":\"status\",\"tmes\":-1}",
         "unknown member \"tmes\" of a fault"},
        {"/_emu/fault", "{\"on\":\"any\",\"kind\":\"stats\"}", "unknown fault \"kind\""},
        {"/_emu/state", "{\"cuota\":3}", "unknown member \"cuota\" of the state"},
        {"/_emu/state", "{\"account\":\"nobody@x\",\"account_disabled\":true}",
         "no such account"},
        {"/_emu/state", "{\"xlsx\":\"S9\",\"api_disabled\":true}", "no such document"},
        {"/_emu/people", "{\"edit\":\"sort\",\"colum\":1}",
         "unknown member \"colum\" of an edit"},
        {"/_emu/people", "{\"edit\":\"unshare\",\"account\":\"nobody@x\"}",
         "no such account"},
        {"/_emu/prefill", "{\"row\":[[1]]}",
         "prefill needs \"rows\", or \"generate\" and \"template\""},
        {"/_emu/prefill", "{\"rows\":[[1]],\"form\":9}",
         "unknown member \"form\" of a prefill"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *got = client_control_refused(cases[i][0], cases[i][1]);
        assert_string_equal(got, cases[i][2]);
        free(got);
    }
    assert_int_equal(push("x", NULL), 200);
}

static void expect_quota_detail(const json_t *answer, const char *limit,
                                const char *metric)
{
    const json_t *details = json_object_get(json_object_get(answer, "error"), "details");
    const json_t *info = json_object_get(json_array_get(details, 0), "metadata");
    assert_string_equal(js_text(info, "quota_limit", ""), limit);
    assert_string_equal(js_text(info, "quota_metric", ""), metric);
    assert_int_equal(json_array_size(details), 2);
}

static void injected_429_has_the_details_of_its_kind(void **state)
{
    (void)state;
    long status;
    set_fault("{\"on\":\"any\",\"kind\":\"status\",\"code\":429,\"times\":2}");
    json_t *read = client_call("GET", VALUES "A1", NULL, &status);
    assert_int_equal(status, 429);
    expect_quota_detail(read, "ReadRequestsPerMinutePerUser",
                        "sheets.googleapis.com/read_requests");
    json_decref(read);
    json_t *write;
    assert_int_equal(push("x", &write), 429);
    expect_quota_detail(write, "WriteRequestsPerMinutePerUser",
                        "sheets.googleapis.com/write_requests");
    json_decref(write);
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
    /* The next minute begins with nothing used, and what follows lies inside it. */
    json_t *now = client_control("POST", "/_emu/state", json_object());
    char *order = mem_format("{\"quota\":2,\"clock_advance_s\":%d}",
                             (int)(60 - js_int(now, "now_ms", 0) / 1000 % 60));
    set_state(order);
    free(order);
    json_decref(now);
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
        cmocka_unit_test_setup(fault_on_a_part_of_the_path_strikes_there, wipe),
        cmocka_unit_test_setup(order_that_is_wrong_is_refused, wipe),
        cmocka_unit_test_setup(injected_429_has_the_details_of_its_kind, wipe),
        cmocka_unit_test_setup(snapshot_brings_a_document_back_any_number_of_times, wipe),
        cmocka_unit_test_setup(dropped_request_is_applied_later, wipe),
        cmocka_unit_test_setup(apply_log_keeps_what_an_answer_did_not_say, wipe),
        cmocka_unit_test_setup(quota_is_counted_by_the_minute, wipe),
    };
    return cmocka_run_group_tests(tests, start, client_after);
}
