#include <stdio.h>

#include "store/store_impl.h"

static const char *made(char buffer[CX_KEY_MAX], int length)
{
    if (length < 0 || length >= CX_KEY_MAX)
        buffer[0] = '\0';
    return buffer;
}

/* A period kind fits into its label, the label into the key. */
static const char *label(char buffer[CX_KEY_MAX], cxlog_period_kind kind,
                         const cx_fact *fact)
{
    return cxlog_period_label(buffer, kind, cxlog_day_of(fact->at));
}

const char *cx_key_text(char buffer[CX_KEY_MAX], const cxlog_query *query, size_t dim,
                        const cx_fact *fact)
{
    switch (query->by[dim].kind) {
    case CXLOG_BY_CATEGORY:
        return fact->text[CXLOG_COL_CATEGORY];
    case CXLOG_BY_CHANNEL:
        return fact->text[CXLOG_COL_CHANNEL];
    case CXLOG_BY_REGION:
        return fact->text[CXLOG_COL_REGION];
    case CXLOG_BY_AGENT:
        return fact->text[CXLOG_COL_AGENT];
    case CXLOG_BY_SENTIMENT:
        return fact->text[CXLOG_COL_SENTIMENT];
    case CXLOG_BY_RESULT:
        return fact->text[CXLOG_COL_RESULT];
    case CXLOG_BY_CUSTOMER:
        return fact->text[CXLOG_COL_CUSTOMER];
    case CXLOG_BY_FIELD:
        return fact->field[dim];
    case CXLOG_BY_WEEKDAY:
        return made(buffer, snprintf(buffer, CX_KEY_MAX, "%d",
                                     cxlog_day_weekday(cxlog_day_of(fact->at)) + 1));
    case CXLOG_BY_HOUR:
        return made(buffer, snprintf(buffer, CX_KEY_MAX, "%02d", fact->hour));
    case CXLOG_BY_DAY:
        return label(buffer, CXLOG_PERIOD_DAY, fact);
    case CXLOG_BY_WEEK:
        return label(buffer, CXLOG_PERIOD_WEEK, fact);
    case CXLOG_BY_MONTH:
        return label(buffer, CXLOG_PERIOD_MONTH, fact);
    case CXLOG_BY_QUARTER:
        return label(buffer, CXLOG_PERIOD_QUARTER, fact);
    case CXLOG_BY_HALF:
        return label(buffer, CXLOG_PERIOD_HALF, fact);
    case CXLOG_BY_YEAR:
        return label(buffer, CXLOG_PERIOD_YEAR, fact);
    case CXLOG_BY_DETAIL:
    case CXLOG_BY_TAG:
    case CXLOG_BY_KIND_COUNT:
        break;
    }
    return "";
}

enum { NO_NEED = -1, NO_ROLL = -2 };

static int need_of_by(cxlog_by_kind kind)
{
    switch (kind) {
    case CXLOG_BY_CATEGORY:
    case CXLOG_BY_DETAIL:
    case CXLOG_BY_CHANNEL:
        return CX_ROLL_SCHEME;
    case CXLOG_BY_REGION:
        return CX_ROLL_REGION;
    case CXLOG_BY_AGENT:
        return CX_ROLL_AGENT;
    case CXLOG_BY_SENTIMENT:
        return CX_ROLL_SENTIMENT;
    case CXLOG_BY_RESULT:
        return CX_ROLL_RESULT;
    case CXLOG_BY_HOUR:
        return CX_ROLL_HOUR;
    case CXLOG_BY_WEEKDAY:
    case CXLOG_BY_DAY:
    case CXLOG_BY_WEEK:
    case CXLOG_BY_MONTH:
    case CXLOG_BY_QUARTER:
    case CXLOG_BY_HALF:
    case CXLOG_BY_YEAR:
        return NO_NEED;
    case CXLOG_BY_TAG:
    case CXLOG_BY_CUSTOMER:
    case CXLOG_BY_FIELD:
    case CXLOG_BY_KIND_COUNT:
        break;
    }
    return NO_ROLL;
}

/* One rollup for both needs. */
static int join(int have, int need)
{
    if (need == NO_NEED || need == have)
        return have;
    return have == NO_NEED ? need : NO_ROLL;
}

static int need_of_filter(int roll, const cxlog_filter *filter)
{
    const cxlog_filter_values *only = &filter->only, *without = &filter->without;
    if (only->category || only->channel || without->category || without->channel)
        roll = join(roll, CX_ROLL_SCHEME);
    if (only->region || without->region)
        roll = join(roll, CX_ROLL_REGION);
    if (only->agent || without->agent)
        roll = join(roll, CX_ROLL_AGENT);
    if (only->sentiment || without->sentiment)
        roll = join(roll, CX_ROLL_SENTIMENT);
    if (only->result || without->result)
        roll = join(roll, CX_ROLL_RESULT);
    if (only->tag || without->tag || only->customer || without->customer || filter->grep)
        roll = NO_ROLL;
    return roll;
}

int cx_roll_for(const cxlog_query *query)
{
    int roll = NO_NEED;
    for (size_t i = 0; i < query->by_count; i++)
        roll = join(roll, need_of_by(query->by[i].kind));
    roll = need_of_filter(roll, &query->filter);
    /* Every rollup counts every record once: for times alone the one with the fewest rows
     * serves. */
    return roll == NO_NEED ? CX_ROLL_SENTIMENT : roll == NO_ROLL ? -1 : roll;
}

bool cx_roll_by_day(const cxlog_query *query)
{
    for (size_t i = 0; i < query->by_count; i++) {
        cxlog_by_kind kind = query->by[i].kind;
        if (kind == CXLOG_BY_DAY || kind == CXLOG_BY_WEEK || kind == CXLOG_BY_WEEKDAY)
            return true;
    }
    return false;
}
