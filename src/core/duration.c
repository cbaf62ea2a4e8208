#include <cxlog/wall.h>

#include <string.h>

#include <cxlog/auto.h>
#include <cxlog/text.h>

#include "core/civil.h"
#include "core/scan.h"

#define DURATION_CHARS_MAX 40
#define UNIT_WORDS_MAX 4

/* Greatest first: a text may only go down the list. */
static const struct unit {
    int seconds;
    const char *words[UNIT_WORDS_MAX]; /* longer before their own beginnings */
} units[] = {
    {3600, {"시간", "hours", "hour", "h"}},
    {60, {"분", "min", "m"}},
    {1, {"초", "sec", "s"}},
};
#define UNITS (sizeof units / sizeof units[0])

static size_t scan_unit(const char **at)
{
    for (size_t i = 0; i < UNITS; i++) {
        for (size_t w = 0; w < UNIT_WORDS_MAX && units[i].words[w]; w++) {
            if (cx_scan_word(at, units[i].words[w]))
                return i;
        }
    }
    return UNITS;
}

/* "1h30": a last number without a unit counts in the unit below the one before it. */
static bool scan_total(const char *at, int64_t *total)
{
    size_t next = 0; /* the greatest unit that may still follow */
    *total = 0;
    do {
        int amount;
        if (!cx_scan_number(&at, 1, 5, &amount))
            return false;
        (void)cx_scan_blanks(&at);
        size_t unit = scan_unit(&at);
        if (unit == UNITS && *at == '\0' && next > 0)
            unit = next;
        if (unit == UNITS || unit < next || (next > 0 && amount > 59))
            return false;
        *total += (int64_t)amount * units[unit].seconds;
        next = unit + 1;
        (void)cx_scan_blanks(&at);
    } while (*at != '\0' && next < UNITS);
    return *at == '\0';
}

cxlog_status cxlog_duration_parse(int64_t *seconds, const char *text, cxlog_error *err)
{
    CXLOG_AUTO_TEXT clean = NULL;
    cxlog_status status = cxlog_text_clean(&clean, text, strlen(text), CXLOG_TEXT_LINE,
                                           DURATION_CHARS_MAX, "duration", err);
    if (status != CXLOG_OK)
        return status;
    int64_t total;
    char quoted[CXLOG_QUOTE_MAX];
    if (!scan_total(clean, &total) || total > CX_DAY_SECONDS)
        return cxlog_fail(
            err, CXLOG_ERR_VALUE,
            "a duration is 0s to 24h, like 45s, 6m, 6분, 1h30 or 1시간30분: "
            "got %s",
            cxlog_quote(quoted, clean));
    *seconds = total;
    return CXLOG_OK;
}
