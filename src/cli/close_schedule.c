#include "cli/close_schedule.h"

#include <dirent.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cxlog/auto.h>

#include "cli/cli.h"
#include "cli/paths.h"

#define UNIT_MAX 8192

static void put(char *out, size_t size, const char *text, size_t length)
{
    size_t most = length < size - 1 ? length : size - 1;
    memcpy(out, text, most);
    out[most] = '\0';
}

/* The text of a small file; out: free(), NULL when it cannot be read. */
static char *read_file(const char *path, size_t most)
{
    FILE *file = fopen(path, "re");
    struct stat info;
    char *text = file ? malloc(most) : NULL;
    if (text && (fstat(fileno(file), &info) != 0 || !S_ISREG(info.st_mode))) {
        free(text);
        text = NULL;
    }
    if (text)
        text[fread(text, 1, most - 1, file)] = '\0';
    if (file)
        (void)fclose(file);
    return text;
}

/* ---- systemd: the link that `systemctl enable` makes tells, nothing is run ---- */

static bool is_ours(const char *name)
{
    static const char head[] = "cxlog-close", tail[] = ".timer";
    size_t length = strlen(name);
    return length >= sizeof head + sizeof tail - 2 &&
           strncmp(name, head, sizeof head - 1) == 0 &&
           strcmp(name + length - (sizeof tail - 1), tail) == 0;
}

static void take_calendar(cli_schedule *out, const char *unit)
{
    static const char key[] = "\nOnCalendar=";
    CXLOG_AUTO_TEXT text = read_file(unit, UNIT_MAX);
    const char *at = text ? strstr(text, key) : NULL;
    if (at)
        put(out->when, sizeof out->when, at + sizeof key - 1,
            strcspn(at + sizeof key - 1, "\n"));
}

static bool find_timer(cli_schedule *out, const char *folder)
{
    DIR *list = opendir(folder);
    if (!list)
        return false;
    for (struct dirent *entry = readdir(list); entry && out->kind == CLI_SCHEDULE_NONE;
         entry = readdir(list)) {
        CXLOG_AUTO_TEXT unit = NULL;
        if (!is_ours(entry->d_name))
            continue;
        out->kind = CLI_SCHEDULE_TIMER;
        out->tries_again = true;
        put(out->name, sizeof out->name, entry->d_name, strlen(entry->d_name));
        if (cli_path_join(&unit, folder, entry->d_name, NULL) == CXLOG_OK)
            take_calendar(out, unit);
    }
    (void)closedir(list);
    return out->kind != CLI_SCHEDULE_NONE;
}

static bool lingers(void)
{
    const struct passwd *user = getpwuid(geteuid());
    CXLOG_AUTO_TEXT path = NULL;
    struct stat info;
    return user &&
           cli_path_join(&path, "/var/lib/systemd/linger", user->pw_name, NULL) ==
               CXLOG_OK &&
           lstat(path, &info) == 0;
}

/* Beside the folder of the settings. */
static char *own_timers(void)
{
    CXLOG_AUTO_TEXT base = NULL;
    char *out = NULL;
    if (cli_path_user(&base, CLI_FOLDER_CONFIG, "", NULL) != CXLOG_OK)
        return NULL;
    *strrchr(base, '/') = '\0';
    return cli_path_join(&out, base, "systemd/user/timers.target.wants", NULL) == CXLOG_OK
               ? out
               : NULL;
}

static bool find_timers(cli_schedule *out)
{
    CXLOG_AUTO_TEXT own = own_timers();
    if ((own && find_timer(out, own)) ||
        find_timer(out, "/etc/systemd/user/timers.target.wants")) {
        out->needs_login = !lingers();
        return true;
    }
    return find_timer(out, "/etc/systemd/system/timers.target.wants");
}

/* ---- cron ---- */

static bool take_cron(cli_schedule *out, const char *name, const char *crontab)
{
    if (!crontab ||
        !cli_schedule_cron_line(crontab, out->when, sizeof out->when, &out->tries_again))
        return false;
    out->kind = CLI_SCHEDULE_CRON;
    put(out->name, sizeof out->name, name, strlen(name));
    return true;
}

static bool find_dropped(cli_schedule *out)
{
    static const char folder[] = "/etc/cron.d";
    DIR *list = opendir(folder);
    bool found = false;
    for (struct dirent *entry = list ? readdir(list) : NULL; entry && !found;
         entry = readdir(list)) {
        CXLOG_AUTO_TEXT path = NULL;
        if (entry->d_name[0] == '.' ||
            cli_path_join(&path, folder, entry->d_name, NULL) != CXLOG_OK)
            continue;
        CXLOG_AUTO_TEXT text = read_file(path, CLI_CRONTAB_MAX);
        found = take_cron(out, path, text);
    }
    if (list)
        (void)closedir(list);
    return found;
}

static void find_cron(cli_schedule *out)
{
    static const char shared[] = "/etc/crontab";
    CXLOG_AUTO_TEXT own = cli_schedule_crontab(CLI_CRONTAB);
    if (take_cron(out, "crontab", own))
        return;
    CXLOG_AUTO_TEXT text = read_file(shared, CLI_CRONTAB_MAX);
    if (!take_cron(out, shared, text))
        (void)find_dropped(out);
}

void cli_schedule_find(cli_schedule *out)
{
    *out = (cli_schedule){0};
    if (!find_timers(out))
        find_cron(out);
}
