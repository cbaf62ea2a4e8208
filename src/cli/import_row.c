#include "cli/import.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>
#include <cxlog/wall.h>

#include "cli/entry_values.h"
#include "cli/lead.h"

const char *cli_import_cell(const cli_import_map *map, const cli_csv_row *row, int column)
{
    if (column < 0)
        return "";
    return map->own ? cli_csv_disarm(row->cells[column]) : row->cells[column];
}

static const char *text_of(const cli_import_rules *rules, const cli_csv_row *row,
                           cxlog_column column)
{
    return cli_import_cell(rules->map, row, rules->map->column[column]);
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

static cxlog_status check_shape(const cli_import_rules *rules, const cli_csv_row *row,
                                cxlog_error *err)
{
    if (row->trouble)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "%s", row->trouble);
    if (row->count != rules->map->width)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "has %zu cells, the header has %zu",
                          row->count, rules->map->width);
    for (size_t i = 0; i < row->count; i++) {
        int64_t bad = cxlog_text_invalid_at(row->cells[i], row->lengths[i]);
        if (bad >= 0)
            return cxlog_fail(err, CXLOG_ERR_VALUE,
                              "cell %zu is not UTF-8 text at byte %lld", i + 1,
                              (long long)bad);
    }
    return CXLOG_OK;
}

static cxlog_status set_times(cxlog_entry *entry, const cli_import_rules *rules,
                              const cli_csv_row *row, cxlog_error *err)
{
    static const cxlog_column columns[] = {CXLOG_COL_CONTACTED_AT, CXLOG_COL_LOGGED_AT};
    entry->number[CXLOG_COL_LOGGED_AT] = rules->now;
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        const char *text = text_of(rules, row, columns[i]);
        if (is_blank(text))
            continue; /* without contacted_at the check below speaks */
        cxlog_status status = cxlog_wall_parse_as(&entry->number[columns[i]], text,
                                                  rules->date_format, err);
        if (status != CXLOG_OK) {
            (void)cxlog_wrap(err, "%s", cxlog_column_get(columns[i])->field);
            return status;
        }
    }
    return CXLOG_OK;
}

/* Everything but times, names of the scheme, and what is made from the rest. */
static cxlog_status set_texts(cxlog_entry *entry, const cli_import_rules *rules,
                              const cli_csv_row *row, cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    for (int c = 0; status == CXLOG_OK && c < CXLOG_COLUMN_COUNT; c++) {
        cxlog_column column = (cxlog_column)c;
        cxlog_column_kind kind = cxlog_column_get(column)->kind;
        if (rules->map->column[c] < 0 || kind == CXLOG_KIND_TIME ||
            kind == CXLOG_KIND_SCHEME || column == CXLOG_COL_CHECKSUM)
            continue;
        status = cxlog_entry_set(entry, column, text_of(rules, row, column), err);
    }
    if (status == CXLOG_OK && cxlog_entry_text(entry, CXLOG_COL_AGENT)[0] == '\0')
        status = cxlog_entry_set(entry, CXLOG_COL_AGENT, rules->agent, err);
    for (size_t i = 0; status == CXLOG_OK && i < rules->map->field_count; i++) {
        int cell = rules->map->field_columns[i];
        const char *text = cli_import_cell(rules->map, row, cell);
        if (!is_blank(text))
            status = cli_set_field(entry, rules->names->scheme,
                                   rules->map->field_names[i], text, err);
    }
    return status;
}

static cxlog_status set_id(cxlog_entry *entry, const cli_import_rules *rules,
                           const cli_csv_row *row, cxlog_error *err)
{
    char id[CXLOG_ID_SIZE];
    char quoted[CXLOG_QUOTE_MAX];
    if (rules->map->column[CXLOG_COL_ID] >= 0) {
        const char *given = cxlog_entry_text(entry, CXLOG_COL_ID);
        if (cxlog_id_valid(given))
            return CXLOG_OK;
        return cxlog_fail(err, CXLOG_ERR_VALUE, "%s is no record ID",
                          cxlog_quote(quoted, given));
    }
    const char *key = cli_import_cell(rules->map, row, rules->map->key);
    if (is_blank(key))
        return cxlog_fail(err, CXLOG_ERR_VALUE, "its key is blank");
    cxlog_wall at = entry->number[CXLOG_COL_CONTACTED_AT];
    if (at == CXLOG_BLANK)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "contacted_at is blank");
    cxlog_status status = cxlog_id_derive(id, at, rules->source, key, err);
    return status == CXLOG_OK ? cxlog_entry_set(entry, CXLOG_COL_ID, id, err) : status;
}

static const struct {
    cxlog_column column;
    cxlog_dim dim;
} named[] = {
    {CXLOG_COL_CATEGORY, CXLOG_DIM_CATEGORY},
    {CXLOG_COL_DETAIL, CXLOG_DIM_CATEGORY}, /* after its category */
    {CXLOG_COL_CHANNEL, CXLOG_DIM_CHANNEL},
    {CXLOG_COL_REGION, CXLOG_DIM_REGION},
};

/* As typed, but clean: so the whole row is checked before any of its names goes into the
 * scheme. */
static cxlog_status set_names(cxlog_entry *entry, const cli_import_rules *rules,
                              const cli_csv_row *row, cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; status == CXLOG_OK && i < sizeof named / sizeof named[0]; i++) {
        CXLOG_AUTO_TEXT name = NULL;
        const char *field = cxlog_column_get(named[i].column)->field;
        status = cli_import_name(&name, text_of(rules, row, named[i].column), field, err);
        if (status == CXLOG_OK)
            status = cxlog_entry_set(entry, named[i].column, name, err);
    }
    return status;
}

static cxlog_status resolve_names(cxlog_entry *entry, const cli_import_rules *rules,
                                  cxlog_error *err)
{
    cxlog_day day = cxlog_day_of(entry->number[CXLOG_COL_CONTACTED_AT]);
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; status == CXLOG_OK && i < sizeof named / sizeof named[0]; i++) {
        const char *name = cxlog_entry_text(entry, named[i].column);
        bool detail = named[i].column == CXLOG_COL_DETAIL;
        const char *parent = detail ? cxlog_entry_text(entry, CXLOG_COL_CATEGORY) : "";
        if (name[0] == '\0')
            continue;
        status =
            cli_import_resolve(rules->names, named[i].dim, parent, name, day, &name, err);
        if (status == CXLOG_OK)
            status = cxlog_entry_set(entry, named[i].column, name, err);
    }
    return status;
}

cxlog_status cli_import_entry(cxlog_entry *out, const cli_import_rules *rules,
                              const cli_csv_row *row, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    cxlog_status status = check_shape(rules, row, err);
    if (status == CXLOG_OK)
        status = set_times(&entry, rules, row, err);
    if (status == CXLOG_OK)
        status = set_texts(&entry, rules, row, err);
    if (status == CXLOG_OK)
        status = set_id(&entry, rules, row, err);
    if (status == CXLOG_OK)
        status = set_names(&entry, rules, row, err);
    if (status == CXLOG_OK)
        status = cxlog_entry_check(&entry, rules->now, err);
    if (status == CXLOG_OK)
        status = resolve_names(&entry, rules, err);
    if (status == CXLOG_OK)
        status = cxlog_entry_seal(&entry, err);
    if (status != CXLOG_OK)
        return status;
    *out = entry;
    cxlog_entry_init(&entry);
    return CXLOG_OK;
}
