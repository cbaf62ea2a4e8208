#include <string.h>

#include "cli/commands.h"
#include "cli/shell_init.h"
#include "cli/texts.h"

const cli_option cli_completion_options[] = {
    {"aliases", 0, NULL, N_("also the short names ㄱ and c for cxlog log")},
    {NULL, 0, NULL, NULL},
};

const char *cli_text_find(const char *name)
{
    for (const cli_text *text = cli_texts; text->name; text++) {
        if (strcmp(text->name, name) == 0)
            return text->text;
    }
    return NULL;
}

cxlog_status cli_cmd_completion(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status == CXLOG_OK && args.word_count != 1)
        status = cxlog_fail(err, CXLOG_ERR_USAGE,
                            "completion takes the name of a shell: bash, zsh or fish");
    const cli_shell *shell = NULL;
    if (status == CXLOG_OK)
        status = cli_shell_find(&shell, args.words[0], err);
    if (status != CXLOG_OK)
        return status;
    const char *script = cli_text_find(shell->script);
    cli_out_text(script ? script : "");
    if (cli_args_has(&args, "aliases"))
        cli_out_text(shell->aliases);
    return cli_out_end(err);
}
