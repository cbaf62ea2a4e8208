#include "wire_remote.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

emulator wire_child;
int32_t wire_log_tab = 1700001;
int32_t wire_scheme_tab = 1700002;

cxlog_remote *wire_open(int64_t deadline_ms)
{
    char cache[96];
    cxlog_remote *remote = NULL;
    cxlog_error err = {0};
    (void)snprintf(cache, sizeof cache, "%s/cache", wire_child.directory);
    const cxlog_google_options options = {.sheet_id = EMULATOR_SHEET,
                                          .key_path = wire_child.key,
                                          .api = wire_child.url,
                                          .cache_dir = cache,
                                          .deadline_ms =
                                              deadline_ms ? deadline_ms : 60000,
                                          .backoff_ms = 1};
    if (cxlog_google_open(&remote, &options, &err) != CXLOG_OK)
        fail_msg("open: %s", err.message);
    return remote;
}

int wire_start(void **state)
{
    (void)state;
    emulator_start(&wire_child, CXLOG_EMULATOR, NULL, NULL);
    cxlog_remote *remote = wire_open(0);
    cxlog_answer answer;
    cxlog_error err = {0};
    if (remote->ops->create_tabs(remote, true, true, "Asia/Seoul", &wire_log_tab,
                                 &wire_scheme_tab, &answer, &err) != CXLOG_OK)
        fail_msg("create_tabs: %s", err.message);
    cxlog_remote_close(remote);
    return 0;
}

int wire_stop(void **state)
{
    (void)state;
    emulator_stop(&wire_child);
    return 0;
}

int wire_fresh(void **state)
{
    emulator_tell(&wire_child, "requests/reset", "{}");
    *state = wire_open(0);
    return 0;
}

int wire_finish(void **state)
{
    cxlog_remote_close(*state);
    return 0;
}

int wire_marker(void)
{
    static int marker = 100;
    return ++marker;
}

int64_t wire_rows(void)
{
    json_t *rows = emulator_rows(&wire_child, CXLOG_TAB_LOG);
    int64_t count = (int64_t)json_array_size(rows);
    while (count > 1 && json_array_size(json_array_get(rows, (size_t)count - 1)) == 0)
        count--;
    json_decref(rows);
    return count;
}

cxlog_status wire_push(cxlog_remote *remote, int marker, cxlog_record *records,
                       size_t count, cxlog_answer *answer, cxlog_error *err)
{
    const cxlog_push what = {.log_tab = wire_log_tab,
                             .marker = marker,
                             .marker_value = "batch-uuid",
                             .after_row = wire_rows(),
                             .records = records,
                             .count = count};
    return remote->ops->push(remote, &what, answer, err);
}

cxlog_reading *wire_read(cxlog_remote *remote, int64_t from, int64_t to)
{
    cxlog_reading *reading = NULL;
    cxlog_error err = {0};
    const cxlog_read what = {.log_tab = wire_log_tab,
                             .scheme_tab = wire_scheme_tab,
                             .header = true,
                             .scheme_from = 1,
                             .log_from = from,
                             .log_to = to};
    if (remote->ops->read(remote, &what, &reading, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
    return reading;
}
