/*
 * json_text.h - JSON in and out, whole or not at all.
 *
 * jansson drops what it lacks memory for in two places and reports success: bytes of a
 * text that it reads, names of members that it writes.
 */
#ifndef CLI_JSON_TEXT_H
#define CLI_JSON_TEXT_H

#include <jansson.h>

#include <cxlog/error.h>

/* From now on every allocation for JSON that fails is remembered until the next call
 * below, which fails then: some value lacks a part. */
void cli_json_watch(void);

/* One line. *out: free(). Errors: ERR_NOMEM, also when `value` is NULL */
CXLOG_MUST_USE cxlog_status cli_json_text(char **out, const json_t *value,
                                          cxlog_error *err);
/* *out: json_decref(); NULL when the text is no JSON object or array, or has a member
 * twice: `fault` says where. Errors: ERR_NOMEM */
CXLOG_MUST_USE cxlog_status cli_json_read(json_t **out, const char *text,
                                          json_error_t *fault, cxlog_error *err);

#endif
