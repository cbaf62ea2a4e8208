#include "store/store_impl.h"

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

void cx_fact_of_entry(cx_fact *out, const cxlog_entry *entry, cxlog_wall at)
{
    *out = (cx_fact){.field = {"", ""}, .at = at, .hour = cxlog_second_of_day(at) / 3600};
    for (size_t i = 0; i < CXLOG_COLUMN_COUNT; i++)
        out->text[i] = or_empty(entry->text[i]);
}

void cx_fact_read(cx_fact *out, sqlite3_stmt *stmt)
{
    static const cxlog_column columns[] = {
        CXLOG_COL_CATEGORY, CXLOG_COL_DETAIL, CXLOG_COL_CHANNEL,
        CXLOG_COL_REGION,   CXLOG_COL_AGENT,  CXLOG_COL_SENTIMENT,
        CXLOG_COL_RESULT,   CXLOG_COL_TAGS,   CXLOG_COL_CUSTOMER,
    };
    cxlog_wall at = sqlite3_column_int64(stmt, 0);
    *out = (cx_fact){.field = {"", ""}, .at = at, .hour = cxlog_second_of_day(at) / 3600};
    for (size_t i = 0; i < CXLOG_COLUMN_COUNT; i++)
        out->text[i] = "";
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        out->text[columns[i]] = or_empty(cx_col_text(stmt, (int)i + 1));
}

typedef struct roll_key {
    const char *a, *b, *c;
} roll_key;

static const char *hour_text(int hour)
{
    static const char *const hours[] = {
        "00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11",
        "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23",
    };
    return hours[hour];
}

static roll_key key_of(const cx_fact *fact, cx_roll dim)
{
    switch (dim) {
    case CX_ROLL_SCHEME:
        return (roll_key){fact->text[CXLOG_COL_CATEGORY], fact->text[CXLOG_COL_DETAIL],
                          fact->text[CXLOG_COL_CHANNEL]};
    case CX_ROLL_REGION:
        return (roll_key){fact->text[CXLOG_COL_REGION], "", ""};
    case CX_ROLL_AGENT:
        return (roll_key){fact->text[CXLOG_COL_AGENT], "", ""};
    case CX_ROLL_SENTIMENT:
        return (roll_key){fact->text[CXLOG_COL_SENTIMENT], "", ""};
    case CX_ROLL_RESULT:
        return (roll_key){fact->text[CXLOG_COL_RESULT], "", ""};
    case CX_ROLL_HOUR:
        return (roll_key){hour_text(fact->hour), "", ""};
    case CX_ROLL_COUNT:
        break;
    }
    return (roll_key){"", "", ""};
}

static cxlog_status change_row(cxlog_store *store, int span, cxlog_day day, cx_roll dim,
                               roll_key key, int sign, cxlog_error *err)
{
    const cx_value args[] = {cx_i(span),  cx_i(day),   cx_i((int64_t)dim),
                             cx_t(key.a), cx_t(key.b), cx_t(key.c)};
    const size_t count = sizeof args / sizeof args[0];
    if (sign > 0)
        return cx_run(store, CX_SQL_ROLL_ADD, args, count, NULL, err);
    int changes = 0;
    cxlog_status status = cx_run(store, CX_SQL_ROLL_TAKE, args, count, &changes, err);
    if (!status && changes != 1)
        status = cxlog_fail(err, CXLOG_ERR_IO,
                            "the store's counts do not match its records: it is damaged;"
                            " nothing was saved");
    return status ? status : cx_run(store, CX_SQL_ROLL_SWEEP, args, count, NULL, err);
}

cxlog_status cx_roll_change(cxlog_store *store, const cx_fact *fact, int sign,
                            cxlog_error *err)
{
    cxlog_day day = cxlog_day_of(fact->at);
    cxlog_day month = cxlog_period_of(CXLOG_PERIOD_MONTH, day).from;
    cxlog_status status = CXLOG_OK;
    for (int dim = 0; !status && dim < CX_ROLL_COUNT; dim++) {
        roll_key key = key_of(fact, (cx_roll)dim);
        status = change_row(store, 0, day, (cx_roll)dim, key, sign, err);
        if (!status)
            status = change_row(store, 1, month, (cx_roll)dim, key, sign, err);
    }
    return status;
}
