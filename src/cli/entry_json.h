/*
 * entry_json.h - one record as a JSON object on one line, as `log -` reads it.
 */
#ifndef CX_CLI_ENTRY_JSON_H
#define CX_CLI_ENTRY_JSON_H

#include "cli/cli.h"

/*
 * Members are the field names of cxlog_columns that a person may set, "id", "fields"
 * (object of team fields), and "schema" (1). "tags" may be an array. null is blank. line:
 * valid UTF-8. Errors: ERR_VALUE naming the member.
 */
CXLOG_MUST_USE cxlog_status cli_entry_from_json(cxlog_entry *entry, const cli_ctx *ctx,
                                                const cxlog_scheme *scheme,
                                                const char *line, cxlog_error *err);

#endif
