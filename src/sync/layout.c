/*
 * layout.c - a sheet that people can live in. What is there stays as they made it; only
 * what is missing is made, and what the contract needs (a frozen header) is put right.
 */
#include <stdio.h>

#include <cxlog/text.h>

#include "sync/tabs_impl.h"

#define EDITS_MAX 64
#define EDITORS_MAX 100

typedef struct layout {
    cx_sync sync;
    const char *const *leads;
    cxlog_survey *survey;
    cx_choices choices;
    cx_effective effective;
    const char *editors[2][EDITORS_MAX + 1];
    cxlog_edit edits[EDITS_MAX];
    size_t count;
} layout;

static void layout_free(layout *l)
{
    if (!l)
        return;
    cx_sync_clear(&l->sync);
    cxlog_survey_free(l->survey);
    cx_choices_clear(&l->choices);
    cx_effective_clear(&l->effective);
    free(l);
}
CXLOG_AUTO_DEFINE(layout, layout_free);

const cxlog_tab *cx_survey_tab(const cxlog_survey *survey, int32_t id)
{
    for (size_t i = 0; i < survey->count; i++) {
        if (survey->tabs[i].id == id)
            return &survey->tabs[i];
    }
    return NULL;
}

cxlog_status cx_survey_title(char **out, const cxlog_survey *survey, const char *wanted,
                             cxlog_error *err)
{
    char title[128];
    (void)snprintf(title, sizeof title, "%s", wanted);
    for (int number = 1; number < 100; number++) {
        bool taken = false;
        for (size_t i = 0; i < survey->count && !taken; i++)
            taken = strcmp(survey->tabs[i].title, title) == 0;
        if (!taken)
            break;
        (void)snprintf(title, sizeof title, "%s (cxlog %d)", wanted, number);
    }
    *out = strdup(title);
    return *out ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static void add(layout *l, cxlog_edit edit)
{
    if (l->count < EDITS_MAX)
        l->edits[l->count++] = edit;
}

/* ---- the log and 구분: once, when they have no protection of ours yet ---- */

static void add_looks(layout *l)
{
    static const struct {
        cxlog_column first, last;
        int pixels;
    } widths[] = {
        {CXLOG_COL_CONTACTED_AT, CXLOG_COL_CONTACTED_AT, 150},
        {CXLOG_COL_AGENT, CXLOG_COL_DETAIL, 90},
        {CXLOG_COL_CUSTOMER, CXLOG_COL_CUSTOMER, 110},
        {CXLOG_COL_REGION, CXLOG_COL_SENTIMENT, 70},
        {CXLOG_COL_NOTE, CXLOG_COL_NOTE, 360},
        {CXLOG_COL_HUNCH, CXLOG_COL_HUNCH, 220},
        {CXLOG_COL_RESULT, CXLOG_COL_CES, 70},
        {CXLOG_COL_TAGS, CXLOG_COL_LINK, 120},
        {CXLOG_COL_ID, CXLOG_COL_CHECKSUM, 80},
    };
    int32_t log = l->sync.log_tab, scheme = l->sync.scheme_tab;
    add(l, (cxlog_edit){.kind = CXLOG_EDIT_FREEZE, .area = {.tab = log}, .number = 1});
    add(l, (cxlog_edit){.kind = CXLOG_EDIT_FREEZE, .area = {.tab = scheme}, .number = 1});
    add(l, (cxlog_edit){.kind = CXLOG_EDIT_STYLE,
                        .area = {.tab = log, .rows = 1},
                        .style = CXLOG_STYLE_HEADING});
    add(l, (cxlog_edit){.kind = CXLOG_EDIT_STYLE,
                        .area = {.tab = scheme, .rows = 1},
                        .style = CXLOG_STYLE_HEADING});
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++)
        add(l, (cxlog_edit){.kind = CXLOG_EDIT_WIDTH,
                            .area = {.tab = log,
                                     .column = widths[i].first,
                                     .columns = widths[i].last - widths[i].first + 1},
                            .number = widths[i].pixels});
    const struct {
        cxlog_column column;
        int columns;
        cxlog_style style;
    } styles[] = {
        {CXLOG_COL_CONTACTED_AT, 1, CXLOG_STYLE_DATE_TIME},
        {CXLOG_COL_LOGGED_AT, 1, CXLOG_STYLE_DATE_TIME},
        {CXLOG_COL_HANDLE_S, 2, CXLOG_STYLE_NUMBER},
        {CXLOG_COL_NOTE, 2, CXLOG_STYLE_WRAP},
        {CXLOG_COL_ID, CXLOG_COLUMN_COUNT - CXLOG_COL_ID, CXLOG_STYLE_DIM},
    };
    for (size_t i = 0; i < sizeof styles / sizeof styles[0]; i++)
        add(l, (cxlog_edit){.kind = CXLOG_EDIT_STYLE,
                            .area = {.tab = log,
                                     .row = 1,
                                     .column = styles[i].column,
                                     .columns = styles[i].columns},
                            .style = styles[i].style});
}

