/*
 * cli.h - what every command file knows: the context, the command table, settings,
 * output.
 *
 * A command file (cmd_NAME.c) has one public function: parse options -> call the library
 * -> print. main.c makes the context, opens what the command's row says it needs, prints
 * the one error line, and maps status to exit code.
 */
#ifndef CX_CLI_H
#define CX_CLI_H

#include <libintl.h>
#include <stdbool.h>
#include <stdio.h>

#include <cxlog/close.h>
#include <cxlog/error.h>
#include <cxlog/remote.h>
#include <cxlog/store.h>

/* ---- settings (settings.c): flag > CXLOG_<SECTION>_<KEY> > file > built-in ---- */

#define CLI_SETTINGS(X)                                                                  \
    X(AGENT_NAME, "agent", "name", NULL)                                                 \
    X(STORE_PATH, "store", "path", NULL)                                                 \
    X(TIME_ZONE, "time", "zone", "Asia/Seoul")                                           \
    X(DEFAULTS_CHANNEL, "defaults", "channel", NULL)                                     \
    X(DEFAULTS_RESULT, "defaults", "result", NULL)                                       \
    X(TIME_HOLIDAYS, "time", "holidays", NULL)                                           \
    X(UI_HISTORY, "ui", "history", "codes")                                              \
    X(UI_PAGER, "ui", "pager", NULL)                                                     \
    X(SHEET_ID, "sheet", "id", NULL)                                                     \
    X(SHEET_LEADS, "sheet", "leads", NULL)                                               \
    X(GOOGLE_KEY, "google", "key", NULL)                                                 \
    X(GOOGLE_API, "google", "api", "https://sheets.googleapis.com")                      \
    X(GOOGLE_CA, "google", "ca", NULL)                                                   \
    X(GOOGLE_PROXY, "google", "proxy", NULL)                                             \
    X(SYNC_AUTO, "sync", "auto", "yes")                                                  \
    X(SYNC_LINGER, "sync", "linger", "10")                                               \
    X(SYNC_BACKOFF, "sync", "backoff", "1000")                                           \
    X(SYNC_DEADLINE, "sync", "deadline", "900")                                          \
    X(CLOSE_REQUIRED, "close", "required", "result")                                     \
    X(CLOSE_LEAD, "close", "lead", "no")                                                 \
    X(UI_LANG, "ui", "lang", "auto")                                                     \
    X(UI_AMBIGUOUS, "ui", "ambiguous", "narrow")

typedef enum cli_key {
#define X(name, section, key, value) CLI_KEY_##name,
    CLI_SETTINGS(X)
#undef X
        CLI_KEY_COUNT
} cli_key;

typedef enum cli_origin {
    CLI_ORIGIN_BUILTIN,
    CLI_ORIGIN_FILE,
    CLI_ORIGIN_ENV,
    CLI_ORIGIN_FLAG
} cli_origin;

typedef struct cli_settings {
    char *value[CLI_KEY_COUNT]; /* owned; NULL: unset */
    cli_origin origin[CLI_KEY_COUNT];
    char *file; /* path read or to be written by init; owned */
    bool file_exists;
    bool file_named; /* by --config or CXLOG_CONFIG: it must exist, but for init */
    char *user_file; /* where init writes: file, unless that is the system's one; owned */
    cxlog_alert_rule rules[CXLOG_ALERTS_MAX]; /* of section [alert]; names owned */
    size_t rule_count;
} cli_settings;

/* Read file (--config or found by XDG rules) and environment, check every value. Errors:
 * ERR_CONFIG with file and line; ERR_PERMISSION when the file can be written by others.
 */
cxlog_status cli_settings_load(cli_settings *out, const char *config_flag,
                               cxlog_error *err);
void cli_settings_clear(cli_settings *settings);
const char *cli_setting(const cli_settings *settings, cli_key key); /* NULL: unset */
bool cli_setting_yes(const cli_settings *settings, cli_key key);
int64_t cli_setting_number(const cli_settings *settings, cli_key key);
/* Change or add keys in the file, or take out those whose value is NULL, keeping comments
 * and order; written beside and renamed, 0600. For init. */
cxlog_status cli_settings_save(const cli_settings *settings, const cli_key *keys,
                               const char *const *values, size_t count, cxlog_error *err);

