#include "store/store_impl.h"

#include <cxlog/text.h>

#define ENDING_MIN 4

static cxlog_status none(const char *reference, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    return cxlog_fail(err, CXLOG_ERR_VALUE, "there is no record %s in this store",
                      cxlog_quote(quoted, reference));
}

static cxlog_status read_one(cxlog_record *out, bool *found, cxlog_store *store,
                             cx_sql which, const cx_value *args, size_t count,
                             cxlog_error *err)
{
    *found = false;
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    cxlog_status status = cx_open(&stmt, store, which, args, count, err);
    if (!status)
        status = cx_next(store, stmt, found, err);
    if (status || !*found)
        return status;
    return cx_record_read(out, store, stmt, err);
}

static cxlog_status by_number(cxlog_record *out, cxlog_store *store,
                              const char *reference, cxlog_error *err)
{
    int64_t number = 0;
    const char *p = reference + 1;
    for (; *p >= '0' && *p <= '9' && number < INT64_MAX / 100; p++)
        number = number * 10 + (*p - '0');
    if (*p || p == reference + 1)
        return none(reference, err);
    bool found = false;
    cxlog_status status =
        read_one(out, &found, store, CX_SQL_RECORD_BY_NUM, CX_ARGS(cx_i(number)), err);
    return status || found ? status : none(reference, err);
}

/* Upper case; false when it is no ending of a ULID. */
static bool ending_of(char out[CXLOG_ID_SIZE], const char *reference)
{
    size_t length = strlen(reference);
    if (length < ENDING_MIN || length > CXLOG_ID_LENGTH)
        return false;
    for (size_t i = 0; i < length; i++) {
        char c = reference[i];
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if (!strchr("0123456789ABCDEFGHJKMNPQRSTVWXYZ", c))
            return false;
        out[i] = c;
    }
    out[length] = '\0';
    return true;
}

/* Endings that several records have: *count of them, the IDs in candidates, newest first.
 */
static cxlog_status by_ending(char candidates[][CXLOG_ID_SIZE], size_t *count,
                              cxlog_store *store, const char *ending, cxlog_error *err)
{
    *count = 0;
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    cxlog_status status =
        cx_open(&stmt, store, CX_SQL_RECORD_ENDING,
                CX_ARGS(cx_t(ending), cx_i(CXLOG_SUGGESTIONS_MAX)), err);
    bool row = false;
    if (!status)
        status = cx_next(store, stmt, &row, err);
    while (!status && row && *count < CXLOG_SUGGESTIONS_MAX) {
        const char *id = cx_col_text(stmt, 0);
        if (!id || strlen(id) != CXLOG_ID_LENGTH)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        memcpy(candidates[(*count)++], id, CXLOG_ID_SIZE);
        status = cx_next(store, stmt, &row, err);
    }
    return status;
}

cxlog_status cxlog_store_find(cxlog_store *store, const char *reference,
                              cxlog_record *out, cxlog_error *err)
{
    if (reference[0] == '#')
        return by_number(out, store, reference, err);
    char ending[CXLOG_ID_SIZE];
    if (!ending_of(ending, reference))
        return none(reference, err);
    bool found = false;
    if (strlen(ending) == CXLOG_ID_LENGTH) {
        cxlog_status status = cx_record_by_id(out, &found, store, ending, err);
        return status || found ? status : none(reference, err);
    }
    char candidates[CXLOG_SUGGESTIONS_MAX][CXLOG_ID_SIZE];
    size_t count = 0;
    cxlog_status status = by_ending(candidates, &count, store, ending, err);
    if (status)
        return status;
    if (count == 1)
        return cx_record_by_id(out, &found, store, candidates[0], err);
    if (count == 0)
        return none(reference, err);
    char quoted[CXLOG_QUOTE_MAX];
    status =
        cxlog_fail(err, CXLOG_ERR_VALUE, "several records end in %s: give more of the ID",
                   cxlog_quote(quoted, reference));
    for (size_t i = 0; i < count; i++)
        cxlog_suggest(err, candidates[i]);
    return status;
}

cxlog_status cxlog_store_last_of(cxlog_store *store, const char *agent, cxlog_day day,
                                 int64_t before, bool effective, cxlog_record *out,
                                 bool *found, cxlog_error *err)
{
    const cxlog_wall start = (cxlog_wall)day * 86400;
    cxlog_record_clear(out);
    return read_one(out, found, store, CX_SQL_RECORD_LAST_OF,
                    CX_ARGS(cx_t(agent), cx_i(start), cx_i(start + 86400),
                            cx_i(before > 0 ? before : INT64_MAX), cx_i(effective)),
                    err);
}
