#include "cli/form.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

#include "cli/entry_values.h"

#define NOTE_MARK "내용:"

static const cxlog_column fields[] = {
    CXLOG_COL_CONTACTED_AT, CXLOG_COL_CATEGORY,  CXLOG_COL_CHANNEL, CXLOG_COL_CUSTOMER,
    CXLOG_COL_REGION,       CXLOG_COL_SENTIMENT, CXLOG_COL_RESULT,  CXLOG_COL_HANDLE_S,
    CXLOG_COL_WAIT_S,       CXLOG_COL_CSAT,      CXLOG_COL_NPS,     CXLOG_COL_CES,
    CXLOG_COL_TAGS,         CXLOG_COL_LINK,      CXLOG_COL_HUNCH};
#define FIELDS (sizeof fields / sizeof fields[0])

/* 처리(초) is typed as a duration here. */
static const char *heading(cxlog_column column)
{
    return column == CXLOG_COL_HANDLE_S ? "처리"
           : column == CXLOG_COL_WAIT_S ? "대기"
                                        : cxlog_column_get(column)->heading;
}

/* The team fields that have a line: those in use on the entry's day, and what else the
 * entry bears. Borrowed from both. */
typedef struct team_fields {
    const char **name; /* owned array */
    size_t count;
} team_fields;

static void team_fields_clear(team_fields *team)
{
    free(team->name);
}
CXLOG_AUTO_VALUE_DEFINE(team_fields, team_fields_clear);

static void add_name(team_fields *team, const char *name)
{
    for (size_t i = 0; i < team->count; i++) {
        if (strcmp(team->name[i], name) == 0)
            return;
    }
    team->name[team->count++] = name;
}

static cxlog_status team_fields_of(team_fields *team, const cxlog_entry *entry,
                                   const cxlog_scheme *scheme, cxlog_error *err)
{
    size_t values = cxlog_scheme_count(scheme);
    cxlog_day day = cxlog_day_of(entry->number[CXLOG_COL_CONTACTED_AT]);
    team->name = calloc(values + entry->extra_count + 1, sizeof *team->name);
    if (!team->name)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    for (size_t i = 0; i < values; i++) {
        const cxlog_value *value = cxlog_scheme_at(scheme, i);
        if (value->dim == CXLOG_DIM_FIELD && cxlog_value_in_use(value, day))
            add_name(team, value->name);
    }
    for (size_t i = 0; i < entry->extra_count; i++)
        add_name(team, entry->extra[i].name);
    return CXLOG_OK;
}

/* ---- writing ---- */

static void put_duration(FILE *stream, int64_t seconds)
{
    if (seconds % 60 == 0)
        (void)fprintf(stream, "%lld분", (long long)seconds / 60);
    else
        (void)fprintf(stream, "%lld초", (long long)seconds);
}

static cxlog_status put_field(FILE *stream, const cxlog_entry *entry, cxlog_column column,
                              cxlog_error *err)
{
    char time[CXLOG_WALL_TEXT];
    int64_t number = entry->number[column];
    CXLOG_AUTO_TEXT category = NULL;
    CXLOG_AUTO_TEXT safe = NULL;
    (void)fprintf(stream, "%s: ", heading(column));
    if (column == CXLOG_COL_CATEGORY) {
        cxlog_status status = cli_category_text(&category, entry, err);
        if (status != CXLOG_OK)
            return status;
        (void)fputs(category, stream);
    } else if (column == CXLOG_COL_CONTACTED_AT) {
        if (number != CXLOG_BLANK)
            (void)fputs(cxlog_wall_text(time, number), stream);
    } else if (column == CXLOG_COL_HANDLE_S || column == CXLOG_COL_WAIT_S) {
        if (number != CXLOG_BLANK)
            put_duration(stream, number);
    } else if (cxlog_column_get(column)->kind == CXLOG_KIND_NUMBER) {
        if (number != CXLOG_BLANK)
            (void)fprintf(stream, "%lld", (long long)number);
    } else {
        safe = cxlog_text_escape(cxlog_entry_text(entry, column), true);
        (void)fputs(safe ? safe : "", stream);
    }
    (void)fputc('\n', stream);
    return CXLOG_OK;
}

static void put_extra(FILE *stream, const cxlog_entry *entry, const char *name)
{
    CXLOG_AUTO_TEXT safe = cxlog_text_escape(cxlog_entry_extra(entry, name), true);
    (void)fprintf(stream, "%s: %s\n", name, safe ? safe : "");
}

cxlog_status cli_form_text(char **out, const cxlog_entry *entry,
                           const cxlog_scheme *scheme, cxlog_error *err)
{
    *out = NULL;
    size_t size = 0;
    CXLOG_AUTO_VALUE(team_fields) team = {0};
    cxlog_status status = team_fields_of(&team, entry, scheme, err);
    if (status != CXLOG_OK)
        return status;
    FILE *stream = open_memstream(out, &size);
    if (!stream)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    (void)fprintf(stream, "# %s\n",
                  _("Save and close to record it. Lines that begin with "
                    "# are left out. The note is all that stands below."));
    for (size_t i = 0; status == CXLOG_OK && i < FIELDS; i++)
        status = put_field(stream, entry, fields[i], err);
    for (size_t i = 0; i < team.count; i++)
        put_extra(stream, entry, team.name[i]);
    (void)fprintf(stream, "%s\n%s", NOTE_MARK, cxlog_entry_text(entry, CXLOG_COL_NOTE));
    (void)fputc('\n', stream);
    cxlog_status ended = cli_text_end(stream, out, status == CXLOG_OK, err);
    return status == CXLOG_OK ? ended : status;
}

