#include "cli/lead.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <cxlog/report.h>
#include <cxlog/text.h>
#include <cxlog/wall.h>

#define BOM "\xef\xbb\xbf"

cxlog_status cli_fields_of(cli_fields *out, const cxlog_scheme *scheme, cxlog_error *err)
{
    *out = (cli_fields){0};
    size_t count = cxlog_scheme_count(scheme);
    const char **names = calloc(count + 1, sizeof *names);
    if (!names)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    out->names = names;
    /* In order of creation, which is the order of their columns. */
    for (size_t i = 0; i < count; i++) {
        const cxlog_value *value = cxlog_scheme_at(scheme, i);
        if (value->dim == CXLOG_DIM_FIELD)
            names[out->count++] = value->name;
    }
    return CXLOG_OK;
}

void cli_fields_clear(cli_fields *fields)
{
    free(fields->names);
    *fields = (cli_fields){0};
}

/* "'=x" as logged must not come back as "=x": it gets an apostrophe of its own. */
static bool needs_apostrophe(const char *text)
{
    size_t marks = strspn(text, "'");
    return marks > 0 && cxlog_text_formula_like(text + marks);
}

const char *cli_csv_disarm(const char *cell)
{
    size_t marks = strspn(cell, "'");
    return marks > 0 && cxlog_text_formula_like(cell + marks) ? cell + 1 : cell;
}

static bool put_cell(FILE *stream, const char *text, bool first)
{
    CXLOG_AUTO_TEXT armed = NULL;
    if (needs_apostrophe(text)) {
        size_t size = strlen(text) + 2;
        armed = malloc(size);
        if (!armed)
            return false;
        (void)snprintf(armed, size, "'%s", text);
    }
    CXLOG_AUTO_TEXT cell = cxlog_csv_cell(armed ? armed : text);
    if (!cell)
        return false;
    return fprintf(stream, "%s%s", first ? "" : ",", cell) >= 0;
}

static const char *column_text(char buffer[CXLOG_WALL_TEXT], const cxlog_entry *entry,
                               cxlog_column column)
{
    cxlog_column_kind kind = cxlog_column_get(column)->kind;
    if (kind != CXLOG_KIND_TIME && kind != CXLOG_KIND_NUMBER)
        return cxlog_entry_text(entry, column);
    int64_t number = entry->number[column];
    if (number == CXLOG_BLANK)
        return "";
    if (kind == CXLOG_KIND_TIME)
        return cxlog_wall_text(buffer, number);
    (void)snprintf(buffer, CXLOG_WALL_TEXT, "%" PRId64, number);
    return buffer;
}

cxlog_status cli_csv_header(char **out, const cli_fields *fields, cxlog_error *err)
{
    *out = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(out, &size);
    if (!stream)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    bool good =
        fputs(BOM, stream) >= 0; /* without it Excel in Korea takes it for CP949 */
    for (int c = 0; good && c < CXLOG_COLUMN_COUNT; c++)
        good = put_cell(stream, cxlog_column_get((cxlog_column)c)->heading, c == 0);
    for (size_t i = 0; good && i < fields->count; i++)
        good = put_cell(stream, fields->names[i], false);
    good = good && fputs("\r\n", stream) >= 0;
    return cli_text_end(stream, out, good, err);
}

cxlog_status cli_csv_record(char **out, const cxlog_record *record,
                            const cli_fields *fields, cxlog_error *err)
{
    *out = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(out, &size);
    if (!stream)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    bool good = true;
    for (int c = 0; good && c < CXLOG_COLUMN_COUNT; c++) {
        char buffer[CXLOG_WALL_TEXT];
        good = put_cell(stream, column_text(buffer, &record->entry, (cxlog_column)c),
                        c == 0);
    }
    for (size_t i = 0; good && i < fields->count; i++)
        good =
            put_cell(stream, cxlog_entry_extra(&record->entry, fields->names[i]), false);
    good = good && fputs("\r\n", stream) >= 0;
    return cli_text_end(stream, out, good, err);
}
