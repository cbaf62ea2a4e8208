#include <string.h>

#include <cxlog/text.h>

#include "google/cells.h"

/* Google gives an error value as this text under every way of reading. */
static bool error_like(const char *text)
{
    static const char *const errors[] = {"#REF!",   "#N/A",   "#VALUE!",   "#DIV/0!",
                                         "#NAME?",  "#NUM!",  "#NULL!",    "#ERROR!",
                                         "#SPILL!", "#CALC!", "Loading..."};
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        if (strcmp(text, errors[i]) == 0)
            return true;
    }
    return false;
}

/* NFC text of a cell; NULL for blank. */
static cxlog_status take_text(char **out, const json_t *cell, bool *errors,
                              cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO_TEXT text = cx_cell_text(cell);
    if (!text)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    if (text[0] == '\0')
        return CXLOG_OK;
    *errors = *errors || error_like(text);
    return cxlog_text_nfc(out, text, err);
}

static bool take_number(int64_t *out, const json_t *cell, cxlog_column column)
{
    int64_t least = column == CXLOG_COL_CSAT || column == CXLOG_COL_CES ? 1 : 0;
    int64_t number = CXLOG_BLANK;
    if (!cx_cell_number(&number, cell))
        return false;
    bool good = number == CXLOG_BLANK ||
                (number >= least && number <= cxlog_column_get(column)->bound);
    *out = good ? number : CXLOG_BLANK;
    return good;
}

static cxlog_status take_columns(cxlog_seen_row *out, const json_t *row, bool *errors,
                                 cxlog_error *err)
{
    for (int c = 0; c < CXLOG_COLUMN_COUNT; c++) {
        const cxlog_column column = (cxlog_column)c;
        const json_t *cell = json_array_get(row, (size_t)c);
        cxlog_column_kind kind = cxlog_column_get(column)->kind;
        bool good = true;
        cxlog_status status = CXLOG_OK;
        if (kind == CXLOG_KIND_TIME)
            good = cx_cell_time(&out->entry.number[c], cell);
        else if (kind == CXLOG_KIND_NUMBER)
            good = take_number(&out->entry.number[c], cell, column);
        else
            status = take_text(&out->entry.text[c], cell, errors, err);
        if (status != CXLOG_OK)
            return status;
        out->readable = out->readable && good;
    }
    return CXLOG_OK;
}

static cxlog_status put_extra(cxlog_entry *entry, const char *name, char *value_take,
                              cxlog_error *err)
{
    size_t at = 0;
    cxlog_extra *grown =
        realloc(entry->extra, (entry->extra_count + 1) * sizeof *entry->extra);
    if (grown)
        entry->extra = grown;
    char *copy = grown ? strdup(name) : NULL;
    if (!copy) {
        free(value_take);
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    }
    while (at < entry->extra_count && strcmp(entry->extra[at].name, name) < 0)
        at++;
    memmove(&grown[at + 1], &grown[at], (entry->extra_count - at) * sizeof *grown);
    grown[at] = (cxlog_extra){.name = copy, .value = value_take};
    entry->extra_count++;
    return CXLOG_OK;
}

static cxlog_status take_extras(cxlog_entry *entry, const json_t *row,
                                const char *const *fields, size_t count, bool *errors,
                                cxlog_error *err)
{
    for (size_t i = 0; i < count; i++) {
        char *value = NULL;
        const json_t *cell = json_array_get(row, CXLOG_COLUMN_COUNT + i);
        cxlog_status status = take_text(&value, cell, errors, err);
        if (status == CXLOG_OK && value)
            status = put_extra(entry, fields[i], value, err);
        if (status != CXLOG_OK)
            return status;
    }
    return CXLOG_OK;
}

/* Without these a record can be neither placed nor counted. */
static bool complete(const cxlog_entry *entry)
{
    bool is_void = false;
    (void)cxlog_entry_target(entry, &is_void);
    if (entry->number[CXLOG_COL_LOGGED_AT] == CXLOG_BLANK ||
        !entry->text[CXLOG_COL_AGENT])
        return false;
    return is_void || (entry->number[CXLOG_COL_CONTACTED_AT] != CXLOG_BLANK &&
                       entry->text[CXLOG_COL_CATEGORY]);
}

/* A customer may well have said "#N/A": the checksum tells text from an error. */
static cxlog_status sealed_so(bool *out, const cxlog_entry *entry, cxlog_error *err)
{
    char checksum[CXLOG_CHECKSUM_SIZE];
    cxlog_status status = cxlog_entry_checksum(checksum, entry, err);
    *out = status == CXLOG_OK &&
           strcmp(checksum, cxlog_entry_text(entry, CXLOG_COL_CHECKSUM)) == 0;
    return status;
}

cxlog_status cx_cells_seen(cxlog_seen_row *out, const json_t *row, int64_t number,
                           const char *const *fields, size_t field_count,
                           cxlog_error *err)
{
    *out = (cxlog_seen_row){.row = number, .kind = CXLOG_SEEN_BLANK, .readable = true};
    cxlog_entry_init(&out->entry);
    if (cx_cells_blank(row))
        return CXLOG_OK;
    bool errors = false;
    cxlog_status status = take_columns(out, row, &errors, err);
    if (status == CXLOG_OK)
        status = take_extras(&out->entry, row, fields, field_count, &errors, err);
    bool is_record = cxlog_id_valid(cxlog_entry_text(&out->entry, CXLOG_COL_ID));
    bool sealed = true;
    if (status == CXLOG_OK && is_record && errors)
        status = sealed_so(&sealed, &out->entry, err);
    if (status != CXLOG_OK) {
        cxlog_entry_clear(&out->entry);
        return status;
    }
    if (is_record) {
        out->kind = CXLOG_SEEN_RECORD;
        out->readable = out->readable && complete(&out->entry) && sealed;
        return CXLOG_OK;
    }
    out->kind = CXLOG_SEEN_FOREIGN;
    out->readable = out->readable && !errors;
    out->contact_like = out->entry.number[CXLOG_COL_CONTACTED_AT] != CXLOG_BLANK &&
                        json_is_string(json_array_get(row, CXLOG_COL_CATEGORY)) &&
                        out->entry.text[CXLOG_COL_CATEGORY] &&
                        !error_like(out->entry.text[CXLOG_COL_CATEGORY]);
    return CXLOG_OK;
}
