#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

#define LISTS (sizeof((cli_filter *)0)->lists / sizeof((cli_filter *)0)->lists[0])

/* One filter option: where its values go and how they are read. */
typedef struct source {
    const char *option;
    cxlog_column column;
    int dim; /* cxlog_dim, or -1: not a name of the scheme */
} source;

static const source sources[LISTS] = {
    {"category", CXLOG_COL_CATEGORY, CXLOG_DIM_CATEGORY},
    {"channel", CXLOG_COL_CHANNEL, CXLOG_DIM_CHANNEL},
    {"region", CXLOG_COL_REGION, CXLOG_DIM_REGION},
    {"agent", CXLOG_COL_AGENT, -1},
    {"sentiment", CXLOG_COL_SENTIMENT, -1},
    {"result", CXLOG_COL_RESULT, -1},
    {"tag", CXLOG_COL_TAGS, -1},
    {"customer", CXLOG_COL_CUSTOMER, -1},
};

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

void cli_filter_clear(cli_filter *filter)
{
    for (size_t i = 0; i < filter->owned_count; i++)
        free(filter->owned[i]);
    free(filter->owned);
    for (size_t i = 0; i < LISTS; i++)
        free(filter->lists[i]);
    *filter = (cli_filter){0};
}

/* The text is the filter's from here on, whatever happens. */
static cxlog_status keep_take(cli_filter *filter, char *text, cxlog_error *err)
{
    char **longer =
        realloc(filter->owned, (filter->owned_count + 1) * sizeof *filter->owned);
    if (!longer) {
        free(text);
        return no_memory(err);
    }
    filter->owned = longer;
    longer[filter->owned_count++] = text;
    return CXLOG_OK;
}

/* A name that was retired is still the name of old records: its very spelling finds it.
 */
static cxlog_status resolve(const cxlog_scheme *scheme, cxlog_dim dim, const char *parent,
                            const char *typed, const char **name, cxlog_error *err)
{
    const cxlog_value *value = cxlog_scheme_get(scheme, dim, parent, typed);
    if (!value) {
        cxlog_day today = cxlog_day_of(cxlog_wall_now());
        cxlog_status status =
            cxlog_scheme_resolve(scheme, dim, parent, typed, today, &value, err);
        if (status != CXLOG_OK)
            return status;
    }
    *name = value->name;
    return CXLOG_OK;
}

/* "배송", "배송/해외", "배송/" (those without a detail); in each part a name, alias or
 * code. */
static cxlog_status resolve_category(char **out, const cxlog_scheme *scheme, char *typed,
                                     cxlog_error *err)
{
    char *slash = strchr(typed, '/');
    if (slash)
        *slash = '\0';
    const char *category = NULL;
    const char *detail = "";
    cxlog_status status = resolve(scheme, CXLOG_DIM_CATEGORY, "", typed, &category, err);
    if (status == CXLOG_OK && slash && slash[1] != '\0')
        status = resolve(scheme, CXLOG_DIM_CATEGORY, category, slash + 1, &detail, err);
    if (status != CXLOG_OK)
        return status;
    size_t size = strlen(category) + strlen(detail) + 2;
    char *path = malloc(size);
    if (!path)
        return no_memory(err);
    (void)snprintf(path, size, "%s%s%s", category, slash ? "/" : "", detail);
    *out = path;
    return CXLOG_OK;
}

static cxlog_status copy(char **out, const char *text, cxlog_error *err)
{
    *out = strdup(text);
    return *out ? CXLOG_OK : no_memory(err);
}

/* What the column would hold after the same text was logged: NFC, trimmed, a choice in
 * full. */
static cxlog_status as_stored(char **out, cxlog_column column, const char *text,
                              cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    cxlog_status status = cxlog_entry_set(&entry, column, text, err);
    return status == CXLOG_OK ? copy(out, cxlog_entry_text(&entry, column), err) : status;
}

static cxlog_status read_value(char **out, const source *from, const cxlog_scheme *scheme,
                               const char *text, cxlog_error *err)
{
    if (from->dim < 0)
        return as_stored(out, from->column, text, err);
    CXLOG_AUTO_TEXT clean = NULL;
    cxlog_status status = cxlog_text_clean(&clean, text, strlen(text), CXLOG_TEXT_LINE,
                                           2 * CXLOG_NAME_MAX + 1, from->option, err);
    if (status != CXLOG_OK)
        return status;
    if (clean[0] == '\0')
        return copy(out, clean, err);
    if (from->dim == CXLOG_DIM_CATEGORY)
        return resolve_category(out, scheme, clean, err);
    const char *name = NULL;
    status = resolve(scheme, (cxlog_dim)from->dim, "", clean, &name, err);
    return status == CXLOG_OK ? copy(out, name, err) : status;
}

static cxlog_status read_list(cli_filter *filter, size_t index, const cli_args *args,
                              const cxlog_scheme *scheme, cxlog_error *err)
{
    cxlog_status status =
        cli_args_all(args, sources[index].option, &filter->lists[index], err);
    const char **list = filter->lists[index];
    for (size_t i = 0; status == CXLOG_OK && list && list[i]; i++) {
        char *value = NULL;
        status = read_value(&value, &sources[index], scheme, list[i], err);
        if (status == CXLOG_OK)
            status = keep_take(filter, value, err);
        if (status == CXLOG_OK)
            list[i] = value;
    }
    return status;
}

cxlog_status cli_filter_parse(cli_filter *out, const cli_args *args,
                              const cxlog_scheme *scheme, cxlog_error *err)
{
    *out = (cli_filter){0};
    CXLOG_AUTO_VALUE(cli_filter) filter = {0};
    for (size_t i = 0; i < LISTS; i++) {
        cxlog_status status = read_list(&filter, i, args, scheme, err);
        if (status != CXLOG_OK)
            return status;
    }
    const char *const *const lists[LISTS] = {
        filter.lists[0], filter.lists[1], filter.lists[2], filter.lists[3],
        filter.lists[4], filter.lists[5], filter.lists[6], filter.lists[7]};
    filter.filter = (cxlog_filter){
        .category = lists[0],
        .channel = lists[1],
        .region = lists[2],
        .agent = lists[3],
        .sentiment = lists[4],
        .result = lists[5],
        .tag = lists[6],
        .customer = lists[7],
    };
    const char *grep = cli_args_get(args, "grep");
    if (grep) {
        char *text = NULL;
        cxlog_status status = cxlog_text_nfc(&text, grep, err);
        if (status == CXLOG_OK)
            status = keep_take(&filter, text, err);
        if (status != CXLOG_OK)
            return status;
        filter.filter.grep = text;
    }
    *out = filter;
    filter = (cli_filter){0};
    return CXLOG_OK;
}
