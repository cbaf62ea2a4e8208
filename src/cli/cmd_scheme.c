#include "cli/commands.h"
#include "cli/scheme_view.h"

#include <string.h>

#include <cxlog/text.h>

const cli_option cli_scheme_options[] = {
    {"code", 0, "C",
     N_("short code of the new name (made from its initials otherwise); split: one a "
        "part, "
        "with commas between")},
    {"reason", 0, "TEXT", N_("why; needed to change a name in use")},
    {"from", 0, "DATE", N_("first day of the change: 2027-H1, 2027-07-01")},
    {"new", 0, NULL, N_("add in spite of a similar name")},
    {"kind", 0, "KIND", N_("field add: text, number or choice:A,B")},
    {"at", 0, "DATE", N_("list: as it was known on that day")},
    {"all", 0, NULL, N_("list: retired names too; log: every dimension")},
    {"yes", 'y', NULL, N_("restore: do not ask")},
    {NULL, 0, NULL, NULL},
};

const char *const cli_scheme_remote_verbs[] = {
    "add",    "alias",   "retire", "rename", "merge", "split", "withdraw",
    "verify", "restore", "추가",   "별칭",   "폐지",  "변경",  "병합",
    "분할",   "철회",    "대조",   "복원",   NULL};

static const struct {
    const char *word, *korean;
    cli_scheme_verb verb;
} verbs[] = {
    {"list", "목록", CLI_VERB_LIST},       {"add", "추가", CLI_VERB_ADD},
    {"alias", "별칭", CLI_VERB_ALIAS},     {"retire", "폐지", CLI_VERB_RETIRE},
    {"rename", "변경", CLI_VERB_RENAME},   {"merge", "병합", CLI_VERB_MERGE},
    {"split", "분할", CLI_VERB_SPLIT},     {"withdraw", "철회", CLI_VERB_WITHDRAW},
    {"log", "기록", CLI_VERB_LOG},         {"verify", "대조", CLI_VERB_VERIFY},
    {"restore", "복원", CLI_VERB_RESTORE},
};
#define VERBS (sizeof verbs / sizeof verbs[0])

static cxlog_status find_verb(cli_scheme_call *call, const char *word, cxlog_error *err)
{
    CXLOG_AUTO_TEXT typed = NULL;
    cxlog_status read = cxlog_text_nfc(&typed, word, NULL);
    if (read == CXLOG_ERR_NOMEM)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    for (size_t i = 0; read == CXLOG_OK && i < VERBS; i++) {
        if (strcmp(verbs[i].word, typed) == 0 || strcmp(verbs[i].korean, typed) == 0) {
            call->verb = verbs[i].verb;
            return CXLOG_OK;
        }
    }
    char quoted[CXLOG_QUOTE_MAX];
    cxlog_status status =
        cxlog_fail(err, CXLOG_ERR_USAGE,
                   "cxlog %s takes list, add, alias, retire, rename, merge, split, "
                   "withdraw, log, verify or restore: got %s",
                   call->ctx->cmd->name, cxlog_quote(quoted, word));
    const char *words[2 * VERBS + 1] = {NULL};
    for (size_t i = 0; i < VERBS; i++) {
        words[i] = verbs[i].word;
        words[VERBS + i] = verbs[i].korean;
    }
    cxlog_match_suggest(word, words, err);
    return status;
}

static cxlog_status run_verb(const cli_scheme_call *call, cxlog_error *err)
{
    switch (call->verb) {
    case CLI_VERB_LIST:
        return cli_scheme_list(call, err);
    case CLI_VERB_LOG:
        return cli_scheme_log(call, err);
    case CLI_VERB_VERIFY:
        return cli_scheme_verify(call, err);
    case CLI_VERB_RESTORE:
        return cli_scheme_restore(call, err);
    case CLI_VERB_ADD:
    case CLI_VERB_ALIAS:
    case CLI_VERB_RETIRE:
    case CLI_VERB_RENAME:
    case CLI_VERB_MERGE:
    case CLI_VERB_SPLIT:
    case CLI_VERB_WITHDRAW:
        break;
    }
    return cli_scheme_change(call, err);
}

cxlog_status cli_cmd_scheme(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status != CXLOG_OK)
        return status;
    cli_scheme_call call = {.ctx = ctx,
                            .args = &args,
                            .dim = (cxlog_dim)cxlog_dim_find(ctx->cmd->name),
                            .verb = CLI_VERB_LIST};
    if (args.word_count > 0) {
        status = find_verb(&call, args.words[0], err);
        call.words = args.words + 1;
        call.count = args.word_count - 1;
    }
    return status == CXLOG_OK ? run_verb(&call, err) : status;
}
