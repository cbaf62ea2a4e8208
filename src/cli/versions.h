/*
 * versions.h - the rows that one record has become: for show and undo.
 */
#ifndef CX_CLI_VERSIONS_H
#define CX_CLI_VERSIONS_H

#include "cli/cli.h"

/* Told about one version, oldest first. It may move the record out and leave an empty
 * one. Anything but OK ends the walk. */
typedef cxlog_status (*cli_version)(void *user, cxlog_record *record, cxlog_error *err);

/* Every version of a group, the first one as it was logged included. */
CXLOG_MUST_USE cxlog_status cli_versions(cli_ctx *ctx, const char *root, cli_version tell,
                                         void *user, cxlog_error *err);

#endif
