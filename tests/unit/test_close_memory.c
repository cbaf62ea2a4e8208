/* A checksum that there was no memory for says nothing about the row: putting rows back
 * ends, and blames nobody. */
#include "desk.h"

static int checksums, without_memory;

cxlog_status __real_cxlog_entry_checksum(char out[CXLOG_CHECKSUM_SIZE],
                                         const cxlog_entry *entry, cxlog_error *err);
cxlog_status __wrap_cxlog_entry_checksum(char out[CXLOG_CHECKSUM_SIZE],
                                         const cxlog_entry *entry, cxlog_error *err);

cxlog_status __wrap_cxlog_entry_checksum(char out[CXLOG_CHECKSUM_SIZE],
                                         const cxlog_entry *entry, cxlog_error *err)
{
    if (++checksums == without_memory)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    return __real_cxlog_entry_checksum(out, entry, err);
}

static cxlog_status put_back(desk *d, int64_t *restored)
{
    CXLOG_AUTO_VALUE(cxlog_close_result) result = {0};
    const cxlog_close_options options = {
        .sync = &d->options, .agent = "하늘", .day = desk_today(), .restore = true};
    cxlog_status status =
        cxlog_close_run(d->store, d->remote, &options, &result, &d->err);
    *restored = result.restored;
    return status;
}

static void rows_are_put_back_or_memory_is_said_to_be_short(void **state)
{
    (void)state;
    CXLOG_AUTO(desk) *d = desk_with_records();
    desk_person(CXLOG_TAB_LOG, "{\"edit\":\"set-cell\",\"row\":1,\"column\":3,"
                               "\"value\":\"환불\"}");
    desk_person(CXLOG_TAB_LOG, "{\"edit\":\"set-cell\",\"row\":2,\"column\":3,"
                               "\"value\":\"환불\"}");
    desk_keep(d);
    int strikes = 0;
    for (bool struck = true; struck; strikes += struck) {
        int64_t restored;
        desk_back(d);
        checksums = 0;
        without_memory = strikes + 1;
        cxlog_status status = put_back(d, &restored);
        struck = checksums >= without_memory;
        assert_int_equal(status, struck ? CXLOG_ERR_NOMEM : CXLOG_OK);
        if (!struck)
            assert_int_equal(restored, 2);
    }
    assert_true(strikes > 1);
    assert_string_equal(desk_cell(CXLOG_TAB_LOG, 1, 3), "배송");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_put_back_or_memory_is_said_to_be_short),
    };
    return cmocka_run_group_tests_name("close_memory", tests, NULL, NULL);
}
