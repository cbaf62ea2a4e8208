/* Which line of a crontab closes the day, and how the crontab is asked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/cli.h"
#include "cli/close_schedule.h"

static void a_line_that_closes_the_day_is_found_with_its_hours(void **state)
{
    (void)state;
    static const struct {
        const char *crontab, *when;
        bool tries_again;
    } good[] = {
        {"0 17 * * 1-5 /usr/share/cxlog/end-of-day.sh\n", "0 17 * * 1-5", false},
        {"CXLOG_EOD_RETRY=90m\n0 17 * * 1-5 /opt/end-of-day.sh\n", "0 17 * * 1-5", true},
        {"CXLOG_EOD_RETRY=0\n0 17 * * 1-5 /opt/end-of-day.sh\n", "0 17 * * 1-5", false},
        {"#CXLOG_EOD_RETRY=1h\n0 17 * * 1-5 /opt/end-of-day.sh\n", "0 17 * * 1-5", false},
        {"0 17 * * 1-5 /opt/end-of-day.sh\nCXLOG_EOD_RETRY=1h\n", "0 17 * * 1-5", false},
        {"# x\n\n  0 17 * * 1-5 CXLOG_EOD_RETRY=1h /opt/end-of-day.sh", "0 17 * * 1-5",
         true},
        {"MAILTO=a@b\n5\t17\t*\t*\t*\tcxlog close --no-input\n", "5\t17\t*\t*\t*", false},
        {"0 17 * * * kim cxlog close --retry 1h\n", "0 17 * * *", true},
        {"0 17 * * * cxlog 마감\n", "0 17 * * *", false},
        {"@daily cxlog close\n", "@daily", false},
        {"0 17 * * * cxlog --config /etc/a.ini close\n", "0 17 * * *", false},
        {"0 17 * * * cxlog -q close\n", "0 17 * * *", false},
        {"0 17 * * * cxlog  close\n", "0 17 * * *", false},
        {"0 17 * * * \"$HOME/bin/cxlog\" close\n", "0 17 * * *", false},
        {"0 17 * * * cd /srv && (cxlog close; date)\n", "0 17 * * *", false},
        {"0 17 * * * cxlog cxlog close --retry=1h\n", "0 17 * * *", true},
        {"0 17 * * * cxlog /opt/end-of-day.sh --retry 1h\n", "0 17 * * *", true},
        {"0 17 * * * cxlog close # --retry 1h\n", "0 17 * * *", false},
        {"0 17 * * * cxlog close --retry-not\n", "0 17 * * *", false},
        {"CXLOG_EOD_RETRY = 90m\n0 17 * * * /opt/end-of-day.sh\n", "0 17 * * *", true},
        {" \"CXLOG_EOD_RETRY\" = \"90m\"\n0 17 * * * /opt/end-of-day.sh\n", "0 17 * * *",
         true},
        {"CXLOG_EOD_RETRY=1h\nCXLOG_EOD_RETRY=0\n0 17 * * * /opt/end-of-day.sh\n",
         "0 17 * * *", false},
        {"CXLOG_EOD_RETRY=1h\n0 17 * * * CXLOG_EOD_RETRY=0 /opt/end-of-day.sh\n",
         "0 17 * * *", false},
        {"CXLOG_EOD_RETRY_NOT=1h\n0 17 * * * /opt/end-of-day.sh\n", "0 17 * * *", false},
        {"0 17 * * * CXLOG_EOD_RETRY='1h' /opt/end-of-day.sh\n", "0 17 * * *", true},
        {"0 1 * * * backup\n*/5 17 * * * cxlog close", "*/5 17 * * *", false},
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        char when[64] = "";
        bool again = !good[i].tries_again;
        if (!cli_schedule_cron_line(good[i].crontab, when, sizeof when, &again))
            fail_msg("not found in \"%s\"", good[i].crontab);
        assert_string_equal(when, good[i].when);
        assert_int_equal(again, good[i].tries_again);
    }
}

static void other_lines_close_nothing(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "\n\n",
        "#0 17 * * 1-5 /usr/share/cxlog/end-of-day.sh\n",
        "0 17 * * 1-5 cxlog sync\n",
        "0 17 * * 1-5 /usr/bin/closet\n",
        "NOTE=cxlog close\n",
        "0 17 * * 1-5 /opt/end-of-day.sh.txt\n",
        "0 17 * * 1-5 /opt/my-end-of-day.sh\n",
        "0 17 * * 1-5 backup # cxlog close\n",
        "0 17 * * 1-5 cxlog --config close sync\n",
        "0 17 * * 1-5 cxlog sync; close\n",
        "0 17 * * cxlog\n",
        "0",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char when[64] = "";
        bool again = false;
        if (cli_schedule_cron_line(bad[i], when, sizeof when, &again))
            fail_msg("\"%s\" was taken for a close at %s", bad[i], when);
    }
}

static void hours_that_are_too_long_are_cut(void **state)
{
    (void)state;
    char when[8];
    bool again;
    assert_true(
        cli_schedule_cron_line("0 17 * * 1-5 cxlog close\n", when, sizeof when, &again));
    assert_string_equal(when, "0 17 * ");
}

/* What a crontab program with this script says. */
static char *said_by(const char *script)
{
    char path[] = "/tmp/cxlog-crontab-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    FILE *out = fdopen(file, "w");
    assert_non_null(out);
    assert_true(fprintf(out, "#!/bin/sh\n%s\n", script) > 0);
    assert_int_equal(fclose(out), 0);
    assert_int_equal(chmod(path, 0700), 0);
    char *text = cli_schedule_crontab(path);
    assert_int_equal(unlink(path), 0);
    return text;
}

static void the_crontab_is_what_its_program_lists(void **state)
{
    (void)state;
    char *text = said_by("echo \"$1\"; echo '0 17 * * * cxlog close'");
    assert_string_equal(text, "-l\n0 17 * * * cxlog close\n");
    free(text);
}

static void the_crontab_program_gets_nothing_of_the_environment(void **state)
{
    (void)state;
    assert_int_equal(setenv("CXLOG_SECRET", "x", 1), 0);
    char *text = said_by("echo \"${CXLOG_SECRET-none} ${HOME-none}\"");
    assert_string_equal(text, "none none\n");
    free(text);
}

static void a_program_that_fails_or_is_not_there_lists_nothing(void **state)
{
    (void)state;
    assert_null(said_by("echo '0 17 * * * cxlog close'; exit 1"));
    assert_null(said_by("kill -9 $$"));
    assert_null(cli_schedule_crontab("/nonexistent/crontab"));
}

static void a_crontab_without_end_is_left(void **state)
{
    (void)state;
    assert_null(said_by("exec cat /dev/zero"));
}

/* A pipe that stays open is waited for no longer than was said. */
static void a_program_that_says_nothing_is_waited_for_so_long(void **state)
{
    (void)state;
    char shell[] = "sh", flag[] = "-c", script[] = "echo a; exec sleep 1000";
    char *argv[] = {shell, flag, script, NULL};
    assert_null(cli_spawn_read(argv, NULL, 50));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_that_closes_the_day_is_found_with_its_hours),
        cmocka_unit_test(other_lines_close_nothing),
        cmocka_unit_test(hours_that_are_too_long_are_cut),
        cmocka_unit_test(the_crontab_is_what_its_program_lists),
        cmocka_unit_test(the_crontab_program_gets_nothing_of_the_environment),
        cmocka_unit_test(a_program_that_fails_or_is_not_there_lists_nothing),
        cmocka_unit_test(a_crontab_without_end_is_left),
        cmocka_unit_test(a_program_that_says_nothing_is_waited_for_so_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