/* ---- context ---- */

typedef enum cli_color { CLI_COLOR_AUTO, CLI_COLOR_ALWAYS, CLI_COLOR_NEVER } cli_color;

typedef struct cli_ctx cli_ctx;

/* ---- reading lines with editing, history and Tab: cxlog-prompt only ---- */

/* One thing that Tab can put in; owned texts. */
typedef struct cli_choice {
    char *value, *about;
} cli_choice;

typedef struct cli_choices {
    cli_choice *items;
    size_t count, room;
} cli_choices;

typedef struct cli_reader cli_reader;

typedef struct cli_reader_options {
    const char *history; /* file of former lines; NULL: none */
    /* What may stand for the last word of the text before the cursor. */
    void (*complete)(void *data, const char *before, cli_choices *out);
    void *data;
} cli_reader_options;

typedef struct cli_reader_ops {
    /* One line, without its newline. prefill: text to begin with, or NULL. *line: free();
     * NULL at end of input. */
    cxlog_status (*read)(cli_reader *reader, const char *prompt, const char *prefill,
                         char **line, cxlog_error *err);
    /* line for ↑ in this session; kept (may be NULL) for the history file. */
    void (*remember)(cli_reader *reader, const char *line, const char *kept);
    void (*close)(cli_reader *reader);
} cli_reader_ops;

struct cli_reader {
    const cli_reader_ops *ops;
};

typedef cxlog_status (*cli_reader_factory)(cli_reader **out,
                                           const cli_reader_options *options,
                                           cxlog_error *err);

/* How the remote is made: given by cxlog-sync's main, NULL in cxlog (which executes
 * cxlog-sync instead). */
typedef cxlog_status (*cli_remote_factory)(cxlog_remote **out,
                                           const cxlog_google_options *options,
                                           cxlog_error *err);

struct cli_ctx {
    const struct cli_cmd *cmd;
    cli_settings settings;
    bool json, plain, no_input, quiet, dry_run;
    int verbose;
    cli_color color;
    int argc; /* what stands after the command's name: options already taken out by the
                 parser are gone */
    char **argv;
    char **whole_argv;  /* the process's own, for executing cxlog-sync */
    cxlog_store *store; /* open when the row says NEEDS_STORE */
    cli_remote_factory factory;
    cli_reader_factory reader; /* given by cxlog-prompt's main */
    cxlog_wall now;
    cxlog_day today;
    const char *config_flag;      /* --config FILE; borrowed */
    bool help, version;           /* -h, -V stood on the line */
    cxlog_error settings_trouble; /* why the settings could not be read: CLI_TOLERANT */
};

/* Make the remote from the settings. Only after the dispatcher made sure that we are
 * cxlog-sync. */
cxlog_status cli_remote_open(cli_ctx *ctx, cxlog_remote **out, cxlog_error *err);
/* Is a sheet configured? */
bool cli_has_sheet(const cli_ctx *ctx);
/* agent.name, or ERR_CONFIG with "cxlog init --name". Cleaned and bounded. Borrowed. */
cxlog_status cli_agent(const cli_ctx *ctx, const char **out, cxlog_error *err);

/* Open ctx->store as the settings say, made when missing. The dispatcher does it for
 * NEEDS_STORE; init does it itself. */
cxlog_status cli_store_open(cli_ctx *ctx, cxlog_error *err);
cxlog_status cli_store_open_mode(cli_ctx *ctx, bool create, int busy_ms,
                                 cxlog_error *err);
/* Settings, language, zone and clock of the context. */
cxlog_status cli_ctx_load(cli_ctx *ctx, cxlog_error *err);
/* The clock anew, for a command that stays open. */
void cli_ctx_tick(cli_ctx *ctx);
/* __complete: what may stand for the last of these words, one a line. Returns 0 whatever
 * happens. */
int cli_complete_line(cli_ctx *ctx, int count, char **words);

/* ---- commands: rows of one table (commands.c) ---- */

