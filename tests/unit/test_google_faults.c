/* The Google remote while the network and the server misbehave. */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "wire_remote.h"

typedef struct fault_case {
    const char *fault;
    cxlog_outcome outcome;
    cxlog_status status;
    int rows; /* added */
} fault_case;

static const fault_case write_faults[] = {
    {"{\"on\":\"push\",\"kind\":\"drop-before\"}", CXLOG_OUTCOME_UNKNOWN, CXLOG_ERR_RETRY,
     0},
    {"{\"on\":\"push\",\"kind\":\"drop-after\"}", CXLOG_OUTCOME_UNKNOWN, CXLOG_ERR_RETRY,
     1},
    {"{\"on\":\"push\",\"kind\":\"cut-body\"}", CXLOG_OUTCOME_UNKNOWN, CXLOG_ERR_RETRY,
     1},
    {"{\"on\":\"push\",\"kind\":\"status\",\"code\":503}", CXLOG_OUTCOME_UNKNOWN,
     CXLOG_ERR_RETRY, 0},
    {"{\"on\":\"push\",\"kind\":\"status-after\",\"code\":500}", CXLOG_OUTCOME_UNKNOWN,
     CXLOG_ERR_RETRY, 1},
    {"{\"on\":\"push\",\"kind\":\"status\",\"code\":429}", CXLOG_OUTCOME_NOT_APPLIED,
     CXLOG_ERR_RETRY, 0},
    {"{\"on\":\"push\",\"kind\":\"html\",\"after\":true}", CXLOG_OUTCOME_UNKNOWN,
     CXLOG_ERR_RETRY, 1},
    {"{\"on\":\"push\",\"kind\":\"garbage\"}", CXLOG_OUTCOME_UNKNOWN, CXLOG_ERR_SHEET,
     -1},
    {"{\"on\":\"push\",\"kind\":\"empty\"}", CXLOG_OUTCOME_UNKNOWN, CXLOG_ERR_SHEET, -1},
    {"{\"on\":\"push\",\"kind\":\"desync\"}", CXLOG_OUTCOME_UNKNOWN, CXLOG_ERR_SHEET, -1},
    {"{\"on\":\"push\",\"kind\":\"redirect\",\"location\":\"http://127.0.0.1:1/\"}",
     CXLOG_OUTCOME_UNKNOWN, CXLOG_ERR_SHEET, -1},
    {"{\"on\":\"push\",\"kind\":\"token-expired\"}", CXLOG_OUTCOME_APPLIED, CXLOG_OK, 1},
};

static void lost_answers_are_unknown_and_refusals_are_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof write_faults / sizeof write_faults[0]; i++) {
        const fault_case *c = &write_faults[i];
        CXLOG_AUTO(cxlog_remote) *remote = wire_open(0);
        /* Leaves a kept connection behind: a write must not go out on it, where libcurl
         * would repeat it by itself. */
        CXLOG_AUTO(cxlog_reading) *reading = wire_read(remote, 2, 2);
        cxlog_record record;
        wire_record(&record, (int)(100 + i));
        int64_t before = wire_rows();
        emulator_tell(&wire_child, "fault", c->fault);
        cxlog_answer answer;
        cxlog_error err = {0};
        cxlog_status status = wire_push(remote, wire_marker(), &record, 1, &answer, &err);
        if (status != c->status || answer.outcome != c->outcome)
            fail_msg("%s: status %s, outcome %d: %s", c->fault, cxlog_status_name(status),
                     (int)answer.outcome, err.message);
        if (c->rows >= 0 && wire_rows() - before != c->rows)
            fail_msg("%s: %lld rows more", c->fault, (long long)(wire_rows() - before));
        cxlog_record_clear(&record);
    }
}

