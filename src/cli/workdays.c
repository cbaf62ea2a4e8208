#include "cli/workdays.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

#define FILE_BYTES 65536
#define DATE_BYTES 10 /* YYYY-MM-DD */

void cli_workdays_clear(cli_workdays *days)
{
    free(days->holidays);
    *days = (cli_workdays){0};
}

static int by_day(const void *a, const void *b)
{
    const cxlog_day *left = a;
    const cxlog_day *right = b;
    return (*left > *right) - (*left < *right);
}

static cxlog_status take_line(cli_workdays *days, const char *line, size_t length,
                              int number, cxlog_error *err)
{
    int year = 0, month = 0, mday = 0, used = 0;
    char date[DATE_BYTES + 1] = "";
    size_t start = strspn(line, " \t\r");
    if (start >= length || line[start] == '#')
        return CXLOG_OK;
    (void)snprintf(date, sizeof date, "%.*s", (int)(length - start), line + start);
    bool good = sscanf(date, "%4d-%2d-%2d%n", &year, &month, &mday, &used) == 3 &&
                used == DATE_BYTES && cxlog_day_valid(year, month, mday);
    char quoted[CXLOG_QUOTE_MAX];
    if (!good)
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "line %d of the holidays is no date like 2026-01-01: %s",
                          number, cxlog_quote(quoted, date));
    cxlog_day *more = realloc(days->holidays, (days->count + 1) * sizeof *days->holidays);
    if (!more)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    days->holidays = more;
    days->holidays[days->count++] = cxlog_day_make(year, month, mday);
    return CXLOG_OK;
}

cxlog_status cli_workdays_parse(cli_workdays *out, const char *text, cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    for (int number = 1; status == CXLOG_OK && *text != '\0'; number++) {
        size_t length = strcspn(text, "\n");
        status = take_line(out, text, length, number, err);
        text += length + (text[length] == '\n');
    }
    if (status == CXLOG_OK && out->count > 0)
        qsort(out->holidays, out->count, sizeof *out->holidays, by_day);
    return status;
}

cxlog_status cli_workdays_load(cli_workdays *out, const cli_ctx *ctx, cxlog_error *err)
{
    const char *path = cli_setting(&ctx->settings, CLI_KEY_TIME_HOLIDAYS);
    *out = (cli_workdays){0};
    if (!path)
        return CXLOG_OK;
    char quoted[CXLOG_QUOTE_MAX];
    FILE *file = fopen(path, "re");
    if (!file)
        return cxlog_fail(err, CXLOG_ERR_CONFIG, "time.holidays: cannot read %s: %s",
                          cxlog_quote(quoted, path), strerror(errno));
    CXLOG_AUTO_TEXT text = calloc(1, FILE_BYTES + 1);
    size_t length = text ? fread(text, 1, FILE_BYTES, file) : 0;
    (void)fclose(file);
    if (!text)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    if (cxlog_text_invalid_at(text, length) >= 0)
        return cxlog_fail(err, CXLOG_ERR_CONFIG, "time.holidays: %s is no UTF-8 text",
                          cxlog_quote(quoted, path));
    cxlog_status status = cli_workdays_parse(out, text, err);
    return status == CXLOG_OK ? status : cxlog_wrap(err, "time.holidays");
}

bool cli_is_workday(const cli_workdays *days, cxlog_day day)
{
    if (cxlog_day_weekday(day) >= 5)
        return false;
    return days->count == 0 ||
           !bsearch(&day, days->holidays, days->count, sizeof *days->holidays, by_day);
}

int cli_workdays_between(const cli_workdays *days, cxlog_day from, cxlog_day to)
{
    int count = 0;
    for (cxlog_day day = from; day <= to; day++)
        count += cli_is_workday(days, day);
    return count;
}

cxlog_period cli_like_period(const cli_workdays *days, const cxlog_period *now,
                             const cxlog_period *before, cxlog_day today)
{
    cxlog_period like = *before;
    int wanted = cli_workdays_between(days, now->from, today);
    like.kind = CXLOG_PERIOD_RANGE;
    like.to = before->from - 1;
    for (cxlog_day day = before->from; wanted > 0 && day <= before->to; day++) {
        wanted -= cli_is_workday(days, day);
        like.to = day;
    }
    /* Days of rest that have passed since the last working day: as many there, if there
     * are. */
    for (cxlog_day day = today; day >= now->from && !cli_is_workday(days, day); day--) {
        if (like.to < before->to && !cli_is_workday(days, like.to + 1))
            like.to++;
    }
    return like;
}
