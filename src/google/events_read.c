#include <stdio.h>
#include <string.h>

#include "google/cells.h"

#define SEPARATOR " | "
#define DAY_S 86400

/* All cells of a row, joined. NULL on lack of memory. */
static char *joined(const json_t *row)
{
    size_t used = 0;
    char *text = strdup("");
    for (size_t i = 0; text && i < json_array_size(row); i++) {
        CXLOG_AUTO_TEXT cell = cx_cell_text(json_array_get(row, i));
        size_t size = used + sizeof SEPARATOR + (cell ? strlen(cell) : 0);
        char *grown = cell ? realloc(text, size) : NULL;
        if (!grown) {
            free(text);
            return NULL;
        }
        text = grown;
        used +=
            (size_t)snprintf(text + used, size - used, "%s%s", i ? SEPARATOR : "", cell);
    }
    return text;
}

static bool take_words(cxlog_event *event, const json_t *row)
{
    const char *action = json_string_value(json_array_get(row, 3));
    const char *dim = json_string_value(json_array_get(row, 4));
    const char *chain = json_string_value(json_array_get(row, 11));
    int action_index = action ? cxlog_action_find(action) : -1;
    int dim_index = dim ? cxlog_dim_find(dim) : -1;
    if (action_index < 0 || dim_index < 0 || !chain ||
        strlen(chain) != CXLOG_CHAIN_SIZE - 1 ||
        strspn(chain, "0123456789abcdef") != CXLOG_CHAIN_SIZE - 1)
        return false;
    /* Only the sheet's own words: an English one is an edit, and would not hash to the
     * same chain. */
    if (strcmp(action, cxlog_action_sheet((cxlog_action)action_index)) != 0 ||
        strcmp(dim, cxlog_dim_sheet((cxlog_dim)dim_index)) != 0)
        return false;
    event->action = (cxlog_action)action_index;
    event->dim = (cxlog_dim)dim_index;
    memcpy(event->chain, chain, CXLOG_CHAIN_SIZE);
    return true;
}

static bool take_numbers(cxlog_event *event, const json_t *row)
{
    cxlog_wall from = CXLOG_BLANK;
    if (!cx_cell_number(&event->number, json_array_get(row, 0)) || event->number < 1 ||
        !cx_cell_time(&event->at, json_array_get(row, 1)) || event->at == CXLOG_BLANK ||
        !cx_cell_time(&from, json_array_get(row, 8)))
        return false;
    event->from = from == CXLOG_BLANK ? CXLOG_NO_DAY : cxlog_day_of(from);
    return from == CXLOG_BLANK || from % DAY_S == 0;
}

static bool take_texts(cxlog_event *event, const json_t *row)
{
    const struct {
        char **place;
        size_t column;
    } texts[] = {{&event->author, 2}, {&event->name, 5},   {&event->parent, 6},
                 {&event->code, 7},   {&event->target, 9}, {&event->reason, 10}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        CXLOG_AUTO_TEXT text = cx_cell_text(json_array_get(row, texts[i].column));
        if (!text)
            return false;
        if (text[0] != '\0')
            *texts[i].place = CXLOG_TAKE(text);
    }
    return true;
}

cxlog_status cx_cells_scheme_row(cxlog_scheme_row *out, const json_t *row, int64_t number,
                                 cxlog_error *err)
{
    *out = (cxlog_scheme_row){.row = number};
    cxlog_event_init(&out->event);
    out->raw = joined(row);
    if (!out->raw || !take_texts(&out->event, row)) {
        cxlog_event_clear(&out->event);
        free(out->raw);
        out->raw = NULL;
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    }
    out->readable = take_numbers(&out->event, row) && take_words(&out->event, row);
    if (!out->readable)
        cxlog_event_clear(&out->event);
    return CXLOG_OK;
}