static void reads_survive_passing_faults(void **state)
{
    static const char *const faults[] = {
        "{\"on\":\"pull\",\"kind\":\"drop-before\",\"times\":2}",
        "{\"on\":\"pull\",\"kind\":\"status\",\"code\":503,\"times\":2}",
        "{\"on\":\"pull\",\"kind\":\"status\",\"code\":429,\"times\":4}",
        "{\"on\":\"pull\",\"kind\":\"cut-body\"}",
        "{\"on\":\"pull\",\"kind\":\"html\"}",
        "{\"on\":\"pull\",\"kind\":\"token-expired\"}",
        "{\"on\":\"token\",\"kind\":\"status\",\"code\":500,\"times\":2}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        CXLOG_AUTO(cxlog_remote) *remote = wire_open(0);
        emulator_tell(&wire_child, "fault", faults[i]);
        CXLOG_AUTO(cxlog_reading) *reading = wire_read(remote, 2, INT64_MAX);
        assert_int_equal(reading->page.first, 2);
    }
}

static void lasting_trouble_ends_with_the_right_status(void **state)
{
    static const struct {
        const char *fault;
        cxlog_status status;
        int reads;
    } cases[] = {
        {"{\"on\":\"pull\",\"kind\":\"status\",\"code\":503,\"times\":3}",
         CXLOG_ERR_RETRY, 3},
        {"{\"on\":\"pull\",\"kind\":\"token-expired\",\"times\":2}", CXLOG_ERR_PERMISSION,
         2},
        {"{\"on\":\"pull\",\"kind\":\"garbage\"}", CXLOG_ERR_SHEET, 1},
        {"{\"on\":\"pull\",\"kind\":\"deep\"}", CXLOG_ERR_SHEET, 1},
        {"{\"on\":\"pull\",\"kind\":\"gzip-bomb\"}", CXLOG_ERR_SHEET, 1},
        {"{\"on\":\"pull\",\"kind\":\"header-flood\"}", CXLOG_ERR_SHEET, 1},
        {"{\"on\":\"pull\",\"kind\":\"status\",\"code\":404}", CXLOG_ERR_GONE, 1},
        {"{\"on\":\"pull\",\"kind\":\"status\",\"code\":403}", CXLOG_ERR_PERMISSION, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CXLOG_AUTO(cxlog_remote) *remote = wire_open(0);
        CXLOG_AUTO(cxlog_reading) *reading = NULL;
        cxlog_error err = {0};
        emulator_tell(&wire_child, "requests/reset", "{}");
        emulator_tell(&wire_child, "fault", cases[i].fault);
        const cxlog_read what = {
            .log_tab = wire_log_tab, .scheme_tab = wire_scheme_tab, .scheme_from = 1};
        cxlog_status status = remote->ops->read(remote, &what, &reading, &err);
        if (status != cases[i].status ||
            remote->ops->requests(remote)->read != cases[i].reads)
            fail_msg("%s: %s after %lld reads: %s", cases[i].fault,
                     cxlog_status_name(status),
                     (long long)remote->ops->requests(remote)->read, err.message);
    }
}

static void late_answer_is_unknown_though_it_comes_to_be(void **state)
{
    (void)state;
    CXLOG_AUTO(cxlog_remote) *remote = wire_open(400);
    CXLOG_AUTO(cxlog_reading) *reading = wire_read(remote, 2, 2);
    cxlog_record record;
    cxlog_answer answer;
    cxlog_error err = {0};
    wire_record(&record, 300);
    int64_t before = wire_rows();
    emulator_tell(&wire_child, "fault",
                  "{\"on\":\"push\",\"kind\":\"delay\",\"ms\":1500}");
    assert_int_equal(wire_push(remote, wire_marker(), &record, 1, &answer, &err),
                     CXLOG_ERR_RETRY);
    assert_int_equal(answer.outcome, CXLOG_OUTCOME_UNKNOWN);
    assert_int_equal(remote->ops->time_left(remote), 0);
    assert_int_equal(wire_rows(), before + 1);
    cxlog_record_clear(&record);
}

static void five_failures_in_a_row_end_the_run(void **state)
{
    cxlog_remote *remote = *state;
    const cxlog_read what = {.log_tab = wire_log_tab, .log_from = 2, .log_to = 2};
    emulator_tell(&wire_child, "fault",
                  "{\"on\":\"pull\",\"kind\":\"status\",\"code\":503,\"times\":5}");
    for (int i = 0; i < 4; i++) {
        CXLOG_AUTO(cxlog_reading) *reading = NULL;
        cxlog_error err = {0};
        assert_int_equal(remote->ops->read(remote, &what, &reading, &err),
                         CXLOG_ERR_RETRY);
    }
    assert_int_equal(remote->ops->requests(remote)->read, 5);
}

static void answer_that_is_too_large_is_read_in_parts(void **state)
{
    cxlog_remote *remote = *state;
    cxlog_record record;
    cxlog_answer answer;
    cxlog_error err = {0};
    wire_record(&record, 301);
    assert_int_equal(wire_push(remote, wire_marker(), &record, 1, &answer, &err),
                     CXLOG_OK);
    CXLOG_AUTO(cxlog_reading) *whole = wire_read(remote, 2, INT64_MAX);
    emulator_tell(&wire_child, "fault", "{\"on\":\"pull\",\"kind\":\"huge\",\"mib\":17}");
    CXLOG_AUTO(cxlog_reading) *parts = wire_read(remote, 2, INT64_MAX);
    assert_int_equal(parts->page.count, whole->page.count);
    assert_int_equal(parts->header_count, whole->header_count);
    assert_int_equal(parts->log_rows, whole->log_rows);
    size_t last = parts->page.count - 1;
    wire_same(&parts->page.rows[last].entry, &record.entry);
    cxlog_record_clear(&record);
}

static void row_that_alone_is_too_large_ends_the_reading(void **state)
{
    cxlog_remote *remote = *state;
    CXLOG_AUTO(cxlog_reading) *reading = NULL;
    cxlog_error err = {0};
    const cxlog_read what = {.log_tab = wire_log_tab, .log_from = 2, .log_to = INT64_MAX};
    emulator_tell(&wire_child, "fault",
                  "{\"on\":\"pull\",\"kind\":\"huge\",\"mib\":17,\"times\":12}");
    assert_int_equal(remote->ops->read(remote, &what, &reading, &err), CXLOG_ERR_SHEET);
    assert_int_equal(remote->ops->requests(remote)->read, 12);
}

static cxlog_status push_marked(cxlog_remote *remote, int number, const char *value,
                                cxlog_answer *answer)
{
    cxlog_error err = {0};
    CXLOG_AUTO_VALUE(cxlog_record) record;
    wire_record(&record, number);
    const cxlog_push what = {.log_tab = wire_log_tab,
                             .marker = wire_marker(),
                             .marker_value = value,
                             .after_row = wire_rows(),
                             .records = &record,
                             .count = 1};
    return remote->ops->push(remote, &what, answer, &err);
}

/* Characters of metadata that the log's tab holds. */
static size_t marker_characters(void)
{
    json_t *root = emulator_ask(&wire_child, "sheet", NULL);
    const json_t *list = json_object_get(root, "metadata");
    size_t used = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *entry = json_array_get(list, i);
        const json_t *tab =
            json_object_get(json_object_get(entry, "location"), "sheetId");
        if (json_integer_value(tab) == wire_log_tab)
            used += strlen(json_string_value(json_object_get(entry, "metadataKey"))) +
                    strlen(json_string_value(json_object_get(entry, "metadataValue")));
    }
    json_decref(root);
    return used;
}

