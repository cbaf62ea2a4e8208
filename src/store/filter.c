#include "core/utf8.h"
#include "store/store_impl.h"

static bool one_of(const char *const *values, const char *text)
{
    if (!values)
        return true;
    for (; *values; values++) {
        if (strcmp(*values, text) == 0)
            return true;
    }
    return false;
}

/* "배송" takes every detail of it, "배송/" the ones without, "배송/해외" that one. */
static bool category_is(const char *const *values, const cx_fact *fact)
{
    if (!values)
        return true;
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
    if (!values)
        return true;
    for (; *values; values++) {
        if (cx_tags_have(tags, *values))
            return true;
    }
    return false;
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
    const char *const *text = fact->text;
    if (!category_is(filter->category, fact) ||
        !one_of(filter->channel, text[CXLOG_COL_CHANNEL]) ||
        !one_of(filter->region, text[CXLOG_COL_REGION]) ||
        !one_of(filter->agent, text[CXLOG_COL_AGENT]) ||
        !one_of(filter->sentiment, text[CXLOG_COL_SENTIMENT]) ||
        !one_of(filter->result, text[CXLOG_COL_RESULT]) ||
        !one_of(filter->customer, text[CXLOG_COL_CUSTOMER]) ||
        !tag_is(filter->tag, text[CXLOG_COL_TAGS]))
        return false;
    return !filter->grep || contains(text[CXLOG_COL_NOTE], filter->grep) ||
           contains(text[CXLOG_COL_HUNCH], filter->grep) ||
           contains(text[CXLOG_COL_CUSTOMER], filter->grep);
}
