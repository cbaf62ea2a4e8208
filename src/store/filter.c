#include "core/utf8.h"
#include "store/store_impl.h"

static bool one_of(const char *const *values, const char *text)
{
    for (; *values; values++) {
        if (strcmp(*values, text) == 0)
            return true;
    }
    return false;
}

/* "배송" takes every detail of it, "배송/" the ones without, "배송/해외" that one. */
static bool category_is(const char *const *values, const cx_fact *fact)
{
    const char *category = fact->text[CXLOG_COL_CATEGORY];
    size_t length = strlen(category);
    for (; *values; values++) {
        if (strcmp(*values, category) == 0)
            return true;
        if (strncmp(*values, category, length) == 0 && (*values)[length] == '/' &&
            strcmp(*values + length + 1, fact->text[CXLOG_COL_DETAIL]) == 0)
            return true;
    }
    return false;
}

static bool tag_is(const char *const *values, const char *tags)
{
    for (; *values; values++) {
        if (cx_tags_have(tags, *values))
            return true;
    }
    return false;
}

static bool has(const char *const *values, cxlog_column column, const cx_fact *fact)
{
    if (column == CXLOG_COL_CATEGORY)
        return category_is(values, fact);
    if (column == CXLOG_COL_TAGS)
        return tag_is(values, fact->text[CXLOG_COL_TAGS]);
    return one_of(values, fact->text[column]);
}

static bool picked(const char *const *only, const char *const *without,
                   cxlog_column column, const cx_fact *fact)
{
    return (!only || has(only, column, fact)) &&
           (!without || !has(without, column, fact));
}

static bool contains(const char *text, const char *part)
{
    for (; *text; text++) {
        size_t i = 0;
        while (part[i] && cx_lower(text[i]) == cx_lower(part[i]))
            i++;
        if (!part[i])
            return true;
    }
    return !*part;
}

bool cx_filter_pass(const cxlog_filter *filter, const cx_fact *fact)
{
    const cxlog_filter_values *only = &filter->only, *without = &filter->without;
    const char *const *text = fact->text;
    if (!picked(only->category, without->category, CXLOG_COL_CATEGORY, fact) ||
        !picked(only->channel, without->channel, CXLOG_COL_CHANNEL, fact) ||
        !picked(only->region, without->region, CXLOG_COL_REGION, fact) ||
        !picked(only->agent, without->agent, CXLOG_COL_AGENT, fact) ||
        !picked(only->sentiment, without->sentiment, CXLOG_COL_SENTIMENT, fact) ||
        !picked(only->result, without->result, CXLOG_COL_RESULT, fact) ||
        !picked(only->customer, without->customer, CXLOG_COL_CUSTOMER, fact) ||
        !picked(only->tag, without->tag, CXLOG_COL_TAGS, fact))
        return false;
    return !filter->grep || contains(text[CXLOG_COL_NOTE], filter->grep) ||
           contains(text[CXLOG_COL_HUNCH], filter->grep) ||
           contains(text[CXLOG_COL_CUSTOMER], filter->grep);
}