enum {
    CLI_NEEDS_STORE = 1 << 0,     /* opened (made when missing) before run */
    CLI_NEEDS_REMOTE = 1 << 1,    /* runs in cxlog-sync: cxlog executes it */
    CLI_REMOTE_IF_SHEET = 1 << 2, /* the same, but only when a sheet is configured */
    CLI_RAW_ARGS =
        1 << 3, /* log: options stop at the first word, unknown -words are note */
    CLI_SUBCOMMANDS =
        1
        << 4, /* category add …: the verb decides about the remote (cmd->remote_verbs) */
    CLI_CHANGES = 1 << 5, /* leaves something behind: a reader of stdout that went away
                             must not kill it half told */
    CLI_TOLERANT =
        1 << 8, /* doctor: runs in spite of bad settings (ctx->settings_trouble) */
    CLI_NEEDS_PROMPT = 1 << 6, /* runs in cxlog-prompt when a person can be asked */
    CLI_PAGES = 1 << 7,        /* its answer may be long: shown in a pager */
    CLI_FILTERED = 1 << 9      /* takes filters, as options and as words (filter.h) */
};

typedef struct cli_option {
    const char *name; /* long name without dashes */
    char letter;      /* short form or 0 */
    const char *arg;  /* placeholder of its value ("NAME"), NULL: a switch */
    const char *help; /* one line, N_() */
} cli_option;

typedef struct cli_cmd {
    const char *name;
    const char *aliases[4];    /* Korean and short ones */
    const char *args;          /* "CATEGORY[/DETAIL] [CHANNEL] [ATTR…] [NOTE…]" */
    const char *summary;       /* N_() */
    const char *group;         /* "daily", "lead", "setup" */
    const char *examples;      /* lines; may be NULL */
    const cli_option *options; /* ends with name NULL; common flags are added by the
                                  parser; may be NULL */
    unsigned needs;
    const char *const *remote_verbs; /* CLI_SUBCOMMANDS: verbs that need the remote if a
                                        sheet is set; NULL-terminated */
    cxlog_status (*run)(cli_ctx *ctx, cxlog_error *err);
} cli_cmd;

extern const cli_cmd cli_cmds[]; /* ends with name NULL */
const cli_cmd *cli_cmd_find(const char *word);

/* Both programs. Returns the exit code. */
int cli_main(int argc, char **argv, cli_remote_factory factory,
             cli_reader_factory reader);

/* ---- options (options.c) ---- */

/* One parsed option of the command: its row and value (borrowed from argv). */
typedef struct cli_given {
    const cli_option *option;
    const char *value;
} cli_given;

typedef struct cli_args {
    cli_given *given; /* owned array, in order */
    size_t given_count;
    char **words; /* owned array of borrowed words, operands in order */
    size_t word_count;
    size_t note_from; /* index of the first word after "--"; word_count when there was
                         none */
    char **terms;     /* CLI_FILTERED: words that are filters, none of `words`; owned
                         array of borrowed words */
    size_t term_count;
    const char *line; /* what the words were cut from, as it was typed; NULL: they came
                         one by one. Borrowed */
    const char *cut;  /* its copy, which the words point into. Borrowed */
} cli_args;

void cli_args_clear(cli_args *args);
/* The rows that every command understands beside its own, which win. */
extern const cli_option cli_common_options[];
/* Parse ctx->argv by the command's table and the common flags (which land in ctx).
 * Errors: ERR_USAGE with did-you-mean. */
cxlog_status cli_args_parse(cli_args *out, cli_ctx *ctx, cxlog_error *err);
/* Last value of an option by long name; NULL when not given. Switch: "". */
const char *cli_args_get(const cli_args *args, const char *name);
bool cli_args_has(const cli_args *args, const char *name);
/* All values of a repeatable option, NULL-terminated, owned array of borrowed texts; NULL
 * when none was given. */
cxlog_status cli_args_all(const cli_args *args, const char *name, const char ***out,
                          cxlog_error *err);

/* ---- output (output.c) ---- */

/* Everything that goes to stdout passes here, so that a full disk is noticed: ERR_IO from
 * cli_out_end, whose sentence says that the work itself is done. */
void cli_out(const char *format, ...) CXLOG_PRINTF(1, 2);
void cli_out_text(const char *text);
cxlog_status cli_out_end(cxlog_error *err);
/* The same after a commit: the sentence says "log is done (ID …), but its output could
 * not be written". id may be NULL. */
