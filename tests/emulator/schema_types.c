/* Members of spreadsheets, tabs, cells and metadata. Source: Sheets API v4 discovery. */
#include "schema.h"

const schema_type schema_types[] = {
    {"Spreadsheet", "spreadsheetId:s properties:SpreadsheetProperties sheets:[Sheet] "
                    "namedRanges:[NamedRange] spreadsheetUrl:s "
                    "developerMetadata:[DeveloperMetadata] dataSourceSchedules:[?] "
                    "dataSources:[?]"},
    {"ValueRange", "range:s majorDimension:e values:[L]"},
    {"DeveloperMetadata", "metadataId:i metadataKey:s metadataValue:s "
                          "location:DeveloperMetadataLocation visibility:e"},
    {"SpreadsheetProperties",
     "title:s locale:s autoRecalc:e timeZone:s defaultFormat:CellFormat "
     "iterativeCalculationSettings:? spreadsheetTheme:SpreadsheetTheme"},
    {"NamedRange", "namedRangeId:s name:s range:GridRange"},
    {"Sheet", "properties:SheetProperties data:[GridData] merges:[GridRange] "
              "conditionalFormats:[ConditionalFormatRule] filterViews:[?] "
              "protectedRanges:[ProtectedRange] basicFilter:BasicFilter "
              "charts:[EmbeddedChart] bandedRanges:[?] "
              "developerMetadata:[DeveloperMetadata] rowGroups:[?] columnGroups:[?] "
              "slicers:[?]"},
    {"DataFilter", "developerMetadataLookup:DeveloperMetadataLookup a1Range:s "
                   "gridRange:GridRange"},
    {"DeveloperMetadataLocation",
     "locationType:e spreadsheet:b sheetId:i dimensionRange:DimensionRange"},
    {"CellFormat",
     "numberFormat:NumberFormat backgroundColor:Color "
     "backgroundColorStyle:ColorStyle borders:Borders padding:Padding "
     "horizontalAlignment:e verticalAlignment:e wrapStrategy:e textDirection:e "
     "textFormat:TextFormat hyperlinkDisplayType:e textRotation:TextRotation"},
    {"SpreadsheetTheme", "primaryFontFamily:s themeColors:[ThemeColorPair]"},
    {"GridRange", "sheetId:i startRowIndex:i endRowIndex:i startColumnIndex:i "
                  "endColumnIndex:i"},
    {"SheetProperties",
     "sheetId:i title:s index:i sheetType:e gridProperties:GridProperties "
     "hidden:b tabColor:Color tabColorStyle:ColorStyle rightToLeft:b "
     "dataSourceSheetProperties:?"},
    {"ProtectedRange",
     "protectedRangeId:i range:GridRange namedRangeId:s description:s "
     "warningOnly:b requestingUserCanEdit:b unprotectedRanges:[GridRange] "
     "editors:Editors tableId:s"},
    {"ConditionalFormatRule",
     "ranges:[GridRange] booleanRule:BooleanRule gradientRule:GradientRule"},
    {"GridData",
     "startRow:i startColumn:i rowData:[RowData] "
     "rowMetadata:[DimensionProperties] columnMetadata:[DimensionProperties]"},
    {"DeveloperMetadataLookup",
     "locationType:e metadataLocation:DeveloperMetadataLocation "
     "locationMatchingStrategy:e metadataId:i metadataKey:s metadataValue:s "
     "visibility:e"},
    {"CellData",
     "userEnteredValue:ExtendedValue effectiveValue:ExtendedValue "
     "formattedValue:s userEnteredFormat:CellFormat effectiveFormat:CellFormat "
     "hyperlink:s note:s textFormatRuns:[TextFormatRun] "
     "dataValidation:DataValidationRule pivotTable:? dataSourceFormula:? "
     "dataSourceTable:?"},
    {"GridCoordinate", "columnIndex:i rowIndex:i sheetId:i"},
    {"SourceAndDestination", "dimension:e fillLength:i source:GridRange"},
    {"SortSpec", "backgroundColor:Color backgroundColorStyle:ColorStyle "
                 "dataSourceColumnReference:DataSourceColumnReference dimensionIndex:i "
                 "foregroundColor:Color foregroundColorStyle:ColorStyle sortOrder:e"},
    {"RowData", "values:[CellData]"},
    {"DimensionRange", "sheetId:i dimension:e startIndex:i endIndex:i"},
    {"Border", "color:Color colorStyle:ColorStyle style:e width:i"},
    {"DataSourceSheetDimensionRange",
     "columnReferences:[DataSourceColumnReference] sheetId:i"},
    {"DataValidationRule",
     "condition:BooleanCondition inputMessage:s strict:b showCustomUi:b"},
    {"DimensionProperties",
     "dataSourceColumnReference:DataSourceColumnReference "
     "developerMetadata:[DeveloperMetadata] hiddenByFilter:b hiddenByUser:b "
     "pixelSize:i"},
    {"TextFormat", "foregroundColor:Color foregroundColorStyle:ColorStyle fontFamily:s "
                   "fontSize:i bold:b italic:b strikethrough:b underline:b link:Link"},
    {"Color", "red:n green:n blue:n alpha:n"},
    {"ColorStyle", "rgbColor:Color themeColor:e"},
    {"Borders", "bottom:Border left:Border right:Border top:Border"},
    {"TextRotation", "angle:i vertical:b"},
    {"Padding", "bottom:i left:i right:i top:i"},
    {"NumberFormat", "type:e pattern:s"},
    {"ThemeColorPair", "color:ColorStyle colorType:e"},
    {"GridProperties",
     "rowCount:i columnCount:i frozenRowCount:i frozenColumnCount:i "
     "hideGridlines:b rowGroupControlAfter:b columnGroupControlAfter:b"},
    {"Editors", "users:[s] groups:[s] domainUsersCanEdit:b"},
    {"GradientRule", "maxpoint:InterpolationPoint midpoint:InterpolationPoint "
                     "minpoint:InterpolationPoint"},
    {"BooleanRule", "condition:BooleanCondition format:CellFormat"},
    {"ExtendedValue",
     "numberValue:n stringValue:s boolValue:b formulaValue:s errorValue:?"},
    {"TextFormatRun", "format:TextFormat startIndex:i"},
    {"DataSourceColumnReference", "name:s"},
    {"TextPosition", "horizontalAlignment:e"},
    {"BooleanCondition", "type:e values:[ConditionValue]"},
    {"Link", "uri:s"},
    {"ConditionValue", "relativeDate:e userEnteredValue:s"},
    {NULL, NULL},
};
