/*
 * entry.h - one record of a contact: its columns, identity, validation, checksum.
 *
 * Records are immutable. A correction is a record whose `corrects` names the ID of the
 * first record of its group, or "취소:ID" to take it out; the last of a group by
 * (logged_at, id) counts.
 */
#ifndef CXLOG_ENTRY_H
#define CXLOG_ENTRY_H

#include <stdbool.h>

#include <cxlog/auto.h>
#include <cxlog/error.h>

CXLOG_BEGIN_DECLS

/*
 * The wire contract: enum name, field name (JSON, CSV, --map), heading in the sheet,
 * kind, bound. Order is the order of the sheet's columns A..V. Append-only, for ever.
 * Bound: code points for texts, largest value for numbers (smallest: 0, but 1 for CSAT
 * and CES).
 */
#define CXLOG_COLUMNS(X)                                                                 \
    X(CONTACTED_AT, contacted_at, "일시", TIME, 0)                                       \
    X(AGENT, agent, "담당", LINE, 60)                                                    \
    X(CHANNEL, channel, "채널", SCHEME, 100)                                             \
    X(CATEGORY, category, "구분", SCHEME, 100)                                           \
    X(DETAIL, detail, "세부", SCHEME, 100)                                               \
    X(CUSTOMER, customer, "고객", LINE, 200)                                             \
    X(REGION, region, "지역", SCHEME, 100)                                               \
    X(SENTIMENT, sentiment, "의견", ENUM, 10)                                            \
    X(NOTE, note, "내용", NOTE, 50000)                                                   \
    X(HUNCH, hunch, "느낌", NOTE, 50000)                                                 \
    X(RESULT, result, "결과", ENUM, 10)                                                  \
    X(HANDLE_S, handle_s, "처리(초)", NUMBER, 86400)                                     \
    X(WAIT_S, wait_s, "대기(초)", NUMBER, 86400)                                         \
    X(CSAT, csat, "CSAT", NUMBER, 5)                                                     \
    X(NPS, nps, "NPS", NUMBER, 10)                                                       \
    X(CES, ces, "CES", NUMBER, 7)                                                        \
    X(TAGS, tags, "태그", LINE, 1000)                                                    \
    X(LINK, link, "링크", LINE, 2000)                                                    \
    X(ID, id, "기록ID", LINE, 26)                                                        \
    X(LOGGED_AT, logged_at, "기록시각", TIME, 0)                                         \
    X(CORRECTS, corrects, "정정", LINE, 40)                                              \
    X(CHECKSUM, checksum, "검증", LINE, 16)

typedef enum cxlog_column {
#define X(name, field, heading, kind, bound) CXLOG_COL_##name,
    CXLOG_COLUMNS(X)
#undef X
        CXLOG_COLUMN_COUNT
} cxlog_column;

typedef enum cxlog_column_kind {
    CXLOG_KIND_TIME,   /* wall seconds in number[] */
    CXLOG_KIND_LINE,   /* one line of text */
    CXLOG_KIND_SCHEME, /* a name of the scheme */
    CXLOG_KIND_ENUM,   /* one of a closed list: cxlog_column_choices() */
    CXLOG_KIND_NOTE,   /* text of several lines */
    CXLOG_KIND_NUMBER  /* integer in number[] */
} cxlog_column_kind;

typedef struct cxlog_column_info {
    const char *field;   /* "contacted_at" */
    const char *heading; /* "일시" */
    cxlog_column_kind kind;
    int64_t bound;
} cxlog_column_info;

const cxlog_column_info *cxlog_column_get(cxlog_column column);
/* Closed list of an ENUM column, NULL-terminated (긍정 중립 부정; 해결 진행 이관 부재
 * 포기), else NULL. */
const char *const *cxlog_column_choices(cxlog_column column);
/* The column of a field name ("category"), heading ("구분") or a usual English/Korean
 * synonym; -1 when none. */
int cxlog_column_find(const char *name);

#define CXLOG_ID_LENGTH 26
#define CXLOG_ID_SIZE (CXLOG_ID_LENGTH + 1)
#define CXLOG_CHECKSUM_SIZE 17
#define CXLOG_VOID_PREFIX "취소:"
#define CXLOG_EXTRA_MAX 50 /* team fields of one record */

/* Value of one team field. Owned texts. Numbers as canonical decimal text. */
typedef struct cxlog_extra {
    char *name;
    char *value;
} cxlog_extra;

/*
 * A plain value: zero bytes are NOT its empty form, cxlog_entry_init() is.
 * text[] holds LINE, SCHEME, ENUM and NOTE columns (owned; NULL is blank, never ""),
 * number[] TIME and NUMBER columns (CXLOG_BLANK is blank). The other array's slot of a
 * column is unused.
 */
