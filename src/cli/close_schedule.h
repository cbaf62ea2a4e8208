/*
 * close_schedule.h - who closes the day by itself on this machine: a systemd timer, or a
 * line of cron's. For doctor, and for what close says when it could not.
 */
#ifndef CX_CLI_CLOSE_SCHEDULE_H
#define CX_CLI_CLOSE_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>

#define CLI_CRONTAB "/usr/bin/crontab"
#define CLI_CRONTAB_MAX 65536 /* bytes of a crontab that are looked at */

typedef enum cli_schedule_kind {
    CLI_SCHEDULE_NONE,
    CLI_SCHEDULE_TIMER,
    CLI_SCHEDULE_CRON
} cli_schedule_kind;

typedef struct cli_schedule {
    cli_schedule_kind kind;
    char name[128]; /* "cxlog-close.timer", "crontab", "/etc/cron.d/cxlog" */
    char when[128]; /* as its file has it: "Mon..Fri 17:00 Asia/Seoul", "0 17 * * 1-5" */
    bool needs_login; /* a user's timer, and the user does not linger */
    bool tries_again; /* while Google does not answer */
} cli_schedule;

/* Never fails: what cannot be read closes nothing. A timer wins over cron. */
void cli_schedule_find(cli_schedule *out);

/* The first line of a crontab that closes the day. when: its five fields (or @word).
 * tries_again: close with --retry, or end-of-day.sh with CXLOG_EOD_RETRY in the line or
 * above it. False: there is none. */
bool cli_schedule_cron_line(const char *crontab, char *when, size_t size,
                            bool *tries_again);

/* What `program -l` says, at most CLI_SPAWN_TEXT - 1 bytes, within five seconds. out:
 * free(); NULL: it failed, or is not there. */
char *cli_schedule_crontab(const char *program);

#endif
