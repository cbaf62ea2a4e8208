/*
 * header.c - the first rows of the tabs against the contract: nothing is written to a
 * sheet whose columns are not where they belong.
 */
#include <stdio.h>

#include <cxlog/text.h>

#include "sync/sync_impl.h"

void cx_sync_fields_clear(cx_fields *fields)
{
    for (size_t i = 0; i < fields->count; i++)
        free(fields->names[i]);
    free(fields->names);
    *fields = (cx_fields){0};
}
CXLOG_AUTO_VALUE_DEFINE(cx_fields, cx_sync_fields_clear);

/* A column has one field for ever: no rule renames it. */
static const cxlog_value *field_of(const cxlog_scheme *scheme, int column)
{
    for (size_t i = 0; i < cxlog_scheme_count(scheme); i++) {
        const cxlog_value *value = cxlog_scheme_at(scheme, i);
        if (value->dim == CXLOG_DIM_FIELD && value->column == column)
            return value;
    }
    return NULL;
}

cxlog_status cx_sync_fields_of(cx_fields *out, const cxlog_scheme *scheme,
                               cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_fields) fields = {0};
    for (;;) {
        const cxlog_value *value =
            field_of(scheme, CXLOG_COLUMN_COUNT + (int)fields.count);
        if (!value)
            break;
        char **grown = realloc(fields.names, (fields.count + 1) * sizeof *grown);
        if (!grown)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        fields.names = grown;
        char *name = strdup(value->name);
        if (!name)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        fields.names[fields.count++] = name;
    }
    cx_sync_fields_clear(out);
    out->count = fields.count;
    out->names = CXLOG_TAKE(fields.names);
    fields.count = 0;
    return CXLOG_OK;
}

cxlog_status cx_sync_fields_load(cx_sync *sync, cxlog_error *err)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    cxlog_status status = cxlog_store_scheme(sync->store, &scheme, err);
    return status ? status : cx_sync_fields_of(&sync->fields, scheme, err);
}

static const char *cell(char *const *header, size_t count, size_t index)
{
    return index < count && header[index] ? header[index] : "";
}

/* A, B, … Z, AA, AB, … */
static const char *column_letters(char buffer[8], size_t index)
{
    char *place = buffer + 7;
    *place = '\0';
    for (size_t rest = index + 1; rest > 0 && place > buffer; rest = (rest - 1) / 26)
        *--place = (char)('A' + (rest - 1) % 26);
    return place;
}

static cxlog_status differs(const char *tab, size_t index, const char *expected,
                            const char *found, cxlog_error *err)
{
    char letters[8];
    char want[CXLOG_QUOTE_MAX];
    char got[CXLOG_QUOTE_MAX];
    return cxlog_fail(
        err, CXLOG_ERR_SHEET,
        "column %s of tab %s: expected the heading %s, found %s; nothing was written",
        column_letters(letters, index), tab, cxlog_quote(want, expected),
        cxlog_quote(got, found));
}

cxlog_status cx_sync_header_check(char *const *header, size_t count,
                                  const cx_fields *fields, cxlog_error *err)
{
    for (size_t i = 0; i < (size_t)CXLOG_COLUMN_COUNT + fields->count; i++) {
        const char *expected = i < CXLOG_COLUMN_COUNT
                                   ? cxlog_column_get((cxlog_column)i)->heading
                                   : fields->names[i - CXLOG_COLUMN_COUNT];
        const char *found = cell(header, count, i);
        if (strcmp(expected, found) != 0)
            return differs(CXLOG_TAB_LOG, i, expected, found, err);
    }
    return CXLOG_OK;
}

cxlog_status cx_sync_scheme_header_check(char *const *header, size_t count,
                                         cxlog_error *err)
{
    for (size_t i = 0; i < CXLOG_EVENT_COLUMNS; i++) {
        const char *expected = cxlog_event_headings()[i];
        const char *found = cell(header, count, i);
        if (strcmp(expected, found) != 0)
            return differs(CXLOG_TAB_SCHEME, i, expected, found, err);
    }
    return CXLOG_OK;
}

cxlog_status cx_sync_header_room(char *const *header, size_t header_count, size_t first,
                                 size_t count, cxlog_error *err)
{
    for (size_t i = first; i < first + count; i++) {
        const char *found = cell(header, header_count, i);
        if (*found == '\0')
            continue;
        char letters[8];
        char quoted[CXLOG_QUOTE_MAX];
        return cxlog_fail(err, CXLOG_ERR_SHEET,
                          "column %s of tab %s, where the new field would go, is taken "
                          "by %s: move it further right",
                          column_letters(letters, i), CXLOG_TAB_LOG,
                          cxlog_quote(quoted, found));
    }
    return CXLOG_OK;
}
