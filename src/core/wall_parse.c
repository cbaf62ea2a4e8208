#include <cxlog/wall.h>

#include <string.h>

#include <cxlog/auto.h>
#include <cxlog/text.h>

#include "core/civil.h"
#include "core/scan.h"

#define TIME_CHARS_MAX 64

static const struct day_word {
    const char *word;
    int back; /* days before today */
} day_words[] = {
    {"오늘", 0}, {"today", 0}, {"어제", 1}, {"yesterday", 1}, {"그제", 2}, {"그저께", 2},
};

static bool scan_day_word(const char **at, cxlog_day today, cxlog_day *day)
{
    for (size_t i = 0; i < sizeof day_words / sizeof day_words[0]; i++) {
        if (cx_scan_word(at, day_words[i].word)) {
            *day = today - day_words[i].back;
            return true;
        }
    }
    return false;
}

static bool scan_iso_day(const char **at, cxlog_day *day)
{
    const char *p = *at;
    int year;
    int month;
    int mday;
    if (!cx_scan_number(&p, 4, 4, &year) || !cx_scan_char(&p, "-") ||
        !cx_scan_number(&p, 1, 2, &month) || !cx_scan_char(&p, "-") ||
        !cx_scan_number(&p, 1, 2, &mday) || !cxlog_day_valid(year, month, mday))
        return false;
    *day = cxlog_day_make(year, month, mday);
    *at = p;
    return true;
}

/* [day] [clock [offset]], all of the text. */
static bool scan_time(const char *p, cxlog_wall now, cxlog_wall *out)
{
    cxlog_day day = cxlog_day_of(now);
    int second = 0;
    bool has_date = scan_iso_day(&p, &day);
    bool has_day = has_date || scan_day_word(&p, day, &day);
    if (has_day && *p == '\0') {
        *out = cx_wall_make(day, 0);
        return true;
    }
    bool parted = !has_day || (has_date && cx_scan_char(&p, "Tt")) || cx_scan_blanks(&p);
    if (!parted || !cx_scan_clock(&p, &second))
        return false;
    cxlog_wall at = cx_wall_make(day, second);
    int32_t offset;
    (void)cx_scan_blanks(&p);
    if (has_date && cx_scan_offset(&p, &offset))
        at = cxlog_wall_from_utc(at - offset);
    *out = at;
    return *p == '\0' && cx_wall_in_years(at);
}

cxlog_status cxlog_wall_parse(cxlog_wall *out, const char *text, cxlog_wall now,
                              cxlog_error *err)
{
    CXLOG_AUTO_TEXT clean = NULL;
    cxlog_status status = cxlog_text_clean(&clean, text, strlen(text), CXLOG_TEXT_LINE,
                                           TIME_CHARS_MAX, "time", err);
    if (status != CXLOG_OK)
        return status;
    cxlog_wall at;
    char quoted[CXLOG_QUOTE_MAX];
    if (!scan_time(clean, now, &at))
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "a time is like 14:20, 어제 17:30, 2026-11-20 14:20 or "
                          "2026-11-20T14:20:00+09:00: got %s",
                          cxlog_quote(quoted, clean));
    *out = at;
    return CXLOG_OK;
}
