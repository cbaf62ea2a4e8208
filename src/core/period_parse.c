#include <cxlog/period.h>

#include <string.h>

#include <cxlog/auto.h>
#include <cxlog/match.h>
#include <cxlog/text.h>

#include "core/civil.h"
#include "core/period_make.h"
#include "core/scan.h"

#define PERIOD_CHARS_MAX 64
#define WORD_BYTES_MAX (4 * PERIOD_CHARS_MAX + 1)

/* As compared: without blanks and hyphens, so that 지난주, 지난 주, last-week and last
 * week are one. */
static const struct period_word {
    const char *word;
    cxlog_period_kind kind;
    int before;
} words[] = {
    {"today", CXLOG_PERIOD_DAY, 0},     {"오늘", CXLOG_PERIOD_DAY, 0},
    {"yesterday", CXLOG_PERIOD_DAY, 1}, {"어제", CXLOG_PERIOD_DAY, 1},
    {"week", CXLOG_PERIOD_WEEK, 0},     {"주", CXLOG_PERIOD_WEEK, 0},
    {"month", CXLOG_PERIOD_MONTH, 0},   {"월", CXLOG_PERIOD_MONTH, 0},
    {"달", CXLOG_PERIOD_MONTH, 0},      {"quarter", CXLOG_PERIOD_QUARTER, 0},
    {"분기", CXLOG_PERIOD_QUARTER, 0},  {"half", CXLOG_PERIOD_HALF, 0},
    {"반기", CXLOG_PERIOD_HALF, 0},     {"year", CXLOG_PERIOD_YEAR, 0},
    {"연", CXLOG_PERIOD_YEAR, 0},       {"년", CXLOG_PERIOD_YEAR, 0},
    {"해", CXLOG_PERIOD_YEAR, 0},       {"올해", CXLOG_PERIOD_YEAR, 0},
    {"작년", CXLOG_PERIOD_YEAR, 1},     {"all", CXLOG_PERIOD_ALL, 0},
    {"전체", CXLOG_PERIOD_ALL, 0},
};

/* Offered when a word is near one of them, as people are to type them. */
static const char *const offered[] = {
    "today",  "yesterday", "week",     "month",    "quarter",      "half",
    "year",   "all",       "오늘",     "어제",     "주",           "월",
    "분기",   "반기",      "연",       "전체",     "last-week",    "last-month",
    "지난주", "지난달",    "지난분기", "지난반기", "last-quarter", "last-half",
    "지난해", "last-year", "이번주",   "이번달",   NULL,
};

static bool is_one_word(const char *text, const char *word)
{
    return cx_scan_word(&text, word) && *text == '\0';
}

static bool plain_word(const char *text, cxlog_day today, int before, cxlog_period *out)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        bool steps = words[i].kind != CXLOG_PERIOD_DAY &&
                     words[i].kind != CXLOG_PERIOD_ALL && words[i].before == 0;
        if (!is_one_word(text, words[i].word) || (before != 0 && !steps))
            continue;
        cxlog_period base = cxlog_period_of(words[i].kind, today);
        *out = cxlog_period_before(&base, before + words[i].before);
        return true;
    }
    return false;
}

static bool parse_word(const char *text, cxlog_day today, cxlog_period *out)
{
    char squeezed[WORD_BYTES_MAX];
    size_t length = 0;
    for (; *text != '\0' && length < sizeof squeezed - 1; text++) {
        if (!strchr(" \t-", *text))
            squeezed[length++] = *text;
    }
    squeezed[length] = '\0';
    const char *rest = squeezed;
    if (cx_scan_word(&rest, "last") || cx_scan_word(&rest, "지난"))
        return plain_word(rest, today, 1, out);
    if (cx_scan_word(&rest, "this") || cx_scan_word(&rest, "이번")) {
        cxlog_period found;
        if (!plain_word(rest, today, 0, &found) || found.kind == CXLOG_PERIOD_DAY ||
            found.kind == CXLOG_PERIOD_ALL)
            return false;
        *out = found;
        return true;
    }
    return plain_word(rest, today, 0, out);
}

/* What stands behind "2026-" with a letter: W47, Q4, H2. */
static bool scan_lettered(const char **at, int year, cxlog_period *out)
{
    const char *p = *at;
    int number;
    if (cx_scan_char(&p, "Ww")) {
        if (!cx_scan_number(&p, 1, 2, &number) || number < 1 ||
            number > cx_weeks_in_year(year))
            return false;
        *out = cxlog_period_of(CXLOG_PERIOD_WEEK, cx_week_monday(year, number));
        *at = p;
        return true;
    }
    bool quarter = cx_scan_char(&p, "Qq");
    if ((!quarter && !cx_scan_char(&p, "Hh")) || !cx_scan_number(&p, 1, 1, &number) ||
        number < 1 || number > (quarter ? 4 : 2))
        return false;
    int month = (number - 1) * (quarter ? 3 : 6) + 1;
    *out = cxlog_period_of(quarter ? CXLOG_PERIOD_QUARTER : CXLOG_PERIOD_HALF,
                           cxlog_day_make(year, month, 1));
    *at = p;
    return true;
}