static void markers_of_stores_that_never_came_back_make_room(void **state)
{
    cxlog_remote *remote = *state;
    cxlog_answer answer;
    static char filler[30001];
    assert_int_equal(push_marked(remote, 900, "0000000000", &answer), CXLOG_OK);
    size_t room = 30000 - marker_characters();
    memset(filler, 'x', room - strlen("cxlog"));
    assert_int_equal(push_marked(remote, 901, filler, &answer), CXLOG_OK);
    int64_t rows = wire_rows();
    assert_int_equal(push_marked(remote, 902, "01M8000000", &answer), CXLOG_ERR_RETRY);
    assert_int_equal(answer.outcome, CXLOG_OUTCOME_NOT_APPLIED);
    assert_int_equal(answer.wait_ms, 0);
    assert_int_equal(push_marked(remote, 902, "7ZZZZZZZZZ", &answer), CXLOG_OK);
    assert_int_equal(wire_rows(), rows + 1);
    /* Nothing old is left: no record is to blame, and the old marker is not the new. */
    assert_int_equal(push_marked(remote, 903, "7ZZZZZZZZZ", &answer), CXLOG_ERR_GONE);
    assert_int_equal(answer.outcome, CXLOG_OUTCOME_NOT_APPLIED);
    assert_int_equal(answer.bad_record, -1);
    assert_int_equal(wire_rows(), rows + 1);
}

