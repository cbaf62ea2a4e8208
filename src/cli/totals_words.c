#include "cli/totals_view.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/wall.h>

/* What stands above and below the numbers: which period, against what, on what they rest.
 */

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static const char *month_word(int month)
{
    static const char *const words[] = {N_("January"), N_("February"), N_("March"),
                                        N_("April"),   N_("May"),      N_("June"),
                                        N_("July"),    N_("August"),   N_("September"),
                                        N_("October"), N_("November"), N_("December")};
    return _(words[month - 1]);
}

/* "11-16 Mon"; with its year when that is not the running one. */
static void put_day(FILE *stream, const cli_totals_view *view, cxlog_day day)
{
    int year;
    int this_year;
    int month;
    int mday;
    char text[CXLOG_WALL_TEXT];
    cxlog_day_civil(view->ctx->today, &this_year, &month, &mday);
    cxlog_day_civil(day, &year, &month, &mday);
    (void)cxlog_day_text(text, day);
    (void)fprintf(stream, "%s %s", year == this_year ? text + strlen("2026-") : text,
                  cli_weekday_word(cxlog_day_weekday(day)));
}

/* A week is the 3rd of November when its Thursday is the third one there. */
static void put_week(FILE *stream, cxlog_day monday)
{
    int year;
    int month;
    int mday;
    cxlog_day_civil(monday + 3, &year, &month, &mday);
    (void)fputs(" · ", stream);
    (void)fprintf(stream, _("week %d of %s"), (mday - 1) / 7 + 1, month_word(month));
}

static void put_period(FILE *stream, const cli_totals_view *view,
                       const cxlog_period *period)
{
    (void)fputs(period->kind == CXLOG_PERIOD_ALL ? _("all records") : period->label,
                stream);
    if (period->kind == CXLOG_PERIOD_WEEK)
        put_week(stream, period->from);
    if (period->kind == CXLOG_PERIOD_ALL)
        return;
    if (period->kind == CXLOG_PERIOD_DAY) {
        (void)fprintf(stream, " %s", cli_weekday_word(cxlog_day_weekday(period->from)));
        return;
    }
    (void)fputs(" (", stream);
    put_day(stream, view, period->from);
    (void)fputs(" – ", stream);
    put_day(stream, view, period->to);
    (void)fputs(")", stream);
}

static void put_subject(FILE *stream, const cli_totals_view *view)
{
    char by[CLI_BY_TEXT];
    const cxlog_totals *last = view->each[view->count - 1];
    if (!view->series || view->by_given) {
        for (size_t i = 0; i < last->by_count; i++)
            (void)fprintf(stream, "%s%s", i ? " × " : "   ",
                          cli_cell_by(by, view, &last->by[i]));
    }
    if (!view->series && last->by_count == 1 && view->query.vs != CXLOG_VS_NONE &&
        !view->cumulative) {
        (void)fputs(" · ", stream);
        (void)fprintf(stream, _("against %s"), last->previous.label);
        if (view->extras.like)
            (void)fprintf(stream, _(" up to the same working day (%d)"),
                          view->extras.like_days);
    }
    if (view->cumulative)
        (void)fprintf(stream, " · %s", _("running totals of the year"));
    static const char *const parts[] = {NULL, N_("percent of the row"),
                                        N_("percent of the column"),
                                        N_("percent of the total")};
    if (view->percent != CLI_PERCENT_NONE)
        (void)fprintf(stream, " · %s", _(parts[view->percent]));
    if (view->query.mapped)
        (void)fprintf(stream, " · %s", _("names as of today"));
}

cxlog_status cli_totals_heading(char **out, const cli_totals_view *view, cxlog_error *err)
{
    *out = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(out, &size);
    if (!stream)
        return no_memory(err);
    const cxlog_period *first = &view->each[0]->period;
    const cxlog_period *last = &view->each[view->count - 1]->period;
    if (view->count > 1)
        (void)fprintf(stream, "%s – %s", first->label, last->label);
    else
        put_period(stream, view, last);
    if (cli_totals_running(view, last))
        (void)fprintf(stream, " · %s", _("still running"));
    put_subject(stream, view);
    (void)fputs("\n", stream);
    if (view->filter_words[0] != '\0')
        (void)fprintf(stream, "%s\n", view->filter_words);
    return cli_text_end(stream, out, true, err);
}

/* ---- basis ---- */

/* What is amiss, each only when there is any. */
static void put_troubles(FILE *stream, const cxlog_basis *basis)
{
    if (basis->unknown > 0)
        (void)fprintf(stream, _(" · %lld of them on their way"),
                      (long long)basis->unknown);
    if (basis->quarantined > 0)
        (void)fprintf(stream, _(" · %lld refused by the sheet"),
                      (long long)basis->quarantined);
    if (basis->foreign > 0)
        (void)fprintf(stream, _(" · %lld rows typed by hand, not counted"),
                      (long long)basis->foreign);
    if (basis->duplicate > 0)
        (void)fprintf(stream, _(" · %lld doubled rows, counted once"),
                      (long long)basis->duplicate);
    if (basis->edited > 0)
        (void)fprintf(stream, _(" · %lld edited in the sheet"), (long long)basis->edited);
    if (basis->missing > 0)
        (void)fprintf(stream, _(" · %lld gone from the sheet"),
                      (long long)basis->missing);
}

/* "17:05" today, else with its date. */
static void put_sync_time(FILE *stream, const cli_totals_view *view)
{
    const char *iso = view->basis.last_sync;
    char today[CXLOG_WALL_TEXT];
    if (strlen(iso) < strlen("2026-11-20T17:05")) {
        (void)fprintf(stream, " · %s", _("never synced"));
        return;
    }
    (void)cxlog_day_text(today, view->ctx->today);
    bool same_day = strncmp(iso, today, strlen(today)) == 0;
    (void)fputs(" · ", stream);
    (void)fprintf(stream, _("synced %s"), "");
    if (!same_day)
        (void)fprintf(stream, "%.10s ", iso);
    (void)fprintf(stream, "%.5s", iso + strlen("2026-11-20T"));
}

static bool by_week(const cli_totals_view *view)
{
    const cxlog_query *query = &view->query;
    bool week = query->period.kind == CXLOG_PERIOD_WEEK;
    for (size_t i = 0; i < query->by_count; i++)
        week = week || query->by[i].kind == CXLOG_BY_WEEK;
    return week;
}

cxlog_status cli_totals_basis_line(char **out, const cli_totals_view *view,
                                   cxlog_error *err)
{
    *out = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(out, &size);
    if (!stream)
        return no_memory(err);
    const cxlog_basis *basis = &view->basis;
    (void)fprintf(stream, "%s ", _("basis:"));
    (void)fputs(basis->sheet ? _("sheet + this computer") : _("this computer"), stream);
    if (basis->sheet) {
        put_sync_time(stream, view);
        (void)fputs(" · ", stream);
        (void)fprintf(stream, _("%lld unsent"),
                      (long long)(basis->pending + basis->unknown));
        put_troubles(stream, basis);
    }
    (void)fputs(" · ", stream);
    (void)fprintf(stream, _("scheme v%lld"), (long long)basis->scheme_version);
    if (by_week(view))
        (void)fprintf(stream, " · %s", _("weeks from Monday (ISO)"));
    (void)fputs("\n", stream);
    return cli_text_end(stream, out, true, err);
}
