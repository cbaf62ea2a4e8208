#include "cli/import.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cxlog/text.h>

#define FIELD_PREFIX "field:"

typedef struct mapper {
    cli_import_map *map;
    char *const *header;
    size_t count;
    const cxlog_scheme *scheme;
} mapper;

void cli_import_map_clear(cli_import_map *map)
{
    for (size_t i = 0; i < map->field_count; i++)
        free(map->field_names[i]);
    free(map->field_names);
    free(map->field_columns);
    *map = (cli_import_map){0};
}

static cxlog_status no_column(const mapper *m, const char *name, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    cxlog_status status = cxlog_fail(err, CXLOG_ERR_VALUE, "the file has no column %s",
                                     cxlog_quote(quoted, name));
    for (size_t i = 0; i < m->count; i++)
        cxlog_suggest(err, m->header[i]);
    return status;
}

/* By its very name, else with ASCII case ignored; a name that stands twice is no name. */
static cxlog_status find_column(int *out, const mapper *m, const char *name,
                                cxlog_error *err)
{
    int (*const compare[])(const char *, const char *) = {strcmp, strcasecmp};
    char quoted[CXLOG_QUOTE_MAX];
    for (size_t way = 0; way < 2; way++) {
        int found = -1;
        for (size_t i = 0; i < m->count; i++) {
            if (compare[way](m->header[i], name) != 0)
                continue;
            if (found >= 0)
                return cxlog_fail(err, CXLOG_ERR_VALUE,
                                  "the file has two columns %s: rename one",
                                  cxlog_quote(quoted, name));
            found = (int)i;
        }
        if (found >= 0) {
            *out = found;
            return CXLOG_OK;
        }
    }
    return no_column(m, name, err);
}

static cxlog_status add_field(const mapper *m, const char *name, int column,
                              cxlog_error *err)
{
    const cxlog_value *value = cxlog_scheme_get(m->scheme, CXLOG_DIM_FIELD, "", name);
    char quoted[CXLOG_QUOTE_MAX];
    cli_import_map *map = m->map;
    if (!value)
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "there is no team field %s: cxlog field add makes one",
                          cxlog_quote(quoted, name));
    for (size_t i = 0; i < map->field_count; i++) {
        if (strcmp(map->field_names[i], value->name) == 0)
            return cxlog_fail(err, CXLOG_ERR_USAGE, "--map names field %s twice",
                              cxlog_quote(quoted, name));
    }
    char **names =
        realloc(map->field_names, (map->field_count + 1) * sizeof *map->field_names);
    if (names)
        map->field_names = names;
    int *columns =
        realloc(map->field_columns, (map->field_count + 1) * sizeof *map->field_columns);
    if (columns)
        map->field_columns = columns;
    char *own = strdup(value->name);
    if (!names || !columns || !own) {
        free(own);
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    }
    names[map->field_count] = own;
    columns[map->field_count++] = column;
    return CXLOG_OK;
}

/* ---- --map ---- */

static cxlog_status unknown_field(const char *field, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    cxlog_status status =
        cxlog_fail(err, CXLOG_ERR_USAGE, "--map: a record has no field %s",
                   cxlog_quote(quoted, field));
    for (int c = 0; c < CXLOG_COLUMN_COUNT; c++) {
        const char *name = cxlog_column_get((cxlog_column)c)->field;
        if (strlen(field) < 64 && cxlog_key_distance(field, name, 2) <= 2)
            cxlog_suggest(err, name);
    }
    return status;
}

static cxlog_status map_pair(const mapper *m, char *pair, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    char *equals = strchr(pair, '=');
    if (!equals || equals == pair || equals[1] == '\0')
        return cxlog_fail(err, CXLOG_ERR_USAGE, "--map is field=Column,…: got %s",
                          cxlog_quote(quoted, pair));
    *equals = '\0';
    int cell = -1;
    cxlog_status status = find_column(&cell, m, equals + 1, err);
    if (strncmp(pair, FIELD_PREFIX, strlen(FIELD_PREFIX)) == 0)
        return status == CXLOG_OK ? add_field(m, pair + strlen(FIELD_PREFIX), cell, err)
                                  : status;
    int column = cxlog_column_find(pair);
    if (column < 0 || column == CXLOG_COL_CHECKSUM) {
        cxlog_error_clear(err);
        return unknown_field(pair, err);
    }
    if (status == CXLOG_OK && m->map->column[column] >= 0)
        return cxlog_fail(err, CXLOG_ERR_USAGE, "--map names %s twice",
                          cxlog_quote(quoted, pair));
    if (status == CXLOG_OK)
        m->map->column[column] = cell;
    return status;
}

