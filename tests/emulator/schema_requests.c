/* Members of request messages, in the order of their proto. Source: Sheets API v4
 * discovery. */
#include "schema.h"

const schema_type schema_requests[] = {
    {"BatchUpdateSpreadsheetRequest", "includeSpreadsheetInResponse:b requests:[Request] "
                                      "responseIncludeGridData:b responseRanges:[s]"},
    {"GetSpreadsheetByDataFilterRequest", "dataFilters:[DataFilter] includeGridData:b"},
    {"BatchUpdateValuesRequest",
     "data:[ValueRange] includeValuesInResponse:b responseDateTimeRenderOption:e "
     "responseValueRenderOption:e valueInputOption:e"},
    {"BatchClearValuesRequest", "ranges:[s]"},
    {"ClearValuesRequest", ""},
    {"BatchGetValuesByDataFilterRequest",
     "dataFilters:[DataFilter] dateTimeRenderOption:e majorDimension:e "
     "valueRenderOption:e"},
    {"BatchUpdateValuesByDataFilterRequest",
     "data:[DataFilterValueRange] includeValuesInResponse:b "
     "responseDateTimeRenderOption:e responseValueRenderOption:e "
     "valueInputOption:e"},
    {"BatchClearValuesByDataFilterRequest", "dataFilters:[DataFilter]"},
    {"SearchDeveloperMetadataRequest", "dataFilters:[DataFilter]"},
    {"CopySheetToAnotherSpreadsheetRequest", "destinationSpreadsheetId:s"},
    {"Request",
     "addBanding:? addChart:AddChartRequest "
     "addConditionalFormatRule:AddConditionalFormatRuleRequest addDataSource:? "
     "addDimensionGroup:? addFilterView:? addNamedRange:AddNamedRangeRequest "
     "addProtectedRange:AddProtectedRangeRequest addSheet:AddSheetRequest "
     "addSlicer:? appendCells:AppendCellsRequest "
     "appendDimension:AppendDimensionRequest autoFill:AutoFillRequest "
     "autoResizeDimensions:AutoResizeDimensionsRequest "
     "clearBasicFilter:ClearBasicFilterRequest copyPaste:CopyPasteRequest "
     "createDeveloperMetadata:CreateDeveloperMetadataRequest "
     "cutPaste:CutPasteRequest deleteBanding:? "
     "deleteConditionalFormatRule:DeleteConditionalFormatRuleRequest "
     "deleteDataSource:? deleteDeveloperMetadata:DeleteDeveloperMetadataRequest "
     "deleteDimension:DeleteDimensionRequest deleteDimensionGroup:? "
     "deleteDuplicates:DeleteDuplicatesRequest "
     "deleteEmbeddedObject:DeleteEmbeddedObjectRequest deleteFilterView:? "
     "deleteNamedRange:DeleteNamedRangeRequest "
     "deleteProtectedRange:DeleteProtectedRangeRequest "
     "deleteRange:DeleteRangeRequest deleteSheet:DeleteSheetRequest "
     "duplicateFilterView:? duplicateSheet:DuplicateSheetRequest "
     "findReplace:FindReplaceRequest insertDimension:InsertDimensionRequest "
     "insertRange:InsertRangeRequest mergeCells:MergeCellsRequest "
     "moveDimension:MoveDimensionRequest pasteData:PasteDataRequest "
     "randomizeRange:RandomizeRangeRequest refreshDataSource:? "
     "repeatCell:RepeatCellRequest setBasicFilter:SetBasicFilterRequest "
     "setDataValidation:SetDataValidationRequest sortRange:SortRangeRequest "
     "textToColumns:TextToColumnsRequest trimWhitespace:TrimWhitespaceRequest "
     "unmergeCells:UnmergeCellsRequest updateBanding:? "
     "updateBorders:UpdateBordersRequest updateCells:UpdateCellsRequest "
     "updateChartSpec:UpdateChartSpecRequest "
     "updateConditionalFormatRule:UpdateConditionalFormatRuleRequest "
     "updateDataSource:? updateDeveloperMetadata:UpdateDeveloperMetadataRequest "
     "updateDimensionGroup:? "
     "updateDimensionProperties:UpdateDimensionPropertiesRequest "
     "updateEmbeddedObjectBorder:UpdateEmbeddedObjectBorderRequest "
     "updateEmbeddedObjectPosition:UpdateEmbeddedObjectPositionRequest "
     "updateFilterView:? updateNamedRange:UpdateNamedRangeRequest "
     "updateProtectedRange:UpdateProtectedRangeRequest "
     "updateSheetProperties:UpdateSheetPropertiesRequest updateSlicerSpec:? "
     "updateSpreadsheetProperties:UpdateSpreadsheetPropertiesRequest"},
    {"RepeatCellRequest", "cell:CellData fields:g range:GridRange"},
    {"AddNamedRangeRequest", "namedRange:NamedRange"},
    {"DeleteProtectedRangeRequest", "protectedRangeId:i"},
    {"AddSheetRequest", "properties:SheetProperties"},
    {"UnmergeCellsRequest", "range:GridRange"},
    {"PasteDataRequest", "coordinate:GridCoordinate data:s delimiter:s html:b type:e"},
    {"DeleteDeveloperMetadataRequest", "dataFilter:DataFilter"},
    {"CopyPasteRequest",
     "destination:GridRange pasteOrientation:e pasteType:e source:GridRange"},
    {"AutoFillRequest", "range:GridRange sourceAndDestination:SourceAndDestination "
                        "useAlternateSeries:b"},
    {"SortRangeRequest", "range:GridRange sortSpecs:[SortSpec]"},
    {"MergeCellsRequest", "mergeType:e range:GridRange"},
    {"UpdateNamedRangeRequest", "fields:g namedRange:NamedRange"},
    {"AddProtectedRangeRequest", "protectedRange:ProtectedRange"},
    {"TrimWhitespaceRequest", "range:GridRange"},
    {"InsertRangeRequest", "range:GridRange shiftDimension:e"},
    {"TextToColumnsRequest", "delimiter:s delimiterType:e source:GridRange"},
    {"UpdateProtectedRangeRequest", "fields:g protectedRange:ProtectedRange"},
    {"UpdateSpreadsheetPropertiesRequest", "fields:g properties:SpreadsheetProperties"},
    {"UpdateSheetPropertiesRequest", "fields:g properties:SheetProperties"},
    {"UpdateCellsRequest",
     "fields:g range:GridRange rows:[RowData] start:GridCoordinate"},
    {"UpdateEmbeddedObjectBorderRequest",
     "border:EmbeddedObjectBorder fields:g objectId:i"},
    {"RandomizeRangeRequest", "range:GridRange"},
    {"AppendDimensionRequest", "dimension:e length:i sheetId:i"},
    {"UpdateConditionalFormatRuleRequest",
     "index:i newIndex:i rule:ConditionalFormatRule sheetId:i"},
    {"DeleteSheetRequest", "sheetId:i"},
    {"DuplicateSheetRequest",
     "insertSheetIndex:i newSheetId:i newSheetName:s sourceSheetId:i"},
    {"DeleteDimensionRequest", "range:DimensionRange"},
    {"DeleteEmbeddedObjectRequest", "objectId:i"},
    {"AddChartRequest", "chart:EmbeddedChart"},
    {"DeleteNamedRangeRequest", "namedRangeId:s"},
    {"UpdateBordersRequest",
     "bottom:Border innerHorizontal:Border innerVertical:Border left:Border "
     "range:GridRange right:Border top:Border"},
    {"AutoResizeDimensionsRequest",
     "dataSourceSheetDimensions:DataSourceSheetDimensionRange "
     "dimensions:DimensionRange"},
    {"UpdateChartSpecRequest", "chartId:i spec:ChartSpec"},
    {"DeleteRangeRequest", "range:GridRange shiftDimension:e"},
    {"SetDataValidationRequest", "range:GridRange rule:DataValidationRule"},
    {"AppendCellsRequest", "fields:g rows:[RowData] sheetId:i tableId:s"},
    {"UpdateDimensionPropertiesRequest",
     "dataSourceSheetRange:DataSourceSheetDimensionRange fields:g "
     "properties:DimensionProperties range:DimensionRange"},
    {"CutPasteRequest", "destination:GridCoordinate pasteType:e source:GridRange"},
    {"InsertDimensionRequest", "inheritFromBefore:b range:DimensionRange"},
    {"UpdateEmbeddedObjectPositionRequest",
     "fields:g newPosition:EmbeddedObjectPosition objectId:i"},
    {"MoveDimensionRequest", "destinationIndex:i source:DimensionRange"},
    {"AddConditionalFormatRuleRequest", "index:i rule:ConditionalFormatRule"},
    {"ClearBasicFilterRequest", "sheetId:i"},
    {"SetBasicFilterRequest", "filter:BasicFilter"},
    {"CreateDeveloperMetadataRequest", "developerMetadata:DeveloperMetadata"},
    {"FindReplaceRequest",
     "allSheets:b find:s includeFormulas:b matchCase:b matchEntireCell:b "
     "range:GridRange replacement:s searchByRegex:b sheetId:i"},
    {"DeleteDuplicatesRequest", "comparisonColumns:[DimensionRange] range:GridRange"},
    {"DeleteConditionalFormatRuleRequest", "index:i sheetId:i"},
    {"UpdateDeveloperMetadataRequest",
     "dataFilters:[DataFilter] developerMetadata:DeveloperMetadata fields:g"},
    {NULL, NULL},
};