typedef struct cxlog_entry {
    char *text[CXLOG_COLUMN_COUNT];
    int64_t number[CXLOG_COLUMN_COUNT];
    cxlog_extra *extra; /* sorted by name (byte order), names unique */
    size_t extra_count;
} cxlog_entry;

void cxlog_entry_init(cxlog_entry *entry);
void cxlog_entry_clear(cxlog_entry *entry); /* releases texts; leaves it as after init */
CXLOG_MUST_USE cxlog_status cxlog_entry_copy(cxlog_entry *out, const cxlog_entry *from,
                                             cxlog_error *err);

/* Text of a column, "" when blank. Borrowed. */
const char *cxlog_entry_text(const cxlog_entry *entry, cxlog_column column);

/*
 * Set a column from outside text: cleaned (text.h) and bounded, ENUM checked against its
 * list (prefix or initials allowed when unique), NUMBER parsed by the one exact grammar
 * (digits only), LINK must be http(s)://…, TAGS split at commas, trimmed, '+' taken off,
 * doubles dropped, joined by ", ". Empty text blanks the column. SCHEME columns are only
 * cleaned: resolving is the scheme's business. TIME columns: cxlog_wall_parse at now.
 * Errors: ERR_VALUE, ERR_NOMEM; the entry keeps its former value.
 */
CXLOG_MUST_USE cxlog_status cxlog_entry_set(cxlog_entry *entry, cxlog_column column,
                                            const char *text, cxlog_error *err);

/* Set a team field (value cleaned as a LINE of at most 2,000 characters); empty removes
 * it. Errors: ERR_VALUE, ERR_NOMEM. */
CXLOG_MUST_USE cxlog_status cxlog_entry_set_extra(cxlog_entry *entry, const char *name,
                                                  const char *value, cxlog_error *err);
/* Its value, "" when blank. Borrowed. */
const char *cxlog_entry_extra(const cxlog_entry *entry, const char *name);

/*
 * Is it complete and within every bound? id, contacted_at, logged_at, agent, category
 * required (a void needs only id, logged_at, agent, corrects); contacted_at at most `now`
 * + 60 s; kinds and bounds of CXLOG_COLUMNS. Errors: ERR_VALUE with the field named.
 */
CXLOG_MUST_USE cxlog_status cxlog_entry_check(const cxlog_entry *entry, cxlog_wall now,
                                              cxlog_error *err);

/*
 * The checksum of column V: first 16 hex digits of SHA-256 over the canonical content:
 * for each column A..U in order its text (times as "YYYY-MM-DD HH:MM:SS", numbers in
 * decimal, blank as ""), each followed by byte 0x1f, then for each team field with a
 * value, in name order, name 0x1e value 0x1f.
 */
CXLOG_MUST_USE cxlog_status cxlog_entry_checksum(char out[CXLOG_CHECKSUM_SIZE],
                                                 const cxlog_entry *entry,
                                                 cxlog_error *err);

/* Computes the checksum and stores it in column CHECKSUM. Call last. */
CXLOG_MUST_USE cxlog_status cxlog_entry_seal(cxlog_entry *entry, cxlog_error *err);

/* Same content: every column but LOGGED_AT and CHECKSUM, and team fields. */
bool cxlog_entry_same(const cxlog_entry *a, const cxlog_entry *b);
/* Same team fields with the same values. */
bool cxlog_entry_same_extras(const cxlog_entry *a, const cxlog_entry *b);

/* The ID that `corrects` names ("" when it names none), and whether it is a void.
 * Borrowed from the entry. */
const char *cxlog_entry_target(const cxlog_entry *entry, bool *is_void);

/* A new ULID: 48 bits of UTC milliseconds, 80 random bits; rising within a process.
 * Errors: ERR_BUG when the system gives no randomness. */
CXLOG_MUST_USE cxlog_status cxlog_id_new(char out[CXLOG_ID_SIZE], cxlog_error *err);

/* The ULID of a thing known by another name, the same on every machine: time from `at`
 * (its wall seconds taken as if they were UTC, so that no zone setting matters; before
 * 1970: 0), the other 80 bits the first of SHA-256 of source 0x1f key. For imports: the
 * second import of a contact has the same ID. Errors: ERR_NOMEM. */
CXLOG_MUST_USE cxlog_status cxlog_id_derive(char out[CXLOG_ID_SIZE], cxlog_wall at,
                                            const char *source, const char *key,
                                            cxlog_error *err);

/* 26 upper-case Crockford base-32 digits, first 0..7. */
bool cxlog_id_valid(const char *id);

CXLOG_AUTO_VALUE_DEFINE(cxlog_entry, cxlog_entry_clear);

CXLOG_END_DECLS

#endif
