#include <cxlog/entry.h>

#include <string.h>

#include <cxlog/text.h>

#include "core/entry_value.h"

/* Place of the name, or where it would have to stand; *there: it does. */
static size_t place_of(const cxlog_entry *entry, const char *name, bool *there)
{
    size_t low = 0;
    size_t high = entry->extra_count;
    *there = false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(entry->extra[middle].name, name);
        if (order == 0) {
            *there = true;
            return middle;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void remove_at(cxlog_entry *entry, size_t place)
{
    free(entry->extra[place].name);
    free(entry->extra[place].value);
    entry->extra_count--;
    memmove(&entry->extra[place], &entry->extra[place + 1],
            (entry->extra_count - place) * sizeof *entry->extra);
}

/* Takes over both texts when it succeeds. */
static cxlog_status insert_take(cxlog_entry *entry, size_t place, char **name,
                                char **value, cxlog_error *err)
{
    if (entry->extra_count >= CXLOG_EXTRA_MAX)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "a record has at most %d team fields",
                          CXLOG_EXTRA_MAX);
    cxlog_extra *more =
        realloc(entry->extra, (entry->extra_count + 1) * sizeof *entry->extra);
    if (!more)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    entry->extra = more;
    memmove(&more[place + 1], &more[place], (entry->extra_count - place) * sizeof *more);
    more[place] = (cxlog_extra){.name = CXLOG_TAKE(*name), .value = CXLOG_TAKE(*value)};
    entry->extra_count++;
    return CXLOG_OK;
}

cxlog_status cxlog_entry_set_extra(cxlog_entry *entry, const char *name,
                                   const char *value, cxlog_error *err)
{
    CXLOG_AUTO_TEXT field = NULL;
    CXLOG_AUTO_TEXT clean = NULL;
    cxlog_status status = cxlog_text_clean(&field, name, strlen(name), CXLOG_TEXT_LINE,
                                           CX_EXTRA_NAME_CHARS, "field name", err);
    if (status != CXLOG_OK)
        return status;
    if (field[0] == '\0')
        return cxlog_fail(err, CXLOG_ERR_VALUE, "a team field needs a name");
    status = cxlog_text_clean(&clean, value, strlen(value), CXLOG_TEXT_LINE,
                              CX_EXTRA_VALUE_CHARS, field, err);
    if (status != CXLOG_OK)
        return status;
    bool there;
    size_t place = place_of(entry, field, &there);
    if (clean[0] == '\0') {
        if (there)
            remove_at(entry, place);
        return CXLOG_OK;
    }
    if (!there)
        return insert_take(entry, place, &field, &clean, err);
    free(entry->extra[place].value);
    entry->extra[place].value = CXLOG_TAKE(clean);
    return CXLOG_OK;
}

const char *cxlog_entry_extra(const cxlog_entry *entry, const char *name)
{
    bool there;
    size_t place = place_of(entry, name, &there);
    return there ? entry->extra[place].value : "";
}
