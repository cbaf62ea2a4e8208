#include "cli/filter.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

/* The line's filters, as words and behind --not. */
typedef struct terms {
    cli_term *items;
    size_t count;
} terms;

static void terms_clear(terms *t)
{
    free(t->items);
}
CXLOG_AUTO_VALUE_DEFINE(terms, terms_clear);

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

void cli_filter_clear(cli_filter *filter)
{
    for (size_t i = 0; i < filter->owned_count; i++)
        free(filter->owned[i]);
    free(filter->owned);
    for (size_t i = 0; i < CLI_FILTERS; i++) {
        free(filter->lists[0][i]);
        free(filter->lists[1][i]);
    }
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

static cxlog_status read_value(char **out, const cli_filter_field *from,
                               const cxlog_scheme *scheme, const char *text,
                               cxlog_error *err)
{
    if (from->dim < 0)
        return as_stored(out, from->column, text, err);
    CXLOG_AUTO_TEXT clean = NULL;
    cxlog_status status =
        cxlog_text_clean(&clean, text, strlen(text), CXLOG_TEXT_LINE,
                         2 * CXLOG_NAME_MAX + 1, cxlog_by_word(from->by), err);
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

/* --not is there for scripts: its value has no dash. */
static cxlog_status read_not(cli_term *out, const char *value, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    if (value[0] == '-')
        return cxlog_fail(err, CXLOG_ERR_USAGE,
                          "--not leaves out by itself: no dash before %s",
                          cxlog_quote(quoted, value + 1));
    cxlog_status status = cli_term_read(out, value, err);
    out->without = true;
    return status;
}

static cxlog_status read_terms(terms *out, const cli_args *args, cxlog_error *err)
{
    out->items = calloc(args->term_count + args->given_count + 1, sizeof *out->items);
    if (!out->items)
        return no_memory(err);
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; status == CXLOG_OK && i < args->given_count; i++) {
        if (strcmp(args->given[i].option->name, "not") == 0)
            status = read_not(&out->items[out->count++], args->given[i].value, err);
    }
    for (size_t i = 0; status == CXLOG_OK && i < args->term_count; i++)
        status = cli_term_read(&out->items[out->count++], args->terms[i], err);
    return status;
}

/* What was typed for one field: by its option, then by words. *list NULL: nothing. */
static cxlog_status typed_values(const char ***list, const cli_args *args,
                                 const terms *words, size_t field, bool without,
                                 cxlog_error *err)
{
    size_t count = 0;
    const char *option = cxlog_by_word(cli_filter_fields[field].by);
    const char **all = calloc(args->given_count + words->count + 1, sizeof *all);
    *list = NULL;
    if (!all)
        return no_memory(err);
    for (size_t i = 0; !without && i < args->given_count; i++) {
        if (strcmp(args->given[i].option->name, option) == 0)
            all[count++] = args->given[i].value;
    }
    for (size_t i = 0; i < words->count; i++) {
        if (words->items[i].field == field && words->items[i].without == without)
            all[count++] = words->items[i].value;
    }
    if (count > 0)
        *list = all;
    else
        free(all);
    return CXLOG_OK;
}

static cxlog_status read_list(cli_filter *filter, size_t field, bool without,
                              const cli_args *args, const terms *words,
                              const cxlog_scheme *scheme, cxlog_error *err)
{
    const char ***list = &filter->lists[without][field];
    cxlog_status status = typed_values(list, args, words, field, without, err);
    for (size_t i = 0; status == CXLOG_OK && *list && (*list)[i]; i++) {
        char *value = NULL;
        status = read_value(&value, &cli_filter_fields[field], scheme, (*list)[i], err);
        if (status == CXLOG_OK)
            status = keep_take(filter, value, err);
        if (status == CXLOG_OK)
            (*list)[i] = value;
    }
    return status;
}

static cxlog_status read_grep(cli_filter *filter, const cli_args *args, cxlog_error *err)
{
    const char *grep = cli_args_get(args, "grep");
    char *text = NULL;
    if (!grep)
        return CXLOG_OK;
    cxlog_status status = cxlog_text_nfc(&text, grep, err);
    if (status == CXLOG_OK)
        status = keep_take(filter, text, err);
    if (status == CXLOG_OK)
        filter->filter.grep = text;
    return status;
}

/* The order of cli_filter_fields. */
static cxlog_filter_values values_of(const char **const *lists)
{
    return (cxlog_filter_values){
        .category = (const char *const *)lists[0],
        .channel = (const char *const *)lists[1],
        .region = (const char *const *)lists[2],
        .agent = (const char *const *)lists[3],
        .sentiment = (const char *const *)lists[4],
        .result = (const char *const *)lists[5],
        .tag = (const char *const *)lists[6],
        .customer = (const char *const *)lists[7],
    };
}

void cli_filter_lists(const char *const *out[CLI_FILTERS],
                      const cxlog_filter_values *values)
{
    const char *const *const lists[CLI_FILTERS] = {
        values->category,  values->channel, values->region, values->agent,
        values->sentiment, values->result,  values->tag,    values->customer};
    memcpy(out, lists, sizeof lists);
}

cxlog_status cli_filter_parse(cli_filter *out, const cli_args *args,
                              const cxlog_scheme *scheme, cxlog_error *err)
{
    *out = (cli_filter){0};
    CXLOG_AUTO_VALUE(cli_filter) filter = {0};
    CXLOG_AUTO_VALUE(terms) words = {0};
    cxlog_status status = read_terms(&words, args, err);
    for (size_t i = 0; status == CXLOG_OK && i < 2 * (size_t)CLI_FILTERS; i++)
        status = read_list(&filter, i % CLI_FILTERS, i >= CLI_FILTERS, args, &words,
                           scheme, err);
    if (status == CXLOG_OK)
        status = read_grep(&filter, args, err);
    if (status != CXLOG_OK)
        return status;
    filter.filter.only = values_of(filter.lists[0]);
    filter.filter.without = values_of(filter.lists[1]);
    *out = filter;
    filter = (cli_filter){0};
    return CXLOG_OK;
}