/* ---- reading ---- */

/* The values of a text, each a copy; NULL: the field has no line. */
typedef struct values {
    const team_fields *team;
    char *field[FIELDS];
    char **extra; /* in the order of team; owned */
    char *note;
} values;

static void values_clear(values *v)
{
    for (size_t i = 0; i < FIELDS; i++)
        free(v->field[i]);
    for (size_t i = 0; v->extra && i < v->team->count; i++)
        free(v->extra[i]);
    free(v->extra);
    free(v->note);
}
CXLOG_AUTO_VALUE_DEFINE(values, values_clear);

static bool begins_field(const char *line, size_t length, const char *name, size_t *value)
{
    size_t bytes = strlen(name);
    if (length <= bytes || strncmp(line, name, bytes) != 0 || line[bytes] != ':')
        return false;
    *value = bytes + 1 + strspn(line + bytes + 1, " \t");
    return true;
}

/* Where the value of the line belongs; NULL: it is no field. */
static char **place_of(values *v, const char *line, size_t length, size_t *value)
{
    for (size_t i = 0; i < FIELDS; i++) {
        if (begins_field(line, length, heading(fields[i]), value))
            return &v->field[i];
    }
    for (size_t i = 0; i < v->team->count; i++) {
        if (begins_field(line, length, v->team->name[i], value))
            return &v->extra[i];
    }
    return NULL;
}

static cxlog_status take_line(values *v, const char *line, size_t length, int number,
                              cxlog_error *err)
{
    while (length > 0 && strchr(" \t\r", line[length - 1]))
        length--;
    if (length == 0 || line[0] == '#')
        return CXLOG_OK;
    size_t value;
    char **place = place_of(v, line, length, &value);
    if (place) {
        free(*place);
        *place = strndup(line + value, value < length ? length - value : 0);
        return *place ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    }
    CXLOG_AUTO_TEXT copy = strndup(line, length);
    char quoted[CXLOG_QUOTE_MAX];
    return cxlog_fail(err, CXLOG_ERR_VALUE, "line %d is no field: %s", number,
                      cxlog_quote(quoted, copy ? copy : ""));
}

static cxlog_status split(values *v, const team_fields *team, const char *text,
                          cxlog_error *err)
{
    cxlog_status status = cli_text_check(text, "the text", err);
    v->team = team;
    v->extra = calloc(team->count + 1, sizeof *v->extra);
    if (!v->extra)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    for (int number = 1; status == CXLOG_OK && *text != '\0'; number++) {
        size_t length = strcspn(text, "\n");
        if (strncmp(text, NOTE_MARK, sizeof NOTE_MARK - 1) == 0) {
            const char *note = text + sizeof NOTE_MARK - 1;
            v->note = strdup(note + strspn(note, " \t\r\n"));
            return v->note ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        }
        status = take_line(v, text, length, number, err);
        text += length + (text[length] == '\n');
    }
    return status;
}

static cxlog_status set_field(cxlog_entry *entry, const cli_ctx *ctx,
                              const cxlog_scheme *scheme, cxlog_column column,
                              const char *value, cxlog_error *err)
{
    if (column == CXLOG_COL_CONTACTED_AT)
        return cli_set_at(entry, value, ctx->now, err);
    if (column == CXLOG_COL_CATEGORY)
        return cli_set_category(entry, scheme, value, err);
    if (column == CXLOG_COL_CHANNEL || column == CXLOG_COL_REGION)
        return cli_set_named(entry, column, scheme, value, err);
    if (column == CXLOG_COL_HANDLE_S || column == CXLOG_COL_WAIT_S)
        return cli_set_duration(entry, column, value, err);
    return cxlog_entry_set(entry, column, value, err);
}

static bool differs(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") != 0;
}

cxlog_status cli_form_read(cxlog_entry *entry, const cli_ctx *ctx,
                           const cxlog_scheme *scheme, const char *before,
                           const char *after, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(team_fields) team = {0};
    CXLOG_AUTO_VALUE(values) old = {0};
    CXLOG_AUTO_VALUE(values) new = {0};
    cxlog_status status = team_fields_of(&team, entry, scheme, err);
    if (status == CXLOG_OK)
        status = split(&old, &team, before, err);
    if (status == CXLOG_OK)
        status = split(&new, &team, after, err);
    for (size_t i = 0; status == CXLOG_OK && i < FIELDS; i++) {
        const char *value = new.field[i] ? new.field[i] : "";
        if (!differs(old.field[i], value))
            continue;
        status = set_field(entry, ctx, scheme, fields[i], value, err);
        if (status != CXLOG_OK)
            return cxlog_wrap(err, "%s", heading(fields[i]));
    }
    for (size_t i = 0; status == CXLOG_OK && i < team.count; i++) {
        if (differs(old.extra[i], new.extra[i]))
            status = cli_set_field(entry, scheme, team.name[i],
                                   new.extra[i] ? new.extra[i] : "", err);
    }
    if (status == CXLOG_OK && differs(old.note, new.note))
        status = cxlog_entry_set(entry, CXLOG_COL_NOTE, new.note ? new.note : "", err);
    return status;
}