cxlog_status cli_out_end_done(const cli_ctx *ctx, const char *id, cxlog_error *err);
/* The end of a text that an open_memstream() gathered: OK when it is whole, and `good`
 * says that so it was until here. Else *text is NULL. Errors: ERR_NOMEM. */
cxlog_status cli_text_end(FILE *stream, char **text, bool good, cxlog_error *err);
/* A table for people, or for machines under --plain. out: free(). */
struct cxlog_table;
cxlog_status cli_table_text(char **out, const cli_ctx *ctx,
                            const struct cxlog_table *table, cxlog_error *err);
/* The text in the person's language; under --plain itself, as no language changes what
 * programs read. N_() the text. */
const char *cli_word(const cli_ctx *ctx, const char *text) __attribute__((format_arg(2)));
/* To stderr, for people; nothing when ctx->quiet. */
void cli_say(const cli_ctx *ctx, const char *format, ...) CXLOG_PRINTF(2, 3);
bool cli_stderr_is_terminal(void);
bool cli_stdout_is_terminal(void);
bool cli_stdin_is_terminal(void);
/* May a person be asked: stdin and stderr are terminals and --no-input was not given? */
bool cli_may_ask(const cli_ctx *ctx);
/* "question [y/N] " on stderr; true for yes. Only after cli_may_ask(). */
bool cli_confirm(const char *question);
bool cli_means_yes(const char *line); /* "y", "예", "네"… */
/* A line of stdin without its newline; NULL at its end, or when ^C came. free(). */
char *cli_read_line(void);
/* "question [fallback]: " on stderr, one line read. *out: free(), the fallback for an
 * empty line; NULL at end of input. */
cxlog_status cli_ask(char **out, const char *question, const char *fallback,
                     cxlog_error *err);
/* Show stdout in a pager from here on, when it is a terminal; and wait until it is read
 * (pager.c). Commands whose row says CLI_PAGES. */
void cli_pager_start(const cli_ctx *ctx);
void cli_pager_end(void);
/* stdout is about to become a pipe into a pager: it goes on to count as the terminal that
 * it is now. */
bool cli_stdout_remember(void);
size_t cli_width(void); /* cells of the terminal on stdout; 0 when it is none */
bool cli_ambiguous_wide(const cli_ctx *ctx);
/* Escape sequences for three roles, or "" when colour is off for that stream: good, warn,
 * dim, reset. */
const char *cli_style(const cli_ctx *ctx, FILE *stream, const char *role);

/* ---- records for people and machines (show.c, json.c) ---- */

/* The JSON object of a record, one line, as CLI.md says ("log:"). out: free(). */
cxlog_status cli_record_json(char **out, const cxlog_record *record, cxlog_error *err);
/* "배송/지연 · 전화 · 진행 · 6분   3일째 미도착", escaped. out: free(). */
cxlog_status cli_record_line(char **out, const cxlog_record *record, cxlog_error *err);
/* The same as a JSON value (json_t of jansson), for commands that put records into larger
 * answers. Caller owns the reference. */
struct json_t *cli_record_object(const cxlog_record *record);
/* A jansson value as one line of compact JSON and a newline to stdout; releases the
 * value. NULL: ERR_NOMEM. */
cxlog_status cli_out_json_take(struct json_t *value, cxlog_error *err);
/* "배송/지연", "" when blank. out: free(). */
cxlog_status cli_category_text(char **out, const cxlog_entry *entry, cxlog_error *err);
/* "6분" style of the language in use: "1h30m". buffer returned. */
#define CLI_DURATION_TEXT 32
const char *cli_duration_text(char buffer[CLI_DURATION_TEXT], int64_t seconds);
/* {"schema":1,"error":{…}} on stderr, or "cxlog: sentence" with the suggestions below. */
void cli_report_error(const cli_ctx *ctx, const char *command, const cxlog_error *err);

/* ---- things several commands share ---- */

/* Fill an entry from words and flags by the grammar of CLI.md (entry_args.c): for log,
 * amend, and lines of log -. */
typedef struct cli_entry_input {
    const cli_args *args;
    const cxlog_scheme *scheme;
    const cli_ctx *ctx;
    bool amend; /* only what is given changes; category not required */
} cli_entry_input;
cxlog_status cli_entry_from_args(cxlog_entry *entry, const cli_entry_input *input,
                                 cxlog_error *err);
