/*
 * totals.h - what is counted, and the answer with its basis.
 *
 * Only effective records count (the last correction of each group; voids out), each once.
 * A total is a function of the set of records: integers, no order, no floating point.
 */
#ifndef CXLOG_TOTALS_H
#define CXLOG_TOTALS_H

#include <stdbool.h>

#include <cxlog/auto.h>
#include <cxlog/entry.h>
#include <cxlog/period.h>
#include <cxlog/scheme.h>

CXLOG_BEGIN_DECLS

/* enum name, English word (JSON "by"), Korean word */
#define CXLOG_BYS(X)                                                                     \
    X(CATEGORY, "category", "구분")                                                      \
    X(DETAIL, "detail", "세부")                                                          \
    X(CHANNEL, "channel", "채널")                                                        \
    X(REGION, "region", "지역")                                                          \
    X(AGENT, "agent", "담당")                                                            \
    X(SENTIMENT, "sentiment", "의견")                                                    \
    X(RESULT, "result", "결과")                                                          \
    X(TAG, "tag", "태그")                                                                \
    X(CUSTOMER, "customer", "고객")                                                      \
    X(WEEKDAY, "weekday", "요일")                                                        \
    X(HOUR, "hour", "시간")                                                              \
    X(DAY, "day", "일")                                                                  \
    X(WEEK, "week", "주")                                                                \
    X(MONTH, "month", "월")                                                              \
    X(QUARTER, "quarter", "분기")                                                        \
    X(HALF, "half", "반기")                                                              \
    X(YEAR, "year", "연")                                                                \
    X(FIELD, "field", "필드")

typedef enum cxlog_by_kind {
#define X(name, word, korean) CXLOG_BY_##name,
    CXLOG_BYS(X)
#undef X
        CXLOG_BY_KIND_COUNT
} cxlog_by_kind;

#define CXLOG_BY_FIELD_SIZE (4 * CXLOG_NAME_MAX + 1)
/* A dimension; FIELD carries the team field's name. */
typedef struct cxlog_by {
    cxlog_by_kind kind;
    char field[CXLOG_BY_FIELD_SIZE];
} cxlog_by;

/* "category", "구분", "field:등급"… Errors: ERR_VALUE with the near ones. */
CXLOG_MUST_USE cxlog_status cxlog_by_parse(cxlog_by *out, const char *word,
                                           cxlog_error *err);
const char *cxlog_by_word(cxlog_by_kind kind); /* never translated */
const char *cxlog_by_korean(cxlog_by_kind kind);
/* Does the dimension have an order of its own (weekday, hour, day … year)? Then rows
 * stand in that order. */
bool cxlog_by_ordered(cxlog_by_kind kind);

/* Values by what they are values of. Every member NULL or NULL-terminated: alternatives;
 * exact names as stored ("" matches blank), resolved by the caller; category may be
 * "배송/해외". */
typedef struct cxlog_filter_values {
    const char *const *category, *const *channel, *const *region, *const *agent;
    const char *const *sentiment, *const *result, *const *tag, *const *customer;
} cxlog_filter_values;

/* Which records: those that have one of the values of every member of `only`, and none of
 * `without`. */
typedef struct cxlog_filter {
    cxlog_filter_values only, without;
    const char *grep; /* substring of note, hunch or customer, ASCII case ignored; NULL:
                         no filter */
} cxlog_filter;

typedef enum cxlog_vs { CXLOG_VS_PREVIOUS, CXLOG_VS_YEAR, CXLOG_VS_NONE } cxlog_vs;

#define CXLOG_BY_MAX 2

typedef struct cxlog_query {
    cxlog_period period;
    cxlog_by by[CXLOG_BY_MAX];
    size_t by_count; /* 1 or 2 */
    cxlog_vs vs;
    const cxlog_period *against; /* unless VS_NONE: compared with this, whatever vs says;
                                    NULL: as vs says. Borrowed */
    bool mapped;        /* category and channel and region through rename, merge, split */
    bool no_cumulative; /* cumulative stays 0: it may cost a reading of the whole year */
    cxlog_filter filter;
} cxlog_query;

/* Key texts are owned; blank values have key "". previous is CXLOG_BLANK under VS_NONE.
 */
typedef struct cxlog_total_row {
    char *key[CXLOG_BY_MAX];
    int64_t count, previous, cumulative;
    int folded; /* how many rows a --top fold put together; 0 for an ordinary row */
    int64_t group_count, group_cumulative; /* place of its first key's rows;
                                              cxlog_totals_sort() sets and uses them */
} cxlog_total_row;

/* What the numbers stand on. Counts of records of this store that touch the period asked
 * for (cumulative included). */
typedef struct cxlog_basis {
    char zone[64];
    char last_sync[CXLOG_WALL_TEXT]; /* ISO 8601, "" never */
    bool sheet; /* is a sheet set up? The caller knows, and sets it */
    int64_t pending, sent, unknown, quarantined;
    int64_t foreign;   /* rows of the sheet that look like contacts but have no ID, or
                        * cannot be read, with a date that touches the   period (one that
                        * has   none touches every period) */
    int64_t duplicate; /* rows of an ID already counted (whole sheet) */
    int64_t edited;    /* records whose row says something else than their checksum */
    int64_t missing;   /* whole sheet, as last seen */
    int64_t scheme_version;
} cxlog_basis;

typedef struct cxlog_totals {
    cxlog_period period, previous; /* previous: undefined under VS_NONE */
    cxlog_by by[CXLOG_BY_MAX];
    size_t by_count;
    cxlog_total_row
        *rows; /* every key with a count, previous or cumulative that is not 0 */
    size_t row_count;
    cxlog_total_row
        total; /* keys NULL. Not the sum of rows for TAG: a record counts once */
    cxlog_basis basis;
} cxlog_totals;

void cxlog_totals_free(cxlog_totals *totals); /* clears and frees the struct itself */
CXLOG_AUTO_DEFINE(cxlog_totals, cxlog_totals_free);

/* Order: ordered dimensions by themselves; else by count, cumulative (descending), then
 * key (bytes). With two dimensions: by the first's totals, then the second. Needs no
 * memory. */
void cxlog_totals_sort(cxlog_totals *totals);

/* Keep the first `top` keys of the first dimension, fold the rest into one row a second
 * key, `folded` set, first key "". Errors: ERR_NOMEM */
CXLOG_MUST_USE cxlog_status cxlog_totals_fold(cxlog_totals *totals, size_t top,
                                              cxlog_error *err);

CXLOG_END_DECLS

#endif
