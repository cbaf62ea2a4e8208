/*
 * json_text.h - JSON in and out, whole or not at all.
 *
 * jansson drops what it lacks memory for in two places and reports success: bytes of a
 * text that it reads, names of members that it writes.
 */
#ifndef CX_JSON_TEXT_H
#define CX_JSON_TEXT_H

#include <jansson.h>

#include <cxlog/error.h>

/* Compact. free(), or cx_wipe_free() for a secret: there is no other copy. NULL on lack
 * of memory, and when `value` is NULL. */
char *cx_json_text(const json_t *value);
/* *out: json_decref(); NULL when the bytes are no JSON object or array, or have a member
 * twice: then *line, which may be NULL, says where. Errors: ERR_NOMEM */
CXLOG_MUST_USE cxlog_status cx_json_read(json_t **out, const char *bytes, size_t length,
                                         int *line, cxlog_error *err);

/* Every object without a value at any depth becomes a zero and blanks, in place. Such an
 * answer has one for each of a million cells, and jansson keeps 250 bytes for one.
 * Compact JSON; anything else is read as well, but keeps more. */
void cx_json_lean(char *bytes, size_t length);

#endif