/* One line of `log -`: a JSON object (field names of CLI.md) or words. */
cxlog_status cli_entry_from_line(cxlog_entry *entry, const cli_ctx *ctx,
                                 const cxlog_scheme *scheme, const char *line,
                                 cxlog_error *err);

/* Filters of list, totals, export: options --category … --grep and words, resolved
 * through the scheme (filter_args.c). */
#define CLI_FILTER_OPTIONS                                                               \
    {"category", 'c', "NAME", N_("only this category (구분, or 구분/세부)")},            \
        {"channel", 'C', "NAME", N_("only this channel")},                               \
        {"region", 'r', "NAME", N_("only this region")},                                 \
        {"agent", 'a', "NAME", N_("only this agent")},                                   \
        {"sentiment", 's', "NAME", N_("only this sentiment: 긍정, 중립, 부정")},         \
        {"result", 'R', "NAME", N_("only this result: 해결, 진행, 이관, 부재, 포기")},   \
        {"tag", 't', "TAG", N_("only records with this tag")},                           \
        {"customer", '@', "NAME", N_("only this customer")},                             \
        {"not", 0, "FILTER",                                                             \
         N_("leave out what this takes: FIELD:VALUE, +TAG or @CUSTOMER")},               \
    {                                                                                    \
        "grep", 0, "TEXT", N_("only records whose note, hunch or customer holds TEXT")   \
    }

#define CLI_FILTERS 8
typedef struct cli_filter {
    cxlog_filter filter;
    char **owned; /* texts that filter points into */
    size_t owned_count;
    const char **lists[2][CLI_FILTERS]; /* what passes, what is left out */
} cli_filter;
cxlog_status cli_filter_parse(cli_filter *out, const cli_args *args,
                              const cxlog_scheme *scheme, cxlog_error *err);
void cli_filter_clear(cli_filter *filter);

/* Start cxlog-sync in the background when sync.auto says so and none is waiting already
 * (spawn.c). Never fails loudly. */
void cli_background_sync(const cli_ctx *ctx);
/* Replace this process by cxlog-sync with the same arguments. Returns only on failure. */
cxlog_status cli_exec_sync(const cli_ctx *ctx, cxlog_error *err);
/* The same for cxlog-prompt, which has the line editor. */
cxlog_status cli_exec_prompt(const cli_ctx *ctx, cxlog_error *err);

/* Run cxlog-sync sync in the foreground with its answer hidden (its trouble shows on
 * stderr); false when it did not end well. */
bool cli_foreground_sync(const cli_ctx *ctx);
/* What the program argv[0] (looked for in PATH) says on stdout until it ends well, at
 * most CLI_SPAWN_TEXT - 1 bytes, within `ms`. envp NULL: this process's environment. Its
 * stderr is not heard. out: free(); NULL: it failed, was too slow, or is not there. */
#define CLI_SPAWN_TEXT 65536
char *cli_spawn_read(char *const *argv, char *const *envp, int ms);
/* Becomes non-zero on ^C or SIGTERM once cli_remote_open() or cli_stop_watch() was
 * called; for cxlog_sync_options. */
const volatile int *cli_stop_flag(void);
void cli_stop_watch(void);
/* What cxlog_sync_run and its like want to know. Borrowed from ctx. */
struct cxlog_sync_options cli_sync_options(const cli_ctx *ctx);

/* Locale (locale.c): character set first, language when the settings are known. */
void cli_locale_start(void);
void cli_locale_language(const char *lang);

/* Help (help.c). stream: stdout when asked for, stderr when it stands for a mistake. */
void cli_help_short(FILE *stream);
void cli_help_command(FILE *stream, const cli_cmd *cmd);
/* The command table as JSON, on stdout: `cxlog help --json`. */
cxlog_status cli_help_json(cxlog_error *err);

/* Messages: gettext. */
#define _(text) gettext(text)
#define N_(text) text

/* Text and handle releases for CXLOG_AUTO. */
CXLOG_AUTO_VALUE_DEFINE(cli_args, cli_args_clear);
CXLOG_AUTO_VALUE_DEFINE(cli_filter, cli_filter_clear);
CXLOG_AUTO_VALUE_DEFINE(cli_settings, cli_settings_clear);

#endif
