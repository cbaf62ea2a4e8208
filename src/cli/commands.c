#include "cli/commands.h"
#include "cli/scheme_view.h"

#include <string.h>

#include <cxlog/match.h>
#include <cxlog/text.h>

const cli_cmd cli_cmds[] = {
    {.name = "log",
     .aliases = {"기록", "l"},
     .args = "CATEGORY[/DETAIL] [CHANNEL] [ATTR…] [NOTE…]",
     .summary = N_("record a contact"),
     .group = "daily",
     .examples = "cxlog log 배송 전화 3일째 미도착 :진행 6분\n"
                 "cxlog log 환불/지연 @홍길동 +vip -- 10:30까지 답 요청\n"
                 "cxlog log - < entries.txt",
     .options = cli_log_options,
     .needs = CLI_NEEDS_STORE | CLI_RAW_ARGS | CLI_CHANGES,
     .run = cli_cmd_log},
    {.name = "amend",
     .aliases = {"정정"},
     .args = "ID [ATTR…]",
     .summary = N_("correct a record: what is given changes, an empty value blanks"),
     .group = "daily",
     .examples = "cxlog amend '#1042' --result 해결\n"
                 "cxlog amend 7K3M --category 배송/지연 --note \"\"",
     .options = cli_amend_options,
     .needs = CLI_NEEDS_STORE | CLI_CHANGES,
     .run = cli_cmd_amend},
    {.name = "void",
     .aliases = {"취소"},
     .args = "ID…",
     .summary = N_("take records out of every total"),
     .group = "daily",
     .examples = "cxlog void '#1042' --reason \"두 번 기록\"",
     .options = cli_void_options,
     .needs = CLI_NEEDS_STORE | CLI_CHANGES,
     .run = cli_cmd_void},
    {.name = "undo",
     .args = "",
     .summary = N_("take back your last change of today"),
     .group = "daily",
     .needs = CLI_NEEDS_STORE | CLI_CHANGES,
     .run = cli_cmd_undo},
    {.name = "redo",
     .args = "",
     .summary = N_("do again what the last undo took back"),
     .group = "daily",
     .needs = CLI_NEEDS_STORE | CLI_CHANGES,
     .run = cli_cmd_redo},
    {.name = "edit",
     .aliases = {"수정"},
     .args = "[ID]",
     .summary = N_("re-open a record, the last one of today, as a line or in the editor"),
     .group = "daily",
     .examples = "cxlog edit\n"
                 "cxlog edit -e '#1042'",
     .options = cli_edit_options,
     .needs = CLI_NEEDS_STORE | CLI_NEEDS_PROMPT | CLI_CHANGES,
     .run = cli_cmd_edit},
    {.name = "fix",
     .aliases = {"보충"},
     .args = "",
     .summary = N_("fill the gaps in your records of today, one after the other"),
     .group = "daily",
     .needs = CLI_NEEDS_STORE | CLI_NEEDS_PROMPT | CLI_CHANGES,
     .run = cli_cmd_fix},
    {.name = "prompt",
     .args = "",
     .summary = N_("log one line after the other (cxlog alone opens it too)"),
     .group = "daily",
     .needs = CLI_NEEDS_STORE | CLI_NEEDS_PROMPT | CLI_CHANGES,
     .run = cli_cmd_prompt},
    {.name = "template",
     .aliases = {"서식"},
     .args = "VERB [NAME [WORD…]]",
     .summary = N_("entries that come again and again: list, add, remove"),
     .group = "daily",
     .examples = "cxlog template add 송장 배송 전화 송장 조회 안내\n"
                 "cxlog log %송장",
     .needs = CLI_NEEDS_STORE | CLI_RAW_ARGS | CLI_CHANGES,
     .run = cli_cmd_template},
    {.name = "show",
     .args = "ID",
     .summary = N_("one record with its history and where it stands"),
     .group = "daily",
     .examples = "cxlog show '#1042'",
     .needs = CLI_NEEDS_STORE | CLI_PAGES,
     .run = cli_cmd_show},
    {.name = "status",
     .aliases = {"현황", "s"},
     .args = "",
     .summary = N_("today, what is unsent, the last sync"),
     .group = "daily",
     .needs = CLI_NEEDS_STORE,
     .run = cli_cmd_status},
    {.name = "sync",
     .aliases = {"동기화"},
     .args = "",
     .summary = N_("exchange records with the team's sheet"),
     .group = "daily",
     .options = cli_sync_options_table,
     .needs = CLI_NEEDS_STORE | CLI_NEEDS_REMOTE | CLI_CHANGES,
     .run = cli_cmd_sync},
    {.name = "close",
     .aliases = {"마감"},
     .args = "[DATE]",
     .summary = N_("end of day: gaps, exchange, check of the sheet, running totals"),
     .group = "daily",
     .examples = "cxlog close\n"
                 "cxlog close yesterday\n"
                 "cxlog close --restore",
     .options = cli_close_options,
     .needs = CLI_NEEDS_STORE | CLI_REMOTE_IF_SHEET | CLI_CHANGES,
     .run = cli_cmd_close},
    {.name = "list",
     .aliases = {"목록"},
     .args = "[PERIOD] [FILTER…]",
     .summary = N_("records, newest last"),
     .group = "daily",
     .examples = "cxlog list\n"
                 "cxlog list week --category 배송 --result 진행\n"
                 "cxlog list 주 구분:배송 -결과:해결 +vip\n"
                 "cxlog list --unsent",
     .options = cli_list_options,
     .needs = CLI_NEEDS_STORE | CLI_FILTERED | CLI_PAGES,
     .run = cli_cmd_list},
    {.name = "totals",
     .aliases = {"집계", "t"},
     .args = "[PERIOD] [FILTER…]",
     .summary = N_("counts by category, channel, region, time…"),
     .group = "lead",
     .examples = "cxlog totals week\n"
                 "cxlog totals month --by 구분,채널\n"
                 "cxlog totals month 채널:카톡 -구분:기타 +vip\n"
                 "cxlog totals month -n 6 --cumulative\n"
                 "cxlog totals last-half --by 지역 --vs year --md",
     .options = cli_totals_options,
     .needs = CLI_NEEDS_STORE | CLI_FILTERED | CLI_PAGES,
     .run = cli_cmd_totals},
    {.name = "category",
     .aliases = {"구분"},
     .args = "VERB [NAME[/DETAIL]…]",
     .summary = N_("the categories: list, add, alias, retire, rename, merge, split, "
                   "withdraw, log, verify, restore"),
     .group = "lead",
     .examples = "cxlog category list\n"
                 "cxlog category add 배송/해외 --reason \"주간 회의\"\n"
                 "cxlog category rename 배송 물류 --from 2027-H1 --reason \"조직 개편\"",
     .options = cli_scheme_options,
     .remote_verbs = cli_scheme_remote_verbs,
     .needs = CLI_NEEDS_STORE | CLI_SUBCOMMANDS | CLI_CHANGES,
     .run = cli_cmd_scheme},
    {.name = "channel",
     .aliases = {"채널"},
     .args = "VERB [NAME…]",
     .summary = N_("the channels: verbs as of category"),
     .group = "lead",
     .examples = "cxlog channel add 팩스",
     .options = cli_scheme_options,
     .remote_verbs = cli_scheme_remote_verbs,
     .needs = CLI_NEEDS_STORE | CLI_SUBCOMMANDS | CLI_CHANGES,
     .run = cli_cmd_scheme},
    {.name = "region",
     .aliases = {"지역"},
     .args = "VERB [NAME…]",
     .summary = N_("the regions: verbs as of category"),
     .group = "lead",
     .examples = "cxlog region list",
     .options = cli_scheme_options,
     .remote_verbs = cli_scheme_remote_verbs,
     .needs = CLI_NEEDS_STORE | CLI_SUBCOMMANDS | CLI_CHANGES,
     .run = cli_cmd_scheme},
    {.name = "field",
     .aliases = {"필드"},
     .args = "VERB [NAME…]",
     .summary =
         N_("the team's own columns: list, add, alias, retire, withdraw, log, verify"),
     .group = "lead",
     .examples = "cxlog field add 등급 --kind choice:일반,VIP",
     .options = cli_scheme_options,
     .remote_verbs = cli_scheme_remote_verbs,
     .needs = CLI_NEEDS_STORE | CLI_SUBCOMMANDS | CLI_CHANGES,
     .run = cli_cmd_scheme},
    {.name = "import",
     .args = "FILE.csv",
     .summary = N_("take in contacts of another system; a second run adds nothing"),
     .group = "lead",
     .examples = "cxlog import old.csv --source zendesk --key \"Ticket ID\" \\\n"
                 "    --map 'contacted_at=Created,category=Type,channel=Via,note=Text'\n"
                 "cxlog import backup.csv",
     .options = cli_import_options,
     .needs = CLI_NEEDS_STORE | CLI_REMOTE_IF_SHEET | CLI_CHANGES,
     .run = cli_cmd_import},
    {.name = "export",
     .args = "[PERIOD] [FILTER…]",
     .summary = N_("records as CSV or, with --json, one object a line"),
     .group = "lead",
     .examples = "cxlog export -o backup.csv\n"
                 "cxlog export month --json",
     .options = cli_export_options,
     .needs = CLI_NEEDS_STORE | CLI_FILTERED,
     .run = cli_cmd_export},
    {.name = "verify",
     .aliases = {"대조"},
     .args = "",
     .summary = N_("read the whole sheet and report every difference"),
     .group = "lead",
     .needs = CLI_NEEDS_STORE | CLI_NEEDS_REMOTE,
     .run = cli_cmd_verify},
    {.name = "init",
     .args = "",
     .summary = N_("set up name, store and sheet; safe to repeat"),
     .group = "setup",
     .examples = "cxlog init --name 김하늘\n"
                 "cxlog init --sheet URL --key ~/key.json",
     .options = cli_init_options,
     .needs = CLI_CHANGES,
     .run = cli_cmd_init},
    {.name = "config",
     .aliases = {"설정"},
     .args = "VERB [KEY]",
     .summary = N_("the settings in force and where each comes from: list, get"),
     .group = "setup",
     .examples = "cxlog config list --origin\n"
                 "cxlog config get store.path",
     .options = cli_config_options,
     .needs = CLI_PAGES,
     .run = cli_cmd_config},
    {.name = "completion",
     .args = "SHELL",
     .summary = N_("the completion script of bash, zsh or fish"),
     .group = "setup",
     .examples = "eval \"$(cxlog completion bash --aliases)\"",
     .options = cli_completion_options,
     .run = cli_cmd_completion},
    {.name = "sheet",
     .aliases = {"시트"},
     .args = "refresh",
     .summary = N_("header, widths, drop-downs, protections and tabs of the sheet"),
     .group = "setup",
     .needs = CLI_NEEDS_STORE | CLI_NEEDS_REMOTE | CLI_CHANGES,
     .run = cli_cmd_sheet},
    {.name = "doctor",
     .aliases = {"진단"},
     .args = "",
     .summary = N_("one line a check, with the mend"),
     .group = "setup",
     .options = cli_doctor_options,
     .needs = CLI_TOLERANT,
     .run = cli_cmd_doctor},
    {.name = NULL},
};

