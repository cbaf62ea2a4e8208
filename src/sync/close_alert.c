/*
 * close_alert.c - is a category, or everything, busier than it used to be?
 */
#include <stdio.h>

#include <cxlog/text.h>

#include <cxlog/close.h>

#define WEEKS_MAX 104
#define FACTOR_MAX 1000.0

static cxlog_status wrong(const char *text, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    return cxlog_fail(err, CXLOG_ERR_CONFIG,
                      "must be a factor and weeks, such as 1.5x12w: got %s",
                      cxlog_quote(quoted, text));
}

/* Digits with at most one point; no sign, exponent or locale. */
static const char *scan_factor(double *out, const char *text)
{
    double value = 0, part = 1;
    bool point = false, any = false;
    for (; (*text >= '0' && *text <= '9') || (*text == '.' && !point); text++) {
        if (*text == '.') {
            point = true;
            continue;
        }
        any = true;
        if (point)
            part /= 10;
        value = point ? value + part * (*text - '0') : value * 10 + (*text - '0');
        if (value > FACTOR_MAX)
            return NULL;
    }
    *out = value;
    return any ? text : NULL;
}

cxlog_status cxlog_alert_parse(cxlog_alert_rule *out, const char *text, cxlog_error *err)
{
    double factor = 0;
    const char *at = scan_factor(&factor, text);
    if (!at || *at != 'x' || factor <= 1.0)
        return wrong(text, err);
    int weeks = 0;
    for (at++; *at >= '0' && *at <= '9' && weeks <= WEEKS_MAX; at++)
        weeks = weeks * 10 + (*at - '0');
    if (weeks < 1 || weeks > WEEKS_MAX || at[0] != 'w' || at[1] != '\0')
        return wrong(text, err);
    out->factor = factor;
    out->weeks = weeks;
    return CXLOG_OK;
}

/* Records of days from..to: of a category, or all. */
static cxlog_status count(cxlog_store *store, const char *name, cxlog_day from,
                          cxlog_day to, int64_t *out, cxlog_error *err)
{
    const char *const categories[] = {name, NULL};
    cxlog_query query = {
        .period = {.kind = CXLOG_PERIOD_RANGE, .from = from, .to = to},
        .by = {{.kind = CXLOG_BY_CATEGORY}},
        .by_count = 1,
        .vs = CXLOG_VS_NONE,
    };
    if (strcmp(name, "total") != 0)
        query.filter.only.category = categories;
    CXLOG_AUTO(cxlog_totals) *totals = NULL;
    cxlog_status status = cxlog_store_totals(store, &query, &totals, err);
    *out = status == CXLOG_OK ? totals->total.count : 0;
    return status;
}

cxlog_status cxlog_alerts(cxlog_store *store, const cxlog_alert_rule *rules,
                          size_t rule_count, cxlog_day day,
                          cxlog_alert out[CXLOG_ALERTS_MAX], size_t *raised,
                          cxlog_error *err)
{
    *raised = 0;
    for (size_t i = 0; i < rule_count && *raised < CXLOG_ALERTS_MAX; i++) {
        int64_t now = 0, before = 0;
        cxlog_status status = count(store, rules[i].name, day - 6, day, &now, err);
        if (status == CXLOG_OK)
            status = count(store, rules[i].name, day - 6 - 7 * rules[i].weeks, day - 7,
                           &before, err);
        if (status != CXLOG_OK)
            return status;
        double usual = (double)before / rules[i].weeks;
        if (before == 0 || (double)now < rules[i].factor * usual)
            continue;
        cxlog_alert *alert = &out[(*raised)++];
        *alert = (cxlog_alert){.factor = rules[i].factor,
                               .ratio = (double)now / usual,
                               .weeks = rules[i].weeks,
                               .count = now};
        (void)snprintf(alert->name, sizeof alert->name, "%s", rules[i].name);
    }
    return CXLOG_OK;
}
