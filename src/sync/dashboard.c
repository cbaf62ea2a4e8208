/*
 * dashboard.c - charts over 누적, made once and known by their ids; people may move and
 * restyle them.
 */
#include <inttypes.h>
#include <stdio.h>

#include "sync/tabs_impl.h"

static cxlog_area column(const int64_t place[CX_TOTALS_COLUMNS], size_t which,
                         int64_t rows)
{
    return (cxlog_area){CXLOG_TOTALS_TAB_ID, CX_TOTALS_HEAD, rows + 1, place[which], 1};
}

static void describe(cxlog_chart charts[3], const int64_t place[CX_TOTALS_COLUMNS])
{
    charts[0] = (cxlog_chart){
        .id = CX_CHART_BARS,
        .kind = CXLOG_CHART_BAR,
        .title = "올해 많은 구분",
        .domain = column(place, CX_TOTALS_TOP, CX_TOTALS_TOP_ROWS),
        .series = {column(place, CX_TOTALS_TOP_COUNT, CX_TOTALS_TOP_ROWS)},
        .series_count = 1,
        .anchor = {.tab = CXLOG_DASHBOARD_TAB_ID, .row = 2},
    };
    charts[1] = (cxlog_chart){
        .id = CX_CHART_WEEKS,
        .kind = CXLOG_CHART_LINE,
        .title = "12주 상담 건수",
        .domain = column(place, CX_TOTALS_WEEK, CX_TOTALS_WEEKS),
        .series = {column(place, CX_TOTALS_WEEK_COUNT, CX_TOTALS_WEEKS)},
        .series_count = 1,
        .anchor = {.tab = CXLOG_DASHBOARD_TAB_ID, .row = 2, .column = 7},
    };
    charts[2] = (cxlog_chart){
        .id = CX_CHART_FCR,
        .kind = CXLOG_CHART_COMBO,
        .title = "상담 건수와 1차 해결률",
        .domain = column(place, CX_TOTALS_WEEK, CX_TOTALS_WEEKS),
        .series = {column(place, CX_TOTALS_WEEK_COUNT, CX_TOTALS_WEEKS),
                   column(place, CX_TOTALS_FCR, CX_TOTALS_WEEKS)},
        .series_count = 2,
        .anchor = {.tab = CXLOG_DASHBOARD_TAB_ID, .row = 20},
    };
}

static bool has_chart(const cxlog_survey *survey, int32_t id)
{
    for (size_t i = 0; i < survey->chart_count; i++) {
        if (survey->charts[i] == id)
            return true;
    }
    return false;
}

size_t cx_dashboard_charts(cxlog_edit *edits, cxlog_chart *charts,
                           const int64_t place[CX_TOTALS_COLUMNS],
                           const cxlog_survey *update)
{
    size_t count = 0;
    describe(charts, place);
    for (size_t i = 0; i < 3; i++) {
        if (update && !has_chart(update, charts[i].id))
            continue;
        edits[count++] =
            (cxlog_edit){.kind = update ? CXLOG_EDIT_CHART_SPEC : CXLOG_EDIT_CHART,
                         .chart = &charts[i]};
    }
    return count;
}

cxlog_status cx_dashboard_line(char **out, const cxlog_alert *alerts, size_t count,
                               cxlog_day day, cxlog_error *err)
{
    char text[4096];
    char date[CXLOG_WALL_TEXT];
    size_t used = (size_t)snprintf(text, sizeof text, "알림 %s 기준: %s",
                                   cxlog_day_text(date, day), count ? "" : "없음");
    for (size_t i = 0; i < count && used < sizeof text; i++) {
        const cxlog_alert *alert = &alerts[i];
        bool total = strcmp(alert->name, "total") == 0;
        int length = snprintf(text + used, sizeof text - used,
                              "%s%s 최근 7일 %" PRId64 "건, %d주 평균의 %.1f배 (기준 "
                              "%.1f배)",
                              i ? " · " : "", total ? "전체" : alert->name, alert->count,
                              alert->weeks, alert->ratio, alert->factor);
        if (length < 0 || (size_t)length >= sizeof text - used) {
            text[used] = '\0'; /* as many as fit */
            break;
        }
        used += (size_t)length;
    }
    *out = strdup(text);
    return *out ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}
