#include "cli/json_text.h"

#include <stdbool.h>
#include <stdlib.h>

static bool lacked; /* until it is told */

static void *watched_malloc(size_t size)
{
    void *memory = malloc(size);
    lacked = lacked || !memory;
    return memory;
}

void cli_json_watch(void)
{
    json_free_t usual_free;
    json_get_alloc_funcs(NULL, &usual_free);
    json_set_alloc_funcs(watched_malloc, usual_free);
}

static cxlog_status no_memory(cxlog_error *err)
{
    lacked = false;
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

cxlog_status cli_json_text(char **out, const json_t *value, cxlog_error *err)
{
    *out = NULL;
    /* Into a block of the right size: only there does jansson need no memory for names.
     */
    size_t size = value ? json_dumpb(value, NULL, 0, JSON_COMPACT) : 0;
    char *text = size > 0 ? malloc(size + 1) : NULL;
    if (!text || lacked || json_dumpb(value, text, size, JSON_COMPACT) != size) {
        free(text);
        return no_memory(err);
    }
    text[size] = '\0';
    *out = text;
    return CXLOG_OK;
}

cxlog_status cli_json_read(json_t **out, const char *text, json_error_t *fault,
                           cxlog_error *err)
{
    *out = json_loads(text, JSON_REJECT_DUPLICATES, fault);
    if (!lacked)
        return CXLOG_OK;
    json_decref(*out);
    *out = NULL;
    return no_memory(err);
}