static bool named(const cli_cmd *cmd, const char *word)
{
    if (strcmp(cmd->name, word) == 0)
        return true;
    for (size_t i = 0; i < sizeof cmd->aliases / sizeof cmd->aliases[0]; i++) {
        if (cmd->aliases[i] && strcmp(cmd->aliases[i], word) == 0)
            return true;
    }
    return false;
}

/* 샛민 are the keys of "totals", rlfhr those of 기록: 한/영 was not pressed. Same keys
 * are no guess. */
static bool same_keys(const cli_cmd *cmd, const char *keys)
{
    const char *names[] = {cmd->name, cmd->aliases[0], cmd->aliases[1], cmd->aliases[2],
                           cmd->aliases[3]};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        CXLOG_AUTO_TEXT known = NULL;
        if (names[i] && cxlog_keys(&known, names[i], NULL) == CXLOG_OK &&
            strcmp(known, keys) == 0)
            return true;
    }
    return false;
}

const cli_cmd *cli_cmd_find(const char *word)
{
    for (const cli_cmd *cmd = cli_cmds; cmd->name; cmd++) {
        if (named(cmd, word))
            return cmd;
    }
    CXLOG_AUTO_TEXT keys = NULL;
    if (word[0] == '\0' || cxlog_text_invalid_at(word, strlen(word)) >= 0 ||
        cxlog_keys(&keys, word, NULL) != CXLOG_OK)
        return NULL;
    for (const cli_cmd *cmd = cli_cmds; cmd->name; cmd++) {
        if (same_keys(cmd, keys))
            return cmd;
    }
    return NULL;
}