static void add_filter(layout *l)
{
    for (size_t i = 0; i < l->survey->count; i++) {
        if (l->survey->tabs[i].id == l->sync.log_tab && !l->survey->filtered[i])
            add(l, (cxlog_edit){.kind = CXLOG_EDIT_FILTER,
                                .area = {.tab = l->sync.log_tab,
                                         .columns = CXLOG_COLUMN_COUNT +
                                                    (int64_t)l->sync.fields.count}});
    }
}

/* ---- protections ---- */

static const cxlog_guard *find_guard(const cxlog_survey *survey, int32_t id)
{
    for (size_t i = 0; i < survey->guard_count; i++) {
        if (survey->guards[i].id == id)
            return &survey->guards[i];
    }
    return NULL;
}

static bool named(const char *const *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i], name) == 0)
            return true;
    }
    return false;
}

/* Editors that are there, and the leads who are not. *more: there is such a lead. */
static void join_editors(const layout *l, const cxlog_guard *guard,
                         const char *out[EDITORS_MAX + 1], bool *more)
{
    size_t count = 0;
    *more = false;
    for (; guard && guard->editors && guard->editors[count] && count < EDITORS_MAX;
         count++)
        out[count] = guard->editors[count];
    for (size_t i = 0; l->leads && l->leads[i] && count < EDITORS_MAX; i++) {
        if (named(out, count, l->leads[i]))
            continue;
        out[count++] = l->leads[i];
        *more = true;
    }
    out[count] = NULL;
}

static void add_guards(layout *l)
{
    const struct {
        int32_t id;
        cxlog_area area;
        const char *text;
    } guards[2] = {
        {CX_GUARD_HEADER,
         {.tab = l->sync.log_tab, .rows = 1},
         "cxlog: 머리글은 바꾸지 마세요"},
        {CX_GUARD_SCHEME,
         {.tab = l->sync.scheme_tab},
         "cxlog: 구분은 cxlog category add 로 바꿉니다"},
    };
    for (size_t i = 0; i < 2; i++) {
        const cxlog_guard *there = find_guard(l->survey, guards[i].id);
        bool more;
        join_editors(l, there, l->editors[i], &more);
        if (!there)
            add(l, (cxlog_edit){.kind = CXLOG_EDIT_GUARD,
                                .area = guards[i].area,
                                .id = guards[i].id,
                                .text = guards[i].text,
                                .texts = l->editors[i]});
        else if (more)
            add(l, (cxlog_edit){.kind = CXLOG_EDIT_EDITORS,
                                .id = guards[i].id,
                                .texts = l->editors[i]});
    }
}

/* ---- the whole ---- */

static cxlog_status gather(layout *l, cxlog_error *err)
{
    bool known = false;
    cxlog_status status = cx_choices_load(&l->choices, &l->sync, err);
    if (status == CXLOG_OK)
        status = cx_choices_known(&l->choices, &l->sync, &known, err);
    if (status != CXLOG_OK)
        return status;
    bool first = !find_guard(l->survey, CX_GUARD_HEADER);
    if (first) {
        add_looks(l);
        add_filter(l);
    }
    for (size_t i = 0; (first || !known) && i < l->choices.count; i++)
        add(l, l->choices.edits[i]);
    add_guards(l);
    return cx_effective_edits(&l->effective, &l->sync, l->survey, true, l->edits,
                              &l->count, err);
}

static void tell(const layout *l, cxlog_layout_result *result)
{
    const char *locale = l->survey->locale;
    const char *zone = l->survey->zone;
    (void)snprintf(result->zone, sizeof result->zone, "%.*s",
                   (int)cxlog_text_fit_bytes(zone, sizeof result->zone - 1), zone);
    (void)snprintf(result->locale, sizeof result->locale, "%.*s",
                   (int)cxlog_text_fit_bytes(locale, sizeof result->locale - 1), locale);
    result->zone_differs = strcmp(zone, l->sync.options->zone) != 0;
    result->locale_odd = strncmp(locale, "ko", 2) != 0 && strncmp(locale, "en", 2) != 0;
}

cxlog_status cxlog_layout_refresh(cxlog_store *store, cxlog_remote *remote,
                                  const cxlog_sync_options *options,
                                  const char *const *leads, cxlog_layout_result *result,
                                  cxlog_error *err)
{
    *result = (cxlog_layout_result){0};
    CXLOG_AUTO(layout) *l = calloc(1, sizeof *l);
    if (!l)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    l->sync = (cx_sync){.store = store, .remote = remote, .options = options};
    l->leads = leads;
    cxlog_answer answer = {.outcome = CXLOG_OUTCOME_UNKNOWN};
    cxlog_status status = cx_sync_begin(&l->sync, options->sheet_id, err);
    if (status == CXLOG_OK)
        status = remote->ops->survey(remote, &l->survey, err);
    if (status == CXLOG_OK)
        status = gather(l, err);
    if (status != CXLOG_OK)
        return status;
    tell(l, result);
    if (l->count == 0)
        return CXLOG_OK;
    status = remote->ops->edit(remote, l->edits, l->count, &answer, err);
    result->written = status == CXLOG_OK;
    return status ? status : cx_choices_shown(&l->choices, &l->sync, err);
}
