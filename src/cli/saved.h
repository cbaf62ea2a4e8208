/*
 * saved.h - what log, amend, void and undo share: identity of a new row, saving it,
 * saying so.
 */
#ifndef CX_CLI_SAVED_H
#define CX_CLI_SAVED_H

#include "cli/cli.h"

/* Check and seal one entry whose content is complete. Errors: ERR_VALUE. */
CXLOG_MUST_USE cxlog_status cli_entry_seal(cxlog_entry *entry, const cli_ctx *ctx,
                                           cxlog_error *err);

/* Make the entry a correction (or void) of the group: new ID, a time later than the
 * group's last row. Errors: the store's. */
CXLOG_MUST_USE cxlog_status cli_entry_correct(cxlog_entry *entry, cli_ctx *ctx,
                                              const char *root, bool is_void,
                                              cxlog_error *err);

/* A void row that reads well in the sheet: the record's time, channel and category, the
 * reason as note, the agent who voids. */
CXLOG_MUST_USE cxlog_status cli_entry_void(cxlog_entry *entry, cli_ctx *ctx,
                                           const cxlog_record *record, const char *reason,
                                           cxlog_error *err);

/* The version that counts of the record that was named. Errors: ERR_VALUE: none, several,
 * already void. */
CXLOG_MUST_USE cxlog_status cli_find_effective(cli_ctx *ctx, const char *reference,
                                               cxlog_record *out, cxlog_error *err);

/* The IDs (or JSON objects) of saved entries to stdout. Errors:
 * ERR_IO, saying that it is done. */
CXLOG_MUST_USE cxlog_status cli_saved_print(cli_ctx *ctx, const cxlog_entry *entries,
                                            const cxlog_added *added, size_t count,
                                            cxlog_error *err);

/* For people: "✓ #1042  14:32  배송 · 전화 · …" on stderr. The record is safe: trouble
 * with this line is not worth a word. */
void cli_saved_line(const cli_ctx *ctx, const char *sign, const cxlog_entry *entry,
                    int64_t number);

/* --dry-run: what would be saved, to stdout. */
CXLOG_MUST_USE cxlog_status cli_print_dry(const cxlog_entry *entry, const cli_ctx *ctx,
                                          cxlog_error *err);

#endif
