/* Progress: silent for a second, then one line now and then, and none where nobody wants
 * it. The clock is the test's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/progress.h"
#include "core/seam.h"

static int64_t clock_ms;

static int64_t read_clock(void)
{
    return clock_ms;
}

static const cx_seam seam = {.utc_ms = read_clock, .mono_ms = read_clock};

/* ---- when ---- */

static void a_terminal_hears_after_a_second_then_five_times_a_second(void **state)
{
    (void)state;
    cli_pace pace;
    cli_pace_start(&pace, true, 5000);
    assert_false(cli_pace_due(&pace, 5000));
    assert_false(cli_pace_due(&pace, 5999));
    assert_true(cli_pace_due(&pace, 6000));
    assert_false(cli_pace_due(&pace, 6199));
    assert_true(cli_pace_due(&pace, 6200));
}

static void a_log_hears_every_ten_seconds(void **state)
{
    (void)state;
    cli_pace pace;
    int said = 0;
    cli_pace_start(&pace, false, 0);
    for (int64_t now = 0; now <= 60000; now += 50)
        said += cli_pace_due(&pace, now);
    assert_int_equal(said, 6);
    cli_pace_start(&pace, false, 0);
    assert_false(cli_pace_due(&pace, 9999));
    assert_true(cli_pace_due(&pace, 10000));
}

static void a_clock_put_back_neither_silences_nor_floods(void **state)
{
    (void)state;
    cli_pace pace;
    cli_pace_start(&pace, false, 1000000);
    assert_false(cli_pace_due(&pace, 0));
    assert_false(cli_pace_due(&pace, 9999));
    assert_true(cli_pace_due(&pace, 10000));
}

/* ---- what, where stderr is a file ---- */

static FILE *file;
static int kept;

static int to_file(void **state)
{
    (void)state;
    file = tmpfile();
    kept = dup(STDERR_FILENO);
    clock_ms = 1000000;
    cx_seam_use(&seam);
    return file && dup2(fileno(file), STDERR_FILENO) >= 0 ? 0 : -1;
}

static int from_file(void **state)
{
    (void)state;
    cx_seam_use(NULL);
    (void)dup2(kept, STDERR_FILENO);
    (void)close(kept);
    return fclose(file);
}

static const char *said(void)
{
    static char text[4096];
    ssize_t length = pread(fileno(file), text, sizeof text - 1, 0);
    text[length > 0 ? length : 0] = '\0';
    return text;
}

/* A minute of reading 100 rows a second, then one of writing. */
static void work(const cli_ctx *ctx)
{
    cli_progress_start(ctx);
    cxlog_progress watch = cli_progress_watch();
    for (int second = 0; second < 25; second++, clock_ms += 1000)
        cxlog_progress_tell(&watch, CXLOG_DOING_READ, 100);
    cxlog_progress_tell(&watch, CXLOG_DOING_WRITE, 500);
    for (int second = 0; second < 10; second++, clock_ms += 1000)
        cxlog_progress_tell(&watch, CXLOG_DOING_WRITE, 0);
}

static void quiet_and_json_say_nothing(void **state)
{
    (void)state;
    work(&(cli_ctx){.quiet = true});
    work(&(cli_ctx){.json = true});
    assert_string_equal(said(), "");
}

static void lines_say_what_is_done_how_far_and_since_when(void **state)
{
    (void)state;
    work(&(cli_ctx){0});
    assert_string_equal(said(), "reading the sheet · 1100 rows · 10 s\n"
                                "reading the sheet · 2100 rows · 20 s\n"
                                "writing to the sheet · 500 rows · 30 s\n");
    assert_false(cli_progress_shown());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_terminal_hears_after_a_second_then_five_times_a_second),
        cmocka_unit_test(a_log_hears_every_ten_seconds),
        cmocka_unit_test(a_clock_put_back_neither_silences_nor_floods),
        cmocka_unit_test_setup_teardown(quiet_and_json_say_nothing, to_file, from_file),
        cmocka_unit_test_setup_teardown(lines_say_what_is_done_how_far_and_since_when,
                                        to_file, from_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
