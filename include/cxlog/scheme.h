/*
 * scheme.h - the category scheme: an append-only log of events, chained by hash, folded
 * into a state.
 *
 * Rules (DESIGN.md 4): add and alias any time; a name never used may be retired at once;
 * a used one is retired, renamed, merged or split only from a future 1 January or 1 July,
 * with a reason. Nothing is deleted.
 */
#ifndef CXLOG_SCHEME_H
#define CXLOG_SCHEME_H

#include <stdbool.h>

#include <cxlog/auto.h>
#include <cxlog/match.h>
#include <cxlog/wall.h>

CXLOG_BEGIN_DECLS

/* enum name, word in the sheet, word on the command line */
#define CXLOG_DIMS(X)                                                                    \
    X(CATEGORY, "구분", "category")                                                      \
    X(CHANNEL, "채널", "channel")                                                        \
    X(REGION, "지역", "region")                                                          \
    X(FIELD, "필드", "field")

typedef enum cxlog_dim {
#define X(name, sheet, word) CXLOG_DIM_##name,
    CXLOG_DIMS(X)
#undef X
        CXLOG_DIM_COUNT
} cxlog_dim;

#define CXLOG_ACTIONS(X)                                                                 \
    X(ADD, "추가", "add")                                                                \
    X(ALIAS, "별칭", "alias")                                                            \
    X(RETIRE, "폐지", "retire")                                                          \
    X(RENAME, "변경", "rename")                                                          \
    X(MERGE, "병합", "merge")                                                            \
    X(SPLIT, "분할", "split")                                                            \
    X(WITHDRAW, "철회", "withdraw")

typedef enum cxlog_action {
#define X(name, sheet, word) CXLOG_ACTION_##name,
    CXLOG_ACTIONS(X)
#undef X
        CXLOG_ACTION_COUNT
} cxlog_action;

const char *cxlog_dim_sheet(cxlog_dim dim);
const char *cxlog_dim_word(cxlog_dim dim);
const char *cxlog_action_sheet(cxlog_action action);
const char *cxlog_action_word(cxlog_action action);
int cxlog_dim_find(const char *word); /* either word; -1 when none */
int cxlog_action_find(const char *word);

#define CXLOG_NAME_MAX                                                                   \
    100 /* code points of a name; also no '/', no control characters, NFC, trimmed */
#define CXLOG_CODE_MAX 12 /* code points of a code */
#define CXLOG_REASON_MAX 500
#define CXLOG_CHAIN_SIZE 65 /* 64 hex digits and NUL */
#define CXLOG_NO_DAY INT32_MIN

/* One row of tab 구분. Columns: 번호 일시 작성자 동작 차원 이름 상위 코드 시행일 대상
 * 사유 사슬. Owned texts; NULL is blank. */
typedef struct cxlog_event {
    int64_t number; /* 1, 2, 3… without gaps */
    cxlog_wall at;
    char *author;
    cxlog_action action;
    cxlog_dim dim;
    char *name;     /* the value acted on; for ALIAS: the value that gets the alias */
    char *parent;   /* category of a detail; blank on the first level */
    char *code;     /* ADD, RENAME: the new name's frozen code, may be blank. SPLIT: one a
                       target, joined by ", " */
    cxlog_day from; /* first day of effect; CXLOG_NO_DAY: at once */
    char *target;   /* ALIAS: the alias. RENAME: new name. MERGE: name merged into. SPLIT:
                       new names joined by ", ".   ADD of a FIELD: "text", "number" or
                       "choice:A,B". WITHDRAW: number of the event withdrawn */
    char *reason;
    char chain[CXLOG_CHAIN_SIZE];
} cxlog_event;

#define CXLOG_EVENT_COLUMNS 12
const char *const *cxlog_event_headings(void); /* the 12 headings */
/* Text of a column, in the order of the headings; NULL: blank, or no text (번호, 일시,
 * 시행일). Borrowed. */
const char *cxlog_event_text(const cxlog_event *event, size_t column);

void cxlog_event_init(cxlog_event *event);
void cxlog_event_clear(cxlog_event *event);
void cxlog_events_free(cxlog_event *events,
                       size_t count); /* clears each and frees the array */
