/*
 * scheme_state.h - the folded scheme from inside: values, families and the index of
 * words.
 *
 * Names, aliases and codes of one dimension and one parent share one namespace of
 * *words*: no word ever stands for two values. Categories linked by renames are one
 * *family*: their details belong to all of them.
 */
#ifndef CX_SCHEME_STATE_H
#define CX_SCHEME_STATE_H

#include <cxlog/scheme.h>

#define CX_NONE SIZE_MAX

typedef struct cx_node {
    cxlog_value value;
    size_t family; /* index of the family's oldest value */
    size_t under;  /* family of the parent; CX_NONE on the first level */
} cx_node;

typedef struct cx_slot {
    uint64_t hash;
    size_t node; /* index + 1; 0: empty */
} cx_slot;

struct cxlog_scheme {
    cx_node *nodes;
    size_t count, capacity;
    cx_slot *slots; /* open addressing; slot_count is a power of two */
    size_t slot_count, word_count;
    size_t *renamed; /* values that a RENAME event retires */
    size_t renamed_count, renamed_capacity;
    int64_t version;
};

/* ---- scheme_event.c ---- */

/* The dimension's word in the reader's language ("category"), for sentences. */
const char *cx_dim_noun(cxlog_dim dim);
/* Replace an owned text by a copy; blank becomes NULL. Errors: ERR_NOMEM, *place
 * untouched. */
CXLOG_MUST_USE cxlog_status cx_text_set(char **place, const char *text, cxlog_error *err);

/* ---- scheme_index.c ---- */

/* Family of a parent's name; CX_NONE in *family for "" or NULL. False when there is no
 * such category. */
bool cx_scheme_family(const cxlog_scheme *scheme, cxlog_dim dim, const char *parent,
                      size_t *family);
/* The value that this very word (name, alias or code, in NFC) stands for; NULL when none.
 */
cx_node *cx_scheme_word(const cxlog_scheme *scheme, cxlog_dim dim, size_t under,
                        const char *word);
/* The value of that very name; NULL when none. */
cx_node *cx_scheme_name(const cxlog_scheme *scheme, cxlog_dim dim, size_t under,
                        const char *name);
/* Append a value, which the scheme takes over (emptied here). Its words must be free.
 * Errors: ERR_NOMEM. */
CXLOG_MUST_USE cxlog_status cx_scheme_insert_take(cxlog_scheme *scheme,
                                                  cxlog_value *value, cxlog_error *err);
/* Add an alias, which must be free. Errors: ERR_NOMEM. */
CXLOG_MUST_USE cxlog_status cx_scheme_alias(cxlog_scheme *scheme, cx_node *node,
                                            const char *alias, cxlog_error *err);
/* Take out the values added by that event, one excepted, and index anew. Errors:
 * ERR_NOMEM. */
CXLOG_MUST_USE cxlog_status cx_scheme_drop(cxlog_scheme *scheme, int64_t added_by,
                                           const cx_node *except, cxlog_error *err);
/* Remember that a RENAME event retires this value, so that its successor joins its
 * family. Errors: ERR_NOMEM. */
CXLOG_MUST_USE cxlog_status cx_scheme_note_rename(cxlog_scheme *scheme,
                                                  const cx_node *node, cxlog_error *err);
/* The value that this event retires; NULL when none. */
cx_node *cx_scheme_retired_by(const cxlog_scheme *scheme, int64_t number);

/* ---- scheme_fold.c ---- */

/* Is it 1 January or 1 July? */
bool cx_half_begins(cxlog_day day);

/* ---- scheme_value.c ---- */

/* Owned texts of a plain value. cx_value_clear(out) is due also after ERR_NOMEM. */
CXLOG_MUST_USE cxlog_status cx_value_copy(cxlog_value *out, const cxlog_value *from,
                                          cxlog_error *err);
void cx_value_clear(cxlog_value *value);
/* A value in use without aliases; texts are copied, NULL is blank. cx_value_clear(out) is
 * due also after ERR_NOMEM. */
CXLOG_MUST_USE cxlog_status cx_value_make(cxlog_value *out, cxlog_dim dim,
                                          const char *parent, const char *name,
                                          const char *code, cxlog_error *err);
CXLOG_AUTO_VALUE_DEFINE(cxlog_value, cx_value_clear);

/* Names joined by commas (SPLIT targets and codes), each trimmed of blanks; blank ones
 * stay as "". */
