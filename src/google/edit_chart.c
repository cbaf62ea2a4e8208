#include "google/edit.h"

#define CHART_WIDTH 600
#define CHART_HEIGHT 340

static json_t *source(const cxlog_area *area)
{
    return json_pack("{s:{s:[o]}}", "sourceRange", "sources", cx_edit_range(area));
}

static json_t *series_of(const cxlog_chart *chart, size_t index)
{
    bool right = chart->kind == CXLOG_CHART_COMBO && index > 0;
    const char *axis = chart->kind == CXLOG_CHART_BAR ? "BOTTOM_AXIS"
                       : right                        ? "RIGHT_AXIS"
                                                      : "LEFT_AXIS";
    json_auto_t *one = json_pack("{s:o,s:s}", "series", source(&chart->series[index]),
                                 "targetAxis", axis);
    if (chart->kind == CXLOG_CHART_COMBO &&
        json_object_set_new(one, "type", json_string(right ? "LINE" : "COLUMN")) != 0)
        return NULL;
    return one ? json_incref(one) : NULL;
}

static const char *type_of(cxlog_chart_kind kind)
{
    switch (kind) {
    case CXLOG_CHART_BAR:
        return "BAR";
    case CXLOG_CHART_LINE:
        return "LINE";
    case CXLOG_CHART_COMBO:
        break;
    }
    return "COMBO";
}

static json_t *spec_of(const cxlog_chart *chart)
{
    json_auto_t *series = json_array();
    for (size_t i = 0; i < chart->series_count; i++) {
        if (json_array_append_new(series, series_of(chart, i)) != 0)
            return NULL;
    }
    return json_pack("{s:s,s:{s:s,s:s,s:[{s:o}],s:O,s:i}}", "title", chart->title,
                     "basicChart", "chartType", type_of(chart->kind), "legendPosition",
                     "BOTTOM_LEGEND", "domains", "domain", source(&chart->domain),
                     "series", series, "headerCount", 1);
}

bool cx_edit_chart(json_t *requests, const cxlog_edit *edit)
{
    const cxlog_chart *chart = edit->chart;
    json_t *position = json_pack("{s:{s:{s:i,s:I,s:I},s:i,s:i}}", "overlayPosition",
                                 "anchorCell", "sheetId", (int)chart->anchor.tab,
                                 "rowIndex", (json_int_t)chart->anchor.row, "columnIndex",
                                 (json_int_t)chart->anchor.column, "widthPixels",
                                 CHART_WIDTH, "heightPixels", CHART_HEIGHT);
    return json_array_append_new(requests,
                                 json_pack("{s:{s:{s:i,s:o,s:o}}}", "addChart", "chart",
                                           "chartId", (int)chart->id, "spec",
                                           spec_of(chart), "position", position)) == 0;
}

bool cx_edit_chart_spec(json_t *requests, const cxlog_edit *edit)
{
    return json_array_append_new(requests, json_pack("{s:{s:i,s:o}}", "updateChartSpec",
                                                     "chartId", (int)edit->chart->id,
                                                     "spec", spec_of(edit->chart))) == 0;
}