CXLOG_MUST_USE cxlog_status cxlog_event_copy(cxlog_event *out, const cxlog_event *from,
                                             cxlog_error *err);

/*
 * chain(i) = SHA-256(0x01 || chain(i-1) as 32 bytes || length as 8 bytes big-endian ||
 * canonical(i)), as lower-case hex; chain(0) = SHA-256(0x00 || "cxlog scheme 1").
 * canonical: the first eleven cells as text (일시 "YYYY-MM-DD HH:MM:SS", 시행일
 * "YYYY-MM-DD" or ""), each followed by byte 0x1f. Different first bytes for root and
 * link, as in RFC 6962.
 */
CXLOG_MUST_USE cxlog_status cxlog_event_chain(char out[CXLOG_CHAIN_SIZE],
                                              const char previous[CXLOG_CHAIN_SIZE],
                                              const cxlog_event *event, cxlog_error *err);
void cxlog_chain_root(char out[CXLOG_CHAIN_SIZE]);

/* Numbers and chains of events[0..count) follow on from (number, chain). *bad gets the
 * index of the first that does not (count when all do). Errors: ERR_TAMPERED naming the
 * event. */
CXLOG_MUST_USE cxlog_status cxlog_events_verify(const cxlog_event *events, size_t count,
                                                int64_t number,
                                                const char chain[CXLOG_CHAIN_SIZE],
                                                size_t *bad, cxlog_error *err);

/* The starter scheme (config/starter-scheme.tsv, built in): the same events, times and
 * chain on every machine. */
CXLOG_MUST_USE cxlog_status cxlog_scheme_starter(cxlog_event **out, size_t *count,
                                                 cxlog_error *err);

/* ---- the folded state ---- */

typedef struct cxlog_value {
    cxlog_dim dim;
    char *name;
    char *parent;   /* "" on the first level; of a detail: its category's name when it was
                       added (cxlog_scheme_parent) */
    char *code;     /* "" when none */
    char **aliases; /* NULL-terminated; may be NULL */
    int64_t added_by; /* event number */
    cxlog_day
        from; /* first day in use (new name of a planned change); CXLOG_NO_DAY: any day */
    cxlog_day
        retired_from; /* CXLOG_NO_DAY: in use. From that day on it takes no new records */
    char *successor;  /* RENAME/MERGE target or SPLIT names; "" when none */
    int64_t retired_by;       /* event number; 0 when none */
    cxlog_action retired_how; /* RETIRE, RENAME, MERGE or SPLIT; ADD when in use */
    char *kind;               /* FIELD: "text", "number", "choice:…"; else "" */
    int column; /* FIELD: its column in the log, CXLOG_COLUMN_COUNT and up; else -1 */
} cxlog_value;

typedef struct cxlog_scheme cxlog_scheme; /* opaque; _free(NULL) is fine */

void cxlog_scheme_free(cxlog_scheme *scheme);
CXLOG_MUST_USE cxlog_status cxlog_scheme_new(cxlog_scheme **out, cxlog_error *err);

/* Fold one more event in. Events that were refused by the rules when written can't occur
 * in a valid chain; a contradiction (adding what exists, naming what does not) is
 * ERR_TAMPERED. After an error the scheme is good for cxlog_scheme_free only. Values got
 * earlier move: get them anew. */
CXLOG_MUST_USE cxlog_status cxlog_scheme_apply(cxlog_scheme *scheme,
                                               const cxlog_event *event,
                                               cxlog_error *err);

/* Put a stored value back (store's folded table), in the order of cxlog_scheme_at.
 * Copies. */
CXLOG_MUST_USE cxlog_status cxlog_scheme_put(cxlog_scheme *scheme,
                                             const cxlog_value *value, cxlog_error *err);

size_t cxlog_scheme_count(const cxlog_scheme *scheme);
const cxlog_value *cxlog_scheme_at(const cxlog_scheme *scheme,
                                   size_t index); /* in order of creation */
/* Exact name (not alias) within dim and parent ("" first level; any name that the
 * category had or has); NULL when none. */