/* MM or MM-DD. */
static bool scan_month(const char **at, int year, cxlog_period *out)
{
    int month;
    int mday = 1;
    if (!cx_scan_number(at, 1, 2, &month))
        return false;
    bool has_day = cx_scan_char(at, "-");
    if ((has_day && !cx_scan_number(at, 1, 2, &mday)) ||
        !cxlog_day_valid(year, month, mday))
        return false;
    *out = cxlog_period_of(has_day ? CXLOG_PERIOD_DAY : CXLOG_PERIOD_MONTH,
                           cxlog_day_make(year, month, mday));
    return true;
}

/* An exact period at the front of the text. */
static bool scan_exact(const char **at, cxlog_period *out)
{
    int year;
    if (!cx_scan_number(at, 4, 4, &year) || year < CX_YEAR_MIN)
        return false;
    if (!cx_scan_char(at, "-")) {
        *out = cxlog_period_of(CXLOG_PERIOD_YEAR, cxlog_day_make(year, 1, 1));
        return true;
    }
    return scan_lettered(at, year, out) || scan_month(at, year, out);
}

/* The second half of a range with what it leaves out taken from the first: 15, 11-15,
 * W47, Q4. */
static bool parse_rest(const char *text, const cxlog_period *first, cxlog_period *out)
{
    int year;
    int month;
    int mday;
    int number;
    cxlog_day_civil(first->from, &year, &month, &mday);
    if (first->kind == CXLOG_PERIOD_WEEK)
        cxlog_day_iso_week(first->from, &year, &number);
    const char *p = text;
    if (first->kind == CXLOG_PERIOD_DAY && cx_scan_number(&p, 1, 2, &number) &&
        *p == '\0') {
        if (!cxlog_day_valid(year, month, number))
            return false;
        *out = cxlog_period_of(CXLOG_PERIOD_DAY, cxlog_day_make(year, month, number));
        return true;
    }
    p = text; /* a year has no part that could be left out */
    return first->kind != CXLOG_PERIOD_YEAR &&
           (scan_lettered(&p, year, out) || scan_month(&p, year, out)) && *p == '\0';
}

static bool parse_end(const char *text, cxlog_day today, cxlog_period *out)
{
    const char *p = text;
    if (scan_exact(&p, out) && *p == '\0')
        return true;
    return parse_word(text, today, out) && out->kind != CXLOG_PERIOD_ALL;
}

static bool parse_range(char *text, char *dots, cxlog_day today, cxlog_period *out,
                        bool *reversed)
{
    cxlog_period first;
    cxlog_period last;
    *dots = '\0';
    bool good = parse_end(text, today, &first) && (parse_end(dots + 2, today, &last) ||
                                                   parse_rest(dots + 2, &first, &last));
    *dots = '.';
    if (!good)
        return false;
    *reversed = first.from > last.to;
    *out = cx_period_make(CXLOG_PERIOD_RANGE, first.from, last.to);
    return !*reversed;
}

/* The half of a range that is no period. */
static const char *wrong_end(char *text, char *dots, cxlog_day today)
{
    cxlog_period found;
    *dots = '\0';
    return parse_end(text, today, &found) ? dots + 2 : text;
}

cxlog_status cxlog_period_parse(cxlog_period *out, const char *text, cxlog_day today,
                                cxlog_error *err)
{
    CXLOG_AUTO_TEXT clean = NULL;
    cxlog_status status = cxlog_text_clean(&clean, text, strlen(text), CXLOG_TEXT_LINE,
                                           PERIOD_CHARS_MAX, "period", err);
    if (status != CXLOG_OK)
        return status;
    char quoted[CXLOG_QUOTE_MAX];
    bool reversed = false;
    cxlog_period found;
    const char *p = clean;
    char *dots = strstr(clean, "..");
    bool good =
        dots ? parse_range(clean, dots, today, &found, &reversed)
             : (scan_exact(&p, &found) && *p == '\0') || parse_word(clean, today, &found);
    if (good) {
        *out = found;
        return CXLOG_OK;
    }
    if (reversed)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "the period %s ends before it begins",
                          cxlog_quote(quoted, clean));
    status =
        cxlog_fail(err, CXLOG_ERR_VALUE,
                   "no such period: %s; a period is today, week, month, quarter, half, "
                   "year or all, one of them as last-week, or 2026-11-20, 2026-W47, "
                   "2026-11, 2026-Q4, 2026-H2, 2026, 2026-11-01..2026-11-15",
                   cxlog_quote(quoted, clean));
    cxlog_match_suggest(dots ? wrong_end(clean, dots, today) : clean, offered, err);
    return status;
}
