/*
 * entry_values.h - setting one field of an entry from outside text, with the scheme's
 * help: what flags, words and JSON lines share.
 */
#ifndef CX_CLI_ENTRY_VALUES_H
#define CX_CLI_ENTRY_VALUES_H

#include "cli/cli.h"

/* The options of log and amend. */
#define CLI_ENTRY_OPTIONS                                                                \
    {"category", 'c', "NAME", N_("구분, or 구분/세부")},                                 \
        {"detail", 'd', "NAME", N_("세부 within the category")},                         \
        {"channel", 'C', "NAME", N_("채널")},                                            \
        {"customer", '@', "NAME", N_("고객: key or name")},                              \
        {"region", 'r', "NAME", N_("지역")},                                             \
        {"sentiment", 's', "WORD", N_("의견: 긍정, 중립, 부정")},                        \
        {"result", 'R', "WORD", N_("결과: 해결, 진행, 이관, 부재, 포기")},               \
        {"tag", 't', "TAG", N_("태그; may be repeated")},                                \
        {"handle", 0, "DUR", N_("time spent: 45s, 6m, 6분, 1h30, 1시간30분")},           \
        {"wait", 0, "DUR", N_("time the customer waited")},                              \
        {"csat", 0, "N", N_("satisfaction, 1 to 5")},                                    \
        {"nps", 0, "N", N_("recommendation, 0 to 10")},                                  \
        {"ces", 0, "N", N_("effort, 1 to 7")},                                           \
        {"link", 0, "URL", N_("링크 that was sent")},                                    \
        {"hunch", 0, "TEXT", N_("느낌: your own view")},                                 \
        {"note", 0, "TEXT", N_("내용")},                                                 \
        {"at", 0, "TIME", N_("when: 14:20, 어제 17:30, 2026-11-20 14:20")},              \
    {                                                                                    \
        "field", 0, "NAME=VALUE", N_("a team field; may be repeated")                    \
    }

/* Valid UTF-8? what: names the text in the sentence. Errors: ERR_VALUE with the byte
 * offset. */
CXLOG_MUST_USE cxlog_status cli_text_check(const char *text, const char *what,
                                           cxlog_error *err);

/* contacted_at from a TIME; a clock alone is of the day that the entry has already, of
 * today when it has none. The future is refused. Errors: ERR_VALUE. */
CXLOG_MUST_USE cxlog_status cli_set_at(cxlog_entry *entry, const char *text,
                                       cxlog_wall now, cxlog_error *err);

/* Category from "구분" or "구분/세부", found in the scheme among those in use on the day
 * of contacted_at. The detail is taken from the text, else blanked when the category
 * changes. Empty blanks both. Errors: ERR_VALUE with suggestions. */
CXLOG_MUST_USE cxlog_status cli_set_category(cxlog_entry *entry,
                                             const cxlog_scheme *scheme, const char *text,
                                             cxlog_error *err);
/* Detail within the entry's category. Errors: ERR_VALUE. */
CXLOG_MUST_USE cxlog_status cli_set_detail(cxlog_entry *entry, const cxlog_scheme *scheme,
                                           const char *text, cxlog_error *err);
/* CHANNEL or REGION. Errors: ERR_VALUE. */
CXLOG_MUST_USE cxlog_status cli_set_named(cxlog_entry *entry, cxlog_column column,
                                          const cxlog_scheme *scheme, const char *text,
                                          cxlog_error *err);
/* Category and detail, or the channel, of this agent's last record of today: the word
 * ".". Errors: ERR_VALUE when there is none. */
CXLOG_MUST_USE cxlog_status cli_set_same(cxlog_entry *entry, const cli_ctx *ctx,
                                         bool category, cxlog_error *err);
/* HANDLE_S or WAIT_S from a DUR. Errors: ERR_VALUE. */
CXLOG_MUST_USE cxlog_status cli_set_duration(cxlog_entry *entry, cxlog_column column,
                                             const char *text, cxlog_error *err);
/* A team field, found in the scheme; numbers and choices checked. Errors: ERR_VALUE. */
CXLOG_MUST_USE cxlog_status cli_set_field(cxlog_entry *entry, const cxlog_scheme *scheme,
                                          const char *name, const char *value,
                                          cxlog_error *err);

/* Is the word an attribute by its looks: +tag @customer :result %region 6분 14:20? */
bool cli_word_is_attribute(const char *word);
/* Cut a copy of the line into words, in place; "--" marks where the note begins.
 * args->words has room for strlen(line) / 2 + 2 of them. Both texts outlive args. */
void cli_line_split(char *copy, const char *line, cli_args *args);
/* Some of the words as one text again, with the blanks that stood before each: people
 * line things up. free(); NULL: no memory. */
char *cli_line_join(const cli_args *args, char *const *words, size_t count);

/* An entry from one line of words, no quotes. Names with blanks cannot be words. Errors:
 * as log. */
CXLOG_MUST_USE cxlog_status cli_entry_from_words(cxlog_entry *entry, const cli_ctx *ctx,
                                                 const cxlog_scheme *scheme,
                                                 const char *line, cxlog_error *err);

/* What a new record still lacks: agent, the default result, and the default channel
 * unless one was given (blank counts). Errors: ERR_CONFIG, ERR_USAGE when there is no
 * category. */
CXLOG_MUST_USE cxlog_status cli_entry_complete(cxlog_entry *entry, const cli_ctx *ctx,
                                               const cxlog_scheme *scheme,
                                               bool channel_given, cxlog_error *err);

#endif
