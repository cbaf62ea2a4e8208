/*
 * entry_words.h - an entry as the line one would type for it, and changed by such a line.
 */
#ifndef CX_CLI_ENTRY_WORDS_H
#define CX_CLI_ENTRY_WORDS_H

#include "cli/cli.h"

/* "배송/지연 전화 :진행 6분 %서울 +vip @홍길동 3일째 미도착"; for a name with a blank its
 * code. with_text false: without customer and note. out: free(); NULL with status ok: no
 * line says it (a category without a word, a tag of two words, a note of several lines):
 * it is for the form. */
CXLOG_MUST_USE cxlog_status cli_entry_words(char **out, const cxlog_entry *entry,
                                            const cxlog_scheme *scheme, bool with_text,
                                            cxlog_error *err);

/* Change the entry by what differs between two lines: `before` as cli_entry_words() gave
 * it, `after` as it was edited. Errors: as log. */
CXLOG_MUST_USE cxlog_status cli_entry_rewrite(cxlog_entry *entry, const cli_ctx *ctx,
                                              const cxlog_scheme *scheme,
                                              const char *before, const char *after,
                                              cxlog_error *err);

#endif
