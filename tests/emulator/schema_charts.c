/* Members of charts and filters. Source: Sheets API v4 discovery. */
#include "schema.h"

const schema_type schema_charts[] = {
    {"DataFilterValueRange", "dataFilter:DataFilter majorDimension:e values:[L]"},
    {"BasicFilter",
     "range:GridRange sortSpecs:[SortSpec] criteria:? filterSpecs:[FilterSpec] "
     "tableId:s"},
    {"EmbeddedChart", "chartId:i spec:ChartSpec position:EmbeddedObjectPosition "
                      "border:EmbeddedObjectBorder"},
    {"EmbeddedObjectBorder", "color:Color colorStyle:ColorStyle"},
    {"ChartSpec",
     "title:s altText:s titleTextFormat:TextFormat "
     "titleTextPosition:TextPosition subtitle:s subtitleTextFormat:TextFormat "
     "subtitleTextPosition:TextPosition fontName:s maximized:b "
     "backgroundColor:Color backgroundColorStyle:ColorStyle "
     "dataSourceChartProperties:? filterSpecs:[FilterSpec] sortSpecs:[SortSpec] "
     "hiddenDimensionStrategy:e basicChart:BasicChartSpec pieChart:PieChartSpec "
     "bubbleChart:? candlestickChart:? orgChart:? histogramChart:? "
     "waterfallChart:? treemapChart:? scorecardChart:?"},
    {"EmbeddedObjectPosition", "sheetId:i overlayPosition:OverlayPosition newSheet:b"},
    {"FilterSpec", "columnIndex:i dataSourceColumnReference:DataSourceColumnReference "
                   "filterCriteria:FilterCriteria"},
    {"PieChartSpec", "domain:ChartData legendPosition:e pieHole:n series:ChartData "
                     "threeDimensional:b"},
    {"BasicChartSpec",
     "chartType:e legendPosition:e axis:[BasicChartAxis] "
     "domains:[BasicChartDomain] series:[BasicChartSeries] headerCount:i "
     "threeDimensional:b interpolateNulls:b stackedType:e lineSmoothing:b "
     "compareMode:e totalDataLabel:DataLabel"},
    {"OverlayPosition",
     "anchorCell:GridCoordinate offsetXPixels:i offsetYPixels:i widthPixels:i "
     "heightPixels:i"},
    {"FilterCriteria",
     "condition:BooleanCondition hiddenValues:[s] visibleBackgroundColor:Color "
     "visibleBackgroundColorStyle:ColorStyle visibleForegroundColor:Color "
     "visibleForegroundColorStyle:ColorStyle"},
    {"InterpolationPoint", "color:Color colorStyle:ColorStyle type:e value:s"},
    {"ChartData", "aggregateType:e columnReference:DataSourceColumnReference "
                  "groupRule:ChartGroupRule sourceRange:ChartSourceRange"},
    {"BasicChartDomain", "domain:ChartData reversed:b"},
    {"BasicChartSeries",
     "color:Color colorStyle:ColorStyle dataLabel:DataLabel lineStyle:LineStyle "
     "pointStyle:PointStyle series:ChartData "
     "styleOverrides:[BasicSeriesDataPointStyleOverride] targetAxis:e type:e"},
    {"DataLabel", "customLabelData:ChartData placement:e textFormat:TextFormat type:e"},
    {"BasicChartAxis",
     "format:TextFormat position:e title:s titleTextPosition:TextPosition "
     "viewWindowOptions:ChartAxisViewWindowOptions"},
    {"ChartSourceRange", "sources:[GridRange]"},
    {"ChartGroupRule", "dateTimeRule:ChartDateTimeRule histogramRule:ChartHistogramRule"},
    {"BasicSeriesDataPointStyleOverride",
     "color:Color colorStyle:ColorStyle index:i pointStyle:PointStyle"},
    {"LineStyle", "type:e width:i"},
    {"PointStyle", "shape:e size:n"},
    {"ChartAxisViewWindowOptions", "viewWindowMax:n viewWindowMin:n viewWindowMode:e"},
    {"ChartHistogramRule", "intervalSize:n maxValue:n minValue:n"},
    {"ChartDateTimeRule", "type:e"},
    {NULL, NULL},
};
