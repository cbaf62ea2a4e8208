#include <string.h>

#include "google/api.h"

#define SURVEY_PATH                                                                      \
    "?prettyPrint=false&fields=spreadsheetId,properties(locale,timeZone),"               \
    "sheets(properties(sheetId,title,gridProperties(rowCount,columnCount)),"             \
    "basicFilter(range),protectedRanges(protectedRangeId,range,editors),"                \
    "charts(chartId))"

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static int64_t number_of(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    return json_is_integer(value) ? (int64_t)json_integer_value(value) : 0;
}

/* Zero is left out on the wire; anything that is no id becomes -1. */
static int32_t id_of(const json_t *object, const char *name)
{
    int64_t id = number_of(object, name);
    return id >= 0 && id <= INT32_MAX ? (int32_t)id : -1;
}

static char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return strdup(text ? text : "");
}

static bool take_tab(cxlog_survey *survey, const json_t *sheet)
{
    const json_t *properties = json_object_get(sheet, "properties");
    const json_t *grid = json_object_get(properties, "gridProperties");
    cxlog_tab *tab = &survey->tabs[survey->count];
    tab->id = id_of(properties, "sheetId");
    tab->rows = number_of(grid, "rowCount");
    tab->columns = number_of(grid, "columnCount");
    tab->title = text_of(properties, "title");
    survey->filtered[survey->count++] =
        json_is_object(json_object_get(sheet, "basicFilter"));
    return tab->title != NULL;
}

static bool take_charts(cxlog_survey *survey, const json_t *charts)
{
    size_t count = json_array_size(charts);
    int32_t *grown =
        realloc(survey->charts, (survey->chart_count + count + 1) * sizeof *grown);
    if (!grown)
        return false;
    survey->charts = grown;
    for (size_t i = 0; i < count; i++)
        grown[survey->chart_count++] = id_of(json_array_get(charts, i), "chartId");
    return true;
}

static bool take_editors(cxlog_guard *guard, const json_t *users)
{
    size_t count = json_array_size(users);
    guard->editors = calloc(count + 1, sizeof *guard->editors);
    for (size_t i = 0; guard->editors && i < count; i++) {
        const char *user = json_string_value(json_array_get(users, i));
        guard->editors[i] = strdup(user ? user : "");
        if (!guard->editors[i])
            return false;
    }
    return guard->editors != NULL;
}

static bool take_guards(cxlog_survey *survey, const json_t *list, int32_t tab)
{
    size_t count = json_array_size(list);
    cxlog_guard *grown =
        realloc(survey->guards, (survey->guard_count + count + 1) * sizeof *grown);
    if (!grown)
        return false;
    survey->guards = grown;
    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_array_get(list, i);
        cxlog_guard *guard = &grown[survey->guard_count++];
        *guard = (cxlog_guard){.id = id_of(item, "protectedRangeId"), .tab = tab};
        if (!take_editors(guard,
                          json_object_get(json_object_get(item, "editors"), "users")))
            return false;
    }
    return true;
}

static cxlog_status take_all(cxlog_survey *survey, const json_t *root, cxlog_error *err)
{
    const json_t *properties = json_object_get(root, "properties");
    const json_t *sheets = json_object_get(root, "sheets");
    size_t count = json_array_size(sheets);
    survey->zone = text_of(properties, "timeZone");
    survey->locale = text_of(properties, "locale");
    survey->tabs = calloc(count + 1, sizeof *survey->tabs);
    survey->filtered = calloc(count + 1, sizeof *survey->filtered);
    if (!survey->zone || !survey->locale || !survey->tabs || !survey->filtered)
        return no_memory(err);
    for (size_t i = 0; i < count; i++) {
        const json_t *sheet = json_array_get(sheets, i);
        if (!take_tab(survey, sheet) ||
            !take_charts(survey, json_object_get(sheet, "charts")) ||
            !take_guards(survey, json_object_get(sheet, "protectedRanges"),
                         survey->tabs[i].id))
            return no_memory(err);
    }
    return CXLOG_OK;
}

cxlog_status cx_google_survey(cxlog_remote *remote, cxlog_survey **out, cxlog_error *err)
{
    cx_google *google = (cx_google *)remote;
    *out = NULL;
    CXLOG_AUTO_VALUE(cx_reply) reply = {0};
    cxlog_status status = cx_api_book(google, SURVEY_PATH, &reply, err);
    if (status != CXLOG_OK)
        return status;
    CXLOG_AUTO(cxlog_survey) *survey = calloc(1, sizeof *survey);
    if (!survey)
        return no_memory(err);
    status = take_all(survey, reply.root, err);
    if (status == CXLOG_OK)
        *out = CXLOG_TAKE(survey);
    return status;
}
