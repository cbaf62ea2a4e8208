#include "cli/totals_view.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

#define GAP 2        /* blanks between columns */
#define BASE_LEAST 5 /* a percentage of fewer means nothing */

static bool decorated(const cli_totals_view *view)
{
    return view->form == CLI_TOTALS_TEXT;
}

const char *cli_cell_count(char buffer[CLI_CELL], const cli_totals_view *view,
                           int64_t count)
{
    if (decorated(view) && count == 0)
        return "·";
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%" PRId64, count);
    char *at = buffer;
    size_t length = strlen(digits);
    for (size_t i = 0; i < length; i++) {
        if (decorated(view) && i > 0 && (length - i) % 3 == 0 && digits[i - 1] != '-')
            *at++ = ',';
        *at++ = digits[i];
    }
    *at = '\0';
    return buffer;
}

const char *cli_cell_change(char buffer[CLI_CELL], const cli_totals_view *view,
                            int64_t now, int64_t before)
{
    int64_t change = now - before;
    if (!decorated(view)) {
        (void)snprintf(buffer, CLI_CELL, "%" PRId64, change);
        return buffer;
    }
    if (change == 0)
        return "·";
    char digits[CLI_CELL];
    (void)snprintf(buffer, CLI_CELL, "%s %.30s", change > 0 ? "▲" : "▼",
                   cli_cell_count(digits, view, change > 0 ? change : -change));
    return buffer;
}

/* part of whole in steps of 1/scale, rounded half away from zero. Counts are far below
 * 2^53. */
static int64_t ratio(int64_t part, int64_t whole, int64_t scale)
{
    int64_t twice = part * scale * 2;
    return (twice + (part < 0 ? -whole : whole)) / (whole * 2);
}

static void put_tenths(char buffer[CLI_CELL], int64_t tenths)
{
    int64_t size = tenths < 0 ? -tenths : tenths;
    (void)snprintf(buffer, CLI_CELL, "%s%" PRId64 ".%" PRId64, tenths < 0 ? "-" : "",
                   size / 10, size % 10);
}

const char *cli_cell_percent(char buffer[CLI_CELL], const cli_totals_view *view,
                             int64_t now, int64_t before)
{
    buffer[0] = '\0';
    if (before == 0 && now > 0 && decorated(view))
        return _("new");
    if (before < BASE_LEAST)
        return buffer;
    if (decorated(view))
        (void)snprintf(buffer, CLI_CELL, "%+" PRId64 "%%",
                       ratio(now - before, before, 100));
    else
        put_tenths(buffer, ratio(now - before, before, 1000));
    return buffer;
}

const char *cli_cell_share(char buffer[CLI_CELL], const cli_totals_view *view,
                           int64_t part, int64_t whole)
{
    buffer[0] = '\0';
    if (whole == 0)
        return buffer;
    if (decorated(view) && part == 0)
        return "·";
    if (decorated(view) && part > 0 && ratio(part, whole, 100) == 0)
        return "<1%";
    if (decorated(view))
        (void)snprintf(buffer, CLI_CELL, "%" PRId64 "%%", ratio(part, whole, 100));
    else
        put_tenths(buffer, ratio(part, whole, 1000));
    return buffer;
}

const char *cli_weekday_word(int weekday)
{
    static const char *const words[] = {N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
                                        N_("Fri"), N_("Sat"), N_("Sun")};
    return _(words[weekday]);
}

/* Keys of weekdays are 1 to 7, Monday first. */
static const char *weekday_of_key(const char *key)
{
    bool known = key[0] >= '1' && key[0] <= '7' && key[1] == '\0';
    return known ? cli_weekday_word(key[0] - '1') : key;
}

cxlog_status cli_cell_key(char **out, const cli_totals_view *view, const cxlog_by *by,
                          const cxlog_total_row *row, size_t dim, cxlog_error *err)
{
    const char *key = row->key[dim] ? row->key[dim] : "";
    char folded[64];
    if (dim == 0 && row->folded > 0) {
        (void)snprintf(folded, sizeof folded,
                       view->form == CLI_TOTALS_PLAIN ? "others(%d)" : _("others(%d)"),
                       row->folded);
        key = folded;
    } else if (key[0] == '\0' && decorated(view)) {
        key = _("(blank)");
    } else if (view->form != CLI_TOTALS_PLAIN && by->kind == CXLOG_BY_WEEKDAY) {
        key = weekday_of_key(key);
    }
    *out = strdup(key);
    return *out ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

const char *cli_cell_title(const cli_totals_view *view, const char *word,
                           const char *text)
{
    return view->form == CLI_TOTALS_PLAIN ? word : text;
}

const char *cli_cell_by(char buffer[CLI_BY_TEXT], const cli_totals_view *view,
                        const cxlog_by *by)
{
    const char *word = cxlog_by_word(by->kind);
    if (by->kind != CXLOG_BY_FIELD)
        return view->form == CLI_TOTALS_PLAIN || view->form == CLI_TOTALS_JSON ? word
                                                                               : _(word);
    if (decorated(view))
        return by->field;
    (void)snprintf(buffer, CLI_BY_TEXT, "%s:%s", word, by->field);
    return buffer;
}

int64_t cli_cell_number(const cli_totals_view *view, const cxlog_total_row *row)
{
    return view->cumulative ? row->cumulative : row->count;
}

size_t cli_cells_width(const cli_totals_view *view, const char *text)
{
    return cxlog_text_width(text, cli_ambiguous_wide(view->ctx));
}

size_t cli_cells_fit(const cli_totals_view *view, size_t fixed, const size_t *widths,
                     size_t count)
{
    size_t room = decorated(view) && !view->transpose ? cli_width() : 0;
    if (room == 0)
        return count;
    size_t used = fixed;
    for (size_t i = 0; i < count; i++) {
        used += widths[i] + GAP;
        if (used > room)
            return i;
    }
    return count;
}
