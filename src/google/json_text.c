#include "google/json_text.h"

#include <stdbool.h>
#include <stdlib.h>

static bool lacked;

static void *watched_malloc(size_t size)
{
    void *memory = malloc(size);
    lacked = lacked || !memory;
    return memory;
}

char *cx_json_text(const json_t *value)
{
    /* Into a block of the right size: only there does jansson need no memory for names.
     */
    size_t size = value ? json_dumpb(value, NULL, 0, JSON_COMPACT) : 0;
    char *text = size > 0 ? malloc(size + 1) : NULL;
    if (text && json_dumpb(value, text, size, JSON_COMPACT) == size) {
        text[size] = '\0';
        return text;
    }
    free(text);
    return NULL;
}

cxlog_status cx_json_read(json_t **out, const char *bytes, size_t length, int *line,
                          cxlog_error *err)
{
    json_malloc_t usual_malloc;
    json_free_t usual_free;
    json_error_t fault = {.line = 0};
    json_get_alloc_funcs(&usual_malloc, &usual_free);
    json_set_alloc_funcs(watched_malloc, usual_free);
    lacked = false;
    *out = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &fault);
    json_set_alloc_funcs(usual_malloc, usual_free);
    if (line)
        *line = fault.line;
    if (!lacked)
        return CXLOG_OK;
    json_decref(*out);
    *out = NULL;
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}
