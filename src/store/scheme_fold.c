#include "store/store_impl.h"

static cxlog_day day_of(sqlite3_stmt *stmt, int column)
{
    int64_t day = cx_col_number(stmt, column);
    return day == CXLOG_BLANK ? CXLOG_NO_DAY : (cxlog_day)day;
}

static int64_t day_value(cxlog_day day)
{
    return day == CXLOG_NO_DAY ? CXLOG_BLANK : day;
}

cxlog_status cx_event_read(cxlog_event *out, sqlite3_stmt *stmt, cxlog_error *err)
{
    cxlog_event_init(out);
    out->number = sqlite3_column_int64(stmt, 0);
    out->at = sqlite3_column_int64(stmt, 1);
    out->action = (cxlog_action)sqlite3_column_int(stmt, 3);
    out->dim = (cxlog_dim)sqlite3_column_int(stmt, 4);
    out->from = day_of(stmt, 8);
    const struct {
        char **text;
        int column;
    } texts[] = {
        {&out->author, 2}, {&out->name, 5},   {&out->parent, 6},
        {&out->code, 7},   {&out->target, 9}, {&out->reason, 10},
    };
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; !status && i < sizeof texts / sizeof texts[0]; i++)
        status = cx_col_copy(texts[i].text, stmt, texts[i].column, err);
    const char *chain = status ? NULL : cx_col_text(stmt, 11);
    if (chain && strlen(chain) == CXLOG_CHAIN_SIZE - 1)
        memcpy(out->chain, chain, CXLOG_CHAIN_SIZE);
    if (status)
        cxlog_event_clear(out);
    return status;
}

cxlog_status cx_scheme_fold(cxlog_scheme **out, cxlog_store *store, int64_t number,
                            cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    bool row = false;
    cxlog_status status = cxlog_scheme_new(&scheme, err);
    if (!status)
        status = cx_open(&stmt, store, CX_SQL_EVENT_RANGE, CX_ARGS(cx_i(1), cx_i(number)),
                         err);
    if (!status)
        status = cx_next(store, stmt, &row, err);
    while (!status && row) {
        CXLOG_AUTO_VALUE(cxlog_event) event;
        status = cx_event_read(&event, stmt, err);
        if (!status)
            status = cxlog_scheme_apply(scheme, &event, err);
        if (!status)
            status = cx_next(store, stmt, &row, err);
    }
    if (!status)
        *out = CXLOG_TAKE(scheme);
    return status;
}

static cxlog_status write_value(cxlog_store *store, int64_t num, const cxlog_value *value,
                                cxlog_error *err)
{
    cxlog_status status =
        cx_run(store, CX_SQL_VALUE_INSERT,
               CX_ARGS(cx_i(num), cx_i((int64_t)value->dim), cx_t(value->name),
                       cx_t(value->parent), cx_t(value->code), cx_i(value->added_by),
                       cx_i(day_value(value->from)), cx_i(day_value(value->retired_from)),
                       cx_t(value->successor), cx_i(value->retired_by),
                       cx_i((int64_t)value->retired_how), cx_t(value->kind),
                       cx_i(value->column)),
               NULL, err);
    char *const *alias = value->aliases;
    for (int64_t i = 0; !status && alias && alias[i]; i++)
        status = cx_run(store, CX_SQL_ALIAS_INSERT,
                        CX_ARGS(cx_i(num), cx_i(i), cx_t(alias[i])), NULL, err);
    return status;
}

/* The state is small, so it is written anew: one way to be right. */
cxlog_status cx_scheme_refold(cxlog_store *store, cxlog_error *err)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    cxlog_status status = cx_scheme_fold(&scheme, store, INT64_MAX, err);
    if (!status)
        status = cx_run(store, CX_SQL_ALIAS_CLEAR, CX_NO_ARGS, NULL, err);
    if (!status)
        status = cx_run(store, CX_SQL_VALUE_CLEAR, CX_NO_ARGS, NULL, err);
    for (size_t i = 0; !status && i < cxlog_scheme_count(scheme); i++)
        status = write_value(store, (int64_t)i + 1, cxlog_scheme_at(scheme, i), err);
    return status;
}

static void free_aliases(char **aliases)
{
    for (size_t i = 0; aliases && aliases[i]; i++)
        free(aliases[i]);
    free(aliases);
}

typedef char *aliases;
CXLOG_AUTO_DEFINE(aliases, free_aliases);

static cxlog_status read_aliases(char ***out, cxlog_store *store, int64_t num,
                                 cxlog_error *err)
{
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    bool row = false;
    size_t count = 0;
    cxlog_status status = cx_open(&stmt, store, CX_SQL_ALIAS_OF, CX_ARGS(cx_i(num)), err);
    if (!status)
        status = cx_next(store, stmt, &row, err);
    while (!status && row) {
        char **grown = realloc(*out, (count + 2) * sizeof *grown);
        if (!grown)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        *out = grown;
        grown[count] = grown[count + 1] = NULL;
        status = cx_col_copy(&grown[count++], stmt, 0, err);
        if (!status)
            status = cx_next(store, stmt, &row, err);
    }
    return status;
}

