/*
 * commands.h - the run functions and option tables that commands.c puts into its rows.
 */
#ifndef CX_CLI_COMMANDS_H
#define CX_CLI_COMMANDS_H

#include "cli/cli.h"

extern const cli_option cli_init_options[];
extern const cli_option cli_log_options[];
extern const cli_option cli_amend_options[];
extern const cli_option cli_void_options[];
extern const cli_option cli_sync_options_table[];
extern const cli_option cli_close_options[];
extern const cli_option cli_doctor_options[];
extern const cli_option cli_list_options[];
extern const cli_option cli_totals_options[];
extern const cli_option cli_import_options[];
extern const cli_option cli_export_options[];
extern const cli_option cli_scheme_options[];
extern const cli_option cli_edit_options[];
extern const cli_option cli_completion_options[];
extern const cli_option cli_config_options[];

CXLOG_MUST_USE cxlog_status cli_cmd_init(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_log(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_amend(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_void(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_undo(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_redo(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_edit(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_fix(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_prompt(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_template(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_completion(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_config(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_show(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_status(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_sync(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_close(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_verify(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_sheet(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_doctor(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_list(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_totals(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_import(cli_ctx *ctx, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_cmd_export(cli_ctx *ctx, cxlog_error *err);
/* category, channel, region, field: the dimension is the command's name. */
CXLOG_MUST_USE cxlog_status cli_cmd_scheme(cli_ctx *ctx, cxlog_error *err);

#endif
