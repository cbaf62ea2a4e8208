#include "core/scan.h"

#include <string.h>

#include "core/utf8.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool cx_scan_number(const char **at, size_t min, size_t max, int *out)
{
    const char *p = *at;
    int value = 0;
    size_t count = 0;
    for (; is_digit(*p); p++, count++) {
        if (count == max)
            return false;
        value = value * 10 + (*p - '0');
    }
    if (count < min)
        return false;
    *out = value;
    *at = p;
    return true;
}

bool cx_scan_char(const char **at, const char *set)
{
    if (**at == '\0' || !strchr(set, **at))
        return false;
    (*at)++;
    return true;
}

bool cx_scan_word(const char **at, const char *word)
{
    const char *p = *at;
    for (; *word != '\0'; word++, p++) {
        if (cx_lower(*p) != cx_lower(*word))
            return false;
    }
    *at = p;
    return true;
}

bool cx_scan_blanks(const char **at)
{
    size_t count = strspn(*at, " \t");
    *at += count;
    return count > 0;
}

typedef enum half_day { WHOLE_DAY, MORNING, AFTERNOON } half_day;

static half_day scan_half_day(const char **at)
{
    if (cx_scan_word(at, "오전") || cx_scan_word(at, "am"))
        return MORNING;
    if (cx_scan_word(at, "오후") || cx_scan_word(at, "pm"))
        return AFTERNOON;
    return WHOLE_DAY;
}

/* Twelve o'clock is hour 0 of either half. */
static bool hour_of_half(int *hour, half_day half)
{
    if (half == WHOLE_DAY)
        return *hour <= 23;
    if (*hour < 1 || *hour > 12)
        return false;
    *hour = *hour % 12 + (half == AFTERNOON ? 12 : 0);
    return true;
}

static bool scan_seconds(const char **at, int *seconds)
{
    *seconds = 0;
    const char *p = *at;
    if (!cx_scan_char(&p, ":"))
        return true;
    if (!cx_scan_number(&p, 2, 2, seconds) || *seconds > 59)
        return false;
    if (cx_scan_char(&p, ".,")) {
        if (!is_digit(*p))
            return false;
        while (is_digit(*p))
            p++;
    }
    *at = p;
    return true;
}

bool cx_scan_clock(const char **at, int *second)
{
    const char *p = *at;
    int hour;
    int minute;
    int seconds;
    half_day half = scan_half_day(&p);
    if (half != WHOLE_DAY)
        (void)cx_scan_blanks(&p);
    if (!cx_scan_number(&p, 1, 2, &hour) || !cx_scan_char(&p, ":") ||
        !cx_scan_number(&p, 2, 2, &minute) || minute > 59 || !scan_seconds(&p, &seconds))
        return false;
    if (half == WHOLE_DAY) {
        const char *behind = p;
        (void)cx_scan_blanks(&behind);
        half = scan_half_day(&behind);
        if (half != WHOLE_DAY)
            p = behind;
    }
    if (!hour_of_half(&hour, half))
        return false;
    *second = hour * 3600 + minute * 60 + seconds;
    *at = p;
    return true;
}

bool cx_scan_offset(const char **at, int32_t *offset)
{
    const char *p = *at;
    int hours = 0;
    int minutes = 0;
    bool west = *p == '-';
    if (cx_scan_char(&p, "zZ")) {
        *offset = 0;
        *at = p;
        return true;
    }
    if (!cx_scan_char(&p, "+-"))
        return false;
    int digits;
    if (cx_scan_number(&p, 4, 4, &digits)) {
        hours = digits / 100;
        minutes = digits % 100;
    } else if (!cx_scan_number(&p, 2, 2, &hours) ||
               (cx_scan_char(&p, ":") && !cx_scan_number(&p, 2, 2, &minutes))) {
        return false;
    }
    if (minutes > 59 || hours * 60 + minutes > 18 * 60)
        return false;
    *offset = (west ? -1 : 1) * (hours * 3600 + minutes * 60);
    *at = p;
    return true;
}
