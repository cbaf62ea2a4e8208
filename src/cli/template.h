/*
 * template.h - entries that come again and again, kept in the store: %송장 stands for
 * "배송 전화 송장 조회 안내".
 */
#ifndef CX_CLI_TEMPLATE_H
#define CX_CLI_TEMPLATE_H

#include "cli/cli.h"

#define CLI_TEMPLATES_MAX 200

/* One template, and its words as if they had been typed. name NULL: none. */
typedef struct cli_template {
    char *name; /* owned */
    struct json_t *words;
    cli_args args; /* borrows its words from `words` */
} cli_template;

void cli_template_clear(cli_template *template);
CXLOG_AUTO_VALUE_DEFINE(cli_template, cli_template_clear);

/* The template that the line's first word "%NAME" means: of that very name, or (match.h
 * tiers 1 to 3) when no region is called so. name stays NULL when it means none: then it
 * is a region. */
CXLOG_MUST_USE cxlog_status cli_template_named(cli_template *out,
                                               const cli_entry_input *line,
                                               cxlog_error *err);

/* All of them: a JSON object, name to array of words, in order of making. Caller owns the
 * reference. */
CXLOG_MUST_USE cxlog_status cli_templates_read(struct json_t **out, const cli_ctx *ctx,
                                               cxlog_error *err);
CXLOG_MUST_USE cxlog_status cli_templates_write(struct json_t *all, const cli_ctx *ctx,
                                                cxlog_error *err);

/* The words of a template as a line, escaped. out: free(). */
CXLOG_MUST_USE cxlog_status cli_template_line(char **out, const struct json_t *words,
                                              cxlog_error *err);

/* What an entry gets from words and flags alone (entry_args.c). template: the entry bears
 * a template's values already; words win over them, a note is joined to its note. */
CXLOG_MUST_USE cxlog_status cli_entry_build(cxlog_entry *entry,
                                            const cli_entry_input *input, bool template,
                                            cxlog_error *err);

#endif
