#include <cxlog/entry.h>

#include <string.h>

#include <cxlog/text.h>
#include <cxlog/wall.h>

#include "core/civil.h"
#include "core/entry_value.h"

#define FUTURE_SECONDS_MAX 60 /* two clocks of one team may differ that much */

static const cxlog_column needed[] = {CXLOG_COL_ID, CXLOG_COL_CONTACTED_AT,
                                      CXLOG_COL_LOGGED_AT, CXLOG_COL_AGENT,
                                      CXLOG_COL_CATEGORY};
static const cxlog_column needed_to_void[] = {CXLOG_COL_ID, CXLOG_COL_LOGGED_AT,
                                              CXLOG_COL_AGENT};

static bool is_blank(const cxlog_entry *entry, cxlog_column column)
{
    return cx_column_is_number(column) ? entry->number[column] == CXLOG_BLANK
                                       : !entry->text[column];
}

static cxlog_status check_needed(const cxlog_entry *entry, const cxlog_column *columns,
                                 size_t count, cxlog_error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (is_blank(entry, columns[i]))
            return cxlog_fail(err, CXLOG_ERR_VALUE, "%s is missing",
                              cxlog_column_get(columns[i])->field);
    }
    return CXLOG_OK;
}

/* Is the text what cleaning would make of it? */
static cxlog_status check_clean(const char *text, cxlog_text_kind kind, size_t most,
                                const char *what, cxlog_error *err)
{
    CXLOG_AUTO_TEXT clean = NULL;
    cxlog_status status =
        cxlog_text_clean(&clean, text, strlen(text), kind, most, what, err);
    if (status != CXLOG_OK)
        return status;
    if (text[0] == '\0' || strcmp(clean, text) != 0)
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "%s is not in its normal form (NFC, no blanks at its ends)",
                          what);
    return CXLOG_OK;
}

static bool is_choice(cxlog_column column, const char *text)
{
    const char *const *choices = cxlog_column_choices(column);
    for (size_t i = 0; choices && choices[i]; i++) {
        if (strcmp(choices[i], text) == 0)
            return true;
    }
    return false;
}

static bool text_fits(const cxlog_entry *entry, cxlog_column column)
{
    const char *text = entry->text[column];
    bool is_void;
    if (cxlog_column_get(column)->kind == CXLOG_KIND_ENUM)
        return is_choice(column, text);
    if (column == CXLOG_COL_ID)
        return cxlog_id_valid(text);
    if (column == CXLOG_COL_CORRECTS)
        return cxlog_id_valid(cxlog_entry_target(entry, &is_void));
    if (column == CXLOG_COL_CHECKSUM)
        return strlen(text) == CXLOG_CHECKSUM_SIZE - 1 &&
               strspn(text, "0123456789abcdef") == CXLOG_CHECKSUM_SIZE - 1;
    return column != CXLOG_COL_LINK || cx_link_valid(text);
}

static cxlog_status check_text(const cxlog_entry *entry, cxlog_column column,
                               cxlog_error *err)
{
    const cxlog_column_info *info = cxlog_column_get(column);
    const char *text = entry->text[column];
    char quoted[CXLOG_QUOTE_MAX];
    if (!text)
        return CXLOG_OK;
    cxlog_status status = check_clean(
        text, info->kind == CXLOG_KIND_NOTE ? CXLOG_TEXT_NOTE : CXLOG_TEXT_LINE,
        (size_t)info->bound, info->field, err);
    if (status != CXLOG_OK)
        return status;
    if (!text_fits(entry, column))
        return cxlog_fail(err, CXLOG_ERR_VALUE, "%s cannot be %s", info->field,
                          cxlog_quote(quoted, text));
    return CXLOG_OK;
}

static cxlog_status check_number(const cxlog_entry *entry, cxlog_column column,
                                 cxlog_error *err)
{
    const cxlog_column_info *info = cxlog_column_get(column);
    int64_t number = entry->number[column];
    if (number == CXLOG_BLANK)
        return CXLOG_OK;
    if (info->kind == CXLOG_KIND_TIME) {
        if (!cx_wall_in_years(number))
            return cxlog_fail(err, CXLOG_ERR_VALUE, "%s is not in the years 1900 to 9999",
                              info->field);
        return CXLOG_OK;
    }
    int64_t least = cx_column_least(column);
    if (number < least || number > info->bound)
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "%s is %lld, but must be from %lld to %lld", info->field,
                          (long long)number, (long long)least, (long long)info->bound);
    return CXLOG_OK;
}

static cxlog_status check_extra(const cxlog_entry *entry, cxlog_error *err)
{
    if (entry->extra_count > CXLOG_EXTRA_MAX)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "a record has at most %d team fields",
                          CXLOG_EXTRA_MAX);
    for (size_t i = 0; i < entry->extra_count; i++) {
        const cxlog_extra *extra = &entry->extra[i];
        cxlog_status status = check_clean(extra->name, CXLOG_TEXT_LINE,
                                          CX_EXTRA_NAME_CHARS, "field name", err);
        if (status == CXLOG_OK)
            status = check_clean(extra->value, CXLOG_TEXT_LINE, CX_EXTRA_VALUE_CHARS,
                                 extra->name, err);
        if (status != CXLOG_OK)
            return status;
        if (i > 0 && strcmp(entry->extra[i - 1].name, extra->name) >= 0)
            return cxlog_fail(err, CXLOG_ERR_VALUE, "team fields are out of order");
    }
    return CXLOG_OK;
}

cxlog_status cxlog_entry_check(const cxlog_entry *entry, cxlog_wall now, cxlog_error *err)
{
    bool is_void;
    (void)cxlog_entry_target(entry, &is_void);
    cxlog_status status =
        is_void ? check_needed(entry, needed_to_void,
                               sizeof needed_to_void / sizeof needed_to_void[0], err)
                : check_needed(entry, needed, sizeof needed / sizeof needed[0], err);
    for (int i = 0; i < CXLOG_COLUMN_COUNT && status == CXLOG_OK; i++) {
        cxlog_column column = (cxlog_column)i;
        status = cx_column_is_number(column) ? check_number(entry, column, err)
                                             : check_text(entry, column, err);
    }
    if (status == CXLOG_OK)
        status = check_extra(entry, err);
    int64_t at = entry->number[CXLOG_COL_CONTACTED_AT];
    char text[CXLOG_WALL_TEXT];
    if (status == CXLOG_OK && at != CXLOG_BLANK && at > now + FUTURE_SECONDS_MAX)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "contacted_at lies in the future: %s",
                          cxlog_wall_text(text, at));
    return status;
}