/* cxlog_scheme_put() copies what it gets, so the row's own texts do; a cxlog_value's
 * members are not const. */
static char *borrow(sqlite3_stmt *stmt, int column)
{
    return (char *)(uintptr_t)cx_col_text(stmt, column);
}

static cxlog_status put_value(cxlog_scheme *scheme, cxlog_store *store,
                              sqlite3_stmt *stmt, cxlog_error *err)
{
    cxlog_value value = {
        .dim = (cxlog_dim)sqlite3_column_int(stmt, 1),
        .name = borrow(stmt, 2),
        .parent = borrow(stmt, 3),
        .code = borrow(stmt, 4),
        .added_by = sqlite3_column_int64(stmt, 5),
        .from = day_of(stmt, 6),
        .retired_from = day_of(stmt, 7),
        .successor = borrow(stmt, 8),
        .retired_by = sqlite3_column_int64(stmt, 9),
        .retired_how = (cxlog_action)sqlite3_column_int(stmt, 10),
        .kind = borrow(stmt, 11),
        .column = sqlite3_column_int(stmt, 12),
    };
    if (!value.name || !value.parent || !value.code || !value.successor || !value.kind)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    CXLOG_AUTO(aliases) *found = NULL;
    cxlog_status status = CXLOG_OK;
    if (sqlite3_column_int(stmt, 13))
        status = read_aliases(&found, store, sqlite3_column_int64(stmt, 0), err);
    value.aliases = found;
    return status ? status : cxlog_scheme_put(scheme, &value, err);
}

static cxlog_status put_all(cxlog_scheme *scheme, cxlog_store *store, cx_sql which,
                            const cx_value *args, size_t count, cxlog_error *err)
{
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    bool row = false;
    cxlog_status status = cx_open(&stmt, store, which, args, count, err);
    if (!status)
        status = cx_next(store, stmt, &row, err);
    while (!status && row) {
        status = put_value(scheme, store, stmt, err);
        if (!status)
            status = cx_next(store, stmt, &row, err);
    }
    return status;
}

cxlog_status cx_scheme_read(cxlog_scheme **out, cxlog_store *store, cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    int64_t version = 0;
    cxlog_status status = cxlog_scheme_new(&scheme, err);
    if (!status)
        status = cx_number(&version, store, CX_SQL_EVENT_UP_TO, CX_ARGS(cx_i(INT64_MAX)),
                           0, err);
    if (!status)
        status = put_all(scheme, store, CX_SQL_VALUE_ALL, CX_NO_ARGS, err);
    if (status)
        return status;
    cxlog_scheme_set_version(scheme, version);
    *out = CXLOG_TAKE(scheme);
    return CXLOG_OK;
}

cxlog_status cxlog_store_scheme(cxlog_store *store, cxlog_scheme **out, cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    cxlog_status status = cx_tx_read(&tx, store, err);
    return status ? status : cx_scheme_read(out, store, err);
}

/* *num 0: no category has exactly this word, or it shares its details with another name.
 */
static cxlog_status find_word(cxlog_store *store, const char *word, int64_t *num,
                              char **name, cxlog_error *err)
{
    CXLOG_AUTO(cx_reading) *stmt = NULL;
    bool row = false;
    *num = 0;
    cxlog_status status =
        cx_open(&stmt, store, CX_SQL_VALUE_WORD, CX_ARGS(cx_t(word)), err);
    if (!status)
        status = cx_next(store, stmt, &row, err);
    if (status || !row || sqlite3_column_int(stmt, 2))
        return status;
    *num = sqlite3_column_int64(stmt, 0);
    return cx_col_copy(name, stmt, 1, err);
}

cxlog_status cxlog_store_scheme_for(cxlog_store *store, const char *category,
                                    bool details, cxlog_scheme **out, cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO_VALUE(cx_tx) tx = {0};
    CXLOG_AUTO_TEXT name = NULL;
    int64_t num = 0;
    cxlog_status status = cx_tx_read(&tx, store, err);
    if (!status)
        status = find_word(store, category, &num, &name, err);
    if (status || num == 0)
        return status;
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    status = cxlog_scheme_new(&scheme, err);
    if (!status)
        status = put_all(scheme, store, CX_SQL_VALUE_SOME,
                         CX_ARGS(cx_i(num), cx_t(details ? name : "")), err);
    if (!status)
        *out = CXLOG_TAKE(scheme);
    return status;
}

cxlog_status cxlog_store_scheme_at(cxlog_store *store, int64_t number, cxlog_scheme **out,
                                   cxlog_error *err)
{
    return cx_scheme_fold(out, store, number, err);
}