static void no_error_holds_the_token(void **state)
{
    (void)state;
    static const char *const kinds[] = {"garbage", "desync", "html", "status",
                                        "redirect"};
    char fault[120], path[200];
    CXLOG_AUTO(cxlog_remote) *first = wire_open(0);
    CXLOG_AUTO(cxlog_reading) *reading = wire_read(first, 2, 2);
    glob_t found;
    (void)snprintf(path, sizeof path, "%s/cache/token-*.json", wire_child.directory);
    assert_int_equal(glob(path, 0, NULL, &found), 0);
    json_t *root = json_load_file(found.gl_pathv[0], 0, NULL);
    globfree(&found);
    const char *token = json_string_value(json_object_get(root, "access_token"));
    assert_non_null(token);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        CXLOG_AUTO(cxlog_remote) *remote = wire_open(0);
        cxlog_error err = {0};
        (void)snprintf(
            fault, sizeof fault,
            "{\"on\":\"push\",\"kind\":\"%s\",\"code\":400,\"location\":\"http://x/\"}",
            kinds[i]);
        emulator_tell(&wire_child, "fault", fault);
        assert_int_not_equal(remote->ops->prove_write(remote, &err), CXLOG_OK);
        assert_null(strstr(err.message, token));
    }
    json_decref(root);
}

static void stop_ends_a_request_at_once(void **state)
{
    (void)state;
    static volatile int flag = 1;
    cxlog_remote *remote = NULL;
    const cxlog_google_options options = {.sheet_id = EMULATOR_SHEET,
                                          .key_path = wire_child.key,
                                          .api = wire_child.url,
                                          .stop = &flag};
    cxlog_error err = {0};
    assert_int_equal(cxlog_google_open(&remote, &options, &err), CXLOG_OK);
    CXLOG_AUTO(cxlog_book) *book = NULL;
    assert_int_equal(remote->ops->describe(remote, &book, &err), CXLOG_ERR_INTERRUPT);
    assert_int_equal(
        emulator_count(&wire_child, "token") + emulator_count(&wire_child, "read"), 0);
    cxlog_remote_close(remote);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lost_answers_are_unknown_and_refusals_are_not,
                                        wire_fresh, wire_finish),
        cmocka_unit_test_setup_teardown(late_answer_is_unknown_though_it_comes_to_be,
                                        wire_fresh, wire_finish),
        cmocka_unit_test_setup_teardown(reads_survive_passing_faults, wire_fresh,
                                        wire_finish),
        cmocka_unit_test_setup_teardown(lasting_trouble_ends_with_the_right_status,
                                        wire_fresh, wire_finish),
        cmocka_unit_test_setup_teardown(five_failures_in_a_row_end_the_run, wire_fresh,
                                        wire_finish),
        cmocka_unit_test_setup_teardown(answer_that_is_too_large_is_read_in_parts,
                                        wire_fresh, wire_finish),
        cmocka_unit_test_setup_teardown(row_that_alone_is_too_large_ends_the_reading,
                                        wire_fresh, wire_finish),
        cmocka_unit_test_setup_teardown(no_error_holds_the_token, wire_fresh,
                                        wire_finish),
        cmocka_unit_test_setup_teardown(stop_ends_a_request_at_once, wire_fresh,
                                        wire_finish),
        /* Last: it leaves a full sheet. */
        cmocka_unit_test_setup_teardown(markers_of_stores_that_never_came_back_make_room,
                                        wire_fresh, wire_finish),
    };
    return cmocka_run_group_tests(tests, wire_start, wire_stop);
}