typedef struct cx_list {
    char *text; /* owned; the items point into it */
    char **items;
    size_t count;
} cx_list;

/* cx_list_clear(out) is due also after ERR_NOMEM. */
CXLOG_MUST_USE cxlog_status cx_list_split(cx_list *out, const char *text,
                                          cxlog_error *err);
void cx_list_clear(cx_list *list);
CXLOG_AUTO_VALUE_DEFINE(cx_list, cx_list_clear);

/* ---- scheme_resolve.c ---- */

/* Fails with "no <noun> <typed>" and the nearest names in use. */
cxlog_status cx_fail_unknown(const cxlog_scheme *scheme, cxlog_dim dim, size_t under,
                             const char *typed, cxlog_day day, cxlog_error *err);
/* Fails with why a value takes no records on that day: retired (successor named), or not
 * begun. */
cxlog_status cx_fail_unusable(const cxlog_value *value, cxlog_day day, cxlog_error *err);

/* ---- scheme_words.c ---- */

/* Which value has a word typed with the same keys (한/영 and jamo set apart)? NULL: none.
 * Errors: ERR_NOMEM. */
CXLOG_MUST_USE cxlog_status cx_word_taken(const cx_node **out, const cxlog_scheme *scheme,
                                          cxlog_dim dim, size_t under, const char *word,
                                          cxlog_error *err);
/* Bytes of the first `chars` characters of a text. */
size_t cx_chars_bytes(const char *text, size_t chars);
/* A code for the name that no word has: two initials or more, then with a letter or a
 * number behind. out: free(); NULL when the name has no Hangul. Errors: ERR_NOMEM. */
CXLOG_MUST_USE cxlog_status cx_code_free(char **out, const cxlog_scheme *scheme,
                                         cxlog_dim dim, size_t under, const char *name,
                                         cxlog_error *err);
/* A value whose name or alias is nearly `name` (same keys, distance 1, one within the
 * other); NULL: none. `self` is left out. */
CXLOG_MUST_USE cxlog_status cx_word_near(const cx_node **out, const cxlog_scheme *scheme,
                                         cxlog_dim dim, size_t under, const char *name,
                                         const cx_node *self, cxlog_error *err);

/* ---- scheme_rules*.c ---- */

/* What a rule works on: the cleaned proposal. */
typedef struct cx_case {
    const cxlog_scheme *scheme;
    const cxlog_proposal *proposal;
    cxlog_event *event; /* name, parent, reason, author, at, action, dim are set */
    size_t under;
    cxlog_day today;
} cx_case;

CXLOG_MUST_USE cxlog_status cx_rule_add(cx_case *c, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cx_rule_alias(cx_case *c, cxlog_error *err);
CXLOG_MUST_USE cxlog_status
cx_rule_change(cx_case *c, cxlog_error *err); /* retire, rename, merge, split */
CXLOG_MUST_USE cxlog_status cx_rule_withdraw(cx_case *c, cxlog_error *err);
/* May `name` become a new value here: free, and no near-duplicate unless forced? `self`:
 * the value that it replaces. */
CXLOG_MUST_USE cxlog_status cx_rule_new_name(const cx_case *c, const char *name,
                                             const cx_node *self, cxlog_error *err);
/* The code of a new name: `wanted`, or made from the name when NULL. out: free(); NULL
 * when none. */
CXLOG_MUST_USE cxlog_status cx_rule_code(char **out, const cx_case *c, const char *name,
                                         const char *wanted, cxlog_error *err);

/* Kind of a new team field into event->target, and may the name be one? Errors:
 * ERR_VALUE, ERR_NOMEM. */
CXLOG_MUST_USE cxlog_status cx_rule_field(cx_case *c, cxlog_error *err);
CXLOG_MUST_USE cxlog_status cx_rule_field_name(const char *name, cxlog_error *err);

/* ---- scheme_suggest.c ---- */

/* Suggest a command: words up to NULL, joined by blanks, quoted for the shell where
 * needed; none when it would be cut. */
void cx_suggest_command(cxlog_error *err, const char *const *words);
/* "배송/해외", or "배송" on the first level. Returns out. */
#define CX_PATH_SIZE ((size_t)2 * (4 * CXLOG_NAME_MAX + 1))
const char *cx_path(char out[CX_PATH_SIZE], const char *parent, const char *name);

#endif