const cxlog_value *cxlog_scheme_get(const cxlog_scheme *scheme, cxlog_dim dim,
                                    const char *parent, const char *name);
/* May a record of that day bear the value: begun, and not retired yet? */
bool cxlog_value_in_use(const cxlog_value *value, cxlog_day day);
/* The name that a detail's category bears on that day (details follow a rename); "" on
 * the first level. */
const char *cxlog_scheme_parent(const cxlog_scheme *scheme, const cxlog_value *value,
                                cxlog_day day);
/* The scheme as it was known at the end of a day: the events before the first one
 * recorded later, folded. What was in use then: cxlog_value_in_use. Errors: as
 * cxlog_scheme_apply. */
CXLOG_MUST_USE cxlog_status cxlog_scheme_as_of(cxlog_scheme **out,
                                               const cxlog_event *events, size_t count,
                                               cxlog_day day, cxlog_error *err);
int64_t
cxlog_scheme_version(const cxlog_scheme *scheme); /* number of the last event folded in */
void cxlog_scheme_set_version(cxlog_scheme *scheme, int64_t number);

/*
 * Find the value that was typed (match.h tiers), among those in use on `day`.
 * Errors: ERR_VALUE with suggestions: unknown ("no category \"배숑\"; nearest: 배송"),
 * ambiguous (candidates), retired (its successor named). Nothing is guessed at tiers 4
 * and 5.
 */
CXLOG_MUST_USE cxlog_status cxlog_scheme_resolve(const cxlog_scheme *scheme,
                                                 cxlog_dim dim, const char *parent,
                                                 const char *typed, cxlog_day day,
                                                 const cxlog_value **out,
                                                 cxlog_error *err);

/* As resolve, but answers "does this word act as a value?" without a sentence: tier 0 to
 * 3 and unique. NULL when not. */
const cxlog_value *cxlog_scheme_try(const cxlog_scheme *scheme, cxlog_dim dim,
                                    const char *parent, const char *typed, cxlog_day day);

/* ---- rules for new events ---- */

typedef struct cxlog_proposal {
    cxlog_action action;
    cxlog_dim dim;
    const char *name;   /* cleaned by the function */
    const char *parent; /* "" or NULL: first level */
    const char *code;   /* NULL: made from the name; "": none. SPLIT: one a target, with
                           commas between */
    const char *target; /* as in cxlog_event; SPLIT: new names with commas between */
    const char *reason;
    cxlog_day from; /* CXLOG_NO_DAY: at once */
    bool used;      /* has any record this name? (the store knows) */
    bool force_new; /* --new: add in spite of near-duplicates */
    const char *author;
    cxlog_wall now;
} cxlog_proposal;

/*
 * Check a proposal against the rules and make its event (number and chain filled in,
 * following on from the scheme's version and `chain`). Errors: ERR_VALUE with the
 * sentence that says what can be done instead, and suggestions as commands.
 */
CXLOG_MUST_USE cxlog_status cxlog_scheme_propose(cxlog_event *out,
                                                 const cxlog_scheme *scheme,
                                                 const char chain[CXLOG_CHAIN_SIZE],
                                                 const cxlog_proposal *proposal,
                                                 cxlog_error *err);

/* What a name logged on a past day is called today: follows rename and merge (a split
 * keeps its remainder under the old name). Borrowed from the scheme or from the
 * arguments. For `totals --as mapped`. */
void cxlog_scheme_map(const cxlog_scheme *scheme, cxlog_dim dim, const char *parent,
                      const char *name, cxlog_day as_of, const char **mapped_parent,
                      const char **mapped_name);

/* A name's cleanliness: NFC, trimmed, 1..CXLOG_NAME_MAX code points, no control
 * character, no '/'. out: free(). */
CXLOG_MUST_USE cxlog_status cxlog_name_clean(char **out, const char *text,
                                             const char *what, cxlog_error *err);

CXLOG_AUTO_VALUE_DEFINE(cxlog_event, cxlog_event_clear);
CXLOG_AUTO_DEFINE(cxlog_scheme, cxlog_scheme_free);

CXLOG_END_DECLS

#endif
