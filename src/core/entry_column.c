#include <cxlog/entry.h>

#include <string.h>

#include <cxlog/text.h>

#include "core/entry_value.h"
#include "core/scan.h"

static const cxlog_column_info columns[CXLOG_COLUMN_COUNT] = {
#define X(name, field_name, heading_text, kind_name, bound_value)                        \
    [CXLOG_COL_##name] = {.field = #field_name,                                          \
                          .heading = (heading_text),                                     \
                          .kind = CXLOG_KIND_##kind_name,                                \
                          .bound = (bound_value)},
    CXLOG_COLUMNS(X)
#undef X
};

static const struct synonym {
    const char *name;
    cxlog_column column;
} synonyms[] = {
    {"at", CXLOG_COL_CONTACTED_AT},   {"time", CXLOG_COL_CONTACTED_AT},
    {"date", CXLOG_COL_CONTACTED_AT}, {"날짜", CXLOG_COL_CONTACTED_AT},
    {"담당자", CXLOG_COL_AGENT},      {"상담원", CXLOG_COL_AGENT},
    {"sub", CXLOG_COL_DETAIL},        {"subcategory", CXLOG_COL_DETAIL},
    {"하위구분", CXLOG_COL_DETAIL},   {"고객명", CXLOG_COL_CUSTOMER},
    {"감정", CXLOG_COL_SENTIMENT},    {"메모", CXLOG_COL_NOTE},
    {"memo", CXLOG_COL_NOTE},         {"text", CXLOG_COL_NOTE},
    {"handle", CXLOG_COL_HANDLE_S},   {"aht", CXLOG_COL_HANDLE_S},
    {"처리", CXLOG_COL_HANDLE_S},     {"처리시간", CXLOG_COL_HANDLE_S},
    {"wait", CXLOG_COL_WAIT_S},       {"asa", CXLOG_COL_WAIT_S},
    {"대기", CXLOG_COL_WAIT_S},       {"대기시간", CXLOG_COL_WAIT_S},
    {"만족도", CXLOG_COL_CSAT},       {"추천", CXLOG_COL_NPS},
    {"tag", CXLOG_COL_TAGS},          {"url", CXLOG_COL_LINK},
};

const cxlog_column_info *cxlog_column_get(cxlog_column column)
{
    return &columns[column];
}

bool cx_column_is_number(cxlog_column column)
{
    cxlog_column_kind kind = columns[column].kind;
    return kind == CXLOG_KIND_TIME || kind == CXLOG_KIND_NUMBER;
}

int64_t cx_column_least(cxlog_column column)
{
    return column == CXLOG_COL_CSAT || column == CXLOG_COL_CES ? 1 : 0;
}

const char *const *cxlog_column_choices(cxlog_column column)
{
    static const char *const sentiments[] = {"긍정", "중립", "부정", NULL};
    static const char *const results[] = {"해결", "진행", "이관", "부재", "포기", NULL};
    if (column == CXLOG_COL_SENTIMENT)
        return sentiments;
    return column == CXLOG_COL_RESULT ? results : NULL;
}

static bool is_name(const char *text, const char *name)
{
    return cx_scan_word(&text, name) && *text == '\0';
}

int cxlog_column_find(const char *name)
{
    CXLOG_AUTO_TEXT clean = NULL;
    if (cxlog_text_clean(&clean, name, strlen(name), CXLOG_TEXT_LINE, 100, "column",
                         NULL) != CXLOG_OK)
        return -1;
    for (int i = 0; i < CXLOG_COLUMN_COUNT; i++) {
        if (is_name(clean, columns[i].field) || is_name(clean, columns[i].heading))
            return i;
    }
    for (size_t i = 0; i < sizeof synonyms / sizeof synonyms[0]; i++) {
        if (is_name(clean, synonyms[i].name))
            return (int)synonyms[i].column;
    }
    return -1;
}