/* A comma ends a pair only when another pair follows: names of columns may hold commas.
 */
static char *pair_end(char *pair)
{
    for (char *comma = strchr(pair, ','); comma; comma = strchr(comma + 1, ',')) {
        size_t next = strcspn(comma + 1, ",=");
        if (comma[1 + next] == '=')
            return comma;
    }
    return NULL;
}

static cxlog_status map_spec(const mapper *m, const char *spec, cxlog_error *err)
{
    CXLOG_AUTO_TEXT text = NULL;
    cxlog_status status = cxlog_text_clean(&text, spec, strlen(spec), CXLOG_TEXT_LINE,
                                           100000, "--map", err);
    char *pair = text;
    while (status == CXLOG_OK && pair) {
        char *end = pair_end(pair);
        if (end)
            *end = '\0';
        status = map_pair(m, pair + strspn(pair, " "), err);
        pair = end ? end + 1 : NULL;
    }
    return status;
}

/* ---- our own headings ---- */

/* Index of the column with that very field name or heading; -1. */
static int own_column(const char *heading)
{
    for (int c = 0; c < CXLOG_COLUMN_COUNT; c++) {
        const cxlog_column_info *info = cxlog_column_get((cxlog_column)c);
        if (strcmp(info->field, heading) == 0 || strcmp(info->heading, heading) == 0)
            return c;
    }
    return -1;
}

static cxlog_status map_own(const mapper *m, cxlog_error *err)
{
    m->map->own = true;
    for (size_t i = 0; i < m->count; i++) {
        char quoted[CXLOG_QUOTE_MAX];
        int column = own_column(m->header[i]);
        cxlog_status status = CXLOG_OK;
        if (column >= 0 && m->map->column[column] >= 0)
            status = cxlog_fail(err, CXLOG_ERR_VALUE,
                                "the file has two columns %s: rename one",
                                cxlog_quote(quoted, m->header[i]));
        else if (column >= 0)
            m->map->column[column] = (int)i;
        else if (cxlog_scheme_get(m->scheme, CXLOG_DIM_FIELD, "", m->header[i]))
            status = add_field(m, m->header[i], (int)i, err);
        if (status != CXLOG_OK)
            return status;
    }
    return CXLOG_OK;
}

static cxlog_status check_needed(const cli_import_map *map, const char *const *specs,
                                 cxlog_error *err)
{
    static const cxlog_column needed[] = {CXLOG_COL_CONTACTED_AT, CXLOG_COL_CATEGORY};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        const char *field = cxlog_column_get(needed[i])->field;
        if (map->column[needed[i]] >= 0)
            continue;
        if (specs)
            return cxlog_fail(err, CXLOG_ERR_USAGE, "--map must say where %s comes from",
                              field);
        return cxlog_fail(err, CXLOG_ERR_USAGE,
                          "the file has no column %s: say --map 'field=Column,…'", field);
    }
    return CXLOG_OK;
}

cxlog_status cli_import_map_make(cli_import_map *out, const char *const *specs,
                                 const char *key, char *const *header, size_t count,
                                 const cxlog_scheme *scheme, cxlog_error *err)
{
    *out = (cli_import_map){0};
    CXLOG_AUTO_VALUE(cli_import_map) map = {.key = -1, .width = count};
    for (int c = 0; c < CXLOG_COLUMN_COUNT; c++)
        map.column[c] = -1;
    const mapper m = {.map = &map, .header = header, .count = count, .scheme = scheme};
    cxlog_status status = specs ? CXLOG_OK : map_own(&m, err);
    for (size_t i = 0; status == CXLOG_OK && specs && specs[i]; i++)
        status = map_spec(&m, specs[i], err);
    if (status == CXLOG_OK)
        status = check_needed(&map, specs, err);
    if (status == CXLOG_OK && key)
        status = find_column(&map.key, &m, key, err);
    if (status != CXLOG_OK)
        return status;
    *out = map;
    map = (cli_import_map){0};
    return CXLOG_OK;
}
